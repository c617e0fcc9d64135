//! The books of a pool: what time earns, what comes in and what leaves.

use super::{Books, Pool, Seen};
use crate::{Due, Retired, prelude::*};
use coverage_math::{
    MAX_CAPITAL,
    cover::{self, PremiumSplit},
    day_of, shares,
    stream::{self, Flow},
    sum,
};

impl Pool {
    /// Earns what time has earned until `now` and releases what has ended. Returns the atoms earned.
    ///
    /// Every instruction that touches the books calls this first. It walks the days since the last time, at most 512.
    pub fn accrue(&mut self, now: u64) -> Result<u64> {
        let last = day_of(self.accrued_at);
        let mut flow = self.flow();
        let earned = flow.advance(now, &mut self.rate_ring, &mut self.cover_ring).or_overflow()?;
        self.set_flow(flow);
        if day_of(now) > last {
            self.day_capital = self.capital;
            self.begin_days(last, day_of(now))?;
        }
        if self.open_incidents != 0 && day_of(now) > self.filing_day {
            self.roll_filings(day_of(now))?;
        }
        if earned != 0 {
            self.unearned = self.unearned.checked_sub(earned).or_overflow()?;
            self.capital = sum(self.capital, earned).or_overflow()?;
            self.income_earned = sum(self.income_earned, earned).or_overflow()?;
        }
        Ok(earned)
    }

