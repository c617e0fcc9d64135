use crate::{clock::now, log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, Pool, events::BallotReclaimed};

/// Accounts of `reclaim_ballot`.
#[derive(Accounts)]
pub struct ReclaimBallot {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool the ballot is about.
    #[account(mut, address = ballot.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
    /// Who paid its rent and gets it back.
    #[account(mut, address = ballot.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
}

/// Closes the account of a ballot that is over: its outcome is final and was read, its votes are
/// released and no bond is held. What is left of its reward is free again, its rent goes back, a tip of it to the
/// caller. Anyone may.
pub fn reclaim_ballot(ctx: &mut Context<ReclaimBallot>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let unreserved = accounts.ballot.check_over(now()?)?;
    accounts.pool.unreserve_reward(unreserved)?;
    accounts.pool.drop_child()?;

    log(&BallotReclaimed { ballot: *accounts.ballot.address(), unreserved });
    rent::close_for(&mut accounts.ballot, &accounts.rent_payer, &accounts.caller)
}
