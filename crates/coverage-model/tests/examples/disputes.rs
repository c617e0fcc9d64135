//! Disputes of claims.

use crate::stage::*;
use coverage_model::{Bond, ClaimState, DAY, FOR, Model, Refusal, Rule};

/// A report of fay's that counts since now, with her claim of 200,000 less the deductible of 15,000.
fn claimed() -> (Model, usize, usize) {
    let mut model = pool();
    model.now += 20 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(DEPEG, ("fay", "fay"), now));
    let asked = model.incidents[incident].ballot.unwrap();
    let claim =
        act(&mut model, |model| model.submit_claim(incident, 1, ("fay", "fay"), ("fay", "fay"), 200_000 * UNIT));
    // A hundredth of the claim.
    assert_eq!((model.claims[claim].amount, model.claims[claim].bond), (units(185_000), units(1_850)));
    act(&mut model, |model| model.vote(asked, ("vera", "vera"), FOR));
    act(&mut model, |model| model.close_ballot(asked, "keeper"));
    model.now += 2 * DAY;
    let early = model.attempt(|model| model.dispute_claim(claim, ("ada", "ada")));
    assert_eq!(early, Err(Refusal::Rule(Rule::IncidentUndecided)));
    act(&mut model, |model| model.decide_incident(incident, "keeper"));
    (model, incident, claim)
}

/// The same with ada's dispute, whose ballot it returns too.
fn disputed() -> (Model, usize, usize, usize) {
    let (mut model, incident, claim) = claimed();
    assert_eq!(act(&mut model, |model| model.dispute_claim(claim, ("ada", "ada"))), units(925));
    let ballot = model.claims[claim].dispute_ballot.unwrap();
    (model, incident, claim, ballot)
}

/// Of both bonds, in sixteenths of the claim's: 16 and 8.
#[test]
fn bonds_are_shared_by_how_much_of_a_claim_stands() {
    let sixteenth = units(1_850) / 16;
    // The level, how many sixteenths of the claim stand, and of its bond what claimant and disputer get.
    for (level, stands, claimant, disputer) in [
        (Some(16), 16, 20, 0),
        (Some(15), 15, 15, 4),
        (Some(14), 14, 10, 8),
        (Some(13), 13, 5, 12),
        (Some(12), 12, 0, 16),
        (Some(1), 1, 0, 16),
        (Some(0), 0, 0, 16),
        // Too few vote, and none of them for less.
        (None, 16, 17, 6),
    ] {
        let (mut model, incident, claim, ballot) = disputed();
        let (before, assessors) = (tokens(&model), model.assessors(POOL));
        let again = model.attempt(|model| model.dispute_claim(claim, ("hal", "hal")));
        assert_eq!(again, Err(Refusal::Exists));
        if let Some(level) = level {
            act(&mut model, |model| model.vote(ballot, ("vera", "vera"), level));
        } else {
            model.now += 3 * DAY;
            act(&mut model, |model| model.close_ballot(ballot, "keeper"));
            model.now += 6 * DAY;
        }
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        model.now += 2 * DAY;
        act(&mut model, |model| model.resolve_dispute(claim, "keeper"));
        assert_eq!(model.assessors(POOL) - assessors, (24 - claimant - disputer) * sixteenth);
        let again = model.attempt(|model| model.resolve_dispute(claim, "keeper"));
        assert_eq!(again, Err(Refusal::Rule(Rule::NotDisputed)));
        let paid = model.attempt(|model| model.collect_dispute_bond(claim));
        assert_eq!(paid, if disputer > 0 { Ok(disputer * sixteenth) } else { Err(Refusal::Rule(Rule::NothingDue)) });
        // Filing goes on for a fortnight after the verdict; then only what stands is set aside.
        model.now += 18 * DAY;
        act(&mut model, |model| model.end_filing(incident, "keeper"));
        let amount = units(185_000) / 16 * stands;
        assert_eq!(model.liens(POOL), Ok(amount));
        settle(&mut model, incident);
        assert_eq!((model.incidents[incident].approved, model.incidents[incident].settled), (amount, amount));
        let paid = model.attempt(|model| model.payout(claim, (true, true), "keeper"));
        let due = (amount, claimant * sixteenth);
        assert_eq!(paid, if stands > 0 { Ok(due) } else { Err(Refusal::Rule(Rule::NothingDue)) });
        let state = if stands > 0 { ClaimState::Settled } else { ClaimState::Rejected };
        assert_eq!((model.claims[claim].state, model.claims[claim].amount), (state, amount));
        // All were paid in full: what comes back is the LPs'.
        assert_eq!(act(&mut model, |model| model.recover(incident, "hal", UNIT)), 0);
        assert_eq!(tokens(&model), before);
        act(&mut model, |model| model.close_claim(claim, "keeper"));
    }
}

