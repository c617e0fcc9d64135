//! Leaving: shares on their way out, in epochs that are paid strictly in their order, at one price each.
//!
//! No incident holds an exit up. LPs who are paid while incidents are open take their part of each lien along: it becomes
//! contested, bears what those incidents pay, and comes back as they end.

use super::Pool;
use crate::{ExitEpoch, Retired, Wide, prelude::*};
use coverage_math::{
    contested, day_of,
    exits::{self, Payment, Terms},
    shares, start_of,
};

/// Where shares are retired, and where the new ones begin.
pub struct RetiredKeys<'a> {
    /// Bump of the account of what is retired.
    pub bump: u8,
    /// The pool.
    pub pool: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
    /// The new mint of the shares.
    pub share_mint: &'a Address,
    /// Bump of it.
    pub share_mint_bump: u8,
    /// The new exit escrow.
    pub exit_escrow: &'a Address,
    /// Bump of it.
    pub exit_escrow_bump: u8,
}

impl Pool {
    /// The day on which an exit that is asked for at `now` is due: the first that begins at least the exit delay later, and
    /// none before that of an earlier one.
    pub fn exit_day(&self, now: u64) -> Result<u64> {
        let begun = now.checked_add(DAY.wrapping_sub(1)).map(day_of).or_overflow()?;
        let day = begun.checked_add(u64::from(self.exit_delay_days)).or_overflow()?;
        Ok(if self.has_exits() { day.max(self.exit_tail_day) } else { day })
    }

    /// Whether an exit epoch waits.
    #[must_use]
    pub fn has_exits(&self) -> bool {
        self.exit_head < self.exit_count
    }

    /// The number of the exit epoch that an exit asked for at `now` joins, and its day.
    pub fn exit_epoch(&self, now: u64) -> Result<(u64, u64)> {
        let day = self.exit_day(now)?;
        let joins = self.has_exits() && day == self.exit_tail_day;
        let number = if joins { self.exit_count.checked_sub(1).or_overflow()? } else { self.exit_count };
        Ok((number, day))
    }

    /// Books `shares` on their way out in exit epoch `number`, asked for at `now`. Returns its day.
    ///
    /// Not of a pool whose shares can be retired instead: nobody keeps them from it by leaving for ever.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolDepleted`], [`BreakwaterError::WrongExitEpoch`], [`BreakwaterError::TooManyShares`].
    pub fn request_exit(&mut self, shares: u64, number: u64, now: u64) -> Result<u64> {
        require!(!self.is_over()?, BreakwaterError::PoolDepleted);
        let (expected, day) = self.exit_epoch(now)?;
        require!(number == expected, BreakwaterError::WrongExitEpoch);
        require!(shares <= self.staying_shares()?, BreakwaterError::TooManyShares);
        self.exiting_shares = self.exiting_shares.checked_add(shares).or_overflow()?;
        if number == self.exit_count {
            self.exit_count = self.exit_count.checked_add(1).or_overflow()?;
            self.exit_tail_day = day;
            self.add_child()?;
        }
        self.note_leaving()?;
        Ok(day)
    }

    /// Whether the day of the first epoch that waits has come, and nothing is due before it.
    ///
    /// # Errors
    /// [`BreakwaterError::EarlierExitWaits`], [`BreakwaterError::ExitNotDue`], [`BreakwaterError::FilingDue`].
    fn check_exit_due(&self, epoch: &ExitEpoch, now: u64) -> Result<()> {
        require!(epoch.number == self.exit_head, BreakwaterError::EarlierExitWaits);
        require!(epoch.day <= day_of(now), BreakwaterError::ExitNotDue);
        // What nobody claimed is free: those who leave must not set it aside.
        require!(self.filings_due == 0, BreakwaterError::FilingDue);
        Ok(())
    }

    /// Since when the first epoch can be paid, for a day: since it could be, or since a day after somebody called it; `None`
    /// at other times. An epoch that nobody paid must not be an option to leave when one likes.
    fn timely_since(&self, epoch: &ExitEpoch, now: u64) -> Result<Option<u64>> {
        let due = start_of(epoch.day).or_overflow()?.max(self.exit_seen_at);
        let called = if self.exit_called_at == 0 { due } else { self.exit_called_at.checked_add(DAY).or_overflow()? };
        for since in [due, called] {
            if now >= since && now < since.checked_add(DAY).or_overflow()? {
                return Ok(Some(since));
            }
        }
        Ok(None)
    }

    /// Until when exits wait for an incident that prices begin to show, unix seconds; `None` when they do not.
    #[must_use]
    pub fn exits_held_until(&self, now: u64) -> Option<u64> {
        (now < self.exits_wait_until).then_some(self.exits_wait_until)
    }

