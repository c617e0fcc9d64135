//! Incidents, claims, votes and what they pay, in the model.

use super::{Model, give, take};
use crate::scenario::Side;
use coverage_math::{
    bps_ceil, cover, settlement, stake,
    tally::{self, Outcome},
};
use std::collections::BTreeMap;

/// An incident; the fields are named as in its account.
pub struct IncidentModel {
    pub product: u16,
    pub opener: String,
    pub opened_at: u64,
    /// What was set aside when it was opened.
    pub lien: u64,
    pub bond: u64,
    eligible: u64,
    pub votes: [u64; 2],
    pub outcome: Option<Outcome>,
    pub claims: BTreeMap<String, ClaimModel>,
    pub approved: u64,
    pub settled: u64,
    pub paid: u64,
    pub closed: bool,
}

/// A claim; the fields are named as in its account.
#[derive(Clone, Copy)]
pub struct ClaimModel {
    pub amount: u64,
    pub bond: u64,
    pub paid: u64,
    pub collected: bool,
}

impl Model {
    /// An incident on product number `product`; returns its lien and bond.
    pub fn open_incident(&mut self, name: &str, product: u16, who: &str, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let bond = self.terms.products.get(usize::from(product))?.incident_bond;
        let lien = self.active_cover(Some(product), now).min(self.books.capital);
        take(&mut self.wallets, who, bond)?;
        self.books.bonds += bond;
        let incident = IncidentModel {
            product,
            opener: who.into(),
            opened_at: now,
            lien,
            bond,
            eligible: self.stakes.values().flatten().map(|(amount, _)| amount).sum(),
            votes: [0, 0],
            outcome: None,
            claims: BTreeMap::new(),
            approved: 0,
            settled: 0,
            paid: 0,
            closed: false,
        };
        self.incidents.insert(name.into(), incident);
        Some((lien, bond))
    }

    /// A claim of a loss by the policy's holder; returns what is claimed and its bond.
    pub fn claim(&mut self, incident: &str, policy_name: &str, loss: u64, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let policy = self.policies.get_mut(policy_name)?;
        let terms = self.terms.products.get(usize::from(policy.product))?;
        let amount = cover::claimable(loss, policy.amount, terms.deductible_bps)?;
        let bond = bps_ceil(amount, terms.claim_bond_bps)?;
        policy.claimed += amount;
        take(&mut self.wallets, &policy.holder, bond)?;
        self.books.bonds += bond;
        let claim = ClaimModel { amount, bond, paid: 0, collected: false };
        self.incidents.get_mut(incident)?.claims.insert(policy_name.into(), claim);
        Some((amount, bond))
    }

    /// A vote; returns its weight.
    pub fn vote(&mut self, incident: &str, who: &str, side: Side) -> Option<u64> {
        let incident = self.incidents.get_mut(incident)?;
        let eligible_before = incident.opened_at.checked_sub(self.terms.assembly.min_stake_age)?;
        let weight = stake::weight(self.stakes.get(who)?.iter().copied(), eligible_before)?;
        let [against, for_it] = &mut incident.votes;
        *(if side == Side::For { for_it } else { against }) += weight;
        Some(weight)
    }

    /// The end of an incident's ballot.
    pub fn close_ballot(&mut self, incident: &str) -> Option<Outcome> {
        let incident = self.incidents.get_mut(incident)?;
        let ([against, for_it], terms) = (incident.votes, &self.terms.assembly);
        let outcome = tally::outcome(for_it, against, incident.eligible, terms.quorum_bps, terms.threshold_bps);
        incident.outcome = Some(outcome);
        Some(outcome)
    }

    /// The end of an incident; returns what was approved and settled, nothing for one that was rejected.
    pub fn settle(&mut self, name: &str, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let all_liens = self.liens();
        let incident = self.incidents.get_mut(name)?;
        incident.closed = true;
        if incident.outcome? == Outcome::Passed {
            let filed = incident.claims.values().map(|claim| claim.amount).sum();
            let lien = incident.lien.min(filed);
            let available = settlement::available(self.books.capital, lien, all_liens - incident.lien + lien)?;
            incident.approved = filed;
            incident.settled = filed.min(available);
            self.books.capital -= incident.settled;
            self.books.payable += incident.settled;
            self.totals.claims_settled += incident.settled;
        } else if incident.outcome? == Outcome::Failed {
            let bond = std::mem::take(&mut incident.bond);
            self.books.bonds -= bond;
            self.books.assessors += bond - bond / 2;
            self.totals.other_income += bond / 2;
            self.start_stream(bond / 2, cover::income_end_day(now)?)?;
        }
        self.incidents.get(name).map(|incident| (incident.approved, incident.settled))
    }

    /// The payout of a claim to the policy's holder; returns what it gets and the bond that comes back with it.
    pub fn payout(&mut self, incident: &str, policy_name: &str) -> Option<(u64, u64)> {
        let incident = self.incidents.get_mut(incident)?;
        let policy = self.policies.get_mut(policy_name)?;
        let claim = incident.claims.get_mut(policy_name)?;
        let due = settlement::due(claim.amount, incident.settled, incident.approved, claim.paid)?;
        let bond = if claim.collected { 0 } else { claim.bond };
        if !claim.collected && incident.outcome? != Outcome::Passed {
            policy.claimed -= claim.amount;
        }
        claim.collected = true;
        claim.paid += due;
        incident.paid += due;
        policy.paid += due;
        self.books.payable -= due;
        self.books.bonds -= bond;
        self.totals.claims_paid += due;
        give(&mut self.wallets, &policy.holder, due + bond);
        Some((due, bond))
    }

    /// The return of an incident's bond.
    pub fn collect_bond(&mut self, incident: &str) -> Option<u64> {
        let incident = self.incidents.get_mut(incident)?;
        let bond = std::mem::take(&mut incident.bond);
        self.books.bonds -= bond;
        give(&mut self.wallets, &incident.opener, bond);
        Some(bond)
    }
}
