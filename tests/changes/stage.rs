//! A world to start from and the way of a change.

pub use crate::common::*;
use coverage_client::{
    constants::{BRIEF_BYTES, PROPOSAL_BYTES},
    *,
};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;

/// What the pool sets aside for the voters of a ballot, atoms.
pub const REWARD: u64 = 20 * UNIT + 1;
/// What a staker pays for putting a change to a ballot, atoms.
pub const PAID: u64 = 4 * REWARD;
/// Of it the bond, atoms: the rest is the voters'.
pub const BOND: u64 = PAID - REWARD;
/// How long a change waits, seconds.
pub const TIMELOCK: u64 = 9 * DAY;
/// How long after that it lapses where nobody marked it, seconds: the longest waiting, term and grace, and thirty days.
pub const LAPSE: u64 = (90 + 30 + 365 + 90 + 30) * DAY;
/// How long after it was marked ready it lapses, seconds.
pub const MARKED: u64 = 30 * DAY;
/// A change that always can lower what LPs get.
pub const FEE: Proposal = Proposal::ProtocolFee { protocol_fee_bps: 2_000 };
/// The side of a vote.
pub const AGAINST: u8 = 0;
/// The side of a vote.
pub const FOR: u8 = 1;

/// The parameters of the pool.
pub fn params() -> PoolParams {
    PoolParams { vote_reward: REWARD, ..pool_params() }
}

/// A pool with ada's million and two products, of which dora and emil hold a policy of 180 days for ten days. The stakes
/// of vera (600) and walt (400) are old enough, and they have money for bonds.
pub fn stage() -> Play {
    found(World::bare())
}

/// The same on any chain.
pub fn found<C: Chain>(world: World<C>) -> World<C> {
    found_with(world, params())
}

