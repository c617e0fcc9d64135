//! Changes of parameters, the pause, and fees.

use super::{asset_account, first_exit, paid};
use crate::*;
use solana_instruction::Instruction;

/// Queues a change; the pool's authority signs.
#[must_use]
pub fn propose_change(pool: &At<Pool>, product: Option<&Address>, payer: &Address, proposal: &Proposal) -> Instruction {
    ProposeChange {
        authority: pool.authority,
        payer: *payer,
        pool: pool.address,
        product: product.copied(),
        change: change_address(&pool.address, &pool.authority, pool.change_count),
    }
    .instruction(pool.change_count, proposal)
}

/// Puts a change to a ballot; `owner`, a staker, posts the bond, `payer` pays rents and tips.
#[must_use]
pub fn petition_change(
    pool: &At<Pool>,
    product: Option<&Address>,
    owner: &Address,
    payer: &Address,
    proposal: &Proposal,
) -> Instruction {
    let change = change_address(&pool.address, owner, pool.change_count);
    PetitionChange {
        owner: *owner,
        payer: *payer,
        voter: voter_address(&pool.assembly, owner),
        pool: pool.address,
        product: product.copied(),
        change,
        assembly: pool.assembly,
        ballot: ballot_address(&change),
        owner_token: asset_account(pool, owner),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction(pool.change_count, proposal)
}

/// Queues or refuses a change by its final ballot.
#[must_use]
pub fn queue_change(pool: &At<Pool>, change: &At<Change>, caller: &Address) -> Instruction {
    QueueChange {
        caller: *caller,
        pool: pool.address,
        change: change.address,
        ballot: change.ballot,
        vault: pool.vault,
    }
    .instruction()
}

/// Marks a queued change that can be applied: it lapses in 30 days.
#[must_use]
pub fn mark_change(pool: &At<Pool>, change: &At<Change>) -> Instruction {
    MarkChange {
        pool: pool.address,
        change: change.address,
        product: (change.product != NOBODY).then_some(change.product),
        first_exit: first_exit(pool),
    }
    .instruction()
}

/// Applies a queued change that has waited long enough. `payer` pays for longer words of the shares, and signs only then.
#[must_use]
pub fn apply_change(pool: &At<Pool>, change: &At<Change>, payer: &Address) -> Instruction {
    let renames = matches!(change.share_words(), Ok(Some(_)));
    ApplyChange {
        pool: pool.address,
        change: change.address,
        product: (change.product != NOBODY).then_some(change.product),
        first_exit: first_exit(pool),
        court: change.named_court(),
        payer: renames.then_some(*payer),
        share_mint: renames.then_some(pool.share_mint),
        share_token_program: renames.then_some(pool.share_token_program),
    }
    .instruction()
}

/// Takes a change back that the pool's authority queued, which signs.
#[must_use]
pub fn withdraw_change(pool: &At<Pool>, change: &At<Change>) -> Instruction {
    WithdrawChange { authority: pool.authority, pool: change.pool, change: change.address }.instruction()
}

/// Gives a change's bond back to its proposer.
#[must_use]
pub fn collect_change_bond(pool: &At<Pool>, change: &At<Change>, caller: &Address) -> Vec<Instruction> {
    let collect = CollectChangeBond {
        pool: pool.address,
        change: change.address,
        proposer: change.proposer,
        receiver: asset_account(pool, &change.proposer),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    paid(pool, caller, &change.proposer, collect.instruction())
}

/// Closes the account of a change that is over.
#[must_use]
pub fn close_change(change: &At<Change>, caller: &Address) -> Instruction {
    CloseChange { caller: *caller, pool: change.pool, change: change.address, rent_payer: change.rent_payer }
        .instruction()
}

/// Hands the authority over a pool over by a queued change of it; `new_authority`, who gets it, signs.
#[must_use]
pub fn accept_authority(change: &At<Change>, new_authority: &Address) -> Instruction {
    AcceptAuthority { new_authority: *new_authority, pool: change.pool, change: change.address }.instruction()
}

/// Pauses sales and deposits for `seconds`, or with 0 ends the pause; the guardian signs.
#[must_use]
pub fn pause(pool: &At<Pool>, seconds: u64) -> Instruction {
    Pause { guardian: pool.guardian, pool: pool.address }.instruction(seconds)
}

/// Pays the protocol fees to the treasury.
#[must_use]
pub fn collect_fees(pool: &At<Pool>, caller: &Address) -> Vec<Instruction> {
    let collect = CollectFees {
        pool: pool.address,
        treasury: pool.treasury,
        receiver: asset_account(pool, &pool.treasury),
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    paid(pool, caller, &pool.treasury, collect.instruction())
}
