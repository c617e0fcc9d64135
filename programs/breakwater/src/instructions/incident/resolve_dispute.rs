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

/// Ends the dispute of a claim by its final ballot: as many sixteenths of the claim stand as that says, and both bonds are shared out.
/// Anyone may.
pub fn resolve_dispute(ctx: &mut Context<ResolveDispute>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    let (incident, policy) = (&mut accounts.incident, &mut accounts.policy);
    accounts.claim.decide(&mut accounts.dispute_ballot, incident, policy, &mut accounts.pool, now)?;
    accounts.pool.check_books(accounts.vault.amount())?;

    let claim = &accounts.claim;
    log(&DisputeResolved {
        incident: *accounts.incident.address(),
        claim: *claim.address(),
        level: u64::from(claim.level),
        amount: claim.amount,
        bond: claim.bond,
        dispute_bond: claim.dispute_bond,
        filed: accounts.incident.filed,
        earned,
        books: accounts.pool.books(),
    });
    rent::tip(&mut accounts.claim, &accounts.caller)
}
