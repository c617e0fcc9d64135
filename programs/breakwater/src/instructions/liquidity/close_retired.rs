use crate::{
    clock::now,
    log::log,
    rent,
    token::{self, ShareMint, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Pool, Retired, events::RetiredClosed, seeds};

/// Accounts of `close_retired`.
#[derive(Accounts)]
pub struct CloseRetired {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = retired.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// What is left for the shares.
    #[account(mut)]
    pub retired: Account<Retired>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = retired.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the retired shares.
    #[account(address = retired.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: ShareMint,
    /// Their account of shares on their way out.
    #[account(mut, seeds = [seeds::EXIT_ESCROW, pool.address().as_ref(), &retired.generation.to_le_bytes()], bump)]
    pub exit_escrow: UncheckedAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
}

/// Closes the account of retired shares, with their exit escrow, once none of them are left: what roundings left, and what was
/// for shares that their owners burned themselves, goes to the LPs over seven days, the rents back, a tip of it to the caller.
/// Anyone may.
pub fn close_retired(ctx: &mut Context<CloseRetired>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let earned = accounts.pool.accrue(now()?)?;
    let dust = accounts.retired.dust(accounts.share_mint.supply())?;
    if dust > 0 {
        accounts.pool.absorb_exit_dust(dust)?;
    }
    accounts.pool.drop_child()?;
    accounts.pool.check_books(accounts.vault.amount())?;
    // Each retirement paid for the escrow that follows: in the end everybody gets one's rent back, all of one size.
    token::close(
        &accounts.share_token_program,
        &mut accounts.pool,
        &mut accounts.exit_escrow,
        &mut accounts.rent_payer,
    )?;

    log(&RetiredClosed {
        pool: *accounts.pool.address(),
        share_mint: accounts.retired.share_mint,
        dust,
        earned,
        books: accounts.pool.books(),
    });
    rent::close_for(&mut accounts.retired, &accounts.rent_payer, &accounts.caller)
}
