//! Reports that another open incident held up stay possible for two days after it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

/// An insured world with an incident of product 0 that is rejected when the report window of what happened at the
/// returned time is long over.
fn held_up() -> (Play, u64) {
    let mut world = insured();
    let occurred_at = world.now() - 29 * DAY;
    report(&mut world, 0, 0);
    world.open_incident("opal", 0, 1, occurred_at).fails(E::IncidentOpen);
    finish(&mut world, 0, 0, Some(AGAINST));
    (world, occurred_at)
}

#[test]
fn a_report_that_another_incident_held_up_stays_possible_for_two_days_after_it() {
    for (offset, late) in [(0, false), (1, false), (2 * DAY - 1, false), (2 * DAY, true)] {
        let (mut world, occurred_at) = held_up();
        let product = world.read_product(0);
        let first: Incident = world.chain.read(&world.incident(0, 0));
        assert_eq!((product.blocked_from, product.blocked_until), (first.opened_at, world.now()));
        world.chain.set_now(product.blocked_until + offset);
        let receipt = world.open_incident("opal", 0, 1, occurred_at);
        if late {
            receipt.fails(E::ReportWindowOver);
            continue;
        }
        receipt.ok();
        let found: Incident = world.chain.read(&world.incident(0, 1));
        assert_eq!((found.occurred_at, found.lien), (occurred_at, DORAS));
        world.check_books();
    }
}

#[test]
fn what_could_not_be_reported_when_the_row_began_cannot_be_after_it() {
    let mut world = insured();
    let opened_at = world.now();
    report(&mut world, 0, 0);
    finish(&mut world, 0, 0, None);
    // Its report window was over in the second in which the first incident was opened.
    world.open_incident("opal", 0, 1, opened_at - 30 * DAY).fails(E::ReportWindowOver);
    world.open_incident("opal", 0, 1, opened_at - 30 * DAY + 1).ok();
}

#[test]
fn a_row_goes_on_while_no_two_days_pass_between_two_incidents() {
    for (gap, one_row) in [(2 * DAY - 1, true), (2 * DAY, false)] {
        let (mut world, occurred_at) = held_up();
        let before = world.read_product(0);
        world.chain.set_now(before.blocked_until + gap);
        let opened_at = world.now();
        report(&mut world, 0, 1);
        finish(&mut world, 0, 1, None);
        let product = world.read_product(0);
        let from = if one_row { before.blocked_from } else { opened_at };
        assert_eq!((product.blocked_from, product.blocked_until), (from, world.now()));
        // What the first of the row held up can still be reported after the last.
        let receipt = world.open_incident("opal", 0, 2, occurred_at);
        if one_row {
            receipt.ok();
        } else {
            receipt.fails(E::ReportWindowOver);
        }
    }
}

#[test]
fn an_event_held_up_until_its_cover_was_released_is_still_paid() {
    let mut world = funded();
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 5).ok();
    let address = world.policy(0, "dora", 0);
    let policy: Policy = world.chain.read(&address);
    world.chain.set_now(policy.end + 29 * DAY);
    world.open_incident("opal", 0, 0, policy.end - 1).ok();
    finish(&mut world, 0, 0, Some(AGAINST));
    assert!(world.now() > start_of(policy.release_day));
    world.roll_product(0).ok();
    assert_eq!((world.read_product(0).active_cover, world.read_pool().own_liens().expect("they fit")), (0, 0));

    // Nothing is set aside but for the claims that are filed.
    world.open_incident("opal", 0, 1, policy.end).ok();
    let late = world.incident(0, 1);
    assert_eq!((world.chain.read::<Incident>(&late).lien, world.read_pool().own_liens().expect("they fit")), (0, 0));
    world.submit_claim("dora", &address, &late, 100_000 * UNIT).ok();
    let net = 95_000 * UNIT;
    let found: Incident = world.chain.read(&late);
    assert_eq!((found.lien, found.filed, world.read_pool().own_liens().expect("they fit")), (net, net, net));
    assert_eq!(world.read_pool().lien_ring, [0; 64], "it outlasts the filing");
    finish(&mut world, 0, 1, Some(FOR));
    world.payout("dora", &address, &late).ok();
    assert_eq!((world.chain.read::<Policy>(&address).paid, world.read_pool().own_liens().expect("they fit")), (net, 0));
    world.check_books();
}
