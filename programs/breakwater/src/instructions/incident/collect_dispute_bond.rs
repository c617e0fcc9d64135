use crate::{
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Claim, Incident, Pool, events::DisputeBondCollected};

/// Accounts of `collect_dispute_bond`.
#[derive(Accounts)]
pub struct CollectDisputeBond {
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// Who disputed it; need not sign.
    #[account(address = claim.disputer @ BreakwaterError::WrongWallet)]
    pub disputer: UncheckedAccount,
    /// The disputer's associated token account; any when the disputer signs.
    #[account(mut)]
    pub receiver: UncheckedAccount,
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

/// Pays a disputer what a ballot left of the bond, and half of what it took of the claim's. Anyone may.
///
/// It moves bonds, which time does not change, so it accrues nothing.
pub fn collect_dispute_bond(ctx: &mut Context<CollectDisputeBond>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let paid = accounts.claim.collect_dispute_bond()?;
    accounts.pool.release_bond(paid)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        &accounts.disputer,
        paid,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&DisputeBondCollected {
        claim: *accounts.claim.address(),
        disputer: accounts.claim.disputer,
        paid,
        books: accounts.pool.books(),
    });
    Ok(())
}
