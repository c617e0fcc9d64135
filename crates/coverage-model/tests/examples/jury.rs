//! Reports, votes and appeals.

use crate::stage::*;
use coverage_model::{AGAINST, Atoms, Bond, DAY, FOR, Phase, Refusal, Rule, Verdict};

#[test]
fn a_bond_doubles_while_rejections_are_remembered() {
    let mut model = pool();
    model.now += 20 * DAY;
    let mut bonds = Vec::new();
    // From one rejection to the next report; each takes two days.
    for pause in [3, 27, 3, 3, 3, 31, 3] {
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("fay", "fay"), now));
        let ballot = model.incidents[incident].ballot.unwrap();
        bonds.push(model.incidents[incident].posted / units(1));
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), AGAINST));
        // No other vote could change it.
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        model.now += 2 * DAY;
        settle(&mut model, incident);
        assert_eq!(model.incidents[incident].bond, Bond::Slashed);
        model.now += pause * DAY;
    }
    // 25 bps of the 300,000 that each sets aside. Sixteen times is the most; after 31 days the last is forgotten.
    assert_eq!(bonds, [750, 1_500, 3_000, 6_000, 12_000, 12_000, 750]);
}

#[test]
fn too_few_votes_prolong_a_ballot_once() {
    let mut model = pool();
    let before = tokens(&model);
    model.now += 20 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    assert_eq!((model.incidents[incident].lien, model.liens(POOL)), (units(300_000), Ok(units(300_000))));
    // A tenth, where a fifth must vote: what is missing counts against it, so that is half, and not more.
    act(&mut model, |model| model.vote(ballot, ("xeno", "xeno"), FOR));
    let early = model.attempt(|model| model.close_ballot(ballot, "keeper"));
    assert_eq!(early, Err(Refusal::Rule(Rule::VotingOpen)));
    for (days, state) in [(3, Verdict::Open), (6, Verdict::Failed)] {
        model.now += days * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), state);
    }
    // Nobody needs to read the outcome for the stake to be free.
    assert_eq!(act(&mut model, |model| model.collect_vote_reward(ballot, 0, true, "keeper")), (0, 0));
    assert_eq!((model.open_votes("xeno"), model.vote_records("xeno")), (0, 1));
    let unread = model.attempt(|model| model.collect_vote_reward(ballot, 0, true, "keeper"));
    assert_eq!(unread, Err(Refusal::Rule(Rule::BallotNotRead)));
    // A quarter of the bond is lost, and a quarter of the reward paid, of which xeno has a half.
    settle(&mut model, incident);
    assert_eq!(model.incidents[incident].state, Phase::Rejected);
    assert_eq!(act(&mut model, |model| model.collect_incident_bond(incident)), units(750) / 4 * 3);
    assert_eq!(model.ballots[ballot].pot, units(375) / 4);
    let nowhere = model.attempt(|model| model.collect_vote_reward(ballot, 0, false, "keeper"));
    assert_eq!(nowhere, Err(Refusal::Rule(Rule::WrongReceiver)));
    assert_eq!(act(&mut model, |model| model.collect_vote_reward(ballot, 0, true, "keeper")), (units(375) / 8, 0));
    assert_eq!(model.liens(POOL), Ok(0));
    assert_eq!(tokens(&model), before);
}

#[test]
fn an_appeal_costs_who_loses_it() {
    for (level, state, back, slash) in [(FOR, Verdict::Passed, true, 15), (AGAINST, Verdict::Failed, false, 0)] {
        let mut model = pool();
        let before = tokens(&model);
        model.now += 20 * DAY;
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
        let ballot = model.incidents[incident].ballot.unwrap();
        act(&mut model, |model| model.vote(ballot, ("walt", "walt"), AGAINST));
        model.now += 3 * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), Verdict::Failed);
        assert_eq!(act(&mut model, |model| model.appeal(ballot, ("dora", "dora"))), units(1_500));
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), level));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), state);
        let (unread, assessors) = (model.attempt(|model| model.collect_appeal_bond(ballot)), model.assessors(POOL));
        assert_eq!(unread, Err(Refusal::Rule(Rule::NothingDue)));
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
        // Half of what was lost: the appeal's bond and the incident's. The voters share half of the incident's, and so much of the
        // appeal's as the fund has got of it.
        let lost = if back { 0 } else { units(1_500 + 750) };
        assert_eq!(model.assessors(POOL) - assessors, lost / 2);
        let pot = if back { units(375).min(assessors) } else { units(375 + 750) };
        assert_eq!((model.ballots[ballot].pot, model.rewards_reserved(POOL)), (pot, pot));
        let bond = model.attempt(|model| model.collect_appeal_bond(ballot));
        assert_eq!(bond, if back { Ok(units(1_500)) } else { Err(Refusal::Rule(Rule::NothingDue)) });
        // Walt's 300 and vera's 600: who voted for what was overturned gets nothing.
        let walt = act(&mut model, |model| model.collect_vote_reward(ballot, 0, true, "keeper"));
        let vera = act(&mut model, |model| model.collect_vote_reward(ballot, 1, true, "keeper"));
        assert_eq!((walt, vera), ((if back { 0 } else { pot / 3 }, units(slash)), (pot * 2 / 3, 0)));
        // A twentieth of walt's 300 is lost, and burned once.
        let mut burned = vec![];
        while let Ok(amount) = model.attempt(|model| model.burn_slashed()) {
            burned.push(amount);
        }
        assert_eq!(burned.iter().sum::<i128>(), units(slash));
        assert!(model.rewards_reserved(POOL) < 2, "what the roundings leave");
        assert_eq!(tokens(&model), (before.0, before.1 - units(slash)));
    }
}

