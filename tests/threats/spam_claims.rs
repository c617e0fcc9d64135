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
/// The bond of a dispute of it, atoms.
const DISPUTE_BOND: u64 = CLAIM_BOND / 2;
/// The least bond of a dispute, atoms: a tenth of the product's.
const LEAST_BOND: u64 = BOND / 10;
/// What the voters on a claim share where as many vote as must, atoms.
const POT: u64 = CLAIM_BOND / 4;
/// The level at which all of a claim stands.
const ALL: u8 = 16;
/// A claim's state when nothing of it is paid.
const REJECTED: u8 = 3;

/// The jury's majority decides how much of a claim stands; the appeal window passes and it is resolved.
fn resolve(world: &mut Play, policy: &Address, incident: &Address, level: u8) {
    let subject = claim_address(incident, policy);
    world.vote_at("vera", &subject, level).ok();
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
        world.dispute("sam", policy, &incident).ok();
    }
    let (assessors, income) = (world.read_pool().assessors, world.read_pool().other_income);
    for policy in &policies {
        let subject = claim_address(&incident, policy);
        world.vote_at("vera", &subject, ALL).ok();
        world.close_ballot(&subject).ok();
    }
    world.pass_days(2);
    for policy in &policies {
        world.resolve_dispute(policy, &incident).ok();
        world.collect_dispute_bond("sam", policy, &incident).fails(E::NothingDue);
    }
    // Half of each bond is the claimant's, half the assessors', to the atom; nothing was held up, and all are paid.
    let cost = held - world.balance("sam");
    println!("three disputes of honest claims: {} units, and no day of delay", cost / UNIT);
    assert_eq!(cost, 3 * DISPUTE_BOND);
    assert_eq!(world.read_pool().assessors - assessors, cost / 2);
    assert_eq!(world.read_pool().other_income, income);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND + DISPUTE_BOND / 2; 3]);
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
    world.dispute("watcher", &policy, &incident).ok();
    resolve(&mut world, &policy, &incident, 0);
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

