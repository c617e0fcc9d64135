//! `cargo xtask codegen`: the clients, tables and pages that are generated from the IDL and the program's source.
//!
//! Accounts, events and errors are the program's own types. Instructions come from the committed IDL, so that none is typed
//! twice.

mod accounts;
mod addresses;
mod client;
mod enums;
mod errors;
mod json;
mod parameters;

use crate::{cargo, shell, threats};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::{fs, process::Command};

const IDL: &str = "idls/breakwater.json";
const CLIENT: &str = "crates/coverage-client/src/generated.rs";
const CONSTANTS: &str = "programs/state/src/constants.rs";

/// Writes the generated files, or with `check` fails if one of them is out of date.
pub fn run(check: bool) -> Result<()> {
    let root = cargo::root()?;
    let idl: Value = serde_json::from_str(&fs::read_to_string(root.join(IDL)).with_context(|| format!("read {IDL}"))?)
        .with_context(|| format!("{IDL} is not JSON"))?;
    let constants = fs::read_to_string(root.join(CONSTANTS)).with_context(|| format!("read {CONSTANTS}"))?;
    for (file, fresh) in [
        (CLIENT, format(&client::source(&idl)?)?),
        (addresses::FILE, addresses::table(&idl)?),
        (enums::FILE, enums::table()),
        (errors::PAGE, errors::page(&idl, &root)?),
        (accounts::PAGE, accounts::page(&idl, &root)?),
        (parameters::PAGE, parameters::page(&idl, &constants)?),
        (threats::PAGE, threats::page(&root)?),
    ] {
        let path = root.join(file);
        if fs::read_to_string(&path).unwrap_or_default() == fresh {
            println!("codegen: {file} is up to date");
        } else if check {
            bail!("{file} is out of date: run `cargo xtask codegen` and commit it");
        } else {
            fs::create_dir_all(path.parent().context("a file in a folder")?)?;
            fs::write(&path, fresh).with_context(|| format!("write {file}"))?;
            println!("codegen: wrote {file}");
        }
    }
    Ok(())
}

/// Formats Rust source as the repository does.
fn format(source: &str) -> Result<String> {
    let folder = tempfile::tempdir().context("create a temporary folder")?;
    let file = folder.path().join("generated.rs");
    fs::write(&file, source)?;
    let mut rustfmt = Command::new("rustfmt");
    rustfmt.arg("--edition").arg("2024").arg("--config-path").arg(cargo::root()?.join("rustfmt.toml")).arg(&file);
    shell::stdout(&mut rustfmt)?;
    fs::read_to_string(&file).context("read the formatted source")
}
