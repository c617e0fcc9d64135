use super::Assembly;
use crate::{
    constants::VERSION,
    error::{BreakwaterError, OrOverflow},
};
use anchor_lang::prelude::*;
use coverage_math::tally::{self, Outcome};

stored_enum! {
    /// Where a ballot stands. Everything but `Open` is terminal.
    pub enum BallotState {
        /// Votes are taken, or the time is over and it waits to be closed.
        Open = 0,
        /// Enough voted, and more than the threshold for it.
        Passed = 1,
        /// Enough voted, and not more than the threshold for it.
        Failed = 2,
        /// Too few voted.
        NoQuorum = 3,
}
}

stored_enum! {
    /// A side of a ballot.
    pub enum Side {
        /// Against.
        Against = 0,
        /// For.
        For = 1,
}
}

/// One vote of an assembly. It does not know what it decides: who opened it reads its outcome.
#[account]
pub struct Ballot {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 passed, 2 failed, 3 no quorum: see [`BallotState`].
    pub state: u8,
    /// 0 for the first ballot on a subject; a seed of this address.
    pub round: u8,
    /// The side that leads: 0 against, 1 for. A tie counts as against.
    pub leading: u8,
    /// How often it was extended.
    pub extensions: u8,
    /// How often it may be extended.
    pub max_extensions: u8,
    /// Zero.
    pub reserved_head: u8,
    /// The assembly that votes.
    pub assembly: Address,
    /// What is voted on; a seed of this address.
    pub subject: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// When it opened, unix seconds.
    pub opened_at: u64,
    /// Until when votes are taken, unix seconds. Written by extensions.
    pub closes_at: u64,
    /// When it was closed, unix seconds; 0 while open.
    pub closed_at: u64,
    /// Stakes count that were made at or before this, unix seconds.
    pub eligible_before: u64,
    /// The assembly's stake when it opened, atoms: what the quorum is a part of.
    pub eligible_weight: u64,
    /// Weight cast for, atoms.
    pub weight_for: u64,
    /// Weight cast against, atoms.
    pub weight_against: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// Reward of the voters, atoms of the asset of whoever opened it.
    pub reward_pot: u64,
    /// Voters so far.
    pub votes: u32,
    /// Weight that must be cast, bps of `eligible_weight`.
    pub quorum_bps: u16,
    /// Weight for, above which it passes, bps of the weight cast.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// Zero.
    pub reserved_params: [u8; 6],
    /// Zero.
    pub reserved: [u8; 64],
}

impl Ballot {
    /// Opens the first ballot on `subject`: every term is copied from the assembly as it is now.
    pub fn open(
        &mut self,
        bump: u8,
        assembly_address: &Address,
        assembly: &Assembly,
        subject: Address,
        rent_payer: Address,
        now: u64,
    ) -> Result<()> {
        self.version = VERSION;
        self.bump = bump;
        self.state = BallotState::Open.byte();
        self.leading = Side::Against.byte();
        self.max_extensions = assembly.max_extensions;
        self.assembly = *assembly_address;
        self.subject = subject;
        self.rent_payer = rent_payer;
        self.opened_at = now;
        self.closes_at = now.checked_add(assembly.voting_period).or_overflow()?;
        self.eligible_before = now.saturating_sub(assembly.min_stake_age);
        self.eligible_weight = assembly.total_staked;
        self.extension = assembly.extension;
        self.quorum_bps = assembly.quorum_bps;
        self.threshold_bps = assembly.threshold_bps;
        self.overturn_slash_bps = assembly.overturn_slash_bps;
        Ok(())
    }

    /// The state, checked.
    pub fn state(&self) -> Result<BallotState> {
        BallotState::from_byte(self.state)
    }

    /// Whether votes are taken at `now`.
    pub fn takes_votes(&self, now: u64) -> Result<bool> {
        Ok(self.state()? == BallotState::Open && now < self.closes_at)
    }

    /// Counts a vote of `weight` at `now`.
    ///
    /// A vote that changes the leading side within the last extension's length extends the ballot by it, at most
    /// `max_extensions` times, so that nobody wins by voting last.
    ///
    /// # Errors
    /// [`BreakwaterError::VotingOver`], [`BreakwaterError::NoWeight`].
    pub fn cast(&mut self, side: Side, weight: u64, now: u64) -> Result<()> {
        require!(self.takes_votes(now)?, BreakwaterError::VotingOver);
        require!(weight > 0, BreakwaterError::NoWeight);
        let tally = match side {
            Side::For => &mut self.weight_for,
            Side::Against => &mut self.weight_against,
        };
        *tally = tally.checked_add(weight).or_overflow()?;
        self.votes = self.votes.checked_add(1).or_overflow()?;

        let leads = if self.weight_for > self.weight_against { Side::For.byte() } else { Side::Against.byte() };
        let late = self.closes_at.saturating_sub(now) <= self.extension;
        if leads != self.leading && late && self.extensions < self.max_extensions {
            self.extensions = self.extensions.saturating_add(1);
            self.closes_at = self.closes_at.checked_add(self.extension).or_overflow()?;
        }
        self.leading = leads;
        Ok(())
    }

    /// Closes the ballot once its time is over, and returns how it ended.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotClosed`], [`BreakwaterError::VotingOpen`].
    pub fn conclude(&mut self, now: u64) -> Result<BallotState> {
        require!(self.state()? == BallotState::Open, BreakwaterError::BallotClosed);
        require!(now >= self.closes_at, BreakwaterError::VotingOpen);
        let state = match tally::outcome(
            self.weight_for,
            self.weight_against,
            self.eligible_weight,
            self.quorum_bps,
            self.threshold_bps,
        ) {
            Outcome::Passed => BallotState::Passed,
            Outcome::Failed => BallotState::Failed,
            Outcome::NoQuorum => BallotState::NoQuorum,
        };
        self.state = state.byte();
        self.closed_at = now;
        Ok(state)
    }
}
