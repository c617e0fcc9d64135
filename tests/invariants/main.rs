//! Random sequences of everything people can do, on the bytecode in LiteSVM; the invariants hold after every step.
//!
//! The lives are the same in every run, so that a failure is one everywhere. `PROPTEST_RNG_SEED` and `PROPTEST_CASES` look
//! at others, and at more.

mod actions;
mod checks;
mod steps;

use actions::Play;
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence, RngSeed},
};

/// Lives of one run, unless `PROPTEST_CASES` says another number.
const CASES: u32 = 60;
/// Seed of one run, unless `PROPTEST_RNG_SEED` says another one.
const SEED: u64 = 1;

fn config() -> Config {
    let mut config = Config::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = CASES;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(SEED);
    }
    if std::env::var_os("PROPTEST_MAX_SHRINK_ITERS").is_none() {
        config.max_shrink_iters = 200;
    }
    config.failure_persistence = Some(Box::new(FileFailurePersistence::Direct("invariants/regressions.txt")));
    config
}

proptest! {
    #![proptest_config(config())]

    /// Whatever is tried, in whatever order and at whatever pace: the vault holds what the books say, every atom of
    /// every premium is somewhere, nothing is paid twice, and the share price falls only by settlements.
    #[test]
    fn the_books_hold_through_random_lives(steps in prop::collection::vec(steps::step(), 100..300)) {
        let mut play = Play::begin();
        for step in steps {
            play.take(&step);
            play.check(&step);
        }
        play.end();
    }
}
