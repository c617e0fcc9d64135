//! What the books become, worked out apart from the program's own accounts of it.

use coverage_client::Pool;
use coverage_math::{
    DAY, cover,
    stream::{self, RATE_BITS},
};

/// The pool at `now`, as far as seasons and new money go: in the days that have begun since its books were last brought up to
/// date nobody came or left.
#[must_use]
pub fn days_begun(mut pool: Pool, now: u64) -> Pool {
    let (last, today) = (pool.accrued_at / DAY, now / DAY);
    let staying = pool.shares - pool.exiting_shares;
    for day in last + 1..=today {
        pool.season_ring[slot_of(day)] = staying;
    }
    if today > last {
        let of_yesterday = if today == last + 1 { pool.deposited[0] } else { 0 };
        pool.deposited = [0, of_yesterday];
        pool.day_capital = pool.capital;
        let season = today.saturating_sub(pool.season_days.into())..=today;
        pool.seasoned_shares = season.map(|day| pool.season_ring[slot_of(day)]).min().expect("at least today");
    }
    pool.accrued_at = now;
    pool
}

fn slot_of(day: u64) -> usize {
    usize::try_from(day % 32).expect("below 32")
}

/// The pool once `amount` that no premium paid for streams to the LPs from now on, over seven days and the rest of one, or longer.
#[must_use]
pub fn streaming(pool: Pool, amount: u64) -> Pool {
    streaming_over(pool, amount, cover::INCOME_DAYS)
}

/// The same over `days` and the rest of one: as one stream with what still streams so, which ends at the mean of both ends by
/// amounts, rounded towards what still streams, or so much later that no more than the capital comes in a year.
#[must_use]
pub fn streaming_over(mut pool: Pool, amount: u64, days: u16) -> Pool {
    let now = pool.accrued_at;
    let mut end_day = cover::income_end_day(now, days).expect("a time");
    let mut total = amount;
    if pool.income_rate > 0 && pool.income_end_day * DAY > now {
        let scaled = u128::from(pool.income_rate) * u128::from(pool.income_end_day * DAY - now);
        let left = u64::try_from(scaled >> RATE_BITS).expect("part of what is unearned");
        pool.rate -= pool.income_rate;
        pool.rate_fraction += u64::try_from(scaled & ((1 << RATE_BITS) - 1)).expect("26 bits");
        pool.rate_ring[ring_slot(pool.income_end_day)] -= pool.income_rate;
        total += left;
        let days = i128::from(end_day) - i128::from(pool.income_end_day);
        let moved = i128::from(amount) * days / i128::from(total);
        end_day = pool.income_end_day.checked_add_signed(i64::try_from(moved).expect("days")).expect("a day");
    }
    let capital = pool.seasoned_capital().expect("a capital");
    let days = (u128::from(total) * 365).div_ceil(u128::from(capital.max(1))).min(365);
    let days = u16::try_from(if total >= capital { 365 } else { days }).expect("days of a year");
    let end_day = end_day.max(cover::income_end_day(now, days).expect("a time"));
    let stream = stream::stream(total, end_day * DAY - now).expect("it fits");
    pool.unearned += amount;
    pool.other_income += amount;
    pool.rate += stream.rate;
    pool.rate_fraction += stream.rest;
    pool.rate_ring[ring_slot(end_day)] += stream.rate;
    pool.income_rate = stream.rate;
    pool.income_end_day = end_day;
    pool
}

fn ring_slot(day: u64) -> usize {
    usize::try_from(day % 512).expect("below 512")
}
