use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Policy, Pool, Product, events::CoverDrawn};

/// Accounts of `draw`.
#[derive(Accounts)]
pub struct Draw {
    /// The address that the product lets draw; may be the holder.
    #[account(constraint(anchor_lang::address_eq(authority.address(), &product.trigger_source) @ BreakwaterError::NotTriggerAuthority))]
    pub authority: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, constraint(anchor_lang::address_eq(&product.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut, constraint(anchor_lang::address_eq(&policy.product, product.address()) @ BreakwaterError::WrongProduct))]
    pub policy: Account<Policy>,
    /// Holder of the policy; need not sign.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: UncheckedAccount,
    /// Token account that is paid: the holder's associated one; any when the holder signs.
    #[account(mut)]
    pub receiver: UncheckedAccount,
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

/// Reports a `loss` of the covered program and pays the holder at once, from the capital that is not set aside: what all
/// losses so far exceed the deductible by, within the sum insured and the product's limit per period, less what was
/// drawn. What the limit leaves can be drawn later, with a loss of 0. Fails when it would pay less than `min_paid`.
/// Returns the atoms paid. The address that the product names only.
pub fn draw(ctx: &mut Context<Draw>, loss: u64, min_paid: u64) -> Result<u64> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (product, pool) = (&mut accounts.product, &mut accounts.pool);
    let paid = accounts.policy.draw(loss, min_paid, product, pool, now)?;

    if paid > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            &accounts.holder,
            paid,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverDrawn {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        receiver: *accounts.receiver.address(),
        loss,
        paid,
        drawn: accounts.policy.paid,
        earned,
        books: accounts.pool.books(),
    });
    Ok(paid)
}
