//! What LPs do, and those who look after the books.

use crate::{
    Atoms, Model, Name, OPENING_EXITS, Outcome, Rule, Seen,
    books::{MAX_CAPITAL, PRICE_OFFSET},
    contested::counted,
    day_of, down, must, stored, up,
};

impl Model {
    /// Shares that were minted, did not leave and were not retired.
    #[must_use]
    pub fn shares(&self, pool: usize) -> Atoms {
        let left: Atoms = self.payments_of(pool).map(|payment| payment.shares).sum();
        let retired: Atoms = self.retired_of(pool).map(|retired| retired.began.0).sum();
        self.pools[pool].minted - left - self.pools[pool].withdrawn.0 - retired
    }

    /// What who looks at a pool now sees, whatever is set aside.
    #[must_use]
    pub fn seen(&self, pool: usize) -> Seen {
        Seen { terms: self.pools[pool].terms, max_liens: u64::MAX }
    }

    /// A share is worth less than a thousandth of its first price, which is a thousandth of an atom.
    #[must_use]
    pub fn is_depleted(&self, pool: usize) -> bool {
        let (assets, shares) = self.price(pool);
        assets * 1_000_000 < shares
    }

    /// It was wiped out, what streams to it included, and nothing needs its capital any more.
    #[must_use]
    pub fn is_wiped_out(&self, pool: usize) -> bool {
        let covered = self.pool_active(pool) + self.liened_cover(pool) > 0;
        let claimed = self.open_incidents(pool) + self.held_back(pool).1 > 0;
        let (assets, shares) = self.price(pool);
        !covered && !claimed && (assets + self.unearned(pool)) * 1_000_000 < shares
    }

    /// Deposits atoms, on the terms and beside the liens that the depositor has seen. Returns the shares.
    pub fn deposit(&mut self, pool: usize, who: Name, amount: u64, min_shares: u64, seen: Seen) -> Outcome<Atoms> {
        must(amount > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        let amount = Atoms::from(amount);
        must(!self.is_depleted(pool), Rule::PoolDepleted)?;
        must(self.pools[pool].terms == seen.terms, Rule::TermsChanged)?;
        must(self.demands(pool)? <= seen.max_liens.into(), Rule::LiensTooHigh)?;
        self.pay_in(who, pool, amount)?;
        let minted = self.shares_for(pool, amount)?;
        must(minted > 0, Rule::ZeroShares)?;
        must(minted >= Atoms::from(min_shares), Rule::TooFewShares)?;
        // The thousand shares that prices count and nobody has must fit, too.
        stored(counted(self.shares(pool)) + minted)?;
        must(self.capital(pool) + amount <= MAX_CAPITAL, Rule::CapitalTooLarge)?;
        let books = &mut self.pools[pool];
        books.deposited += amount;
        books.deposits.retain(|(_, time)| day_of(*time) + 1 >= day_of(self.now));
        books.deposits.push((amount, self.now));
        books.minted += minted;
        books.supply += minted;
        self.give(who, self.shares_of(pool), minted);
        self.note_stay(pool);
        Ok(minted)
    }

    /// Leaves at once, with at least so much: before the pool is announced open, and for seven days after it. Returns the
    /// atoms.
    pub fn withdraw(&mut self, pool: usize, who: Name, shares: u64, min_amount: u64) -> Outcome<Atoms> {
        must(shares > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        let opened = self.pools[pool].opened;
        must(opened.is_none_or(|(at, _)| self.now < at + OPENING_EXITS), Rule::LeavingTakesTime)?;
        let (shares, (assets, of)) = (Atoms::from(shares), self.price(pool));
        must(shares <= self.staying(pool), Rule::TooManyShares)?;
        let amount = down(shares, assets, of)?;
        must(amount >= Atoms::from(min_amount), Rule::PaidTooLittle)?;
        stored(self.capital(pool) - amount)?;
        self.take(who, self.shares_of(pool), shares)?;
        // What goes is no new money any more, the latest first.
        let mut gone = amount;
        for (deposited, _) in self.pools[pool].deposits.iter_mut().rev() {
            let part = gone.min(*deposited);
            (*deposited, gone) = (*deposited - part, gone - part);
        }
        let here = &mut self.pools[pool];
        here.supply -= shares;
        here.withdrawn.0 += shares;
        here.withdrawn.1 += amount;
        self.note_stay(pool);
        self.pay_out(pool, who, amount);
        Ok(amount)
    }

    /// The largest deposit that a pool takes, as of its last accrual: shares are counted in 64 bits, and prices are proven
    /// to 2^60 atoms.
    #[must_use]
    pub fn deposit_room(&self, pool: usize) -> Atoms {
        let Ok((assets, shares)) = self.deposit_price(pool) else { return 0 };
        let room = Atoms::from(u64::MAX) - PRICE_OFFSET.1 - self.shares(pool);
        // What is worth one share more than there can be is too much.
        let most = up(room + 1, assets, shares).map_or(Atoms::MAX, |worth| worth - 1);
        most.min(MAX_CAPITAL - self.capital(pool))
    }

    /// An owner burns shares of their own: they give up what those are worth, and the price does not move.
    pub fn burn(&mut self, pool: usize, who: Name, shares: u64) -> Outcome {
        self.take(who, self.shares_of(pool), shares.into())?;
        self.pools[pool].supply -= Atoms::from(shares);
        Ok(())
    }

    /// Somebody sends atoms to a pool's vault for nothing; where they come from is left open.
    pub fn donate(&mut self, pool: usize, amount: u64) {
        self.pools[pool].vault += Atoms::from(amount);
    }

    /// What the assessors have beyond their limit and no ballot has reserved.
    #[must_use]
    pub fn excess(&self, pool: usize) -> Atoms {
        let limit = Atoms::from(self.pools[pool].params.assessors_limit);
        (self.assessors(pool) - self.rewards_reserved(pool) - limit).max(0)
    }

    /// Streams what is in the vault for nothing to the LPs, and what the assessors have beyond their limit and no ballot has
    /// reserved. Returns how much of each.
    pub fn absorb_surplus(&mut self, pool: usize) -> Outcome<(Atoms, Atoms)> {
        self.accrue(pool);
        let surplus = self.pools[pool].vault - self.owed(pool);
        let excess = self.excess(pool);
        must(surplus + excess > 0, Rule::NothingToAbsorb)?;
        self.pools[pool].excess += excess;
        let amount = surplus + excess;
        self.stream_income(pool, amount)?;
        Ok((surplus, excess))
    }
}
