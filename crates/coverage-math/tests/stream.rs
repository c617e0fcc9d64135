//! `stream`, `add` and `roll`: a division without loss, and a ring that forgets nothing.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use std::collections::BTreeMap;

use coverage_math::stream::{Flow, RATE_BITS, Ring, Stream, add, left, roll, stream};
use coverage_math::{DAY, MAX_CAPITAL, RING_DAYS, YEAR};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{Fraction, big, config, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/stream.txt");
const EMPTY: Ring = [0; RING_DAYS];

/// Days from the first to the last that a word of seconds has.
fn day() -> impl Strategy<Value = u64> + Clone {
    word().prop_map(|raw| within(raw, u64::MAX / DAY - 2 * RING_DAYS as u64))
}

/// A ring with something in a few slots or in most of them, together no more than a word.
fn ring() -> impl Strategy<Value = Ring> {
    prop_oneof![vec((0usize..512, word()), 0..12), vec((0usize..512, word()), 200..1_000)].prop_map(|held| {
        let mut ring = EMPTY;
        let bits = held.len().next_power_of_two().ilog2();
        held.iter().for_each(|(slot, amount)| ring[*slot] = amount >> bits);
        ring
    })
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn a_stream_divides_without_loss(amount in word(), seconds in word(), long: bool) {
        let seconds = if long { seconds } else { within(seconds, 512 * DAY) };
        let whole = big(amount) << RATE_BITS;
        let rate = (seconds > 0).then(|| &whole / seconds.max(1)).and_then(|rate| small(&rate));
        let found = stream(amount, seconds);
        prop_assert_eq!(found.map(|stream| stream.rate), rate);
        if let Some(Stream { rate, rest }) = found {
            prop_assert_eq!(big(rate) * seconds + rest, whole);
            prop_assert!(rest < seconds);
            // What lands at the start is less than an atom, for every stream that a ring can hold.
            prop_assert!(seconds > 512 * DAY || rest < 1 << RATE_BITS);
        }
    }

    /// Rounded up, so that who pays for what is left never pays too little.
    #[test]
    fn what_is_left_is_rounded_up(rate in word(), now in word(), end_day in word(), near: bool) {
        let end_day = if near { (now / DAY).saturating_add(end_day % 513) } else { end_day };
        let end = end_day.checked_mul(DAY);
        let seconds = end.and_then(|end| end.checked_sub(now)).map(big);
        let exact = seconds.map(|seconds| Fraction::new(seconds * rate, 1u64 << RATE_BITS).ceil());
        let expected = exact.and_then(|atoms| u64::try_from(atoms).ok());
        prop_assert_eq!(left(rate, now, end_day), expected);
    }

    /// It is what the stream earns from now on, or part of an atom more.
    #[test]
    fn what_is_left_is_still_earned(amount in word(), days in 1u64..512, step in word()) {
        let (mut rates, mut covers) = (EMPTY, EMPTY);
        let mut flow = Flow { accrued_at: 20_000 * DAY + 7_777, rate: 0, fraction: 0, active: 0 };
        let end_day = 20_000 + days;
        let rate = flow.start(amount >> 20, end_day, &mut rates).unwrap().rate;
        let now = within(step, end_day * DAY - flow.accrued_at) + flow.accrued_at;
        let before = flow.advance(now, &mut rates, &mut covers).unwrap();
        let rest = left(rate, now, end_day).unwrap();
        let after = flow.advance(end_day * DAY, &mut rates, &mut covers).unwrap();
        prop_assert_eq!(before + after, amount >> 20);
        prop_assert!(rest == after || rest == after + 1 || rest + 1 == after, "{} of {}", rest, after);
    }
}

proptest! {
    #![proptest_config(config(4_000, SEEDS))]

    /// Amounts added over time leave once, on their day, whatever the steps in which it comes.
    #[test]
    fn a_ring_releases_each_amount_on_its_day(
        first in day(), plan in vec((0u64..700, 1u64..512, word()), 0..30), last in 0u64..1_200,
    ) {
        let mut ring = EMPTY;
        let mut held = BTreeMap::<u64, u64>::new();
        let mut today = first;
        for (step, ahead, amount) in plan.into_iter().chain([(last, 1, 0), (512, 1, 0)]) {
            let due = held.range(..=today + step).map(|(_, amount)| amount).sum();
            held = held.split_off(&(today + step + 1));
            prop_assert_eq!(roll(&mut ring, today, today + step), Some(due));
            prop_assert_eq!(roll(&mut ring, today + step, today + step), Some(0), "again on the same day");
            today += step;
            // Room for all of them in one word.
            let amount = amount >> 5;
            prop_assert_eq!(add(&mut ring, today, today + ahead, amount), Some(()));
            *held.entry(today + ahead).or_default() += amount;
        }
        prop_assert_eq!(ring.iter().sum::<u64>(), held.values().sum::<u64>());
        for (day, amount) in held {
            prop_assert_eq!(ring[(day % RING_DAYS as u64) as usize], amount);
        }
    }

    /// However many days are walked in one step: day by day the same is released, and the same is left.
    #[test]
    fn a_ring_is_rolled_as_day_by_day(
        first in day(), ring in ring(), days in prop_oneof![0u64..40, 0u64..600],
    ) {
        let (mut ring, mut walked) = (ring, ring);
        let steps = (first..first + days).map(|day| roll(&mut walked, day, day + 1).unwrap());
        prop_assert_eq!(steps.sum::<u64>(), roll(&mut ring, first, first + days).unwrap());
        prop_assert_eq!(ring, walked);
    }

    /// The same of all streams and covers of a pool, with what they earn on the way.
    #[test]
    fn a_leap_is_a_walk_day_by_day(
        first in day(), rates in ring(), covers in ring(), second in 0..DAY, last in 0..DAY,
        days in prop_oneof![0u64..40, 0u64..600],
    ) {
        let (rate, active) = (rates.iter().sum(), covers.iter().sum());
        let mut leapt = (Flow { accrued_at: first * DAY + second, rate, fraction: 0, active }, rates, covers);
        let mut walked = leapt;
        let advance = |(flow, rates, covers): &mut (Flow, Ring, Ring), now| flow.advance(now, rates, covers);
        let end = (first + days) * DAY + if days == 0 { second.max(last) } else { last };
        let steps: Option<Vec<_>> =
            (1..=days).map(|day| (first + day) * DAY).chain([end]).map(|now| advance(&mut walked, now)).collect();
        // More than a word holds is earned by none of them.
        let earned = steps.and_then(|steps| steps.into_iter().try_fold(0u64, u64::checked_add));
        let found = advance(&mut leapt, end);
        prop_assert_eq!(found, earned);
        if earned.is_some() {
            prop_assert_eq!(leapt, walked);
        }
    }

    #[test]
    fn a_ring_takes_days_ahead_and_within_it(today in day(), day in day(), near in -2i64..=514, amount in word()) {
        for day in [Some(day), today.checked_add_signed(near)].into_iter().flatten() {
            let mut ring = EMPTY;
            let fits = day > today && day - today < RING_DAYS as u64;
            prop_assert_eq!(add(&mut ring, today, day, amount), fits.then_some(()));
            prop_assert_eq!(ring.iter().sum::<u64>(), if fits { amount } else { 0 });
        }
    }
}

#[test]
fn ring_bounds() {
    let mut ring = EMPTY;
    assert_eq!([99, 100, 612, 613].map(|day| add(&mut ring, 100, day, 7)), [None; 4]);
    assert_eq!(ring, EMPTY, "a refused amount leaves nothing");
    assert_eq!([101, 611].map(|day| add(&mut ring, 100, day, 7)), [Some(()); 2]);
    assert_eq!((ring[101], ring[99]), (7, 7), "slot d % 512");
    assert_eq!(add(&mut ring, 100, 101, u64::MAX), None, "a slot does not overflow");
    assert_eq!((ring[101], ring[99]), (7, 7));

    assert_eq!(roll(&mut ring.clone(), 100, 99), Some(0), "no way back");
    assert_eq!(roll(&mut ring.clone(), 100, 100), Some(0), "today is rolled already");
    assert_eq!(roll(&mut ring.clone(), 100, 101), Some(7));
    assert_eq!(roll(&mut ring.clone(), 100, 610), Some(7));
    assert_eq!(roll(&mut ring.clone(), 100, 611), Some(14));
    assert_eq!(roll(&mut ring, 100, u64::MAX), Some(14), "512 days are all there are");
    assert_eq!(ring, EMPTY);
    assert_eq!(roll(&mut [1; RING_DAYS], 100, 612), Some(512), "every slot once");
    assert_eq!(roll(&mut [1; RING_DAYS], 100, 613), Some(512), "and no more");
    assert_eq!(roll(&mut ring, u64::MAX, u64::MAX), None, "no day lies 512 after the last");

    assert_eq!(add(&mut ring, 0, 1, u64::MAX), Some(()));
    assert_eq!(add(&mut ring, 0, 2, 1), Some(()));
    assert_eq!(roll(&mut ring, 0, 2), None, "more than a word is released at once");
}

#[test]
fn stream_examples() {
    assert_eq!(stream(1, 1 << RATE_BITS), Some(Stream { rate: 1, rest: 0 }));
    assert_eq!(stream(1, (1 << RATE_BITS) + 1), Some(Stream { rate: 0, rest: 1 << RATE_BITS }));
    assert_eq!(stream(3, 2), Some(Stream { rate: 3 << 25, rest: 0 }));
    assert_eq!(stream(1, 3), Some(Stream { rate: 22_369_621, rest: 1 }));
    assert_eq!(stream(0, 5), Some(Stream { rate: 0, rest: 0 }));
    assert_eq!(stream(0, 0), None);
    assert_eq!(stream((1 << 38) - 1, 1).unwrap().rate, u64::MAX - (1 << RATE_BITS) + 1);
    assert_eq!(stream(1 << 38, 1), None);
    // Why 26 bits: five times the largest capital at 100% a year fits with them, and not with one more; what a stream
    // of 512 days leaves over is below an atom with them, and not with one less.
    let rate = stream(MAX_CAPITAL, YEAR).unwrap().rate;
    assert!(rate.checked_mul(5).is_some() && rate.checked_mul(10).is_none());
    assert_eq!((512 * DAY).next_power_of_two(), 1 << RATE_BITS);
}
