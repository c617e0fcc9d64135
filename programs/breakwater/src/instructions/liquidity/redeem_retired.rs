use crate::{
    log::log,
    token::{self, Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, Retired, events::RetiredRedeemed};

/// Accounts of `redeem_retired`.
#[derive(Accounts)]
pub struct RedeemRetired {
    /// Owner of the shares.
    pub owner: Signer,
    /// The pool.
    #[account(mut, address = retired.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// What is left for the shares.
    #[account(mut)]
    pub retired: Account<Retired>,
    /// Where the shares are.
    #[account(mut)]
    pub owner_shares: UncheckedAccount,
    /// Token account that is paid.
    #[account(mut)]
    pub receiver: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the retired shares.
    #[account(mut, address = retired.share_mint @ BreakwaterError::WrongShareMint)]
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

/// Burns `shares` that were retired and pays their part of what was left. The owner only; it never expires.
///
/// It moves what is set aside for them, which time does not change, so it accrues nothing.
pub fn redeem_retired(ctx: &mut Context<RedeemRetired>, shares: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let amount = accounts.retired.redeem(shares)?;
    accounts.pool.pay_exit(amount)?;
    token::burn_own(
        &accounts.share_token_program,
        &accounts.owner,
        &mut accounts.share_mint,
        &mut accounts.owner_shares,
        shares,
    )?;
    if amount > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_out(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            amount,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&RetiredRedeemed {
        pool: *accounts.pool.address(),
        owner: *accounts.owner.address(),
        shares,
        amount,
        books: accounts.pool.books(),
    });
    Ok(())
}
