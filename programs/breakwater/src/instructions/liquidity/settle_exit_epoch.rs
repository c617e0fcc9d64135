use crate::{
    clock::now,
    log::log,
    token::{self, Mint, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, OrOverflow, Pool, events::ExitEpochSettled};

/// Accounts of `settle_exit_epoch`.
#[derive(Accounts)]
pub struct SettleExitEpoch {
    /// The pool.
    #[account(mut, address = epoch.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The first exit epoch that waits.
    #[account(mut)]
    pub epoch: Account<ExitEpoch>,
    /// Tomorrow's exit epoch, for what is left over; none when everything can leave.
    #[account(mut, constraint(anchor_lang::address_eq(&next_epoch.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub next_epoch: Option<Account<ExitEpoch>>,
    /// The pool's account of shares on their way out.
    #[account(mut, address = pool.exit_escrow @ BreakwaterError::WrongVault)]
    pub exit_escrow: TokenAccount,
    /// The pool's share mint.
    #[account(mut, address = pool.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: Mint,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Token program of the shares.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Settles the first exit epoch that waits, once its day has come, no incident is open, nothing is held back for
/// settled ones and none that was blocked can still be reported: burns what can be paid, at one price and one fill
/// ratio, and hands the rest on to tomorrow's. Anyone may.
pub fn settle_exit_epoch(ctx: &mut Context<SettleExitEpoch>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    require!(accounts.epoch.settled == 0, BreakwaterError::ExitSettled);
    let (day, wanted) = (accounts.epoch.day, accounts.epoch.shares);
    let (capital, supply) = (accounts.pool.capital, accounts.pool.shares);
    let fill = accounts.pool.settle_exits(day, wanted)?;
    accounts.epoch.settle(fill, capital, supply, now);
    if fill.burned < wanted {
        let tomorrow = coverage_math::day_of(now).checked_add(1).or_overflow()?;
        let next = accounts.next_epoch.as_mut().ok_or(BreakwaterError::NextEpochMissing)?;
        require!(next.day == tomorrow, BreakwaterError::WrongExitEpoch);
        accounts.epoch.carry_over(next)?;
    }

    token::burn(
        &accounts.token_program,
        &mut accounts.pool,
        &mut accounts.share_mint,
        &mut accounts.exit_escrow,
        fill.burned,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ExitEpochSettled {
        pool: *accounts.pool.address(),
        epoch: *accounts.epoch.address(),
        day,
        shares: wanted,
        burned: fill.burned,
        paid: fill.paid,
        supply: accounts.pool.shares,
        carried_to_day: accounts.epoch.carried_to_day,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
