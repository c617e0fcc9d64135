//! T21, T44, T56, T60 and T62: nobody gains by staying away, by voting last, or by the arbiter; and every ballot has its reward.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{UNIT, pool_params};
use solana_address::Address;

/// A court in which dora holds 200,000 of cover and has money for bonds, with more jurors.
fn insured(jurors: &[(&str, u64)]) -> (Play, Address) {
    let mut world = court_of(PoolParams { assessor_fee_bps: 1_000, ..pool_params() });
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    seat(&mut world, jurors);
    world.pass_days(3);
    (world, policy)
}

/// Time passes until the round's time is over, and it is closed.
fn close(world: &mut Play, subject: &Address) {
    let closes = tally(world, subject).closes_at.max(world.now());
    until(world, closes);
    world.close_ballot(subject).ok();
}

/// In an appeal as in the first vote: whoever moves the outcome in the last second leaves a day to answer.
#[test]
fn t21_flip_an_appeal_in_its_last_second() {
    let (mut world, _) = insured(&[("ann", 350)]);
    let incident = open(&mut world, 0, 0);
    world.vote("walt", &incident, 1).ok();
    close(&mut world, &incident);
    world.appeal("mallory", &incident).ok();
    assert_eq!((leading(&mut world, &incident), tally(&mut world, &incident).quorum_weight), (1, 540 * UNIT));
    let closes = tally(&mut world, &incident).closes_at;
    until(&mut world, closes - 1);
    world.vote("ann", &incident, 0).ok();
    assert_eq!(leading(&mut world, &incident), 0, "350 against, and the 300 carried over");
    until(&mut world, closes);
    world.vote("xeno", &incident, 1).fails(E::VotingOver);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 1, closes + DAY));
    world.vote("xeno", &incident, 1).ok();
    for _ in 0..2 {
        close(&mut world, &incident);
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, weights(&ballot), ballot.extensions), (1, (400 * UNIT, 350 * UNIT), 2));
}

/// A round that goes on because too few had voted begins its last day anew.
#[test]
fn t21_flip_a_round_that_went_on_in_its_last_second() {
    let (mut world, _) = insured(&[]);
    let incident = open(&mut world, 0, 0);
    let closes = tally(&mut world, &incident).closes_at;
    until(&mut world, closes - 1);
    world.vote("xeno", &incident, 0).ok();
    close(&mut world, &incident);
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.prolonged, ballot.extensions, ballot.closes_at), (1, 0, closes + 6 * DAY));
    until(&mut world, closes + 6 * DAY - 1);
    world.vote("walt", &incident, 1).ok();
    close(&mut world, &incident);
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.extensions, ballot.closes_at), (0, 1, closes + 7 * DAY));
    world.vote("vera", &incident, 0).ok();
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 2);
}

/// 100 of 1,000 vote, all against: the arbiter has nothing to decide, and it is over at once.
#[test]
fn t44_the_arbiter_goes_against_everybody_who_voted() {
    let (mut world, policy) = insured(&[]);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("xeno", &incident, 0).ok();
    for _ in 0..2 {
        close(&mut world, &incident);
        for side in [0, 1] {
            world.arbitrate("arbiter", &incident, side).fails(E::NotArbitrable);
        }
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.undecided, ballot.arbitrated, ballot.final_at), (2, 1, 0, world.now()));
    assert_eq!((weights(&ballot), ballot.eligible_weight), ((0, 100 * UNIT), 1_000 * UNIT));
    world.decide(0, 0).ok();
    world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
    assert_eq!(case(&mut world, &incident).state, 4, "refused");
    world.check_books();
}

