//! Incidents, and claims.

use crate::{Answer, books, exits::next, object, read};
use breakwater_state::{
    Ballot, BreakwaterError, Claim, Incident, IncidentKeys, IncidentReport, NOBODY, OrOverflow, Pays, Policy, Pool,
    Product,
};
use bytemuck::Zeroable;
use coverage_math::{ballot, settlement};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Where an account is that only a quote makes.
const NOWHERE: IncidentKeys =
    IncidentKeys { incident: &NOBODY, bump: 0, product: &NOBODY, opener: &NOBODY, rent_payer: &NOBODY };

/// What a report of an event of then to the jury takes and sets aside: its bond, and the lien that it shares with those
/// before it, atoms.
#[wasm_bindgen(js_name = quoteReport, unchecked_return_type = "{ bond: bigint; lien: bigint }")]
pub fn quote_report(pool: &[u8], product: &[u8], occurred_at: u64, now: u64) -> Answer<JsValue> {
    let (mut pool, mut product) = books(pool, product, now)?;
    let report = IncidentReport { occurred_at, evidence_hash: [0; 32], evidence_uri: String::new() };
    let mut incident = Incident::zeroed();
    incident.open(&NOWHERE, NOBODY, &report, &mut pool, &mut product, now)?;
    Ok(object([("bond", incident.bond.into()), ("lien", incident.lien.into())]))
}

/// The assembly whose ballots decide on a product's incidents to come: an address.
#[wasm_bindgen(js_name = court)]
pub fn court(pool: &[u8], product: &[u8]) -> Answer<Vec<u8>> {
    Ok(read::<Product>(product)?.court(&read(pool)?).as_ref().to_vec())
}

/// What a product has set aside for its open incidents of the LPs' own capital, atoms.
#[wasm_bindgen(js_name = setAsideFor)]
pub fn set_aside_for(pool: &[u8], product: &[u8]) -> Answer<u64> {
    Ok(read::<Pool>(pool)?.set_aside_for(&read::<Product>(product)?.line)?)
}

/// How many open incidents of the product are paid before one; `undefined` once it has ended.
#[wasm_bindgen(js_name = placeInLine)]
pub fn place_in_line(product: &[u8], incident: &[u8]) -> Answer<Option<u32>> {
    Ok(read::<Incident>(incident)?.place_in_line(&read(product)?))
}

/// Whether an incident is open on a product.
#[wasm_bindgen(js_name = hasOpenIncident)]
pub fn has_open_incident(product: &[u8]) -> Answer<bool> {
    Ok(read::<Product>(product)?.has_open_incident())
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
    let (mut pool, mut product) = books(pool, product, now)?;
    Ok(Incident::zeroed().open_by_price(&NOWHERE, &mut pool, &mut product, now)?)
}

/// Whether claims can be filed.
#[wasm_bindgen(js_name = checkFiling)]
pub fn check_filing(incident: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_filing(now)?)
}

/// Whether an incident counts, once its verdict can be read: of its ballot, which it has unless a price opened it and nobody
/// challenged that. A booking needs its policy, too.
#[wasm_bindgen]
pub fn verdict(
    pool: &[u8],
    product: &[u8],
    incident: &[u8],
    ballot: Option<Vec<u8>>,
    now: u64,
    policy: Option<Vec<u8>>,
) -> Answer<bool> {
    let mut incident: Incident = read(incident)?;
    let mut ballot: Option<Ballot> = ballot.map(|ballot| read(&ballot)).transpose()?;
    let (mut pool, mut product) = books(pool, product, now)?;
    let mut policy: Option<Policy> = policy.map(|policy| read(&policy)).transpose()?;
    incident.decide(ballot.as_mut(), policy.as_mut(), &mut pool, &mut product, now)?;
    Ok(!incident.was_refused()?)
}

/// Whether the filing of an incident can be ended, which frees what nobody claimed.
#[wasm_bindgen(js_name = checkFilingEnd)]
pub fn check_filing_end(pool: &[u8], product: &[u8], incident: &[u8], now: u64) -> Answer<()> {
    let (mut pool, mut product) = books(pool, product, now)?;
    Ok(read::<Incident>(incident)?.end_filing(&mut pool, &mut product, now)?)
}

