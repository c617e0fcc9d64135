//! Ballots: what is asked, who votes how, what comes of it.

use super::{Assembly, Atoms, GUARDIAN, Model, Name, Outcome, Refusal, Rule, exact, must, part};
use solana_address::Address;

/// A question.
#[derive(Clone, Debug)]
pub struct Ballot {
    pub address: Address,
    pub subject: Address,
    pub pool: usize,
    pub rent_payer: Name,
    /// Who decides when too few vote.
    pub arbiter: Option<Name>,
    /// Stakes count that age since then or before.
    pub eligible_before: u64,
    /// All that counts, when it was asked.
    pub eligible_weight: Atoms,
    pub appeal_window: u64,
    /// Bond of an appeal, atoms.
    pub appeal_bond: Atoms,
    /// Whether what is asked may become void, and whether it did.
    pub revocable: bool,
    pub void: bool,
    /// Whether whoever asked has read the answer.
    pub executed: bool,
    /// Once too few had voted in the first round.
    pub prolonged: bool,
    /// What the arbiter decided.
    pub arbitrated: Option<Verdict>,
    pub appellant: Option<Name>,
    pub appeal_bond_gone: bool,
    /// Tips that are left.
    pub tips: u8,
    /// The first round, and an appeal.
    pub rounds: Vec<Round>,
    /// Once its account is closed.
    pub gone: bool,
}

/// One round of a ballot.
#[derive(Clone, Debug)]
pub struct Round {
    pub opens_at: u64,
    pub closes_at: u64,
    pub closed_at: Option<u64>,
    /// When its outcome is final, once it is closed.
    pub final_at: u64,
    pub quorum_bps: u16,
    /// Reward of its voters, atoms.
    pub pot: Atoms,
    pub extensions: u8,
    pub votes: Vec<Cast>,
}

/// A vote.
#[derive(Clone, Debug)]
pub struct Cast {
    pub address: Address,
    pub voter: Name,
    pub side: u8,
    pub weight: Atoms,
    pub at: u64,
    /// What the voter got, once it is released.
    pub released: Option<Atoms>,
}

/// How a ballot stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Open = 0,
    Passed = 1,
    Failed = 2,
    NoQuorum = 3,
}

/// What is asked, and of whom.
pub struct Question {
    pub address: Address,
    pub subject: Address,
    pub pool: usize,
    pub rent_payer: Name,
    pub opens_at: u64,
    pub appeal_window: u64,
    /// Bond of whoever loses, atoms.
    pub bond: Atoms,
    /// The bond that limits the reward, atoms.
    pub least_bond: Atoms,
    pub revocable: bool,
}

/// How long a side must have led in the end, and how often a round goes on for it.
const EXTENSION: u64 = super::DAY;
const MAX_EXTENSIONS: u8 = 3;

impl Round {
    /// Weight for (1) or against (0).
    pub fn weight(&self, side: u8) -> Atoms {
        self.votes.iter().filter(|vote| vote.side == side).map(|vote| vote.weight).sum()
    }

    /// Weight of all votes.
    pub fn cast(&self) -> Atoms {
        self.weight(0) + self.weight(1)
    }

    /// The part of the pot that is a vote's by its weight.
    pub fn share(&self, vote: &Cast) -> Atoms {
        self.pot * vote.weight / self.cast()
    }

    /// What of the pot nobody took and nobody forfeited.
    fn left(&self) -> Atoms {
        let released = self.votes.iter().filter(|vote| vote.released.is_some());
        self.pot - released.map(|vote| self.share(vote)).sum::<Atoms>()
    }
}

