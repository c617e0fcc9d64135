//! One policy: when it covers, where its premium goes, what it can still claim.

use crate::{
    BPS, DAY, bps_ceil, bps_floor, day_of, seconds_of, start_of,
    stream::RATE_BITS,
    sum,
    wide::{mul_div_ceil, mul_div_floor, mul_wide, part_floor},
};

/// When a policy covers and when its capacity is free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First covered second.
    pub cover_from: u64,
    /// Day whose first second ends the cover.
    pub end_day: u64,
    /// Day whose first second releases the capacity: end + grace.
    pub release_day: u64,
    /// Seconds that are paid for: from the sale until the capacity is released.
    pub seconds: u32,
}

impl Period {
    /// Last covered second, unix: the first second of the end day.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.end_day.wrapping_mul(DAY) // of_sale has computed it without overflow
    }

    /// The period of a policy bought at `now`: cover starts after the waiting period and ends at the first day boundary
    /// at or after the term, so the buyer gets no less than the term. They pay for as long as nobody else can have the
    /// capacity: waiting, term and grace.
    #[must_use]
    pub fn of_sale(now: u64, waiting_days: u16, term_days: u16, grace_days: u16) -> Option<Self> {
        let cover_from = sum(now, seconds_of(waiting_days))?;
        let end_day = sum(cover_from, seconds_of(term_days))?.div_ceil(DAY);
        let release_day = sum(end_day, u64::from(grace_days))?;
        let seconds = start_of(release_day)?.checked_sub(now)?;
        Some(Self { cover_from, end_day, release_day, seconds: u32::try_from(seconds).ok()? })
    }
}

/// The day whose first second ends a cover that is cancelled at `now`: the next one. Until then it is paid for.
#[must_use]
pub fn cancelled_end_day(now: u64) -> Option<u64> {
    day_of(now).checked_add(1)
}

/// The day on which capacity is free that is given back at `now`, whatever it covered: the one after the next. So nobody who waits
/// to leave keeps themselves in by cover of their own, and lets go in the second of a loss.
#[must_use]
pub fn freed_day(now: u64) -> Option<u64> {
    day_of(now).checked_add(2)
}

/// Seconds of an extension by `days`, which begins where the cover ends, at a day boundary; `None` for none at all or
/// when the cover would then end more than `max_term_days` from `now`.
#[must_use]
pub fn extension_seconds(now: u64, end_day: u64, days: u16, max_term_days: u16) -> Option<u32> {
    let new_end = start_of(end_day.checked_add(u64::from(days))?)?;
    if days == 0 || new_end.checked_sub(now)? > seconds_of(max_term_days) {
        return None;
    }
    u32::try_from(seconds_of(days)).ok()
}

/// The price of `seconds` of a stream of `rate`, atoms × 2^26 a second: what must be paid so that, less the fees, as much is left to
/// stream. Rounded down, twice, so that more of a cover at the price at which it was sold costs that price.
#[must_use]
pub fn price_of_rate(rate: u64, seconds: u32, protocol_fee_bps: u16, assessor_fee_bps: u16) -> Option<u64> {
    let streams = mul_div_floor(rate, seconds.into(), 1 << RATE_BITS)?;
    let left_bps = BPS.checked_sub(protocol_fee_bps)?.checked_sub(assessor_fee_bps)?;
    mul_div_floor(streams, BPS.into(), left_bps.into())
}

/// What a cancellation costs of the `unearned` it gives back, rounded up.
#[must_use]
pub fn cancel_fee(unearned: u64, fee_bps: u16) -> Option<u64> {
    bps_ceil(unearned, fee_bps)
}

/// Where a premium goes. The parts add up to the premium.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PremiumSplit {
    /// All that is paid: the price of the cover and the commission.
    pub premium: u64,
    /// To the distributor's account, rounded down.
    pub commission: u64,
    /// To the treasury bucket, rounded down.
    pub protocol_fee: u64,
    /// To the assessors bucket, rounded down.
    pub assessor_fee: u64,
    /// The rest, to the LPs over time.
    pub unearned: u64,
}

