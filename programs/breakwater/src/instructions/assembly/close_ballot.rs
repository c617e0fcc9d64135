use crate::{
    events::{self, BallotClosed},
    state::{Ballot, now},
};
use anchor_lang::prelude::*;

/// Accounts of `close_ballot`.
#[derive(Accounts)]
pub struct CloseBallot {
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
}

/// Closes a ballot whose time is over and counts it. Anyone may.
pub fn close_ballot(ctx: &mut Context<CloseBallot>) -> Result<()> {
    let ballot = &mut ctx.accounts.ballot;
    let state = ballot.conclude(now()?)?;

    events::log(&BallotClosed {
        ballot: *ballot.address(),
        subject: ballot.subject,
        state: u64::from(state.byte()),
        weight_for: ballot.weight_for,
        weight_against: ballot.weight_against,
        eligible_weight: ballot.eligible_weight,
    });
    Ok(())
}
