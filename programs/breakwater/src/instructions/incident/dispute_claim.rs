use crate::{
    clock::now,
    court,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Claim, Evidence, Incident, Opening, Pool, Side, events::ClaimDisputed, seeds,
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
    /// The incident's assembly.
    #[account(address = incident.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The new ballot on the claim.
    #[account(init, payer = payer, seeds = [seeds::BALLOT, claim.address().as_ref()], bump)]
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

/// Has a ballot decide how much of a claim stands, in sixteenths, for a bond of half of the claim's. Anyone may, once, from the verdict
/// on the incident until a day after it, or for the claim's dispute window. Bonds are shared out by how much of it stands.
pub fn dispute_claim(ctx: &mut Context<DisputeClaim>, evidence: Evidence) -> Result<()> {
    let bump = ctx.bumps.ballot;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (claim_address, ballot_address) = (*accounts.claim.address(), *accounts.ballot.address());
    let (disputer, rent_payer) = (*accounts.disputer.address(), *accounts.payer.address());
    let (claim, incident) = (&mut accounts.claim, &mut accounts.incident);
    claim.dispute(disputer, ballot_address, &evidence, incident, &mut accounts.pool, now)?;
    let bond = claim.dispute_bond;
    rent::set_tips_aside(&mut accounts.payer, claim, 1)?;
    let opening = Opening {
        bump,
        subject: &claim_address,
        rent_payer: &rent_payer,
        opens_at: now,
        appeal_window: incident.appeal_window,
        bond: claim.bond,
        reward: claim.vote_reward(),
        default: Side::For,
        graded: true,
        stake_floor: incident.stake_floor,
        arbitrable: true,
    };
    court::call(&mut accounts.ballot, &accounts.assembly, &mut accounts.pool, &mut accounts.payer, &opening, now)?;
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
        disputer,
        ballot: ballot_address,
        bond,
        closes_at: accounts.ballot.closes_at,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
