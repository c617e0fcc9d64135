//! `cargo xtask codegen`: the clients that are generated from the IDL.
//!
//! Accounts, events and errors are the program's own types. Instructions come from the committed IDL, so that none is typed
//! twice.

mod addresses;
mod client;

use crate::{accounts, cargo, parameters, shell, threats};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::{fmt::Write as _, fs, path::Path, process::Command};

const IDL: &str = "idls/breakwater.json";
const CLIENT: &str = "crates/coverage-client/src/generated.rs";
const ERRORS: &str = "docs/errors.md";
const PARAMETERS: &str = "docs/parameters.md";
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
        (ERRORS, error_page(&idl, &root)?),
        (accounts::PAGE, accounts::page(&idl, &root)?),
        (PARAMETERS, parameters::page(&idl, &constants)?),
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

/// The page of errors: code, name, message, and the source files that raise it.
fn error_page(idl: &Value, root: &Path) -> Result<String> {
    let mut files = Vec::new();
    for folder in ["breakwater", "state"] {
        gather(&root.join("programs").join(folder).join("src"), &mut files)?;
    }
    let mut out = String::from(
        "# Errors\n\nGenerated from the program's source by `cargo xtask codegen`: do not edit. Codes never change. A rule \
         that several instructions share\nstands once, in the file of the account it is about.\n\n\
         | code | name | message | raised in |\n| --- | --- | --- | --- |\n",
    );
    for error in list(idl, "errors")? {
        let field = |name: &str| error[name].as_str().with_context(|| format!("an error without {name}"));
        let (name, message) = (field("name")?, field("msg")?);
        let mention = format!("BreakwaterError::{name}");
        let raises = |text: &str| {
            text.match_indices(&mention)
                .any(|(at, _)| !text[at + mention.len()..].starts_with(|next: char| next.is_alphanumeric()))
        };
        let places: Vec<_> =
            files.iter().filter(|(_, text)| raises(text)).map(|(file, _)| format!("`{file}`")).collect();
        ensure!(!places.is_empty(), "nothing raises {name}");
        writeln!(out, "| {} | {name} | {message} | {} |", error["code"], places.join(" "))?;
    }
    Ok(out)
}

/// Rust sources of a folder by name without `.rs`, in order.
fn gather(folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, files)?;
        } else if let Some(name) = path.file_name().and_then(|name| name.to_str()?.strip_suffix(".rs")) {
            files.push((name.into(), fs::read_to_string(&path)?));
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

/// The list under a key.
pub fn list<'a>(value: &'a Value, key: &str) -> Result<&'a [Value]> {
    value[key].as_array().map(Vec::as_slice).with_context(|| format!("the IDL has no list {key}"))
}

/// The text under a key.
pub fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().with_context(|| format!("the IDL lacks {key} in {value}"))
}

/// `ExitEpoch` as `exit_epoch`.
pub fn snake(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
    }
    out
}
