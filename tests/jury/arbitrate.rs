//! `arbitrate`: the arbiter, and nobody else, decides what too few voted on, where they wanted something else than what came of it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, assembly_params, product_params};
use std::mem::offset_of;

/// A world with dora's claim in an incident on which nobody voted.
fn undecided() -> (Play, Case) {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, None);
    (world, case)
}

/// A world with an incident on which walt alone voted, with so much, until it was closed.
fn walt_alone(side: u8, weight: u64) -> (Play, Case) {
    let (mut world, case) = filed();
    world.request_unstake("walt", 400 * UNIT - weight).ok();
    world.vote("walt", &case.incident, side).ok();
    decide(&mut world, &case.incident, None);
    (world, case)
}

#[test]
fn the_arbiter_decides_for_either_side() {
    for (side, state, incident_state) in [(FOR, PASSED, 1), (AGAINST, FAILED, 2)] {
        let (mut world, case) = undecided();
        let before = ballot_on(&mut world, &case.incident);
        assert_eq!((before.state, before.level, before.undecided), (FAILED, 0, 1));
        assert_eq!(before.final_at, before.closed_at + 2 * DAY);
        world.settle(0, 0).fails(E::AppealWindowOpen);
        world.pass(3_600);
        let (final_at, pool) = (world.now() + 2 * DAY, world.read_pool());
        let receipt = world.arbitrate("arbiter", &case.incident, side).ok();

        let expected = Ballot { state, level: 16 * side, arbitrated: 1, final_at, ..before };
        assert_eq!(ballot_on(&mut world, &case.incident), expected);
        assert_eq!(world.read_pool(), pool);
        let ballot = ballot_address(&case.incident);
        let level = u64::from(16 * side);
        let event = BallotArbitrated { ballot, subject: case.incident, state: state.into(), level, until: final_at };
        assert_eq!(only_event(&receipt), Event::BallotArbitrated(event));
        for again in [FOR, AGAINST] {
            world.arbitrate("arbiter", &case.incident, again).fails(E::NotArbitrable);
        }
        // It can be appealed until then.
        world.chain.set_now(final_at - 1);
        world.decide(0, 0).fails(E::AppealWindowOpen);
        world.pass(1);
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
    assert_eq!(
        (found.state, found.bond_state, found.bond),
        (2, 1, BOND / 4 * 3),
        "nobody decided: most of it is due back"
    );
}

#[test]
fn only_what_is_closed_and_too_few_voted_on() {
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

/// So nobody gets the arbiter by voting for what comes of it anyway, or by staying away where the others have their way.
#[test]
fn only_where_those_who_voted_wanted_something_else() {
    // Walt's vote, and what comes of it with what is missing to 200 units against it.
    for (side, weight, state, arbitrable) in [
        (FOR, 1, FAILED, true),
        (FOR, QUORUM / 2, FAILED, true),
        (FOR, QUORUM / 2 + 1, PASSED, false),
        (FOR, QUORUM - 1, PASSED, false),
        (AGAINST, 1, FAILED, false),
        (AGAINST, QUORUM - 1, FAILED, false),
    ] {
        let (mut world, case) = walt_alone(side, weight);
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.undecided), (state, u8::from(state == FAILED)), "{side} {weight}");
        // Where nobody can change it any more it is final at once.
        let is_final = state == FAILED && !arbitrable;
        assert_eq!(found.final_at, found.closed_at + if is_final { 0 } else { 2 * DAY });
        if arbitrable {
            world.appeal("pia", &case.incident).fails(E::NotAppealable);
            world.arbitrate("arbiter", &case.incident, FOR).ok();
            world.appeal("pia", &case.incident).ok();
        } else {
            world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbitrable);
            let appeal = world.appeal("pia", &case.incident);
            if is_final {
                appeal.fails(E::NotAppealable);
            } else {
                appeal.ok();
            }
        }
    }
    // As many as must, who were exactly half for it.
    let (mut world, case) = filed();
    world.request_unstake("vera", 500 * UNIT).ok();
    world.request_unstake("walt", 300 * UNIT).ok();
    world.vote("vera", &case.incident, FOR).ok();
    world.vote("walt", &case.incident, AGAINST).ok();
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.undecided, found.prolonged), (FAILED, 0, 0));
    world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbitrable);
    world.appeal("pia", &case.incident).ok();
}

/// It is still what the court failed at: the product's books say so, and only a quarter is lost of a bond that the arbiter found
/// wanting.
#[test]
fn what_the_arbiter_decided_was_not_heard_by_enough() {
    let (mut world, case) = undecided();
    world.arbitrate("arbiter", &case.incident, AGAINST).ok();
    ripen(&mut world, &case.incident);
    world.decide(0, 0).ok();
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.state, found.bond_state, found.bond), (4, 1, BOND / 4 * 3));
    let ballot = ballot_on(&mut world, &case.incident);
    assert_eq!((ballot.undecided, ballot.reward_pot), (1, REWARD / 4));
    world.check_books();
}

