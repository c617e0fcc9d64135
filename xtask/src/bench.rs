//! `cargo xtask bench`: compute units per instruction.

use crate::{
    cargo::{self, Scope},
    sbf, shell,
};
use anyhow::Result;

/// Sets up, builds and measures; the flag is `--check`, `--record` or none.
pub fn run(flag: Option<&str>) -> Result<()> {
    sbf::run()?;
    measure(flag, Scope::Package)
}

/// Measures the bytecode that is built.
pub fn measure(flag: Option<&str>, scope: Scope) -> Result<()> {
    shell::stream(cargo::binary("breakwater-bench", scope)?.args(flag))
}
