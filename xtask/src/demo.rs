//! `cargo xtask demo`: the demo, from nothing.

use crate::{
    cargo::{self, Scope},
    sbf, shell,
};
use anyhow::Result;
use std::process::ExitCode;

/// Sets up, builds and plays the demo; returns its exit code.
pub fn run(args: &[String]) -> Result<ExitCode> {
    sbf::run()?;
    // On a cold machine only what the demo needs is built.
    let mut demo = cargo::binary("breakwater-demo", Scope::Package)?;
    let status = shell::status(demo.args(args))?;
    // No code means that a signal ended it.
    let code = status.code().map_or(1, |code| u8::try_from(code).unwrap_or(1));
    Ok(ExitCode::from(code))
}

/// Plays the demo, and its story of a pool with leverage, with what the tests already built.
pub fn play() -> Result<()> {
    shell::stream(&mut cargo::binary("breakwater-demo", Scope::Workspace)?)?;
    let mut levered = cargo::binary("breakwater-demo", Scope::Workspace)?;
    shell::stream(levered.args(["--scenario", "demo/scenarios/levered.toml"]))
}
