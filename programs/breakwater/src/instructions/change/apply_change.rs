use crate::{clock::now, log::log, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, Pool, Product, events::ChangeApplied};

/// Accounts of `apply_change`.
#[derive(Accounts)]
pub struct ApplyChange {
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// The product, for a change of one.
    #[account(mut, address = change.product @ BreakwaterError::WrongProduct)]
    pub product: Option<Account<Product>>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Applies a queued change once the timelock it was queued with, and the pool's of now, have passed, and within 30 days
/// after the first: the pool or the product takes the new values, whose bounds are checked again. Policies, open incidents
/// and running ballots have copies of what they need. Whoever asked in time to leave before it has to be gone, unless
/// cover needs their capital. Anyone may.
pub fn apply_change(ctx: &mut Context<ApplyChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    if let Some(product) = &mut accounts.product {
        product.roll(&mut accounts.pool, now)?;
    }
    let proposal = accounts.change.execute(&accounts.pool, now)?;
    let before = proposal.apply(&mut accounts.pool, accounts.product.as_deref_mut())?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ChangeApplied {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        product: accounts.change.product,
        before: before.to_bytes()?,
        after: accounts.change.proposal,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
