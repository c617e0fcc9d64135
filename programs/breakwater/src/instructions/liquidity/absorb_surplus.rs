use crate::{clock::now, log::log, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, events::SurplusAbsorbed};

/// Accounts of `absorb_surplus`.
#[derive(Accounts)]
pub struct AbsorbSurplus {
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Streams what was sent to the vault without an instruction to the LPs, over 7 to 365 days by its size. Anyone may.
pub fn absorb_surplus(ctx: &mut Context<AbsorbSurplus>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let earned = accounts.pool.accrue(now()?)?;
    let amount = accounts.pool.absorb_surplus(accounts.vault.amount())?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&SurplusAbsorbed { pool: *accounts.pool.address(), amount, earned, books: accounts.pool.books() });
    Ok(())
}
