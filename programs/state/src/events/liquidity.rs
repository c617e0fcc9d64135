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
    /// Number of the exit epoch.
    pub epoch: u64,
    /// Its day, days since the epoch.
    pub day: u64,
    /// Shares that want out in it after it, atoms.
    pub epoch_shares: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A ticket got its part of what was paid to its exit epoch.
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
    /// Number of the exit epoch.
    pub epoch: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// Paid to the ticket so far, atoms.
    pub paid: u64,
    /// 1 when the ticket is over, and closed.
    pub is_over: u64,
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
    /// Its number.
    pub number: u64,
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

/// An exit epoch was paid, in full or in part.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitsPaid {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Its number.
    pub number: u64,
    /// Shares burned, atoms.
    pub burned: u64,
    /// Paid for them, atoms.
    pub paid: u64,
    /// Their part of open incidents, atoms: it bears what those pay, and the rest comes back.
    pub contested: u64,
    /// Shares of the epoch that still wait, atoms.
    pub waiting: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An exit epoch that nobody had paid in time was called, or was seen to wait.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ExitsCalled {
    /// The pool.
    pub pool: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// 1 when it was called, 0 when it cannot be paid yet.
    pub called: u64,
    /// From when it can be paid, unix seconds: for a day.
    pub payable_from: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An incident gave back to an exit epoch what was contested of it.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ContestedReleased {
    /// The pool.
    pub pool: Address,
    /// The incident.
    pub incident: Address,
    /// The exit epoch.
    pub epoch: Address,
    /// Given back, atoms.
    pub amount: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// An LP left at once.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct Withdrawn {
    /// The pool.
    pub pool: Address,
    /// The LP.
    pub owner: Address,
    /// Shares burned, atoms.
    pub shares: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// Share supply after it, atoms.
    pub supply: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The shares of a pool that was wiped out were retired, and new ones begin.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct SharesRetired {
    /// The pool.
    pub pool: Address,
    /// Mint of the retired shares.
    pub share_mint: Address,
    /// Mint of the new ones.
    pub new_share_mint: Address,
    /// Shares retired, atoms.
    pub shares: u64,
    /// What they are worth together, atoms.
    pub capital: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// Retired shares were redeemed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct RetiredRedeemed {
    /// The pool.
    pub pool: Address,
    /// Who held them.
    pub owner: Address,
    /// Shares burned, atoms.
    pub shares: u64,
    /// Paid, atoms.
    pub amount: u64,
    /// The books after it.
    pub books: Books,
}

/// The account of retired shares, of which none are left, was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct RetiredClosed {
    /// The pool.
    pub pool: Address,
    /// Mint of the retired shares.
    pub share_mint: Address,
    /// What roundings, and owners who burned shares of their own, left, atoms: to the LPs over seven days.
    pub dust: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}
