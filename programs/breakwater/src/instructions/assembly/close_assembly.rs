use crate::{log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, events::AssemblyClosed};

/// Accounts of `close_assembly`.
#[derive(Accounts)]
pub struct CloseAssembly {
    /// Who created it.
    #[account(address = assembly.creator @ BreakwaterError::NotAssemblyCreator)]
    pub creator: Signer,
    /// The assembly.
    #[account(mut)]
    pub assembly: Account<Assembly>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = assembly.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes an assembly that no pool and no voter needs. Its rent goes back. Its creator only: anyone else could close a new one
/// ahead of its first pool.
///
/// The empty stake vault stays. So no other assembly is ever created at this address, and nobody who read what this one asks
/// of stakers, or what its ballots ask for, finds other terms in its place.
pub fn close_assembly(ctx: &mut Context<CloseAssembly>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.assembly.check_unused()?;

    log(&AssemblyClosed { assembly: *accounts.assembly.address(), governance_mint: accounts.assembly.governance_mint });
    rent::close(&mut accounts.assembly, &accounts.rent_payer)
}
