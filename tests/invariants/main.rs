//! Random sequences of everything people can do, on the bytecode in LiteSVM and on a plain model of the books; after
//! every step all accounts are what the model says, and the invariants hold.
//!
//! The lives are the same in every run, so that a failure is one everywhere. `PROPTEST_RNG_SEED` and `PROPTEST_CASES`
//! look at others, and at more. What a failing run prints as its shortest life can be pasted into `regressions.rs`.

mod acts;
mod checks;
mod compare;
mod court;
mod endings;
mod expect;
mod hearings;
mod model;
mod play;
mod regressions;
mod sites;
mod steps;
mod trials;

use play::{Play, Tally};
use proptest::{
    collection::vec,
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};
use std::panic::{AssertUnwindSafe, catch_unwind};
use steps::Step;

/// Parts of a run, which run beside each other.
const PARTS: u64 = 4;
/// Lives of a part, unless `PROPTEST_CASES` says another number.
const LIVES: u32 = 50;
/// Steps of a life.
const STEPS: usize = 200;
/// Seed of a run, unless `PROPTEST_RNG_SEED` says another one.
const SEED: u64 = 1;
/// How often each kind of step, and whatever else is remarkable, must at least happen in a part: no part is empty.
const LEAST: u64 = 3;
/// How often a failing life is tried again to find a shorter one.
const TRIES: usize = 400;

/// Plays one life to its end.
fn play(steps: &[Step], tally: &mut Tally) {
    let mut play = Play::begin(tally);
    for step in steps {
        play.take(step);
    }
    play.end();
}

/// Plays one life; says what failed.
fn fails(steps: &[Step], tally: &mut Tally) -> Option<String> {
    let failure = catch_unwind(AssertUnwindSafe(|| play(steps, tally))).err()?;
    let text = failure.downcast_ref::<String>().cloned();
    Some(text.or_else(|| failure.downcast_ref::<&str>().map(ToString::to_string)).unwrap_or_default())
}

/// Leaves out what a failing life does not need to fail: first many steps at a time, then single ones.
fn shorten(mut steps: Vec<Step>) -> (Vec<Step>, Option<String>) {
    let mut reason = None;
    let (mut tries, mut many) = (0, steps.len().div_ceil(2));
    while many > 0 && tries < TRIES {
        let mut from = 0;
        while from < steps.len() && tries < TRIES {
            let mut fewer = steps.clone();
            fewer.drain(from..(from + many).min(steps.len()));
            tries += 1;
            match fails(&fewer, &mut Tally::default()) {
                None => from += many,
                failure => (steps, reason) = (fewer, failure),
            }
        }
        many /= 2;
    }
    (steps, reason)
}

/// Whatever is tried, in whatever order and at whatever pace: the accounts hold what the model says, to the atom.
fn lives(part: u64) {
    let mut config = Config::default();
    let lives = if std::env::var_os("PROPTEST_CASES").is_none() { LIVES } else { config.cases };
    let seed = if let RngSeed::Fixed(seed) = config.rng_seed { seed } else { SEED };
    config.rng_seed = RngSeed::Fixed(seed.wrapping_mul(PARTS).wrapping_add(part));
    let (mut runner, mut tally) = (TestRunner::new(config), Tally::default());
    for life in 0..lives {
        let steps = vec(steps::step(), STEPS).new_tree(&mut runner).expect("steps").current();
        if let Some(reason) = fails(&steps, &mut tally) {
            let (steps, shorter) = shorten(steps);
            let steps: Vec<_> = steps.iter().map(|step| format!("    {step:?},\n")).collect();
            panic!("life {life} of part {part}: {}\nafter\n{}", shorter.unwrap_or(reason), steps.concat());
        }
    }
    for (step, ends) in &tally.0 {
        println!("{step}: {ends:?}");
    }
    // The other seeds play the same game.
    if lives >= LIVES && seed == SEED {
        tally.check(LEAST);
    }
}

#[test]
fn the_books_are_the_models_through_random_lives_1() {
    lives(0);
}

#[test]
fn the_books_are_the_models_through_random_lives_2() {
    lives(1);
}

#[test]
fn the_books_are_the_models_through_random_lives_3() {
    lives(2);
}

#[test]
fn the_books_are_the_models_through_random_lives_4() {
    lives(3);
}
