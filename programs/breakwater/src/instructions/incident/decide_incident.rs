use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Incident, Policy, Pool, Product, events::IncidentDecided};

/// Accounts of `decide_incident`.
#[derive(Accounts)]
pub struct DecideIncident {
    /// Gets the tip.
    #[account(mut)]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// The ballot that decides it; none when a price opened it and nobody challenged it.
    #[account(mut, address = incident.ballot @ BreakwaterError::WrongBallot)]
    pub ballot: Option<Account<Ballot>>,
    /// The policy of a booking; none of others.
    #[account(mut, address = incident.policy @ BreakwaterError::WrongPolicy)]
    pub policy: Option<Account<Policy>>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Reads the verdict on an incident once it is final. One that counts takes claims for its filing window from now; the bond of
/// one that does not is lost when a ballot found it wanting, and it ends once those before it have. A booking is paid on, or
/// ends at once. Anyone may.
pub fn decide_incident(ctx: &mut Context<DecideIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    if accounts.incident.is_booking() {
        accounts.product.roll(&mut accounts.pool, now)?;
    }
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let (ballot, policy) = (accounts.ballot.as_deref_mut(), accounts.policy.as_deref_mut());
    accounts.incident.decide(ballot, policy, pool, product, now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentDecided {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        state: u64::from(accounts.incident.state),
        filing_ends_at: accounts.incident.filing_ends_at,
        bond_state: u64::from(accounts.incident.bond_state),
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.incident, &accounts.caller)
}
