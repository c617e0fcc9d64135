use crate::{log::log, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Claim, Incident, Pool, events::ClaimRedirected};

/// Accounts of `redirect_claim`.
#[derive(Accounts)]
pub struct RedirectClaim {
    /// Who filed the claim.
    #[account(address = claim.claimant @ BreakwaterError::NotClaimant)]
    pub claimant: Signer,
    /// The pool.
    #[account(address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// Token account that is to be paid from now on.
    #[account(
        constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint),
        constraint(!anchor_lang::address_eq(receiver.address(), &pool.vault) @ BreakwaterError::WrongReceiver))]
    pub receiver: TokenAccount,
}

/// Has a claim paid to another token account. Only the one who filed it; in every state.
pub fn redirect_claim(ctx: &mut Context<RedirectClaim>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.claim.receiver = *accounts.receiver.address();

    log(&ClaimRedirected { claim: *accounts.claim.address(), receiver: accounts.claim.receiver });
    Ok(())
}
