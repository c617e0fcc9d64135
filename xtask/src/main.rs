//! `cargo xtask`: one command for everything a developer or CI does with this repository.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

mod adversary;
mod bench;
mod cargo;
mod ci;
mod codegen;
mod demo;
mod deny;
mod deploy;
mod idl;
mod localnet;
mod mutants;
mod nightly;
mod sbf;
mod setup;
mod shell;
mod test;
mod threats;
mod ts;
mod verify;
mod wasm;

/// Sets up, builds, tests and shows Breakwater.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what this machine lacks to build the programs and the host crates
    Setup,
    /// Build the bytecode of every program into target/deploy
    Build {
        /// Build a second time elsewhere, with a fresh cargo cache, and compare the bytes
        #[arg(long)]
        verify: bool,
    },
    /// Write idls/breakwater.json from the program's source
    Idl {
        /// Change nothing; fail if the committed IDL is out of date
        #[arg(long)]
        check: bool,
    },
    /// Write the generated clients from the IDL
    Codegen {
        /// Change nothing; fail if a generated file is out of date
        #[arg(long)]
        check: bool,
    },
    /// Play the demo against a local network
    Demo {
        /// Passed to the demo
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Record a person's session with the command-line tool: docs/session.md, and the README's part of it
    Session,
    /// Put the bytecode on a network, first or in place of what is there
    Deploy {
        /// Passed to the deployment: `--url`, `--keypair`, ...; `--help` lists them
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Check the licenses and sources of all dependencies
    Deny {
        /// Look them up in the RustSec database, too, which is on GitHub
        #[arg(long)]
        advisories: bool,
    },
    /// Run every test against the bytecode that ships
    Test {
        /// Passed to `cargo test`: a filter, `-p PACKAGE`, or `-- --nocapture`
        #[arg(last = true)]
        args: Vec<String>,
    },
    /// Play random lives against the invariants, with another seed each time
    Fuzz {
        /// How long, minutes
        #[arg(long, default_value_t = 10)]
        minutes: u64,
    },
    /// Search for plans that take or hold what belongs to others; docs/adversary.md says how to read what it reports
    Adversary {
        /// Passed to the search: `--minutes N`, `--seed S`, `--goal gain`, ...; `--help` lists them
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        args: Vec<String>,
    },
    /// Try every attack of docs/threats.md and list what came of it
    Threats,
    /// Measure the compute units of every instruction
    Bench {
        /// Fail if an instruction costs more than its record allows
        #[arg(long, conflicts_with = "record")]
        check: bool,
        /// Record what is measured now
        #[arg(long)]
        record: bool,
    },
    /// Write the rules and formulas as WebAssembly into the TypeScript client
    Wasm,
    /// Check the TypeScript client and the dApp: drift from the IDL, types, style, tests, format
    Ts {
        /// Play pools' lives through both on a local network, too
        #[arg(long)]
        e2e: bool,
    },
    /// Start a local network and the dApp on it
    App,
    /// Change the program's rules one place at a time and say which suite notices: docs/mutants.md
    Mutants {
        /// How many, chosen at random
        #[arg(long, default_value_t = 200)]
        count: usize,
        /// Seed of the choice
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only those whose line contains this text, all of them; writes no page
        #[arg(long, conflicts_with_all = ["count", "seed"])]
        only: Option<String>,
    },
    /// Run everything that a change must pass
    Ci,
    /// Run what takes hours
    Nightly,
}

fn main() -> ExitCode {
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode> {
    match command {
        Command::Setup => setup::run().map(drop)?,
        Command::Build { verify } => {
            let built = sbf::run()?;
            if verify {
                verify::run(&built)?;
            }
        }
        Command::Idl { check } => idl::run(check)?,
        Command::Codegen { check } => {
            idl::run(check)?;
            codegen::run(check)?;
        }
        Command::Demo { args } => return demo::run(&args),
        Command::Session => test::session()?,
        Command::Deploy { args } => return deploy::run(&args),
        Command::Deny { advisories } => deny::run(advisories)?,
        Command::Test { args } => test::run(&args)?,
        Command::Adversary { args } => return adversary::run(&args),
        Command::Threats => threats::run()?,
        Command::Fuzz { minutes } => test::fuzz(minutes)?,
        Command::Bench { check, record } => {
            let flag = if check {
                Some("--check")
            } else if record {
                Some("--record")
            } else {
                None
            };
            bench::run(flag)?;
        }
        Command::Wasm => wasm::run()?,
        Command::Ts { e2e } => {
            ts::check()?;
            if e2e {
                sbf::run()?;
                ts::stories(cargo::Scope::Package)?;
            }
        }
        Command::App => ts::app()?,
        Command::Mutants { count, seed, only } => mutants::run(&mutants::Choice { count, seed, only })?,
        Command::Ci => ci::run()?,
        Command::Nightly => nightly::run()?,
    }
    Ok(ExitCode::SUCCESS)
}
