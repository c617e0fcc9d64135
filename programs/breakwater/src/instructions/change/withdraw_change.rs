use crate::log::log;
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, Pool, events::ChangeWithdrawn};

/// Accounts of `withdraw_change`.
#[derive(Accounts)]
pub struct WithdrawChange {
    /// Who proposed it, or the pool's authority.
    pub proposer: Signer,
    /// The pool.
    #[account(address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
}

/// Takes a change back that an authority queued and nobody has applied. The one who proposed it, or who has the authority
/// now; what an assembly decides nobody takes back.
pub fn withdraw_change(ctx: &mut Context<WithdrawChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.change.withdraw(accounts.proposer.address(), &accounts.pool.authority)?;

    log(&ChangeWithdrawn {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        by: *accounts.proposer.address(),
    });
    Ok(())
}
