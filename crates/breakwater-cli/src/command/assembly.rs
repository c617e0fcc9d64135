//! `breakwater assembly`

use crate::{
    context::{Context, governance},
    output::Record,
    parse::duration,
};
use anyhow::Result;
use coverage_client::{Assembly, AssemblyParams, At, build};
use solana_address::Address;
use solana_signer::Signer;
use std::time::Duration;

/// Assemblies.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Create the assembly of the stakers of a mint
    Create(Create),
    /// Show the pool's assembly, or another
    Show {
        /// The assembly
        assembly: Option<Address>,
    },
    /// Close an assembly that no pool and no voter needs; its creator signs
    Close {
        /// The assembly
        assembly: Address,
    },
    /// List all assemblies
    List,
}

/// Parameters of an assembly.
#[derive(clap::Args)]
pub struct Create {
    /// Mint of the token to stake
    mint: Address,
    /// How long a ballot's first round takes
    #[arg(long, value_parser = duration, default_value = "2d")]
    voting_period: Duration,
    /// How old a stake must be to count
    #[arg(long, value_parser = duration, default_value = "1d")]
    min_stake_age: Duration,
    /// How long unstaking takes: at least as long as a ballot with appeal can last
    #[arg(long, value_parser = duration, default_value = "60d")]
    unstake_delay: Duration,
    /// Weight that must be cast, bps of the eligible stake
    #[arg(long, default_value_t = 2_000)]
    quorum_bps: u16,
    /// Weight for, above which a ballot passes, bps of the weight cast
    #[arg(long, default_value_t = 5_000)]
    threshold_bps: u16,
    /// Part of a stake lost by voting for what an appeal overturns, bps
    #[arg(long, default_value_t = 500)]
    overturn_slash_bps: u16,
}

/// Creates or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Create(args) => create(args, context),
        Command::Close { assembly } => close(assembly, context),
        Command::Show { assembly } => {
            let address = assembly.map_or_else(|| Ok(context.pool()?.assembly), anyhow::Ok)?;
            context.output.record(&record(&context.client.fetch(&address)?));
            Ok(())
        }
        Command::List => {
            let records: Vec<_> = context
                .client
                .list::<Assembly>(&[])?
                .iter()
                .map(|assembly| {
                    let token = governance(assembly);
                    Record::new()
                        .address("assembly", &assembly.address)
                        .address("governance_mint", &assembly.governance_mint)
                        .amount("staked", &token, assembly.total_staked)
                        .number("voters", assembly.voter_count)
                })
                .collect();
            context.output.list("There are no assemblies.", &records);
            Ok(())
        }
    }
}

fn create(args: &Create, context: &Context) -> Result<()> {
    let signer = context.signer()?;
    let who = signer.pubkey();
    let mint = context.client.mint(&args.mint)?;
    let params = AssemblyParams {
        voting_period: args.voting_period.as_secs(),
        min_stake_age: args.min_stake_age.as_secs(),
        unstake_delay: args.unstake_delay.as_secs(),
        quorum_bps: args.quorum_bps,
        threshold_bps: args.threshold_bps,
        overturn_slash_bps: args.overturn_slash_bps,
    };
    let payer = context.payer(&signer)?;
    let create = build::create_assembly(&who, &payer, &args.mint, &mint.token_program, &params);
    let receipt = context.send(&[create], &signer)?;
    let record = Record::new().address("assembly", &coverage_client::assembly_address(&args.mint, &who));
    context.done("The assembly is created.", &receipt, record);
    Ok(())
}

fn close(address: &Address, context: &Context) -> Result<()> {
    let assembly: At<Assembly> = context.client.fetch(address)?;
    let receipt = context.send(&[build::close_assembly(&assembly)], &context.signer()?)?;
    context.done("The assembly is closed.", &receipt, Record::new().address("assembly", address));
    Ok(())
}

fn record(assembly: &At<Assembly>) -> Record {
    let token = governance(assembly);
    Record::new()
        .address("assembly", &assembly.address)
        .address("governance_mint", &assembly.governance_mint)
        .number("voters", assembly.voter_count)
        .number("pools", assembly.pools)
        .amount("staked", &token, assembly.total_staked)
        .amount("unstaking", &token, assembly.total_unstaking)
        .amount("to_be_burned", &token, assembly.slashed)
        .duration("voting_period", assembly.voting_period)
        .duration("min_stake_age", assembly.min_stake_age)
        .duration("unstake_delay", assembly.unstake_delay)
        .bps("quorum", assembly.quorum_bps)
        .bps("threshold", assembly.threshold_bps)
        .bps("overturn_slash", assembly.overturn_slash_bps)
}
