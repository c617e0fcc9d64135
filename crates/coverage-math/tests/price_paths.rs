//! `prices` on random paths of true prices, with writers, provers and claimants who choose what they can: what a path pays depends on
//! nothing but the path and the points that nobody wrote.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::BPS;
use coverage_math::prices::point::LEAD;
use coverage_math::prices::value::price_of;
use coverage_math::prices::{Cover, Grid, Reading, Run, Terms, Value, Window};
use proptest::prelude::*;
use reference::config;

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/price_paths.txt");
const STRIKE: u64 = 1_000;
const FLOOR: u64 = 900;
const MAX_AGE: u32 = 60;
const GAP: u32 = 30;

/// What a run of a test draws from: SplitMix64. Paths are long, and drawing each price by a strategy would take most of the time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.roll() % bound as u64) as usize
    }

    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll() % (high - low + 1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

/// A path of true prices of a source, and the points of a product on it.
struct Path {
    terms: Terms,
    first: u64,
    points: usize,
    /// What the source said, by its time; several times in a second.
    said: Vec<Reading>,
}

fn reading(time: u64, price: u64) -> Reading {
    Reading { time, upper: Value { mantissa: price.into(), exponent: 0 } }
}

impl Path {
    fn draw(dice: &mut Dice, window: u32, points: usize) -> Self {
        let step = [60, 61, 90, 300][dice.below(4)];
        let grid = Grid { step, max_gap: GAP };
        let terms = Terms { strike: STRIKE, floor: FLOOR, grid, min_duration: step * window };
        let first = u64::from(step) * 1_000;
        let end = first + points as u64 * u64::from(step) + 100;
        let (kind, mut time, mut said, mut walk) = (dice.below(5), first - u64::from(MAX_AGE), Vec::new(), 980);
        while time < end {
            let price = match kind {
                0 => dice.between(850, 1_020),
                1 => [940, 970][said.len() % 2],
                2 if dice.below(12) > 0 => dice.between(880, 999),
                3 => dice.between(985, 1_002),
                _ => {
                    walk = (walk + dice.between(0, 20)).saturating_sub(10).clamp(870, 1_030);
                    walk
                }
            };
            said.push(reading(time, price));
            time += [0, 1, 5, 17, 40, 70][dice.below(6)];
        }
        Self { terms, first, points, said }
    }

    fn point(&self, at: usize) -> u64 {
        self.first + at as u64 * u64::from(self.terms.grid.step)
    }

    /// What the source said that can be written for a point.
    fn for_point(&self, at: usize) -> &[Reading] {
        let point = self.point(at);
        let from = self.said.partition_point(|said| said.time + u64::from(MAX_AGE) < point);
        let until = self.said.partition_point(|said| said.time <= point + u64::from(GAP) + LEAD);
        for (number, said) in self.said.iter().enumerate() {
            assert_eq!(self.terms.grid.accepts(point, said.time, MAX_AGE), (from..until).contains(&number));
        }
        &self.said[from..until]
    }

    /// What counts: the value in force at the point, of its second the highest; else the first after it.
    fn sample(&self, at: usize) -> Option<Reading> {
        let (point, said) = (self.point(at), self.for_point(at));
        let in_force = said.iter().rev().find(|said| said.time <= point);
        let time = in_force.or(said.first())?.time;
        let of_then = said.iter().filter(|said| said.time == time);
        of_then.max_by_key(|said| said.upper.mantissa).copied()
    }

    fn samples(&self) -> Vec<Option<u64>> {
        (0..self.points).map(|at| self.sample(at).map(|sample| sample.upper.ceil_to(0))).collect()
    }

    /// The lowest and the highest that could be written for a point.
    fn range(&self, at: usize) -> Option<(u64, u64)> {
        let prices = || self.for_point(at).iter().map(|said| said.upper.ceil_to(0));
        Some((prices().min()?, prices().max()?))
    }

    /// What stays of a point after several wrote some of what the source said, `must` among it, in any order and again.
    fn written(&self, dice: &mut Dice, at: usize, must: Option<Reading>) -> Option<u64> {
        let mut readings: Vec<Reading> = must.into_iter().collect();
        let said = self.for_point(at);
        for _ in 0..dice.below(4) {
            readings.extend(said.get(dice.below(said.len().max(1))));
        }
        dice.shuffle(&mut readings);
        let point = self.point(at);
        let kept = readings.into_iter().reduce(|kept, new| if new.is_better(&kept, point) { new } else { kept });
        kept.map(|kept| kept.upper.ceil_to(0))
    }

    fn run(&self, prices: &[Option<u64>], from: usize) -> Option<Window> {
        let mut run = Run::EMPTY;
        for (at, price) in prices.iter().enumerate().skip(from).take(self.terms.points()? as usize) {
            run = run.with(&self.terms, self.point(at), (*price)?)?;
        }
        run.window(&self.terms)
    }

    /// The windows that provers hand in, who begin where they like, several at a time and in any order; everybody whom a window pays proves it
    /// once at least.
    fn proven(&self, dice: &mut Dice, prices: &[Option<u64>]) -> Vec<Window> {
        let mut starts: Vec<usize> = (0..self.points).chain((0..3).map(|_| dice.below(self.points))).collect();
        dice.shuffle(&mut starts);
        let mut proofs: Vec<(usize, Run)> = starts.into_iter().map(|from| (from, Run::EMPTY)).collect();
        let mut windows = Vec::new();
        while !proofs.is_empty() {
            let chosen = dice.below(proofs.len().min(3));
            let (at, run) = proofs[chosen];
            // Leaving a point out, showing one twice and another one first gets nowhere.
            let step = self.terms.grid.step.into();
            let wrong = self.point(at) + [1, step, step * 2][dice.below(3)];
            assert!(run.count == 0 || run.with(&self.terms, wrong, FLOOR).is_none());
            assert!(run.count == 0 || run.with(&self.terms, self.point(at) - step, FLOOR).is_none());
            let next = prices.get(at).copied().flatten().and_then(|price| run.with(&self.terms, self.point(at), price));
            match next {
                Some(run) if run.window(&self.terms).is_none() => proofs[chosen] = (at + 1, run),
                next => {
                    windows.extend(next.and_then(|run| run.window(&self.terms)));
                    proofs.swap_remove(chosen);
                }
            }
        }
        windows
    }
}

/// The severities of all windows by their first point, as the rule says: the mean of what their samples fall short by, in parts of the way from
/// strike to floor.
fn severities(terms: &Terms, prices: &[Option<u64>]) -> Vec<Option<u16>> {
    let points = (terms.min_duration / terms.grid.step) as usize;
    (0..prices.len())
        .map(|from| {
            let window = prices.get(from..from + points)?;
            let prices: Vec<u64> = window.iter().copied().collect::<Option<_>>()?;
            if prices.iter().any(|price| *price >= STRIKE) {
                return None;
            }
            let short: u64 = prices.iter().map(|price| (STRIKE - price).min(STRIKE - FLOOR)).sum();
            Some((short * u64::from(BPS) / (points as u64 * (STRIKE - FLOOR))) as u16)
        })
        .collect()
}

fn deepest(terms: &Terms, prices: &[Option<u64>]) -> Option<u16> {
    severities(terms, prices).into_iter().flatten().max()
}

/// What the product has written once all were handed in, one after the other.
fn handed_in(windows: &[Window]) -> Option<Window> {
    windows.iter().copied().reduce(|kept, new| if new.is_deeper(&kept) { new } else { kept })
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    /// Somebody wrote what counts for each point, and somebody proves each window. Others write what they like of what is true, and prove and
    /// claim in whatever order: product and policies get what the path says.
    #[test]
    fn a_path_pays_the_same_in_whatever_way_it_is_written_and_proven(seed: u64, window in 4u32..=6, points in 4usize..=14) {
        let dice = &mut Dice(seed);
        let path = Path::draw(dice, window, points);
        let samples = path.samples();
        let written: Vec<Option<u64>> = (0..points).map(|at| path.written(dice, at, path.sample(at))).collect();
        prop_assert_eq!(&written, &samples);
        let windows = path.proven(dice, &written);
        prop_assert_eq!(handed_in(&windows).map(|window| window.severity_bps), deepest(&path.terms, &samples));
        // A policy whose cover begins and ends somewhere, by every window, twice, in any order.
        let (from, length) = (dice.below(points), dice.below(points));
        let cover = Cover {
            bought_at: path.first - 1,
            from: path.point(from),
            end: path.point(from + length),
            amount: dice.between(0, 1 << 40),
            deductible: dice.between(0, 1 << 36),
        };
        let mut cited = [&windows[..], &windows[..]].concat();
        dice.shuffle(&mut cited);
        let claimed = cited.iter().filter(|window| cover.may_cite(window, path.first)).fold(0, |claimed, window| {
            claimed + cover.owed(window.severity_bps, claimed).unwrap()
        });
        let own = severities(&path.terms, &samples).into_iter().skip(from).take(length + 1).flatten().max().unwrap_or(0);
        let loss = u128::from(cover.amount) * u128::from(own) / u128::from(BPS);
        prop_assert_eq!(u128::from(claimed), loss.saturating_sub(cover.deductible.into()));
    }

    /// Points that nobody wrote take the windows away that hold them, and change no other. What somebody else writes there is true, so it gives
    /// no more than the lowest that was there.
    #[test]
    fn what_nobody_wrote_takes_windows_away_and_changes_no_other(seed: u64, window in 4u32..=6, points in 4usize..=14, missing in 1usize..4) {
        let dice = &mut Dice(seed);
        let path = Path::draw(dice, window, points);
        let samples = path.samples();
        let mut honest = samples.clone();
        (0..missing).for_each(|_| honest[dice.below(points)] = None);
        let (full, held) = (severities(&path.terms, &samples), severities(&path.terms, &honest));
        for (from, (full, held)) in full.iter().zip(&held).enumerate() {
            let whole = honest[from..points.min(from + window as usize)].iter().all(Option::is_some);
            prop_assert_eq!(*held, if whole { *full } else { None });
            prop_assert_eq!(path.run(&honest, from).map(|window| window.severity_bps), *held);
        }
        let others: Vec<Option<u64>> = (0..points)
            .map(|at| if honest[at].is_some() { honest[at] } else { path.written(dice, at, None) })
            .collect();
        let lowest: Vec<Option<u64>> = (0..points).map(|at| honest[at].or(path.range(at).map(|range| range.0))).collect();
        let paid = handed_in(&path.proven(dice, &others)).map(|window| window.severity_bps);
        prop_assert!(deepest(&path.terms, &honest) <= paid && paid <= deepest(&path.terms, &lowest));
    }

    /// Somebody who alone writes chooses of each point what was true from its oldest reading to the end of its gap, and no more: each window lies
    /// between those of the highest and of the lowest. As soon as somebody else writes what counts, the choice is gone.
    #[test]
    fn who_writes_alone_moves_a_window_within_its_gaps(seed: u64, window in 4u32..=6, points in 4usize..=10) {
        let dice = &mut Dice(seed);
        let path = Path::draw(dice, window, points);
        let ranges: Vec<Option<(u64, u64)>> = (0..points).map(|at| path.range(at)).collect();
        let side = |highest: bool| -> Vec<Option<u64>> {
            ranges.iter().map(|range| range.map(|(low, high)| if highest { high } else { low })).collect()
        };
        let alone: Vec<Option<u64>> = (0..points)
            .map(|at| {
                let said = path.for_point(at);
                let any = said.get(dice.below(said.len().max(1))).copied();
                path.written(dice, at, any)
            })
            .collect();
        let of = |prices: &[Option<u64>]| severities(&path.terms, prices);
        for ((least, one), most) in of(&side(true)).iter().zip(of(&alone)).zip(of(&side(false))) {
            prop_assert!(*least <= one && one <= most);
        }
        let both: Vec<Option<u64>> = (0..points)
            .map(|at| {
                let highest = path.for_point(at).iter().max_by_key(|said| said.upper.mantissa);
                let (point, sample) = (path.point(at), path.sample(at)?);
                Some(if highest?.is_better(&sample, point) { *highest? } else { sample }.upper.ceil_to(0))
            })
            .collect();
        prop_assert_eq!(both, path.samples());
    }

    /// A source that keeps only its latest value: what stays is what it said when somebody first wrote, and what it says later changes it only by a
    /// higher price of the same second. Who writes before its next value writes the one in force.
    #[test]
    fn of_a_source_that_keeps_only_its_latest_the_first_who_writes_decides(seed: u64, behind in 0u64..=30) {
        let dice = &mut Dice(seed);
        let path = Path::draw(dice, 4, 4);
        let point = path.point(1);
        // The chain's clock is behind that of the source.
        let mut written: Vec<Reading> = Vec::new();
        let mut times: Vec<u64> = (0..=dice.below(3)).map(|_| point + dice.between(0, GAP.into())).collect();
        times.sort_unstable();
        for now in times {
            prop_assert_eq!(path.terms.grid.point_at(now), Some(point));
            let latest = path.said.partition_point(|said| said.time <= now + behind).checked_sub(1).map(|at| path.said[at]);
            written.extend(latest.filter(|latest| path.terms.grid.accepts(point, latest.time, MAX_AGE)));
        }
        prop_assume!(!written.is_empty());
        let first = written[0];
        let highest = written.iter().filter(|reading| reading.time == first.time).max_by_key(|reading| reading.upper).copied();
        dice.shuffle(&mut written);
        let kept = written.into_iter().reduce(|kept, new| if new.is_better(&kept, point) { new } else { kept });
        prop_assert_eq!(kept, highest);
    }

    /// Two of three sources: one that says too much or too little, that is stuck, or that stops moves no window beyond those of the two
    /// others.
    #[test]
    fn one_liar_of_three_moves_no_window_beyond_the_others(seed: u64, window in 4u32..=6, points in 4usize..=10, lie in 0u8..5) {
        let dice = &mut Dice(seed);
        let path = Path::draw(dice, window, points);
        let truth = path.samples();
        let mut near = |price: Option<u64>| price.map(|price| price + dice.between(0, 6));
        let (one, other): (Vec<_>, Vec<_>) = truth.iter().map(|price| (near(*price), near(*price))).unzip();
        let stuck = dice.between(850, 1_050);
        let mut slot = dice.below(3);
        let said: Vec<Option<u64>> = (0..points)
            .map(|at| {
                let lies = match lie {
                    0 => Some(u64::MAX),
                    1 => Some(1),
                    2 => Some(stuck),
                    3 => None,
                    _ => Some(dice.between(1, 2_000)),
                };
                let mut said = [one[at], other[at], lies];
                slot = (slot + 1) % 3;
                said.swap(slot, 2);
                price_of(said, 2)
            })
            .collect();
        let both = |choose: fn(u64, u64) -> u64| -> Vec<Option<u64>> {
            one.iter().zip(&other).map(|(one, other)| Some(choose((*one)?, (*other)?))).collect()
        };
        let of = |prices: &[Option<u64>]| severities(&path.terms, prices);
        for (from, ((least, found), most)) in of(&both(u64::max)).iter().zip(of(&said)).zip(of(&both(u64::min))).enumerate() {
            // Where the two others said nothing, a liar alone makes no price.
            prop_assert!(*least <= found && found <= most, "{} {:?}", from, said);
        }
    }
}

proptest! {
    #![proptest_config(config(2_000, SEEDS))]

    /// A breach of `missing + 1` times the least duration has a window left, whichever points of it are missing. In one of a point less
    /// there may be none.
    #[test]
    fn as_many_missing_points_leave_a_window(seed: u64, window in 4usize..=64, missing in 0usize..=5) {
        let dice = &mut Dice(seed);
        let step = 60;
        let terms = Terms { strike: STRIKE, floor: FLOOR, grid: Grid { step, max_gap: GAP }, min_duration: step * window as u32 };
        let path = Path { terms, first: 60_000, points: (missing + 1) * window, said: Vec::new() };
        let mut prices = vec![Some(950); path.points];
        (0..missing).for_each(|_| prices[dice.below(path.points)] = None);
        let left = |prices: &[Option<u64>]| (0..prices.len()).filter_map(|from| path.run(prices, from)).max_by_key(|window| window.severity_bps);
        prop_assert_eq!(left(&prices).map(|window| window.severity_bps), Some(5_000));
        let mut fewer = vec![Some(950); path.points - 1];
        (1..=missing).for_each(|number| fewer[number * window - 1] = None);
        prop_assert_eq!(left(&fewer), None);
    }
}

/// How much a writer of the highest tick takes from a true window, at a volatility of 3% an hour and a way of 10% from strike to floor: something where
/// nobody else writes, and nothing where somebody else does. With the highest of all counting it would take that much in any case.
#[test]
fn the_highest_tick_of_a_gap_counts_where_nobody_else_writes_only() {
    let dice = &mut Dice(1);
    let terms = Terms { strike: 1_000_000, floor: 900_000, grid: Grid { step: 60, max_gap: 30 }, min_duration: 3_600 };
    let (mut taken, mut of_two, mut windows) = (0, 0, 0);
    for _ in 0..400 {
        // A tick a second, up or down by 3% / √3,600.
        let mut price = 950_000_i64;
        let ticks: Vec<u64> = (0..3_700)
            .map(|_| {
                price += if dice.roll() & 1 == 0 { 500 } else { -500 };
                price as u64
            })
            .collect();
        let run = |sample: &dyn Fn(usize) -> u64| {
            (0..60).try_fold(Run::EMPTY, |run, at| run.with(&terms, 60_000 + at * 60, sample(at as usize * 60)))
        };
        let highest = |at: usize| (at..=at + 30).max_by_key(|second| ticks[*second]).unwrap();
        let both = |at: usize| {
            let of = |second: usize| reading(60_000 + second as u64, ticks[second]);
            let (sample, top) = (of(at), of(highest(at)));
            if top.is_better(&sample, 60_000 + at as u64) { top } else { sample }.upper.ceil_to(0)
        };
        let severity = |run: Run| i64::from(run.window(&terms).unwrap().severity_bps);
        let (Some(honest), Some(alone)) = (run(&|at| ticks[at]), run(&|at| ticks[highest(at)])) else { continue };
        windows += 1;
        taken += severity(honest) - severity(alone);
        of_two += severity(honest) - severity(run(&both).unwrap());
    }
    assert!(windows > 250);
    let mean = taken / windows;
    assert!((150..300).contains(&mean), "{mean} bps of severity");
    assert_eq!(of_two, 0);
}
