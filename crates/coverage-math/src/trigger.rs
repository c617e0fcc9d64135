//! What prices and draws entitle to.

use crate::{
    BPS, bps_floor, cover,
    wide::{mul_div_ceil, mul_div_floor},
};

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

/// What the bucket that draws are paid from holds when it is full, atoms: half of `limit_bps` of the capital, rounded down.
/// As much flows into it in a period, so that none takes more than `limit_bps`, and no second more than half of that.
///
/// Example: 5% of 1,000,000 a day is a bucket of 25,000 that a day refills: 25,000 at once, 50,000 within the day.
#[must_use]
pub fn burst(capital: u64, limit_bps: u16) -> Option<u64> {
    Some(bps_floor(capital, limit_bps)? / 2)
}

/// What a bucket of `burst` atoms lacks that lacked `lacked` of `full` atoms so many seconds ago, atoms. When the capital has grown
/// the same part of it is lacking, rounded up, so that what comes in fills no bucket; when it has shrunk as much as before, at
/// most all. A period refills it, at an even pace, rounded down.
///
/// Example: 12,500 were taken of 25,000. When nine times the capital comes, the bucket lacks 125,000 of 250,000, and those who came
/// bear nine tenths of what it pays; when nine tenths leave, all of 2,500.
#[must_use]
pub fn lacking(lacked: u64, full: u64, burst: u64, elapsed: u64, period: u64) -> Option<u64> {
    if lacked == 0 || elapsed >= period {
        return Some(0);
    }
    let lacked = if burst > full { mul_div_ceil(burst, lacked, full)? } else { lacked.min(burst) };
    Some(lacked.saturating_sub(mul_div_floor(burst, elapsed, period)?))
}

/// What of `booked` atoms is due so many seconds after nobody could challenge them any more, whatever the bucket holds: all in the
/// time in which buckets of so much capital let as much flow, but in `longest` seconds at most; before that a part, rounded down.
///
/// It is what a bucket brings a booking of all the capital there was. One of less is paid by the bucket before it is due by
/// this, unless the capital has left or was lost meanwhile.
///
/// Example: 5% a day is half of that in a day's refill, and so a fortieth of what was booked is due each day.
#[must_use]
pub fn matured(booked: u64, elapsed: u64, period: u64, limit_bps: u16, longest: u64) -> Option<u64> {
    let term = mul_div_floor(period, (2 * BPS).into(), limit_bps.into())?.min(longest);
    mul_div_floor(booked, elapsed.min(term), term)
}
