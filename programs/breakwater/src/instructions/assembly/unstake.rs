use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Voter, events::Unstaked};

/// Accounts of `unstake`.
#[derive(Accounts)]
pub struct Unstake {
    /// Owner of the stake.
    #[account(address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: Signer,
    /// The assembly.
    #[account(mut, address = voter.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The owner's voter account.
    #[account(mut)]
    pub voter: Account<Voter>,
    /// Where the stake goes; any token account the owner names.
    #[account(mut)]
    pub owner_token: UncheckedAccount,
    /// Where the stakes are.
    #[account(mut, address = assembly.stake_vault @ BreakwaterError::WrongVault)]
    pub stake_vault: TokenAccount,
    /// Mint of the staked token.
    #[account(address = assembly.governance_mint @ BreakwaterError::WrongMint)]
    pub governance_mint: UncheckedAccount,
    /// Token program of the mint.
    #[account(address = assembly.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Takes out everything that has been on its way for the assembly's delay. The owner only.
pub fn unstake(ctx: &mut Context<Unstake>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let amount = accounts.voter.unstake(&mut accounts.assembly, now()?)?;
    let decimals = accounts.assembly.decimals;
    Asset { program: &accounts.token_program, mint: &accounts.governance_mint, decimals }.pay_out(
        &mut accounts.assembly,
        &mut accounts.stake_vault,
        &mut accounts.owner_token,
        amount,
    )?;
    accounts.assembly.check_vault(accounts.stake_vault.amount())?;

    log(&Unstaked { assembly: *accounts.assembly.address(), voter: *accounts.voter.address(), amount });
    Ok(())
}
