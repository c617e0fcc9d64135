//! The formulas of Breakwater coverage pools.
//!
//! Program, client, simulator and tests use this one code. Amounts are `u64` atoms of a token, rates are parts per
//! million per year (ppm), fractions are basis points (bps), times are unix seconds, a day is 86,400 of them.
//! Every function returns `None` instead of overflowing. Roundings are named in the function or its docstring, and
//! favour the pool over the caller.
#![no_std]

pub mod ballot;
pub mod contested;
pub mod cover;
pub mod curve;
pub mod exits;
pub mod figures;
pub mod prices;
pub mod settlement;
pub mod shares;
pub mod stake;
pub mod stream;
pub mod trigger;
pub mod wide;

/// Seconds in a day.
pub const DAY: u64 = 86_400;
/// Seconds in a year of 365 days, the year of every annual rate.
pub const YEAR: u64 = 31_536_000;
/// Basis points in one.
pub const BPS: u16 = 10_000;
/// Parts per million in one.
pub const PPM: u32 = 1_000_000;
/// Day slots in a ring. Cover is released and premium streams end within this many days of their sale.
pub const RING_DAYS: usize = 512;
/// The largest amount of capital, in atoms, for which every formula is proven exact.
pub const MAX_CAPITAL: u64 = 1 << 60;

/// `a + b`; `None` when it exceeds 64 bits.
#[must_use]
pub const fn sum(a: u64, b: u64) -> Option<u64> {
    // Compared, not added with a check: the SVM has no carry, and `checked_add` takes it twice as long.
    if a > !b { None } else { Some(a.wrapping_add(b)) }
}

/// The day `time` lies in, counted from the unix epoch.
#[must_use]
pub const fn day_of(time: u64) -> u64 {
    time / DAY
}

/// The day after the one that `time` lies in.
#[must_use]
pub const fn day_after(time: u64) -> u64 {
    day_of(time).wrapping_add(1) // a quotient by 86,400 is far below 2^64
}

/// The first second of `day`; `None` when it lies beyond 64 bits.
#[must_use]
pub const fn start_of(day: u64) -> Option<u64> {
    // Compared, not multiplied with a check: the SVM checks a product with a 128-bit one.
    if day > u64::MAX / DAY { None } else { Some(day.wrapping_mul(DAY)) }
}

/// Seconds of `days`.
#[must_use]
pub const fn seconds_of(days: u16) -> u64 {
    let [low, high] = days.to_le_bytes();
    u64::from_le_bytes([low, high, 0, 0, 0, 0, 0, 0]).wrapping_mul(DAY) // below 2^16 × 2^17
}

/// `amount × bps / 10,000`, rounded down; `None` when it exceeds 64 bits, which takes more than 10,000 bps.
///
/// Split so that no intermediate exceeds 64 bits: whole ten-thousands first, then the rest.
#[must_use]
pub fn bps_floor(amount: u64, bps: u16) -> Option<u64> {
    const ONE: u64 = 10_000;
    let (whole, rest) = (amount / ONE, amount % ONE);
    let part = rest.wrapping_mul(u64::from(bps)) / ONE; // rest < 10^4 and bps < 2^16: below 2^30
    parts(whole, bps, part)
}

/// `amount × bps / 10,000`, rounded up; `None` when it exceeds 64 bits, which takes more than 10,000 bps.
#[must_use]
pub fn bps_ceil(amount: u64, bps: u16) -> Option<u64> {
    const ONE: u64 = 10_000;
    let (whole, rest) = (amount / ONE, amount % ONE);
    let part = rest.wrapping_mul(u64::from(bps)).div_ceil(ONE);
    parts(whole, bps, part)
}

/// `whole × bps + part`, for parts below 2^30.
fn parts(whole: u64, bps: u16, part: u64) -> Option<u64> {
    let bps_word = u64::from(bps);
    // Below 2^47 × 2^16 + 2^30, or at most the amount that was split: the SVM checks a product with a 128-bit one.
    if whole < 1 << 47 || bps <= BPS {
        return Some(whole.wrapping_mul(bps_word).wrapping_add(part));
    }
    sum(whole.checked_mul(bps_word)?, part)
}
