use crate::{
    clock::now,
    court,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Evidence, Incident, Opening, Pool, Product, Side, events::IncidentChallenged,
    seeds,
};

/// Accounts of `challenge_incident`.
#[derive(Accounts)]
pub struct ChallengeIncident {
    /// Pays the bond.
    pub challenger: Signer,
    /// Pays the rent and the tips; may be the challenger.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The incident's assembly.
    #[account(address = incident.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The new ballot on the incident.
    #[account(init, payer = payer, seeds = [seeds::BALLOT, incident.address().as_ref()], bump)]
    pub ballot: Account<Ballot>,
    /// Where the bond comes from.
    #[account(mut)]
    pub challenger_token: UncheckedAccount,
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

/// Has the jury decide whether an incident that prices opened, or a booking, counts. Takes a bond, which is lost when it
/// counts in the end, or nobody decides: to LPs and assessors, or that of a booking to its holder and the assessors. Until
/// then nothing more of a booking is paid. Anyone may, once, until the time to challenge it is over.
pub fn challenge_incident(ctx: &mut Context<ChallengeIncident>, evidence: Evidence) -> Result<()> {
    let bump = ctx.bumps.ballot;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (incident_address, ballot_address) = (*accounts.incident.address(), *accounts.ballot.address());
    let (challenger, rent_payer) = (*accounts.challenger.address(), *accounts.payer.address());
    let incident = &mut accounts.incident;
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    incident.challenge(challenger, ballot_address, &evidence, pool, product, now)?;
    let bond = incident.bond;
    if incident.is_booking() {
        rent::set_tips_aside(&mut accounts.payer, incident, 1)?;
    }
    let opening = Opening {
        bump,
        subject: &incident_address,
        rent_payer: &rent_payer,
        opens_at: now,
        appeal_window: incident.appeal_window,
        bond,
        reward: bond / 2,
        default: Side::For,
        graded: false,
        stake_floor: incident.stake_floor,
        arbitrable: true,
    };
    court::call(&mut accounts.ballot, &accounts.assembly, &mut accounts.pool, &mut accounts.payer, &opening, now)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.challenger_token,
        &mut accounts.vault,
        &accounts.challenger,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentChallenged {
        incident: incident_address,
        challenger,
        ballot: ballot_address,
        bond,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
