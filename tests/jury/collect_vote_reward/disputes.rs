//! Votes wait until the outcome was read: only then it is known what they share. A dispute is void when its incident is rejected first.

use super::*;

#[test]
fn a_vote_on_a_dispute_waits_until_it_is_resolved() {
    for (side, outcome) in [(FOR, 2), (AGAINST, 1)] {
        let (mut world, case) = tried(0, Some(side));
        let before = world.read_pool();
        world.collect_vote_reward("vera", &case.claim).fails(E::BallotNotRead);
        world.pass_days(30);
        world.collect_vote_reward("vera", &case.claim).fails(E::BallotNotRead);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        assert_eq!(world.chain.read::<Claim>(&case.claim).dispute_outcome, outcome);
        world.collect_vote_reward("vera", &case.claim).ok();
        let (pool, lost) = (world.read_pool(), CLAIM_BOND - HALF);
        assert_eq!((world.balance("vera"), pool.assessors), (HALF, before.assessors + lost - HALF));
        world.check_books();
    }
}

#[test]
fn a_vote_on_an_incident_waits_as_well() {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.revocable, found.executed, found.void), (0, 0, 0));
    world.collect_vote_reward("vera", &case.incident).fails(E::BallotNotRead);
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!(world.balance("vera"), REWARD);
}

/// Anyone who disputes a claim of their own in an incident that is rejected gets both bonds back. Votes on it do not pay
/// then either.
#[test]
fn a_vote_on_a_void_dispute_pays_nothing() {
    for side in [FOR, AGAINST] {
        let (mut world, case) = disputed(0);
        settle(&mut world, 0, Some(AGAINST));
        let before = world.read_pool().assessors;
        finish(&mut world, &case.claim, Some(side));
        world.collect_vote_reward("vera", &case.claim).fails(E::BallotNotRead);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        assert_eq!(ballot_on(&mut world, &case.claim).void, 1);
        let reserved = world.read_pool().rewards_reserved;
        let receipt = world.collect_vote_reward("vera", &case.claim).ok();
        let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.reward, event.slash), (0, 0));
        let found = voter_of(&mut world, "vera");
        assert_eq!((world.balance("vera"), found.slashed, found.open_votes), (0, 0, 1), "the incident's is left");
        world.payout("dora", &case.policy, &case.incident).ok();
        world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
        let pool = world.read_pool();
        assert_eq!((pool.assessors, pool.bonds), (before, 0), "nobody lost a bond");
        assert_eq!(pool.rewards_reserved, reserved, "nothing was reserved for it");
        world.check_books();
    }
}

#[test]
fn what_an_appeal_overturned_costs_nothing_once_it_is_void() {
    let (mut world, case) = disputed(0);
    settle(&mut world, 0, Some(AGAINST));
    decide(&mut world, &case.claim, Some(FOR));
    appealed(&mut world, &case.claim, Some(AGAINST));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let before = world.read_pool();
    for name in ["vera", "walt"] {
        let receipt = world.collect_vote_reward(name, &case.claim).ok();
        let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.reward, event.slash), (0, 0), "{name}");
    }
    assert_eq!(world.read_pool(), before);
    let balance = world.balance("pia");
    world.collect_appeal_bond("pia", &case.claim).ok();
    assert_eq!(world.balance("pia"), balance + 2 * CLAIM_BOND);
    world.check_books();
}
