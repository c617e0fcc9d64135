//! `vote` by a delegate: in which ballots, how often, what the owner can still do, and whose the stake, the slash and the reward are.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, Receipt, UNIT};
use solana_address::Address;

/// Vera's stake, atoms.
const VERAS: u64 = 600 * UNIT;
/// Walt's stake, atoms.
const WALTS: u64 = 400 * UNIT;

/// A world where dan votes for these, and a ballot on the returned incident has opened a second later.
fn delegated(owners: &[&str]) -> (Play, Address) {
    let mut world = insured();
    for owner in owners {
        world.set_delegate(owner, Some("dan")).ok();
    }
    world.pass(1);
    let subject = report(&mut world, 0, 0);
    (world, subject)
}

fn record_of(world: &mut Play, owner: &str, subject: &Address) -> VoteRecord {
    let address = world.vote_accounts(owner, subject).record;
    world.chain.read(&address)
}

/// Weights of a ballot on an incident: owners' against and for, those that can be cast anew against and for.
fn weights(world: &mut Play, subject: &Address) -> [u64; 4] {
    let found = ballot_on(world, subject);
    let between = found.fixed[1..16].iter().chain(&found.movable[1..16]);
    assert!(between.copied().all(|weight| weight == 0));
    [found.fixed[0], found.fixed[16], found.movable[0], found.movable[16]]
}

/// Releases vera's vote, for whose record dan paid.
fn released(world: &mut Play, subject: &Address) -> Receipt {
    let accounts = world.collect_vote_reward_accounts("vera", subject);
    let accounts = CollectVoteReward { rent_payer: world.key("dan"), receiver: None, ..accounts };
    world.send(accounts.instruction(), &[]).ok()
}

/// Lets the time of a round pass and closes it.
fn close_in_time(world: &mut Play, subject: &Address) {
    let closes_at = ballot_on(world, subject).closes_at;
    move_to(world, closes_at);
    world.close_ballot(subject).ok();
}

#[test]
fn it_casts_the_owners_weight_so_that_it_can_be_moved() {
    let (mut world, subject) = delegated(&["vera"]);
    let accounts = world.vote_for_accounts("dan", "vera", &subject);
    let (before, voter): (Ballot, Voter) = (ballot_on(&mut world, &subject), world.chain.read(&accounts.voter));
    let receipt = world.vote_for("dan", "vera", &subject, 16).ok();

    let mut movable = [0; 17];
    movable[16] = VERAS;
    let expected = Ballot { movable, votes: 1, live_records: 1, ..before };
    assert_eq!(ballot_on(&mut world, &subject), expected);
    assert_eq!((expected.leading(), expected.has_quorum()), (Ok(16), Ok(true)), "it counts as every vote does");
    assert_eq!(world.chain.read::<Voter>(&accounts.voter), Voter { open_votes: 1, records: 1, ..voter });
    let record = VoteRecord {
        version: 1,
        level: 16,
        first_level: 16,
        by_delegate: 1,
        ballot: accounts.ballot,
        voter: accounts.voter,
        rent_payer: world.key("dan"),
        weight: VERAS,
        voted_at: world.now(),
        ..zeroed()
    };
    assert_eq!(record_of(&mut world, "vera", &subject), record);
    let event = Voted {
        ballot: accounts.ballot,
        voter: accounts.voter,
        level: 16,
        weight: VERAS,
        closes_at: before.closes_at,
        by_delegate: 1,
    };
    assert_eq!(only_event(&receipt), Event::Voted(event));
    close_in_time(&mut world, &subject);
    assert_eq!(ballot_on(&mut world, &subject).state, PASSED);
}

#[test]
fn it_votes_in_ballots_that_open_later_and_in_no_other() {
    for (wait, refusal) in [(0, Some(E::DelegatedLater)), (1, None)] {
        let mut world = insured();
        world.set_delegate("vera", Some("dan")).ok();
        world.pass(wait);
        let subject = report(&mut world, 0, 0);
        let receipt = world.vote_for("dan", "vera", &subject, 16);
        match refusal {
            Some(error) => receipt.fails(error),
            None => _ = receipt.ok(),
        }
    }
    // One that runs cannot be bought into, in its appeal neither.
    let (mut world, case) = filed();
    world.pass(1);
    world.set_delegate("vera", Some("dan")).ok();
    world.pass(1);
    world.vote_for("dan", "vera", &case.incident, 16).fails(E::DelegatedLater);
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert!(found.first_opens_at < found.opens_at);
    world.vote_for("dan", "vera", &case.incident, 0).fails(E::DelegatedLater);
    world.pass(1);
    let next = report(&mut world, 1, 0);
    world.vote_for("dan", "vera", &next, 0).ok();
}

