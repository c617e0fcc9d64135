//! Leaving a pool: tickets, and the epochs they go through.

use super::{
    Atoms, FOUNDER, GUARDIAN, Model, Name, Outcome, Refusal, Rule, Token, day_of, down, exact, fraction, must, stored,
    up,
};
use solana_address::Address;

/// The exits of a day.
#[derive(Clone, Debug)]
pub struct Epoch {
    pub address: Address,
    pub pool: usize,
    pub day: u64,
    pub rent_payer: Name,
    /// Shares that want out: requested for this day and carried over.
    pub shares: Atoms,
    pub settlement: Option<Settlement>,
    /// Paid to tickets, atoms.
    pub collected: Atoms,
    /// What roundings left when it was closed, atoms.
    pub dust: Atoms,
    pub closed: bool,
}

/// How an epoch was settled.
#[derive(Clone, Debug)]
pub struct Settlement {
    pub burned: Atoms,
    pub paid: Atoms,
    pub capital: Atoms,
    pub shares: Atoms,
    pub at: u64,
    /// Where the rest of the shares went.
    pub carried_to_day: Option<u64>,
}

/// Somebody's shares on their way out.
#[derive(Clone, Debug)]
pub struct Ticket {
    pub address: Address,
    pub pool: usize,
    pub owner: Name,
    pub id: u64,
    /// Not yet burned.
    pub shares: Atoms,
    /// The next epoch that has something for it; none once it has ended.
    pub day: Option<u64>,
    pub requested_at: u64,
    /// Paid so far, atoms.
    pub paid: Atoms,
}

impl Epoch {
    /// Shares burned.
    pub fn burned(&self) -> Atoms {
        self.settlement.as_ref().map_or(0, |settlement| settlement.burned)
    }

    /// Atoms paid for them.
    pub fn paid(&self) -> Atoms {
        self.settlement.as_ref().map_or(0, |settlement| settlement.paid)
    }

    /// Whether shares wait for its settlement.
    fn waits(&self) -> bool {
        self.settlement.is_none() && self.shares > 0
    }
}

impl Model {
    /// Every epoch a pool ever had.
    pub fn epochs_of(&self, pool: usize) -> impl Iterator<Item = &Epoch> {
        self.epochs.iter().filter(move |epoch| epoch.pool == pool)
    }

    /// The epoch of a day that has not been closed.
    pub fn epoch(&self, pool: usize, day: u64) -> Option<usize> {
        self.epochs.iter().position(|epoch| epoch.pool == pool && epoch.day == day && !epoch.closed)
    }

    /// Shares on their way out.
    pub fn exiting_shares(&self, pool: usize) -> Atoms {
        self.epochs_of(pool).filter(|epoch| epoch.waits()).map(|epoch| epoch.shares).sum()
    }

    /// The days on which exits wait, in order.
    pub fn waiting_days(&self, pool: usize) -> Vec<u64> {
        let mut days: Vec<_> = self.epochs_of(pool).filter(|epoch| epoch.waits()).map(|epoch| epoch.day).collect();
        days.sort_unstable();
        days
    }

    /// Tickets that stand in an epoch or will come to it through those that are settled.
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

    fn new_epoch(&mut self, pool: usize, day: u64, address: Address, rent_payer: Name) -> Outcome {
        self.pay_rent::<coverage_client::ExitEpoch>(rent_payer)?;
        self.epochs.push(Epoch {
            address,
            pool,
            day,
            rent_payer,
            shares: 0,
            settlement: None,
            collected: 0,
            dust: 0,
            closed: false,
        });
        Ok(())
    }

