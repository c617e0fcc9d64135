//! `close_ballot`: anyone closes a ballot whose time is over, and the tally is what its terms say.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;

const PASSED: u8 = 1;
const FAILED: u8 = 2;
const NO_QUORUM: u8 = 3;

/// A world whose assembly has these terms, with a ballot on the returned subject in which these voted (or did not).
fn voted(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> (TestWorld, Address) {
    let mut world = World::bare();
    world.create_assembly(AssemblyParams { quorum_bps, threshold_bps, ..assembly_params() }).ok();
    world.create_pool(0, pool_params()).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
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

/// How a ballot of such votes ends.
fn outcome(quorum_bps: u16, threshold_bps: u16, stakes: &[(u64, Option<u8>)]) -> u8 {
    let (mut world, subject) = voted(quorum_bps, threshold_bps, stakes);
    world.pass_days(3);
    let receipt = world.close_ballot(&subject).ok();
    let closed: Ballot = world.chain.read(&ballot(&subject, 0));
    let Event::BallotClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.state, u64::from(closed.state));
    closed.state
}

#[test]
fn close_ballot_writes_how_and_when_it_ended() {
    let (mut world, subject) = voted(2_000, 5_000, &[(600, Some(1)), (300, Some(0)), (100, None)]);
    let address = ballot(&subject, 0);
    let before: Ballot = world.chain.read(&address);
    world.chain.set_now(before.closes_at + 77);
    // Nobody but the bank signs: anyone may.
    let receipt = world.close_ballot(&subject).ok();

    let expected = Ballot { state: PASSED, closed_at: before.closes_at + 77, ..before };
    assert_eq!(world.chain.read::<Ballot>(&address), expected);
    let event = BallotClosed {
        ballot: address,
        subject,
        state: 1,
        weight_for: 600,
        weight_against: 300,
        eligible_weight: 1_000,
    };
    assert_eq!(only_event(&receipt), Event::BallotClosed(event));
    world.check_books();
}

#[test]
fn close_ballot_waits_for_the_last_second_and_works_once() {
    let (mut world, subject) = voted(2_000, 5_000, &[(600, Some(1))]);
    let before: Ballot = world.chain.read(&ballot(&subject, 0));
    assert_eq!(before.closes_at, before.opened_at + 3 * DAY);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.chain.set_now(before.closes_at - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.chain.set_now(before.closes_at);
    world.close_ballot(&subject).ok();
    world.close_ballot(&subject).fails(E::BallotClosed);
    world.pass_days(100);
    world.close_ballot(&subject).fails(E::BallotClosed);
    let after: Ballot = world.chain.read(&ballot(&subject, 0));
    assert_eq!(after.closed_at, before.closes_at);
}

#[test]
fn close_ballot_waits_for_an_extension() {
    let (mut world, subject) = voted(2_000, 5_000, &[(600, None)]);
    let address = ballot(&subject, 0);
    let closes_at = world.chain.read::<Ballot>(&address).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("voter 0", &subject, 1).ok();
    world.chain.set_now(closes_at + DAY - 1);
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.pass(1);
    world.close_ballot(&subject).ok();
    assert_eq!(world.chain.read::<Ballot>(&address).state, PASSED);
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
    let voter = voter(&assembly, &world.key("voter 0"));
    let record = vote_record(&ballot(&subject, 0), &voter);
    let tokens = world.tokens("ada", &world.asset());
    let forged = forge(&mut world, &ballot(&subject, 0));
    let instruction = CloseBallot { ballot: ballot(&subject, 0) }.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (0, assembly, I::InvalidAccountData),
            (0, pool, I::InvalidAccountData),
            (0, subject, I::InvalidAccountData),
            (0, record, TOO_SMALL),
            (0, tokens, TOO_SMALL),
            (0, ballot(&subject, 1), TOO_SMALL),
            (0, forged, I::IllegalOwner),
        ],
    );
    world.send(read_only(instruction.clone(), 0), &[]).fails_with(NOT_WRITABLE);
    world.send(instruction, &[]).ok();
}
