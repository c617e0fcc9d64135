//! The generated half of the Rust client: instructions, and what tells accounts and events apart.

use super::json::{list, snake, text};
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::fmt::Write as _;

/// Its source, unformatted.
pub fn source(idl: &Value) -> Result<String> {
    let (types, events) = (list(idl, "types")?, list(idl, "events")?);
    let mut out = String::from(
        "//! Generated from `idls/breakwater.json` by `cargo xtask codegen`: do not edit.\n\n\
         use crate::{Pack, ZeroCopy};\nuse breakwater_state::{events::*, *};\nuse solana_address::Address;\nuse solana_instruction::{AccountMeta, Instruction};\n\n",
    );
    for (what, entries) in [("account", list(idl, "accounts")?), ("event", events)] {
        for entry in entries {
            let name = text(entry, "name")?;
            writeln!(
                out,
                "impl ZeroCopy for {name} {{\n const NAME: &'static str = {name:?};\n \
                 /// First bytes of this {what}.\n const DISCRIMINATOR: [u8; 8] = {};\n}}\n",
                entry["discriminator"]
            )?;
        }
    }
    event_enum(&mut out, events)?;
    books(&mut out, events, types)?;
    for instruction in list(idl, "instructions")? {
        self::instruction(&mut out, instruction)?;
    }
    instruction_name(&mut out, list(idl, "instructions")?)?;
    json(&mut out, idl)?;
    Ok(out)
}

/// One instruction: a struct of its accounts, and a method that adds its arguments.
fn instruction(out: &mut String, instruction: &Value) -> Result<()> {
    let name = text(instruction, "name")?;
    let accounts = list(instruction, "accounts")?;
    let mut fields = String::new();
    let mut metas = String::new();
    for account in accounts {
        let field = text(account, "name")?;
        let signer = account["signer"] == true;
        let new = if account["writable"] == true { "new" } else { "new_readonly" };
        if let Some(address) = account["address"].as_str() {
            writeln!(metas, "AccountMeta::{new}(Address::from_str_const({address:?}), {signer}),")?;
        } else if account["optional"] == true {
            docs(&mut fields, account)?;
            writeln!(fields, "pub {field}: Option<Address>,")?;
            writeln!(
                metas,
                "self.{field}.map_or(AccountMeta::new_readonly(ID, false), |address| AccountMeta::{new}(address, {signer})),"
            )?;
        } else {
            docs(&mut fields, account)?;
            writeln!(fields, "pub {field}: Address,")?;
            writeln!(metas, "AccountMeta::{new}(self.{field}, {signer}),")?;
        }
    }
    let args = list(instruction, "args")?;
    let mut params = String::new();
    let mut packing = String::new();
    for arg in args {
        let (arg, kind) = (text(arg, "name")?, rust_type(&arg["type"])?);
        let by_value = matches!(kind.as_str(), "u8" | "u16" | "u32" | "u64");
        write!(params, ", {arg}: {}{kind}", if by_value { "" } else { "&" })?;
        writeln!(packing, "{arg}.pack(&mut data);")?;
    }
    let data =
        format!("{}data = vec!{};", if args.is_empty() { "let " } else { "let mut " }, instruction["discriminator"]);
    docs(out, instruction)?;
    writeln!(
        out,
        "#[derive(Clone, Copy, Debug)]\npub struct {type_name} {{\n{fields}}}\n\nimpl {type_name} {{\n\
         /// The instruction.\n#[must_use]\npub fn instruction(&self{params}) -> Instruction {{\n{data}\n{packing}\
         Instruction {{ program_id: ID, accounts: vec![{metas}], data }}\n}}\n}}\n",
        type_name = camel(name),
    )?;
    Ok(())
}

/// A function that names an instruction by its first byte.
fn instruction_name(out: &mut String, instructions: &[Value]) -> Result<()> {
    out.push_str("/// The name of the instruction that `data` is of.\n#[must_use]\npub fn instruction_name(data: &[u8]) -> Option<&'static str> {\nmatch data.first()? {\n");
    for instruction in instructions {
        let byte = instruction["discriminator"]
            .as_array()
            .filter(|bytes| bytes.len() == 1)
            .context("a discriminator is not one byte")?;
        writeln!(out, "{} => Some({:?}),", byte[0], text(instruction, "name")?)?;
    }
    out.push_str("_ => None,\n}\n}\n\n");
    Ok(())
}

