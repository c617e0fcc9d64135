//! `breakwater time`

use crate::{
    context::Context,
    output::{Record, moment},
    parse::{Moment, duration},
};
use anyhow::{Context as _, Result, ensure};
use breakwater_localnet::cheat;
use std::time::Duration;

/// The chain's time.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Show the chain's time
    Show,
    /// Let the local network's time jump ahead
    Travel {
        /// How far: 7d, 12h, or seconds
        #[arg(value_parser = duration, required_unless_present = "to")]
        by: Option<Duration>,
        /// To a moment instead
        #[arg(long, value_name = "MOMENT", conflicts_with = "by")]
        to: Option<Moment>,
    },
}

/// Shows or travels.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let now = context.client.now()?;
    match command {
        Command::Show => {}
        Command::Travel { by, to } => {
            let by = by.map(|by| now.saturating_add(by.as_secs()));
            let target = by.or(to.map(|to| to.unix(now))).context("how far?")?;
            ensure!(target > now, "the chain's time is {} already, and goes forward only", moment(now));
            cheat::travel(&context.client, target)?;
        }
    }
    let now = context.client.now()?;
    context
        .output
        .record(&Record::new().time("time", now).number("unix", now).number("day", coverage_math::day_of(now)));
    Ok(())
}
