//! `breakwater product`

use crate::{
    command::wording,
    context::{Context, asset, feed, governance},
    output::Record,
    parse::{self, duration},
};
use anyhow::{Context as _, Result, anyhow, bail, ensure};
use coverage_client::{
    At, BreakwaterError, DrawParams, Event, NOBODY, Pool, PriceParams, Product, ProductParams, ProductStatus, RiskKind,
    Trigger,
    amount::{Amount, Token},
    build,
    constants::LINK_BYTES,
    quote, text,
};
use coverage_wordings::Wording;
use solana_address::Address;
use solana_signer::Signer;
use std::{path::PathBuf, time::Duration};

/// Products.
#[derive(clap::Subcommand)]
pub enum Command {
    /// List a new product for sale; the pool's authority signs
    Create(Box<Create>),
    /// Show a product
    Show {
        /// Number, name or address
        product: String,
    },
    /// List the pool's products
    List,
    /// Close a product whose policies and incidents are closed; once it is delisted anyone may, before only the authority
    Close {
        /// The product's number, name or address
        product: String,
    },
    /// Have a product forget a breach, by a price from inside it that was not below the strike; anyone may
    Refute {
        /// The product's number, name or address
        product: String,
        /// An account of Pyth's pull oracle with that price, however old
        price_update: Address,
    },
}

/// What can happen.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Risk {
    Exploit,
    Depeg,
    Slashing,
    Custody,
    Oracle,
    Bridge,
    Shortfall,
    Other,
}

/// Terms and price of a product.
#[derive(clap::Args)]
pub struct Create {
    /// Short name, at most 32 bytes
    name: String,
    /// The terms: one of `breakwater wording list`, as `exploit@1`; also fills in where they are, and the kind of risk
    #[arg(long, value_name = "NAME", value_parser = parse::wording, conflicts_with = "terms_file")]
    wording: Option<&'static Wording>,
    /// What is covered, as the terms ask for it: addresses or names, put behind a # at the end of where the terms are
    #[arg(long, value_name = "ADDRESSES", value_parser = parse::subject)]
    subject: Option<String>,
    /// Where the terms are, at most 128 bytes with what is covered
    #[arg(long, value_name = "URI", required_unless_present = "wording")]
    terms: Option<String>,
    /// Terms of your own, whose SHA-256 is recorded; without them, that of the URI
    #[arg(long, value_name = "FILE")]
    terms_file: Option<PathBuf>,
    /// Kind of risk
    #[arg(long, value_enum, required_unless_present = "wording")]
    risk: Option<Risk>,
    /// Correlation group, 0 to 15
    #[arg(long, default_value_t = 0)]
    group: u8,
    /// Capacity, bps of the pool's free capital
    #[arg(long, default_value_t = 10_000)]
    weight_bps: u16,
    /// Annual rates at no utilisation, at the kink and at full utilisation, ppm
    #[arg(long, num_args = 3, value_names = ["EMPTY", "KINK", "FULL"], default_values_t = [20_000, 50_000, 200_000])]
    rates_ppm: Vec<u32>,
    /// Utilisation of the kink, bps of capacity
    #[arg(long, default_value_t = 8_000)]
    kink_bps: u16,
    /// Shortest and longest term, days
    #[arg(long, num_args = 2, value_names = ["MIN", "MAX"], default_values_t = [1, 365])]
    term_days: Vec<u16>,
    /// From the sale until cover begins, days
    #[arg(long, default_value_t = 1)]
    waiting_days: u16,
    /// After the end, while what happened before can be claimed, days
    #[arg(long, default_value_t = 30)]
    grace_days: u16,
    /// What the holder bears, bps of the sum insured
    #[arg(long, default_value_t = 0)]
    deductible_bps: u16,
    /// How long after it happened an incident can be opened, days
    #[arg(long, default_value_t = 30)]
    report_window_days: u16,
    /// How long claims can be filed after the verdict; before it they can be, too. Days
    #[arg(long, default_value_t = 14)]
    filing_window_days: u16,
    /// How long claims can be disputed after they were filed
    #[arg(long, value_parser = duration, default_value = "1d")]
    dispute_window: Duration,
    /// How long a closed ballot can be appealed
    #[arg(long, value_parser = duration, default_value = "1d")]
    appeal_window: Duration,
    /// Least and largest sum insured
    #[arg(long, num_args = 2, value_names = ["MIN", "MAX"], default_values = ["1", "1000000"])]
    amounts: Vec<Amount>,
    /// Bond of an incident
    #[arg(long, value_name = "AMOUNT", default_value = "500")]
    incident_bond: Amount,
    /// Bond of a claim, bps of the amount claimed
    #[arg(long, default_value_t = 100)]
    claim_bond_bps: u16,
    #[command(flatten)]
    trigger: TriggerArgs,
}

