use crate::prelude::*;
use coverage_math::exits::Fill;

/// The exits of one pool that settle on one day, at one price and one fill ratio.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpoch {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 1 once settled.
    pub settled: u8,
    /// Zero.
    pub reserved_head: [u8; 5],
    /// The pool.
    pub pool: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Day it settles, days since the epoch; a seed of this address.
    pub day: u64,
    /// Shares that want out: requested for this day and carried over, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms of the asset.
    pub paid: u64,
    /// Capital at the settlement, atoms: with `supply` the price.
    pub capital: u64,
    /// Share supply at the settlement, atoms.
    pub supply: u64,
    /// When it was settled, unix seconds.
    pub settled_at: u64,
    /// Tickets that point here, or will once they have walked through the epochs before.
    pub tickets: u64,
    /// Paid out to tickets, atoms of the asset.
    pub collected: u64,
    /// Day to which the rest was carried over; 0 when nothing was.
    pub carried_to_day: u64,
    /// Zero.
    pub reserved: [u8; 64],
}

impl ExitEpoch {
    /// Makes a new account the epoch of `day`.
    pub fn begin(&mut self, bump: u8, pool: Address, rent_payer: Address, day: u64) {
        self.version = VERSION;
        self.bump = bump;
        self.pool = pool;
        self.rent_payer = rent_payer;
        self.day = day;
    }

    /// Takes `shares` of one more ticket in.
    pub fn join(&mut self, shares: u64) -> Result<()> {
        self.shares = self.shares.checked_add(shares).or_overflow()?;
        self.tickets = self.tickets.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Books its settlement at `now`, at the price of `capital` for `supply` shares.
    pub fn settle(&mut self, fill: Fill, capital: u64, supply: u64, now: u64) {
        self.settled = 1;
        self.burned = fill.burned;
        self.paid = fill.paid;
        self.capital = capital;
        self.supply = supply;
        self.settled_at = now;
    }

    /// Hands the shares that were not burned, and all tickets, on to the epoch `next`.
    pub fn carry_over(&mut self, next: &mut Self) -> Result<()> {
        let rest = self.shares.checked_sub(self.burned).or_overflow()?;
        next.shares = next.shares.checked_add(rest).or_overflow()?;
        next.tickets = next.tickets.checked_add(self.tickets).or_overflow()?;
        self.carried_to_day = next.day;
        Ok(())
    }

    /// Whether it was settled.
    pub fn is_settled(&self) -> bool {
        self.settled == 1
    }

    /// What was burned and paid.
    pub fn fill(&self) -> Fill {
        Fill { burned: self.burned, paid: self.paid }
    }

    /// Takes one ticket, which gets `paid`, out.
    pub fn leave(&mut self, paid: u64) -> Result<()> {
        self.tickets = self.tickets.checked_sub(1).or_overflow()?;
        self.collected = self.collected.checked_add(paid).or_overflow()?;
        Ok(())
    }

    /// What roundings left of the payment once every ticket has left; an error says why the epoch is not over.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitEpochInUse`].
    pub fn dust(&self, today: u64) -> Result<u64> {
        let unused = self.settled == 0 && self.shares == 0 && self.day < today;
        require!(self.tickets == 0 && (self.settled == 1 || unused), BreakwaterError::ExitEpochInUse);
        self.paid.checked_sub(self.collected).or_overflow()
    }
}
