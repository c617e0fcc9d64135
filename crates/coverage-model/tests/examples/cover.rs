//! Sales, extensions, reductions and cancellations. A product costs 2% a year when nothing is sold, 5% at four fifths of its
//! capacity and 20% when all is. What is paid for is the time until the capacity is free again: a cover of 334 days, with a day of
//! waiting and 30 of grace, holds it for a year.

use crate::stage::*;
use coverage_model::{
    AGAINST, Atoms, DAY, FOR, Model, Parts, Proposal, Purchase, Refusal, Rule, Token, YEAR, curve, example,
};
use proptest::prelude::*;

/// A million of capital, before anything is sold.
fn unsold() -> Model {
    funded(1_000_000)
}

/// The same, of which dora's cover takes four fifths for a year. Of its premium of 28,000 the LPs get 25,200.
fn sold() -> (Model, usize) {
    let mut model = unsold();
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 334)));
    (model, policy)
}

/// Whether an amount is another but for roundings of a few atoms.
fn near(amount: Atoms, other: Atoms) -> bool {
    (amount - other).abs() <= 3
}

#[test]
fn cover_costs_the_area_under_the_curve() {
    let (model, policy) = sold();
    // From nothing to four fifths: 3.5% on average, on 800,000 for a year.
    let (parts, mut model) = (model.policies[policy].parts, model);
    let (premium, protocol_fee, assessor_fee) = (units(28_000), units(1_400), units(1_400));
    assert_eq!(parts, Parts { premium, commission: 0, protocol_fee, assessor_fee, unearned: units(25_200) });
    // From there to all: 12.5% on average, on 200,000.
    let offer = model.quote(EXPLOIT, 200_000 * UNIT, 334).unwrap();
    assert_eq!((offer.premium, offer.capacity), (units(25_000), units(200_000)));
    assert_eq!((offer.cover_from, offer.end), (START + DAY, START + 335 * DAY));
    let more = model.attempt(|model| model.buy(EXPLOIT, cover("dora", 200_000 * UNIT + 1, 334)));
    assert_eq!(more, Err(Refusal::Rule(Rule::ProductCapacity)));
}

#[test]
fn a_commission_comes_on_top() {
    let mut model = unsold();
    let order = cover("dora", 800_000 * UNIT, 334);
    let most = (28_000 + 2_800) * UNIT;
    let dear = model
        .attempt(|model| model.buy(EXPLOIT, Purchase { commission: ("hugo", 1_000), max_premium: most - 1, ..order }));
    assert_eq!(dear, Err(Refusal::Rule(Rule::PremiumTooHigh)));
    let order = Purchase { commission: ("hugo", 1_000), max_premium: most, ..order };
    let policy = act(&mut model, |model| model.buy(EXPLOIT, order));
    assert_eq!(model.policies[policy].parts.unearned, units(25_200));
    assert_eq!(model.balance("hugo", Token::Asset), units(2_800));
}

/// A year's premium of 25,200 is earned by the second from the sale until the capacity is free.
#[test]
fn premium_is_earned_by_the_second() {
    let (mut model, _) = sold();
    model.now += YEAR / 2;
    model.accrue(POOL);
    // What the rate is rounded down by is earned at once.
    assert_eq!(model.capital(POOL), units(1_000_000 + 12_600));
    assert_eq!(model.unearned(POOL), units(12_600));
}

/// Capital that came yesterday is not counted yet: it stays for a whole day first. What leaves is counted no longer at once.
#[test]
fn only_capital_that_stayed_carries_cover() {
    let mut model = unsold();
    let room = |model: &mut Model| model.quote(EXPLOIT, 1_000 * UNIT, 30).map(|offer| offer.capacity);
    model.now += DAY / 2;
    deposit(&mut model, "ben", 1_000_000);
    let day = START / DAY;
    for (at, most) in [(START + DAY / 2, 1_000_000), ((day + 2) * DAY - 1, 1_000_000), ((day + 2) * DAY, 2_000_000)] {
        model.now = at;
        assert!(near(room(&mut model).unwrap(), units(most)), "at {at}: {:?}", room(&mut model));
    }
    let half = shares(&model, "ben") / 2;
    let (number, _) = model.exit_epoch(POOL);
    let ask = |model: &mut Model| model.request_exit(POOL, ("ben", "ben"), 0, number, half.try_into().unwrap());
    act(&mut model, ask);
    assert!(near(room(&mut model).unwrap(), units(1_500_000)));
    // It is no more than the least of the season when as much comes again.
    deposit(&mut model, "ada", 500_000);
    assert!(near(room(&mut model).unwrap(), units(1_500_000)));
}

