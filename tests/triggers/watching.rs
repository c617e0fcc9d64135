//! Random series of prices on LiteSVM, against a plain model of the rule: what was seen, as a list, says whether there is
//! a breach and how severe it is.

use crate::stage::{HALFWAY, PEG, STRIKE};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, LiteChain, PriceUpdate, UNIT, World, WorldPrice as _, price_product};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};

/// Series of a part of a run, unless `PROPTEST_CASES` says another number, and prices of a series.
const SERIES: u32 = 1_000;
const PRICES: usize = 20;
/// Parameters of the product, and its report window.
const DURATION: u64 = 3_600;
const GAP: u64 = 600;
const AGE: u64 = 60;
const WINDOW: u64 = 2 * 86_400;
const FLOOR: i64 = 88_000_000;

/// A price that is shown: seconds since the step before, its age when it is shown, its ends; and what else is tried.
#[derive(Clone, Copy, Debug)]
struct Step {
    wait: u64,
    age: i64,
    low: i64,
    high: i64,
    then: Then,
}

/// What is tried after a price.
#[derive(Clone, Copy, Debug)]
enum Then {
    /// Nothing.
    Nothing,
    /// An incident is opened, refuted and rejected.
    Open,
    /// The breach is refuted by a price of a second in thousandths of what was measured, or just off it.
    Refute { milli: u64, off: i64, low: i64 },
    /// Cover is quoted.
    Quote,
}

fn step() -> impl Strategy<Value = Step> {
    let wait = (0u8..48, 0u64..GAP).prop_map(|(kind, wait)| match kind {
        0 => 0,
        1 => 1,
        2..=20 => GAP,
        21 => GAP + 1,
        22 => DURATION,
        23 if wait < GAP / 2 => WINDOW,
        24..=28 => wait,
        _ => GAP - wait / 6,
    });
    let age = (0u8..40, 0i64..61).prop_map(|(kind, age)| match kind {
        0 => -1,
        1 => 60,
        2 => 61,
        3 => age,
        _ => 0,
    });
    // Mostly a breach; at the strike and the floor, and just off them.
    let ends = (0u8..40, FLOOR - 2_000_000..STRIKE, 0i64..1_000_000).prop_map(|(kind, middle, half)| match kind {
        0 => (STRIKE, STRIKE),
        1 => (STRIKE - 1, STRIKE + 1),
        2 => (STRIKE - 2, STRIKE),
        3 => (STRIKE - 1, STRIKE - 1),
        4 => (STRIKE - 1_000, STRIKE - 1_000),
        5 => (FLOOR, FLOOR),
        6 => (STRIKE - half - 1, STRIKE + half + 1),
        7 => (HALFWAY - half, HALFWAY + half),
        _ => (middle - half, (middle + half).min(STRIKE - 2 + (middle + half - STRIKE).rem_euclid(2))),
    });
    let ends = ends.prop_map(|(low, high)| if (high - low) % 2 == 0 { (low, high) } else { (low - 1, high) });
    let then = (0u8..24, 0u64..=1_000, -1i64..=1, -2i64..2).prop_map(|(kind, milli, off, low)| match kind {
        0..=2 => Then::Open,
        3 => Then::Refute { milli, off: 0, low: STRIKE + low },
        4 => Then::Refute { milli: 1_000 * (milli % 2), off, low: STRIKE + low },
        5 | 6 => Then::Quote,
        _ => Then::Nothing,
    });
    (wait, age, ends, then).prop_map(|(wait, age, (low, high), then)| Step { wait, age, low, high, then })
}

/// What was seen below the strike: when, and the higher end.
type Seen = (u64, i64);

/// The plain model: it keeps what was seen and derives all else from it.
#[derive(Clone, Debug, Default)]
struct Model {
    seen_at: u64,
    breach: Vec<Seen>,
    used: bool,
}

impl Model {
    /// Where the part without a gap begins.
    fn first_measured(&self) -> usize {
        (1..self.breach.len()).rev().find(|at| self.breach[*at].0 - self.breach[*at - 1].0 > GAP).unwrap_or(0)
    }

    fn measured(&self) -> &[Seen] {
        &self.breach[self.first_measured()..]
    }

