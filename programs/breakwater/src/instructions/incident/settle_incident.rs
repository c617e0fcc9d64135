use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Incident, Pool, Product, events::IncidentSettled};

/// Accounts of `settle_incident`.
#[derive(Accounts)]
pub struct SettleIncident {
    /// Gets the tip.
    #[account(mut)]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The ballot that decides it; none when a price opened it and nobody challenged it.
    #[account(mut, address = incident.ballot @ BreakwaterError::WrongBallot)]
    pub ballot: Option<Account<Ballot>>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Ends an incident whose ballot is final: settles its claims by one factor once filing and disputes are over, or
/// rejects it. Anyone may.
pub fn settle_incident(ctx: &mut Context<SettleIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let verdict = accounts.incident.decide(accounts.ballot.as_deref_mut(), now)?;
    let counts = accounts.incident.counts(verdict);
    if counts {
        accounts.incident.settle(&mut accounts.pool, now)?;
    } else {
        accounts.incident.reject(&mut accounts.pool, verdict, now)?;
    }
    accounts.product.end_incident(!counts, now)?;
    accounts.pool.hold_exits(now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentSettled {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        state: u64::from(accounts.incident.state),
        approved: accounts.incident.approved,
        settled: accounts.incident.settled,
        bond_state: u64::from(accounts.incident.bond_state),
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.incident, &accounts.caller)
}
