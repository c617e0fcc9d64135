//! T20, T21 and T24: what a voter and their delegates might try together.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::UNIT;
use solana_address::Address;

/// A world in which walt's delegate is eve, and a report that opened a minute later.
fn reported() -> (Play, Address) {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    world.set_delegate("walt", Some("eve")).ok();
    world.pass(60);
    let incident = open(&mut world, 0, 0);
    (world, incident)
}

#[test]
fn t20_vote_with_one_stake_by_one_delegate_after_another() {
    let (mut world, incident) = reported();
    world.vote_for("eve", "walt", &incident, 16).ok();
    for delegate in ["mallory", "eve", "zoe"] {
        world.pass(60);
        world.set_delegate("walt", Some(delegate)).ok();
        for other in ["mallory", "eve", "zoe"] {
            let refusal = if other == delegate { E::DelegatedLater } else { E::NotVoter };
            world.vote_for(other, "walt", &incident, 16).fails(refusal);
        }
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.votes, ballot.live_records, ballot.weight_cast()), (1, 1, Ok(300 * UNIT)));
    // Nor does the stake leave meanwhile, whoever voted with it.
    world.set_delegate("walt", None).ok();
    world.request_unstake("walt", 1).fails(E::StakeLocked);
    // The owner's own vote is the last, and moves the weight there was.
    world.vote("walt", &incident, 0).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.votes, weights(&ballot)), (1, (0, 300 * UNIT)));
}

#[test]
fn t20_buy_the_votes_of_a_ballot_that_runs() {
    let (mut world, incident) = reported();
    // Mallory pays vera, and everybody, for making her a delegate as soon as she sees the report.
    for name in ["vera", "walt", "xeno"] {
        world.set_delegate(name, Some("mallory")).ok();
        world.vote_for("mallory", name, &incident, 0).fails(E::DelegatedLater);
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.appeal("mallory", &incident).ok();
    for name in ["vera", "walt", "xeno"] {
        world.vote_for("mallory", name, &incident, 0).fails(E::DelegatedLater);
    }
}

#[test]
fn t21_turn_the_vote_of_ones_delegate_in_the_last_second() {
    // Eve's vote for it keeps vera from voting; walt turns it when nobody can answer.
    let (mut world, incident) = reported();
    world.vote_for("eve", "walt", &incident, 16).ok();
    let closes_at = tally(&mut world, &incident).closes_at;
    until(&mut world, closes_at - 1);
    world.vote("walt", &incident, 0).ok();
    world.pass(1);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 1, closes_at + DAY));
    // A stake turns once: neither of the two has another vote in the day that follows.
    world.vote("walt", &incident, 1).fails(E::AlreadyVoted);
    world.vote_for("eve", "walt", &incident, 16).fails(E::AlreadyVoted);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 1);
}

#[test]
fn t21_close_a_round_before_owners_can_turn_what_their_delegates_voted() {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    for name in ["vera", "walt", "xeno"] {
        world.set_delegate(name, Some("mallory")).ok();
    }
    world.pass(60);
    let incident = open(&mut world, 0, 0);
    for name in ["vera", "walt", "xeno"] {
        world.vote_for("mallory", name, &incident, 0).ok();
        world.close_ballot(&incident).fails(E::VotingOpen);
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 1);
}

#[test]
fn t24_let_a_delegate_vote_for_what_an_appeal_overturns() {
    let (mut world, incident) = reported();
    let staked_before = staked(&mut world, "walt");
    world.vote_for("eve", "walt", &incident, 0).ok();
    let closes_at = tally(&mut world, &incident).closes_at;
    until(&mut world, closes_at);
    world.close_ballot(&incident).ok();
    world.appeal("mallory", &incident).ok();
    for name in ["vera", "walt", "xeno"] {
        world.vote(name, &incident, 1).ok();
    }
    world.close_ballot(&incident).ok();
    // Neither the removal of the delegate nor another vote of one's own saves the stake.
    world.set_delegate("walt", None).ok();
    let accounts = world.collect_vote_reward_accounts("walt", &incident);
    let release = CollectVoteReward { rent_payer: world.key("eve"), receiver: None, ..accounts };
    world.send(release.instruction(), &[]).ok();
    assert_eq!(staked(&mut world, "walt"), staked_before - 15 * UNIT);
}