impl PremiumSplit {
    /// Adds the commission to the `price` of a cover and splits the price by the fees, all of them fractions of it;
    /// what the fees round off stays with the LPs.
    ///
    /// The commission comes on top, so that a buyer who names themselves as the distributor takes nothing from the LPs.
    #[must_use]
    pub fn of(price: u64, commission_bps: u16, protocol_fee_bps: u16, assessor_fee_bps: u16) -> Option<Self> {
        let commission = bps_floor(price, commission_bps)?;
        let protocol_fee = bps_floor(price, protocol_fee_bps)?;
        let assessor_fee = bps_floor(price, assessor_fee_bps)?;
        let unearned = price.checked_sub(protocol_fee)?.checked_sub(assessor_fee)?;
        Some(Self { premium: sum(price, commission)?, commission, protocol_fee, assessor_fee, unearned })
    }
}

/// The most active cover a limit of `bps` of free capital allows, rounded down.
#[must_use]
pub fn capacity(free: u64, bps: u16) -> Option<u64> {
    bps_floor(free, bps)
}

/// What the holder bears of a loss: `deductible_bps` of the sum insured, rounded up.
#[must_use]
pub fn deductible(amount: u64, deductible_bps: u16) -> Option<u64> {
    bps_ceil(amount, deductible_bps)
}

/// What a loss of `loss` entitles to: the loss less the deductible; `None` when nothing is left.
#[must_use]
pub fn claimable(loss: u64, amount: u64, deductible_bps: u16) -> Option<u64> {
    loss.checked_sub(deductible(amount, deductible_bps)?).filter(|net| *net > 0)
}

/// Whether an event at `occurred_at` falls into the cover: `cover_from ≤ occurred_at ≤ end`.
#[must_use]
pub const fn covers(cover_from: u64, end: u64, occurred_at: u64) -> bool {
    cover_from <= occurred_at && occurred_at <= end
}

/// Over how many days lost bonds, surpluses and roundings reach the LPs.
pub const INCOME_DAYS: u16 = 7;
/// Over how many days a recovery reaches them at least.
pub const RECOVERY_DAYS: u16 = 30;
/// Over how many days a recovery or a surplus reaches them at most.
const MOST_INCOME_DAYS: u16 = 365;

/// The day a stream of `days` ends that starts at `now`: the first day boundary at least that far away.
#[must_use]
pub fn income_end_day(now: u64, days: u16) -> Option<u64> {
    Some(day_of(now.checked_add(seconds_of(days))?.checked_add(DAY.wrapping_sub(1))?))
}

/// Over how many days at least other income of `amount`, all that streams together, reaches the LPs of so much `capital`: a year where it is
/// as large, in proportion where it is smaller, rounded up.
#[must_use]
pub fn income_days(amount: u64, capital: u64) -> u16 {
    if amount >= capital {
        return MOST_INCOME_DAYS;
    }
    let days = mul_div_ceil(amount, MOST_INCOME_DAYS.into(), capital).and_then(|days| u16::try_from(days).ok());
    days.unwrap_or(MOST_INCOME_DAYS).min(MOST_INCOME_DAYS)
}

/// Whether other income of `amount` that ends on `end_day` takes at least [`income_days`] from `now` on: that
/// `income_end_day(now, income_days(amount, capital))` is no later day, without a quotient by the capital.
#[must_use]
pub fn income_takes(amount: u64, capital: u64, now: u64, end_day: u64) -> bool {
    let Some(seconds) = start_of(end_day).and_then(|end| end.checked_sub(now)) else { return false };
    let days = seconds / DAY;
    let most = u64::from(MOST_INCOME_DAYS);
    if days >= most {
        return true;
    }
    if capital < 1 << 55 {
        // In one word: both factors are below 2^9.
        return amount < capital && amount.wrapping_mul(most) <= capital.wrapping_mul(days);
    }
    amount < capital && mul_wide(amount, most) <= mul_wide(capital, days)
}

/// The day on which two streams end as one: of `left` atoms that would end on `left_day`, and of `amount` that would end on
/// `end_day`. The mean by amounts, rounded towards the day on which what is left ends: small amounts move it in no number.
#[must_use]
pub fn joint_end_day(left: u64, left_day: u64, amount: u64, end_day: u64) -> Option<u64> {
    let total = sum(left, amount)?;
    if total == 0 {
        return Some(end_day);
    }
    let days = mul_div_floor(amount, left_day.abs_diff(end_day), total)?;
    if end_day > left_day { sum(left_day, days) } else { left_day.checked_sub(days) }
}

/// What `part` of `whole` has of something worth `amount`, rounded down.
#[must_use]
pub fn part_of(amount: u64, part: u64, whole: u64) -> Option<u64> {
    if part == whole { Some(amount) } else { part_floor(amount, part, whole) }
}
