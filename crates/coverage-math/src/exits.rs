//! Leaving a pool: what an epoch burns and pays, and what of it is one ticket's.

use crate::{
    BPS,
    shares::{assets_for_shares, shares_for_deposit},
    wide::{mul_div_ceil, mul_div_floor},
};

/// What an exit epoch burns and pays: with the shares that wanted out its one fill ratio, with each other its one
/// price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    /// Shares burned.
    pub burned: u64,
    /// Atoms paid for them.
    pub paid: u64,
}

/// Capital that may leave without active cover exceeding `leverage_bps` of what remains free, rounded down:
/// `capital − liens − ⌈active × 10,000 / leverage_bps⌉`, never below zero.
#[must_use]
pub fn payable(capital: u64, liens: u64, active: u64, leverage_bps: u16) -> u64 {
    // Cover that needs more capital than there is lets nothing leave.
    let needed = mul_div_ceil(active, u64::from(BPS), u64::from(leverage_bps)).unwrap_or(u64::MAX);
    capital.saturating_sub(liens).saturating_sub(needed)
}

/// What `shares` that want out get when at most `payable` atoms may leave.
///
/// All of them are burned for their worth, rounded down, when that fits. Otherwise as many as `payable` atoms are
/// worth, rounded down, for what those are worth, rounded down. Nothing is burned while there is no capital at all.
#[must_use]
pub fn fill(shares: u64, payable: u64, capital: u64, supply: u64) -> Option<Fill> {
    if capital == 0 {
        return Some(Fill { burned: 0, paid: 0 });
    }
    let worth = assets_for_shares(shares, capital, supply)?;
    if worth <= payable {
        return Some(Fill { burned: shares, paid: worth });
    }
    let burned = shares_for_deposit(payable, capital, supply)?.min(shares);
    Some(Fill { burned, paid: assets_for_shares(burned, capital, supply)? })
}

/// What a ticket of `ticket` shares has of an epoch in which `shares` wanted out: its burned shares are rounded up and
/// its atoms down, so that all tickets together keep no more shares than were carried over and get no more than was
/// paid.
///
/// `None` when the ticket has more shares than the epoch.
#[must_use]
pub fn part(ticket: u64, shares: u64, fill: Fill) -> Option<Fill> {
    if ticket > shares {
        return None;
    }
    if ticket == 0 {
        return Some(Fill { burned: 0, paid: 0 });
    }
    Some(Fill { burned: mul_div_ceil(ticket, fill.burned, shares)?, paid: mul_div_floor(ticket, fill.paid, shares)? })
}
