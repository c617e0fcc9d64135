//! T20 to T22: what a juror might try.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, start_of};
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params};

#[test]
fn t20_stake_ahead_of_a_ballot_or_after_its_opening() {
    // With the opening, a minute and a day before it, in the last second in which it is too young, and one later.
    for nth in 0..5 {
        let mut world = court();
        insure(&mut world, 0, 100_000 * UNIT, 90);
        world.pass_days(3);
        world.fund("late", 0);
        world.stake("late", 5_000 * UNIT).ok();
        let now = world.now();
        let old_enough = start_of(day_of(now) + 2).unwrap();
        until(&mut world, [now, now + 60, now + DAY, old_enough - 1, old_enough][nth]);
        let counts = nth == 4;
        let incident = open(&mut world, 0, 0);
        let eligible = if counts { 6_000 * UNIT } else { 1_000 * UNIT };
        assert_eq!(tally(&mut world, &incident).eligible_weight, eligible, "{nth}");
        // However long the ballot lasts and whatever is added to it.
        world.stake("walt", 5_000 * UNIT).ok();
        for _ in 0..2 {
            world.stake("last", 5_000 * UNIT).ok();
            world.vote("last", &incident, 0).fails(E::NoWeight);
            world.pass_days(1);
        }
        let vote = world.vote("late", &incident, 0);
        if counts {
            vote.ok();
        } else {
            vote.fails(E::NoWeight);
        }
        world.vote("walt", &incident, 1).ok();
        let ballot = tally(&mut world, &incident);
        assert_eq!(ballot.eligible_weight, eligible);
        assert_eq!(weights(&ballot), (300 * UNIT, eligible - 1_000 * UNIT));
    }
}

#[test]
fn t20_vote_move_the_stake_and_vote_again() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    world.vote("walt", &incident, 1).ok();
    // The same stake votes once, cannot leave, and what another wallet stakes instead is too young.
    world.vote("walt", &incident, 1).fails(E::AlreadyVoted);
    world.vote("walt", &incident, 0).fails(E::AlreadyVoted);
    world.request_unstake("walt", 1).fails(E::StakeLocked);
    world.unstake("walt").fails(E::NothingDue);
    world.stake("walt's other", 300 * UNIT).ok();
    world.vote("walt's other", &incident, 1).fails(E::NoWeight);
    // Who has not voted may leave, and gives the vote up; the quorum stays as it was.
    world.request_unstake("xeno", 100 * UNIT).ok();
    world.vote("xeno", &incident, 1).fails(E::NoWeight);
    world.request_unstake("vera", 400 * UNIT).ok();
    world.vote("vera", &incident, 0).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!(weights(&ballot), (300 * UNIT, 200 * UNIT));
    assert_eq!(ballot.eligible_weight, 1_000 * UNIT);

    // Locked until it is closed, final and released; nobody need have read it.
    world.collect_vote_reward("walt", &incident).fails(E::BallotOpen);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.request_unstake("walt", 1).fails(E::StakeLocked);
    world.collect_vote_reward("walt", &incident).fails(E::AppealWindowOpen);
    world.pass_days(2);
    world.request_unstake("walt", 1).fails(E::StakeLocked);
    world.release_vote("walt", &incident).ok();
    world.request_unstake("walt", 300 * UNIT).ok();
    world.collect_vote_reward("walt", &incident).fails(E::BallotNotRead);
    world.decide(0, 0).ok();
    world.collect_vote_reward("walt", &incident).ok();
    // And then it takes longer than any ballot, so it votes in none that was open before.
    let asked = world.now();
    until(&mut world, asked + assembly_params().unstake_delay - 1);
    world.unstake("walt").fails(E::UnstakeNotReady);
    world.pass(1);
    world.unstake("walt").ok();
    world.unstake("walt").fails(E::NothingDue);
    let tokens = world.tokens("walt", &world.governance());
    assert_eq!(world.balance_of(&tokens), 300 * UNIT);
}

