//! What LPs do, and those who look after the books.

use crate::{
    Atoms, Model, Name, Outcome, Rule, Token,
    books::{MAX_CAPITAL, PRICE_OFFSET},
    must, stored, up,
};

impl Model {
    /// Shares that were minted and not burned by exits.
    #[must_use]
    pub fn shares(&self, pool: usize) -> Atoms {
        self.pools[pool].minted - self.epochs_of(pool).map(|epoch| epoch.burned()).sum::<Atoms>()
    }

    /// Deposits atoms. Returns the shares.
    pub fn deposit(&mut self, pool: usize, who: Name, amount: u64, min_shares: u64) -> Outcome<Atoms> {
        must(amount > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        let amount = Atoms::from(amount);
        // A share is worth less than a thousandth of its first price, which is a thousandth of an atom.
        let (assets, shares) = self.price(pool);
        must(assets * 1_000_000 >= shares, Rule::PoolDepleted)?;
        self.pay_in(who, pool, amount)?;
        // A deposit pays for nothing that was lost before it.
        must(self.held_back(pool).1 == 0 || self.open_incidents(pool) > 0, Rule::RestNotSettled)?;
        let minted = self.shares_for(pool, amount)?;
        must(minted > 0, Rule::ZeroShares)?;
        must(minted >= Atoms::from(min_shares), Rule::TooFewShares)?;
        // The thousand shares that prices count and nobody has must fit, too.
        stored(shares + minted)?;
        must(self.capital(pool) + amount <= MAX_CAPITAL, Rule::CapitalTooLarge)?;
        let books = &mut self.pools[pool];
        books.deposited += amount;
        books.minted += minted;
        books.supply += minted;
        self.give(who, Token::Shares(pool), minted);
        Ok(minted)
    }

    /// The largest deposit that a pool takes, as of its last accrual: shares are counted in 64 bits, and prices are proven
    /// to 2^60 atoms.
    #[must_use]
    pub fn deposit_room(&self, pool: usize) -> Atoms {
        let (assets, shares) = self.price(pool);
        let room = Atoms::from(u64::MAX) - PRICE_OFFSET.1 - self.shares(pool);
        // What is worth one share more than there can be is too much.
        let most = up(room + 1, assets, shares).map_or(Atoms::MAX, |worth| worth - 1);
        most.min(MAX_CAPITAL - self.capital(pool))
    }

    /// An owner burns shares of their own: they give up what those are worth, and the price does not move.
    pub fn burn(&mut self, pool: usize, who: Name, shares: u64) -> Outcome {
        self.take(who, Token::Shares(pool), shares.into())?;
        self.pools[pool].supply -= Atoms::from(shares);
        Ok(())
    }

    /// Somebody sends atoms to a pool's vault for nothing; where they come from is left open.
    pub fn donate(&mut self, pool: usize, amount: u64) {
        self.pools[pool].vault += Atoms::from(amount);
    }

    /// Streams what is in the vault for nothing to the LPs. Returns how much.
    pub fn absorb_surplus(&mut self, pool: usize) -> Outcome<Atoms> {
        self.accrue(pool);
        let surplus = self.pools[pool].vault - self.owed(pool);
        must(surplus > 0, Rule::NothingToAbsorb)?;
        self.stream_income(pool, surplus)?;
        Ok(surplus)
    }
}
