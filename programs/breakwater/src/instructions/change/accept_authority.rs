use crate::log::log;
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, events::AuthorityAccepted};

/// Accounts of `accept_authority`.
#[derive(Accounts)]
pub struct AcceptAuthority {
    /// Who has been offered the authority.
    #[account(address = pool.pending_authority @ BreakwaterError::NotPendingAuthority)]
    pub pending_authority: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
}

/// Takes the authority over a pool, which a change has offered to the signer. That it signs shows that it can.
pub fn accept_authority(ctx: &mut Context<AcceptAuthority>) -> Result<()> {
    let pool = &mut ctx.accounts.pool;
    let authority = pool.authority;
    pool.accept_authority();

    log(&AuthorityAccepted { pool: *pool.address(), authority, new_authority: pool.authority });
    Ok(())
}