#[test]
fn who_cancels_gets_back_what_is_not_earned_less_the_fee() {
    let (mut model, policy) = sold();
    let early = model.attempt(|model| model.cancel(policy, "dora", 0));
    assert_eq!(early, Err(Refusal::Rule(Rule::BoughtToday)));
    model.now += 261 * DAY;
    let before = model.balance("dora", Token::Asset);
    // It ends with the day, and its capacity is held for 30 days more: 73 of 365 days are left. A twentieth of that is the fee.
    let refund = act(&mut model, |model| model.cancel(policy, "dora", 0));
    assert!(near(refund, units(5_040 - 252)), "{refund}");
    assert_eq!(model.balance("dora", Token::Asset), before + refund);
    assert_eq!(model.policies[policy].release_day, START / DAY + 262 + 30);
    let again = model.attempt(|model| model.cancel(policy, "dora", 0));
    assert_eq!(again, Err(Refusal::Rule(Rule::PolicyEnded)));
}

/// What never covered anything is held until the second midnight, and no longer.
#[test]
fn who_cancels_before_the_cover_begins_gets_back_all_but_two_days() {
    let mut model = unsold();
    model.products[EXPLOIT].terms.waiting_days = 30;
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 305)));
    // In the evening of the 19th day: the LPs earn for 20 of the 365.
    model.now += 19 * DAY - 3_600;
    let refund = act(&mut model, |model| model.cancel(policy, "dora", 0));
    assert!(near(refund, units(25_200) * 345 / 365 * 19 / 20), "{refund}");
    assert_eq!(model.policies[policy].release_day, START / DAY + 20);
    for (time, active) in [(START + 20 * DAY - 1, units(800_000)), (START + 20 * DAY, 0)] {
        let mut then = model.clone();
        then.now = time;
        then.roll(EXPLOIT);
        assert_eq!((then.product_active(EXPLOIT), then.pool_active(POOL)), (active, active));
    }
    let covers = [model.now, START + 30 * DAY, START + 31 * DAY].map(|time| model.policies[policy].covers(time));
    assert_eq!(covers, [false; 3]);
    let early = model.attempt(|model| model.close_policy(policy, "keeper"));
    assert_eq!(early, Err(Refusal::Rule(Rule::PolicyAlive)));
    model.now = START + 20 * DAY;
    act(&mut model, |model| model.close_policy(policy, "keeper"));
}

/// A quarter is given back two days before a fifth of the time has passed, and held until it has.
#[test]
fn who_gives_a_part_back_keeps_the_rest_as_it_was() {
    let (mut model, policy) = sold();
    model.now += 71 * DAY;
    for part in [0, 800_000 * UNIT] {
        let wrong = model.attempt(|model| model.reduce(policy, "dora", part, 0));
        assert_eq!(wrong, Err(Refusal::Rule(Rule::NotPartOfCover)));
    }
    let before = model.streams[model.policies[policy].stream].rate;
    let refund = act(&mut model, |model| model.reduce(policy, "dora", 200_000 * UNIT, 0));
    assert!(near(refund, units(5_040 - 252)), "{refund}");
    assert_eq!((model.product_active(EXPLOIT), model.policies[policy].amount), (units(800_000), units(600_000)));
    for (time, active) in [(START + 73 * DAY - 1, 800_000), (START + 73 * DAY, 600_000)] {
        let mut then = model.clone();
        then.now = time;
        then.roll(EXPLOIT);
        assert_eq!((then.product_active(EXPLOIT), then.pool_active(POOL)), (units(active), units(active)));
    }
    let rate = model.streams[model.policies[policy].stream].rate;
    assert!((0..2).contains(&(rate - before * 3 / 4)), "{rate} of {before}");
    // The deductible stays that of all: 5% of 800,000.
    let (reduced, policy_holder) = (model.now, ("dora", "dora"));
    for (at, deductible) in [(reduced, 40_000), (reduced + 1, 40_000)] {
        model.now = reduced + 2;
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, policy_holder, at));
        let claimed =
            |model: &mut Model, loss| model.submit_claim(incident, policy, policy_holder, policy_holder, loss);
        let none = model.trial(|model| claimed(model, deductible * UNIT));
        assert_eq!(none, Err(Refusal::Rule(Rule::BelowDeductible)));
        let most = model.trial(|model| claimed(model, (deductible + 600_000) * UNIT));
        assert!(most.is_ok());
        let more = model.trial(|model| claimed(model, (deductible + 600_000) * UNIT + 1));
        assert_eq!(more, Err(Refusal::Rule(Rule::AboveSumInsured)));
    }
}

