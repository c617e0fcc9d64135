//! The price of cover: the area under a bent line.

use crate::{ALL_BPS, Atoms, Outcome, ProductParams, Rule, YEAR, stored, up};
use num_bigint::BigInt;

/// `seconds / year × ∫ r(a / capacity) da` from `from` to `to`, rounded up. The rate r, of a year, is linear from `r0` at
/// no utilisation to `r1` at the kink, then to `r2` at full utilisation.
///
/// Lengths are in ten thousandths of an atom, so that the kink is a whole number of them.
pub fn premium(terms: &ProductParams, capacity: Atoms, from: Atoms, to: Atoms, seconds: u64) -> Outcome<Atoms> {
    let bps = Atoms::from(ALL_BPS);
    let (kink, full) = (capacity * Atoms::from(terms.kink_bps), capacity * bps);
    let (from, to) = (from * bps, to * bps);
    let (below, above) = (kink, full - kink);
    // Each area is a fraction of twice the length of its slope.
    let low = area((terms.r0_ppm, terms.r1_ppm), below, from.min(kink), to.min(kink));
    let high = area((terms.r1_ppm, terms.r2_ppm), above, (from - kink).max(0), (to - kink).max(0));
    let top = (low * above + high * below) * seconds;
    let bottom = BigInt::from(2) * below * above * bps * 1_000_000 * YEAR;
    let premium: BigInt = (top + &bottom - 1) / bottom;
    stored(Atoms::try_from(premium).map_err(|_| Rule::MathOverflow)?)
}

/// The premium of cover that is held already, from `from` to `to`, wherever the capacity ends: what lies above it costs the rate
/// of full utilisation. Each of the two parts is rounded up.
pub fn premium_of_held(terms: &ProductParams, capacity: Atoms, from: Atoms, to: Atoms, seconds: u64) -> Outcome<Atoms> {
    let edge = capacity.clamp(from, to);
    let within = if edge > from { premium(terms, capacity, from, edge, seconds)? } else { 0 };
    let above = up(to - edge, u64::from(terms.r2_ppm) * seconds, 1_000_000 * YEAR)?;
    stored(within + above)
}

/// The area between two points of a slope from one rate to another: the mean of the rates there, times their distance.
/// Twice the length of the slope times as much, so that nothing is divided.
fn area((start, end): (u32, u32), length: Atoms, from: Atoms, to: Atoms) -> BigInt {
    let (start, rise) = (BigInt::from(start), BigInt::from(end) - start);
    (start * 2 * length + rise * (from + to)) * (to - from)
}
