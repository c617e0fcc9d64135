//! What a sale would cost, from a pool's and a product's account: the program's own transitions, made on copies. The same
//! numbers and the same errors as on chain, without asking it.

use breakwater_state::{ExtensionRequest, Policy, Pool, Product, Quote, Result};

/// What a cover of `amount` for `term_days` would cost at `now`, and the most that could be bought.
///
/// # Errors
/// Those of `quote_cover`.
pub fn cover(pool: &Pool, product: &Product, amount: u64, term_days: u16, now: u64) -> Result<Quote> {
    let (mut pool, mut product) = (*pool, *product);
    product.quote(&mut pool, amount, term_days, now)
}

/// What `days` more of a policy would cost at `now`, and until when it would cover.
///
/// # Errors
/// Those of `extend_cover`.
pub fn extension(pool: &Pool, product: &Product, policy: &Policy, days: u16, now: u64) -> Result<(u64, u64)> {
    let (mut pool, mut product, mut policy) = (*pool, *product, *policy);
    pool.accrue(now)?;
    product.roll(&mut pool, now)?;
    let request = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
    let split = policy.extend(&request, false, &mut pool, &mut product, now)?;
    Ok((split.premium, policy.end))
}

/// What a buyer pays for a cover of this price with a commission of `commission_bps` on top.
///
/// # Errors
/// [`breakwater_state::BreakwaterError::MathOverflow`].
pub fn with_commission(pool: &Pool, price: u64, commission_bps: u16) -> Result<u64> {
    Ok(pool.split_premium(price, u64::MAX, commission_bps)?.premium)
}

/// What a cancellation at `now` would refund.
///
/// # Errors
/// Those of `cancel_cover`.
pub fn refund(pool: &Pool, product: &Product, policy: &Policy, now: u64) -> Result<u64> {
    let (mut pool, mut product, mut policy) = (*pool, *product, *policy);
    pool.accrue(now)?;
    product.roll(&mut pool, now)?;
    Ok(policy.cancel(0, &mut pool, &mut product, now)?.0)
}
