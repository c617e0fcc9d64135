use crate::{Assembly, Pool, VoteRecord, Voter, prelude::*};
use coverage_math::tally::{self, Outcome};

stored_enum! {
    /// Where a ballot stands. `Passed`, `Failed` and `NoQuorum` are final once [`Ballot::verdict`] says so.
    pub enum BallotState {
        /// Votes are taken, or the time is over and it waits to be closed.
        Open = 0 "open",
        /// Enough voted, and more than the threshold for it.
        Passed = 1 "passed",
        /// Enough voted, and not more than the threshold for it.
        Failed = 2 "failed",
        /// Too few voted, twice.
        NoQuorum = 3 "no quorum",
}
}

stored_enum! {
    /// Where a ballot stands at a time.
    pub enum BallotStanding {
        /// Votes are not taken yet.
        Soon = 0 "not open yet",
        /// Votes are taken.
        Voting = 1 "voting",
        /// Its time is over: anyone can close the round.
        ToClose = 2 "to be closed",
        /// It is closed and can be appealed.
        Appealable = 3 "can be appealed",
        /// Too few voted, twice: the arbiter can decide.
        Arbitrable = 4 "the arbiter may decide",
        /// Its outcome is final.
        Final = 5 "final",
}
}

stored_enum! {
    /// A side of a ballot.
    pub enum Side {
        /// Against.
        Against = 0 "against",
        /// For.
        For = 1 "for",
}
}

stored_enum! {
    /// A round of a ballot.
    pub enum Round {
        /// The first vote.
        First = 0 "first",
        /// The appeal.
        Appeal = 1 "appeal",
}
}

stored_enum! {
    /// What becomes of an appeal's bond.
    pub enum AppealBond {
        /// Nobody appealed.
        None = 0 "none",
        /// Held until the appeal is decided.
        Held = 1 "held",
        /// Given back, or lost and shared out.
        Gone = 2 "gone",
}
}

/// One vote of an assembly, and an appeal of it. It does not know what it decides: who opened it reads its outcome.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Ballot {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 open, 1 passed, 2 failed, 3 no quorum: see [`BallotState`].
    pub state: u8,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u8,
    /// How it would end if it ended now: as `state`.
    pub leading: u8,
    /// How often this round was extended.
    pub extensions: u8,
    /// How often a round may be extended.
    pub max_extensions: u8,
    /// 1 once it goes on, twice as long, because too few had voted.
    pub prolonged: u8,
    /// The assembly that votes.
    pub assembly: Address,
    /// What is voted on; a seed of this address.
    pub subject: Address,
    /// The pool whose assessors' fund rewards the voters and whose asset the bonds are in.
    pub pool: Address,
    /// Who decides when too few voted twice; zero for nobody.
    pub arbiter: Address,
    /// Who appealed and posted the bond; zero when nobody.
    pub appellant: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// From when votes are taken, unix seconds.
    pub opens_at: u64,
    /// Until when votes are taken, unix seconds. Written by extensions.
    pub closes_at: u64,
    /// When the round was closed, unix seconds; 0 while open.
    pub closed_at: u64,
    /// When the outcome is final, unix seconds; 0 while open. Until then it can be appealed, or the arbiter can decide.
    pub final_at: u64,
    /// Stakes count that age since this or before, unix seconds.
    pub eligible_before: u64,
    /// The stake that counts, atoms: what the quorum is a part of.
    pub eligible_weight: u64,
    /// Weight cast for in this round, atoms.
    pub weight_for: u64,
    /// Weight cast against in this round, atoms.
    pub weight_against: u64,
    /// Weight cast for before the appeal, atoms.
    pub first_for: u64,
    /// Weight cast against before the appeal, atoms.
    pub first_against: u64,
    /// Length of the first round, seconds; a prolonged one and an appeal take twice as long.
    pub voting_period: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// How long the outcome can be appealed, and how long the arbiter has, seconds.
    pub appeal_window: u64,
    /// Reward of this round's voters, atoms of the pool's asset.
    pub reward_pot: u64,
    /// Reward of the voters before the appeal, atoms.
    pub first_pot: u64,
    /// Of both what is still reserved in the pool, atoms.
    pub reward_left: u64,
    /// Bond of an appeal, atoms of the pool's asset.
    pub appeal_bond: u64,
    /// Votes in this round.
    pub votes: u32,
    /// Vote records that are not closed.
    pub live_records: u32,
    /// Weight that must be cast, bps of `eligible_weight`.
    pub quorum_bps: u16,
    /// Weight for, above which it passes, bps of the weight cast.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// How the first round ended, once appealed: as `state`; 0 before.
    pub first_state: u8,
    /// 1 when the arbiter decided.
    pub arbitrated: u8,
    /// What becomes of the appeal's bond: 0 none, 1 held, 2 gone: see [`AppealBond`].
    pub appeal_bond_state: u8,
    /// 1 once the one who opened it has read the final outcome.
    pub executed: u8,
    /// Tips set aside for the one who closes a round.
    pub tips: u8,
    /// 1 when what is voted on may become void: then votes are released only once the one who opened the ballot has read
    /// it.
    pub revocable: u8,
    /// 1 when it became void: voting in it pays nothing.
    pub void: u8,
    /// Zero.
    pub reserved_params: [u8; 3],
    /// Zero.
    pub reserved: [u8; 64],
}

