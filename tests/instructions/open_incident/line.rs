//! Reports on a product stand in line: none is blocked, and all of them set the product's cover aside once.

use crate::{common::CAPITAL, story::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

/// 600,000 units' worth of ada's million.
const SHARES: u64 = 600_000 * UNIT * 1_000;

/// What is set aside of the stayers', atoms.
fn own(world: &mut Play) -> u64 {
    world.read_pool().own_liens().expect("they fit")
}

/// An insured world in which opal can post every bond.
fn rich() -> Play {
    let mut world = insured();
    world.fund("opal", CAPITAL);
    world
}

#[test]
fn reports_on_a_product_with_an_open_incident_are_posted_at_once() {
    let mut world = rich();
    for (nth, open) in (0..3).zip(1..) {
        let incident = report(&mut world, 0, nth);
        let (pool, product) = (world.read_pool(), world.read_product(0));
        assert_eq!((pool.open_incidents, pool.current_incidents, pool.fresh_incidents), (open, 1, 1));
        assert_eq!((product.line.head, product.line.open, product.line.undecided), (0, open, open));
        assert_eq!((pool.liened_cover, pool.active_cover), (DORAS, 600_000 * UNIT), "its cover is liened once");
        // Together they can claim what is insured, and no more.
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.index, found.lien, own(&mut world)), (nth, DORAS, DORAS));
        world.check_books();
    }
    // Another product has a line of its own.
    report(&mut world, 1, 0);
    assert_eq!((own(&mut world), world.read_pool().current_incidents), (DORAS + 600_000 * UNIT, 2));
    let now = world.now();
    world.open_incident("opal", 0, 2, now).fails_with(solana_instruction_error::InstructionError::InvalidSeeds);
}

#[test]
fn the_report_window_is_the_same_for_all_of_them() {
    let mut world = rich();
    let now = world.now();
    report(&mut world, 0, 0);
    world.open_incident("opal", 0, 1, now - 30 * DAY).fails(E::ReportWindowOver);
    world.open_incident("opal", 0, 1, now - 30 * DAY + 1).ok();
    // When an earlier one ends nothing more can be reported than without it.
    finish(&mut world, 0, 0, Some(AGAINST));
    let now = world.now();
    world.open_incident("opal", 0, 2, now - 30 * DAY).fails(E::ReportWindowOver);
}

#[test]
fn a_later_report_sets_all_aside_again_that_leavers_took_along() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, SHARES).ok();
    world.await_exits();
    report(&mut world, 0, 0);
    world.pay_exits().ok();
    assert_eq!(own(&mut world), 160_000 * UNIT + 1);
    // What those who left have in the first pays for the first only.
    let second = report(&mut world, 0, 1);
    let pool = world.read_pool();
    assert_eq!((pool.contested, own(&mut world)), (240_000 * UNIT - 1, 400_000 * UNIT + 1));
    assert_eq!(
        (pool.current_incidents, pool.fresh_incidents),
        (1, 1),
        "who leaves now takes a part of the second along"
    );
    assert_eq!(world.chain.read::<Incident>(&second).part.reported, pool.index);
    world.check_books();
}

#[test]
fn a_report_sets_what_nobody_claimed_aside_again() {
    let mut world = rich();
    report(&mut world, 0, 0);
    judge(&mut world, 0, 0, Some(FOR));
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &world.incident(0, 0), 100_000 * UNIT).ok();
    let ends = world.chain.read::<Incident>(&world.incident(0, 0)).filing_ends_at;
    world.chain.set_now(ends);
    world.end_filing(0, 0).ok();
    assert_eq!(own(&mut world), 60_000 * UNIT);
    report(&mut world, 0, 1);
    assert_eq!(own(&mut world), DORAS);
    // What the first pays cannot be claimed again.
    ripen(&mut world, 0, 0);
    world.settle(0, 0).ok();
    assert_eq!(own(&mut world), DORAS - 60_000 * UNIT);
    report(&mut world, 0, 2);
    assert_eq!(own(&mut world), DORAS - 60_000 * UNIT);
    world.check_books();
}

#[test]
fn a_line_that_is_empty_begins_anew() {
    let mut world = rich();
    report(&mut world, 0, 0);
    report(&mut world, 0, 1);
    for nth in [0, 1] {
        finish(&mut world, 0, nth, Some(AGAINST));
    }
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert_eq!((own(&mut world), pool.open_incidents, pool.current_incidents, pool.fresh_incidents), (0, 0, 0, 0));
    assert_eq!((product.line.head, product.line.open, product.line.undecided), (2, 0, 0));
    assert_eq!((pool.liened_cover, pool.active_cover), (0, DORAS + 600_000 * UNIT));
    report(&mut world, 0, 2);
    assert_eq!((own(&mut world), world.read_product(0).line.head), (DORAS, 2));
    world.check_books();
}
