//! Draws of a covered program: 5% of the free capital a day, from a sum insured of 300,000 with a deductible of 30,000.

use crate::stage::*;
use coverage_model::{Atoms, DAY, Model, Outcome, Refusal, Rule};

fn covered() -> (Model, usize) {
    let mut model = funded(1_000_000);
    let policy = act(&mut model, |model| model.buy(SHORTFALL, cover("dora", 300_000 * UNIT, 180)));
    model.now += 2 * DAY;
    (model, policy)
}

fn draw(model: &mut Model, policy: usize, loss: u64) -> Outcome<Atoms> {
    model.attempt(|model| model.draw(policy, "venue", loss * UNIT, 0))
}

/// A twentieth of the capital now.
fn limit(model: &mut Model) -> Atoms {
    model.accrue(POOL);
    model.capital(POOL) / 20
}

#[test]
fn a_draw_pays_what_losses_exceed_the_deductible_by() {
    let (mut model, policy) = covered();
    let before = tokens(&model);
    assert_eq!(draw(&mut model, policy, 30_000), Ok(0));
    assert_eq!(draw(&mut model, policy, 20_000), Ok(units(20_000)));
    assert_eq!(draw(&mut model, policy, 0), Err(Refusal::Rule(Rule::NothingDue)));
    assert_eq!((model.claimed(policy), model.paid(policy)), (units(20_000), units(20_000)));
    assert_eq!(tokens(&model), before);
}

#[test]
fn a_day_takes_a_part_of_the_capital_and_the_rest_waits() {
    let (mut model, policy) = covered();
    // Of 120,000 that are due.
    let first = limit(&mut model);
    assert_eq!(draw(&mut model, policy, 150_000), Ok(first));
    // What was drawn counts into the capital that limits the day.
    assert_eq!(draw(&mut model, policy, 10_000), Ok(0));
    let least = model.attempt(|model| model.draw(policy, "venue", 0, 1));
    assert_eq!(least, Err(Refusal::Rule(Rule::DrawLimited)));
    model.now += DAY;
    let next = limit(&mut model);
    assert!(next < first, "what is gone is no longer there to be drawn on");
    assert_eq!(draw(&mut model, policy, 0), Ok(next));
}

#[test]
fn only_who_is_named_draws_and_only_while_cover_runs() {
    let (mut model, policy) = covered();
    let stranger = model.attempt(|model| model.draw(policy, "dora", 1, 0));
    assert_eq!(stranger, Err(Refusal::Rule(Rule::NotTriggerAuthority)));
    let first = limit(&mut model);
    assert_eq!(draw(&mut model, policy, 100_000), Ok(first));
    // The cover ends, and its capacity is held for the grace.
    model.now = model.policies[policy].end + 1;
    assert_eq!(draw(&mut model, policy, 1), Err(Refusal::Rule(Rule::NotCovered)));
    assert_eq!(draw(&mut model, policy, 0), Ok(units(70_000) - first));
    model.now = model.policies[policy].release_day * DAY;
    assert_eq!(draw(&mut model, policy, 0), Err(Refusal::Rule(Rule::PolicyEnded)));
}
