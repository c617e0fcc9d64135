use crate::{clock::now, log::log, oracle::PriceAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, Product, Trigger, events::PriceObserved};

/// Accounts of `observe_price`.
#[derive(Accounts)]
pub struct ObservePrice {
    /// The pool.
    #[account(mut, address = product.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut)]
    pub product: Account<Product>,
    /// A price of its feed: a `PriceUpdateV2` of Pyth's receiver program.
    pub price_update: PriceAccount,
}

/// Shows a product a price of its feed: one whose upper end is below the strike begins a breach or goes on with it, one
/// whose lower end is not ends it, one between does neither. While a breach of covered risks is measured nobody leaves the pool, once in a while. Anyone may,
/// with any fresh price newer than the last.
pub fn observe_price(ctx: &mut Context<ObservePrice>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let product_address = *accounts.product.address();
    let product = &mut accounts.product;
    product.check_trigger(Trigger::Price)?;
    let price = accounts.price_update.read(&product.trigger_source, product.price.exponent)?;
    let now = now()?;
    let observation = product.observe(&price, now)?;
    if let Some(until) = product.holds_exits_until(observation, now)? {
        accounts.pool.hold_exits(until, now)?;
    }

    log(&PriceObserved {
        product: product_address,
        low: price.low,
        high: price.high,
        published_at: price.published_at,
        observation: u64::from(observation.byte()),
        started_at: product.price.started_at,
        measured_from: product.price.measured_from,
        measured_until: product.price.measured_until,
        severity_seconds: product.price.severity_seconds,
    });
    Ok(())
}
