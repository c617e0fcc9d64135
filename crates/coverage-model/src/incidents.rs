//! Incidents: what is reported, and what is set aside for it.

use crate::{
    Account, Atoms, BOND_MEMORY, DAY, LATE_REPORTS, MAX_BOND_DOUBLINGS, Model, Name, Outcome, Product, Rule, Subject,
    Trigger, ballots::Question, day_of, must, part_up,
};

/// One event on one product.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Its pool.
    pub pool: usize,
    /// Its product.
    pub product: usize,
    /// Number within the product.
    pub number: u32,
    /// Who opened it and gets its rent back.
    pub opener: Name,
    /// The ballot that decides it; none of what prices opened and nobody challenged.
    pub ballot: Option<usize>,
    /// Where it stands.
    pub state: Phase,
    /// Where its bond is.
    pub bond: Bond,
    /// Who posted the bond; nobody of what prices opened and nobody challenged.
    pub bond_owner: Option<Name>,
    /// The bond, atoms.
    pub posted: Atoms,
    /// When it happened.
    pub occurred_at: u64,
    /// When it was opened.
    pub opened_at: u64,
    /// The part of each sum insured that is lost, bps: all of it unless prices say another.
    pub severity_bps: u16,
    /// What may come of it, atoms; nothing once it has ended.
    pub lien: Atoms,
    /// Set once it is settled, atoms: what stood of its claims.
    pub approved: Atoms,
    /// What they got of it, atoms.
    pub settled: Atoms,
    /// What others' liens keep of what there is, atoms.
    pub held_back: Atoms,
    /// What came back for its claims, atoms.
    pub recovered: Atoms,
    /// When it ended.
    pub closed_at: Option<u64>,
    /// Of what prices opened: until when it can be challenged.
    pub challenge_ends_at: u64,
    /// The seconds in which the breach was measured: the first and the last.
    pub measured: (u64, u64),
    /// Whether a price from inside the breach refuted it.
    pub refuted: bool,
    /// Whether its account is closed.
    pub gone: bool,
}

/// Where an incident stands: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Claims are filed, or it waits for its end.
    Open = 0,
    /// It counted.
    Settled = 1,
    /// It did not count.
    Rejected = 2,
}

/// Where an incident's bond is: its number is the one the account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// Held until the incident is decided.
    Held = 0,
    /// To be collected.
    Due = 1,
    /// Collected.
    Collected = 2,
    /// Lost.
    Slashed = 3,
    /// Prices opened the incident, and nobody has challenged it.
    None = 4,
}

impl Incident {
    /// Atoms of its bond that are held or due back.
    pub(crate) fn bond_held(&self) -> Atoms {
        if matches!(self.bond, Bond::Held | Bond::Due) { self.posted } else { 0 }
    }
}

