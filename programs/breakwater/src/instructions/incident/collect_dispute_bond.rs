use crate::{
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Claim, Dispute, Incident, Pool, events::DisputeBondCollected};

/// Accounts of `collect_dispute_bond`.
#[derive(Accounts)]
pub struct CollectDisputeBond {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut, address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut, address = dispute.claim @ BreakwaterError::WrongClaim)]
    pub claim: Account<Claim>,
    /// The dispute.
    #[account(mut)]
    pub dispute: Account<Dispute>,
    /// Who disputed; need not sign.
    #[account(address = dispute.disputer @ BreakwaterError::WrongWallet)]
    pub disputer: UncheckedAccount,
    /// Who paid the account's rent and gets it back.
    #[account(mut, address = dispute.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The disputer's associated token account; any when the disputer signs or nothing is due.
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

/// Ends a dispute that was decided, displaced by a lower one or became pointless: gives its bond back, and half of the
/// claim's when it won, nothing when it lost, and closes its account, of whose rent the caller gets a tip. Anyone may.
///
/// It moves bonds, which time does not change, so it accrues nothing.
pub fn collect_dispute_bond(ctx: &mut Context<CollectDisputeBond>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let bond = accounts.dispute.bond;
    let paid = accounts.claim.end_dispute(accounts.dispute.address(), bond, &mut accounts.incident)?;
    if paid > 0 {
        accounts.pool.release_bond(paid)?;
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            &accounts.disputer,
            paid,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&DisputeBondCollected {
        claim: *accounts.claim.address(),
        dispute: *accounts.dispute.address(),
        disputer: accounts.dispute.disputer,
        paid,
        books: accounts.pool.books(),
    });
    rent::close_for(&mut accounts.dispute, &accounts.rent_payer, &accounts.caller)
}