#[test]
fn it_votes_once_a_round() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    let once = ballot_on(&mut world, &subject);
    for level in [0, 16] {
        world.vote_for("dan", "vera", &subject, level).fails(E::AlreadyVoted);
    }
    assert_eq!(ballot_on(&mut world, &subject), once);
}

#[test]
fn the_owner_overrides_it_while_votes_are_taken() {
    for (delegates, owners) in [(16, 0), (0, 16), (16, 16), (0, 0)] {
        let (mut world, subject) = delegated(&["vera"]);
        let before = ballot_on(&mut world, &subject);
        world.vote_for("dan", "vera", &subject, delegates).ok();
        let record = record_of(&mut world, "vera", &subject);
        world.pass(7);
        let purse_before = purse(&mut world, "vera");
        let receipt = world.vote_at("vera", &subject, owners).ok();

        let mut fixed = [0; 17];
        fixed[usize::from(owners)] = VERAS;
        let expected = Ballot { fixed, votes: 1, live_records: 1, ..before };
        assert_eq!(ballot_on(&mut world, &subject), expected, "one vote, and all of it hers");
        let (level, now) = (owners, world.now());
        let expected = VoteRecord { level, first_level: level, by_delegate: 0, voted_at: now, ..record };
        assert_eq!(record_of(&mut world, "vera", &subject), expected, "the record is dan's rent");
        assert_eq!(purse(&mut world, "vera"), purse_before);
        let voter: Voter = world.chain.read(&world.vote_accounts("vera", &subject).voter);
        assert_eq!((voter.open_votes, voter.records), (1, 1), "it is locked once");
        let Event::Voted(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.level, event.by_delegate), (owners.into(), 0));
        for level in [0, 16] {
            world.vote_at("vera", &subject, level).fails(E::AlreadyVoted);
            world.vote_for("dan", "vera", &subject, level).fails(E::AlreadyVoted);
        }
        world.close_ballot(&subject).ok();
    }
    // And no longer.
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    let closes_at = ballot_on(&mut world, &subject).closes_at;
    move_to(&mut world, closes_at);
    world.vote("vera", &subject, AGAINST).fails(E::VotingOver);
}

#[test]
fn it_overrides_the_owner_in_no_round() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote("vera", &subject, FOR).ok();
    world.vote_for("dan", "vera", &subject, 0).fails(E::AlreadyVoted);
    world.close_ballot(&subject).ok();
    world.appeal("pia", &subject).ok();
    assert_eq!(weights(&mut world, &subject), [0, 0, 0, VERAS]);
    world.vote_for("dan", "vera", &subject, 0).fails(E::AlreadyVoted);
    world.vote("vera", &subject, AGAINST).ok();
    world.vote_for("dan", "vera", &subject, 0).fails(E::AlreadyVoted);
    assert_eq!(weights(&mut world, &subject), [VERAS, 0, 0, 0]);
}

#[test]
fn what_it_cast_is_carried_into_an_appeal_where_it_votes_once_more() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    world.vote("walt", &subject, AGAINST).ok();
    close_in_time(&mut world, &subject);
    world.appeal("pia", &subject).ok();
    assert_eq!(weights(&mut world, &subject), [0, 0, WALTS, VERAS], "both kinds are carried over");
    assert_eq!(ballot_on(&mut world, &subject).votes, 0);

    world.vote_for("dan", "vera", &subject, 0).ok();
    assert_eq!(weights(&mut world, &subject), [0, 0, WALTS + VERAS, 0]);
    let found = record_of(&mut world, "vera", &subject);
    assert_eq!((found.level, found.first_level, found.round, found.by_delegate), (0, 16, 1, 1));
    world.vote_for("dan", "vera", &subject, 16).fails(E::AlreadyVoted);
    world.close_ballot(&subject).fails(E::VotingOpen);

    world.vote("vera", &subject, FOR).ok();
    assert_eq!(weights(&mut world, &subject), [0, VERAS, WALTS, 0]);
    let found = record_of(&mut world, "vera", &subject);
    assert_eq!((found.level, found.first_level, found.by_delegate), (16, 16, 0));
    assert_eq!(ballot_on(&mut world, &subject).votes, 1);
    world.vote("vera", &subject, AGAINST).fails(E::AlreadyVoted);
    world.close_ballot(&subject).ok();
    assert_eq!(ballot_on(&mut world, &subject).state, PASSED);
}

