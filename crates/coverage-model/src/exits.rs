//! Leaving a pool: tickets, and the epochs they go through.

use crate::{
    ALL_BPS, Account, Atoms, LATE_REPORTS, Model, Name, Outcome, Refusal, Rule, Token, day_of, down, must, stored, up,
};

/// How many days the queue of exits reaches.
const QUEUE_DAYS: u64 = 512;

/// The exits of a day.
#[derive(Clone, Debug)]
pub struct Epoch {
    /// Its pool.
    pub pool: usize,
    /// Its day.
    pub day: u64,
    /// Who gets its rent back.
    pub rent_payer: Name,
    /// Shares that want out: requested for this day and carried over.
    pub shares: Atoms,
    /// How it was settled.
    pub settlement: Option<Settlement>,
    /// Paid to tickets, atoms.
    pub collected: Atoms,
    /// What roundings left when it was closed, atoms.
    pub dust: Atoms,
    /// Whether its account is closed.
    pub closed: bool,
}

/// How an epoch was settled.
#[derive(Clone, Copy, Debug)]
pub struct Settlement {
    /// Shares burned.
    pub burned: Atoms,
    /// Atoms paid for them.
    pub paid: Atoms,
    /// The pool's capital before it.
    pub capital: Atoms,
    /// The pool's shares before it.
    pub shares: Atoms,
    /// When.
    pub at: u64,
    /// The day to which the rest of the shares went.
    pub carried_to_day: Option<u64>,
}

/// Somebody's shares on their way out.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// Of which pool.
    pub pool: usize,
    /// Whose.
    pub owner: Name,
    /// Number that the owner gave it.
    pub id: u64,
    /// Shares not yet burned.
    pub shares: Atoms,
    /// Day of the next epoch that has something for it; none once its account is closed.
    pub day: Option<u64>,
    /// When it was asked for.
    pub requested_at: u64,
    /// Paid so far, atoms.
    pub paid: Atoms,
}

impl Epoch {
    /// Shares burned.
    #[must_use]
    pub fn burned(&self) -> Atoms {
        self.settlement.as_ref().map_or(0, |settlement| settlement.burned)
    }

    /// Atoms paid for them.
    #[must_use]
    pub fn paid(&self) -> Atoms {
        self.settlement.as_ref().map_or(0, |settlement| settlement.paid)
    }

    /// Whether shares wait for its settlement.
    fn waits(&self) -> bool {
        self.settlement.is_none() && self.shares > 0
    }
}

impl Model {
    /// Every epoch that a pool ever had.
    pub fn epochs_of(&self, pool: usize) -> impl Iterator<Item = &Epoch> {
        self.epochs.iter().filter(move |epoch| epoch.pool == pool)
    }

    /// The epoch of a day whose account is not closed.
    #[must_use]
    pub fn epoch(&self, pool: usize, day: u64) -> Option<usize> {
        self.epochs.iter().position(|epoch| epoch.pool == pool && epoch.day == day && !epoch.closed)
    }

    /// Shares on their way out.
    #[must_use]
    pub fn exiting_shares(&self, pool: usize) -> Atoms {
        self.epochs_of(pool).filter(|epoch| epoch.waits()).map(|epoch| epoch.shares).sum()
    }

    /// The days on which exits wait, in order.
    #[must_use]
    pub fn waiting_days(&self, pool: usize) -> Vec<u64> {
        let mut days: Vec<_> = self.epochs_of(pool).filter(|epoch| epoch.waits()).map(|epoch| epoch.day).collect();
        days.sort_unstable();
        days
    }

    /// Until when exits wait: for two days after an incident for what can be reported late, and for as long after a price
    /// below a strike was shown, for the incident that it may open.
    #[must_use]
    pub fn exits_wait_until(&self, pool: usize) -> u64 {
        let ended = self.incidents_of(pool).filter_map(|incident| incident.closed_at);
        let products = (0..self.products.len()).filter(|product| self.products[*product].pool == pool);
        let breached = products.filter_map(|product| self.watches[product].breached_at());
        ended.chain(breached).max().map_or(0, |last| last + LATE_REPORTS)
    }

