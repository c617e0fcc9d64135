//! What JSON every command prints: programs read it, so names and types stay.
//!
//! `shapes.json` has a row for each command: its keys, and for each what it is, `text`, `number` or `bool`. A `?` behind a
//! type lets it be null, one behind a key lets it be missing. A list has the shape of its elements.

use serde_json::{Map, Value};
use std::sync::LazyLock;

/// The shapes by command.
pub static SHAPES: LazyLock<Map<String, Value>> =
    LazyLock::new(|| serde_json::from_str(include_str!("shapes.json")).expect("shapes"));

/// The longest command with a shape that `arguments` begin with.
pub fn command(arguments: &[&str]) -> Option<&'static str> {
    let words = (1..=arguments.len()).rev().map(|count| arguments[..count].join(" "));
    words.filter_map(|words| SHAPES.get_key_value(&words)).map(|(command, _)| command.as_str()).next()
}

/// Asserts that a command's JSON is as it was.
#[track_caller]
pub fn check(arguments: &[&str], value: &Value) {
    let command = command(arguments).unwrap_or_else(|| panic!("shapes.json has no row for {arguments:?}: {value}"));
    if let Err(difference) = compare(&SHAPES[command], value) {
        panic!("the JSON of `{command}` changed, {difference}: {value:#}");
    }
}

fn compare(shape: &Value, value: &Value) -> Result<(), String> {
    match (shape, value) {
        (Value::Array(shapes), Value::Array(values)) => {
            values.iter().try_for_each(|value| compare(shapes.first().ok_or("an element")?, value))
        }
        (Value::Object(shapes), Value::Object(fields)) => {
            for (key, shape) in shapes {
                let (key, may_be_missing) = key.strip_suffix('?').map_or((key.as_str(), false), |key| (key, true));
                match fields.get(key) {
                    Some(field) => compare(shape, field).map_err(|found| format!("{key}: {found}"))?,
                    None if may_be_missing => {}
                    None => return Err(format!("{key} is missing")),
                }
            }
            let known = |key: &String| shapes.contains_key(key) || shapes.contains_key(&format!("{key}?"));
            fields.keys().find(|key| !known(key)).map_or(Ok(()), |key| Err(format!("{key} is new")))
        }
        (Value::String(shape), value) => {
            let kind = match value {
                Value::String(_) => "text",
                Value::Number(_) => "number",
                Value::Bool(_) => "bool",
                Value::Null => "?",
                Value::Array(_) | Value::Object(_) => "something else",
            };
            let fits = shape.strip_suffix('?') == Some(kind) || shape == kind || (kind == "?" && shape.ends_with('?'));
            if fits { Ok(()) } else { Err(format!("{kind} instead of {shape}")) }
        }
        (shape, _) => Err(format!("not {shape}")),
    }
}
