use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{
    BreakwaterError, Claim, Incident, IncidentState, OrOverflow, Pays, Policy, Pool, Product, events::ClaimPaid,
};
use coverage_math::sum;

/// Accounts of `payout`.
#[derive(Accounts)]
pub struct Payout {
    /// Gets the tip, the first time.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = policy.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The incident.
    #[account(mut, address = claim.incident @ BreakwaterError::WrongIncident)]
    pub incident: Account<Incident>,
    /// The claim.
    #[account(mut)]
    pub claim: Account<Claim>,
    /// The policy.
    #[account(mut, address = claim.policy @ BreakwaterError::WrongPolicy)]
    pub policy: Account<Policy>,
    /// The token account the claimant named. Without it the claim ends, and what it has due waits.
    #[account(mut, address = claim.receiver @ BreakwaterError::WrongReceiver, unsafe(dup))]
    pub receiver: Option<UncheckedAccount>,
    /// Who posted the bond; need not sign.
    #[account(address = claim.funder @ BreakwaterError::WrongWallet)]
    pub funder: UncheckedAccount,
    /// The funder's associated token account, to pay a bond that somebody else posted; any when the funder signs. Without it
    /// that bond waits.
    #[account(mut, unsafe(dup))]
    pub funder_token: Option<UncheckedAccount>,
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

/// Pays a claim what it has due, to the token account its claimant named, and its bond, once, to the one who posted it. Anyone may,
/// in any order, as often as money comes; it never expires.
///
/// As soon as nobody can dispute a claim any more, or a ballot has decided on it, a day after the verdict at the earliest, it is paid on
/// account what it is sure to get: all, where the pool has as much capital as it covers. The rest comes once the incident is settled.
///
/// What a cancellation of the policy refunded is given back first: that part streams to the LPs.
///
/// The first time it releases the capacity that the claim has used up, for exits from the second midnight on, and tips the caller; that
/// needs no token account, so a claimant whose account takes nothing holds up nobody.
pub fn payout(ctx: &mut Context<Payout>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let mut earned = 0;
    let now = now()?;
    let is_open = accounts.incident.state()? == IncidentState::Accepted || !accounts.claim.has_ended()?;
    if is_open || accounts.policy.owes_refund() {
        earned = accounts.pool.accrue(now)?;
        accounts.product.roll(&mut accounts.pool, now)?;
    }
    let pays = Pays { claimant: accounts.receiver.is_some(), funder: accounts.funder_token.is_some() };
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let (due, given_back) =
        accounts.claim.pay(pays, &mut accounts.incident, &mut accounts.policy, pool, product, now)?;
    let asset = Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint);
    let together = accounts.claim.funds_itself();
    let leaves = due.claim.checked_sub(given_back).or_overflow()?;
    let first = if together { sum(leaves, due.bond).or_overflow()? } else { leaves };
    if first > 0 {
        let receiver = accounts.receiver.as_mut().ok_or(BreakwaterError::WrongReceiver)?;
        asset.pay_out(&mut accounts.pool, &mut accounts.vault, receiver, first)?;
    }
    if !together && due.bond > 0 {
        let receiver = accounts.funder_token.as_mut().ok_or(BreakwaterError::WrongReceiver)?;
        asset.pay_owner(&mut accounts.pool, &mut accounts.vault, receiver, &accounts.funder, due.bond)?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&ClaimPaid {
        incident: *accounts.incident.address(),
        claim: *accounts.claim.address(),
        receiver: accounts.claim.receiver,
        amount: due.claim,
        given_back,
        bond: due.bond,
        paid: accounts.claim.paid,
        earned,
        books: accounts.pool.books(),
    });
    if due.first { rent::tip(&mut accounts.claim, &accounts.caller) } else { Ok(()) }
}
