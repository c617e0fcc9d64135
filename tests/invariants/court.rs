//! What is done about disputes and votes, and with what is over.

use crate::{
    acts::pick,
    play::Play,
    sites::{ARBITER, BUYERS, GUARDIAN, LPS, VOTERS},
    steps::Step,
};
use coverage_model::{Claim, ClaimState, Decision, Model, Name};

/// Those who dispute and appeal, and pay back.
pub const OTHERS: [Name; 5] = ["ada", "ben", "dora", "emil", "fay"];

impl Play<'_> {
    /// One of so many that are `there`, mostly one of which it is `likely` that there is something to do.
    pub fn one_of(
        &self,
        number: usize,
        count: usize,
        there: impl Fn(usize) -> bool,
        likely: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let there: Vec<_> = (0..count).filter(|one| there(*one)).collect();
        let likely: Vec<_> = there.iter().copied().filter(|one| likely(*one)).collect();
        pick(&likely, number).filter(|_| !number.is_multiple_of(8)).or_else(|| pick(&there, number))
    }

    /// A claim whose account is there.
    fn a_claim(&self, number: usize, likely: impl Fn(&Claim) -> bool) -> Option<usize> {
        let claims = &self.model.claims;
        self.one_of(number, claims.len(), |claim| !claims[claim].gone, |claim| likely(&claims[claim]))
    }

    /// Takes a step about disputes, or about claims and incidents that are over.
    pub fn act_on_dispute(&mut self, step: &Step) -> Option<()> {
        let now = self.model.now;
        match *step {
            Step::Dispute { claim, who, size } => {
                let claim = self.a_claim(claim, |claim| claim.disputes_end_at > now)?;
                let who = pick(&OTHERS, who)?;
                let here = &self.model.claims[claim];
                let highest = here.disputes.last().map_or(here.amount, |lowest| lowest.counter_amount);
                let counter = self.size(size, highest);
                self.dispute(step, claim, who, counter)?;
            }
            Step::Decide { claim } => {
                let claims = &self.model.claims;
                let there = |claim: usize| {
                    let ballot = claims[claim].dispute_ballot.map(|ballot| self.model.ballots[ballot].gone);
                    !claims[claim].gone && !self.model.policies[claims[claim].policy].closed && ballot == Some(false)
                };
                let claim = self.one_of(claim, claims.len(), there, |claim| claims[claim].is_undecided())?;
                self.decide(step, claim)?;
            }
            Step::DisputeBond { claim, dispute } => {
                let live = |claim: &usize| self.model.claims[*claim].live_disputes() > 0;
                let claims: Vec<_> = (0..self.model.claims.len()).filter(live).collect();
                let claim = pick(&claims, claim)?;
                let disputes = &self.model.claims[claim].disputes;
                let live: Vec<_> = (0..disputes.len()).filter(|dispute| !disputes[*dispute].gone).collect();
                self.collect_dispute_bond(step, claim, pick(&live, dispute)?)?;
            }
            Step::Redirect { claim, by, to } => {
                let claim = self.a_claim(claim, |claim| !claim.has_ended())?;
                let by = by.and_then(|by| pick(&BUYERS, by)).unwrap_or(self.model.claims[claim].claimant);
                let receiver = pick(&LPS, to)?;
                let sent = self.sites.redirect(&self.model, claim, by, receiver);
                self.both(step, (sent, [by]), |model| model.redirect_claim(claim, by, receiver))?;
            }
            Step::Recover { incident, who, size } => {
                let incidents = &self.model.incidents;
                let there = |incident: usize| !incidents[incident].gone;
                let likely = |incident: usize| incidents[incident].settled < incidents[incident].approved;
                let incident = self.one_of(incident, incidents.len(), there, likely)?;
                let short = self.model.incidents[incident].approved - self.model.incidents[incident].settled;
                let (who, amount) = (pick(&OTHERS, who)?, self.size(size, short));
                self.recover(step, incident, who, amount)?;
            }
            Step::CloseClaim { claim } => {
                let claim = self.a_claim(claim, Claim::has_ended)?;
                self.close_claim(step, claim)?;
            }
            Step::CloseIncident { incident } => {
                let incidents = &self.model.incidents;
                let there = |incident: usize| !incidents[incident].gone;
                let likely =
                    |incident: usize| !incidents[incident].is_open() && self.model.live_accounts(incident) == 0;
                let incident = self.one_of(incident, incidents.len(), there, likely)?;
                self.close_incident(step, incident)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// Takes a step about votes and stakes.
    pub fn act_in_court(&mut self, step: &Step) -> Option<()> {
        let now = self.model.now;
        let ballots = &self.model.ballots;
        let there = |ballot: usize| !ballots[ballot].gone;
        match *step {
            Step::Appeal { ballot, who } => {
                let likely =
                    |ballot: usize| ballots[ballot].rounds.len() == 1 && ballots[ballot].round().final_at > now;
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                self.appeal(step, ballot, pick(&OTHERS, who)?)?;
            }
            Step::Arbitrate { ballot, by, side } => {
                let likely = |ballot: usize| {
                    let here = &ballots[ballot];
                    here.is_arbitrable() && here.round().final_at > now
                };
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                let by = by.and_then(|by| pick(&VOTERS, by)).unwrap_or(ARBITER);
                let sent = self.sites.arbitrate(&self.model, ballot, by, side);
                self.both(step, (sent, [by]), |model| model.arbitrate(ballot, by, side))?;
            }
            Step::AppealBond { ballot } => {
                let there = |ballot: usize| !ballots[ballot].gone && ballots[ballot].appellant.is_some();
                let likely = |ballot: usize| ballots[ballot].round().closed_at.is_some();
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                self.collect_appeal_bond(step, ballot)?;
            }
            Step::Reward { ballot, vote } => {
                let there = |ballot: usize| ballots[ballot].live_records() > 0;
                let likely = |ballot: usize| ballots[ballot].round().closed_at.is_some();
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                let votes = self.votes_of(ballot);
                self.reward(step, ballot, pick(&votes, vote)?)?;
            }
            Step::Reclaim { ballot } => {
                let likely = |ballot: usize| ballots[ballot].live_records() == 0;
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                self.reclaim(step, ballot)?;
            }
            Step::RequestUnstake { who, size } => {
                let who = pick(&VOTERS, who)?;
                let amount = self.size(size, self.model.voter(who)?.staked());
                let sent = self.sites.request_unstake(who, amount);
                self.both(step, (sent, [who]), |model| model.request_unstake(who, amount))?;
            }
            Step::Unstake { who } => {
                let who = pick(&VOTERS, who)?;
                self.model.voter(who)?;
                self.both(step, (self.sites.unstake(who), [who]), |model| model.unstake(who))?;
            }
            Step::BurnSlashed => {
                self.both(step, (self.sites.burn_slashed(), []), Model::burn_slashed)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// The votes of a ballot that are not released.
    pub fn votes_of(&self, ballot: usize) -> Vec<usize> {
        let votes = &self.model.ballots[ballot].votes;
        (0..votes.len()).filter(|vote| votes[*vote].released.is_none()).collect()
    }

    pub fn dispute(&mut self, step: &Step, claim: usize, who: Name, counter: u64) -> Option<()> {
        let first = self.model.claims[claim].disputes.is_empty();
        let people = (who, self.payer(who));
        let sent = self.sites.dispute_claim(&self.model, claim, people, counter);
        self.both(step, (sent, [people.0, people.1]), |model| model.dispute_claim(claim, people, counter))?;
        self.note(step, "displaced another", !first);
        Some(())
    }

    pub fn decide(&mut self, step: &Step, claim: usize) -> Option<()> {
        let sent = self.sites.resolve(&self.model, claim);
        self.both(step, (sent, []), |model| model.resolve_dispute(claim, GUARDIAN))?;
        let Claim { decision, state, .. } = self.model.claims[claim];
        for (name, wanted) in [("lost", Decision::Lost), ("won", Decision::Won), ("void", Decision::Void)] {
            self.note(step, name, decision == wanted);
        }
        self.note(step, "nothing left", decision == Decision::Won && state == ClaimState::Rejected);
        Some(())
    }

    pub fn collect_dispute_bond(&mut self, step: &Step, claim: usize, dispute: usize) -> Option<()> {
        let sent = self.sites.dispute_bond(&self.model, claim, dispute);
        let (due, _) = self.both(step, (sent, []), |model| model.collect_dispute_bond(claim, dispute, GUARDIAN))?;
        self.note(step, "nothing", due == 0);
        Some(())
    }

    pub fn recover(&mut self, step: &Step, incident: usize, who: Name, amount: u64) -> Option<()> {
        let sent = self.sites.recover(&self.model, incident, who, amount);
        let held_back = self.model.incidents[incident].held_back;
        let (to_claims, _) = self.both(step, (sent, [who]), |model| model.recover(incident, who, amount))?;
        self.note(step, "topped up", to_claims > 0);
        self.note(step, "less held back", self.model.incidents[incident].held_back < held_back);
        self.note(step, "left some to the LPs", to_claims < i128::from(amount));
        Some(())
    }

    pub fn close_claim(&mut self, step: &Step, claim: usize) -> Option<()> {
        let sent = self.sites.close_claim(&self.model, claim);
        self.both(step, (sent, []), |model| model.close_claim(claim, GUARDIAN))?;
        Some(())
    }

    pub fn close_incident(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.close_incident(&self.model, incident);
        self.both(step, (sent, []), |model| model.close_incident(incident, GUARDIAN))?;
        Some(())
    }

    pub fn appeal(&mut self, step: &Step, ballot: usize, who: Name) -> Option<()> {
        let people = (who, self.payer(who));
        let sent = self.sites.appeal(&self.model, ballot, people);
        self.both(step, (sent, [people.0, people.1]), |model| model.appeal(ballot, people))?;
        Some(())
    }

    pub fn collect_appeal_bond(&mut self, step: &Step, ballot: usize) -> Option<()> {
        let sent = self.sites.appeal_bond(&self.model, ballot, self.model.ballots[ballot].appellant?);
        self.both(step, (sent, []), |model| model.collect_appeal_bond(ballot))?;
        Some(())
    }

    pub fn reward(&mut self, step: &Step, ballot: usize, vote: usize) -> Option<()> {
        let sent = self.sites.reward(&self.model, ballot, vote);
        let act = |model: &mut Model| model.collect_vote_reward(ballot, vote, GUARDIAN);
        let ((reward, lost), _) = self.both(step, (sent, []), act)?;
        self.note(step, "paid", reward > 0);
        self.note(step, "slashed", lost > 0);
        Some(())
    }

    pub fn reclaim(&mut self, step: &Step, ballot: usize) -> Option<()> {
        let left = self.model.ballots[ballot].reward_left();
        let sent = self.sites.reclaim(&self.model, ballot);
        self.both(step, (sent, []), |model| model.reclaim_ballot(ballot, GUARDIAN))?;
        self.note(step, "rewards left", left > 0);
        Some(())
    }
}