/// Where 100 of 1,000 vote for it, or nobody votes, he can decide; and whatever he decides is appealed, and the votes count.
#[test]
fn t44_what_the_arbiter_decides_is_appealed() {
    for (voted, side) in [(true, 0), (true, 1), (false, 0), (false, 1)] {
        let (mut world, policy) = insured(&[]);
        let incident = open(&mut world, 0, 0);
        file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
        if voted {
            world.vote("xeno", &incident, 1).ok();
        }
        for _ in 0..2 {
            close(&mut world, &incident);
        }
        world.appeal("mallory", &incident).fails(E::NotAppealable);
        world.pass(2 * DAY - 1);
        world.arbitrate("arbiter", &incident, side).ok();
        world.arbitrate("arbiter", &incident, 1 - side).fails(E::NotArbitrable);
        // A whole window, and not what is left of the arbiter's.
        world.pass(2 * DAY - 1);
        world.decide(0, 0).fails(E::AppealWindowOpen);
        let held = world.balance("mallory");
        world.appeal("mallory", &incident).ok();
        assert_eq!(held - world.balance("mallory"), 2 * BOND);
        // Half of all stake comes, and wants something else.
        world.vote("vera", &incident, 1 - side).ok();
        close(&mut world, &incident);
        let ballot = tally(&mut world, &incident);
        assert_eq!(ballot.state, if side == 0 { 1 } else { 2 }, "{voted}, {side}");
        read_verdict(&mut world, &incident);
        world.collect_appeal_bond("mallory", &incident).ok();
        assert_eq!(held, world.balance("mallory"));
        // Who voted for what was overturned loses stake; the arbiter's decision is nobody's vote.
        if voted {
            world.collect_vote_reward("xeno", &incident).ok();
            assert_eq!(staked(&mut world, "xeno"), if side == 0 { 100 * UNIT } else { 95 * UNIT });
        }
        world.check_books();
    }
}

/// The first round of a false claim is won by those who are for it; in the appeal they stay away, so that it should fail for want of
/// votes. Weights of 4,000: who votes for it first, who against, and who comes to vote against in the appeal.
fn stay_away(jurors: [u64; 3], come_again: bool) -> (u8, [u64; 2]) {
    let [sam, ann, more] = jurors;
    let rest = more - 1_000;
    let seats = [("sam", sam), ("ann", ann), ("rest", rest), ("idle", 3_000 - sam - ann - rest)];
    let seats: Vec<_> = seats.into_iter().filter(|(_, units)| *units > 0).collect();
    let (mut world, policy) = insured(&seats);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    assert_eq!(tally(&mut world, &incident).eligible_weight, 4_000 * UNIT);
    world.vote("sam", &incident, 1).ok();
    if ann > 0 {
        world.vote("ann", &incident, 0).ok();
    }
    close(&mut world, &incident);
    assert_eq!(tally(&mut world, &incident).state, 1);
    world.appeal("mallory", &incident).ok();
    if ann > 0 {
        world.vote("ann", &incident, 0).ok();
    }
    // Of these vera, walt and xeno have 1,000.
    for name in ["vera", "walt", "xeno", "rest"] {
        world.vote(name, &incident, 0).ok();
    }
    if come_again {
        world.vote("sam", &incident, 1).ok();
    }
    close(&mut world, &incident);
    let ballot = tally(&mut world, &incident);
    assert_eq!(weights(&ballot), (sam * UNIT, (ann + more) * UNIT), "votes are carried over");
    read_verdict(&mut world, &incident);
    assert_eq!(case(&mut world, &incident).state, 4, "refused: the claim gets nothing");
    let held = world.balance("sam");
    world.collect_vote_reward("sam", &incident).ok();
    world.collect_appeal_bond("mallory", &incident).ok();
    world.settle(0, 0).ok();
    world.check_books();
    (ballot.state, [world.balance("sam") - held, staked(&mut world, "sam")])
}

/// 251 : 249 of 1,000, then 0 : 749; and 350 : 0, then 0 : 400 (four times as much here). Staying away from the appeal gave the 251
/// and the 350 what they wanted: 863,550 for a false claim. It changes nothing: the larger side has it, and they lose stake.
#[test]
fn t56_stay_away_from_the_appeal() {
    for jurors in [[1_004, 996, 2_000], [1_400, 0, 1_600]] {
        let away = stay_away(jurors, false);
        assert_eq!(away, stay_away(jurors, true));
        assert_eq!(away, (2, [0, jurors[0] * UNIT / 20 * 19]));
        println!("{jurors:?}: staying away brings nothing, and a twentieth of the stake is lost");
    }
}

