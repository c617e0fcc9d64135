//! `stake::Ages` against a list of (day, amount): what a ballot can count is known to the atom when it opens.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::stake::{AGE_DAYS, Ages, ages_from, too_young, weight};
use coverage_math::{DAY, day_of};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, config, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/ages.txt");

/// What happens to an assembly's stake.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// Time passes, seconds.
    Pass(u64),
    /// Somebody stakes.
    Add(u64),
    /// A part of a lot leaves, or all of it.
    Remove { lot: usize, part: u64 },
    /// A lot becomes as young as another, as when a voter's two oldest become one.
    Merge { old: usize, young: usize },
}

/// Days that follow each other, weeks, and gaps longer than the ring; now and then to the second of a day's end.
fn time() -> impl Strategy<Value = u64> + Clone {
    (0u8..8, 0u64..DAY, 0u64..5, 5u64..120, 100u64..700).prop_map(|(kind, second, few, many, idle)| match kind {
        0..=2 => few * DAY + second,
        3 => few * DAY,
        4..=5 => many * DAY + second,
        6 => 127 * DAY + few * DAY,
        _ => idle * DAY + second,
    })
}

fn step() -> impl Strategy<Value = Step> + Clone {
    (0u8..8, time(), word(), any::<u8>(), any::<u8>()).prop_map(|(kind, time, amount, one, other)| match kind {
        0..=2 => Step::Pass(time),
        // Room for all of them in one word.
        3..=5 => Step::Add(amount >> 6),
        6 => Step::Remove { lot: one.into(), part: amount },
        _ => Step::Merge { old: one.into(), young: other.into() },
    })
}

/// An assembly's ring beside the list it stands for.
struct Book {
    ring: [u64; AGE_DAYS],
    last_day: u64,
    /// Amounts, and when each began to age.
    lots: Vec<(u64, u64)>,
}

impl Book {
    fn empty() -> Self {
        Self { ring: [0; AGE_DAYS], last_day: 0, lots: Vec::new() }
    }

    fn ages(&mut self) -> Ages<'_> {
        Ages { ring: &mut self.ring, last_day: &mut self.last_day }
    }

    fn add(&mut self, time: u64, amount: u64) {
        self.lots.push((amount, time));
        self.ages().add(time, amount).expect("room for it");
    }

    fn remove(&mut self, lot: usize, part: u64) {
        self.lots[lot].0 -= part;
        let time = self.lots[lot].1;
        self.ages().remove(time, part).expect("it is there");
    }

    fn play(&mut self, step: Step, now: &mut u64) {
        match step {
            Step::Pass(seconds) => *now += seconds,
            Step::Add(amount) => self.add(ages_from(*now).expect("a time that fits"), amount),
            Step::Remove { lot, part } if !self.lots.is_empty() => {
                let lot = lot % self.lots.len();
                let held = self.lots[lot].0;
                self.remove(lot, within(part, held));
            }
            Step::Merge { old, young } if !self.lots.is_empty() => {
                let [old, young] = [old, young].map(|lot| lot % self.lots.len());
                // Stake never becomes older.
                let [old, young] = if self.lots[old].1 <= self.lots[young].1 { [old, young] } else { [young, old] };
                let (amount, time) = (self.lots[old].0, self.lots[young].1);
                self.remove(old, amount);
                self.add(time, amount);
            }
            _ => {}
        }
    }

    /// What ages since after `limit`, by the list.
    fn young(&self, limit: u64) -> Option<u64> {
        let young = self.lots.iter().filter(|(_, time)| *time > limit);
        small(&young.fold(big(0u8), |sum, (amount, _)| sum + *amount))
    }
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    /// Whatever was staked, taken out and merged, and however long nobody came: the ring knows to the atom what is too
    /// young for every minimum age an assembly can have, and the rest is what the lots weigh.
    #[test]
    fn the_ring_knows_what_is_too_young(
        first in 0u64..60_000, second in 0u64..DAY, steps in vec(step(), 0..24), ages in vec((0u64..=90, time()), 1..4),
    ) {
        let (mut book, mut now) = (Book::empty(), first * DAY + second);
        for step in steps {
            book.play(step, &mut now);
            for (days, seconds) in &ages {
                // Of whole days, of seconds more or less, and none at all.
                for age in [days * DAY, (days * DAY + seconds % DAY).min(90 * DAY), 0] {
                    let limit = now.saturating_sub(age);
                    let young = too_young(&book.ring, book.last_day, limit);
                    prop_assert_eq!(young, book.young(limit), "{} seconds old at {}", age, now);
                    let all = book.lots.iter().map(|(amount, _)| amount).sum::<u64>();
                    prop_assert_eq!(weight(book.lots.iter().copied(), limit), Some(all - young.unwrap()));
                }
            }
        }
    }

    #[test]
    fn stake_ages_from_the_next_day(now in word()) {
        let next = (big(now) / DAY + 1u8) * DAY;
        prop_assert_eq!(ages_from(now), small(&next));
        if let Some(time) = ages_from(now) {
            prop_assert!(time > now && time - now <= DAY && time.is_multiple_of(DAY));
        }
    }
}