/// Votes are carried over into an appeal and can be cast anew once. Twice as much must vote, and what is missing to it counts for the
/// first outcome.
#[test]
fn an_appeal_begins_where_the_first_round_ended() {
    for (atoms, state) in [(0, Verdict::Failed), (1, Verdict::Passed)] {
        let mut model = pool();
        model.now += 20 * DAY;
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
        let ballot = model.incidents[incident].ballot.unwrap();
        // 200 of 1,000, and an atom.
        act(&mut model, |model| model.request_unstake("vera", 400 * UNIT - atoms));
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), AGAINST));
        let again = model.attempt(|model| model.vote(ballot, ("vera", "vera"), FOR));
        assert_eq!(again, Err(Refusal::Rule(Rule::AlreadyVoted)));
        model.now += 3 * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        act(&mut model, |model| model.appeal(ballot, ("dora", "dora")));
        let here = &model.ballots[ballot];
        assert_eq!(
            (here.round().quorum, here.weight(AGAINST), here.weight_here(AGAINST)),
            (units(400), units(200) + Atoms::from(atoms), 0)
        );
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), FOR));
        let again = model.attempt(|model| model.vote(ballot, ("vera", "vera"), AGAINST));
        assert_eq!(again, Err(Refusal::Rule(Rule::AlreadyVoted)));
        for days in [3, 6] {
            model.now += days * DAY;
            act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        }
        assert_eq!(model.ballots[ballot].state(), state, "more than half of 400 must be for it");
        assert_eq!(model.ballots[ballot].votes.len(), 1);
    }
}

/// Where the outcome of a round moved in its last day it runs on for a day, three times at most.
#[test]
fn a_late_vote_gives_the_others_a_day() {
    let mut model = pool();
    model.now += 20 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(&mut model, |model| model.request_unstake("vera", 400 * UNIT));
    // Walt's 300 are for it; vera's 200 and xeno's 100 are half.
    for (who, level, state) in [("walt", FOR, Verdict::Open), ("vera", AGAINST, Verdict::Passed)] {
        let closes_at = model.ballots[ballot].round().closes_at;
        model.now = closes_at - 1;
        act(&mut model, |model| model.vote(ballot, (who, who), level));
        assert_eq!(model.ballots[ballot].round().closes_at, closes_at, "no vote moves the end");
        model.now = closes_at;
        let late = model.attempt(|model| model.vote(ballot, ("xeno", "xeno"), AGAINST));
        assert_eq!(late, Err(Refusal::Rule(Rule::VotingOver)));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), state);
        assert_eq!(model.ballots[ballot].round().extensions, 1);
    }
}

/// A stake ages from the midnight after it was made, and the youngest is lost first.
#[test]
fn stake_counts_once_it_is_old_enough() {
    let mut model = pool();
    let born = START + DAY;
    assert_eq!((model.staked(born - 1), model.staked(born)), (0, units(1_000)));
    model.now += 5 * DAY;
    act(&mut model, |model| model.request_unstake("vera", 100 * UNIT));
    assert_eq!((model.staked(born), model.unstaking()), (units(900), units(100)));
    let early = model.attempt(|model| model.unstake("vera"));
    assert_eq!(early, Err(Refusal::Rule(Rule::UnstakeNotReady)));
    model.now += 60 * DAY;
    act(&mut model, |model| model.unstake("vera"));
    act(&mut model, |model| model.stake(("vera", "vera"), 100 * UNIT));
    assert_eq!(model.voter("vera").unwrap().lots, [(units(500), born), (units(100), START + 66 * DAY)]);
    act(&mut model, |model| model.request_unstake("vera", 150 * UNIT));
    assert_eq!(model.voter("vera").unwrap().lots, [(units(450), born)]);
}

