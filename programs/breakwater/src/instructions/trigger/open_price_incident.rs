use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{
    BreakwaterError, Incident, NOBODY, Pool, Product, Trigger, constants::VERSION, events::IncidentOpened, seeds,
};

/// Accounts of `open_price_incident`.
#[derive(Accounts)]
pub struct OpenPriceIncident {
    /// Pays the rent and the tip.
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
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Opens an incident by the breach that prices have shown: accepted already, without a bond, at the severity that was
/// measured. It occurred when the breach began. Anyone may, within the report window and while no other incident of the
/// product is open.
pub fn open_price_incident(ctx: &mut Context<OpenPriceIncident>) -> Result<()> {
    let bump = ctx.bumps.incident;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let occurred_at = accounts.product.price.started_at;
    accounts.product.check_trigger(Trigger::Price)?;
    accounts.product.price.mean_severity_bps()?;
    accounts.product.check_report(occurred_at, now)?;

    let (product_address, incident_address) = (*accounts.product.address(), *accounts.incident.address());
    let (incident, product) = (&mut accounts.incident, &mut accounts.product);
    incident.version = VERSION;
    incident.bump = bump;
    incident.pool = *accounts.pool.address();
    incident.product = product_address;
    incident.opener = *accounts.opener.address();
    incident.occurred_at = occurred_at;
    incident.open_by_price(product, now)?;
    product.begin_incident(incident_address, now)?;
    accounts.pool.place_lien(incident.lien, incident.filing_end_day())?;

    rent::set_tips_aside(&mut accounts.opener, &mut accounts.incident, 1)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentOpened {
        product: product_address,
        incident: incident_address,
        opener: *accounts.opener.address(),
        ballot: NOBODY,
        occurred_at,
        severity_bps: u64::from(accounts.incident.severity_bps),
        lien: accounts.incident.lien,
        bond: 0,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
