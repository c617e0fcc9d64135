use crate::{Assembly, prelude::*};
use coverage_math::stake::{self, STAKE_LOTS};

/// One person's stake in one assembly.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
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
    /// When each lot began to age, unix seconds: the first second of the day after it was staked.
    pub lot_times: [u64; 8],
    /// On its way out, atoms.
    pub unstaking: u64,
    /// When that can be taken, unix seconds.
    pub unstake_ready_at: u64,
    /// Slashed over time, atoms.
    pub slashed: u64,
    /// Votes that are not released: while there are any, the stake is locked.
    pub open_votes: u32,
    /// Records of votes that are not closed.
    pub records: u32,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Who else votes with this stake; zero when nobody.
    pub delegate: Address,
    /// When the delegate was set, unix seconds: it votes only in ballots that opened later. 0 when there is none.
    pub delegated_at: u64,
    /// Zero.
    pub reserved: [u8; 24],
}

impl Voter {
    /// Makes a new account, whose rent `rent_payer` paid, the voter of `owner` in `assembly`, at `assembly_address`; one that is in
    /// use stays as it is.
    pub fn found(
        &mut self,
        bump: u8,
        (assembly_address, assembly): (&Address, &mut Assembly),
        owner: &Address,
        rent_payer: &Address,
    ) -> Result<()> {
        if self.version == 0 {
            self.version = VERSION;
            self.bump = bump;
            self.assembly = *assembly_address;
            self.owner = *owner;
            self.rent_payer = *rent_payer;
            assembly.voter_count = assembly.voter_count.checked_add(1).or_overflow()?;
        }
        Ok(())
    }

    /// Adds a lot that ages from the next day. Lots of one day are one. With all lots in use the two oldest become one,
    /// of the age of the younger: no stake ages faster, and one that is added to again and again still grows old.
    pub fn add_stake(&mut self, assembly: &mut Assembly, amount: u64, now: u64) -> Result<()> {
        let time = stake::ages_from(now).or_overflow()?;
        assembly.add_stake(amount, time)?;
        let used = self.lot_amounts.iter().take_while(|held| **held != 0).count();
        let same_day = used.checked_sub(1).filter(|last| self.lot_times.get(*last) == Some(&time));
        let lot = match same_day {
            Some(last) => last,
            None if used < STAKE_LOTS => used,
            None => {
                self.merge_oldest(assembly)?;
                STAKE_LOTS.saturating_sub(1)
            }
        };
        let (Some(held), Some(at)) = (self.lot_amounts.get_mut(lot), self.lot_times.get_mut(lot)) else {
            return Err(BreakwaterError::UnknownState);
        };
        *held = held.checked_add(amount).or_overflow()?;
        *at = time;
        Ok(())
    }

    /// Makes the two oldest lots one and leaves the last lot free.
    fn merge_oldest(&mut self, assembly: &mut Assembly) -> Result<()> {
        let ([oldest, second, ..], [old_time, time, ..]) = (self.lot_amounts, self.lot_times);
        assembly.remove_stake(oldest, old_time)?;
        assembly.add_stake(oldest, time)?;
        self.lot_amounts.rotate_left(1);
        self.lot_times.rotate_left(1);
        let ([first, .., last], [.., last_time]) = (&mut self.lot_amounts, &mut self.lot_times);
        *first = oldest.checked_add(second).or_overflow()?;
        *last = 0;
        *last_time = 0;
        Ok(())
    }

    /// Takes `amount` out of the lots, the youngest first.
    ///
    /// # Errors
    /// [`BreakwaterError::StakeTooSmall`].
    pub fn take_stake(&mut self, assembly: &mut Assembly, amount: u64) -> Result<()> {
        let mut left = amount;
        for (held, time) in self.lot_amounts.iter_mut().zip(self.lot_times.iter_mut()).rev() {
            let part = left.min(*held);
            if part == 0 {
                continue;
            }
            assembly.remove_stake(part, *time)?;
            *held = held.checked_sub(part).or_overflow()?;
            left = left.checked_sub(part).or_overflow()?;
            if *held == 0 {
                *time = 0;
            }
        }
        require!(left == 0, BreakwaterError::StakeTooSmall);
        Ok(())
    }

