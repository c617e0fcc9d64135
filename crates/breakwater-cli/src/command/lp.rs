//! `breakwater lp`

use crate::{
    context::{Context, asset, refused, shares},
    output::{Output, Record, Section, moment},
    season,
};
use anyhow::{Result, bail, ensure};
use coverage_client::{
    At, Event, ExitEpoch, ExitTicket, Incident, IncidentState, Pool, Product, Retired, Seen,
    amount::{Amount, Token},
    build,
    crank::Crank,
    exit_ticket_address, quote,
    rpc::Receipt,
    snapshot::Snapshot,
    token_account_address_of,
};
use coverage_math::{DAY, exits, figures, start_of};
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
        /// Least shares; half a percent below today's price if not given
        #[arg(long, value_name = "SHARES")]
        min_shares: Option<Amount>,
        /// Number of the pool's terms that you have read; today's if not given. Other terms refuse the deposit
        #[arg(long, value_name = "NUMBER")]
        terms: Option<u64>,
        /// The most that may be set aside for incidents, of which a deposit bears its part; what is now if not given
        #[arg(long, value_name = "AMOUNT")]
        max_liens: Option<Amount>,
    },
    /// Take tokens out at once: before the pool opens, and for seven days after
    Withdraw {
        /// Shares
        #[arg(required_unless_present = "all")]
        shares: Option<Amount>,
        /// All shares
        #[arg(long, conflicts_with = "shares")]
        all: bool,
        /// Least tokens; half a percent below today's price if not given
        #[arg(long, value_name = "AMOUNT")]
        min_amount: Option<Amount>,
    },
    /// Put shares on their way out: there is no way back
    Exit {
        /// Shares
        #[arg(required_unless_present = "all")]
        shares: Option<Amount>,
        /// All shares
        #[arg(long, conflicts_with = "shares")]
        all: bool,
        /// Token account that is to be paid; the signer's if not given
        #[arg(long, value_name = "ADDRESS")]
        receiver: Option<Address>,
    },
    /// Take the steps that pay exits, and collect what they have due
    Collect {
        /// Whose; the signer's if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        owner: Option<Address>,
    },
    /// Redeem shares that were retired when the pool was wiped out
    Redeem {
        /// Shares; all of them if not given
        shares: Option<Amount>,
        /// Their generation; the only one that the signer holds if not given
        #[arg(long, value_name = "NUMBER")]
        generation: Option<u32>,
    },
    /// Show shares, what they are worth, exits, and what is contested of them until when
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
        Command::Deposit { amount, min_shares, terms, max_liens } => {
            deposit(*amount, *min_shares, *terms, *max_liens, &mut pool, context)
        }
        Command::Withdraw { shares, all: _, min_amount } => withdraw(*shares, *min_amount, &mut pool, context),
        Command::Exit { shares, all: _, receiver } => exit(*shares, receiver.as_ref(), &mut pool, context),
        Command::Collect { owner } => collect(&context.owner(*owner)?, &pool, context),
        Command::Redeem { shares, generation } => redeem(*shares, *generation, &pool, context),
        Command::Position { owner } => position(&context.owner(*owner)?, &pool, context),
    }
}

/// Accrues the books of `pool` to now, and returns the time.
fn accrue(pool: &mut At<Pool>, context: &Context) -> Result<u64> {
    let now = context.client.now()?;
    if pool.account.accrue(now).is_err() {
        bail!("the pool's books cannot be accrued");
    }
    Ok(now)
}

