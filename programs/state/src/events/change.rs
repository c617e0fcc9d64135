//! Events: change.

use crate::{Books, prelude::*};

/// A change was proposed: queued by the authority, or put to a ballot by a staker.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeProposed {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The product, when the change is of one; zero otherwise.
    pub product: Address,
    /// Who proposed it.
    pub proposer: Address,
    /// The ballot that decides; zero when the authority queued it.
    pub ballot: Address,
    /// What is proposed: a `Proposal` in Borsh, zero-filled.
    pub proposal: [u8; PROPOSAL_BYTES],
    /// Bond posted, atoms, beside the voters' reward; 0 when the authority queued it.
    pub bond: u64,
    /// From when it can be applied, unix seconds; 0 while a ballot decides.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// The ballot on a change was read.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeDecided {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// 1 queued, 3 refused.
    pub state: u64,
    /// What becomes of the bond: 1 due to the proposer, 3 slashed.
    pub bond_state: u64,
    /// From when it can be applied, unix seconds; 0 when refused.
    pub applies_at: u64,
    /// Earned since the last accrual, atoms.
    pub earned: u64,
    /// The books after it.
    pub books: Books,
}

/// A change was applied.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeApplied {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// The value before it: a `Proposal` in Borsh, zero-filled, which would bring it back. Of the words of shares none: they stood
    /// in the mint.
    pub before: [u8; BRIEF_BYTES],
    /// The value after it, likewise; of the words of shares the first.
    pub after: [u8; BRIEF_BYTES],
}

/// A queued change was marked: it can be applied, and lapses in 30 days.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeMarked {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// When, unix seconds.
    pub ready_at: u64,
}

/// A queued change was withdrawn.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeWithdrawn {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who withdrew it.
    pub by: Address,
}

/// The bond of a change was given back.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeBondCollected {
    /// The change.
    pub change: Address,
    /// Who had posted it.
    pub proposer: Address,
    /// Given back, atoms.
    pub bond: u64,
    /// The books after it.
    pub books: Books,
}

/// The account of a change was closed.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct ChangeClosed {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// How it ended: 1 lapsed, 2 applied, 3 refused, 4 withdrawn.
    pub state: u64,
}

/// The authority was handed over.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct AuthorityAccepted {
    /// The pool.
    pub pool: Address,
    /// The change.
    pub change: Address,
    /// Who had it.
    pub authority: Address,
    /// Who has it now.
    pub new_authority: Address,
}

/// Sales and deposits were paused, or a pause was ended.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct PoolPaused {
    /// The pool.
    pub pool: Address,
    /// Until when they are paused, unix seconds: now, when a pause was ended.
    pub paused_until: u64,
    /// Before when no other pause can begin, unix seconds.
    pub next_pause_at: u64,
}

/// Protocol fees were paid to the treasury.
#[cfg_attr(feature = "anchor", anchor_lang::event(bytemuck))]
#[cfg_attr(not(feature = "anchor"), derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable), repr(C))]
pub struct FeesCollected {
    /// The pool.
    pub pool: Address,
    /// The treasury.
    pub treasury: Address,
    /// Token account that was paid.
    pub receiver: Address,
    /// Paid, atoms.
    pub amount: u64,
    /// The books after it.
    pub books: Books,
}