    /// Tickets that stand in an epoch or will come to it through those that are settled.
    #[must_use]
    pub fn tickets_ahead(&self, epoch: &Epoch) -> usize {
        let comes = |ticket: &&Ticket| {
            let mut day = ticket.day;
            while let Some(here) = day.filter(|here| *here != epoch.day) {
                let passed = self.epoch(ticket.pool, here).map(|passed| &self.epochs[passed]);
                day = passed.and_then(|passed| passed.settlement.as_ref()?.carried_to_day);
            }
            day.is_some()
        };
        self.tickets.iter().filter(|ticket| ticket.pool == epoch.pool).filter(comes).count()
    }

    fn new_epoch(&mut self, pool: usize, day: u64, rent_payer: Name) -> Outcome<usize> {
        self.pay_rent(rent_payer, Account::ExitEpoch)?;
        Ok(self.epochs.push(Epoch {
            pool,
            day,
            rent_payer,
            shares: 0,
            settlement: None,
            collected: 0,
            dust: 0,
            closed: false,
        }))
    }

    /// The queue reaches no further than the days for which the pool has room.
    fn check_queue(&mut self, pool: usize) -> Outcome {
        let days = self.waiting_days(pool);
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            must(last - first < QUEUE_DAYS, Rule::ExitQueueFull)?;
            self.pools[pool].exit_tail_day = *last;
        }
        Ok(())
    }

    /// Puts shares on their way out, on the day that is the exit delay from today. Returns the ticket.
    pub fn request_exit(&mut self, pool: usize, who: Name, id: u64, day: u64, shares: u64) -> Outcome<usize> {
        must(shares > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        must(day == day_of(self.now) + u64::from(self.pools[pool].params.exit_delay_days), Rule::WrongExitDay)?;
        let shares = Atoms::from(shares);
        stored(self.exiting_shares(pool) + shares)?;
        let epoch = match self.epoch(pool, day) {
            Some(epoch) => epoch,
            None => self.new_epoch(pool, day, who)?,
        };
        self.epochs[epoch].shares += shares;
        self.check_queue(pool)?;
        self.pay_rent(who, Account::ExitTicket)?;
        self.take(who, Token::Shares(pool), shares)?;
        self.pools[pool].escrow += shares;
        let ticket = Ticket { pool, owner: who, id, shares, day: Some(day), requested_at: self.now, paid: 0 };
        Ok(self.tickets.push(ticket))
    }

    /// Creates tomorrow's epoch, for what today's leave over. Returns it.
    pub fn open_epoch(&mut self, pool: usize, day: u64, payer: Name) -> Outcome<usize> {
        if self.epoch(pool, day).is_some() {
            return Err(Refusal::Exists);
        }
        must(day == day_of(self.now) + 1, Rule::NotTomorrow)?;
        self.new_epoch(pool, day, payer)
    }

    /// Settles the first epoch that waits, as far as cover and open incidents let capital go; the rest goes to `next`.
    pub fn settle_epoch(&mut self, epoch: usize, next: Option<usize>) -> Outcome {
        let Epoch { pool, day, shares: wanted, .. } = self.epochs[epoch];
        self.accrue(pool);
        must(self.epochs[epoch].settlement.is_none(), Rule::ExitSettled)?;
        must(day <= day_of(self.now), Rule::ExitNotDue)?;
        must(self.waiting_days(pool).first() == Some(&day), Rule::EarlierExitWaits)?;
        let known = self.open_incidents(pool) + self.held_back(pool).1 > 0 || self.now < self.exits_wait_until(pool);
        must(!known, Rule::ExitBlocked)?;

        let (capital, shares) = (self.capital(pool), self.shares(pool));
        let leverage_bps = self.pools[pool].params.leverage_bps;
        // Cover that needs more than any account can hold lets nothing leave.
        let needed = up(self.pool_active(pool), ALL_BPS, leverage_bps).unwrap_or(Atoms::MAX);
        let may_leave = (capital - self.liens(pool)).saturating_sub(needed).max(0);
        let (burned, paid) = if capital == 0 {
            (0, 0)
        } else if self.worth(pool, wanted)? <= may_leave {
            (wanted, self.worth(pool, wanted)?)
        } else {
            let burned = self.shares_for(pool, may_leave)?.min(wanted);
            (burned, self.worth(pool, burned)?)
        };
        must(burned > 0, Rule::NothingToSettle)?;

        let mut settlement = Settlement { burned, paid, capital, shares, at: self.now, carried_to_day: None };
        if burned < wanted {
            let tomorrow = day_of(self.now) + 1;
            // The queue must have room for tomorrow, whatever epoch was given for it.
            let mut queue = self.waiting_days(pool);
            queue.retain(|waiting| *waiting != day);
            let (first, last) = (queue.first().copied().unwrap_or(tomorrow), queue.last().copied().unwrap_or(tomorrow));
            must(last.max(tomorrow) - first.min(tomorrow) < QUEUE_DAYS, Rule::ExitQueueFull)?;
            let next = next.ok_or(Rule::NextEpochMissing)?;
            must(self.epochs[next].day == tomorrow, Rule::WrongExitEpoch)?;
            self.epochs[next].shares += wanted - burned;
            settlement.carried_to_day = Some(tomorrow);
        }
        self.epochs[epoch].settlement = Some(settlement);
        self.check_queue(pool)?;
        self.pools[pool].escrow -= burned;
        self.pools[pool].supply -= burned;
        Ok(())
    }

    /// Takes a ticket through the settled epoch in which it stands: its burned shares are rounded up, its atoms down,
    /// so that all tickets together never get more than was paid. It ends in an epoch that left nothing over. Returns
    /// the atoms paid.
    pub fn collect_exit(&mut self, ticket: usize, caller: Name) -> Outcome<Atoms> {
        let Ticket { pool, owner, shares, day, .. } = self.tickets[ticket];
        let epoch = day.and_then(|day| self.epoch(pool, day)).expect("a ticket that goes on");
        let Epoch { shares: wanted, settlement, .. } = self.epochs[epoch];
        let Settlement { burned, paid, carried_to_day, .. } = settlement.ok_or(Rule::ExitNotSettled)?;
        // The last of an epoch may have nothing left.
        let (burned, paid) =
            if shares == 0 { (0, 0) } else { (up(shares, burned, wanted)?, down(shares, paid, wanted)?) };
        let here = &mut self.tickets[ticket];
        here.shares -= burned;
        here.paid += paid;
        here.day = carried_to_day;
        self.epochs[epoch].collected += paid;
        if carried_to_day.is_none() {
            self.return_rent(Account::ExitTicket, 0, owner, caller);
        }
        self.pay_out(pool, owner, paid);
        Ok(paid)
    }

    /// Closes an epoch that every ticket has left, or whose day has passed without any.
    pub fn close_epoch(&mut self, epoch: usize, caller: Name) -> Outcome {
        let Epoch { pool, day, shares, collected, rent_payer, .. } = self.epochs[epoch];
        self.accrue(pool);
        let settled = self.epochs[epoch].settlement.is_some();
        let unused = !settled && shares == 0 && day < day_of(self.now);
        must(self.tickets_ahead(&self.epochs[epoch]) == 0 && (settled || unused), Rule::ExitEpochInUse)?;
        let dust = self.epochs[epoch].paid() - collected;
        if dust > 0 {
            self.stream_income(pool, dust)?;
        }
        let here = &mut self.epochs[epoch];
        here.dust = dust;
        here.closed = true;
        self.return_rent(Account::ExitEpoch, 0, rent_payer, caller);
        Ok(())
    }
}
