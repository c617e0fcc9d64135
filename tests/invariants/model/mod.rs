//! A plain and slow model of everything a pool owes and knows.
//!
//! It keeps lists of what people did and walks them for every question: what is earned is the sum over all streams of
//! rate × time, active cover the sum over all policies whose capacity is still held, a bucket the sum of what went in
//! less what went out. There is no ring, no running total and no cache, so nothing can go stale but what the program
//! leaves stale on purpose, to which every question gives its time.
//!
//! An action checks the rules in the order in which the program names them, and changes the lists or says which rule
//! refuses it.

mod books;
mod claims;
mod court;
mod cover;
mod exits;
mod incidents;
mod jury;
mod liquidity;
mod numbers;
mod price;
mod stakes;

pub use {books::*, claims::*, cover::*, exits::*, incidents::*, jury::*, numbers::*, stakes::*};

use coverage_client::{BreakwaterError, ZeroCopy};
use solana_address::Address;
use std::collections::BTreeMap;

/// People are known by their names.
pub type Name = &'static str;

/// What is in a wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    Asset,
    Governance,
    /// Of a pool.
    Shares(usize),
    /// What rents are paid with.
    Lamports,
}

/// Everything there is. What has an address carries it as a name.
#[derive(Clone)]
pub struct Model {
    /// Unix seconds.
    pub now: u64,
    pub assembly: Assembly,
    /// What people have, atoms.
    pub wallets: BTreeMap<(Name, Token), Atoms>,
    pub pools: Vec<Pool>,
    /// Of all pools.
    pub products: Vec<Product>,
    /// Everything that was ever earned over time, or will be.
    pub streams: Vec<Stream>,
    /// Every policy that was ever sold.
    pub policies: Vec<Policy>,
    pub epochs: Vec<Epoch>,
    pub tickets: Vec<Ticket>,
    pub incidents: Vec<Incident>,
    pub claims: Vec<Claim>,
}

impl Model {
    /// Tries something; what is refused changes nothing.
    pub fn attempt<T>(&mut self, action: impl FnOnce(&mut Self) -> Outcome<T>) -> Outcome<T> {
        let before = self.clone();
        let outcome = action(self);
        if outcome.is_err() {
            *self = before;
        }
        outcome
    }

    /// What somebody has.
    pub fn balance(&self, name: Name, token: Token) -> Atoms {
        self.wallets.get(&(name, token)).copied().unwrap_or(0)
    }

    /// Somebody gets tokens.
    pub fn give(&mut self, name: Name, token: Token, amount: Atoms) {
        *self.wallets.entry((name, token)).or_default() += amount;
    }

    /// Somebody sends tokens.
    pub fn take(&mut self, name: Name, token: Token, amount: Atoms) -> Outcome {
        if self.balance(name, token) < amount {
            return Err(Refusal::TooFewTokens);
        }
        self.give(name, token, -amount);
        Ok(())
    }

    /// Somebody pays the rent of a new account.
    pub fn pay_rent<T: ZeroCopy>(&mut self, who: Name) -> Outcome {
        self.take(who, Token::Lamports, rent(T::SIZE))
    }

    /// An account is closed: whoever turned the crank gets a tip of its rent, who paid it the rest.
    pub fn return_rent<T: ZeroCopy>(&mut self, payer: Name, caller: Name) {
        self.give(payer, Token::Lamports, rent(T::SIZE) - CRANK_TIP);
        self.give(caller, Token::Lamports, CRANK_TIP);
    }

    /// Somebody sets tips aside for cranks that follow.
    pub fn set_tips_aside(&mut self, who: Name, tips: Atoms) -> Outcome {
        self.take(who, Token::Lamports, tips * CRANK_TIP)
    }

    /// Somebody pays into a pool's vault.
    pub fn pay_in(&mut self, name: Name, pool: usize, amount: Atoms) -> Outcome {
        self.take(name, Token::Asset, amount)?;
        self.pools[pool].vault += amount;
        Ok(())
    }

    /// A pool's vault pays somebody.
    pub fn pay_out(&mut self, pool: usize, name: Name, amount: Atoms) {
        self.pools[pool].vault -= amount;
        self.give(name, Token::Asset, amount);
    }
}

/// What a crank earns, lamports.
pub const CRANK_TIP: Atoms = 20_000;

/// Lamports that keep an account of so many bytes alive for ever.
pub fn rent(bytes: usize) -> Atoms {
    (bytes as Atoms + 128) * 3_480 * 2
}

/// Who opens exit epochs and collects exits.
pub const FOUNDER: Name = "founder";
/// Who turns the other cranks.
pub const GUARDIAN: Name = "guardian";
/// Who decides what finds no quorum twice.
pub const ARBITER: Name = "arbiter";

/// What an account is called that does not exist.
pub const NOBODY: Address = Address::new_from_array([0; 32]);

/// Whose rule it is.
pub type Rule = BreakwaterError;
