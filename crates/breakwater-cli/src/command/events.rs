//! `breakwater events`

use crate::context::Context;
use anyhow::Result;
use coverage_client::{Event, ID, rpc::Logged};
use serde::Serialize;
use solana_signature::Signature;
use std::{
    io::{self, Write},
    thread,
    time::Duration,
};

/// How often a new look is taken.
const PAUSE: Duration = Duration::from_secs(1);

/// Events of a pool, the oldest first. Amounts are in atoms.
#[derive(clap::Args)]
pub struct Args {
    /// Go on with what happens from now
    #[arg(long)]
    follow: bool,
    /// Those of all pools and assemblies; a vote, for example, touches no pool
    #[arg(long)]
    all: bool,
    /// Only what came after this transaction
    #[arg(long, value_name = "SIGNATURE")]
    since: Option<Signature>,
}

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    slot: u64,
    time: Option<i64>,
    transaction: String,
    #[serde(flatten)]
    event: &'a Event,
}

/// Prints them.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    let address = if args.all { ID } else { context.pool()?.address };
    let mut last = args.since;
    loop {
        for signature in context.client.signatures(&address, last)? {
            if !print(&context.client.logged(&signature)?)? {
                return Ok(());
            }
            last = Some(signature);
        }
        if !args.follow {
            return Ok(());
        }
        thread::sleep(PAUSE);
    }
}

/// Prints a transaction's events; `false` once nobody reads any more.
fn print(logged: &Logged) -> Result<bool> {
    let mut out = io::stdout().lock();
    for event in &logged.events {
        let line = Line { slot: logged.slot, time: logged.time, transaction: logged.signature.to_string(), event };
        match writeln!(out, "{}", serde_json::to_string(&line)?) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Ok(false),
            outcome => outcome?,
        }
    }
    out.flush()?;
    Ok(true)
}
