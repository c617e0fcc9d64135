//! `close_ballot`: anyone closes a round whose time is over or whose outcome is certain, and the tally is what its
//! terms say. Appeals are closed in the suite of `appeal`.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

const OPEN: u8 = 0;
const PASSED: u8 = 1;
const FAILED: u8 = 2;
const NO_QUORUM: u8 = 3;

/// A world whose assembly has these terms, with a ballot on the returned subject in which these voted (or did not).
fn voted(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> (TestWorld, Address) {
    let mut world = World::bare();
    world.create_assembly(AssemblyParams { quorum_bps, threshold_bps, ..assembly_params() }).ok();
    world.create_pool(0, pool_params()).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for (number, (stake, _)) in stakes.iter().enumerate() {
        world.stake(&format!("voter {number}"), *stake).ok();
    }
    world.pass_days(2);
    let subject = open_incident(&mut world);
    for (number, (_, side)) in stakes.iter().enumerate() {
        if let Some(side) = side {
            world.vote(&format!("voter {number}"), &subject, *side).ok();
        }
    }
    (world, subject)
}

fn read_ballot(world: &mut TestWorld, subject: &Address) -> Ballot {
    world.chain.read(&ballot_address(subject))
}

/// Closes a ballot and returns what the event says and what the account does.
fn close(world: &mut TestWorld, subject: &Address) -> (BallotClosed, Ballot) {
    let receipt = world.close_ballot(subject).ok();
    let Event::BallotClosed(event) = only_event(&receipt) else { panic!("another event") };
    let closed = read_ballot(world, subject);
    assert_eq!(event.state, u64::from(closed.state));
    (event, closed)
}

/// How a ballot of such votes ends. Without a quorum it is prolonged first.
fn outcome(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> u8 {
    let (mut world, subject) = voted(quorum_bps, threshold_bps, stakes);
    world.pass_days(3);
    let (_, first) = close(&mut world, &subject);
    if first.state != OPEN {
        assert_eq!((first.prolonged, first.leading), (0, first.state));
        return first.state;
    }
    assert_eq!((first.prolonged, first.leading), (1, NO_QUORUM));
    world.pass_days(6);
    close(&mut world, &subject).1.state
}

/// Whether a ballot of such votes can be closed before its time is over; if so, how it ends.
fn early(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> Option<u8> {
    let (mut world, subject) = voted(quorum_bps, threshold_bps, stakes);
    let receipt = world.close_ballot(&subject);
    if receipt.result.is_err() {
        receipt.fails(E::VotingOpen);
        return None;
    }
    Some(read_ballot(&mut world, &subject).state)
}

#[test]
fn close_ballot_writes_how_and_when_it_ended_and_pays_a_tip() {
    let (mut world, subject) = voted(2_000, 5_000, &[(600, Some(1)), (300, Some(0)), (100, None)]);
    let (address, guardian) = (ballot_address(&subject), world.key("guardian"));
    let before = read_ballot(&mut world, &subject);
    let [held, guardians] = purses(&mut world, [address, guardian]);
    let now = before.closes_at + 77;
    world.chain.set_now(now);
    // Nobody but the bank signs: anyone may.
    let (event, closed) = close(&mut world, &subject);

    let final_at = now + 2 * DAY;
    assert_eq!(closed, Ballot { state: PASSED, closed_at: now, final_at, tips: 1, ..before });
    assert_eq!((before.leading, before.tips), (PASSED, 2));
    let expected = BallotClosed {
        ballot: address,
        subject,
        state: 1,
        weight_for: 600,
        weight_against: 300,
        eligible_weight: 1_000,
        round: 0,
        until: final_at,
    };
    assert_eq!(event, expected);
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.check_books();
}

#[test]
fn close_ballot_waits_for_the_last_second_and_works_once() {
    let (mut world, subject) = voted(2_000, 5_000, &[(400, Some(1)), (600, None)]);
    let before = read_ballot(&mut world, &subject);
    assert_eq!(before.closes_at, before.opens_at + 3 * DAY);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.chain.set_now(before.closes_at - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.chain.set_now(before.closes_at);
    world.close_ballot(&subject).ok();
    world.close_ballot(&subject).fails(E::BallotClosed);
    world.pass_days(100);
    world.close_ballot(&subject).fails(E::BallotClosed);
    assert_eq!(read_ballot(&mut world, &subject).closed_at, before.closes_at);
}

#[test]
fn close_ballot_closes_early_what_no_vote_can_change() {
    // A half and an atom are enough for what needs more than a half, half are enough against it.
    assert_eq!(early(2_000, 5_000, &[(501, Some(1)), (499, None)]), Some(PASSED));
    assert_eq!(early(2_000, 5_000, &[(500, Some(1)), (500, None)]), None);
    assert_eq!(early(2_000, 5_000, &[(500, Some(0)), (500, None)]), Some(FAILED));
    assert_eq!(early(2_000, 5_000, &[(499, Some(0)), (501, None)]), None);
    // What is cast on the other side cannot come to it any more.
    assert_eq!(early(2_000, 5_000, &[(501, Some(1)), (300, Some(0)), (199, None)]), Some(PASSED));
    assert_eq!(early(2_000, 9_000, &[(901, Some(1)), (99, None)]), Some(PASSED));
    assert_eq!(early(2_000, 9_000, &[(900, Some(1)), (100, None)]), None);
    assert_eq!(early(2_000, 9_000, &[(100, Some(0)), (100, Some(1)), (800, None)]), Some(FAILED));
    // Without a quorum nothing is decided, though all that is to come could not change the side.
    assert_eq!(early(9_000, 5_000, &[(600, Some(1)), (400, None)]), None);
    assert_eq!(early(9_000, 5_000, &[(600, Some(1)), (300, Some(0)), (100, None)]), Some(PASSED));
    // Nobody's stake counts: nobody can vote, and still the time must pass.
    assert_eq!(early(1, 5_000, &[]), None);
}

#[test]
fn close_ballot_early_starts_the_appeal_window_then() {
    let (mut world, subject) = voted(2_000, 5_000, &[(501, Some(1)), (499, None)]);
    world.pass(60);
    let now = world.now();
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.closed_at, closed.final_at), (PASSED, now, now + 2 * DAY));
    assert_eq!(event.until, now + 2 * DAY);
    // It takes no votes any more, though its time is not over.
    assert!(now < closed.closes_at);
    world.vote("voter 1", &subject, 0).fails(E::VotingOver);
    world.close_ballot(&subject).fails(E::BallotClosed);
}

#[test]
fn close_ballot_waits_for_an_extension() {
    let (mut world, subject) = voted(2_000, 5_000, &[(400, None), (600, None)]);
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("voter 0", &subject, 1).ok();
    world.chain.set_now(closes_at + DAY - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.pass(1);
    world.close_ballot(&subject).ok();
    assert_eq!(read_ballot(&mut world, &subject).state, PASSED);
}

#[test]
fn close_ballot_without_a_quorum_prolongs_it_once() {
    let (mut world, subject) = voted(2_000, 5_000, &[(199, Some(1)), (1, None), (800, None)]);
    let (address, guardian) = (ballot_address(&subject), world.key("guardian"));
    let before = read_ballot(&mut world, &subject);
    let [held, guardians] = purses(&mut world, [address, guardian]);
    world.chain.set_now(before.closes_at + 100);
    let now = world.now();
    // Twice as long, from when somebody came by, and the votes stay.
    let (event, prolonged) = close(&mut world, &subject);
    assert_eq!(prolonged, Ballot { prolonged: 1, closes_at: now + 6 * DAY, tips: 1, ..before });
    let expected = BallotClosed {
        ballot: address,
        subject,
        state: 0,
        weight_for: 199,
        weight_against: 0,
        eligible_weight: 1_000,
        round: 0,
        until: now + 6 * DAY,
    };
    assert_eq!(event, expected);
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("voter 0", &subject, 0).fails_with(TAKEN);

    // The last second still takes the vote that is missing.
    world.chain.set_now(now + 6 * DAY - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("voter 1", &subject, 0).ok();
    let extended = read_ballot(&mut world, &subject);
    assert_eq!((extended.leading, extended.extensions, extended.closes_at), (PASSED, 1, now + 7 * DAY));
    world.chain.set_now(now + 7 * DAY);
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.final_at, event.until), (PASSED, now + 9 * DAY, now + 9 * DAY));
    assert_eq!(closed.tips, 0);
    assert_eq!(purses(&mut world, [address, guardian]), [held - 2 * TIP, guardians + 2 * TIP]);
}

#[test]
fn close_ballot_without_a_quorum_a_second_time_leaves_it_to_the_arbiter() {
    let (mut world, subject) = voted(2_000, 5_000, &[(199, Some(1)), (801, None)]);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(6);
    let now = world.now();
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.closed_at, closed.final_at), (NO_QUORUM, now, now + 2 * DAY));
    assert_eq!((event.state, event.until, event.weight_for), (3, now + 2 * DAY, 199));
    world.close_ballot(&subject).fails(E::BallotClosed);
    world.vote("voter 1", &subject, 1).fails(E::VotingOver);
    world.settle(0, 0).fails(E::AppealWindowOpen);
}