    fn counts(&self) -> bool {
        let measured = self.measured();
        measured.last().is_some_and(|last| last.0 - measured[0].0 >= DURATION)
    }

    /// Second by second of the least duration: that of the higher of the two prices around it, each rounded down.
    fn severity_seconds(&self) -> u64 {
        let measured = self.measured();
        let severity = |price: i64| {
            let part = BigRational::new(BigInt::from(STRIKE - price), BigInt::from(STRIKE - FLOOR));
            let bps = (part * BigInt::from(10_000)).floor().to_integer();
            u64::try_from(bps.min(BigInt::from(10_000))).unwrap()
        };
        let spans = measured.windows(2).map(|two| {
            let end = measured[0].0 + DURATION;
            (two[1].0.min(end) - two[0].0.min(end)) * severity(two[0].1.max(two[1].1))
        });
        spans.sum()
    }

    fn show(&mut self, step: &Step, published_at: u64, now: u64) -> Result<u64, E> {
        if published_at <= self.seen_at {
            return Err(E::PriceNotNewer);
        }
        if published_at > now {
            return Err(E::PriceFromFuture);
        }
        if now - published_at > AGE {
            return Err(E::PriceStale);
        }
        if self.breach.first().is_some_and(|first| now >= first.0 + WINDOW) {
            self.breach.clear();
        }
        self.seen_at = published_at;
        if step.low >= STRIKE {
            self.used = false;
            if !self.counts() {
                self.breach.clear();
            }
            Ok(0)
        } else if step.high > STRIKE - (STRIKE - FLOOR) / 10_000 {
            // At the strike or above it, or so little below that it would pay nothing.
            Ok(2)
        } else {
            if !self.used && !self.counts() {
                self.breach.push((published_at, step.high));
            }
            Ok(1)
        }
    }

    fn check(&self, found: &PriceTrigger) {
        let measured = self.measured();
        let (from, until) = (measured.first().map_or(0, |one| one.0), measured.last().map_or(0, |one| one.0));
        assert_eq!(found.started_at, self.breach.first().map_or(0, |first| first.0));
        assert_eq!((found.measured_from, found.measured_until, found.seen_at), (from, until, self.seen_at));
        assert_eq!(found.severity_seconds, self.severity_seconds());
        assert_eq!(found.awaits_recovery, u8::from(self.used));
    }
}

/// How often something happened.
#[derive(Debug, Default)]
struct Tally {
    shown: [u32; 3],
    not_newer: u32,
    stale: u32,
    future: u32,
    opened: u32,
    refuted: u32,
    blocked: u32,
    gaps: u32,
    forgotten: u32,
}