/// Who decides.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Decider {
    /// The assembly's stakers
    Jury,
    /// The price of a feed of Pyth's
    Price,
    /// The covered program, which draws on its policies
    Authority,
}

impl From<Decider> for Trigger {
    fn from(decider: Decider) -> Self {
        match decider {
            Decider::Jury => Self::Jury,
            Decider::Price => Self::Price,
            Decider::Authority => Self::Authority,
        }
    }
}

/// What decides whether an incident counts.
#[derive(clap::Args)]
#[command(next_help_heading = "Trigger")]
struct TriggerArgs {
    /// Who decides
    #[arg(long, value_enum, default_value = "jury")]
    trigger: Decider,
    /// The price feed, as an address or in hexadecimal digits; or the address that may draw
    #[arg(long, value_name = "FEED_OR_ADDRESS", required_if_eq_any([("trigger", "price"), ("trigger", "authority")]))]
    source: Option<String>,
    /// Price below which the product is broken, and at which all of the sum insured is lost
    #[arg(long, num_args = 2, value_names = ["STRIKE", "FLOOR"], required_if_eq("trigger", "price"))]
    prices: Vec<Amount>,
    /// Decimals of the feed's prices
    #[arg(long, default_value_t = 8)]
    price_decimals: u8,
    /// How old a price that is shown may be
    #[arg(long, value_parser = duration, default_value = "60s")]
    max_age: Duration,
    /// How long the price must be below the strike
    #[arg(long, value_parser = duration, default_value = "1h")]
    min_duration: Duration,
    /// Longest time between two prices that are shown meanwhile
    #[arg(long, value_parser = duration, default_value = "10m")]
    max_gap: Duration,
    /// Most that is paid of draws in a period, bps of the pool's capital at the last midnight, or now where that is less; half of it at once
    #[arg(long, default_value_t = 1_000)]
    draw_limit_bps: u16,
    /// The period
    #[arg(long, value_parser = duration, default_value = "1d")]
    draw_period: Duration,
}

impl TriggerArgs {
    /// Who or what decides, an address.
    fn source(&self) -> Result<Address> {
        let Some(source) = self.source.as_deref().filter(|_| self.trigger != Decider::Jury) else {
            return Ok(NOBODY);
        };
        let digits = source.trim_start_matches("0x");
        if digits.len() == 64 {
            let bytes = (0..64).step_by(2).map(|at| u8::from_str_radix(digits.get(at..at + 2).unwrap_or(""), 16));
            let bytes: Vec<u8> = bytes.collect::<Result<_, _>>().context("the feed is not in hexadecimal digits")?;
            return Ok(Address::try_from(bytes.as_slice())?);
        }
        source.parse().map_err(|_| anyhow!("`{source}` is no address and no feed of 64 hexadecimal digits"))
    }

    fn price(&self) -> Result<PriceParams> {
        if self.trigger != Decider::Price {
            return Ok(PriceParams::NONE);
        }
        let [strike, floor] = self.prices.as_slice() else { bail!("--prices takes the strike and the floor") };
        let quote = Token { symbol: "the feed".into(), decimals: self.price_decimals };
        Ok(PriceParams {
            strike: strike.atoms(&quote)?,
            floor: floor.atoms(&quote)?,
            exponent: -i32::from(self.price_decimals),
            max_age: self.max_age.as_secs().try_into()?,
            min_duration: self.min_duration.as_secs().try_into()?,
            max_gap: self.max_gap.as_secs().try_into()?,
        })
    }

