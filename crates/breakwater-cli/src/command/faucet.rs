//! `breakwater faucet`

use crate::{context::Context, output::Record};
use anyhow::{Result, ensure};
use breakwater_localnet::{cheat, demo};
use coverage_client::{
    amount::{Amount, Token},
    token_account_address,
};
use solana_address::Address;

/// Gives tokens of the local network's asset, on request governance tokens and SOL too.
#[derive(clap::Args)]
pub struct Args {
    /// Tokens of the asset
    #[arg(default_value = "1000")]
    amount: Amount,
    /// Who gets it; the signer if nobody is named
    #[arg(long, value_name = "ADDRESS")]
    to: Option<Address>,
    /// Governance tokens
    #[arg(long, value_name = "AMOUNT", default_value = "0")]
    governance: Amount,
    /// SOL: the balance is raised to this
    #[arg(long, value_name = "AMOUNT", default_value = "100")]
    sol: Amount,
}

/// Gives.
pub fn run(args: &Args, context: &Context) -> Result<()> {
    let mint = context.client.account(&demo::asset())?;
    ensure!(mint.is_some(), "there is no faucet on {}; it is on `breakwater localnet` only", context.url);
    let owner = context.owner(args.to)?;
    let token = |symbol: &str, decimals| Token { symbol: symbol.into(), decimals };
    let (asset, governance, sol) =
        (token("the asset", demo::DECIMALS), token("the governance token", demo::DECIMALS), token("SOL", 9));
    let lamports = args.sol.atoms(&sol)?;
    if context.client.rpc.get_balance(&owner).unwrap_or(0) < lamports {
        cheat::fund(&context.client, &owner, lamports)?;
    }
    demo::give(&context.client, &[owner], args.amount.atoms(&asset)?, args.governance.atoms(&governance)?)?;
    let balance = |mint| context.client.balance(&token_account_address(&owner, &mint));
    let record = Record::new()
        .address("owner", &owner)
        .amount("asset", &asset, balance(demo::asset())?)
        .amount("governance", &governance, balance(demo::governance())?)
        .amount("sol", &sol, context.client.rpc.get_balance(&owner)?);
    context.output.done("The faucet gave; the balances are now:", &record);
    Ok(())
}
