use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Claim, Dispute, DisputeRequest, Incident, Opening, OrOverflow, Pool,
    constants::VERSION, events::ClaimDisputed, seeds, set_text,
};

/// Accounts of `dispute_claim`.
#[derive(Accounts)]
pub struct DisputeClaim {
    /// Pays the bond, the rent and the tips.
    #[account(mut)]
    pub disputer: Signer,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut, address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// The new dispute: one per claim and disputer.
    #[account(init, payer = disputer, seeds = [seeds::DISPUTE, claim.address().as_ref(), disputer.address().as_ref()], bump)]
    pub dispute: Account<Dispute>,
    /// The pool's assembly.
    #[account(address = pool.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The ballot on the claim; created by the first dispute.
    #[account(init_if_needed, payer = disputer, seeds = [seeds::BALLOT, claim.address().as_ref()], bump)]
    pub ballot: Account<Ballot>,
    /// Where the bond comes from.
    #[account(mut)]
    pub disputer_token: UncheckedAccount,
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

/// Disputes a claim with a counter-amount and a bond as large as the claim's, and at least a fifth of the incident's.
/// Anyone may, within the claim's dispute window; the lowest counter-amount then goes to a ballot, which votes for it
/// or against it. The loser's bond goes half to the winner and half to the assessors.
pub fn dispute_claim(ctx: &mut Context<DisputeClaim>, request: DisputeRequest) -> Result<()> {
    let (bump, ballot_bump) = (ctx.bumps.dispute, ctx.bumps.ballot);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.incident.check_open()?;
    let (claim_address, dispute_address) = (*accounts.claim.address(), *accounts.dispute.address());
    let first = accounts.claim.take_dispute(dispute_address, request.counter_amount, now)?;
    accounts.incident.take_dispute(first)?;
    let (claim, dispute) = (&mut accounts.claim, &mut accounts.dispute);
    let bond = claim.dispute_bond;
    accounts.pool.take_bond(bond)?;
    dispute.version = VERSION;
    dispute.bump = bump;
    dispute.claim = claim_address;
    dispute.disputer = *accounts.disputer.address();
    dispute.evidence_hash = request.evidence_hash;
    set_text(&mut dispute.evidence_uri, &request.evidence_uri)?;
    dispute.counter_amount = request.counter_amount;
    dispute.bond = bond;
    dispute.disputed_at = now;

    if first {
        claim.dispute_ballot = *accounts.ballot.address();
        claim.tips = claim.tips.checked_add(1).or_overflow()?;
        let pool = &mut accounts.pool;
        let reward = pool.reward(claim.bond);
        let opening = Opening {
            bump: ballot_bump,
            subject: claim_address,
            pool: *pool.address(),
            arbiter: pool.arbiter,
            rent_payer: *accounts.disputer.address(),
            opens_at: claim.disputes_end_at,
            appeal_window: accounts.incident.appeal_window,
            bond,
            reward: pool.reserve_reward(reward)?,
            revocable: true,
        };
        accounts.ballot.open(accounts.assembly.address(), &accounts.assembly, opening, now)?;
        rent::set_tips_aside(&mut accounts.disputer, &mut accounts.claim, 1)?;
        rent::set_tips_aside(&mut accounts.disputer, &mut accounts.ballot, Ballot::TIPS)?;
    }
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.disputer_token,
        &mut accounts.vault,
        &accounts.disputer,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ClaimDisputed {
        incident: *accounts.incident.address(),
        claim: claim_address,
        dispute: dispute_address,
        disputer: *accounts.disputer.address(),
        ballot: accounts.claim.dispute_ballot,
        counter_amount: request.counter_amount,
        bond,
        opens_at: accounts.claim.disputes_end_at,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
