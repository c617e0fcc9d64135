//! `breakwater cover`

use crate::{
    command::wording,
    context::{Context, asset, refused},
    output::{Record, moment},
    season,
};
use anyhow::{Context as _, Result};
use coverage_client::{
    Assembly, At, BreakwaterError as E, CoverRequest, Event, ExtensionRequest, Policy, Pool, Product, Quote,
    amount::Amount, build, policy_address, quote, text,
};
use coverage_math::{day_of, figures};
use solana_address::Address;
use solana_signer::Signer;
use std::mem::offset_of;

/// Cover.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Say what a cover would cost now
    Quote(Purchase),
    /// Buy cover
    Buy {
        #[command(flatten)]
        purchase: Purchase,
        /// Who may claim; the signer if nobody is named
        #[arg(long, value_name = "ADDRESS")]
        holder: Option<Address>,
        #[command(flatten)]
        limits: Limits,
    },
    /// Let a policy cover longer
    Extend {
        /// The policy
        policy: Address,
        /// How much longer, days
        days: u16,
        #[command(flatten)]
        limits: Limits,
    },
    /// End a policy with this day for a refund
    Cancel {
        /// The policy
        policy: Address,
        /// Least refund; half a percent below the quote if not given
        #[arg(long, value_name = "AMOUNT")]
        min_refund: Option<Amount>,
    },
    /// Give part of a policy's sum insured back for a refund: nothing can be claimed for that part any more
    Reduce {
        /// The policy
        policy: Address,
        /// How much of the sum insured is given back
        amount: Amount,
        /// Least refund; half a percent below the quote if not given
        #[arg(long, value_name = "AMOUNT")]
        min_refund: Option<Amount>,
    },
    /// Report a loss of a policy and draw on it; the address that its product lets draw signs
    Draw {
        /// The policy
        policy: Address,
        /// What was lost
        loss: Amount,
        /// The least that must be paid at once; what cannot be is booked
        #[arg(long, value_name = "AMOUNT", default_value = "0")]
        min_paid: Amount,
    },
    /// Pass a policy on
    Transfer {
        /// The policy
        policy: Address,
        /// Who may claim from now on
        to: Address,
    },
    /// List policies
    List {
        /// Those of a holder
        #[arg(long, value_name = "ADDRESS", conflicts_with = "all")]
        holder: Option<Address>,
        /// Everybody's, instead of the signer's
        #[arg(long)]
        all: bool,
    },
    /// Show a policy and the terms that it froze
    Show {
        /// The policy
        policy: Address,
    },
}

/// What is bought.
#[derive(clap::Args)]
pub struct Purchase {
    /// The product's number, name or address
    product: String,
    /// Sum insured
    amount: Amount,
    /// How long, days
    days: u16,
}

/// What it may cost.
#[derive(clap::Args)]
pub struct Limits {
    /// The most to pay; half a percent above the quote if not given
    #[arg(long, value_name = "AMOUNT")]
    max_premium: Option<Amount>,
    /// Who gets a commission on top
    #[arg(long, value_name = "ADDRESS", requires = "commission_bps")]
    distributor: Option<Address>,
    /// The commission, bps of the price
    #[arg(long, value_name = "BPS", default_value_t = 0, requires = "distributor")]
    commission_bps: u16,
}

/// Quotes, buys or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    match command {
        Command::Quote(purchase) => show_quote(purchase, context),
        Command::Buy { purchase, holder, limits } => buy(purchase, *holder, limits, context),
        Command::Extend { policy, days, limits } => extend(policy, *days, limits, context),
        Command::Cancel { policy, min_refund } => cancel(policy, *min_refund, context),
        Command::Reduce { policy, amount, min_refund } => reduce(policy, *amount, *min_refund, context),
        Command::Draw { policy, loss, min_paid } => draw(policy, *loss, *min_paid, context),
        Command::Transfer { policy, to } => transfer(policy, to, context),
        Command::List { holder, all } => list(*holder, *all, context),
        Command::Show { policy } => show(policy, context),
    }
}

impl Limits {
    /// The most to pay for something of this price.
    fn max_premium(&self, pool: &Pool, price: u64) -> Result<u64> {
        if let Some(most) = self.max_premium {
            return Ok(most.atoms(&asset(pool))?);
        }
        let premium = quote::with_commission(pool, price, self.commission_bps).context("a premium too large")?;
        Ok(figures::at_most(premium))
    }
}

/// What a sale would cost. Where it is refused for a capacity that grows with the season, says from when.
fn priced(pool: &Pool, product: &Product, court: &Assembly, amount: u64, days: u16, now: u64) -> Result<Quote> {
    let refusal = match quote::cover(pool, product, court, amount, days, now) {
        Ok(quote) => return Ok(quote),
        Err(refusal) => refusal,
    };
    let of_capacity = [E::ProductCapacity, E::GroupCapacity, E::PoolCapacity].contains(&refusal);
    let is_early = refusal == E::PoolNotOpen || (of_capacity && season::grows(pool, now));
    let error = Err(refused(refusal));
    if is_early { error.with_context(|| season::in_words(pool, now)) } else { Ok(error?) }
}