#[test]
fn close_ballot_without_a_quorum_and_without_an_arbiter_is_final_at_once() {
    let mut world = market(PoolParams { arbiter: NOBODY, ..pool_params() }, &[product_params("Risk")]);
    let subject = open_incident(&mut world);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(6);
    let now = world.now();
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.final_at, event.until), (NO_QUORUM, now, now));
    world.settle(0, 0).ok();
}

#[test]
fn close_ballot_after_a_prolonged_round_may_be_early() {
    let (mut world, subject) = voted(2_000, 5_000, &[(501, None), (499, None)]);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.vote("voter 0", &subject, 0).ok();
    let now = world.now();
    let (_, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.closed_at, closed.final_at), (FAILED, now, now + 2 * DAY));
}

#[test]
fn close_ballot_works_without_a_tip_that_is_left() {
    let (mut world, subject) = voted(2_000, 5_000, &[(501, Some(1)), (499, None)]);
    let (address, guardian) = (ballot_address(&subject), world.key("guardian"));
    // No sequence of instructions reaches this in the first round.
    edit(&mut world, &address, offset_of!(Ballot, tips), &[0]);
    let before = purses(&mut world, [address, guardian]);
    world.close_ballot(&subject).ok();
    assert_eq!(purses(&mut world, [address, guardian]), before);
}

