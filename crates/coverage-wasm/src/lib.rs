//! The formulas of Breakwater for TypeScript: `coverage-math`, compiled to WebAssembly by `cargo xtask wasm`.
//!
//! Nothing is computed here. Units, roundings and bounds are those of the functions called. Amounts, times and days are
//! `bigint`, rates and parts are `number`; where the result would exceed its bounds it is `undefined`. JavaScript cuts an
//! argument to the width of its type instead of refusing it, so pass only what accounts hold and `parseAmount` has read.

use coverage_math::{cover, curve::Curve, settlement, shares, stake, trigger};
use wasm_bindgen::prelude::wasm_bindgen;

/// The day that a unix second lies in, counted from the epoch.
#[wasm_bindgen(js_name = dayOf)]
#[must_use]
pub fn day_of(time: u64) -> u64 {
    coverage_math::day_of(time)
}

/// Seconds of so many days.
#[wasm_bindgen(js_name = secondsOf)]
#[must_use]
pub fn seconds_of(days: u16) -> u64 {
    coverage_math::seconds_of(days)
}

/// `amount × bps / 10,000`, rounded down.
#[wasm_bindgen(js_name = bpsFloor)]
#[must_use]
pub fn bps_floor(amount: u64, bps: u16) -> Option<u64> {
    coverage_math::bps_floor(amount, bps)
}

/// The most active cover that a limit of `bps` of the free capital allows, atoms, rounded down.
#[wasm_bindgen]
#[must_use]
pub fn capacity(free: u64, bps: u16) -> Option<u64> {
    cover::capacity(free, bps)
}

/// The marginal annual rate of a price curve at `active` of `capacity`, ppm, rounded up; `undefined` when there is no
/// capacity or less than is active.
#[wasm_bindgen(js_name = ratePpm)]
#[must_use]
pub fn rate_ppm(r0_ppm: u32, r1_ppm: u32, r2_ppm: u32, kink_bps: u16, capacity: u64, active: u64) -> Option<u32> {
    Curve { r0_ppm, r1_ppm, r2_ppm, kink_bps }.rate_ppm(capacity, active)
}

/// What the holder bears of a loss, atoms: `deductible_bps` of the sum insured, rounded up.
#[wasm_bindgen]
#[must_use]
pub fn deductible(amount: u64, deductible_bps: u16) -> Option<u64> {
    cover::deductible(amount, deductible_bps)
}

/// What a loss entitles a policy over `amount` to, atoms: the loss less the deductible; `undefined` when nothing is left.
#[wasm_bindgen]
#[must_use]
pub fn claimable(loss: u64, amount: u64, deductible_bps: u16) -> Option<u64> {
    cover::claimable(loss, amount, deductible_bps)
}

/// What a breach of `severity_bps` entitles a policy over `amount` to, atoms; `undefined` when that is nothing.
#[wasm_bindgen(js_name = breachClaim)]
#[must_use]
pub fn breach_claim(amount: u64, severity_bps: u16, deductible_bps: u16) -> Option<u64> {
    trigger::breach_claim(amount, severity_bps, deductible_bps)
}

/// The mean severity of a breach over the `duration` that it was summed up over, bps, rounded down.
#[wasm_bindgen(js_name = meanSeverityBps)]
#[must_use]
pub fn mean_severity_bps(severity_seconds: u64, duration: u32) -> Option<u16> {
    trigger::mean_severity_bps(severity_seconds, duration)
}

/// What a cancellation costs of the unearned premium that it gives back, atoms, rounded up.
#[wasm_bindgen(js_name = cancelFee)]
#[must_use]
pub fn cancel_fee(unearned: u64, fee_bps: u16) -> Option<u64> {
    cover::cancel_fee(unearned, fee_bps)
}

/// Decimals of a share beyond those of the asset.
#[wasm_bindgen(js_name = shareDecimals)]
#[must_use]
pub fn share_decimals() -> u8 {
    shares::SHARE_DECIMALS
}

/// Shares that a deposit of `amount` atoms mints, rounded down.
#[wasm_bindgen(js_name = sharesForDeposit)]
#[must_use]
pub fn shares_for_deposit(amount: u64, capital: u64, supply: u64) -> Option<u64> {
    shares::shares_for_deposit(amount, capital, supply)
}

/// Atoms that shares are worth, rounded down.
#[wasm_bindgen(js_name = assetsForShares)]
#[must_use]
pub fn assets_for_shares(shares: u64, capital: u64, supply: u64) -> Option<u64> {
    shares::assets_for_shares(shares, capital, supply)
}

/// What a claim has due of `settled` for `approved` in all, atoms, rounded down and less what was paid.
#[wasm_bindgen]
#[must_use]
pub fn due(claim: u64, settled: u64, approved: u64, paid: u64) -> Option<u64> {
    settlement::due(claim, settled, approved, paid)
}

/// The weight of a voter's lots in a ballot that counts what aged at or before `eligible_before`, atoms.
#[wasm_bindgen(js_name = stakeWeight)]
#[must_use]
pub fn stake_weight(amounts: &[u64], times: &[u64], eligible_before: u64) -> Option<u64> {
    stake::weight(amounts.iter().copied().zip(times.iter().copied()), eligible_before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lots_count_by_their_age() {
        assert_eq!(stake_weight(&[5, 7, 11], &[100, 101, 0], 100), Some(16));
        assert_eq!(stake_weight(&[u64::MAX, 1], &[0, 0], 0), None);
    }

    #[test]
    fn a_loss_is_claimable_beyond_a_deductible_that_is_rounded_up() {
        assert_eq!(deductible(10_001, 1_000), Some(1_001));
        assert_eq!(claimable(5_000, 10_001, 1_000), Some(3_999));
        assert_eq!(claimable(1_001, 10_001, 1_000), None);
    }
}
