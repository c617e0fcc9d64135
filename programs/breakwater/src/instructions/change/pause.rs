use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, events::PoolPaused};

/// Accounts of `pause`.
#[derive(Accounts)]
pub struct Pause {
    /// The pool's guardian.
    #[account(address = pool.guardian @ BreakwaterError::NotGuardian)]
    pub guardian: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
}

/// Pauses `deposit` and `buy_cover` for `seconds`, at most seven days, and nothing else; 0 ends the pause that runs. It
/// ends by itself, and for seven days after it no other can begin. The pool's guardian only.
pub fn pause(ctx: &mut Context<Pause>, seconds: u64) -> Result<()> {
    let pool = &mut ctx.accounts.pool;
    pool.pause(seconds, now()?)?;

    log(&PoolPaused { pool: *pool.address(), paused_until: pool.paused_until, next_pause_at: pool.next_pause_at });
    Ok(())
}
