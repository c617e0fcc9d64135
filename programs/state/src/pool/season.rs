//! Seasons: only capital that stayed carries cover. Who comes for a day enlarges no cap and cheapens no cover.

use super::Pool;
use crate::prelude::*;
use alloc::vec::Vec;
use coverage_math::{day_of, start_of};

/// What of a pool's capital carries cover from a time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Season {
    /// From when on, unix seconds.
    pub from: u64,
    /// Capital that has then stayed for a season, atoms.
    pub capital: u64,
}

impl Pool {
    /// What of the capital carries cover at `now`, or once cover is sold, and from every midnight on at which more of it does: if
    /// nobody comes or leaves, and nothing is earned or paid. Of a pool that was not announced open, as if it were at `now`. The
    /// pool is a copy: time passes in it.
    ///
    /// For example, of 1,000 that are there at the opening and 500 that come a day after it, 1,000 carry cover from the first sale
    /// on and 1,500 from the second midnight after a season on.
    pub fn quote_seasons(&mut self, now: u64) -> Result<Vec<Season>> {
        self.accrue(now)?;
        // One that was announced has its own day.
        let _ = self.open(now);
        let today = day_of(now);
        let first = today.max(day_of(self.sells_from));
        // From the second midnight after a season on, all shares that stay count.
        let all = today.checked_add(u64::from(self.season_days)).and_then(|day| day.checked_add(1)).or_overflow()?;
        let mut found: Vec<Season> = Vec::new();
        for day in first..=first.max(all) {
            self.seasoned_shares = self.seasoned_on(day, today)?;
            let capital = self.seasoned_capital()?;
            if found.last().is_none_or(|before| capital > before.capital) {
                found.push(Season { from: start_of(day).or_overflow()?.max(now), capital });
            }
        }
        Ok(found)
    }

    /// Shares that are not on their way out.
    pub fn staying_shares(&self) -> Result<u64> {
        self.shares.checked_sub(self.exiting_shares).or_overflow()
    }

    /// Begins the days after `last` up to `today`: nobody came or went in between. Of the oldest ones that the ring has no
    /// room for nothing is known any more, nor asked.
    pub(super) fn begin_days(&mut self, last: u64, today: u64) -> Result<()> {
        let [before, _] = self.deposited;
        self.deposited = [0, if last.checked_add(1) == Some(today) { before } else { 0 }];
        let staying = self.staying_shares()?;
        for day in (last..=today).skip(1).take(self.season_ring.len()) {
            *season_slot(&mut self.season_ring, day)? = staying;
        }
        self.count_season(today)
    }

    /// Counts which shares stayed for the season that ends with `today`: its days, which are over, and today.
    pub(crate) fn count_season(&mut self, today: u64) -> Result<()> {
        self.seasoned_shares = self.seasoned_on(today, today)?;
        Ok(())
    }

    /// The shares that will have stayed for a season on `day`, not before `today`, if nobody comes or goes until then.
    pub fn seasoned_on(&self, day: u64, today: u64) -> Result<u64> {
        let first = day.saturating_sub(self.season_days.into());
        let mut least = self.staying_shares()?;
        for day in first..=today {
            least = least.min(*self.season_ring.get(slot(day)?).ok_or(BreakwaterError::UnknownState)?);
        }
        Ok(least)
    }

    /// Notes that shares leave, or are on their way out, in the day to which the books have been accrued.
    pub(super) fn note_leaving(&mut self) -> Result<()> {
        let staying = self.staying_shares()?;
        self.seasoned_shares = self.seasoned_shares.min(staying);
        let today = coverage_math::day_of(self.accrued_at);
        let slot = season_slot(&mut self.season_ring, today)?;
        *slot = (*slot).min(staying);
        Ok(())
    }
}

/// The slot of a day in the ring, which holds the longest season and today.
fn season_slot(ring: &mut [u64; 32], day: u64) -> Result<&mut u64> {
    ring.get_mut(slot(day)?).ok_or(BreakwaterError::UnknownState)
}

fn slot(day: u64) -> Result<usize> {
    usize::try_from(day & 31).map_err(|_| BreakwaterError::UnknownState)
}
