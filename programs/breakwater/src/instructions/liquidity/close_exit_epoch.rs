use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, Pool, events::ExitEpochClosed};

/// Accounts of `close_exit_epoch`.
#[derive(Accounts)]
pub struct CloseExitEpoch {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = epoch.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The epoch.
    #[account(mut)]
    pub epoch: Account<ExitEpoch>,
    /// Who paid the epoch's rent and gets it back.
    #[account(mut, address = epoch.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Closes an exit epoch that is over and that every ticket has left: what roundings left of its payment goes to the LPs over
/// seven days, its rent back, a tip of it to the caller. Anyone may.
pub fn close_exit_epoch(ctx: &mut Context<CloseExitEpoch>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let earned = accounts.pool.accrue(now()?)?;
    let dust = accounts.epoch.dust()?;
    if dust > 0 {
        accounts.pool.absorb_exit_dust(dust)?;
    }
    accounts.pool.drop_child()?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ExitEpochClosed {
        pool: *accounts.pool.address(),
        epoch: *accounts.epoch.address(),
        number: accounts.epoch.number,
        dust,
        earned,
        books: accounts.pool.books(),
    });
    rent::close_for(&mut accounts.epoch, &accounts.rent_payer, &accounts.caller)
}
