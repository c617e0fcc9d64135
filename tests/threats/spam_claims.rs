//! T25: what a spam of claims and disputes costs, and that it takes nobody's right.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{UNIT, pool_params};
use solana_address::Address;

/// An accepted incident with claims of 100,000 less the deductible of dora, emil and fay on product 0; and sam, who has
/// money for bonds, a policy of a unit and one as large as theirs.
fn claimed() -> (Play, Address, [Address; 3]) {
    let params = PoolParams { vote_reward: 40 * UNIT, assessor_fee_bps: 1_000, ..pool_params() };
    let mut world = court_of(params);
    let policies = HOLDERS.map(|holder| cover(&mut world, holder, 0, 100_000 * UNIT));
    world.fund("sam", 500_000 * UNIT);
    world.buy("sam", 0, 0, UNIT, 30).ok();
    world.buy("sam", 0, 1, 100_000 * UNIT, 30).ok();
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    for (holder, policy) in HOLDERS.iter().zip(&policies) {
        file(&mut world, holder, policy, &incident, 100_000 * UNIT).ok();
    }
    (world, incident, policies)
}

const HOLDERS: [&str; 3] = ["dora", "emil", "fay"];
/// What each claims, and its bond, atoms.
const NET: u64 = 95_000 * UNIT;
const CLAIM_BOND: u64 = 950 * UNIT;
/// The least bond of a dispute, atoms: a fifth of the report's.
const DISPUTE_BOND: u64 = BOND / 5;
/// A claim's state when nothing of it is paid.
const REJECTED: u8 = 3;

/// The jury's majority decides the dispute of a claim; the appeal window passes and it is resolved.
fn resolve(world: &mut Play, policy: &Address, incident: &Address, side: u8) {
    let subject = claim_address(incident, policy);
    world.vote("vera", &subject, side).ok();
    world.close_ballot(&subject).ok();
    let last = tally(world, &subject).final_at;
    until(world, last);
    world.resolve_dispute(policy, incident).ok();
}

/// Settles the incident as soon as it can be, and pays those of the three that were not rejected; returns what each
/// got.
fn settle_and_pay(world: &mut Play, incident: &Address, policies: &[Address; 3]) -> [u64; 3] {
    until_settleable(world, incident);
    world.settle(0, 0).ok();
    let mut got = [0; 3];
    for (got, (holder, policy)) in got.iter_mut().zip(HOLDERS.iter().zip(policies)) {
        if claim_of(world, policy, incident).state == REJECTED {
            world.payout(holder, policy, incident).fails(E::NothingDue);
            continue;
        }
        let held = world.balance(holder);
        world.payout(holder, policy, incident).ok();
        *got = world.balance(holder) - held;
    }
    world.check_books();
    got
}

#[test]
fn t25_dispute_every_claim() {
    let (mut world, incident, policies) = claimed();
    let held = world.balance("sam");
    let ends = claim_of(&mut world, &policies[0], &incident).disputes_end_at;
    until(&mut world, ends - 1);
    for policy in &policies {
        world.dispute("sam", policy, &incident, 0).ok();
    }
    world.pass(1);
    let (assessors, income) = (world.read_pool().assessors, world.read_pool().other_income);
    for policy in &policies {
        let subject = claim_address(&incident, policy);
        world.vote("vera", &subject, 0).ok();
        world.close_ballot(&subject).ok();
    }
    world.pass_days(2);
    for policy in &policies {
        world.resolve_dispute(policy, &incident).ok();
        world.collect_dispute_bond("sam", policy, &incident).ok();
    }
    // Half of each bond is the claimant's, half the assessors', to the atom; nothing was held up, and all are paid.
    let cost = held - world.balance("sam");
    println!("three disputes of honest claims: {} units, and no day of delay", cost / UNIT);
    assert_eq!(cost, 3 * CLAIM_BOND);
    assert_eq!(world.read_pool().assessors - assessors, cost / 2);
    assert_eq!(world.read_pool().other_income, income);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND + CLAIM_BOND / 2; 3]);
    assert_eq!(world.read_pool().bonds, case(&mut world, &incident).bond, "the report's");
}

