use crate::log::log;
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, Pool, events::ChangeWithdrawn};

/// Accounts of `withdraw_change`.
#[derive(Accounts)]
pub struct WithdrawChange {
    /// The pool's authority.
    pub authority: Signer,
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
}

/// Takes a change back that the authority queued and nobody has applied. What an assembly decides nobody takes back.
pub fn withdraw_change(ctx: &mut Context<WithdrawChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.change.withdraw(accounts.authority.address(), &mut accounts.pool)?;

    log(&ChangeWithdrawn {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        by: *accounts.authority.address(),
    });
    Ok(())
}
