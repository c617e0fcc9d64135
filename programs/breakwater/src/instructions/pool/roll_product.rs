use crate::{clock::now, log::log, token::TokenAccount};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Pool, Product, events::ProductRolled};

/// Accounts of `roll_product`.
#[derive(Accounts)]
pub struct RollProduct {
    /// The pool.
    #[account(mut, address = product.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut)]
    pub product: Account<Product>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Brings a pool's books and a product's active cover up to now, so that its group has the capacity it has. Anyone may.
pub fn roll_product(ctx: &mut Context<RollProduct>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ProductRolled {
        product: *accounts.product.address(),
        product_active: accounts.product.active_cover,
        pool_active: accounts.pool.active_cover,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
