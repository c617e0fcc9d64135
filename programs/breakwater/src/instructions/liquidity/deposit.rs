use crate::{
    error::{BreakwaterError, OrOverflow},
    events::{self, Deposited},
    state::{Pool, now},
    token::{self, Asset, Mint, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use coverage_math::{MAX_CAPITAL, shares};

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
    pub share_mint: Mint,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Deposits `amount` atoms and mints shares of what arrives at today's price, rounded down, at least `min_shares`.
pub fn deposit(ctx: &mut Context<Deposit>, amount: u64, min_shares: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    require!(amount > 0, BreakwaterError::ZeroAmount);
    let earned = accounts.pool.accrue(now()?)?;
    let supply = accounts.share_mint.supply();
    require!(!shares::is_depleted(accounts.pool.capital, supply), BreakwaterError::PoolDepleted);

    let received =
        Asset { program: &accounts.token_program, mint: &accounts.asset_mint, decimals: accounts.pool.decimals }
            .receive(&mut accounts.owner_token, &mut accounts.vault, &accounts.owner, amount)?;
    let minted = shares::shares_for_deposit(received, accounts.pool.capital, supply).or_overflow()?;
    require!(minted > 0, BreakwaterError::ZeroShares);
    require!(minted >= min_shares, BreakwaterError::TooFewShares);
    let supply = supply.checked_add(minted).or_overflow()?;

    let capital = accounts.pool.capital.checked_add(received).or_overflow()?;
    require!(capital <= MAX_CAPITAL, BreakwaterError::CapitalTooLarge);
    accounts.pool.capital = capital;
    token::mint_shares(
        &accounts.token_program,
        &mut accounts.pool,
        &mut accounts.share_mint,
        &mut accounts.owner_shares,
        minted,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    events::log(&Deposited {
        pool: *accounts.pool.address(),
        owner: *accounts.owner.address(),
        amount: received,
        shares: minted,
        supply,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