/// The events as one type.
fn event_enum(out: &mut String, events: &[Value]) -> Result<()> {
    let names: Vec<_> = events.iter().map(|event| text(event, "name")).collect::<Result<_>>()?;
    out.push_str(
        "/// What the program logged.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         #[allow(clippy::large_enum_variant, reason = \"copied whole, one at a time\")]\npub enum Event {\n",
    );
    for name in &names {
        writeln!(out, "/// See [`{name}`].\n{name}({name}),")?;
    }
    out.push_str("}\n\nimpl Event {\n/// The event that logged bytes hold, if they hold one.\n#[must_use]\npub fn decode(data: &[u8]) -> Option<Self> {\n");
    let tries: Vec<_> = names.iter().map(|name| format!("{name}::decode(data).map(Self::{name})")).collect();
    let mut tries = tries.into_iter();
    out.push_str(&tries.next().context("the IDL has no events")?);
    for next in tries {
        write!(out, ".or_else(|| {next})")?;
    }
    out.push_str("\n}\n}\n\n");
    Ok(())
}

/// A function that reads the pool's books out of whichever event has them.
fn books(out: &mut String, events: &[Value], types: &[Value]) -> Result<()> {
    let mut arms = String::new();
    for event in events {
        let name = text(event, "name")?;
        let definition = types.iter().find(|definition| definition["name"] == name);
        let fields = list(&definition.with_context(|| format!("the event {name} has no type"))?["type"], "fields")?;
        let has = |field: &str| fields.iter().any(|found| found["name"] == field);
        if has("books") {
            let earned = if has("earned") { "event.earned" } else { "0" };
            writeln!(arms, "Self::{name}(event) => Some((event.books, {earned})),")?;
        }
    }
    writeln!(
        out,
        "impl Event {{\n/// The pool's books after it, and what time had earned the LPs before it, atoms; `None` when it moved nothing.\n\
         #[must_use]\npub const fn books(&self) -> Option<(Books, u64)> {{\nmatch self {{\n{arms}_ => None,\n}}\n}}\n}}\n"
    )?;
    Ok(())
}

/// Events as JSON: their fields by name, as people read them.
fn json(out: &mut String, idl: &Value) -> Result<()> {
    let (types, events) = (list(idl, "types")?, list(idl, "events")?);
    out.push_str(
        "#[cfg(feature = \"serde\")]\nmod as_json {\nuse super::*;\nuse crate::json::{self, Json};\n\
         use serde::{Serialize, Serializer, ser::SerializeMap};\n\n",
    );
    let mut arms = String::new();
    for event in events {
        let name = text(event, "name")?;
        let mut entries = String::new();
        for field in fields(types, name)? {
            entry(&mut entries, text(field, "name")?, &rust_type(&field["type"])?)?;
        }
        writeln!(arms, "Event::{name}(it) => {{\nmap.serialize_entry(\"event\", {name:?})?;\n{entries}}}")?;
    }
    writeln!(
        out,
        "impl Serialize for Event {{\nfn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{\n\
         let mut map = serializer.serialize_map(None)?;\nmatch self {{\n{arms}}}\nmap.end()\n}}\n}}\n"
    )?;
    for name in ["Books", "PriceCurve", "ShareWords"] {
        let mut entries = String::new();
        for field in fields(types, name)? {
            entry(&mut entries, text(field, "name")?, &rust_type(&field["type"])?)?;
        }
        writeln!(
            out,
            "impl Serialize for Json<&{name}> {{\nfn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{\n\
             let it = self.0;\nlet mut map = serializer.serialize_map(None)?;\n{entries}map.end()\n}}\n}}\n"
        )?;
    }
    proposal(out, types)?;
    out.push_str("}\n");
    Ok(())
}