/// A friend who disputes "an atom less", or all of it, decides nothing by it: the ballot asks how much of the claim stands, and who knows
/// better votes for that, and says why. The friend's bond is lost or kept by what it comes to.
#[test]
fn t25_a_friendly_dispute_shields_nothing() {
    for (level, quarters) in [(0, 4), (7, 4), (ALL - 2, 2), (ALL, 0)] {
        let (mut world, incident, policies) = claimed();
        world.fund("friend", 10_000 * UNIT);
        let (policy, subject) = (policies[0], claim_address(&incident, &policies[0]));
        let held = [world.balance("dora"), world.balance("friend")].iter().sum::<u64>();
        let assessors = world.read_pool().assessors;
        world.dispute("friend", &policy, &incident).ok();
        world.fund("watcher", 10_000 * UNIT);
        world.dispute("watcher", &policy, &incident).fails_with(TAKEN);
        world.attach_evidence("watcher", &subject).ok();
        resolve(&mut world, &policy, &incident, level);
        let due = claim_of(&mut world, &policy, &incident).dispute_bond;
        if due > 0 {
            world.collect_dispute_bond("friend", &policy, &incident).ok();
        }
        let paid = settle_and_pay(&mut world, &incident, &policies);
        let amount = NET * u64::from(level) / 16;
        let (of_claim, of_dispute) = (CLAIM_BOND * quarters / 4, DISPUTE_BOND * (4 - quarters) / 4);
        assert_eq!(
            paid,
            [
                if level == 0 { 0 } else { amount + CLAIM_BOND - of_claim + of_dispute / 2 },
                NET + CLAIM_BOND,
                NET + CLAIM_BOND
            ]
        );
        // The claim's bond comes from another account of dora's, so it is no part of what they held. Of both bonds half of what is lost is
        // the assessors'.
        let lost = of_claim.div_ceil(2) + of_dispute.div_ceil(2);
        let both = [world.balance("dora"), world.balance("friend")].iter().sum::<u64>();
        assert_eq!(both - held, amount + CLAIM_BOND - lost);
        assert_eq!(world.read_pool().assessors - assessors, lost);
        println!("a friend's dispute, {level} sixteenths stand: {} units lost by both", lost / UNIT);
        assert!(lost >= POT);
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
    world.fund("friend", LEAST_BOND);
    world.dispute("friend", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    let ballot = tally(&mut world, &subject);
    assert_eq!((ballot.eligible_weight, ballot.quorum_weight), (1_900 * UNIT, 380 * UNIT));
    // A round that goes on for want of votes, and runs on for a day with each vote that moves it in its last second.
    let mut closes = ends - 1;
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
    round(&mut world, &mut closes, [("ann", 0), ("bob", 1), ("cyd", 0)]);
    closes += 2 * DAY - 1;
    until(&mut world, closes);
    world.appeal("sam", &subject).ok();
    // The 550 that voted are not the 760 that must in an appeal.
    round(&mut world, &mut closes, [("walt", 1), ("eve", 0), ("fin", 1)]);
    assert_eq!(weights(&tally(&mut world, &subject)), (620 * UNIT, 580 * UNIT));
    world.resolve_dispute(&policy, &incident).ok();
    // Six voting periods, six extensions and the appeal window at most: all disputes run at the same time.
    let delay = world.now() - read.disputes_end_at;
    world.collect_appeal_bond("sam", &subject).ok();
    world.collect_dispute_bond("friend", &policy, &incident).fails(E::NothingDue);
    let cost = held + LEAST_BOND - world.balance("sam") - world.balance("friend");
    println!(
        "disputes held the settlement up for {} of at most {} days, for {} units and the votes",
        delay / DAY,
        18 + 6 + 2,
        cost / UNIT
    );
    // The bond of the dispute that was lost, half of which the claimant gets; and ann and cyd, who were overturned, lose stake.
    assert_eq!(cost, LEAST_BOND);
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
    // However little is claimed, what holds everybody up takes a bond of a tenth of the product's.
    world.fund("friend", LEAST_BOND - 1);
    world.dispute("friend", &policy, &incident).fails_with(TOO_LITTLE);
    world.fund("friend", 1);
    world.dispute("friend", &policy, &incident).ok();
    let (subject, assessors) = (claim_address(&incident, &policy), world.read_pool().assessors);
    let ballot = tally(&mut world, &subject);
    assert_eq!((ballot.appeal_bond, ballot.reward_pot), (2, 0));
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
    // Without votes the dispute loses a quarter: half of it is the claimant's, half the assessors'.
    let lost = LEAST_BOND / 4;
    world.collect_dispute_bond("friend", &policy, &incident).ok();
    assert_eq!(world.balance("friend"), LEAST_BOND - lost);
    assert_eq!(world.read_pool().assessors - assessors, lost / 2);
    let days = (world.now() - read.disputes_end_at).div_ceil(DAY);
    assert_eq!(settle_and_pay(&mut world, &incident, &policies), [NET + CLAIM_BOND; 3]);
    let held = world.balance("sam");
    world.payout("sam", &policy, &incident).ok();
    assert_eq!(world.balance("sam") - held, 1 + 1 + lost / 2, "the claim, its bond and half of what the dispute lost");
    println!(
        "{days} days of everybody's time: {} units of a bond of {}, all of it the assessors', when both sides are one",
        lost / 2 / UNIT,
        LEAST_BOND / UNIT
    );
    assert_eq!(days, 11);
}

/// In an incident that does not count nothing is left to decide: nobody disputes before that is known, so nobody votes, or locks stake,
/// for nothing.
#[test]
fn t25_dispute_what_nothing_depends_on() {
    let mut world = court();
    cover(&mut world, "dora", 1, 900_000 * UNIT);
    world.fund("sam", 100_000 * UNIT);
    world.fund("friend", 100_000 * UNIT);
    world.buy("sam", 0, 0, 100_000 * UNIT, 10).ok();
    world.pass_days(3);
    let (now, incident) = (world.now(), world.incident(0, 0));
    world.open_incident("sam", 0, 0, now).ok();
    let policy = world.policy(0, "sam", 0);
    file(&mut world, "sam", &policy, &incident, 100_000 * UNIT).ok();
    world.dispute("friend", &policy, &incident).fails(E::IncidentUndecided);
    close_against(&mut world, 0, 0);
    world.dispute("friend", &policy, &incident).fails(E::IncidentUndecided);
    world.settle(0, 0).ok();
    world.dispute("friend", &policy, &incident).fails(E::IncidentClosed);
    world.payout("sam", &policy, &incident).ok();
    assert_eq!(world.read_pool().bonds, 0);
    world.check_books();
}
