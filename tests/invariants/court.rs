//! What is done about disputes and votes, and with what is over.

use crate::{
    acts::pick,
    play::Play,
    sites::{ARBITER, BUYERS, GUARDIAN, LPS, VOTERS},
    steps::Step,
};
use coverage_model::{AGAINST, Bond, Claim, ClaimState, FOR, Model, Name, Phase};

/// Those who dispute and appeal, and pay back.
pub const OTHERS: [Name; 5] = ["ada", "ben", "dora", "emil", "fay"];

/// Those who vote for others: one has a stake of their own.
pub const DELEGATES: [Name; 3] = ["ada", "vera", "ben"];

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
        match *step {
            Step::Dispute { claim, who } => {
                let accepted = |claim: &Claim| self.model.incidents[claim.incident].state == Phase::Accepted;
                let claim = self.a_claim(claim, |claim| claim.state == ClaimState::Filed && accepted(claim))?;
                self.dispute(step, claim, pick(&OTHERS, who)?)?;
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
            Step::DisputeBond { claim } => {
                let claims = &self.model.claims;
                let there = |claim: usize| !claims[claim].gone && claims[claim].disputer.is_some();
                let likely = |claim: usize| claims[claim].dispute_bond_state == Bond::Due;
                let claim = self.one_of(claim, claims.len(), there, likely)?;
                self.collect_dispute_bond(step, claim)?;
            }
            Step::Redirect { claim, by, to } => {
                let claim = self.a_claim(claim, |claim| !claim.is_collected())?;
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
                let claim = self.a_claim(claim, Claim::is_collected)?;
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
            Step::Arbitrate { ballot, by, level } => {
                let likely = |ballot: usize| {
                    let here = &ballots[ballot];
                    here.is_arbitrable() && here.round().final_at > now
                };
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                let arbiter = ballots[ballot].arbiter.unwrap_or(ARBITER);
                let by = by.and_then(|by| pick(&VOTERS, by)).unwrap_or(arbiter);
                self.arbitrate(step, ballot, by, self.answer(ballot, level))?;
            }
            Step::AppealBond { ballot } => {
                let there = |ballot: usize| !ballots[ballot].gone && ballots[ballot].appellant.is_some();
                let likely = |ballot: usize| ballots[ballot].round().closed_at.is_some();
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                self.collect_appeal_bond(step, ballot)?;
            }
            Step::Reward { ballot, vote, pays } => {
                let there = |ballot: usize| ballots[ballot].live_records() > 0;
                let likely = |ballot: usize| ballots[ballot].round().closed_at.is_some();
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                let votes = self.votes_of(ballot);
                self.reward(step, ballot, pick(&votes, vote)?, pays)?;
            }
            Step::Evidence { about, who } => {
                self.attach_evidence(step, about, pick(&OTHERS, who)?)?;
            }
            Step::Reclaim { ballot } => {
                let likely = |ballot: usize| ballots[ballot].live_records() == 0;
                let ballot = self.one_of(ballot, ballots.len(), there, likely)?;
                self.reclaim(step, ballot)?;
            }
            Step::Delegate { who, to } => {
                let who = pick(&VOTERS, who)?;
                self.model.voter(who)?;
                let to = to.and_then(|to| pick(&DELEGATES, to));
                let sent = self.sites.set_delegate(who, to);
                self.both(step, (sent, [who]), |model| model.set_delegate(who, to))?;
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

    /// The votes of a ballot whose records are not closed.
    pub fn votes_of(&self, ballot: usize) -> Vec<usize> {
        let votes = &self.model.ballots[ballot].votes;
        (0..votes.len()).filter(|vote| votes[*vote].paid.is_none()).collect()
    }

    /// The answer to a ballot that a level means: where there are two of them, the nearer one, but for an eighth, which is none.
    pub fn answer(&self, ballot: usize, level: u8) -> u8 {
        match level {
            0..=16 if self.model.ballots[ballot].is_graded() => level,
            8 | 17.. => level,
            0..8 => AGAINST,
            9..=16 => FOR,
        }
    }

    pub fn dispute(&mut self, step: &Step, claim: usize, who: Name) -> Option<()> {
        let people = (who, self.payer(who));
        let sent = self.sites.dispute_claim(&self.model, claim, people);
        self.both(step, (sent, [people.0, people.1]), |model| model.dispute_claim(claim, people))?;
        let late = self.model.claims[claim].disputes_end_at <= self.model.now;
        self.note(step, "after its own window", late);
        Some(())
    }

    pub fn decide(&mut self, step: &Step, claim: usize) -> Option<()> {
        let sent = self.sites.resolve(&self.model, claim);
        let before = self.model.claims[claim].bond;
        self.both(step, (sent, []), |model| model.resolve_dispute(claim, GUARDIAN))?;
        let Claim { level, bond, dispute_ballot, .. } = self.model.claims[claim];
        let ballot = &self.model.ballots[dispute_ballot?];
        let by_default = level == FOR && ballot.round().undecided && !ballot.arbitrated;
        let arbitrated = ballot.arbitrated;
        self.note(step, "by default", by_default);
        self.note(step, "as the arbiter had it", arbitrated);
        self.note(step, "all of it stands", level == FOR && !by_default);
        self.note(step, "a little less stands", (13..FOR).contains(&level));
        self.note(step, "less stands", (1..=12).contains(&level));
        self.note(step, "nothing left", level == AGAINST);
        self.note(step, "the claimant gained", bond > before);
        Some(())
    }

    pub fn collect_dispute_bond(&mut self, step: &Step, claim: usize) -> Option<()> {
        let sent = self.sites.dispute_bond(&self.model, claim, self.model.claims[claim].disputer?);
        self.both(step, (sent, []), |model| model.collect_dispute_bond(claim))?;
        Some(())
    }

    pub fn arbitrate(&mut self, step: &Step, ballot: usize, by: Name, level: u8) -> Option<()> {
        let sent = self.sites.arbitrate(&self.model, ballot, by, level);
        self.both(step, (sent, [by]), |model| model.arbitrate(ballot, by, level))?;
        self.note(step, "between", (1..FOR).contains(&level));
        self.note(step, "by a new one", by != ARBITER);
        Some(())
    }

    /// Attaches what somebody knows of a ballot, an incident, a claim or a change; or of a token account, which is not the program's.
    fn attach_evidence(&mut self, step: &Step, about: usize, who: Name) -> Option<()> {
        let (model, sites) = (&self.model, &self.sites);
        let ballots = (0..model.ballots.len()).filter(|ballot| !model.ballots[*ballot].gone);
        let incidents = (0..model.incidents.len()).filter(|incident| !model.incidents[*incident].gone);
        let claims = (0..model.claims.len()).filter(|claim| !model.claims[*claim].gone);
        let changes = (0..model.changes.len()).filter(|change| !model.changes[*change].closed);
        let mut there: Vec<_> = ballots.map(|ballot| sites.ballot(model, ballot)).collect();
        there.extend(incidents.map(|incident| sites.incident(model, incident)));
        there.extend(claims.map(|claim| sites.claim(model, claim)));
        there.extend(changes.map(|change| sites.change(model, change)));
        let is_ours = !about.is_multiple_of(4);
        let subject = if is_ours { pick(&there, about)? } else { sites.stake_vault };
        let sent = sites.attach_evidence(subject, who);
        self.both(step, (sent, [who]), |model| model.attach_evidence(is_ours))?;
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

    pub fn reward(&mut self, step: &Step, ballot: usize, vote: usize, pays: bool) -> Option<()> {
        let sent = self.sites.reward(&self.model, ballot, vote, pays);
        let was_released = self.model.ballots[ballot].votes[vote].released;
        let act = |model: &mut Model| model.collect_vote_reward(ballot, vote, pays, GUARDIAN);
        let ((reward, lost), _) = self.both(step, (sent, []), act)?;
        let (read, waits) =
            (self.model.ballots[ballot].executed, self.model.ballots[ballot].votes[vote].paid.is_none());
        self.note(step, "paid", reward > 0);
        self.note(step, "paid later", reward > 0 && was_released);
        self.note(step, "slashed", lost > 0);
        self.note(step, "before it was read", !read);
        self.note(step, "its reward waits", read && waits);
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
