//! What prices show: every price that a product was shown is kept, and the breach is read off the whole list each time.

use crate::{ALL_BPS, DAY, EXIT_WAIT_GAP, Model, Outcome, PriceParams, Product, Rule, Trigger, down, must};

/// What a feed said at a time, in its own units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    /// The least that it may have been.
    pub low: u64,
    /// The most that it may have been.
    pub high: u64,
    /// When it was published.
    pub published_at: u64,
}

/// What a price is to a product: its number is the one the event has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// Surely not below the strike.
    Recovered = 0,
    /// Surely below it, by enough to be paid.
    Breached = 1,
    /// Neither.
    Inconclusive = 2,
}

/// A time below the strike; all zero while there is none. Named as in the account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breach {
    /// Its first price.
    pub started_at: u64,
    /// The first price since the last long gap.
    pub measured_from: u64,
    /// The last price, or that with which it counts.
    pub measured_until: u64,
    /// The sum of severities of all seconds that were measured, bps × seconds.
    pub severity_seconds: u64,
    /// Severity of the last price, bps.
    pub severity_bps: u16,
    /// Whether it was measured for long enough.
    pub counts: bool,
}

/// What a product was shown.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Every price, with what it was.
    shown: Vec<(Price, Observation)>,
    /// Those before this one are of no breach to come.
    from: usize,
    /// Whether an incident was opened by a breach of which nobody has seen the end.
    pub awaits_recovery: bool,
}

impl Observation {
    /// What a price is by a product's terms.
    fn of(price: &Price, terms: &PriceParams) -> Self {
        if price.low >= terms.strike {
            Self::Recovered
        } else if price.high < terms.strike && severity(price.high, terms) > 0 {
            Self::Breached
        } else {
            Self::Inconclusive
        }
    }
}

/// The part of a sum insured that a price stands for, bps, rounded down: none at the strike, all at the floor and below.
fn severity(price: u64, terms: &PriceParams) -> u16 {
    let (below, depth) = (terms.strike - price, terms.strike - terms.floor);
    let bps = down(below.min(depth), ALL_BPS, depth).expect("not more than all");
    bps.try_into().expect("not more than all")
}

impl Watch {
    /// Publish time of the last price shown.
    #[must_use]
    pub fn seen_at(&self) -> u64 {
        self.shown.last().map_or(0, |(price, _)| price.published_at)
    }

    /// The breach that the prices show: the first that counts, otherwise the one that goes on.
    ///
    /// A price that has recovered parts breaches from each other, and a long gap parts the runs in which one is measured.
    #[must_use]
    pub fn breach(&self, terms: &PriceParams) -> Breach {
        let mut breach = Breach::default();
        let prices = &self.shown[self.from..];
        for prices in prices.split(|(_, observation)| *observation == Observation::Recovered) {
            breach = Breach::default();
            let below = prices.iter().filter(|(_, observation)| *observation == Observation::Breached);
            let below: Vec<_> = below.map(|(price, _)| *price).collect();
            let near = |one: &Price, next: &Price| next.published_at - one.published_at <= u64::from(terms.max_gap);
            for run in below.chunk_by(near) {
                breach = Breach::of_run(below[0].published_at, run, terms);
                if breach.counts {
                    return breach;
                }
            }
        }
        breach
    }

    /// Nothing that was shown so far is of a breach to come.
    pub(crate) fn forget(&mut self) {
        self.from = self.shown.len();
    }
}

impl Breach {
    /// The breach that began at a time, as a run of prices without a long gap measures it.
    fn of_run(started_at: u64, run: &[Price], terms: &PriceParams) -> Self {
        let measured_from = run[0].published_at;
        let end = measured_from + u64::from(terms.min_duration);
        // What is shown after the price with which it counts changes nothing.
        let last = run.iter().position(|price| price.published_at >= end).unwrap_or(run.len() - 1);
        let mut severity_seconds = 0;
        for pair in run[..=last].windows(2) {
            // The higher of two prices holds between them, and no second after the least duration.
            let [from, until] = [0, 1].map(|at| pair[at].published_at.min(end));
            severity_seconds += u64::from(severity(pair[0].high.max(pair[1].high), terms)) * (until - from);
        }
        let measured_until = run[last].published_at;
        let (severity_bps, counts) = (severity(run[last].high, terms), measured_until >= end);
        Self { started_at, measured_from, measured_until, severity_seconds, severity_bps, counts }
    }

