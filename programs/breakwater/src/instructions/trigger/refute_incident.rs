use crate::{clock::now, log::log, oracle::PriceAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Incident, Product, Trigger, events::IncidentRefuted};

/// Accounts of `refute_incident`.
#[derive(Accounts)]
pub struct RefuteIncident {
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// A price of the product's feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: PriceAccount,
}

/// Voids an incident that prices opened, by a price of the feed that was not below the strike while the breach was
/// measured. Anyone may, with a price of any age, until the time to challenge it is over. `settle_incident` then rejects
/// it at once; a bond of a challenge goes back.
pub fn refute_incident(ctx: &mut Context<RefuteIncident>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let product = &mut accounts.product;
    product.check_trigger(Trigger::Price)?;
    let price = accounts.price_update.read(&product.trigger_source, product.price.exponent)?;
    accounts.incident.refute(&price, product.price.strike, now()?)?;
    // The price has recovered since the breach began: the next one is another.
    product.price.awaits_recovery = 0;

    log(&IncidentRefuted { incident: *accounts.incident.address(), low: price.low, published_at: price.published_at });
    Ok(())
}
