//! `cargo xtask nightly`: what takes hours, and looks further than a change must.

use crate::{
    adversary,
    ci::{self, Step},
    mutants::{self, Choice},
    test,
};
use anyhow::{Result, ensure};
use std::process::ExitCode;

const STEPS: &[Step] = &[
    ("lives", || test::fuzz(120)),
    ("adversary", search),
    ("mutants", || mutants::run(&Choice { count: 200, seed: 1, only: None })),
];

/// An hour of the search, on both cores; what it finds fails.
fn search() -> Result<()> {
    let code = adversary::run(&["--minutes", "60", "--threads", "2"].map(String::from))?;
    ensure!(code == ExitCode::SUCCESS, "the search found something, above");
    Ok(())
}

/// Runs the steps in order, stops at the first that fails, and prints how long each took.
pub fn run() -> Result<()> {
    ci::run_steps("nightly", STEPS)
}