#[test]
fn close_ballot_reaches_the_quorum_at_exactly_its_share() {
    // 20% of 1,000: the last atom decides, and votes against count towards it.
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, None), (800, None)]), NO_QUORUM);
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, Some(1)), (800, None)]), PASSED);
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, Some(0)), (800, None)]), PASSED);
    // 20% of 1,001 is 200.2: 200 are too few.
    assert_eq!(outcome(2_000, 5_000, &[(200, Some(1)), (801, None)]), NO_QUORUM);
    assert_eq!(outcome(2_000, 5_000, &[(201, Some(1)), (800, None)]), PASSED);
    // The largest quorum.
    assert_eq!(outcome(9_000, 5_000, &[(899, Some(1)), (101, None)]), NO_QUORUM);
    assert_eq!(outcome(9_000, 5_000, &[(900, Some(1)), (100, None)]), PASSED);
}

#[test]
fn close_ballot_fails_a_tie_and_passes_an_atom_more() {
    assert_eq!(outcome(2_000, 5_000, &[(500, Some(1)), (500, Some(0))]), FAILED);
    assert_eq!(outcome(2_000, 5_000, &[(501, Some(1)), (500, Some(0))]), PASSED);
    assert_eq!(outcome(2_000, 5_000, &[(500, Some(1)), (501, Some(0))]), FAILED);
    // A threshold of 60%: not more than it fails as well.
    assert_eq!(outcome(2_000, 6_000, &[(600, Some(1)), (400, Some(0))]), FAILED);
    assert_eq!(outcome(2_000, 6_000, &[(601, Some(1)), (400, Some(0))]), PASSED);
    // Abstention is no vote against.
    assert_eq!(outcome(2_000, 9_000, &[(300, Some(1)), (700, None)]), PASSED);
}

#[test]
fn close_ballot_without_votes_finds_no_quorum() {
    // One atom of stake and a quorum of a ten-thousandth, or no stake at all: nobody voted is no quorum.
    assert_eq!(outcome(1, 5_000, &[(1, None)]), NO_QUORUM);
    assert_eq!(outcome(1, 5_000, &[]), NO_QUORUM);
    assert_eq!(outcome(1, 5_000, &[(1, Some(1))]), PASSED);
    assert_eq!(outcome(1, 5_000, &[(1, Some(0))]), FAILED);
}

#[test]
fn close_ballot_refuses_wrong_accounts() {
    let (mut world, subject) = voted(2_000, 5_000, &[(600, Some(1))]);
    world.pass_days(3);
    let (assembly, pool) = (world.assembly(), world.pool());
    let voter = voter_address(&assembly, &world.key("voter 0"));
    let record = vote_record_address(&ballot_address(&subject), &voter);
    let tokens = world.tokens("ada", &world.asset());
    let forged = forge(&mut world, &ballot_address(&subject));
    let accounts = world.close_ballot_accounts(&subject);
    let instruction = accounts.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (0, accounts.ballot, DUPLICATE),
            (1, assembly, I::InvalidAccountData),
            (1, pool, I::InvalidAccountData),
            (1, subject, I::InvalidAccountData),
            (1, record, TOO_SMALL),
            (1, tokens, TOO_SMALL),
            (1, ballot_address(&accounts.ballot), TOO_SMALL),
            (1, forged, I::IllegalOwner),
        ],
    );
    for slot in [0, 1] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &[]).ok();
}
