use crate::{
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, Pool, events::IncidentBondCollected};

/// Accounts of `collect_incident_bond`.
#[derive(Accounts)]
pub struct CollectIncidentBond {
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// Who posted the bond: the opener, or who challenged; or the holder, of the half of a challenge that a booking outlived.
    /// Need not sign.
    #[account(address = incident.bond_owner @ BreakwaterError::WrongWallet)]
    pub bond_owner: UncheckedAccount,
    /// Their associated token account; any when they sign.
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

/// Gives a bond of an incident that is not lost back to the one who posted it, or the holder of a booking their half of a lost
/// one. Anyone may.
///
/// It is a step of its own so that an opener who closed their token account holds up no one's settlement.
pub fn collect_incident_bond(ctx: &mut Context<CollectIncidentBond>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let bond = accounts.incident.collect_bond()?;
    accounts.pool.release_bond(bond)?;
    Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.receiver,
        &accounts.bond_owner,
        bond,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&IncidentBondCollected {
        incident: *accounts.incident.address(),
        owner: accounts.incident.bond_owner,
        bond,
        books: accounts.pool.books(),
    });
    Ok(())
}
