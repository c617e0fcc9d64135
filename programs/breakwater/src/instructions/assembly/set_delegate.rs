use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Voter, events::DelegateSet};

/// Accounts of `set_delegate`.
#[derive(Accounts)]
pub struct SetDelegate {
    /// Owner of the stake.
    #[account(address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: Signer,
    /// The owner's voter account.
    #[account(mut)]
    pub voter: Account<Voter>,
}

/// Lets `delegate` vote with the owner's stake in ballots that open later; the zero address takes the vote back at once. The owner can vote as
/// before, also over the delegate's vote while a round runs. Stake and rewards stay the owner's, and so does what a vote that an appeal
/// overturns costs.
pub fn set_delegate(ctx: &mut Context<SetDelegate>, delegate: Address) -> Result<()> {
    let voter = &mut ctx.accounts.voter;
    voter.set_delegate(&delegate, now()?)?;

    log(&DelegateSet {
        assembly: voter.assembly,
        voter: *voter.address(),
        delegate: voter.delegate,
        since: voter.delegated_at,
    });
    Ok(())
}
