//! Attempts and questions.

use crate::stage::*;
use coverage_model::{DAY, Model, Refusal, Rule, Seen, Token, example};

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
    // Seven days of exit delay and two more.
    model.now += 2 * DAY - 1;
    assert_eq!(model.quote(0, UNIT, 30), Err(Refusal::Rule(Rule::PoolNotOpen)));
    model.now += 1;
    assert!(model.quote(0, UNIT, 30).is_ok());
    assert_eq!(model.quote(1, UNIT, 30), Err(Refusal::Rule(Rule::ProductNotListed)));
}
