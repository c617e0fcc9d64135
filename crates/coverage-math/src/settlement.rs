//! What an incident pays: one factor for every claim.

use crate::wide::{mul_div_ceil, mul_div_floor, part_floor, scale};

/// All of something: parts that claims are sure of are counted in 65,536ths.
pub const WHOLE: u32 = 1 << WHOLE_BITS;
const WHOLE_BITS: u32 = 16;

/// The capital an incident may draw on, rounded down.
///
/// Alone, or when all liens fit the capital: what the other incidents' liens leave. Otherwise the capital is shared in
/// proportion to the liens. Rounding down keeps the sum of all shares within the capital.
#[must_use]
pub fn available(capital: u64, lien: u64, all_liens: u64) -> Option<u64> {
    let others = all_liens.checked_sub(lien)?;
    if all_liens <= capital { capital.checked_sub(others) } else { mul_div_floor(capital, lien, all_liens) }
}

/// What one claim gets of `settled` for `approved` in all, rounded down.
///
/// Rounding down keeps the sum over all claims within `settled`; it falls short by less than one atom for each claim.
#[must_use]
pub fn part_of_settled(claim: u64, settled: u64, approved: u64) -> Option<u64> {
    // Paid in full, as most are: no product needed.
    if settled == approved { Some(claim) } else { part_floor(claim, settled, approved) }
}

/// Which part of what is demanded `funds` are sure to pay, in 65,536ths, rounded down: all where nothing is demanded.
#[must_use]
pub fn sure_part(funds: u64, demands: u64) -> Option<u32> {
    if funds >= demands {
        return Some(WHOLE);
    }
    mul_div_floor(funds, u64::from(WHOLE), demands)?.try_into().ok()
}

/// A part in 65,536ths as basis points, rounded down.
#[must_use]
pub fn bps_of(part: u32) -> u16 {
    part_of(crate::BPS.into(), part).and_then(|bps| u16::try_from(bps).ok()).unwrap_or(crate::BPS)
}

/// A part of an amount, in 65,536ths, rounded down.
#[must_use]
pub fn part_of(amount: u64, part: u32) -> Option<u64> {
    if part == WHOLE {
        return Some(amount);
    }
    u64::try_from(scale(amount.into(), part) >> WHOLE_BITS).ok()
}

/// What an amount is sure of by a part of it, in 65,536ths, rounded up: a factor of all of it that is never less.
#[must_use]
pub fn sure_of(amount: u64, part: u32) -> Option<u64> {
    mul_div_ceil(amount, part.into(), WHOLE.into())
}

/// A part of an amount per unit, in 65,536ths, rounded up.
#[must_use]
pub fn part_per_unit(per_unit: u128, part: u32) -> Option<u128> {
    if part == WHOLE {
        return Some(per_unit);
    }
    let below = u128::from(WHOLE - 1); // WHOLE is 2^16
    let rest = scale(per_unit & below, part).checked_add(below)? >> WHOLE_BITS;
    scale(per_unit >> WHOLE_BITS, part).checked_add(rest)
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
