//! Whether a success that was not expected to be one did harm.

use crate::{allowed::Effect, life::Good};
use coverage_client::{ID, Pool, ZeroCopy as _, pool_address};
use harness::{Chain, LiteChain, actor};
use solana_account::Account;
use solana_address::Address;
use solana_instruction::Instruction;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::state::Account as TokenAccount;
use std::collections::BTreeMap;

/// Accounts by their addresses.
pub type Accounts = BTreeMap<Address, Account>;

/// A call that succeeded with something else in a slot.
pub struct Success<'a> {
    /// The call that it was made of.
    pub good: &'a Good,
    /// What the good call makes of its accounts.
    pub expected: &'a Accounts,
    /// The call.
    pub call: &'a Instruction,
    /// The slot.
    pub slot: usize,
    /// The chain before it.
    pub chain: LiteChain,
    /// What it made of its accounts.
    pub found: Accounts,
}

impl Success<'_> {
    /// Says what it did that it may not do.
    pub fn check(&mut self, effect: Effect) -> Result<(), String> {
        match effect {
            Effect::Unreal => Ok(()),
            Effect::GoodToo => self.robs_nobody().and_then(|()| self.leaves_the_books_whole()),
            Effect::NobodyLoses => {
                self.robs_nobody()?;
                self.leaves_the_books_whole()?;
                self.changes_nothing_else()
            }
        }
    }

    /// Nobody pays, in tokens or lamports, who does not sign.
    fn robs_nobody(&mut self) -> Result<(), String> {
        let signs = |address: &Address| self.call.accounts.iter().any(|meta| meta.is_signer && meta.pubkey == *address);
        let bank = self.chain.bank().pubkey();
        for (address, after) in &self.found {
            let before = self.chain.account(address).unwrap_or_default();
            let is_wallet = before.data.is_empty() && *address != bank;
            if is_wallet && after.lamports < before.lamports && !signs(address) {
                return Err(format!("{address} pays lamports"));
            }
            let (Some(had), Some(has)) = (tokens(&before), tokens(after)) else { continue };
            let is_vault = self.chain.account(&had.owner).is_some_and(|owner| owner.owner == ID);
            if !is_vault && has.amount < had.amount && !signs(&had.owner) {
                return Err(format!("{address} pays tokens"));
            }
        }
        Ok(())
    }

    /// B1 of both pools: the vault holds what the buckets say.
    fn leaves_the_books_whole(&mut self) -> Result<(), String> {
        let mut now = |address: &Address| self.found.get(address).cloned().or_else(|| self.chain.account(address));
        for id in 0..2 {
            let address = pool_address(&actor("founder").pubkey(), id);
            let Some(pool) = now(&address).and_then(|account| Pool::decode(&account.data)) else { continue };
            let vault = now(&pool.vault).and_then(|account| tokens(&account));
            let owed = pool.capital
                + pool.unearned
                + pool.payable
                + pool.exits_due
                + pool.contested
                + pool.bonds
                + pool.assessors
                + pool.treasury_due;
            if vault.is_none_or(|vault| vault.amount < owed) {
                return Err(format!("B1: the vault of pool {id} holds less than it owes"));
            }
        }
        Ok(())
    }

    /// What is in the other slots ends as by the good call, and what was put here only gains.
    fn changes_nothing_else(&mut self) -> Result<(), String> {
        let (right, tried) = (self.good.call.accounts[self.slot].pubkey, self.call.accounts[self.slot].pubkey);
        for (address, after) in &self.found {
            let expected = self.expected.get(address).is_some_and(|expected| gains(expected, after));
            let before = self.chain.account(address).unwrap_or_default();
            let fine = if *address == tried {
                expected || gains(&before, after)
            } else {
                expected || !self.good.call.accounts.iter().any(|meta| meta.pubkey == *address && *address != right)
            };
            if !fine {
                return Err(format!("{address} ends otherwise than by the good call"));
            }
        }
        Ok(())
    }
}

/// A token account, if it is one.
fn tokens(account: &Account) -> Option<TokenAccount> {
    (account.owner == spl_token_interface::ID).then(|| TokenAccount::unpack(&account.data).ok()).flatten()
}

/// Whether an account is the same, except that it may hold more.
fn gains(before: &Account, after: &Account) -> bool {
    after.data == before.data && after.owner == before.owner && after.lamports >= before.lamports
}
