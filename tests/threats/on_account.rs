//! Payments before the settlement: nobody is paid more than all will be, and nobody less for being paid later.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, World, authority_product, pool_params};
use solana_address::Address;

/// A court of a pool that sells no more cover than it has capital, a million, with a venue as its third product.
fn unlevered_court() -> Play {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() };
    court_beside(World::lite_bare(), params, |world| {
        world.list_product(3, authority_product("Venue shortfall")).ok();
    })
}

/// The jury passes incidents, and their verdicts are read.
fn pass(world: &mut Play, incidents: &[Address]) {
    for incident in incidents {
        world.vote("vera", incident, 1).ok();
        world.close_ballot(incident).ok();
    }
    for incident in incidents {
        read_verdict(world, incident);
    }
}

/// What a payout of a claim brings its holder, its bond aside, which comes from another account.
fn paid(world: &mut Play, holder: &str, policy: &Address, incident: &Address) -> u64 {
    let bond = claim_of(world, policy, incident).bond;
    let held = world.balance(holder);
    world.payout(holder, policy, incident).ok();
    world.balance(holder) - held - bond
}

/// Two products, one hack, capital for half: the one that was accepted first was paid in full on account, and the other got nothing. Where
/// the capital is less than the cover each is paid the same part before the settlement, and at it; where it is as much both get all.
#[test]
fn t71_one_hack_of_two_products_and_capital_for_half() {
    // Half: both sell as much as there is capital.
    let mut world = court();
    let policies = [("dora", 0), ("emil", 1)].map(|(holder, index)| cover(&mut world, holder, index, 900_000 * UNIT));
    world.pass_days(3);
    let incidents = [0, 1].map(|index| open(&mut world, index, 0));
    for (holder, (policy, incident)) in ["dora", "emil"].iter().zip(policies.iter().zip(&incidents)) {
        file(&mut world, holder, policy, incident, 900_000 * UNIT).ok();
    }
    pass(&mut world, &incidents);
    world.pass_days(3);
    let early = paid(&mut world, "dora", &policies[0], &incidents[0]);
    println!("one hack of two products: {} of 855,000 before the settlement", early / UNIT);
    assert!((400_000 * UNIT..500_000 * UNIT).contains(&early));
    for (index, incident) in (0..).zip(&incidents) {
        until_settleable(&mut world, incident);
        world.settle(index, 0).ok();
    }
    if case(&mut world, &incidents[0]).held_back > 0 {
        world.settle_rest(&incidents[0]).ok();
    }
    let got = [0, 1].map(|index| case(&mut world, &incidents[index]).settled);
    println!("one hack of two products: {} and {}", got[0] / UNIT, got[1] / UNIT);
    assert!(got[0].abs_diff(got[1]) < UNIT, "{got:?}");
    world.check_books();

    // As much capital as cover: whatever the order, both get all of it, before the settlement and at it.
    for early in [[true, true], [true, false], [false, true], [false, false]] {
        let mut world = unlevered_court();
        let policies = [("dora", 0, 600_000), ("emil", 1, 400_000)]
            .map(|(holder, index, units)| cover(&mut world, holder, index, units * UNIT));
        world.pass_days(3);
        let incidents = [0, 1].map(|index| open(&mut world, index, 0));
        for (holder, (policy, incident)) in ["dora", "emil"].iter().zip(policies.iter().zip(&incidents)) {
            let insured = world.chain.read::<Policy>(policy).amount;
            file(&mut world, holder, policy, incident, insured).ok();
        }
        let claimed = [570_000 * UNIT, 380_000 * UNIT];
        pass(&mut world, &incidents);
        world.pass_days(3);
        for (which, incident) in incidents.iter().enumerate() {
            if early[which] {
                assert_eq!(paid(&mut world, ["dora", "emil"][which], &policies[which], incident), claimed[which]);
            }
        }
        for (which, incident) in incidents.iter().enumerate() {
            until_settleable(&mut world, incident);
            world.settle(which as u16, 0).ok();
            if !early[which] {
                assert_eq!(paid(&mut world, ["dora", "emil"][which], &policies[which], incident), claimed[which]);
            }
            let read = case(&mut world, incident);
            assert_eq!((read.settled, read.paid, read.held_back), (claimed[which], claimed[which], 0));
        }
        world.check_books();
    }
}

/// A payment on account above the final factor: a draw in between, a second incident, policies that were paid before. All of it leaves as
/// much capital as cover, so that the last claim is paid in full, too.
#[test]
fn t82_a_payment_on_account_above_the_final_factor() {
    let mut world = unlevered_court();
    let [doras, emils] =
        [("dora", 400_000), ("emil", 100_000)].map(|(holder, units)| cover(&mut world, holder, 0, units * UNIT));
    let gus = cover(&mut world, "gus", 1, 200_000 * UNIT);
    world.fund("venue", 50_000 * UNIT);
    world.buy("venue", 3, 0, 250_000 * UNIT, 365).ok();
    world.pass_days(3);
    let first = open(&mut world, 0, 0);
    file(&mut world, "dora", &doras, &first, 400_000 * UNIT).ok();
    pass(&mut world, &[first]);
    world.pass_days(3);
    assert_eq!(paid(&mut world, "dora", &doras, &first), 380_000 * UNIT);

    // A venue draws what it may, and books the rest; another event is reported on the same product and on another; an LP asks out.
    let venue = world.policy(3, "venue", 0);
    world.draw("venue", "venue", 3, &venue, 200_000 * UNIT).ok();
    let second = open(&mut world, 0, 1);
    let other = open(&mut world, 1, 0);
    ask_for_all(&mut world, "honest", 0);
    file(&mut world, "dora", &doras, &second, 25_000 * UNIT).ok();
    file(&mut world, "gus", &gus, &other, 200_000 * UNIT).ok();
    pass(&mut world, &[second, other]);
    world.pass_days(3);
    assert_eq!(paid(&mut world, "gus", &gus, &other), 190_000 * UNIT);
    world.payout("dora", &doras, &second).fails(E::EarlierIncidentOpen);
    // The last claim of the first, filed in its last second.
    let read = case(&mut world, &first);
    until(&mut world, read.filing_ends_at - 1);
    world.pay_exits();
    file(&mut world, "emil", &emils, &first, 100_000 * UNIT).ok();
    until_settleable(&mut world, &first);
    world.settle(0, 0).ok();
    assert_eq!(paid(&mut world, "emil", &emils, &first), 95_000 * UNIT);
    let read = case(&mut world, &first);
    assert_eq!((read.settled, read.approved, read.held_back), (475_000 * UNIT, 475_000 * UNIT, 0));
    assert_eq!(paid(&mut world, "dora", &doras, &second), 5_000 * UNIT);
    world.check_books();
}
