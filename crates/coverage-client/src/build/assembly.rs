//! Stakes, votes and ballots.

use super::{asset_account, open_token_account, paid};
use crate::*;
use solana_instruction::Instruction;

/// Creates the assembly of the stakers of a mint; `payer` pays the rent.
#[must_use]
pub fn create_assembly(
    creator: &Address,
    payer: &Address,
    governance_mint: &Address,
    token_program: &Address,
    params: &AssemblyParams,
) -> Instruction {
    let assembly = assembly_address(governance_mint, creator);
    CreateAssembly {
        creator: *creator,
        payer: *payer,
        assembly,
        governance_mint: *governance_mint,
        stake_vault: stake_vault_address(&assembly),
        token_program: *token_program,
    }
    .instruction(params)
}

fn governance_account(assembly: &Assembly, owner: &Address) -> Address {
    token_account_address_of(owner, &assembly.governance_mint, &assembly.token_program)
}

/// Stakes `amount` atoms; `payer` pays the rent of the voter account, the first time.
#[must_use]
pub fn stake(assembly: &At<Assembly>, owner: &Address, payer: &Address, amount: u64) -> Instruction {
    Stake {
        owner: *owner,
        payer: *payer,
        assembly: assembly.address,
        voter: voter_address(&assembly.address, owner),
        owner_token: governance_account(assembly, owner),
        stake_vault: assembly.stake_vault,
        governance_mint: assembly.governance_mint,
        token_program: assembly.token_program,
    }
    .instruction(amount)
}

/// Puts `amount` atoms of a stake on their way out.
#[must_use]
pub fn request_unstake(assembly: &At<Assembly>, owner: &Address, amount: u64) -> Instruction {
    RequestUnstake { owner: *owner, assembly: assembly.address, voter: voter_address(&assembly.address, owner) }
        .instruction(amount)
}

/// Takes out what has been on its way for long enough; opens the account of the tokens.
#[must_use]
pub fn unstake(assembly: &At<Assembly>, owner: &Address) -> Vec<Instruction> {
    let unstake = Unstake {
        owner: *owner,
        assembly: assembly.address,
        voter: voter_address(&assembly.address, owner),
        owner_token: governance_account(assembly, owner),
        stake_vault: assembly.stake_vault,
        governance_mint: assembly.governance_mint,
        token_program: assembly.token_program,
    };
    let open = open_token_account(owner, owner, &assembly.governance_mint, &assembly.token_program);
    vec![open, unstake.instruction()]
}

/// Burns the stake that voters have lost.
#[must_use]
pub fn burn_slashed(assembly: &At<Assembly>) -> Instruction {
    BurnSlashed {
        assembly: assembly.address,
        stake_vault: assembly.stake_vault,
        governance_mint: assembly.governance_mint,
        token_program: assembly.token_program,
    }
    .instruction()
}

/// Lets another vote with a stake from the next ballot on, or nobody.
#[must_use]
pub fn set_delegate(assembly: &Address, owner: &Address, delegate: Option<&Address>) -> Instruction {
    SetDelegate { owner: *owner, voter: voter_address(assembly, owner) }.instruction(delegate.unwrap_or(&NOBODY))
}

/// Casts the owner's weight for a level of a ballot; `signer` is the owner, or the owner's delegate; `payer` pays the rent of the record, the
/// first time.
#[must_use]
pub fn vote(ballot: &At<Ballot>, owner: &Address, (signer, payer): (&Address, &Address), level: u8) -> Instruction {
    let voter = voter_address(&ballot.assembly, owner);
    Vote {
        signer: *signer,
        payer: *payer,
        voter,
        ballot: ballot.address,
        record: vote_record_address(&ballot.address, &voter),
    }
    .instruction(level)
}

/// Attaches evidence to an incident, a claim, a change or a ballot; `author` signs.
#[must_use]
pub fn attach_evidence(subject: &Address, author: &Address, evidence: &Evidence) -> Instruction {
    AttachEvidence { author: *author, subject: *subject }.instruction(evidence)
}

/// Closes a ballot's round.
#[must_use]
pub fn close_ballot(ballot: &Address, caller: &Address) -> Instruction {
    CloseBallot { caller: *caller, ballot: *ballot }.instruction()
}

/// Has a decided ballot voted on again; `appellant` posts the bond, `payer` pays the tips.
#[must_use]
pub fn appeal(pool: &At<Pool>, ballot: &Address, appellant: &Address, payer: &Address) -> Instruction {
    Appeal {
        appellant: *appellant,
        payer: *payer,
        pool: pool.address,
        ballot: *ballot,
        appellant_token: asset_account(pool, appellant),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Decides a ballot in which too few voted; its arbiter signs.
#[must_use]
pub fn arbitrate(ballot: &At<Ballot>, level: u8) -> Instruction {
    Arbitrate { arbiter: ballot.arbiter, ballot: ballot.address }.instruction(level)
}

/// Releases a vote of a final ballot and pays its reward to `owner`, who owns the stake, once the outcome was read.
#[must_use]
pub fn collect_vote_reward(
    pool: &At<Pool>,
    ballot: &At<Ballot>,
    record: &At<VoteRecord>,
    owner: &Address,
    caller: &Address,
) -> Vec<Instruction> {
    let receiver = Some(asset_account(pool, owner));
    let collect = CollectVoteReward { receiver, ..vote_release(pool, ballot, record, owner, caller) };
    paid(pool, caller, owner, collect.instruction())
}

/// Releases a vote of a final ballot of `owner`, who owns the stake; its reward waits.
#[must_use]
pub fn release_vote(
    pool: &At<Pool>,
    ballot: &At<Ballot>,
    record: &At<VoteRecord>,
    owner: &Address,
    caller: &Address,
) -> Instruction {
    vote_release(pool, ballot, record, owner, caller).instruction()
}

fn vote_release(
    pool: &At<Pool>,
    ballot: &At<Ballot>,
    record: &At<VoteRecord>,
    owner: &Address,
    caller: &Address,
) -> CollectVoteReward {
    CollectVoteReward {
        caller: *caller,
        pool: pool.address,
        assembly: ballot.assembly,
        ballot: record.ballot,
        record: record.address,
        voter: record.voter,
        owner: *owner,
        rent_payer: record.rent_payer,
        receiver: None,
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
}

/// Gives an appeal's bond back, or shares it out.
#[must_use]
pub fn collect_appeal_bond(pool: &At<Pool>, ballot: &At<Ballot>, caller: &Address) -> Vec<Instruction> {
    let collect = CollectAppealBond {
        pool: pool.address,
        ballot: ballot.address,
        appellant: ballot.appellant,
        receiver: asset_account(pool, &ballot.appellant),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    paid(pool, caller, &ballot.appellant, collect.instruction())
}

/// Closes the account of a ballot that is over.
#[must_use]
pub fn reclaim_ballot(ballot: &At<Ballot>, caller: &Address) -> Instruction {
    ReclaimBallot { caller: *caller, pool: ballot.pool, ballot: ballot.address, rent_payer: ballot.rent_payer }
        .instruction()
}

/// Closes a voter without stake.
#[must_use]
pub fn close_voter(voter: &At<Voter>, caller: &Address) -> Instruction {
    CloseVoter { caller: *caller, assembly: voter.assembly, voter: voter.address, rent_payer: voter.rent_payer }
        .instruction()
}

/// Closes an assembly that no pool and no voter needs; its creator signs.
#[must_use]
pub fn close_assembly(assembly: &At<Assembly>) -> Instruction {
    CloseAssembly { creator: assembly.creator, assembly: assembly.address, rent_payer: assembly.rent_payer }
        .instruction()
}
