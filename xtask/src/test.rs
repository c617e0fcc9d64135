//! `cargo xtask test`: every test, against the bytecode that ships.

use crate::{
    cargo::{self, Scope},
    codegen, idl, sbf, shell, ts,
};
use anyhow::{Context, Result};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Sets up, builds, checks the generated files and runs every test, or those of the root workspace that `args` select.
pub fn run(args: &[String]) -> Result<()> {
    sbf::run()?;
    idl::run(true)?;
    codegen::run(true)?;
    if !args.is_empty() {
        return suites(args);
    }
    ts::check()?;
    suites(args)?;
    ts::stories(Scope::Workspace)
}

/// Runs the tests of both workspaces on what is built; `args` narrow them to tests of the root workspace.
pub fn suites(args: &[String]) -> Result<()> {
    // Always the whole workspace: another set of packages would resolve other features and build them again.
    shell::stream(cargo::host("test")?.args(["--locked", "--workspace"]).args(args))?;
    if args.is_empty() {
        shell::stream(cargo::chain("test")?.args(["--locked", "--workspace"]))?;
    }
    Ok(())
}

/// Plays the session of the command-line tool and writes what it printed into docs/session.md and the README.
pub fn session() -> Result<()> {
    sbf::run()?;
    let mut test = cargo::host("test")?;
    test.args(["--locked", "--workspace", "--test", "cli", "session"]).env("BREAKWATER_RECORD", "1");
    shell::stream(&mut test)
}

/// Plays random lives for `minutes`, with one seed after the other; stops at the first that fails.
pub fn fuzz(minutes: u64) -> Result<()> {
    sbf::run()?;
    let (start, time) = (Instant::now(), Duration::from_secs(minutes.saturating_mul(60)));
    let first = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    for seed in first.. {
        println!("seed {seed}, {} s of {} s", start.elapsed().as_secs(), time.as_secs());
        let mut test = cargo::host("test")?;
        test.args(["--locked", "--workspace", "--test", "invariants"]).env("PROPTEST_RNG_SEED", seed.to_string());
        shell::stream(&mut test).with_context(|| format!("a life failed: PROPTEST_RNG_SEED={seed} plays it again"))?;
        if start.elapsed() >= time {
            break;
        }
    }
    Ok(())
}
