use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Change, Pool, events::ChangeDecided};

/// Accounts of `queue_change`.
#[derive(Accounts)]
pub struct QueueChange {
    /// Gets the tip.
    #[account(mut)]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// The ballot that decides on it.
    #[account(mut, address = change.ballot @ BreakwaterError::WrongBallot)]
    pub ballot: Account<Ballot>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Reads the final ballot on a change: queues it, from now for the pool's timelock, or refuses it. Anyone may.
pub fn queue_change(ctx: &mut Context<QueueChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.change.decide(&mut accounts.pool, &mut accounts.ballot, now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ChangeDecided {
        pool: *accounts.pool.address(),
        change: *accounts.change.address(),
        state: u64::from(accounts.change.state),
        bond_state: u64::from(accounts.change.bond_state),
        applies_at: accounts.change.applies_at,
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.change, &accounts.caller)
}
