//! What is read out of the IDL.

use anyhow::{Context, Result};
use serde_json::Value;

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
