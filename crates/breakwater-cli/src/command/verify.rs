//! `breakwater verify`

use crate::{
    context::Context,
    court::{self, Court},
    output::{Output, Record, line},
    source::Source,
};
use anyhow::Result;
use console::style;
use coverage_client::{
    Pool,
    snapshot::Snapshot,
    verify::{self, Statement},
};
use indicatif::{ProgressBar, ProgressStyle};
use solana_address::Address;
use std::process::ExitCode;

/// Computes every bucket and counter of a pool a second time, from the accounts it sums up.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    source: Source,
    /// Prove from the pool's events, too, how its capital moved: one request for each of its transactions
    #[arg(long, conflicts_with = "state")]
    history: bool,
}

/// Proves; a broken rule makes the exit code 1.
pub fn run(args: &Args, context: &Context) -> Result<ExitCode> {
    let (pool, snapshot) = args.source.snapshot(context)?;
    let mut statements = verify::check(&snapshot);
    if args.history {
        statements.extend(history(&pool, context)?);
        statements.sort_by_key(|statement| statement.rule);
    }
    show(&statements, &court(&snapshot, args.source.is_file(), context)?, context.output);
    let broken = statements.iter().any(|statement| !statement.holds);
    Ok(if broken { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What nobody can prove, and anyone who relies on the pool's court should know: statements, and what was found.
fn court(snapshot: &Snapshot, is_file: bool, context: &Context) -> Result<Vec<(&'static str, String)>> {
    // Books that cannot be accrued break a rule of their own.
    let pool = snapshot.accrued().unwrap_or(snapshot.pool.account);
    let court = Court::of(&pool, &snapshot.assembly, snapshot.time)?;
    let mut told = Vec::from(court.statements(&pool));
    if !is_file {
        let minting = court::minting(&snapshot.assembly.governance_mint, context)?;
        told.push(("whether more of the staked token can be minted", minting));
    }
    Ok(told)
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

fn show(statements: &[Statement], told: &[(&str, String)], output: Output) {
    if output == Output::Json {
        let told = told.iter().map(|(statement, found)| {
            Record::new().text("rule", "court").text("statement", statement).text("found", found).text("holds", "-")
        });
        let records: Vec<_> = statements
            .iter()
            .map(|statement| {
                Record::new()
                    .text("rule", statement.rule)
                    .text("statement", &statement.text)
                    .text("found", &statement.found)
                    .text("holds", statement.holds)
            })
            .chain(told)
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
    line("");
    line(style("What the court is worth").bold());
    for (statement, found) in told {
        line(format_args!("{statement}: {}", style(found).dim()));
    }
}

fn unique(rules: &[&'static str]) -> Vec<&'static str> {
    let mut rules = rules.to_vec();
    rules.sort_unstable();
    rules.dedup();
    rules
}
