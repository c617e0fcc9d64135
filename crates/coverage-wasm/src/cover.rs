//! Cover: products, what they cost, and policies.

use crate::{Answer, books, object, read};
use breakwater_state::{Assembly, ExitEpoch, OrOverflow, Policy, Pool, Product};
use coverage_math::BPS;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Whether a product is for sale, whatever the amount and the term.
#[wasm_bindgen(js_name = checkOnSale)]
pub fn check_on_sale(product: &[u8]) -> Answer<()> {
    Ok(read::<Product>(product)?.check_on_sale()?)
}

/// Whether cover of a product can be extended, whatever the policy and the days.
#[wasm_bindgen(js_name = checkExtendable)]
pub fn check_extendable(product: &[u8]) -> Answer<()> {
    Ok(read::<Product>(product)?.check_extendable()?)
}

/// The assembly that decides on what is sold of a product now: an address.
#[wasm_bindgen(js_name = courtOfSale)]
pub fn court_of_sale(pool: &[u8], product: &[u8], now: u64) -> Answer<Vec<u8>> {
    Ok(read::<Product>(product)?.court_of_sale(&read(pool)?, now)?.as_ref().to_vec())
}

/// Whether the stake of an assembly that decides on a product is below the floor under which nothing is sold of it, and cancelling
/// costs nothing.
#[wasm_bindgen(js_name = hasWeakCourt)]
pub fn has_weak_court(pool: &[u8], product: &[u8], court: &[u8], now: u64) -> Answer<bool> {
    Ok(read::<Product>(product)?.has_weak_court(&read::<Pool>(pool)?, &read::<Assembly>(court)?, now)?)
}

/// What a cover would cost: a `Quote` in Borsh. `court` is the assembly of [`court_of_sale`].
#[wasm_bindgen(js_name = quoteCover)]
pub fn quote_cover(
    pool: &[u8],
    product: &[u8],
    court: &[u8],
    amount: u64,
    term_days: u16,
    now: u64,
) -> Answer<Vec<u8>> {
    let court: Assembly = read(court)?;
    let quote = read::<Product>(product)?.quote(&mut read(pool)?, &court, amount, term_days, now)?;
    Ok(borsh::to_vec(&quote).ok().or_overflow()?)
}

/// What an extension of a policy would cost, and until when it would cover. `firstExit` is the pool's first exit epoch, if one
/// waits.
#[wasm_bindgen(js_name = quoteExtension, unchecked_return_type = "{ premium: bigint; end: bigint }")]
pub fn quote_extension(
    pool: &[u8],
    product: &[u8],
    policy: &[u8],
    first_exit: Option<Vec<u8>>,
    days: u16,
    now: u64,
) -> Answer<JsValue> {
    let first = first_exit.as_deref().map(read::<ExitEpoch>).transpose()?;
    let quote =
        read::<Policy>(policy)?.quote_extension(&mut read(pool)?, &mut read(product)?, first.as_ref(), days, now);
    let (premium, end) = quote?;
    Ok(object([("premium", premium.into()), ("end", end.into())]))
}

/// What a cancellation of a policy would refund, and what it would cost. `court` is the assembly of [`crate::incident::court`].
#[wasm_bindgen(js_name = quoteRefund, unchecked_return_type = "{ refund: bigint; fee: bigint }")]
pub fn quote_refund(pool: &[u8], product: &[u8], court: &[u8], policy: &[u8], now: u64) -> Answer<JsValue> {
    let court: Assembly = read(court)?;
    let (refund, fee) = read::<Policy>(policy)?.quote_refund(&mut read(pool)?, &mut read(product)?, &court, now)?;
    Ok(object([("refund", refund.into()), ("fee", fee.into())]))
}

/// What giving part of a policy's sum insured back would refund, and what it would cost. `court` is the assembly of
/// [`crate::incident::court`].
#[wasm_bindgen(js_name = quoteReduction, unchecked_return_type = "{ refund: bigint; fee: bigint }")]
pub fn quote_reduction(
    pool: &[u8],
    product: &[u8],
    court: &[u8],
    policy: &[u8],
    part: u64,
    now: u64,
) -> Answer<JsValue> {
    let court: Assembly = read(court)?;
    let quote = read::<Policy>(policy)?.quote_reduction(part, &mut read(pool)?, &mut read(product)?, &court, now);
    let (refund, fee) = quote?;
    Ok(object([("refund", refund.into()), ("fee", fee.into())]))
}

/// The most cover that a product may carry now, atoms.
#[wasm_bindgen]
pub fn capacity(pool: &[u8], product: &[u8], now: u64) -> Answer<u64> {
    let (pool, product) = books(pool, product, now)?;
    Ok(product.capacity(&pool)?)
}

/// The largest amount that fits the caps of product, group and pool, and what `court`, the assembly of [`court_of_sale`], is worth now,
/// atoms.
#[wasm_bindgen]
pub fn room(pool: &[u8], product: &[u8], court: &[u8], now: u64) -> Answer<u64> {
    let (pool, product) = books(pool, product, now)?;
    Ok(product.room(&pool, &read(court)?)?)
}

/// The annual rate of the next atom of cover now, ppm.
#[wasm_bindgen(js_name = rateNow)]
pub fn rate_now(pool: &[u8], product: &[u8], now: u64) -> Answer<u32> {
    let (pool, product) = books(pool, product, now)?;
    Ok(product.rate_now(&pool)?)
}

/// The annual rate of the next atom of cover at a utilisation of 0 to 10,000 bps, ppm.
#[wasm_bindgen(js_name = rateAt)]
pub fn rate_at(product: &[u8], utilisation_bps: u16) -> Answer<u32> {
    let curve = read::<Product>(product)?.curve();
    Ok(curve.rate_ppm(BPS.into(), utilisation_bps.min(BPS).into()).or_overflow()?)
}

/// Where a policy stands: a `PolicyStanding`.
#[wasm_bindgen(js_name = policyStanding)]
pub fn policy_standing(policy: &[u8], now: u64) -> Answer<u8> {
    Ok(read::<Policy>(policy)?.standing(now).byte())
}

/// Whether a policy covers an event of then.
#[wasm_bindgen]
pub fn covers(policy: &[u8], occurred_at: u64) -> Answer<bool> {
    Ok(read::<Policy>(policy)?.covers(occurred_at))
}

/// What the holder of a policy bears of a loss, atoms.
#[wasm_bindgen]
pub fn deductible(policy: &[u8]) -> Answer<u64> {
    Ok(read::<Policy>(policy)?.deductible()?)
}

/// What is left of a policy's sum insured: what can be given back, or extended, atoms.
#[wasm_bindgen]
pub fn remaining(policy: &[u8]) -> Answer<u64> {
    Ok(read::<Policy>(policy)?.remaining()?)
}

/// Whether a policy can be passed on.
#[wasm_bindgen(js_name = checkTransfer)]
pub fn check_transfer(policy: &[u8]) -> Answer<()> {
    let mut policy: Policy = read(policy)?;
    let somebody = policy.holder;
    Ok(policy.transfer(&somebody)?)
}
