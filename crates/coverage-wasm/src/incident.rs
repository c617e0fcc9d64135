//! Incidents, claims and disputes.

use crate::{Answer, object, plain, read};
use breakwater_state::{Ballot, Claim, Dispute, Incident, IncidentKeys, NOBODY, Policy, Pool, Product, Trigger};
use bytemuck::Zeroable;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Whether an incident of then can be reported to the jury.
#[wasm_bindgen(js_name = checkReport)]
pub fn check_report(pool: &[u8], product: &[u8], occurred_at: u64, now: u64) -> Answer<()> {
    let (mut pool, mut product): (Pool, Product) = (read(pool)?, read(product)?);
    product.check_trigger(Trigger::Jury)?;
    pool.accrue(now)?;
    product.roll(&mut pool, now)?;
    Ok(product.check_report(occurred_at, now)?)
}

/// The bond of an incident that is opened now, atoms.
#[wasm_bindgen(js_name = reportBond)]
pub fn report_bond(product: &[u8], now: u64) -> Answer<u64> {
    Ok(read::<Product>(product)?.bond_at(now)?)
}

/// What prices have shown of a product: whether a breach is seen, or the end of the last is awaited; how many seconds were
/// measured; and what part of a sum insured it pays, bps, once it counts.
#[wasm_bindgen(
    js_name = breachOf,
    unchecked_return_type = "{ seen: boolean; awaitsRecovery: boolean; measured: bigint; pays: number | undefined }"
)]
pub fn breach_of(product: &[u8]) -> Answer<JsValue> {
    let price = read::<Product>(product)?.price;
    let seen = price.check_refutable().is_ok();
    Ok(object([
        ("seen", seen.into()),
        ("awaitsRecovery", (price.is_breached() && !seen).into()),
        ("measured", price.measured().into()),
        ("pays", price.mean_severity_bps().ok().into()),
    ]))
}

/// Whether the breach that prices have shown opens an incident.
#[wasm_bindgen(js_name = checkPriceIncident)]
pub fn check_price_incident(pool: &[u8], product: &[u8], now: u64) -> Answer<()> {
    let (mut pool, mut product): (Pool, Product) = (read(pool)?, read(product)?);
    pool.accrue(now)?;
    product.roll(&mut pool, now)?;
    let keys = IncidentKeys { incident: &NOBODY, bump: 0, product: &NOBODY, opener: &NOBODY };
    Ok(Incident::zeroed().open_by_price(&keys, &mut pool, &mut product, now)?)
}

/// Whether claims can be filed.
#[wasm_bindgen(js_name = checkFiling)]
pub fn check_filing(incident: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_filing(now)?)
}

/// Whether an incident counts, once it can be settled or rejected by its ballot, which it has unless a price opened it and
/// nobody challenged that.
#[wasm_bindgen]
pub fn verdict(incident: &[u8], ballot: Option<Vec<u8>>, now: u64) -> Answer<bool> {
    let incident: Incident = read(incident)?;
    let mut ballot: Option<Ballot> = ballot.map(|ballot| read(&ballot)).transpose()?;
    Ok(incident.counts(incident.decide(ballot.as_mut(), now)?))
}

/// Whether what a price opened can be brought before the jury.
#[wasm_bindgen(js_name = checkChallenge)]
pub fn check_challenge(incident: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_challengeable(now)?)
}

/// Whether what a price opened can be refuted by another.
#[wasm_bindgen(js_name = checkRefutation)]
pub fn check_refutation(incident: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_contestable(now)?)
}

/// Whether the bond of an incident can be collected.
#[wasm_bindgen(js_name = checkIncidentBond)]
pub fn check_incident_bond(incident: &[u8]) -> Answer<()> {
    read::<Incident>(incident)?.collect_bond()?;
    Ok(())
}

/// Whether what was held back for an incident can be settled.
#[wasm_bindgen(js_name = checkRest)]
pub fn check_rest(incident: &[u8], pool: &[u8]) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_rest(&read(pool)?)?)
}

/// What a policy could claim for a loss, and the bond that takes, atoms.
#[wasm_bindgen(js_name = quoteClaim, unchecked_return_type = "{ amount: bigint; bond: bigint }")]
pub fn quote_claim(incident: &[u8], policy: &[u8], loss: u64) -> Answer<JsValue> {
    let amount = read::<Policy>(policy)?.file(loss)?;
    let bond = read::<Incident>(incident)?.claim_bond(amount)?;
    Ok(object([("amount", amount.into()), ("bond", bond.into())]))
}

/// What a policy could claim of an incident that a price opened, atoms.
#[wasm_bindgen(js_name = quoteBreachClaim)]
pub fn quote_breach_claim(incident: &[u8], policy: &[u8]) -> Answer<u64> {
    let severity_bps = read::<Incident>(incident)?.severity_bps;
    Ok(read::<Policy>(policy)?.file_breach(severity_bps)?)
}

/// What can be paid out on a claim: of it, and of its bond, atoms.
#[wasm_bindgen(js_name = payoutOf, unchecked_return_type = "{ claim: bigint; bond: bigint }")]
pub fn payout_of(incident: &[u8], claim: &[u8]) -> Answer<JsValue> {
    let due = read::<Claim>(claim)?.collect(&read(incident)?, true)?;
    Ok(object([("claim", due.claim.into()), ("bond", due.bond.into())]))
}

/// Whether nothing more is paid on a claim: it was paid in full, or rejected.
#[wasm_bindgen(js_name = isPaid)]
pub fn is_paid(claim: &[u8]) -> Answer<bool> {
    Ok(read::<Claim>(claim)?.is_paid()?)
}

/// What a counter-amount must be below to dispute a claim now, atoms.
#[wasm_bindgen(js_name = disputeBelow)]
pub fn dispute_below(incident: &[u8], claim: &[u8], now: u64) -> Answer<u64> {
    Ok(read::<Claim>(claim)?.check_disputable(&read(incident)?, now)?)
}

/// Whether the dispute of a claim can be decided by its ballot.
#[wasm_bindgen(js_name = checkResolution)]
pub fn check_resolution(claim: &[u8], ballot: &[u8], now: u64) -> Answer<()> {
    read::<Claim>(claim)?.check_disputed()?;
    read::<Ballot>(ballot)?.verdict(now)?;
    Ok(())
}

/// What a dispute, which lies at `at`, gets back when it is ended, atoms.
#[wasm_bindgen(js_name = disputeReturn)]
pub fn dispute_return(incident: &[u8], claim: &[u8], dispute: &[u8], at: &[u8]) -> Answer<u64> {
    let bond = read::<Dispute>(dispute)?.bond;
    Ok(read::<Claim>(claim)?.end_dispute(&plain(at)?, bond, &mut read(incident)?)?)
}
