use crate::error::OrOverflow;
use anchor_lang::prelude::*;
use coverage_math::stake::{self, STAKE_LOTS};

/// One person's stake in one assembly.
#[account]
pub struct Voter {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 6],
    /// The assembly.
    pub assembly: Address,
    /// Who staked, votes and gets the stake back.
    pub owner: Address,
    /// Amounts of the lots, atoms, oldest first; unused lots are zero.
    pub lot_amounts: [u64; 8],
    /// When each lot was staked, unix seconds.
    pub lot_times: [u64; 8],
    /// On its way out, atoms.
    pub unstaking: u64,
    /// When that can be taken, unix seconds.
    pub unstake_ready_at: u64,
    /// Slashed over time, atoms.
    pub slashed: u64,
    /// Votes in ballots that are not final: while there are any, the stake is locked.
    pub open_votes: u32,
    /// Zero.
    pub reserved_counts: [u8; 4],
    /// Zero.
    pub reserved: [u8; 64],
}

impl Voter {
    /// Adds a lot. With all lots in use the two oldest become one, of the age of the younger: no stake ages faster, and
    /// whoever keeps adding still grows old.
    pub fn add_stake(&mut self, amount: u64, now: u64) -> Result<()> {
        let lot = match self.lot_amounts.iter().position(|held| *held == 0) {
            Some(free) => free,
            None => {
                let [oldest, second, ..] = self.lot_amounts;
                self.lot_amounts.rotate_left(1);
                self.lot_times.rotate_left(1);
                let [first, ..] = &mut self.lot_amounts;
                *first = oldest.checked_add(second).or_overflow()?;
                STAKE_LOTS.saturating_sub(1)
            }
        };
        let (Some(held), Some(time)) = (self.lot_amounts.get_mut(lot), self.lot_times.get_mut(lot)) else {
            return Err(crate::error::BreakwaterError::UnknownState.into());
        };
        *held = amount;
        *time = now;
        Ok(())
    }

    /// What counts in a ballot that counts stakes held at or before `eligible_before`, atoms.
    pub fn weight(&self, eligible_before: u64) -> Result<u64> {
        stake::weight(self.lot_amounts.iter().copied().zip(self.lot_times.iter().copied()), eligible_before)
            .or_overflow()
    }

    /// Everything staked and not on its way out, atoms.
    pub fn staked(&self) -> Result<u64> {
        self.weight(u64::MAX)
    }
}