#[test]
fn t20_stake_after_the_opening_and_appeal() {
    let mut world = court();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    for juror in ["vera", "walt", "xeno"] {
        world.vote(juror, &incident, 1).ok();
    }
    // All that is staked was for it; mallory, who would pay half of it, comes a minute later with half as much again.
    world.pass(60);
    world.stake("mallory", 1_500 * UNIT).ok();
    world.vote("mallory", &incident, 0).fails(E::NoWeight);
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.settle(0, 0).fails(E::FilingOpen);
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.round), (1, 0), "unanimous, and final before the new stake is old enough");
    // A jury that takes its three days gives it time.
    let mut world = court();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("walt", &incident, 1).ok();
    world.pass(60);
    world.stake("mallory", 1_500 * UNIT).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 1);
    // It has no more to say in the appeal than in the first round, however old it is by then.
    let held = world.balance("mallory");
    world.appeal("mallory", &incident).ok();
    world.vote("mallory", &incident, 0).fails(E::NoWeight);
    for juror in ["walt", "vera", "xeno"] {
        world.vote(juror, &incident, 1).ok();
    }
    world.vote("mallory", &incident, 0).fails(E::NoWeight);
    let ballot = tally(&mut world, &incident);
    assert_eq!((weights(&ballot), ballot.eligible_weight), ((1_000 * UNIT, 0), 1_000 * UNIT));
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.collect_appeal_bond("mallory", &incident).fails(E::NothingDue);
    for juror in ["walt", "vera", "xeno"] {
        world.collect_vote_reward(juror, &incident).ok();
    }
    // Nobody loses stake; she loses the bond.
    assert_eq!([staked(&mut world, "walt"), staked(&mut world, "vera")], [300 * UNIT, 600 * UNIT]);
    assert_eq!((tally(&mut world, &incident).state, held - world.balance("mallory")), (1, 2 * BOND));
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    assert_eq!(case(&mut world, &incident).settled, 190_000 * UNIT, "what all that was staked when it opened is for");
    world.check_books();
}

#[test]
fn t20_a_delay_shorter_than_the_longest_ballot() {
    // Two rounds that go on for twice as long, three extensions of each, and the longest window for the arbiter and for an appeal.
    let longest = 6 * assembly_params().voting_period + 6 * DAY + 2 * 14 * DAY;
    let mut world = World::lite_bare();
    let with = |unstake_delay| AssemblyParams { unstake_delay, ..assembly_params() };
    world.create_assembly(with(longest - 1)).fails(E::BadUnstakeDelay);
    world.create_assembly(with(longest)).ok();
}

#[test]
fn t20_unstake_while_locked_by_another_ballot() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    insure(&mut world, 1, 100_000 * UNIT, 90);
    world.pass_days(3);
    let first = open(&mut world, 0, 0);
    world.vote("walt", &first, 0).ok();
    world.vote("vera", &first, 0).ok();
    world.close_ballot(&first).ok();
    world.pass_days(1);
    let second = open(&mut world, 1, 0);
    world.vote("walt", &second, 0).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    world.collect_vote_reward("walt", &first).ok();
    world.collect_vote_reward("walt", &first).fails_with(GONE);
    world.request_unstake("walt", 1).fails(E::StakeLocked);
    world.collect_vote_reward("walt", &second).fails(E::BallotOpen);
    world.pass_days(1);
    world.close_ballot(&second).ok();
    world.pass_days(2);
    world.decide(1, 0).ok();
    world.collect_vote_reward("walt", &second).ok();
    world.request_unstake("walt", 301 * UNIT).fails(E::StakeTooSmall);
    world.request_unstake("walt", 300 * UNIT).ok();
}

