use crate::{clock::now, log::log, rent::Seeded};
use anchor_lang::{accounts::UncheckedAccount, bytemuck, prelude::*};
use breakwater_state::{Ballot, BreakwaterError, ID, VoteKeys, VoteRecord, Voter, events::Voted, seeds};

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
    /// The vote: one per ballot and voter, cast anew in an appeal. It lies at the address that the System program makes of the voter and
    /// the ballot, which takes one hash.
    #[account(mut)]
    pub record: UncheckedAccount,
    /// System program.
    pub system_program: Program<System>,
}

/// Casts the owner's whole weight for `level`; in an appeal anew. A delegate of the owner may too, in ballots that opened after it was set; its
/// vote gives way to the owner's. A ballot with two answers has the levels 0, against, and 16, for; one
/// that asks how much of a claim stands all between them, in sixteenths. The stake is locked until the ballot is final and the vote released.
pub fn vote(ctx: &mut Context<Vote>, level: u8) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let (ballot, payer) = (*accounts.ballot.account(), *accounts.payer.account());
    let signer = *accounts.signer.account();
    let voter_address = *accounts.voter.address();
    let place = Seeded { base: &voter_address, seed: seeds::text_seed(ballot.address()) };
    let mut record = *accounts.record.account();
    if record.owned_by(&System::id()) {
        place.check(record.address())?;
        let owner = accounts.voter.owner;
        let (assembly, bump) = (accounts.voter.assembly, [accounts.voter.bump]);
        let seeds = [seeds::VOTER, assembly.as_ref(), owner.as_ref(), &bump];
        place.create::<VoteRecord>(&mut accounts.payer, &mut accounts.voter, &seeds, &mut accounts.record)?;
    } else {
        require!(record.data_len() == <Account<VoteRecord> as Space>::INIT_SPACE, ErrorCode::ConstraintSpace);
        require!(record.owned_by(&ID), ErrorCode::ConstraintOwner);
        place.check(record.address())?;
    }
    let mut data = record.try_borrow_mut()?;
    let (kind, record) = data.split_at_mut(VoteRecord::DISCRIMINATOR.len());
    require!(kind == VoteRecord::DISCRIMINATOR, ProgramError::InvalidAccountData);
    let record: &mut VoteRecord = bytemuck::from_bytes_mut(record);
    let keys = VoteKeys { signer: signer.address(), ballot: ballot.address(), rent_payer: payer.address() };
    let voter = (&voter_address, &mut *accounts.voter);
    accounts.ballot.vote(level, voter, record, &keys, now)?;

    log(&Voted {
        ballot: *accounts.ballot.address(),
        voter: *accounts.voter.address(),
        level: u64::from(level),
        weight: record.weight,
        closes_at: accounts.ballot.closes_at,
        by_delegate: record.by_delegate.into(),
    });
    Ok(())
}
