//! Seasons: only shares that stayed for one carry cover. Who comes for a day enlarges no cap and cheapens no cover.

use crate::{Atoms, DAY, Fault, Model};

/// How many shares of a pool were not on their way out, from a moment until the next one.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    /// Of which pool.
    pub pool: usize,
    /// From when.
    pub from: u64,
    /// The shares.
    pub shares: Atoms,
}

impl Model {
    /// Shares that are not on their way out.
    #[must_use]
    pub fn staying(&self, pool: usize) -> Atoms {
        self.shares(pool) - self.exiting_shares(pool)
    }

    /// Notes how many shares stay, when some have come or gone.
    pub(crate) fn note_stay(&mut self, pool: usize) {
        let shares = self.staying(pool);
        self.stays.push(Stay { pool, from: self.now, shares });
    }

    /// The least shares that stayed at any moment of the days from a first to a last one, each with its first second: what was
    /// there before something changes in a second was there in it, too.
    #[must_use]
    pub fn least_staying(&self, pool: usize, first: u64, last: u64) -> Atoms {
        let (begin, end) = (first * DAY, (last + 1) * DAY);
        let of_pool = || self.stays.iter().filter(|stay| stay.pool == pool);
        let before = of_pool().rfind(|stay| stay.from < begin).map_or(0, |stay| stay.shares);
        let within = of_pool().filter(|stay| (begin..end).contains(&stay.from)).map(|stay| stay.shares);
        within.fold(before, Atoms::min)
    }

    /// Shares that stayed for the whole season, its days and today, as of the last accrual.
    #[must_use]
    pub fn seasoned_shares(&self, pool: usize) -> Atoms {
        let today = self.accrued_day(pool);
        if self.faults.has(Fault::T48) {
            return self.staying(pool);
        }
        if self.faults.has(Fault::T39) {
            return self.shares(pool);
        }
        self.least_staying(pool, today - u64::from(self.pools[pool].params.season_days), today)
    }
}
