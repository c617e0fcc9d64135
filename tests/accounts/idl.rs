//! What the IDL says of instructions and accounts.

use serde_json::Value;

/// An instruction and its slots.
pub struct Declared {
    /// Its first data byte.
    pub discriminator: u8,
    /// Its name.
    pub name: String,
    /// The names of its slots, in order.
    pub slots: Vec<String>,
}

/// The committed IDL.
fn idl() -> Value {
    serde_json::from_str(include_str!("../../idls/breakwater.json")).expect("the IDL is JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().expect("a list")
}

fn name(value: &Value) -> String {
    value["name"].as_str().expect("a name").into()
}

fn bytes(value: &Value) -> Vec<u8> {
    list(value, "discriminator")
        .iter()
        .map(|byte| byte.as_u64().and_then(|byte| byte.try_into().ok()).unwrap())
        .collect()
}

/// Every instruction, in the order of their discriminators.
pub fn instructions() -> Vec<Declared> {
    let mut all: Vec<_> = list(&idl(), "instructions")
        .iter()
        .map(|instruction| Declared {
            discriminator: bytes(instruction)[0],
            name: name(instruction),
            slots: list(instruction, "accounts").iter().map(name).collect(),
        })
        .collect();
    all.sort_by_key(|instruction| instruction.discriminator);
    all
}

/// Every account type's name and first bytes.
pub fn account_types() -> Vec<(String, Vec<u8>)> {
    list(&idl(), "accounts").iter().map(|account| (name(account), bytes(account))).collect()
}
