use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Incident, IncidentReport, Opening, Pool, Product, Trigger, constants::VERSION,
    events::IncidentOpened, seeds, set_text,
};

/// Accounts of `open_incident`.
#[derive(Accounts)]
pub struct OpenIncident {
    /// Pays the bond, the rent and the tips.
    #[account(mut)]
    pub opener: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Account<Product>,
    /// The new incident.
    #[account(init, payer = opener, seeds = [seeds::INCIDENT, product.address().as_ref(), &product.incident_count.to_le_bytes()], bump)]
    pub incident: Account<Incident>,
    /// The pool's assembly.
    #[account(address = pool.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The new ballot on the incident.
    #[account(init, payer = opener, seeds = [seeds::BALLOT, incident.address().as_ref()], bump)]
    pub ballot: Account<Ballot>,
    /// Where the bond comes from.
    #[account(mut)]
    pub opener_token: UncheckedAccount,
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

/// Opens an incident on a product that the jury decides on: sets its active cover aside, stops its sales, takes the
/// bond and opens a ballot. Anyone may, while no other incident of the product is open.
pub fn open_incident(ctx: &mut Context<OpenIncident>, report: IncidentReport) -> Result<()> {
    let (bump, ballot_bump) = (ctx.bumps.incident, ctx.bumps.ballot);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    accounts.product.check_trigger(Trigger::Jury)?;
    accounts.product.check_report(report.occurred_at, now)?;

    let (product_address, incident_address) = (*accounts.product.address(), *accounts.incident.address());
    let (incident, product) = (&mut accounts.incident, &mut accounts.product);
    incident.version = VERSION;
    incident.bump = bump;
    incident.pool = *accounts.pool.address();
    incident.product = product_address;
    incident.opener = *accounts.opener.address();
    incident.ballot = *accounts.ballot.address();
    incident.evidence_hash = report.evidence_hash;
    set_text(&mut incident.evidence_uri, &report.evidence_uri)?;
    incident.occurred_at = report.occurred_at;
    incident.open(product, now)?;
    product.begin_incident(incident_address, now)?;
    let (pool, bond) = (&mut accounts.pool, incident.bond);
    pool.place_lien(incident.lien, incident.filing_end_day())?;
    pool.take_bond(bond)?;
    let reward = pool.reward(bond);
    let opening = Opening {
        bump: ballot_bump,
        subject: incident_address,
        pool: *pool.address(),
        arbiter: pool.arbiter,
        rent_payer: *accounts.opener.address(),
        opens_at: now,
        appeal_window: incident.appeal_window,
        bond,
        reward: pool.reserve_reward(reward)?,
        revocable: false,
    };
    accounts.ballot.open(accounts.assembly.address(), &accounts.assembly, opening, now)?;

    rent::set_tips_aside(&mut accounts.opener, &mut accounts.incident, 1)?;
    rent::set_tips_aside(&mut accounts.opener, &mut accounts.ballot, Ballot::TIPS)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.opener_token,
        &mut accounts.vault,
        &accounts.opener,
        accounts.incident.bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentOpened {
        product: product_address,
        incident: incident_address,
        opener: *accounts.opener.address(),
        ballot: *accounts.ballot.address(),
        occurred_at: report.occurred_at,
        severity_bps: u64::from(accounts.incident.severity_bps),
        lien: accounts.incident.lien,
        bond: accounts.incident.bond,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