fn deposit(
    amount: Amount,
    min_shares: Option<Amount>,
    terms: Option<u64>,
    max_liens: Option<Amount>,
    pool: &mut At<Pool>,
    context: &Context,
) -> Result<()> {
    let (token, share) = (asset(pool), shares(pool));
    let atoms = amount.atoms(&token)?;
    let now = accrue(pool, context)?;
    let expected = quote::deposit(pool, atoms, now).map_err(refused)?;
    let carries_from = season::carries_from(pool, atoms, now);
    let least = min_shares.map_or_else(|| Ok(figures::at_least(expected)), |least| least.atoms(&share))?;
    let seen_now = pool.seen().map_err(refused)?;
    let max_liens = max_liens.map_or(Ok(seen_now.max_liens), |most| most.atoms(&token))?;
    let seen = Seen { terms: terms.unwrap_or(seen_now.terms), max_liens };
    let signer = context.signer()?;
    let receipt = context.send(&build::deposit(pool, &signer.pubkey(), atoms, least, &seen), &signer)?;
    let event = receipt.event(|event| if let Event::Deposited(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .amount("deposited", &token, event.amount)
        .amount("shares", &share, event.shares)
        .amount("capital", &token, event.books.capital)
        .time("carries_cover_from", carries_from)
        .number("terms", seen.terms)
        .amount("set_aside", &token, seen_now.max_liens);
    context.done("The tokens are deposited.", &receipt, record);
    Ok(())
}

/// The signer's shares that are meant: `amount`, or all that they hold.
fn held(amount: Option<Amount>, who: &Address, pool: &Pool, context: &Context) -> Result<u64> {
    let share = shares(pool);
    let held = context.client.balance(&build::share_account(pool, who))?;
    let amount = amount.map_or(Ok(held), |amount| amount.atoms(&share))?;
    ensure!(held > 0 && amount <= held, "{who} holds {} shares of the pool", share.plain(held));
    Ok(amount)
}

fn withdraw(amount: Option<Amount>, min: Option<Amount>, pool: &mut At<Pool>, context: &Context) -> Result<()> {
    let (token, share) = (asset(pool), shares(pool));
    let signer = context.signer()?;
    let amount = held(amount, &signer.pubkey(), pool, context)?;
    accrue(pool, context)?;
    let expected = pool.worth(amount).map_err(refused)?;
    let least = min.map_or_else(|| Ok(figures::at_least(expected)), |least| least.atoms(&token))?;
    let receipt = context.send(&build::withdraw(pool, &signer.pubkey(), amount, least), &signer)?;
    let event = receipt.event(|event| if let Event::Withdrawn(event) = event { Some(event) } else { None })?;
    let record = Record::new().amount("shares", &share, event.shares).amount("amount", &token, event.amount).amount(
        "capital",
        &token,
        event.books.capital,
    );
    context.done("The tokens are out.", &receipt, record);
    Ok(())
}

fn tickets(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<Vec<At<ExitTicket>>> {
    let tickets = context.of_pool::<ExitTicket>(&pool.address, offset_of!(ExitTicket, pool))?;
    let mut tickets: Vec<_> = tickets.into_iter().filter(|ticket| ticket.owner == *owner).collect();
    tickets.sort_by_key(|ticket| ticket.id);
    Ok(tickets)
}

fn exit(amount: Option<Amount>, receiver: Option<&Address>, pool: &mut At<Pool>, context: &Context) -> Result<()> {
    let (token, share) = (asset(pool), shares(pool));
    let signer = context.signer()?;
    let who = signer.pubkey();
    let amount = held(amount, &who, pool, context)?;
    if let Some(receiver) = receiver {
        super::claim::check_receiver(receiver, pool, context)?;
    }
    let mut id = tickets(&who, pool, context)?.last().map_or(0, |ticket| ticket.id.saturating_add(1));
    // A number may still be taken when the account was read a moment ago.
    while context.client.account(&exit_ticket_address(&pool.address, &who, id))?.is_some() {
        id = id.saturating_add(1);
    }
    let now = accrue(pool, context)?;
    let request =
        build::request_exit(pool, (&who, &context.payer(&signer)?), id, amount, receiver, now).map_err(refused)?;
    let today = pool.quote_exit(amount).map_err(refused)?;
    let receipt = context.send(&request, &signer)?;
    let event = receipt.event(|event| if let Event::ExitRequested(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .amount("shares", &share, event.shares)
        .address("ticket", &event.ticket)
        .number("epoch", event.epoch)
        .number("day", event.day)
        .time("paid_from", start_of(event.day).unwrap_or(0))
        .address("receiver", &receiver.copied().unwrap_or_else(|| build::asset_account(pool, &who)))
        .amount("worth_today", &token, today.worth)
        .amount("contested_today", &token, today.contested);
    let sentence = if today.contested == 0 {
        "The shares are on their way out."
    } else {
        "The shares are on their way out. What is contested comes as the open incidents end: `breakwater lp position`."
    };
    context.done(sentence, &receipt, record);
    Ok(())
}

/// What pays exits, beside collecting them: as far as something is due.
const PAYING: [&str; 4] = ["end_filing", "pay_exits", "call_exits", "release_contested"];

fn collect(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let mine: Vec<_> = tickets(owner, pool, context)?.iter().map(|ticket| ticket.address).collect();
    if mine.is_empty() {
        context.output.list("Nothing is on its way out.", &[]);
        return Ok(());
    }
    // A step that is refused is another's success, or waits for somebody else: it keeps nobody from collecting.
    let paid = context.take(&pool.address, |crank| PAYING.contains(&crank.name));
    let none = paid.as_ref().map_or_else(|_| String::new(), |steps| nothing_due(steps));
    let taken = context
        .take(&pool.address, |crank| crank.name == "collect_exit" && mine.contains(&crank.subject))
        .and_then(|taken| if taken.is_empty() { paid.map(|_| taken) } else { Ok(taken) })?;
    let mut records = Vec::new();
    for (_, receipt) in taken {
        let event = receipt.event(|event| if let Event::ExitCollected(event) = event { Some(event) } else { None })?;
        records.push(
            Record::new()
                .address("ticket", &event.ticket)
                .number("epoch", event.epoch)
                .amount("collected", &token, event.amount)
                .amount("collected_in_all", &token, event.paid)
                .text("is_over", event.is_over == 1)
                .text("transaction", receipt.signature),
        );
    }
    context.output.list(&none, &records);
    Ok(())
}

/// What is said when nothing could be collected after `steps` were taken.
fn nothing_due(steps: &[(Crank, Receipt)]) -> String {
    let called = steps.iter().rev().find_map(|(_, receipt)| {
        let called = |event| if let Event::ExitsCalled(event) = event { Some(event) } else { None };
        receipt.event(called).ok().filter(|event| event.called == 1)
    });
    match called {
        Some(event) => {
            let (from, until) = (moment(event.payable_from), moment(event.payable_from.saturating_add(DAY)));
            format!("Nothing is due yet. The exits are called: collect again between {from} and {until}.")
        }
        None => "Nothing is due; `breakwater lp position` shows what waits, and from when it is paid.".into(),
    }
}

/// The signer's or somebody's retired shares: what is left for them, and how many they hold.
fn retired(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<Vec<(At<Retired>, u64)>> {
    let mut found = Vec::new();
    for retired in context.of_pool::<Retired>(&pool.address, offset_of!(Retired, pool))? {
        let account = token_account_address_of(owner, &retired.share_mint, &pool.share_token_program);
        let held = context.client.balance(&account)?;
        if held > 0 {
            found.push((retired, held));
        }
    }
    found.sort_by_key(|(retired, _)| retired.generation);
    Ok(found)
}

fn redeem(amount: Option<Amount>, generation: Option<u32>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let (token, share) = (asset(pool), shares(pool));
    let signer = context.signer()?;
    let who = signer.pubkey();
    let mut found = retired(&who, pool, context)?;
    found.retain(|(retired, _)| generation.is_none_or(|generation| retired.generation == generation));
    ensure!(found.len() < 2, "{who} holds retired shares of several generations; name one with --generation");
    let Some((retired, held)) = found.pop() else { bail!("{who} holds no retired shares of the pool") };
    let amount = amount.map_or(Ok(held), |amount| amount.atoms(&share))?;
    let receipt = context.send(&build::redeem_retired(pool, &retired, &who, amount), &signer)?;
    let event = receipt.event(|event| if let Event::RetiredRedeemed(event) = event { Some(event) } else { None })?;
    let record = Record::new().number("generation", retired.generation).amount("shares", &share, event.shares).amount(
        "amount",
        &token,
        event.amount,
    );
    context.done("The shares are redeemed.", &receipt, record);
    Ok(())
}

/// A ticket's part of what its epoch has, atoms.
fn part(ticket: &ExitTicket, shares: u64, atoms: u64) -> u64 {
    exits::part(ticket.shares, shares, atoms).unwrap_or(0)
}

/// From when on, for a day, an epoch can be paid: from its day, or from a day after a call that runs.
fn paid_from(epoch: &ExitEpoch, pool: &Pool, now: u64) -> u64 {
    let called_for = pool.exit_called_at.saturating_add(DAY);
    let is_called = pool.exit_called_at > 0 && epoch.number == pool.exit_head && now < called_for.saturating_add(DAY);
    if is_called { called_for } else { start_of(epoch.day).unwrap_or(0) }
}

/// An exit as it stands.
fn exit_row(ticket: &At<ExitTicket>, snapshot: &Snapshot, pool: &Pool, token: &Token, share: &Token) -> Record {
    let record =
        Record::new().number("exit", ticket.id).amount("shares", share, ticket.shares).number("epoch", ticket.epoch);
    let Some(epoch) = snapshot.epoch(ticket.epoch) else { return record };
    let waiting = part(ticket, epoch.shares, epoch.waiting().unwrap_or(0));
    let due = { ticket.account }.collect(&mut { epoch.account }).map_or(0, |(due, _)| due);
    let contested = snapshot.incidents.iter().flat_map(|incident| snapshot.contested_in(incident));
    let contested = contested.filter(|(number, ..)| *number == ticket.epoch).map(|(_, atoms, _)| atoms);
    record
        .time("paid_from", paid_from(epoch, pool, snapshot.time))
        .amount("waiting", share, waiting)
        .amount("waiting_worth", token, pool.worth(waiting).unwrap_or(0))
        .amount("due", token, due)
        .amount("collected", token, ticket.paid)
        .amount("contested", token, part(ticket, epoch.shares, contested.fold(0, u64::saturating_add)))
}

/// When what is contested in an incident comes, in words.
fn comes(incident: &Incident, product: &Product) -> String {
    match incident.state() {
        // What those before it in line pay is taken of the same part.
        Ok(IncidentState::Open) if incident.place_in_line(product) != Some(0) => {
            "after its verdict, once those before it have ended".into()
        }
        Ok(IncidentState::Open) => "after its verdict".into(),
        Ok(IncidentState::Accepted) => {
            let (filing, disputes) = (moment(incident.filing_ends_at), moment(incident.disputes_end_at));
            if incident.place_in_line(product) != Some(0) {
                format!("from {disputes} and its disputes on, once those before it have ended")
            } else if incident.filing_ended == 1 || product.line.open > 1 {
                // What nobody claims in it stays set aside for the others.
                format!("from {disputes} and its disputes on")
            } else {
                format!("what nobody claims from {filing}, the rest from {disputes} and its disputes on")
            }
        }
        Ok(IncidentState::Refused) => "once those before it have ended".into(),
        _ => "now".into(),
    }
}

fn position(owner: &Address, pool: &At<Pool>, context: &Context) -> Result<()> {
    let snapshot = context.client.snapshot(&pool.address)?;
    let Some(pool) = snapshot.accrued().map(|account| At { address: pool.address, account }) else {
        bail!("the pool's books cannot be accrued");
    };
    let (token, share) = (asset(&pool), shares(&pool));
    let held = context.client.balance(&build::share_account(&pool, owner))?;
    let mut mine: Vec<_> = snapshot.tickets.iter().filter(|ticket| ticket.owner == *owner).collect();
    mine.sort_by_key(|ticket| ticket.id);
    let record = Record::new()
        .address("owner", owner)
        .amount("shares", &share, held)
        .amount("worth", &token, pool.worth(held).map_err(refused)?)
        .amount("asset_in_wallet", &token, context.client.balance(&build::asset_account(&pool, owner))?);
    let exits: Vec<_> = mine.iter().map(|ticket| exit_row(ticket, &snapshot, &pool, &token, &share)).collect();
    let mut contested = Vec::new();
    for incident in &snapshot.incidents {
        let Some(product) = snapshot.product(&incident.product) else { continue };
        let parts = snapshot.contested_in(incident);
        for ticket in &mine {
            let Some(epoch) = snapshot.epoch(ticket.epoch) else { continue };
            let Some((_, atoms, _)) = parts.iter().find(|(number, ..)| *number == ticket.epoch) else { continue };
            let at_most = part(ticket, epoch.shares, *atoms);
            contested.push(
                Record::new()
                    .number("exit", ticket.id)
                    .address("incident", &incident.address)
                    .amount("at_most", &token, at_most)
                    .text("comes", comes(incident, product)),
            );
        }
    }
    let retired = retired(owner, &pool, context)?;
    let retired = retired.iter().map(|(retired, held)| {
        let worth = { retired.account }.redeem(*held).unwrap_or(0);
        Record::new()
            .number("generation", retired.generation)
            .amount("shares", &share, *held)
            .amount("worth", &token, worth)
    });
    let lists = [("exits", exits), ("contested", contested), ("retired", retired.collect())];
    if context.output == Output::Table && lists.iter().all(|(_, list)| list.is_empty()) {
        context.output.record(&record);
        return Ok(());
    }
    let mut sections = vec![("position", Section::One(record))];
    let shown = lists.into_iter().filter(|(_, list)| context.output == Output::Json || !list.is_empty());
    sections.extend(shown.map(|(key, list)| (key, Section::List(list))));
    context.output.sections(&sections);
    Ok(())
}
