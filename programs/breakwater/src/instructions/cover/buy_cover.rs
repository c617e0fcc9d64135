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
    Assembly, BreakwaterError, CoverRequest, Policy, PolicyKeys, Pool, Product, events::CoverBought, seeds,
};

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
    /// The assembly that decides on it: the product's, or the pool's where the product covers nothing.
    pub assembly: Account<Assembly>,
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
    let (pool, product, payer) = (*accounts.pool.account(), *accounts.product.account(), *accounts.payer.account());
    let keys = PolicyKeys { bump, pool: pool.address(), product: product.address(), payer: payer.address(), id };
    let (pool, product) = (&mut *accounts.pool, &mut *accounts.product);
    let earned = pool.accrue(now)?;
    product.roll(pool, now)?;
    let court_address = *accounts.assembly.address();
    let court = (&court_address, &*accounts.assembly);
    accounts.policy.buy(&keys, &request, accounts.distributor_token.is_some(), court, pool, product)?;

    premium::pay(
        &Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint),
        &accounts.payer,
        &mut accounts.payer_token,
        &mut accounts.vault,
        accounts.distributor_token.as_mut(),
        (accounts.policy.premium, accounts.policy.commission),
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverBought {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        holder: request.holder,
        amount: request.amount,
        premium: accounts.policy.premium,
        commission: accounts.policy.commission,
        cover_from: accounts.policy.cover_from,
        end: accounts.policy.end,
        product_active: accounts.product.active_cover,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
