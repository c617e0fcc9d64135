use anchor_lang::prelude::*;

/// The exits of one pool that settle on one day, at one price and one fill ratio.
#[account]
pub struct ExitEpoch {
    /// Layout version.
    pub version: u8,
    /// Bump of this address.
    pub bump: u8,
    /// 1 once settled.
    pub settled: u8,
    /// Zero.
    pub reserved_head: [u8; 5],
    /// The pool.
    pub pool: Address,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Address,
    /// Day it settles, days since the epoch; a seed of this address.
    pub day: u64,
    /// Shares that want out: requested for this day and carried over, atoms.
    pub shares: u64,
    /// Of them burned, atoms.
    pub burned: u64,
    /// Paid for those, atoms of the asset.
    pub paid: u64,
    /// Capital at the settlement, atoms: with `supply` the price.
    pub capital: u64,
    /// Share supply at the settlement, atoms.
    pub supply: u64,
    /// When it was settled, unix seconds.
    pub settled_at: u64,
    /// Tickets that point here.
    pub tickets: u64,
    /// Day to which the rest was carried over; 0 when nothing was.
    pub carried_to_day: u64,
    /// Zero.
    pub reserved: [u8; 64],
}
