use crate::{clock::now, log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, Pool, Product, events::FilingEnded};

/// Accounts of `end_filing`.
#[derive(Accounts)]
pub struct EndFiling {
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
}

/// Ends the filing of an incident that counts, once its window is over: what nobody claimed is free again, unless other
/// incidents of the product need it. No exit is paid before. Anyone may.
pub fn end_filing(ctx: &mut Context<EndFiling>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.incident.end_filing(&mut accounts.pool, &mut accounts.product, now)?;

    log(&FilingEnded {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.incident, &accounts.caller)
}
