use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{
    BreakwaterError, Pool, Product, ProductParams, ProductStatus, RiskKind, Trigger, constants::VERSION,
    events::ProductListed, seeds, set_text,
};

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

    log(&ProductListed {
        pool: pool_address,
        product: product_address,
        terms_hash: params.terms_hash,
        index: u64::from(product.index),
        status: u64::from(product.status),
    });
    Ok(())
}