    /// Streams `amount` of `unearned` to the LPs from now, to which the books must have been accrued, until the first
    /// second of `end_day`. Returns the rate. The caller has added the amount to `unearned`.
    pub fn stream(&mut self, amount: u64, end_day: u64) -> Result<u64> {
        let mut flow = self.flow();
        let stream = flow.start(amount, end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        Ok(stream.rate)
    }

    /// Books a premium that is about to arrive: fees to their buckets, the rest streamed until the first second of
    /// `end_day`, as one stream with `running` atoms of one that was stopped for it. Returns the stream's rate. The
    /// commission never enters the vault.
    pub fn take_premium(&mut self, split: &PremiumSplit, running: u64, end_day: u64) -> Result<u64> {
        let add = |bucket: &mut u64, amount: u64| -> Result<()> {
            *bucket = sum(*bucket, amount).or_overflow()?;
            Ok(())
        };
        add(&mut self.premiums_paid, split.premium)?;
        add(&mut self.commissions_paid, split.commission)?;
        add(&mut self.protocol_fees, split.protocol_fee)?;
        add(&mut self.treasury_due, split.protocol_fee)?;
        add(&mut self.assessor_fees, split.assessor_fee)?;
        add(&mut self.assessors, split.assessor_fee)?;
        add(&mut self.unearned, split.unearned)?;
        self.stream(sum(split.unearned, running).or_overflow()?, end_day)
    }

    /// Stops a stream of `rate` that would have ended on `end_day` and returns what it had still to earn, atoms,
    /// rounded down; it stays in `unearned`.
    pub fn stop_stream(&mut self, rate: u64, end_day: u64) -> Result<u64> {
        let mut flow = self.flow();
        let rest = flow.stop(rate, end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        Ok(rest)
    }

    /// Lets a stream of `rate` end on `new_end_day` instead of `end_day`, and takes what it will not earn out of
    /// `unearned`: the fee stays, as income until then, the rest leaves as a refund. Returns the refund and the fee.
    pub fn refund_premium(&mut self, rate: u64, end_day: u64, new_end_day: u64, fee_bps: u16) -> Result<(u64, u64)> {
        let mut flow = self.flow();
        let unearned = flow.shorten(rate, end_day, new_end_day, &mut self.rate_ring).or_overflow()?;
        self.set_flow(flow);
        let fee = cover::cancel_fee(unearned, fee_bps).or_overflow()?;
        let refund = unearned.checked_sub(fee).or_overflow()?;
        self.unearned = self.unearned.checked_sub(refund).or_overflow()?;
        self.premiums_refunded = self.premiums_refunded.checked_add(refund).or_overflow()?;
        self.add_income(fee, end_day)?;
        Ok((refund, fee))
    }

    /// The day on which a stream of `days` ends that starts now.
    fn income_end(&self, days: u16) -> Result<u64> {
        cover::income_end_day(self.accrued_at, days).or_overflow()
    }

    /// Takes in `amount` that no premium paid for: it reaches the LPs over seven days, so nobody can enter before it
    /// and leave after (B7).
    pub fn stream_income(&mut self, amount: u64) -> Result<()> {
        self.stream_income_over(amount, cover::INCOME_DAYS)
    }

    /// Takes in `amount` that no premium paid for, over `days`, or longer by its size.
    fn stream_income_over(&mut self, amount: u64, days: u16) -> Result<()> {
        self.unearned = sum(self.unearned, amount).or_overflow()?;
        self.other_income = sum(self.other_income, amount).or_overflow()?;
        self.add_income(amount, self.income_end(days)?)
    }

    /// Lets a stream of premium of `rate` that ends on `end_day` go on as income: as it is, if other income ends with it, or there is none,
    /// and no more than the capital comes in a year.
    pub(crate) fn join_income(&mut self, rate: u64, end_day: u64) -> Result<()> {
        if rate == 0 {
            return Ok(());
        }
        let streams = self.income_streams();
        if !streams || self.income_end_day == end_day {
            let together = if streams { sum(self.income_rate, rate).or_overflow()? } else { rate };
            let left = stream::left(together, self.accrued_at, end_day).or_overflow()?;
            if cover::income_takes(left, self.seasoned_capital()?, self.accrued_at, end_day) {
                self.income_rate = together;
                self.income_end_day = end_day;
                return Ok(());
            }
        }
        let rest = self.stop_stream(rate, end_day)?;
        self.add_income(rest, end_day)
    }

    /// The day on which income of `amount`, all that streams together, ends at the earliest.
    fn least_income_end(&self, amount: u64) -> Result<u64> {
        self.income_end(cover::income_days(amount, self.seasoned_capital()?))
    }

    /// Streams `amount` of `unearned`, for which nothing is covered any more, until `end_day`. All such income is one stream, so that a
    /// depositor can pay for what is left of it; it ends where the mean of its parts does, or later: no more than the capital comes in a
    /// year. The larger it is, the longer a deposit that comes for it has to stay, in however many parts it comes; by the capital that
    /// stayed, so that nobody makes it faster by a deposit.
    fn add_income(&mut self, amount: u64, mut end_day: u64) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        let mut left = 0;
        if self.income_streams() {
            left = self.stop_stream(self.income_rate, self.income_end_day)?;
            end_day = cover::joint_end_day(left, self.income_end_day, amount, end_day).or_overflow()?;
        }
        let together = sum(left, amount).or_overflow()?;
        end_day = end_day.max(self.least_income_end(together)?);
        self.income_rate = self.stream(together, end_day)?;
        self.income_end_day = end_day;
        Ok(())
    }

    fn income_streams(&self) -> bool {
        self.income_rate != 0 && self.income_end_day > day_of(self.accrued_at)
    }

    /// What is left of income that streams to the LPs and for which nothing is covered any more, atoms, rounded up: gifts, lost
    /// bonds, recoveries, fees of cancellations and premiums of cover that was paid. Who comes now pays for it; who leaves does not
    /// get it.
    pub fn income_left(&self) -> Result<u64> {
        if !self.income_streams() {
            return Ok(0);
        }
        stream::left(self.income_rate, self.accrued_at, self.income_end_day).or_overflow()
    }

    /// Ends all streams and earns at once what they still had to earn.
    pub(super) fn earn_all(&mut self) -> Result<()> {
        let rest = core::mem::take(&mut self.unearned);
        self.capital = sum(self.capital, rest).or_overflow()?;
        self.income_earned = sum(self.income_earned, rest).or_overflow()?;
        self.rate = 0;
        self.income_rate = 0;
        self.income_end_day = 0;
        self.rate_fraction = 0;
        self.rate_ring.fill(0);
        Ok(())
    }

    /// Moves `own` of the capital and `contested` of what leavers have in open incidents to what claims can collect.
    pub fn settle_claims(&mut self, own: u64, contested: u64) -> Result<()> {
        self.capital = self.capital.checked_sub(own).or_overflow()?;
        self.contested = self.contested.checked_sub(contested).or_overflow()?;
        self.owe_claims(sum(own, contested).or_overflow()?)
    }

    /// Books a draw of `amount` that is about to leave.
    pub fn draw(&mut self, amount: u64) -> Result<()> {
        self.capital = self.capital.checked_sub(amount).or_overflow()?;
        self.claims_settled = sum(self.claims_settled, amount).or_overflow()?;
        self.claims_paid = sum(self.claims_paid, amount).or_overflow()?;
        Ok(())
    }

    /// Books a recovery that has arrived, of an incident that shares of `generation` bore: `to_claims` for what was not paid
    /// in full, the rest, if there is any, to the LPs over 30 to 365 days, by its size, or at once to those shares if they were
    /// `retired`.
    ///
    /// # Errors
    /// [`BreakwaterError::WrongRetired`].
    pub fn take_recovery(
        &mut self,
        received: u64,
        to_claims: u64,
        generation: u32,
        retired: Option<&mut Retired>,
    ) -> Result<()> {
        self.owe_claims(to_claims)?;
        let rest = received.checked_sub(to_claims).or_overflow()?;
        let of_these = retired.as_ref().map_or(self.generation, |retired| retired.generation);
        require!(rest == 0 || of_these == generation, BreakwaterError::WrongRetired);
        match retired {
            Some(retired) if retired.shares > 0 => {
                retired.capital = retired.capital.checked_add(rest).or_overflow()?;
                self.exits_due = self.exits_due.checked_add(rest).or_overflow()?;
                Ok(())
            }
            _ => self.stream_income_over(rest, cover::RECOVERY_DAYS),
        }
    }

    pub(super) fn owe_claims(&mut self, amount: u64) -> Result<()> {
        self.payable = sum(self.payable, amount).or_overflow()?;
        self.claims_settled = sum(self.claims_settled, amount).or_overflow()?;
        Ok(())
    }

    /// What a depositor sees of the pool as it is.
    pub fn seen(&self) -> Result<Seen> {
        Ok(Seen { terms: self.terms, max_liens: self.demands()? })
    }

    /// Whether deposits are taken at `now`, on terms and beside liens that a depositor has `seen`.
    ///
    /// # Errors
    /// [`BreakwaterError::PoolDepleted`], [`BreakwaterError::TermsChanged`], [`BreakwaterError::LiensTooHigh`]; as
    /// [`Pool::check_not_paused`].
    pub fn check_deposits(&self, seen: Seen, now: u64) -> Result<()> {
        self.check_not_paused(now)?;
        require!(!shares::is_depleted(self.capital, self.shares), BreakwaterError::PoolDepleted);
        require!(self.terms == seen.terms, BreakwaterError::TermsChanged);
        require!(self.demands()? <= seen.max_liens, BreakwaterError::LiensTooHigh);
        Ok(())
    }

    /// Capital that no settled claims have yet to come, atoms: what is held back for them leaves with nobody.
    #[must_use]
    pub fn capital_of_lps(&self) -> u64 {
        self.capital.saturating_sub(self.held_back)
    }

    /// What `shares` are worth, atoms, rounded down: as an exit prices them.
    pub fn worth(&self, shares: u64) -> Result<u64> {
        shares::assets_for_shares(shares, self.capital_of_lps(), self.shares).or_overflow()
    }

    /// What streams to the LPs that a deposit pays for, atoms: income that no cover is sold for any more. While claims that are settled
    /// have not ended, nobody knows yet how much premium joins it, so it is the most: held for a year and four months, at its own sum a
    /// year, cover pays less than twice its sum.
    fn income_to_pay(&self) -> Result<u64> {
        let most = self.settled.saturating_add(self.settled).saturating_add(self.income_left()?);
        Ok(self.unearned.min(most))
    }

    /// Books new shares for `received` atoms and returns their number. Their price includes the income that streams to the LPs and
    /// what the reward fund has beyond its limit, which will: nobody comes for what others' losses earned.
    ///
    /// # Errors
    /// [`BreakwaterError::ZeroShares`], [`BreakwaterError::TooFewShares`], [`BreakwaterError::CapitalTooLarge`].
    pub fn mint(&mut self, received: u64, min_shares: u64) -> Result<u64> {
        let income = sum(self.income_to_pay()?, self.excess()?).or_overflow()?;
        let worth = sum(self.capital, income).or_overflow()?;
        let minted = shares::shares_for_deposit(received, worth, self.shares).or_overflow()?;
        require!(minted > 0, BreakwaterError::ZeroShares);
        require!(minted >= min_shares, BreakwaterError::TooFewShares);
        self.shares = self.shares.checked_add(minted).or_overflow()?;
        // Every price adds the virtual shares: without room for them nobody could leave any more.
        self.shares.checked_add(shares::VIRTUAL_SHARES).or_overflow()?;
        let capital = self.capital.checked_add(received).or_overflow()?;
        require!(capital <= MAX_CAPITAL, BreakwaterError::CapitalTooLarge);
        self.capital = capital;
        let [today, _] = &mut self.deposited;
        *today = sum(*today, received).or_overflow()?;
        Ok(minted)
    }

    /// The shares that a deposit of `amount` at `now` would mint. The pool is a copy: the deposit is made in it.
    ///
    /// # Errors
    /// As [`Pool::check_deposits`] and [`Pool::mint`].
    pub fn quote_deposit(&mut self, amount: u64, now: u64) -> Result<u64> {
        self.accrue(now)?;
        self.check_deposits(self.seen()?, now)?;
        self.mint(amount, 0)
    }

    /// Streams what the vault holds beyond the buckets to the LPs, and what the reward fund has beyond its limit, over 7 to 365 days
    /// by their size; returns both together.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingToAbsorb`].
    pub fn absorb_surplus(&mut self, vault_balance: u64) -> Result<u64> {
        let surplus = vault_balance.checked_sub(self.owed()?).ok_or(BreakwaterError::VaultShort)?;
        let excess = self.excess()?;
        self.assessors = self.assessors.checked_sub(excess).or_overflow()?;
        let amount = sum(surplus, excess).or_overflow()?;
        require!(amount > 0, BreakwaterError::NothingToAbsorb);
        self.stream_income(amount)?;
        Ok(amount)
    }

    /// Books all protocol fees, which are about to leave, and returns them.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn pay_fees(&mut self) -> Result<u64> {
        let fees = core::mem::take(&mut self.treasury_due);
        require!(fees > 0, BreakwaterError::NothingDue);
        Ok(fees)
    }

