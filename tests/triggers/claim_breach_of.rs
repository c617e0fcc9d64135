//! `claim_breach`: of which policies.

use crate::{claim_breach::file, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, authority_product, price_product};

#[test]
fn the_policy_must_have_covered_the_first_second_of_the_breach() {
    // The breach begins at a second of the policy's cover, or just off it.
    for (from_start, offset, covered_then) in [(true, -1, false), (true, 0, true), (false, 0, true), (false, 1, false)]
    {
        let mut world = covered();
        world.buy("otto", PEG, 0, 1_000 * UNIT, 10).ok();
        let policy = world.policy(PEG, "otto", 0);
        let read: Policy = world.chain.read(&policy);
        let edge = if from_start { read.cover_from } else { read.end };
        at(&mut world, edge.checked_add_signed(offset).unwrap());
        breach(&mut world, HALFWAY);
        world.open_price_incident("keeper", PEG, 0).ok();
        let incident = world.incident(PEG, 0);
        let receipt = world.claim_breach("keeper", "otto", &policy, &incident);
        if covered_then {
            receipt.ok();
        } else {
            receipt.fails(E::NotCovered);
        }
    }
}

#[test]
fn cover_bought_in_the_second_of_the_breach_does_not_count() {
    let terms = ProductParams { waiting_days: 0, ..price_product("No waiting") };
    for (ahead, covered_then) in [(0, false), (1, true)] {
        let mut world = covered_with(terms.clone(), authority_product("Venue"));
        world.buy("otto", PEG, 0, 1_000 * UNIT, 10).ok();
        world.pass(ahead);
        breach(&mut world, HALFWAY);
        world.open_price_incident("keeper", PEG, 0).ok();
        let (policy, incident) = (world.policy(PEG, "otto", 0), world.incident(PEG, 0));
        let receipt = world.claim_breach("keeper", "otto", &policy, &incident);
        if covered_then {
            receipt.ok();
        } else {
            receipt.fails(E::NotCovered);
        }
    }
}

#[test]
fn a_policy_that_was_released_meanwhile_still_claims() {
    // Grace and report window are two days, and the challenge of an incident alone takes as long.
    let terms = ProductParams { report_window_days: 2, grace_days: 2, ..price_product("Short") };
    let mut world = covered_with(terms, authority_product("Venue"));
    world.buy("otto", PEG, 0, 20_000 * UNIT + 1, 10).ok();
    let policy = world.policy(PEG, "otto", 0);
    let read: Policy = world.chain.read(&policy);
    at(&mut world, read.end - DAY);
    breach(&mut world, STRIKE - 1_000_000);
    world.open_price_incident("keeper", PEG, 0).ok();
    world.pass(60);
    world.observe(PEG, STRIKE).ok();
    world.pass(60);
    breach(&mut world, HALFWAY);
    assert!(trigger(&mut world).started_at < read.end);
    world.open_price_incident("keeper", PEG, 1).ok();
    let (first, second) = (world.incident(PEG, 0), world.incident(PEG, 1));
    // All that could be claimed then is set aside once, for both.
    let liens = [first, second].map(|incident| world.chain.read::<Incident>(&incident).lien);
    assert_eq!(liens, [170_000 * UNIT + 1; 2]);
    decide(&mut world, &first);
    decide(&mut world, &second);
    let ends_at = world.chain.read::<Incident>(&second).filing_ends_at;
    at(&mut world, ends_at - 1);
    touch(&mut world);
    assert!(day_of(world.now()) >= read.release_day);
    let product = world.read_product(PEG);
    assert_eq!((product.active_cover - product.overdue, product.overdue), (150_000 * UNIT, 20_000 * UNIT + 1));
    assert_eq!(world.read_pool().own_liens().expect("they fit"), 170_000 * UNIT + 1, "and stays so");

    let amount = file(&mut world, "otto", &policy, &second).amount;
    assert_eq!(amount, 10_000 * UNIT - 1_000 * UNIT - 1);
    at(&mut world, ends_at);
    world.settle(PEG, 1).fails(E::EarlierIncidentOpen);
    world.settle(PEG, 0).ok();
    world.settle(PEG, 1).ok();
    let before = world.balance("otto");
    world.payout("otto", &policy, &second).ok();
    assert_eq!(world.balance("otto"), before + amount);
    world.check_books();
}
