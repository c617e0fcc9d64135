use crate::{log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Voter, events::VoterClosed};

/// Accounts of `close_voter`.
#[derive(Accounts)]
pub struct CloseVoter {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The assembly.
    #[account(mut, address = voter.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The voter.
    #[account(mut)]
    pub voter: Account<Voter>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = voter.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes a voter without stake, whose votes are all released. Its rent goes back, a tip of it to the caller. Anyone may: the
/// owner loses nothing by it, and is a voter again with the next stake.
pub fn close_voter(ctx: &mut Context<CloseVoter>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.voter.leave(&mut accounts.assembly)?;

    log(&VoterClosed {
        assembly: *accounts.assembly.address(),
        voter: *accounts.voter.address(),
        owner: accounts.voter.owner,
    });
    rent::close_for(&mut accounts.voter, &accounts.rent_payer, &accounts.caller)
}