/// Eve is the delegate of walt and of xeno. In whatever order the three vote, in both rounds, each stake counts once, and what an appeal
/// overturns costs each owner once; who was closed and stakes again has no delegate.
#[test]
fn t20_no_order_of_delegates_and_owners_counts_a_stake_twice() {
    let orders: [&[(&str, &str, u8)]; 4] = [
        &[("eve", "walt", 16), ("eve", "xeno", 16), ("walt", "walt", 0)],
        &[("walt", "walt", 0), ("eve", "xeno", 16), ("xeno", "xeno", 16)],
        &[("eve", "xeno", 0), ("xeno", "xeno", 16), ("eve", "walt", 0)],
        &[("xeno", "xeno", 16), ("eve", "walt", 16), ("walt", "walt", 0)],
    ];
    for order in orders {
        let mut world = court();
        insure(&mut world, 0, 100_000 * UNIT, 90);
        world.pass_days(3);
        for owner in ["walt", "xeno"] {
            world.set_delegate(owner, Some("eve")).ok();
        }
        world.pass(60);
        let incident = open(&mut world, 0, 0);
        let counts = |world: &mut Play, whole: u64| {
            let cast = tally(world, &incident).weight_cast().unwrap();
            assert_eq!(cast, whole * UNIT);
        };
        for (who, owner, level) in order {
            world.vote_for(who, owner, &incident, *level).ok();
        }
        counts(&mut world, 400);
        // Nobody has another vote in this round but an owner whose delegate's it is.
        for owner in ["walt", "xeno"] {
            world.vote_for("eve", owner, &incident, 16).fails(E::AlreadyVoted);
            world.vote_for("mallory", owner, &incident, 16).fails(E::NotVoter);
        }
        let closes_at = tally(&mut world, &incident).closes_at;
        until(&mut world, closes_at);
        world.close_ballot(&incident).ok();
        while tally(&mut world, &incident).state == 0 {
            let closes_at = tally(&mut world, &incident).closes_at;
            until(&mut world, closes_at);
            world.close_ballot(&incident).ok();
        }
        let passed = tally(&mut world, &incident).state == 1;
        world.appeal("mallory", &incident).ok();
        counts(&mut world, 400);
        // The delegate may turn no vote that the owner cast; removed, none at all; the owner turns each once.
        for (owner, units) in [("walt", 300), ("xeno", 100)] {
            let of_delegate = {
                let address = world.vote_accounts(owner, &incident).record;
                harness::Chain::read::<VoteRecord>(&mut world.chain, &address).by_delegate == 1
            };
            let receipt = world.vote_for("eve", owner, &incident, u8::from(!passed) * 16);
            if of_delegate {
                receipt.ok();
            } else {
                receipt.fails(E::AlreadyVoted);
            }
            counts(&mut world, 400);
            world.set_delegate(owner, None).ok();
            world.vote_for("eve", owner, &incident, 16).fails(E::NotVoter);
            world.vote(owner, &incident, u8::from(!passed)).ok();
            world.vote(owner, &incident, u8::from(passed)).fails(E::AlreadyVoted);
            counts(&mut world, 400);
            assert_eq!(staked(&mut world, owner), units * UNIT);
        }
        world.vote("vera", &incident, u8::from(!passed)).ok();
        world.close_ballot(&incident).ok();
        assert_eq!(tally(&mut world, &incident).state == 1, !passed, "it is overturned");
        for (owner, units) in [("walt", 300), ("xeno", 100)] {
            let accounts = world.collect_vote_reward_accounts(owner, &incident);
            let record: VoteRecord = harness::Chain::read(&mut world.chain, &accounts.record);
            let release = CollectVoteReward { rent_payer: record.rent_payer, receiver: None, ..accounts };
            world.send(release.instruction(), &[]).ok();
            world.send(release.instruction(), &[]);
            let lost = if (record.first_level == 16) == passed { units * UNIT / 20 } else { 0 };
            assert_eq!(staked(&mut world, owner), units * UNIT - lost, "{owner} in {order:?}");
        }
    }
}
