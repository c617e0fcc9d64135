//! `arbitrate`: the arbiter, and nobody else, decides what too few voted on twice.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, assembly_params, product_params};
use std::mem::offset_of;

/// A world with dora's claim in an incident on which nobody voted twice.
fn undecided() -> (Play, Case) {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, None);
    (world, case)
}

#[test]
fn the_arbiter_decides_for_either_side() {
    for (side, state, incident_state) in [(FOR, PASSED, 1), (AGAINST, FAILED, 2)] {
        let (mut world, case) = undecided();
        let before = ballot_on(&mut world, &case.incident);
        assert_eq!((before.state, before.final_at), (NO_QUORUM, before.closed_at + 2 * DAY));
        world.settle(0, 0).fails(E::AppealWindowOpen);
        world.pass(3_600);
        let (now, pool) = (world.now(), world.read_pool());
        let receipt = world.arbitrate("arbiter", &case.incident, side).ok();

        let expected = Ballot { state, arbitrated: 1, final_at: now, ..before };
        assert_eq!(ballot_on(&mut world, &case.incident), expected);
        assert_eq!(world.read_pool(), pool);
        let address = ballot_address(&case.incident);
        let event = BallotArbitrated { ballot: address, subject: case.incident, state: state.into() };
        assert_eq!(only_event(&receipt), Event::BallotArbitrated(event));
        // Final at once.
        world.arbitrate("arbiter", &case.incident, side).fails(E::NotArbitrable);
        world.decide(0, 0).ok();
        if side == FOR {
            world.settle(0, 0).fails(E::FilingOpen);
            pass_disputes(&mut world, 0);
        }
        world.settle(0, 0).ok();
        assert_eq!(world.chain.read::<Incident>(&case.incident).state, incident_state);
        world.check_books();
    }
}

#[test]
fn the_window_ends_to_the_second() {
    let (mut world, case) = undecided();
    let final_at = ballot_on(&mut world, &case.incident).final_at;
    world.chain.set_now(final_at);
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::AppealWindowOver);
    world.chain.set_now(final_at - 1);
    world.arbitrate("arbiter", &case.incident, FOR).ok();
    let (mut world, case) = undecided();
    ripen(&mut world, &case.incident);
    world.settle(0, 0).ok();
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::AppealWindowOver);
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.state, found.bond_state), (2, 1), "nobody decided: the bond is due back");
}

#[test]
fn only_what_found_no_quorum_twice() {
    let (mut world, case) = filed();
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbitrable);
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.prolonged), (0, 1));
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbitrable);
    decide(&mut world, &case.incident, Some(FOR));
    world.arbitrate("arbiter", &case.incident, AGAINST).fails(E::NotArbitrable);
    appealed(&mut world, &case.incident, None);
    world.arbitrate("arbiter", &case.incident, AGAINST).fails(E::NotArbitrable);
    assert_eq!(ballot_on(&mut world, &case.incident).state, PASSED);
}

#[test]
fn a_side_is_zero_or_one() {
    let (mut world, case) = undecided();
    world.arbitrate("arbiter", &case.incident, 2).fails(E::BadSide);
    world.arbitrate("arbiter", &case.incident, u8::MAX).fails(E::BadSide);
}

#[test]
fn only_the_arbiter_of_the_ballot() {
    let (mut world, case) = undecided();
    for name in ["founder", "guardian", "vera"] {
        world.arbitrate(name, &case.incident, FOR).fails(E::NotArbiter);
    }
    let accounts = Arbitrate { arbiter: world.key("arbiter"), ballot: ballot_address(&case.incident) };
    world.send(unsigned(accounts.instruction(FOR), 0), &[]).fails_with(UNSIGNED);
    // Another arbiter of the pool decides on ballots that are opened later.
    let later = world.key("later");
    edit(&mut world, &case.pool, offset_of!(Pool, arbiter), later.as_ref());
    world.arbitrate("later", &case.incident, FOR).fails(E::NotArbiter);
    world.arbitrate("arbiter", &case.incident, FOR).ok();
}

#[test]
fn without_an_arbiter_no_quorum_is_final_at_once() {
    let pool = PoolParams { arbiter: NOBODY, ..jury_pool() };
    let mut world = insured_with(pool, assembly_params(), product_params("Risk"));
    let case = open_case(&mut world, 0, "dora", LOSS);
    decide(&mut world, &case.incident, None);
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.final_at), (NO_QUORUM, found.closed_at));
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbiter);
    let accounts = Arbitrate { arbiter: NOBODY, ballot: ballot_address(&case.incident) };
    world.send(unsigned(accounts.instruction(FOR), 0), &[]).fails_with(UNSIGNED);
    world.settle(0, 0).ok();
    assert_eq!(world.chain.read::<Incident>(&case.incident).state, 2);
}

#[test]
fn a_dispute_can_be_arbitrated() {
    for (side, outcome, amount) in [(FOR, 2, 70_000 * UNIT), (AGAINST, 1, CLAIMED)] {
        let (mut world, case) = disputed(70_000 * UNIT);
        decide(&mut world, &case.claim, None);
        world.arbitrate("arbiter", &case.claim, side).ok();
        world.resolve_dispute(&case.policy, &case.incident).ok();
        let found: Claim = world.chain.read(&case.claim);
        assert_eq!((found.dispute_outcome, found.amount), (outcome, amount));
        world.check_books();
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    decide(&mut world, &case.incident, None);
    let accounts = Arbitrate { arbiter: world.key("arbiter"), ballot: ballot_address(&case.incident) };
    let forged = forge(&mut world, &accounts.ballot);
    let instruction = accounts.instruction(FOR);
    let rows = [
        // The same arbiter's, but it is open.
        (1, ballot_address(&other.incident), error(E::NotArbitrable)),
        (1, case.incident, OTHER_TYPE),
        (1, world.assembly(), OTHER_TYPE),
        (1, ballot_address(&case.claim), TOO_SMALL),
        (1, forged, NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["arbiter"], &rows);
    writes(&mut world, &instruction, &["arbiter"], &[1]);
    world.send(instruction, &["arbiter"]).ok();
}
