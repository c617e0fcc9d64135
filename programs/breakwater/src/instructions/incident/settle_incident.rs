use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, Pool, Product, events::IncidentSettled};

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
    /// The next incident of the product; none when it is the last.
    pub next_incident: Option<Account<Incident>>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Ends a decided incident, once those before it on its product have: settles its claims by one factor once filing and
/// disputes are over, or rejects it. Anyone may.
pub fn settle_incident(ctx: &mut Context<SettleIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    accounts.incident.settle(accounts.next_incident.as_deref(), pool, product, now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentSettled {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        state: u64::from(accounts.incident.state),
        approved: accounts.incident.approved,
        settled: accounts.incident.settled,
        contested: accounts.incident.contested,
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.incident, &accounts.caller)
}
