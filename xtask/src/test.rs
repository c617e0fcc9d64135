//! `cargo xtask test`: every test, against the bytecode that ships.

use crate::{cargo, codegen, idl, sbf, shell};
use anyhow::Result;

/// Sets up, builds, checks the generated files and runs the tests that `args` select.
pub fn run(args: &[String]) -> Result<()> {
    sbf::run()?;
    idl::run(true)?;
    codegen::run(true)?;
    suites(args)
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
