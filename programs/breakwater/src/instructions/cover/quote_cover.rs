use crate::clock::now;
use alloc::{vec, vec::Vec};
use anchor_lang::{bytemuck, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Pool, Product, Quote};

/// Accounts of `quote_cover`; none is written.
#[derive(Accounts)]
pub struct QuoteCover {
    /// The pool.
    #[account(address = product.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    pub product: Account<Product>,
    /// The assembly that decides on what is sold: the product's, or the pool's where the product covers nothing.
    pub assembly: Account<Assembly>,
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
    let court = product.court_of_sale(pool, now)?;
    require!(anchor_lang::address_eq(accounts.assembly.address(), court), BreakwaterError::WrongAssembly);
    Ok(product.quote(pool, &accounts.assembly, amount, term_days, now)?)
}

/// A copy of an account's state on the heap, which the stack is too small for.
fn words<T: bytemuck::NoUninit>(state: &T) -> Vec<u64> {
    let mut words = vec![0; size_of::<T>() / 8];
    bytemuck::cast_slice_mut(&mut words).copy_from_slice(bytemuck::bytes_of(state));
    words
}
