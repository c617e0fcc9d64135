use crate::clock::now;
use alloc::{vec, vec::Vec};
use anchor_lang::{bytemuck, prelude::*};
use breakwater_state::{OrOverflow, Pool, Product, Quote};
use coverage_math::cover::Period;

/// Accounts of `quote_cover`; none is written.
#[derive(Accounts)]
pub struct QuoteCover {
    /// The pool.
    #[account(address = product.pool @ breakwater_state::BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    pub product: Account<Product>,
}

/// Returns the premium of `amount` for `term_days`, and the capacity, as return data: what `buy_cover` would do in this
/// very moment, with the same errors. For programs, and for anyone by simulation.
pub fn quote_cover(ctx: &mut Context<QuoteCover>, amount: u64, term_days: u16) -> Result<Quote> {
    let accounts = &ctx.accounts;
    let now = now()?;
    // What a sale would write is written to copies.
    let (mut pool, mut product) = (words(&*accounts.pool), words(&*accounts.product));
    let pool: &mut Pool = bytemuck::from_bytes_mut(bytemuck::cast_slice_mut(&mut pool));
    let product: &mut Product = bytemuck::from_bytes_mut(bytemuck::cast_slice_mut(&mut product));
    pool.accrue(now)?;
    product.roll(pool, now)?;
    product.check_sale(pool, amount, term_days)?;
    let period = Period::of_sale(now, product.waiting_days, term_days, product.grace_days).or_overflow()?;
    let free = pool.free_capital()?;
    let premium = product.premium(pool, free, amount, period.seconds)?;
    let capacity = product.room(pool)?;
    product.add_cover(pool, free, amount, period.release_day)?;

    Ok(Quote { premium, capacity, cover_from: period.cover_from, end: period.end() })
}

/// A copy of an account's state on the heap, which the stack is too small for.
fn words<T: bytemuck::NoUninit>(state: &T) -> Vec<u64> {
    let mut words = vec![0; size_of::<T>() / 8];
    bytemuck::cast_slice_mut(&mut words).copy_from_slice(bytemuck::bytes_of(state));
    words
}
