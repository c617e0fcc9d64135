//! `breakwater localnet`

use crate::{
    config::Config,
    context::Context,
    output::{Record, line},
};
use anyhow::{Context as _, Result};
use breakwater_localnet::{Clock, Localnet, Ports, bytecode, demo, key};
use indicatif::{ProgressBar, ProgressStyle};
use solana_keypair::write_keypair_file;
use solana_signer::Signer;
use std::{
    env, fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::runtime::Runtime;

/// A network on this machine only, which ends with Ctrl-C and leaves nothing behind but the wallets' key files.
#[derive(clap::Args)]
pub struct Args {
    /// Port of JSON-RPC over HTTP; the websocket listens on the next. 0 takes two free ones
    #[arg(long, default_value_t = 8899)]
    port: u16,
    /// Folder for the wallets' keypairs and a configuration that names the network
    #[arg(long, value_name = "FOLDER")]
    ledger: Option<PathBuf>,
    /// The program's bytecode, if it is not in target/deploy or the folder that SBF_OUT_DIR names
    #[arg(long, value_name = "FILE")]
    program: Option<PathBuf>,
    /// Let time stand still between transactions
    #[arg(long)]
    still: bool,
    /// End when the standard input ends, too: for tests, which may die without a Ctrl-C
    #[arg(long, hide = true)]
    tied: bool,
}

/// Runs the network until Ctrl-C.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    let bytecode = bytecode(args.program.as_deref())?;
    let ports = if args.port == 0 {
        Ports::free()?
    } else {
        Ports { rpc: args.port, websocket: args.port.checked_add(1).context("no port is next to this one")? }
    };
    let progress = ProgressBar::new_spinner().with_style(ProgressStyle::with_template("{spinner} {msg}")?);
    progress.enable_steady_tick(Duration::from_millis(100));
    progress.set_message("starting the network");
    // While it is founded each block follows its transaction at once.
    let network = Localnet::start(ports, Clock::Stands, &bytecode)
        .with_context(|| format!("no network on port {}; --port names another", ports.rpc))?;
    demo::found(&network.client(), |what| progress.set_message(format!("creating {what}")))?;
    if !args.still {
        network.set_clock(Clock::Runs)?;
    }
    progress.finish_and_clear();

    let ledger = args.ledger.clone().unwrap_or_else(|| env::temp_dir().join("breakwater-localnet"));
    write_wallets(&ledger, &network)?;
    let config = ledger.join("config.yml");
    let mut record = Record::new()
        .text("rpc", network.url())
        .text("websocket", network.websocket_url())
        .text("program", coverage_client::ID)
        .text("pool", demo::pool_address())
        .text("asset_mint", demo::asset())
        .text("governance_mint", demo::governance())
        .text("configuration", config.display());
    for name in demo::WALLETS {
        record = record.text(name, key(name).pubkey());
    }
    context.output.done("A local network with a pool; it stays up until Ctrl-C.", &record);
    if context.output == crate::output::Output::Table {
        line(format_args!("\nIn another terminal:\n  export BREAKWATER_CONFIG={}", config.display()));
        line(format_args!(
            "  breakwater pool show\n  breakwater lp deposit 400000 --keypair {}/ada.json",
            ledger.display()
        ));
    }
    // The reader of a pipe waits for this.
    io::stdout().flush()?;
    wait(args.tied)?;
    network.stop();
    Ok(())
}

/// Waits for Ctrl-C, or for the end of the standard input.
fn wait(tied: bool) -> Result<()> {
    let (end, ended) = tokio::sync::oneshot::channel();
    let end = if tied {
        std::thread::spawn(move || {
            let _ = io::copy(&mut io::stdin(), &mut io::sink());
            end.send(())
        });
        None
    } else {
        Some(end)
    };
    Runtime::new()?.block_on(async {
        tokio::select! {
            pressed = tokio::signal::ctrl_c() => pressed.context("cannot wait for Ctrl-C"),
            _ = ended => Ok(()),
        }
    })?;
    drop(end);
    Ok(())
}

/// Writes the wallets' keypairs, which are worth nothing elsewhere, and a configuration that names the first.
fn write_wallets(ledger: &Path, network: &Localnet) -> Result<()> {
    fs::create_dir_all(ledger).with_context(|| format!("cannot create {}", ledger.display()))?;
    for name in demo::WALLETS {
        let file = ledger.join(format!("{name}.json"));
        let written = write_keypair_file(&key(name), &file);
        written.map_err(|error| anyhow::anyhow!("cannot write {}: {error}", file.display()))?;
    }
    let config = Config {
        json_rpc_url: Some(network.url()),
        websocket_url: Some(network.websocket_url()),
        keypair_path: Some(ledger.join("founder.json")),
    };
    config.write(&ledger.join("config.yml"))
}
