//! What is done about incidents.

use crate::{
    acts::pick,
    court::DELEGATES,
    play::Play,
    sites::{BUYERS, GUARDIAN, OPENER, VOTERS},
    steps::{Size, Step},
};
use coverage_model::{self as model, Bond, Claim, DAY, Incident, Model, Name, Phase, Policy, Token, Trigger};

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
                let people = (who, self.payer(who));
                let sent = self.sites.stake(people, amount);
                self.both(step, (sent, [people.0, people.1]), |model| model.stake(people, amount))?;
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
            Step::Vote { who, ballot, level } => {
                let ballot = self.live_ballot(ballot)?;
                self.vote(step, ballot, who, self.answer(ballot, level))?;
            }
            Step::VoteFor { who, by, ballot, level } => {
                let ballot = self.live_ballot(ballot)?;
                let owner = pick(&VOTERS, who)?;
                let delegate = self.model.voter(owner)?.delegate;
                let by = by.and_then(|by| pick(&DELEGATES, by)).or(delegate)?;
                self.vote_for(step, ballot, (owner, by), self.answer(ballot, level))?;
            }
            Step::Close { ballot } => {
                self.close(step, self.live_ballot(ballot)?)?;
            }
            Step::Verdict { incident } => {
                let Model { incidents, ballots, .. } = &self.model;
                let voted = |one: usize| incidents[one].ballot.is_some_and(|ballot| ballots[ballot].gone);
                let closed =
                    |one: usize| incidents[one].policy.is_some_and(|policy| self.model.policies[policy].closed);
                let there = |one: usize| !incidents[one].gone && !voted(one) && !closed(one);
                let likely = |one: usize| incidents[one].state == Phase::Open;
                let incident = self.one_of(incident, incidents.len(), there, likely)?;
                self.read_verdict(step, incident)?;
            }
            Step::EndFiling { incident } => {
                let (incidents, now) = (&self.model.incidents, self.model.now);
                let there = |one: usize| !incidents[one].gone;
                let likely = |one: usize| {
                    !incidents[one].filing_ended && incidents[one].filing_ends_at.is_some_and(|end| end <= now)
                };
                let incident = self.one_of(incident, incidents.len(), there, likely)?;
                self.end_filing(step, incident)?;
            }
            Step::Settle { incident, next } => {
                let incidents = &self.model.incidents;
                let there = |one: usize| !incidents[one].gone;
                let likely = |one: usize| incidents[one].is_open() && incidents[one].decided_at.is_some();
                let incident = self.one_of(incident, incidents.len(), there, likely)?;
                // The one behind it; or none, or any.
                let next = match next {
                    None => self.behind(incident),
                    Some(number) if number % 2 == 0 => None,
                    Some(number) => self.one_of(number, incidents.len(), there, |_| true),
                };
                self.settle(step, incident, next.filter(|next| *next != incident))?;
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
            let Policy { product: of, cover_from, end, .. } = **policy;
            of == product && cover_from < self.model.now && end + DAY > self.model.now
        };
        if let (0..DAY_AGO, Some(policy)) = (ago, self.model.policies.iter().rfind(covers)) {
            occurred_at = occurred_at.clamp(policy.cover_from + 1, policy.end.max(policy.cover_from + 1));
        }
        let payer = self.payer(OPENER);
        let sent = self.sites.open_incident(&self.model, product, (OPENER, payer), occurred_at);
        let open = |model: &mut Model| model.open_incident(product, (OPENER, payer), occurred_at);
        self.both(step, (sent, [OPENER, payer]), open)?;
        let bond = self.model.products[product].terms.incident_bond;
        let dearer = self.model.incidents.last()?.posted > bond.into();
        self.note(step, "in line", self.model.open_on(product).count() > 1);
        self.note(step, "third in line", self.model.open_on(product).count() > 2);
        self.note(step, "dearer", dearer);
        Some(())
    }

    /// The incident that stands behind another in line.
    pub fn behind(&self, incident: usize) -> Option<usize> {
        let here = &self.model.incidents[incident];
        let next = |one: &model::Incident| one.product == here.product && one.number == here.number + 1 && !one.gone;
        self.model.incidents.iter().position(next)
    }

    /// A ballot whose account is not closed.
    fn live_ballot(&self, number: usize) -> Option<usize> {
        let ballots = &self.model.ballots;
        let live: Vec<_> = (0..ballots.len()).filter(|ballot| !ballots[*ballot].gone).collect();
        pick(&live, number)
    }

    /// Reads the verdict on an incident.
    pub fn read_verdict(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.read_verdict(&self.model, incident);
        self.both(step, (sent, []), |model| model.decide_incident(incident, GUARDIAN))?;
        let Incident { product, state, bond, policy, .. } = self.model.incidents[incident];
        self.note(step, "a booking stands", policy.is_some() && state == Phase::Accepted);
        self.note(step, "a booking ends", state == Phase::Rejected);
        self.note(step, "accepted", policy.is_none() && state == Phase::Accepted);
        self.note(step, "refused", state == Phase::Refused);
        let by_price = self.model.products[product].trigger() == Trigger::Price;
        self.note(step, "slashed", bond == Bond::Slashed && !by_price);
        self.note(step, "a challenge lost", bond == Bond::Slashed && by_price);
        self.note(step, "a challenge won", bond == Bond::Due && by_price);
        Some(())
    }

    /// Frees what nobody claimed of an incident.
    pub fn end_filing(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.end_filing(&self.model, incident);
        self.both(step, (sent, []), |model| model.end_filing(incident, GUARDIAN))?;
        let part = self.model.incidents[incident].part;
        self.note(step, "freed", part.freed > 0);
        self.note(step, "others need it", part.freed_at.is_none());
        Some(())
    }

    /// Settles or rejects an incident.
    pub fn settle(&mut self, step: &Step, incident: usize, next: Option<usize>) -> Option<()> {
        let sent = self.sites.settle(&self.model, incident, next);
        self.both(step, (sent, []), |model| model.settle_incident(incident, next, GUARDIAN))?;
        let Incident { state, approved, settled, held_back, contested, part, .. } = self.model.incidents[incident];
        self.note(step, "paid in full", settled == approved && approved > 0);
        self.note(step, "paid in part", settled < approved);
        self.note(step, "held back", held_back > 0);
        self.note(step, "rejected", state == Phase::Rejected);
        self.note(step, "those who left pay", contested > 0);
        self.note(step, "those who left get back", part.was_left() && part.rest > 0);
        self.note(step, "others are behind", next.is_some());
        Some(())
    }

    /// Closes a round of a ballot.
    pub fn close(&mut self, step: &Step, ballot: usize) -> Option<()> {
        let here = &self.model.ballots[ballot];
        let (sent, was) = (self.sites.close_ballot(&self.model, ballot), here.round().clone());
        let early = was.closes_at > self.model.now;
        self.both(step, (sent, []), |model| model.close_ballot(ballot, GUARDIAN))?;
        self.note(step, "decided early", early);
        let after = self.model.ballots[ballot].round();
        let (prolonged, extended) = (after.prolonged && !was.prolonged, after.extensions > was.extensions);
        self.note(step, "prolonged", prolonged);
        self.note(step, "extended", extended);
        Some(())
    }

    /// Votes in a ballot.
    pub fn vote(&mut self, step: &Step, ballot: usize, who: usize, level: u8) -> Option<()> {
        let (who, here) = (VOTERS[who % VOTERS.len()], &self.model.ballots[ballot]);
        self.model.voter(who)?;
        let before = here.votes.iter().find(|vote| vote.voter == who);
        let (anew, overrides) = (before.is_some(), before.is_some_and(|vote| vote.by_delegate));
        let people = (who, self.payer(who));
        let sent = self.sites.vote(&self.model, ballot, people, level);
        self.both(step, (sent, [people.0, people.1]), |model| model.vote(ballot, people, level))?;
        self.note(step, "anew", anew);
        self.note(step, "over a delegate's", overrides);
        let is_graded = self.model.ballots[ballot].is_graded();
        self.note(step, "how much", is_graded);
        Some(())
    }

    /// Somebody votes for somebody else.
    pub fn vote_for(&mut self, step: &Step, ballot: usize, (owner, by): (Name, Name), level: u8) -> Option<()> {
        let votes = &self.model.ballots[ballot].votes;
        let anew = votes.iter().any(|vote| vote.voter == owner);
        let people = (by, self.payer(by));
        let sent = self.sites.vote_for(&self.model, ballot, owner, people, level);
        self.both(step, (sent, [people.0, people.1]), |model| model.vote_for(ballot, owner, people, level))?;
        self.note(step, "anew", anew);
        Some(())
    }

    /// Gives an incident's bond back.
    pub fn bond(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.incident_bond(&self.model, incident, self.model.incidents[incident].bond_owner?);
        self.both(step, (sent, []), |model| model.collect_incident_bond(incident))?;
        Some(())
    }

    /// Gives an incident what was held back for others.
    pub fn rest(&mut self, step: &Step, incident: usize) -> Option<()> {
        let sent = self.sites.settle_rest(&self.model, incident);
        self.both(step, (sent, []), |model| model.settle_rest(incident))?;
        Some(())
    }

    /// Pays a claim by its number among all.
    fn pay_out(&mut self, step: &Step, claim: usize) -> Option<()> {
        let waits = self.model.claims[claim].bond_waits;
        let pays = (!self.new_id().is_multiple_of(5), !self.new_id().is_multiple_of(4));
        let policy = self.model.claims[claim].policy;
        let (held, given_back) = (self.model.policies[policy].held, self.model.given_back(policy));
        let sent = self.sites.payout(&self.model, claim, pays);
        self.both(step, (sent, []), |model| model.payout(claim, pays, GUARDIAN))?;
        let Claim { incident, on_account, .. } = self.model.claims[claim];
        let early = on_account.is_some() && self.model.incidents[incident].is_open();
        let left = early && self.model.incidents[incident].contested > 0;
        self.note(step, "on account", early);
        self.note(step, "on account, by those who left too", left);
        self.note(step, "without being paid", !pays.0);
        self.note(step, "a bond waits", self.model.claims[claim].bond_waits);
        self.note(step, "a bond that waited", waits && !self.model.claims[claim].bond_waits);
        self.note(step, "gave a refund back", self.model.given_back(policy) > given_back);
        self.note(step, "released capacity", self.model.policies[policy].held < held);
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
        let deductible = (insured.bought * i128::from(terms.deductible_bps) + 9_999) / 10_000;
        let loss = self.size(size, insured.amount - self.model.claimed(policy) + deductible);
        let (people, payer) = ((by, receiver), self.payer(by));
        let pay = (if self.next_id % 4 == 1 { OPENER } else { by }, payer);
        let sent = self.sites.submit_claim(&self.model, incident, policy, people, pay, loss);
        let claim = |model: &mut Model| model.submit_claim(incident, policy, people, pay, loss);
        self.both(step, (sent, [by, pay.0, pay.1]), claim)?;
        self.note(step, "funded by another", pay.0 != by);
        self.note(step, "before the verdict", self.model.incidents[incident].state == Phase::Open);
        Some(())
    }
}
