//! Incidents: what is reported, and what that costs. Those of a product stand in line.

use crate::{
    ALL_BPS, Account, Atoms, BOND_MEMORY, DAY, LEVERED_REPORT_BOND_BPS, Line, MAX_BOND_DOUBLINGS, MAX_FIXED_AMOUNT,
    Model, Name, Outcome, Part, Product, REPORT_BOND_BPS, Rule, Subject, Trigger,
    ballots::{AGAINST, Question},
    contested::PerUnit,
    must, part_up,
};

/// Steps with a tip: reading the verdict, freeing what nobody claimed, settling.
const TIPS: u8 = 3;

/// One event on one product.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Its pool.
    pub pool: usize,
    /// Its product.
    pub product: usize,
    /// The policy of a booking: what it has drawn and was not paid at once.
    pub policy: Option<usize>,
    /// What a booking sets aside.
    pub line: Line,
    /// Number within the product.
    pub number: u32,
    /// How often the shares that bear it were renewed before.
    pub generation: u32,
    /// Who opened it.
    pub opener: Name,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Tips that are left.
    pub tips: u8,
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
    /// The product's own bond, by which those of claims go, atoms.
    pub product_bond: Atoms,
    /// The bond of a claim in it, bps of the amount claimed.
    pub claim_bond_bps: u16,
    /// The floor of its court's stake, atoms.
    pub stake_floor: u64,
    /// The number of the court that decides on it.
    pub court: usize,
    /// When it happened.
    pub occurred_at: u64,
    /// When it was opened.
    pub opened_at: u64,
    /// The part of each sum insured that is lost, bps: all of it unless prices say another.
    pub severity_bps: u16,
    /// What was set aside for it and those before it when it was reported, the stayers' own part, atoms.
    pub lien: Atoms,
    /// What its lien is to those who leave while it is open.
    pub part: Part,
    /// Payments of exits that there were when it was reported, and when its claims were settled.
    pub payments: (usize, Option<usize>),
    /// When its verdict was read.
    pub decided_at: Option<u64>,
    /// Until when claims can be filed, once it counts: a day boundary.
    pub filing_ends_at: Option<u64>,
    /// Whether what nobody claimed was freed.
    pub filing_ended: bool,
    /// What was settled of claims before it was: atoms, and how many payments of exits there were by then.
    pub on_account: Vec<(Atoms, usize)>,
    /// What was paid of it before it ended, per unit of the mark at its report.
    pub early_paid: PerUnit,
    /// What stood of its claims, atoms: of all once it is settled, before of those that are settled already. Of a booking what was booked, and what was paid
    /// once it ended.
    pub approved: Atoms,
    /// What they got of it, atoms.
    pub settled: Atoms,
    /// Of it from those who left, atoms.
    pub contested: Atoms,
    /// What others' liens keep of what there is, atoms.
    pub held_back: Atoms,
    /// What came back for its claims, atoms.
    pub recovered: Atoms,
    /// Paid of what was settled of a booking, atoms.
    pub paid: Atoms,
    /// What of the loss that was booked had found no room in the sum insured, atoms.
    pub waiting: Atoms,
    /// When it ended.
    pub closed_at: Option<u64>,
    /// Of what prices opened, and of bookings: until when it can be challenged.
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
    /// Nobody has read its verdict.
    Open = 0,
    /// It counted, and its claims were settled.
    Settled = 1,
    /// It did not count, and has ended.
    Rejected = 2,
    /// It counts: claims are filed, and it waits to be settled.
    Accepted = 3,
    /// It does not count, and waits for those before it.
    Refused = 4,
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

    /// Whether it has not ended.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// Whether it is undecided, or counts and is not settled.
    #[must_use]
    pub fn takes_claims(&self) -> bool {
        matches!(self.state, Phase::Open | Phase::Accepted)
    }

    /// What was settled of it before it was, atoms.
    #[must_use]
    pub fn settled_on_account(&self) -> Atoms {
        self.on_account.iter().map(|(amount, _)| amount).sum()
    }

    /// Whether it does not count.
    #[must_use]
    pub fn was_refused(&self) -> bool {
        matches!(self.state, Phase::Refused | Phase::Rejected)
    }
}

