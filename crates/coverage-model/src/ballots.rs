//! Ballots: what is asked, who votes how, what comes of it.

use crate::{
    ALL_BPS, Account, AssemblyParams, Atoms, EXTENSION, MAX_EXTENSIONS, Model, Name, Outcome, Refusal, Rule, down, must,
};

/// A question.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What is voted on.
    pub subject: Subject,
    /// The pool it is about.
    pub pool: usize,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Who decides when too few vote.
    pub arbiter: Option<Name>,
    /// Terms of the assembly when it was asked.
    pub terms: AssemblyParams,
    /// Stakes count that age since then or before.
    pub eligible_before: u64,
    /// All that counts, when it was asked, atoms.
    pub eligible_weight: Atoms,
    /// How long its outcome can be appealed, seconds.
    pub appeal_window: u64,
    /// Bond of an appeal, atoms.
    pub appeal_bond: Atoms,
    /// Whether what is asked may become void.
    pub revocable: bool,
    /// Whether it did.
    pub void: bool,
    /// Whether the incident or the claim that asked has read the answer.
    pub executed: bool,
    /// Whether too few had voted in the first round, which then went on.
    pub prolonged: bool,
    /// What the arbiter decided.
    pub arbitrated: Option<Verdict>,
    /// Who appealed.
    pub appellant: Option<Name>,
    /// Whether the appeal's bond has left.
    pub appeal_bond_gone: bool,
    /// Tips that are left.
    pub tips: u8,
    /// The first round, and an appeal.
    pub rounds: Vec<Round>,
    /// Whether its account is closed.
    pub gone: bool,
}

/// What is voted on, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Whether an incident counts.
    Incident(usize),
    /// Whether the counter-amount stands against a claim.
    Claim(usize),
    /// Whether a change is queued.
    Change(usize),
}

/// One round of a ballot.
#[derive(Clone, Debug)]
pub struct Round {
    /// From when votes are taken.
    pub opens_at: u64,
    /// Until when.
    pub closes_at: u64,
    /// When it was closed.
    pub closed_at: Option<u64>,
    /// When its outcome is final, once it is closed.
    pub final_at: u64,
    /// Part of the eligible weight that must vote, bps.
    pub quorum_bps: u16,
    /// Reward of its voters, atoms.
    pub pot: Atoms,
    /// How often it went on because the leading side had changed late.
    pub extensions: u8,
    /// Its votes.
    pub votes: Vec<Cast>,
}

/// A vote.
#[derive(Clone, Debug)]
pub struct Cast {
    /// Whose.
    pub voter: Name,
    /// Who gets the rent of its record back.
    pub rent_payer: Name,
    /// 1 for, 0 against.
    pub side: u8,
    /// Stake behind it, atoms.
    pub weight: Atoms,
    /// When.
    pub at: u64,
    /// What the voter got once it was released, atoms.
    pub released: Option<Atoms>,
}

/// How a ballot stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is not closed.
    Open = 0,
    /// More than the threshold were for it.
    Passed = 1,
    /// They were not.
    Failed = 2,
    /// Too few voted.
    NoQuorum = 3,
}

/// What is asked, and of whom.
pub(crate) struct Question {
    pub subject: Subject,
    pub pool: usize,
    pub rent_payer: Name,
    pub opens_at: u64,
    pub appeal_window: u64,
    /// Bond of who loses, atoms.
    pub bond: Atoms,
    /// The bond that limits the reward, atoms.
    pub least_bond: Atoms,
    pub revocable: bool,
}

impl Round {
    /// Weight for (1) or against (0).
    #[must_use]
    pub fn weight(&self, side: u8) -> Atoms {
        self.votes.iter().filter(|vote| vote.side == side).map(|vote| vote.weight).sum()
    }

    /// Weight of all votes.
    fn cast(&self) -> Atoms {
        self.votes.iter().map(|vote| vote.weight).sum()
    }

    /// The part of the pot that is a vote's by its weight, rounded down.
    pub(crate) fn share(&self, vote: &Cast) -> Atoms {
        down(self.pot, vote.weight, self.cast()).expect("no more than the pot")
    }

    /// What of the pot nobody took and nobody forfeited.
    fn left(&self) -> Atoms {
        let released = self.votes.iter().filter(|vote| vote.released.is_some());
        self.pot - released.map(|vote| self.share(vote)).sum::<Atoms>()
    }
}