#[test]
fn examples() {
    let mut book = Book::empty();
    for (day, amount) in [(1_000, 5), (1_001, 20), (1_001, 100), (1_003, 1_000)] {
        book.add(day * DAY, amount);
    }
    let young = |book: &Book, limit| too_young(&book.ring, book.last_day, limit);
    assert_eq!(book.last_day, 1_003);
    assert_eq!(young(&book, 999 * DAY), Some(1_125));
    assert_eq!(young(&book, 1_000 * DAY - 1), Some(1_125), "a second too early");
    assert_eq!(young(&book, 1_000 * DAY), Some(1_120));
    assert_eq!(young(&book, 1_002 * DAY - 1), Some(1_000));
    assert_eq!(young(&book, 1_003 * DAY), Some(0));
    assert_eq!(young(&book, u64::MAX), Some(0));
}

/// What left the ring is old for every ballot; it can still be taken out, which changes nothing in it.
#[test]
fn what_left_the_ring_can_be_taken_out() {
    let days = AGE_DAYS as u64;
    let mut book = Book::empty();
    book.add(1_000 * DAY, 7);
    book.add((1_000 + days - 1) * DAY, 11);
    assert_eq!(book.ring.iter().sum::<u64>(), 18, "the first day is still in");
    book.add((1_000 + days) * DAY, 13);
    assert_eq!(book.ring.iter().sum::<u64>(), 24, "its slot is the new day's");
    book.remove(0, 7);
    assert_eq!(book.ring.iter().sum::<u64>(), 24);
    assert_eq!(book.ages().remove((1_000 + days) * DAY, 14), None, "more than there is");
    assert_eq!(book.ages().remove((1_000 + days) * DAY, 13), Some(()));
    assert_eq!((book.ring.iter().sum::<u64>(), book.last_day), (11, 1_000 + days));
}

/// However long nobody staked: every slot is a new day's.
#[test]
fn a_gap_longer_than_the_ring_empties_it() {
    for gap in [127, 128, 129, 255, 256, 257, 100_000] {
        let mut book = Book { ring: [1; AGE_DAYS], last_day: 1_000, lots: Vec::new() };
        assert_eq!(book.ages().add((1_000 + gap) * DAY, 5), Some(()));
        assert_eq!(book.last_day, 1_000 + gap);
        let kept = AGE_DAYS as u64 - gap.min(AGE_DAYS as u64);
        assert_eq!(book.ring.iter().sum::<u64>(), 5 + kept, "a gap of {gap} days");
    }
}

#[test]
fn a_slot_does_not_overflow() {
    let mut book = Book::empty();
    assert_eq!(book.ages().add(DAY, u64::MAX), Some(()));
    assert_eq!(book.ages().add(DAY, 1), None);
    assert_eq!(book.ages().add(2 * DAY, 1), Some(()));
    assert_eq!(too_young(&book.ring, book.last_day, 0), None, "more than a word");
    assert_eq!(too_young(&book.ring, book.last_day, DAY), Some(1));
    assert_eq!(ages_from(u64::MAX), None, "no day begins after the last");
    assert_eq!(day_of(ages_from(0).unwrap()), 1);
}
