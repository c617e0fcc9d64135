use crate::{
    breakwater::{self, ClaimRequest, program::Breakwater},
    error::IntegratorError,
    state::{VAULT, Vault},
};
use alloc::string::String;
use anchor_lang::prelude::*;

/// What the vault lost, and the evidence.
#[derive(Clone, AnchorDeserialize, AnchorSerialize, IdlType)]
pub struct LossReport {
    /// The loss, atoms.
    pub loss: u64,
    /// SHA-256 of the evidence.
    pub evidence_hash: [u8; 32],
    /// Where the evidence is, at most 128 bytes.
    pub evidence_uri: String,
}

/// Accounts of `claim`.
#[derive(Accounts)]
pub struct ClaimLoss {
    /// Pays the claim's rent.
    #[account(mut, address = vault.manager @ IntegratorError::NotManager)]
    pub manager: Signer,
    /// The vault: holds the policy and signs for it.
    pub vault: Account<Vault>,
    /// Where the bond comes from and the payout goes.
    #[account(mut, address = vault.tokens @ IntegratorError::WrongTokens)]
    pub vault_tokens: UncheckedAccount,
    /// Breakwater's pool.
    #[account(mut, address = vault.pool @ IntegratorError::WrongPool)]
    pub pool: UncheckedAccount,
    /// The incident. Breakwater checks that it is of the pool and the policy's product.
    #[account(mut)]
    pub incident: UncheckedAccount,
    /// The policy. Breakwater checks that the vault holds it.
    #[account(mut)]
    pub policy: UncheckedAccount,
    /// The new claim.
    #[account(mut)]
    pub breakwater_claim: UncheckedAccount,
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

/// Files the vault's claim, signed by its address.
pub fn claim(ctx: &mut Context<ClaimLoss>, report: LossReport) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let (manager, bump) = (accounts.vault.manager, [accounts.vault.bump]);
    let seeds: [&[u8]; 3] = [VAULT, manager.as_ref(), &bump];
    let signer = [&seeds[..]];
    let tokens = accounts.vault_tokens.try_cpi_handle_mut()?;
    let submit = breakwater::cpi::accounts::SubmitClaim {
        holder: accounts.vault.cpi_handle(),
        funder: accounts.vault.cpi_handle(),
        payer: accounts.manager.try_cpi_handle_mut()?,
        pool: accounts.pool.try_cpi_handle_mut()?,
        incident: accounts.incident.try_cpi_handle_mut()?,
        policy: accounts.policy.try_cpi_handle_mut()?,
        claim: accounts.breakwater_claim.try_cpi_handle_mut()?,
        funder_token: tokens,
        receiver: tokens.into(),
        vault: accounts.pool_vault.try_cpi_handle_mut()?,
        asset_mint: accounts.asset_mint.cpi_handle(),
        token_program: accounts.token_program.cpi_handle(),
        system_program: accounts.system_program.cpi_handle(),
    };
    let request =
        ClaimRequest { loss: report.loss, evidence_hash: report.evidence_hash, evidence_uri: report.evidence_uri };
    breakwater::cpi::submit_claim(
        CpiContext::new_with_signer(accounts.breakwater_program.address(), submit, &signer),
        request,
    )
}
