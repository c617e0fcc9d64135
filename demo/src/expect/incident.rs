//! Incidents, claims and what they pay, in the model.

use super::{Model, Subject, dispute::DisputeModel, give, take};
use coverage_math::{BPS, DAY, bps_ceil, cover, day_of, settlement, tally::Outcome};
use std::collections::BTreeMap;

/// How long a rejected incident makes the product's next one dearer, seconds.
const BOND_MEMORY: u64 = 30 * DAY;
/// A dispute costs at least this part of the incident's bond.
const DISPUTE_BOND_PART: u64 = 5;
/// How often a bond doubles at most.
const MAX_BOND_DOUBLINGS: u32 = 4;

/// An incident; the fields are named as in its account.
pub struct IncidentModel {
    pub product: u16,
    pub opener: String,
    /// The day with whose first second filing is over.
    filing_end_day: u64,
    /// What is set aside until filing is over; then it is what was filed.
    pub lien: u64,
    pub bond: u64,
    /// Part of a sum insured that prices found lost, bps; `None` where the jury decides.
    pub severity_bps: Option<u16>,
    pub claims: BTreeMap<String, ClaimModel>,
    pub filed: u64,
    pub approved: u64,
    pub settled: u64,
    pub paid: u64,
    /// How it ended.
    pub end: Option<Outcome>,
}

impl IncidentModel {
    /// What is set aside for it on `day`.
    pub fn set_aside(&self, day: u64) -> u64 {
        match self.end {
            Some(_) => 0,
            None if day < self.filing_end_day => self.lien,
            None => self.filed,
        }
    }

    /// What stays in its account as lien.
    pub fn stored_lien(&self) -> u64 {
        if self.end.is_some() { 0 } else { self.lien }
    }
}

/// A claim; the fields are named as in its account.
pub struct ClaimModel {
    pub amount: u64,
    pub bond: u64,
    pub paid: u64,
    pub collected: bool,
    /// What a dispute of it costs: its bond as it was posted, and at least a fifth of the incident's.
    pub dispute_bond: u64,
    /// Half of its bond that whoever won the dispute gets.
    pub prize: u64,
    /// By disputer, as long as their bond is there.
    pub disputes: BTreeMap<String, DisputeModel>,
    /// Who holds the least against it.
    pub lowest: Option<String>,
    /// How its dispute ended.
    pub verdict: Option<Outcome>,
    /// Whether its incident had ended before.
    pub void: bool,
}

/// When a product's incidents were rejected.
#[derive(Clone, Copy, Default)]
pub struct Rejections {
    last: Option<u64>,
    doublings: u32,
}

impl Rejections {
    /// Those that `now` remembers.
    fn remembered(self, now: u64) -> u32 {
        if self.last.is_some_and(|last| now < last.saturating_add(BOND_MEMORY)) { self.doublings } else { 0 }
    }

    fn add(&mut self, now: u64) {
        self.doublings = self.remembered(now).saturating_add(1).min(MAX_BOND_DOUBLINGS);
        self.last = Some(now);
    }
}

impl Model {
    /// An incident on product number `product`; returns its lien and bond.
    pub fn open_incident(&mut self, name: &str, product: u16, who: &str, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let terms = self.terms.products.get(usize::from(product))?;
        let rejections = self.rejections.get(&product).copied().unwrap_or_default();
        let bond = terms.incident_bond.checked_mul(1 << rejections.remembered(now))?;
        take(&mut self.wallets, who, bond)?;
        self.books.bonds += bond;
        self.open_ballot((name, None), bond, bond, now)?;
        let lien = self.begin_incident(name, product, who, None, now)?;
        self.incidents.get_mut(name)?.bond = bond;
        Some((lien, bond))
    }

    /// An incident without a bond; returns its lien.
    pub fn begin_incident(
        &mut self,
        name: &str,
        product: u16,
        who: &str,
        severity_bps: Option<u16>,
        now: u64,
    ) -> Option<u64> {
        let terms = self.terms.products.get(usize::from(product))?;
        let filing_end_day = day_of(now + u64::from(terms.filing_window_days) * DAY) + 1;
        let lien = bps_ceil(self.active_cover(Some(product), now), severity_bps.unwrap_or(BPS))?;
        let incident = IncidentModel {
            product,
            opener: who.into(),
            filing_end_day,
            lien,
            bond: 0,
            severity_bps,
            claims: BTreeMap::new(),
            filed: 0,
            approved: 0,
            settled: 0,
            paid: 0,
            end: None,
        };
        self.incidents.insert(name.into(), incident);
        Some(lien)
    }

