//! Ballots, their appeals, and what voters gain and lose, in the model.

use super::{Model, Subject, give, take};
use crate::scenario::{Round, Side};
use coverage_math::{
    bps_ceil, stake,
    tally::{self, Outcome},
};
use std::collections::BTreeMap;

/// A ballot: a first round, and perhaps an appeal.
pub struct BallotModel {
    bond: u64,
    first: RoundModel,
    prolonged: bool,
    appeal: Option<Appeal>,
}

struct Appeal {
    appellant: String,
    bond: u64,
    round: RoundModel,
}

/// One round of voting.
struct RoundModel {
    eligible_before: u64,
    eligible: u64,
    quorum_bps: u16,
    pot: u64,
    votes: BTreeMap<String, (Side, u64)>,
    outcome: Option<Outcome>,
}

/// How a round was closed, as the program's numbers say.
#[derive(PartialEq, Eq)]
pub struct Closing {
    /// 0 prolonged, 1 passed, 2 failed, 3 no quorum.
    pub state: u64,
    pub weight_for: u64,
    pub weight_against: u64,
    pub eligible: u64,
}

impl RoundModel {
    fn weight(&self, side: Side) -> u64 {
        self.votes.values().filter(|(voted, _)| *voted == side).map(|(_, weight)| weight).sum()
    }

    fn cast(&self) -> u64 {
        self.votes.values().map(|(_, weight)| weight).sum()
    }
}

impl BallotModel {
    /// The round that runs, or the last.
    fn round(&mut self) -> &mut RoundModel {
        self.appeal.as_mut().map_or(&mut self.first, |appeal| &mut appeal.round)
    }

    /// The round that takes votes, or took the last.
    pub fn number(&self) -> Round {
        if self.appeal.is_some() { Round::Appeal } else { Round::First }
    }

    /// The outcome: an appeal that too few voted in leaves it as it was.
    fn verdict(&self) -> Option<Outcome> {
        match self.appeal.as_ref().map(|appeal| appeal.round.outcome) {
            Some(Some(Outcome::NoQuorum)) | None => self.first.outcome,
            Some(outcome) => outcome,
        }
    }

    fn is_overturned(&self) -> bool {
        self.appeal.is_some() && self.verdict() != self.first.outcome
    }
}

impl Model {
    /// The ballot on something.
    pub fn ballot(&mut self, (incident, policy): Subject) -> Option<&mut BallotModel> {
        self.ballots.get_mut(&(incident.into(), policy.map(Into::into)))
    }

    /// The outcome of a ballot.
    pub fn verdict(&mut self, subject: Subject) -> Option<Outcome> {
        self.ballot(subject)?.verdict()
    }

    /// A round that counts the stake that is old enough at `now`, with a reward of at most a quarter of `bond`.
    fn open_round(&mut self, bond: u64, quorum_bps: u16, now: u64) -> Option<RoundModel> {
        let eligible_before = now.checked_sub(self.terms.assembly.min_stake_age)?;
        let mut eligible = 0;
        for lots in self.stakes.values() {
            eligible += stake::weight(lots.iter().copied(), eligible_before)?;
        }
        let pot = self.reserve_reward(self.terms.pool.vote_reward.min(bond / 4))?;
        Some(RoundModel { eligible_before, eligible, quorum_bps, pot, votes: BTreeMap::new(), outcome: None })
    }

    /// Reserves a reward, or what the assessors' fund has left.
    fn reserve_reward(&mut self, reward: u64) -> Option<u64> {
        let pot = reward.min(self.books.assessors.checked_sub(self.rewards_reserved)?);
        self.rewards_reserved += pot;
        Some(pot)
    }

    /// A ballot whose appeal takes twice `bond`, on something of which the loser posted `least` at least.
    pub fn open_ballot(&mut self, (incident, policy): Subject, bond: u64, least: u64, now: u64) -> Option<()> {
        let first = self.open_round(least, self.terms.assembly.quorum_bps, now)?;
        let ballot = BallotModel { bond, first, prolonged: false, appeal: None };
        self.ballots.insert((incident.into(), policy.map(Into::into)), ballot);
        Some(())
    }

    /// A vote; returns its weight.
    pub fn vote(&mut self, subject: Subject, who: &str, side: Side) -> Option<u64> {
        let eligible_before = self.ballot(subject)?.round().eligible_before;
        let weight = stake::weight(self.stakes.get(who)?.iter().copied(), eligible_before)?;
        self.ballot(subject)?.round().votes.insert(who.into(), (side, weight));
        Some(weight)
    }