/// Nor does the larger side lose by staying away: what it has cast once counts on.
#[test]
fn t56_votes_count_on_in_an_appeal() {
    let (mut world, policy) = insured(&[]);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.appeal("mallory", &incident).ok();
    for name in ["walt", "xeno"] {
        world.vote(name, &incident, 0).ok();
    }
    // What is carried over can be cast anew until the time is over: nothing is decided before.
    world.close_ballot(&incident).fails(E::VotingOpen);
    close(&mut world, &incident);
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, weights(&ballot)), (1, (600 * UNIT, 400 * UNIT)));
    // And once only.
    world.vote("vera", &incident, 1).fails(E::VotingOver);
}

/// Alone in a report that nobody else votes on, sam gets a small part of what it costs him: an eighth of the bond is not a reward for
/// being alone.
#[test]
fn t60_vote_alone_on_a_report_of_ones_own() {
    let (mut world, _) = insured(&[("sam", 100)]);
    world.fund("sam", 10_000 * UNIT);
    let (now, held) = (world.now(), world.balance("sam"));
    world.open_incident("sam", 0, 0, now).ok();
    let incident = world.incident(0, 0);
    world.vote("sam", &incident, 0).ok();
    for _ in 0..2 {
        close(&mut world, &incident);
    }
    read_verdict(&mut world, &incident);
    world.settle(0, 0).ok();
    world.collect_bond("sam", &incident).ok();
    world.collect_vote_reward("sam", &incident).ok();
    let cost = held - world.balance("sam");
    // 220 must vote: an eighth of the bond at most, and 100 of 220 of it are his.
    let reward = BOND / 8 * 100 / 220;
    println!("a report of one's own, voted on alone: {} units", cost / UNIT);
    assert_eq!(cost, BOND / 4 - reward);
    world.check_books();
}

/// A friend disputes every claim of a report, and votes in all of them. Disputes reserved all that the assessors' fund had, and the
/// ballots after them had none; now nothing is reserved before an outcome is read, and none of it is more than the lost bonds bring.
#[test]
fn t62_disputes_reserve_nothing() {
    let mut world = court_of(PoolParams { assessor_fee_bps: 100, ..pool_params() });
    for name in ["sam", "friend", "dora"] {
        world.fund(name, 100_000 * UNIT);
    }
    world.buy("dora", 1, 0, 10_000 * UNIT, 60).ok();
    for id in 0..8 {
        world.buy("sam", 0, id, 100_000 * UNIT, 60).ok();
    }
    world.pass_days(3);
    let now = world.now();
    world.open_incident("sam", 0, 0, now).ok();
    let incident = world.incident(0, 0);
    let policies: Vec<_> = (0..8).map(|id| world.policy(0, "sam", id)).collect();
    for policy in &policies {
        file(&mut world, "sam", policy, &incident, 100_000 * UNIT).ok();
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    let before = world.read_pool();
    for policy in &policies {
        world.dispute("friend", policy, &incident).ok();
    }
    let pool = world.read_pool();
    let asked: u64 =
        policies.iter().map(|policy| tally(&mut world, &claim_address(&incident, policy)).reward_pot).sum();
    let free = pool.assessors - pool.rewards_reserved;
    assert!(asked > free, "the disputes alone ask for more than there is");
    assert_eq!(pool.rewards_reserved, before.rewards_reserved);

    // Another report, later, and one that is lost: its voters share half of its bond.
    let other = open(&mut world, 1, 0);
    for name in ["vera", "walt", "xeno"] {
        world.vote(name, &other, 0).ok();
    }
    world.close_ballot(&other).ok();
    read_verdict(&mut world, &other);
    assert_eq!(world.read_pool().rewards_reserved - before.rewards_reserved, BOND / 2);
    for (name, weight) in [("vera", 600), ("walt", 300), ("xeno", 100)] {
        let held = world.balance(name);
        world.collect_vote_reward(name, &other).ok();
        assert_eq!(world.balance(name) - held, BOND / 2 * weight / 1_000, "{name}");
    }
    assert_eq!(world.read_pool().rewards_reserved, before.rewards_reserved);
    world.check_books();
}
