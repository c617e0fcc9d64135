//! `add`, `remove` and `roll` on the ring of 64 days that a pool keeps its liens in.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use std::collections::BTreeMap;

use coverage_math::DAY;
use coverage_math::stream::{add, put_in, remove, roll, take_out};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, config, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/rings.txt");
/// Day slots of a small ring.
const DAYS: usize = 64;
const EMPTY: [u64; DAYS] = [0; DAYS];

/// Days from the first to the last that a word of seconds has.
fn day() -> impl Strategy<Value = u64> + Clone {
    word().prop_map(|raw| within(raw, u64::MAX / DAY - 2 * DAYS as u64))
}

/// A day's doings: days that pass, an amount and how far ahead it is put, and how much of what is there is taken away.
fn doings() -> impl Strategy<Value = (u64, u64, u64, u64)> + Clone {
    (0u8..4, 0u64..4, 0u64..150, 1u64..64, word(), word())
        .prop_map(|(kind, few, many, ahead, amount, taken)| (if kind == 0 { many } else { few }, ahead, amount, taken))
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    /// What is added and not taken away leaves once, on its day, whatever the steps in which it comes.
    #[test]
    fn each_amount_leaves_on_its_day(first in day(), plan in vec(doings(), 0..16), last in 0u64..200) {
        let mut ring = EMPTY;
        let mut held = BTreeMap::<u64, u64>::new();
        let mut today = first;
        for (step, ahead, amount, taken) in plan.into_iter().chain([(last, 1, 0, 0), (64, 1, 0, 0)]) {
            let due = held.range(..=today + step).fold(big(0u8), |sum, (_, amount)| sum + *amount);
            held = held.split_off(&(today + step + 1));
            prop_assert_eq!(roll(&mut ring, today, today + step), small(&due));
            prop_assert_eq!(roll(&mut ring, today + step, today + step), Some(0), "again on the same day");
            today += step;
            // Room for all of them in one word.
            let amount = amount >> 5;
            prop_assert_eq!(add(&mut ring, today, today + ahead, amount), Some(()));
            let there = held.entry(today + ahead).or_default();
            *there += amount;
            let taken = within(taken, *there);
            prop_assert_eq!(remove(&mut ring, today, today + ahead, taken), Some(()));
            *there -= taken;
            let left = *there;
            prop_assert_eq!(remove(&mut ring, today, today + ahead, left + 1), None, "more than there is");
        }
        prop_assert_eq!(ring.iter().sum::<u64>(), held.values().sum::<u64>());
        for (day, amount) in held {
            prop_assert_eq!(ring[(day % DAYS as u64) as usize], amount);
        }
    }

    /// Only days ahead that have a slot of their own: today's is over, and that of the day 64 ahead is today's.
    #[test]
    fn a_ring_takes_days_ahead_and_within_it(today in day(), day in day(), near in -2i64..=66, amount in word()) {
        for day in [Some(day), today.checked_add_signed(near)].into_iter().flatten() {
            let fits = day > today && day - today < DAYS as u64;
            let mut ring = EMPTY;
            prop_assert_eq!(add(&mut ring, today, day, amount), fits.then_some(()));
            prop_assert_eq!(ring.iter().sum::<u64>(), if fits { amount } else { 0 });
            let mut full = [u64::MAX; DAYS];
            prop_assert_eq!(remove(&mut full, today, day, amount), fits.then_some(()));
            let taken = full.iter().fold(big(0u8), |sum, left| sum + (u64::MAX - left));
            prop_assert_eq!(taken, big(if fits { amount } else { 0 }));
        }
    }
}

#[test]
fn ring_bounds() {
    let mut ring = EMPTY;
    assert_eq!([99, 100, 164, 165].map(|day| add(&mut ring, 100, day, 7)), [None; 4]);
    assert_eq!(ring, EMPTY, "a refused amount leaves nothing");
    assert_eq!([101, 163].map(|day| add(&mut ring, 100, day, 7)), [Some(()); 2]);
    assert_eq!((ring[101 % 64], ring[163 % 64]), (7, 7), "slot d % 64");
    assert_eq!(add(&mut ring, 100, 101, u64::MAX), None, "a slot does not overflow");
    assert_eq!(remove(&mut ring, 100, 102, 1), None, "nor fall below zero");
    assert_eq!([99, 100, 164, 165].map(|day| remove(&mut ring, 100, day, 0)), [None; 4]);

    assert_eq!(roll(&mut ring.clone(), 100, 99), Some(0), "no way back");
    assert_eq!(roll(&mut ring.clone(), 100, 100), Some(0), "today is rolled already");
    assert_eq!(roll(&mut ring.clone(), 100, 101), Some(7));
    assert_eq!(roll(&mut ring.clone(), 100, 162), Some(7));
    assert_eq!(roll(&mut ring.clone(), 100, 163), Some(14));
    assert_eq!(roll(&mut ring, 100, u64::MAX), Some(14), "64 days are all there are");
    assert_eq!(ring, EMPTY);
    assert_eq!(roll(&mut [1; DAYS], 100, 164), Some(64), "every slot once");
    assert_eq!(roll(&mut [1; DAYS], 100, 165), Some(64), "and no more");
    assert_eq!(roll(&mut ring, u64::MAX, u64::MAX), None, "no day lies 64 after the last");
}

/// A ring of 512 days with a few slots held.
fn ring() -> impl Strategy<Value = [u64; 512]> {
    vec((0usize..512, 0..1u64 << 62), 0..20).prop_map(|slots| {
        let mut ring = [0; 512];
        slots.into_iter().for_each(|(slot, held)| ring[slot] = held);
        ring
    })
}

proptest! {
    #![proptest_config(config(10_000, SEEDS))]

    /// What is put in is there beside what was, slot by slot, and can be taken out again; nothing else can.
    #[test]
    fn a_ring_is_put_into_another_and_taken_out(whole in ring(), part in ring()) {
        let mut both = whole;
        prop_assert_eq!(put_in(&mut both, &part), Some(()));
        for ((both, whole), part) in both.iter().zip(whole).zip(part) {
            prop_assert_eq!(*both, whole + part);
        }
        prop_assert_eq!(take_out(&mut both, &part), Some(()));
        prop_assert_eq!(both, whole);
        let fits = whole.iter().zip(part).all(|(whole, part)| *whole >= part);
        prop_assert_eq!(take_out(&mut both, &part).is_some(), fits);
        let full = [u64::MAX; 512];
        prop_assert_eq!(put_in(&mut full.clone(), &part).is_some(), part == [0; 512]);
    }
}
