//! The page of parameters: what can be set, within which bounds, and what can change it afterwards.

use super::json::{list, text};
use anyhow::{Context, Result, ensure};
use breakwater_state::ProposalKind;
use serde_json::Value;
use std::fmt::Write as _;

/// Where it lies.
pub const PAGE: &str = "docs/parameters.md";

/// The instructions that set parameters, and whether a change can change what they set.
const SETTERS: [(&str, bool); 3] = [("create_pool", true), ("list_product", true), ("create_assembly", false)];

/// The page, from the IDL and the source of the constants.
pub fn page(idl: &Value, constants: &str) -> Result<String> {
    let mut out = String::from(
        "# Parameters\n\nGenerated from the program's source by `cargo xtask codegen`: do not edit.\n\n\
         The caller of the instruction sets them. A change of the kind named can change them afterwards: `propose_change` \
         by the pool's\nauthority queues it at once, `petition_change` by a staker puts it to a ballot first. Either way it \
         waits for the pool's timelock\nbefore `apply_change` checks the same bounds again; a `Court` that the authority \
         queued waits for two timelocks and `COURT_NOTICE`. One of the\n`Authority` is applied by the one it names, with \
         `accept_authority`. Policies, open incidents and running ballots have copies of what they need and\nkeep them; \
         the bonds and the court of a product change only while it covers nothing, but bonds that fall hold at once.\n\n\
         ## Kinds of changes\n\nA change that can raise what LPs risk, or lower what they get, \
         waits until everybody who asked in time to leave is gone, whatever\nkeeps them; all others wait for the timelock \
         alone. When it applies, and until when one has to ask, is set as it is queued: nothing that is\nset later moves \
         it.\n\n| kind | what it changes | raises what LPs risk |\n| --- | --- | --- |\n",
    );
    for kind in ProposalKind::ALL {
        writeln!(out, "| `{kind:?}` | {} | {} |", kind.word(), kind.risk().word())?;
    }
    let types = list(idl, "types")?;
    for (name, can_change) in SETTERS {
        let params = params_of(idl, name)?;
        writeln!(
            out,
            "\n## Set by `{name}`\n\n| parameter | what, and its bounds | changed by |\n| --- | --- | --- |"
        )?;
        for field in fields(types, params)? {
            let field_name = text(field, "name")?;
            let kind = if can_change { kind_of(types, field_name)? } else { None };
            let kind = kind.map_or_else(|| "never".into(), |kind| format!("`{kind:?}`"));
            writeln!(out, "| `{field_name}` | {} | {kind} |", docs(field)?)?;
        }
    }
    out.push_str("\n## Bounds and fixed numbers\n\nOnly a new program changes these.\n\n| name | value | what |\n| --- | --- | --- |\n");
    let mut doc = Vec::new();
    // A long value begins on the next line.
    let constants = constants.replace("=\n    ", "= ");
    for line in constants.lines() {
        if let Some(line) = line.strip_prefix("/// ") {
            doc.push(line);
        } else if let Some(constant) = line.strip_prefix("pub const ") {
            let (name, rest) = constant.split_once(':').context("a constant without a type")?;
            let (_, value) = rest.split_once('=').with_context(|| format!("{name} without a value"))?;
            ensure!(!doc.is_empty(), "{name} has no docs in the source");
            let doc_line = doc.join(" ").replace("[`", "`").replace("`]", "`");
            writeln!(out, "| `{name}` | `{}` | {doc_line} |", value.trim().trim_end_matches(';'))?;
            doc.clear();
        }
    }
    Ok(out)
}

/// The type of the parameters that an instruction takes.
fn params_of<'a>(idl: &'a Value, name: &str) -> Result<&'a str> {
    let instruction = list(idl, "instructions")?.iter().find(|instruction| instruction["name"] == name);
    let args = list(instruction.with_context(|| format!("the IDL has no {name}"))?, "args")?;
    args.iter()
        .find_map(|arg| arg["type"]["defined"]["name"].as_str())
        .with_context(|| format!("{name} takes no parameters"))
}

/// The fields of a struct.
fn fields<'a>(types: &'a [Value], name: &str) -> Result<&'a [Value]> {
    let found = types.iter().find(|definition| definition["name"] == name);
    list(&found.with_context(|| format!("the IDL has no type {name}"))?["type"], "fields")
}

/// The kind of change that sets a field of this name.
fn kind_of(types: &[Value], field: &str) -> Result<Option<ProposalKind>> {
    let proposal =
        types.iter().find(|definition| definition["name"] == "Proposal").context("the IDL has no Proposal")?;
    for (variant, kind) in list(&proposal["type"], "variants")?.iter().zip(ProposalKind::ALL) {
        for entry in variant["fields"].as_array().into_iter().flatten() {
            let within = match (kind, entry["defined"]["name"].as_str()) {
                (ProposalKind::Shares, _) => false, // of the pool's shares, which creation does not name
                (ProposalKind::GroupCap, _) => field == "group_caps_bps",
                (_, Some(name)) => fields(types, name)?.iter().any(|inner| inner["name"] == field),
                (_, None) => entry["name"] == field,
            };
            if within {
                return Ok(Some(*kind));
            }
        }
    }
    Ok(None)
}

/// The docs of a field as one line.
fn docs(field: &Value) -> Result<String> {
    let lines = list(field, "docs")?.iter().map(|line| line.as_str().context("docs that are no text"));
    Ok(lines.collect::<Result<Vec<_>>>()?.join(" "))
}
