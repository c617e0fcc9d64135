//! Reports, votes and appeals.

use crate::stage::*;
use coverage_model::{Bond, DAY, Phase, Refusal, Rule, Verdict};

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
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), 0));
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
    // A tenth, of which a fifth must vote.
    act(&mut model, |model| model.vote(ballot, ("xeno", "xeno"), 1));
    let early = model.attempt(|model| model.close_ballot(ballot, "keeper"));
    assert_eq!(early, Err(Refusal::Rule(Rule::VotingOpen)));
    for (days, state) in [(3, Verdict::Open), (6, Verdict::NoQuorum)] {
        model.now += days * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), state);
    }
    // Nobody decided: the bond goes back, and voting does not pay.
    settle(&mut model, incident);
    assert_eq!(model.incidents[incident].state, Phase::Rejected);
    assert_eq!(act(&mut model, |model| model.collect_incident_bond(incident)), units(750));
    assert_eq!(act(&mut model, |model| model.collect_vote_reward(ballot, 0, 0, "keeper")), (0, 0));
    assert_eq!(model.liens(POOL), Ok(0));
    assert_eq!(tokens(&model), before);
}

#[test]
fn an_appeal_costs_who_loses_it() {
    for (side, state, back, slash) in [(1, Verdict::Passed, true, 15), (0, Verdict::Failed, false, 0)] {
        let mut model = pool();
        let before = tokens(&model);
        model.now += 20 * DAY;
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
        let ballot = model.incidents[incident].ballot.unwrap();
        act(&mut model, |model| model.vote(ballot, ("walt", "walt"), 0));
        model.now += 3 * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), Verdict::Failed);
        assert_eq!(act(&mut model, |model| model.appeal(ballot, ("dora", "dora"))), units(1_500));
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), side));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(model.ballots[ballot].state(), state);
        let assessors = model.assessors(POOL);
        assert_eq!(act(&mut model, |model| model.collect_appeal_bond(ballot)), back);
        assert_eq!(model.assessors(POOL) - assessors, if back { 0 } else { units(750) });
        let reward = if back { 0 } else { units(20) };
        let walt = act(&mut model, |model| model.collect_vote_reward(ballot, 0, 0, "keeper"));
        let vera = act(&mut model, |model| model.collect_vote_reward(ballot, 1, 0, "keeper"));
        assert_eq!((walt, vera), ((reward, units(slash)), (units(20), 0)));
        // A twentieth of walt's 300 is lost, and burned once.
        let mut burned = vec![];
        while let Ok(amount) = model.attempt(|model| model.burn_slashed()) {
            burned.push(amount);
        }
        assert_eq!(burned.iter().sum::<i128>(), units(slash));
        assert_eq!(model.rewards_reserved(POOL), 0);
        assert_eq!(tokens(&model), (before.0, before.1 - units(slash)));
    }
}

/// An appeal in which too few vote leaves the first outcome.
#[test]
fn an_appeal_without_a_quorum_changes_nothing() {
    let mut model = pool();
    model.now += 20 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(&mut model, |model| model.vote(ballot, ("walt", "walt"), 0));
    model.now += 3 * DAY;
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    act(&mut model, |model| model.appeal(ballot, ("dora", "dora")));
    // 300 are a quorum of a fifth, but not of twice as much.
    act(&mut model, |model| model.vote(ballot, ("walt", "walt"), 1));
    model.now += 6 * DAY;
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    assert_eq!(model.ballots[ballot].state(), Verdict::Failed);
    assert_eq!(act(&mut model, |model| model.collect_vote_reward(ballot, 0, 0, "keeper")), (units(20), 0));
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
    model.now += 40 * DAY;
    act(&mut model, |model| model.unstake("vera"));
    act(&mut model, |model| model.stake(("vera", "vera"), 100 * UNIT));
    assert_eq!(model.voter("vera").unwrap().lots, [(units(500), born), (units(100), START + 46 * DAY)]);
    act(&mut model, |model| model.request_unstake("vera", 150 * UNIT));
    assert_eq!(model.voter("vera").unwrap().lots, [(units(450), born)]);
}
