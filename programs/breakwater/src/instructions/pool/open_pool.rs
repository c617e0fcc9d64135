use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, events::PoolOpened};

/// Accounts of `open_pool`.
#[derive(Accounts)]
pub struct OpenPool {
    /// The pool's authority.
    #[account(address = pool.authority @ BreakwaterError::NotPoolAuthority)]
    pub authority: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
}

/// Announces the pool open, once: listing is frozen, what is listed later is a draft until a change puts it on sale. LPs may
/// still leave at once for seven days. Cover is sold once the longest of a season, the exit delay and two days, and these
/// seven days is over. The pool's authority only.
pub fn open_pool(ctx: &mut Context<OpenPool>) -> Result<()> {
    let pool = &mut ctx.accounts.pool;
    pool.open(now()?)?;

    log(&PoolOpened { pool: *pool.address(), opened_at: pool.opened_at, sells_from: pool.sells_from });
    Ok(())
}
