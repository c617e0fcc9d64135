use crate::{
    breakwater,
    error::IntegratorError,
    state::{TOKENS, VAULT, Vault},
};
use anchor_lang::prelude::*;
use anchor_spl::{
    token,
    token_interface::{Mint, TokenAccount, TokenInterface},
};

/// Accounts of `open_vault`.
#[derive(Accounts)]
pub struct OpenVault {
    /// Pays the rent; a seed of the vault.
    #[account(mut)]
    pub manager: Signer,
    /// The new vault.
    #[account(init, payer = manager, seeds = [VAULT, manager.address().as_ref()], bump)]
    pub vault: Account<Vault>,
    /// Its new token account.
    #[account(init, payer = manager, seeds = [TOKENS, vault.address().as_ref()], bump,
        token::mint = asset_mint, token::authority = vault, token::token_program = token_program)]
    pub vault_tokens: InterfaceAccount<TokenAccount>,
    /// Where commissions will go; none to take none.
    pub fee_tokens: Option<UncheckedAccount>,
    /// Breakwater's pool: the type checks that it is one.
    pub pool: Account<breakwater::Pool>,
    /// One of its products.
    #[account(constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ IntegratorError::WrongPool))]
    pub product: Account<breakwater::Product>,
    /// Mint of the pool's asset.
    #[account(address = pool.asset_mint @ IntegratorError::WrongMint)]
    pub asset_mint: InterfaceAccount<Mint>,
    /// Token program of the asset.
    #[account(address = pool.token_program @ IntegratorError::WrongTokenProgram)]
    pub token_program: Interface<'static, TokenInterface>,
    /// System program.
    pub system_program: Program<System>,
}

/// Opens the vault of its manager, and pins down where its deposits will be covered.
pub fn open_vault(ctx: &mut Context<OpenVault>, term_days: u16, commission_bps: u16) -> Result<()> {
    let bump = ctx.bumps.vault;
    let accounts = &mut ctx.accounts;
    let vault = &mut accounts.vault;
    vault.manager = *accounts.manager.address();
    vault.tokens = *accounts.vault_tokens.address();
    vault.fee_tokens = accounts.fee_tokens.as_ref().map_or(Address::default(), |tokens| *tokens.address());
    vault.asset_mint = *accounts.asset_mint.address();
    vault.token_program = *accounts.token_program.address();
    vault.pool = *accounts.pool.address();
    vault.product = *accounts.product.address();
    vault.product_terms = accounts.product.terms.saturating_add(accounts.pool.sale_terms);
    vault.term_days = term_days;
    vault.commission_bps = commission_bps;
    vault.decimals = accounts.asset_mint.decimals();
    vault.bump = bump;
    Ok(())
}