#[test]
fn t25_claim_what_was_not_lost() {
    let (mut world, incident, policies) = claimed();
    world.fund("watcher", 10_000 * UNIT);
    let policy = world.policy(0, "sam", 1);
    let purse = another_account(&mut world, "sam");
    file(&mut world, "sam", &policy, &incident, 100_000 * UNIT).ok();
    let held = world.balance_of(&purse) + world.balance("sam");
    let before = (world.balance("watcher"), world.read_pool().assessors);
    world.dispute("watcher", &policy, &incident, 0).ok();
    world.pass_days(3);
    resolve(&mut world, &policy, &incident, 1);
    world.collect_dispute_bond("watcher", &policy, &incident).ok();
    // Half of the bond is the disputer's, half the assessors'; the others wait for nothing and get all of theirs.
    assert_eq!(world.balance("watcher") - before.0, CLAIM_BOND / 2);
    assert_eq!(world.read_pool().assessors - before.1, CLAIM_BOND / 2);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND; 3]);
    assert_eq!(case(&mut world, &incident).settled, 3 * NET);
    world.payout("sam", &policy, &incident).fails(E::NothingDue);
    assert_eq!(world.balance_of(&purse) + world.balance("sam"), held);
    println!("a claim of what was not lost: {} units, and no day of delay", CLAIM_BOND / UNIT);
}

#[test]
fn t25_a_friendly_little_dispute_shields_nothing() {
    let (mut world, incident, policies) = claimed();
    // A friend holds an atom against dora's claim, at once; who knows better holds all of what is too much against it.
    world.fund("friend", 10_000 * UNIT);
    world.fund("watcher", 10_000 * UNIT);
    let policy = policies[0];
    world.dispute("friend", &policy, &incident, NET - 1).ok();
    world.dispute("watcher", &policy, &incident, NET - 1).fails(E::CounterAmountTooHigh);
    world.dispute("watcher", &policy, &incident, NET).fails(E::CounterAmountTooHigh);
    let ends = claim_of(&mut world, &policy, &incident).disputes_end_at;
    until(&mut world, ends - 1);
    world.dispute("watcher", &policy, &incident, 40_000 * UNIT).ok();
    // The friend's bond comes back at once, and the jury votes on the other.
    let held = world.balance("friend");
    world.collect_dispute_bond("friend", &policy, &incident).ok();
    assert_eq!(world.balance("friend") - held, CLAIM_BOND);
    world.collect_dispute_bond("watcher", &policy, &incident).fails(E::DisputeOpen);
    world.pass(1);
    resolve(&mut world, &policy, &incident, 1);
    let held = world.balance("watcher");
    world.collect_dispute_bond("watcher", &policy, &incident).ok();
    assert_eq!(world.balance("watcher") - held, CLAIM_BOND + CLAIM_BOND / 2);
    let paid = settle_and_pay(&mut world, &incident, &policies);
    assert_eq!(paid, [40_000 * UNIT, NET + CLAIM_BOND, NET + CLAIM_BOND]);
}

/// Who disputes all of a claim leaves the jury that or the whole claim: a limit of counter-amounts, and its price.
#[test]
fn t25_a_friendly_dispute_of_all_leaves_nothing_between() {
    for side in [0, 1] {
        let (mut world, incident, policies) = claimed();
        world.fund("friend", 10_000 * UNIT);
        world.fund("watcher", 10_000 * UNIT);
        let held = [world.balance("dora"), world.balance("friend")].iter().sum::<u64>();
        let (policy, assessors) = (policies[0], world.read_pool().assessors);
        world.dispute("friend", &policy, &incident, 0).ok();
        // Who knows that 40,000 would be right cannot say so any more.
        for counter in [0, 1, 40_000 * UNIT] {
            world.dispute("watcher", &policy, &incident, counter).fails(E::CounterAmountTooHigh);
        }
        world.pass_days(3);
        resolve(&mut world, &policy, &incident, side);
        world.collect_dispute_bond("friend", &policy, &incident).ok();
        let lost = world.read_pool().assessors - assessors;
        assert_eq!(lost, CLAIM_BOND / 2);
        let paid = settle_and_pay(&mut world, &incident, &policies);
        let both = [world.balance("dora"), world.balance("friend")].iter().sum::<u64>();
        // The claim's bond comes from another account of dora's, so it is no part of what they held.
        if side == 0 {
            assert_eq!(paid[0], NET + CLAIM_BOND + CLAIM_BOND / 2);
            assert_eq!(both - held, NET + CLAIM_BOND - lost);
            println!("a friend's dispute of all, lost: the claim in full for {} units", lost / UNIT);
        } else {
            assert_eq!(paid[0], 0);
            assert_eq!(both - held, CLAIM_BOND / 2);
            println!("a friend's dispute of all, won: nothing of the claim, and {} units", lost / UNIT);
        }
        assert_eq!(paid[1..], [NET + CLAIM_BOND; 2]);
    }
}

