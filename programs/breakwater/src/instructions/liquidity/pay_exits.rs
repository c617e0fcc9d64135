use crate::{clock::now, log::log, rent, token};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, Pool, events::ExitsPaid};

/// Accounts of `pay_exits`.
#[derive(Accounts)]
pub struct PayExits {
    /// Gets the tip of the payment that completes the epoch.
    #[account(mut)]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = epoch.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The first exit epoch that is not paid in full.
    #[account(mut)]
    pub epoch: Account<ExitEpoch>,
    /// The pool's account of shares on their way out.
    #[account(mut, address = pool.exit_escrow @ BreakwaterError::WrongVault)]
    pub exit_escrow: UncheckedAccount,
    /// Mint of the shares.
    #[account(mut, address = pool.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: UncheckedAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
}

/// Pays what can be paid of the first exit epoch that waits, once its day has come: burns at least a hundredth of it, or all
/// that is left, at the price of the moment, in cash but for its part of every open incident, which stays contested until
/// that ends. No incident holds it up. Later than a day after it could be paid, it must have been called. Anyone may.
///
/// Nothing enters or leaves the vault, and the buckets together stay what they were.
pub fn pay_exits(ctx: &mut Context<PayExits>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let payment = accounts.pool.pay_exits(&mut accounts.epoch, now)?;

    token::burn(
        &accounts.share_token_program,
        &mut accounts.pool,
        &mut accounts.share_mint,
        &mut accounts.exit_escrow,
        payment.shares,
    )?;

    log(&ExitsPaid {
        pool: *accounts.pool.address(),
        epoch: *accounts.epoch.address(),
        number: accounts.epoch.number,
        burned: payment.shares,
        paid: payment.worth.saturating_sub(payment.contested),
        contested: payment.contested,
        waiting: accounts.epoch.waiting()?,
        supply: accounts.pool.shares,
        earned,
        books: accounts.pool.books(),
    });
    if accounts.epoch.is_paid() { rent::tip(&mut accounts.epoch, &accounts.caller) } else { Ok(()) }
}
