//! `trigger`: what prices and draws entitle to, against exact integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::trigger::{breach_claim, burst, drawable, lacking, matured, mean_severity_bps, severity_bps};
use coverage_math::{BPS, bps_ceil, cover::deductible};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, bps_to, ceil_of, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/trigger.txt");
const ONE: u64 = 10_000;

/// A strike, a floor and a price; the price often at one of the two, or an atom off it.
fn prices() -> impl Strategy<Value = (u64, u64, u64)> + Clone {
    (word(), word(), word(), 0u8..12).prop_map(|(strike, floor, price, kind)| {
        let floor = if kind == 11 { floor } else { within(floor, strike.saturating_sub(1)) };
        let edges = [
            strike,
            strike.saturating_sub(1),
            strike.saturating_add(1),
            floor,
            floor.saturating_sub(1),
            floor.saturating_add(1),
        ];
        let between = floor.saturating_add(within(price, strike.saturating_sub(floor)));
        (edges.get(usize::from(kind)).copied().unwrap_or(if kind < 9 { between } else { price }), strike, floor)
    })
}

/// Draws of a capital by a limit: what is due at each, and how long after the one before.
fn draws() -> impl Strategy<Value = (u64, u16, Vec<(u64, u64, u8)>)> + Clone {
    (word(), bps_to(BPS), vec((word(), word(), 0u8..6), 1..=12))
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn severity_is_linear_between_strike_and_floor((price, strike, floor) in prices()) {
        let expected = (floor < strike).then(|| {
            if price >= strike {
                return 0;
            }
            if price <= floor {
                return BPS;
            }
            small(&floor_of(strike - price, ONE, strike - floor)).unwrap() as u16
        });
        prop_assert_eq!(severity_bps(price, strike, floor), expected);
    }

    #[test]
    fn severity_never_falls_as_the_price_does((price, strike, floor) in prices(), lower in word()) {
        if let Some(severity) = severity_bps(price, strike, floor) {
            let lower = within(lower, price);
            prop_assert!(severity <= severity_bps(lower, strike, floor).unwrap());
            prop_assert!(severity <= BPS);
            // Rounded down: the price it stands for is no lower than the one there was, unless that is below the floor.
            let stands_for = big(strike) * ONE - big(severity) * (strike - floor);
            prop_assert!(price < floor || price >= strike || stands_for >= big(price) * ONE);
        }
    }

    #[test]
    fn a_mean_is_no_more_than_the_largest_and_no_less_than_the_smallest(
        parts in vec((bps_to(BPS), 1u32..=100_000), 1..=40),
    ) {
        let duration: u32 = parts.iter().map(|(_, seconds)| seconds).sum();
        let sum: u64 = parts.iter().map(|(severity, seconds)| u64::from(*severity) * u64::from(*seconds)).sum();
        let mean = mean_severity_bps(sum, duration).unwrap();
        prop_assert_eq!(u64::from(mean), sum / u64::from(duration));
        let all = || parts.iter().map(|(severity, _)| *severity);
        prop_assert!(all().min().unwrap() <= mean && mean <= all().max().unwrap());
    }

    #[test]
    fn a_mean_is_exact_or_none(sum in word(), duration: u32, near: bool) {
        // Often at the most that can be summed up.
        let most = u64::from(duration) * ONE;
        let sum = if near { (most + sum % (3 + u64::from(duration))).saturating_sub(1) } else { sum };
        let expected = (duration > 0 && sum / u64::from(duration) <= ONE).then(|| (sum / u64::from(duration)) as u16);
        prop_assert_eq!(mean_severity_bps(sum, duration), expected);
    }

    #[test]
    fn a_breach_entitles_to_its_part_less_the_deductible(
        amount in word(), severity in bps_to(BPS), deductible in bps_to(5_000),
    ) {
        let (part, kept) = (floor_of(amount, severity.into(), ONE), ceil_of(amount, deductible.into(), ONE));
        let expected = if part > kept { small(&(part - kept)) } else { None };
        let found = breach_claim(amount, severity, deductible);
        prop_assert_eq!(found, expected);
        // The lien of an incident, rounded up, holds it.
        prop_assert!(found.unwrap_or(0) <= bps_ceil(amount, severity).unwrap());
        // No more than the whole, and no more for less severe.
        prop_assert!(found <= breach_claim(amount, BPS, deductible));
    }

    /// However the cover is split into policies, all claims fit the lien over their sum.
    #[test]
    fn claims_of_many_policies_fit_the_lien(
        amounts in vec(word(), 1..=16), severity in bps_to(BPS), deductible in bps_to(5_000),
    ) {
        let amounts: Vec<u64> = amounts.into_iter().map(|amount| amount >> 4).collect();
        let claimed = |amount: &u64| breach_claim(*amount, severity, deductible).unwrap_or(0);
        let claims = amounts.iter().map(claimed).fold(big(0u8), |sum, claim| sum + claim);
        let lien = bps_ceil(amounts.iter().sum(), severity).unwrap();
        prop_assert!(claims <= big(lien), "{} of {}", claims, lien);
    }

    #[test]
    fn losses_entitle_to_what_exceeds_the_deductible(
        losses in word(), amount in word(), kept in word(), near: bool, more in word(),
    ) {
        let losses = if near { kept.saturating_add(losses % 3).saturating_sub(1) } else { losses };
        let found = drawable(losses, amount, kept);
        prop_assert_eq!(found, losses.saturating_sub(kept).min(amount));
        // Reported at once or bit by bit: the deductible counts once.
        prop_assert!(found <= drawable(losses.saturating_add(more), amount, kept));
    }

    #[test]
    fn a_bucket_holds_half_of_the_limit(capital in word(), limit in bps_to(BPS)) {
        let whole = small(&floor_of(capital, limit.into(), ONE)).unwrap();
        prop_assert_eq!(burst(capital, limit), Some(whole / 2));
    }

    #[test]
    fn a_bucket_fills_at_an_even_pace(
        lacked in word(), full in word(), burst in word(), elapsed in word(), period in word(), edge: bool,
    ) {
        let lacked = within(lacked, full);
        let elapsed = if edge { within(elapsed, period.saturating_add(1)) } else { elapsed };
        let refilled = if elapsed >= period { burst } else { small(&floor_of(burst, elapsed, period)).unwrap() };
        let grown = if burst > full && lacked > 0 { small(&ceil_of(burst, lacked, full)).unwrap() } else { lacked };
        let expected = grown.min(burst).saturating_sub(refilled);
        prop_assert_eq!(lacking(lacked, full, burst, elapsed, period), Some(expected));
        // Never fuller than full, and full after a period; of a bucket of the same size what was taken is lacking.
        prop_assert!(expected <= burst);
        prop_assert!(elapsed < period || expected == 0);
        prop_assert!(period == 0 || lacking(lacked, full, full, 0, period) == Some(lacked));
    }

    /// However often somebody draws, and whatever they ask for: at once no more than half of the limit, and in no time as long as
    /// a period more than all of it; with what comes and leaves meanwhile, of the most that there was.
    #[test]
    fn no_period_takes_more_than_the_limit((capital, limit, draws) in draws(), period in 1..=2_592_000u64, left in bps_to(BPS)) {
        let whole = small(&floor_of(capital, limit.into(), ONE)).unwrap();
        let (mut now, mut at, mut lacked, mut taken) = (period, 0u64, (0u64, 0u64), Vec::new());
        for (due, wait, kind) in draws {
            now += if kind == 0 { wait % (2 * period) } else { wait % (period / 4 + 1) };
            let there = if kind % 2 == 0 { capital } else { small(&floor_of(capital, left.into(), ONE)).unwrap() };
            let full = burst(there, limit).unwrap();
            let lacks = lacking(lacked.0, lacked.1, full, now - at, period).unwrap();
            let paid = due.min(full - lacks);
            if paid > 0 {
                (at, lacked) = (now, (lacks + paid, full));
                taken.push((now, paid));
            }
        }
        let most = burst(capital, limit).unwrap();
        for (from, _) in &taken {
            let within = taken.iter().filter(|(at, _)| (*from..from + period).contains(at));
            let sum = within.map(|(_, paid)| paid).fold(big(0u8), |sum, paid| sum + paid);
            prop_assert!(sum <= big(whole));
            let at_once = taken.iter().filter(|(at, _)| at == from).map(|(_, paid)| paid);
            prop_assert!(at_once.fold(big(0u8), |sum, paid| sum + paid) <= big(most));
        }
    }
}