    /// A claim of a loss by the policy's holder; returns what is claimed and its bond.
    pub fn claim(&mut self, incident: &str, policy_name: &str, loss: u64, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        let policy = self.policies.get(policy_name)?;
        let terms = self.terms.products.get(usize::from(policy.product))?;
        let amount = cover::claimable(loss, policy.amount, terms.deductible_bps)?;
        let bond = bps_ceil(amount, terms.claim_bond_bps)?;
        self.file(incident, policy_name, amount, bond)?;
        Some((amount, bond))
    }

    /// Takes a claim in, with the bond that the policy's holder posts.
    pub fn file(&mut self, incident: &str, policy_name: &str, amount: u64, bond: u64) -> Option<()> {
        let policy = self.policies.get_mut(policy_name)?;
        let dispute_bond = bond.max(self.incidents.get(incident)?.bond / DISPUTE_BOND_PART);
        policy.claimed += amount;
        take(&mut self.wallets, &policy.holder, bond)?;
        self.books.bonds += bond;
        let claim = ClaimModel {
            amount,
            bond,
            paid: 0,
            collected: false,
            dispute_bond,
            prize: 0,
            disputes: BTreeMap::new(),
            lowest: None,
            verdict: None,
            void: false,
        };
        let incident = self.incidents.get_mut(incident)?;
        incident.filed += amount;
        // Of a policy that was released before the incident was opened the lien knew nothing.
        incident.lien = incident.lien.max(incident.filed);
        incident.claims.insert(policy_name.into(), claim);
        Some(())
    }

    /// The end of an incident; returns what was approved and settled, nothing for one that was rejected.
    pub fn settle(&mut self, name: &str, now: u64) -> Option<(u64, u64)> {
        self.accrue(now)?;
        // What prices opened is decided unless somebody challenges it.
        let by_price = self.incidents.get(name)?.severity_bps.is_some();
        let verdict = if by_price { Outcome::Passed } else { self.verdict((name, None))? };
        let all_liens = self.liens(now);
        let incident = self.incidents.get_mut(name)?;
        incident.end = Some(verdict);
        if verdict == Outcome::Passed {
            let available = settlement::available(self.books.capital, incident.filed, all_liens)?;
            incident.approved = incident.filed;
            incident.settled = incident.filed.min(available);
            self.books.capital -= incident.settled;
            self.books.payable += incident.settled;
            self.totals.claims_settled += incident.settled;
        } else {
            self.rejections.entry(incident.product).or_default().add(now);
            if verdict == Outcome::Failed {
                let bond = std::mem::take(&mut incident.bond);
                self.lose_bond(bond)?;
            }
        }
        self.incidents.get(name).map(|incident| (incident.approved, incident.settled))
    }

    /// A bond that is lost: half to the LPs over seven days, half to the assessors.
    pub fn lose_bond(&mut self, bond: u64) -> Option<()> {
        let (to_lps, to_assessors) = settlement::split_bond(bond);
        self.books.bonds = self.books.bonds.checked_sub(bond)?;
        self.books.assessors += to_assessors;
        self.income(to_lps)
    }

    /// Income that no premium paid for.
    fn income(&mut self, amount: u64) -> Option<()> {
        self.totals.other_income += amount;
        self.start_stream(amount, cover::income_end_day(self.accrued_at)?)?;
        Some(())
    }

    /// The payout of a claim to the policy's holder; returns what it gets and the bond that comes back with it.
    pub fn payout(&mut self, incident: &str, policy_name: &str) -> Option<(u64, u64)> {
        let incident = self.incidents.get_mut(incident)?;
        let policy = self.policies.get_mut(policy_name)?;
        let claim = incident.claims.get_mut(policy_name)?;
        let due = settlement::due(claim.amount, incident.settled, incident.approved, claim.paid)?;
        let bond = if claim.collected { 0 } else { claim.bond };
        if !claim.collected && incident.end? != Outcome::Passed {
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

    /// Money that comes back after an incident; returns how much of it goes to the claims.
    pub fn recover(&mut self, name: &str, who: &str, amount: u64, now: u64) -> Option<u64> {
        self.accrue(now)?;
        take(&mut self.wallets, who, amount)?;
        let incident = self.incidents.get_mut(name)?;
        let to_claims = amount.min(incident.approved - incident.settled);
        incident.settled += to_claims;
        self.books.payable += to_claims;
        self.totals.claims_settled += to_claims;
        self.income(amount - to_claims)?;
        Some(to_claims)
    }

    /// The claim that a ballot is on.
    pub fn claim_of(&mut self, (incident, policy): Subject) -> Option<&mut ClaimModel> {
        self.incidents.get_mut(incident)?.claims.get_mut(policy?)
    }
}