    /// The queue reaches no further than the 512 days for which the pool has room.
    fn check_queue(&mut self, pool: usize) -> Outcome {
        let days = self.waiting_days(pool);
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            must(last - first < 512, Rule::ExitQueueFull)?;
            self.pools[pool].exit_tail_day = *last;
        }
        Ok(())
    }

    /// Puts shares on their way out, on the day that is the exit delay from today.
    pub fn request_exit(
        &mut self,
        (pool, who): (usize, Name),
        (id, ticket): (u64, Address),
        (day, epoch): (u64, Address),
        shares: u64,
    ) -> Outcome {
        must(shares > 0, Rule::ZeroAmount)?;
        self.accrue(pool);
        must(day == day_of(self.now) + u64::from(self.pools[pool].params.exit_delay_days), Rule::WrongExitDay)?;
        let shares = Atoms::from(shares);
        stored(self.exiting_shares(pool) + shares)?;
        if self.epoch(pool, day).is_none() {
            self.new_epoch(pool, day, epoch, who)?;
        }
        let epoch = self.epoch(pool, day).expect("it exists");
        self.epochs[epoch].shares += shares;
        self.check_queue(pool)?;
        self.pay_rent::<coverage_client::ExitTicket>(who)?;
        let day = Some(day);
        let requested_at = self.now;
        self.tickets.push(Ticket { address: ticket, pool, owner: who, id, shares, day, requested_at, paid: 0 });
        self.take(who, Token::Shares(pool), shares)?;
        self.pools[pool].escrow += shares;
        Ok(())
    }

    /// Creates tomorrow's epoch, for what today's leave over.
    pub fn open_epoch(&mut self, pool: usize, day: u64, address: Address, payer: Name) -> Outcome {
        if self.epoch(pool, day).is_some() {
            return Err(Refusal::Exists);
        }
        must(day == day_of(self.now) + 1, Rule::NotTomorrow)?;
        self.new_epoch(pool, day, address, payer)
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
        let needed = exact(self.pool_active(pool)) * fraction(10_000, self.pools[pool].params.leverage_bps);
        let needed = up(&needed).unwrap_or(Atoms::MAX);
        let may_leave = (capital - self.liens(pool)).saturating_sub(needed).max(0);
        let worth = |shares| down(&self.worth(pool, shares));
        let (burned, paid) = if capital == 0 {
            (0, 0)
        } else if worth(wanted)? <= may_leave {
            (wanted, worth(wanted)?)
        } else {
            let burned = down(&(exact(may_leave) / self.price(pool)))?.min(wanted);
            (burned, worth(burned)?)
        };
        must(burned > 0, Rule::NothingToSettle)?;

        let tomorrow = day_of(self.now) + 1;
        let mut settlement = Settlement { burned, paid, capital, shares, at: self.now, carried_to_day: None };
        if burned < wanted {
            // The queue must have room for tomorrow, whoever's epoch was given for it.
            let mut queue = self.waiting_days(pool);
            queue.retain(|waiting| *waiting != day);
            let (first, last) = (queue.first().copied().unwrap_or(tomorrow), queue.last().copied().unwrap_or(tomorrow));
            must(last.max(tomorrow) - first.min(tomorrow) < 512, Rule::ExitQueueFull)?;
            let next = next.ok_or(Refusal::Rule(Rule::NextEpochMissing))?;
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
    /// so that all tickets together never get more than was paid. It ends in an epoch that left nothing over.
    pub fn collect_exit(&mut self, ticket: usize) -> Outcome {
        let Ticket { pool, owner, shares, day, .. } = self.tickets[ticket];
        let epoch = day.and_then(|day| self.epoch(pool, day)).expect("a ticket that goes on");
        let Epoch { shares: wanted, ref settlement, .. } = self.epochs[epoch];
        let Some(Settlement { burned, paid, carried_to_day, .. }) = settlement.clone() else {
            return Err(Refusal::Rule(Rule::ExitNotSettled));
        };
        let share = if shares == 0 { exact(0) } else { fraction(shares, wanted) };
        let (burned, paid) = (up(&(&share * exact(burned)))?, down(&(share * exact(paid)))?);
        let ticket = &mut self.tickets[ticket];
        ticket.shares -= burned;
        ticket.paid += paid;
        ticket.day = carried_to_day;
        self.epochs[epoch].collected += paid;
        if carried_to_day.is_none() {
            self.return_rent::<coverage_client::ExitTicket>(owner, FOUNDER);
        }
        self.pay_out(pool, owner, paid);
        Ok(())
    }

    /// Closes an epoch that every ticket has left, or whose day has passed without any.
    pub fn close_epoch(&mut self, epoch: usize) -> Outcome {
        let Epoch { pool, day, shares, collected, .. } = self.epochs[epoch];
        self.accrue(pool);
        let settled = self.epochs[epoch].settlement.is_some();
        let unused = !settled && shares == 0 && day < day_of(self.now);
        must(self.tickets_ahead(&self.epochs[epoch]) == 0 && (settled || unused), Rule::ExitEpochInUse)?;
        let dust = self.epochs[epoch].paid() - collected;
        if dust > 0 {
            self.stream_income(pool, dust)?;
        }
        self.epochs[epoch].dust = dust;
        self.epochs[epoch].closed = true;
        self.return_rent::<coverage_client::ExitEpoch>(self.epochs[epoch].rent_payer, GUARDIAN);
        Ok(())
    }
}
