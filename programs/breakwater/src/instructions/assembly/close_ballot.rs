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

/// Closes a ballot's round and counts it once its time is over, or before when no vote could change the outcome. Where too few voted
/// it goes on once, for twice as long; where the outcome moved in the last window, for one more. Anyone may.
pub fn close_ballot(ctx: &mut Context<CloseBallot>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let ballot = &mut accounts.ballot;
    ballot.close_round(now()?)?;

    let goes_on = ballot.state()? == BallotState::Open;
    log(&BallotClosed {
        ballot: *ballot.address(),
        subject: ballot.subject,
        state: u64::from(ballot.state),
        level: u64::from(if goes_on { ballot.leading()? } else { ballot.level }),
        weight_cast: ballot.weight_cast()?,
        eligible_weight: ballot.eligible_weight,
        round: u64::from(ballot.round),
        until: if goes_on { ballot.closes_at } else { ballot.final_at },
    });
    rent::tip(ballot, &accounts.caller)
}
