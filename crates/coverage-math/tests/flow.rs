//! `stream::Flow` against a reference that keeps every stream by itself.
//!
//! A stream that has run `e` of its `s` seconds has earned `rate × e + rest`, which is `amount × e / s` and
//! `rest × (1 − e / s)` more: what its division left over, less than an atom, is earned when it starts and not when it
//! ends. So the LPs are ahead of the exact sum by less than an atom for each running stream, and level with it, to the
//! atom, once all have ended. Whole atoms are counted rounded down.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::stream::{Flow, RATE_BITS, Ring, add, stream};
use coverage_math::{DAY, RING_DAYS, day_of};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{Fraction, big, config, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/flow.txt");
const ATOM: u128 = 1 << RATE_BITS;
const EMPTY: Ring = [0; RING_DAYS];

/// A flow with its rings, and what it has earned.
#[derive(Clone, Debug, PartialEq)]
struct Books {
    flow: Flow,
    rates: Ring,
    covers: Ring,
    earned: u64,
}

impl Books {
    fn at(accrued_at: u64) -> Self {
        let flow = Flow { accrued_at, rate: 0, fraction: 0, active: 0 };
        Self { flow, rates: EMPTY, covers: EMPTY, earned: 0 }
    }

    fn advance(&mut self, now: u64) {
        self.earned += self.flow.advance(now, &mut self.rates, &mut self.covers).expect("within the bounds");
    }

    fn start(&mut self, sale: &Sale) {
        self.flow.start(sale.amount, sale.end / DAY, &mut self.rates).expect("within the bounds");
        self.flow.active += sale.cover;
        add(&mut self.covers, day_of(self.flow.accrued_at), sale.release_day, sale.cover).expect("within the ring");
    }

    /// Earned so far in atoms × 2^26, with what is not yet an atom.
    fn units(&self) -> u128 {
        u128::from(self.earned) * ATOM + u128::from(self.flow.fraction)
    }
}

/// One sale as the reference sees it.
#[derive(Clone, Debug)]
struct Sale {
    amount: u64,
    start: u64,
    end: u64,
    cover: u64,
    release_day: u64,
}

impl Sale {
    fn seconds(&self) -> u128 {
        u128::from(self.end - self.start)
    }

    fn elapsed(&self, now: u64) -> u128 {
        u128::from(now.min(self.end) - self.start)
    }

    fn rate(&self) -> u128 {
        u128::from(self.amount) * ATOM / self.seconds()
    }

    fn units(&self, now: u64) -> u128 {
        let rest = u128::from(self.amount) * ATOM - self.rate() * self.seconds();
        self.rate() * self.elapsed(now) + rest
    }

    /// `amount × elapsed / seconds`, not rounded.
    fn exact(&self, now: u64) -> Fraction {
        Fraction::new(big(self.amount) * self.elapsed(now), self.seconds())
    }
}

/// Seconds of a step, from 0 to 600 days; `align` moves it to a boundary, one before it, or one after.
fn step() -> impl Strategy<Value = (u64, u8)> + Clone {
    (word(), 0u8..12).prop_map(|(raw, align)| (within(raw, 600 * DAY), align))
}

fn after(now: u64, (seconds, align): (u64, u8)) -> u64 {
    let then = now + seconds;
    let boundary = then.div_ceil(DAY).max(1) * DAY;
    match align {
        0 => boundary,
        1 => boundary - 1,
        2 => boundary + 1,
        3 => now,
        4..=8 => now + seconds % (3 * DAY), // so that many run at once
        _ => then,
    }
    .max(now)
}

/// Times that do not fall, and a sale at each.
fn history(most: usize) -> impl Strategy<Value = (u64, Vec<(u64, Sale)>)> + Clone {
    let plan = vec((step(), word(), 1u64..=500, word(), 0u64..=11), 0..=most);
    (word(), plan).prop_map(|(first, plan)| {
        let first = within(first, 1 << 40);
        let mut now = first;
        let sales = plan.into_iter().map(|(step, amount, days, cover, grace)| {
            now = after(now, step);
            let end = (day_of(now) + days) * DAY;
            // Room for forty such rates in one word.
            let amount = within(amount, (end - now) << 32);
            let sale = Sale { amount, start: now, end, cover: cover >> 6, release_day: end / DAY + grace };
            (now, sale)
        });
        (first, sales.collect())
    })
}

/// Everything that the reference says about the books at `now`.
fn check(books: &Books, sales: &[Sale], now: u64) {
    let running: Vec<_> = sales.iter().filter(|sale| sale.end > now).collect();
    assert_eq!(books.flow.accrued_at, now);
    assert_eq!(u128::from(books.flow.rate), running.iter().map(|sale| sale.rate()).sum::<u128>());
    let held = sales.iter().filter(|sale| sale.release_day > day_of(now));
    assert_eq!(books.flow.active, held.map(|sale| sale.cover).sum::<u64>());
    assert_eq!(books.units(), sales.iter().map(|sale| sale.units(now)).sum::<u128>());
    assert!(books.earned <= sales.iter().map(|sale| sale.amount).sum(), "more is earned than was paid");
    assert_eq!(books.rates.iter().map(|rate| u128::from(*rate)).sum::<u128>(), u128::from(books.flow.rate));
    assert_eq!(books.covers.iter().sum::<u64>(), books.flow.active);
}

/// Plays a history to its last sale; `each` sees the books before and after each sale.
fn play(first: u64, history: &[(u64, Sale)], mut each: impl FnMut(&Books, &[Sale], u64)) -> (Books, Vec<Sale>) {
    let (mut books, mut sales) = (Books::at(first), Vec::new());
    for (now, sale) in history {
        books.advance(*now);
        each(&books, &sales, *now);
        books.start(sale);
        sales.push(sale.clone());
        each(&books, &sales, *now);
    }
    (books, sales)
}

proptest! {
    #![proptest_config(config(1_500, SEEDS))]

    #[test]
    fn a_flow_is_the_sum_of_its_streams((first, history) in history(40), steps in vec(step(), 0..20)) {
        let (mut books, sales) = play(first, &history, check);
        let mut now = books.flow.accrued_at;
        for step in steps {
            let later = after(now, step);
            books.advance(later);
            check(&books, &sales, later);
            prop_assert!(later == now || u128::from(books.flow.fraction) < ATOM);
            now = later;
        }
        // Past the end of the last stream and of the last cover: all that was paid is earned, and nothing is left.
        books.advance(now + 512 * DAY);
        let mut empty = Books::at(now + 512 * DAY);
        empty.earned = sales.iter().map(|sale| sale.amount).sum();
        prop_assert_eq!(books, empty);
    }

    /// Whole atoms earned: above the exact sum less one, below it plus one for each running stream; and no more than
    /// the exact sum when none runs.
    #[test]
    fn earned_keeps_close_to_the_exact_sum((first, history) in history(6), step in step()) {
        let near = |books: &Books, sales: &[Sale], now: u64| {
            let exact = sales.iter().fold(Fraction::whole(0), |sum, sale| &sum + &sale.exact(now));
            let running = sales.iter().filter(|sale| sale.end > now).count();
            let units = Fraction::new(books.units(), ATOM);
            assert!(units >= exact, "{units:?} is behind {exact:?}");
            assert!(units < &exact + &Fraction::whole(running) || running == 0 && units == exact);
            let earned = Fraction::whole(books.earned);
            // What a start adds to the fraction is counted with the next second.
            let counted = u128::from(books.flow.fraction) < ATOM;
            assert!(earned <= units && (!counted || &earned + &Fraction::whole(1) > exact));
            assert!(running > 0 || !counted || earned.over == exact.floor());
        };
        let (mut books, sales) = play(first, &history, near);
        let later = after(books.flow.accrued_at, step);
        books.advance(later);
        near(&books, &sales, later);
    }

    #[test]
    fn many_steps_are_one_step((first, history) in history(40), steps in vec(step(), 1..40)) {
        let (mut walked, _) = play(first, &history, |_, _, _| ());
        let mut leapt = walked.clone();
        for step in steps {
            walked.advance(after(walked.flow.accrued_at, step));
        }
        leapt.advance(walked.flow.accrued_at);
        prop_assert_eq!(walked, leapt);
    }

    #[test]
    fn nothing_changes_at_the_same_time_or_an_earlier((first, history) in history(10), back in word()) {
        let (mut books, _) = play(first, &history, |_, _, _| ());
        let before = books.clone();
        let now = books.flow.accrued_at;
        books.advance(now);
        books.advance(within(back, now));
        prop_assert_eq!(books, before);
    }

    #[test]
    fn a_stream_ends_on_a_later_day_within_the_ring(now in word(), days in 0u64..=600, amount in word()) {
        let now = within(now, 1 << 60);
        let end_day = day_of(now) + days;
        let mut books = Books::at(now);
        let found = books.flow.start(amount, end_day, &mut books.rates);
        let expected = if (1..512).contains(&days) { stream(amount, end_day * DAY - now) } else { None };
        prop_assert_eq!(found, expected);
        if let Some(stream) = expected {
            prop_assert_eq!((books.flow.rate, books.flow.fraction), (stream.rate, stream.rest));
            prop_assert_eq!(books.rates[(end_day % 512) as usize], stream.rate);
        }
    }
}
