use crate::{
    clock::now,
    log::log,
    token::{self, Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, events::Withdrawn};

/// Accounts of `withdraw`.
#[derive(Accounts)]
pub struct Withdraw {
    /// Owner of the shares.
    pub owner: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// Where the shares are.
    #[account(mut)]
    pub owner_shares: UncheckedAccount,
    /// Token account that is paid.
    #[account(mut)]
    pub receiver: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the shares.
    #[account(mut, address = pool.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: UncheckedAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
}

/// Burns `shares` and pays what they are worth at once, at least `min_amount`: before the pool is announced open, and for
/// seven days after it. Nothing was sold by then. The owner only.
pub fn withdraw(ctx: &mut Context<Withdraw>, shares: u64, min_amount: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    require!(shares > 0, BreakwaterError::ZeroAmount);
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let amount = accounts.pool.withdraw(shares, min_amount, now)?;

    token::burn_own(
        &accounts.share_token_program,
        &accounts.owner,
        &mut accounts.share_mint,
        &mut accounts.owner_shares,
        shares,
    )?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_out(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        amount,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&Withdrawn {
        pool: *accounts.pool.address(),
        owner: *accounts.owner.address(),
        shares,
        amount,
        supply: accounts.pool.shares,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
