//! `prices`: each rule against exact integers and fractions.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use core::cmp::Ordering;

use coverage_math::cover::deductible;
use coverage_math::prices::point::LEAD;
use coverage_math::prices::value::{Said, is_above, is_not_below, price_of};
use coverage_math::prices::watch::{LIEN_DELAY, SILENCE_NOTICE};
use coverage_math::prices::window::MAX_STRIKE;
use coverage_math::prices::{Cover, Grid, Lien, Reading, Run, Silence, Terms, Value, Window};
use coverage_math::{BPS, DAY};
use num_bigint::{BigInt, BigUint};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{Fraction, big, bps_to, config, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/prices.txt");
const HOUR: u32 = 3_600;

fn terms(step: u32, points: u32, strike: u64, floor: u64) -> Terms {
    Terms { strike, floor, grid: Grid { step, max_gap: 30 }, min_duration: step * points }
}

/// Mantissas of every length up to 128 bits.
fn mantissa() -> impl Strategy<Value = u128> + Clone {
    (word(), word(), 0u32..=128).prop_map(|(high, low, shift)| {
        let wide = (u128::from(high) << 64) | u128::from(low);
        if shift == 128 { u128::MAX - u128::from(low % 3) } else { wide >> shift }
    })
}

/// Values whose exponents are mostly near each other.
fn value() -> impl Strategy<Value = Value> + Clone {
    (mantissa(), -22i32..=4, -60i32..=60, 0u8..8).prop_map(|(mantissa, near, far, kind)| Value {
        mantissa: if kind == 7 { 0 } else { mantissa },
        exponent: if kind == 6 { far } else { near },
    })
}

/// The value in units of ten to the power of −70.
fn exact(value: &Value) -> BigUint {
    big(value.mantissa) * big(10u8).pow(u32::try_from(value.exponent + 70).unwrap())
}

/// What up to three sources say: often the same, at an edge, or nothing.
fn said() -> impl Strategy<Value = Said> + Clone {
    (word(), word(), word(), 0u8..64).prop_map(|(a, b, c, kind)| {
        let b = if kind & 1 == 0 { b } else { a };
        let c = if kind & 2 == 0 { c } else { b.saturating_add(1) };
        [(kind & 4 == 0).then_some(a), (kind & 8 == 0).then_some(b), (kind & 48 != 0).then_some(c)]
    })
}

/// The rule as it is written: of readings in force at the point the latest, else the earliest after it, and of those the highest.
fn best(point: u64, readings: &[Reading]) -> Reading {
    let times = || readings.iter().map(|reading| reading.time);
    let time = times().filter(|time| *time <= point).max().or(times().min()).unwrap();
    let of_then = readings.iter().filter(|reading| reading.time == time);
    *of_then.max_by_key(|reading| exact(&reading.upper)).unwrap()
}

proptest! {
    #![proptest_config(config(20_000, SEEDS))]

    #[test]
    fn a_value_is_compared_exactly(a in value(), b in value(), shift in 0u32..6, mantissa: u64) {
        prop_assert_eq!(a.cmp(&b), exact(&a).cmp(&exact(&b)));
        prop_assert_eq!(a == b, exact(&a) == exact(&b));
        // The same number in other digits.
        let short = Value { mantissa: mantissa.into(), exponent: a.exponent };
        let long = Value { mantissa: short.mantissa * 10u128.pow(shift), exponent: a.exponent - shift as i32 };
        prop_assert_eq!(short, long);
    }

    #[test]
    fn a_value_is_converted_exactly_or_rounded(a in value(), b in value(), exponent in -20i32..=0) {
        let unit = big(10u8).pow(u32::try_from(exponent + 70).unwrap());
        let up = u64::try_from((exact(&a) + &unit - 1u8) / &unit).unwrap_or(u64::MAX);
        let down = u64::try_from(exact(&a) / &unit).unwrap_or(u64::MAX);
        prop_assert_eq!((a.ceil_to(exponent), a.floor_to(exponent)), (up, down));
        // Rounding keeps the order, so the k-th lowest can be taken before or after.
        prop_assert!(a > b || a.ceil_to(exponent) <= b.ceil_to(exponent));
    }

    #[test]
    fn ends_hold_the_price(price: i128, confidence in mantissa(), raise in 0u32..120, exponent in -18i32..=0) {
        let price = price >> raise;
        let (upper, lower) = (Value::upper(price, confidence, exponent), Value::lower(price, confidence, exponent));
        let sum = BigInt::from(price) + BigInt::from(confidence);
        let fits = price > 0 && sum <= BigInt::from(u128::MAX);
        prop_assert_eq!(upper.map(|upper| BigInt::from(upper.mantissa)), fits.then_some(sum));
        let least = (BigInt::from(price) - BigInt::from(confidence)).max(BigInt::ZERO);
        prop_assert_eq!(lower.map(|lower| BigInt::from(lower.mantissa)), (price > 0).then_some(least));
    }
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn the_price_is_the_kth_lowest(said in said(), k in 0u8..5, drop in 0usize..3) {
        let mut shown: Vec<u64> = said.iter().flatten().copied().collect();
        shown.sort_unstable();
        let expected = usize::from(k).checked_sub(1).and_then(|at| shown.get(at)).copied();
        prop_assert_eq!(price_of(said, k), expected);
        // Showing fewer only raises it, or shows none.
        let mut fewer = said;
        fewer[drop] = None;
        prop_assert!(price_of(fewer, k).is_none_or(|price| Some(price) >= expected));
    }

    /// k − 1 that say too little and n − k that say too much or nothing move it no further than the others reach.
    #[test]
    fn liars_move_it_no_further_than_the_others_reach(
        truth in word(), other in word(), lie in said(), n in 1usize..=3, k in 0usize..3, liar in 0usize..3,
    ) {
        let k = 1 + k % n;
        let mut said: Said = [Some(truth), Some(other), Some(truth.midpoint(other))];
        said[n..].fill(None);
        let honest = || (0..n).filter(|at| *at != liar).filter_map(|at| [truth, other, truth.midpoint(other)].get(at).copied());
        let (low, high) = (honest().min(), honest().max());
        if liar < n {
            said[liar] = lie[0];
        }
        let price = price_of(said, k as u8);
        if k > 1 || liar >= n {
            prop_assert!(price.is_none_or(|price| Some(price) >= low), "a liar below pulls it down");
        }
        if k < n || liar >= n {
            prop_assert!(price.is_some_and(|price| Some(price) <= high), "a liar above or a silent one pulls it up");
        }
    }

    /// What some sources say shows that the price was not below the strike exactly when nothing that the others could say makes it so.
    #[test]
    fn it_is_shown_to_be_not_below_whatever_the_others_say(
        said in said(), n in 1usize..=3, k in 0u8..=4, strike in 1..=u64::MAX, at in 0usize..4,
    ) {
        let strike = said.get(at).copied().flatten().unwrap_or(strike).max(1);
        let mut said = said;
        said[n..].fill(None);
        let mut lowest = said;
        lowest[..n].iter_mut().for_each(|said| *said = said.or(Some(0)));
        let worst = if usize::from(k) <= n { price_of(lowest, k) } else { None };
        prop_assert_eq!(is_not_below(said, n as u8, k, strike), worst.is_some_and(|price| price >= strike));
        prop_assert_eq!(is_above(said, n as u8, k, strike), worst.is_some_and(|price| price > strike));
    }

    #[test]
    fn the_reading_that_counts_depends_on_no_order(
        point in 1_000u64..1_010, written in vec((990u64..1_020, 0u64..4, -2i32..=0), 1..=6), order in vec(any::<usize>(), 6), again: bool,
    ) {
        let of = |(time, digits, exponent): (u64, u64, i32)| Reading { time, upper: Value { mantissa: digits.into(), exponent } };
        let mut readings: Vec<Reading> = written.into_iter().map(of).collect();
        let expected = best(point, &readings);
        for (at, other) in order.iter().enumerate() {
            let len = readings.len();
            readings.swap(at % len, other % len);
        }
        if again {
            readings.extend_from_within(..);
        }
        let replace = |kept: Reading, new: &Reading| if new.is_better(&kept, point) { *new } else { kept };
        prop_assert_eq!(readings.iter().fold(readings[0], replace), expected);
        // It is an order: never both ways, and of three in a row the first is better than the last.
        for a in &readings {
            for b in &readings {
                let ways = (a.is_better(b, point), b.is_better(a, point));
                prop_assert!(ways != (true, true) && (ways != (false, false) || a == b));
                for c in readings.iter().filter(|_| ways.0) {
                    prop_assert!(!b.is_better(c, point) || a.is_better(c, point));
                }
            }
        }
    }

    #[test]
    fn gaps_never_meet(step in 60u32..=7_200, max_gap in 1u32..=30, now in 1u64 << 20..1 << 40, time: i16, max_age in 1u32..=3_600) {
        let grid = Grid { step, max_gap };
        let point = now - now % u64::from(step);
        let open = now - point <= u64::from(max_gap);
        prop_assert!(grid.is_point(point) && grid.is_point(now) == (point == now));
        prop_assert_eq!(grid.point_at(now), open.then_some(point));
        // A point is open or final, and not both.
        prop_assert_eq!(grid.is_final(point, now), !open);
        prop_assert!(!grid.is_final(point + u64::from(step), now));
        let time = now.saturating_add_signed(time.into());
        let accepted = time + u64::from(max_age) >= point && time <= point + u64::from(max_gap) + LEAD;
        prop_assert_eq!(grid.accepts(point, time, max_age), accepted);
        prop_assert!(!accepted || time <= point + u64::from(step));
    }

    /// The mean of the samples' parts of the way from strike to floor, in fractions; and what is no window has no severity.
    #[test]
    fn severity_is_the_mean(
        prices in vec((word(), 0u8..4), 4..=9), strike in word(), floor in word(), step in 60u32..=7_200, at in 1u64..1 << 30, edge: bool,
    ) {
        let strike = if edge { MAX_STRIKE } else { 1 + within(strike, MAX_STRIKE - 1) };
        let floor = within(floor, strike - 1);
        let terms = terms(step, prices.len() as u32, strike, floor);
        let (mut run, mut parts) = (Run::EMPTY, BigInt::ZERO);
        for (number, (price, kind)) in (at..).zip(&prices) {
            let price = match kind {
                0 => within(*price, floor),
                1 => strike - 1,
                _ => floor + within(*price, strike - 1 - floor),
            };
            prop_assert_eq!(run.window(&terms), None);
            let point = number * u64::from(step);
            run = run.with(&terms, point, price).unwrap();
            prop_assert_eq!(run.last(&terms), Some(point));
            parts += BigInt::from(strike) - BigInt::from(price.max(floor));
        }
        let mean = &Fraction::new(parts, strike - floor) / &Fraction::whole(prices.len() as u64);
        let expected = (&mean * &Fraction::whole(BPS)).floor();
        let window = run.window(&terms).unwrap();
        prop_assert_eq!((window.first, BigInt::from(window.severity_bps)), (at * u64::from(step), expected));
        prop_assert!(window.severity_bps <= BPS);
        // It is full: it has no other point.
        prop_assert_eq!(run.with(&terms, run.last(&terms).unwrap() + u64::from(step), floor), None);
    }

    #[test]
    fn a_run_takes_in_the_next_point_below_the_strike_only(
        count in 0u32..=8, skew: i16, price in word(), strike in 1u64..1 << 58, kind in 0u8..3, step in 60u32..=7_200,
    ) {
        let terms = terms(step, 8, strike, 0);
        let first = u64::from(step) * 1_000;
        let run = Run { first: if count == 0 { 0 } else { first }, count, sum: 0 };
        let next = first + u64::from(count) * u64::from(step);
        let point = if kind == 0 { next.saturating_add_signed(skew.into()) } else { next };
        let price = if kind == 1 { (strike - 1) + price % 3 } else { price };
        let fits = if count == 0 { point % u64::from(step) == 0 } else { point == next };
        let expected = (fits && price < strike && count < 8).then(|| Run {
            first: if count == 0 { point } else { first },
            count: count + 1,
            sum: strike - price,
        });
        prop_assert_eq!(run.with(&terms, point, price), expected);
    }

    /// In whatever steps a policy claims, deeper or not, it gets what its deepest entitles it to, and no more.
    #[test]
    fn steps_come_to_the_deepest(
        amount in word(), bps in bps_to(5_000), severities in vec(bps_to(BPS), 1..=6), given_back in word(), when in 0usize..7,
    ) {
        let kept = deductible(amount, bps).unwrap();
        let mut cover = Cover { bought_at: 0, from: 1, end: 2, amount, deductible: kept };
        let mut claimed = 0;
        for (number, severity) in severities.iter().enumerate() {
            if number == when {
                // No more can be given back than was not claimed; the deductible stays.
                cover.amount -= within(given_back, cover.amount - claimed);
            }
            claimed += cover.owed(*severity, claimed).unwrap();
            prop_assert!(claimed <= cover.amount);
        }
        let deepest = severities.iter().max().unwrap();
        let entitled = u64::try_from(big(amount) * *deepest / BPS).unwrap().saturating_sub(kept);
        prop_assert!(claimed == entitled || (when < severities.len() && claimed < entitled));
        prop_assert_eq!(cover.owed(*deepest, claimed), Some(0));
    }
}

proptest! {
    #![proptest_config(config(20_000, SEEDS))]

    /// What opens an incident pays any policy that is not a crumb; what does not, none.
    #[test]
    fn what_opens_pays(amount in word(), severity in bps_to(BPS), deductible_bps in bps_to(5_000)) {
        let opens = Window { first: 1, severity_bps: severity }.opens(deductible_bps);
        let kept = deductible(amount, deductible_bps).unwrap();
        let owed = Cover { bought_at: 0, from: 1, end: 2, amount, deductible: kept }.owed(severity, 0).unwrap();
        prop_assert!(opens || owed == 0);
        prop_assert!(!opens || amount < 20_000 || owed > 0);
    }

    #[test]
    fn a_policy_cites_what_began_within_its_cover(
        bought in 0u64..40, wait in 0u64..20, term in 0u64..20, first in 0u64..80, opened in 0u64..80,
    ) {
        let cover = Cover { bought_at: bought, from: bought + wait, end: bought + wait + term, amount: 1, deductible: 0 };
        let window = Window { first, severity_bps: 1 };
        let within = (bought + wait..=bought + wait + term).contains(&first) && first != bought;
        prop_assert_eq!(cover.may_cite(&window, opened), within && bought < opened);
    }

    /// Two points around a lien end it exactly where no window between them could hold it, and it outlasts every window that
    /// holds its last point.
    #[test]
    fn a_lien_lasts_as_long_as_a_window_can_hold_it(
        points in 4u32..=64, count in 1u32..=64, before in 1u64..80, after in 1u64..80, step in 60u32..=7_200,
    ) {
        let terms = terms(step, points, 100, 0);
        let step = u64::from(step);
        let first = 1_000 * step;
        let lien = Lien { first, last: first + (u64::from(count) - 1) * step };
        let (before, after) = (first - before * step, lien.last + after * step);
        let room = (after - before) / step - 1;
        prop_assert_eq!(lien.is_ended_by(&terms, before, after), room < u64::from(points));
        prop_assert!(!lien.is_ended_by(&terms, first, after) && !lien.is_ended_by(&terms, before, lien.last));
        prop_assert_eq!(lien.ends_at(&terms), lien.last + u64::from(points) * step);
    }

    #[test]
    fn a_lien_takes_a_quarter_of_a_window_fresh_and_unused(
        points in 4u32..=64, count in 0u32..=64, used: i8, late in 0u64..700, step in 60u32..=7_200, max_gap in 1u32..=30,
    ) {
        let terms = Terms { strike: 9, floor: 0, grid: Grid { step, max_gap }, min_duration: step * points };
        let first = u64::from(step) * 1_000;
        let run = Run { first, count, sum: 0 };
        let last = first + u64::from(count.saturating_sub(1)) * u64::from(step);
        let used_until = first.saturating_add_signed(used.into());
        let fits = count > 0 && count * 4 >= points && used < 0;
        let fresh = late > u64::from(max_gap) && late <= u64::from(max_gap) + LIEN_DELAY;
        prop_assert_eq!(Lien::of(&run, &terms, used_until, last + late), (fits && fresh).then_some(Lien { first, last }));
    }

    /// A keeper who hands in all points below the strike has cover set aside from the first quarter until the last window can be handed in, and
    /// for three quarters of a window after its last point.
    #[test]
    fn liens_reach_from_a_quarter_to_the_window(
        points in 4u32..=64, below in 4u32..=150, step in 60u32..=7_200, max_gap in 1u32..=30,
    ) {
        let below = below.max(points);
        let terms = Terms { strike: 9, floor: 0, grid: Grid { step, max_gap }, min_duration: step * points };
        let (mut run, mut used, mut until, first) = (Run::EMPTY, 0, None, u64::from(step) * 1_000);
        for point in (0..u64::from(below)).map(|number| first + number * u64::from(step)) {
            let now = point + u64::from(max_gap) + 1;
            prop_assert!(until.is_none_or(|until| now <= until), "nothing is set aside at {}", now);
            run = run.with(&terms, point, 5).unwrap();
            if let Some(lien) = Lien::of(&run, &terms, used, now) {
                (run, used, until) = (Run::EMPTY, lien.last, Some(lien.ends_at(&terms)));
            }
        }
        let last = first + u64::from(below - 1) * u64::from(step);
        prop_assert!(until.unwrap() > last + u64::from(points - points.div_ceil(4)) * u64::from(step));
    }

    #[test]
    fn silence_takes_two_days_and_no_newer_price(declared in 1u64 << 33..1 << 40, wait in 0u64..400_000, point: i32, opened in 0u64..400_000) {
        let silence = Silence { declared_at: declared };
        prop_assert_eq!(silence.is_established(declared + wait), wait >= 2 * DAY);
        prop_assert!(!silence.is_established(declared - 1));
        let point = declared.saturating_add_signed(point.into());
        prop_assert_eq!(silence.is_ended_by(point), point > declared);
        let inside = (declared + 1..=declared + opened).contains(&point);
        prop_assert_eq!(silence.is_refuted_by(point, declared + opened), inside);
    }
}

#[test]
fn bounds() {
    let good = terms(300, 12, 98, 88);
    assert_eq!(good.min_duration, HOUR);
    let with = |change: &dyn Fn(&mut Terms)| {
        let mut terms = good;
        change(&mut terms);
        terms.are_valid(1, 1, 1, false)
    };
    let duration = |duration| with(&move |terms| terms.min_duration = duration);
    assert_eq!([900, 1_200, 1_201, 19_200, 19_500, 0].map(duration), [false, true, false, true, false, false]);
    let step = |step| with(&move |terms| (terms.grid.step, terms.min_duration) = (step, step * 10));
    assert_eq!([0, 59, 60].map(step), [false, false, true]);
    let gap = |gap| with(&move |terms| terms.grid.max_gap = gap);
    assert_eq!([0, 1, 30, 31].map(gap), [false, true, true, false]);
    let floor = |floor| with(&move |terms| terms.floor = floor);
    assert_eq!([0, 97, 98, 99].map(floor), [true, true, false, false]);
    let strike = |strike| with(&move |terms| terms.strike = strike);
    assert_eq!([MAX_STRIKE, MAX_STRIKE + 1].map(strike), [true, false]);
    let sources = |(n, k)| good.are_valid(n, k, 1, false);
    let tried = [(0, 0), (1, 0), (1, 1), (1, 2), (3, 1), (3, 3), (3, 4), (4, 2)];
    assert_eq!(tried.map(sources), [false, false, true, false, true, true, false, false]);
    // A quarter of a window for the oldest reading.
    assert_eq!([0, 900, 901].map(|age| good.are_valid(1, 1, age, false)), [false, true, false]);
    // A rate of the chain's own state: ten minutes and a day at least, so a day has 64 points at most.
    let of_state = |(step, points)| terms(step, points, 98, 88).are_valid(1, 1, 1, true);
    let tried = [(300, 12), (1_800, 47), (1_800, 48), (1_350, 64), (600, 64), (21_600, 4)];
    assert_eq!(tried.map(of_state), [false, false, true, true, false, true]);
}

#[test]
fn the_deepest_window_of_the_highest_strike_fits() {
    let terms = terms(60, 64, MAX_STRIKE, 0);
    let run = (1..=64).fold(Run::EMPTY, |run, at| run.with(&terms, at * 60, 0).unwrap());
    assert_eq!(run.window(&terms), Some(Window { first: 60, severity_bps: BPS }));
}

#[test]
fn examples() {
    let terms = terms(900, 4, 98, 88);
    let run =
        (10..).zip([97, 93, 88, 50]).fold(Run::EMPTY, |run, (at, price)| run.with(&terms, at * 900, price).unwrap());
    assert_eq!(run, Run { first: 9_000, count: 4, sum: 26 });
    let window = run.window(&terms).unwrap();
    assert_eq!(window, Window { first: 9_000, severity_bps: 6_500 });
    assert!(window.opens(6_499) && !window.opens(6_500));
    assert!(window.is_deeper(&Window { first: 9_900, severity_bps: 6_499 }) && !window.is_deeper(&window));
    // One point at the strike breaks it, however deep the others are.
    assert_eq!(Run::EMPTY.with(&terms, 9_000, 98), None);
    // A ten-thousandth of the way is a basis point.
    let fine = Terms { strike: 98_000, floor: 88_000, ..terms };
    let shallow = (1..=4).fold(Run::EMPTY, |run, at| run.with(&fine, at * 900, 97_999).unwrap());
    assert_eq!(shallow.window(&fine).unwrap().severity_bps, 1);

    // Two cents less than a dollar, at eight digits and with a confidence, in units of a product with six.
    let price = Value::upper(97_999_900, 50, -8).unwrap();
    assert_eq!((price.ceil_to(-6), price.floor_to(-6), price.ceil_to(-8)), (980_000, 979_999, 97_999_950));
    assert_eq!([Value::upper(0, 5, -8), Value::upper(-1, 5, -8), Value::lower(0, 5, -8)], [None; 3]);
    assert_eq!(Value { mantissa: u128::MAX, exponent: 18 }.ceil_to(-18), u64::MAX);
    assert_eq!(Value { mantissa: 1, exponent: -60 }.ceil_to(-8), 1);
    assert_eq!(Value { mantissa: 0, exponent: 60 }.ceil_to(-8), 0);
    assert_eq!(Value { mantissa: 0, exponent: 60 }.cmp(&Value { mantissa: 0, exponent: -60 }), Ordering::Equal);

    // Two of three: one that stopped leaves the higher of the others, one that lies low or high leaves one of theirs.
    assert_eq!(price_of([Some(95), Some(96), None], 2), Some(96));
    assert_eq!(price_of([Some(95), Some(96), Some(1)], 2), Some(95));
    assert_eq!(price_of([Some(95), Some(96), Some(u64::MAX)], 2), Some(96));
    assert_eq!(price_of([Some(95), None, None], 2), None);
    // 98 of one source alone does not show that the second lowest of three was not below: two others might have said less.
    assert!(!is_not_below([Some(98), None, None], 3, 2, 98) && is_not_below([Some(98), Some(99), None], 3, 2, 98));
    assert!(!is_above([Some(98), Some(99), None], 3, 2, 98) && is_above([Some(99), Some(99), None], 3, 2, 98));

    // In force at the point, then the earliest after it; of the same second the higher.
    let at = |time, mantissa| Reading { time, upper: Value { mantissa, exponent: 0 } };
    assert!(at(600, 95).is_better(&at(599, 99), 600) && at(590, 95).is_better(&at(601, 99), 600));
    assert!(at(601, 95).is_better(&at(602, 99), 600) && at(601, 99).is_better(&at(601, 95), 600));

    let silence = Silence { declared_at: 1_000 };
    assert_eq!(SILENCE_NOTICE, 172_800);
    assert!(!silence.is_ended_by(1_000) && silence.is_ended_by(1_001));
    assert!(!silence.is_established(173_799) && silence.is_established(173_800));
    assert!(
        silence.is_refuted_by(2_000, 2_000)
            && !silence.is_refuted_by(2_001, 2_000)
            && !silence.is_refuted_by(1_000, 2_000)
    );
}
