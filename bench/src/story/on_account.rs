//! Claims that are paid before their incident is settled, in a pool that has as much capital as it covers.

use super::{Costs, book};
use coverage_client::{Claim, Incident, PoolParams};
use harness::{Chain as _, LiteChain, UNIT, World, assembly_params, pool_params, product_params};

/// Two claims of an incident, without anybody leaving and with: the second is measured. And one that is paid at the settlement, of a pool
/// that somebody left.
pub fn play(costs: &mut Costs) {
    for (leaves, kind) in [(false, ""), (true, ", after somebody left")] {
        let mut world = insured();
        if leaves {
            let shares = world.shares("ben");
            world.request_exit("ben", 0, shares / 2).ok();
        }
        world.pass_days(2);
        count(&mut world, leaves);
        if leaves {
            settled(world.clone(), costs);
        }
        on_account(&mut world, costs, kind);
    }
}

/// A pool with half as much cover as capital.
fn insured() -> World<LiteChain> {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() }).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "ben", "dora", "emil"] {
        world.fund(name, 600_000 * UNIT);
    }
    for name in ["ada", "ben"] {
        world.deposit(name, 500_000 * UNIT).ok();
    }
    for name in ["dora", "emil"] {
        world.buy(name, 0, 0, 200_000 * UNIT, 90).ok();
    }
    world
}

/// An incident that counts, with two claims; the one who asked to leave is paid while it is open.
fn count(world: &mut World<LiteChain>, leaves: bool) {
    let now = world.now();
    world.open_incident("dora", 0, 0, now - 60).ok();
    let incident = world.incident(0, 0);
    for name in ["dora", "emil"] {
        let policy = world.policy(0, name, 0);
        world.submit_claim(name, &policy, &incident, 90_000 * UNIT).ok();
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    if leaves {
        world.await_exits();
        world.pay_exits().ok();
    }
    world.pass_days(3);
    world.decide(0, 0).ok();
}

fn on_account(world: &mut World<LiteChain>, costs: &mut Costs, kind: &str) {
    let incident = world.incident(0, 0);
    world.pass_days(1);
    let (dora, emil) = (world.policy(0, "dora", 0), world.policy(0, "emil", 0));
    world.payout("dora", &dora, &incident).ok();
    world.pass(600);
    let receipt = world.payout("emil", &emil, &incident);
    book(costs, &format!("payout, on account{kind}"), receipt, &[]);
    let claim: Claim = world.chain.read(&coverage_client::claim_address(&incident, &emil));
    assert_eq!(claim.on_account, claim.amount, "it was paid before the settlement");
}

fn settled(mut world: World<LiteChain>, costs: &mut Costs) {
    let incident = world.incident(0, 0);
    let terms: Incident = world.chain.read(&incident);
    world.wait_until(terms.filing_ends_at);
    world.end_filing(0, 0).ok();
    world.wait_until(terms.disputes_end_at);
    world.settle_decided(0, 0).ok();
    let (dora, emil) = (world.policy(0, "dora", 0), world.policy(0, "emil", 0));
    world.payout("dora", &dora, &incident).ok();
    let receipt = world.payout("emil", &emil, &incident);
    book(costs, "payout, after somebody left", receipt, &[]);
}
