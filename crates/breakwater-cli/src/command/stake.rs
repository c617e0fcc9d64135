//! `breakwater stake`

use crate::{
    context::{Context, governance},
    output::Record,
};
use anyhow::Result;
use coverage_client::{
    Assembly, At, Event, NOBODY, Voter, amount::Amount, build, token_account_address_of, voter_address,
};
use solana_address::Address;
use solana_signer::Signer;

/// Stakes.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Stake tokens; they count once they are old enough
    Add {
        /// Tokens
        amount: Amount,
    },
    /// Put staked tokens on their way out
    Remove {
        /// Tokens
        amount: Amount,
    },
    /// Take out what has been on its way for long enough
    Withdraw,
    /// Close the account of a voter without stake, whose rent goes back; anyone may
    Close {
        /// Whose; the signer's if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<Address>,
    },
    /// Show a stake
    Show {
        /// Whose; the signer's if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<Address>,
    },
}

/// Stakes or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let assembly = context.assembly(&context.pool()?)?;
    let token = governance(&assembly);
    match command {
        Command::Add { amount } => {
            let signer = context.signer()?;
            let stake = build::stake(&assembly, &signer.pubkey(), &context.payer(&signer)?, amount.atoms(&token)?);
            let receipt = context.send(&[stake], &signer)?;
            let event = receipt.event(|event| if let Event::Staked(event) = event { Some(event) } else { None })?;
            let record = Record::new()
                .amount("staked_now", &token, event.amount)
                .amount("staked", &token, event.staked)
                .amount("all_stakes", &token, event.total_staked);
            context.done("The tokens are staked.", &receipt, record);
        }
        Command::Remove { amount } => {
            let signer = context.signer()?;
            context.voter(&assembly.address, &signer.pubkey())?;
            let request = build::request_unstake(&assembly, &signer.pubkey(), amount.atoms(&token)?);
            let receipt = context.send(&[request], &signer)?;
            let event =
                receipt.event(|event| if let Event::UnstakeRequested(event) = event { Some(event) } else { None })?;
            let record = Record::new().amount("unstaking", &token, event.unstaking).time("ready", event.ready_at);
            context.done("The stake is on its way out.", &receipt, record);
        }
        Command::Withdraw => {
            let signer = context.signer()?;
            context.voter(&assembly.address, &signer.pubkey())?;
            let receipt = context.send(&build::unstake(&assembly, &signer.pubkey()), &signer)?;
            let event = receipt.event(|event| if let Event::Unstaked(event) = event { Some(event) } else { None })?;
            context.done("The stake is out.", &receipt, Record::new().amount("amount", &token, event.amount));
        }
        Command::Close { owner } => {
            let signer = context.signer()?;
            let voter = context.voter(&assembly.address, &context.owner(*owner)?)?;
            let receipt = context.send(&[build::close_voter(&voter, &signer.pubkey())], &signer)?;
            context.done("The voter is closed.", &receipt, Record::new().address("owner", &voter.owner));
        }
        Command::Show { owner } => show(&context.owner(*owner)?, &assembly, context)?,
    }
    Ok(())
}

fn show(owner: &Address, assembly: &At<Assembly>, context: &Context) -> Result<()> {
    let token = governance(assembly);
    let now = context.client.now()?;
    let stake = context.client.find::<Voter>(&voter_address(&assembly.address, owner))?;
    let wallet = token_account_address_of(owner, &assembly.governance_mint, &assembly.token_program);
    let of = |which: fn(&Voter) -> u64| stake.as_ref().map_or(0, |stake| which(stake));
    // A ballot that opened now would count this.
    let weight = stake.as_ref().map_or(0, |stake| stake.weight(assembly.eligible_before(now)).unwrap_or(0));
    let record = Record::new()
        .address("owner", owner)
        .amount("staked", &token, of(|stake| stake.staked().unwrap_or(0)))
        .amount("old_enough_now", &token, weight)
        .address("delegate", &stake.as_ref().map_or(NOBODY, |stake| stake.delegate))
        .time("delegated", of(|stake| stake.delegated_at))
        .number("open_votes", of(|stake| stake.open_votes.into()))
        .amount("unstaking", &token, of(|stake| stake.unstaking))
        .time("ready", of(|stake| stake.unstake_ready_at))
        .amount("slashed", &token, of(|stake| stake.slashed))
        .amount("in_wallet", &token, context.client.balance(&wallet)?);
    context.output.record(&record);
    Ok(())
}
