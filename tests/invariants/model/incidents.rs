//! Incidents: what is reported, what is set aside for it, how it ends.

use super::{
    Atoms, DAY, GUARDIAN, Model, NOBODY, Name, Outcome, Product, Question, Rule, Token, Verdict, day_of, down, exact,
    fraction, must,
};
use solana_address::Address;

/// One event on one product.
#[derive(Clone, Debug)]
pub struct Incident {
    pub address: Address,
    pub pool: usize,
    pub product: usize,
    /// Number within the product.
    pub number: u32,
    pub opener: Name,
    pub ballot: usize,
    pub state: Phase,
    pub bond: Bond,
    /// The bond, atoms.
    pub posted: Atoms,
    pub occurred_at: u64,
    pub opened_at: u64,
    /// What may come of it, atoms; nothing once it has ended.
    pub lien: Atoms,
    /// Set once it is settled.
    pub approved: Atoms,
    pub settled: Atoms,
    /// What others' liens keep, of what there is.
    pub held_back: Atoms,
    /// What came back for its claims, atoms.
    pub recovered: Atoms,
    pub closed_at: Option<u64>,
    /// Once its account is closed.
    pub gone: bool,
}

/// Where an incident stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Open = 0,
    Settled = 1,
    Rejected = 2,
}

/// Where an incident's bond is: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    Held = 0,
    Due = 1,
    Collected = 2,
    Slashed = 3,
}

/// For how long a rejected report makes the next one dearer, and what could not be reported still can be.
const BOND_MEMORY: u64 = 30 * DAY;
const LATE_REPORTS: u64 = 2 * DAY;
/// The most of a lost bond that a stream of a week takes, atoms.
const MOST_STREAMED: Atoms = 1 << 56;