/// What was lost before the cancellation is claimed less the refund, which comes back when the claim comes to nothing.
#[test]
fn a_claim_gives_the_refund_back_first() {
    let (mut model, policy) = sold();
    act(&mut model, |model| model.stake(("vera", "vera"), 600 * UNIT));
    model.now += 261 * DAY;
    let refund = act(&mut model, |model| model.cancel(policy, "dora", 0));
    let (now, dora) = (model.now, ("dora", "dora"));
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, dora, now));
    let loss = |net: Atoms| u64::try_from(units(40_000) + net).unwrap();
    let claim = act(&mut model, |model| model.submit_claim(incident, policy, dora, dora, loss(units(10_000))));
    assert_eq!((model.claimed(policy), model.given_back(policy)), (units(10_000), 0), "nothing is paid yet");
    // A second one beside it is paid, the first comes to nothing.
    let second = act(&mut model, |model| model.open_incident(EXPLOIT, dora, now));
    let more = act(&mut model, |model| model.submit_claim(second, policy, dora, dora, loss(refund + 1)));
    assert_eq!(model.claims[more].amount, refund + 1);
    for (incident, level) in [(incident, AGAINST), (second, FOR)] {
        let ballot = model.incidents[incident].ballot.unwrap();
        act(&mut model, |model| model.vote(ballot, ("vera", "vera"), level));
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    }
    model.now += 2 * DAY;
    for incident in [incident, second] {
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
    }
    settle(&mut model, incident);
    act(&mut model, |model| model.payout(claim, (true, true), "keeper"));
    assert_eq!((model.claimed(policy), model.given_back(policy)), (refund + 1, 0), "it was rejected");
    model.now += 18 * DAY;
    settle(&mut model, second);
    act(&mut model, |model| model.payout(more, (true, true), "keeper"));
    assert_eq!((model.claimed(policy), model.given_back(policy)), (refund + 1, refund));
    assert_eq!(model.policies[policy].held, units(800_000) - refund - 1, "what was paid is released");
}

/// Of a cover of which half was used, half of what is left of the premium comes back.
#[test]
fn nobody_is_refunded_for_what_was_used() {
    let (mut model, policy) = sold();
    act(&mut model, |model| model.stake(("vera", "vera"), 600 * UNIT));
    model.now += 50 * DAY;
    let (now, dora) = (model.now, ("dora", "dora"));
    let incident = act(&mut model, |model| model.open_incident(EXPLOIT, dora, now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(&mut model, |model| model.vote(ballot, ("vera", "vera"), FOR));
    let claim = act(&mut model, |model| model.submit_claim(incident, policy, dora, dora, 440_000 * UNIT));
    act(&mut model, |model| model.close_ballot(ballot, "keeper"));
    model.now += 2 * DAY;
    act(&mut model, |model| model.decide_incident(incident, "keeper"));
    model.now += 18 * DAY;
    settle(&mut model, incident);
    assert_eq!(model.product_active(EXPLOIT), units(800_000));
    act(&mut model, |model| model.payout(claim, (true, true), "keeper"));
    assert_eq!(model.product_active(EXPLOIT), units(400_000), "nothing can be claimed of that again");
    model.now = START + 261 * DAY;
    let refund = act(&mut model, |model| model.cancel(policy, "dora", 0));
    assert!(near(refund, units((5_040 - 252) / 2)), "{refund}");
    // The rest of its stream goes on until its day.
    let rest = model.streams[model.policies[policy].stream];
    assert_eq!((rest.end_day, rest.runs(rest.end_day - 1)), (START / DAY + 365, true));
}

/// Thirty days more, priced as the last slice sold.
#[test]
fn an_extension_costs_what_the_cover_would() {
    let mut model = unsold();
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 100)));
    let premium = act(&mut model, |model| model.extend(policy, "dora", 73, ("hugo", 0), u64::MAX));
    // A fifth of a year.
    assert_eq!(premium, units(28_000 / 5));
    assert_eq!(model.policies[policy].end, START + (1 + 173) * DAY);
}