impl Ballot {
    /// The round that runs, or ran last.
    #[must_use]
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a first round")
    }

    pub(crate) fn round_mut(&mut self) -> &mut Round {
        self.rounds.last_mut().expect("a first round")
    }

    /// How a round would end with so much weight for and against.
    fn outcome(&self, round: &Round, (yes, no): (Atoms, Atoms)) -> Verdict {
        let (cast, all) = (yes + no, Atoms::from(ALL_BPS));
        if cast == 0 || cast * all < self.eligible_weight * Atoms::from(round.quorum_bps) {
            Verdict::NoQuorum
        } else if yes * all > cast * Atoms::from(self.terms.threshold_bps) {
            Verdict::Passed
        } else {
            Verdict::Failed
        }
    }

    /// How a round would end if it ended now.
    #[must_use]
    pub fn leading(&self, round: &Round) -> Verdict {
        self.outcome(round, (round.weight(1), round.weight(0)))
    }

    /// Whether no vote that is still to come could change how the round ends.
    #[must_use]
    pub fn is_decided(&self) -> bool {
        let round = self.round();
        let (yes, no, to_come) = (round.weight(1), round.weight(0), self.eligible_weight - round.cast());
        let leading = self.leading(round);
        let at_worst = match leading {
            Verdict::Passed => (yes, no + to_come),
            _ => (yes + to_come, no),
        };
        leading != Verdict::NoQuorum && self.outcome(round, at_worst) == leading
    }

    /// How it ended, so far: too few votes leave an appealed outcome as it was.
    #[must_use]
    pub fn state(&self) -> Verdict {
        if self.round().closed_at.is_none() {
            return Verdict::Open;
        }
        let outcomes = self.rounds.iter().rev().map(|round| self.leading(round));
        let decided = outcomes.into_iter().find(|outcome| *outcome != Verdict::NoQuorum);
        self.arbitrated.or(decided).unwrap_or(Verdict::NoQuorum)
    }

    /// Whether the appeal changed the outcome.
    pub(crate) fn is_overturned(&self) -> bool {
        self.rounds.len() == 2 && self.state() != self.leading(&self.rounds[0])
    }

    /// The final outcome.
    pub(crate) fn verdict(&self, now: u64) -> Outcome<Verdict> {
        let state = self.state();
        must(state != Verdict::Open, Rule::BallotOpen)?;
        must(now >= self.round().final_at, Rule::AppealWindowOpen)?;
        Ok(state)
    }

    /// Votes that are not released.
    #[must_use]
    pub fn live_records(&self) -> usize {
        self.rounds.iter().flat_map(|round| &round.votes).filter(|vote| vote.released.is_none()).count()
    }

    /// Rewards that are still set aside, atoms.
    #[must_use]
    pub fn reward_left(&self) -> Atoms {
        if self.gone { 0 } else { self.rounds.iter().map(Round::left).sum() }
    }

    /// The bond of an appeal that is held, atoms.
    #[must_use]
    pub fn appeal_bond_held(&self) -> Atoms {
        if self.appellant.is_some() && !self.appeal_bond_gone { self.appeal_bond } else { 0 }
    }
}

impl Model {
    /// What is set aside of a pool's assessors' fund, atoms.
    #[must_use]
    pub fn rewards_reserved(&self, pool: usize) -> Atoms {
        self.ballots.iter().filter(|ballot| ballot.pool == pool).map(Ballot::reward_left).sum()
    }

    /// What voters on a pool's matters were paid, atoms.
    #[must_use]
    pub fn rewards_paid(&self, pool: usize) -> Atoms {
        let ballots = self.ballots.iter().filter(|ballot| ballot.pool == pool);
        ballots.flat_map(|ballot| &ballot.rounds).flat_map(|round| &round.votes).filter_map(|vote| vote.released).sum()
    }

    /// The pot of a round, of what the assessors' fund has free.
    pub(crate) fn pot(&self, pool: usize, most: Atoms) -> Atoms {
        most.min(self.assessors(pool) - self.rewards_reserved(pool))
    }

