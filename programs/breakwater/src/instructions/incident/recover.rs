use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, Pool, Retired, events::Recovered};

/// Accounts of `recover`.
#[derive(Accounts)]
pub struct Recover {
    /// Pays; anyone.
    pub payer: Signer,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// What is left for the shares that bore the incident, if they were retired since.
    #[account(mut, constraint(anchor_lang::address_eq(&retired.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub retired: Option<Account<Retired>>,
    /// Where the money comes from.
    #[account(mut)]
    pub payer_token: UncheckedAccount,
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

/// Pays `amount` back after a settled incident: first to the claims that were not paid in full, by the same factor, the
/// rest to the LPs over 30 to 365 days by its size, or at once to the shares that bore it if they were retired since. Anyone may.
pub fn recover(ctx: &mut Context<Recover>, amount: u64) -> Result<()> {
    let accounts = &mut ctx.accounts;
    require!(amount > 0, BreakwaterError::ZeroAmount);
    let earned = accounts.pool.accrue(now()?)?;
    let received = Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).receive(
        &mut accounts.payer_token,
        &mut accounts.vault,
        &accounts.payer,
        amount,
    )?;
    let to_claims = accounts.incident.top_up_claims(&mut accounts.pool, received)?;
    let generation = accounts.incident.generation;
    accounts.pool.take_recovery(received, to_claims, generation, accounts.retired.as_deref_mut())?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&Recovered {
        incident: *accounts.incident.address(),
        payer: *accounts.payer.address(),
        amount: received,
        to_claims,
        settled: accounts.incident.settled,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