    /// Puts `amount` on its way out; everything on its way waits from `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::StakeLocked`], [`BreakwaterError::StakeTooSmall`].
    pub fn request_unstake(&mut self, assembly: &mut Assembly, amount: u64, now: u64) -> Result<()> {
        require!(self.open_votes == 0, BreakwaterError::StakeLocked);
        self.take_stake(assembly, amount)?;
        self.unstaking = self.unstaking.checked_add(amount).or_overflow()?;
        self.unstake_ready_at = now.checked_add(assembly.unstake_delay).or_overflow()?;
        assembly.total_unstaking = assembly.total_unstaking.checked_add(amount).or_overflow()?;
        Ok(())
    }

    /// Takes out what has waited long enough.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`], [`BreakwaterError::UnstakeNotReady`].
    pub fn unstake(&mut self, assembly: &mut Assembly, now: u64) -> Result<u64> {
        let amount = core::mem::take(&mut self.unstaking);
        require!(amount > 0, BreakwaterError::NothingDue);
        require!(now >= self.unstake_ready_at, BreakwaterError::UnstakeNotReady);
        assembly.total_unstaking = assembly.total_unstaking.checked_sub(amount).or_overflow()?;
        Ok(amount)
    }

    /// Ends the lock of one vote, which costs `slash` of the stake, or all there is.
    pub fn release(&mut self, assembly: &mut Assembly, slash: u64) -> Result<u64> {
        self.open_votes = self.open_votes.checked_sub(1).or_overflow()?;
        let slash = slash.min(self.staked()?);
        if slash > 0 {
            self.take_stake(assembly, slash)?;
            self.slashed = self.slashed.checked_add(slash).or_overflow()?;
            assembly.slashed = assembly.slashed.checked_add(slash).or_overflow()?;
        }
        Ok(slash)
    }

    /// What counts in a ballot that counts stakes that age since `eligible_before` or before, atoms.
    pub fn weight(&self, eligible_before: u64) -> Result<u64> {
        let lots = self.lot_amounts.iter().copied().zip(self.lot_times.iter().copied());
        // The youngest are emptied first: behind an empty lot there is none.
        stake::weight(lots.take_while(|(amount, _)| *amount != 0), eligible_before).or_overflow()
    }

    /// Leaves its assembly, `assembly`, to be closed: it has no stake, none on its way out, and the record of every vote of it is closed,
    /// which pays its reward. Another stake makes a voter of the same owner again.
    ///
    /// # Errors
    /// [`BreakwaterError::VoterInUse`].
    pub fn leave(&self, assembly: &mut Assembly) -> Result<()> {
        let is_unused = self.staked()? == 0 && self.unstaking == 0 && self.records == 0;
        require!(is_unused, BreakwaterError::VoterInUse);
        assembly.voter_count = assembly.voter_count.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Sets who else votes with this stake, from the next ballot that opens on: no vote is to be had in a ballot that runs. [`NOBODY`]
    /// takes the vote from who had it, at once. The same again changes nothing.
    ///
    /// # Errors
    /// [`BreakwaterError::OwnDelegate`].
    pub fn set_delegate(&mut self, delegate: &Address, now: u64) -> Result<()> {
        require!(!address_eq(delegate, &self.owner), BreakwaterError::OwnDelegate);
        if !address_eq(delegate, &self.delegate) {
            self.delegate = *delegate;
            self.delegated_at = if address_eq(delegate, &NOBODY) { 0 } else { now };
        }
        Ok(())
    }

    /// Whether `signer` votes with this stake as its owner's delegate, not as the owner, in a ballot that first opened at `opened_at`.
    ///
    /// # Errors
    /// [`BreakwaterError::NotVoter`], [`BreakwaterError::DelegatedLater`].
    #[inline(always)] // one caller
    pub fn is_by_delegate(&self, signer: &Address, opened_at: u64) -> Result<bool> {
        if address_eq(signer, &self.owner) {
            return Ok(false);
        }
        require!(address_eq(signer, &self.delegate), BreakwaterError::NotVoter);
        require!(opened_at > self.delegated_at, BreakwaterError::DelegatedLater);
        Ok(true)
    }

    /// Everything staked and not on its way out, atoms.
    pub fn staked(&self) -> Result<u64> {
        self.weight(u64::MAX)
    }
}
