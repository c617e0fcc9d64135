use crate::{
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, events::FeesCollected};

/// Accounts of `collect_fees`.
#[derive(Accounts)]
pub struct CollectFees {
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The pool's treasury; need not sign.
    #[account(address = pool.treasury @ BreakwaterError::WrongTokenOwner)]
    pub treasury: UncheckedAccount,
    /// The treasury's associated token account; any when the treasury signs.
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

/// Pays the protocol fees taken so far to the pool's treasury. Anyone may.
///
/// They are booked when they are taken, which time does not change, so it accrues nothing.
pub fn collect_fees(ctx: &mut Context<CollectFees>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let amount = accounts.pool.pay_fees()?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        &accounts.treasury,
        amount,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&FeesCollected {
        pool: *accounts.pool.address(),
        treasury: *accounts.treasury.address(),
        receiver: *accounts.receiver.address(),
        amount,
        books: accounts.pool.books(),
    });
    Ok(())
}
