//! Figures that tools and pages show, and the slack between what is quoted and what is accepted.
//!
//! No rule of the program depends on any of them.

use crate::{BPS, DAY, PPM, YEAR, bps_ceil, bps_floor, stream::RATE_BITS, wide::mul_div_floor};

/// How much worse than its quote a price may become until it is confirmed, bps: books and prices move by the second.
pub const SLACK_BPS: u16 = 50;

/// The most that is paid where `quote` was quoted: 0.5% more, rounded down, so that it is never more than that.
///
/// A quote of 1,999 becomes 2,008, for 0.5% of it are 9.995.
#[must_use]
pub fn at_most(quote: u64) -> u64 {
    quote.saturating_add(bps_floor(quote, SLACK_BPS).unwrap_or(0))
}

/// The least that is taken where `quote` was quoted: 0.5% less, rounded up, so that it is never less than that.
///
/// A quote of 1,999 becomes 1,990, for 99.5% of it are 1,989.005.
#[must_use]
pub fn at_least(quote: u64) -> u64 {
    bps_ceil(quote, BPS.saturating_sub(SLACK_BPS)).unwrap_or(quote)
}

/// `part` of `whole`, bps, rounded down, at most 2^32 − 1; `None` of nothing.
#[must_use]
pub fn part_bps(part: u64, whole: u64) -> Option<u32> {
    ratio(u128::from(part).checked_mul(BPS.into())?, whole.into())
}

/// How much of the time from `from` until `until` is gone at `now`, bps, rounded down.
#[must_use]
pub fn gone_bps(from: u64, until: u64, now: u64) -> u32 {
    let whole = until.saturating_sub(from);
    part_bps(now.saturating_sub(from).min(whole), whole).unwrap_or(BPS.into())
}

/// What streams of `rate`, atoms × 2^26 per second, earn in a year of the `capital` that carries them, bps, rounded down,
/// at most 2^32 − 1; `None` without capital.
#[must_use]
pub fn yield_bps(rate: u64, capital: u64) -> Option<u32> {
    let a_year = u128::from(rate).checked_mul(YEAR.into())?.checked_mul(BPS.into())?;
    ratio(a_year >> RATE_BITS, capital.into())
}

/// The annual rate of a `premium` for `amount` of cover from `from` until `until`, ppm, rounded down, at most 2^32 − 1;
/// `None` for no cover or no time.
#[must_use]
pub fn annual_ppm(premium: u64, amount: u64, from: u64, until: u64) -> Option<u32> {
    let a_year = u128::from(premium).checked_mul(YEAR.into())?.checked_mul(PPM.into())?;
    ratio(a_year, u128::from(amount).checked_mul(until.saturating_sub(from).into())?)
}

/// A quotient, rounded down, at most 2^32 − 1.
fn ratio(numerator: u128, denominator: u128) -> Option<u32> {
    Some(u32::try_from(numerator.checked_div(denominator)?).unwrap_or(u32::MAX))
}

/// What an event of a pool says of its capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// When, unix seconds.
    pub at: u64,
    /// The capital after it, atoms.
    pub capital: u64,
    /// What LPs brought in it, atoms.
    pub brought: u64,
    /// What LPs took out in it, atoms.
    pub taken: u64,
    /// What had been earned since the last accrual, atoms.
    pub earned: u64,
}

/// What a share gained over a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earnings {
    /// Gain per unit, in parts of [`GAIN_UNIT`]; negative after a loss.
    pub gain: i64,
    /// From when it is counted, unix seconds.
    pub since: u64,
    /// Whether all of [`EARNINGS_PERIOD`] is counted: otherwise the steps begin later.
    pub whole: bool,
}

/// The unit of [`Earnings::gain`].
pub const GAIN_UNIT: i64 = 1_000_000_000_000;
/// The time that earnings are told of, seconds.
pub const EARNINGS_PERIOD: u64 = 30 * DAY;

/// What a share gained in the last 30 days, or since the first step: the product of what each step made of the capital,
/// without what LPs brought or took. Steps are in order of time; `capital` is what there is `now`. What was earned between
/// two steps counts evenly, for the step that lies across the beginning. `None` when nobody has had shares, or when it does
/// not fit.
///
/// 1,000 became 1,010 by what they earned, LPs brought 8,990 more, and the 10,000 became 10,200: 1.01 × 1.02 is a gain of
/// 3.02%, for all who stayed.
#[must_use]
pub fn earnings(steps: impl IntoIterator<Item = Step>, capital: u64, now: u64) -> Option<Earnings> {
    let mut sum = Sum { start: now.saturating_sub(EARNINGS_PERIOD), factor: GAIN_UNIT.into(), since: None };
    let mut before: Option<Step> = None;
    for step in steps {
        if let Some(before) = &before {
            sum.count(before, step.at, step.capital, flow(&step)?, step.earned.into())?;
        }
        before = Some(step);
    }
    let last = before?;
    sum.count(&last, now, capital, 0, difference(capital, last.capital)?)?;
    let gain = i64::try_from(sum.factor.checked_sub(GAIN_UNIT.into())?).ok()?;
    let since = sum.since?;
    Some(Earnings { gain, since, whole: since == sum.start })
}

/// What the steps so far made of a unit of capital.
struct Sum {
    /// From when gains count, unix seconds.
    start: u64,
    /// What became of a unit, in parts of [`GAIN_UNIT`].
    factor: i128,
    /// From when they have been counted.
    since: Option<u64>,
}

impl Sum {
    /// Counts what the time from `before` until `at` made of the capital, `earned` of it evenly.
    fn count(&mut self, before: &Step, at: u64, capital: u64, flow: i128, earned: i128) -> Option<()> {
        if before.capital == 0 || at < self.start {
            return Some(());
        }
        self.since.get_or_insert(before.at.max(self.start));
        let mut gain = difference(capital, before.capital)?.checked_sub(flow)?;
        let outside = self.start.saturating_sub(before.at);
        if outside > 0 {
            let whole = i128::from(at.checked_sub(before.at)?);
            gain = gain.checked_sub(earned.checked_mul(outside.into())?.checked_div(whole)?)?;
        }
        let more = self.factor.checked_mul(gain)?.checked_div(before.capital.into())?;
        self.factor = self.factor.checked_add(more)?;
        Some(())
    }
}

/// What LPs brought in a step, less what they took out.
fn flow(step: &Step) -> Option<i128> {
    difference(step.brought, step.taken)
}

fn difference(a: u64, b: u64) -> Option<i128> {
    i128::from(a).checked_sub(b.into())
}

/// The gain of a year at the rate of `gain` since `since`, without interest on interest, in parts of [`GAIN_UNIT`]; `None`
/// of a loss, before a day has passed, or when it does not fit.
#[must_use]
pub fn yearly(gain: i64, since: u64, now: u64) -> Option<i64> {
    let time = now.checked_sub(since).filter(|time| *time >= DAY)?;
    i64::try_from(mul_div_floor(u64::try_from(gain).ok()?, YEAR, time)?).ok()
}