    /// What of the first epoch can be paid now.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitHeld`], [`BreakwaterError::LiensExceedCapital`], [`BreakwaterError::NothingToPay`].
    fn payable_exit(&self, epoch: &ExitEpoch, now: u64) -> Result<Payment> {
        require!(self.exits_held_until(now).is_none(), BreakwaterError::ExitHeld);
        let wanted = epoch.waiting()?;
        let shares = self.leaving(wanted)?;
        require!(shares == wanted || exits::is_enough(shares, epoch.shares), BreakwaterError::NothingToPay);
        self.price_exit(shares, self.own_liens()?)
    }

    /// How many of `wanted` shares no cover needs, by the leverage of now or of when cover was last sold: a lower one keeps nobody in.
    /// Once some is sold under it, all cover fits it. What was deposited today or yesterday makes no room: nobody makes it in the second
    /// of a loss.
    ///
    /// # Errors
    /// [`BreakwaterError::LiensExceedCapital`].
    fn leaving(&self, wanted: u64) -> Result<u64> {
        let own = self.own_liens()?;
        let terms = self.exit_terms(own);
        let old = terms.capital.saturating_sub(terms.fresh);
        require!(own <= old, BreakwaterError::LiensExceedCapital);
        terms.leaving(wanted).or_overflow()
    }

    /// What says how much can leave beside `own` liens.
    fn exit_terms(&self, own: u64) -> Terms {
        Terms {
            capital: self.capital_of_lps(),
            supply: self.shares,
            fresh: self.deposited.into_iter().fold(0, u64::saturating_add),
            own,
            active: self.active_cover,
            liened: self.liened_cover,
            leverage_bps: self.leverage_bps.max(self.sold_leverage_bps),
        }
    }

    /// Notes that a claim has ended and `cover` is released for which its capital left long ago, or, of as much as is `given`, now: what that
    /// needed beyond that makes no room before the second midnight. Nobody ends a claim to be out in the second of a loss.
    pub(crate) fn hold_room(&mut self, cover: u64, given: u64) {
        let needed = self.exit_terms(0).needs(cover).saturating_sub(given);
        let [today, _] = &mut self.deposited;
        *today = today.saturating_add(needed);
    }

    /// What `shares` get when they leave now, of a pool whose own liens are `own`.
    fn price_exit(&self, shares: u64, own: u64) -> Result<Payment> {
        let worth = self.worth(shares)?;
        if self.current_incidents == 0 {
            return Ok(Payment { shares, worth, contested: 0, index: self.index() });
        }
        let index = self.index().after_leaving(shares, self.shares).or_overflow()?;
        let liens = contested::rescale(self.liens.get(), index.doublings_since(self.index()));
        let taken = own.saturating_sub(index.own(liens).or_overflow()?);
        // In cash no more than is free: the roundings of the two would else leave less capital than is set aside.
        let free = self.capital_of_lps().saturating_sub(own);
        let worth = worth.min(taken.saturating_add(free));
        Ok(Payment { shares, worth, contested: taken.min(worth), index })
    }

    /// What `shares` would get if they left now, whatever waits before them: their worth, and what of it would stay in open
    /// incidents. The books have been accrued.
    pub fn quote_exit(&self, shares: u64) -> Result<Payment> {
        self.price_exit(shares, self.own_liens()?)
    }

    /// Pays what can be paid of the first exit epoch at `now`, to which the books have been accrued: burns shares for their
    /// worth, in cash but for their part of the open liens. Returns what was paid.
    ///
    /// # Errors
    /// [`BreakwaterError::EarlierExitWaits`], [`BreakwaterError::ExitNotDue`], [`BreakwaterError::FilingDue`],
    /// [`BreakwaterError::ExitHeld`], [`BreakwaterError::LiensExceedCapital`], [`BreakwaterError::NothingToPay`],
    /// [`BreakwaterError::ExitNotCalled`].
    pub fn pay_exits(&mut self, epoch: &mut ExitEpoch, now: u64) -> Result<Payment> {
        self.check_exit_due(epoch, now)?;
        let payment = self.payable_exit(epoch, now)?;
        let since = self.timely_since(epoch, now)?.ok_or(BreakwaterError::ExitNotCalled)?;
        let Payment { shares, worth, contested, index } = payment;
        let cash = worth.checked_sub(contested).or_overflow()?;
        self.capital = self.capital.checked_sub(worth).or_overflow()?;
        self.exits_due = self.exits_due.checked_add(cash).or_overflow()?;
        self.contested = self.contested.checked_add(contested).or_overflow()?;
        self.shares = self.shares.checked_sub(shares).or_overflow()?;
        self.exiting_shares = self.exiting_shares.checked_sub(shares).or_overflow()?;
        let joined = if epoch.is_begun() { self.fresh_incidents } else { self.current_incidents };
        epoch.pay(&payment, self.index, joined)?;
        if index != self.index() {
            let doublings = index.doublings_since(self.index());
            for sum in [&mut self.liens, &mut self.accepted_liens, &mut self.sure_liens, &mut self.early_paid] {
                *sum = Wide::new(contested::rescale(sum.get(), doublings));
            }
            self.index = self.index.then(index);
            self.fresh_incidents = 0;
        }
        self.exit_called_at = 0;
        if epoch.is_paid() {
            self.exit_head = self.exit_head.checked_add(1).or_overflow()?;
            // Cover kept nothing of it, so the next could be paid as early as this one: no line of small epochs prolongs the
            // time in which the last of them can be paid.
            self.exit_seen_at = since;
        } else {
            self.exit_seen_at = now;
        }
        Ok(payment)
    }

