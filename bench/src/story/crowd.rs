//! Incidents with one claim and with a thousand, which must cost the same to settle.

use super::{Costs, book};
use harness::{Receipt, UNIT, World, assembly_params, pool_params, product_params};

/// Settles both.
pub fn play(costs: &mut Costs) {
    book(costs, "settle_incident, 1 claim", settle(1), &[]);
    book(costs, "settle_incident, 1,000 claims", settle(1_000), &[]);
}

/// An incident with so many claims in a world of its own, settled.
fn settle(claims: u64) -> Receipt {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, pool_params()).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "dora"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for id in 0..claims {
        world.buy("dora", 0, id, 100 * UNIT, 90).ok();
    }
    world.pass_days(3);
    let now = world.now();
    world.open_incident("dora", 0, 0, now - 60).ok();
    let incident = world.incident(0, 0);
    for id in 0..claims {
        let policy = world.policy(0, "dora", id);
        world.submit_claim("dora", &policy, &incident, 50 * UNIT).ok();
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.conclude(0, 0)
}
