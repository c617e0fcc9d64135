use crate::{clock::now, log::log, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Incident, Pool, events::RestSettled};

/// Accounts of `settle_rest`.
#[derive(Accounts)]
pub struct SettleRest {
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Gives the claims of a settled incident what was held back for other incidents, once none is open that was open then, and
/// as far as they left it: nobody's claims lose by a report that comes to nothing, or wait for later ones. Anyone may.
pub fn settle_rest(ctx: &mut Context<SettleRest>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let earned = accounts.pool.accrue(now()?)?;
    let more = accounts.incident.settle_rest(&mut accounts.pool)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&RestSettled {
        incident: *accounts.incident.address(),
        more,
        settled: accounts.incident.settled,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
