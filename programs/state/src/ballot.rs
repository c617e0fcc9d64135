use crate::{Assembly, Pool, VoteRecord, Voter, prelude::*};
use coverage_math::ballot::{self, Count, TOP, Weights};

stored_enum! {
    /// Where a ballot stands. `Passed` and `Failed` are final once [`Ballot::verdict`] says so.
    pub enum BallotState {
        /// Votes are taken, or the time is over and it waits to be closed.
        Open = 0 "open",
        /// More than the threshold were for it.
        Passed = 1 "passed",
        /// They were not.
        Failed = 2 "failed",
        /// It ended at one of its levels: how much of a claim stands.
        Decided = 3 "decided",
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
        /// Too few voted, and those who did wanted something else: the arbiter can decide.
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

impl Side {
    /// The level that stands for it.
    #[must_use]
    pub const fn level(self) -> u8 {
        match self {
            Self::Against => 0,
            Self::For => TOP,
        }
    }

    /// The side that a level stands for, of a ballot with two answers.
    #[must_use]
    pub const fn of_level(level: u8) -> Self {
        if level == TOP { Self::For } else { Self::Against }
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
        /// Held until the outcome is final and read.
        Held = 1 "held",
        /// To be collected by the one who appealed.
        Due = 2 "due",
        /// Given back, or lost and shared out.
        Gone = 3 "gone",
}
}

impl AppealBond {
    /// Whether the pool still has it.
    fn is_held(byte: u8) -> bool {
        byte == Self::Held.byte() || byte == Self::Due.byte()
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
    /// 0 open, 1 passed, 2 failed, 3 decided: see [`BallotState`].
    pub state: u8,
    /// 0 in the first vote, 1 in the appeal.
    pub round: u8,
    /// The level for which those count who do not vote, up to the quorum weight: 0 against, 16 for.
    pub default_level: u8,
    /// How often this round ran on because its outcome had moved.
    pub extensions: u8,
    /// How often a round may run on for that.
    pub max_extensions: u8,
    /// 1 once this round goes on, for twice as long, because too few had voted.
    pub prolonged: u8,
    /// The assembly that votes.
    pub assembly: Address,
    /// What is voted on; a seed of this address.
    pub subject: Address,
    /// The pool whose assessors' fund rewards the voters and whose asset the bonds are in.
    pub pool: Address,
    /// Who decides when too few voted; zero for nobody.
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
    /// The stake that counts, in both rounds, atoms.
    pub eligible_weight: u64,
    /// The weight that must vote in this round, atoms: what is missing to it counts at the default level.
    pub quorum_weight: u64,
    /// Weight that owners of stake cast in this round themselves, by level, atoms.
    pub fixed: [u64; 17],
    /// Weight that can still be cast anew in this round, by level, atoms: what delegates cast, which the owners can, and in an appeal
    /// what is carried over from the first round.
    pub movable: [u64; 17],
    /// Length of a round, seconds; one that is prolonged goes on for twice as long.
    pub voting_period: u64,
    /// Length of one extension, seconds.
    pub extension: u64,
    /// How long the outcome can be appealed, and how long the arbiter has, seconds.
    pub appeal_window: u64,
    /// What its voters share where as many vote as must, atoms of the pool's asset; a quarter of it where fewer do. The reward itself
    /// once it was read.
    pub reward_pot: u64,
    /// What of the reward is still reserved in the pool, atoms; 0 until it was read.
    pub reward_left: u64,
    /// Bond of an appeal, atoms of the pool's asset; what goes back of it once it was read.
    pub appeal_bond: u64,
    /// Votes in this round.
    pub votes: u32,
    /// Vote records that are not closed.
    pub live_records: u32,
    /// Weight for, above which it passes, bps of the weight that counts.
    pub threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps.
    pub overturn_slash_bps: u16,
    /// The level at which the last round ended, or at which the arbiter set it.
    pub level: u8,
    /// The level at which the first round ended, once appealed.
    pub first_level: u8,
    /// The level at which the round would have ended when its last window began, once somebody voted in that.
    pub window_level: u8,
    /// 1 once somebody voted in the last window of the round, or it runs on.
    pub in_window: u8,
    /// 1 once as many have voted in one of its rounds as must.
    pub heard: u8,
    /// 1 when too few voted in every round, and the outcome was the default.
    pub undecided: u8,
    /// 1 when the arbiter decided.
    pub arbitrated: u8,
    /// What becomes of the appeal's bond: 0 none, 1 held, 2 due, 3 gone: see [`AppealBond`].
    pub appeal_bond_state: u8,
    /// 1 once the one who opened it has read the final outcome.
    pub executed: u8,
    /// Tips set aside for the one who closes a round.
    pub tips: u8,
    /// 1 when it asks how much: votes are for a level from 0 to 16. Otherwise it has two answers, the levels 0 and 16.
    pub graded: u8,
    /// 1 when it became void: voting in it pays nothing.
    pub void: u8,
    /// When votes were first taken, unix seconds: the same in an appeal. Delegates vote who were set before.
    pub first_opens_at: u64,
    /// Zero.
    pub reserved: [u64; 7],
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
    /// What its voters share where as many vote as must, atoms; a quarter of it where fewer do. No more than the assessors get when the
    /// bond is lost.
    pub reward: u64,
    /// What counts of those who do not vote, up to the quorum weight.
    pub default: Side,
    /// Whether it asks how much, in sixteenths, instead of whether.
    pub graded: bool,
    /// The stake below which the court decides on nothing that is sold, atoms.
    pub stake_floor: u64,
    /// Whether the pool's arbiter decides when too few vote: on what happened, never on changes.
    pub arbitrable: bool,
}

/// What a vote gets once its ballot is final and read.
pub struct Reward {
    /// Part of the pot that is the voter's, atoms.
    pub paid: u64,
    /// Part of the pot that the voter forfeits, atoms.
    pub forfeited: u64,
}

/// Who votes, and where a new vote record is.
pub struct VoteKeys<'a> {
    /// Who votes: the owner of the stake, or the owner's delegate.
    pub signer: &'a Address,
    /// The ballot.
    pub ballot: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
}

impl Ballot {
    /// Closings of a round with a tip: one, one more where too few had voted, and one each time it runs on.
    pub const TIPS: u8 = 2 + MAX_EXTENSIONS;

    /// Opens the ballot: every term is copied from the assembly as it is `now`.
    pub fn open(
        &mut self,
        (assembly_address, assembly): (&Address, &Assembly),
        (pool_address, pool): (&Address, &mut Pool),
        opening: &Opening,
        now: u64,
    ) -> Result<()> {
        self.version = VERSION;
        self.bump = opening.bump;
        self.state = BallotState::Open.byte();
        self.default_level = opening.default.level();
        self.max_extensions = assembly.max_extensions;
        self.assembly = *assembly_address;
        self.subject = *opening.subject;
        self.pool = *pool_address;
        self.arbiter = if opening.arbitrable { pool.arbiter } else { NOBODY };
        self.rent_payer = *opening.rent_payer;
        self.opens_at = opening.opens_at;
        self.first_opens_at = opening.opens_at;
        self.closes_at = opening.opens_at.checked_add(assembly.voting_period).or_overflow()?;
        self.voting_period = assembly.voting_period;
        self.extension = assembly.extension;
        self.appeal_window = opening.appeal_window;
        self.appeal_bond = opening.bond.checked_mul(2).or_overflow()?;
        self.reward_pot = opening.reward;
        // A threshold above a half protects what holds without a vote. Where that is the highest level, a half does.
        self.threshold_bps = if opening.default == Side::For { *THRESHOLD_BPS.start() } else { assembly.threshold_bps };
        self.overturn_slash_bps = assembly.overturn_slash_bps;
        self.tips = Self::TIPS;
        self.graded = u8::from(opening.graded);
        self.eligible_before = assembly.eligible_before(now);
        self.eligible_weight = assembly.eligible_stake(self.eligible_before)?;
        let quorum =
            ballot::quorum_weight(self.eligible_weight, assembly.quorum_bps, opening.stake_floor).or_overflow()?;
        // No floor keeps a majority of all stake from a change: not from taking the pool from who set it.
        self.quorum_weight = if opening.arbitrable { quorum } else { quorum.min(self.eligible_weight).max(1) };
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
            _ if self.is_arbitrable()? => BallotStanding::Arbitrable,
            _ => BallotStanding::Appealable,
        })
    }

    /// What is counted in this round.
    fn count(&self) -> Count<'_> {
        Count {
            fixed: &self.fixed,
            movable: &self.movable,
            default: self.default_level,
            quorum: self.quorum_weight,
            threshold_bps: self.threshold_bps,
        }
    }

    /// What those count for who do not vote, up to the quorum weight.
    #[must_use]
    pub fn default_side(&self) -> Side {
        Side::of_level(self.default_level)
    }

    /// Whether `level` is one of its answers.
    ///
    /// # Errors
    /// [`BreakwaterError::BadLevel`].
    fn check_level(&self, level: u8) -> Result<()> {
        let is_end = level == Side::Against.level() || level == Side::For.level();
        require!(is_end || (self.graded == 1 && level <= TOP), BreakwaterError::BadLevel);
        Ok(())
    }

    /// The level at which the round would end now.
    pub fn leading(&self) -> Result<u8> {
        self.count().level().or_overflow()
    }

    /// The weight cast in this round, atoms: votes carried over from the first included.
    pub fn weight_cast(&self) -> Result<u64> {
        self.count().cast().or_overflow()
    }

    /// The weight of `side` in this round, atoms: votes carried over from the first included.
    pub fn weight_of(&self, side: Side) -> Result<u64> {
        let level = usize::from(side.level());
        let (Some(fixed), Some(movable)) = (self.fixed.get(level), self.movable.get(level)) else {
            return Err(BreakwaterError::UnknownState);
        };
        fixed.checked_add(*movable).or_overflow()
    }

    /// Whether as many have voted in this round as must.
    pub fn has_quorum(&self) -> Result<bool> {
        Ok(self.weight_cast()? >= self.quorum_weight)
    }

    /// Casts the whole weight of `voter`, at `voter_address`, for `level` as `record`: an account that is new, or that has a vote which can be
    /// cast anew. `rent_payer` pays the rent of a new one. The stake is locked until the vote is released.
    ///
    /// There is one vote a voter and round. In an appeal the vote of the first round can be cast anew. A delegate's gives way to the
    /// owner's in the same round too; the owner's, of either round, to no delegate's.
    ///
    /// What the outcome was when the last window began is noted with the first vote in it: see [`Ballot::close_round`].
    ///
    /// # Errors
    /// [`BreakwaterError::VotingNotOpen`], [`BreakwaterError::VotingOver`], [`BreakwaterError::BadLevel`],
    /// [`BreakwaterError::NoWeight`], [`BreakwaterError::AlreadyVoted`]; as [`Voter::is_by_delegate`].
    #[inline(always)] // one caller
    pub fn vote(
        &mut self,
        level: u8,
        (voter_address, voter): (&Address, &mut Voter),
        record: &mut VoteRecord,
        keys: &VoteKeys,
        now: u64,
    ) -> Result<()> {
        let by_delegate = voter.is_by_delegate(keys.signer, self.first_opens_at)?;
        self.check_voting(now)?;
        self.check_level(level)?;
        if self.in_window == 0 && self.closes_at.saturating_sub(now) <= self.extension {
            self.window_level = self.leading()?;
            self.in_window = 1;
        }
        let mut votes = 1;
        if record.version == 0 {
            record.weight = voter.weight(self.eligible_before)?;
            require!(record.weight > 0, BreakwaterError::NoWeight);
            voter.open_votes = voter.open_votes.checked_add(1).or_overflow()?;
            voter.records = voter.records.checked_add(1).or_overflow()?;
            self.live_records = self.live_records.checked_add(1).or_overflow()?;
            record.version = VERSION;
            record.ballot = *keys.ballot;
            record.voter = *voter_address;
            record.rent_payer = *keys.rent_payer;
            record.first_level = VoteRecord::NOT_CAST;
        } else {
            votes = u32::from(record.round != self.round);
            let of_delegate = record.by_delegate == 1;
            let gives_way = if by_delegate { of_delegate && votes == 1 } else { of_delegate || votes == 1 };
            require!(gives_way, BreakwaterError::AlreadyVoted);
            let before = weight_at(&mut self.movable, record.level)?;
            *before = before.checked_sub(record.weight).or_overflow()?;
        }
        let weights = if by_delegate { &mut self.movable } else { &mut self.fixed };
        let cast = weight_at(weights, level)?;
        *cast = cast.checked_add(record.weight).or_overflow()?;
        if self.round == Round::First.byte() {
            record.first_level = level;
        }
        record.level = level;
        record.round = self.round;
        record.by_delegate = by_delegate.into();
        record.voted_at = now;
        self.votes = self.votes.checked_add(votes).or_overflow()?;
        Ok(())
    }

    /// Closes the round once its time is over, or before when no vote could change the outcome.
    ///
    /// Where too few have voted it goes on once, for twice as long. Where its outcome has moved by two levels or more since the last
    /// window began, it runs on for one window more, at most `max_extensions` times: nobody wins by voting last.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotClosed`], [`BreakwaterError::VotingOpen`].
    pub fn close_round(&mut self, now: u64) -> Result<()> {
        require!(self.state()? == BallotState::Open, BreakwaterError::BallotClosed);
        let is_first = self.round == Round::First.byte();
        let level = match self.count().decided(self.eligible_weight) {
            Some(level) => level,
            None => {
                require!(now >= self.closes_at, BreakwaterError::VotingOpen);
                let level = self.leading()?;
                if !self.has_quorum()? && self.prolonged == 0 {
                    self.prolonged = 1;
                    self.in_window = 0;
                    self.window_level = 0;
                    let time = self.voting_period.checked_mul(2).or_overflow()?;
                    return self.run_on(time, now);
                }
                let has_moved = self.in_window == 1 && ballot::has_moved(self.window_level, level);
                if has_moved && self.extensions < self.max_extensions {
                    self.extensions = self.extensions.saturating_add(1);
                    self.window_level = level;
                    return self.run_on(self.extension, now);
                }
                level
            }
        };
        self.heard |= u8::from(self.has_quorum()?);
        self.undecided = u8::from(level == self.default_level && self.heard == 0);
        self.closed_at = now;
        self.decide(level);
        let is_last = !is_first || (self.undecided == 1 && !self.is_arbitrable()?);
        let window = if is_last { 0 } else { self.appeal_window };
        self.final_at = now.checked_add(window).or_overflow()?;
        Ok(())
    }

    fn run_on(&mut self, time: u64, now: u64) -> Result<()> {
        self.closes_at = now.checked_add(time).or_overflow()?;
        Ok(())
    }

    fn decide(&mut self, level: u8) {
        self.level = level;
        let state = match Side::of_level(level) {
            _ if self.graded == 1 => BallotState::Decided,
            Side::For => BallotState::Passed,
            Side::Against => BallotState::Failed,
        };
        self.state = state.byte();
    }

    /// Whether there is something for the arbiter to decide, or was: too few voted in the first round, and those who did wanted
    /// something else than what came of it.
    fn is_arbitrable(&self) -> Result<bool> {
        let first = self.round == Round::First.byte();
        if !first || self.arbitrated == 1 || address_eq(&self.arbiter, &NOBODY) || self.has_quorum()? {
            return Ok(false);
        }
        Ok(self.is_against_votes())
    }

    /// Whether those who voted wanted something else than what came of it, or nobody did.
    fn is_against_votes(&self) -> bool {
        self.count().level_of_votes() != Some(self.level)
    }

    /// Whether its court could not decide: too few voted, and those who did wanted something else than what came of it, or nobody did.
    pub(crate) fn has_failed(&self) -> bool {
        self.undecided == 1 && self.is_against_votes()
    }

    /// Whether only the default, for which nobody is known to be, made the outcome. That of an appeal is what the first round said.
    pub(crate) fn is_by_default(&self) -> bool {
        self.undecided == 1 && self.arbitrated == 0 && self.round == Round::First.byte()
    }

    /// Lets the arbiter decide what too few voted on: between what came of it and what those wanted who voted, or anything where nobody
    /// did. It can be appealed for as long as a closed round.
    ///
    /// # Errors
    /// [`BreakwaterError::NotArbitrable`], [`BreakwaterError::AppealWindowOver`], [`BreakwaterError::BadLevel`].
    pub fn arbitrate(&mut self, level: u8, now: u64) -> Result<()> {
        self.check_level(level)?;
        require!(self.state()? != BallotState::Open && self.is_arbitrable()?, BreakwaterError::NotArbitrable);
        require!(now < self.final_at, BreakwaterError::AppealWindowOver);
        let of_votes = self.count().level_of_votes();
        require!(ballot::may_choose(level, self.level, of_votes), BreakwaterError::NotArbitrable);
        self.decide(level);
        self.arbitrated = 1;
        self.final_at = now.checked_add(self.appeal_window).or_overflow()?;
        Ok(())
    }

    /// Opens the second round, of the same stake: nobody decides an appeal by staking once the first round is known. Every vote is
    /// carried over and can be cast anew; what the first round said is the default. Twice as much must vote, at most halfway to all; where
    /// too few had voted, as much as in the first round: what they said should not weigh more than those who come now.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotOpen`], [`BreakwaterError::NotAppealable`], [`BreakwaterError::AppealWindowOver`].
    pub fn appeal(&mut self, appellant: Address, now: u64) -> Result<()> {
        require!(self.state()? != BallotState::Open, BreakwaterError::BallotOpen);
        let decided = self.undecided == 0 || self.arbitrated == 1;
        require!(self.round == Round::First.byte() && decided, BreakwaterError::NotAppealable);
        require!(now < self.final_at, BreakwaterError::AppealWindowOver);
        // Of one that became void nobody would share the bond out any more.
        require!(self.executed == 0, BreakwaterError::NotAppealable);
        self.appellant = appellant;
        self.appeal_bond_state = AppealBond::Held.byte();
        self.tips = self.tips.checked_add(Self::TIPS).or_overflow()?;

        self.round = Round::Appeal.byte();
        self.state = BallotState::Open.byte();
        self.first_level = self.level;
        self.default_level = self.level;
        for (movable, fixed) in self.movable.iter_mut().zip(&mut self.fixed) {
            *movable = movable.checked_add(core::mem::take(fixed)).or_overflow()?;
        }
        if self.heard == 1 {
            self.quorum_weight = ballot::appeal_quorum(self.quorum_weight, self.eligible_weight);
        }
        self.extensions = 0;
        self.prolonged = 0;
        self.in_window = 0;
        self.window_level = 0;
        self.undecided = 0;
        self.votes = 0;
        self.closed_at = 0;
        self.final_at = 0;
        self.opens_at = now;
        self.run_on(self.voting_period, now)
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

    /// The final outcome, for the one who opened the ballot. Once the bond that was at stake is shared out or let go,
    /// [`Ballot::pay_out`] follows.
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

    /// Shares an appeal's bond out, as far as it is lost, and reserves the reward of the voters, on books that have been accrued: half of
    /// what was at stake where as many voted as must, else an eighth, and as much of what an appeal lost; never more than the assessors'
    /// fund has free, which has got its half of every lost bond before.
    ///
    /// Nobody gains by losing a ballot of their own and voting in it.
    pub(crate) fn pay_out(&mut self, pool: &mut Pool) -> Result<()> {
        let mut pot = if self.void == 1 { 0 } else { self.reward_pot };
        if self.appeal_bond_state == AppealBond::Held.byte() {
            let bond = self.appeal_bond;
            self.appeal_bond = if self.void == 1 {
                bond
            } else {
                ballot::appeal_bond_back(bond, self.first_level, self.level).or_overflow()?
            };
            let lost = bond.checked_sub(self.appeal_bond).or_overflow()?;
            if lost > 0 {
                pool.slash_bond(lost)?;
            }
            pot = pot.checked_add(lost / 2).or_overflow()?;
            let state = if self.appeal_bond > 0 { AppealBond::Due } else { AppealBond::Gone };
            self.appeal_bond_state = state.byte();
        }
        let pot = if self.heard == 1 { pot } else { pot / 4 };
        self.reward_pot = pool.reserve_reward(pot)?;
        self.reward_left = self.reward_pot;
        Ok(())
    }

    /// Whether an appeal overturned `record`: in the first round it was for what came of that, or further away from where the appeal
    /// ended. Voting otherwise in the appeal does not save it.
    fn overturned(&self, record: &VoteRecord) -> bool {
        let appealed = self.round == Round::Appeal.byte() && record.first_level != VoteRecord::NOT_CAST;
        appealed && ballot::is_overturned(record.first_level, self.first_level, self.level)
    }

    /// Ends the lock of the stake of `voter` by `record`, a vote here, once the outcome is final; nobody needs to have read it. One that an
    /// appeal overturned loses a part of its weight, rounded up. Returns the stake lost, atoms; nothing happens a second time.
    ///
    /// # Errors
    /// As [`Ballot::verdict`].
    pub fn release(
        &self,
        record: &mut VoteRecord,
        voter: &mut Voter,
        assembly: &mut Assembly,
        now: u64,
    ) -> Result<u64> {
        self.verdict(now)?;
        if core::mem::replace(&mut record.released, 1) == 1 {
            return Ok(0);
        }
        let slash_bps = if self.overturned(record) { self.overturn_slash_bps } else { 0 };
        voter.release(assembly, coverage_math::bps_ceil(record.weight, slash_bps).or_overflow()?)
    }

    /// Takes what `record`, a vote here whose account is about to be closed, gets of the reward, by weight, rounded down; one that an appeal
    /// overturned forfeits it. If it does not `pay`, only what nobody gets can be taken.
    ///
    /// # Errors
    /// [`BreakwaterError::BallotNotRead`], [`BreakwaterError::WrongReceiver`].
    pub fn take_reward(&mut self, record: &VoteRecord, voter: &mut Voter, pays: bool) -> Result<Reward> {
        require!(self.executed == 1, BreakwaterError::BallotNotRead);
        let cast = self.weight_cast()?;
        let part = ballot::reward(self.reward_pot, record.weight, cast, self.quorum_weight).or_overflow()?;
        let reward = if self.overturned(record) {
            Reward { paid: 0, forfeited: part }
        } else {
            Reward { paid: part, forfeited: 0 }
        };
        require!(pays || reward.paid == 0, BreakwaterError::WrongReceiver);
        self.reward_left = self.reward_left.checked_sub(part).or_overflow()?;
        self.live_records = self.live_records.checked_sub(1).or_overflow()?;
        voter.records = voter.records.checked_sub(1).or_overflow()?;
        Ok(reward)
    }

    /// Whether the pool still has the bond of an appeal, or what goes back of it.
    #[must_use]
    pub fn holds_bond(&self) -> bool {
        AppealBond::is_held(self.appeal_bond_state)
    }

    /// Takes what goes back of the bond of an appeal, atoms.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn take_appeal_bond(&mut self) -> Result<u64> {
        require!(self.appeal_bond_state == AppealBond::Due.byte(), BreakwaterError::NothingDue);
        self.appeal_bond_state = AppealBond::Gone.byte();
        Ok(self.appeal_bond)
    }

    /// Whether it is over, so that its account can be closed: the outcome is final and read, every vote is released and no
    /// bond is held. Returns what is left of the rewards.
    ///
    /// # Errors
    /// As [`Ballot::verdict`]; [`BreakwaterError::BallotNotOver`].
    pub fn check_over(&self, now: u64) -> Result<u64> {
        self.verdict(now)?;
        let has_ended = self.executed == 1 && self.live_records == 0 && !self.holds_bond();
        require!(has_ended, BreakwaterError::BallotNotOver);
        Ok(self.reward_left)
    }
}

fn weight_at(weights: &mut Weights, level: u8) -> Result<&mut u64> {
    weights.get_mut(usize::from(level)).ok_or(BreakwaterError::UnknownState)
}
