use crate::{
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Pool, events::AppealBondCollected};

/// Accounts of `collect_appeal_bond`.
#[derive(Accounts)]
pub struct CollectAppealBond {
    /// The pool the ballot is about.
    #[account(mut, address = ballot.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
    /// Who appealed; need not sign.
    #[account(address = ballot.appellant @ BreakwaterError::WrongWallet)]
    pub appellant: UncheckedAccount,
    /// The appellant's associated token account; any when the appellant signs.
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

/// Gives back what an appeal that changed the outcome has due of its bond, once the outcome was read. Anyone may.
pub fn collect_appeal_bond(ctx: &mut Context<CollectAppealBond>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let bond = accounts.ballot.take_appeal_bond()?;
    accounts.pool.release_bond(bond)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        &accounts.appellant,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&AppealBondCollected {
        ballot: *accounts.ballot.address(),
        appellant: accounts.ballot.appellant,
        bond,
        books: accounts.pool.books(),
    });
    Ok(())
}