    fn draws(&self) -> DrawParams {
        if self.trigger != Decider::Authority {
            return DrawParams::NONE;
        }
        DrawParams { period: self.draw_period.as_secs(), limit_bps: self.draw_limit_bps }
    }
}

/// What a product's terms are.
struct Terms {
    uri: String,
    sha256: [u8; 32],
    risk_kind: u8,
}

impl Create {
    /// The terms: a wording that fits the rest, or what the operator has written.
    fn terms(&self) -> Result<Terms> {
        let subject = self.subject.as_deref();
        let uri = match (&self.terms, self.wording) {
            (Some(uri), _) => coverage_wordings::address(uri, subject),
            (None, Some(wording)) => wording.uri(subject),
            (None, None) => bail!("where are the terms? --wording or --terms says it"),
        };
        ensure!(
            uri.len() <= LINK_BYTES,
            "where the terms are and what is covered take {} bytes, at most {LINK_BYTES} fit: {uri}",
            uri.len()
        );
        let stated = self.risk.map(|risk| risk as u8);
        let Some(wording) = self.wording else {
            let sha256 = parse::hash(self.terms_file.as_deref(), self.terms.as_deref().unwrap_or_default())?;
            return Ok(Terms { uri, sha256, risk_kind: stated.context("--risk says the kind of risk")? });
        };
        let (name, risk, trigger) = (wording.name, wording.risk.byte(), wording.trigger);
        let words = RiskKind::word_of;
        ensure!(
            stated.is_none_or(|stated| stated == risk),
            "{name} has the words for {}, not {}: leave --risk out",
            words(risk),
            words(stated.unwrap_or_default())
        );
        let decides = Trigger::from(self.trigger.trigger);
        ensure!(
            decides == trigger,
            "{name} is for products with --trigger {}, this is one with --trigger {}",
            Trigger::word_of(trigger.byte()),
            Trigger::word_of(decides.byte())
        );
        Ok(Terms { uri, sha256: wording.sha256, risk_kind: risk })
    }
}

/// Creates or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    match command {
        Command::Create(args) => create(args, &pool, context)?,
        Command::Close { product } => close(&context.product(&pool, product)?, &pool, context)?,
        Command::Show { product } => show(&context.product(&pool, product)?, &pool, context)?,
        Command::List => list(&pool, context)?,
        Command::Refute { product, price_update } => {
            refute(&context.product(&pool, product)?, price_update, context)?;
        }
    }
    Ok(())
}

fn close(product: &At<Product>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let signer = context.signer()?;
    let who = signer.pubkey();
    let authority = (who == pool.authority).then_some(&who);
    let receipt = context.send(&[build::close_product(product, &who, authority)], &signer)?;
    let event = receipt.event(|event| if let Event::ProductClosed(event) = event { Some(event) } else { None })?;
    let record = Record::new().address("product", &event.product).number("number", event.index);
    context.done("The product is closed.", &receipt, record);
    Ok(())
}

fn refute(product: &At<Product>, price_update: &Address, context: &Context) -> Result<()> {
    let receipt = context.send(&[build::refute_breach(&product.address, price_update)], &context.signer()?)?;
    let event = receipt.event(|event| if let Event::BreachRefuted(event) = event { Some(event) } else { None })?;
    let record = Record::new()
        .text("product", text(&product.name))
        .amount("price", &feed(product), event.low)
        .time("published", event.published_at);
    context.done("The breach is void.", &receipt, record);
    Ok(())
}

