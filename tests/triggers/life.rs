//! Whole lives: a depeg that is paid without a vote, challenged ones, a refuted one, and a venue that draws.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, UNIT};

#[test]
fn a_depeg_is_paid_without_a_vote() {
    let (mut world, incident) = opened(HALFWAY);
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.severity_bps, found.bond_state, found.trigger), (5_000, 4, 1));
    assert_eq!(found.lien, 150_000 * UNIT);
    let (of_dora, of_gwen) = (world.policy(PEG, "dora", 0), world.policy(PEG, "gwen", 0));
    world.claim_breach("keeper", "dora", &of_dora, &incident).ok();
    world.claim_breach("keeper", "gwen", &of_gwen, &incident).ok();
    // Half of the sum insured, less a deductible of 5% of it.
    let (dora, gwen) = (45_000 * UNIT, 22_500 * UNIT);
    let claim_of_dora: Claim = world.chain.read(&claim_address(&incident, &of_dora));
    assert_eq!((claim_of_dora.amount, claim_of_dora.loss, claim_of_dora.bond), (dora, 50_000 * UNIT, 0));
    world.settle(PEG, 0).fails(E::ChallengeOpen);
    world.pass(2 * DAY);
    world.settle(PEG, 0).fails(E::FilingOpen);
    world.pass(15 * DAY);
    world.settle(PEG, 0).ok();
    let before = (world.balance("dora"), world.balance("gwen"));
    world.payout("dora", &of_dora, &incident).ok();
    world.payout("gwen", &of_gwen, &incident).ok();
    assert_eq!((world.balance("dora"), world.balance("gwen")), (before.0 + dora, before.1 + gwen));
    world.check_books();
}

#[test]
fn a_challenged_depeg_is_decided_by_the_jury_in_both_directions() {
    for (side, state, bond_state, paid) in [(1, 1, 3, 45_000 * UNIT), (0, 2, 1, 0)] {
        let (mut world, incident) = opened(HALFWAY);
        let policy = world.policy(PEG, "dora", 0);
        world.claim_breach("keeper", "dora", &policy, &incident).ok();
        world.challenge("otto", PEG, 0).ok();
        world.settle(PEG, 0).fails(E::BallotOpen);
        world.vote("vera", &incident, side).ok();
        world.pass_days(3);
        world.close_ballot(&incident).ok();
        decide(&mut world, &incident);
        world.pass_days(15);
        world.settle(PEG, 0).ok();
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.state, found.bond_state), (state, bond_state));
        let before = world.balance("dora");
        world.payout("dora", &policy, &incident).ok();
        assert_eq!(world.balance("dora"), before + paid);
        if bond_state == 1 {
            let before = world.balance("otto");
            world.collect_bond("otto", &incident).ok();
            assert_eq!(world.balance("otto"), before + BOND);
        } else {
            world.send(world.collect_bond_accounts("otto", &incident).instruction(), &[]).fails(E::NothingDue);
        }
        world.check_books();
    }
}

#[test]
fn a_price_from_inside_the_breach_voids_it() {
    let (mut world, incident) = opened(HALFWAY);
    let policy = world.policy(PEG, "dora", 0);
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    let found: Incident = world.chain.read(&incident);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, found.measured_from + 1_234)).ok();
    world.settle(PEG, 0).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.settled, found.bond_state), (2, 0, 4));
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.chain.read::<Policy>(&policy).claimed, 0);
    world.check_books();
}

#[test]
fn a_venue_draws_what_exceeds_the_deductible_within_the_limit() {
    let mut world = covered();
    let policy = world.policy(VENUE, "venue", 0);
    let before = world.balance("venue");
    // The deductible is 5% of 100,000.
    world.draw("venue", "venue", VENUE, &policy, 3_000 * UNIT).ok();
    assert_eq!(world.balance("venue"), before);
    world.draw("venue", "venue", VENUE, &policy, 12_000 * UNIT).ok();
    assert_eq!(world.balance("venue"), before + 10_000 * UNIT);
    world.draw("venue", "venue", VENUE, &policy, 200_000 * UNIT).ok();
    // Half of 5% of the capital at the last midnight; the rest, up to the sum insured, is booked, and anyone pays it in the course
    // of the next days.
    let (drawn, most) = (world.balance("venue") - before, world.read_pool().day_capital / 40);
    assert!(drawn <= most && most - drawn < most / 100, "in parts, each of what is left: {drawn} of {most}");
    world.pay_booking("venue", VENUE, &policy, 0).fails(E::NothingDue);
    for _ in 0..4 {
        world.pass_days(1);
        world.pay_booking("venue", VENUE, &policy, 0).ok();
    }
    assert_eq!(world.balance("venue"), before + 100_000 * UNIT);
    world.check_books();
}
