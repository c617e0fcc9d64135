use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, Claim, ClaimRequest, ClaimState, Incident, OrOverflow, Policy, Pool, Trigger, constants::VERSION,
    events::ClaimSubmitted, seeds, set_text,
};

/// Accounts of `submit_claim`.
#[derive(Accounts)]
pub struct SubmitClaim {
    /// Holder of the policy; pays the bond.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: Signer,
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
    /// Where the bond comes from.
    #[account(mut, unsafe(dup))]
    pub holder_token: UncheckedAccount,
    /// Token account that is to be paid.
    #[account(constraint(anchor_lang::address_eq(receiver.mint(), &pool.asset_mint) @ BreakwaterError::WrongMint), unsafe(dup))]
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
    accounts.incident.check_filing(now)?;
    accounts.incident.check_trigger(Trigger::Jury)?;
    require!(request.loss > 0, BreakwaterError::ZeroAmount);
    require!(accounts.policy.covers(accounts.incident.occurred_at), BreakwaterError::NotCovered);

    let amount = accounts.policy.file(request.loss)?;
    accounts.incident.file(&mut accounts.pool, amount)?;
    let bond = accounts.incident.claim_bond(amount)?;
    accounts.pool.take_bond(bond)?;
    let claim = &mut accounts.claim;
    claim.version = VERSION;
    claim.bump = bump;
    claim.state = ClaimState::Filed.byte();
    claim.incident = *accounts.incident.address();
    claim.policy = *accounts.policy.address();
    claim.claimant = *accounts.holder.address();
    claim.receiver = *accounts.receiver.address();
    claim.rent_payer = *accounts.payer.address();
    claim.evidence_hash = request.evidence_hash;
    set_text(&mut claim.evidence_uri, &request.evidence_uri)?;
    claim.loss = request.loss;
    claim.amount = amount;
    claim.bond = bond;
    claim.dispute_bond = accounts.incident.dispute_bond(bond);
    claim.filed_at = now;
    claim.disputes_end_at = now.checked_add(accounts.incident.dispute_window).or_overflow()?;
    claim.tips = 1;

    rent::set_tips_aside(&mut accounts.payer, &mut accounts.claim, 1)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.holder_token,
        &mut accounts.vault,
        &accounts.holder,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ClaimSubmitted {
        incident: *accounts.incident.address(),
        claim: *accounts.claim.address(),
        policy: *accounts.policy.address(),
        claimant: *accounts.holder.address(),
        receiver: accounts.claim.receiver,
        loss: request.loss,
        amount,
        bond,
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
