//! Shares on their way out.

use super::Pool;
use crate::prelude::*;
use coverage_math::{
    day_of,
    exits::{self, Fill},
};

impl Pool {
    /// Lets exits wait for two days from `now`: for reports of what could not be reported before, or for an incident that
    /// prices begin to show. Nobody leaves ahead of a loss that others see coming.
    pub fn hold_exits(&mut self, now: u64) -> Result<()> {
        self.exits_wait_until = self.exits_wait_until.max(now.checked_add(LATE_REPORTS).or_overflow()?);
        Ok(())
    }

    /// The day on which an exit settles that is asked for at `now`.
    pub fn exit_day(&self, now: u64) -> Result<u64> {
        day_of(now).checked_add(u64::from(self.exit_delay_days)).or_overflow()
    }

    /// Books `shares` on their way out on `day`, the exit delay from now.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongExitDay`], [`BreakwaterError::ExitQueueFull`].
    pub fn request_exit(&mut self, shares: u64, day: u64, now: u64) -> Result<()> {
        require!(day == self.exit_day(now)?, BreakwaterError::WrongExitDay);
        self.exiting_shares = self.exiting_shares.checked_add(shares).or_overflow()?;
        self.queue_exits(day)
    }

    /// Lets an exit epoch wait on `day`.
    pub(super) fn queue_exits(&mut self, day: u64) -> Result<()> {
        if self.exit_head_day == 0 {
            self.exit_head_day = day;
            self.exit_tail_day = day;
        }
        self.exit_head_day = self.exit_head_day.min(day);
        self.exit_tail_day = self.exit_tail_day.max(day);
        let span = self.exit_tail_day.checked_sub(self.exit_head_day).or_overflow()?;
        require!(span < 512, BreakwaterError::ExitQueueFull);
        let (word, bit) = self.exit_bit(day)?;
        *word |= bit;
        Ok(())
    }

    /// Takes the first waiting day out of the queue and finds the next.
    pub(super) fn unqueue_exits(&mut self) -> Result<()> {
        let (head, tail) = (self.exit_head_day, self.exit_tail_day);
        let (word, bit) = self.exit_bit(head)?;
        *word &= !bit;
        let first = head.checked_add(1).or_overflow()?;
        self.exit_head_day = 0;
        for day in (first..=tail).take(512) {
            let (word, bit) = self.exit_bit(day)?;
            if *word & bit != 0 {
                self.exit_head_day = day;
                break;
            }
        }
        Ok(())
    }

    pub(super) fn exit_bit(&mut self, day: u64) -> Result<(&mut u64, u64)> {
        let slot = day_slot(day);
        let word = self.exit_days.get_mut(slot >> 6).ok_or(BreakwaterError::UnknownState)?;
        Ok((word, 1u64.wrapping_shl(u32::try_from(slot & 63).map_err(|_| BreakwaterError::UnknownState)?)))
    }

    /// Burns and pays what can leave of `wanted` shares of the exit epoch of `day`, the first that waits; what is left
    /// waits again tomorrow.
    ///
    /// Active cover stays within the leverage of the capital that remains free.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitNotDue`], [`BreakwaterError::EarlierExitWaits`], [`BreakwaterError::ExitBlocked`],
    /// [`BreakwaterError::NothingToSettle`].
    pub fn settle_exits(&mut self, day: u64, wanted: u64) -> Result<Fill> {
        let today = day_of(self.accrued_at);
        require!(day <= today, BreakwaterError::ExitNotDue);
        require!(day == self.exit_head_day, BreakwaterError::EarlierExitWaits);
        self.check_exits_may_settle(self.accrued_at)?;
        let fill = exits::fill(wanted, self.payable_exits(), self.capital, self.shares).or_overflow()?;
        require!(fill.burned > 0, BreakwaterError::NothingToSettle);

        self.capital = self.capital.checked_sub(fill.paid).or_overflow()?;
        self.exits_due = self.exits_due.checked_add(fill.paid).or_overflow()?;
        self.shares = self.shares.checked_sub(fill.burned).or_overflow()?;
        self.exiting_shares = self.exiting_shares.checked_sub(fill.burned).or_overflow()?;
        self.unqueue_exits()?;
        if fill.burned < wanted {
            self.queue_exits(today.checked_add(1).or_overflow()?)?;
        }
        Ok(fill)
    }

    /// Whether exits can settle at `now`, as far as incidents go. Whenever those occurred: an epoch that nobody settled in
    /// time must not leave ahead of a loss that is known. And when reports were blocked, not ahead of one that can still
    /// come.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitBlocked`].
    pub fn check_exits_may_settle(&self, now: u64) -> Result<()> {
        let waits = self.open_incidents > 0 || self.held_incidents > 0 || now < self.exits_wait_until;
        require!(!waits, BreakwaterError::ExitBlocked);
        Ok(())
    }

    /// What of the capital can leave, atoms.
    pub(super) fn payable_exits(&self) -> u64 {
        exits::payable(self.capital, self.liens(), self.active_cover, self.leverage_bps)
    }

    /// Whether everybody has left who asked in time to be gone by `time` and whom no cover keeps.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitsWait`].
    pub fn check_exits_settled(&self, time: u64) -> Result<()> {
        if self.exit_head_day == 0 || self.exit_head_day > day_of(time) {
            return Ok(());
        }
        let next = exits::fill(self.exiting_shares, self.payable_exits(), self.capital, self.shares).or_overflow()?;
        let can_settle = self.check_exits_may_settle(self.accrued_at).is_ok();
        require!(next.burned == 0 && can_settle, BreakwaterError::ExitsWait);
        Ok(())
    }

    /// Books the payment of a settled exit that is about to leave.
    pub fn pay_exit(&mut self, amount: u64) -> Result<()> {
        self.exits_due = self.exits_due.checked_sub(amount).or_overflow()?;
        Ok(())
    }

    /// Gives what roundings left of a settled epoch to the LPs, over seven days.
    pub fn absorb_exit_dust(&mut self, dust: u64) -> Result<()> {
        self.pay_exit(dust)?;
        self.stream_income(dust)
    }
}

/// The slot of a day in an array of 512.
fn day_slot(day: u64) -> usize {
    usize::try_from(day & 511).unwrap_or(0)
}
