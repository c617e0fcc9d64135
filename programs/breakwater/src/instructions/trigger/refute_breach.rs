use crate::{log::log, oracle::PriceAccount};
use anchor_lang::prelude::*;
use breakwater_state::{Product, Trigger, events::BreachRefuted};

/// Accounts of `refute_breach`.
#[derive(Accounts)]
pub struct RefuteBreach {
    /// The product.
    #[account(mut)]
    pub product: Account<Product>,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: PriceAccount,
}

/// Has a product forget a breach that no incident was opened for, by a price of its feed that was not below the strike
/// while the breach was measured. Anyone may, with a price of any age: callers choose which prices they show.
pub fn refute_breach(ctx: &mut Context<RefuteBreach>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let product_address = *accounts.product.address();
    let product = &mut accounts.product;
    product.check_trigger(Trigger::Price)?;
    let price = accounts.price_update.read(&product.trigger_source, product.price.exponent)?;
    product.price.refute(&price)?;

    log(&BreachRefuted { product: product_address, low: price.low, published_at: price.published_at });
    Ok(())
}