/// The same with other parameters of the pool.
pub fn found_with<C: Chain>(mut world: World<C>, params: PoolParams) -> World<C> {
    let has_floor = params.stake_floor > 0;
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.list_product(1, ProductParams { group: 1, ..product_params("Stablecoin depeg") }).ok();
    world.fund("ada", 2_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for (name, amount) in [("vera", 600), ("walt", 400)] {
        world.fund(name, 100_000 * UNIT);
        world.stake(name, amount * UNIT).ok();
    }
    if has_floor {
        world.pass_days(2);
    }
    for (name, index) in [("dora", 0), ("emil", 1)] {
        world.fund(name, 100_000 * UNIT);
        world.buy(name, index, 0, 300_000 * UNIT, 180).ok();
    }
    world.pass_days(10);
    world
}

/// A curve within the bounds, all of it other than [`product_params`].
pub fn new_curve() -> PriceCurve {
    PriceCurve { r0_ppm: 0, r1_ppm: 1, r2_ppm: 1_000_000, kink_bps: 1 }
}

/// How many kinds of proposals [`one_of_each`] has.
pub const KINDS: usize = ProposalKind::ALL.len() - 1;

/// One proposal of each kind but the words of shares, with the product it is about: of what has none, a draft, number 2, and
/// another assembly, which are made.
pub fn one_of_each<C: Chain>(world: &mut World<C>) -> [(Proposal, Option<u16>); KINDS] {
    world.list_product(2, ProductParams { group: 2, ..product_params("Bridge") }).ok();
    let (assembly, nora) = (second_assembly(world), world.key("nora"));
    [
        (Proposal::MinPremium { min_premium: 2_000 }, None),
        (Proposal::VoteReward { vote_reward: 7 }, None),
        (Proposal::AssessorsLimit { assessors_limit: 0 }, None),
        (Proposal::Timelock { timelock: 20 * DAY }, None),
        (Proposal::ExitDelay { exit_delay_days: 6 }, None),
        (Proposal::Season { season_days: 30 }, None),
        (Proposal::Leverage { leverage_bps: 15_000 }, None),
        (FEE, None),
        (Proposal::AssessorFee { assessor_fee_bps: 1_000 }, None),
        (Proposal::CancelFee { cancel_fee_bps: 0 }, None),
        (Proposal::Authority { authority: nora }, None),
        (Proposal::Guardian { guardian: NOBODY }, None),
        (Proposal::Arbiter { arbiter: nora }, None),
        (Proposal::Treasury { treasury: nora }, None),
        (Proposal::Court { assembly }, None),
        (Proposal::GroupCap { group: 15, cap_bps: 50_000 }, None),
        (Proposal::List, Some(2)),
        (Proposal::Delist, Some(1)),
        (Proposal::Weight { weight_bps: 1 }, Some(0)),
        (Proposal::Curve(new_curve()), Some(1)),
        (Proposal::Bonds { incident_bond: 1, claim_bond_bps: 2_000 }, Some(0)),
        (Proposal::StakeFloor { stake_floor: 500 * UNIT }, None),
        (Proposal::CoverPerStake { cover_per_stake: 2_000_000 * UNIT }, None),
    ]
}

/// A proposal as it is stored.
pub fn stored(proposal: &Proposal) -> [u8; PROPOSAL_BYTES] {
    let bytes = borsh::to_vec(proposal).expect("it fits");
    let mut stored = [0; PROPOSAL_BYTES];
    stored[..bytes.len()].copy_from_slice(&bytes);
    stored
}

/// The beginning of it, as events tell it.
pub fn brief(proposal: &Proposal) -> [u8; BRIEF_BYTES] {
    let mut brief = [0; BRIEF_BYTES];
    brief.copy_from_slice(&stored(proposal)[..BRIEF_BYTES]);
    brief
}

/// Moves the clock to a time.
pub fn move_to<C: Chain>(world: &mut World<C>, time: u64) {
    let now = world.now();
    world.pass(time.checked_sub(now).expect("a time to come"));
}

/// Queues a change as the founder and returns its number.
#[track_caller]
pub fn queued<C: Chain>(world: &mut World<C>, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.propose(proposal, index).ok();
    id
}

/// Queues a change, waits for its time and applies it.
#[track_caller]
pub fn changed<C: Chain>(world: &mut World<C>, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = queued(world, proposal, index);
    let applies_at = world.read_change(id).applies_at;
    move_to(world, applies_at);
    world.apply(id, index).ok();
    id
}

/// Vera puts a change to a ballot; returns its number.
#[track_caller]
pub fn petitioned<C: Chain>(world: &mut World<C>, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.petition("vera", proposal, index).ok();
    id
}

/// The ballot on a change.
pub fn ballot_of<C: Chain>(world: &mut World<C>, id: u64) -> Ballot {
    let change = world.change(id);
    world.chain.read(&ballot_address(&change))
}

/// Vera, who has the majority, decides the ballot on a change at once, or nobody votes in both of its times.
pub fn decided<C: Chain>(world: &mut World<C>, id: u64, side: Option<u8>) {
    let change = world.change(id);
    match side {
        Some(side) => {
            world.vote("vera", &change, side).ok();
            world.close_ballot(&change).ok();
        }
        None => {
            for days in [3, 6] {
                world.pass_days(days);
                world.close_ballot(&change).ok();
            }
        }
    }
}

/// The same, until it is final.
pub fn final_by<C: Chain>(world: &mut World<C>, id: u64, side: Option<u8>) {
    decided(world, id, side);
    let final_at = ballot_of(world, id).final_at;
    move_to(world, final_at);
}

/// Pool 1 of the founder with a product, for slots that another pool's account must not fit.
pub fn second_pool(world: &mut Play) -> Address {
    world.create_pool(1, params()).ok();
    let pool = world.pool_number(1);
    let list = ListProduct { pool, product: product_address(&pool, 0), ..world.list_product_accounts(0) };
    world.send(list.instruction(&product_params("Another")), &["founder"]).ok();
    pool
}

/// The world of what is played on LiteSVM.
pub type Lite = World<harness::LiteChain>;
