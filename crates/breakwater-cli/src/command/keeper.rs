//! `breakwater keeper`

use crate::{
    context::Context,
    keeper::{Duties, Keeper, Metrics},
    output::Record,
};
use anyhow::Result;
use coverage_client::amount::Amount;
use solana_address::Address;
use std::{net::SocketAddr, sync::Arc, time::Duration};

/// Closes ballots, reads verdicts, settles incidents, pays exits, claims, bonds and rewards out, and closes what has served: each
/// step when it is due. Several keepers can run at once.
#[derive(clap::Args)]
pub struct Args {
    /// Do what is due now, and end
    #[arg(long)]
    once: bool,
    /// Pause between two looks
    #[arg(long, value_parser = crate::parse::duration, default_value = "5s")]
    interval: Duration,
    /// Transactions that are under way at once
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    workers: u8,
    /// Serve metrics for Prometheus here, such as 127.0.0.1:9464
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Watch an account of Pyth's pull oracle, several times if need be: show its prices to the products that go by its
    /// feed, and refute with them what they disprove. No tips are paid for it
    #[arg(long, value_name = "ADDRESS")]
    price: Vec<Address>,
    /// Collect protocol fees for a treasury once they are at least this: no tip is paid for it
    #[arg(long, value_name = "AMOUNT", default_value = "1")]
    min_fees: Amount,
}

/// Keeps.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    let metrics = Arc::new(Metrics::new());
    if let Some(address) = args.metrics {
        metrics.clone().serve(address)?;
    }
    let duties = Duties { workers: args.workers.into(), prices: args.price.clone(), min_fees: args.min_fees };
    let keeper = Keeper::new(context, metrics, duties)?;
    if !args.once {
        return keeper.run(args.interval);
    }
    let done = keeper.once()?;
    let records: Vec<_> =
        done.iter().map(|(name, count)| Record::new().text("step", name).number("taken", *count)).collect();
    let refused = keeper.refused();
    let none = match (context.dry_run, refused.is_empty()) {
        (true, _) => "Dry run, nothing was sent: the log has what is due.",
        (false, true) => "Nothing is due.",
        (false, false) => "Nothing was taken.",
    };
    context.output.list(none, &records);
    for (step, subject, reason) in refused {
        eprintln!("{step} {subject} is due and was refused: {reason}");
    }
    Ok(())
}
