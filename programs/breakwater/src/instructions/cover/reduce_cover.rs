use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Policy, Pool, Product, events::CoverReduced};

/// Accounts of `reduce_cover`.
#[derive(Accounts)]
pub struct ReduceCover {
    /// Holder of the policy.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: Signer,
    /// The pool.
    #[account(mut, address = policy.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = policy.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut)]
    pub policy: Account<Policy>,
    /// The product's assembly: giving cover up is free while it has less stake than the floor.
    #[account(constraint(anchor_lang::address_eq(assembly.address(), product.court(&pool)) @ BreakwaterError::WrongAssembly))]
    pub assembly: Account<Assembly>,
    /// Where the refund goes; any token account the holder names.
    #[account(mut)]
    pub holder_token: TokenAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Gives `part` of the sum insured back, for everything that is not reported yet, whenever it happened, and refunds what the LPs
/// would have earned for it, less the cancellation fee: at least `min_refund`. Its capacity is held, and paid
/// for, until the second midnight. The holder only, as with `cancel_cover`.
pub fn reduce_cover(ctx: &mut Context<ReduceCover>, part: u64, min_refund: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let (refund, fee) = accounts.policy.reduce(part, min_refund, pool, product, &accounts.assembly, now)?;

    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_out(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.holder_token,
        refund,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverReduced {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        holder: *accounts.holder.address(),
        refund,
        fee,
        amount: accounts.policy.amount,
        product_active: accounts.product.active_cover,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
