//! Figures that are shown, and the slack of a quote.

use crate::{Answer, accrued, object, read};
use breakwater_state::Policy;
use coverage_math::figures::{self, Step};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The most that is paid where so much was quoted.
#[wasm_bindgen(js_name = atMost)]
#[must_use]
pub fn at_most(quote: u64) -> u64 {
    figures::at_most(quote)
}

/// The least that is taken where so much was quoted.
#[wasm_bindgen(js_name = atLeast)]
#[must_use]
pub fn at_least(quote: u64) -> u64 {
    figures::at_least(quote)
}

/// How much worse than its quote a price may become until it is confirmed, bps.
#[wasm_bindgen(js_name = slackBps)]
#[must_use]
pub fn slack_bps() -> u16 {
    figures::SLACK_BPS
}

/// A part of a whole, bps, rounded down; `undefined` of nothing.
#[wasm_bindgen(js_name = partBps)]
#[must_use]
pub fn part_bps(part: u64, whole: u64) -> Option<u32> {
    figures::part_bps(part, whole)
}

/// The sum of amounts; `undefined` when it does not fit.
#[wasm_bindgen]
#[must_use]
pub fn total(amounts: &[u64]) -> Option<u64> {
    amounts.iter().copied().try_fold(0, coverage_math::sum)
}

/// How much of the time of a policy is gone, from its sale to its end, bps.
#[wasm_bindgen(js_name = goneBps)]
pub fn gone_bps(policy: &[u8], now: u64) -> Answer<u32> {
    let policy: Policy = read(policy)?;
    Ok(figures::gone_bps(policy.bought_at, policy.end, now))
}

/// Active cover of what the free capital of a pool carries now, bps; `undefined` without any.
#[wasm_bindgen(js_name = utilisationBps)]
pub fn utilisation_bps(pool: &[u8], now: u64) -> Answer<Option<u32>> {
    let pool = accrued(pool, now)?;
    Ok(figures::part_bps(pool.active_cover, pool.cover_limit()?))
}

/// Free capital of a pool of its active cover now, bps; `undefined` without cover.
#[wasm_bindgen(js_name = coverageBps)]
pub fn coverage_bps(pool: &[u8], now: u64) -> Answer<Option<u32>> {
    let pool = accrued(pool, now)?;
    Ok(figures::part_bps(pool.free_capital()?, pool.active_cover))
}

/// What the running streams of a pool earn in a year of its capital now, bps; `undefined` without capital.
#[wasm_bindgen(js_name = yieldBps)]
pub fn yield_bps(pool: &[u8], now: u64) -> Answer<Option<u32>> {
    let pool = accrued(pool, now)?;
    Ok(figures::yield_bps(pool.rate, pool.capital))
}

/// The annual rate of a premium for so much cover from one time until another, ppm; `undefined` for no cover or no time.
#[wasm_bindgen(js_name = annualPpm)]
#[must_use]
pub fn annual_ppm(premium: u64, amount: u64, from: u64, until: u64) -> Option<u32> {
    figures::annual_ppm(premium, amount, from, until)
}

/// What a share gained in the last 30 days, in parts of 10^12, and from when that is counted; `undefined` when nobody has
/// had shares. Steps lie one after the other, five numbers each: when, the capital after it, what LPs brought, what they
/// took, and what had been earned.
#[wasm_bindgen(unchecked_return_type = "{ gain: bigint; since: bigint; whole: boolean } | undefined")]
#[must_use]
pub fn earnings(steps: &[u64], capital: u64, now: u64) -> JsValue {
    let (steps, _) = steps.as_chunks();
    let steps = steps.iter().map(|[at, capital, brought, taken, earned]| Step {
        at: *at,
        capital: *capital,
        brought: *brought,
        taken: *taken,
        earned: *earned,
    });
    figures::earnings(steps, capital, now).map_or(JsValue::UNDEFINED, |found| {
        object([("gain", found.gain.into()), ("since", found.since.into()), ("whole", found.whole.into())])
    })
}

/// For how long [`earnings`] are told, seconds.
#[wasm_bindgen(js_name = earningsPeriod)]
#[must_use]
pub fn earnings_period() -> u64 {
    figures::EARNINGS_PERIOD
}

/// The gain of a year at a rate, in the same parts; `undefined` of a loss, and before a day has passed.
#[wasm_bindgen]
#[must_use]
pub fn yearly(gain: i64, since: u64, now: u64) -> Option<i64> {
    figures::yearly(gain, since, now)
}
