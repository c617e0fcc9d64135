use crate::{StoredIndex, prelude::*};
use coverage_math::exits::Payment;

/// The exits of one pool that were asked for to be paid on one day, at one price whenever some of them are.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpoch {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Tips set aside for the one who completes its payment.
    pub tips: u8,
    /// Zero.
    pub reserved_head: [u8; 5],
    /// The pool.
    pub pool: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Number within the pool; a seed of this address.
    pub number: u64,
    /// Day from which it is paid, days since the epoch.
    pub day: u64,
    /// Shares that want out, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those and given back by incidents, atoms of the asset.
    pub paid: u64,
    /// Paid out to tickets, atoms of the asset.
    pub collected: u64,
    /// The pool's index before its first payment; not set before.
    pub index_from: StoredIndex,
    /// The pool's index after its latest payment.
    pub index_to: StoredIndex,
    /// Tickets that are not closed.
    pub tickets: u32,
    /// Incidents of which it still has a contested part.
    pub contested_incidents: u32,
    /// When the first of them was asked for, unix seconds: all of those before it are in earlier epochs.
    pub asked_at: u64,
    /// Zero.
    pub reserved: [u8; 48],
}

/// Where a new exit epoch is.
pub struct EpochKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The pool.
    pub pool: &'a Address,
    /// Number within the pool.
    pub number: u64,
    /// Who pays its rent and its tip.
    pub rent_payer: &'a Address,
}

impl ExitEpoch {
    /// Makes a new account the epoch of `day`, of which the first exit is asked for at `now`.
    pub fn begin(&mut self, keys: &EpochKeys, day: u64, now: u64) {
        self.version = VERSION;
        self.bump = keys.bump;
        self.tips = 1;
        self.pool = *keys.pool;
        self.rent_payer = *keys.rent_payer;
        self.number = keys.number;
        self.day = day;
        self.asked_at = now;
    }

    /// Takes `shares` of one more ticket in.
    pub fn join(&mut self, shares: u64) -> Result<()> {
        self.shares = self.shares.checked_add(shares).or_overflow()?;
        self.tickets = self.tickets.checked_add(1).or_overflow()?;
        Ok(())
    }

    /// Shares that wait, atoms.
    pub fn waiting(&self) -> Result<u64> {
        self.shares.checked_sub(self.burned).or_overflow()
    }

    /// Whether some of it was paid.
    #[must_use]
    pub fn is_begun(&self) -> bool {
        self.burned > 0
    }

    /// Whether all of its shares were burned.
    #[must_use]
    pub fn is_paid(&self) -> bool {
        self.burned == self.shares
    }

    /// Whether all of its shares were burned and all that they had in incidents is decided.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_paid() && self.contested_incidents == 0
    }

    /// Books a payment, before which the pool's index was `index`, with a part in `joined` incidents that it had none in.
    pub fn pay(&mut self, payment: &Payment, index: StoredIndex, joined: u32) -> Result<()> {
        // What an epoch had in incidents of before the index began anew was released.
        if !self.is_begun() || self.index_from.era != index.era {
            self.index_from = index;
        }
        self.index_to = index.then(payment.index);
        self.burned = self.burned.checked_add(payment.shares).or_overflow()?;
        self.contested_incidents = self.contested_incidents.checked_add(joined).or_overflow()?;
        let cash = payment.worth.checked_sub(payment.contested).or_overflow()?;
        self.paid = self.paid.checked_add(cash).or_overflow()?;
        Ok(())
    }

    /// Takes what an incident gives back, and notes whether that is all.
    pub fn take_release(&mut self, amount: u64, is_all: bool) -> Result<()> {
        self.paid = self.paid.checked_add(amount).or_overflow()?;
        self.contested_incidents = self.contested_incidents.checked_sub(u32::from(is_all)).or_overflow()?;
        Ok(())
    }

    /// Whether it can be closed: it is over and every ticket has left. Returns what roundings left of what was paid.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitEpochInUse`].
    pub fn dust(&self) -> Result<u64> {
        require!(self.is_over() && self.tickets == 0, BreakwaterError::ExitEpochInUse);
        self.paid.checked_sub(self.collected).or_overflow()
    }
}
