use crate::{clock::now, log::log, rent, token::TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Claim, Incident, Policy, Pool, events::DisputeResolved};

/// Accounts of `resolve_dispute`.
#[derive(Accounts)]
pub struct ResolveDispute {
    /// Gets the tip.
    #[account(mut)]
    pub caller: UncheckedAccount,
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
    /// The ballot on the claim.
    #[account(mut, address = claim.dispute_ballot @ BreakwaterError::WrongBallot)]
    pub dispute_ballot: Account<Ballot>,
    /// The pool's vault.
    #[account(address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
}

/// Ends the dispute of a claim by its final ballot: the claim or the counter-amount stands, and half of the loser's
/// bond goes to the assessors. Anyone may.
pub fn resolve_dispute(ctx: &mut Context<ResolveDispute>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    accounts.claim.check_disputed()?;
    let earned = accounts.pool.accrue(now)?;
    let verdict = accounts.dispute_ballot.execute(now)?;
    accounts.claim.decide(
        verdict,
        &mut accounts.dispute_ballot,
        &mut accounts.incident,
        &mut accounts.policy,
        &mut accounts.pool,
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&DisputeResolved {
        incident: *accounts.incident.address(),
        claim: *accounts.claim.address(),
        outcome: u64::from(accounts.claim.dispute_outcome),
        amount: accounts.claim.amount,
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.claim, &accounts.caller)
}
