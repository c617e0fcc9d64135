//! Leaving a pool: tickets, and the epochs they leave in, strictly in order.

use crate::{
    ALL_BPS, Account, Atoms, DAY, Fault, Mark, Model, Name, Outcome, PRICE_OFFSET, Payment, Rule,
    contested::{counted, halved},
    day_after, day_of, down, must, up,
};

/// A partial payment burns at least such a part of an epoch.
const LEAST_PART: Atoms = 100;

/// The exits of a day.
#[derive(Clone, Debug)]
pub struct Epoch {
    /// Its pool.
    pub pool: usize,
    /// Its number among the pool's.
    pub number: u64,
    /// The day from which it is paid.
    pub day: u64,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Shares that want out.
    pub shares: Atoms,
    /// The pool's mark before its first payment, or its first since the mark began anew, and after its latest.
    pub marks: Option<(Mark, Mark)>,
    /// Incidents of which it still has a part.
    pub parts: Vec<usize>,
    /// What incidents gave back, atoms.
    pub released: Atoms,
    /// Paid to tickets, atoms.
    pub collected: Atoms,
    /// What roundings left when it was closed, atoms.
    pub dust: Atoms,
    /// Tips that are left.
    pub tips: u8,
    /// Whether its account is closed.
    pub closed: bool,
}

/// Somebody's shares on their way out.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Of which pool.
    pub pool: usize,
    /// The epoch in which they leave.
    pub epoch: usize,
    /// Whose.
    pub owner: Name,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Number that the owner gave it.
    pub id: u64,
    /// The shares.
    pub shares: Atoms,
    /// When it was asked for.
    pub requested_at: u64,
    /// Paid so far, atoms.
    pub paid: Atoms,
    /// Whether its account is closed.
    pub closed: bool,
}

/// What can be paid of an epoch now: shares, what they are worth, what of it is contested, and the mark afterwards.
struct Leaving {
    shares: Atoms,
    worth: Atoms,
    contested: Atoms,
    mark: Mark,
}

impl Model {
    /// Every epoch that a pool ever had.
    pub fn epochs_of(&self, pool: usize) -> impl Iterator<Item = &Epoch> {
        self.epochs.iter().filter(move |epoch| epoch.pool == pool)
    }

    fn payments_to(&self, epoch: usize) -> impl Iterator<Item = &Payment> {
        self.payments.iter().filter(move |payment| payment.epoch == epoch)
    }

    /// Shares of an epoch that were burned.
    #[must_use]
    pub fn burned(&self, epoch: usize) -> Atoms {
        self.payments_to(epoch).map(|payment| payment.shares).sum()
    }

    /// Shares of an epoch that wait.
    #[must_use]
    pub fn waiting(&self, epoch: usize) -> Atoms {
        self.epochs[epoch].shares - self.burned(epoch)
    }

    /// Paid to an epoch, and given back to it by incidents, atoms.
    #[must_use]
    pub fn epoch_paid(&self, epoch: usize) -> Atoms {
        self.payments_to(epoch).map(|payment| payment.worth - payment.contested).sum::<Atoms>()
            + self.epochs[epoch].released
    }

    /// Whether all shares of an epoch were burned, and all that they had in incidents is decided.
    #[must_use]
    pub fn is_over(&self, epoch: usize) -> bool {
        self.waiting(epoch) == 0 && self.epochs[epoch].parts.is_empty()
    }

    /// Shares on their way out.
    #[must_use]
    pub fn exiting_shares(&self, pool: usize) -> Atoms {
        let epochs = (0..self.epochs.len()).filter(|epoch| self.epochs[*epoch].pool == pool);
        epochs.map(|epoch| self.waiting(epoch)).sum()
    }

    /// The first epoch that waits.
    #[must_use]
    pub fn first_epoch(&self, pool: usize) -> Option<usize> {
        (0..self.epochs.len()).find(|epoch| self.epochs[*epoch].pool == pool && self.waiting(*epoch) > 0)
    }

    /// Tickets of an epoch that have not ended.
    #[must_use]
    pub fn tickets_in(&self, epoch: usize) -> usize {
        self.tickets.iter().filter(|ticket| ticket.epoch == epoch && !ticket.closed).count()
    }

    /// The day of the last epoch, if any waits.
    fn last_exit_day(&self, pool: usize) -> Option<u64> {
        self.epochs_of(pool).last().filter(|_| self.first_epoch(pool).is_some()).map(|last| last.day)
    }

