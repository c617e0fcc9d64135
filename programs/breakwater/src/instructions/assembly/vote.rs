use crate::{clock::now, log::log};
use anchor_lang::prelude::*;
use breakwater_state::{Ballot, BreakwaterError, VoteKeys, VoteRecord, Voter, events::Voted, seeds};

/// Accounts of `vote`.
#[derive(Accounts)]
pub struct Vote {
    /// Owner of the stake, or the owner's delegate.
    pub signer: Signer,
    /// Pays the record's rent; may be the signer.
    #[account(mut, unsafe(dup))]
    pub payer: Signer,
    /// The owner's voter account.
    #[account(mut, constraint(anchor_lang::address_eq(&voter.assembly, &ballot.assembly) @ BreakwaterError::WrongAssembly))]
    pub voter: Account<Voter>,
    /// The ballot.
    #[account(mut)]
    pub ballot: Account<Ballot>,
    /// The vote: one per ballot and voter, cast anew in an appeal.
    #[account(init_if_needed, payer = payer, seeds = [seeds::VOTE_RECORD, ballot.address().as_ref(), voter.address().as_ref()], bump)]
    pub record: Account<VoteRecord>,
    /// System program.
    pub system_program: Program<System>,
}

/// Casts the owner's whole weight for `level`; in an appeal anew. A delegate of the owner may too, in ballots that opened after it was set; its
/// vote gives way to the owner's. A ballot with two answers has the levels 0, against, and 16, for; one
/// that asks how much of a claim stands all between them, in sixteenths. The stake is locked until the ballot is final and the vote released.
pub fn vote(ctx: &mut Context<Vote>, level: u8) -> Result<()> {
    let bump = ctx.bumps.record;
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let (ballot, payer) = (*accounts.ballot.account(), *accounts.payer.account());
    let signer = accounts.signer.address();
    let keys = VoteKeys { bump, signer, ballot: ballot.address(), rent_payer: payer.address() };
    let voter_address = *accounts.voter.address();
    let voter = (&voter_address, &mut *accounts.voter);
    accounts.ballot.vote(level, voter, &mut accounts.record, &keys, now)?;

    log(&Voted {
        ballot: *accounts.ballot.address(),
        voter: *accounts.voter.address(),
        level: u64::from(level),
        weight: accounts.record.weight,
        closes_at: accounts.ballot.closes_at,
        by_delegate: accounts.record.by_delegate.into(),
    });
    Ok(())
}
