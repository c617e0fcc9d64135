//! What a deposit would bring and a sale would cost, from a pool's and a product's account: the program's own transitions,
//! made on copies. The same numbers and the same errors as on chain, without asking it.

use breakwater_state::{Assembly, ExitEpoch, Policy, Pool, Product, Quote, Result, Season};

/// The pool as it is at `now`: what time has earned, released and seasoned since it was last touched is in it. Every figure that is
/// shown comes of this copy.
///
/// # Errors
/// [`breakwater_state::BreakwaterError::MathOverflow`], of books that are impossible.
pub fn accrued(pool: &Pool, now: u64) -> Result<Pool> {
    let mut pool = *pool;
    pool.accrue(now)?;
    Ok(pool)
}

/// The same of a pool and a product of it, whose cover of the days up to `now` is released.
///
/// # Errors
/// As [`accrued`].
pub fn rolled(pool: &Pool, product: &Product, now: u64) -> Result<(Pool, Product)> {
    let (mut pool, mut product) = (accrued(pool, now)?, *product);
    product.roll(&mut pool, now)?;
    Ok((pool, product))
}

/// What of the capital carries cover at `now`, or from the first sale on, and when more of it does, if nobody comes or leaves.
///
/// # Errors
/// As [`accrued`].
pub fn seasons(pool: &Pool, now: u64) -> Result<Vec<Season>> {
    { *pool }.quote_seasons(now)
}

/// The shares that a deposit of `amount` at `now` would mint.
///
/// # Errors
/// Those of `deposit`.
pub fn deposit(pool: &Pool, amount: u64, now: u64) -> Result<u64> {
    { *pool }.quote_deposit(amount, now)
}

/// What a cover of `amount` for `term_days` would cost at `now`, and the most that could be bought; `court` is that of
/// [`Product::court_of_sale`].
///
/// # Errors
/// Those of `quote_cover`.
pub fn cover(pool: &Pool, product: &Product, court: &Assembly, amount: u64, term_days: u16, now: u64) -> Result<Quote> {
    { *product }.quote(&mut { *pool }, court, amount, term_days, now)
}

/// What `days` more of a policy would cost at `now`, and until when it would cover. `first` is the pool's first
/// exit epoch, if one waits.
///
/// # Errors
/// Those of `extend_cover`.
pub fn extension(
    pool: &Pool,
    product: &Product,
    policy: &Policy,
    first: Option<&ExitEpoch>,
    days: u16,
    now: u64,
) -> Result<(u64, u64)> {
    { *policy }.quote_extension(&mut { *pool }, &mut { *product }, first, days, now)
}

/// What a buyer pays for a cover of this price with a commission of `commission_bps` on top.
///
/// # Errors
/// [`breakwater_state::BreakwaterError::MathOverflow`].
pub fn with_commission(pool: &Pool, price: u64, commission_bps: u16) -> Result<u64> {
    Ok(pool.split_premium(price, u64::MAX, commission_bps)?.premium)
}

/// What giving `part` of the sum insured back at `now` would refund; `court` is that of [`Product::court`].
///
/// # Errors
/// Those of `reduce_cover`.
pub fn reduction(
    pool: &Pool,
    product: &Product,
    court: &Assembly,
    policy: &Policy,
    part: u64,
    now: u64,
) -> Result<u64> {
    Ok({ *policy }.quote_reduction(part, &mut { *pool }, &mut { *product }, court, now)?.0)
}

/// What a cancellation at `now` would refund; `court` is that of [`Product::court`].
///
/// # Errors
/// Those of `cancel_cover`.
pub fn refund(pool: &Pool, product: &Product, court: &Assembly, policy: &Policy, now: u64) -> Result<u64> {
    Ok({ *policy }.quote_refund(&mut { *pool }, &mut { *product }, court, now)?.0)
}
