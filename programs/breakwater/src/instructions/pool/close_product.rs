use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, Product, events::ProductClosed};

/// Accounts of `close_product`.
#[derive(Accounts)]
pub struct CloseProduct {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool's authority; for a product that is not delisted.
    #[account(address = pool.authority @ BreakwaterError::NotPoolAuthority)]
    pub authority: Option<Signer>,
    /// The pool.
    #[account(mut, address = product.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut)]
    pub product: Account<Product>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = product.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Closes a product whose policies and incidents are all closed. Its rent goes back, a tip of it to the caller; its number is
/// never given again.
///
/// Anyone may once it is delisted. Before that it is the authority's: a draft, or what is on sale in a pool without shares.
pub fn close_product(ctx: &mut Context<CloseProduct>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    // The group's total has cover of it until it is rolled.
    accounts.product.roll(&mut accounts.pool, now)?;
    accounts.product.leave(&mut accounts.pool, accounts.authority.is_some())?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ProductClosed {
        pool: *accounts.pool.address(),
        product: *accounts.product.address(),
        index: u64::from(accounts.product.index),
        earned,
        books: accounts.pool.books(),
    });
    rent::close_for(&mut accounts.product, &accounts.rent_payer, &accounts.caller)
}
