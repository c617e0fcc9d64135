use crate::{extensions::UsableMint, log::log};
use anchor_lang::prelude::*;
use anchor_spl::{
    token,
    token_interface::{TokenAccount, TokenInterface},
};
use breakwater_state::{Assembly, AssemblyKeys, AssemblyParams, BreakwaterError, events::AssemblyCreated, seeds};

/// Accounts of `create_assembly`.
#[derive(Accounts)]
pub struct CreateAssembly {
    /// Who creates it; a seed of the assembly.
    pub creator: Signer,
    /// Pays the rent; may be the creator.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The new assembly.
    #[account(init, payer = payer, seeds = [seeds::ASSEMBLY, governance_mint.address().as_ref(), creator.address().as_ref()], bump)]
    pub assembly: Account<Assembly>,
    /// Mint of the token to stake: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    #[account(constraint(governance_mint.account().owned_by(token_program.address()) @ BreakwaterError::WrongTokenProgram))]
    pub governance_mint: UsableMint,
    /// The assembly's new token account.
    #[account(init, payer = payer, seeds = [seeds::STAKE_VAULT, assembly.address().as_ref()], bump,
        token::mint = governance_mint, token::authority = assembly, token::token_program = token_program)]
    pub stake_vault: InterfaceAccount<TokenAccount>,
    /// Token program of the mint.
    pub token_program: Interface<'static, TokenInterface>,
    /// System program.
    pub system_program: Program<System>,
}

/// Creates an assembly. Anyone may; the parameters change only through proposals afterwards.
pub fn create_assembly(ctx: &mut Context<CreateAssembly>, params: AssemblyParams) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let (creator, payer, governance_mint, token_program, stake_vault) = (
        *accounts.creator.account(),
        *accounts.payer.account(),
        *accounts.governance_mint.account(),
        *accounts.token_program.account(),
        *accounts.stake_vault.account(),
    );
    let keys = AssemblyKeys {
        bump: ctx.bumps.assembly,
        stake_vault_bump: ctx.bumps.stake_vault,
        decimals: accounts.governance_mint.decimals(),
        creator: creator.address(),
        governance_mint: governance_mint.address(),
        token_program: token_program.address(),
        stake_vault: stake_vault.address(),
        rent_payer: payer.address(),
    };
    accounts.assembly.create(&keys, &params)?;

    log(&AssemblyCreated {
        assembly: *accounts.assembly.address(),
        governance_mint: *accounts.governance_mint.address(),
    });
    Ok(())
}
