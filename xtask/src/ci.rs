//! `cargo xtask ci`: everything that a change must pass, in one target folder so that nothing is built twice.

use crate::{
    bench,
    cargo::{self, Scope},
    codegen, demo, deny, idl, sbf, setup, shell, test, ts,
};
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};

/// A name and what is done.
pub type Step = (&'static str, fn() -> Result<()>);

const STEPS: &[Step] = &[
    ("setup", || setup::run().map(drop)),
    ("build", || sbf::run().map(drop)),
    ("format", format),
    ("lint", lint),
    ("deny", || deny::run(false)),
    ("idl", || idl::run(true)),
    ("codegen", || codegen::run(true)),
    ("ts", ts::check),
    ("test", || test::suites(&[])),
    ("e2e", || ts::stories(Scope::Workspace)),
    ("bench", || bench::measure(Some("--check"), Scope::Workspace)),
    ("demo", demo::play),
];

/// Runs everything that a change must pass.
pub fn run() -> Result<()> {
    run_steps("ci", STEPS)
}

/// Runs steps in order, stops at the first that fails, and prints how long each took.
pub fn run_steps(command: &str, steps: &[Step]) -> Result<()> {
    let mut times = vec![];
    let mut outcome = Ok(());
    for (name, step) in steps {
        println!("\n== {name}");
        let start = Instant::now();
        outcome = step().with_context(|| format!("{command} stopped at the step `{name}`"));
        times.push((*name, start.elapsed()));
        if outcome.is_err() {
            break;
        }
    }
    print_times(&times);
    outcome
}

fn format() -> Result<()> {
    ensure!(shell::succeeds(cargo::host("fmt")?.arg("--version")), "rustfmt is missing: rustup component add rustfmt");
    shell::stream(cargo::host("fmt")?.args(["--all", "--check"]))?;
    shell::stream(cargo::chain("fmt")?.args(["--all", "--check"]))
}

fn lint() -> Result<()> {
    ensure!(shell::succeeds(cargo::host("clippy")?.arg("--version")), "clippy is missing: rustup component add clippy");
    let args = ["--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
    shell::stream(cargo::host("clippy")?.args(args))?;
    shell::stream(cargo::chain("clippy")?.args(args))
}

fn print_times(times: &[(&str, Duration)]) {
    println!("\n{:<8} {:>8}", "step", "seconds");
    for (name, time) in times {
        println!("{name:<8} {:>8.1}", time.as_secs_f64());
    }
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    println!("{:<8} {:>8.1}", "total", total.as_secs_f64());
}
