//! `curve` against exact fractions, and the laws a buyer relies on.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::{BPS, DAY, MAX_CAPITAL, PPM, YEAR, curve::Curve};
use proptest::prelude::*;
use reference::{Fraction, config, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/curve.txt");
const MAX_SECONDS: u32 = 1 << 26;

fn curve() -> impl Strategy<Value = Curve> + Clone {
    ([any::<u32>(), any::<u32>(), any::<u32>()], any::<u16>()).prop_map(|(rates, kink)| {
        // Small rates and the edges come up as often as the rest; equal rates too.
        let mut rates = rates.map(|raw| [0, 1, PPM, raw % 100, raw % PPM, raw % (PPM + 1)][(raw >> 24) as usize % 6]);
        rates.sort_unstable();
        let kink_bps = [1, BPS - 1, 5_000, kink % (BPS - 1) + 1][kink as usize % 4];
        Curve { r0_ppm: rates[0], r1_ppm: rates[1], r2_ppm: rates[2], kink_bps }
    })
}

/// A curve, a capacity, four points of it in order, and a duration.
#[derive(Clone, Debug)]
struct Case {
    curve: Curve,
    capacity: u64,
    at: [u64; 4],
    seconds: u32,
}

impl Case {
    fn premium(&self, from: u64, to: u64) -> u64 {
        self.curve.premium(self.capacity, from, to - from, self.seconds).expect("within the bounds")
    }
}

fn case() -> impl Strategy<Value = Case> + Clone {
    (curve(), word(), [word(), word(), word(), word()], any::<u32>()).prop_map(|(curve, capacity, points, seconds)| {
        let capacity = within(capacity, MAX_CAPITAL).max(1);
        // Every other capacity puts the kink on a whole atom; round numbers give premiums that need no rounding.
        let round = points[1] % 4 == 0;
        let unit = if round { 10_000_000_000 } else { u64::from(BPS) };
        let whole = capacity - capacity % unit;
        let capacity = if points[0] % 2 == 0 && whole > 0 { whole } else { capacity };
        let kink = kink_atoms(&curve, capacity);
        let mut at = points.map(|raw| match raw % 11 {
            0 => 0,
            1 => capacity,
            2 => capacity - 1,
            3 => kink,
            4 => kink.saturating_sub(1),
            5 => (kink + 1).min(capacity),
            _ if round => capacity / 10 * (raw % 10),
            _ => within(raw, capacity),
        });
        at.sort_unstable();
        let seconds = match seconds % 7 {
            0 => (seconds >> 8) % 2,
            1 => DAY as u32,
            2 => YEAR as u32,
            3 => MAX_SECONDS,
            _ if round => YEAR as u32,
            _ => seconds % (MAX_SECONDS + 1),
        };
        Case { curve, capacity, at, seconds }
    })
}

/// The last whole atom at or before the kink.
fn kink_atoms(curve: &Curve, capacity: u64) -> u64 {
    u64::try_from(u128::from(capacity) * u128::from(curve.kink_bps) / u128::from(BPS)).unwrap()
}

/// `∫ r(a / capacity) da` from 0 to `x`, in ppm × atoms: the antiderivative of the two lines of DESIGN §4.
fn antiderivative(curve: &Curve, capacity: u64, x: u64) -> Fraction {
    let [r0, r1, r2] = [curve.r0_ppm, curve.r1_ppm, curve.r2_ppm].map(Fraction::whole);
    let half = Fraction::new(1, 2);
    let (x, full) = (Fraction::whole(x), Fraction::whole(capacity));
    let kink = &full * &Fraction::new(curve.kink_bps, BPS);
    // low × length + (high − low) × length² / (2 × width)
    let piece = |low: &Fraction, high: &Fraction, length: &Fraction, width: &Fraction| {
        &(low * length) + &(&(&(high - low) * &half) * &(&(length * length) / width))
    };
    if x <= kink {
        piece(&r0, &r1, &x, &kink)
    } else {
        &piece(&r0, &r1, &kink, &kink) + &piece(&r1, &r2, &(&x - &kink), &(&full - &kink))
    }
}

/// The premium before it is rounded up.
fn exact(case: &Case, from: u64, to: u64) -> Fraction {
    let area = &antiderivative(&case.curve, case.capacity, to) - &antiderivative(&case.curve, case.capacity, from);
    &area * &Fraction::new(case.seconds, u64::from(PPM) * YEAR)
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    /// Never `None` within the bounds, and never 0 for something.
    #[test]
    fn premium_is_the_integral_rounded_up(case in case()) {
        let [from, to, ..] = case.at;
        let exact = exact(&case, from, to);
        let premium = case.curve.premium(case.capacity, from, to - from, case.seconds);
        prop_assert_eq!(premium.map(Into::into), Some(exact.ceil()));
        prop_assert_eq!(premium > Some(0), exact > Fraction::whole(0));
    }

    #[test]
    fn premium_is_positive_when_something_is_sold(case in case()) {
        let [from, to, ..] = case.at;
        let curve = &case.curve;
        // A line that rises is above 0 everywhere but at its start.
        let beyond_kink = u128::from(to) * u128::from(BPS) > u128::from(case.capacity) * u128::from(curve.kink_bps);
        let priced = curve.r1_ppm > 0 || curve.r2_ppm > 0 && beyond_kink;
        prop_assert_eq!(case.premium(from, to) > 0, from < to && case.seconds > 0 && priced);
    }

    #[test]
    fn parts_are_never_cheaper_and_an_atom_dearer_at_most(case in case()) {
        let [a, b, c, d] = case.at;
        let (whole, parts) = (case.premium(a, c), case.premium(a, b) + case.premium(b, c));
        prop_assert!(whole <= parts && parts <= whole + 1, "whole {}, two parts {}", whole, parts);
        let (whole, parts) = (case.premium(a, d), parts + case.premium(c, d));
        prop_assert!(whole <= parts && parts <= whole + 2, "whole {}, three parts {}", whole, parts);
    }

    #[test]
    fn premium_rises_with_the_amount(case in case()) {
        let [from, less, more, _] = case.at;
        prop_assert!(case.premium(from, less) <= case.premium(from, more));
    }

    #[test]
    fn premium_rises_with_the_term(case in case(), other in 0..=MAX_SECONDS) {
        let [from, to, ..] = case.at;
        let shorter = Case { seconds: other.min(case.seconds), ..case.clone() };
        let longer = Case { seconds: other.max(case.seconds), ..case };
        prop_assert!(shorter.premium(from, to) <= longer.premium(from, to));
    }

    #[test]
    fn premium_rises_with_the_utilisation(case in case(), amount in word()) {
        let [_, low, high, _] = case.at;
        let amount = within(amount, case.capacity - high);
        prop_assert!(case.premium(low, low + amount) <= case.premium(high, high + amount));
    }

    /// What is held already costs the integral as far as the capacity goes, and full utilisation above it; each is rounded up.
    #[test]
    fn held_cover_costs_full_utilisation_above_the_capacity(case in case()) {
        let Case { curve, at: [capacity, from, to, last], .. } = case;
        for (capacity, from, to) in [(capacity, from, to), (from, capacity, to), (to, capacity, from), (last, from, to)] {
            let at = Case { capacity, ..case.clone() };
            let edge = capacity.clamp(from, to);
            let within = if edge > from { exact(&at, from, edge) } else { Fraction::whole(0) };
            let rate = &Fraction::whole(curve.r2_ppm) * &Fraction::new(case.seconds, u64::from(PPM) * YEAR);
            let above = &Fraction::whole(to - edge) * &rate;
            let found = curve.premium_of_held(capacity, from, to - from, case.seconds);
            prop_assert_eq!(found.map(Into::into), Some(within.ceil() + above.ceil()));
            if to <= capacity {
                prop_assert_eq!(found, Some(at.premium(from, to)));
            }
        }
    }

    #[test]
    fn held_cover_in_parts_is_never_cheaper_and_an_atom_dearer_at_most(case in case(), order in 0usize..4) {
        let Case { curve, at: mut points, seconds, .. } = case;
        points.rotate_left(order);
        let [capacity, rest @ ..] = points;
        let mut rest = rest;
        rest.sort_unstable();
        let [from, middle, to] = rest;
        let held = |from: u64, to: u64| curve.premium_of_held(capacity, from, to - from, seconds).unwrap();
        let (whole, parts) = (held(from, to), held(from, middle) + held(middle, to));
        prop_assert!(whole <= parts && parts <= whole + 1, "whole {}, two parts {}", whole, parts);
        // And less capacity makes nothing cheaper, but for a rounding.
        let wide = curve.premium_of_held(capacity.max(middle), from, to - from, seconds).unwrap();
        prop_assert!(wide <= whole + 1, "{} with more capacity, {} with less", wide, whole);
    }

    #[test]
    fn none_outside_the_bounds(case in case(), excess in word(), field in 0u8..6) {
        let Case { mut curve, mut capacity, at: [mut active, end, ..], seconds } = case;
        let mut amount = end - active;
        match field {
            0 => amount = (capacity - active + 1).saturating_add(excess),
            1 => (active, amount) = ((capacity + 1).saturating_add(excess), within(amount, 1)),
            2 => capacity = (MAX_CAPITAL + 1).saturating_add(excess),
            3 => curve.kink_bps = [0, BPS, BPS + 1, u16::MAX][excess as usize % 4],
            4 => curve.r2_ppm = [PPM + 1, u32::MAX][excess as usize % 2],
            _ => (curve.r0_ppm, curve.r1_ppm) = (curve.r1_ppm + 1, curve.r0_ppm),
        }
        prop_assert_eq!(curve.premium(capacity, active, amount, seconds), None);
        prop_assert_eq!(curve.is_valid(), field < 3);
    }

    #[test]
    fn rate_rises_from_end_to_end(case in case()) {
        let Case { curve, capacity, at: [low, high, ..], .. } = case;
        let rate = |active| curve.rate_ppm(capacity, active).expect("within the bounds");
        prop_assert_eq!((rate(0), rate(capacity)), (curve.r0_ppm, curve.r2_ppm));
        prop_assert!(rate(low) <= rate(high));
        if u128::from(capacity) * u128::from(curve.kink_bps) % u128::from(BPS) == 0 {
            prop_assert_eq!(rate(kink_atoms(&curve, capacity)), curve.r1_ppm);
        }
        prop_assert_eq!(curve.rate_ppm(capacity, capacity + 1 + high), None);
        prop_assert_eq!(curve.rate_ppm(0, 0), None);
        prop_assert_eq!(Curve { r2_ppm: PPM + 1, ..curve }.rate_ppm(capacity, low), None);
    }

    /// The rate is on the line, rounded up; nothing sold up to there costs more than it, as the curve rises.
    #[test]
    fn rate_is_the_derivative_rounded_up(case in case()) {
        let (Case { curve, capacity, .. }, [from, to, ..]) = (case.clone(), case.at);
        let at = &Fraction::whole(to) / &Fraction::whole(capacity);
        let kink = Fraction::new(curve.kink_bps, BPS);
        let (low, high, part) = if at <= kink {
            (curve.r0_ppm, curve.r1_ppm, &at / &kink)
        } else {
            (curve.r1_ppm, curve.r2_ppm, &(&at - &kink) / &(&Fraction::whole(1) - &kink))
        };
        let exact_rate = &Fraction::whole(low) + &(&Fraction::whole(high - low) * &part);
        prop_assert_eq!(curve.rate_ppm(capacity, to).map(Into::into), Some(exact_rate.ceil()));
        let sold = &Fraction::whole(to - from) * &Fraction::new(case.seconds, u64::from(PPM) * YEAR);
        prop_assert!(exact(&case, from, to) <= &exact_rate * &sold);
    }
}

/// The same by hand, of cover that is held already.
#[test]
fn held_examples() {
    let curve = Curve { r0_ppm: 10_000, r1_ppm: 50_000, r2_ppm: 500_000, kink_bps: 8_000 };
    let year = YEAR as u32;
    for (capacity, active, amount, premium) in [
        (1_000_000, 0, 1_000_000, Some(79_000)),           // as it is sold
        (1_000_000, 0, 1_500_000, Some(79_000 + 250_000)), // half of a million above it
        (1_000_000, 1_000_000, 500_000, Some(250_000)),
        (1_000_000, 2_000_000, 500_000, Some(250_000)),
        (1_000_000, 2_000_000, 1, Some(1)), // half an atom
        (0, 0, 1_000_000, Some(500_000)),   // nothing carries it
        (0, 0, 0, Some(0)),
        (1 << 60, 0, u64::MAX, Some(91_080_798_863_940_912 + ((u64::MAX - (1 << 60)) / 2 + 1))),
        (MAX_CAPITAL + 1, 0, 1, None), // beyond what is proven
    ] {
        assert_eq!(curve.premium_of_held(capacity, active, amount, year), premium, "{active} + {amount} of {capacity}");
    }
}

/// 1% at no utilisation, 5% at the kink of 80%, 50% when full, over a year: by hand.
#[test]
fn examples() {
    let curve = Curve { r0_ppm: 10_000, r1_ppm: 50_000, r2_ppm: 500_000, kink_bps: 8_000 };
    let year = YEAR as u32;
    let table = [
        // capacity, active, amount, seconds, premium
        (1_000_000, 0, 800_000, year, Some(24_000)), // to the kink: mean 3%
        (1_000_000, 800_000, 200_000, year, Some(55_000)), // from the kink to full: mean 27.5%
        (1_000_000, 0, 1_000_000, year, Some(79_000)), // both
        (1_000_000, 400_000, 400_000, year, Some(16_000)), // mean of 3% and 5%
        (1_000_000, 700_000, 200_000, year, Some(21_000)), // across: 100,000 × 4.75% + 100,000 × 16.25%
        (1_000_000, 0, 800_000, year / 365, Some(66)), // 65.75… for a day
        (1_000_000, 799_999, 1, year, Some(1)),      // the last atom below the kink
        (1_000_000, 800_000, 1, year, Some(1)),      // the first atom above it
        (1_000_000, 999_999, 1, year, Some(1)),      // the last of all
        (1_000_000, 1_000_000, 0, year, Some(0)),    // nothing, when full
        (1_000_000, 1_000_000, 1, year, None),       // does not fit
        (1_000_000, 0, 1_000_000, 0, Some(0)),       // no time
        (0, 0, 0, year, Some(0)),                    // no capacity, nothing sold
        (0, 0, 1, year, None),                       // no capacity
        (5, 4, 1, year, Some(1)),                    // capacity of 5, the kink at 4
        (1 << 60, 0, 1 << 60, year, Some(91_080_798_863_940_912)), // 7.9% of 2^60 = …911.104
    ];
    for (capacity, active, amount, seconds, premium) in table {
        assert_eq!(curve.premium(capacity, active, amount, seconds), premium, "{active} + {amount} of {capacity}");
    }
    let rates = [(0, 10_000), (400_000, 30_000), (800_000, 50_000), (900_000, 275_000), (1_000_000, 500_000)];
    for (active, rate) in rates {
        assert_eq!(curve.rate_ppm(1_000_000, active), Some(rate), "at {active}");
    }
}