/// Whether an incident can be settled, or rejected for good; else what it waits for.
#[wasm_bindgen(js_name = checkSettlement)]
pub fn check_settlement(product: &[u8], incident: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Incident>(incident)?.check_settleable(&read(product)?, now)?)
}

/// What a settlement of an incident would give its claims now, of what they ask, and what of that leavers bear, atoms.
/// Incidents of the pool lie one after the other.
#[wasm_bindgen(
    js_name = quoteSettlement,
    unchecked_return_type = "{ approved: bigint; settled: bigint; contested: bigint; heldBack: bigint }"
)]
pub fn quote_settlement(pool: &[u8], product: &[u8], incident: &[u8], incidents: &[u8], now: u64) -> Answer<JsValue> {
    let mut incident: Incident = read(incident)?;
    let next = next(&incident, incidents)?;
    let (mut pool, mut product) = books(pool, product, now)?;
    incident.settle(next.as_ref(), &mut pool, &mut product, now)?;
    Ok(object([
        ("approved", incident.approved.into()),
        ("settled", incident.settled.into()),
        ("contested", incident.contested.into()),
        ("heldBack", incident.held_back.into()),
    ]))
}

/// Whether an incident is a booking: what a policy has drawn and was not paid at once.
#[wasm_bindgen(js_name = isBooking)]
pub fn is_booking(incident: &[u8]) -> Answer<bool> {
    Ok(read::<Incident>(incident)?.is_booking())
}

/// What of a booking waits to be settled, as the product's limit allows, atoms.
#[wasm_bindgen]
pub fn unsettled(incident: &[u8]) -> Answer<u64> {
    Ok(read::<Incident>(incident)?.unsettled()?)
}

/// What a payment of a booking would pay its holder now, atoms.
#[wasm_bindgen(js_name = quoteBooking)]
pub fn quote_booking(pool: &[u8], product: &[u8], incident: &[u8], policy: &[u8], now: u64) -> Answer<u64> {
    let (mut pool, mut product) = books(pool, product, now)?;
    let (paid, given_back) =
        read::<Incident>(incident)?.pay_booking(true, &mut read(policy)?, &mut pool, &mut product, now)?;
    Ok(paid.saturating_sub(given_back))
}

/// Whether what a price opened, or a booking, can be brought before the jury.
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

/// What a policy could claim for a loss, what of it would give the refund of a cancellation back, and the bond that takes, atoms.
#[wasm_bindgen(js_name = quoteClaim, unchecked_return_type = "{ amount: bigint; givesBack: bigint; bond: bigint }")]
pub fn quote_claim(incident: &[u8], policy: &[u8], loss: u64) -> Answer<JsValue> {
    let incident = read::<Incident>(incident)?;
    let mut policy = read::<Policy>(policy)?;
    let (amount, refund) = (policy.file(loss)?, policy.refund_left()?);
    let bond = incident.claim_bond(amount)?;
    Ok(object([("amount", amount.into()), ("givesBack", refund.min(amount).into()), ("bond", bond.into())]))
}

/// What a policy could claim of an incident that a price opened, atoms.
#[wasm_bindgen(js_name = quoteBreachClaim)]
pub fn quote_breach_claim(incident: &[u8], policy: &[u8]) -> Answer<u64> {
    let incident = read::<Incident>(incident)?;
    let amount = read::<Policy>(policy)?.file_breach(incident.severity_bps)?;
    Ok(amount)
}

/// What a payout would pay now: of the claim, and of its bond, atoms. A bond that somebody else posted is paid by a second
/// payout.
#[wasm_bindgen(js_name = payoutOf, unchecked_return_type = "{ claim: bigint; bond: bigint }")]
pub fn payout_of(pool: &[u8], product: &[u8], incident: &[u8], claim: &[u8], now: u64) -> Answer<JsValue> {
    let (pool, product) = books(pool, product, now)?;
    let claim: Claim = read(claim)?;
    let pays = Pays { claimant: true, funder: claim.has_waiting_bond() };
    let due = claim.due(pays, &read(incident)?, &pool, &product, now)?;
    Ok(object([("claim", due.claim.into()), ("bond", due.bond.into())]))
}