#[test]
fn a_side_is_zero_or_one() {
    let (mut world, case) = undecided();
    world.arbitrate_at("arbiter", &case.incident, 1).fails(E::BadLevel);
    world.arbitrate_at("arbiter", &case.incident, 15).fails(E::BadLevel);
    world.arbitrate_at("arbiter", &case.incident, u8::MAX).fails(E::BadLevel);
}

#[test]
fn only_the_arbiter_of_the_ballot() {
    let (mut world, case) = undecided();
    for name in ["founder", "guardian", "vera"] {
        world.arbitrate(name, &case.incident, FOR).fails(E::NotArbiter);
    }
    let accounts = Arbitrate { arbiter: world.key("arbiter"), ballot: ballot_address(&case.incident) };
    world.send(unsigned(accounts.instruction(16), 0), &[]).fails_with(UNSIGNED);
    // Another arbiter of the pool decides on ballots that are opened later.
    let later = world.key("later");
    edit(&mut world, &case.pool, offset_of!(Pool, arbiter), later.as_ref());
    world.arbitrate("later", &case.incident, FOR).fails(E::NotArbiter);
    world.arbitrate("arbiter", &case.incident, FOR).ok();
}

#[test]
fn without_an_arbiter_what_nobody_decided_is_final_at_once() {
    let pool = PoolParams { arbiter: NOBODY, ..jury_pool() };
    for weight in [None, Some(1)] {
        let mut world = insured_with(pool, assembly_params(), product_params("Risk"));
        let case = open_case(&mut world, 0, "dora", LOSS);
        if let Some(weight) = weight {
            world.request_unstake("walt", 400 * UNIT - weight).ok();
            world.vote("walt", &case.incident, FOR).ok();
        }
        decide(&mut world, &case.incident, None);
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.undecided, found.final_at), (FAILED, 1, found.closed_at));
        world.appeal("pia", &case.incident).fails(E::NotAppealable);
        world.arbitrate("arbiter", &case.incident, FOR).fails(E::NotArbiter);
        let accounts = Arbitrate { arbiter: NOBODY, ballot: ballot_address(&case.incident) };
        world.send(unsigned(accounts.instruction(16), 0), &[]).fails_with(UNSIGNED);
        world.settle(0, 0).ok();
        assert_eq!(world.chain.read::<Incident>(&case.incident).state, 2);
    }
}

#[test]
fn a_dispute_can_be_arbitrated() {
    // Where nobody voted any level will do.
    for level in [0, NINE, 15, ALL] {
        let (mut world, case) = disputed();
        decide_at(&mut world, &case.claim, None);
        world.arbitrate_at("arbiter", &case.claim, 17).fails(E::BadLevel);
        world.arbitrate_at("arbiter", &case.claim, level).ok();
        world.resolve_dispute(&case.policy, &case.incident).fails(E::AppealWindowOpen);
        ripen(&mut world, &case.claim);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        let found: Claim = world.chain.read(&case.claim);
        assert_eq!((found.level, found.amount), (level, CLAIMED * u64::from(level) / 16));
        // Who disputed what the arbiter lets stand has lost all the same.
        assert_eq!(found.dispute_bond_state, if level == ALL { 3 } else { 1 });
        world.check_books();
    }
}

/// A few votes for nothing of it, too few to move the outcome: anything between that and all of it, and nothing else.
#[test]
fn a_dispute_on_which_too_few_voted_is_arbitrated_between_them_and_the_default() {
    let (mut world, case) = disputed();
    world.vote_at("walt", &case.claim, 12).ok();
    let address = ballot_address(&case.claim);
    let weights = std::mem::offset_of!(Ballot, fixed) + 12 * 8;
    edit(&mut world, &address, weights, &(QUORUM / 2).to_le_bytes());
    decide_at(&mut world, &case.claim, None);
    assert_eq!(ballot_on(&mut world, &case.claim).level, 12, "as many as those who are missing");

    let (mut world, case) = disputed();
    world.vote_at("walt", &case.claim, 12).ok();
    edit(&mut world, &address, weights, &(QUORUM / 2 - 1).to_le_bytes());
    decide_at(&mut world, &case.claim, None);
    assert_eq!(ballot_on(&mut world, &case.claim).level, ALL);
    for level in [0, 11] {
        world.arbitrate_at("arbiter", &case.claim, level).fails(E::NotArbitrable);
    }
    world.arbitrate_at("arbiter", &case.claim, 14).ok();
    ripen(&mut world, &case.claim);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    assert_eq!(world.chain.read::<Claim>(&case.claim).level, 14);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    decide(&mut world, &case.incident, None);
    let accounts = Arbitrate { arbiter: world.key("arbiter"), ballot: ballot_address(&case.incident) };
    let forged = forge(&mut world, &accounts.ballot);
    let instruction = accounts.instruction(16);
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
