//! Ballots, votes and stakes.

use crate::{Answer, object, read};
use breakwater_state::{
    Assembly, Ballot, BreakwaterError, NOBODY, Opening, OrOverflow, Pool, Side, VoteKeys, VoteRecord, Voter,
};
use bytemuck::Zeroable;
use coverage_math::ballot;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The level of a ballot that stands for a `Side`.
#[wasm_bindgen(js_name = levelOf)]
pub fn level_of(side: u8) -> Answer<u8> {
    Ok(Side::from_byte(side)?.level())
}

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

/// Whether a ballot asks how much, in sixteenths, instead of whether; the weight cast in its round, atoms; whether that is as much as must vote; the level at which the rest of that counts, and
/// the one at which the round would end now; the least weight that, if nobody else votes, leads to another outcome than that default;
/// and whether the outcome was read.
#[wasm_bindgen(
    unchecked_return_type = "{ graded: boolean; cast: bigint; reached: boolean; byDefault: number; leading: number; takes: bigint | undefined; read: boolean }"
)]
pub fn turnout(ballot: &[u8]) -> Answer<JsValue> {
    let ballot: Ballot = read(ballot)?;
    Ok(object([
        ("graded", (ballot.graded == 1).into()),
        ("cast", ballot.weight_cast()?.into()),
        ("reached", ballot.has_quorum()?.into()),
        ("byDefault", ballot.default_level.into()),
        ("leading", ballot.leading()?.into()),
        ("takes", least_that_decides(&ballot).into()),
        ("read", (ballot.executed == 1).into()),
    ]))
}

/// The least weight that, alone and at one end, has a round end at another level than its default, atoms; `None` where all that counts
/// is too little.
fn least_that_decides(ballot: &Ballot) -> Option<u64> {
    let ends = [Side::Against, Side::For].map(Side::level).into_iter().filter(|end| *end != ballot.default_level);
    let (most, default, quorum) = (ballot.eligible_weight, ballot.default_level, ballot.quorum_weight);
    ends.filter_map(|end| ballot::least_alone(most, end, default, quorum, ballot.threshold_bps)).min()
}

/// The weight cast in the round of a ballot at each of its levels, from 0 to 16, atoms: votes that can be cast anew included.
#[wasm_bindgen(js_name = votesByLevel, unchecked_return_type = "BigUint64Array")]
pub fn votes_by_level(ballot: &[u8]) -> Answer<Vec<u64>> {
    let ballot: Ballot = read(ballot)?;
    let both = ballot.fixed.iter().zip(ballot.movable);
    Ok(both.map(|(fixed, movable)| fixed.checked_add(movable).or_overflow()).collect::<Result<_, _>>()?)
}

/// Whether a stake can vote at `now`, cast by its delegate or by its owner: for the first time, or anew where `record` is its vote.
#[wasm_bindgen(js_name = checkVote)]
pub fn check_vote(ballot: &[u8], voter: &[u8], record: Option<Vec<u8>>, by_delegate: bool, now: u64) -> Answer<()> {
    let (mut ballot, mut voter): (Ballot, Voter) = (read(ballot)?, read(voter)?);
    let mut record = record.map_or_else(|| Ok(VoteRecord::zeroed()), |record| read(&record))?;
    let signer = if by_delegate { voter.delegate } else { voter.owner };
    let keys = VoteKeys { signer: &signer, ballot: &NOBODY, rent_payer: &NOBODY };
    // Every ballot has this level.
    Ok(ballot.vote(Side::For.level(), (&NOBODY, &mut voter), &mut record, &keys, now)?)
}

/// What a vote comes to once its ballot is final: whether its stake is still locked by it, and what of that it loses; and once the
/// outcome was read, its reward and what it forfeits of it, atoms of the asset.
#[wasm_bindgen(
    js_name = voteReturn,
    unchecked_return_type = "{ locks: boolean; slash: bigint; reward: bigint | undefined; forfeited: bigint | undefined }"
)]
pub fn vote_return(ballot: &[u8], record: &[u8], voter: &[u8], assembly: &[u8], now: u64) -> Answer<JsValue> {
    let (mut ballot, mut record): (Ballot, VoteRecord) = (read(ballot)?, read(record)?);
    let (mut voter, mut assembly): (Voter, Assembly) = (read(voter)?, read(assembly)?);
    let locks = record.released == 0;
    let slash = ballot.release(&mut record, &mut voter, &mut assembly, now)?;
    let reward = match ballot.take_reward(&record, &mut voter, true) {
        Err(BreakwaterError::BallotNotRead) => None,
        reward => Some(reward?),
    };
    Ok(object([
        ("locks", locks.into()),
        ("slash", slash.into()),
        ("reward", reward.as_ref().map(|reward| reward.paid).into()),
        ("forfeited", reward.as_ref().map(|reward| reward.forfeited).into()),
    ]))
}

/// What the court of a pool is worth now: its stake that counts, whether that is below the floor, how much must vote, what is enough to
/// decide how much of a claim stands where nobody else votes, atoms of the staked token; and the most cover that it carries, atoms of
/// the asset, `undefined` where the pool sets no limit.
#[wasm_bindgen(
    js_name = courtWorth,
    unchecked_return_type = "{ stake: bigint; below: boolean; quorum: bigint; majority: bigint | undefined; carries: bigint | undefined }"
)]
pub fn court_worth(pool: &[u8], assembly: &[u8], now: u64) -> Answer<JsValue> {
    let (mut pool, assembly): (Pool, Assembly) = (read(pool)?, read(assembly)?);
    let stake = assembly.stake_at(now)?;
    let opening = Opening {
        bump: 0,
        subject: &NOBODY,
        rent_payer: &NOBODY,
        opens_at: now,
        appeal_window: 0,
        bond: 0,
        reward: 0,
        default: Side::For,
        graded: true,
        stake_floor: pool.stake_floor,
        arbitrable: false,
    };
    let mut ballot = Ballot::zeroed();
    ballot.open((&NOBODY, &assembly), (&NOBODY, &mut pool), &opening, now)?;
    Ok(object([
        ("stake", stake.into()),
        ("below", (stake < pool.stake_floor).into()),
        ("quorum", ballot.quorum_weight.into()),
        ("majority", least_that_decides(&ballot).into()),
        ("carries", ballot::cover_of_court(stake, pool.cover_per_stake).into()),
    ]))
}

/// How much stake a pool says the cover of, atoms.
#[wasm_bindgen(js_name = stakeOfCover)]
#[must_use]
pub fn stake_of_cover() -> u64 {
    ballot::STAKE_OF_COVER
}

/// Whether the arbiter can decide a ballot for a level.
#[wasm_bindgen(js_name = checkArbitration)]
pub fn check_arbitration(ballot: &[u8], level: u8, now: u64) -> Answer<()> {
    Ok(read::<Ballot>(ballot)?.arbitrate(level, now)?)
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
