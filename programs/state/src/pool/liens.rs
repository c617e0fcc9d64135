//! What is set aside for open incidents, what is held back for settled ones, and what is free.

use super::Pool;
use crate::prelude::*;
use coverage_math::{MAX_CAPITAL, cover, day_of, shares, stream, sum};

impl Pool {
    /// Frees what nobody claimed of the incidents whose filing is over by `today`.
    pub(super) fn roll_liens(&mut self, today: u64) -> Result<()> {
        if today > self.lien_day {
            let freed = stream::roll(&mut self.lien_ring, self.lien_day, today).or_overflow()?;
            self.lien_total = self.lien_total.checked_sub(freed).or_overflow()?;
            self.lien_day = today;
        }
        Ok(())
    }

    /// Sets `lien` aside for an incident whose filing is over with the first second of `filing_end_day`: what nobody
    /// will have claimed by then is free again by itself.
    pub fn place_lien(&mut self, lien: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        self.lien_day = self.lien_day.max(today);
        stream::add(&mut self.lien_ring, today, filing_end_day, lien).or_overflow()?;
        self.lien_total = self.lien_total.checked_add(lien).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Keeps `claimed` of a lien set aside after filing; `more` of it was not set aside before.
    pub fn claim_lien(&mut self, claimed: u64, more: u64, filing_end_day: u64) -> Result<()> {
        let set_aside = claimed.checked_sub(more).or_overflow()?;
        stream::remove(&mut self.lien_ring, day_of(self.accrued_at), filing_end_day, set_aside).or_overflow()?;
        self.lien_total = self.lien_total.checked_add(more).or_overflow()?;
        Ok(())
    }

    /// Frees `unclaimed` of a lien when filing is over, or now if it is.
    pub fn unclaim_lien(&mut self, unclaimed: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        if today < filing_end_day {
            return stream::add(&mut self.lien_ring, today, filing_end_day, unclaimed).or_overflow();
        }
        self.lien_total = self.lien_total.checked_sub(unclaimed).or_overflow()?;
        Ok(())
    }

    /// Frees the lien of an incident that ends, of which `filed` was claimed and `unfiled` was not.
    pub fn free_lien(&mut self, filed: u64, unfiled: u64, filing_end_day: u64) -> Result<()> {
        let today = day_of(self.accrued_at);
        let mut lien = filed;
        if today < filing_end_day {
            stream::remove(&mut self.lien_ring, today, filing_end_day, unfiled).or_overflow()?;
            lien = lien.checked_add(unfiled).or_overflow()?;
        }
        self.lien_total = self.lien_total.checked_sub(lien).or_overflow()?;
        self.open_incidents = self.open_incidents.checked_sub(1).or_overflow()?;
        Ok(())
    }

    /// Holds `amount` back for an incident that got `settled` of `approved` because of others' liens.
    pub fn hold_back(&mut self, amount: u64, approved: u64, settled: u64) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        self.held_at = self.accrued_at;
        self.held_back = self.held_back.checked_add(amount).or_overflow()?;
        self.held_approved = self.held_approved.checked_add(approved).or_overflow()?;
        self.held_settled = self.held_settled.checked_add(settled).or_overflow()?;
        self.held_incidents = self.held_incidents.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Lets `amount` of what is held back for an incident go. When nothing is left of it, `ends` says what stood of its
    /// claims and what it got of the capital.
    pub fn let_go(&mut self, amount: u64, ends: Option<(u64, u64)>) -> Result<()> {
        self.held_back = self.held_back.checked_sub(amount).or_overflow()?;
        if let Some((approved, settled)) = ends {
            self.held_approved = self.held_approved.checked_sub(approved).or_overflow()?;
            self.held_settled = self.held_settled.checked_sub(settled).or_overflow()?;
            self.held_incidents = self.held_incidents.checked_sub(1).or_overflow()?;
        }
        Ok(())
    }

    /// What an incident opened at `opened_at` shares with others, and what all of them demand, atoms: with those that are
    /// open, and with those for which something was held back since, as if all were settled at once. What was held back
    /// before it was opened comes first.
    pub fn funds_for(&self, opened_at: u64) -> Result<(u64, u64)> {
        if opened_at > self.held_at {
            return Ok((self.capital.saturating_sub(self.held_back), self.lien_total));
        }
        let funds = self.capital.checked_add(self.held_settled).or_overflow()?;
        Ok((funds, self.lien_total.checked_add(self.held_approved).or_overflow()?))
    }

    /// Capital that is not set aside for anything, atoms.
    pub fn unencumbered(&self) -> u64 {
        cover::free_capital(self.capital, self.liens())
    }

    /// Capital set aside for incidents: B2, never more than there is.
    pub fn liens(&self) -> u64 {
        sum(self.lien_total, self.held_back).unwrap_or(self.capital).min(self.capital)
    }

    /// Capital that carries new cover: what is neither set aside nor on its way out, as far as the price formula is
    /// proven. Without the second part, sales could keep those who want to leave for ever.
    pub fn free_capital(&self) -> Result<u64> {
        let free = self.unencumbered();
        if self.exiting_shares == 0 {
            return Ok(free.min(MAX_CAPITAL));
        }
        let leaving = shares::assets_for_shares_ceil(self.exiting_shares, self.capital, self.shares).or_overflow()?;
        Ok(free.saturating_sub(leaving).min(MAX_CAPITAL))
    }
}
