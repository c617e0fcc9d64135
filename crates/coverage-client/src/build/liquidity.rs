//! Deposits and exits.

use super::{asset_account, open_asset_account, open_share_account, share_account};
use crate::*;
use solana_instruction::Instruction;

/// Deposits `amount` atoms for at least `min_shares`, on terms and beside liens that were `seen`; opens the account of the
/// shares.
#[must_use]
pub fn deposit(pool: &At<Pool>, owner: &Address, amount: u64, min_shares: u64, seen: &Seen) -> Vec<Instruction> {
    let deposit = Deposit {
        owner: *owner,
        pool: pool.address,
        owner_token: asset_account(pool, owner),
        owner_shares: share_account(pool, owner),
        vault: pool.vault,
        share_mint: pool.share_mint,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
        share_token_program: pool.share_token_program,
    };
    vec![open_share_account(pool, owner, owner), deposit.instruction(amount, min_shares, seen)]
}

/// Burns `shares` for at least `min_amount` atoms at once, until seven days after the pool's opening.
#[must_use]
pub fn withdraw(pool: &At<Pool>, owner: &Address, shares: u64, min_amount: u64) -> Vec<Instruction> {
    let withdraw = Withdraw {
        owner: *owner,
        pool: pool.address,
        owner_shares: share_account(pool, owner),
        receiver: asset_account(pool, owner),
        vault: pool.vault,
        share_mint: pool.share_mint,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
        share_token_program: pool.share_token_program,
    };
    vec![open_asset_account(pool, owner, owner), withdraw.instruction(shares, min_amount)]
}

/// Puts `shares` on their way out as ticket `id`, asked for at `now`, to be paid to `receiver`, or else to the owner's associated
/// token account; `payer` pays the rent and the tip.
///
/// # Errors
/// Those of [`Pool::exit_epoch`].
pub fn request_exit(
    pool: &At<Pool>,
    (owner, payer): (&Address, &Address),
    id: u64,
    shares: u64,
    receiver: Option<&Address>,
    now: u64,
) -> Result<Vec<Instruction>> {
    let (number, _) = pool.exit_epoch(now)?;
    let request = RequestExit {
        owner: *owner,
        payer: *payer,
        pool: pool.address,
        ticket: exit_ticket_address(&pool.address, owner, id),
        epoch: exit_epoch_address(&pool.address, number),
        owner_shares: share_account(pool, owner),
        exit_escrow: pool.exit_escrow,
        receiver: receiver.copied().unwrap_or_else(|| asset_account(pool, owner)),
        share_token_program: pool.share_token_program,
    };
    let open = receiver.is_none().then(|| open_asset_account(pool, payer, owner));
    Ok(open.into_iter().chain([request.instruction(id, number, shares)]).collect())
}

/// Pays what can be paid of the first exit epoch that waits.
#[must_use]
pub fn pay_exits(pool: &At<Pool>, caller: &Address) -> Instruction {
    PayExits {
        caller: *caller,
        pool: pool.address,
        epoch: exit_epoch_address(&pool.address, pool.exit_head),
        exit_escrow: pool.exit_escrow,
        share_mint: pool.share_mint,
        share_token_program: pool.share_token_program,
    }
    .instruction()
}

/// Calls the first exit epoch that waits, a day ahead.
#[must_use]
pub fn call_exits(pool: &At<Pool>) -> Instruction {
    CallExits { pool: pool.address, epoch: exit_epoch_address(&pool.address, pool.exit_head) }.instruction()
}

/// Gives an exit epoch back what it has in an incident.
#[must_use]
pub fn release_contested(incident: &At<Incident>, epoch: &Address) -> Instruction {
    ReleaseContested { pool: incident.pool, incident: incident.address, epoch: *epoch }.instruction()
}

/// Pays a ticket its part of what was paid to its epoch so far.
#[must_use]
pub fn collect_exit(pool: &At<Pool>, ticket: &At<ExitTicket>, caller: &Address) -> Instruction {
    CollectExit {
        caller: *caller,
        pool: pool.address,
        epoch: exit_epoch_address(&pool.address, ticket.epoch),
        ticket: ticket.address,
        owner: ticket.owner,
        rent_payer: ticket.rent_payer,
        receiver: ticket.receiver,
        vault: pool.vault,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Retires the shares of a pool that was wiped out.
#[must_use]
pub fn retire_shares(pool: &At<Pool>, payer: &Address) -> Instruction {
    let next = pool.generation.saturating_add(1);
    RetireShares {
        payer: *payer,
        pool: pool.address,
        retired: retired_address(&pool.address, pool.generation),
        share_mint: share_mint_address(&pool.address, next),
        exit_escrow: exit_escrow_address(&pool.address, next),
        vault: pool.vault,
        share_token_program: pool.share_token_program,
    }
    .instruction()
}

/// Redeems `shares` that were retired.
#[must_use]
pub fn redeem_retired(pool: &At<Pool>, retired: &At<Retired>, owner: &Address, shares: u64) -> Vec<Instruction> {
    let redeem = RedeemRetired {
        owner: *owner,
        pool: pool.address,
        retired: retired.address,
        owner_shares: token_account_address_of(owner, &retired.share_mint, &pool.share_token_program),
        receiver: asset_account(pool, owner),
        vault: pool.vault,
        share_mint: retired.share_mint,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
        share_token_program: pool.share_token_program,
    };
    vec![open_asset_account(pool, owner, owner), redeem.instruction(shares)]
}

/// Closes the account of retired shares of which none are left.
#[must_use]
pub fn close_retired(pool: &At<Pool>, retired: &At<Retired>, caller: &Address) -> Instruction {
    CloseRetired {
        caller: *caller,
        pool: pool.address,
        retired: retired.address,
        rent_payer: retired.rent_payer,
        vault: pool.vault,
        share_mint: retired.share_mint,
        exit_escrow: exit_escrow_address(&pool.address, retired.generation),
        share_token_program: pool.share_token_program,
    }
    .instruction()
}

/// Closes an exit epoch that every ticket has left.
#[must_use]
pub fn close_exit_epoch(pool: &At<Pool>, epoch: &At<ExitEpoch>, caller: &Address) -> Instruction {
    CloseExitEpoch {
        caller: *caller,
        pool: pool.address,
        epoch: epoch.address,
        rent_payer: epoch.rent_payer,
        vault: pool.vault,
    }
    .instruction()
}

/// Streams what was sent to the vault to the LPs.
#[must_use]
pub fn absorb_surplus(pool: &At<Pool>) -> Instruction {
    AbsorbSurplus { pool: pool.address, vault: pool.vault }.instruction()
}