fn show_quote(purchase: &Purchase, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let product = context.product(&pool, &purchase.product)?;
    let token = asset(&pool);
    let now = context.client.now()?;
    let amount = purchase.amount.atoms(&token)?;
    let court = context.court_of_sale(&pool, &product, now)?;
    let quote = priced(&pool, &product, &court, amount, purchase.days, now)?;
    let record = Record::new()
        .text("product", text(&product.name))
        .amount("amount", &token, amount)
        .amount("premium", &token, quote.premium)
        .time("cover_from", quote.cover_from)
        .time("end", quote.end)
        .amount("capacity", &token, quote.capacity);
    context.output.record(&record);
    Ok(())
}

fn buy(purchase: &Purchase, holder: Option<Address>, limits: &Limits, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let product = context.product(&pool, &purchase.product)?;
    let token = asset(&pool);
    let signer = context.signer()?;
    let who = signer.pubkey();
    let amount = purchase.amount.atoms(&token)?;
    let now = context.client.now()?;
    let court = context.court_of_sale(&pool, &product, now)?;
    let quote = priced(&pool, &product, &court, amount, purchase.days, now)?;
    let request = CoverRequest {
        amount,
        max_premium: limits.max_premium(&pool, quote.premium)?,
        holder: holder.unwrap_or(who),
        term_days: purchase.days,
        commission_bps: limits.commission_bps,
        terms: quote.terms,
    };
    let mut id = product.policies_sold;
    while context.client.account(&policy_address(&product.address, &who, id))?.is_some() {
        id = id.saturating_add(1);
    }
    let decided = (&product.address, &court.address);
    let buy = build::buy_cover(&pool, decided, &who, id, &request, limits.distributor.as_ref());
    let receipt = context.send(&buy, &signer)?;
    let event = receipt.event(|event| if let Event::CoverBought(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("policy", &event.policy)
        .address("holder", &event.holder)
        .amount("amount", &token, event.amount)
        .amount("premium", &token, event.premium)
        .amount("commission", &token, event.commission)
        .time("cover_from", event.cover_from)
        .time("end", event.end);
    context.done("The cover is bought.", &receipt, record);
    Ok(())
}

fn extend(address: &Address, days: u16, limits: &Limits, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(address)?;
    let product: At<Product> = context.client.fetch(&policy.product)?;
    let token = asset(&pool);
    let now = context.client.now()?;
    let first = context.first_exit(&pool)?;
    let (price, _) = quote::extension(&pool, &product, &policy, first.as_deref(), days, now).map_err(refused)?;
    let max_premium = limits.max_premium(&pool, price)?;
    let request = ExtensionRequest { max_premium, days, commission_bps: limits.commission_bps };
    let signer = context.signer()?;
    let extend = build::extend_cover(&pool, &policy, &signer.pubkey(), &request, limits.distributor.as_ref());
    let receipt = context.send(&extend, &signer)?;
    let event = receipt.event(|event| if let Event::CoverExtended(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("policy", &event.policy)
        .amount("premium", &token, event.premium)
        .amount("commission", &token, event.commission)
        .time("end", event.end);
    context.done("The cover is extended.", &receipt, record);
    Ok(())
}

fn cancel(address: &Address, min_refund: Option<Amount>, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(address)?;
    let token = asset(&pool);
    let product: At<Product> = context.client.fetch(&policy.product)?;
    let (court, now) = (context.court(&pool, &product)?, context.client.now()?);
    let expected = quote::refund(&pool, &product, &court, &policy, now).map_err(refused)?;
    let least = min_refund.map_or_else(|| Ok(figures::at_least(expected)), |least| least.atoms(&token))?;
    let signer = context.signer()?;
    let receipt = context.send(&build::cancel_cover(&pool, &product, &policy, least), &signer)?;
    let event = receipt.event(|event| if let Event::CoverCancelled(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("policy", &event.policy)
        .amount("refund", &token, event.refund)
        .amount("fee", &token, event.fee)
        .time("end", event.end);
    context.done("The cover ends.", &receipt, record);
    Ok(())
}

fn reduce(address: &Address, part: Amount, min_refund: Option<Amount>, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(address)?;
    let token = asset(&pool);
    let part = part.atoms(&token)?;
    let product: At<Product> = context.client.fetch(&policy.product)?;
    let (court, now) = (context.court(&pool, &product)?, context.client.now()?);
    let expected = quote::reduction(&pool, &product, &court, &policy, part, now).map_err(refused)?;
    let least = min_refund.map_or_else(|| Ok(figures::at_least(expected)), |least| least.atoms(&token))?;
    let signer = context.signer()?;
    let receipt = context.send(&build::reduce_cover(&pool, &product, &policy, part, least), &signer)?;
    let event = receipt.event(|event| if let Event::CoverReduced(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("policy", &event.policy)
        .amount("refund", &token, event.refund)
        .amount("fee", &token, event.fee)
        .amount("amount", &token, event.amount);
    context.done("That part of the cover is given back.", &receipt, record);
    Ok(())
}

fn draw(address: &Address, loss: Amount, min_paid: Amount, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(address)?;
    let token = asset(&pool);
    let product: At<Product> = context.client.fetch(&policy.product)?;
    let signer = context.signer()?;
    let signs = (&signer.pubkey(), &context.payer(&signer)?);
    let draw = build::draw(&pool, &product, &policy, signs, loss.atoms(&token)?, min_paid.atoms(&token)?);
    let receipt = context.send(&[draw], &signer)?;
    let event = receipt.event(|event| if let Event::CoverDrawn(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .address("policy", &event.policy)
        .amount("paid", &token, event.paid)
        .amount("kept_for_refund", &token, event.given_back)
        .amount("paid_in_all", &token, policy.paid.saturating_add(event.paid))
        .amount("booked", &token, event.booked)
        .address("incident", &event.booking);
    context.done("The loss is reported.", &receipt, record);
    Ok(())
}

fn transfer(address: &Address, to: &Address, context: &Context) -> Result<()> {
    let (policy, _) = context.policy(address)?;
    let receipt = context.send(&[build::transfer_cover(&policy, to)], &context.signer()?)?;
    context.done("The policy is passed on.", &receipt, Record::new().address("policy", address).address("holder", to));
    Ok(())
}

/// Where a policy stands, in words.
fn state(policy: &Policy, now: u64) -> &'static str {
    if policy.open_claims > 0 { "claimed" } else { policy.standing(now).word() }
}

fn list(holder: Option<Address>, all: bool, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    let token = asset(&pool);
    let now = context.client.now()?;
    let products = context.products(&pool)?;
    let whose = if all { None } else { Some(context.owner(holder)?) };
    let mut policies = context.of_pool::<Policy>(&pool.address, offset_of!(Policy, pool))?;
    policies.retain(|policy| whose.is_none_or(|whose| policy.holder == whose));
    policies.sort_by_key(|policy| (policy.bought_at, policy.address));
    let records: Vec<_> = policies
        .iter()
        .map(|policy| {
            let product = products.iter().find(|product| product.address == policy.product);
            let record = Record::new()
                .address("policy", &policy.address)
                .text("product", product.map_or_else(String::new, |product| text(&product.name)))
                .text("state", state(policy, now))
                .amount("amount", &token, policy.amount)
                .amount("claimed", &token, policy.claimed)
                .amount("paid", &token, policy.paid)
                .amount("premium", &token, policy.premium)
                .text("covers", format!("{} to {}", day(policy.cover_from), day(policy.end)));
            if all { record.address("holder", &policy.holder) } else { record }
        })
        .collect();
    let none = whose.map_or_else(
        || "There are no policies.".into(),
        |whose| format!("{whose} holds no policies; --all lists everybody's."),
    );
    context.output.list(&none, &records);
    Ok(())
}

fn show(address: &Address, context: &Context) -> Result<()> {
    let (policy, pool) = context.policy(address)?;
    let product: At<Product> = context.client.fetch(&policy.product)?;
    let (token, now) = (asset(&pool), context.client.now()?);
    let record = Record::new()
        .address("policy", &policy.address)
        .address("product", &policy.product)
        .text("name", text(&product.name))
        .text("state", state(&policy, now))
        .address("holder", &policy.holder)
        .text("wording", wording::name_of(&policy.terms_hash))
        .hash("terms_sha256", &policy.terms_hash)
        .amount("amount", &token, policy.amount)
        .amount("bought_amount", &token, policy.bought)
        .amount("claimed", &token, policy.claimed)
        .amount("paid", &token, policy.paid)
        .amount("holds_capacity", &token, if day_of(now) < policy.release_day { policy.held } else { 0 })
        .amount("premium", &token, policy.premium)
        .amount("refunded", &token, policy.refunded)
        .time("bought", policy.bought_at)
        .time("cover_from", policy.cover_from)
        .time("end", policy.end)
        .bps("deductible", policy.deductible_bps)
        .amount("deductible_amount", &token, policy.deductible()?)
        .number("grace_days", policy.grace_days)
        .number("filing_window_days", policy.filing_window_days)
        .bps("cancel_fee", policy.cancel_fee_bps);
    context.output.record(&record);
    Ok(())
}

fn day(time: u64) -> String {
    moment(time).split('T').next().unwrap_or_default().into()
}
