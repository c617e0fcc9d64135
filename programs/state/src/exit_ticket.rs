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
    /// Shares not yet burned, atoms.
    pub shares: u64,
    /// The next epoch that settles some of them, days since the epoch.
    pub epoch_day: u64,
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
    /// Whose shares they are; pays the rent.
    pub owner: &'a Address,
    /// Token account that is to be paid.
    pub receiver: &'a Address,
    /// Number given by the owner.
    pub id: u64,
}

impl ExitTicket {
    /// Makes a new account a ticket of `shares` in `epoch`, at `now`.
    pub fn request(&mut self, keys: &TicketKeys, shares: u64, epoch: &mut ExitEpoch, now: u64) -> Result<()> {
        epoch.join(shares)?;
        self.version = VERSION;
        self.bump = keys.bump;
        self.pool = *keys.pool;
        self.owner = *keys.owner;
        self.receiver = *keys.receiver;
        self.rent_payer = *keys.owner;
        self.id = keys.id;
        self.shares = shares;
        self.epoch_day = epoch.day;
        self.requested_at = now;
        Ok(())
    }

    /// Takes what `epoch`, settled, has for the ticket, which goes on to the epoch to which the rest was carried over,
    /// even with no shares left: the epochs count their tickets. Returns the atoms that are due.
    ///
    /// # Errors
    /// [`BreakwaterError::ExitNotSettled`].
    pub fn walk(&mut self, epoch: &mut ExitEpoch) -> Result<u64> {
        require!(epoch.is_settled(), BreakwaterError::ExitNotSettled);
        let part = exits::part(self.shares, epoch.shares, epoch.fill()).or_overflow()?;
        epoch.leave(part.paid)?;
        self.shares = self.shares.checked_sub(part.burned).or_overflow()?;
        self.paid = self.paid.checked_add(part.paid).or_overflow()?;
        self.epoch_day = epoch.carried_to_day;
        Ok(part.paid)
    }
}
