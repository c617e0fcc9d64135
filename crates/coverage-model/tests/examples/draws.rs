//! Draws of a covered program: 5% of the capital a day, half of it at once, from a sum insured of 300,000 with a deductible of
//! 30,000.

use crate::stage::*;
use coverage_model::{AGAINST, Atoms, Bond, DAY, Model, Outcome, Phase, Refusal, Rule};

fn covered() -> (Model, usize) {
    let mut model = funded(1_000_000);
    act(&mut model, |model| model.stake(("vera", "vera"), 600 * UNIT));
    let policy = act(&mut model, |model| model.buy(SHORTFALL, cover("dora", 300_000 * UNIT, 180)));
    model.now += 2 * DAY;
    (model, policy)
}

fn draw(model: &mut Model, policy: usize, loss: u64) -> Outcome<Atoms> {
    model.attempt(|model| model.draw(policy, ("venue", Some("ben")), loss * UNIT, 0))
}

/// What the bucket holds when full: a fortieth of the capital at the last midnight.
fn burst(model: &mut Model) -> Atoms {
    model.accrue(POOL);
    model.pools[POOL].day_capital / 40
}

#[test]
fn a_draw_pays_what_losses_exceed_the_deductible_by() {
    let (mut model, policy) = covered();
    let before = tokens(&model);
    assert_eq!(draw(&mut model, policy, 30_000), Ok(0));
    assert_eq!(draw(&mut model, policy, 20_000), Ok(units(20_000)));
    assert_eq!(draw(&mut model, policy, 0), Err(Refusal::Rule(Rule::ZeroAmount)));
    assert_eq!((model.claimed(policy), model.paid(policy)), (units(20_000), units(20_000)));
    assert_eq!(tokens(&model), before);
}

#[test]
fn the_bucket_is_paid_at_once_and_the_rest_is_booked() {
    let (mut model, policy) = covered();
    // Of 120,000 that are due.
    let first = burst(&mut model);
    let least = model.attempt(|model| model.draw(policy, ("venue", None), 150_000 * UNIT, first as u64 + 1));
    assert_eq!(least, Err(Refusal::Rule(Rule::DrawLimited)));
    let missing = model.attempt(|model| model.draw(policy, ("venue", None), 150_000 * UNIT, 0));
    assert_eq!(missing, Err(Refusal::Rule(Rule::BookingMissing)));
    assert_eq!(draw(&mut model, policy, 150_000), Ok(first));
    let booked = model.incidents[0].clone();
    assert_eq!((booked.state, booked.approved), (Phase::Accepted, units(120_000) - first));
    assert_eq!(model.own_liens(POOL), Ok(booked.approved));
    assert_eq!((model.claimed(policy), model.open_claims(policy)), (units(120_000), 1));
    // No draw overtakes it.
    model.now += DAY / 2;
    assert_eq!(draw(&mut model, policy, 20_000), Ok(0));
    let now = model.attempt(|model| model.pay_booking(1, true, "keeper"));
    // Half of it is back, of a bucket that is a part of the capital that is left.
    let half = burst(&mut model) / 2;
    assert!(now.is_ok_and(|paid| half * 97 / 100 < paid && paid < half), "{now:?} {half}");
    assert_eq!(model.attempt(|model| model.pay_booking(0, true, "keeper")), Err(Refusal::Rule(Rule::NothingDue)));
    // Paid day by day, both end.
    for _ in 0..6 {
        model.now += DAY;
        for booking in [0, 1] {
            let _ = model.attempt(|model| model.pay_booking(booking, true, "keeper"));
        }
    }
    assert_eq!(model.incidents.iter().map(|booking| booking.state).collect::<Vec<_>>(), [Phase::Settled; 2]);
    assert_eq!((model.paid(policy), model.open_claims(policy)), (units(140_000), 0));
    assert_eq!((model.own_liens(POOL), model.open_incidents(POOL)), (Ok(0), 0));
}

#[test]
fn a_booking_that_is_found_false_is_not_paid_on_and_not_drawn_again() {
    let (mut model, policy) = covered();
    let first = burst(&mut model);
    assert_eq!(draw(&mut model, policy, 150_000), Ok(first));
    let rest = units(120_000) - first;
    // A hundredth of it, more than the product's own.
    let bond = act(&mut model, |model| model.challenge_incident(0, ("ada", "ada")));
    assert_eq!(bond, (rest + 99) / 100);
    assert_eq!(
        model.attempt(|model| model.pay_booking(0, true, "keeper")),
        Err(Refusal::Rule(Rule::IncidentUndecided))
    );
    // Another loss is paid meanwhile.
    model.now += DAY;
    assert_eq!(draw(&mut model, policy, 5_000), Ok(units(5_000)));
    let ballot = model.incidents[0].ballot.expect("it is challenged");
    act(&mut model, |model| model.vote(ballot, ("vera", "vera"), AGAINST));
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    model.now += 10 * DAY;
    act(&mut model, |model| model.decide_incident(0, "keeper"));
    assert_eq!((model.incidents[0].state, model.incidents[0].bond), (Phase::Rejected, Bond::Due));
    assert_eq!((model.claimed(policy), model.policies[policy].losses), (first + units(5_000), units(155_000) - rest));
    assert_eq!(draw(&mut model, policy, 1_000), Ok(units(1_000)));
}

#[test]
fn a_booking_stands_when_nobody_votes_and_its_holder_gets_half_of_the_bond() {
    let (mut model, policy) = covered();
    draw(&mut model, policy, 150_000).expect("a draw");
    let bond = act(&mut model, |model| model.challenge_incident(0, ("ada", "ada")));
    let ballot = model.incidents[0].ballot.expect("it is challenged");
    let assessors = model.assessors(POOL);
    for _ in 0..2 {
        model.now += 10 * DAY;
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    }
    model.now += 10 * DAY;
    act(&mut model, |model| model.decide_incident(0, "keeper"));
    assert_eq!(model.incidents[0].state, Phase::Accepted);
    assert_eq!(model.assessors(POOL), assessors + bond - bond / 2);
    assert_eq!(act(&mut model, |model| model.collect_incident_bond(0)), bond / 2);
    assert_eq!(model.incidents[0].bond_owner, Some("dora"));
    let again = model.attempt(|model| model.challenge_incident(0, ("ada", "ada")));
    assert!(again.is_err());
    assert!(act(&mut model, |model| model.pay_booking(0, true, "keeper")) > 0);
}

#[test]
fn only_who_is_named_draws_and_only_while_cover_runs() {
    let (mut model, policy) = covered();
    let stranger = model.attempt(|model| model.draw(policy, ("dora", Some("dora")), 1, 0));
    assert_eq!(stranger, Err(Refusal::Rule(Rule::NotTriggerAuthority)));
    let first = burst(&mut model);
    assert_eq!(draw(&mut model, policy, 50_000), Ok(units(20_000).min(first)));
    model.now = model.policies[policy].end + 1;
    assert_eq!(draw(&mut model, policy, 1), Err(Refusal::Rule(Rule::NotCovered)));
}
