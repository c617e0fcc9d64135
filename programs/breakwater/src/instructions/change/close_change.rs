use crate::{clock::now, log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Change, Pool, events::ChangeClosed};

/// Accounts of `close_change`.
#[derive(Accounts)]
pub struct CloseChange {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = change.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The change.
    #[account(mut)]
    pub change: Account<Change>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = change.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes the account of a change that was applied, refused or withdrawn or has lapsed, once its bond is gone. Its rent
/// goes back, a tip of it to the caller. Anyone may.
pub fn close_change(ctx: &mut Context<CloseChange>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.change.leave(&mut accounts.pool, now()?)?;

    log(&ChangeClosed {
        pool: accounts.change.pool,
        change: *accounts.change.address(),
        state: u64::from(accounts.change.state),
    });
    rent::close_for(&mut accounts.change, &accounts.rent_payer, &accounts.caller)
}