    /// The mean severity over the least duration, bps, rounded down.
    pub(crate) fn mean_severity_bps(&self, terms: &PriceParams) -> u16 {
        let mean = self.severity_seconds / u64::from(terms.min_duration);
        mean.try_into().expect("a mean of parts")
    }
}

/// Refuses a price that does not show that the price was at the strike or above it at a second inside a breach. At its ends
/// it may well have been on both sides: a feed can publish several prices in a second.
pub(crate) fn check_refutes(price: &Price, strike: u64, (from, until): (u64, u64)) -> Outcome {
    must((from + 1..until).contains(&price.published_at), Rule::PriceOutsideBreach)?;
    must(price.low >= strike, Rule::PriceBelowStrike)
}

impl Model {
    /// The breach that a product is known to be in.
    #[must_use]
    pub fn breach(&self, product: usize) -> Breach {
        self.watches[product].breach(&self.products[product].terms.price)
    }

    /// Whether a breach has begun that nobody has seen end.
    pub(crate) fn is_breached(&self, product: usize) -> bool {
        self.watches[product].awaits_recovery || self.breach(product).started_at > 0
    }

    /// Shows a product a fresh price that is newer than the last. Returns what it is.
    pub fn observe_price(&mut self, product: usize, price: Price) -> Outcome<Observation> {
        self.products[product].must_be(Trigger::Price)?;
        let terms = &self.products[product].terms;
        let (terms, window) = (terms.price, u64::from(terms.report_window_days) * DAY);
        must(price.published_at > self.watches[product].seen_at(), Rule::PriceNotNewer)?;
        must(price.published_at <= self.now, Rule::PriceFromFuture)?;
        must(self.now - price.published_at <= u64::from(terms.max_age), Rule::PriceStale)?;
        // A breach for which nobody opened an incident in time is forgotten.
        let over = self.now >= self.breach(product).started_at + window;
        let observation = Observation::of(&price, &terms);
        let watch = &mut self.watches[product];
        if over {
            watch.forget();
        }
        watch.shown.push((price, observation));
        if watch.awaits_recovery {
            // It is still the breach that was paid.
            watch.awaits_recovery = observation != Observation::Recovered;
            watch.forget();
        }
        self.hold_exits(product, observation);
        Ok(observation)
    }

    /// Exits wait for an incident of covered risks that a breach begins to show, until a day after it can be opened; and not
    /// again within seven days of that.
    fn hold_exits(&mut self, product: usize, observation: Observation) {
        let Product { pool, ref terms, .. } = self.products[product];
        let (breach, duration) = (self.breach(product), u64::from(terms.price.min_duration));
        let (_, next) = self.pools[pool].exits_wait;
        let known = observation == Observation::Breached && breach.started_at > 0;
        if known && self.covers_now(product) && self.now >= next {
            let until = breach.started_at + duration + DAY;
            self.pools[pool].exits_wait = (until, until + EXIT_WAIT_GAP);
        }
    }

    /// Has a product forget a breach, by a price of any age from inside it.
    pub fn refute_breach(&mut self, product: usize, price: Price) -> Outcome {
        self.products[product].must_be(Trigger::Price)?;
        let (terms, breach) = (&self.products[product].terms.price, self.breach(product));
        must(breach.started_at > 0, Rule::NoBreach)?;
        let end = breach.measured_from + u64::from(terms.min_duration);
        check_refutes(&price, terms.strike, (breach.measured_from, breach.measured_until.min(end)))?;
        self.watches[product].forget();
        Ok(())
    }
}
