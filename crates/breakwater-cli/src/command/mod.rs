//! The commands, one to a file.

mod assembly;
mod change;
mod claim;
mod completions;
mod cover;
mod events;
mod evidence;
mod faucet;
mod incident;
mod keeper;
mod localnet;
mod lp;
mod pause;
mod pool;
mod product;
mod stake;
mod stress;
mod time;
mod verify;
mod vote;
mod wording;

use crate::context::Context;
use anyhow::Result;
use std::process::ExitCode;

/// What to do.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Run a local network with the program, a pool, a faucet and funded wallets
    Localnet(localnet::Args),
    /// Give a wallet of the local network tokens and SOL
    #[command(visible_alias = "airdrop")]
    Faucet(faucet::Args),
    /// Read the chain's time, or let that of the local network jump
    #[command(subcommand)]
    Time(time::Command),
    /// Create and show pools
    #[command(subcommand)]
    Pool(pool::Command),
    /// Create and show products: the risks that a pool covers
    #[command(subcommand)]
    Product(product::Command),
    /// Read cover terms, and check which a product goes by
    #[command(subcommand)]
    Wording(wording::Command),
    /// Create and show assemblies: the stakers who decide
    #[command(subcommand)]
    Assembly(assembly::Command),
    /// Provide liquidity
    #[command(subcommand)]
    Lp(lp::Command),
    /// Buy and keep cover
    #[command(subcommand)]
    Cover(cover::Command),
    /// Report that something happened
    #[command(subcommand)]
    Incident(incident::Command),
    /// Claim a loss, and dispute claims
    #[command(subcommand)]
    Claim(claim::Command),
    /// Attach evidence to what is voted on, and list it
    #[command(subcommand)]
    Evidence(evidence::Command),
    /// Stake the assembly's token
    #[command(subcommand)]
    Stake(stake::Command),
    /// Decide on incidents and disputed claims
    #[command(subcommand)]
    Vote(vote::Command),
    /// Change a pool's parameters, after the timelock
    #[command(subcommand)]
    Change(change::Command),
    /// Pause sales and deposits for a while; the guardian signs
    Pause(pause::Args),
    /// Take every step that is due, for the tips
    Keeper(keeper::Args),
    /// Print what a pool's program logged, as JSON lines
    Events(events::Args),
    /// Prove a pool's books from its accounts
    Verify(verify::Args),
    /// Play what losses would do to a pool: a million years of drawn incidents, and real ones
    Stress(stress::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
}

impl Command {
    /// Runs the command.
    pub fn run(&self, context: &Context) -> Result<ExitCode> {
        match self {
            Self::Localnet(args) => localnet::run(args, context),
            Self::Faucet(args) => faucet::run(args, context),
            Self::Time(command) => time::run(command, context),
            Self::Pool(command) => pool::run(command, context),
            Self::Product(command) => product::run(command, context),
            Self::Wording(command) => wording::run(command, context),
            Self::Assembly(command) => assembly::run(command, context),
            Self::Lp(command) => lp::run(command, context),
            Self::Cover(command) => cover::run(command, context),
            Self::Incident(command) => incident::run(command, context),
            Self::Claim(command) => claim::run(command, context),
            Self::Evidence(command) => evidence::run(command, context),
            Self::Stake(command) => stake::run(command, context),
            Self::Vote(command) => vote::run(command, context),
            Self::Change(command) => change::run(command, context),
            Self::Pause(args) => pause::run(args, context),
            Self::Keeper(args) => keeper::run(args, context),
            Self::Events(args) => events::run(args, context),
            Self::Verify(args) => return verify::run(args, context),
            Self::Stress(args) => stress::run(args, context),
            Self::Completions(args) => completions::run(args),
        }?;
        Ok(ExitCode::SUCCESS)
    }
}
