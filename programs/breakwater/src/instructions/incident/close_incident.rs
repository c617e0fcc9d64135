use crate::{log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, events::IncidentClosed};

/// Accounts of `close_incident`.
#[derive(Accounts)]
pub struct CloseIncident {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// Who opened it and gets its rent back.
    #[account(mut, address = incident.opener @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub opener: UncheckedAccount,
}

/// Closes the account of an incident that ended, once its bond is gone and the accounts of all its claims and disputes
/// are closed. Its rent goes back, a tip of it to the caller. Anyone may.
pub fn close_incident(ctx: &mut Context<CloseIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.incident.check_over()?;

    log(&IncidentClosed {
        product: accounts.incident.product,
        incident: *accounts.incident.address(),
        paid: accounts.incident.paid,
    });
    rent::close_for(&mut accounts.incident, &accounts.opener, &accounts.caller)
}