impl Model {
    /// Every incident that a pool ever had.
    pub fn incidents_of(&self, pool: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.pool == pool)
    }

    /// How many incidents its pool had before it.
    #[must_use]
    pub fn number_in_pool(&self, incident: usize) -> usize {
        let Incident { pool, .. } = self.incidents[incident];
        self.incidents.iter().take(incident).filter(|before| before.pool == pool).count()
    }

    /// Incidents that were open when something was last held back, and are.
    #[must_use]
    pub fn held_for(&self, pool: usize) -> usize {
        let before = self.incidents_of(pool).take(self.pools[pool].held_before);
        before.filter(|incident| incident.is_open()).count()
    }

    /// Every incident that a product ever had.
    pub fn incidents_on(&self, product: usize) -> impl Iterator<Item = &Incident> {
        self.incidents.iter().filter(move |incident| incident.product == product)
    }

    /// The product's incidents that have not ended, in the order of their reports: its line.
    pub fn open_on(&self, product: usize) -> impl Iterator<Item = usize> {
        let open = move |incident: &usize| {
            let here = &self.incidents[*incident];
            here.product == product && here.is_open()
        };
        (0..self.incidents.len()).filter(open)
    }

    /// How many of a pool's incidents have not ended.
    #[must_use]
    pub fn open_incidents(&self, pool: usize) -> usize {
        self.incidents_of(pool).filter(|incident| incident.is_open()).count()
    }

    /// Incidents of which nobody has freed what was not claimed, though filing is over since the pool last counted.
    #[must_use]
    pub fn filings_due(&self, pool: usize) -> usize {
        let today = self.pools[pool].filing_day;
        let due = |incident: &&Incident| incident.filing_ends_at.is_some_and(|end| end <= today * DAY);
        self.incidents_of(pool).filter(due).filter(|incident| !incident.filing_ended).count()
    }

    /// When the last report of a product was found not to count, and how often the next bond doubles for such. What prices
    /// open costs no bond, so it makes none dearer.
    #[must_use]
    pub fn rejections(&self, product: usize) -> (u64, u8) {
        let jury = self.products[product].trigger() == Trigger::Jury;
        let refused = self.incidents_on(product).filter(|incident| jury && incident.was_refused());
        let mut times: Vec<_> = refused.filter_map(|incident| incident.decided_at).collect();
        times.sort_unstable();
        times.into_iter().fold((0, 0), |(last, times), at| {
            let remembered = if at < last + BOND_MEMORY { times } else { 0 };
            (at, (remembered + 1).min(MAX_BOND_DOUBLINGS))
        })
    }

    /// The bond of a report on a product now that sets so much aside: its own, or a part of that. Twice as much for each of
    /// its reports that is undecided, and for each that was lately rejected.
    pub(crate) fn next_bond(&self, product: usize, set_aside: Atoms) -> Outcome<Atoms> {
        let (last, times) = self.rejections(product);
        let Product { pool, ref terms, .. } = self.products[product];
        let levered = self.pools[pool].params.leverage_bps > ALL_BPS;
        let part = part_up(set_aside, if levered { LEVERED_REPORT_BOND_BPS } else { REPORT_BOND_BPS })?;
        let undecided = self.undecided(product);
        let rejected = if self.now < last + BOND_MEMORY { usize::from(times) } else { 0 };
        let doublings = (undecided + rejected).min(MAX_BOND_DOUBLINGS.into());
        Ok((part.max(terms.incident_bond.into()) << doublings).min(MAX_FIXED_AMOUNT.into()))
    }

    /// Reports on a product whose verdict nobody has read.
    #[must_use]
    pub fn undecided(&self, product: usize) -> usize {
        self.incidents_on(product).filter(|incident| incident.state == Phase::Open).count()
    }

    /// Until when claims of an incident that counts can be disputed. Those of what prices opened cannot be.
    #[must_use]
    pub fn disputes_end_at(&self, incident: &Incident) -> Option<u64> {
        let product = &self.products[incident.product];
        let window = if product.trigger() == Trigger::Price { 0 } else { product.terms.dispute_window };
        incident.filing_ends_at.map(|end| end + window)
    }

    /// Whether what happened at a time can be reported now. Other reports are in nobody's way.
    pub(crate) fn check_report(&self, product: usize, occurred_at: u64) -> Outcome {
        let window = u64::from(self.products[product].terms.report_window_days) * DAY;
        must(occurred_at <= self.now, Rule::OccurredInFuture)?;
        must(self.now - occurred_at < window, Rule::ReportWindowOver)?;
        must(self.claimable_cover(product) > 0, Rule::NothingCovered)
    }

    /// Begins an incident of a product that was rolled, last in its line. Returns it.
    pub(crate) fn begin_incident(
        &mut self,
        product: usize,
        (opener, payer): (Name, Name),
        occurred_at: u64,
        severity_bps: u16,
    ) -> Outcome<usize> {
        self.pay_rent(payer, Account::Incident)?;
        self.set_tips_aside(payer, TIPS)?;
        let blank = self.blank_incident(product, (opener, payer), occurred_at)?;
        let (part, lien) = self.join_line(product)?;
        let posted = self.next_bond(product, lien)?;
        Ok(self.incidents.push(Incident { severity_bps, lien, part, posted, tips: TIPS, ..blank }))
    }

    /// An incident without a lien, for which somebody else has still to pay.
    pub(crate) fn blank_incident(
        &mut self,
        product: usize,
        (opener, payer): (Name, Name),
        occurred_at: u64,
    ) -> Outcome<Incident> {
        let pool = self.products[product].pool;
        let number = self.incidents_on(product).count().try_into().map_err(|_| Rule::MathOverflow)?;
        if !self.is_liened(product) {
            self.products[product].liened_on = self.products[product].rolled_day;
        }
        if self.open_incidents(pool) == 0 {
            // None could have ended its filing before.
            self.pools[pool].filing_day = self.accrued_day(pool);
        }
        Ok(Incident {
            pool,
            product,
            policy: None,
            line: Line::default(),
            number,
            generation: self.generation(pool),
            opener,
            rent_payer: payer,
            tips: 0,
            ballot: None,
            state: Phase::Open,
            bond: Bond::None,
            bond_owner: None,
            posted: 0,
            product_bond: self.products[product].terms.incident_bond.into(),
            claim_bond_bps: self.products[product].terms.claim_bond_bps,
            stake_floor: self.floor_of_court(product),
            court: self.court_of(product),
            occurred_at,
            opened_at: self.now,
            severity_bps: ALL_BPS,
            lien: 0,
            part: Part::of(&Line::begin(0, self.pools[pool].mark)),
            payments: (self.payments.len(), None),
            decided_at: None,
            filing_ends_at: None,
            filing_ended: false,
            on_account: vec![],
            early_paid: 0,
            approved: 0,
            settled: 0,
            contested: 0,
            held_back: 0,
            recovered: 0,
            paid: 0,
            waiting: 0,
            closed_at: None,
            challenge_ends_at: 0,
            measured: (0, 0),
            refuted: false,
            gone: false,
        })
    }

    /// Opens an incident on which the jury decides, with a bond of the opener; somebody pays the rents. Returns it.
    pub fn open_incident(&mut self, product: usize, (opener, payer): (Name, Name), occurred_at: u64) -> Outcome<usize> {
        let Product { pool, ref terms, .. } = self.products[product];
        let appeal_window = terms.appeal_window;
        self.roll(product);
        self.products[product].must_be(Trigger::Jury)?;
        self.check_report(product, occurred_at)?;
        let incident = self.begin_incident(product, (opener, payer), occurred_at, ALL_BPS)?;
        let bond = self.incidents[incident].posted;
        let ballot = self.open_ballot(Question {
            subject: Subject::Incident(incident),
            pool,
            rent_payer: payer,
            opens_at: self.now,
            appeal_window,
            bond,
            pot: bond / 2,
            default: AGAINST,
            stake_floor: self.incidents[incident].stake_floor,
            court: self.incidents[incident].court,
        })?;
        let here = &mut self.incidents[incident];
        here.ballot = Some(ballot);
        here.bond = Bond::Held;
        here.bond_owner = Some(opener);
        self.pay_in(opener, pool, bond)?;
        Ok(incident)
    }
}
