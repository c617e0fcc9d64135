use crate::{log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, Product, events::IncidentClosed};

/// Accounts of `close_incident`.
#[derive(Accounts)]
pub struct CloseIncident {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = incident.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes the account of an incident that ended, once its bond is gone and the accounts of all its claims and disputes
/// are closed. Its rent goes back, a tip of it to the caller. Anyone may.
pub fn close_incident(ctx: &mut Context<CloseIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.incident.check_over()?;
    accounts.product.close_incident()?;

    log(&IncidentClosed {
        product: accounts.incident.product,
        incident: *accounts.incident.address(),
        paid: accounts.incident.paid,
    });
    rent::close_for(&mut accounts.incident, &accounts.rent_payer, &accounts.caller)
}
