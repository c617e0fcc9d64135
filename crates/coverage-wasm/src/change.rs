//! Changes of parameters.

use crate::{Answer, object, plain, read};
use breakwater_state::{
    BreakwaterError, Change, ExitEpoch, OrOverflow, Pool, Product, Proposal, ProposalKind, ShareWords,
    constants::PROPOSAL_BYTES,
};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Where a change stands: a `ChangeStanding`.
#[wasm_bindgen(js_name = changeStanding)]
pub fn change_standing(change: &[u8], pool: &[u8], now: u64) -> Answer<u8> {
    Ok(read::<Change>(change)?.standing(&read(pool)?, now)?.byte())
}

/// When a queued change can be applied no more, unix seconds.
#[wasm_bindgen(js_name = lapsesAt)]
pub fn lapses_at(change: &[u8]) -> Answer<u64> {
    Ok(read::<Change>(change)?.lapses_at()?)
}

/// Whether somebody can take the authority over by a change.
#[wasm_bindgen(js_name = checkHandover)]
pub fn check_handover(change: &[u8], pool: &[u8], by: &[u8], now: u64) -> Answer<()> {
    read::<Change>(change)?.hand_over(&mut read(pool)?, &plain(by)?, now)?;
    Ok(())
}

/// Whether a ballot decides on a change now.
#[wasm_bindgen(js_name = checkDecision)]
pub fn check_decision(change: &[u8], pool: &[u8], ballot: &[u8], now: u64) -> Answer<()> {
    let mut pool: Pool = read(pool)?;
    pool.accrue(now)?;
    Ok(read::<Change>(change)?.decide(&mut pool, &mut read(ballot)?, now)?)
}

/// Whether a change can be applied; one of a product needs it, and while exits wait, the first exit epoch of them. One that was overtaken
/// cannot be.
#[wasm_bindgen(js_name = checkApplication)]
pub fn check_application(
    change: &[u8],
    pool: &[u8],
    product: Option<Vec<u8>>,
    first_exit: Option<Vec<u8>>,
    now: u64,
) -> Answer<()> {
    let (change, mut pool): (Change, Pool) = (read(change)?, read(pool)?);
    let mut product: Option<Product> = product.map(|product| read(&product)).transpose()?;
    let first_exit: Option<ExitEpoch> = first_exit.map(|epoch| read(&epoch)).transpose()?;
    change.check_ready(&pool, product.as_ref(), first_exit.as_ref(), now)?;
    let proposal = Proposal::from_bytes(&change.proposal)?;
    // The authority is taken by the one who gets it.
    if proposal.kind() != ProposalKind::Authority {
        proposal.apply(change.number, &mut pool, product.as_mut())?;
    }
    Ok(())
}

/// Whether a change was queued after another one and sets the same, of the same product if they are of one: so it holds in the end.
#[wasm_bindgen]
pub fn overtakes(change: &[u8], other: &[u8]) -> Answer<bool> {
    let (change, other): (Change, Change) = (read(change)?, read(other)?);
    let is_same = Proposal::from_bytes(&change.proposal)?.sets_what(&Proposal::from_bytes(&other.proposal)?);
    Ok(is_same && change.product == other.product && other.number > 0 && change.number > other.number)
}

/// Whether a proposal, in Borsh, can raise what LPs risk, or lower what they get: it then waits until everybody who asked
/// in time has left. One of a product needs it.
#[wasm_bindgen(js_name = raisesRisk)]
pub fn raises_risk(proposal: &[u8], pool: &[u8], product: Option<Vec<u8>>) -> Answer<bool> {
    let product: Option<Product> = product.map(|product| read(&product)).transpose()?;
    let mut stored = [0; PROPOSAL_BYTES];
    stored.get_mut(..proposal.len()).ok_or(BreakwaterError::UnknownState)?.copy_from_slice(proposal);
    let proposal = Proposal::from_bytes(&stored)?;
    Ok(proposal.raises_risk(&proposal.current(&read(pool)?, product.as_ref())?))
}

/// Which changes of a `ProposalKind` can raise what LPs risk, or lower what they get: a `Risk`.
#[wasm_bindgen(js_name = riskOf)]
pub fn risk_of(kind: u8) -> Answer<u8> {
    Ok(ProposalKind::from_byte(kind)?.risk().byte())
}

/// Whether somebody can take a change back.
#[wasm_bindgen(js_name = checkWithdrawal)]
pub fn check_withdrawal(change: &[u8], pool: &[u8], by: &[u8]) -> Answer<()> {
    Ok(read::<Change>(change)?.withdraw(&plain(by)?, &mut read::<Pool>(pool)?)?)
}

/// Whether the bond of a change can be collected.
#[wasm_bindgen(js_name = checkChangeBond)]
pub fn check_change_bond(change: &[u8]) -> Answer<()> {
    read::<Change>(change)?.collect_bond()?;
    Ok(())
}

/// Whether the account of a change can be closed.
#[wasm_bindgen(js_name = checkChangeOver)]
pub fn check_change_over(change: &[u8], pool: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Change>(change)?.check_over(&read(pool)?, now)?)
}

/// What holds now where a change of a `ProposalKind` would set something else: a proposal as it is stored. A kind that is
/// about a product needs the product, that of a group's cap the group.
#[wasm_bindgen(js_name = valuesNow)]
pub fn values_now(kind: u8, pool: &[u8], product: Option<Vec<u8>>, group: u8) -> Answer<Vec<u8>> {
    let product = product.map(|product| read(&product)).transpose()?;
    let values = ProposalKind::from_byte(kind)?.current(&read(pool)?, product.as_ref(), group)?;
    Ok(values.to_bytes()?.to_vec())
}

/// What wallets are to show of a pool's shares: words in Borsh.
#[wasm_bindgen(js_name = shareWords)]
pub fn share_words(name: &str, symbol: &str, uri: &str) -> Answer<Vec<u8>> {
    let words = ShareWords::new(name, symbol, uri)?;
    words.texts()?;
    Ok(borsh::to_vec(&words).ok().or_overflow()?)
}

/// Longest name, symbol and link of a pool's shares, bytes.
#[wasm_bindgen(js_name = shareWordBytes, unchecked_return_type = "{ name: number; symbol: number; uri: number }")]
#[must_use]
pub fn share_word_bytes() -> JsValue {
    let ShareWords { name, symbol, uri } = ShareWords::NONE;
    object([("name", name.len().into()), ("symbol", symbol.len().into()), ("uri", uri.len().into())])
}
