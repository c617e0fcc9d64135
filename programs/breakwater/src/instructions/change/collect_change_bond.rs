use crate::{
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Change, Pool, events::ChangeBondCollected};

/// Accounts of `collect_change_bond`.
#[derive(Accounts)]
pub struct CollectChangeBond {
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// Who proposed it; need not sign.
    #[account(address = change.proposer @ BreakwaterError::WrongTokenOwner)]
    pub proposer: UncheckedAccount,
    /// The proposer's associated token account; any when the proposer signs.
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

/// Gives the bond of a change that its ballot was for, or that nobody decided, back to its proposer. Anyone may.
pub fn collect_change_bond(ctx: &mut Context<CollectChangeBond>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let bond = accounts.change.collect_bond()?;
    accounts.pool.release_bond(bond)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        &accounts.proposer,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ChangeBondCollected {
        change: *accounts.change.address(),
        proposer: accounts.change.proposer,
        bond,
        books: accounts.pool.books(),
    });
    Ok(())
}
