//! Shares, and how they leave.

use crate::stage::*;
use coverage_model::{DAY, Model, Refusal, Rule, Token};

/// Asks for so many of somebody's shares. Returns the ticket and its epoch.
fn ask(model: &mut Model, who: &'static str, shares: i128) -> (usize, usize) {
    let day = model.now / DAY + 7;
    let ticket = act(model, |model| model.request_exit(POOL, who, 0, day, shares.try_into().unwrap()));
    (ticket, model.epoch(POOL, day).unwrap())
}

#[test]
fn a_share_costs_what_it_is_worth() {
    let mut model = empty();
    // A thousand shares an atom, at first.
    assert_eq!(act(&mut model, |model| model.deposit(POOL, "ada", 1_000 * UNIT, 0)), 1_000 * units(1_000));
    // A surplus of 100 is earned over a week: ten percent.
    model.donate(POOL, 100 * UNIT);
    assert_eq!(act(&mut model, |model| model.absorb_surplus(POOL)), units(100));
    model.now += 7 * DAY;
    // (1,000,000,000,000 + 1,000) × 1,100,000,000 / (1,100,000,000 + 1), rounded down.
    let minted = act(&mut model, |model| model.deposit(POOL, "ben", 1_100 * UNIT, 0));
    assert_eq!(minted, 1_000_000_000_090);
    assert_eq!(model.worth(POOL, minted), Ok(1_099_999_999));
    let more = model.attempt(|model| model.deposit(POOL, "ben", UNIT, 909_090_909 + 1));
    assert_eq!(more, Err(Refusal::Rule(Rule::TooFewShares)));
}

/// Cover of 1.5 million keeps 750,000 of a million in a pool with leverage 2.
#[test]
fn cover_keeps_those_who_leave() {
    let mut model = empty();
    let shares = act(&mut model, |model| model.deposit(POOL, "ada", 1_000_000 * UNIT, 0));
    for product in [EXPLOIT, DEPEG] {
        act(&mut model, |model| model.buy(product, cover("dora", 750_000 * UNIT, 30)));
    }
    let before = tokens(&model);
    let (ticket, epoch) = ask(&mut model, "ada", shares);
    let early = model.attempt(|model| model.settle_epoch(epoch, None));
    assert_eq!(early, Err(Refusal::Rule(Rule::ExitNotDue)));
    model.now += 7 * DAY;
    model.accrue(POOL);
    let may_leave = model.capital(POOL) - units(750_000);
    let nowhere = model.attempt(|model| model.settle_epoch(epoch, None));
    assert_eq!(nowhere, Err(Refusal::Rule(Rule::NextEpochMissing)));
    let tomorrow = model.now / DAY + 1;
    let next = act(&mut model, |model| model.open_epoch(POOL, tomorrow, "ada"));
    act(&mut model, |model| model.settle_epoch(epoch, Some(next)));
    let paid = act(&mut model, |model| model.collect_exit(ticket, "keeper"));
    assert!((0..2).contains(&(may_leave - paid)), "{paid} of {may_leave}");
    assert_eq!(model.epochs[next].shares, shares - model.epochs[epoch].burned());
    // Once the cover is released the rest leaves.
    model.now += 90 * DAY;
    act(&mut model, |model| model.settle_epoch(next, None));
    act(&mut model, |model| model.collect_exit(ticket, "keeper"));
    assert_eq!((model.tickets[ticket].day, model.shares(POOL)), (None, 0));
    assert_eq!(tokens(&model), before);
}

/// An open incident holds everybody, and two days after it for what can be reported late.
#[test]
fn nobody_leaves_ahead_of_a_known_loss() {
    let mut model = pool();
    let shares = model.balance("ada", Token::Shares(POOL)) / 2;
    let (_, epoch) = ask(&mut model, "ada", shares);
    model.now += 7 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, "dora", now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(&mut model, |model| model.vote(ballot, "vera", 0));
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    model.now += 2 * DAY;
    let blocked = |model: &mut Model| model.attempt(|model| model.settle_epoch(epoch, None));
    assert_eq!(blocked(&mut model), Err(Refusal::Rule(Rule::ExitBlocked)));
    act(&mut model, |model| model.settle_incident(incident, "keeper"));
    model.now += 2 * DAY - 1;
    assert_eq!(blocked(&mut model), Err(Refusal::Rule(Rule::ExitBlocked)));
    model.now += 1;
    act(&mut model, |model| model.settle_epoch(epoch, None));
    assert_eq!(model.epochs[epoch].burned(), shares);
}