/// Within three days of its filing, and for a day after the verdict.
#[test]
fn a_claim_can_be_disputed_once_it_is_known_to_count() {
    for (waits, until) in [(0, 3), (2, 3), (4, 5)] {
        let mut model = pool();
        model.now += 20 * DAY;
        let (now, dora) = (model.now, ("dora", "dora"));
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, dora, now));
        let ballot = model.incidents[incident].ballot.unwrap();
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), FOR));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        model.now += 2 * DAY;
        let filed_at = model.now;
        let claim = act(&mut model, |model| model.submit_claim(incident, 0, dora, dora, 100_000 * UNIT));
        model.now += waits * DAY;
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
        let end = filed_at + until * DAY;
        assert_eq!(model.disputable_until(claim), Ok(end));
        for (at, may) in [(end, Err(Refusal::Rule(Rule::DisputeWindowOver))), (end - 1, Ok(units(425)))] {
            model.now = at;
            assert_eq!(model.attempt(|model| model.dispute_claim(claim, ("ada", "ada"))), may);
        }
    }
}

#[test]
fn a_bond_pays_who_decides_at_least() {
    let (mut model, ..) = claimed();
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    // A tenth of the product's 500, though a hundredth of the claim is less, but no more than all of it. As much for a dispute,
    // though half of that is less.
    for (net, bond) in [(1_000, 50), (49, 49)] {
        let dora = ("dora", "dora");
        let here = model.trial(|model| {
            let claim = model.submit_claim(incident, 0, dora, dora, (15_000 + net) * UNIT).expect("nothing forbids it");
            model.claims[claim].clone()
        });
        assert_eq!((here.bond, here.dispute_bond, here.dispute_bond_state), (units(bond), units(50), Bond::None));
    }
}

/// Of what many say how much of it stands, the middle is taken: nobody gains by saying more than they mean.
#[test]
fn half_of_what_counts_decides_how_much() {
    for (votes, level) in [
        (vec![("vera", 4), ("walt", 12), ("xeno", 16)], 4),
        (vec![("walt", 12), ("xeno", 16)], 12),
        (vec![("walt", 12), ("xeno", 3)], 12),
        // Half of a quorum, and what is missing to it is for all of the claim.
        (vec![("xeno", 8)], 8),
        (vec![], 16),
    ] {
        let (mut model, _, claim, ballot) = disputed();
        let beyond = model.attempt(|model| model.vote(ballot, ("vera", "vera"), 17));
        assert_eq!(beyond, Err(Refusal::Rule(Rule::BadLevel)));
        for (who, level) in votes {
            act(&mut model, |model| model.vote(ballot, (who, who), level));
        }
        for days in [3, 6] {
            model.now += days * DAY;
            let _ = model.attempt(|model| model.close_ballot(ballot, "keeper"));
        }
        model.now += 2 * DAY;
        act(&mut model, |model| model.resolve_dispute(claim, "keeper"));
        assert_eq!((model.ballots[ballot].level(), model.claims[claim].level), (Some(level), level));
    }
}

/// A quarter of an appeal's bond comes back for each level, and who was further off than three of them loses stake.
#[test]
fn an_appeal_gets_back_as_much_as_it_moves() {
    for (level, back, slash) in [(12, 0, 0), (11, 1, 0), (14, 2, 0), (9, 3, 0), (8, 4, 15), (16, 4, 15)] {
        let (mut model, _, claim, ballot) = disputed();
        act(&mut model, |model| model.vote(ballot, ("walt", "walt"), 12));
        model.now += 3 * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        assert_eq!(act(&mut model, |model| model.appeal(ballot, ("fay", "fay"))), units(3_700));
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), level));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        // Votes need nobody to read the outcome to be free.
        let walt = act(&mut model, |model| model.collect_vote_reward(ballot, 0, true, "keeper"));
        assert_eq!((walt, model.open_votes("walt"), model.vote_records("walt")), ((0, units(slash)), 0, 1));
        let again = model.attempt(|model| model.collect_vote_reward(ballot, 0, true, "keeper"));
        assert_eq!(again, Err(Refusal::Rule(Rule::BallotNotRead)));
        act(&mut model, |model| model.resolve_dispute(claim, "keeper"));
        assert_eq!(model.claims[claim].level, level);
        let bond = model.attempt(|model| model.collect_appeal_bond(ballot));
        let nothing = Err(Refusal::Rule(Rule::NothingDue));
        assert_eq!(bond, if back == 0 { nothing } else { Ok(units(925) * back) });
        let walt = act(&mut model, |model| model.collect_vote_reward(ballot, 0, true, "keeper"));
        assert_eq!((walt.0 > 0, walt.1), (slash == 0, 0));
    }
}