    /// Whether a call would help the first epoch: it can be paid, but not in time, and no call runs; or it cannot, and was not
    /// seen to wait for most of a day.
    pub fn needs_call(&self, epoch: &ExitEpoch, now: u64) -> bool {
        let seen_lately = now < self.exit_seen_at.saturating_add(DAY / 2);
        self.payable_exit(epoch, now).is_ok() || !seen_lately
    }

    /// Calls the first exit epoch, which nobody paid within a day of when it could be, at `now`: it can be paid between one
    /// and two days from now. One that cannot be paid yet is seen to wait instead: it can be paid within a day from now.
    /// Returns whether it was called.
    ///
    /// # Errors
    /// [`BreakwaterError::EarlierExitWaits`], [`BreakwaterError::ExitNotDue`], [`BreakwaterError::FilingDue`],
    /// [`BreakwaterError::ExitNotLate`].
    pub fn call_exits(&mut self, epoch: &ExitEpoch, now: u64) -> Result<bool> {
        self.check_exit_due(epoch, now)?;
        if self.payable_exit(epoch, now).is_err() {
            self.exit_seen_at = now;
            self.exit_called_at = 0;
            return Ok(false);
        }
        // A call that runs stands: calling again would only move the day.
        let ends = self.exit_called_at.checked_add(DAY.wrapping_mul(2)).or_overflow()?;
        let runs = self.exit_called_at != 0 && now < ends;
        require!(self.timely_since(epoch, now)?.is_none() && !runs, BreakwaterError::ExitNotLate);
        self.exit_called_at = now;
        Ok(true)
    }

    /// Books what an open incident gives back to those who left in an exit epoch, atoms. Returns what the bucket holds of it.
    pub fn release_contested(&mut self, amount: u64) -> Result<u64> {
        let amount = amount.min(self.contested);
        self.contested = self.contested.checked_sub(amount).or_overflow()?;
        self.exits_due = self.exits_due.checked_add(amount).or_overflow()?;
        Ok(amount)
    }

    /// Until when LPs leave at once, unix seconds: seven days after the announced opening. `None` before it.
    pub fn withdrawal_ends(&self) -> Result<Option<u64>> {
        if self.opened_at == 0 {
            return Ok(None);
        }
        self.opened_at.checked_add(OPENING_EXITS).or_overflow().map(Some)
    }

    /// Burns `shares` of an LP who leaves at once, before the pool opens or within seven days of its opening, and returns the
    /// atoms they are worth, which are about to leave. Nothing is sold before, so nothing is set aside.
    ///
    /// # Errors
    /// [`BreakwaterError::LeavingTakesTime`], [`BreakwaterError::TooManyShares`], [`BreakwaterError::PaidTooLittle`].
    pub fn withdraw(&mut self, shares: u64, min_amount: u64, now: u64) -> Result<u64> {
        require!(self.withdrawal_ends()?.is_none_or(|end| now < end), BreakwaterError::LeavingTakesTime);
        require!(shares <= self.staying_shares()?, BreakwaterError::TooManyShares);
        let amount = self.worth(shares)?;
        require!(amount >= min_amount, BreakwaterError::PaidTooLittle);
        self.shares = self.shares.checked_sub(shares).or_overflow()?;
        self.capital = self.capital.checked_sub(amount).or_overflow()?;
        // What goes as it came is new no more: the latest first.
        let mut gone = amount;
        for deposited in &mut self.deposited {
            let part = gone.min(*deposited);
            *deposited = deposited.saturating_sub(part);
            gone = gone.saturating_sub(part);
        }
        self.note_leaving()?;
        Ok(amount)
    }

