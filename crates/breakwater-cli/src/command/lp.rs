//! `breakwater lp`

use crate::{
    context::{Context, asset, shares},
    output::{Record, moment},
};
use anyhow::{Context as _, Result, bail, ensure};
use coverage_client::{
    At, Event, ExitEpoch, ExitTicket, Pool, amount::Amount, build, exit_epoch_address, exit_ticket_address,
};
use coverage_math::{shares as formula, start_of};
use solana_address::Address;
use solana_signer::Signer;
use std::mem::offset_of;

/// Liquidity.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Deposit tokens for shares
    Deposit {
        /// Tokens
        amount: Amount,
        /// Least shares; a thousandth below today's price if not given
        #[arg(long, value_name = "SHARES")]
        min_shares: Option<Amount>,
    },
    /// Put shares on their way out
    Exit {
        /// Shares
        #[arg(required_unless_present = "all")]
        shares: Option<Amount>,
        /// All shares
        #[arg(long, conflicts_with = "shares")]
        all: bool,
    },
    /// Collect what settled exits have due
    Collect {
        /// Whose; the signer's if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<Address>,
    },
    /// Show shares, what they are worth, and exits
    Position {
        /// Whose; the signer's if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<Address>,
    },
}

/// Deposits, exits, collects or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let mut pool = context.pool()?;
    match command {
        Command::Deposit { amount, min_shares } => {
            let now = context.client.now()?;
            pool.account.accrue(now).context("the pool's books cannot be accrued")?;
            deposit(*amount, *min_shares, &pool, context)
        }
        Command::Exit { shares, all: _ } => exit(*shares, &pool, context),
        Command::Collect { owner } => collect(&context.owner(*owner)?, &pool, context),
        Command::Position { owner } => position(&context.owner(*owner)?, &mut pool, context),
    }
}

fn deposit(amount: Amount, min_shares: Option<Amount>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let (token, share) = (asset(pool), shares(pool));
    let atoms = amount.atoms(&token)?;
    let expected = formula::shares_for_deposit(atoms, pool.capital, pool.shares).context("a deposit too large")?;
    let least = min_shares.map_or_else(|| Ok(expected - expected / 1_000), |least| least.atoms(&share))?;
    let signer = context.signer()?;
    let receipt = context.send(&build::deposit(pool, &signer.pubkey(), atoms, least), &signer)?;
    let event = receipt.event(|event| if let Event::Deposited(event) = event { Some(event) } else { None })?;
    let record = Record::new().amount("deposited", &token, event.amount).amount("shares", &share, event.shares).amount(
        "capital",
        &token,
        event.books.capital,
    );
    context.done("The tokens are deposited.", &receipt, record);
    Ok(())
}

fn tickets(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<Vec<At<ExitTicket>>> {
    let tickets = context.of_pool::<ExitTicket>(&pool.address, offset_of!(ExitTicket, pool))?;
    let mut tickets: Vec<_> = tickets.into_iter().filter(|ticket| ticket.owner == *owner).collect();
    tickets.sort_by_key(|ticket| ticket.id);
    Ok(tickets)
}

fn exit(amount: Option<Amount>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let share = shares(pool);
    let signer = context.signer()?;
    let who = signer.pubkey();
    let held = context.client.balance(&build::share_account(pool, &who))?;
    let amount = amount.map_or(Ok(held), |amount| amount.atoms(&share))?;
    ensure!(held > 0 && amount <= held, "{who} holds {} shares of the pool", share.plain(held));
    let mut id = tickets(&who, pool, context)?.last().map_or(0, |ticket| ticket.id.saturating_add(1));
    // A number may still be taken when the account was read a moment ago.
    while context.client.account(&exit_ticket_address(&pool.address, &who, id))?.is_some() {
        id = id.saturating_add(1);
    }
    let now = context.client.now()?;
    let receipt = context.send(&build::request_exit(pool, &who, id, amount, now), &signer)?;
    let event = receipt.event(|event| if let Event::ExitRequested(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .amount("shares", &share, event.shares)
        .address("ticket", &event.ticket)
        .time("settles", start_of(event.day).unwrap_or(0));
    context.done("The shares are on their way out.", &receipt, record);
    Ok(())
}

fn collect(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let signer = context.signer()?;
    let mut records = Vec::new();
    for mut ticket in tickets(owner, pool, context)? {
        // It walks through one settled epoch after the other, and is closed by the last.
        while let Some(epoch) =
            context.client.find::<ExitEpoch>(&exit_epoch_address(&pool.address, ticket.epoch_day))?
        {
            if epoch.settled == 0 {
                break;
            }
            let receipt = context.send(&[build::collect_exit(pool, &ticket, &signer.pubkey())], &signer)?;
            let event =
                receipt.event(|event| if let Event::ExitCollected(event) = event { Some(event) } else { None })?;
            records.push(
                Record::new()
                    .address("ticket", &ticket.address)
                    .amount("collected", &token, event.amount)
                    .amount("shares_left", &shares(pool), event.shares_left)
                    .text("transaction", receipt.signature),
            );
            match context.client.find::<ExitTicket>(&ticket.address)? {
                Some(next) if !context.dry_run => ticket = next,
                _ => break,
            }
        }
    }
    context.output.list("Nothing is due.", &records);
    Ok(())
}

fn position(owner: &Address, pool: &mut At<Pool>, context: &Context) -> Result<()> {
    let now = context.client.now()?;
    if pool.account.accrue(now).is_err() {
        bail!("the pool's books cannot be accrued");
    }
    let (token, share) = (asset(pool), shares(pool));
    let held = context.client.balance(&build::share_account(pool, owner))?;
    let tickets = tickets(owner, pool, context)?;
    let exiting = tickets.iter().map(|ticket| ticket.shares).fold(0, u64::saturating_add);
    let record = Record::new()
        .address("owner", owner)
        .amount("shares", &share, held)
        .amount("worth", &token, pool.worth(held)?)
        .amount("exiting_shares", &share, exiting)
        .amount("exiting_worth", &token, pool.worth(exiting)?)
        .text("exits", exits(&tickets))
        .amount("asset_in_wallet", &token, context.client.balance(&build::asset_account(pool, owner))?);
    context.output.record(&record);
    Ok(())
}

fn exits(tickets: &[At<ExitTicket>]) -> String {
    if tickets.is_empty() {
        return "-".into();
    }
    let days =
        tickets.iter().map(|ticket| format!("#{} on {}", ticket.id, moment(start_of(ticket.epoch_day).unwrap_or(0))));
    days.collect::<Vec<_>>().join(", ")
}