    /// The day of an exit that is asked for at a time: the first that begins at least the exit delay later, and none before that
    /// of one that waits.
    pub(crate) fn exit_day(&self, pool: usize, time: u64) -> u64 {
        let asked = if self.faults.has(Fault::T47) { day_of(time) } else { day_after(time) };
        let day = asked + u64::from(self.pools[pool].params.exit_delay_days);
        self.last_exit_day(pool).map_or(day, |last| last.max(day))
    }

    /// The number of the epoch that is asked for now, and its day.
    #[must_use]
    pub fn exit_epoch(&self, pool: usize) -> (u64, u64) {
        let (count, day) = (self.epochs_of(pool).count() as u64, self.exit_day(pool, self.now));
        (if self.last_exit_day(pool) == Some(day) { count - 1 } else { count }, day)
    }

    /// Puts shares on their way out, in the epoch of a number, which must be the one that is asked for now. Returns the
    /// ticket.
    pub fn request_exit(
        &mut self,
        pool: usize,
        (who, payer): (Name, Name),
        id: u64,
        number: u64,
        shares: u64,
    ) -> Outcome<usize> {
        must(shares > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        must(!self.is_wiped_out(pool), Rule::PoolDepleted)?;
        let (expected, day) = self.exit_epoch(pool);
        must(number == expected, Rule::WrongExitEpoch)?;
        let shares = Atoms::from(shares);
        must(shares <= self.staying(pool), Rule::TooManyShares)?;
        let there = (0..self.epochs.len()).find(|epoch| {
            let here = &self.epochs[*epoch];
            here.pool == pool && here.number == number
        });
        let epoch = match there {
            Some(epoch) => epoch,
            None => {
                self.pay_rent(payer, Account::ExitEpoch)?;
                self.set_tips_aside(payer, 1)?;
                self.epochs.push(Epoch {
                    pool,
                    number,
                    day,
                    rent_payer: payer,
                    shares: 0,
                    marks: None,
                    parts: vec![],
                    released: 0,
                    collected: 0,
                    dust: 0,
                    tips: 1,
                    closed: false,
                })
            }
        };
        let here = &mut self.epochs[epoch];
        here.shares += shares;
        self.pay_rent(payer, Account::ExitTicket)?;
        self.take(who, self.shares_of(pool), shares)?;
        self.pools[pool].escrow += shares;
        let ticket = self.tickets.push(Ticket {
            pool,
            epoch,
            owner: who,
            rent_payer: payer,
            id,
            shares,
            requested_at: self.now,
            paid: 0,
            closed: false,
        });
        self.note_stay(pool);
        Ok(ticket)
    }

    /// Its day has come, it is the first that waits, and nobody has yet to free what was not claimed.
    fn check_due(&self, epoch: usize) -> Outcome {
        let here = &self.epochs[epoch];
        let is_first = self.first_epoch(here.pool) == Some(epoch) || self.faults.has(Fault::T46);
        must(is_first && self.waiting(epoch) > 0, Rule::EarlierExitWaits)?;
        must(here.day <= day_of(self.now), Rule::ExitNotDue)?;
        must(self.filings_due(here.pool) == 0, Rule::FilingDue)
    }

    /// How many shares of those that want to leave no cover needs.
    ///
    /// Afterwards the capital that is not set aside still carries the cover without a lien, and all of it all cover: once
    /// an incident is rejected, what it concerned needs its capital again.
    fn not_needed(&self, pool: usize, wanted: Atoms) -> Outcome<Atoms> {
        let own = self.own_liens(pool)?;
        let fresh = self.fresh(pool, self.accrued_day(pool));
        must(own <= (self.capital_of_lps(pool) - fresh).max(0), Rule::LiensExceedCapital)?;
        self.not_needed_beside(pool, wanted, own, fresh)
    }

    /// The same beside so much that is set aside, where so much makes no room yet.
    fn not_needed_beside(&self, pool: usize, wanted: Atoms, own: Atoms, fresh: Atoms) -> Outcome<Atoms> {
        let capital = self.capital_of_lps(pool);
        let (active, liened) = (self.pool_active(pool), self.liened_cover(pool));
        let bps = self.least_leverage_bps(pool);
        // Cover that needs more than any account can hold lets nothing leave.
        let room = |capital: Atoms, cover| (capital - fresh - up(cover, ALL_BPS, bps).unwrap_or(Atoms::MAX / 2)).max(0);
        let of = counted(self.shares(pool));
        let within = |shares: Atoms, room: Atoms, capital: Atoms| {
            let price = capital + PRICE_OFFSET.0;
            if down(shares, price, of)? <= room {
                Ok(shares)
            } else {
                down(room, of, price).map(|most| most.min(shares))
            }
        };
        if active + liened + own == 0 {
            return Ok(wanted);
        }
        let shares = within(wanted, room(capital, active + liened), capital)?;
        // What leaves of the free capital is rounded in two places: two atoms of room.
        let free = capital - own;
        if own == 0 || active == 0 { Ok(shares) } else { within(shares, (room(free, active) - 2).max(0), free) }
    }

    /// What cover needed that a claim's end has released makes no room before the second midnight, beyond what the capital gave for it now.
    pub(crate) fn hold_room(&mut self, pool: usize, cover: Atoms, given: Atoms) -> Outcome {
        let needed = (up(cover, ALL_BPS, self.least_leverage_bps(pool))? - given).max(0);
        let now = self.now;
        self.pools[pool].deposits.push((needed, now));
        Ok(())
    }

    /// The leverage that keeps exits in: the higher one of now and of when cover was last sold.
    fn least_leverage_bps(&self, pool: usize) -> u16 {
        let here = &self.pools[pool];
        let before = if self.faults.has(Fault::T41) { 0 } else { here.sold_leverage_bps };
        let now = if self.faults.has(Fault::T39) { 0 } else { here.params.leverage_bps };
        before.max(now)
    }

    /// What was deposited in a day and the day before, and what cover needed that ended claims released then: it makes no room for exits yet.
    #[must_use]
    pub fn fresh(&self, pool: usize, day: u64) -> Atoms {
        (day - 1..=day).map(|day| self.deposited_in(pool, day)).sum()
    }

    /// What was deposited in a day.
    #[must_use]
    pub fn deposited_in(&self, pool: usize, day: u64) -> Atoms {
        let deposits = self.pools[pool].deposits.iter();
        deposits.filter(|(_, time)| day_of(*time) == day).map(|(amount, _)| amount).sum()
    }

    /// When the first exit of an epoch was asked for.
    #[must_use]
    pub fn asked_at(&self, epoch: usize) -> u64 {
        let of_epoch = self.tickets.iter().filter(|ticket| ticket.epoch == epoch);
        of_epoch.map(|ticket| ticket.requested_at).min().expect("an epoch begins with a ticket")
    }

    /// Cover can be kept longer unless those on their way out wait for capacity, the first of whom is due, or asked in time before
    /// a change that is queued: extensions keep nobody in.
    pub(crate) fn check_nobody_waits(&self, pool: usize) -> Outcome {
        let Some(first) = self.first_epoch(pool) else { return Ok(()) };
        let due = self.epochs[first].day <= self.accrued_day(pool);
        let awaited = self.asked_at(first) <= self.exits_awaited_until(pool);
        let all = self.exiting_shares(pool);
        // No extension holds up what incidents do; and new money that asks out fits beside itself.
        must(!(due || awaited) || self.not_needed_beside(pool, all, 0, 0) == Ok(all), Rule::ExitsWait)
    }

    /// How many shares of an epoch can leave, and what that comes to.
    fn leaving(&self, epoch: usize) -> Outcome<Leaving> {
        let Epoch { pool, shares: all, .. } = self.epochs[epoch];
        let here = &self.pools[pool];
        must(self.now >= here.exits_wait.0, Rule::ExitHeld)?;
        let wanted = self.waiting(epoch);
        let shares = self.not_needed(pool, wanted)?;
        must(shares == wanted || shares > 0 && shares >= all / LEAST_PART, Rule::NothingToPay)?;
        let (own, capital, of) = (self.own_liens(pool)?, self.capital_of_lps(pool), counted(self.shares(pool)));

        let worth = self.worth(pool, shares)?;
        if self.liened(pool).next().is_none() {
            return Ok(Leaving { shares, worth, contested: 0, mark: here.mark });
        }
        let mark = here.mark.after(shares, of);
        let liens = halved(here.liens, mark.shift - here.mark.shift);
        let taken = (own - mark.own(liens)?).max(0);
        // In cash no more than is free.
        let worth = worth.min(taken + capital - own);
        Ok(Leaving { shares, worth, contested: taken.min(worth), mark })
    }

    /// Since when the first epoch can be paid, for a day: since it could be, or since a day after a call.
    fn timely_since(&self, epoch: usize) -> Option<u64> {
        let here = &self.pools[self.epochs[epoch].pool];
        let due = (self.epochs[epoch].day * DAY).max(here.exit_seen_at);
        let called = (here.exit_called_at > 0).then_some(here.exit_called_at + DAY);
        Some(due).into_iter().chain(called).find(|since| (*since..since + DAY).contains(&self.now))
    }

    /// Pays what can be paid of the first epoch that waits: in cash, but for its part of every open incident. Returns the
    /// number of the payment.
    pub fn pay_exits(&mut self, epoch: usize, caller: Name) -> Outcome<usize> {
        let pool = self.epochs[epoch].pool;
        self.accrue(pool);
        self.check_due(epoch)?;
        let Leaving { shares, worth, contested, mark } = self.leaving(epoch)?;
        let since = self.timely_since(epoch).ok_or(Rule::ExitNotCalled)?;

        // It joins the last incident of every product that has one open.
        let joined: Vec<_> = self.lines(pool).filter_map(|line| self.last_of(line)).collect();
        let (of, before, now) = (counted(self.shares(pool)), self.pools[pool].mark, self.now);
        let here = &mut self.epochs[epoch];
        let begun = here.marks.map(|(from, _)| from).filter(|from| from.era == before.era);
        here.marks = Some((begun.unwrap_or(before), mark));
        for incident in joined {
            if !here.parts.contains(&incident) {
                here.parts.push(incident);
            }
        }
        let payment = self.payments.push(Payment { epoch, shares, of, worth, contested });
        let books = &mut self.pools[pool];
        books.liens = halved(books.liens, mark.shift - before.shift);
        books.accepted_liens = halved(books.accepted_liens, mark.shift - before.shift);
        books.sure_liens = halved(books.sure_liens, mark.shift - before.shift);
        books.early_paid = halved(books.early_paid, mark.shift - before.shift);
        books.mark = mark;
        books.escrow -= shares;
        books.supply -= shares;
        books.exit_called_at = 0;
        let all = self.waiting(epoch) == 0;
        // The next could be paid as early as one of which nothing was kept.
        self.pools[pool].exit_seen_at = if all { since } else { now };
        if all && self.epochs[epoch].tips > 0 {
            self.epochs[epoch].tips -= 1;
            self.tip(caller);
        }
        Ok(payment)
    }

    /// Calls the first epoch, which nobody paid in time, or notes that it cannot be paid yet. Returns whether it was called.
    pub fn call_exits(&mut self, epoch: usize) -> Outcome<bool> {
        let (pool, now) = (self.epochs[epoch].pool, self.now);
        self.accrue(pool);
        self.check_due(epoch)?;
        let can_be_paid = self.leaving(epoch).is_ok();
        let here = &self.pools[pool];
        let runs = here.exit_called_at > 0 && now < here.exit_called_at + 2 * DAY;
        must(!can_be_paid || self.timely_since(epoch).is_none() && !runs, Rule::ExitNotLate)?;
        let here = &mut self.pools[pool];
        if can_be_paid {
            here.exit_called_at = now;
        } else {
            here.exit_seen_at = now;
            here.exit_called_at = 0;
        }
        Ok(can_be_paid)
    }

    /// Pays a ticket its part of all that its epoch was paid so far, rounded down, so that all tickets together never get
    /// more than that. It ends when the epoch is over. Returns the atoms paid.
    pub fn collect_exit(&mut self, ticket: usize, caller: Name) -> Outcome<Atoms> {
        let Ticket { pool, epoch, owner, rent_payer, shares, paid, .. } = self.tickets[ticket];
        let part = down(shares, self.epoch_paid(epoch), self.epochs[epoch].shares)?;
        let (due, over) = (part - paid, self.is_over(epoch));
        must(due > 0 || over, Rule::NothingDue)?;
        let here = &mut self.tickets[ticket];
        here.paid = part;
        here.closed = over;
        self.epochs[epoch].collected += due;
        if over {
            self.return_rent(Account::ExitTicket, 0, rent_payer, caller);
        }
        self.pay_out(pool, owner, due);
        Ok(due)
    }

    /// Closes an epoch that is over and that every ticket has left.
    pub fn close_epoch(&mut self, epoch: usize, caller: Name) -> Outcome {
        let Epoch { pool, collected, rent_payer, tips, .. } = self.epochs[epoch];
        self.accrue(pool);
        must(self.is_over(epoch) && self.tickets_in(epoch) == 0, Rule::ExitEpochInUse)?;
        let dust = self.epoch_paid(epoch) - collected;
        let here = &mut self.epochs[epoch];
        here.dust = dust;
        here.closed = true;
        if dust > 0 {
            self.stream_income(pool, dust)?;
        }
        self.return_rent(Account::ExitEpoch, tips, rent_payer, caller);
        Ok(())
    }
}