    /// Whether the pool was wiped out, what streams to it included, and no cover or incident needs its capital: then its shares
    /// can be retired, once nobody is on the way out.
    fn is_over(&self) -> Result<bool> {
        let is_needed =
            self.active_cover > 0 || self.liened_cover > 0 || self.open_incidents > 0 || self.held_incidents > 0;
        if is_needed {
            return Ok(false);
        }
        let capital = self.capital.checked_add(self.unearned).or_overflow()?;
        Ok(shares::is_depleted(capital, self.shares))
    }

    /// Retires the shares of a pool that was wiped out, so that new capital need not pay for them: what is left, and what was
    /// streaming to them, becomes theirs alone, in `retired`, a new account, and new shares begin at their first price. Only
    /// once no cover, exit or incident needs the capital.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolNotDepleted`].
    pub fn retire_shares(&mut self, retired: &mut Retired, keys: &RetiredKeys) -> Result<()> {
        require!(self.is_over()? && !self.has_exits(), BreakwaterError::PoolNotDepleted);
        self.earn_all()?;
        retired.version = VERSION;
        retired.bump = keys.bump;
        retired.generation = self.generation;
        retired.pool = *keys.pool;
        retired.share_mint = self.share_mint;
        retired.rent_payer = *keys.rent_payer;
        retired.shares = core::mem::take(&mut self.shares);
        self.note_leaving()?;
        retired.capital = core::mem::take(&mut self.capital);
        self.exits_due = self.exits_due.checked_add(retired.capital).or_overflow()?;
        self.generation = self.generation.checked_add(1).or_overflow()?;
        self.share_mint = *keys.share_mint;
        self.share_mint_bump = keys.share_mint_bump;
        self.exit_escrow = *keys.exit_escrow;
        self.exit_escrow_bump = keys.exit_escrow_bump;
        self.add_child()
    }

    /// Lets exits wait for an incident that prices begin to show at `now`, until `until`. Nobody leaves ahead of a loss that
    /// others see coming; and nobody holds others by prices: within seven days of such a wait there is no other.
    pub fn hold_exits(&mut self, until: u64, now: u64) -> Result<()> {
        if now >= self.next_wait_at {
            self.exits_wait_until = until;
            self.next_wait_at = until.checked_add(EXIT_WAIT_GAP).or_overflow()?;
        }
        Ok(())
    }

    /// Whether cover can be kept longer at the time to which the books have been accrued: not while those on their way out wait for
    /// capacity, if the `first` exit epoch is due, or was asked for in time before a change that may raise what LPs risk. Without
    /// that, extensions could keep those who want to leave for ever. They wait for capacity if all of the capital does not carry all cover
    /// beside them; what incidents hold up, no extension holds up for longer. New money counts: what was deposited today and asks out fits
    /// by what it brought, and stops nobody.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongExitEpoch`], [`BreakwaterError::ExitsWait`].
    pub fn check_nobody_waits(&self, first: Option<&ExitEpoch>) -> Result<()> {
        let Some(first) = self.first_exit(first)? else { return Ok(()) };
        if first.day > day_of(self.accrued_at) && first.asked_at > self.exits_awaited_until {
            return Ok(());
        }
        // All of them: small exits in front must not hide one behind them.
        let wanted = self.exiting_shares;
        let terms = Terms { fresh: 0, ..self.exit_terms(0) };
        require!(terms.leaving(wanted).or_overflow()? == wanted, BreakwaterError::ExitsWait);
        Ok(())
    }

    /// Whether everybody has left who asked by `time`, whatever kept them; `first` is the first exit epoch, if one waits.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongExitEpoch`], [`BreakwaterError::ExitsWait`].
    pub fn check_all_left(&self, time: u64, first: Option<&ExitEpoch>) -> Result<()> {
        let first = self.first_exit(first)?;
        require!(first.is_none_or(|first| first.asked_at > time), BreakwaterError::ExitsWait);
        Ok(())
    }

    /// The first exit epoch, which somebody shows as `first`, if one waits.
    fn first_exit<'a>(&self, first: Option<&'a ExitEpoch>) -> Result<Option<&'a ExitEpoch>> {
        if !self.has_exits() {
            return Ok(None);
        }
        first.filter(|epoch| epoch.number == self.exit_head).ok_or(BreakwaterError::WrongExitEpoch).map(Some)
    }

    /// Books the payment of an exit that is about to leave.
    pub fn pay_exit(&mut self, amount: u64) -> Result<()> {
        self.exits_due = self.exits_due.checked_sub(amount).or_overflow()?;
        Ok(())
    }

    /// Gives what roundings left of a paid epoch to the LPs, over seven days.
    pub fn absorb_exit_dust(&mut self, dust: u64) -> Result<()> {
        self.pay_exit(dust)?;
        self.stream_income(dust)
    }
}
