//! `breakwater`: everything that a person, or a bot, does with coverage pools, from a terminal.

mod command;
mod config;
mod context;
mod keeper;
mod output;
mod parse;

use clap::Parser;
use command::Command;
use context::Context;
use output::Output;
use std::{path::PathBuf, process::ExitCode};

/// Mutual coverage pools on Solana: provide liquidity, buy cover, claim, vote, and keep pools running.
#[derive(Parser)]
#[command(name = "breakwater", version, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(clap::Args)]
#[command(next_help_heading = "Global options")]
struct Global {
    /// The cluster: a URL, or localhost, devnet, testnet, mainnet-beta, or their first letter
    #[arg(short, long, global = true, value_name = "URL_OR_MONIKER", env = "BREAKWATER_URL")]
    url: Option<String>,
    /// Who signs and pays: a keypair file
    #[arg(short, long, global = true, value_name = "FILE", env = "BREAKWATER_KEYPAIR")]
    keypair: Option<PathBuf>,
    /// The Solana tools' configuration, for what the options above leave open
    #[arg(short = 'C', long, global = true, value_name = "FILE", env = "BREAKWATER_CONFIG")]
    config: Option<PathBuf>,
    /// The pool; needed when there is more than one
    #[arg(long, global = true, value_name = "ADDRESS", env = "BREAKWATER_POOL")]
    pool: Option<solana_address::Address>,
    /// How results are written: table or json
    #[arg(long, global = true, value_enum, default_value_t = Output::Table, hide_possible_values = true)]
    output: Output,
    /// Simulate: say what would happen and send nothing
    #[arg(long, global = true)]
    dry_run: bool,
    /// Micro-lamports per compute unit, instead of what others paid lately
    #[arg(long, global = true, value_name = "MICRO_LAMPORTS")]
    priority_fee: Option<u64>,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = cli.global.output;
    let outcome = Context::of(&cli.global).and_then(|context| cli.command.run(&context));
    match outcome {
        Ok(code) => code,
        Err(error) => {
            output.error(&error);
            ExitCode::FAILURE
        }
    }
}
