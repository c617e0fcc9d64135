//! Leaving a pool: what can leave, and what of it is one ticket's.

use crate::{
    BPS,
    contested::Index,
    shares::{are_worth_at_most, shares_for_deposit},
    wide::{mul_div_ceil, mul_div_floor},
};

/// A partial payment burns at least this part of an epoch: a hundredth.
const LEAST_PART: u64 = 100;

/// What a payment of an exit epoch burns and pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Shares burned.
    pub shares: u64,
    /// What they are worth, atoms: it leaves the capital.
    pub worth: u64,
    /// Of it what stays as their part of open incidents, atoms; the rest is paid.
    pub contested: u64,
    /// The pool's index afterwards.
    pub index: Index,
}

/// The books that say what can leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Capital, atoms.
    pub capital: u64,
    /// Shares in being.
    pub supply: u64,
    /// Of the capital what makes no room yet, atoms: new money.
    pub fresh: u64,
    /// Own part of the open liens, atoms, at most the capital.
    pub own: u64,
    /// Active cover of products without an open incident, atoms.
    pub active: u64,
    /// Active cover of the others, atoms.
    pub liened: u64,
    /// Most active cover, bps of the capital that carries it.
    pub leverage_bps: u16,
}

impl Terms {
    /// What `cover` needs of the capital, atoms, rounded up.
    #[must_use]
    pub fn needs(&self, cover: u64) -> u64 {
        mul_div_ceil(cover, BPS.into(), self.leverage_bps.into()).unwrap_or(u64::MAX)
    }

    /// How many of `wanted` shares can leave, rounded down.
    ///
    /// Afterwards the capital less its own liens still carries the cover of products without an open incident, and all of the
    /// capital carries all cover: once an incident is rejected, the cover that it concerned needs its capital again.
    #[must_use]
    pub fn leaving(&self, wanted: u64) -> Option<u64> {
        let free = self.capital.checked_sub(self.own)?;
        // Cover that needs more capital than there is lets nothing leave.
        let kept = |cover: u64| self.needs(cover).saturating_add(self.fresh);
        let all = self.capital.saturating_sub(kept(self.active.saturating_add(self.liened)));
        let unliened = free.saturating_sub(kept(self.active));
        if self.active == 0 && self.liened == 0 && self.own == 0 {
            return Some(wanted);
        }
        let leaving = self.within(wanted, all, self.capital)?;
        // Where no cover needs the free capital, all of it can go.
        if self.own == 0 || self.active == 0 {
            return Some(leaving);
        }
        // What leaves of the free capital is rounded in two places: two atoms of room.
        self.within(leaving, unliened.saturating_sub(2), free)
    }

    /// How many of `wanted` shares take at most `room` of `capital` along, rounded down.
    fn within(&self, wanted: u64, room: u64, capital: u64) -> Option<u64> {
        if are_worth_at_most(wanted, room, capital, self.supply)? {
            return Some(wanted);
        }
        Some(shares_for_deposit(room, capital, self.supply)?.min(wanted))
    }
}

/// Whether `shares` are enough for a partial payment of an epoch of `all`: a hundredth.
#[must_use]
pub fn is_enough(shares: u64, all: u64) -> bool {
    shares > 0 && shares >= all / LEAST_PART
}

/// What a ticket of `ticket` shares has of what was `paid` to an epoch of `shares`, rounded down: all tickets together get
/// no more than was paid. `None` when the ticket has more shares than the epoch.
#[must_use]
pub fn part(ticket: u64, shares: u64, paid: u64) -> Option<u64> {
    if ticket > shares {
        return None;
    }
    if ticket == shares { Some(paid) } else { mul_div_floor(paid, ticket, shares) }
}
