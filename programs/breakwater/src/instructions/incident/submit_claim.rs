use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, Claim, ClaimKeys, ClaimRequest, Incident, Policy, Pool, events::ClaimSubmitted, seeds,
};

/// Accounts of `submit_claim`.
#[derive(Accounts)]
pub struct SubmitClaim {
    /// Holder of the policy.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: Signer,
    /// Pays the bond and gets it back; may be the holder.
    pub funder: Signer,
    /// Pays the rent and the tip; may be the holder or the funder.
    #[account(mut, unsafe(dup))]
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
    /// Where the bond comes from.
    #[account(mut, unsafe(dup))]
    pub funder_token: UncheckedAccount,
    /// Token account that is to be paid.
    #[account(constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint))]
    pub receiver: TokenAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
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

/// Files a claim of a policy in an incident, with a bond that scales with it and comes back with the first payout.
/// The holder only, until the filing window ends.
pub fn submit_claim(ctx: &mut Context<SubmitClaim>, request: ClaimRequest) -> Result<()> {
    let bump = ctx.bumps.claim;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (incident, policy, holder, funder, receiver, payer) = (
        *accounts.incident.account(),
        *accounts.policy.account(),
        *accounts.holder.account(),
        *accounts.funder.account(),
        *accounts.receiver.account(),
        *accounts.payer.account(),
    );
    let keys = ClaimKeys {
        bump,
        incident: incident.address(),
        policy: policy.address(),
        claimant: holder.address(),
        receiver: receiver.address(),
        funder: funder.address(),
        rent_payer: payer.address(),
    };
    let (incident, policy) = (&mut accounts.incident, &mut accounts.policy);
    accounts.claim.file(&keys, &request, incident, policy, &mut accounts.pool, now)?;
    let bond = accounts.claim.bond;

    rent::set_tips_aside(&mut accounts.payer, &mut accounts.claim, 1)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.funder_token,
        &mut accounts.vault,
        &accounts.funder,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ClaimSubmitted {
        incident: *keys.incident,
        claim: *accounts.claim.address(),
        policy: *keys.policy,
        claimant: *keys.claimant,
        receiver: *keys.receiver,
        loss: request.loss,
        amount: accounts.claim.amount,
        bond,
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
