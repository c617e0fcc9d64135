//! Instructions from what a person knows: who, which account, how much. Every other address is derived or read from the
//! accounts, the token program too.
//!
//! Where somebody must be able to receive tokens, the instruction that opens their associated token account stands
//! first; it does nothing when the account is open. Cranks that pay others open no accounts: their rent would exceed the
//! tip.

mod assembly;
mod change;
mod cover;
mod incident;
mod liquidity;
mod pool;
mod trigger;

pub use {assembly::*, change::*, cover::*, incident::*, liquidity::*, pool::*, trigger::*};

use crate::{At, Pool, token_account_address_of};
use solana_address::Address;
use solana_instruction::Instruction;
use spl_associated_token_account_interface::instruction::create_associated_token_account_idempotent;

/// Somebody's associated token account of a pool's asset.
#[must_use]
pub fn asset_account(pool: &Pool, owner: &Address) -> Address {
    token_account_address_of(owner, &pool.asset_mint, &pool.token_program)
}

/// Somebody's associated token account of a pool's shares.
#[must_use]
pub fn share_account(pool: &Pool, owner: &Address) -> Address {
    token_account_address_of(owner, &pool.share_mint, &pool.token_program)
}

/// Opens somebody's associated token account, unless it is open.
#[must_use]
pub fn open_token_account(payer: &Address, owner: &Address, mint: &Address, token_program: &Address) -> Instruction {
    create_associated_token_account_idempotent(payer, owner, mint, token_program)
}

/// Opens somebody's associated token account of a pool's asset, unless it is open.
#[must_use]
pub fn open_asset_account(pool: &At<Pool>, payer: &Address, owner: &Address) -> Instruction {
    open_token_account(payer, owner, &pool.asset_mint, &pool.token_program)
}
