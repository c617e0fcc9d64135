//! What prices decide, in the model: it keeps all that were shown and reads the breach off the whole list each time.

use super::Model;
use coverage_client::PriceParams;
use coverage_math::trigger;

/// A price that was shown to a product.
#[derive(Clone, Copy)]
pub struct Shown {
    /// The least and the most that it may have been, in the feed's units.
    pub low: u64,
    pub high: u64,
    /// When it was published.
    pub at: u64,
}

/// A breach; named as in the program's event, zero while there is none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Breach {
    pub started_at: u64,
    pub measured_from: u64,
    pub measured_until: u64,
    pub severity_seconds: u64,
    /// Whether it lasted for long enough.
    pub counts: bool,
}

/// The prices shown to a product.
#[derive(Default)]
pub struct Prices {
    shown: Vec<Shown>,
    /// How many had been when its last incident was opened.
    used: Option<usize>,
}

impl Prices {
    /// Those that may be of a breach for which no incident was opened; `None` while the price has not recovered from the
    /// last that one was opened for.
    fn of_next_breach(&self, strike: u64) -> Option<&[Shown]> {
        let Some(used) = self.used else { return Some(&self.shown) };
        let later = self.shown.get(used..)?;
        later.get(later.iter().position(|price| price.low >= strike)?..)
    }

    /// The breach that they show: the first that counts, otherwise the one that goes on.
    ///
    /// Prices that recovered part breaches from each other, and long gaps part the runs in which one is measured.
    fn breach(&self, terms: &PriceParams) -> Option<Breach> {
        let mut breach = Breach::default();
        for prices in self.of_next_breach(terms.strike).unwrap_or_default().split(|price| price.low >= terms.strike) {
            breach = Breach::default();
            let below: Vec<_> = prices.iter().filter(|price| price.high < terms.strike).copied().collect();
            for run in below.chunk_by(|before, after| after.at - before.at <= u64::from(terms.max_gap)) {
                breach = Breach::of_run(below.first()?.at, run, terms)?;
                if breach.counts {
                    return Some(breach);
                }
            }
        }
        Some(breach)
    }
}

impl Breach {
    /// The breach that began at `started_at`, as measured by a run of prices without a long gap.
    fn of_run(started_at: u64, run: &[Shown], terms: &PriceParams) -> Option<Self> {
        let measured_from = run.first()?.at;
        // Seconds after the least duration count no more.
        let end = measured_from + u64::from(terms.min_duration);
        let measured_until = run.iter().map(|price| price.at).find(|at| *at >= end).unwrap_or(run.last()?.at);
        let mut severity_seconds = 0;
        for (before, after) in run.iter().zip(run.iter().skip(1)) {
            // The higher of two prices holds between them.
            let severity = trigger::severity_bps(before.high.max(after.high), terms.strike, terms.floor)?;
            severity_seconds += u64::from(severity) * (after.at.min(end) - before.at.min(end));
        }
        let counts = measured_until >= end;
        Some(Self { started_at, measured_from, measured_until, severity_seconds, counts })
    }
}

impl Model {
    /// A price shown to product number `product`; returns what it is, by the program's numbers, and the breach.
    pub fn observe(&mut self, product: u16, price: Shown) -> Option<(u64, Breach)> {
        let terms = &self.terms.products.get(usize::from(product))?.price;
        let observation = match price {
            _ if price.low >= terms.strike => 0,
            _ if price.high < terms.strike => 1,
            _ => 2,
        };
        let prices = self.prices.entry(product).or_default();
        prices.shown.push(price);
        Some((observation, prices.breach(terms)?))
    }

    /// Whether nothing is known that keeps a product from being sold.
    pub fn is_on_sale(&self, product: u16) -> Option<bool> {
        let terms = &self.terms.products.get(usize::from(product))?.price;
        let quiet = self.prices.get(&product).is_none_or(|prices| {
            prices.of_next_breach(terms.strike).is_some() && prices.breach(terms) == Some(Breach::default())
        });
        Some(quiet && self.open_incidents().all(|incident| incident.product != product))
    }

    /// An incident by the breach that prices show; returns its lien and its severity, bps, and when it occurred.
    pub fn open_price_incident(&mut self, name: &str, product: u16, who: &str, now: u64) -> Option<(u64, u64, u64)> {
        self.accrue(now)?;
        let terms = &self.terms.products.get(usize::from(product))?.price;
        let prices = self.prices.get_mut(&product)?;
        let breach = prices.breach(terms).filter(|breach| breach.counts)?;
        prices.used = Some(prices.shown.len());
        let severity_bps = trigger::mean_severity_bps(breach.severity_seconds, terms.min_duration)?;
        let lien = self.begin_incident(name, product, who, Some(severity_bps), now)?;
        Some((lien, severity_bps.into(), breach.started_at))
    }

    /// A claim of a policy in an incident that prices opened; returns what is claimed.
    pub fn claim_breach(&mut self, incident: &str, policy_name: &str, now: u64) -> Option<u64> {
        self.accrue(now)?;
        let policy = self.policies.get(policy_name)?;
        let terms = self.terms.products.get(usize::from(policy.product))?;
        let severity_bps = self.incidents.get(incident)?.severity_bps?;
        let entitled = trigger::breach_claim(policy.amount, severity_bps, terms.deductible_bps)?;
        let amount = entitled.min(policy.amount - policy.claimed);
        self.file(incident, policy_name, amount, 0)?;
        Some(amount)
    }
}
