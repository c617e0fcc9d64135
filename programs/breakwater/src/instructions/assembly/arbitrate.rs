use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{Ballot, BreakwaterError, events::BallotArbitrated};

/// Accounts of `arbitrate`.
#[derive(Accounts)]
pub struct Arbitrate {
    /// The ballot's arbiter.
    #[account(address = ballot.arbiter @ BreakwaterError::NotArbiter)]
    pub arbiter: Signer,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
}

/// Decides for `level` (0 against, 16 for, or between them where a ballot asks how much) what too few voted on, so that nothing but the default came of it: never against those who
/// voted. The arbiter only, within the appeal window; what they decide can be appealed for as long.
pub fn arbitrate(ctx: &mut Context<Arbitrate>, level: u8) -> Result<()> {
    let ballot = &mut ctx.accounts.ballot;
    ballot.arbitrate(level, now()?)?;

    log(&BallotArbitrated {
        ballot: *ballot.address(),
        subject: ballot.subject,
        state: u64::from(ballot.state),
        level: u64::from(ballot.level),
        until: ballot.final_at,
    });
    Ok(())
}
