//! Random sequences of everything people can do, on the bytecode in LiteSVM and on a plain model of the books; after
//! every step all accounts are what the model says, and the invariants hold.
//!
//! The lives are the same in every run, so that a failure is one everywhere. `PROPTEST_RNG_SEED` and `PROPTEST_CASES`
//! look at others, and at more. What a failing run prints as its shortest life can be pasted into `regressions.rs`.

mod acts;
mod changes;
mod checks;
mod closings;
mod compare;
mod court;
mod endings;
mod expect;
mod hearings;
mod play;
mod premiums;
mod regressions;
mod replay;
mod sites;
mod steps;
mod tally;
mod trials;
mod triggers;

use play::Play;
use proptest::{
    collection::vec,
    strategy::{BoxedStrategy, Strategy as _},
    test_runner::{Config, RngSeed, TestError, TestRunner},
};
use std::cell::RefCell;
use steps::Step;
use tally::{End, Tally};

/// Most steps of a life: a failing one is shortened as far as it goes.
const STEPS: usize = 400;
/// Seed of a run, unless `PROPTEST_RNG_SEED` says another one.
const SEED: u64 = 1;
/// How often whatever must happen does at least, in the lives of a test: none is empty.
const LEAST: u64 = 2;
/// How often a failing life is tried again to find a shorter one.
const TRIES: u32 = 400;

/// Plays one life to its end, from pools that sell.
fn play(steps: &[Step], tally: &mut Tally) {
    live(Play::begin(tally), steps);
}

fn live(mut play: Play, steps: &[Step]) {
    for step in steps {
        play.take(step);
    }
    play.end();
}

/// Whatever is tried, in whatever order and at whatever pace: the accounts hold what the model says, to the atom. Plays so
/// many lives, or as many as `PROPTEST_CASES` says, from a seed of the `part`'s own.
fn lives(part: u64, step: BoxedStrategy<Step>, lives: u32, must: impl IntoIterator<Item = End>) {
    lives_of(part, step, lives, must, play);
}

/// The same, each as `life` plays it.
fn lives_of(
    part: u64,
    step: BoxedStrategy<Step>,
    lives: u32,
    must: impl IntoIterator<Item = End>,
    life: fn(&[Step], &mut Tally),
) {
    let mut config = Config { failure_persistence: None, max_shrink_iters: TRIES, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = lives;
    }
    let seed = if let RngSeed::Fixed(seed) = config.rng_seed { seed } else { SEED };
    config.rng_seed = RngSeed::Fixed(seed.wrapping_mul(16).wrapping_add(part));
    let (whole, tally) = (config.cases >= lives && seed == SEED, RefCell::new(Tally::default()));
    let outcome = TestRunner::new(config).run(&vec(step, 0..=STEPS), |steps| {
        life(&steps, &mut tally.borrow_mut());
        Ok(())
    });
    if let Err(TestError::Fail(reason, steps)) = outcome {
        let steps: Vec<_> = steps.iter().map(|step| format!("    {step:?},\n")).collect();
        panic!("{reason}\nafter\n{}", steps.concat());
    }
    let tally = tally.into_inner();
    for (step, ends) in &tally.ends {
        println!("{step}: {ends:?}");
    }
    println!("{}", tally.fairness);
    // The other seeds play the same game.
    if whole {
        tally.check(must, LEAST);
    }
}

/// Lives in which everything happens.
fn all_lives(part: u64) {
    let must = Tally::successes().chain(tally::EVERYTHING.iter().copied());
    lives(part, steps::any().boxed(), 80, must);
}

#[test]
fn the_books_are_the_models_through_random_lives_1() {
    all_lives(0);
}

#[test]
fn the_books_are_the_models_through_random_lives_2() {
    all_lives(1);
}

#[test]
fn the_books_are_the_models_through_random_lives_3() {
    all_lives(2);
}

#[test]
fn the_books_are_the_models_through_random_lives_4() {
    all_lives(3);
}

#[test]
fn leavers_get_what_is_fair_through_random_exits_1() {
    lives(6, steps::exits().boxed(), 60, tally::EXITS.iter().copied());
}

#[test]
fn leavers_get_what_is_fair_through_random_exits_2() {
    lives(7, steps::exits().boxed(), 60, tally::EXITS.iter().copied());
}

#[test]
fn a_pool_opens_as_the_model_does() {
    let life = |steps: &[Step], tally: &mut Tally| live(Play::found(tally), steps);
    lives_of(8, steps::openings().boxed(), 60, tally::OPENINGS.iter().copied(), life);
}

#[test]
fn changes_are_the_models_through_random_lives() {
    lives(9, steps::changes().boxed(), 80, tally::CHANGES.iter().copied());
}

#[test]
fn a_breach_is_the_models_through_random_prices() {
    lives(4, steps::prices().boxed(), 110, tally::PRICES.iter().copied());
}

#[test]
fn what_is_drawn_is_the_models_through_random_draws() {
    lives(5, steps::draws().boxed(), 80, tally::DRAWS.iter().copied());
}
