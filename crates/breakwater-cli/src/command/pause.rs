//! `breakwater pause`

use crate::{context::Context, output::Record, parse::duration};
use anyhow::{Result, ensure};
use coverage_client::{Event, build};
use solana_signer::Signer;
use std::time::Duration;

/// How long.
#[derive(clap::Args)]
pub struct Args {
    /// At most 7d; 0 ends the pause that runs
    #[arg(value_parser = duration)]
    duration: Duration,
}

/// Pauses.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let signer = context.signer()?;
    ensure!(signer.pubkey() == pool.guardian, "only the pool's guardian {} pauses it", pool.guardian);
    let receipt = context.send(&[build::pause(&pool, args.duration.as_secs())], &signer)?;
    let event = receipt.event(|event| if let Event::PoolPaused(event) = event { Some(event) } else { None })?;
    let record =
        Record::new().time("paused_until", event.paused_until).time("next_pause_possible", event.next_pause_at);
    let sentence = if args.duration.is_zero() { "The pause is over." } else { "Sales and deposits are paused." };
    context.done(sentence, &receipt, record);
    Ok(())
}
