//! Sales, extensions and cancellations. A product costs 2% a year when nothing is sold, 5% at four fifths of its capacity
//! and 20% when all is.

use crate::stage::*;
use coverage_model::{Atoms, DAY, Model, Parts, Refusal, Rule, Token, YEAR, curve, example};
use proptest::prelude::*;

/// A million of capital, before anything is sold.
fn unsold() -> Model {
    let mut model = empty();
    deposit(&mut model, "ada", 1_000_000);
    model
}

#[test]
fn cover_costs_the_area_under_the_curve() {
    let mut model = unsold();
    // From nothing to four fifths: 3.5% on average, on 800,000 for a year.
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 365)));
    let parts = model.policies[policy].parts;
    let (premium, protocol_fee, assessor_fee) = (units(28_000), units(1_400), units(1_400));
    assert_eq!(parts, Parts { premium, commission: 0, protocol_fee, assessor_fee, unearned: units(25_200) });
    // From there to all: 12.5% on average, on 200,000.
    let offer = model.quote(EXPLOIT, 200_000 * UNIT, 365).unwrap();
    assert_eq!((offer.premium, offer.capacity), (units(25_000), units(200_000)));
    assert_eq!((offer.cover_from, offer.end), (START + DAY, START + DAY + YEAR));
    let more = model.attempt(|model| model.buy(EXPLOIT, cover("dora", 200_000 * UNIT + 1, 365)));
    assert_eq!(more, Err(Refusal::Rule(Rule::ProductCapacity)));
}

#[test]
fn a_commission_comes_on_top() {
    let mut model = unsold();
    let order = cover("dora", 800_000 * UNIT, 365);
    let most = (28_000 + 2_800) * UNIT;
    let dear = model.attempt(|model| {
        model.buy(EXPLOIT, coverage_model::Purchase { commission: ("hugo", 1_000), max_premium: most - 1, ..order })
    });
    assert_eq!(dear, Err(Refusal::Rule(Rule::PremiumTooHigh)));
    let order = coverage_model::Purchase { commission: ("hugo", 1_000), max_premium: most, ..order };
    let policy = act(&mut model, |model| model.buy(EXPLOIT, order));
    assert_eq!(model.policies[policy].parts.unearned, units(25_200));
    assert_eq!(model.balance("hugo", Token::Asset), units(2_800));
}

/// A year's premium of 25,200 is earned by the second from the sale to the end of the cover, a day later than a year.
#[test]
fn premium_is_earned_by_the_second() {
    let mut model = unsold();
    act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 365)));
    model.now += 183 * DAY;
    model.accrue(POOL);
    // Half of 366 days; what the rate is rounded down by is earned at once.
    assert_eq!(model.capital(POOL), units(1_000_000 + 12_600));
    assert_eq!(model.unearned(POOL), units(12_600));
}

#[test]
fn who_cancels_gets_back_what_is_not_earned_less_the_fee() {
    let mut model = unsold();
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 365)));
    model.now += 182 * DAY;
    let before = model.balance("dora", Token::Asset);
    // It ends with the day: 183 of 366 days are left. A twentieth of that is the fee.
    let refund = act(&mut model, |model| model.cancel(policy, "dora", 0));
    assert!((units(11_970) - refund) < 2, "{refund}");
    assert_eq!(model.balance("dora", Token::Asset), before + refund);
    assert_eq!(model.policies[policy].release_day, START / DAY + 183 + 30);
    let again = model.attempt(|model| model.cancel(policy, "dora", 0));
    assert_eq!(again, Err(Refusal::Rule(Rule::PolicyEnded)));
}

/// Thirty days more, priced as the last slice sold.
#[test]
fn an_extension_costs_what_the_cover_would() {
    let mut model = unsold();
    let policy = act(&mut model, |model| model.buy(EXPLOIT, cover("dora", 800_000 * UNIT, 100)));
    let premium = act(&mut model, |model| model.extend(policy, "dora", 73, ("hugo", 0), u64::MAX));
    // A fifth of a year.
    assert_eq!(premium, units(28_000 / 5));
    assert_eq!(model.policies[policy].end_day, START / DAY + 1 + 173);
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
    }
}