fn create(args: &Create, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let (&[r0_ppm, r1_ppm, r2_ppm], &[min_term_days, max_term_days], &[min_amount, max_amount]) =
        (args.rates_ppm.as_slice(), args.term_days.as_slice(), args.amounts.as_slice())
    else {
        bail!("rates are three numbers, terms and amounts two");
    };
    let terms = args.terms()?;
    let params = ProductParams {
        name: args.name.clone(),
        terms_uri: terms.uri,
        terms_hash: terms.sha256,
        risk_kind: terms.risk_kind,
        group: args.group,
        weight_bps: args.weight_bps,
        r0_ppm,
        r1_ppm,
        r2_ppm,
        kink_bps: args.kink_bps,
        min_term_days,
        max_term_days,
        waiting_days: args.waiting_days,
        grace_days: args.grace_days,
        deductible_bps: args.deductible_bps,
        report_window_days: args.report_window_days,
        filing_window_days: args.filing_window_days,
        claim_bond_bps: args.claim_bond_bps,
        dispute_window: args.dispute_window.as_secs(),
        appeal_window: args.appeal_window.as_secs(),
        min_amount: min_amount.atoms(&token)?,
        max_amount: max_amount.atoms(&token)?,
        incident_bond: args.incident_bond.atoms(&token)?,
        trigger: Trigger::from(args.trigger.trigger).byte(),
        trigger_source: args.trigger.source()?,
        price: args.trigger.price()?,
        draws: args.trigger.draws(),
    };
    let signer = context.signer()?;
    ensure!(signer.pubkey() == pool.authority, "only the pool's authority {} lists products", pool.authority);
    let receipt = context.send(&[build::list_product(pool, &context.payer(&signer)?, &params)], &signer)?;
    // Nobody's capital carries a risk that came after it without a chance to leave.
    let sentence = if pool.opened_at == 0 {
        "The product is listed."
    } else {
        "The product is written down; `breakwater change propose list` puts it on sale."
    };
    let record = Record::new()
        .address("product", &coverage_client::product_address(&pool.address, pool.product_count))
        .number("number", pool.product_count);
    context.done(sentence, &receipt, record);
    Ok(())
}

fn status(product: &Product, pool: &Pool) -> &'static str {
    match product.check_on_sale() {
        Ok(()) if pool.check_selling(pool.accrued_at).is_err() => "not before the pool sells",
        Ok(()) => "for sale",
        Err(BreakwaterError::ProductNotListed) => "not for sale yet",
        Err(BreakwaterError::IncidentOpen) => "incident open",
        Err(BreakwaterError::BreachRunning) => "price below the strike",
        Err(_) => ProductStatus::word_of(product.status),
    }
}

/// Who decides, in words.
fn decider(product: &Product) -> &'static str {
    match product.trigger() {
        Ok(Trigger::Authority) => "covered program",
        _ => Trigger::word_of(product.trigger),
    }
}

/// What a product's trigger is, and what it has seen.
fn show_trigger(record: Record, product: &Product, pool: &Pool) -> Record {
    let record = record.text("decides", decider(product));
    match product.trigger() {
        Ok(Trigger::Price) => {
            let price = &product.price;
            let quote = feed(product);
            let record = record
                .address("feed", &product.trigger_source)
                .amount("strike", &quote, price.strike)
                .amount("floor", &quote, price.floor)
                .duration("max_age", price.max_age.into())
                .duration("min_duration", price.min_duration.into())
                .duration("max_gap", price.max_gap.into());
            if price.started_at == 0 {
                return record;
            }
            record
                .time("breach_began", price.started_at)
                .duration("breach_measured", price.measured_until.saturating_sub(price.measured_from))
        }
        Ok(Trigger::Authority) => record
            .address("may_draw", &product.trigger_source)
            .bps("draw_limit", product.draws.limit_bps)
            .maybe_amount(
                "drawable_at_once",
                &asset(pool),
                product.draws.level(pool.capital_of_buckets(), pool.accrued_at).ok(),
            )
            .duration("draw_period", product.draws.period),
        _ => record,
    }
}

/// A product and its pool as they are at a time.
struct Now {
    product: At<Product>,
    pool: At<Pool>,
    /// The product's capacity, atoms.
    capacity: u64,
    /// Annual rate of the next atom, ppm.
    rate: u32,
}

