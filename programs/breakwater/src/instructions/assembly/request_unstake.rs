use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{Assembly, BreakwaterError, Voter, events::UnstakeRequested};

/// Accounts of `request_unstake`.
#[derive(Accounts)]
pub struct RequestUnstake {
    /// Owner of the stake.
    #[account(address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: Signer,
    /// The assembly.
    #[account(mut, address = voter.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The owner's voter account.
    #[account(mut)]
    pub voter: Account<Voter>,
}

/// Puts `amount` atoms of the stake on their way out, the youngest first: they count in no ballot any more and can be
/// taken once the assembly's delay is over, counted from the last request. The owner only, and only while none of the
/// owner's votes waits to be released.
pub fn request_unstake(ctx: &mut Context<RequestUnstake>, amount: u64) -> Result<()> {
    require!(amount > 0, BreakwaterError::ZeroAmount);
    let (assembly, voter) = (&mut ctx.accounts.assembly, &mut ctx.accounts.voter);
    voter.request_unstake(assembly, amount, now()?)?;

    log(&UnstakeRequested {
        assembly: *assembly.address(),
        voter: *voter.address(),
        amount,
        unstaking: voter.unstaking,
        ready_at: voter.unstake_ready_at,
        total_staked: assembly.total_staked,
    });
    Ok(())
}
