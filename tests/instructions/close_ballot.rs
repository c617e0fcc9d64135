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

/// How a ballot of such votes ends: its state, whether too few had voted in its first three days, and whether the default decided.
fn outcome(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> (u8, u8, u8) {
    let (mut world, subject) = voted(quorum_bps, threshold_bps, stakes);
    world.pass_days(3);
    let (_, mut closed) = close(&mut world, &subject);
    if closed.state == OPEN {
        assert_eq!((closed.prolonged, closed.extensions), (1, 0));
        world.pass_days(6);
        closed = close(&mut world, &subject).1;
    }
    assert_eq!((closed.level, closed.leading()), (if closed.state == PASSED { 16 } else { 0 }, Ok(closed.level)));
    (closed.state, closed.prolonged, closed.undecided)
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
    let expected = Ballot { state: PASSED, level: 16, heard: 1, closed_at: now, final_at, tips: 4, ..before };
    assert_eq!(closed, expected);
    assert_eq!((before.leading(), before.tips), (Ok(16), 5));
    let expected = BallotClosed {
        ballot: address,
        subject,
        state: 1,
        level: 16,
        weight_cast: 900,
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
    // Where too few have voted nothing is decided, though all that is to come could not change the outcome.
    assert_eq!(early(2_000, 9_000, &[(100, Some(0)), (900, None)]), None);
    assert_eq!(early(2_000, 9_000, &[(199, Some(0)), (801, None)]), None);
    assert_eq!(early(2_000, 9_000, &[(200, Some(0)), (800, None)]), Some(FAILED));
    assert_eq!(early(3_000, 9_000, &[(200, Some(0)), (800, None)]), None);
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
fn close_ballot_runs_on_where_the_outcome_moved_in_the_last_day() {
    let (mut world, subject) = voted(2_000, 5_000, &[(400, None), (300, None), (300, None)]);
    let (address, guardian) = (ballot_address(&subject), world.key("guardian"));
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    let [held, guardians] = purses(&mut world, [address, guardian]);
    world.chain.set_now(closes_at - DAY);
    world.vote("voter 0", &subject, 1).ok();
    let before = read_ballot(&mut world, &subject);
    assert_eq!(
        (before.in_window, before.window_level, before.closes_at),
        (1, 0, closes_at),
        "a vote alone moves no end"
    );
    world.chain.set_now(closes_at + 50);
    world.vote("voter 1", &subject, 0).fails(E::VotingOver);
    // For a day, from when somebody came by, and from then on it takes votes again.
    let now = world.now();
    let (event, runs_on) = close(&mut world, &subject);
    let expected = Ballot { extensions: 1, window_level: 16, closes_at: now + DAY, tips: 4, ..before };
    assert_eq!(runs_on, expected);
    assert_eq!((event.state, event.until, event.level), (0, now + DAY, 16));
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("voter 1", &subject, 0).ok();
    world.chain.set_now(now + DAY - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.pass(1);
    let (_, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.extensions, closed.tips), (PASSED, 1, 3));
}

#[test]
fn close_ballot_does_not_run_on_for_what_moved_before_or_moved_back() {
    // With more than a day to go.
    let (mut world, subject) = voted(2_000, 5_000, &[(400, None), (450, None), (100, None), (50, None)]);
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - DAY - 1);
    world.vote("voter 0", &subject, 1).ok();
    assert_eq!(read_ballot(&mut world, &subject).in_window, 0);
    // 400 to 450, and 500 to 450: what counts is how it stood when the day began, and how it ended.
    world.chain.set_now(closes_at - 1);
    world.vote("voter 1", &subject, 0).ok();
    assert_eq!(read_ballot(&mut world, &subject).leading(), Ok(0));
    world.vote("voter 2", &subject, 1).ok();
    let found = read_ballot(&mut world, &subject);
    assert_eq!((found.window_level, found.leading()), (16, Ok(16)));
    world.pass(1);
    let (_, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.extensions), (PASSED, 0));
}

#[test]
fn close_ballot_runs_on_three_times_and_no_more() {
    let stakes = [3, 1, 1, 2, 2, 2, 2, 2, 2].map(|stake| (stake, None));
    let (mut world, subject) = voted(2_000, 5_000, &stakes);
    let start = read_ballot(&mut world, &subject).closes_at;
    // With a day to go: 3 to 0, 4 to 0, 4 to 1, 4 to 3.
    world.chain.set_now(start - DAY - 1);
    world.vote("voter 0", &subject, 1).ok();
    world.chain.set_now(start - DAY);
    for (voter, side) in [(1, 1), (2, 0), (3, 0)] {
        world.vote(&format!("voter {voter}"), &subject, side).ok();
    }
    // In the last second of each window: 4 to 5, 6 to 5, 6 to 7, 8 to 7.
    for (nth, (voter, side)) in (0..).zip([(4, 0), (5, 1), (6, 0), (7, 1)]) {
        let closes_at = start + u64::from(nth) * DAY;
        world.chain.set_now(closes_at - 1);
        world.vote(&format!("voter {voter}"), &subject, side).ok();
        world.close_ballot(&subject).fails(E::VotingOpen);
        world.pass(1);
        let (_, found) = close(&mut world, &subject);
        if nth < 3 {
            assert_eq!((found.state, found.extensions, found.closes_at), (OPEN, nth + 1, closes_at + DAY));
            assert_eq!(found.window_level, 16 * side);
        } else {
            assert_eq!((found.state, found.extensions), (PASSED, 3), "a fourth time extends nothing");
        }
    }
}

#[test]
fn close_ballot_takes_a_tie_as_led_by_the_side_against() {
    let (mut world, subject) = voted(2_000, 5_000, &[(400, Some(1)), (400, None), (200, None)]);
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("voter 1", &subject, 0).ok();
    world.pass(1);
    let (_, found) = close(&mut world, &subject);
    assert_eq!((found.leading(), found.extensions, found.closes_at), (Ok(0), 1, closes_at + DAY));
}

/// Who is late with the vote that makes the quorum changes nothing but the outcome: where that moves, the others have a day.
#[test]
fn close_ballot_goes_on_for_want_of_votes_before_it_runs_on() {
    let (mut world, subject) = voted(2_000, 5_000, &[(150, None), (50, None), (800, None)]);
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("voter 0", &subject, 1).ok();
    world.pass(1);
    // It moved as well, but six days are more than one. What the window was is forgotten.
    let (_, found) = close(&mut world, &subject);
    assert_eq!((found.prolonged, found.extensions, found.in_window), (1, 0, 0));
    assert_eq!(found.closes_at, closes_at + 6 * DAY);
    world.chain.set_now(closes_at + 6 * DAY - 1);
    world.vote("voter 2", &subject, 0).ok();
    world.pass(1);
    let (_, found) = close(&mut world, &subject);
    assert_eq!((found.state, found.undecided), (FAILED, 0), "800 of 1,000: no vote can change it");

    // The same with a vote that others can still outvote.
    let (mut world, subject) = voted(2_000, 5_000, &[(150, Some(1)), (300, None), (550, None)]);
    world.pass_days(3);
    let (_, found) = close(&mut world, &subject);
    world.chain.set_now(found.closes_at - 1);
    world.vote("voter 1", &subject, 0).ok();
    world.pass(1);
    let now = world.now();
    let (_, found) = close(&mut world, &subject);
    assert_eq!((found.state, found.prolonged, found.extensions, found.closes_at), (OPEN, 1, 1, now + DAY));
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
    assert_eq!(prolonged, Ballot { prolonged: 1, closes_at: now + 6 * DAY, tips: 4, ..before });
    let expected = BallotClosed {
        ballot: address,
        subject,
        state: 0,
        level: 16,
        weight_cast: 199,
        eligible_weight: 1_000,
        round: 0,
        until: now + 6 * DAY,
    };
    assert_eq!(event, expected);
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("voter 0", &subject, 0).fails(E::AlreadyVoted);

    // The last second still takes the vote that is missing.
    world.chain.set_now(now + 6 * DAY - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("voter 1", &subject, 0).ok();
    world.pass(1);
    // It passed before and after: nobody has to answer.
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.final_at, event.until), (PASSED, now + 8 * DAY, now + 8 * DAY));
    assert_eq!((closed.extensions, closed.undecided, closed.tips), (0, 0, 3));
    assert_eq!(purses(&mut world, [address, guardian]), [held - 2 * TIP, guardians + 2 * TIP]);
}

