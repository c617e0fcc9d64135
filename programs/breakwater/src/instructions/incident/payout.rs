use crate::{
    error::BreakwaterError,
    events::{self, ClaimPaid},
    state::{Claim, ClaimState, Incident, Policy, Pool},
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};

/// Accounts of `payout`.
#[derive(Accounts)]
pub struct Payout {
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The incident.
    #[account(mut, address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// The policy.
    #[account(mut, address = claim.policy @ BreakwaterError::WrongPolicy)]
    pub policy: Account<Policy>,
    /// A token account of the claim's payee.
    #[account(mut, constraint(anchor_lang::address_eq(payee_token.owner(), &claim.payee) @ BreakwaterError::WrongTokenOwner))]
    pub payee_token: TokenAccount,
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

/// Pays a claim what it has due, to a token account of its payee, and its bond the first time. Anyone may, in any
/// order, as often as money comes; it never expires.
///
/// It moves what is set aside for claims and bonds, which time does not change, so it accrues nothing.
pub fn payout(ctx: &mut Context<Payout>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let first = accounts.claim.state()? == ClaimState::Filed;
    let due = accounts.claim.collect(&accounts.incident)?;
    accounts.incident.pay(due.claim)?;
    accounts.policy.pay(due.claim)?;
    if first {
        accounts.policy.end_claim(accounts.claim.amount, accounts.claim.state()? == ClaimState::Rejected)?;
    }
    let amount = accounts.pool.pay_claim(&due)?;
    Asset { program: &accounts.token_program, mint: &accounts.asset_mint, decimals: accounts.pool.decimals }.pay_out(
        &mut accounts.pool,
        &mut accounts.vault,
        &mut accounts.payee_token,
        amount,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    events::log(&ClaimPaid {
        incident: *accounts.incident.address(),
        claim: *accounts.claim.address(),
        payee: accounts.claim.payee,
        amount: due.claim,
        bond: due.bond,
        paid: accounts.claim.paid,
        books: accounts.pool.books(),
    });
    Ok(())
}