impl Model {
    /// Every incident that a pool ever had.
    pub fn incidents_of(&self, pool: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.pool == pool)
    }

    /// Every incident that a product ever had.
    pub fn incidents_on(&self, product: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.product == product)
    }

    /// The product's incident that is open.
    #[must_use]
    pub fn incident_on(&self, product: usize) -> Option<usize> {
        self.incidents.iter().position(|incident| incident.product == product && incident.state == Phase::Open)
    }

    /// How many of a pool's incidents are open.
    #[must_use]
    pub fn open_incidents(&self, pool: usize) -> usize {
        self.incidents_of(pool).filter(|incident| incident.state == Phase::Open).count()
    }

    /// What is set aside in all, as of the last accrual; may exceed the capital. Once filing is over that is what was
    /// claimed.
    #[must_use]
    pub fn lien_total(&self, pool: usize) -> Atoms {
        let liens = self.incidents.iter().enumerate().map(|(number, incident)| {
            if incident.pool != pool || incident.state != Phase::Open {
                0
            } else if self.accrued_day(pool) < day_of(self.filing_ends_at(incident)) {
                incident.lien
            } else {
                self.filed(number)
            }
        });
        liens.sum()
    }

    /// Since when and until when no event of a product could be reported that could not be before: the latest incidents
    /// with less than two days between them.
    #[must_use]
    pub fn blocked(&self, product: usize) -> (u64, u64) {
        self.incidents_on(product).fold((0, 0), |(from, until), incident| {
            let from = if incident.opened_at < until + LATE_REPORTS { from } else { incident.opened_at };
            (from, incident.closed_at.unwrap_or(until))
        })
    }

    /// Whether what could not be reported still can be.
    #[must_use]
    pub fn may_be_reported_late(&self, product: usize) -> bool {
        self.now < self.blocked(product).1 + LATE_REPORTS
    }

    /// When the last report of a product was rejected, and how often the next bond doubles for it. What prices open costs
    /// no bond, so it makes none dearer.
    #[must_use]
    pub fn rejections(&self, product: usize) -> (u64, u8) {
        let jury = self.products[product].trigger() == Trigger::Jury;
        let rejected = self.incidents_on(product).filter(|incident| jury && incident.state == Phase::Rejected);
        rejected.filter_map(|incident| incident.closed_at).fold((0, 0), |(last, times), at| {
            let remembered = if at < last + BOND_MEMORY { times } else { 0 };
            (at, (remembered + 1).min(MAX_BOND_DOUBLINGS))
        })
    }

    /// The bond of an incident of a product that is opened now.
    fn next_bond(&self, product: usize) -> Atoms {
        let (last, times) = self.rejections(product);
        let bond = Atoms::from(self.products[product].terms.incident_bond);
        if self.now < last + BOND_MEMORY { bond << times } else { bond }
    }

    /// Until when claims can be filed: a day boundary.
    #[must_use]
    pub fn filing_ends_at(&self, incident: &Incident) -> u64 {
        let window = u64::from(self.products[incident.product].terms.filing_window_days) * DAY;
        (day_of(incident.opened_at + window) + 1) * DAY
    }

    /// Until when claims can be disputed. Those of what prices opened cannot be.
    #[must_use]
    pub fn disputes_end_at(&self, incident: &Incident) -> u64 {
        let product = &self.products[incident.product];
        let window = if product.trigger() == Trigger::Price { 0 } else { product.terms.dispute_window };
        self.filing_ends_at(incident) + window
    }

    /// Whether what happened at a time can be reported now.
    pub(crate) fn check_report(&self, product: usize, occurred_at: u64) -> Outcome {
        let window = u64::from(self.products[product].terms.report_window_days) * DAY;
        must(self.incident_on(product).is_none(), Rule::IncidentOpen)?;
        must(occurred_at <= self.now, Rule::OccurredInFuture)?;
        // What could be reported when the first of a row was opened still can be for two days after the last.
        let late = occurred_at + window > self.blocked(product).0 && self.may_be_reported_late(product);
        must(self.now - occurred_at < window || late, Rule::ReportWindowOver)?;
        must(self.product_active(product) > 0 || late, Rule::NothingCovered)
    }

    /// Begins an incident of a product that was rolled, over the part of its active cover that is lost. Returns it.
    pub(crate) fn begin_incident(
        &mut self,
        product: usize,
        opener: Name,
        occurred_at: u64,
        severity_bps: u16,
    ) -> Outcome<usize> {
        let pool = self.products[product].pool;
        let incident = Incident {
            pool,
            product,
            number: self.incidents_on(product).count().try_into().map_err(|_| Rule::MathOverflow)?,
            opener,
            ballot: None,
            state: Phase::Open,
            bond: Bond::None,
            bond_owner: None,
            posted: self.next_bond(product),
            occurred_at,
            opened_at: self.now,
            severity_bps,
            // Rounded up: what claims round down fits into it.
            lien: part_up(self.product_active(product), severity_bps)?,
            approved: 0,
            settled: 0,
            held_back: 0,
            recovered: 0,
            closed_at: None,
            challenge_ends_at: 0,
            measured: (0, 0),
            refuted: false,
            gone: false,
        };
        self.pools[pool].lien_day = self.accrued_day(pool);
        Ok(self.incidents.push(incident))
    }

    /// Opens an incident on which the jury decides, with a bond. Returns it.
    pub fn open_incident(&mut self, product: usize, opener: Name, occurred_at: u64) -> Outcome<usize> {
        let Product { pool, ref terms, .. } = self.products[product];
        let appeal_window = terms.appeal_window;
        self.roll(product);
        self.products[product].must_be(Trigger::Jury)?;
        self.check_report(product, occurred_at)?;
        self.pay_rent(opener, Account::Incident)?;
        self.set_tips_aside(opener, 1)?;
        let incident = self.begin_incident(product, opener, occurred_at, crate::ALL_BPS)?;
        let bond = self.incidents[incident].posted;
        let ballot = self.open_ballot(Question {
            subject: Subject::Incident(incident),
            pool,
            rent_payer: opener,
            opens_at: self.now,
            appeal_window,
            bond,
            least_bond: bond,
            revocable: false,
        })?;
        let here = &mut self.incidents[incident];
        here.ballot = Some(ballot);
        here.bond = Bond::Held;
        here.bond_owner = Some(opener);
        self.pay_in(opener, pool, bond)?;
        Ok(incident)
    }
}
