use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{
    Ballot, BreakwaterError, OrOverflow, Side, VoteRecord, Voter, constants::VERSION, events::Voted, seeds,
};

/// Accounts of `vote`.
#[derive(Accounts)]
pub struct Vote {
    /// Owner of the stake; pays the record's rent.
    #[account(mut, address = voter.owner @ BreakwaterError::NotVoter)]
    pub owner: Signer,
    /// The owner's voter account.
    #[account(mut, constraint(anchor_lang::address_eq(&voter.assembly, &ballot.assembly) @ BreakwaterError::WrongAssembly))]
    pub voter: Account<Voter>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
    /// The vote: one per ballot, voter and round.
    #[account(init, payer = owner, seeds = [seeds::VOTE_RECORD, ballot.address().as_ref(), voter.address().as_ref(), &[ballot.round]], bump)]
    pub record: Account<VoteRecord>,
    /// System program.
    pub system_program: Program<System>,
}

/// Casts the owner's whole weight on `side`: 0 against, 1 for. The stake is locked until the ballot is final
/// and the vote released.
pub fn vote(ctx: &mut Context<Vote>, side: u8) -> Result<()> {
    let bump = ctx.bumps.record;
    let accounts = &mut ctx.accounts;
    let side = Side::from_byte(side).map_err(|_| BreakwaterError::BadSide)?;
    let now = now()?;
    let weight = accounts.voter.weight(accounts.ballot.eligible_before)?;
    accounts.ballot.cast(side, weight, now)?;
    accounts.voter.open_votes = accounts.voter.open_votes.checked_add(1).or_overflow()?;

    let record = &mut accounts.record;
    record.version = VERSION;
    record.bump = bump;
    record.side = side.byte();
    record.round = accounts.ballot.round;
    record.ballot = *accounts.ballot.address();
    record.voter = *accounts.voter.address();
    record.rent_payer = *accounts.owner.address();
    record.weight = weight;
    record.voted_at = now;

    log(&Voted {
        ballot: *accounts.ballot.address(),
        voter: *accounts.voter.address(),
        side: u64::from(record.side),
        weight,
        weight_for: accounts.ballot.weight_for,
        weight_against: accounts.ballot.weight_against,
        closes_at: accounts.ballot.closes_at,
    });
    Ok(())
}
