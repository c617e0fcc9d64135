use anchor_lang::prelude::*;

/// A change of parameters that waits for its time.
#[account]
pub struct Change {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 0 proposed, 1 queued, 2 applied, 3 refused or withdrawn.
    pub state: u8,
    /// What is changed.
    pub kind: u8,
    /// Zero.
    pub reserved_head: [u8; 4],
    /// The pool.
    pub pool: Address,
    /// The product, when the change is of one; zero otherwise.
    pub product: Address,
    /// Who proposed it.
    pub proposer: Address,
    /// The ballot that decides on it; zero when queued by the authority.
    pub ballot: Address,
    /// Number within the pool; a seed of this address.
    pub id: u64,
    /// When it was queued, unix seconds.
    pub queued_at: u64,
    /// From when it can be applied, unix seconds.
    pub applies_at: u64,
    /// New values, by kind.
    pub payload: [u8; 256],
    /// Zero.
    pub reserved: [u8; 64],
}
