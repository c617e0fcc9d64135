use crate::{ExitEpoch, prelude::*};
use coverage_math::exits;

/// One LP's shares on their way out.
#[cfg_attr(feature = "anchor", anchor_lang::account)]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitTicket {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 6],
    /// The pool.
    pub pool: Address,
    /// Whose shares they are.
    pub owner: Address,
    /// Token account that is paid, unless the owner signs for another.
    pub receiver: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Number given by the owner; a seed of this address.
    pub id: u64,
    /// Its shares of the epoch, atoms.
    pub shares: u64,
    /// The epoch in which they leave.
    pub epoch: u64,
    /// When it was requested, unix seconds.
    pub requested_at: u64,
    /// Paid so far, atoms of the asset.
    pub paid: u64,
    /// Zero.
    pub reserved: [u8; 64],
}

/// Where a new ticket is, and whose it is.
pub struct TicketKeys<'a> {
    /// Bump of its address.
    pub bump: u8,
    /// The pool.
    pub pool: &'a Address,
    /// Whose shares they are.
    pub owner: &'a Address,
    /// Token account that is to be paid.
    pub receiver: &'a Address,
    /// Who pays its rent.
    pub rent_payer: &'a Address,
    /// Number given by the owner.
    pub id: u64,
}

impl ExitTicket {
    /// Makes a new account a ticket of `shares` in `epoch`, asked for at `now`.
    pub fn request(&mut self, keys: &TicketKeys, shares: u64, epoch: &mut ExitEpoch, now: u64) -> Result<()> {
        epoch.join(shares)?;
        self.version = VERSION;
        self.bump = keys.bump;
        self.pool = *keys.pool;
        self.owner = *keys.owner;
        self.receiver = *keys.receiver;
        self.rent_payer = *keys.rent_payer;
        self.id = keys.id;
        self.shares = shares;
        self.epoch = epoch.number;
        self.requested_at = now;
        Ok(())
    }

    /// Takes what `epoch` has for the ticket and was not taken: its part of all that was paid so far, rounded down. Returns
    /// the atoms, and whether the ticket is over.
    ///
    /// # Errors
    /// [`BreakwaterError::NothingDue`].
    pub fn collect(&mut self, epoch: &mut ExitEpoch) -> Result<(u64, bool)> {
        let part = exits::part(self.shares, epoch.shares, epoch.paid).or_overflow()?;
        let due = part.checked_sub(self.paid).or_overflow()?;
        let is_over = epoch.is_over();
        require!(due > 0 || is_over, BreakwaterError::NothingDue);
        self.paid = part;
        epoch.collected = epoch.collected.checked_add(due).or_overflow()?;
        epoch.tickets = epoch.tickets.checked_sub(u32::from(is_over)).or_overflow()?;
        Ok((due, is_over))
    }
}
