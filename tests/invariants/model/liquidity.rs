//! What LPs and those who look after the books do.

use super::{Atoms, Model, Name, Outcome, Rule, Token, down, exact, must, stored};
use num_traits::ToPrimitive;

impl Model {
    /// Shares that were minted and not burned by exits.
    pub fn shares(&self, pool: usize) -> Atoms {
        let burned: Atoms = self.epochs_of(pool).map(|epoch| epoch.burned()).sum();
        self.pools[pool].minted - burned
    }

    /// Deposits atoms. Returns the shares.
    pub fn deposit(&mut self, pool: usize, who: Name, amount: u64, min_shares: u64) -> Outcome<Atoms> {
        must(amount > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        let amount = Atoms::from(amount);
        // A share is worth less than a thousandth of its first price.
        let depleted = self.price(pool) * exact(1_000_000) < exact(1);
        must(!depleted, Rule::PoolDepleted)?;
        self.pay_in(who, pool, amount)?;
        // A deposit pays for nothing that was lost before it.
        must(self.held_back(pool).1 == 0 || self.open_incidents(pool) > 0, Rule::RestNotSettled)?;
        let minted = down(&(exact(amount) / self.price(pool)))?;
        must(minted > 0, Rule::ZeroShares)?;
        must(minted >= Atoms::from(min_shares), Rule::TooFewShares)?;
        // Prices count a thousand shares that nobody has: with them, too, the supply must fit.
        stored(self.shares(pool) + minted + 1_000)?;
        must(self.capital(pool) + amount <= super::MAX_CAPITAL, Rule::CapitalTooLarge)?;
        let books = &mut self.pools[pool];
        books.deposited += amount;
        books.minted += minted;
        books.supply += minted;
        self.give(who, Token::Shares(pool), minted);
        Ok(minted)
    }

    /// The largest deposit that the pool takes now: shares are counted in 64 bits, and prices are proven to 2^60 atoms.
    pub fn deposit_room(&self, pool: usize) -> Atoms {
        let shares = Atoms::from(u64::MAX) - 1_000 - self.shares(pool);
        let worth = (exact(shares) + exact(1)) * self.price(pool);
        // What mints one share more than there can be is too much.
        let most = worth.ceil().to_integer().to_i128().expect("two words at most") - 1;
        most.min(super::MAX_CAPITAL - self.capital(pool))
    }

    /// An owner burns shares of their own: they give up what those are worth, and the price does not move.
    pub fn burn(&mut self, pool: usize, who: Name, shares: u64) -> Outcome {
        self.take(who, Token::Shares(pool), shares.into())?;
        self.pools[pool].supply -= Atoms::from(shares);
        Ok(())
    }

    /// Streams what is in the vault for nothing.
    pub fn absorb(&mut self, pool: usize) -> Outcome {
        self.accrue(pool);
        let surplus = self.pools[pool].vault - self.owed(pool);
        must(surplus > 0, Rule::NothingToAbsorb)?;
        self.stream_income(pool, surplus)
    }
}
