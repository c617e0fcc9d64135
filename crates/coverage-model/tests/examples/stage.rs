//! Where the examples play: a pool with four products, LPs, holders and voters.

use coverage_model::{Atoms, DAY, Model, Name, Outcome, Phase, Purchase, Token, example};

/// Atoms of a unit of the tokens.
pub const UNIT: u64 = 1_000_000;
/// The first second of a day.
pub const START: u64 = 20_000 * DAY;
pub const POOL: usize = 0;

/// The products: two of the jury, one of a price, one of a covered program, on which "venue" draws.
pub const EXPLOIT: usize = 0;
pub const DEPEG: usize = 1;
pub const PEG: usize = 2;
pub const SHORTFALL: usize = 3;

/// A million units of capital, two policies over 300,000 for 180 days, dora's on the one jury product and fay's on the
/// other, and 1,000 units of stake, of which vera has 600, walt 300 and xeno 100.
pub fn pool() -> Model {
    let mut model = funded(1_000_000);
    for (who, amount) in [("vera", 600), ("walt", 300), ("xeno", 100)] {
        act(&mut model, |model| model.stake((who, who), amount * UNIT));
    }
    for (who, product) in [("dora", EXPLOIT), ("fay", DEPEG)] {
        act(&mut model, |model| model.buy(product, cover(who, 300_000 * UNIT, 180)));
    }
    model
}

/// So many units of ada's alone, which have stayed for a season, at the second from which the pool sells.
pub fn funded(amount: u64) -> Model {
    let mut model = empty();
    deposit(&mut model, "ada", amount);
    model.now = START;
    model.accrue(POOL);
    model
}

/// The same without deposits, stakes and policies, when the pool is announced open.
pub fn empty() -> Model {
    let mut model = Model::new(START - 10 * DAY, example::assembly(), "founder");
    model.create_pool(example::pool(), None);
    for terms in [example::product(), example::product(), example::price_product()] {
        model.list_product(POOL, terms, None);
    }
    model.list_product(POOL, example::draw_product(), Some("venue"));
    act(&mut model, |model| model.open_pool(POOL));
    for who in ["ada", "ben", "dora", "fay", "hal", "venue"] {
        model.give(who, Token::Asset, Atoms::from(2_000_000 * UNIT));
        model.give(who, Token::Lamports, 1_000_000_000_000);
    }
    for (who, amount) in [("vera", 600), ("walt", 300), ("xeno", 100)] {
        model.give(who, Token::Governance, Atoms::from(amount * UNIT));
        model.give(who, Token::Lamports, 1_000_000_000_000);
    }
    model
}

/// Cover of an amount for who buys it.
pub fn cover(payer: Name, amount: u64, term_days: u16) -> Purchase {
    let (holder, commission) = (Some(payer), ("hugo", 0));
    Purchase { payer, holder, id: 0, amount, term_days, commission, max_premium: u64::MAX, terms: 0 }
}

/// Somebody deposits so many units. Returns the shares.
#[track_caller]
pub fn deposit(model: &mut Model, who: Name, amount: u64) -> Atoms {
    let seen = model.seen(POOL);
    act(model, |model| model.deposit(POOL, who, amount * UNIT, 0, seen))
}

/// What somebody has of the pool's shares.
pub fn shares(model: &Model, who: Name) -> Atoms {
    model.balance(who, model.shares_of(POOL))
}

/// Takes every step that ends an incident: reads its verdict, ends its filing, settles it or rejects it.
#[track_caller]
pub fn settle(model: &mut Model, incident: usize) {
    if model.incidents[incident].state == Phase::Open {
        act(model, |model| model.decide_incident(incident, "keeper"));
    }
    if model.incidents[incident].state == Phase::Accepted && !model.incidents[incident].filing_ended {
        act(model, |model| model.end_filing(incident, "keeper"));
    }
    let next = model.open_on(model.incidents[incident].product).nth(1);
    act(model, |model| model.settle_incident(incident, next, "keeper"));
}

/// Does something that must succeed; then B1 holds.
#[track_caller]
pub fn act<T>(model: &mut Model, action: impl FnOnce(&mut Model) -> Outcome<T>) -> T {
    let answer = model.attempt(action).expect("nothing forbids it");
    assert_eq!(model.pools[POOL].vault, model.owed(POOL), "the vault holds the sum of the buckets");
    answer
}

/// All tokens of the asset, and all of the governance token.
pub fn tokens(model: &Model) -> (Atoms, Atoms) {
    let held = |wanted| model.wallets.iter().filter(move |(_, token, _)| *token == wanted).map(|(.., amount)| amount);
    let staked = model.staked(u64::MAX) + model.unstaking() + model.slashed_stake();
    (held(Token::Asset).sum::<Atoms>() + model.pools[POOL].vault, held(Token::Governance).sum::<Atoms>() + staked)
}

/// So many units.
pub fn units(number: u64) -> Atoms {
    Atoms::from(number * UNIT)
}