/// The worst that disputes can do: a claim of an atom, disputed in its last second; too few vote, then the outcome moves in the last
/// second, every extension is used, it is appealed in the last second and takes as long again.
#[test]
fn t25_hold_a_settlement_up_with_disputes() {
    let (mut world, incident, policies) = claimed();
    // As early as their stake grows old: ahead of the dispute that counts it.
    seat(&mut world, &[("ann", 260), ("bob", 270), ("cyd", 20), ("eve", 300), ("fin", 50)]);
    let policy = world.policy(0, "sam", 0);
    let read = case(&mut world, &incident);
    until(&mut world, read.filing_ends_at - 1);
    file(&mut world, "sam", &policy, &incident, UNIT / 20 + 1).ok();
    let ends = claim_of(&mut world, &policy, &incident).disputes_end_at;
    until(&mut world, ends - 1);
    let held = world.balance("sam");
    world.fund("friend", DISPUTE_BOND);
    world.dispute("friend", &policy, &incident, 0).ok();
    let subject = claim_address(&incident, &policy);
    let ballot = tally(&mut world, &subject);
    assert_eq!((ballot.eligible_weight, ballot.quorum_weight), (1_900 * UNIT, 380 * UNIT));
    // A round that goes on for want of votes, and runs on for a day with each vote that moves it in its last second.
    let mut closes = ends;
    let round = |world: &mut Play, closes: &mut u64, votes: [(&str, u8); 3]| {
        *closes += 3 * DAY;
        until(world, *closes);
        world.close_ballot(&subject).ok();
        *closes += 6 * DAY;
        for (voter, side) in votes {
            assert_eq!((tally(world, &subject).closes_at, 1 - leading(world, &subject)), (*closes, side));
            until(world, *closes - 1);
            world.settle(0, 0).fails(E::DisputeOpen);
            world.vote(voter, &subject, side).ok();
            until(world, *closes);
            world.close_ballot(&subject).ok();
            *closes += DAY;
        }
        until(world, *closes);
        world.close_ballot(&subject).ok();
    };
    round(&mut world, &mut closes, [("ann", 1), ("bob", 0), ("cyd", 1)]);
    closes += 2 * DAY - 1;
    until(&mut world, closes);
    world.appeal("sam", &subject).ok();
    // The 550 that voted are not the 760 that must in an appeal.
    round(&mut world, &mut closes, [("walt", 0), ("eve", 1), ("fin", 0)]);
    assert_eq!(weights(&tally(&mut world, &subject)), (580 * UNIT, 620 * UNIT));
    world.resolve_dispute(&policy, &incident).ok();
    // Six voting periods, six extensions and the appeal window at most: all disputes run at the same time.
    let delay = world.now() - read.disputes_end_at;
    world.collect_appeal_bond("sam", &subject).ok();
    world.collect_dispute_bond("friend", &policy, &incident).ok();
    let cost = held + DISPUTE_BOND - world.balance("sam") - world.balance("friend");
    println!(
        "disputes held the settlement up for {} of at most {} days, for {} units and the votes",
        delay / DAY,
        18 + 6 + 2,
        cost / UNIT
    );
    // The bond of the dispute that was lost, half of which the claimant gets; and ann and cyd, who were overturned, lose stake.
    assert_eq!(cost, DISPUTE_BOND);
    for (voter, left) in [("ann", 247), ("cyd", 19)] {
        world.collect_vote_reward(voter, &subject).ok();
        assert_eq!(staked(&mut world, voter), left * UNIT);
    }
    assert!(delay <= (6 * 3 + 6 + 2) * DAY && delay > 25 * DAY);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND; 3]);
}