#[test]
fn it_votes_first_in_an_appeal_too() {
    let (mut world, subject) = delegated(&["walt"]);
    world.vote("vera", &subject, FOR).ok();
    world.close_ballot(&subject).ok();
    world.appeal("pia", &subject).ok();
    world.vote_for("dan", "walt", &subject, 0).ok();
    assert_eq!(weights(&mut world, &subject), [0, 0, WALTS, VERAS]);
    let found = record_of(&mut world, "walt", &subject);
    assert_eq!((found.level, found.first_level, found.round), (0, VoteRecord::NOT_CAST, 1));
    world.vote("walt", &subject, FOR).ok();
    let found = record_of(&mut world, "walt", &subject);
    assert_eq!((found.level, found.first_level, found.round), (16, VoteRecord::NOT_CAST, 1));
}

#[test]
fn another_delegate_does_not_vote_again_and_one_removed_not_at_all() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    world.pass(1);
    world.set_delegate("vera", Some("eve")).ok();
    world.vote_for("eve", "vera", &subject, 0).fails(E::DelegatedLater);
    world.vote_for("dan", "vera", &subject, 0).fails(E::NotVoter);
    assert_eq!(weights(&mut world, &subject), [0, 0, 0, VERAS], "what was cast stands");
    close_in_time(&mut world, &subject);
    world.appeal("pia", &subject).ok();
    world.vote_for("eve", "vera", &subject, 0).fails(E::DelegatedLater);
    world.vote_for("dan", "vera", &subject, 0).fails(E::NotVoter);
    world.vote("vera", &subject, AGAINST).ok();

    // The same key, removed and set again.
    let (mut world, subject) = delegated(&["vera"]);
    world.pass(1);
    world.set_delegate("vera", None).ok();
    world.vote_for("dan", "vera", &subject, 16).fails(E::NotVoter);
    world.set_delegate("vera", Some("dan")).ok();
    world.vote_for("dan", "vera", &subject, 16).fails(E::DelegatedLater);
}

#[test]
fn it_votes_for_each_of_its_owners_and_for_nobody_else() {
    let (mut world, subject) = delegated(&["vera", "walt"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    world.vote_for("dan", "walt", &subject, 0).ok();
    assert_eq!(weights(&mut world, &subject), [0, 0, WALTS, VERAS]);
    assert_eq!(ballot_on(&mut world, &subject).votes, 2);

    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "walt", &subject, 16).fails(E::NotVoter);
    world.vote_for("walt", "vera", &subject, 16).fails(E::NotVoter);
    // What is delegated is not handed on: walt votes for dan, and dan for vera.
    world.stake("dan", UNIT).ok();
    world.set_delegate("dan", Some("walt")).ok();
    world.vote_for("walt", "vera", &subject, 16).fails(E::NotVoter);
    let sponsored = Vote { payer: world.key("walt"), ..world.vote_for_accounts("dan", "vera", &subject) };
    world.send(unsigned(sponsored.instruction(16), 0), &["walt"]).fails_with(UNSIGNED);
    // Another pays the rent.
    world.send(sponsored.instruction(16), &["dan", "walt"]).ok();
    assert_eq!(record_of(&mut world, "vera", &subject).rent_payer, world.key("walt"));
}

#[test]
fn it_casts_what_counts_of_the_owners() {
    let mut world = insured();
    world.fund("xeno", 0);
    world.stake("xeno", UNIT).ok();
    world.set_delegate("xeno", Some("dan")).ok();
    world.pass(1);
    let subject = report(&mut world, 0, 0);
    world.vote_for("dan", "xeno", &subject, 16).fails(E::NoWeight);
    world.vote_for("dan", "xeno", &subject, 1).fails(E::BadLevel);
    // Nor what the owner has on its way out.
    world.set_delegate("vera", Some("dan")).ok();
    world.request_unstake("vera", VERAS).ok();
    world.pass(1);
    let next = report(&mut world, 1, 0);
    world.vote_for("dan", "vera", &next, 16).fails(E::NoWeight);
}

#[test]
fn the_owners_stake_is_locked_and_no_longer_than_by_a_vote_of_theirs() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    world.set_delegate("vera", None).ok();
    world.request_unstake("vera", 1).fails(E::StakeLocked);
    world.vote("vera", &subject, FOR).ok();
    world.close_ballot(&subject).ok();
    ripen(&mut world, &subject);
    released(&mut world, &subject);
    world.request_unstake("vera", VERAS).ok();
}

