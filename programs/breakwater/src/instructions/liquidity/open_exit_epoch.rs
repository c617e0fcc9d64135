// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::clock::now;
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, ExitEpoch, OrOverflow, Pool, seeds};

/// Accounts of `open_exit_epoch`.
#[derive(Accounts)]
#[instruction(day: u64)]
pub struct OpenExitEpoch {
    /// Pays the rent, and gets it back when the epoch is closed.
    #[account(mut)]
    pub payer: Signer,
    /// The pool.
    pub pool: Account<Pool>,
    /// The new epoch.
    #[account(init, payer = payer, seeds = [seeds::EXIT_EPOCH, pool.address().as_ref(), &day.to_le_bytes()], bump)]
    pub epoch: Account<ExitEpoch>,
    /// System program.
    pub system_program: Program<System>,
}

/// Creates the exit epoch of `day`, tomorrow, for what today's leave over. Anyone may; nothing happens to the books, so
/// it logs no event.
pub fn open_exit_epoch(ctx: &mut Context<OpenExitEpoch>, day: u64) -> Result<()> {
    let bump = ctx.bumps.epoch;
    let accounts = &mut ctx.accounts;
    let tomorrow = coverage_math::day_of(now()?).checked_add(1).or_overflow()?;
    require!(day == tomorrow, BreakwaterError::NotTomorrow);
    accounts.epoch.begin(bump, *accounts.pool.address(), *accounts.payer.address(), day);
    Ok(())
}
