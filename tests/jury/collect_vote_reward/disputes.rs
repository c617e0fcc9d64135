//! Votes are released once their ballot is final, whether somebody has read it or not; what they share is known only then.

use super::*;

#[test]
fn a_vote_on_a_dispute_is_paid_once_it_is_resolved() {
    for level in [0, NINE, 14, ALL] {
        let (mut world, case) = tried(Some(level));
        // What there is to get is not known yet, but the stake is hers.
        world.collect_vote_reward("vera", &case.claim).ok();
        assert_eq!((voter_of(&mut world, "vera").open_votes, world.balance("vera")), (1, 0));
        world.collect_vote_reward("vera", &case.claim).fails(E::BallotNotRead);
        world.pass_days(30);
        world.collect_vote_reward("vera", &case.claim).fails(E::BallotNotRead);
        let before = world.read_pool().assessors;
        world.resolve_dispute(&case.policy, &case.incident).ok();
        let brought = world.read_pool().assessors - before;
        world.collect_vote_reward("vera", &case.claim).ok();
        assert_eq!((world.balance("vera"), world.read_pool().assessors), (POT, before + brought - POT));
        assert!(brought >= POT, "what the losers posted pays for it");
        world.check_books();
    }
}

#[test]
fn a_vote_on_an_incident_as_well() {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.graded, found.executed, found.void), (0, 0, 0));
    world.release_vote("vera", &case.incident).ok();
    world.collect_vote_reward("vera", &case.incident).fails(E::BallotNotRead);
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!(world.balance("vera"), REWARD);
}

/// Nothing of the pool, and nobody's token account, keeps a stake locked.
#[test]
fn a_vote_is_released_apart_from_its_reward() {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    let record = world.collect_vote_reward_accounts("vera", &case.incident).record;
    let before: VoteRecord = world.chain.read(&record);
    let (pool, tips) = (world.read_pool(), purse(&mut world, "guardian"));
    let receipt = world.release_vote("vera", &case.incident).ok();
    assert_eq!(world.chain.read::<VoteRecord>(&record), VoteRecord { released: 1, ..before });
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.reward, event.closed, event.slash, event.staked), (0, 0, 0, 600 * UNIT));
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.open_votes, found.records), (0, 1));
    assert_eq!((world.read_pool(), purse(&mut world, "guardian")), (pool, tips), "the tip is of the rent, which stays");
    world.release_vote("vera", &case.incident).fails(E::BallotNotRead);

    // Her reward waits for as long as she likes.
    world.decide(0, 0).ok();
    world.release_vote("vera", &case.incident).fails(E::WrongReceiver);
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotNotOver);
    world.pass_days(90);
    world.release_vote("vera", &case.incident).fails(E::WrongReceiver);
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!((world.balance("vera"), voter_of(&mut world, "vera").records), (REWARD, 0));
    world.check_books();
}

/// What an appeal overturned is lost with the release, once, and the record that gets nothing is closed without a receiver.
#[test]
fn a_slash_comes_with_the_release() {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(AGAINST));
    appealed(&mut world, &case.incident, Some(FOR));
    ripen(&mut world, &case.incident);
    let receipt = world.release_vote("vera", &case.incident).ok();
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.slash, event.closed), (30 * UNIT, 0));
    assert_eq!(voter_of(&mut world, "vera").slashed, 30 * UNIT);
    world.decide(0, 0).ok();
    let receipt = world.release_vote("vera", &case.incident).ok();
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.slash, event.reward, event.closed), (0, 0, 1));
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.slashed, found.records), (30 * UNIT, 0));
    world.check_books();
}