    /// Books a payout that is about to leave.
    pub fn pay_claim(&mut self, due: &Due) -> Result<()> {
        self.payable = self.payable.checked_sub(due.claim).or_overflow()?;
        self.claims_paid = sum(self.claims_paid, due.claim).or_overflow()?;
        self.release_bond(due.bond)
    }

    /// The sum of the buckets: what the vault must hold at least.
    pub fn owed(&self) -> Result<u64> {
        [self.unearned, self.payable, self.exits_due, self.contested, self.bonds, self.assessors, self.treasury_due]
            .into_iter()
            .try_fold(self.capital, sum)
            .or_overflow()
    }

    /// B1, the invariant of the books that needs more than the pool's own account.
    ///
    /// Called at the end of every instruction that moves anything, with the vault's balance after its last transfer.
    ///
    /// # Errors
    /// [`BreakwaterError::VaultShort`] when the vault holds less than the buckets say.
    pub fn check_books(&self, vault_balance: u64) -> Result<()> {
        require!(vault_balance >= self.owed()?, BreakwaterError::VaultShort);
        Ok(())
    }

    /// The buckets, for an event.
    pub fn books(&self) -> Books {
        Books {
            capital: self.capital,
            unearned: self.unearned,
            payable: self.payable,
            exits_due: self.exits_due,
            contested: self.contested,
            bonds: self.bonds,
            assessors: self.assessors,
            treasury_due: self.treasury_due,
        }
    }

    pub(super) fn flow(&self) -> Flow {
        Flow { accrued_at: self.accrued_at, rate: self.rate, fraction: self.rate_fraction, active: self.active_cover }
    }

    pub(super) fn set_flow(&mut self, flow: Flow) {
        self.accrued_at = flow.accrued_at;
        self.rate = flow.rate;
        self.rate_fraction = flow.fraction;
        self.active_cover = flow.active;
    }
}
