//! `breakwater verify`

use crate::{
    context::Context,
    output::{Output, Record, line},
};
use anyhow::{Context as _, Result};
use base64::{Engine, engine::general_purpose::STANDARD};
use console::style;
use coverage_client::{
    Pool,
    snapshot::{Accounts, Snapshot},
    verify::{self, Statement},
};
use indicatif::{ProgressBar, ProgressStyle};
use serde::{Deserialize, Serialize};
use solana_address::Address;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Computes every bucket and counter of a pool a second time, from the accounts it sums up.
#[derive(clap::Args)]
pub struct Args {
    /// Read the accounts from a file that --save wrote, not from the cluster
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Write the accounts to a file too
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    save: Option<PathBuf>,
    /// Prove from the pool's events, too, how its capital moved: one request for each of its transactions
    #[arg(long, conflicts_with = "state")]
    history: bool,
}

/// The accounts of a pool as a file.
#[derive(Deserialize, Serialize)]
struct State {
    /// The pool.
    pool: String,
    /// The chain's time, unix seconds.
    time: u64,
    /// The accounts by their addresses.
    accounts: BTreeMap<String, Stored>,
}

/// One account.
#[derive(Deserialize, Serialize)]
struct Stored {
    /// The program that owns it.
    owner: String,
    /// Its bytes, base64.
    data: String,
}

/// Proves; a broken rule makes the exit code 1.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode> {
    let (pool, time, accounts) = match &args.state {
        Some(file) => read(file)?,
        None => {
            let pool = context.pool()?.address;
            let (time, accounts) = context.client.accounts_of(&pool)?;
            (pool, time, accounts)
        }
    };
    if let Some(file) = &args.save {
        save(file, &pool, time, &accounts)?;
    }
    let snapshot = Snapshot::of(&pool, time, &accounts)?;
    let mut statements = verify::check(&snapshot);
    if args.history {
        statements.extend(history(&pool, context)?);
        statements.sort_by_key(|statement| statement.rule);
    }
    show(&statements, context.output);
    let broken = statements.iter().any(|statement| !statement.holds);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What the pool's events prove.
fn history(address: &Address, context: &Context) -> Result<Vec<Statement>> {
    // What is logged later than the account was read would not lead to it.
    let mut pool = context.client.fetch::<Pool>(address)?;
    let mut signatures = context.client.signatures(address, None)?;
    while context.client.fetch::<Pool>(address)? != pool {
        pool = context.client.fetch(address)?;
        signatures = context.client.signatures(address, None)?;
    }
    let progress = ProgressBar::new(u64::try_from(signatures.len())?);
    progress.set_style(ProgressStyle::with_template("reading {bar:30} {pos}/{len} transactions")?);
    let mut events = Vec::new();
    for signature in progress.wrap_iter(signatures.iter()) {
        events.extend(context.client.logged(signature)?.events);
    }
    Ok(verify::history(&pool, &events))
}

fn show(statements: &[Statement], output: Output) {
    if output == Output::Json {
        let records: Vec<_> = statements
            .iter()
            .map(|statement| {
                Record::new()
                    .text("rule", statement.rule)
                    .text("statement", &statement.text)
                    .text("found", &statement.found)
                    .text("holds", statement.holds)
            })
            .collect();
        output.list("", &records);
        return;
    }
    for statement in statements {
        let mark = if statement.holds { style("holds ").green() } else { style("BROKEN").red().bold() };
        line(format_args!("{mark} {:2}  {}: {}", statement.rule, statement.text, style(&statement.found).dim()));
    }
    let broken: Vec<_> =
        statements.iter().filter(|statement| !statement.holds).map(|statement| statement.rule).collect();
    line("");
    if broken.is_empty() {
        let sentence = format!("All {} statements hold; amounts are in atoms.", statements.len());
        line(style(sentence).green().bold());
    } else {
        line(style(format!("Broken: {}.", unique(&broken).join(", "))).red().bold());
    }
}

fn unique(rules: &[&'static str]) -> Vec<&'static str> {
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// Reads a file that [`save`] wrote.
pub(super) fn read(file: &Path) -> Result<(Address, u64, Accounts)> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let state: State = serde_json::from_str(&text).with_context(|| format!("{} is no saved state", file.display()))?;
    let address = |text: &str| text.parse::<Address>().with_context(|| format!("`{text}` is no address"));
    let mut accounts = Accounts::new();
    for (at, stored) in &state.accounts {
        let data = STANDARD.decode(&stored.data).with_context(|| format!("the bytes of {at} are no base64"))?;
        accounts.insert(address(at)?, (address(&stored.owner)?, data));
    }
    Ok((address(&state.pool)?, state.time, accounts))
}

/// Writes the accounts of a pool.
pub(super) fn save(file: &Path, pool: &Address, time: u64, accounts: &Accounts) -> Result<()> {
    let stored = accounts.iter().map(|(address, (owner, data))| {
        (address.to_string(), Stored { owner: owner.to_string(), data: STANDARD.encode(data) })
    });
    let state = State { pool: pool.to_string(), time, accounts: stored.collect() };
    fs::write(file, serde_json::to_string_pretty(&state)?).with_context(|| format!("cannot write {}", file.display()))
}
