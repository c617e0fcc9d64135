//! The bond that doubles while incidents are rejected, and the reward it lets the pool set aside for voters.

use crate::{
    common::{CAPITAL, edit, market},
    story::*,
};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, UNIT, pool_params, product_params};
use std::mem::offset_of;

/// An insured world in which opal can post every bond.
fn rich() -> Play {
    let mut world = insured();
    world.fund("opal", CAPITAL);
    world
}

/// Opal opens the `nth` incident of product 0, and the jury, of one mind, rejects or settles it at once or as soon as
/// it can. Returns its bond.
fn run(world: &mut Play, nth: u32, side: u8) -> u64 {
    let incident = report(world, 0, nth);
    let bond = world.chain.read::<Incident>(&incident).bond;
    agree(world, nth, side);
    ripen(world, 0, nth);
    world.settle(0, nth).ok();
    world.check_books();
    bond
}

/// The jury, of one mind, decides the `nth` incident of product 0, and the verdict is read as soon as it can be.
fn agree(world: &mut Play, nth: u32, side: u8) {
    let incident = world.incident(0, nth);
    for voter in ["vera", "walt"] {
        world.vote(voter, &incident, side).ok();
    }
    world.close_ballot(&incident).ok();
    read_verdict(world, 0, nth);
}

/// The jury rejects the `nth` incident of product 0 at once.
fn reject(world: &mut Play, nth: u32) {
    agree(world, nth, AGAINST);
    world.settle_decided(0, nth).ok();
}

#[test]
fn the_bond_doubles_with_each_rejected_report_up_to_sixteen_times() {
    let mut world = rich();
    for (nth, factor) in (0..).zip([1, 2, 4, 8, 16, 16, 16]) {
        let (balance, bonds) = (world.balance("opal"), world.read_pool().bonds);
        let incident = report(&mut world, 0, nth);
        let found: Incident = world.chain.read(&incident);
        assert_eq!(found.bond, factor * BOND, "incident {nth}");
        assert_eq!(world.chain.read::<Ballot>(&ballot_address(&incident)).appeal_bond, 2 * factor * BOND);
        assert_eq!((world.balance("opal"), world.read_pool().bonds), (balance - found.bond, bonds + found.bond));
        reject(&mut world, nth);
        let product = world.read_product(0);
        assert_eq!((product.bond_doublings, product.last_rejected_at), (4.min(nth as u8 + 1), world.now()));
        assert_eq!(product.incident_bond, 500 * UNIT, "the terms do not change");
        world.check_books();
    }
    // Each product has a memory of its own.
    let incident = report(&mut world, 1, 0);
    assert_eq!(world.chain.read::<Incident>(&incident).bond, TRIOS_BOND);
}

#[test]
fn the_bond_doubles_with_each_report_that_is_undecided_too() {
    let mut world = rich();
    for (nth, factor) in (0..).zip([1, 2, 4, 8, 16, 16]) {
        let incident = report(&mut world, 0, nth);
        assert_eq!(world.chain.read::<Incident>(&incident).bond, factor * BOND, "report {nth}");
    }
    for (nth, side) in (0..).zip([FOR, FOR, AGAINST, FOR, FOR, FOR]) {
        let incident = world.incident(0, nth);
        decide(&mut world, &incident, Some(side));
    }
    // Four verdicts are read, one of them a rejection: two reports are undecided.
    for nth in 0..4 {
        read_verdict(&mut world, 0, nth);
    }
    let product = world.read_product(0);
    assert_eq!((product.line.undecided, product.bond_doublings), (2, 1));
    let incident = report(&mut world, 0, 6);
    assert_eq!(world.chain.read::<Incident>(&incident).bond, 8 * BOND);
    // And the other two: the seventh is undecided, and the rejection is remembered.
    for nth in 4..6 {
        read_verdict(&mut world, 0, nth);
    }
    let incident = report(&mut world, 0, 7);
    assert_eq!(world.chain.read::<Incident>(&incident).bond, 4 * BOND);
}

#[test]
fn the_bond_is_the_larger_of_the_products_and_of_a_part_of_what_is_set_aside() {
    // At a leverage of one 10 bps of what is set aside, beyond it 25.
    for (leverage_bps, cover, bond) in [
        (10_000, 500_000 * UNIT, 500 * UNIT),
        (10_000, 500_000 * UNIT + 1, 500 * UNIT + 1),
        (10_001, 200_000 * UNIT, 500 * UNIT),
        (20_000, 200_000 * UNIT + 1, 500 * UNIT + 1),
        (20_000, 800_000 * UNIT, 2_000 * UNIT),
    ] {
        let params = PoolParams { leverage_bps, group_caps_bps: [leverage_bps; 16], ..pool_params() };
        let mut world = market(params, &[product_params("Risk")]);
        world.buy("dora", 0, 0, cover, 90).ok();
        let now = world.now();
        world.open_incident("emil", 0, 0, now).ok();
        let incident: Incident = world.chain.read(&world.incident(0, 0));
        assert_eq!((incident.bond, incident.product_bond), (bond, 500 * UNIT));
    }
}

