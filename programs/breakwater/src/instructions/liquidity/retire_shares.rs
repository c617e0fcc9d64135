use crate::{
    clock::now,
    log::log,
    shares::{self, NewShares},
    token::TokenAccount,
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, Pool, Retired, RetiredKeys, ShareWords, TOKEN_2022, events::SharesRetired, seeds,
};

/// Accounts of `retire_shares`.
#[derive(Accounts)]
pub struct RetireShares {
    /// Pays the rent.
    #[account(mut)]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The new account of what is retired.
    #[account(init, payer = payer, seeds = [seeds::RETIRED, pool.address().as_ref(), &pool.generation.to_le_bytes()], bump)]
    pub retired: Account<Retired>,
    /// The new mint of the LP shares.
    #[account(mut, seeds = [seeds::SHARE_MINT, pool.address().as_ref(), &pool.generation.saturating_add(1).to_le_bytes()], bump)]
    pub share_mint: UncheckedAccount,
    /// The new token account of the shares on their way out.
    #[account(mut, seeds = [seeds::EXIT_ESCROW, pool.address().as_ref(), &pool.generation.saturating_add(1).to_le_bytes()], bump)]
    pub exit_escrow: UncheckedAccount,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Retires the shares of a pool that was wiped out: what is left, and what was streaming to them, is theirs, to be redeemed at
/// any time, and new shares begin at their first price. Only once no cover, exit or incident needs the capital. Anyone may.
pub fn retire_shares(ctx: &mut Context<RetireShares>) -> Result<()> {
    let (bump, mint_bump, escrow_bump) = (ctx.bumps.retired, ctx.bumps.share_mint, ctx.bumps.exit_escrow);
    let accounts = &mut ctx.accounts;
    accounts.pool.accrue(now()?)?;
    let (pool, payer) = (*accounts.pool.account(), *accounts.payer.account());
    let (old_mint, generation) = (accounts.pool.share_mint, accounts.pool.generation.saturating_add(1));
    let keys = RetiredKeys {
        bump,
        pool: pool.address(),
        rent_payer: payer.address(),
        share_mint: accounts.share_mint.address(),
        share_mint_bump: mint_bump,
        exit_escrow: accounts.exit_escrow.address(),
        exit_escrow_bump: escrow_bump,
    };
    accounts.pool.retire_shares(&mut accounts.retired, &keys)?;
    let shows_words = anchor_lang::address_eq(accounts.share_token_program.address(), &TOKEN_2022);
    let words = if shows_words { ShareWords::new("Renewed pool shares", "SHARES", "")? } else { ShareWords::NONE };
    let new = NewShares {
        program: accounts.share_token_program.address(),
        mint: &accounts.share_mint,
        mint_bump,
        escrow: &accounts.exit_escrow,
        escrow_bump,
        generation,
        words: &words,
    };
    shares::create(&accounts.payer, &mut accounts.pool, &new)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&SharesRetired {
        pool: *accounts.pool.address(),
        share_mint: old_mint,
        new_share_mint: *accounts.share_mint.address(),
        shares: accounts.retired.shares,
        capital: accounts.retired.capital,
        books: accounts.pool.books(),
    });
    Ok(())
}
