use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Pool, events::BallotAppealed};

/// Accounts of `appeal`.
#[derive(Accounts)]
pub struct Appeal {
    /// Pays the bond.
    pub appellant: Signer,
    /// Pays the tips; may be the appellant.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The pool the ballot is about.
    #[account(mut, address = ballot.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
    /// Where the bond comes from.
    #[account(mut)]
    pub appellant_token: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Has a decided ballot voted on again for a bond of twice what was at stake: every vote is carried over and can be cast anew, and
/// twice as much must vote, at most halfway to all, or as much as before where too few had voted. The bond comes back when the outcome changes; otherwise it is lost, half to the LPs
/// and half to the assessors. Anyone may, once, within the appeal window.
pub fn appeal(ctx: &mut Context<Appeal>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let bond = accounts.ballot.appeal_bond;
    accounts.ballot.appeal(*accounts.appellant.address(), now)?;
    accounts.pool.take_bond(bond)?;

    rent::set_tips_aside(&mut accounts.payer, &mut accounts.ballot, Ballot::TIPS)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive_exactly(
        &mut accounts.appellant_token,
        &mut accounts.vault,
        &accounts.appellant,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&BallotAppealed {
        ballot: *accounts.ballot.address(),
        subject: accounts.ballot.subject,
        appellant: accounts.ballot.appellant,
        first_level: u64::from(accounts.ballot.first_level),
        bond,
        closes_at: accounts.ballot.closes_at,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
