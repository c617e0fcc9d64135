//! Instructions from what a person knows: who, which account, how much. Every other address is derived or read from the
//! accounts, the token program too.
//!
//! What pays its signer into their associated token account, or a distributor into theirs, opens that account first, unless
//! it is open: then the instruction does nothing. No other account is opened. Anyone who pays has the tokens in an account
//! already, and a step that anyone may take pays others: their rent would exceed the tip.

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

/// The pool's first exit epoch, if one waits.
pub(crate) fn first_exit(pool: &At<Pool>) -> Option<Address> {
    pool.has_exits().then(|| crate::exit_epoch_address(&pool.address, pool.exit_head))
}

/// Somebody's associated token account of a pool's shares.
#[must_use]
pub fn share_account(pool: &Pool, owner: &Address) -> Address {
    token_account_address_of(owner, &pool.share_mint, &pool.share_token_program)
}

/// Opens somebody's associated token account, unless it is open.
#[must_use]
pub fn open_token_account(payer: &Address, owner: &Address, mint: &Address, token_program: &Address) -> Instruction {
    create_associated_token_account_idempotent(payer, owner, mint, token_program)
}

/// The instructions, with the token accounts that they open paid for by `payer`, who signs too.
#[must_use]
pub fn opened_by(payer: &Address, mut instructions: Vec<Instruction>) -> Vec<Instruction> {
    let opening =
        instructions.iter_mut().filter(|it| it.program_id == spl_associated_token_account_interface::program::ID);
    for opens in opening.filter_map(|it| it.accounts.first_mut()) {
        opens.pubkey = *payer;
    }
    instructions
}

/// Opens somebody's associated token account of a pool's shares, unless it is open.
#[must_use]
pub fn open_share_account(pool: &At<Pool>, payer: &Address, owner: &Address) -> Instruction {
    open_token_account(payer, owner, &pool.share_mint, &pool.share_token_program)
}

/// `pays`, which pays the asset to `owner`, after the opening of their associated token account when they sign themselves.
fn paid(pool: &At<Pool>, signer: &Address, owner: &Address, pays: Instruction) -> Vec<Instruction> {
    let open = (signer == owner).then(|| open_asset_account(pool, owner, owner));
    open.into_iter().chain([pays]).collect()
}

/// Opens somebody's associated token account of a pool's asset, unless it is open.
#[must_use]
pub fn open_asset_account(pool: &At<Pool>, payer: &Address, owner: &Address) -> Instruction {
    open_token_account(payer, owner, &pool.asset_mint, &pool.token_program)
}