/// It needs no free capital: what lies above the capacity costs as much as the last atom of all. But those come first who wait.
#[test]
fn an_extension_fails_only_while_exits_wait() {
    let mut model = unsold();
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 100)));
    let all = shares(&model, "ada");
    let ask = |model: &mut Model, shares: Atoms| {
        let (number, _) = model.exit_epoch(POOL);
        let ask =
            |model: &mut Model| model.request_exit(POOL, ("ada", "ada"), u64::MAX, number, shares.try_into().unwrap());
        act(model, ask);
    };
    let price = |model: &mut Model| model.trial(|model| model.extend(policy, "dora", 73, ("hugo", 0), u64::MAX));
    ask(&mut model, all / 2);
    // 5.3% of 500,000, 20% of 300,000 above it, for a fifth of a year.
    let half = price(&mut model).unwrap();
    assert!(near(half, units((26_500 + 60_000) / 5)), "{half}");
    ask(&mut model, all - all / 2);
    assert_eq!(price(&mut model), Ok(units(160_000 / 5)));
    // 800,000 of cover keep 400,000 in.
    model.now += 7 * DAY - 1;
    assert!(price(&mut model).is_ok());
    model.now += 1;
    assert_eq!(price(&mut model), Err(Refusal::Rule(Rule::ExitsWait)));
    let epoch = model.first_epoch(POOL).unwrap();
    act(&mut model, |model| model.pay_exits(epoch, "keeper"));
    assert_eq!(price(&mut model), Err(Refusal::Rule(Rule::ExitsWait)), "the rest still waits");
}

proptest! {
    /// In parts it is never cheaper, and dearer by less than an atom for each part.
    #[test]
    fn a_purchase_in_parts_costs_the_same(
        capacity in 1..1i128 << 60,
        cuts in [0..=1_000_000i128, 0..=1_000_000, 0..=1_000_000],
        kink_bps in 1..10_000u16,
        rates in [0..1_000_000u32, 0..1_000_000, 0..1_000_000],
        seconds in 1..2 * YEAR,
    ) {
        let [r0_ppm, r1_ppm, r2_ppm] = rates;
        let terms = coverage_model::ProductParams { r0_ppm, r1_ppm, r2_ppm, kink_bps, ..example::product() };
        let mut cuts = cuts.map(|part| capacity * part / 1_000_000);
        cuts.sort_unstable();
        let [from, middle, to] = cuts;
        let premium = |from: Atoms, to: Atoms| curve::premium(&terms, capacity, from, to, seconds).unwrap();
        let parts = premium(from, middle) + premium(middle, to);
        prop_assert!((premium(from, to)..=premium(from, to) + 1).contains(&parts));
        // What is held already is priced as it is sold, as far as it fits the capacity, be that less or more.
        prop_assert_eq!(curve::premium_of_held(&terms, capacity, from, to, seconds), Ok(premium(from, to)));
        let held = |from: Atoms, to: Atoms| curve::premium_of_held(&terms, middle, from, to, seconds).unwrap();
        let (cut, whole) = ((from + to) / 2, held(from, to));
        prop_assert!((whole..=whole + 2).contains(&(held(from, cut) + held(cut, to))));
    }
}

