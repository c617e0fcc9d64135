// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{clock::now, extensions::UsableMint, log::log};
use anchor_lang::prelude::*;
use anchor_spl::{
    mint, token,
    token_interface::{Mint, TokenAccount, TokenInterface},
};
use breakwater_state::{Assembly, BreakwaterError, Pool, PoolKeys, PoolParams, events::PoolCreated, seeds};
use coverage_math::shares::SHARE_DECIMALS;

/// Accounts of `create_pool`.
#[derive(Accounts)]
#[instruction(id: u64)]
pub struct CreatePool {
    /// Pays the rent; a seed of the pool.
    #[account(mut)]
    pub creator: Signer,
    /// The new pool.
    #[account(init, payer = creator, seeds = [seeds::POOL, creator.address().as_ref(), &id.to_le_bytes()], bump)]
    pub pool: Account<Pool>,
    /// The assembly whose ballots decide.
    pub assembly: Account<Assembly>,
    /// Mint of the asset: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    #[account(constraint(asset_mint.account().owned_by(token_program.address()) @ BreakwaterError::WrongTokenProgram))]
    pub asset_mint: UsableMint,
    /// The pool's new token account.
    #[account(init, payer = creator, seeds = [seeds::VAULT, pool.address().as_ref()], bump,
        token::mint = asset_mint, token::authority = pool, token::token_program = token_program)]
    pub vault: InterfaceAccount<TokenAccount>,
    /// The new mint of the LP shares.
    #[account(init, payer = creator, seeds = [seeds::SHARE_MINT, pool.address().as_ref()], bump,
        mint::decimals = asset_mint.decimals().saturating_add(SHARE_DECIMALS), mint::authority = pool,
        mint::token_program = token_program)]
    pub share_mint: InterfaceAccount<Mint>,
    /// The new token account of the shares on their way out.
    #[account(init, payer = creator, seeds = [seeds::EXIT_ESCROW, pool.address().as_ref()], bump,
        token::mint = share_mint, token::authority = pool, token::token_program = token_program)]
    pub exit_escrow: InterfaceAccount<TokenAccount>,
    /// Token program of the asset.
    pub token_program: Interface<'static, TokenInterface>,
    /// System program.
    pub system_program: Program<System>,
}

/// Creates pool number `id` of its creator, with its vault, share mint and exit escrow. Anyone may.
pub fn create_pool(ctx: &mut Context<CreatePool>, id: u64, params: PoolParams) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let (creator, assembly, asset_mint, token_program, vault, share_mint, exit_escrow) = (
        *accounts.creator.account(),
        *accounts.assembly.account(),
        *accounts.asset_mint.account(),
        *accounts.token_program.account(),
        *accounts.vault.account(),
        *accounts.share_mint.account(),
        *accounts.exit_escrow.account(),
    );
    let keys = PoolKeys {
        bump: ctx.bumps.pool,
        vault_bump: ctx.bumps.vault,
        share_mint_bump: ctx.bumps.share_mint,
        exit_escrow_bump: ctx.bumps.exit_escrow,
        decimals: accounts.asset_mint.decimals(),
        creator: creator.address(),
        id,
        assembly: assembly.address(),
        asset_mint: asset_mint.address(),
        token_program: token_program.address(),
        vault: vault.address(),
        share_mint: share_mint.address(),
        exit_escrow: exit_escrow.address(),
    };
    accounts.pool.create(&keys, &params, now()?)?;

    log(&PoolCreated {
        pool: *accounts.pool.address(),
        authority: params.authority,
        asset_mint: *accounts.asset_mint.address(),
        share_mint: *accounts.share_mint.address(),
        assembly: *accounts.assembly.address(),
    });
    Ok(())
}
