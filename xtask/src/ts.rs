//! `cargo xtask ts`: the TypeScript packages, checked as CI checks them.

use crate::{cargo, setup, shell};
use anyhow::Result;
use std::process::Command;

/// Installs what the lock names, and checks drift, format, types and tests.
pub fn run() -> Result<()> {
    setup::node()?;
    npm(&["ci", "--no-audit", "--no-fund"])?;
    for script in ["generate:check", "check", "test"] {
        npm(&["run", script, "--workspaces", "--if-present"])?;
    }
    npm(&["run", "format:check"])
}

fn npm(args: &[&str]) -> Result<()> {
    shell::stream(Command::new("npm").args(args).current_dir(cargo::root()?))
}