/// What a ballot is opened with beside the assembly's terms.
pub struct Opening<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// What is voted on.
    pub subject: &'a Address,
    /// Who pays its rent and its tips.
    pub rent_payer: &'a Address,
    /// From when votes are taken, unix seconds.
    pub opens_at: u64,
    /// How long its outcome can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond of whatever is voted on, atoms: an appeal takes twice as much.
    pub bond: u64,
    /// What the loser has posted at least, atoms: it bounds the reward of the voters.
    pub at_stake: u64,
    /// Whether what is voted on may become void.
    pub revocable: bool,
    /// Whether the pool's arbiter decides when too few vote twice: on what happened, never on changes.
    pub arbitrable: bool,
}

/// What a vote comes to once its ballot is final.
pub struct Release {
    /// Part of the pot that is the voter's, atoms.
    pub reward: u64,
    /// Part of the pot that the voter forfeits, atoms.
    pub forfeited: u64,
    /// Stake lost, atoms.
    pub slash: u64,
}

/// Where a new vote record is.
pub struct VoteKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The ballot.
    pub ballot: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Ballot {
    /// Rounds that can be closed without an appeal: the first, and once more when too few voted. Each closing has a
    /// tip.
    pub const TIPS: u8 = 2;

    /// Opens the ballot: every term is copied from the assembly as it is `now`, and the reward of its voters is reserved in
    /// the pool it is about.
    pub fn open(
        &mut self,
        (assembly_address, assembly): (&Address, &Assembly),
        (pool_address, pool): (&Address, &mut Pool),
        opening: &Opening,
        now: u64,
    ) -> Result<()> {
        let reward = pool.reserve_reward(pool.reward(opening.at_stake))?;
        self.version = VERSION;
        self.bump = opening.bump;
        self.state = BallotState::Open.byte();
        self.leading = BallotState::NoQuorum.byte();
        self.max_extensions = assembly.max_extensions;
        self.assembly = *assembly_address;
        self.subject = *opening.subject;
        self.pool = *pool_address;
        self.arbiter = if opening.arbitrable { pool.arbiter } else { NOBODY };
        self.rent_payer = *opening.rent_payer;
        self.opens_at = opening.opens_at;
        self.closes_at = opening.opens_at.checked_add(assembly.voting_period).or_overflow()?;
        self.voting_period = assembly.voting_period;
        self.extension = assembly.extension;
        self.appeal_window = opening.appeal_window;
        self.appeal_bond = opening.bond.checked_mul(2).or_overflow()?;
        self.reward_pot = reward;
        self.reward_left = reward;
        self.quorum_bps = assembly.quorum_bps;
        self.threshold_bps = assembly.threshold_bps;
        self.overturn_slash_bps = assembly.overturn_slash_bps;
        self.tips = Self::TIPS;
        self.revocable = u8::from(opening.revocable);
        self.eligible_before = assembly.eligible_before(now);
        self.eligible_weight = assembly.eligible_stake(self.eligible_before)?;
        pool.add_child()
    }

    /// The state, checked.
    pub fn state(&self) -> Result<BallotState> {
        BallotState::from_byte(self.state)
    }

    /// Whether votes are taken at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::VotingNotOpen`], [`BreakwaterError::VotingOver`].
    pub fn check_voting(&self, now: u64) -> Result<()> {
        require!(now >= self.opens_at, BreakwaterError::VotingNotOpen);
        require!(self.state()? == BallotState::Open && now < self.closes_at, BreakwaterError::VotingOver);
        Ok(())
    }

    /// Where it stands at `now`.
    ///
    /// # Errors
    /// [`BreakwaterError::UnknownState`].
    pub fn standing(&self, now: u64) -> Result<BallotStanding> {
        Ok(match self.state()? {
            BallotState::Open => match self.check_voting(now) {
                Ok(()) => BallotStanding::Voting,
                Err(BreakwaterError::VotingNotOpen) => BallotStanding::Soon,
                Err(_) => BallotStanding::ToClose,
            },
            _ if self.verdict(now).is_ok() => BallotStanding::Final,
            BallotState::NoQuorum => BallotStanding::Arbitrable,
            _ => BallotStanding::Appealable,
        })
    }

    /// Casts the whole weight of `voter`, at `voter_address`, as `record`, a new account whose rent `rent_payer` pays. The
    /// stake is locked until the vote is released.
    ///
    /// # Errors
    /// As [`Ballot::cast`].
    #[inline(always)] // one caller
    pub fn vote(
        &mut self,
        side: Side,
        (voter_address, voter): (&Address, &mut Voter),
        record: &mut VoteRecord,
        keys: &VoteKeys,
        now: u64,
    ) -> Result<()> {
        let weight = voter.weight(self.eligible_before)?;
        self.cast(side, weight, now)?;
        voter.open_votes = voter.open_votes.checked_add(1).or_overflow()?;
        record.version = VERSION;
        record.bump = keys.bump;
        record.side = side.byte();
        record.round = self.round;
        record.ballot = *keys.ballot;
        record.voter = *voter_address;
        record.rent_payer = *keys.rent_payer;
        record.weight = weight;
        record.voted_at = now;
        Ok(())
    }

    /// Counts a vote of `weight` at `now`.
    ///
    /// A vote within the last extension's length that changes how the ballot would end extends it by that length, at
    /// most
    /// `max_extensions` times, so that nobody wins by voting last.
    ///
    /// # Errors
    /// [`BreakwaterError::VotingNotOpen`], [`BreakwaterError::VotingOver`], [`BreakwaterError::NoWeight`].
    pub fn cast(&mut self, side: Side, weight: u64, now: u64) -> Result<()> {
        self.check_voting(now)?;
        require!(weight > 0, BreakwaterError::NoWeight);
        let tally = match side {
            Side::For => &mut self.weight_for,
            Side::Against => &mut self.weight_against,
        };
        *tally = tally.checked_add(weight).or_overflow()?;
        self.votes = self.votes.checked_add(1).or_overflow()?;
        self.live_records = self.live_records.checked_add(1).or_overflow()?;

        let leading = self.outcome().byte();
        let late = self.closes_at.saturating_sub(now) <= self.extension;
        if leading != self.leading && late && self.extensions < self.max_extensions {
            self.extensions = self.extensions.saturating_add(1);
            self.closes_at = self.closes_at.checked_add(self.extension).or_overflow()?;
        }
        self.leading = leading;
        Ok(())
    }

    /// The weight that must be cast in this round, atoms, rounded up.
    pub fn quorum_weight(&self) -> Result<u64> {
        coverage_math::bps_ceil(self.eligible_weight, self.quorum_bps).or_overflow()
    }

    /// The weight cast in this round, atoms.
    pub fn weight_cast(&self) -> Result<u64> {
        self.weight_for.checked_add(self.weight_against).or_overflow()
    }

    /// Whether as many have voted in this round as must.
    pub fn has_quorum(&self) -> bool {
        self.outcome() != BallotState::NoQuorum
    }

    /// How the round would end now.
    fn outcome(&self) -> BallotState {
        tally::outcome(self.weight_for, self.weight_against, self.eligible_weight, self.quorum_bps, self.threshold_bps)
            .into()
    }

    /// Closes the round once its time is over, or before when no vote could change the outcome. Too few votes prolong
    /// the first round once, and leave an appealed outcome as it was.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotClosed`], [`BreakwaterError::VotingOpen`].
    pub fn close_round(&mut self, now: u64) -> Result<()> {
        require!(self.state()? == BallotState::Open, BreakwaterError::BallotClosed);
        let decided = tally::decided(
            self.weight_for,
            self.weight_against,
            self.eligible_weight,
            self.quorum_bps,
            self.threshold_bps,
        );
        require!(decided.is_some() || now >= self.closes_at, BreakwaterError::VotingOpen);
        let outcome = self.outcome();
        if self.round == Round::First.byte() && self.prolonged == 0 && outcome == BallotState::NoQuorum {
            self.prolonged = 1;
            return self.run_twice_as_long(now);
        }

        self.closed_at = now;
        if self.round == Round::Appeal.byte() {
            self.state = if outcome == BallotState::NoQuorum { self.first_state } else { outcome.byte() };
            self.final_at = now;
        } else {
            self.state = outcome.byte();
            let nobody_left = outcome == BallotState::NoQuorum && address_eq(&self.arbiter, &NOBODY);
            let window = if nobody_left { 0 } else { self.appeal_window };
            self.final_at = now.checked_add(window).or_overflow()?;
        }
        Ok(())
    }

    fn run_twice_as_long(&mut self, now: u64) -> Result<()> {
        let time = self.voting_period.checked_mul(2).or_overflow()?;
        self.closes_at = now.checked_add(time).or_overflow()?;
        Ok(())
    }

    /// Lets the arbiter decide what too few voted on.
    ///
    /// # Errors
    /// [`BreakwaterError::NotArbitrable`], [`BreakwaterError::AppealWindowOver`].
    pub fn arbitrate(&mut self, side: Side, now: u64) -> Result<()> {
        require!(self.state()? == BallotState::NoQuorum, BreakwaterError::NotArbitrable);
        require!(now < self.final_at, BreakwaterError::AppealWindowOver);
        self.state = match side {
            Side::For => BallotState::Passed.byte(),
            Side::Against => BallotState::Failed.byte(),
        };
        self.arbitrated = 1;
        self.final_at = now;
        Ok(())
    }

    /// Opens the second round, which takes twice the quorum, at most halfway to all, and twice the time, of the same
    /// stake: nobody decides an appeal by staking once the first round is known.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotOpen`], [`BreakwaterError::NotAppealable`], [`BreakwaterError::AppealWindowOver`].
    pub fn appeal(&mut self, appellant: Address, reward: u64, now: u64) -> Result<()> {
        let state = self.state()?;
        require!(state != BallotState::Open, BreakwaterError::BallotOpen);
        require!(
            self.round == Round::First.byte() && self.arbitrated == 0 && state != BallotState::NoQuorum,
            BreakwaterError::NotAppealable
        );
        require!(now < self.final_at, BreakwaterError::AppealWindowOver);
        self.first_state = self.state;
        self.first_for = self.weight_for;
        self.first_against = self.weight_against;
        self.first_pot = self.reward_pot;
        self.reward_pot = reward;
        self.reward_left = self.reward_left.checked_add(reward).or_overflow()?;
        self.appellant = appellant;
        self.appeal_bond_state = AppealBond::Held.byte();
        self.tips = self.tips.checked_add(1).or_overflow()?;

        self.round = Round::Appeal.byte();
        self.state = BallotState::Open.byte();
        self.leading = BallotState::NoQuorum.byte();
        self.extensions = 0;
        self.weight_for = 0;
        self.weight_against = 0;
        self.votes = 0;
        self.closed_at = 0;
        self.final_at = 0;
        self.opens_at = now;
        self.quorum_bps = tally::appeal_quorum_bps(self.quorum_bps);
        self.run_twice_as_long(now)
    }

    /// The final outcome; an error says why there is none yet.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotOpen`], [`BreakwaterError::AppealWindowOpen`].
    pub fn verdict(&self, now: u64) -> Result<BallotState> {
        let state = self.state()?;
        require!(state != BallotState::Open, BreakwaterError::BallotOpen);
        require!(now >= self.final_at, BreakwaterError::AppealWindowOpen);
        Ok(state)
    }

    /// The final outcome, for the one who opened the ballot: it may be closed after this.
    ///
    /// # Errors
    /// As [`Ballot::verdict`].
    pub fn execute(&mut self, now: u64) -> Result<BallotState> {
        let verdict = self.verdict(now)?;
        self.executed = 1;
        Ok(verdict)
    }

    /// Makes void what is voted on: nothing is left to decide.
    pub fn revoke(&mut self) {
        self.void = 1;
        self.executed = 1;
    }

    /// Whether the appeal changed the outcome.
    fn is_overturned(&self) -> bool {
        self.round == Round::Appeal.byte() && self.state != self.first_state
    }

    /// Whether votes and bonds are let go: the outcome is final, and read when what it decides may become void.
    ///
    /// # Errors
    /// As [`Ballot::verdict`]; [`BreakwaterError::BallotNotRead`].
    fn check_released(&self, now: u64) -> Result<()> {
        self.verdict(now)?;
        require!(self.executed == 1 || self.revocable == 0, BreakwaterError::BallotNotRead);
        Ok(())
    }

    /// What `record`, a vote here, comes to.
    ///
    /// A reward is by weight within its round, rounded down. Anyone who voted for what an appeal overturned forfeits it
    /// and loses a part of the weight, rounded up.
    ///
    /// # Errors
    /// As [`Ballot::verdict`]; [`BreakwaterError::BallotNotRead`].
    pub fn release(&mut self, record: &VoteRecord, now: u64) -> Result<Release> {
        self.check_released(now)?;
        let appealed = self.round == Round::Appeal.byte() && record.round == Round::First.byte();
        let (pot, weight_for, weight_against, outcome) = if appealed {
            (self.first_pot, self.first_for, self.first_against, self.first_state)
        } else {
            (self.reward_pot, self.weight_for, self.weight_against, self.state)
        };
        let cast = weight_for.checked_add(weight_against).or_overflow()?;
        let part = tally::reward(pot, record.weight, cast).or_overflow()?;
        self.reward_left = self.reward_left.checked_sub(part).or_overflow()?;
        self.live_records = self.live_records.checked_sub(1).or_overflow()?;

        let won = if record.side == Side::For.byte() { BallotState::Passed } else { BallotState::Failed };
        if self.void == 0 && appealed && self.is_overturned() && outcome == won.byte() {
            let slash = coverage_math::bps_ceil(record.weight, self.overturn_slash_bps).or_overflow()?;
            return Ok(Release { reward: 0, forfeited: part, slash });
        }
        // When nobody decides, or nothing is left to decide, everybody's bond goes back: voting must not pay either.
        if self.void == 1 || self.state()? == BallotState::NoQuorum {
            return Ok(Release { reward: 0, forfeited: part, slash: 0 });
        }
        Ok(Release { reward: part, forfeited: 0, slash: 0 })
    }

    /// Takes the appeal's bond: whether it goes back to the appellant, because the appeal changed the outcome or nothing was
    /// left to decide, and how much it is.
    ///
    /// # Errors
    /// As [`Ballot::verdict`]; [`BreakwaterError::BallotNotRead`], [`BreakwaterError::NothingDue`].
    pub fn take_appeal_bond(&mut self, now: u64) -> Result<(bool, u64)> {
        self.check_released(now)?;
        require!(self.appeal_bond_state == AppealBond::Held.byte(), BreakwaterError::NothingDue);
        self.appeal_bond_state = AppealBond::Gone.byte();
        Ok((self.void == 1 || self.is_overturned(), self.appeal_bond))
    }

    /// Whether it is over, so that its account can be closed: the outcome is final and read, every vote is released and no
    /// bond is held. Returns what is left of the rewards.
    ///
    /// # Errors
    /// As [`Ballot::verdict`]; [`BreakwaterError::BallotNotOver`].
    pub fn check_over(&self, now: u64) -> Result<u64> {
        self.verdict(now)?;
        let held = self.appeal_bond_state == AppealBond::Held.byte();
        require!(self.executed == 1 && self.live_records == 0 && !held, BreakwaterError::BallotNotOver);
        Ok(self.reward_left)
    }
}

impl From<Outcome> for BallotState {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Passed => Self::Passed,
            Outcome::Failed => Self::Failed,
            Outcome::NoQuorum => Self::NoQuorum,
        }
    }
}
