//! Pools that were wiped out: their shares are retired, and new ones begin at their first price.

use crate::{Account, Atoms, Model, Name, Outcome, Rule, Token, down, must};

/// Shares that were retired, and what is left for them.
#[derive(Clone, Copy, Debug)]
pub struct Retired {
    /// Of which pool.
    pub pool: usize,
    /// How often its shares were renewed before.
    pub generation: u32,
    /// Who paid the rents.
    pub rent_payer: Name,
    /// Shares and capital when they were retired, atoms.
    pub began: (Atoms, Atoms),
    /// Shares that are not redeemed.
    pub shares: Atoms,
    /// What is left for them, atoms.
    pub capital: Atoms,
    /// Supply of their mint.
    pub supply: Atoms,
    /// Whether their account is closed.
    pub closed: bool,
}

impl Model {
    /// What was retired of a pool.
    pub fn retired_of(&self, pool: usize) -> impl Iterator<Item = &Retired> {
        self.retired.iter().filter(move |retired| retired.pool == pool)
    }

    /// How often a pool's shares were renewed.
    #[must_use]
    pub fn generation(&self, pool: usize) -> u32 {
        self.retired_of(pool).count().try_into().expect("seldom")
    }

    /// Retires the shares of a pool that was wiped out: what is left is theirs. Returns its number.
    pub fn retire_shares(&mut self, pool: usize, payer: Name) -> Outcome<usize> {
        for account in [Account::Retired, Account::Mint, Account::Tokens] {
            self.pay_rent(payer, account)?;
        }
        self.accrue(pool);
        must(self.is_wiped_out(pool) && self.first_epoch(pool).is_none(), Rule::PoolNotDepleted)?;
        self.earn_all(pool);
        let (shares, capital, generation) = (self.shares(pool), self.capital(pool), self.generation(pool));
        let supply = std::mem::take(&mut self.pools[pool].supply);
        let began = (shares, capital);
        let retired = self.retired.push(Retired {
            pool,
            generation,
            rent_payer: payer,
            began,
            shares,
            capital,
            supply,
            closed: false,
        });
        self.note_stay(pool);
        Ok(retired)
    }

    /// Redeems retired shares for their part of what is left, rounded down. Returns the atoms.
    pub fn redeem_retired(&mut self, retired: usize, who: Name, shares: u64) -> Outcome<Atoms> {
        let Retired { pool, generation, shares: all, capital, .. } = self.retired[retired];
        let shares = Atoms::from(shares);
        must((1..=all).contains(&shares), Rule::NothingDue)?;
        let amount = down(capital, shares, all)?;
        self.take(who, Token::Shares(pool, generation), shares)?;
        let here = &mut self.retired[retired];
        here.shares -= shares;
        here.supply -= shares;
        here.capital -= amount;
        self.pay_out(pool, who, amount);
        Ok(amount)
    }
}
