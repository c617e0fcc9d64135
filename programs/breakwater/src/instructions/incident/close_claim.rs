use crate::{log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Claim, Incident, events::ClaimClosed};

/// Accounts of `close_claim`.
#[derive(Accounts)]
pub struct CloseClaim {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The incident.
    #[account(mut, address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = claim.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes the account of a claim that is paid in full or rejected, once its disputes are closed. Its rent goes back, a
/// tip of it to the caller. Anyone may. Its incident takes no claims any more, so it cannot be filed again.
pub fn close_claim(ctx: &mut Context<CloseClaim>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.claim.check_over(&accounts.incident)?;
    accounts.incident.leave()?;

    log(&ClaimClosed {
        incident: *accounts.incident.address(),
        claim: *accounts.claim.address(),
        paid: accounts.claim.paid,
    });
    rent::close_for(&mut accounts.claim, &accounts.rent_payer, &accounts.caller)
}
