//! The enums that accounts and events store, and those that say where something stands, as JSON for clients in other
//! languages: out of the program's own table.

use breakwater_state::{ENUMS, Enumeration, Variant};
use serde_json::{Value, json};

/// Where it lies.
pub const FILE: &str = "idls/enums.json";

/// The table.
pub fn table() -> String {
    let variant = |Variant { name, doc, byte, word }: &Variant| json!({ "name": name, "doc": doc.trim(), "byte": byte, "word": word });
    let variants = |it: &Enumeration| -> Vec<Value> { it.variants.iter().map(variant).collect() };
    let rows = ENUMS.iter().map(|it| json!({ "name": it.name, "doc": it.doc.trim(), "variants": variants(it) }));
    format!("{:#}\n", Value::Array(rows.collect()))
}
