//! `cargo xtask deploy`: puts the bytecode on a network.

use crate::{
    cargo::{self, Scope},
    sbf, shell,
};
use anyhow::Result;
use std::process::ExitCode;

/// Sets up, builds and deploys; returns the exit code.
pub fn run(args: &[String]) -> Result<ExitCode> {
    sbf::run()?;
    let mut deploy = cargo::binary("breakwater-deploy", Scope::Package)?;
    let status = shell::status(deploy.args(args))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
