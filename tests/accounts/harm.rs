//! Whether a success that was not expected to be one did harm.

use crate::{allowed::Effect, life::Good, substitutes::Substitute};
use coverage_client::{Pool, ZeroCopy as _, pool};
use harness::{Chain, LiteChain, actor};
use solana_account::Account;
use solana_address::Address;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::state::Account as TokenAccount;
use std::collections::BTreeMap;

/// Accounts by their addresses.
pub type Accounts = BTreeMap<Address, Account>;

/// Asserts that a success has no more than the effect that it may have. `right` is what stood in the slot, `expected`
/// what the good call makes of its accounts, `found` what this one did.
pub fn check(
    good: &Good,
    right: &Address,
    tried: (&Substitute, Address),
    expected: &Accounts,
    found: &Accounts,
    effect: Effect,
) -> Result<(), String> {
    let (substitute, address) = tried;
    let mut chain = good.chain.clone();
    if let Some((address, account)) = &substitute.put {
        chain.set_account(address, account.clone());
    }
    if effect == Effect::Unreal {
        return Ok(());
    }
    books(&mut chain, found)?;
    if effect == Effect::GoodToo {
        return Ok(());
    }
    for (other, account) in found {
        let (before, after) = (chain.account(other).unwrap_or_default(), expected.get(other));
        let fine = if *other == address {
            gains(&before, account) || after.is_some_and(|after| gains(after, account))
        } else if good.call.accounts.iter().any(|meta| meta.pubkey == *other && meta.pubkey != *right) {
            after.is_some_and(|after| gains(after, account))
        } else {
            true
        };
        if !fine {
            return Err(format!("{other} is not as it should be"));
        }
    }
    Ok(())
}

/// Whether an account is the same, except that it may hold more.
fn gains(before: &Account, after: &Account) -> bool {
    after.data == before.data && after.owner == before.owner && after.lamports >= before.lamports
}

/// B1 of both pools: the vault holds what the buckets say.
fn books(chain: &mut LiteChain, found: &Accounts) -> Result<(), String> {
    let mut now = |address: &Address| found.get(address).cloned().or_else(|| chain.account(address));
    for id in 0..2 {
        let address = pool(&actor("founder").pubkey(), id);
        let Some(pool) = now(&address).and_then(|account| Pool::decode(&account.data)) else { continue };
        let vault = now(&pool.vault).and_then(|account| TokenAccount::unpack(&account.data).ok());
        let owed =
            [pool.capital, pool.unearned, pool.payable, pool.exits_due, pool.bonds, pool.assessors, pool.treasury_due];
        if vault.is_none_or(|vault| vault.amount < owed.iter().sum()) {
            return Err(format!("B1: the vault of pool {id} holds less than it owes"));
        }
    }
    Ok(())
}
