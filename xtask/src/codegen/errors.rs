//! The page of errors: code, name, message, and the source files that raise each.

use super::json::list;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::{fmt::Write as _, fs, path::Path};

/// Where it lies.
pub const PAGE: &str = "docs/errors.md";

/// The page.
pub fn page(idl: &Value, root: &Path) -> Result<String> {
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