#[test]
fn a_round_is_not_closed_early_while_an_owner_can_change_it() {
    let (mut world, subject) = delegated(&["vera", "walt"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    world.vote_for("dan", "walt", &subject, 16).ok();
    // All stake has voted for it, and all of it can still be moved.
    assert_eq!(ballot_on(&mut world, &subject).weight_cast(), Ok(VERAS + WALTS));
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("walt", &subject, FOR).ok();
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.vote("vera", &subject, FOR).ok();
    world.close_ballot(&subject).ok();
    assert_eq!(ballot_on(&mut world, &subject).state, PASSED);

    // Where the rest cannot change it, it is closed as ever.
    let (mut world, subject) = delegated(&["walt"]);
    world.vote_for("dan", "walt", &subject, 0).ok();
    world.vote("vera", &subject, FOR).ok();
    world.close_ballot(&subject).ok();
    assert_eq!(ballot_on(&mut world, &subject).state, PASSED);
}

#[test]
fn a_round_runs_on_when_an_owner_turns_it_in_the_last_second() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    let closes_at = ballot_on(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("vera", &subject, AGAINST).ok();
    let found = ballot_on(&mut world, &subject);
    assert_eq!((found.in_window, found.window_level, found.leading()), (1, 16, Ok(0)));
    close_in_time_is_decided(&mut world, &subject);

    // Walt's 400 cannot be decided early: his turn is answered within a day.
    let (mut world, subject) = delegated(&["walt"]);
    world.vote_for("dan", "walt", &subject, 16).ok();
    let closes_at = ballot_on(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("walt", &subject, AGAINST).ok();
    close_in_time(&mut world, &subject);
    let found = ballot_on(&mut world, &subject);
    assert_eq!((found.state, found.extensions, found.closes_at), (0, 1, closes_at + DAY));
    world.vote_for("dan", "walt", &subject, 16).fails(E::AlreadyVoted);
    world.vote("vera", &subject, FOR).ok();
    world.close_ballot(&subject).ok();
    assert_eq!(ballot_on(&mut world, &subject).state, PASSED);

    // A delegate's vote that its owner takes back in the same window moves nothing.
    let (mut world, subject) = delegated(&["walt"]);
    let closes_at = ballot_on(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 2);
    world.vote_for("dan", "walt", &subject, 16).ok();
    world.pass(1);
    world.vote("walt", &subject, AGAINST).ok();
    close_in_time(&mut world, &subject);
    let found = ballot_on(&mut world, &subject);
    assert_eq!((found.state, found.extensions), (FAILED, 0));
}

/// Her majority decides: it is closed without another day.
fn close_in_time_is_decided(world: &mut Play, subject: &Address) {
    world.close_ballot(subject).ok();
    assert_eq!(ballot_on(world, subject).state, FAILED);
}

#[test]
fn the_owner_loses_what_an_appeal_takes_and_gets_the_reward() {
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    close_in_time(&mut world, &subject);
    world.appeal("pia", &subject).ok();
    // Voting otherwise in the appeal does not save what the delegate cast in the first round.
    world.vote("vera", &subject, AGAINST).ok();
    world.close_ballot(&subject).ok();
    let receipt = released(&mut world, &subject);
    let Event::VoteReleased(event) = only_event(&receipt) else { panic!("another event") };
    assert!(event.slash > 0);
    assert_eq!(event.staked, VERAS - event.slash);

    // One that stands: the reward is the owner's, the record's rent the delegate's.
    let (mut world, subject) = delegated(&["vera"]);
    world.vote_for("dan", "vera", &subject, 16).ok();
    close_in_time(&mut world, &subject);
    ripen(&mut world, &subject);
    world.decide(0, 0).ok();
    let accounts =
        CollectVoteReward { rent_payer: world.key("dan"), ..world.collect_vote_reward_accounts("vera", &subject) };
    let (before, dans, rent) =
        (world.balance("vera"), purse(&mut world, "dan"), lamports(&mut world, &accounts.record));
    let thief = CollectVoteReward { owner: world.key("dan"), ..accounts };
    world.send(thief.instruction(), &[]).fails(E::NotVoter);
    world.send(accounts.instruction(), &[]).ok();
    assert!(world.balance("vera") > before);
    assert_eq!(purse(&mut world, "dan"), dans + rent - TIP);
    world.check_books();
}

#[test]
fn it_says_how_much_of_a_claim_stands() {
    let (mut world, case) = counts();
    world.set_delegate("vera", Some("dan")).ok();
    world.pass(1);
    world.dispute("ines", &case.policy, &case.incident).ok();
    world.vote_for("dan", "vera", &case.claim, NINE).ok();
    let found = ballot_on(&mut world, &case.claim);
    assert_eq!((found.movable[usize::from(NINE)], found.leading()), (VERAS, Ok(NINE)));
    world.vote_at("vera", &case.claim, NINE + 1).ok();
    let found = ballot_on(&mut world, &case.claim);
    let moved = (found.movable, found.fixed[usize::from(NINE + 1)], found.leading());
    assert_eq!(moved, ([0; 17], VERAS, Ok(NINE + 1)));
    world.close_ballot(&case.claim).ok();
}
