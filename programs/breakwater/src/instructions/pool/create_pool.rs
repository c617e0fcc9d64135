// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use crate::{
    clock::now,
    extensions::UsableMint,
    log::log,
    shares::{self, NewShares},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use anchor_spl::{
    token,
    token_interface::{TokenAccount, TokenInterface},
};
use breakwater_state::{Assembly, BreakwaterError, Pool, PoolKeys, PoolParams, ShareWords, events::PoolCreated, seeds};

/// Accounts of `create_pool`.
#[derive(Accounts)]
#[instruction(id: u64)]
pub struct CreatePool {
    /// Who creates it; a seed of the pool.
    pub creator: Signer,
    /// Pays the rent; may be the creator.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The new pool.
    #[account(init, payer = payer, seeds = [seeds::POOL, creator.address().as_ref(), &id.to_le_bytes()], bump)]
    pub pool: Account<Pool>,
    /// The assembly whose ballots decide.
    #[account(mut)]
    pub assembly: Account<Assembly>,
    /// Mint of the asset: of SPL Token, or of Token-2022 with extensions for metadata and display only.
    #[account(constraint(asset_mint.account().owned_by(token_program.address()) @ BreakwaterError::WrongTokenProgram))]
    pub asset_mint: UsableMint,
    /// The pool's new token account.
    #[account(init, payer = payer, seeds = [seeds::VAULT, pool.address().as_ref()], bump,
        token::mint = asset_mint, token::authority = pool, token::token_program = token_program)]
    pub vault: InterfaceAccount<TokenAccount>,
    /// The new mint of the LP shares.
    #[account(mut, seeds = [seeds::SHARE_MINT, pool.address().as_ref(), &0u32.to_le_bytes()], bump)]
    pub share_mint: UncheckedAccount,
    /// The new token account of the shares on their way out.
    #[account(mut, seeds = [seeds::EXIT_ESCROW, pool.address().as_ref(), &0u32.to_le_bytes()], bump)]
    pub exit_escrow: UncheckedAccount,
    /// Token program of the asset.
    pub token_program: Interface<'static, TokenInterface>,
    /// Token program of the shares.
    pub share_token_program: Interface<'static, TokenInterface>,
    /// System program.
    pub system_program: Program<System>,
}

/// Creates pool number `id` of its creator, with its vault, share mint and exit escrow. The shares are of either token program;
/// those of Token-2022 have `words`, which wallets show, the others none. Anyone may.
pub fn create_pool(ctx: &mut Context<CreatePool>, id: u64, params: PoolParams, words: ShareWords) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let (creator, payer, assembly, asset_mint, token_program, share_token_program, vault, share_mint, exit_escrow) = (
        *accounts.creator.account(),
        *accounts.payer.account(),
        *accounts.assembly.account(),
        *accounts.asset_mint.account(),
        *accounts.token_program.account(),
        *accounts.share_token_program.account(),
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
        share_token_program: share_token_program.address(),
        exit_escrow: exit_escrow.address(),
        rent_payer: payer.address(),
    };
    accounts.pool.create(&keys, &mut accounts.assembly, &params, now()?)?;
    let new = NewShares {
        program: share_token_program.address(),
        mint: &accounts.share_mint,
        mint_bump: ctx.bumps.share_mint,
        escrow: &accounts.exit_escrow,
        escrow_bump: ctx.bumps.exit_escrow,
        generation: 0,
        words: &words,
    };
    shares::create(&accounts.payer, &mut accounts.pool, &new)?;

    log(&PoolCreated {
        pool: *accounts.pool.address(),
        authority: params.authority,
        asset_mint: *accounts.asset_mint.address(),
        share_mint: *accounts.share_mint.address(),
        assembly: *accounts.assembly.address(),
    });
    Ok(())
}
