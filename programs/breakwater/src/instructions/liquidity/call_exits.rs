use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, ExitEpoch, Pool, constants::DAY, events::ExitsCalled};

/// Accounts of `call_exits`.
#[derive(Accounts)]
pub struct CallExits {
    /// The pool.
    #[account(mut, address = epoch.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The first exit epoch that is not paid in full.
    pub epoch: Account<ExitEpoch>,
}

/// Calls the first exit epoch that waits, which nobody paid within a day of when it could be: from a day from now it can be
/// paid, for a day. One that cannot be paid yet is seen to wait instead: it can be paid from when it can be. Anyone may.
pub fn call_exits(ctx: &mut Context<CallExits>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let called = accounts.pool.call_exits(&accounts.epoch, now)?;

    log(&ExitsCalled {
        pool: *accounts.pool.address(),
        epoch: *accounts.epoch.address(),
        called: u64::from(called),
        payable_from: if called { now.saturating_add(DAY) } else { now },
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
