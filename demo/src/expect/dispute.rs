//! Disputes of claims, in the model.

use super::{Model, give, take};
use coverage_math::{settlement, tally::Outcome};

/// Somebody's dispute of a claim.
pub struct DisputeModel {
    /// What the claim is worth instead, atoms.
    pub counter: u64,
    /// Bond posted, atoms.
    pub bond: u64,
}

impl Model {
    /// A dispute of a claim; the first opens its ballot. Returns the bond.
    pub fn dispute(&mut self, incident: &str, policy: &str, who: &str, counter: u64, now: u64) -> Option<u64> {
        self.accrue(now)?;
        let subject = (incident, Some(policy));
        let claim = self.claim_of(subject)?;
        let (bond, first) = (claim.dispute_bond, claim.lowest.is_none());
        claim.disputes.insert(who.into(), DisputeModel { counter, bond });
        claim.lowest = Some(who.into());
        take(&mut self.wallets, who, bond)?;
        self.books.bonds += bond;
        if first {
            let least = self.claim_of(subject)?.bond;
            self.open_ballot(subject, bond, least, now)?;
        }
        Some(bond)
    }

    /// The end of a dispute; returns its outcome by the program's numbers and what is left of the claim.
    pub fn resolve_dispute(&mut self, name: &str, policy_name: &str, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let verdict = self.verdict((name, Some(policy_name)))?;
        let incident = self.incidents.get_mut(name)?;
        let claim = incident.claims.get_mut(policy_name)?;
        claim.verdict = Some(verdict);
        if incident.end.is_some() {
            // Of an incident that ended before it nothing can be decided any more.
            claim.void = true;
            return Some((3, claim.amount));
        }
        let lost = if verdict == Outcome::Passed { claim.bond } else { claim.dispute_bond };
        let (half, to_assessors) = settlement::split_bond(lost);
        self.books.bonds = self.books.bonds.checked_sub(to_assessors)?;
        self.books.assessors += to_assessors;
        let outcome = match verdict {
            Outcome::Passed => {
                let counter = claim.disputes.get(claim.lowest.as_ref()?)?.counter;
                let cut = claim.amount.checked_sub(counter)?;
                claim.amount = counter;
                claim.bond = 0;
                claim.prize = half;
                incident.filed -= cut;
                self.policies.get_mut(policy_name)?.claimed -= cut;
                2
            }
            Outcome::Failed | Outcome::NoQuorum => {
                claim.bond += half;
                1
            }
        };
        Some((outcome, claim.amount))
    }

    /// What a disputer gets back: displaced by a lower dispute the bond, otherwise by the verdict.
    pub fn collect_dispute_bond(&mut self, incident: &str, policy: &str, who: &str) -> Option<u64> {
        let claim = self.claim_of((incident, Some(policy)))?;
        let bond = claim.disputes.remove(who)?.bond;
        let paid = match claim.verdict {
            _ if claim.lowest.as_deref() != Some(who) || claim.void => bond,
            Some(Outcome::Passed) => bond + claim.prize,
            Some(Outcome::Failed | Outcome::NoQuorum) => 0,
            None => bond,
        };
        self.books.bonds = self.books.bonds.checked_sub(paid)?;
        give(&mut self.wallets, who, paid);
        Some(paid)
    }
}
