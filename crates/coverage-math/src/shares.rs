//! LP shares: what capital is worth in them and back.

use crate::wide::{mul_div_ceil, mul_div_floor, mul_wide};

/// Shares that exist on paper from the start, `10^offset` with offset 3: a donation of `x` atoms ahead of the first
/// deposit costs its sender at least a thousand times what it takes from that deposit, apart from an atom of rounding.
pub const VIRTUAL_SHARES: u64 = 1_000;
/// The atom of capital that those shares own on paper.
pub const VIRTUAL_CAPITAL: u64 = 1;
/// Decimals that the share mint has beyond the asset's, so that a share starts at the price of an asset unit.
pub const SHARE_DECIMALS: u8 = 3;
/// How far the share price may fall below its first price before deposits stop: to a thousandth.
const DEPLETION: u64 = 1_000;

/// Shares minted for `amount` atoms, rounded down: `amount × (supply + 1,000) / (capital + 1)`.
///
/// The depositor gets no more than the amount is worth, so the price of every other share does not fall.
#[must_use]
pub fn shares_for_deposit(amount: u64, capital: u64, supply: u64) -> Option<u64> {
    mul_div_floor(amount, supply.checked_add(VIRTUAL_SHARES)?, capital.checked_add(VIRTUAL_CAPITAL)?)
}

/// Atoms that `shares` are worth, rounded down: `shares × (capital + 1) / (supply + 1,000)`.
#[must_use]
pub fn assets_for_shares(shares: u64, capital: u64, supply: u64) -> Option<u64> {
    mul_div_floor(shares, capital.checked_add(VIRTUAL_CAPITAL)?, supply.checked_add(VIRTUAL_SHARES)?)
}

/// Whether `shares` are worth at most `amount` atoms as [`assets_for_shares`] says, without its division.
#[must_use]
pub fn are_worth_at_most(shares: u64, amount: u64, capital: u64, supply: u64) -> Option<bool> {
    let worth = mul_wide(shares, capital.checked_add(VIRTUAL_CAPITAL)?);
    // ⌊x / y⌋ ≤ z where x < (z + 1) y
    Some(worth < mul_wide(amount.checked_add(1)?, supply.checked_add(VIRTUAL_SHARES)?))
}

/// Atoms that `shares` are worth, rounded up: what must stay in the pool for shares that are on their way out.
#[must_use]
pub fn assets_for_shares_ceil(shares: u64, capital: u64, supply: u64) -> Option<u64> {
    mul_div_ceil(shares, capital.checked_add(VIRTUAL_CAPITAL)?, supply.checked_add(VIRTUAL_SHARES)?)
}

/// The least shares whose worth covers `amount` atoms, rounded up.
#[must_use]
pub fn shares_for_assets(amount: u64, capital: u64, supply: u64) -> Option<u64> {
    mul_div_ceil(amount, supply.checked_add(VIRTUAL_SHARES)?, capital.checked_add(VIRTUAL_CAPITAL)?)
}

/// Whether the pool has lost so much that new shares would swamp the old: a share is worth less than a thousandth of
/// its first price. Such a pool takes no deposits.
#[must_use]
pub fn is_depleted(capital: u64, supply: u64) -> bool {
    let first_price = u128::from(supply).saturating_add(u128::from(VIRTUAL_SHARES));
    let now = u128::from(capital)
        .saturating_add(u128::from(VIRTUAL_CAPITAL))
        .saturating_mul(u128::from(VIRTUAL_SHARES))
        .saturating_mul(u128::from(DEPLETION));
    first_price > now
}
