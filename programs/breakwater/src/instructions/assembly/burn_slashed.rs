use crate::{
    log::log,
    token::{self, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, events::SlashBurned};

/// Accounts of `burn_slashed`.
#[derive(Accounts)]
pub struct BurnSlashed {
    /// The assembly.
    #[account(mut)]
    pub assembly: Account<Assembly>,
    /// Where the stakes are.
    #[account(mut, address = assembly.stake_vault @ BreakwaterError::WrongVault)]
    pub stake_vault: TokenAccount,
    /// Mint of the staked token.
    #[account(mut, address = assembly.governance_mint @ BreakwaterError::WrongMint)]
    pub governance_mint: UncheckedAccount,
    /// Token program of the mint.
    #[account(address = assembly.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Burns the stake that voters have lost, so that nobody gains by overturning a vote but those it wronged. Anyone may.
pub fn burn_slashed(ctx: &mut Context<BurnSlashed>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let amount = core::mem::take(&mut accounts.assembly.slashed);
    require!(amount > 0, BreakwaterError::NothingDue);
    token::burn(
        &accounts.token_program,
        &mut accounts.assembly,
        &mut accounts.governance_mint,
        &mut accounts.stake_vault,
        amount,
    )?;
    accounts.assembly.check_vault(accounts.stake_vault.amount())?;

    log(&SlashBurned { assembly: *accounts.assembly.address(), amount });
    Ok(())
}
