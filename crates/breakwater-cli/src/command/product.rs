//! `breakwater product`

use crate::{
    context::{Context, asset},
    output::Record,
    parse::{self, duration},
};
use anyhow::{Result, ensure};
use coverage_client::{At, Pool, Product, ProductParams, amount::Amount, build, text};
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
    /// Where the terms are, at most 128 bytes
    #[arg(long, value_name = "URI")]
    terms: String,
    /// The terms themselves, whose SHA-256 is recorded; without it, that of the URI
    #[arg(long, value_name = "FILE")]
    terms_file: Option<PathBuf>,
    /// Kind of risk
    #[arg(long, value_enum)]
    risk: Risk,
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
    /// How long after opening claims can be filed, days
    #[arg(long, default_value_t = 14)]
    filing_window_days: u16,
    /// How long claims can be disputed after they were filed
    #[arg(long, value_parser = duration, default_value = "3d")]
    dispute_window: Duration,
    /// How long a closed ballot can be appealed
    #[arg(long, value_parser = duration, default_value = "2d")]
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
}

/// Creates or shows.
pub fn run(command: &Command, context: &Context) -> Result<()> {
    let pool = context.pool()?;
    match command {
        Command::Create(args) => create(args, &pool, context)?,
        Command::Show { product } => show(&context.product(&pool, product)?, &pool, context)?,
        Command::List => list(&pool, context)?,
    }
    Ok(())
}

fn create(args: &Create, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let (&[r0_ppm, r1_ppm, r2_ppm], &[min_term_days, max_term_days], &[min_amount, max_amount]) =
        (args.rates_ppm.as_slice(), args.term_days.as_slice(), args.amounts.as_slice())
    else {
        anyhow::bail!("rates are three numbers, terms and amounts two");
    };
    let params = ProductParams {
        name: args.name.clone(),
        terms_uri: args.terms.clone(),
        terms_hash: parse::hash(args.terms_file.as_deref(), &args.terms)?,
        risk_kind: args.risk as u8,
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
    };
    let signer = context.signer()?;
    ensure!(signer.pubkey() == pool.authority, "only the pool's authority {} lists products", pool.authority);
    let receipt = context.send(&[build::list_product(pool, &signer.pubkey(), &params)], &signer)?;
    let record = Record::new()
        .address("product", &coverage_client::product(&pool.address, pool.product_count))
        .number("number", pool.product_count);
    context.done("The product is listed.", &receipt, record);
    Ok(())
}

/// The kinds of risk as they are stored.
const RISKS: [&str; 8] =
    ["exploit", "depeg", "slashing", "custody", "oracle", "bridge", "liquidation shortfall", "other"];

fn risk(product: &Product) -> &'static str {
    RISKS.get(usize::from(product.risk_kind)).copied().unwrap_or("unknown")
}

fn status(product: &Product) -> &'static str {
    match (product.delisted, product.has_open_incident()) {
        (1, _) => "delisted",
        (_, true) => "incident open",
        _ => "for sale",
    }
}

/// The product as it is at `now`, with its capacity and the rate of the next atom.
fn now(product: &At<Product>, pool: &At<Pool>, now: u64) -> (At<Product>, u64, u32) {
    let (mut product, mut pool) = (*product, *pool);
    let _ = pool.account.accrue(now).and_then(|_| product.account.roll(&mut pool.account, now));
    let capacity = product.capacity(&pool).unwrap_or(0);
    let rate = product.curve().rate_ppm(capacity, product.active_cover.min(capacity)).unwrap_or(product.r0_ppm);
    (product, capacity, rate)
}

fn show(product: &At<Product>, pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let time = context.client.now()?;
    let (product, capacity, rate) = now(product, pool, time);
    let record = Record::new()
        .address("product", &product.address)
        .number("number", product.index)
        .text("name", text(&product.name))
        .text("status", status(&product))
        .text("risk", risk(&product))
        .number("group", product.group)
        .text("terms", text(&product.terms_uri))
        .amount("active_cover", &token, product.active_cover)
        .amount("capacity", &token, capacity)
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
        .maybe_amount("incident_bond", &token, product.bond_at(time))
        .bps("claim_bond", product.claim_bond_bps)
        .number("policies_sold", product.policies_sold)
        .number("incidents", product.incident_count)
        .address("open_incident", &product.open_incident);
    context.output.record(&record);
    Ok(())
}

fn list(pool: &At<Pool>, context: &Context) -> Result<()> {
    let token = asset(pool);
    let time = context.client.now()?;
    let records: Vec<_> = context
        .products(pool)?
        .iter()
        .map(|product| {
            let (product, capacity, rate) = now(product, pool, time);
            Record::new()
                .number("number", product.index)
                .text("name", text(&product.name))
                .text("risk", risk(&product))
                .text("status", status(&product))
                .amount("active_cover", &token, product.active_cover)
                .amount("capacity", &token, capacity)
                .ppm("rate_now", rate)
                .address("product", &product.address)
        })
        .collect();
    context.output.list("The pool has no products.", &records);
    Ok(())
}
