//! The seeds of every address as JSON, for clients in other languages: out of the program's own table.

use super::json::{list, text};
use anyhow::{Context, Result, ensure};
use breakwater_state::seeds::{Derivation, TABLE};
use serde_json::{Value, json};

/// Where it lies.
pub const FILE: &str = "idls/addresses.json";

/// The table. Where the IDL says the seeds of an account too, they must be these.
pub fn table(idl: &Value) -> Result<String> {
    for instruction in list(idl, "instructions")? {
        for account in list(instruction, "accounts")? {
            if let Some(seeds) = account["pda"]["seeds"].as_array() {
                let name = text(account, "name")?;
                agrees(seeds).with_context(|| format!("{name} of {}", text(instruction, "name").unwrap_or("?")))?;
            }
        }
    }
    let parts = |derivation: &Derivation| -> Vec<Value> {
        derivation.parts.iter().map(|part| json!({ "name": part.name, "type": part.kind })).collect()
    };
    let rows = TABLE.iter().map(|row| {
        let mut found = json!({ "name": row.name, "doc": row.doc.trim(), "parts": parts(row) });
        // A program-derived address has a first seed, one that the System program makes a base.
        match row.base {
            None => found["seed"] = json!(row.seed),
            Some(base) => found["base"] = json!(base),
        }
        found
    });
    Ok(format!("{:#}\n", Value::Array(rows.collect())))
}

/// Whether the seeds that the IDL says of an account are those of the table.
fn agrees(seeds: &[Value]) -> Result<()> {
    let (first, others) = seeds.split_first().context("no seeds")?;
    let first: Vec<u8> = serde_json::from_value(first["value"].clone()).context("the first seed is no constant")?;
    let row = TABLE.iter().find(|row| row.seed.as_bytes() == first).context("an unknown first seed")?;
    ensure!(row.parts.len() == others.len(), "{} has other parts", row.name);
    for (part, seed) in row.parts.iter().zip(others) {
        let is_address = seed["kind"] == "account";
        ensure!(is_address == (part.kind == "Address"), "{} of {} is of another kind", part.name, row.name);
    }
    Ok(())
}
