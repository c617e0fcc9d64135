use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Incident, IncidentKeys, NOBODY, Pool, Product, events::IncidentOpened, seeds};

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
    let (incident, product, opener) =
        (*accounts.incident.account(), *accounts.product.account(), *accounts.opener.account());
    let keys =
        IncidentKeys { incident: incident.address(), bump, product: product.address(), opener: opener.address() };
    accounts.incident.open_by_price(&keys, &mut accounts.pool, &mut accounts.product, now)?;

    rent::set_tips_aside(&mut accounts.opener, &mut accounts.incident, 1)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentOpened {
        product: *keys.product,
        incident: *keys.incident,
        opener: *keys.opener,
        ballot: NOBODY,
        occurred_at: accounts.incident.occurred_at,
        severity_bps: u64::from(accounts.incident.severity_bps),
        lien: accounts.incident.lien,
        bond: 0,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
