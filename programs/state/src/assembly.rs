use crate::prelude::*;
use coverage_math::stake::{self, Ages};

/// The stakers of one governance token. Many pools can share one assembly.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Assembly {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Bump of the stake vault.
    pub stake_vault_bump: u8,
    /// Decimals of the governance mint.
    pub decimals: u8,
    /// How often a ballot may be extended.
    pub max_extensions: u8,
    /// Zero.
    pub reserved_head: [u8; 3],
    /// Who created it; a seed of this address.
    pub creator: Address,
    /// Mint of the staked token.
    pub governance_mint: Address,
    /// Token program of that mint.
    pub token_program: Address,
    /// Token account that holds the stakes.
    pub stake_vault: Address,
    /// Stake that counts, atoms: without what is being unstaked. Written by stake and request_unstake.
    pub total_staked: u64,
    /// Stake on its way out, atoms.
    pub total_unstaking: u64,
    /// Length of a ballot's first round, seconds.
    pub voting_period: u64,
    /// How long a stake must have been held before a ballot opens to count in it, seconds.
    pub min_stake_age: u64,
    /// How long unstaking takes, seconds.
    pub unstake_delay: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// Voters that are not closed.
    pub voter_count: u64,
    /// Weight that must be cast, bps of the eligible stake.
    pub quorum_bps: u16,
    /// Weight for, above which a ballot passes, bps of the weight cast.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// Zero.
    pub reserved_params: [u8; 2],
    /// Stake lost by voters and not yet burned, atoms.
    pub slashed: u64,
    /// Last day that has a slot in `ages`, days since the epoch.
    pub last_age_day: u64,
    /// Ring: stake by the day it ages from, atoms; slot day % 128.
    pub ages: [u64; 128],
    /// Pools whose ballots it decides and that are not closed, and pools that have another court now: products of theirs may still
    /// have this one.
    pub pools: u64,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Zero.
    pub reserved: [u8; 64],
}

/// Parameters of an assembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "anchor",
    derive(anchor_lang::AnchorDeserialize, anchor_lang::AnchorSerialize, anchor_lang::IdlType)
)]
#[cfg_attr(not(feature = "anchor"), derive(borsh::BorshDeserialize, borsh::BorshSerialize))]
pub struct AssemblyParams {
    /// Length of a ballot's first round, seconds, 1 to 14 days.
    pub voting_period: u64,
    /// How long a stake must have been held before a ballot opens to count in it, seconds, 1 second to 90 days.
    pub min_stake_age: u64,
    /// How long unstaking takes, seconds: at least as long as a ballot with appeal can last.
    pub unstake_delay: u64,
    /// Weight that must be cast, bps of the eligible stake, 1 to 3,000.
    pub quorum_bps: u16,
    /// Weight for, above which a ballot passes, bps of the weight cast, 5,000 to 9,000.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps, at most 2,000.
    pub overturn_slash_bps: u16,
}

