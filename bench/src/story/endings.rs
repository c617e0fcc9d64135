//! The ends of products, voters, pools and assemblies.

use super::{Costs, book};
use coverage_math::DAY;
use harness::{Chain as _, UNIT, World, product_params};

/// A pool whose LP and holder have come and gone, until nothing of it is left.
pub fn play(costs: &mut Costs) {
    let mut world = World::lite();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "dora", "treasury"] {
        world.fund(name, 100_000 * UNIT);
    }
    world.deposit("ada", 100_000 * UNIT).ok();
    world.buy("dora", 0, 0, 10_000 * UNIT, 30).ok();
    world.delist(0);
    let policy = world.policy(0, "dora", 0);
    let release_day = world.chain.read::<coverage_client::Policy>(&policy).release_day;
    world.wait_until(release_day * DAY);
    world.close_policy(0, &policy).ok();
    let receipt = world.close_product(0);
    book(costs, "close_product", receipt, &[]);

    let shares = world.shares("ada");
    world.request_exit("ada", 0, shares).ok();
    world.request_unstake("vera", 600 * UNIT).ok();
    world.await_exits();
    world.pay_exits().ok();
    world.collect_exit("ada", 0).ok();
    world.close_epoch(0).ok();
    let receipt = world.close_pool();
    book(costs, "close_pool", receipt, &[]);

    world.pass_days(60);
    world.unstake("vera").ok();
    let receipt = world.close_voter("vera");
    book(costs, "close_voter", receipt, &[]);
    let receipt = world.close_assembly();
    book(costs, "close_assembly", receipt, &[]);
}
