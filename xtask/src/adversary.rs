//! `cargo xtask adversary`: the search for plans that take or hold what belongs to others.

use crate::{
    cargo::{self, Scope},
    shell,
};
use anyhow::Result;
use std::process::ExitCode;

/// Searches, on the model alone: no bytecode is needed. The code is 1 when something was found.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let mut search = cargo::binary("adversary", Scope::Workspace)?;
    let status = shell::status(search.args(args))?;
    // No code means that a signal ended it.
    let code = status.code().map_or(1, |code| u8::try_from(code).unwrap_or(1));
    Ok(ExitCode::from(code))
}
