//! Attempts and questions.

use crate::stage::*;
use coverage_model::{DAY, Refusal, Rule, Token};

/// What is refused leaves no trace, whatever was changed before it was.
#[test]
fn what_is_refused_changes_nothing() {
    let mut model = pool();
    model.now += 20 * DAY;
    let before = format!("{model:?}");
    let (now, rich) = (model.now, u64::MAX);
    // Each fails last of all, for want of tokens.
    let refused = [
        model.attempt(|model| model.deposit(POOL, "ada", rich, 0)).map(|_| ()),
        model.attempt(|model| model.open_incident(EXPLOIT, "xeno", now)).map(|_| ()),
        model.attempt(|model| model.buy(EXPLOIT, cover("vera", 1_000 * UNIT, 30))).map(|_| ()),
        model.attempt(|model| model.request_exit(POOL, "dora", 0, now / DAY + 7, 1)).map(|_| ()),
    ];
    assert_eq!(refused, [Err(Refusal::TooFewTokens); 4]);
    assert_eq!(format!("{model:?}"), before);
    let late = model.attempt(|model| {
        model.deposit(POOL, "ada", UNIT, 0)?;
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
        let minted = model.deposit(POOL, "ben", UNIT, 0);
        assert_eq!(minted, Ok(model.balance("ben", Token::Shares(POOL))));
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
    let beyond = model.attempt(|model| model.deposit(POOL, "ben", room + 1, 0));
    // Shares are counted in 64 bits.
    assert_eq!(beyond, Err(Refusal::Rule(Rule::MathOverflow)));
    act(&mut model, |model| model.deposit(POOL, "ben", room, 0));
}
