use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, ExitEpoch, Incident, Pool, events::ContestedReleased};

/// Accounts of `release_contested`.
#[derive(Accounts)]
pub struct ReleaseContested {
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The exit epoch: the next that was paid while the incident was open.
    #[account(mut, constraint(anchor_lang::address_eq(&epoch.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub epoch: Account<ExitEpoch>,
}

/// Gives an exit epoch back what it has in an incident: its part of what nobody claimed, once filing is over, and its part of
/// what was not paid, once the incident is closed. Epochs come in their order. Anyone may.
///
/// What roundings left of it joins the income that streams, once nothing is contested any more, so the books are accrued first.
pub fn release_contested(ctx: &mut Context<ReleaseContested>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let earned = accounts.pool.accrue(now()?)?;
    let amount = accounts.incident.release(&mut accounts.epoch, &mut accounts.pool)?;

    log(&ContestedReleased {
        pool: *accounts.pool.address(),
        incident: *accounts.incident.address(),
        epoch: *accounts.epoch.address(),
        amount,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
