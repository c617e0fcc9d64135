use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Change, Pool, events::AuthorityAccepted};

/// Accounts of `accept_authority`.
#[derive(Accounts)]
pub struct AcceptAuthority {
    /// Who gets the authority.
    pub new_authority: Signer,
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change of the authority.
    #[account(mut)]
    pub change: Account<Change>,
}

/// Applies a queued change of the authority once its time has come: the one it names takes the authority over. That they sign shows
/// that they can. All that who had it has queued falls with it.
pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let authority = accounts.change.hand_over(&mut accounts.pool, accounts.new_authority.address(), now()?)?;

    let new_authority = accounts.pool.authority;
    log(&AuthorityAccepted {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        authority,
        new_authority,
    });
    Ok(())
}