#[test]
fn t21_flip_in_the_last_minute() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    seat(&mut world, &[("ann", 400), ("bob", 450), ("cyd", 100), ("dan", 100), ("eve", 100), ("fox", 20)]);
    world.pass_days(2);
    let incident = open(&mut world, 0, 0);
    let opened = world.now();
    for voter in ["ann", "fox", "walt"] {
        world.vote(voter, &incident, 1).ok();
    }
    // Votes of the last day that change nothing, or what others change back within it, do not extend it.
    let mut closes = opened + 3 * DAY;
    until(&mut world, closes - 60);
    for (voter, side) in [("bob", 0), ("xeno", 0), ("cyd", 0)] {
        world.close_ballot(&incident).fails(E::VotingOpen);
        world.vote(voter, &incident, side).ok();
        assert_eq!(leading(&mut world, &incident), 1, "720 for, 450 to 650 against");
    }
    // One more, in the last second, does: there is a day to answer.
    until(&mut world, closes - 1);
    world.vote("dan", &incident, 0).ok();
    assert_eq!(leading(&mut world, &incident), 0, "720 for, 750 against");
    until(&mut world, closes);
    world.vote("eve", &incident, 1).fails(E::VotingOver);
    world.close_ballot(&incident).ok();
    closes += DAY;
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 1, closes));
    // And one to answer that.
    until(&mut world, closes - 1);
    world.vote("eve", &incident, 1).ok();
    until(&mut world, closes);
    world.close_ballot(&incident).ok();
    closes += DAY;
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 2, closes));
    // Nobody answers.
    until(&mut world, closes);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, weights(&ballot)), (1, (820 * UNIT, 750 * UNIT)));
}

#[test]
fn t21_extend_a_ballot_for_ever() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    seat(&mut world, &[("ann", 500), ("bob", 550), ("cyd", 100), ("dan", 100), ("eve", 100)]);
    world.pass_days(2);
    let incident = open(&mut world, 0, 0);
    let opened = world.now();
    let ends = [3, 4, 5, 6].map(|days| opened + days * DAY);
    let votes = [("ann", 1), ("bob", 0), ("cyd", 1), ("dan", 0)];
    for (nth, (voter, side)) in votes.into_iter().enumerate() {
        until(&mut world, ends[nth] - 1);
        world.vote(voter, &incident, side).ok();
        assert_eq!(leading(&mut world, &incident), side, "{voter}");
        until(&mut world, ends[nth]);
        world.close_ballot(&incident).ok();
        let ballot = tally(&mut world, &incident);
        assert_eq!(usize::from(ballot.extensions), (nth + 1).min(3));
        let closes_at = ends.get(nth + 1).copied().unwrap_or(ends[3]);
        assert_eq!((ballot.closes_at, ballot.state == 0), (closes_at, nth < 3), "{voter}");
    }
    // Three days more than planned, no longer; anyone who was surprised then can appeal.
    world.vote("eve", &incident, 1).fails(E::VotingOver);
    assert_eq!(tally(&mut world, &incident).state, 2);
    world.fund("dora", 1_000 * UNIT);
    world.appeal("dora", &incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.extensions, ballot.closes_at), (0, ends[3] + 3 * DAY));
}

#[test]
fn t21_reach_the_quorum_in_the_last_minute() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    let closes = world.now() + 3 * DAY;
    // Half of the quorum, for: those who stay away outweigh it.
    until(&mut world, closes - 61);
    world.vote("xeno", &incident, 1).ok();
    assert_eq!(leading(&mut world, &incident), 0);
    // With all of it the outcome is another, and the others have a day to answer.
    world.pass(60);
    world.vote("walt", &incident, 1).ok();
    assert_eq!(leading(&mut world, &incident), 1);
    world.close_ballot(&incident).fails(E::VotingOpen);
    world.pass(1);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 1, closes + DAY));
    world.pass(DAY - 1);
    world.close_ballot(&incident).fails(E::VotingOpen);
    world.vote("vera", &incident, 0).ok();
    // All have voted: nothing is left to wait for.
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 2);
}

