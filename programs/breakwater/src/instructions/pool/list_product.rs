use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, Product, ProductKeys, ProductParams, events::ProductListed, seeds};

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
/// Before the pool opens it is on sale, and depositors who have not seen it are refused; afterwards it is a draft until a change
/// has put it on sale.
pub fn list_product(ctx: &mut Context<ListProduct>, params: ProductParams) -> Result<()> {
    let bump = ctx.bumps.product;
    let accounts = &mut ctx.accounts;
    let (pool, payer) = (*accounts.pool.account(), *accounts.payer.account());
    let keys = ProductKeys { bump, pool: pool.address(), rent_payer: payer.address() };
    accounts.product.list(&keys, &mut accounts.pool, &params, now()?)?;

    log(&ProductListed {
        pool: *keys.pool,
        product: *accounts.product.address(),
        terms_hash: params.terms_hash,
        index: u64::from(accounts.product.index),
        status: u64::from(accounts.product.status),
    });
    Ok(())
}
