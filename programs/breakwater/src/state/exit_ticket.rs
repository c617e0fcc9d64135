use anchor_lang::prelude::*;

/// One LP's shares on their way out.
#[account]
pub struct ExitTicket {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved_head: [u8; 6],
    /// The pool.
    pub pool: Address,
    /// Whose shares they are and who is paid.
    pub owner: Address,
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
