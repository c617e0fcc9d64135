//! What is done about incidents.

use crate::{
    acts::pick,
    play::Play,
    sites::{BUYERS, GUARDIAN, OPENER, VOTERS},
    steps::{Size, Step},
};
use coverage_model::{Bond, DAY, Incident, Model, Phase, Policy, Token, Trigger};

/// How long ago most of what is reported happened, seconds.
const DAY_AGO: i64 = DAY as i64;

impl Play<'_> {
    /// Takes a step about stakes, ballots, incidents or claims.
    pub fn act_on_incident(&mut self, step: &Step) -> Option<()> {
        let incidents = self.model.incidents.len();
        match *step {
            Step::Stake { who, size } => {
                let who = VOTERS[who % VOTERS.len()];
                let amount = self.size(size, self.model.balance(who, Token::Governance));
                let sent = self.sites.stake(who, amount);
                self.both(step, (sent, Some(who)), |model| model.stake(who, amount))?;
            }
            Step::Open { product, ago } => {
                // Mostly where there is something to report.
                let products: Vec<_> = (0..self.model.products.len()).collect();
                let covered = products.iter().copied().filter(|product| self.model.product_active(*product) > 0);
                let covered: Vec<_> = covered.collect();
                let product =
                    *covered.get(product % (covered.len() + 1)).unwrap_or(&products[product % products.len()]);
                self.open_on(step, product, ago)?;
            }
            Step::Claim { policy, incident, by, payee, size } => {
                let policy = self.live_policy(policy)?;
                let product = self.model.policies[policy].product;
                let there: Vec<_> = (0..incidents).filter(|one| !self.model.incidents[*one].gone).collect();
                let own = |incident: &usize| self.model.incidents[*incident].product == product;
                let own: Vec<_> = there.iter().copied().filter(own).collect();
                let incident = match own.get(incident % (own.len() + 1)) {
                    Some(own) => *own,
                    None if incident % 4 > 0 => return None,
                    None => pick(&there, incident)?,
                };
                self.file(step, (incident, policy), (by, payee), size)?;
            }
            Step::Vote { who, ballot, side } => {
                self.vote(step, self.live_ballot(ballot)?, who, side)?;
            }
            Step::Close { ballot } => {
                self.close(step, self.live_ballot(ballot)?)?;
            }
            Step::Settle { incident } => {
                let Model { incidents, ballots, .. } = &self.model;
                let decided = |one: usize| incidents[one].ballot.is_some_and(|ballot| ballots[ballot].gone);
                let there = |one: &usize| !incidents[*one].gone && !decided(*one);
                let there: Vec<_> = (0..incidents.len()).filter(there).collect();
                self.settle(step, pick(&there, incident)?)?;
            }
            Step::Pay { claim } => {
                // The account of a policy that is closed is gone, and nothing can be due on it.
                let open = |claim: &usize| {
                    let here = &self.model.claims[*claim];
                    !here.gone && !self.model.policies[here.policy].closed
                };
                let claims: Vec<_> = (0..self.model.claims.len()).filter(open).collect();
                self.pay_out(step, claims[claim.checked_rem(claims.len())?])?;
            }
            Step::Bond { incident } => {
                let there: Vec<_> = (0..incidents).filter(|one| !self.model.incidents[*one].gone).collect();
                self.bond(step, pick(&there, incident)?)?;
            }
            Step::Rest { incident } => {
                let waiting = |incident: &usize| self.model.incidents[*incident].held_back > 0;
                let waiting: Vec<_> = (0..incidents).filter(waiting).collect();
                let there: Vec<_> = (0..incidents).filter(|one| !self.model.incidents[*one].gone).collect();
                let incident = pick(&waiting, incident).or_else(|| pick(&there, incident))?;
                self.rest(step, incident)?;
            }
            _ => unreachable!("{step:?} is another's"),
        }
        Some(())
    }

    /// Reports what happened to a product so long ago.
    fn open_on(&mut self, step: &Step, product: usize, ago: i64) -> Option<()> {
        let mut occurred_at = self.model.now.saturating_add_signed(ago.saturating_neg());
        // Mostly while somebody was covered.
        let covers = |policy: &&Policy| {
            let Policy { product: of, cover_from, end_day, .. } = **policy;
            of == product && cover_from < self.model.now && end_day * DAY + DAY > self.model.now
        };
        if let (0..DAY_AGO, Some(policy)) = (ago, self.model.policies.iter().rfind(covers)) {
            occurred_at = occurred_at.clamp(policy.cover_from + 1, (policy.end_day * DAY).max(policy.cover_from + 1));
        }
        let sent = self.sites.open_incident(&self.model, product, occurred_at);
        self.both(step, (sent, Some(OPENER)), |model| model.open_incident(product, OPENER, occurred_at))?;
        let terms = &self.model.products[product].terms;
        let (window, bond) = (u64::from(terms.report_window_days) * DAY, terms.incident_bond);
        let late = self.model.now - occurred_at >= window;
        let dearer = self.model.incidents.last()?.posted > bond.into();
        self.note(step, "reported late", late);
        self.note(step, "dearer", dearer);
        Some(())
    }

    /// A ballot whose account is not closed.
    fn live_ballot(&self, number: usize) -> Option<usize> {
        let ballots = &self.model.ballots;
        let live: Vec<_> = (0..ballots.len()).filter(|ballot| !ballots[*ballot].gone).collect();
        pick(&live, number)
    }

    /// Settles or rejects an incident.
    pub fn settle(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.settle(&self.model, incident);
        self.both(step, (sent, None), |model| model.settle_incident(incident, GUARDIAN))?;
        let Incident { product, state, bond, approved, settled, held_back, .. } = self.model.incidents[incident];
        self.note(step, "paid in full", settled == approved && approved > 0);
        self.note(step, "paid in part", settled < approved);
        self.note(step, "held back", held_back > 0);
        self.note(step, "rejected", state == Phase::Rejected);
        let by_price = self.model.products[product].trigger() == Trigger::Price;
        self.note(step, "slashed", bond == Bond::Slashed && !by_price);
        self.note(step, "a challenge lost", bond == Bond::Slashed && by_price);
        self.note(step, "a challenge won", bond == Bond::Due && by_price);
        Some(())
    }

    /// Closes a round of a ballot.
    pub fn close(&mut self, step: &Step, ballot: usize) -> Option<()> {
        let here = &self.model.ballots[ballot];
        let (sent, early) = (self.sites.close_ballot(&self.model, ballot), here.round().closes_at > self.model.now);
        self.both(step, (sent, None), |model| model.close_ballot(ballot, GUARDIAN))?;
        self.note(step, "decided early", early);
        self.note(step, "prolonged", self.model.ballots[ballot].round().closed_at.is_none());
        Some(())
    }

    /// Votes in a ballot.
    pub fn vote(&mut self, step: &Step, ballot: usize, who: usize, side: u8) -> Option<()> {
        let (who, here) = (VOTERS[who % VOTERS.len()], &self.model.ballots[ballot]);
        self.model.voter(who)?;
        let closes_at = here.round().closes_at;
        let sent = self.sites.vote(&self.model, ballot, who, side);
        self.both(step, (sent, Some(who)), |model| model.vote(ballot, who, side))?;
        self.note(step, "extended", self.model.ballots[ballot].round().closes_at > closes_at);
        Some(())
    }

    /// Gives an incident's bond back.
    pub fn bond(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.incident_bond(&self.model, incident, self.model.incidents[incident].bond_owner?);
        self.both(step, (sent, None), |model| model.collect_incident_bond(incident))?;
        Some(())
    }

    /// Gives an incident what was held back for others.
    pub fn rest(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.settle_rest(&self.model, incident);
        self.both(step, (sent, None), |model| model.settle_rest(incident))?;
        Some(())
    }

    /// Pays a claim by its number among all.
    fn pay_out(&mut self, step: &Step, claim: usize) -> Option<()> {
        let sent = self.sites.payout(&self.model, claim);
        self.both(step, (sent, None), |model| model.payout(claim, GUARDIAN))?;
        Some(())
    }

    /// Reports what happened to a product, as a step.
    pub fn open(&mut self, step: &Step, product: usize, ago: i64) {
        self.taking(step, |play, step| play.open_on(step, product, ago));
    }

    /// Pays a claim, as a step.
    pub fn pay(&mut self, step: &Step, claim: usize) {
        self.taking(step, |play, step| play.pay_out(step, claim));
    }

    /// Files a claim of a policy by its number among all, as a step.
    pub fn claim(&mut self, step: &Step, places: (usize, usize), people: (Option<usize>, Option<usize>), size: Size) {
        self.taking(step, |play, step| play.file(step, places, people, size));
    }

    /// Files a claim by the holder, or anyone.
    fn file(
        &mut self,
        step: &Step,
        (incident, policy): (usize, usize),
        (by, payee): (Option<usize>, Option<usize>),
        size: Size,
    ) -> Option<()> {
        let by = self.holder_or(policy, by);
        let receiver = payee.map_or(by, |payee| BUYERS[payee % BUYERS.len()]);
        let insured = &self.model.policies[policy];
        // All there is to claim: what is left, and the deductible with it.
        let terms = &self.model.products[insured.product].terms;
        let deductible = (insured.amount * i128::from(terms.deductible_bps) + 9_999) / 10_000;
        let loss = self.size(size, insured.amount - self.model.claimed(policy) + deductible);
        let people = (by, receiver);
        let sent = self.sites.submit_claim(&self.model, incident, policy, people, loss);
        let lien = self.model.incidents[incident].lien;
        self.both(step, (sent, Some(by)), |model| model.submit_claim(incident, policy, people, loss))?;
        self.note(step, "beyond the lien", self.model.incidents[incident].lien > lien);
        Some(())
    }
}
