//! Attempts and questions.

use crate::stage::*;
use coverage_model::{AGAINST, DAY, Model, Refusal, Rule, Seen, Token, example};

/// What is refused leaves no trace, whatever was changed before it was.
#[test]
fn what_is_refused_changes_nothing() {
    let mut model = pool();
    model.now += 20 * DAY;
    let before = format!("{model:?}");
    let (now, rich, seen) = (model.now, u64::MAX, model.seen(POOL));
    // Each fails last of all, for want of tokens.
    let refused = [
        model.attempt(|model| model.deposit(POOL, "ada", rich, 0, seen)).map(|_| ()),
        model.attempt(|model| model.open_incident(EXPLOIT, ("xeno", "ada"), now)).map(|_| ()),
        model.attempt(|model| model.buy(EXPLOIT, cover("vera", 1_000 * UNIT, 30))).map(|_| ()),
        model.attempt(|model| model.request_exit(POOL, ("dora", "ada"), 0, 0, 1)).map(|_| ()),
    ];
    assert_eq!(refused, [Err(Refusal::TooFewTokens); 4]);
    assert_eq!(format!("{model:?}"), before);
    let late = model.attempt(|model| {
        model.deposit(POOL, "ada", UNIT, 0, seen)?;
        model.burn(POOL, "ada", rich)
    });
    assert_eq!(late, Err(Refusal::TooFewTokens));
    assert_eq!(format!("{model:?}"), before);
}

#[test]
fn a_question_changes_nothing() {
    let mut model = pool();
    model.now += DAY;
    let before = format!("{model:?}");
    let shares = model.trial(|model| {
        let minted = model.deposit(POOL, "ben", UNIT, 0, model.seen(POOL));
        assert_eq!(minted, Ok(shares(model, "ben")));
        // An attempt within a question is undone with it.
        model.attempt(|model| model.burn(POOL, "ben", 1))
    });
    assert_eq!(shares, Ok(()));
    assert!(model.quote(EXPLOIT, UNIT, 30).is_ok());
    assert_eq!(format!("{model:?}"), before);
}

#[test]
fn a_deposit_beyond_the_room_is_refused() {
    let mut model = pool();
    model.give("ben", Token::Asset, 1 << 61);
    let room = u64::try_from(model.deposit_room(POOL)).unwrap();
    let beyond = model.attempt(|model| model.deposit(POOL, "ben", room + 1, 0, model.seen(POOL)));
    // Shares are counted in 64 bits.
    assert_eq!(beyond, Err(Refusal::Rule(Rule::MathOverflow)));
    act(&mut model, |model| model.deposit(POOL, "ben", room, 0, model.seen(POOL)));
}

/// A depositor says what they have seen of the pool: neither other terms nor larger liens are theirs.
#[test]
fn a_deposit_is_made_on_what_was_seen() {
    let mut model = pool();
    model.now += 20 * DAY;
    let (now, seen) = (model.now, model.seen(POOL));
    assert_eq!(seen.terms, 4, "one for each listing");
    act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    for (seen, refusal) in [
        (Seen { terms: 3, ..seen }, Some(Rule::TermsChanged)),
        (Seen { max_liens: 300_000 * UNIT - 1, ..seen }, Some(Rule::LiensTooHigh)),
        (Seen { max_liens: 300_000 * UNIT, ..seen }, None),
    ] {
        let deposited = model.attempt(|model| model.deposit(POOL, "ben", UNIT, 0, seen));
        assert_eq!(deposited.err(), refusal.map(Refusal::Rule));
    }
}