impl Ballot {
    /// The round that runs, or ran last.
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a first round")
    }

    pub fn round_mut(&mut self) -> &mut Round {
        self.rounds.last_mut().expect("a first round")
    }

    /// How a round would end with so much weight for and against.
    fn outcome(&self, assembly: &Assembly, round: &Round, (yes, no): (Atoms, Atoms)) -> Verdict {
        let cast = yes + no;
        if cast == 0 || exact(cast) < part(self.eligible_weight, round.quorum_bps) {
            Verdict::NoQuorum
        } else if exact(yes) > part(cast, assembly.params.threshold_bps) {
            Verdict::Passed
        } else {
            Verdict::Failed
        }
    }

    /// How a round would end if it ended now.
    pub fn leading(&self, assembly: &Assembly, round: &Round) -> Verdict {
        self.outcome(assembly, round, (round.weight(1), round.weight(0)))
    }

    /// Whether no vote that is still to come could change how the round ends.
    fn is_decided(&self, assembly: &Assembly) -> bool {
        let round = self.round();
        let (yes, no, to_come) = (round.weight(1), round.weight(0), self.eligible_weight - round.cast());
        let leading = self.leading(assembly, round);
        let at_worst = match leading {
            Verdict::Passed => (yes, no + to_come),
            _ => (yes + to_come, no),
        };
        leading != Verdict::NoQuorum && self.outcome(assembly, round, at_worst) == leading
    }

    /// How it ended, so far: too few votes leave an appealed outcome as it was.
    pub fn state(&self, assembly: &Assembly) -> Verdict {
        if self.round().closed_at.is_none() {
            return Verdict::Open;
        }
        let outcomes = self.rounds.iter().rev().map(|round| self.leading(assembly, round));
        let decided = outcomes.into_iter().find(|outcome| *outcome != Verdict::NoQuorum);
        self.arbitrated.or(decided).unwrap_or(Verdict::NoQuorum)
    }

    /// Whether the appeal changed the outcome.
    pub fn is_overturned(&self, assembly: &Assembly) -> bool {
        self.rounds.len() == 2 && self.state(assembly) != self.leading(assembly, &self.rounds[0])
    }

    /// The final outcome.
    pub fn verdict(&self, assembly: &Assembly, now: u64) -> Outcome<Verdict> {
        let state = self.state(assembly);
        must(state != Verdict::Open, Rule::BallotOpen)?;
        must(now >= self.round().final_at, Rule::AppealWindowOpen)?;
        Ok(state)
    }

    /// Votes that are not released.
    pub fn live_records(&self) -> usize {
        self.rounds.iter().flat_map(|round| &round.votes).filter(|vote| vote.released.is_none()).count()
    }

    /// Rewards that are still set aside.
    pub fn reward_left(&self) -> Atoms {
        if self.gone { 0 } else { self.rounds.iter().map(Round::left).sum() }
    }

    /// The bond of an appeal that is not decided, or not given back.
    pub fn appeal_bond_held(&self) -> Atoms {
        if self.appellant.is_some() && !self.appeal_bond_gone { self.appeal_bond } else { 0 }
    }
}

impl Model {
    /// What is set aside of a pool's assessors' fund.
    pub fn rewards_reserved(&self, pool: usize) -> Atoms {
        self.assembly.ballots.iter().filter(|ballot| ballot.pool == pool).map(Ballot::reward_left).sum()
    }

    /// What voters on a pool's matters were paid.
    pub fn rewards_paid(&self, pool: usize) -> Atoms {
        let ballots = self.assembly.ballots.iter().filter(|ballot| ballot.pool == pool);
        ballots.flat_map(|ballot| &ballot.rounds).flat_map(|round| &round.votes).filter_map(|vote| vote.released).sum()
    }

    /// The pot of a round, of what the assessors' fund has free.
    pub fn pot(&self, pool: usize, most: Atoms) -> Atoms {
        most.min(self.assessors(pool) - self.rewards_reserved(pool))
    }