#[test]
fn t22_one_small_voter_decides() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(2);
    // A fifth of the stake must vote, 200 of 1,000: whoever of it stays away counts against. Half of it decides nothing, however
    // long it waits; then a quarter of the report's bond is lost.
    let incident = open(&mut world, 0, 0);
    assert_eq!(tally(&mut world, &incident).quorum_weight, 200 * UNIT);
    world.vote("xeno", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.prolonged), (0, 1));
    world.close_ballot(&incident).fails(E::VotingOpen);
    world.pass_days(6);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.undecided), (2, 1));
    world.settle(0, 0).fails(E::AppealWindowOpen);
    world.pass_days(2);
    world.settle(0, 0).ok();
    assert_eq!((case(&mut world, &incident).state, case(&mut world, &incident).bond_state), (2, 1));
    assert_eq!(case(&mut world, &incident).bond, BOND - BOND / 4);
    world.collect_bond("opal", &incident).ok();
    world.collect_vote_reward("xeno", &incident).ok();

    // An atom more does, if nobody else comes in nine days: and then all who stake can appeal.
    world.stake("xeno", 1).ok();
    world.request_unstake("vera", 1).ok();
    world.pass_days(2);
    let incident = open(&mut world, 0, 1);
    world.vote("xeno", &incident, 1).ok();
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((weights(&ballot), ballot.eligible_weight, ballot.state), ((100 * UNIT + 1, 0), 1_000 * UNIT, 1));
    world.arbitrate("arbiter", &incident, 0).fails(E::NotArbitrable);
    world.appeal("mallory", &incident).ok();
    // Too few had voted: no more must in the appeal.
    assert_eq!(tally(&mut world, &incident).quorum_weight, 200 * UNIT);
    world.vote("walt", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((weights(&ballot), ballot.state), ((100 * UNIT + 1, 300 * UNIT), 2));
}

#[test]
fn t22_block_a_decision_with_stake_that_is_too_young() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    for name in ["mallory", "mallory's friend"] {
        world.stake(name, 1_000_000 * UNIT).ok();
    }
    let incident = open(&mut world, 0, 0);
    world.stake("mallory", 1_000_000 * UNIT).ok();
    world.vote("walt", &incident, 1).ok();
    world.vote("mallory", &incident, 0).fails(E::NoWeight);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.eligible_weight), (1, 1_000 * UNIT));
    // The appeal takes a bond and two fifths of the same stake: what has grown old since has no say in it either.
    world.appeal("mallory", &incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.eligible_weight, ballot.quorum_weight), (1_000 * UNIT, 400 * UNIT));
    for name in ["mallory", "mallory's friend"] {
        world.vote(name, &incident, 0).fails(E::NoWeight);
    }
}

#[test]
fn t22_change_the_terms_during_a_ballot() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    let address = ballot_address(&incident);
    let before = world.chain.account(&address).unwrap();
    // Stakes come, age and go; other assemblies, pools and products are made on other terms.
    world.stake("mallory", 1_000_000 * UNIT).ok();
    world.request_unstake("vera", 300 * UNIT).ok();
    world.create_pool(1, PoolParams { vote_reward: 7 * UNIT, ..pool_params() }).ok();
    world.list_product(3, ProductParams { appeal_window: 7 * DAY, ..product_params("Other") }).ok();
    world.give_lamports("rita");
    let other = assembly_address(&world.governance(), &world.key("rita"));
    let accounts = CreateAssembly {
        creator: world.key("rita"),
        payer: world.key("rita"),
        assembly: other,
        stake_vault: stake_vault_address(&other),
        ..world.create_assembly_accounts()
    };
    let params = AssemblyParams { quorum_bps: 3_000, threshold_bps: 9_000, ..assembly_params() };
    world.send(accounts.instruction(&params), &["rita"]).ok();
    world.pass_days(2);
    assert!(world.chain.account(&address).unwrap() == before, "what counts was copied when it opened");

    // It ends by what it was opened with: 300 of 1,000 eligible, of the 1,000,700 that are staked by now.
    world.vote("walt", &incident, 1).ok();
    for days in [2, 1] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    let ballot = tally(&mut world, &incident);
    let now = world.now();
    assert_eq!((ballot.state, ballot.eligible_weight, ballot.final_at), (1, 1_000 * UNIT, now + 2 * DAY));
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!(assembly.total_staked, 1_000_700 * UNIT);
}
