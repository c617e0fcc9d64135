//! Real incidents, and what each would do to the pool as it is today.

use crate::{
    Assumptions, Book, Cause, Error, Hit, Plan, Run, Settled, Watch,
    assumptions::{Past, bps},
};
use coverage_math::trigger;
use rand::{SeedableRng, rngs::ChaCha8Rng};
use serde::Deserialize;
use std::time::{SystemTime, UNIX_EPOCH};

/// The dataset that comes with this crate.
pub const INCIDENTS: &str = include_str!("../../../stress/incidents.csv");

/// An incident that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// The day, as `2022-11-02`.
    pub date: String,
    /// The calendar year.
    pub year: u16,
    /// When in the year the day began, seconds.
    pub second_of_year: u64,
    /// What was struck.
    pub protocol: String,
    /// Why.
    pub cause: Cause,
    /// What was lost, dollars, when it is known.
    pub loss_usd: Option<f64>,
    /// What could have been lost, dollars, when it is known.
    pub at_risk_usd: Option<f64>,
    /// Where a token that lost its peg fell to, as a part of what it should be worth, when it is known.
    pub lowest_price: Option<f64>,
    /// Where it is told.
    pub source: String,
}

/// A line of the dataset.
#[derive(Deserialize)]
struct Line {
    date: String,
    protocol: String,
    cause: Cause,
    loss_usd: Option<f64>,
    at_risk_usd: Option<f64>,
    lowest_price: Option<f64>,
    source: String,
    #[serde(rename = "note")]
    _note: String,
}

/// Reads incidents, `date,protocol,cause,loss_usd,at_risk_usd,lowest_price,source,note`, in the order of their days.
///
/// # Errors
/// [`Error::Incidents`].
pub fn incidents(csv: &str) -> Result<Vec<Incident>, Error> {
    let wrong = |line: usize, why: String| Error::Incidents { line, why };
    let mut incidents = Vec::new();
    for (index, line) in csv::Reader::from_reader(csv.as_bytes()).deserialize::<Line>().enumerate() {
        let number = index + 2;
        let line = line.map_err(|error| wrong(number, error.to_string()))?;
        let known = [line.loss_usd, line.at_risk_usd];
        if known.iter().flatten().any(|dollars| !dollars.is_finite() || *dollars < 0.0) {
            return Err(wrong(number, "dollars are a number from 0".into()));
        }
        if line.lowest_price.is_some_and(|price| !(0.0..=1.0).contains(&price)) {
            return Err(wrong(number, "the lowest price is a part, between 0 and 1".into()));
        }
        let (year, second_of_year) =
            day(&line.date).ok_or_else(|| wrong(number, format!("`{}` is no date like 2022-11-02", line.date)))?;
        incidents.push(Incident {
            date: line.date,
            year,
            second_of_year,
            protocol: line.protocol,
            cause: line.cause,
            loss_usd: line.loss_usd,
            at_risk_usd: line.at_risk_usd,
            lowest_price: line.lowest_price,
            source: line.source,
        });
    }
    incidents.sort_by(|a, b| (&a.date, &a.protocol).cmp(&(&b.date, &b.protocol)));
    Ok(incidents)
}

/// The year of a date and the seconds from its beginning.
fn day(date: &str) -> Option<(u16, u64)> {
    let unix = |date: &str| -> Option<u64> {
        let time: SystemTime = humantime::parse_rfc3339_weak(&format!("{date} 00:00:00")).ok()?;
        Some(time.duration_since(UNIX_EPOCH).ok()?.as_secs())
    };
    let year = date.get(..4)?;
    Some((year.parse().ok()?, unix(date)?.checked_sub(unix(&format!("{year}-01-01"))?)?))
}

impl Incident {
    /// The part that was lost: of a token's peg, or of the dollars that could have been, when it is known.
    #[must_use]
    pub fn severity(&self) -> Option<f64> {
        if let Some(price) = self.lowest_price {
            return Some(1.0 - price);
        }
        let (loss, at_risk) = (self.loss_usd?, self.at_risk_usd?);
        (at_risk > 0.0).then(|| (loss / at_risk).min(1.0))
    }

    /// The part of the sum insured that a product takes for lost, bps: by its strike and floor when a price decides, as
    /// if the lowest had lasted; the whole when nothing is known.
    #[must_use]
    pub fn severity_bps(&self, line: &crate::Line) -> u16 {
        let by_price = line.price.zip(self.lowest_price).and_then(|(at, lowest)| {
            let units = (lowest * 10f64.powi(-at.exponent)).round() as u64;
            trigger::severity_bps(units, at.strike, at.floor)
        });
        by_price.unwrap_or_else(|| bps(self.severity().unwrap_or(1.0)))
    }

    /// The products of a book that stand for its cause.
    #[must_use]
    pub fn products(&self, past: &Past, book: &Book) -> Vec<usize> {
        let kinds = past.causes.get(&self.cause).map_or(&[][..], Vec::as_slice);
        let lines = book.products.iter().enumerate().filter(|(_, line)| kinds.contains(&line.kind));
        lines.map(|(product, _)| product).collect()
    }
}

/// What a real incident would do to one product today.
#[derive(Clone, Debug, PartialEq)]
pub struct Replayed {
    /// Which: an index into the incidents.
    pub incident: usize,
    /// The part of each sum insured that is lost, bps.
    pub severity_bps: u16,
    /// What came of it.
    pub settled: Settled,
}

/// Lets each incident strike each product of its kinds, alone, as soon as every cover that is bought has begun: each on
/// the pool as it is, none after another. Incidents that no product stands for are left out.
#[must_use]
pub fn replay(assumptions: &Assumptions, plan: &Plan, incidents: &[Incident]) -> Vec<Replayed> {
    struct Last(Option<Settled>);
    impl Watch for Last {
        fn settles(&mut self, settled: &Settled) {
            self.0 = Some(*settled);
        }
    }
    let Some(past) = &assumptions.past else { return Vec::new() };
    let (mut run, mut rng) = (Run::new(plan), ChaCha8Rng::seed_from_u64(0));
    let (mut replayed, after) = (Vec::new(), plan.book.waiting());
    for (index, incident) in incidents.iter().enumerate() {
        for product in incident.products(past, &plan.book) {
            let severity_bps = incident.severity_bps(&plan.book.products[product]);
            let mut last = Last(None);
            run.begin(&mut ());
            run.strike(after, &[Hit { product, severity_bps, holders: 1.0 }], &mut rng, &mut last);
            replayed.extend(last.0.map(|settled| Replayed { incident: index, severity_bps, settled }));
        }
    }
    replayed
}
