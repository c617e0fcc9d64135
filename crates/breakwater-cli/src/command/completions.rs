//! `breakwater completions`

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io;

/// Completions.
#[derive(clap::Args)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints them.
pub fn run(args: &Args) -> Result<()> {
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "breakwater", &mut io::stdout());
    Ok(())
}
