use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, ExitEpoch, Pool, Product, events::ChangeMarked};

/// Accounts of `mark_change`.
#[derive(Accounts)]
pub struct MarkChange {
    /// The pool.
    #[account(address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// The product, for a change of one.
    #[account(address = change.product @ BreakwaterError::WrongProduct)]
    pub product: Option<Account<Product>>,
    /// The first exit epoch that is not paid in full; none when none waits.
    #[account(constraint(anchor_lang::address_eq(&first_exit.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub first_exit: Option<Account<ExitEpoch>>,
}

/// Notes that a queued change can be applied: unless somebody does, it lapses 30 days from now. Anyone may, also who hopes that
/// it lapses.
///
/// What it looks at time does not change, so it accrues nothing.
pub fn mark_change(ctx: &mut Context<MarkChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let (pool, product) = (&accounts.pool, accounts.product.as_deref());
    accounts.change.mark_ready(pool, product, accounts.first_exit.as_deref(), now)?;

    log(&ChangeMarked { pool: accounts.change.pool, change: *accounts.change.address(), ready_at: now });
    Ok(())
}