/// Before the opening and for seven days after it LPs leave at once; nothing is sold until everyone had time to leave.
#[test]
fn a_pool_opens_once_and_sells_later() {
    let mut model = Model::new(START, example::assembly(), "founder");
    model.create_pool(example::pool(), None);
    model.list_product(POOL, example::product(), None);
    model.give("ada", Token::Asset, units(10));
    let half = deposit(&mut model, "ada", 10) / 2;
    assert_eq!(act(&mut model, |model| model.withdraw(POOL, "ada", half.try_into().unwrap(), 0)), units(5));
    act(&mut model, |model| model.open_pool(POOL));
    assert_eq!(model.attempt(|model| model.open_pool(POOL)), Err(Refusal::Rule(Rule::PoolIsOpen)));
    // What is listed now is a draft.
    model.list_product(POOL, example::product(), None);
    model.now += 7 * DAY - 1;
    let dear = model.attempt(|model| model.withdraw(POOL, "ada", 1_000, 2));
    assert_eq!(dear, Err(Refusal::Rule(Rule::PaidTooLittle)));
    act(&mut model, |model| model.withdraw(POOL, "ada", 1_000, 1));
    model.now += 1;
    let late = model.attempt(|model| model.withdraw(POOL, "ada", 1_000, 1));
    assert_eq!(late, Err(Refusal::Rule(Rule::LeavingTakesTime)));
    // Seven days of exit delay, two more, and the rest of that day: a whole one, since it has just begun.
    model.now += 3 * DAY - 1;
    assert_eq!(model.quote(0, UNIT, 30), Err(Refusal::Rule(Rule::PoolNotOpen)));
    model.now += 1;
    assert!(model.quote(0, UNIT, 30).is_ok());
    assert_eq!(model.quote(1, UNIT, 30), Err(Refusal::Rule(Rule::ProductNotListed)));
}

/// A surplus of 100 streams for a week. Who comes meanwhile pays for what is left of it, and who leaves does not get it.
#[test]
fn a_deposit_pays_for_income_that_streams_already() {
    let mut model = empty();
    let old = deposit(&mut model, "ada", 1_000);
    model.now += 20 * DAY;
    model.donate(POOL, 100 * UNIT);
    assert_eq!(act(&mut model, |model| model.absorb_surplus(POOL)), (units(100), 0));
    assert_eq!((model.worth(POOL, old), model.income_left(POOL)), (Ok(units(1_000)), Ok(units(100))));
    let new = deposit(&mut model, "ben", 1_100);
    assert!((old - new).abs() < 1_000, "{new} shares beside {old}");
    model.now += 37 * DAY;
    model.accrue(POOL);
    assert!((units(1_100) - model.worth(POOL, new).unwrap()) < 3, "nothing is gained by that");
    assert_eq!(model.income_left(POOL), Ok(0));
}

/// All such income is one stream, which ends with the mean of its parts.
#[test]
fn income_of_several_sources_streams_as_one() {
    let mut model = empty();
    deposit(&mut model, "ada", 1_000);
    let end = |model: &Model| model.streams[model.pools[POOL].income.unwrap()].end_day - model.now / DAY;
    model.now += 20 * DAY;
    model.donate(POOL, 10 * UNIT);
    act(&mut model, |model| model.absorb_surplus(POOL));
    assert_eq!(end(&model), 7);
    // What is left ends in three days, and half as much in seven: both in four and a third.
    model.now += 4 * DAY;
    model.accrue(POOL);
    let left = model.income_left(POOL).unwrap();
    model.donate(POOL, u64::try_from(left / 2).unwrap());
    act(&mut model, |model| model.absorb_surplus(POOL));
    assert_eq!(end(&model), 4);
    assert!((model.income_left(POOL).unwrap() - left * 3 / 2).abs() < 3);
}

/// What the assessors have beyond their limit is the LPs', but for what ballots that were read have reserved.
#[test]
fn assessors_keep_no_more_than_their_limit() {
    let mut model = pool();
    model.now += 20 * DAY;
    let now = model.now;
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(&mut model, |model| model.vote(ballot, ("vera", "vera"), AGAINST));
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    model.now += 2 * DAY;
    assert_eq!(model.rewards_reserved(POOL), 0, "nothing before the outcome is read");
    act(&mut model, |model| model.decide_incident(incident, "keeper"));
    let (has, reserved) = (model.assessors(POOL), model.rewards_reserved(POOL));
    assert!(has > reserved && reserved > 0, "{has}, {reserved}");
    let none = model.attempt(|model| model.absorb_surplus(POOL));
    assert_eq!(none, Err(Refusal::Rule(Rule::NothingToAbsorb)));
    model.pools[POOL].params.assessors_limit = u64::try_from(has - reserved - 5).unwrap();
    assert_eq!(act(&mut model, |model| model.absorb_surplus(POOL)), (0, 5));
    model.pools[POOL].params.assessors_limit = 0;
    assert_eq!(act(&mut model, |model| model.absorb_surplus(POOL)), (0, has - reserved - 5));
    assert_eq!(model.assessors(POOL), reserved);
}
