//! Events: liquidity.

use crate::{Books, prelude::*};

/// An LP deposited.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Deposited {
    /// The pool.
    pub pool: Address,
    /// The LP.
    pub owner: Address,
    /// Arrived, atoms.
    pub amount: u64,
    /// Shares minted, atoms.
    pub shares: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An LP put shares on their way out.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitRequested {
    /// The pool.
    pub pool: Address,
    /// The ticket.
    pub ticket: Address,
    /// The LP.
    pub owner: Address,
    /// Shares, atoms.
    pub shares: u64,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Shares that want out on that day after it, atoms.
    pub epoch_shares: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch was settled.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpochSettled {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// Shares that wanted out, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms.
    pub paid: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Day to which the rest was carried over; 0 when nothing was left.
    pub carried_to_day: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A ticket was taken through a settled exit epoch.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitCollected {
    /// The pool.
    pub pool: Address,
    /// The ticket.
    pub ticket: Address,
    /// Its owner.
    pub owner: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Day of the exit epoch, days since the epoch.
    pub day: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// Shares that still wait, atoms.
    pub shares_left: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitEpochClosed {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Its day, days since the epoch.
    pub day: u64,
    /// What roundings left of its payment, atoms: to the LPs over seven days.
    pub dust: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// What had been sent to the vault was taken in.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct SurplusAbsorbed {
    /// The pool.
    pub pool: Address,
    /// Taken in, atoms: to the LPs over seven days.
    pub amount: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}
