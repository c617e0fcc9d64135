//! `cargo xtask deny`: the licenses, sources and advisories of what both workspaces depend on, by the rules of deny.toml.

use crate::{cargo, shell};
use anyhow::Result;
use std::process::Command;

/// The tool, which cargo installs from the registry.
const TOOL: &str = "cargo-deny";
const VERSION: &str = "0.20.2";

/// Checks what can be known offline; with `advisories` also the RustSec database, which is fetched from GitHub.
pub fn run(advisories: bool) -> Result<()> {
    let tools = cargo::root()?.join("target/tools");
    let tool = tools.join("bin").join(TOOL);
    if !shell::succeeds(Command::new(&tool).arg("--version")) {
        let mut install = cargo::host("install")?;
        // Unoptimised: it is built far more often than the second that this costs it is saved.
        install.args(["--quiet", "--locked", "--debug", "--version", VERSION, TOOL]).arg("--root").arg(&tools);
        install.env("CARGO_PROFILE_DEV_DEBUG", "false");
        shell::capture(&format!("installing {TOOL} {VERSION}"), &mut install)?;
    }
    let root = cargo::root()?;
    for manifest in ["Cargo.toml", "programs/Cargo.toml"] {
        println!("deny: {manifest}");
        let mut deny = Command::new(&tool);
        deny.current_dir(&root).args([
            "--locked",
            "--log-level",
            "error",
            "--config",
            "deny.toml",
            "--manifest-path",
            manifest,
        ]);
        deny.args(["check", "licenses", "bans", "sources"]).args(advisories.then_some("advisories"));
        shell::stream(&mut deny)?;
    }
    Ok(())
}