/// A fifth of a thousand must vote, or what a fifth of the floor is, as far as there is so much; a quarter of that in any case.
#[test]
fn fewer_than_the_floor_decide_with_more_of_them() {
    for (floor, quorum) in [(0, 200), (1_000, 200), (2_000, 400), (5_000, 1_000), (10_000, 1_000), (40_000, 2_000)] {
        let mut model = pool();
        model.now += 20 * DAY;
        model.products[EXPLOIT].stake_floor = floor * UNIT;
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
        let ballot = model.incidents[incident].ballot.unwrap();
        assert_eq!(model.ballots[ballot].round().quorum, units(quorum));
        // All that there is decides at once, unless that is less than must vote.
        for who in ["vera", "walt", "xeno"] {
            act(&mut model, |model| model.vote(ballot, (who, who), FOR));
        }
        let closed = model.attempt(|model| model.close_ballot(ballot, "keeper"));
        assert_eq!(closed.is_ok(), quorum <= 1_000);
    }
}

/// What too few had voted on needs no more of them in an appeal.
#[test]
fn an_appeal_of_what_few_said_needs_no_more_of_them() {
    let mut model = pool();
    model.now += 20 * DAY;
    model.products[EXPLOIT].stake_floor = 2_500 * UNIT;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    // 300 of the 500 that must vote.
    act(&mut model, |model| model.vote(ballot, ("walt", "walt"), FOR));
    for days in [3, 6] {
        model.now += days * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    }
    assert_eq!(model.ballots[ballot].state(), Verdict::Passed);
    act(&mut model, |model| model.appeal(ballot, ("dora", "dora")));
    assert_eq!(model.ballots[ballot].round().quorum, units(500));
}

/// A delegate votes with the stake of somebody in ballots that open later, once a round. The voter overrides it, and bears what it costs.
#[test]
fn a_delegate_votes_until_the_voter_does() {
    let mut model = pool();
    model.now += 20 * DAY;
    let now = model.now;
    let earlier = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let earlier = model.incidents[earlier].ballot.unwrap();
    let own = model.attempt(|model| model.set_delegate("vera", Some("vera")));
    assert_eq!(own, Err(Refusal::Rule(Rule::OwnDelegate)));
    act(&mut model, |model| model.set_delegate("vera", Some("dan")));
    let now = model.now;
    let too_early = model.attempt(|model| model.vote_for(earlier, "vera", ("dan", "dora"), FOR));
    assert_eq!(too_early, Err(Refusal::Rule(Rule::DelegatedLater)));
    model.now += 1;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    for (who, signer) in [("walt", "dan"), ("vera", "walt")] {
        let stranger = model.attempt(|model| model.vote_for(ballot, who, (signer, "dora"), FOR));
        assert_eq!(stranger, Err(Refusal::Rule(Rule::NotVoter)));
    }

    // It counts, and nothing is decided before its time: vera can still move it.
    let weight = act(&mut model, |model| model.vote_for(ballot, "vera", ("dan", "dora"), FOR));
    let here = &model.ballots[ballot];
    assert_eq!((here.leading(), here.weight(FOR), here.weight_here(FOR), here.is_decided()), (FOR, weight, 0, false));
    let again = model.attempt(|model| model.vote_for(ballot, "vera", ("dan", "dora"), AGAINST));
    assert_eq!(again, Err(Refusal::Rule(Rule::AlreadyVoted)));
    act(&mut model, |model| model.vote(ballot, ("vera", "vera"), AGAINST));
    let here = &model.ballots[ballot];
    assert_eq!((here.votes.len(), here.votes[0].first, here.weight_here(AGAINST)), (1, Some(AGAINST), weight));
    assert!(here.is_decided());
    for signer in ["vera", "dan"] {
        let again = model.attempt(|model| model.vote_for(ballot, "vera", (signer, "dora"), FOR));
        assert_eq!(again, Err(Refusal::Rule(Rule::AlreadyVoted)));
    }

    // Nor in the appeal does it move what vera voted herself.
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    act(&mut model, |model| model.appeal(ballot, ("dora", "dora")));
    let over_hers = model.attempt(|model| model.vote_for(ballot, "vera", ("dan", "dora"), FOR));
    assert_eq!(over_hers, Err(Refusal::Rule(Rule::AlreadyVoted)));
}