/// Where a new assembly is, and what it is of.
pub struct AssemblyKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// Bump of its stake vault.
    pub stake_vault_bump: u8,
    /// Decimals of the governance mint.
    pub decimals: u8,
    /// Who creates it.
    pub creator: &'a Address,
    /// Mint of the staked token.
    pub governance_mint: &'a Address,
    /// Token program of that mint.
    pub token_program: &'a Address,
    /// Its stake vault.
    pub stake_vault: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Assembly {
    /// Makes a new account an assembly.
    ///
    /// # Errors
    /// As [`Assembly::check_params`].
    pub fn create(&mut self, keys: &AssemblyKeys, params: &AssemblyParams) -> Result<()> {
        self.version = VERSION;
        self.bump = keys.bump;
        self.stake_vault_bump = keys.stake_vault_bump;
        self.decimals = keys.decimals;
        self.max_extensions = MAX_EXTENSIONS;
        self.creator = *keys.creator;
        self.governance_mint = *keys.governance_mint;
        self.token_program = *keys.token_program;
        self.stake_vault = *keys.stake_vault;
        self.rent_payer = *keys.rent_payer;
        self.voting_period = params.voting_period;
        self.min_stake_age = params.min_stake_age;
        self.unstake_delay = params.unstake_delay;
        self.extension = EXTENSION;
        self.quorum_bps = params.quorum_bps;
        self.threshold_bps = params.threshold_bps;
        self.overturn_slash_bps = params.overturn_slash_bps;
        self.check_params()
    }

    /// The longest a ballot of this assembly can last from its opening to the end of an appeal, seconds.
    ///
    /// Two rounds, each twice as long again when too few voted and running on as often as allowed, and the longest window for the
    /// arbiter and for an appeal; each closed when its time is over.
    pub fn longest_ballot(&self) -> Result<u64> {
        let rounds = self.voting_period.checked_mul(6).or_overflow()?;
        let extensions =
            EXTENSION.checked_mul(u64::from(MAX_EXTENSIONS)).and_then(|one| one.checked_mul(2)).or_overflow()?;
        let windows = APPEAL_WINDOW.end().checked_mul(2).or_overflow()?;
        rounds.checked_add(extensions).and_then(|sum| sum.checked_add(windows)).or_overflow()
    }

    /// What must have begun to age by then to count in a ballot that opens at `now`, unix seconds.
    pub fn eligible_before(&self, now: u64) -> u64 {
        now.saturating_sub(self.min_stake_age)
    }

    /// The stake that counts in a ballot that counts what ages since `eligible_before` or before, atoms.
    pub fn eligible_stake(&self, eligible_before: u64) -> Result<u64> {
        let young = stake::too_young(&self.ages, self.last_age_day, eligible_before).or_overflow()?;
        self.total_staked.checked_sub(young).or_overflow()
    }

    /// The stake that would count in a ballot that opens at `now`, atoms.
    pub fn stake_at(&self, now: u64) -> Result<u64> {
        self.eligible_stake(self.eligible_before(now))
    }

    /// Counts `amount` in that ages from `time`.
    pub fn add_stake(&mut self, amount: u64, time: u64) -> Result<()> {
        self.total_staked = self.total_staked.checked_add(amount).or_overflow()?;
        self.ages().add(time, amount).or_overflow()
    }

    /// Takes `amount` out that ages from `time`.
    pub fn remove_stake(&mut self, amount: u64, time: u64) -> Result<()> {
        self.total_staked = self.total_staked.checked_sub(amount).or_overflow()?;
        self.ages().remove(time, amount).or_overflow()
    }

    fn ages(&mut self) -> Ages<'_> {
        Ages { ring: &mut self.ages, last_day: &mut self.last_age_day }
    }

    /// What the stake vault must hold at least, atoms.
    pub fn owed(&self) -> Result<u64> {
        self.total_staked.checked_add(self.total_unstaking).and_then(|sum| sum.checked_add(self.slashed)).or_overflow()
    }

    /// # Errors
    /// [`BreakwaterError::VaultShort`] when the stake vault holds less than it owes.
    pub fn check_vault(&self, balance: u64) -> Result<()> {
        require!(balance >= self.owed()?, BreakwaterError::VaultShort);
        Ok(())
    }

    /// Whether it can be closed: no pool needs it as its court, and nobody has stake in it, or had some taken that is not burned.
    ///
    /// # Errors
    /// [`BreakwaterError::AssemblyInUse`].
    pub fn check_unused(&self) -> Result<()> {
        require!(self.pools == 0 && self.voter_count == 0 && self.owed()? == 0, BreakwaterError::AssemblyInUse);
        Ok(())
    }

    /// The bounds of the parameters.
    pub fn check_params(&self) -> Result<()> {
        require!(VOTING_PERIOD.contains(&self.voting_period), BreakwaterError::BadVotingPeriod);
        require!(STAKE_AGE.contains(&self.min_stake_age), BreakwaterError::BadStakeAge);
        require!(
            self.unstake_delay >= self.longest_ballot()? && self.unstake_delay <= MAX_UNSTAKE_DELAY,
            BreakwaterError::BadUnstakeDelay
        );
        require!(self.quorum_bps > 0 && self.quorum_bps <= MAX_QUORUM_BPS, BreakwaterError::BadQuorum);
        require!(THRESHOLD_BPS.contains(&self.threshold_bps), BreakwaterError::BadThreshold);
        require!(self.overturn_slash_bps <= MAX_OVERTURN_SLASH_BPS, BreakwaterError::BadSlash);
        Ok(())
    }
}
