use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{Ballot, BreakwaterError, Side, events::BallotArbitrated};

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

/// Decides for `side` (0 against, 1 for) what too few voted on, so that nothing but the default came of it: never against those who
/// voted. The arbiter only, within the appeal window; what they decide can be appealed for as long.
pub fn arbitrate(ctx: &mut Context<Arbitrate>, side: u8) -> Result<()> {
    let side = Side::from_byte(side).map_err(|_| BreakwaterError::BadSide)?;
    let ballot = &mut ctx.accounts.ballot;
    ballot.arbitrate(side, now()?)?;

    log(&BallotArbitrated {
        ballot: *ballot.address(),
        subject: ballot.subject,
        state: u64::from(ballot.state),
        until: ballot.final_at,
    });
    Ok(())
}