    /// Opens a ballot, for whose closings the opener sets tips aside. Returns it.
    pub(crate) fn open_ballot(&mut self, question: Question) -> Outcome<usize> {
        let Question { subject, pool, rent_payer, opens_at, appeal_window, bond, least_bond, revocable } = question;
        self.pay_rent(rent_payer, Account::Ballot)?;
        self.set_tips_aside(rent_payer, 2)?;
        let terms = self.assembly;
        let eligible_before = self.now - terms.min_stake_age;
        let reward = Atoms::from(self.pools[pool].params.vote_reward).min(least_bond / 4);
        let round = Round {
            opens_at,
            closes_at: opens_at + terms.voting_period,
            closed_at: None,
            final_at: 0,
            quorum_bps: terms.quorum_bps,
            pot: self.pot(pool, reward),
            extensions: 0,
            votes: vec![],
        };
        Ok(self.ballots.push(Ballot {
            subject,
            pool,
            rent_payer,
            // Nobody decides on changes for the stakers.
            arbiter: self.pools[pool].arbiter.filter(|_| !matches!(subject, Subject::Change(_))),
            terms,
            eligible_before,
            eligible_weight: self.staked(eligible_before),
            appeal_window,
            appeal_bond: bond * 2,
            revocable,
            void: false,
            executed: false,
            prolonged: false,
            arbitrated: None,
            appellant: None,
            appeal_bond_gone: false,
            tips: 2,
            rounds: vec![round],
            gone: false,
        }))
    }

    /// Casts somebody's whole weight: 1 for, 0 against. Returns it.
    pub fn vote(&mut self, ballot: usize, (who, payer): (Name, Name), side: u8) -> Outcome<Atoms> {
        self.pay_rent(payer, Account::VoteRecord)?;
        let now = self.now;
        let here = &self.ballots[ballot];
        let round = here.round();
        if round.votes.iter().any(|vote| vote.voter == who && vote.released.is_none()) {
            return Err(Refusal::Exists);
        }
        must(side <= 1, Rule::BadSide)?;
        let weight = self.voter(who).map_or(0, |voter| voter.weight(here.eligible_before));
        must(now >= round.opens_at, Rule::VotingNotOpen)?;
        must(round.closed_at.is_none() && now < round.closes_at, Rule::VotingOver)?;
        must(weight > 0, Rule::NoWeight)?;
        let led = here.leading(round);
        let here = &mut self.ballots[ballot];
        here.round_mut().votes.push(Cast { voter: who, rent_payer: payer, side, weight, at: now, released: None });
        // Who changes in the last day how it would end must keep it so for another.
        let changed = here.leading(here.round()) != led;
        let round = here.round_mut();
        if changed && round.closes_at - now <= EXTENSION && round.extensions < MAX_EXTENSIONS {
            round.extensions += 1;
            round.closes_at += EXTENSION;
        }
        Ok(weight)
    }

    /// Closes a round that is decided or whose time is over. The first time that too few voted it goes on, twice as long.
    pub fn close_ballot(&mut self, ballot: usize, caller: Name) -> Outcome {
        let now = self.now;
        let here = &self.ballots[ballot];
        must(here.round().closed_at.is_none(), Rule::BallotClosed)?;
        must(here.is_decided() || now >= here.round().closes_at, Rule::VotingOpen)?;
        let nobody_decided = here.leading(here.round()) == Verdict::NoQuorum;
        let (appealed, nobody_left) = (here.rounds.len() == 2, nobody_decided && here.arbiter.is_none());
        let here = &mut self.ballots[ballot];
        if nobody_decided && !appealed && !here.prolonged {
            here.prolonged = true;
            here.round_mut().closes_at = now + 2 * here.terms.voting_period;
        } else {
            let window = if appealed || nobody_left { 0 } else { here.appeal_window };
            let round = here.round_mut();
            round.closed_at = Some(now);
            round.final_at = now + window;
        }
        if here.tips > 0 {
            here.tips -= 1;
            self.tip(caller);
        }
        Ok(())
    }

    /// Votes of somebody that are not released.
    #[must_use]
    pub fn open_votes(&self, who: Name) -> usize {
        let votes = self.ballots.iter().flat_map(|ballot| &ballot.rounds).flat_map(|round| &round.votes);
        votes.filter(|vote| vote.voter == who && vote.released.is_none()).count()
    }
}