#[test]
fn t25_what_it_costs_to_hold_a_settlement_up() {
    let (mut world, incident, policies) = claimed();
    let policy = world.policy(0, "sam", 0);
    let read = case(&mut world, &incident);
    until(&mut world, read.filing_ends_at - 1);
    file(&mut world, "sam", &policy, &incident, UNIT / 20 + 1).ok();
    until(&mut world, read.disputes_end_at - 2);
    // However little is claimed, what holds everybody up takes a bond of a fifth of the report's.
    world.fund("friend", DISPUTE_BOND - 1);
    world.dispute("friend", &policy, &incident, 0).fails_with(TOO_LITTLE);
    world.fund("friend", 1);
    world.dispute("friend", &policy, &incident, 0).ok();
    let (subject, assessors) = (claim_address(&incident, &policy), world.read_pool().assessors);
    let ballot = tally(&mut world, &subject);
    assert_eq!((ballot.appeal_bond, ballot.reward_pot), (2 * DISPUTE_BOND, 0));
    assert_eq!(claim_of(&mut world, &policy, &incident).bond, 1);
    // Nobody comes to vote for the reward of a claim of an atom.
    for days in [3, 6] {
        let closes = tally(&mut world, &subject).closes_at.max(world.now() + days);
        until(&mut world, closes);
        world.close_ballot(&subject).ok();
    }
    let last = tally(&mut world, &subject).final_at;
    until(&mut world, last - 1);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.pass(1);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&policy, &incident).ok();
    // Without votes the dispute is lost: half of its bond is the claimant's, half the assessors'.
    let held = world.balance("friend");
    world.collect_dispute_bond("friend", &policy, &incident).ok();
    assert_eq!((held, world.balance("friend")), (0, 0));
    assert_eq!(world.read_pool().assessors - assessors, DISPUTE_BOND / 2);
    let days = (world.now() - read.disputes_end_at).div_ceil(DAY);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND; 3]);
    let held = world.balance("sam");
    world.payout("sam", &policy, &incident).ok();
    assert_eq!(world.balance("sam") - held, 1 + 1 + DISPUTE_BOND / 2, "the claim, its bond and half of the dispute's");
    println!(
        "{days} days of everybody's time: {} units of a bond of {}, all of it the assessors', when both sides are one",
        DISPUTE_BOND / 2 / UNIT,
        DISPUTE_BOND / UNIT
    );
    assert_eq!(days, 11);
}

#[test]
fn t25_vote_in_disputes_that_nothing_depends_on() {
    let params = PoolParams { vote_reward: 400 * UNIT, assessor_fee_bps: 1_000, ..pool_params() };
    let mut world = court_of(params);
    cover(&mut world, "dora", 1, 900_000 * UNIT);
    for name in ["sam", "friend"] {
        world.fund(name, 100_000 * UNIT);
    }
    for id in 0..3 {
        world.buy("sam", 0, id, 100_000 * UNIT, 10).ok();
    }
    seat(&mut world, &[("sam", 300)]);
    world.pass_days(1);
    let purse = another_account(&mut world, "sam");
    let (now, incident) = (world.now(), world.incident(0, 0));
    world.open_incident("sam", 0, 0, now).ok();
    let policies = [0, 1, 2].map(|id| world.policy(0, "sam", id));
    for policy in &policies {
        file(&mut world, "sam", policy, &incident, 100_000 * UNIT).ok();
        world.dispute("friend", policy, &incident, 0).ok();
    }
    // What was posted: a bond for the report, and two for each claim.
    let bond = case(&mut world, &incident).bond;
    let posted = bond + 6 * CLAIM_BOND;
    let held = [world.balance_of(&purse), world.balance("sam"), world.balance("friend")].iter().sum::<u64>() + posted;
    let fund = world.read_pool().assessors;
    world.vote("walt", &incident, 0).ok();
    reject(&mut world, 0, 0);
    world.pass_days(1);
    for policy in &policies {
        world.vote("sam", &claim_address(&incident, policy), 0).ok();
    }
    world.pass_days(3);
    for policy in &policies {
        world.close_ballot(&claim_address(&incident, policy)).ok();
    }
    world.pass_days(2);
    for policy in &policies {
        let subject = claim_address(&incident, policy);
        world.collect_vote_reward("sam", &subject).fails(E::BallotNotRead);
        assert_eq!(tally(&mut world, &subject).reward_pot, CLAIM_BOND / 2);
        world.resolve_dispute(policy, &incident).ok();
        assert_eq!((tally(&mut world, &subject).void, tally(&mut world, &subject).executed), (1, 1));
        world.payout("sam", policy, &incident).ok();
        world.collect_dispute_bond("friend", policy, &incident).ok();
        world.collect_vote_reward("sam", &subject).ok();
        world.reclaim_ballot("friend", &subject).ok();
    }
    // Nothing is paid for it; the bond of the report is lost, and the stake is free again.
    let ends = [world.balance_of(&purse), world.balance("sam"), world.balance("friend")].iter().sum::<u64>();
    let pool = world.read_pool();
    println!("voting in disputes that nothing depends on: {} units, the report's bond", (held - ends) / UNIT);
    assert_eq!((held - ends, pool.bonds), (bond, 0));
    assert_eq!(pool.assessors - fund, bond / 2, "no voter has got anything");
    for juror in ["walt", "vera"] {
        world.collect_vote_reward(juror, &incident).ok();
    }
    world.reclaim_ballot("sam", &incident).ok();
    assert_eq!(world.read_pool().rewards_reserved, 0);
    world.request_unstake("sam", 300 * UNIT).ok();
    world.check_books();
}
