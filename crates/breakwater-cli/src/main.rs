//! `breakwater`: everything that a person, or a bot, does with coverage pools, from a terminal.

mod command;
mod config;
mod context;
mod court;
mod hint;
mod keeper;
mod output;
mod parse;
mod payment;
mod season;
mod source;

use clap::{
    CommandFactory, Parser,
    error::{ContextKind, ContextValue, ErrorKind},
};
use command::Command;
use context::Context;
use output::Output;
use solana_address::error::ParseAddressError;
use std::{error::Error as _, path::PathBuf, process::ExitCode};

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
    /// Who pays fees, rents and tips instead of who signs: a keypair file
    #[arg(long, global = true, value_name = "FILE", env = "BREAKWATER_PAYER")]
    payer: Option<PathBuf>,
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
    let cli = Cli::try_parse().unwrap_or_else(|error| in_words(error).exit());
    let output = cli.global.output;
    let outcome = Context::of(&cli.global).map_err(|error| (error, None)).and_then(|context| {
        cli.command.run(&context).map_err(|error| {
            let hint = hint::hint(&error, &context.url);
            (error, hint)
        })
    });
    outcome.unwrap_or_else(|(error, hint)| {
        output.error(&error, hint.as_deref());
        ExitCode::FAILURE
    })
}

/// What is wrong with the command line; the words for a wrong address are about the size of strings.
fn in_words(error: clap::Error) -> clap::Error {
    let wrong = error.source().is_some_and(|source| source.is::<ParseAddressError>());
    let Some(ContextValue::String(value)) = error.get(ContextKind::InvalidValue).filter(|_| wrong) else {
        return error;
    };
    let message = format!("`{value}` is no address; one is 32 to 44 letters and digits, as the lists show them");
    Cli::command().error(ErrorKind::ValueValidation, message)
}
