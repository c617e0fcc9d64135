//! What an enemy with money and patience played: a leverage that rises behind cover, premium of those who bore a loss, one's own fee.

use crate::{
    court::*,
    leaving::{unlevered, unlevered_params},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, World, product_params};

/// Pools of leverage one with an exit delay of a week, beside whose products one is listed as number 3 with a curve that has a steep end.
pub fn steep(cancel_fee_bps: u16) -> Play {
    let params = PoolParams { cancel_fee_bps, ..unlevered_params(7) };
    court_beside(World::lite_bare(), params, |world| {
        let curve = ProductParams { r0_ppm: 10_000, r1_ppm: 40_000, r2_ppm: 1_000_000, ..product_params("Steep") };
        world.list_product(3, curve).ok();
    })
}

fn queue(world: &mut Play, leverage_bps: u16) -> u64 {
    let id = world.next_change();
    world.propose(&Proposal::Leverage { leverage_bps }, None).ok();
    id
}

/// Cover of 900,000 was sold at a leverage of one. The leverage was raised, and in the second of the loss an exit was paid by it that
/// waited: the exit got 501,751 instead of 51,178, the holder 513,138 instead of 909,000. Now it only falls, whoever asks for it.
#[test]
fn t94_raise_the_leverage_behind_live_cover() {
    let mut world = unlevered(7);
    cover(&mut world, "gus", 0, 900_000 * UNIT);
    for leverage_bps in [10_001, 50_000] {
        world.propose(&Proposal::Leverage { leverage_bps }, None).fails(E::LeverageRises);
        let id = world.next_change();
        let accounts = world.petition_accounts("vera", id, None);
        world.fund("vera", 10_000 * UNIT);
        world.send(accounts.instruction(id, &Proposal::Leverage { leverage_bps }), &["vera"]).fails(E::LeverageRises);
    }
    // Nor by two changes, of which the one falls below the other.
    let mut world = court();
    let ids = [15_000, 12_000, 14_000].map(|leverage_bps| queue(&mut world, leverage_bps));
    let timelock = world.read_pool().timelock;
    world.pass(timelock);
    world.apply(ids[1], None).ok();
    world.apply(ids[0], None).fails(E::LeverageRises);
    world.apply(ids[2], None).fails(E::LeverageRises);
    assert_eq!(world.read_pool().leverage_bps, 12_000);
}

/// Claims of 990,000 are settled: the loss has left the capital, and the premium of the cover that was used becomes income with each
/// payout. A deposit in between paid nothing for it: 155,914 had 249,716 in the end, with nothing at risk. Now it pays for all of it.
#[test]
fn t95_deposit_between_a_settlement_and_its_payouts() {
    let mut world = steep(500);
    world.fund("gus", 300_000 * UNIT);
    world.buy("gus", 3, 0, 990_000 * UNIT, 365).ok();
    let gus = world.policy(3, "gus", 0);
    world.pass_days(3);
    let incident = report(&mut world, 3, 0);
    file(&mut world, "gus", &gus, &incident, 990_000 * UNIT + 990_000 * UNIT / 20).ok();
    accept(&mut world, 3, 0);
    world.fund("eve", 10 * HALF);
    let (capital, amount) = (world.read_pool().capital, 9 * world.read_pool().capital);
    assert!(world.read_pool().settled > 0 && capital < HALF / 10);
    let mut fair = world.clone();
    world.deposit("eve", amount).ok();
    world.payout("gus", &gus, &incident).ok();
    fair.payout("gus", &gus, &incident).ok();
    fair.deposit("eve", amount).ok();
    let (mut has, mut would) = (0, 0);
    for (world, worth_of) in [(&mut world, &mut has), (&mut fair, &mut would)] {
        assert_eq!((world.read_pool().settled, world.read_pool().active_cover), (0, 0));
        let end = world.read_pool().income_end_day;
        until_day(world, end);
        *worth_of = worth(world, "eve");
        world.check_books();
    }
    println!("{} deposited have {} in the end, and {} behind the payout", amount / UNIT, has / UNIT, would / UNIT);
    assert!(has <= would && has <= amount + amount / 50);
}

/// The fee of a cancellation reached the LPs within seven days: a friend of nine times the capital, who came in the second before and
/// left, had 14,166 of 14,360 back. It streams on until the cover would have been released.
#[test]
fn t96_take_the_fee_of_ones_own_cancellation_back() {
    let mut world = steep(2_000);
    world.fund("sam", HALF);
    world.fund("eve", 40 * HALF);
    world.buy("sam", 3, 0, 950_000 * UNIT, 365).ok();
    let sam = world.policy(3, "sam", 0);
    world.pass_days(1);
    world.deposit("eve", 18 * HALF).ok();
    let release_day = world.chain.read::<Policy>(&sam).release_day;
    world.cancel("sam", 3, &sam).ok();
    let pool = world.read_pool();
    let fee = pool.income_left().unwrap();
    assert_eq!(pool.income_end_day, release_day);
    let day = ask_for_all(&mut world, "eve", 0);
    let earned = leave(&mut world, "eve", 0, day) - 18 * HALF;
    println!("of a fee of {} the friend has {} in eight days", fee / UNIT, earned / UNIT);
    assert!(fee > 10_000 * UNIT && earned < fee / 9);
    world.check_books();
}
