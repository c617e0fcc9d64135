//! What prices and draws entitle to.

use crate::{BPS, bps_floor, cover, wide::mul_div_floor};

/// The part of a sum insured that a price of a breach stands for, bps: none at the strike, all at the floor or below,
/// linear between, rounded down.
///
/// `None` when the floor is not below the strike.
#[must_use]
pub fn severity_bps(price: u64, strike: u64, floor: u64) -> Option<u16> {
    let depth = strike.checked_sub(floor).filter(|depth| *depth > 0)?;
    let below = strike.saturating_sub(price).min(depth);
    u16::try_from(mul_div_floor(below, BPS.into(), depth)?).ok()
}

/// The mean of severities over the `duration` they were summed up over, bps, rounded down.
///
/// `None` for no duration, or when the sum is of more.
#[must_use]
pub fn mean_severity_bps(severity_seconds: u64, duration: u32) -> Option<u16> {
    let mean = u16::try_from(severity_seconds.checked_div(duration.into())?).ok()?;
    (mean <= BPS).then_some(mean)
}

/// What a policy over `amount` loses by a breach of `severity_bps`, atoms: that part of the sum insured, rounded down.
#[must_use]
pub fn breach_loss(amount: u64, severity_bps: u16) -> Option<u64> {
    bps_floor(amount, severity_bps)
}

/// What a breach of `severity_bps` entitles a policy over `amount` to, atoms: its loss less the deductible; `None` when
/// nothing is left.
#[must_use]
pub fn breach_claim(amount: u64, severity_bps: u16, deductible_bps: u16) -> Option<u64> {
    cover::claimable(breach_loss(amount, severity_bps)?, amount, deductible_bps)
}

/// What all `losses` reported so far entitle a policy over `amount` to, atoms: what exceeds the deductible, up to the
/// sum insured.
#[must_use]
pub const fn drawable(losses: u64, amount: u64, deductible: u64) -> u64 {
    let above = losses.saturating_sub(deductible);
    if above < amount { above } else { amount }
}

/// What of `due` can be drawn now, atoms, when `drawn` was in this period and `free` of the capital is not set aside: a
/// period takes at most `limit_bps` of the free capital, what it took already counted in, rounded down.
#[must_use]
pub fn draw(due: u64, drawn: u64, free: u64, limit_bps: u16) -> Option<u64> {
    let limit = bps_floor(free.checked_add(drawn)?, limit_bps)?;
    Some(due.min(limit.saturating_sub(drawn)).min(free))
}
