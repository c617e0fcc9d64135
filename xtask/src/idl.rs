//! `cargo xtask idl`: the program's interface as JSON, read out of its source.
//!
//! With the feature `idl-build`, Anchor's macros add tests that print the parts of the IDL between marker lines.
//! This joins them as the Anchor CLI does, and needs neither that CLI nor another toolchain.

use crate::{cargo, shell};
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

const PROGRAM: &str = "breakwater";
/// Where the accounts, events, errors and arguments are.
const STATE: &str = "breakwater-state";
const PATH: &str = "idls/breakwater.json";

/// Writes the IDL, or with `check` fails if the committed one is out of date.
pub fn run(check: bool) -> Result<()> {
    let idl = format!("{:#}\n", build()?);
    let path = cargo::root()?.join(PATH);
    let committed = fs::read_to_string(&path).unwrap_or_default();
    if idl == committed {
        println!("idl: {PATH} is up to date");
        return Ok(());
    }
    if check {
        bail!("{PATH} is out of date: {}; run `cargo xtask idl` and commit it", first_difference(&committed, &idl));
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("create {}", folder.display()))?;
    }
    fs::write(&path, idl).with_context(|| format!("write {}", path.display()))?;
    println!("idl: wrote {PATH}");
    Ok(())
}

fn build() -> Result<Value> {
    let program = cargo::programs()?
        .into_iter()
        .find(|program| program.name == PROGRAM)
        .with_context(|| format!("programs/ has no program named {PROGRAM}"))?;
    let mut print = cargo::chain("test")?;
    print.args(["--locked", "--lib", "--package", PROGRAM, "--package", STATE]);
    print.args(["--features", "breakwater/idl-build", "__anchor_private_print_idl"]);
    print.args(["--", "--show-output", "--quiet"]);
    let mut idl = join(&shell::stdout(&mut print)?)?;
    // Anchor prints a fixed version.
    idl["metadata"]["version"] = json!(program.version);
    Ok(idl)
}

/// Joins the printed parts into one IDL, in an order that does not depend on the order of the tests.
fn join(output: &str) -> Result<Value> {
    let mut idl = Value::Null;
    let mut address = String::new();
    let (mut constants, mut events, mut errors, mut types) = (vec![], vec![], vec![], vec![]);
    for (name, text) in parts(output)? {
        if name == "address" {
            address = text;
            continue;
        }
        let part: Value =
            serde_json::from_str(&text).with_context(|| format!("the {name} part of the IDL is not JSON"))?;
        match name {
            "program" => idl = part,
            "const" => constants.push(part),
            "errors" => errors.extend(list(&part)),
            "event" => {
                events.push(part["event"].clone());
                types.extend(list(&part["types"]));
            }
            other => bail!("unknown part of the IDL: {other}"),
        }
    }
    ensure!(idl.is_object() && !address.is_empty(), "{PROGRAM} printed no IDL: it needs the feature `idl-build = []`");
    types.extend(list(&idl["types"]));
    errors.sort_by_key(|error| error["code"].as_u64());

    let instructions = unique("instruction", list(&idl["instructions"]))?;
    let accounts = unique("account", list(&idl["accounts"]))?;
    let events = unique("event", events)?;
    for group in [&instructions, &accounts, &events] {
        check_discriminators(group)?;
    }
    idl["address"] = json!(address);
    idl["instructions"] = json!(instructions);
    idl["accounts"] = json!(accounts);
    idl["events"] = json!(events);
    idl["errors"] = json!(errors);
    let mut types = unique("type", types)?;
    mark_parts_of_pods(&mut types);
    idl["types"] = json!(types);
    idl["constants"] = json!(unique("constant", constants)?);
    // The same bytes whether or not another crate of the build turned on serde_json's ordered maps.
    idl.sort_all_objects();
    Ok(idl)
}

/// The texts between `--- IDL begin NAME ---` and `--- IDL end NAME ---`, with their names.
fn parts(output: &str) -> Result<Vec<(&str, String)>> {
    let mut parts = vec![];
    let mut lines = output.lines();
    while let Some(line) = lines.next() {
        let Some(name) = marker(line, "begin") else {
            continue;
        };
        let mut text = vec![];
        loop {
            match lines.next() {
                Some(line) if marker(line, "end") == Some(name) => break,
                Some(line) => text.push(line.trim()),
                None => bail!("the {name} part of the IDL has no end"),
            }
        }
        parts.push((name, text.join("\n")));
    }
    Ok(parts)
}

