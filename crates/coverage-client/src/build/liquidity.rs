//! Deposits and exits.

use super::{asset_account, open_asset_account, open_token_account, share_account};
use crate::*;
use solana_instruction::Instruction;

/// Deposits `amount` atoms for at least `min_shares`; opens the account of the shares.
#[must_use]
pub fn deposit(pool: &At<Pool>, owner: &Address, amount: u64, min_shares: u64) -> Vec<Instruction> {
    let deposit = Deposit {
        owner: *owner,
        pool: pool.address,
        owner_token: asset_account(pool, owner),
        owner_shares: share_account(pool, owner),
        vault: pool.vault,
        share_mint: pool.share_mint,
        asset_mint: pool.asset_mint,
        token_program: pool.token_program,
    };
    vec![
        open_token_account(owner, owner, &pool.share_mint, &pool.token_program),
        deposit.instruction(amount, min_shares),
    ]
}

/// Puts `shares` on their way out as ticket `id`, requested at `now`.
#[must_use]
pub fn request_exit(pool: &At<Pool>, owner: &Address, id: u64, shares: u64, now: u64) -> Vec<Instruction> {
    let day = coverage_math::day_of(now).saturating_add(u64::from(pool.exit_delay_days));
    let request = RequestExit {
        owner: *owner,
        pool: pool.address,
        ticket: exit_ticket_address(&pool.address, owner, id),
        epoch: exit_epoch_address(&pool.address, day),
        owner_shares: share_account(pool, owner),
        exit_escrow: pool.exit_escrow,
        receiver: asset_account(pool, owner),
        token_program: pool.token_program,
    };
    vec![open_asset_account(pool, owner, owner), request.instruction(id, day, shares)]
}

/// Creates the exit epoch of `day`, which must be tomorrow.
#[must_use]
pub fn open_exit_epoch(pool: &At<Pool>, payer: &Address, day: u64) -> Instruction {
    OpenExitEpoch { payer: *payer, pool: pool.address, epoch: exit_epoch_address(&pool.address, day) }.instruction(day)
}

/// Settles the exit epoch of `day`; what does not fit goes on to that of `next_day`.
#[must_use]
pub fn settle_exit_epoch(pool: &At<Pool>, day: u64, next_day: Option<u64>) -> Instruction {
    SettleExitEpoch {
        pool: pool.address,
        epoch: exit_epoch_address(&pool.address, day),
        next_epoch: next_day.map(|day| exit_epoch_address(&pool.address, day)),
        exit_escrow: pool.exit_escrow,
        share_mint: pool.share_mint,
        vault: pool.vault,
        token_program: pool.token_program,
    }
    .instruction()
}

/// Pays a ticket what the settled epoch in which it stands has for it.
#[must_use]
pub fn collect_exit(pool: &At<Pool>, ticket: &At<ExitTicket>, caller: &Address) -> Instruction {
    CollectExit {
        caller: *caller,
        pool: pool.address,
        epoch: exit_epoch_address(&pool.address, ticket.epoch_day),
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
