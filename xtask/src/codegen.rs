//! `cargo xtask codegen`: the clients that are generated from the IDL.
//!
//! The Rust client's types come from the committed IDL, so that no account, instruction, event or error is typed twice.

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
        (CLIENT, format(&client(&idl)?)?),
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

/// The Rust client.
fn client(idl: &Value) -> Result<String> {
    let types = list(idl, "types")?;
    let mut out = String::from(
        "//! Generated from `idls/breakwater.json` by `cargo xtask codegen`: do not edit.\n\n\
         use crate::{Pack, ZeroCopy};\nuse borsh::{BorshDeserialize, BorshSerialize};\nuse bytemuck::{Pod, Zeroable};\n\
         use solana_address::Address;\nuse solana_instruction::{AccountMeta, Instruction};\n\n",
    );
    writeln!(
        out,
        "/// Address of the program.\npub const ID: Address = Address::from_str_const({:?});\n",
        text(idl, "address")?
    )?;
    for definition in types {
        if definition["type"]["kind"] == "enum" {
            enumeration(&mut out, definition)?;
        } else {
            structure(&mut out, definition)?;
        }
    }
    for (owner, what) in [("accounts", "account"), ("events", "event")] {
        for entry in list(idl, owner)? {
            let name = text(entry, "name")?;
            writeln!(
                out,
                "impl ZeroCopy for {name} {{\n const NAME: &'static str = {name:?};\n \
                 /// First bytes of this {what}.\n const DISCRIMINATOR: [u8; 8] = {};\n}}\n",
                entry["discriminator"]
            )?;
        }
    }
    events(&mut out, list(idl, "events")?)?;
    books(&mut out, list(idl, "events")?, types)?;
    for instruction in list(idl, "instructions")? {
        self::instruction(&mut out, instruction)?;
    }
    instruction_name(&mut out, list(idl, "instructions")?)?;
    errors(&mut out, list(idl, "errors")?)?;
    Ok(out)
}

fn structure(out: &mut String, definition: &Value) -> Result<()> {
    docs(out, definition)?;
    out.push_str(if definition["serialization"] == "bytemuck" {
        "#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]\n#[repr(C)]\n"
    } else {
        "#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]\n"
    });
    out.push_str("#[cfg_attr(feature = \"serde\", derive(serde::Serialize))]\n");
    writeln!(out, "pub struct {} {{", text(definition, "name")?)?;
    for field in list(&definition["type"], "fields")? {
        let (name, kind) = (text(field, "name")?, rust_type(&field["type"])?);
        docs(out, field)?;
        json_attribute(out, name, &kind)?;
        writeln!(out, "pub {name}: {kind},")?;
    }
    out.push_str("}\n\n");
    Ok(())
}

fn json_attribute(out: &mut String, name: &str, kind: &str) -> Result<()> {
    if let Some(how) = json(name, kind) {
        writeln!(out, "#[cfg_attr(feature = \"serde\", serde({how}))]")?;
    }
    Ok(())
}

/// How a field is written as JSON, where serde's own way would not be read by people: addresses and texts as they are
/// written, hashes in hexadecimal digits, rings and spare bytes not at all.
fn json(name: &str, kind: &str) -> Option<&'static str> {
    let bytes = kind.starts_with("[u8;");
    Some(match kind {
        "Address" => "serialize_with = \"crate::json::address\"",
        _ if matches!(name, "proposal" | "before" | "after") && bytes => "serialize_with = \"crate::json::proposal\"",
        _ if name.starts_with("reserved") || name.ends_with("ring") || name == "ages" => "skip",
        _ if bytes && (name.ends_with("hash") || name.ends_with("data")) => "serialize_with = \"crate::json::hex\"",
        _ if bytes => "serialize_with = \"crate::json::text\"",
        _ => return None,
    })
}

/// An enum of arguments. The IDL has no docs of its variants, only of their fields.
fn enumeration(out: &mut String, definition: &Value) -> Result<()> {
    docs(out, definition)?;
    out.push_str("#[derive(Clone, Debug, PartialEq, Eq, BorshSerialize, BorshDeserialize)]\n");
    out.push_str("#[cfg_attr(feature = \"serde\", derive(serde::Serialize), serde(rename_all = \"snake_case\"))]\n");
    writeln!(out, "pub enum {} {{", text(definition, "name")?)?;
    for variant in list(&definition["type"], "variants")? {
        out.push_str(text(variant, "name")?);
        let fields = variant["fields"].as_array().map_or(&[][..], Vec::as_slice);
        if fields.iter().all(|field| field["name"].is_string()) && !fields.is_empty() {
            out.push_str(" {\n");
            for field in fields {
                let (name, kind) = (text(field, "name")?, rust_type(&field["type"])?);
                docs(out, field)?;
                json_attribute(out, name, &kind)?;
                writeln!(out, "{name}: {kind},")?;
            }
            out.push('}');
        } else if !fields.is_empty() {
            let kinds = fields.iter().map(rust_type).collect::<Result<Vec<_>>>()?;
            write!(out, "({})", kinds.join(", "))?;
        }
        out.push_str(",\n");
    }
    out.push_str("}\n\n");
    Ok(())
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

fn events(out: &mut String, events: &[Value]) -> Result<()> {
    let names: Vec<_> = events.iter().map(|event| text(event, "name")).collect::<Result<_>>()?;
    out.push_str(
        "/// What the program logged.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n\
         #[cfg_attr(feature = \"serde\", derive(serde::Serialize), serde(tag = \"event\"))]\npub enum Event {\n",
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

fn errors(out: &mut String, errors: &[Value]) -> Result<()> {
    let mut variants = String::new();
    let mut codes = String::new();
    let mut messages = String::new();
    for error in errors {
        let (name, message) = (text(error, "name")?, text(error, "msg")?);
        let code = error["code"].as_u64().context("an error has no code")?;
        writeln!(variants, "/// {message}.\n{name} = {code},")?;
        writeln!(codes, "{code} => Some(Self::{name}),")?;
        writeln!(messages, "Self::{name} => {message:?},")?;
    }
    writeln!(
        out,
        "/// An error of the program.\n#[derive(Clone, Copy, Debug, PartialEq, Eq)]\n#[repr(u32)]\npub enum BreakwaterError {{\n{variants}}}\n\n\
         impl BreakwaterError {{\n/// Its code, as transactions report it.\n#[must_use]\npub const fn code(self) -> u32 {{\nself as u32\n}}\n\n\
         /// The error with a code.\n#[must_use]\npub const fn from_code(code: u32) -> Option<Self> {{\nmatch code {{\n{codes}_ => None,\n}}\n}}\n\n\
         /// What it says.\n#[must_use]\npub const fn message(self) -> &'static str {{\nmatch self {{\n{messages}}}\n}}\n}}\n\n\
         impl core::fmt::Display for BreakwaterError {{\nfn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {{\n\
         f.write_str(self.message())\n}}\n}}\n\nimpl std::error::Error for BreakwaterError {{}}"
    )?;
    Ok(())
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

/// The list under a key.
pub fn list<'a>(value: &'a Value, key: &str) -> Result<&'a [Value]> {
    value[key].as_array().map(Vec::as_slice).with_context(|| format!("the IDL has no list {key}"))
}

/// The text under a key.
pub fn text<'a>(value: &'a Value, key: &str) -> Result<&'a str> {
    value[key].as_str().with_context(|| format!("the IDL lacks {key} in {value}"))
}