#[test]
fn examples() {
    // Broken below 0.98, worth nothing at 0.88.
    let severity = |price| severity_bps(price, 98_000_000, 88_000_000).unwrap();
    let prices = [98_000_001, 98_000_000, 97_999_999, 97_999_001, 97_999_000, 93_000_000, 88_001_000, 88_000_999];
    assert_eq!(prices.map(severity), [0, 0, 0, 0, 1, 5_000, 9_999, 9_999]);
    assert_eq!([88_000_001, 88_000_000, 87_999_999, 0].map(severity), [9_999, 10_000, 10_000, 10_000]);
    assert_eq!([(1, 0), (0, 0)].map(|(strike, price)| severity_bps(price, strike, 0)), [Some(10_000), None]);
    assert_eq!(severity_bps(5, 5, 5), None, "nothing lies between");
    assert_eq!(severity_bps(5, 5, 6), None);
    assert_eq!(severity_bps(1, u64::MAX, 0), Some(9_999));
    assert_eq!(severity_bps(0, u64::MAX, 0), Some(10_000));

    assert_eq!(mean_severity_bps(5_000 * 3_600, 3_600), Some(5_000));
    assert_eq!(mean_severity_bps(5_000 * 3_600 - 1, 3_600), Some(4_999));
    assert_eq!(mean_severity_bps(3_599, 3_600), Some(0));
    assert_eq!(mean_severity_bps(10_000 * 60, 60), Some(10_000));
    assert_eq!(mean_severity_bps(10_001 * 60, 60), None, "no mean of severities");
    assert_eq!(mean_severity_bps(u64::MAX, 1), None);
    assert_eq!(mean_severity_bps(0, 0), None);

    // 50% of 1,001 is 500.5, and 5% of it 50.05.
    assert_eq!(breach_claim(1_001, 5_000, 500), Some(449));
    assert_eq!(breach_claim(1_000, 500, 500), None, "all of it is the deductible");
    assert_eq!(breach_claim(1_000, 501, 500), None, "50.1 less 50");
    assert_eq!(breach_claim(1_000, 510, 500), Some(1));
    assert_eq!(breach_claim(u64::MAX, 10_000, 0), Some(u64::MAX));
    assert_eq!(breach_claim(1_000, 0, 0), None);

    assert_eq!(
        [0, 50, 51, 52, 1_051, 1_052, u64::MAX].map(|losses| drawable(losses, 1_001, deductible(1_001, 500).unwrap())),
        [0, 0, 0, 1, 1_000, 1_001, 1_001]
    );

    // 5% of 1,000 a day: 25 at once, and 25 more in the course of the day.
    assert_eq!(burst(1_000, 500), Some(25));
    let lacks_after = |elapsed| lacking(25, 25, 25, elapsed, 86_400);
    assert_eq!([0, 43_199, 43_200, 86_399, 86_400].map(lacks_after), [25, 13, 13, 1, 0].map(Some));
    assert_eq!([10, 40].map(|burst| lacking(25, 25, burst, 0, 1)), [Some(10), Some(40)], "empty is empty");
    let half_of = |burst| lacking(12_500, 25_000, burst, 0, 1);
    assert_eq!([25_000, 250_000, 2_500, 1].map(half_of), [12_500, 125_000, 2_500, 1].map(Some));
    assert_eq!((lacking(0, 0, 5, 0, 1), lacking(1, 0, 5, 0, 1)), (Some(0), None));
    assert_eq!(burst(39, 500), Some(0), "5% of 39 is an atom, and half of it none");
    assert_eq!(burst(u64::MAX, 10_000), Some(u64::MAX / 2));

    // A fortieth each day of what was booked, as much as flows into the bucket of a pool that has no more than that.
    let matured_at = |elapsed| matured(1_000, elapsed, 86_400, 500, 365 * 86_400);
    assert_eq!(
        [0, 3_455, 3_456, 86_400, 40 * 86_400 - 1, 40 * 86_400, u64::MAX].map(matured_at),
        [0, 0, 1, 25, 999, 1_000, 1_000].map(Some)
    );
    assert_eq!(matured(u64::MAX, u64::MAX, 30 * 86_400, 1, 365 * 86_400), Some(u64::MAX), "a year, not 1,643");
    assert_eq!(matured(366, 86_400, 30 * 86_400, 1, 366 * 86_400), Some(1));
    assert_eq!(matured(1, 1, 86_400, 0, 1), None);
}
