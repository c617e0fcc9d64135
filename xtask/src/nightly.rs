//! `cargo xtask nightly`: what takes hours, and looks further than a change must.

use crate::{
    ci::{self, Step},
    mutants::{self, Choice},
    test,
};
use anyhow::Result;

const STEPS: &[Step] =
    &[("lives", || test::fuzz(120)), ("mutants", || mutants::run(&Choice { count: 200, seed: 1, only: None }))];

/// Runs the steps in order, stops at the first that fails, and prints how long each took.
pub fn run() -> Result<()> {
    ci::run_steps("nightly", STEPS)
}
