//! The demo: a whole life of a pool on a local Solana network that runs in this process, without the internet.
//!
//! It plays a scenario through JSON-RPC with signed transactions, shows what happens, reads all accounts back and
//! compares them with a model that played along. It exits with 1 when anything differs.

mod actors;
mod foresee;
mod found;
mod network;
mod places;
mod play;
mod prove;
mod report;
mod scenario;
mod terms;

use anyhow::{Context, Result};
use clap::Parser;
use network::Network;
use play::Play;
use prove::Accounts;
use scenario::Scenario;
use std::{path::PathBuf, process::ExitCode};

/// Plays a whole life of a coverage pool on a local Solana network and proves its books.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Keep the network up afterwards, until Ctrl-C.
    #[arg(long)]
    serve: bool,
    /// Play another scenario than that of demo/scenarios/whole-life.toml.
    #[arg(long, value_name = "FILE")]
    scenario: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let causes: Vec<_> = error.chain().map(ToString::to_string).collect();
            eprintln!("{} {}", console::style("error:").for_stderr().red().bold(), causes.join("\n  because: "));
            ExitCode::FAILURE
        }
    }
}

/// Plays; returns whether all books agree.
fn run(arguments: &Arguments) -> Result<bool> {
    let scenario = arguments.scenario.as_deref().map_or_else(Scenario::whole_life, Scenario::read)?;
    // Its names are known for as long as the demo runs.
    let scenario: &'static Scenario = Box::leak(Box::new(scenario));
    let bytecode = breakwater_localnet::bytecode(None)?;

    println!("{}\n", console::style(&scenario.title).bold());
    let names: Vec<_> = scenario.actors.iter().map(|actor| actor.name.as_str()).collect();
    let network = Network::start(&names, &bytecode)?;
    let mut play = Play::new(&network, scenario)?;
    play.found()?;
    println!();
    play.steps()?;

    let agree = conclude(&mut play)?;
    if arguments.serve {
        let (rpc, websocket) = network.urls();
        println!("\nThe network stays up until Ctrl-C.\n  RPC        {rpc}\n  websocket  {websocket}");
        network.serve()?;
    }
    Ok(agree)
}

/// Reads everything back, shows it and proves it; returns whether all is as it must be.
fn conclude(play: &mut Play) -> Result<bool> {
    let accounts = Accounts::read(play).context("cannot read the accounts back")?;
    let results = accounts.prove(&play.model, &mut play.checks);
    let (asset, shares, governance) = (&play.scenario.asset, &play.shares(), &play.scenario.governance);
    report::policies(&accounts, &play.model, asset);
    report::incidents(&accounts, asset);
    report::holdings(&accounts, &play.model, asset, shares, governance);
    report::heading("Proof");
    for (text, holds) in results {
        report::statement(text, holds);
    }
    report::statement(&format!("{} numbers compared", play.checks.made), play.checks.failures.is_empty());
    report::books(&accounts, &play.model, asset, shares);

    let checks = &play.checks;
    println!();
    for failure in &checks.failures {
        println!("{} {failure}", console::style("differs:").red().bold());
    }
    let verdict = match checks.failures.len() {
        0 => console::style("all books agree".to_owned()).green(),
        differ => console::style(format!("the books do not agree: {differ} of {} numbers differ", checks.made)).red(),
    };
    println!("{}", verdict.bold());
    Ok(checks.failures.is_empty())
}