#[test]
fn close_ballot_without_a_quorum_a_second_time_leaves_it_to_the_arbiter() {
    // Half of what must vote is not more than half.
    let (mut world, subject) = voted(2_000, 5_000, &[(100, Some(1)), (900, None)]);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(6);
    let now = world.now();
    let (event, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.undecided, closed.closed_at, closed.final_at), (FAILED, 1, now, now + 2 * DAY));
    assert_eq!((event.state, event.until, event.level, event.weight_cast), (2, now + 2 * DAY, 0, 100));
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
    assert_eq!((closed.state, closed.undecided, closed.final_at, event.until), (FAILED, 1, now, now));
    world.settle(0, 0).ok();
}

#[test]
fn close_ballot_without_a_quorum_is_final_at_once_where_those_who_voted_have_their_way() {
    let (mut world, subject) = voted(2_000, 5_000, &[(199, Some(0)), (801, None)]);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(6);
    let now = world.now();
    let (_, closed) = close(&mut world, &subject);
    assert_eq!((closed.state, closed.undecided, closed.final_at), (FAILED, 1, now), "nothing is left for the arbiter");
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
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, None), (800, None)]), (PASSED, 1, 0));
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, Some(1)), (800, None)]), (PASSED, 0, 0));
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(1)), (1, Some(0)), (800, None)]), (PASSED, 0, 0));
    // 20% of 1,001 is 200.2: 200 are too few.
    assert_eq!(outcome(2_000, 5_000, &[(200, Some(1)), (801, None)]), (PASSED, 1, 0));
    assert_eq!(outcome(2_000, 5_000, &[(201, Some(1)), (800, None)]), (PASSED, 0, 0));
    // The largest quorum.
    assert_eq!(outcome(3_000, 5_000, &[(299, Some(1)), (701, None)]), (PASSED, 1, 0));
    assert_eq!(outcome(3_000, 5_000, &[(300, Some(1)), (700, None)]), (PASSED, 0, 0));
}

