use crate::{
    clock::now,
    court,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Claim, Dispute, DisputeKeys, DisputeRequest, Incident, Opening, Pool, Side,
    events::ClaimDisputed, seeds,
};

/// Accounts of `dispute_claim`.
#[derive(Accounts)]
pub struct DisputeClaim {
    /// Who disputes: pays the bond.
    pub disputer: Signer,
    /// Pays the rent and the tips; may be the disputer.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
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
    #[account(init, payer = payer, seeds = [seeds::DISPUTE, claim.address().as_ref(), disputer.address().as_ref()], bump)]
    pub dispute: Account<Dispute>,
    /// The incident's assembly.
    #[account(address = incident.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The ballot on the claim; created by the first dispute.
    #[account(init_if_needed, payer = payer, seeds = [seeds::BALLOT, claim.address().as_ref()], bump)]
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
    let (dispute, claim, disputer, payer, ballot) = (
        *accounts.dispute.account(),
        *accounts.claim.account(),
        *accounts.disputer.account(),
        *accounts.payer.account(),
        *accounts.ballot.account(),
    );
    let keys = DisputeKeys {
        dispute: dispute.address(),
        bump,
        claim: claim.address(),
        disputer: disputer.address(),
        rent_payer: payer.address(),
        ballot: ballot.address(),
    };
    let (incident, pool) = (&mut accounts.incident, &mut accounts.pool);
    let first = accounts.claim.take_dispute(&mut accounts.dispute, &keys, &request, incident, pool, now)?;
    let bond = accounts.dispute.bond;
    if first {
        let opening = Opening {
            bump: ballot_bump,
            subject: keys.claim,
            rent_payer: keys.rent_payer,
            opens_at: accounts.claim.disputes_end_at,
            appeal_window: accounts.incident.appeal_window,
            bond,
            reward: accounts.claim.bond / 2,
            default: Side::Against,
            revocable: true,
            arbitrable: true,
        };
        rent::set_tips_aside(&mut accounts.payer, &mut accounts.claim, 1)?;
        let (assembly, pool) = (&accounts.assembly, &mut accounts.pool);
        court::call(&mut accounts.ballot, assembly, pool, &mut accounts.payer, &opening, now)?;
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
        claim: *keys.claim,
        dispute: *keys.dispute,
        disputer: *keys.disputer,
        ballot: accounts.claim.dispute_ballot,
        counter_amount: request.counter_amount,
        bond,
        opens_at: accounts.claim.disputes_end_at,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
