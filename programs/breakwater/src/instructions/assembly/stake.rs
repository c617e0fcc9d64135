use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Voter, events::Staked, seeds};

/// Accounts of `stake`.
#[derive(Accounts)]
pub struct Stake {
    /// Owner of the stake.
    pub owner: Signer,
    /// Pays the rent; may be the owner.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The assembly.
    #[account(mut)]
    pub assembly: Account<Assembly>,
    /// The owner's voter account; created the first time.
    #[account(init_if_needed, payer = payer, seeds = [seeds::VOTER, assembly.address().as_ref(), owner.address().as_ref()], bump)]
    pub voter: Account<Voter>,
    /// Where the stake comes from.
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
    /// System program.
    pub system_program: Program<System>,
}

/// Stakes `amount` atoms. From the next day on it ages; it counts in ballots that open once it has the assembly's
/// minimum age.
pub fn stake(ctx: &mut Context<Stake>, amount: u64) -> Result<()> {
    let bump = ctx.bumps.voter;
    let accounts = &mut ctx.accounts;
    require!(amount > 0, BreakwaterError::ZeroAmount);
    let received = Asset {
        program: &accounts.token_program,
        mint: &accounts.governance_mint,
        decimals: accounts.assembly.decimals,
    }
    .receive(&mut accounts.owner_token, &mut accounts.stake_vault, &accounts.owner, amount)?;

    let assembly_address = *accounts.assembly.address();
    let voter_address = *accounts.voter.address();
    let (assembly, voter) = (&mut accounts.assembly, &mut accounts.voter);
    let owner = accounts.owner.address();
    voter.found(bump, (&assembly_address, assembly), owner, accounts.payer.address())?;
    voter.add_stake(assembly, received, now()?)?;
    assembly.check_vault(accounts.stake_vault.amount())?;

    log(&Staked {
        assembly: assembly_address,
        voter: voter_address,
        owner: *accounts.owner.address(),
        amount: received,
        staked: voter.staked()?,
        total_staked: assembly.total_staked,
    });
    Ok(())
}
