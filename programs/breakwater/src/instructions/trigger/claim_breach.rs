use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Claim, ClaimKeys, Incident, Policy, Pool, events::ClaimSubmitted, seeds};

/// Accounts of `claim_breach`.
#[derive(Accounts)]
pub struct ClaimBreach {
    /// Pays the rent and the tip; may be the holder.
    #[account(unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The policy.
    #[account(mut, constraint(anchor_lang::address_eq(&policy.product, &incident.product) @ BreakwaterError::WrongProduct))]
    pub policy: Account<Policy>,
    /// The new claim: one per incident and policy.
    #[account(init, payer = payer, seeds = [seeds::CLAIM, incident.address().as_ref(), policy.address().as_ref()], bump)]
    pub claim: Account<Claim>,
    /// Holder of the policy; need not sign.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: UncheckedAccount,
    /// Token account that is to be paid: the holder's associated one; any when the holder signs.
    #[account(
        constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint),
        constraint(!anchor_lang::address_eq(receiver.address(), &pool.vault) @ BreakwaterError::WrongReceiver))]
    pub receiver: TokenAccount,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Files the claim of a policy in an incident that prices opened: the part of the sum insured that the breach's severity
/// stands for, less the deductible. There is nothing to prove and nothing to dispute, so there is no bond, and anyone
/// may file it for the holder, until the filing window ends.
pub fn claim_breach(ctx: &mut Context<ClaimBreach>) -> Result<()> {
    let bump = ctx.bumps.claim;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (incident, policy, holder, receiver, payer) = (
        *accounts.incident.account(),
        *accounts.policy.account(),
        *accounts.holder.account(),
        *accounts.receiver.account(),
        *accounts.payer.account(),
    );
    let keys = ClaimKeys {
        bump,
        incident: incident.address(),
        policy: policy.address(),
        claimant: holder.address(),
        receiver: receiver.address(),
        funder: holder.address(),
        rent_payer: payer.address(),
    };
    let (incident, policy) = (&mut accounts.incident, &mut accounts.policy);
    accounts.claim.file_breach(&keys, incident, policy, now)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint)
        .check_receiver(accounts.receiver.account(), &accounts.holder)?;

    rent::set_tips_aside(&mut accounts.payer, &mut accounts.claim, 1)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ClaimSubmitted {
        incident: *keys.incident,
        claim: *accounts.claim.address(),
        policy: *keys.policy,
        claimant: *keys.claimant,
        receiver: *keys.receiver,
        loss: accounts.claim.loss,
        amount: accounts.claim.amount,
        bond: 0,
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