    /// The end of a round.
    pub fn close_ballot(&mut self, subject: Subject) -> Option<Closing> {
        let threshold_bps = self.terms.assembly.threshold_bps;
        let ballot = self.ballot(subject)?;
        let round = ballot.round();
        let (weight_for, weight_against) = (round.weight(Side::For), round.weight(Side::Against));
        let (eligible, quorum_bps) = (round.eligible, round.quorum_bps);
        let outcome = tally::outcome(weight_for, weight_against, eligible, quorum_bps, threshold_bps);
        let closing = |state| Closing { state, weight_for, weight_against, eligible };
        if outcome == Outcome::NoQuorum && ballot.appeal.is_none() && !ballot.prolonged {
            ballot.prolonged = true;
            return Some(closing(0));
        }
        ballot.round().outcome = Some(outcome);
        Some(closing(number(ballot.verdict()?)))
    }

    /// An appeal; returns its bond.
    pub fn appeal(&mut self, subject: Subject, who: &str, now: u64) -> Option<u64> {
        self.accrue(now)?;
        let ballot = self.ballot(subject)?;
        let bond = ballot.bond.checked_mul(2)?;
        let (eligible_before, eligible, pot) = (ballot.first.eligible_before, ballot.first.eligible, ballot.first.pot);
        let quorum_bps = tally::appeal_quorum_bps(self.terms.assembly.quorum_bps);
        let pot = self.reserve_reward(pot)?;
        let round = RoundModel { eligible_before, eligible, quorum_bps, pot, votes: BTreeMap::new(), outcome: None };
        take(&mut self.wallets, who, bond)?;
        self.books.bonds += bond;
        self.ballot(subject)?.appeal = Some(Appeal { appellant: who.into(), bond, round });
        Some(bond)
    }

    /// Who appealed.
    pub fn appellant(&mut self, subject: Subject) -> Option<String> {
        Some(self.ballot(subject)?.appeal.as_ref()?.appellant.clone())
    }

    /// The end of an appeal's bond; returns it and whether it went back.
    pub fn collect_appeal_bond(&mut self, subject: Subject, now: u64) -> Option<(u64, bool)> {
        self.accrue(now)?;
        let ballot = self.ballot(subject)?;
        let returned = ballot.is_overturned();
        let appeal = ballot.appeal.as_mut()?;
        let (bond, appellant) = (std::mem::take(&mut appeal.bond), appeal.appellant.clone());
        if returned {
            self.books.bonds = self.books.bonds.checked_sub(bond)?;
            give(&mut self.wallets, &appellant, bond);
        } else {
            self.lose_bond(bond)?;
        }
        Some((bond, returned))
    }

    /// The release of a vote; returns its reward and the stake lost.
    pub fn release(&mut self, subject: Subject, voter: &str, round: Round) -> Option<(u64, u64)> {
        let slash_bps = self.terms.assembly.overturn_slash_bps;
        let void = subject.1.is_some() && self.claim_of(subject)?.void;
        let ballot = self.ballot(subject)?;
        let (overturned, decided) = (ballot.is_overturned(), !void && ballot.verdict()? != Outcome::NoQuorum);
        let votes = match round {
            Round::First => &mut ballot.first,
            Round::Appeal => &mut ballot.appeal.as_mut()?.round,
        };
        let (side, weight) = *votes.votes.get(voter)?;
        let part = tally::reward(votes.pot, weight, votes.cast())?;
        let won = if side == Side::For { Outcome::Passed } else { Outcome::Failed };
        let wrong = round == Round::First && overturned && votes.outcome == Some(won);
        let slash = if wrong { bps_ceil(weight, slash_bps)? } else { 0 };
        let reward = if wrong || !decided { 0 } else { part };

        self.rewards_reserved = self.rewards_reserved.checked_sub(part)?;
        self.books.assessors = self.books.assessors.checked_sub(reward)?;
        give(&mut self.wallets, voter, reward);
        Some((reward, self.slash(voter, slash)?))
    }

    /// Takes `slash` off somebody's stake, the youngest first, or all there is; returns how much it was.
    fn slash(&mut self, voter: &str, slash: u64) -> Option<u64> {
        let mut left = slash;
        for (amount, _) in self.stakes.get_mut(voter)?.iter_mut().rev() {
            let part = left.min(*amount);
            *amount -= part;
            left -= part;
        }
        self.slashed += slash - left;
        Some(slash - left)
    }

    /// What was lost is burned; returns how much.
    pub fn burn_slashed(&mut self) -> u64 {
        std::mem::take(&mut self.slashed)
    }
}

/// An outcome's number in the program.
fn number(outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Passed => 1,
        Outcome::Failed => 2,
        Outcome::NoQuorum => 3,
    }
}
