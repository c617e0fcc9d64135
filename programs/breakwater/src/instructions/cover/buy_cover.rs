// The derive reads instruction arguments in functions of its own and does not use them in all.
#![allow(unused_variables)]

use super::premium;
use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, CoverRequest, NOBODY, OrOverflow, Policy, Pool, Product, constants::VERSION, events::CoverBought,
    seeds,
};
use coverage_math::{cover::Period, sum};

/// Accounts of `buy_cover`.
#[derive(Accounts)]
#[instruction(id: u64)]
pub struct BuyCover {
    /// Pays the premium and the rent; a seed of the policy.
    #[account(mut)]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Account<Product>,
    /// The new policy.
    #[account(init, payer = payer, seeds = [seeds::POLICY, product.address().as_ref(), payer.address().as_ref(), &id.to_le_bytes()], bump)]
    pub policy: Account<Policy>,
    /// Where the premium comes from.
    #[account(mut)]
    pub payer_token: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Where the commission goes; none without a commission.
    #[account(mut)]
    pub distributor_token: Option<UncheckedAccount>,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Buys policy number `id` of its payer: cover against the product for `request.holder`.
pub fn buy_cover(ctx: &mut Context<BuyCover>, id: u64, request: CoverRequest) -> Result<()> {
    let bump = ctx.bumps.policy;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let (pool, product) = (&mut *accounts.pool, &mut *accounts.product);
    let earned = pool.accrue(now)?;
    product.roll(pool, now)?;
    product.check_sale(pool, request.amount, request.term_days)?;
    premium::check_commission(request.commission_bps, accounts.distributor_token.as_ref())?;
    require!(!anchor_lang::address_eq(&request.holder, &NOBODY), BreakwaterError::ZeroHolder);

    let period = Period::of_sale(now, product.waiting_days, request.term_days, product.grace_days).or_overflow()?;
    let free = pool.free_capital()?;
    let price = product.premium(pool, free, request.amount, period.seconds)?;
    let split = premium::split(pool, price, request.max_premium, request.commission_bps)?;

    product.add_cover(pool, free, request.amount, period.release_day)?;
    let rate = pool.take_premium(&split, 0, period.end_day)?;
    product.policies_sold = sum(product.policies_sold, 1).or_overflow()?;
    pool.policies_sold = sum(pool.policies_sold, 1).or_overflow()?;
    let (policy, pool, product) = (&mut *accounts.policy, &accounts.pool, &accounts.product);
    policy.version = VERSION;
    policy.bump = bump;
    policy.pool = *pool.address();
    policy.product = *product.address();
    policy.holder = request.holder;
    policy.payer = *accounts.payer.address();
    policy.terms_hash = product.terms_hash;
    policy.id = id;
    policy.amount = request.amount;
    policy.premium = split.premium;
    policy.unearned_premium = split.unearned;
    policy.commission = split.commission;
    policy.protocol_fee = split.protocol_fee;
    policy.assessor_fee = split.assessor_fee;
    policy.rate = rate;
    policy.bought_at = now;
    policy.cover_from = period.cover_from;
    policy.end = period.end();
    policy.release_day = period.release_day;
    policy.held = request.amount;
    policy.cancel_fee_bps = pool.cancel_fee_bps;
    policy.deductible_bps = product.deductible_bps;
    policy.grace_days = product.grace_days;
    policy.filing_window_days = product.filing_window_days;

    premium::pay(
        &Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint),
        &accounts.payer,
        &mut accounts.payer_token,
        &mut accounts.vault,
        accounts.distributor_token.as_mut(),
        &split,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverBought {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        holder: request.holder,
        amount: request.amount,
        premium: split.premium,
        commission: split.commission,
        cover_from: period.cover_from,
        end: period.end(),
        product_active: accounts.product.active_cover,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