#[test]
fn the_bond_is_forgotten_thirty_days_after_the_last_rejection() {
    for (seconds, factor) in [(30 * DAY - 1, 4), (30 * DAY, 1)] {
        let mut world = rich();
        assert_eq!([run(&mut world, 0, AGAINST), run(&mut world, 1, AGAINST)], [BOND, 2 * BOND]);
        let rejected_at = world.now();
        assert_eq!(world.read_product(0).last_rejected_at, rejected_at);
        world.chain.set_now(rejected_at + seconds);
        let incident = report(&mut world, 0, 2);
        assert_eq!(world.chain.read::<Incident>(&incident).bond, factor * BOND);
        // What counts for the next is how long ago the last was rejected when this one is.
        reject(&mut world, 2);
        assert_eq!(world.read_product(0).bond_doublings, 1, "by then thirty days are over either way");
        assert_eq!(run(&mut world, 3, AGAINST), 2 * BOND);
    }
}

#[test]
fn a_rejection_within_thirty_days_of_the_last_is_the_second_of_a_row() {
    for (seconds, doublings) in [(30 * DAY - 1, 2), (30 * DAY, 1)] {
        let mut world = rich();
        run(&mut world, 0, AGAINST);
        let rejected_at = world.read_product(0).last_rejected_at;
        let incident = report(&mut world, 0, 1);
        decide(&mut world, &incident, Some(AGAINST));
        // What counts is when the verdict is read.
        world.chain.set_now(rejected_at + seconds);
        read_verdict(&mut world, 0, 1);
        let product = world.read_product(0);
        assert_eq!((product.bond_doublings, product.last_rejected_at), (doublings, rejected_at + seconds));
    }
}

#[test]
fn an_incident_that_counts_neither_doubles_the_bond_nor_ends_its_memory() {
    let mut world = rich();
    assert_eq!(run(&mut world, 0, AGAINST), BOND);
    let (doublings, rejected_at) = (world.read_product(0).bond_doublings, world.read_product(0).last_rejected_at);
    // It takes eighteen days.
    assert_eq!(run(&mut world, 1, FOR), 2 * BOND);
    let product = world.read_product(0);
    assert_eq!((product.bond_doublings, product.last_rejected_at), (doublings, rejected_at));
    assert!(world.now() < rejected_at + 30 * DAY);
    assert_eq!(run(&mut world, 2, AGAINST), 2 * BOND);
}

#[test]
fn an_incident_that_nobody_decided_doubles_the_bond_too() {
    let mut world = rich();
    report(&mut world, 0, 0);
    finish(&mut world, 0, 0, None);
    assert_eq!(world.read_product(0).bond_doublings, 1);
    let incident = report(&mut world, 0, 1);
    assert_eq!(world.chain.read::<Incident>(&incident).bond, 2 * BOND);
}

#[test]
fn the_reward_is_half_of_the_bond_and_reserved_when_the_verdict_is_read() {
    // The products' own bond: what is insured here asks for no more.
    const HALF: u64 = 250 * UNIT;
    // What the assessors' fund holds, what the pool offers for petitions, and what each of two ballots gets of the fund.
    for (fund, offer, rewards) in [
        (1_000 * UNIT, 0, [HALF, HALF]),
        (1_000 * UNIT, 1 << 56, [HALF, HALF]),
        (2 * HALF - 1, 0, [HALF, HALF - 1]),
        (HALF - 1, 0, [HALF - 1, 0]),
        (0, 0, [0, 0]),
    ] {
        let params = PoolParams { vote_reward: offer, ..pool_params() };
        let mut world = market(params, &[product_params("One"), product_params("Other")]);
        world.stake("vera", UNIT).ok();
        for index in [0, 1] {
            world.buy("dora", index, 0, 1_000 * UNIT, 30).ok();
        }
        world.pass_days(2);
        // Premiums fill it slowly: take its size from the capital, so that the vault still holds what it owes.
        let (address, pool) = (world.pool(), world.read_pool());
        let capital = pool.capital + pool.assessors - fund;
        edit(&mut world, &address, offset_of!(Pool, capital), &capital.to_le_bytes());
        edit(&mut world, &address, offset_of!(Pool, assessors), &fund.to_le_bytes());
        let incidents = [0, 1].map(|index| {
            let now = world.now();
            world.open_incident("emil", index, 0, now).ok();
            let incident = world.incident(index, 0);
            decide(&mut world, &incident, Some(FOR));
            incident
        });
        let pool = world.read_pool();
        assert_eq!((pool.assessors, pool.rewards_reserved), (fund, 0), "nothing is promised yet");
        let mut reserved = 0;
        for (index, (incident, reward)) in (0..).zip(incidents.iter().zip(rewards)) {
            let ballot: Ballot = world.chain.read(&ballot_address(incident));
            assert_eq!((ballot.reward_pot, ballot.reward_left), (HALF, 0));
            read_verdict(&mut world, index, 0);
            let ballot: Ballot = world.chain.read(&ballot_address(incident));
            assert_eq!((ballot.reward_pot, ballot.reward_left), (reward, reward));
            reserved += reward;
            let pool = world.read_pool();
            assert_eq!((pool.assessors, pool.rewards_reserved), (fund, reserved), "a promise moves nothing");
        }
        world.check_books();
    }
}
