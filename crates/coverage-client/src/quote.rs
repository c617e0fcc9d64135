//! What a sale would cost, from a pool's and a product's account: the same numbers and the same errors as
//! `quote_cover`, without asking the chain.

use crate::{BreakwaterError, Policy, Pool, Product, Quote, product_status};
use coverage_math::{
    cover::{self, Period, PremiumSplit},
    day_of, stream,
};

const OVERFLOW: BreakwaterError = BreakwaterError::MathOverflow;

/// What a cover of `amount` for `term_days` would cost at `now`.
///
/// # Errors
/// Those of `quote_cover`.
pub fn cover(pool: &Pool, product: &Product, amount: u64, term_days: u16, now: u64) -> Result<Quote, BreakwaterError> {
    let (pool, product) = up_to(pool, product, now)?;
    let check = |holds, error| if holds { Ok(()) } else { Err(error) };
    check(now >= pool.paused_until, BreakwaterError::Paused)?;
    check(amount > 0, BreakwaterError::ZeroAmount)?;
    check_on_sale(&product)?;
    check((product.min_amount..=product.max_amount).contains(&amount), BreakwaterError::AmountOutOfBounds)?;
    check((product.min_term_days..=product.max_term_days).contains(&term_days), BreakwaterError::TermOutOfBounds)?;
    let period = Period::of_sale(now, product.waiting_days, term_days, product.grace_days).ok_or(OVERFLOW)?;
    let premium = premium(&pool, &product, product.active_cover, amount, period.seconds)?;

    let free = pool.free_capital().ok_or(OVERFLOW)?;
    let group = usize::from(product.group);
    let mut capacity = u64::MAX;
    for (bps, active, error) in [
        (product.weight_bps, product.active_cover, BreakwaterError::ProductCapacity),
        (pool.group_caps_bps[group], pool.group_active[group], BreakwaterError::GroupCapacity),
        (pool.leverage_bps, pool.active_cover, BreakwaterError::PoolCapacity),
    ] {
        let room = cover::capacity(free, bps).ok_or(OVERFLOW)?.saturating_sub(active);
        check(amount <= room, error)?;
        capacity = capacity.min(room);
    }
    // The rings must have room too.
    let mut ring = product.cover_ring;
    stream::add(&mut ring, day_of(now), period.release_day, amount).ok_or(OVERFLOW)?;
    Ok(Quote { premium, capacity, cover_from: period.cover_from, end: period.end() })
}

/// What `days` more of a policy would cost at `now`, and until when it would cover.
///
/// # Errors
/// Those of `extend_cover`.
pub fn extension(
    pool: &Pool,
    product: &Product,
    policy: &Policy,
    days: u16,
    now: u64,
) -> Result<(u64, u64), BreakwaterError> {
    let (pool, product) = up_to(pool, product, now)?;
    check_on_sale(&product)?;
    if policy.open_claims > 0 {
        return Err(BreakwaterError::ClaimOpen);
    }
    if now >= policy.end || policy.cancelled == 1 {
        return Err(BreakwaterError::PolicyEnded);
    }
    let amount = policy.amount.checked_sub(policy.claimed).ok_or(OVERFLOW)?;
    if amount == 0 {
        return Err(BreakwaterError::PolicyExhausted);
    }
    let end_day = day_of(policy.end);
    let seconds =
        cover::extension_seconds(now, end_day, days, product.max_term_days).ok_or(BreakwaterError::TermOutOfBounds)?;
    let active = product.active_cover.checked_sub(amount).ok_or(OVERFLOW)?;
    let end = coverage_math::start_of(end_day.saturating_add(u64::from(days))).ok_or(OVERFLOW)?;
    Ok((premium(&pool, &product, active, amount, seconds)?, end))
}

/// What a buyer pays for a cover of this price with a commission of `commission_bps` on top.
#[must_use]
pub fn with_commission(pool: &Pool, price: u64, commission_bps: u16) -> Option<u64> {
    Some(PremiumSplit::of(price, commission_bps, pool.protocol_fee_bps, pool.assessor_fee_bps)?.premium)
}

/// What a cancellation at `now` would refund; `None` when nothing is left to refund.
#[must_use]
pub fn refund(policy: &Policy, now: u64) -> Option<u64> {
    let end = coverage_math::start_of(cover::cancelled_end_day(now)?)?;
    let seconds = policy.end.checked_sub(end).filter(|seconds| *seconds > 0)?;
    let unearned = u128::from(policy.rate).checked_mul(u128::from(seconds))? >> stream::RATE_BITS;
    let unearned = u64::try_from(unearned).ok()?;
    unearned.checked_sub(cover::cancel_fee(unearned, policy.cancel_fee_bps)?)
}

/// The accounts as an instruction at `now` would find them after it accrued.
fn up_to(pool: &Pool, product: &Product, now: u64) -> Result<(Pool, Product), BreakwaterError> {
    let (mut pool, mut product) = (*pool, *product);
    pool.accrue(now).ok_or(OVERFLOW)?;
    product.roll(&mut pool, now).ok_or(OVERFLOW)?;
    Ok((pool, product))
}

fn check_on_sale(product: &Product) -> Result<(), BreakwaterError> {
    match product.status {
        product_status::ON_SALE => {}
        product_status::DELISTED => return Err(BreakwaterError::ProductDelisted),
        _ => return Err(BreakwaterError::ProductNotListed),
    }
    if product.has_open_incident() {
        return Err(BreakwaterError::IncidentOpen);
    }
    if product.price.is_breached() {
        return Err(BreakwaterError::BreachRunning);
    }
    Ok(())
}

fn premium(pool: &Pool, product: &Product, active: u64, amount: u64, seconds: u32) -> Result<u64, BreakwaterError> {
    let capacity = product.capacity(pool).ok_or(OVERFLOW)?;
    if active.checked_add(amount).ok_or(OVERFLOW)? > capacity {
        return Err(BreakwaterError::ProductCapacity);
    }
    let premium = product.curve().premium(capacity, active, amount, seconds).ok_or(OVERFLOW)?;
    Ok(premium.max(pool.min_premium))
}
