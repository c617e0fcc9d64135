//! `cargo xtask deploy`: puts target/deploy/breakwater.so on a network.

use anyhow::{Context, Result, anyhow, ensure};
use breakwater_deploy::{Deployed, Deployment, Plan, sha256};
use clap::Parser;
use solana_address::Address;
use solana_commitment_config::CommitmentConfig;
use solana_keypair::{Keypair, read_keypair_file};
use solana_rpc_client::rpc_client::RpcClient;
use solana_signer::Signer;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

/// Puts the bytecode on a network: deploys it first, or replaces what is there.
#[derive(Parser)]
#[command(name = "cargo xtask deploy --", bin_name = "cargo xtask deploy --", version)]
struct Arguments {
    /// Where the network speaks JSON-RPC
    #[arg(long, default_value = "http://127.0.0.1:8899")]
    url: String,
    /// Key that pays, and that may replace the program unless --authority names another
    #[arg(long, value_name = "FILE")]
    keypair: PathBuf,
    /// Key that may replace the program
    #[arg(long, value_name = "FILE")]
    authority: Option<PathBuf>,
    /// Key of the program's address: needed the first time
    #[arg(long, value_name = "FILE")]
    program_keypair: Option<PathBuf>,
    /// Key of the buffer: one that is kept can go on with a deployment that broke off
    #[arg(long, value_name = "FILE")]
    buffer_keypair: Option<PathBuf>,
    /// The SHA-256 that the bytecode must have: what reviewers have built and compared
    #[arg(long, value_name = "HEX")]
    expect: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<()> {
    let folder = env::var("SBF_OUT_DIR").unwrap_or_else(|_| "target/deploy".into());
    let path = PathBuf::from(folder).join("breakwater.so");
    let bytecode = fs::read(&path).with_context(|| format!("read {}", path.display()))?;
    let hash = sha256(&bytecode);
    if let Some(expected) = &arguments.expect {
        ensure!(*expected == hash, "the bytecode is {hash}, not {expected}");
    }
    let payer = key(&arguments.keypair)?;
    let authority = arguments.authority.as_deref().map(key).transpose()?;
    let authority = authority.as_ref().unwrap_or(&payer);
    let program_key = arguments.program_keypair.as_deref().map(key).transpose()?;
    let buffer = arguments.buffer_keypair.as_deref().map(key).transpose()?.unwrap_or_else(Keypair::new);
    // At any other address the program refuses every call.
    let program: Address = coverage_client::ID;
    let rpc = RpcClient::new_with_commitment(arguments.url.clone(), CommitmentConfig::confirmed());

    println!("bytecode   {}, {} bytes, sha256 {hash}", path.display(), bytecode.len());
    println!("network    {}", arguments.url);
    println!("program    {program}");
    println!("authority  {}", authority.pubkey());
    match Plan::of(&rpc, &program, &authority.pubkey(), &bytecode)? {
        Plan::First => println!("plan       deploy it there first"),
        Plan::Upgrade { growth: 0 } => println!("plan       replace what is there"),
        Plan::Upgrade { growth } => println!("plan       let it grow by {growth} bytes, and replace what is there"),
        Plan::Nothing => println!("plan       nothing: it runs already"),
    }
    if arguments.dry_run {
        return Ok(());
    }
    let program_key = program_key.as_ref();
    let deployment =
        Deployment { rpc: &rpc, payer: &payer, authority, program, program_key, buffer: &buffer, bytecode: &bytecode };
    let Deployed { slot, authority, .. } = deployment.run()?;
    let authority = authority.map_or("nobody: it is final".into(), |authority| authority.to_string());
    println!("done       runs since slot {slot}; can be replaced by {authority}");
    Ok(())
}

fn key(file: &Path) -> Result<Keypair> {
    read_keypair_file(file).map_err(|error| anyhow!("{}: {error}", file.display()))
}
