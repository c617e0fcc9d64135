//! An incident that asks for more than is left: payments by a factor cost a multiplication that others do not.

use super::{Costs, book};
use coverage_client::ProductParams;
use harness::{UNIT, World, assembly_params, pool_params, product_params};

/// Two incidents, of which the first takes almost everything, and a recovery after the second.
pub fn play(costs: &mut Costs) {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, pool_params()).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "dora"] {
        world.fund(name, 300_000 * UNIT);
    }
    for index in 0..2 {
        let params = ProductParams { group: index, ..product_params("Lending exploit") };
        world.list_product(index.into(), params).ok();
    }
    world.deposit("ada", 100_000 * UNIT).ok();
    for index in 0..2 {
        world.buy("dora", index, 0, 90_000 * UNIT, 90).ok();
    }
    world.pass_days(3);
    for index in 0..2 {
        let now = world.now();
        world.open_incident("dora", index, 0, now - 60).ok();
        let (incident, policy) = (world.incident(index, 0), world.policy(index, "dora", 0));
        world.submit_claim("dora", &policy, &incident, 90_000 * UNIT).ok();
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        world.conclude(index, 0).ok();
    }
    let (incident, policy) = (world.incident(1, 0), world.policy(1, "dora", 0));
    let receipt = world.payout("dora", &policy, &incident);
    book(costs, "payout, by a factor", receipt, &[]);
    let receipt = world.recover("ada", &incident, 10_000 * UNIT);
    book(costs, "recover, to the claims", receipt, &[]);
    let receipt = world.payout("dora", &policy, &incident);
    book(costs, "payout, after a recovery", receipt, &[]);
    hold_back(costs);
}

/// An incident that is settled while another is open, which then comes to nothing.
fn hold_back(costs: &mut Costs) {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, pool_params()).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "dora"] {
        world.fund(name, 300_000 * UNIT);
    }
    for index in 0..2 {
        let params = ProductParams { group: index, ..product_params("Lending exploit") };
        world.list_product(index.into(), params).ok();
    }
    world.deposit("ada", 100_000 * UNIT).ok();
    for index in 0..2 {
        world.buy("dora", index, 0, 90_000 * UNIT, 90).ok();
    }
    world.pass_days(3);
    let now = world.now();
    world.open_incident("dora", 0, 0, now - 60).ok();
    let (first, policy) = (world.incident(0, 0), world.policy(0, "dora", 0));
    world.submit_claim("dora", &policy, &first, 90_000 * UNIT).ok();
    world.vote("vera", &first, 1).ok();
    world.close_ballot(&first).ok();
    let now = world.now();
    world.open_incident("dora", 1, 0, now).ok();
    let second = world.incident(1, 0);
    world.vote("vera", &second, 0).ok();
    world.close_ballot(&second).ok();
    world.conclude(0, 0).ok();
    world.conclude(1, 0).ok();
    let receipt = world.settle_rest(&first);
    book(costs, "settle_rest", receipt, &[]);
}