    /// Opens a ballot, for whose closings the opener sets tips aside. Returns its number.
    pub fn open_ballot(&mut self, question: Question) -> Outcome<usize> {
        let Question { address, subject, pool, rent_payer, opens_at, .. } = question;
        self.pay_rent::<coverage_client::Ballot>(rent_payer)?;
        self.set_tips_aside(rent_payer, 2)?;
        let params = &self.assembly.params;
        let eligible_before = self.now - params.min_stake_age;
        let reward = Atoms::from(self.pools[pool].params.vote_reward).min(question.least_bond / 4);
        let round = Round {
            opens_at,
            closes_at: opens_at + params.voting_period,
            closed_at: None,
            final_at: 0,
            quorum_bps: params.quorum_bps,
            pot: self.pot(pool, reward),
            extensions: 0,
            votes: vec![],
        };
        self.assembly.ballots.push(Ballot {
            address,
            subject,
            pool,
            rent_payer,
            arbiter: self.pools[pool].arbiter,
            eligible_before,
            eligible_weight: self.assembly.staked(eligible_before),
            appeal_window: question.appeal_window,
            appeal_bond: question.bond * 2,
            revocable: question.revocable,
            void: false,
            executed: false,
            prolonged: false,
            arbitrated: None,
            appellant: None,
            appeal_bond_gone: false,
            tips: 2,
            rounds: vec![round],
            gone: false,
        });
        Ok(self.assembly.ballots.len() - 1)
    }

    /// Casts somebody's whole weight: 1 for, 0 against.
    pub fn vote(&mut self, ballot: usize, who: Name, address: Address, side: u8) -> Outcome {
        self.pay_rent::<coverage_client::VoteRecord>(who)?;
        let (now, assembly) = (self.now, &self.assembly);
        let here = &assembly.ballots[ballot];
        let round = here.round();
        if round.votes.iter().any(|vote| vote.voter == who && vote.released.is_none()) {
            return Err(Refusal::Exists);
        }
        must(side <= 1, Rule::BadSide)?;
        let weight = assembly.voters[who].weight(here.eligible_before);
        must(now >= round.opens_at, Rule::VotingNotOpen)?;
        must(round.closed_at.is_none() && now < round.closes_at, Rule::VotingOver)?;
        must(weight > 0, Rule::NoWeight)?;
        let led = here.leading(assembly, round);
        let vote = Cast { address, voter: who, side, weight, at: now, released: None };
        self.assembly.ballots[ballot].round_mut().votes.push(vote);
        // Whoever changes in the last day how it would end must keep it so for another.
        let here = &self.assembly.ballots[ballot];
        let changed = here.leading(&self.assembly, here.round()) != led;
        let round = self.assembly.ballots[ballot].round_mut();
        if changed && round.closes_at - now <= EXTENSION && round.extensions < MAX_EXTENSIONS {
            round.extensions += 1;
            round.closes_at += EXTENSION;
        }
        Ok(())
    }

    /// Closes a round that is decided or whose time is over. The first time too few voted it goes on, twice as long.
    pub fn close_ballot(&mut self, ballot: usize) -> Outcome {
        let (now, period) = (self.now, self.assembly.params.voting_period);
        let here = &self.assembly.ballots[ballot];
        must(here.round().closed_at.is_none(), Rule::BallotClosed)?;
        must(here.is_decided(&self.assembly) || now >= here.round().closes_at, Rule::VotingOpen)?;
        let nobody_decided = here.leading(&self.assembly, here.round()) == Verdict::NoQuorum;
        let here = &mut self.assembly.ballots[ballot];
        let (appealed, nobody_left) = (here.rounds.len() == 2, nobody_decided && here.arbiter.is_none());
        if nobody_decided && !appealed && !here.prolonged {
            here.prolonged = true;
            here.round_mut().closes_at = now + 2 * period;
        } else {
            let window = if appealed || nobody_left { 0 } else { here.appeal_window };
            here.round_mut().closed_at = Some(now);
            here.round_mut().final_at = now + window;
        }
        if here.tips > 0 {
            here.tips -= 1;
            self.give(GUARDIAN, super::Token::Lamports, super::CRANK_TIP);
        }
        Ok(())
    }

    /// Votes of somebody that are not released.
    pub fn open_votes(&self, who: Name) -> usize {
        let votes = self.assembly.ballots.iter().flat_map(|ballot| &ballot.rounds).flat_map(|round| &round.votes);
        votes.filter(|vote| vote.voter == who && vote.released.is_none()).count()
    }
}
