//! Incidents of one product are settled in the order of their reports, and what one pays the next cannot.

use crate::{common::CAPITAL, story::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};

/// An insured world with two reports on product 0 in line; opal can post every bond.
fn two_in_line() -> Play {
    let mut world = insured();
    world.fund("opal", CAPITAL);
    report(&mut world, 0, 0);
    report(&mut world, 0, 1);
    world
}

/// The states of both.
fn states(world: &mut Play) -> [u8; 2] {
    [0, 1].map(|nth| world.chain.read::<Incident>(&world.incident(0, nth)).state)
}

#[test]
fn a_later_one_waits_until_the_earlier_one_has_ended_whatever_its_verdict() {
    for side in [Some(FOR), Some(AGAINST), None] {
        let mut world = two_in_line();
        judge(&mut world, 0, 1, side);
        ripen(&mut world, 0, 1);
        if side == Some(FOR) {
            world.end_filing(0, 1).ok();
        }
        world.settle_decided(0, 1).fails(E::EarlierIncidentOpen);
        // Nobody voted on the first.
        let first = world.incident(0, 0);
        decide(&mut world, &first, None);
        read_verdict(&mut world, 0, 0);
        world.settle_decided(0, 1).fails(E::EarlierIncidentOpen);
        world.settle_decided(0, 0).ok();
        world.settle_decided(0, 1).ok();
        assert_eq!(states(&mut world), [2, if side == Some(FOR) { 1 } else { 2 }]);
        world.check_books();
    }
}

#[test]
fn one_policy_claims_in_both_what_is_insured_once() {
    let mut world = two_in_line();
    let policy = world.policy(0, "dora", 0);
    let [first, second] = [0, 1].map(|nth| world.incident(0, nth));
    // Its deductible of 40,000 in each: 500,000 and 300,000 of 800,000.
    world.submit_claim("dora", &policy, &first, 540_000 * UNIT).ok();
    world.submit_claim("dora", &policy, &second, 340_000 * UNIT + 1).fails(E::AboveSumInsured);
    world.submit_claim("dora", &policy, &second, 340_000 * UNIT).ok();
    for incident in [&first, &second] {
        decide(&mut world, incident, Some(FOR));
    }
    for (nth, incident) in (0..).zip([&first, &second]) {
        world.conclude(0, nth).ok();
        world.payout("dora", &policy, incident).ok();
    }
    let settled = [first, second].map(|incident| world.chain.read::<Incident>(&incident).settled);
    assert_eq!(settled, [500_000 * UNIT, 300_000 * UNIT]);
    assert_eq!(world.chain.read::<Policy>(&policy).paid, DORAS);
    world.check_books();
}

#[test]
fn they_share_by_what_is_claimed_when_there_is_too_little() {
    let mut world = two_in_line();
    let policy = world.policy(0, "dora", 0);
    let [first, second] = [0, 1].map(|nth| world.incident(0, nth));
    world.submit_claim("dora", &policy, &first, 540_000 * UNIT).ok();
    world.submit_claim("dora", &policy, &second, 340_000 * UNIT).ok();
    for incident in [&first, &second] {
        decide(&mut world, incident, Some(FOR));
    }
    for nth in [0, 1] {
        read_verdict(&mut world, 0, nth);
    }
    ripen(&mut world, 0, 0);
    touch(&mut world);
    // A loss elsewhere leaves 600,000, more than they are sure of: a state that stands for many others.
    let (address, missing) = (world.pool(), world.read_pool().capital - 600_000 * UNIT);
    let offset = std::mem::offset_of!(Pool, capital);
    crate::common::edit(&mut world, &address, offset, &(600_000 * UNIT).to_le_bytes());
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&first);
    assert_eq!((found.settled, found.held_back), (375_000 * UNIT, 125_000 * UNIT));
    world.settle(0, 1).ok();
    assert_eq!(world.chain.read::<Incident>(&second).settled, 225_000 * UNIT, "500,000 and 300,000 by one factor");
    assert_eq!(world.read_pool().capital, 0);
    world.check_books_beside(missing);
}

#[test]
fn the_next_one_must_be_shown() {
    let mut world = two_in_line();
    judge(&mut world, 0, 0, Some(AGAINST));
    let of_product_1 = report(&mut world, 1, 0);
    let accounts = world.settle_accounts(0, 0);
    for next_incident in [None, Some(of_product_1)] {
        let wrong = SettleIncident { next_incident, ..accounts };
        world.send(wrong.instruction(), &[]).fails(E::NextIncidentMissing);
    }
    world.send(accounts.instruction(), &[]).ok();
}

#[test]
fn reports_on_other_products_wait_for_nothing() {
    let mut world = two_in_line();
    report(&mut world, 1, 0);
    judge(&mut world, 1, 0, Some(AGAINST));
    world.settle_decided(1, 0).ok();
    assert_eq!(states(&mut world), [0, 0]);
    world.check_books();
}
