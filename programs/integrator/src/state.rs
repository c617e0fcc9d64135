//! The accounts.

use anchor_lang::prelude::*;

/// First seed of a vault: manager.
pub const VAULT: &[u8] = b"vault";
/// First seed of a venue: operator.
pub const VENUE: &[u8] = b"venue";
/// First seed of a token account: vault.
pub const TOKENS: &[u8] = b"tokens";
/// First seed of a position: vault, user, policy number (u64, little endian).
pub const POSITION: &[u8] = b"position";

/// A vault, and where its deposits are covered.
#[account]
pub struct Vault {
    /// Who insures the vault and claims for it.
    pub manager: Address,
    /// Its token account.
    pub tokens: Address,
    /// Where commissions go.
    pub fee_tokens: Address,
    /// What it holds: the pool's asset.
    pub asset_mint: Address,
    /// Token program of the asset.
    pub token_program: Address,
    /// Breakwater's pool.
    pub pool: Address,
    /// Breakwater's product.
    pub product: Address,
    /// Number of the product's terms when the vault was opened: it buys under no others.
    pub product_terms: u64,
    /// Sum of the deposits, atoms.
    pub deposited: u64,
    /// Term of the cover, days.
    pub term_days: u16,
    /// What the vault takes on top of a premium, bps of it.
    pub commission_bps: u16,
    /// Decimals of the asset.
    pub decimals: u8,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved: [u8; 2],
}

/// A deposit and the policy that covers it.
#[account]
pub struct Position {
    /// The vault.
    pub vault: Address,
    /// Whose deposit it is.
    pub user: Address,
    /// Breakwater's policy.
    pub policy: Address,
    /// The deposit, atoms.
    pub amount: u64,
}

/// A trading venue, and what covers its shortfalls.
#[account]
pub struct Venue {
    /// Who runs it.
    pub operator: Address,
    /// Its token account.
    pub tokens: Address,
    /// Breakwater's product, of which it is the trigger.
    pub product: Address,
    /// Losses that nobody has paid for, atoms.
    pub shortfall: u64,
    /// Bump of this address.
    pub bump: u8,
    /// Zero.
    pub reserved: [u8; 7],
}