/// A thousand units of stake, a day old, carry what the pool says, and nothing below its floor.
#[test]
fn a_court_carries_no_more_cover_than_its_stake_is_worth() {
    let mut model = pool();
    model.now += 5 * DAY;
    let sell = |model: &mut Model, amount: u64| {
        let terms = model.terms_of_sale(EXPLOIT);
        model.attempt(|model| {
            model.buy(EXPLOIT, Purchase { id: 1, terms, ..cover("hal", amount * UNIT, 30) }).map(|_| ())
        })
    };
    // 600,000 are covered, on two products.
    model.pools[POOL].params.cover_per_stake = 700 * 1_000_000_000;
    assert_eq!(model.trial(|model| model.room(EXPLOIT)), Ok(units(100_000)));
    assert_eq!(sell(&mut model, 100_001), Err(Refusal::Rule(Rule::CourtCapacity)));
    // Whether incidents are open or not.
    let now = model.now;
    act(&mut model, |model| model.open_incident(DEPEG, ("fay", "fay"), now));
    assert_eq!(sell(&mut model, 100_001), Err(Refusal::Rule(Rule::CourtCapacity)));
    assert_eq!(sell(&mut model, 100_000), Ok(()));
    assert_eq!(sell(&mut model, 1), Err(Refusal::Rule(Rule::CourtCapacity)));
    model.pools[POOL].params.cover_per_stake = 0;
    assert_eq!(sell(&mut model, 1), Ok(()));
    // An atom below the floor.
    for product in [EXPLOIT, DEPEG] {
        model.products[product].stake_floor = 900 * UNIT;
    }
    model.pools[POOL].params.stake_floor = 900 * UNIT;
    act(&mut model, |model| model.request_unstake("xeno", 100 * UNIT));
    assert_eq!(sell(&mut model, 1), Ok(()));
    act(&mut model, |model| model.request_unstake("walt", 1));
    assert_eq!(sell(&mut model, 1), Err(Refusal::Rule(Rule::CourtBelowFloor)));
    assert_eq!(model.room(EXPLOIT), Ok(0));
    // Who is covered may go without a fee.
    assert!(model.policies[0].cancel_fee_bps > 0);
    let streams = model.unearned(POOL);
    let refund = act(&mut model, |model| model.cancel(0, "dora", 0));
    assert!(refund > 0 && model.unearned(POOL) == streams - refund && model.is_left_freely(EXPLOIT));
}

/// A product keeps the floor that it was sold with; while another waits, holders may leave without a fee, and none stay longer.
#[test]
fn another_floor_holds_for_what_covers_nothing() {
    let mut model = pool();
    model.now += 5 * DAY;
    assert!(!model.is_left_freely(EXPLOIT));
    let before = (model.terms_of_sale(EXPLOIT), model.terms_of_sale(PEG));
    let what = Proposal::StakeFloor { stake_floor: 1_001 * UNIT };
    let change = act(&mut model, |model| model.propose_change((POOL, None), what, ("founder", "ada")));
    model.now = model.changes[change].applies_at;
    act(&mut model, |model| model.apply_change(change));
    assert_eq!((model.terms_of_sale(EXPLOIT), model.terms_of_sale(PEG)), (before.0 + 1, before.1 + 2));
    assert!(model.is_left_freely(EXPLOIT));
    let terms = model.terms_of_sale(EXPLOIT);
    let longer = model.attempt(|model| model.buy(EXPLOIT, Purchase { id: 1, terms, ..cover("hal", UNIT, 180) }));
    assert_eq!(longer, Err(Refusal::Rule(Rule::TermsWait)));
    act(&mut model, |model| model.buy(EXPLOIT, Purchase { id: 1, terms, ..cover("hal", UNIT, 30) }));
    let terms = model.terms_of_sale(PEG);
    let first = model.attempt(|model| model.buy(PEG, Purchase { id: 2, terms, ..cover("hal", UNIT, 30) }));
    assert_eq!(first, Err(Refusal::Rule(Rule::CourtBelowFloor)));
}
