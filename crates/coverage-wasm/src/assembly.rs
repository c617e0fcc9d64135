//! Ballots, votes and stakes.

use crate::{Answer, object, read};
use breakwater_state::{Assembly, Ballot, Side, VoteRecord, Voter};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Where a ballot stands: a `BallotStanding`.
#[wasm_bindgen(js_name = ballotStanding)]
pub fn ballot_standing(ballot: &[u8], now: u64) -> Answer<u8> {
    Ok(read::<Ballot>(ballot)?.standing(now)?.byte())
}

/// Whether the round of a ballot can be closed.
#[wasm_bindgen(js_name = checkClose)]
pub fn check_close(ballot: &[u8], now: u64) -> Answer<()> {
    Ok(read::<Ballot>(ballot)?.close_round(now)?)
}

/// The weight cast in the round of a ballot, for and against, atoms; whether that is as many as must vote; the side for which the
/// rest of those counts; and whether the outcome was read.
#[wasm_bindgen(
    unchecked_return_type = "{ cast: bigint; inFavor: bigint; against: bigint; reached: boolean; byDefault: number; read: boolean }"
)]
pub fn turnout(ballot: &[u8]) -> Answer<JsValue> {
    let ballot: Ballot = read(ballot)?;
    Ok(object([
        ("cast", ballot.weight_cast()?.into()),
        ("inFavor", ballot.weight_of(Side::For)?.into()),
        ("against", ballot.weight_of(Side::Against)?.into()),
        ("reached", ballot.has_quorum()?.into()),
        ("byDefault", ballot.default_side().byte().into()),
        ("read", (ballot.executed == 1).into()),
    ]))
}

/// What a vote comes to: its reward and what it forfeits of it, atoms of the asset, and the stake it loses, atoms of that.
#[wasm_bindgen(
    js_name = voteReturn,
    unchecked_return_type = "{ reward: bigint; forfeited: bigint; slash: bigint }"
)]
pub fn vote_return(ballot: &[u8], record: &[u8], now: u64) -> Answer<JsValue> {
    let release = read::<Ballot>(ballot)?.release(&read::<VoteRecord>(record)?, now)?;
    Ok(object([
        ("reward", release.reward.into()),
        ("forfeited", release.forfeited.into()),
        ("slash", release.slash.into()),
    ]))
}

/// The side of a vote: a `Side`.
#[wasm_bindgen(js_name = voteSide)]
pub fn vote_side(record: &[u8]) -> Answer<u8> {
    Ok(read::<VoteRecord>(record)?.side().byte())
}

/// Whether the bond of an appeal can be collected.
#[wasm_bindgen(js_name = checkAppealBond)]
pub fn check_appeal_bond(ballot: &[u8]) -> Answer<()> {
    read::<Ballot>(ballot)?.take_appeal_bond()?;
    Ok(())
}

/// Everything staked and not on its way out, atoms.
#[wasm_bindgen]
pub fn staked(voter: &[u8]) -> Answer<u64> {
    Ok(read::<Voter>(voter)?.staked()?)
}

/// What of a stake counts in a ballot, atoms.
#[wasm_bindgen]
pub fn weight(voter: &[u8], ballot: &[u8]) -> Answer<u64> {
    Ok(read::<Voter>(voter)?.weight(read::<Ballot>(ballot)?.eligible_before)?)
}

/// What of a stake would count in a ballot that opened now, atoms.
#[wasm_bindgen(js_name = weightNow)]
pub fn weight_now(voter: &[u8], assembly: &[u8], now: u64) -> Answer<u64> {
    Ok(read::<Voter>(voter)?.weight(read::<Assembly>(assembly)?.eligible_before(now))?)
}

/// Whether stake can be taken out.
#[wasm_bindgen(js_name = checkUnstake)]
pub fn check_unstake(voter: &[u8], assembly: &[u8], now: u64) -> Answer<()> {
    read::<Voter>(voter)?.unstake(&mut read(assembly)?, now)?;
    Ok(())
}