/// A proposal as JSON: its kind, and the new values under it.
fn proposal(out: &mut String, types: &[Value]) -> Result<()> {
    let definition =
        types.iter().find(|definition| definition["name"] == "Proposal").context("the IDL has no Proposal")?;
    let mut arms = String::new();
    for variant in list(&definition["type"], "variants")? {
        let name = text(variant, "name")?;
        let key = snake(name);
        let fields = variant["fields"].as_array().map_or(&[][..], Vec::as_slice);
        match fields {
            [] => writeln!(arms, "Proposal::{name} => serializer.serialize_str({key:?}),")?,
            [only] if only["name"].is_string() => {
                let (field, kind) = (text(only, "name")?, rust_type(&only["type"])?);
                let value = if kind == "Address" { format!("json::Text({field})") } else { format!("*{field}") };
                writeln!(
                    arms,
                    "Proposal::{name} {{ {field} }} => json::under(serializer, {key:?}, &json::One({field:?}, {value})),"
                )?;
            }
            [_] => writeln!(arms, "Proposal::{name}(it) => json::under(serializer, {key:?}, &Json(it)),")?,
            several => {
                let (mut names, mut entries) = (Vec::new(), String::new());
                for field in several {
                    let name = text(field, "name")?;
                    names.push(name);
                    if text(field, "type")? == "u64" {
                        write!(entries, "({name:?}, *{name}),")?;
                    } else {
                        write!(entries, "({name:?}, u64::from(*{name})),")?;
                    }
                }
                writeln!(
                    arms,
                    "Proposal::{name} {{ {} }} => json::under(serializer, {key:?}, &json::Numbers(&[{entries}])),",
                    names.join(", ")
                )?;
            }
        }
    }
    writeln!(
        out,
        "impl Serialize for Json<&Proposal> {{\nfn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {{\n\
         match self.0 {{\n{arms}}}\n}}\n}}\n"
    )?;
    Ok(())
}

/// Writes how a field becomes an entry, where serde's own way would not be read by people: addresses and texts as they are
/// written, hashes in hexadecimal digits, spare bytes not at all.
fn entry(out: &mut String, name: &str, kind: &str) -> Result<()> {
    let bytes = kind.starts_with("[u8;");
    let value = match kind {
        _ if name.starts_with("reserved") => return Ok(()),
        "Address" => format!("&json::Text(it.{name})"),
        "Books" => format!("&Json(&it.{name})"),
        _ if name == "proposal" && bytes => format!("&json::Stored(&it.{name})"),
        _ if matches!(name, "before" | "after") && bytes => format!("&json::Brief(&it.{name})"),
        _ if bytes && (matches!(name, "name" | "symbol") || name.ends_with("uri")) => {
            format!("&json::Text(crate::text(&it.{name}))")
        }
        _ if bytes && name.ends_with("hash") => format!("&json::Hex(&it.{name})"),
        _ if bytes => bail!("how is {name} written as JSON?"),
        _ => format!("&it.{name}"),
    };
    writeln!(out, "map.serialize_entry({name:?}, {value})?;")?;
    Ok(())
}

/// The fields of a struct.
fn fields<'a>(types: &'a [Value], name: &str) -> Result<&'a [Value]> {
    let found = types.iter().find(|definition| definition["name"] == name);
    list(&found.with_context(|| format!("the IDL has no type {name}"))?["type"], "fields")
}

/// The Rust type of an IDL type.
fn rust_type(kind: &Value) -> Result<String> {
    if let Some(name) = kind.as_str() {
        return Ok(match name {
            "pubkey" => "Address".into(),
            "string" => "String".into(),
            "u8" | "u16" | "u32" | "u64" | "i32" | "i64" | "bool" => name.into(),
            other => bail!("the IDL type {other} has no Rust type here"),
        });
    }
    if let Some(name) = kind["defined"]["name"].as_str() {
        return Ok(name.into());
    }
    let array = kind["array"].as_array().with_context(|| format!("the IDL type {kind} has no Rust type here"))?;
    ensure!(array.len() == 2, "the IDL array {kind} is malformed");
    Ok(format!("[{}; {}]", rust_type(&array[0])?, array[1]))
}

/// The docs of `item`; there must be some.
fn docs(out: &mut String, item: &Value) -> Result<()> {
    let lines = item["docs"].as_array().filter(|lines| !lines.is_empty());
    let lines = lines.with_context(|| format!("{} has no docs in the source", item["name"]))?;
    for line in lines {
        // Links into the program's source lead nowhere from here.
        let line = line.as_str().unwrap_or_default().replace("[`", "`").replace("`]", "`");
        writeln!(out, "/// {line}")?;
    }
    Ok(())
}

fn camel(name: &str) -> String {
    name.split('_')
        .map(|word| {
            let (first, rest) = word.split_at(1.min(word.len()));
            first.to_uppercase() + rest
        })
        .collect()
}