fn marker<'a>(line: &'a str, edge: &str) -> Option<&'a str> {
    line.strip_prefix("--- IDL ")?.strip_prefix(edge)?.strip_prefix(' ')?.strip_suffix(" ---")
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// The items by name, each once. Two different ones under one name would make the IDL ambiguous.
fn unique(kind: &str, items: Vec<Value>) -> Result<Vec<Value>> {
    let mut named = BTreeMap::new();
    for item in items {
        let name = item["name"].as_str().unwrap_or_default().to_owned();
        if let Some(other) = named.get(&name) {
            ensure!(*other == item, "two {kind}s are named {name}; rename one");
        }
        named.insert(name, item);
    }
    Ok(named.into_values().collect())
}

/// What lies within a type that is stored as it lies in memory is stored so too. Anchor says it of the outer type only,
/// and its own `declare_program!` then takes the inner one for borsh and does not compile.
fn mark_parts_of_pods(types: &mut [Value]) {
    let is_pod = |definition: &Value| definition["serialization"] == "bytemuck";
    loop {
        let parts: BTreeSet<_> = types
            .iter()
            .filter(|definition| is_pod(definition))
            .flat_map(|definition| list(&definition["type"]["fields"]))
            .filter_map(|field| field["type"]["defined"]["name"].as_str().map(str::to_owned))
            .collect();
        let unmarked = |definition: &&mut Value| {
            !is_pod(definition) && definition["name"].as_str().is_some_and(|name| parts.contains(name))
        };
        let mut marked = false;
        for part in types.iter_mut().filter(unmarked) {
            part["serialization"] = json!("bytemuck");
            part["repr"] = json!({ "kind": "c" });
            marked = true;
        }
        if !marked {
            return;
        }
    }
}

/// A reader tells items apart by their first bytes: none may be empty or begin with another's.
fn check_discriminators(items: &[Value]) -> Result<()> {
    for item in items {
        let bytes = list(&item["discriminator"]);
        ensure!(!bytes.is_empty(), "{} has no discriminator", item["name"]);
        if let Some(other) = items
            .iter()
            .find(|other| other["name"] != item["name"] && bytes.starts_with(&list(&other["discriminator"])))
        {
            bail!("the discriminators of {} and {} collide", item["name"], other["name"]);
        }
    }
    Ok(())
}

fn first_difference(committed: &str, current: &str) -> String {
    let (mut old, mut new) = (committed.lines(), current.lines());
    let mut number = 0;
    loop {
        number += 1;
        match (old.next(), new.next()) {
            (None, None) => return "only its line endings differ".to_owned(),
            (old, new) if old == new => {}
            (old, new) => {
                let shown = |line: Option<&str>| line.unwrap_or("nothing").trim().to_owned();
                return format!("line {number} has `{}` where the source gives `{}`", shown(old), shown(new));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = r#"
---- b stdout ----
--- IDL begin event ---
{"event":{"name":"Paid","discriminator":[7]},"types":[{"name":"Paid"},{"name":"Pool"}]}
--- IDL end event ---
--- IDL begin errors ---
[{"code":6101,"name":"Late"},{"code":6100,"name":"Small"}]
--- IDL end errors ---
--- IDL begin address ---
Breakwater1
--- IDL end address ---
--- IDL begin program ---
{"address":"","metadata":{},"instructions":[{"name":"pay","discriminator":[2]},{"name":"buy","discriminator":[1]}],
"accounts":[],"types":[{"name":"Pool"}]}
--- IDL end program ---
"#;

    #[test]
    fn parts_become_one_sorted_idl() -> Result<()> {
        let idl = join(OUTPUT)?;
        assert_eq!(idl["address"], "Breakwater1");
        assert_eq!(idl["instructions"][0]["name"], "buy");
        assert_eq!(idl["errors"][0]["code"], 6100);
        assert_eq!(idl["types"], json!([{ "name": "Paid" }, { "name": "Pool" }]));
        Ok(())
    }

    #[test]
    fn a_discriminator_that_begins_another_is_refused() {
        let items = [json!({ "name": "a", "discriminator": [1] }), json!({ "name": "b", "discriminator": [1, 2] })];
        let message = check_discriminators(&items).map_err(|error| error.to_string());
        assert_eq!(message, Err(r#"the discriminators of "b" and "a" collide"#.to_owned()));
    }

    #[test]
    fn what_lies_within_a_pod_is_one() {
        let holds = |name: &str| json!({ "fields": [{ "name": "a", "type": { "defined": { "name": name } } }] });
        let mut types = [
            json!({ "name": "Innermost", "type": {} }),
            json!({ "name": "Inner", "type": holds("Innermost") }),
            json!({ "name": "Event", "type": holds("Inner"), "serialization": "bytemuck" }),
            json!({ "name": "Argument", "type": holds("Other") }),
            json!({ "name": "Other", "type": {} }),
        ];
        mark_parts_of_pods(&mut types);
        let marked = types.map(|definition| definition["serialization"] == "bytemuck");
        assert_eq!(marked, [true, true, true, false, false]);
    }

    #[test]
    fn a_difference_is_named_by_its_line() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), "line 2 has `b` where the source gives `c`");
    }
}