/// A world with cover on the price product.
fn stage() -> World<LiteChain> {
    let mut world = World::lite();
    let terms = ProductParams { report_window_days: 2, ..price_product("Peg") };
    world.list_product(PEG, terms).ok();
    for name in ["ada", "dora", "keeper"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.deposit("ada", 900_000 * UNIT).ok();
    world.buy("dora", PEG, 0, 1_000 * UNIT, 365).ok();
    world.pass_days(2);
    world
}

fn play(mut world: World<LiteChain>, steps: &[Step], tally: &mut Tally) {
    let (mut model, mut incidents) = (Model::default(), 0);
    for step in steps {
        world.pass(step.wait);
        let now = world.now();
        let published_at = now.checked_add_signed(-step.age).unwrap();
        let update = PriceUpdate {
            confidence: u64::try_from((step.high - step.low) / 2).unwrap(),
            ..PriceUpdate::of((step.low + step.high) / 2, published_at)
        };
        let before = model.clone();
        let receipt = world.show(PEG, &update);
        match model.show(step, published_at, now) {
            Ok(expected) => {
                let [Event::PriceObserved(event)] = receipt.ok().events()[..] else { panic!("another event") };
                assert_eq!(event.observation, expected);
                tally.shown[usize::try_from(expected).unwrap()] += 1;
                tally.gaps += u32::from(model.first_measured() > before.first_measured());
                let lost = before.breach.first().is_some_and(|first| now >= first.0 + WINDOW);
                tally.forgotten += u32::from(lost);
            }
            Err(error) => {
                receipt.fails(error);
                let count = match error {
                    E::PriceNotNewer => &mut tally.not_newer,
                    E::PriceStale => &mut tally.stale,
                    _ => &mut tally.future,
                };
                *count += 1;
            }
        }
        let read = world.read_product(PEG);
        model.check(&read.price);
        match step.then {
            Then::Nothing => {}
            Then::Open => {
                let (counts, sum) = (model.counts(), model.severity_seconds());
                let receipt = world.open_price_incident("keeper", PEG, incidents);
                if !counts || sum < DURATION {
                    receipt.fails(E::NoBreach);
                } else if now >= model.breach[0].0 + WINDOW {
                    receipt.fails(E::ReportWindowOver);
                } else {
                    receipt.ok();
                    tally.opened += 1;
                    let address = world.incident(PEG, incidents);
                    let incident: Incident = world.chain.read(&address);
                    let measured = model.measured();
                    assert_eq!(u64::from(incident.severity_bps), sum / DURATION);
                    assert_eq!((incident.occurred_at, incident.measured_from), (model.breach[0].0, measured[0].0));
                    assert_eq!(incident.measured_until, measured[0].0 + DURATION);
                    model.breach.clear();
                    model.used = true;
                    model.check(&world.read_product(PEG).price);
                    // It ends at once, half of the time by a price; for the two days after it a breach may be
                    // reported late, which the model knows nothing of.
                    let half = published_at % 2;
                    let from = incident.measured_from;
                    if half == 0 {
                        world.refute_incident(PEG, incidents, &PriceUpdate::of(STRIKE, from + 1)).ok();
                        model.used = false;
                    } else {
                        world.chain.set_now(incident.filing_ends_at);
                    }
                    world.settle(PEG, incidents).ok();
                    incidents += 1;
                    world.pass_days(2);
                }
            }
            Then::Refute { milli, off, low } => {
                let measured = model.measured();
                let (from, last) = match (measured.first(), measured.last()) {
                    (Some(first), Some(last)) => (first.0, last.0.min(first.0 + DURATION)),
                    _ => (now, now),
                };
                let at = (from + (last - from) * milli / 1_000).checked_add_signed(off).unwrap();
                let receipt = world.refute_breach(PEG, &PriceUpdate::of(low, at));
                if model.breach.is_empty() {
                    receipt.fails(E::NoBreach);
                } else if at <= from || at >= last {
                    receipt.fails(E::PriceOutsideBreach);
                } else if low < STRIKE {
                    receipt.fails(E::PriceBelowStrike);
                } else {
                    receipt.ok();
                    model.breach.clear();
                    tally.refuted += 1;
                }
                model.check(&world.read_product(PEG).price);
            }
            Then::Quote => {
                let receipt = world.quote(PEG, UNIT, 30);
                if model.breach.is_empty() && !model.used {
                    receipt.ok();
                } else {
                    receipt.fails(E::BreachRunning);
                    tally.blocked += 1;
                }
            }
        }
    }
}

fn series(part: u64) {
    let mut config = Config::default();
    let series = if std::env::var_os("PROPTEST_CASES").is_none() { SERIES } else { config.cases };
    let seed = if let RngSeed::Fixed(seed) = config.rng_seed { seed } else { 1 };
    config.rng_seed = RngSeed::Fixed(seed.wrapping_mul(2).wrapping_add(part));
    let (mut runner, mut tally, stage) = (TestRunner::new(config), Tally::default(), stage());
    for number in 0..series {
        let steps = vec(step(), PRICES).new_tree(&mut runner).expect("steps").current();
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            play(stage.clone(), &steps, &mut tally);
        }));
        assert!(outcome.is_ok(), "series {number}: {steps:#?}");
    }
    println!("{tally:?}");
    if series >= SERIES {
        let Tally { shown, not_newer, stale, future, opened, refuted, blocked, gaps, forgotten } = tally;
        let counts = [not_newer, stale, future, opened, refuted, blocked, gaps, forgotten];
        assert!(shown.into_iter().chain(counts).all(|count| count > 20), "not all of it happened");
    }
}

#[test]
fn random_prices_are_watched_as_the_model_does_1() {
    series(0);
}

#[test]
fn random_prices_are_watched_as_the_model_does_2() {
    series(1);
}
