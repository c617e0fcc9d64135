use crate::{
    breakwater::{self, CoverRequest, program::Breakwater},
    call::call,
    error::IntegratorError,
    state::Vault,
};
use anchor_lang::prelude::*;

/// Accounts of `insure`.
#[derive(Accounts)]
pub struct Insure {
    /// Pays the premium and the policy's rent; a seed of the policy.
    #[account(mut, address = vault.manager @ IntegratorError::NotManager)]
    pub manager: Signer,
    /// The vault: holds the policy.
    pub vault: Account<Vault>,
    /// Where the premium comes from.
    #[account(mut)]
    pub manager_tokens: UncheckedAccount,
    /// Breakwater's pool.
    #[account(mut, address = vault.pool @ IntegratorError::WrongPool)]
    pub pool: UncheckedAccount,
    /// Breakwater's product.
    #[account(mut, address = vault.product @ IntegratorError::WrongProduct)]
    pub product: UncheckedAccount,
    /// The new policy.
    #[account(mut)]
    pub policy: UncheckedAccount,
    /// The assembly that decides on it.
    pub assembly: UncheckedAccount,
    /// The pool's vault.
    #[account(mut)]
    pub pool_vault: UncheckedAccount,
    /// Mint of the asset.
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    pub token_program: UncheckedAccount,
    /// Breakwater.
    pub breakwater_program: Program<Breakwater>,
    /// System program.
    pub system_program: Program<System>,
}

/// Buys cover that the vault holds and its manager pays.
pub fn insure(ctx: &mut Context<Insure>, policy_id: u64, amount: u64, max_premium: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let request = CoverRequest {
        amount,
        max_premium,
        holder: *accounts.vault.address(),
        term_days: accounts.vault.term_days,
        commission_bps: 0,
        terms: accounts.vault.product_terms,
    };
    let buy = breakwater::cpi::accounts::BuyCover {
        payer: accounts.manager.try_cpi_handle_mut()?,
        pool: accounts.pool.try_cpi_handle_mut()?,
        product: accounts.product.try_cpi_handle_mut()?,
        policy: accounts.policy.try_cpi_handle_mut()?,
        assembly: accounts.assembly.cpi_handle(),
        payer_token: accounts.manager_tokens.try_cpi_handle_mut()?,
        vault: accounts.pool_vault.try_cpi_handle_mut()?,
        asset_mint: accounts.asset_mint.cpi_handle(),
        distributor_token: None,
        token_program: accounts.token_program.cpi_handle(),
        system_program: accounts.system_program.cpi_handle(),
    };
    let data = breakwater::instruction::BuyCover { id: policy_id, request }.data();
    call::<11>(&accounts.breakwater_program, &buy, &data)
}
