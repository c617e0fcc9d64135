use crate::{
    clock::now,
    log::log,
    token::{self, Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, Seen, events::Deposited};

/// Accounts of `deposit`.
#[derive(Accounts)]
pub struct Deposit {
    /// Who pays and gets the shares.
    pub owner: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// Where the asset comes from.
    #[account(mut)]
    pub owner_token: UncheckedAccount,
    /// Where the shares go; the owner's.
    #[account(mut, constraint(anchor_lang::address_eq(owner_shares.owner(), owner.address()) @ BreakwaterError::WrongTokenOwner))]
    pub owner_shares: TokenAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// The pool's share mint.
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

/// Deposits `amount` atoms and mints shares of what arrives at today's price, rounded down, at least `min_shares`, on the terms
/// and beside the liens that the depositor has `seen`.
pub fn deposit(ctx: &mut Context<Deposit>, amount: u64, min_shares: u64, seen: Seen) -> Result<()> {
    let accounts = &mut ctx.accounts;
    require!(amount > 0, BreakwaterError::ZeroAmount);
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.pool.check_deposits(seen, now)?;

    let received = Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive(
        &mut accounts.owner_token,
        &mut accounts.vault,
        &accounts.owner,
        amount,
    )?;
    let minted = accounts.pool.mint(received, min_shares)?;
    token::mint_shares(
        &accounts.share_token_program,
        &mut accounts.pool,
        &mut accounts.share_mint,
        &mut accounts.owner_shares,
        minted,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&Deposited {
        pool: *accounts.pool.address(),
        owner: *accounts.owner.address(),
        amount: received,
        shares: minted,
        supply: accounts.pool.shares,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