#[test]
fn close_ballot_counts_what_is_missing_to_the_quorum_against_it() {
    // Of 200 that must vote: 100 are half, and an atom more passes.
    assert_eq!(outcome(2_000, 5_000, &[(100, Some(1)), (900, None)]), (FAILED, 1, 1));
    assert_eq!(outcome(2_000, 5_000, &[(101, Some(1)), (899, None)]), (PASSED, 1, 0));
    // Votes against it are among those who would have stayed away: nobody helps it by them.
    assert_eq!(outcome(2_000, 5_000, &[(100, Some(1)), (99, Some(0)), (801, None)]), (FAILED, 1, 1));
    assert_eq!(outcome(2_000, 5_000, &[(101, Some(1)), (98, Some(0)), (801, None)]), (PASSED, 1, 0));
    assert_eq!(outcome(2_000, 5_000, &[(101, Some(1)), (100, Some(0)), (799, None)]), (PASSED, 0, 0));
    assert_eq!(outcome(2_000, 5_000, &[(199, Some(0)), (801, None)]), (FAILED, 1, 1));
    assert_eq!(outcome(2_000, 5_000, &[(200, Some(0)), (800, None)]), (FAILED, 0, 0));
    // More than 90% of 200.
    assert_eq!(outcome(2_000, 9_000, &[(180, Some(1)), (820, None)]), (FAILED, 1, 1));
    assert_eq!(outcome(2_000, 9_000, &[(181, Some(1)), (819, None)]), (PASSED, 1, 0));
}

#[test]
fn close_ballot_fails_a_tie_and_passes_an_atom_more() {
    assert_eq!(outcome(2_000, 5_000, &[(500, Some(1)), (500, Some(0))]), (FAILED, 0, 0));
    assert_eq!(outcome(2_000, 5_000, &[(501, Some(1)), (500, Some(0))]), (PASSED, 0, 0));
    assert_eq!(outcome(2_000, 5_000, &[(500, Some(1)), (501, Some(0))]), (FAILED, 0, 0));
    // A threshold of 60%: not more than it fails as well.
    assert_eq!(outcome(2_000, 6_000, &[(600, Some(1)), (400, Some(0))]), (FAILED, 0, 0));
    assert_eq!(outcome(2_000, 6_000, &[(601, Some(1)), (400, Some(0))]), (PASSED, 0, 0));
    // Abstention is no vote against, beyond what must vote.
    assert_eq!(outcome(2_000, 9_000, &[(300, Some(1)), (700, None)]), (PASSED, 0, 0));
}

#[test]
fn close_ballot_without_votes_fails() {
    // One atom of stake and a quorum of a ten-thousandth, or no stake at all: an atom must vote, and stays away.
    assert_eq!(outcome(1, 5_000, &[(1, None)]), (FAILED, 1, 1));
    assert_eq!(outcome(1, 5_000, &[]), (FAILED, 1, 1));
    assert_eq!(outcome(1, 5_000, &[(1, Some(1))]), (PASSED, 0, 0));
    assert_eq!(outcome(1, 5_000, &[(1, Some(0))]), (FAILED, 0, 0));
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
