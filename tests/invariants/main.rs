//! Random sequences of everything people can do, on the bytecode in LiteSVM; the invariants hold after every step.

mod actions;

use actions::Play;
use proptest::{
    prelude::*,
    test_runner::{Config, FileFailurePersistence},
};

proptest! {
    #![proptest_config(Config {
        cases: 60,
        max_shrink_iters: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("invariants/regressions.txt"))),
        ..Config::default()
    })]

    /// Whatever is tried, in whatever order and at whatever pace: the vault holds what the books say, every atom of
    /// every premium is somewhere, nothing is paid twice, and the share price falls only by settlements.
    #[test]
    fn the_books_hold_through_random_lives(steps in prop::collection::vec(actions::step(), 20..160)) {
        let mut play = Play::begin();
        for step in steps {
            play.take(&step);
            play.check(&step);
        }
        play.end();
    }
}
