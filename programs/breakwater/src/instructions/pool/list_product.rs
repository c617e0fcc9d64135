use crate::{
    constants::VERSION,
    error::BreakwaterError,
    events::{self, ProductListed},
    seeds,
    state::{Pool, Product, ProductStatus, RiskKind, Trigger, now, set_text},
};
use alloc::string::String;
use anchor_lang::prelude::*;

/// Terms and price of a product.
#[derive(Clone, AnchorDeserialize, AnchorSerialize, IdlType)]
pub struct ProductParams {
    /// Short name, UTF-8, at most 32 bytes.
    pub name: String,
    /// Where the terms are, UTF-8, at most 128 bytes.
    pub terms_uri: String,
    /// SHA-256 of the terms.
    pub terms_hash: [u8; 32],
    /// Kind of risk: 0 exploit, 1 depeg, 2 slashing, 3 custody, 4 oracle, 5 bridge, 6 liquidation shortfall, 7 other.
    pub risk_kind: u8,
    /// Correlation group, 0 to 15.
    pub group: u8,
    /// Capacity, bps of the pool's free capital, 1 to 10,000.
    pub weight_bps: u16,
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm, at most 1,000,000.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
    /// Shortest term, days, at least 1.
    pub min_term_days: u16,
    /// Longest term, days, at most 365.
    pub max_term_days: u16,
    /// From the sale until cover begins, days, at most 30.
    pub waiting_days: u16,
    /// After the end, while what happened before can be reported and claimed, days: at least the report window, at most
    /// 90.
    pub grace_days: u16,
    /// What the holder bears, bps of the sum insured, at most 5,000.
    pub deductible_bps: u16,
    /// How long after it happened an incident can be opened, days, 1 to 90.
    pub report_window_days: u16,
    /// How long after opening claims can be filed, days, 3 to 60.
    pub filing_window_days: u16,
    /// Bond of a claim, bps of the amount claimed, 1 to 2,000.
    pub claim_bond_bps: u16,
    /// How long claims can be disputed after filing ends, seconds, 1 to 14 days.
    pub dispute_window: u64,
    /// How long a closed ballot can be appealed, seconds, 1 to 14 days.
    pub appeal_window: u64,
    /// Least sum insured of a sale, atoms, not zero.
    pub min_amount: u64,
    /// Largest sum insured of a sale, atoms.
    pub max_amount: u64,
    /// Bond of an incident, or of challenging one that a price opened, atoms, not zero, at most `max_amount` and 2^56.
    pub incident_bond: u64,
    /// Who decides: 0 the jury, 1 a price, 2 the covered program.
    pub trigger: u8,
    /// Price trigger: the price feed. Authority trigger: the address that may draw. Jury: zero.
    pub trigger_source: Address,
    /// Price trigger: when the product counts as broken; zero otherwise.
    pub price: PriceParams,
    /// Authority trigger: how much may be drawn; zero otherwise.
    pub draws: DrawParams,
}

/// When a product counts as broken by a price.
#[derive(Clone, Copy, AnchorDeserialize, AnchorSerialize, IdlType)]
pub struct PriceParams {
    /// Price below which it is broken, in units of ten to the power of `exponent`.
    pub strike: u64,
    /// Price at which all of the sum insured is lost, below the strike, in the same units.
    pub floor: u64,
    /// Exponent of the feed's prices, -18 to 0.
    pub exponent: i32,
    /// How old a price that is shown may be, seconds, 1 to 3,600.
    pub max_age: u32,
    /// How long a breach must last, seconds, a minute to 7 days, and a day less than the report window.
    pub min_duration: u32,
    /// Longest time between two prices of a breach, seconds, at most `min_duration` and a day.
    pub max_gap: u32,
}

/// How much the covered program may draw.
#[derive(Clone, Copy, AnchorDeserialize, AnchorSerialize, IdlType)]
pub struct DrawParams {
    /// Length of a period, seconds, an hour to 30 days.
    pub period: u64,
    /// Most that is drawn in a period, bps of the free capital, 1 to 10,000.
    pub limit_bps: u16,
}

/// Accounts of `list_product`.
#[derive(Accounts)]
pub struct ListProduct {
    /// The pool's authority.
    #[account(address = pool.authority @ BreakwaterError::NotPoolAuthority)]
    pub authority: Signer,
    /// Pays the rent; may be the authority.
    #[account(unsafe(dup))]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The new product.
    #[account(init, payer = payer, seeds = [seeds::PRODUCT, pool.address().as_ref(), &pool.product_count.to_le_bytes()], bump)]
    pub product: Account<Product>,
    /// System program.
    pub system_program: Program<System>,
}

/// Lists a product. The pool's authority only.
///
/// It is on sale at once only while nobody has shares, who would need time to leave; otherwise it is a draft until a
/// change has put it on sale.
pub fn list_product(ctx: &mut Context<ListProduct>, params: ProductParams) -> Result<()> {
    let bump = ctx.bumps.product;
    let accounts = &mut ctx.accounts;
    let (pool_address, product_address) = (*accounts.pool.address(), *accounts.product.address());
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let risk_kind = RiskKind::from_byte(params.risk_kind).map_err(|_| BreakwaterError::BadRiskKind)?;

    product.version = VERSION;
    product.bump = bump;
    let status = if pool.shares == 0 { ProductStatus::OnSale } else { ProductStatus::Draft };
    product.status = status.byte();
    product.risk_kind = risk_kind.byte();
    product.trigger = Trigger::from_byte(params.trigger).map_err(|_| BreakwaterError::BadTrigger)?.byte();
    product.trigger_source = params.trigger_source;
    product.price.strike = params.price.strike;
    product.price.floor = params.price.floor;
    product.price.exponent = params.price.exponent;
    product.price.max_age = params.price.max_age;
    product.price.min_duration = params.price.min_duration;
    product.price.max_gap = params.price.max_gap;
    product.draws.period = params.draws.period;
    product.draws.limit_bps = params.draws.limit_bps;
    product.group = params.group;
    product.index = pool.product_count;
    product.pool = pool_address;
    product.terms_hash = params.terms_hash;
    set_text(&mut product.name, &params.name)?;
    set_text(&mut product.terms_uri, &params.terms_uri)?;
    product.rolled_day = coverage_math::day_of(now()?);
    product.min_amount = params.min_amount;
    product.max_amount = params.max_amount;
    product.incident_bond = params.incident_bond;
    product.dispute_window = params.dispute_window;
    product.appeal_window = params.appeal_window;
    product.r0_ppm = params.r0_ppm;
    product.r1_ppm = params.r1_ppm;
    product.r2_ppm = params.r2_ppm;
    product.kink_bps = params.kink_bps;
    product.weight_bps = params.weight_bps;
    product.min_term_days = params.min_term_days;
    product.max_term_days = params.max_term_days;
    product.waiting_days = params.waiting_days;
    product.grace_days = params.grace_days;
    product.deductible_bps = params.deductible_bps;
    product.report_window_days = params.report_window_days;
    product.filing_window_days = params.filing_window_days;
    product.claim_bond_bps = params.claim_bond_bps;
    product.check_terms()?;
    pool.product_count = pool.product_count.checked_add(1).ok_or(BreakwaterError::TooManyProducts)?;

    events::log(&ProductListed {
        pool: pool_address,
        product: product_address,
        terms_hash: params.terms_hash,
        index: u64::from(product.index),
        status: u64::from(product.status),
    });
    Ok(())
}