/// The product as it is at `now`.
fn now(product: &At<Product>, pool: &At<Pool>, now: u64) -> Now {
    // Books that cannot be accrued are shown as they are: `verify` says why.
    let (books, rolled) = quote::rolled(pool, product, now).unwrap_or((pool.account, product.account));
    let pool = At { address: pool.address, account: books };
    let product = At { address: product.address, account: rolled };
    let capacity = product.capacity(&pool).unwrap_or(0);
    let rate = product.rate_now(&pool).unwrap_or(product.r0_ppm);
    Now { product, pool, capacity, rate }
}

/// The bond that a report would take now, or a challenge of one by prices.
fn next_bond(product: &Product, pool: &Pool, now: u64) -> Option<u64> {
    let (mut product, mut pool) = (*product, *pool);
    let lien = pool.join_line(&mut product).ok()?;
    product.bond_at(lien, pool.leverage_bps, now).ok()
}

fn show(product: &At<Product>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let time = context.client.now()?;
    let Now { product, pool, capacity, rate } = now(product, pool, time);
    let (sold_by, court) = (context.court_of_sale(&pool, &product, time)?, context.court(&pool, &product)?);
    let room = if product.check_on_sale().is_ok() { product.room(&pool, &sold_by).unwrap_or(0) } else { 0 };
    let votes = governance(&court);
    let record = Record::new()
        .address("product", &product.address)
        .number("number", product.index)
        .text("name", text(&product.name))
        .text("status", status(&product, &pool))
        .text("risk", RiskKind::word_of(product.risk_kind))
        .number("group", product.group)
        .text("wording", wording::name_of(&product.terms_hash))
        .text("covers", wording::covered_by(&product))
        .text("terms", text(&product.terms_uri))
        .hash("terms_sha256", &product.terms_hash)
        .amount("active_cover", &token, product.active_cover)
        .amount("capacity", &token, capacity)
        .amount("room", &token, room)
        .ppm("rate_now", rate)
        .ppm("rate_empty", product.r0_ppm)
        .ppm("rate_kink", product.r1_ppm)
        .ppm("rate_full", product.r2_ppm)
        .bps("kink", product.kink_bps)
        .bps("weight", product.weight_bps)
        .bps("deductible", product.deductible_bps)
        .number("min_term_days", product.min_term_days)
        .number("max_term_days", product.max_term_days)
        .number("waiting_days", product.waiting_days)
        .number("grace_days", product.grace_days)
        .number("report_window_days", product.report_window_days)
        .number("filing_window_days", product.filing_window_days)
        .duration("dispute_window", product.dispute_window)
        .duration("appeal_window", product.appeal_window)
        .amount("min_amount", &token, product.min_amount)
        .amount("max_amount", &token, product.max_amount)
        .maybe_amount("incident_bond", &token, next_bond(&product, &pool, time))
        .bps("claim_bond", product.claim_bond_bps)
        .number("policies_sold", product.policies_sold)
        .number("incidents", product.incident_count)
        .number("open_incidents", product.line.open)
        .maybe_amount("set_aside", &token, pool.set_aside_for(&product.line).ok())
        .address("assembly", &court.address)
        .amount("court_stake", &votes, court.stake_at(time)?)
        .amount("stake_floor", &votes, product.floor_of_court(&pool));
    context.output.record(&show_trigger(record, &product, &pool));
    Ok(())
}

fn list(pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let time = context.client.now()?;
    let records: Vec<_> = context
        .products(pool)?
        .iter()
        .map(|product| {
            let Now { product, pool, capacity, rate } = now(product, pool, time);
            Record::new()
                .number("number", product.index)
                .text("name", text(&product.name))
                .text("risk", RiskKind::word_of(product.risk_kind))
                .text("status", status(&product, &pool))
                .amount("active_cover", &token, product.active_cover)
                .amount("capacity", &token, capacity)
                .ppm("rate_now", rate)
                .address("product", &product.address)
        })
        .collect();
    context.output.list("The pool has no products.", &records);
    Ok(())
}
