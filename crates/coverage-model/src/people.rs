//! People and what they have: tokens, shares, and the lamports that accounts and cranks cost.

use crate::{Account, Atoms, CRANK_TIP, Model, Outcome, Refusal, journal::Journal, journal::Undo};
use std::collections::BTreeMap;

/// People are known by their names, which live as long as the program: one out of a file is leaked once.
pub type Name = &'static str;

/// What is in a wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// What pools insure in.
    Asset,
    /// What is staked.
    Governance,
    /// Shares of a pool, and how often they were renewed before.
    Shares(usize, u32),
    /// What rents and tips are paid with.
    Lamports,
}

/// Who has what.
#[derive(Clone, Debug, Default)]
pub struct Wallets {
    balances: BTreeMap<(Name, Token), Atoms>,
    /// Balances as they were.
    journal: Journal<((Name, Token), Option<Atoms>)>,
}

impl Wallets {
    /// Everybody's balances.
    pub fn iter(&self) -> impl Iterator<Item = (Name, Token, Atoms)> {
        self.balances.iter().map(|((name, token), amount)| (*name, *token, *amount))
    }
}

impl Undo for Wallets {
    fn begin(&mut self) {
        self.journal.begin();
    }

    fn end(&mut self, keep: bool) {
        for (wallet, before) in self.journal.end(keep) {
            match before {
                Some(amount) => self.balances.insert(wallet, amount),
                None => self.balances.remove(&wallet),
            };
        }
    }
}

impl Model {
    /// The shares of a pool as they are now.
    #[must_use]
    pub fn shares_of(&self, pool: usize) -> Token {
        Token::Shares(pool, self.generation(pool))
    }

    /// What somebody has.
    #[must_use]
    pub fn balance(&self, name: Name, token: Token) -> Atoms {
        self.wallets.balances.get(&(name, token)).copied().unwrap_or(0)
    }

    /// Somebody gets tokens.
    pub fn give(&mut self, name: Name, token: Token, amount: Atoms) {
        let Wallets { balances, journal } = &mut self.wallets;
        let wallet = (name, token);
        let before = balances.get(&wallet).copied();
        journal.note(|(noted, _)| *noted == wallet, || (wallet, before));
        balances.insert(wallet, before.unwrap_or(0) + amount);
    }

    /// Somebody sends tokens.
    pub fn take(&mut self, name: Name, token: Token, amount: Atoms) -> Outcome {
        if self.balance(name, token) < amount {
            return Err(Refusal::TooFewTokens);
        }
        self.give(name, token, -amount);
        Ok(())
    }

    /// Somebody pays into a pool's vault.
    pub(crate) fn pay_in(&mut self, name: Name, pool: usize, amount: Atoms) -> Outcome {
        self.take(name, Token::Asset, amount)?;
        self.pools[pool].vault += amount;
        Ok(())
    }

    /// A pool's vault pays somebody.
    pub(crate) fn pay_out(&mut self, pool: usize, name: Name, amount: Atoms) {
        self.pools[pool].vault -= amount;
        self.give(name, Token::Asset, amount);
    }

    /// Somebody pays the rent of a new account.
    pub(crate) fn pay_rent(&mut self, who: Name, account: Account) -> Outcome {
        self.take(who, Token::Lamports, account.rent())
    }

    /// An account is closed by one whom nobody pays for it.
    pub(crate) fn give_rent_back(&mut self, account: Account, payer: Name) {
        self.give(payer, Token::Lamports, account.rent());
    }

    /// An account is closed: who turned the crank gets a tip of its rent, who paid it the rest and the `tips` that were
    /// set aside in it and never earned.
    pub(crate) fn return_rent(&mut self, account: Account, tips: u8, payer: Name, caller: Name) {
        self.give(payer, Token::Lamports, account.rent() - tips_of(1) + tips_of(tips));
        self.tip(caller);
    }

    /// Somebody sets tips aside for cranks that follow.
    pub(crate) fn set_tips_aside(&mut self, who: Name, tips: u8) -> Outcome {
        self.take(who, Token::Lamports, tips_of(tips))
    }

    /// Who turned a crank gets a tip.
    pub(crate) fn tip(&mut self, caller: Name) {
        self.give(caller, Token::Lamports, tips_of(1));
    }
}

/// Lamports of so many tips.
fn tips_of(tips: u8) -> Atoms {
    Atoms::from(CRANK_TIP) * Atoms::from(tips)
}
