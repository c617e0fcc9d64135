use crate::{
    clock::now,
    court,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, Incident, IncidentKeys, IncidentReport, Opening, Pool, Product, Side,
    events::IncidentOpened, seeds,
};

/// Accounts of `open_incident`.
#[derive(Accounts)]
pub struct OpenIncident {
    /// Who opens it: pays the bond.
    pub opener: Signer,
    /// Pays the rent and the tips; may be the opener.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Account<Product>,
    /// The new incident.
    #[account(init, payer = payer, seeds = [seeds::INCIDENT, product.address().as_ref(), &product.incident_count.to_le_bytes()], bump)]
    pub incident: Account<Incident>,
    /// The product's assembly.
    #[account(address = *product.court(&pool) @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// The new ballot on the incident.
    #[account(init, payer = payer, seeds = [seeds::BALLOT, incident.address().as_ref()], bump)]
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

/// Reports an incident on a product that the jury decides on: sets its active cover aside, stops its sales, takes the bond and
/// opens a ballot. Anyone may, whatever other incidents of the product are open: they stand in line.
pub fn open_incident(ctx: &mut Context<OpenIncident>, report: IncidentReport) -> Result<()> {
    let (bump, ballot_bump) = (ctx.bumps.incident, ctx.bumps.ballot);
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let (incident, product) = (*accounts.incident.account(), *accounts.product.account());
    let (opener, payer) = (*accounts.opener.account(), *accounts.payer.account());
    let keys = IncidentKeys {
        incident: incident.address(),
        bump,
        product: product.address(),
        opener: opener.address(),
        rent_payer: payer.address(),
    };
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    accounts.incident.open(&keys, *accounts.ballot.address(), &report, pool, product, now)?;
    rent::set_tips_aside(&mut accounts.payer, &mut accounts.incident, Incident::TIPS)?;
    let bond = accounts.incident.bond;
    let opening = Opening {
        bump: ballot_bump,
        subject: keys.incident,
        rent_payer: keys.rent_payer,
        opens_at: now,
        appeal_window: accounts.incident.appeal_window,
        bond,
        reward: bond / 2,
        default: Side::Against,
        graded: false,
        stake_floor: accounts.incident.stake_floor,
        arbitrable: true,
    };
    court::call(&mut accounts.ballot, &accounts.assembly, &mut accounts.pool, &mut accounts.payer, &opening, now)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.opener_token,
        &mut accounts.vault,
        &accounts.opener,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentOpened {
        product: *keys.product,
        incident: *keys.incident,
        opener: *keys.opener,
        ballot: *accounts.ballot.address(),
        occurred_at: report.occurred_at,
        severity_bps: u64::from(accounts.incident.severity_bps),
        lien: accounts.incident.lien,
        bond,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
