use crate::{clock::now, log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Ballot, BallotState, events::BallotClosed};

/// Accounts of `close_ballot`.
#[derive(Accounts)]
pub struct CloseBallot {
    /// Gets a tip.
    #[account(mut)]
    pub caller: UncheckedAccount,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
}

/// Closes a ballot's round and counts it once its time is over, or before when no vote could change the outcome. The
/// first time too few voted it goes on instead, twice as long. Anyone may.
pub fn close_ballot(ctx: &mut Context<CloseBallot>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let ballot = &mut accounts.ballot;
    ballot.close_round(now()?)?;

    let prolonged = ballot.state()? == BallotState::Open;
    log(&BallotClosed {
        ballot: *ballot.address(),
        subject: ballot.subject,
        state: u64::from(ballot.state),
        weight_for: ballot.weight_for,
        weight_against: ballot.weight_against,
        eligible_weight: ballot.eligible_weight,
        round: u64::from(ballot.round),
        until: if prolonged { ballot.closes_at } else { ballot.final_at },
    });
    rent::tip(ballot, &accounts.caller)
}