impl Model {
    pub fn incidents_of(&self, pool: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.pool == pool)
    }

    fn incidents_on(&self, product: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.product == product)
    }

    /// The product's incident that is open.
    pub fn open_incident(&self, product: usize) -> Option<usize> {
        self.incidents.iter().position(|incident| incident.product == product && incident.state == Phase::Open)
    }

    pub fn open_incidents(&self, pool: usize) -> usize {
        self.incidents_of(pool).filter(|incident| incident.state == Phase::Open).count()
    }

    /// The incidents that a product ever had.
    pub fn incident_count(&self, product: usize) -> usize {
        self.incidents_on(product).count()
    }

    /// What is set aside in all, as of the last accrual; may exceed the capital. Once filing is over that is what was
    /// claimed.
    pub fn lien_total(&self, pool: usize) -> Atoms {
        let open = (0..self.incidents.len()).filter(|incident| self.incidents[*incident].pool == pool);
        let open = open.filter(|incident| self.incidents[*incident].state == Phase::Open);
        open.map(|incident| {
            let filing = self.accrued_day(pool) < day_of(self.filing_ends_at(&self.incidents[incident]));
            if filing { self.incidents[incident].lien } else { self.filed(incident) }
        })
        .sum()
    }

    /// What is kept for others, in all, and for how many.
    pub fn held_back(&self, pool: usize) -> (Atoms, usize) {
        let held = || self.incidents_of(pool).map(|incident| incident.held_back).filter(|held| *held > 0);
        (held().sum(), held().count())
    }

    /// What stands of the claims of those for which something is kept, and what they got of the capital.
    pub fn held_sums(&self, pool: usize) -> (Atoms, Atoms) {
        let held = || self.incidents_of(pool).filter(|incident| incident.held_back > 0);
        (held().map(|here| here.approved).sum(), held().map(|here| here.settled - here.recovered).sum())
    }

    /// Until when exits wait for late reports.
    pub fn exits_wait_until(&self, pool: usize) -> u64 {
        let ended = self.incidents_of(pool).filter_map(|incident| incident.closed_at).max();
        ended.map_or(0, |ended| ended + LATE_REPORTS)
    }

    /// Since when and until when no event of a product could be reported that could not be before: the latest incidents
    /// with less than two days between them.
    pub fn blocked(&self, product: usize) -> (u64, u64) {
        self.incidents_on(product).fold((0, 0), |(from, until), incident| {
            let from = if incident.opened_at < until + LATE_REPORTS { from } else { incident.opened_at };
            (from, incident.closed_at.unwrap_or(until))
        })
    }

    /// Whether what could not be reported still can be.
    pub fn may_be_reported_late(&self, product: usize) -> bool {
        self.now < self.blocked(product).1 + LATE_REPORTS
    }

    /// When the last incident of a product was rejected, and how often the next bond doubles for it.
    pub fn rejections(&self, product: usize) -> (u64, u32) {
        let rejected = self.incidents_on(product).filter(|incident| incident.state == Phase::Rejected);
        rejected
            .filter_map(|incident| incident.closed_at)
            .fold((0, 0), |(last, times), at| if at < last + BOND_MEMORY { (at, (times + 1).min(4)) } else { (at, 1) })
    }

    /// The bond of an incident of a product that is opened now.
    fn next_bond(&self, product: usize) -> Atoms {
        let (last, times) = self.rejections(product);
        let bond = Atoms::from(self.products[product].terms.incident_bond);
        if self.now < last + BOND_MEMORY { bond << times } else { bond }
    }

    /// Until when claims can be filed: a day boundary.
    pub fn filing_ends_at(&self, incident: &Incident) -> u64 {
        let window = u64::from(self.products[incident.product].terms.filing_window_days) * DAY;
        (day_of(incident.opened_at + window) + 1) * DAY
    }

    /// Until when claims can be disputed.
    pub fn disputes_end_at(&self, incident: &Incident) -> u64 {
        self.filing_ends_at(incident) + self.products[incident.product].terms.dispute_window
    }

    /// Settled from capital, or from what came back, to claims.
    pub fn claims_settled(&self, pool: usize) -> Atoms {
        self.incidents_of(pool).map(|incident| incident.settled).sum()
    }

    /// Opens an incident.
    pub fn open_incident_on(
        &mut self,
        product: usize,
        opener: Name,
        (address, ballot): (Address, Address),
        occurred_at: u64,
    ) -> Outcome {
        let Product { pool, ref terms, .. } = self.products[product];
        let (window, appeal_window) = (u64::from(terms.report_window_days) * DAY, terms.appeal_window);
        self.roll(product);
        must(self.open_incident(product).is_none(), Rule::IncidentOpen)?;
        must(occurred_at <= self.now, Rule::OccurredInFuture)?;
        // Whoever could report when the first of a row was opened can still do so for two days after the last.
        let late = occurred_at + window > self.blocked(product).0 && self.may_be_reported_late(product);
        must(self.now - occurred_at < window || late, Rule::ReportWindowOver)?;
        let lien = self.product_active(product);
        must(lien > 0 || late, Rule::NothingCovered)?;
        let posted = self.next_bond(product);
        let number = u32::try_from(self.incident_count(product)).expect("few");
        self.pay_rent::<coverage_client::Incident>(opener)?;
        self.set_tips_aside(opener, 1)?;
        let ballot = self.open_ballot(Question {
            address: ballot,
            subject: address,
            pool,
            rent_payer: opener,
            opens_at: self.now,
            appeal_window,
            bond: posted,
            least_bond: posted,
            revocable: false,
        })?;
        self.incidents.push(Incident {
            address,
            pool,
            product,
            number,
            opener,
            ballot,
            state: Phase::Open,
            bond: Bond::Held,
            posted,
            occurred_at,
            opened_at: self.now,
            lien,
            approved: 0,
            settled: 0,
            held_back: 0,
            recovered: 0,
            closed_at: None,
            gone: false,
        });
        self.pools[pool].lien_day = self.accrued_day(pool);
        self.pay_in(opener, pool, posted)
    }

    /// Settles or rejects an incident whose ballot is final.
    pub fn settle(&mut self, incident: usize) -> Outcome {
        let here = self.incidents[incident].clone();
        self.accrue(here.pool);
        must(here.state == Phase::Open, Rule::IncidentClosed)?;
        let verdict = self.assembly.ballots[here.ballot].verdict(&self.assembly, self.now)?;
        self.assembly.ballots[here.ballot].executed = true;
        if verdict == Verdict::Passed {
            must(self.now >= self.filing_ends_at(&here), Rule::FilingOpen)?;
            must(self.now >= self.disputes_end_at(&here), Rule::DisputeWindowOpen)?;
            must(self.open_disputes(incident) == 0, Rule::DisputeOpen)?;
            self.pay_what_there_is(incident)?;
        } else {
            self.reject(incident, verdict)?;
        }
        let here = &mut self.incidents[incident];
        here.lien = 0;
        here.closed_at = Some(self.now);
        self.give(GUARDIAN, Token::Lamports, super::CRANK_TIP);
        Ok(())
    }

    /// The claims that stand get all, or what open incidents leave them of the capital by their liens.
    fn pay_what_there_is(&mut self, incident: usize) -> Outcome {
        let pool = self.incidents[incident].pool;
        let (capital, filed, liens) = (self.capital(pool), self.filed(incident), self.lien_total(pool));
        // What was kept before it was opened comes first; with all others it shares what there was, by what stands.
        let later = self.incidents[incident].opened_at > self.pools[pool].held_at;
        let (approved, got) = self.held_sums(pool);
        let (funds, others) =
            if later { ((capital - self.held_back(pool).0).max(0), 0) } else { (capital + got, approved) };
        let part = |demands| share(funds, filed, demands).map(|part| part.min(capital).min(filed));
        let (settled, alone) = (part(others + liens)?, part(others + filed)?);
        let here = &mut self.incidents[incident];
        here.state = Phase::Settled;
        here.bond = Bond::Due;
        here.approved = filed;
        here.settled = settled;
        here.held_back = alone - settled;
        if here.held_back > 0 {
            self.pools[pool].held_at = self.now;
        }
        Ok(())
    }

    /// The bond of what the voters found wanting is lost.
    fn reject(&mut self, incident: usize, verdict: Verdict) -> Outcome {
        let here = &mut self.incidents[incident];
        let (pool, posted) = (here.pool, here.posted);
        here.state = Phase::Rejected;
        here.bond = Bond::Due;
        if verdict == Verdict::Failed {
            here.bond = Bond::Slashed;
            self.share_bond(pool, posted)?;
        }
        Ok(())
    }

    /// A lost bond goes half to the LPs over time, half and the odd atom to the voters.
    pub fn share_bond(&mut self, pool: usize, bond: Atoms) -> Outcome {
        let to_lps = (bond / 2).min(MOST_STREAMED);
        self.pools[pool].slashed += bond - to_lps;
        self.stream_income(pool, to_lps)
    }

    /// Gives a settled incident what was kept for others, once there are no others: all, or its part of what they left.
    /// Returns how much.
    pub fn settle_rest(&mut self, incident: usize) -> Outcome<Atoms> {
        let Incident { pool, held_back, .. } = self.incidents[incident];
        self.accrue(pool);
        must(held_back > 0, Rule::NothingDue)?;
        must(self.open_incidents(pool) == 0, Rule::IncidentOpen)?;
        let (capital, (approved, got)) = (self.capital(pool), self.held_sums(pool));
        let here = &self.incidents[incident];
        let part = share(capital + got, here.approved, approved)?;
        let short = here.approved - here.settled;
        let more = (part - (here.settled - here.recovered)).max(0).min(short).min(capital);
        let here = &mut self.incidents[incident];
        here.held_back = 0;
        here.settled += more;
        Ok(more)
    }

    /// Money comes back: claims are topped up first, the rest is the LPs' over time. Returns what the claims get.
    pub fn recover(&mut self, incident: usize, who: Name, amount: u64) -> Outcome<Atoms> {
        let pool = self.incidents[incident].pool;
        must(amount > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        self.pay_in(who, pool, amount.into())?;
        let here = &mut self.incidents[incident];
        must(here.state == Phase::Settled, Rule::IncidentNotSettled)?;
        let to_claims = Atoms::from(amount).min(here.approved - here.settled);
        here.settled += to_claims;
        here.recovered += to_claims;
        here.held_back = here.held_back.min(here.approved - here.settled);
        self.pools[pool].recovered += to_claims;
        self.stream_income(pool, Atoms::from(amount) - to_claims)?;
        Ok(to_claims)
    }

    /// Gives an incident's bond back.
    pub fn collect_bond(&mut self, incident: usize) -> Outcome {
        must(self.incidents[incident].bond == Bond::Due, Rule::NothingDue)?;
        self.incidents[incident].bond = Bond::Collected;
        let Incident { pool, opener, posted, .. } = self.incidents[incident];
        self.pay_out(pool, opener, posted);
        Ok(())
    }

    /// Closes the account of an incident of which nothing can come any more.
    pub fn close_incident(&mut self, incident: usize) -> Outcome {
        let Incident { state, bond, opener, .. } = self.incidents[incident];
        must(state != Phase::Open, Rule::IncidentNotSettled)?;
        let bond_gone = matches!(bond, Bond::Collected | Bond::Slashed);
        must(bond_gone && self.live_accounts(incident) == 0, Rule::IncidentNotOver)?;
        self.incidents[incident].gone = true;
        self.return_rent::<coverage_client::Incident>(opener, GUARDIAN);
        Ok(())
    }

    /// The address of a product's open incident, or none.
    pub fn open_incident_address(&self, product: usize) -> Address {
        self.open_incident(product).map_or(NOBODY, |incident| self.incidents[incident].address)
    }
}

/// What one of several demands may draw on: what the others leave, or its share when there is too little.
fn share(capital: Atoms, own: Atoms, all: Atoms) -> Outcome<Atoms> {
    if all <= capital { Ok(capital - (all - own)) } else { down(&(exact(capital) * fraction(own, all))) }
}