/// From when on a claim that has not ended can be paid, of an open incident, unix seconds, and how much of it then, bps, rounded down: what
/// it is sure of before the settlement, or would be if its incident counted now. Where that is nothing, it is the earliest time of the
/// settlement. The time is `undefined` while it depends on what others do: on a ballot, or on earlier incidents.
#[wasm_bindgen(js_name = payableFrom, unchecked_return_type = "{ from: bigint | undefined; sureBps: number }")]
pub fn payable_from(pool: &[u8], product: &[u8], incident: &[u8], claim: &[u8], now: u64) -> Answer<JsValue> {
    let (incident, claim): (Incident, Claim) = (read(incident)?, read(claim)?);
    incident.check_open()?;
    if claim.has_ended()? {
        return Err(BreakwaterError::NothingDue.into());
    }
    let (pool, product) = books(pool, product, now)?;
    let part = incident.part_on_account(&pool, &product).or_else(|_| pool.sure_part())?;
    let from =
        if part > 0 { claim.payable_from(&incident, &pool, &product).ok() } else { incident.settleable_from(&product) };
    Ok(object([("from", from.into()), ("sureBps", settlement::bps_of(part).into())]))
}

/// Whether the bond of a claim that has ended waits for somebody else, who posted it.
#[wasm_bindgen(js_name = bondWaits)]
pub fn bond_waits(claim: &[u8]) -> Answer<bool> {
    Ok(read::<Claim>(claim)?.has_waiting_bond())
}

/// Whether the claimant posted the bond of a claim.
#[wasm_bindgen(js_name = fundsItself)]
pub fn funds_itself(claim: &[u8]) -> Answer<bool> {
    Ok(read::<Claim>(claim)?.funds_itself())
}

/// Whether nothing more is paid on a claim: it was paid in full, or rejected.
#[wasm_bindgen(js_name = isPaid)]
pub fn is_paid(claim: &[u8]) -> Answer<bool> {
    Ok(read::<Claim>(claim)?.is_paid()?)
}

/// Until when a claim can be disputed, unix seconds, once its incident counts.
#[wasm_bindgen(js_name = disputableUntil)]
pub fn disputable_until(incident: &[u8], claim: &[u8]) -> Answer<u64> {
    Ok(read::<Claim>(claim)?.disputable_until(&read(incident)?)?)
}

/// Whether a claim can be disputed.
#[wasm_bindgen(js_name = checkDispute)]
pub fn check_dispute(incident: &[u8], claim: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Claim>(claim)?.check_disputable(&read(incident)?, now)?)
}

/// What would stand of a claim at a level, and what claimant and disputer would lose of their own bond and get of the other's, atoms;
/// of a claim whose dispute is not decided.
#[wasm_bindgen(
    js_name = quoteLevel,
    unchecked_return_type = "{ stands: bigint; claimantLoses: bigint; claimantGets: bigint; disputerLoses: bigint; disputerGets: bigint }"
)]
pub fn quote_level(claim: &[u8], level: u8) -> Answer<JsValue> {
    let claim: Claim = read(claim)?;
    let stands = ballot::part_at(claim.claimed, level).or_overflow()?;
    let (of_claim, of_dispute) = ballot::bonds_lost(claim.bond, claim.dispute_bond, level).or_overflow()?;
    let (to_disputer, _) = settlement::split_bond(of_claim);
    let (to_claimant, _) = settlement::split_bond(of_dispute);
    Ok(object([
        ("stands", stands.into()),
        ("claimantLoses", of_claim.into()),
        ("claimantGets", to_claimant.into()),
        ("disputerLoses", of_dispute.into()),
        ("disputerGets", to_disputer.into()),
    ]))
}

/// Whether the dispute of a claim can be decided by its ballot.
#[wasm_bindgen(js_name = checkResolution)]
pub fn check_resolution(claim: &[u8], ballot: &[u8], now: u64) -> Answer<()> {
    read::<Claim>(claim)?.check_disputed()?;
    read::<Ballot>(ballot)?.verdict(now)?;
    Ok(())
}

/// Whether what the disputer of a claim has due can be collected.
#[wasm_bindgen(js_name = checkDisputeBond)]
pub fn check_dispute_bond(claim: &[u8]) -> Answer<()> {
    read::<Claim>(claim)?.collect_dispute_bond()?;
    Ok(())
}
