//! What an incident pays: one factor for every claim.

use crate::wide::{mul_div_floor, part_floor};

/// The capital an incident may draw on, rounded down.
///
/// Alone, or when all liens fit the capital: what the other incidents' liens leave. Otherwise the capital is shared in
/// proportion to the liens. Rounding down keeps the sum of all shares within the capital.
#[must_use]
pub fn available(capital: u64, lien: u64, all_liens: u64) -> Option<u64> {
    let others = all_liens.checked_sub(lien)?;
    if all_liens <= capital { capital.checked_sub(others) } else { mul_div_floor(capital, lien, all_liens) }
}

/// What one claim has due of `settled` for `approved` in all, rounded down and less what was paid already.
///
/// Rounding down keeps the sum over all claims within `settled`; it falls short by less than one atom for each claim.
#[must_use]
pub fn due(claim: u64, settled: u64, approved: u64, paid: u64) -> Option<u64> {
    if approved == 0 {
        return Some(0);
    }
    // Paid in full, as most are: no product needed.
    let total = if settled == approved { claim } else { part_floor(claim, settled, approved)? };
    total.checked_sub(paid)
}

/// What is lost of the bond of a report that was not accepted and that fewer voted on than must, atoms, rounded up: a quarter.
#[must_use]
pub const fn unheard(bond: u64) -> u64 {
    bond.div_ceil(4)
}

/// How a lost bond is shared between the winner and the assessors, who get the odd atom.
#[must_use]
pub fn split_bond(bond: u64) -> (u64, u64) {
    let half = bond / 2;
    (half, bond.saturating_sub(half)) // half ≤ bond
}
