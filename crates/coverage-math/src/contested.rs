//! Leaving while incidents are open: which part of every open lien goes with those who leave.
//!
//! Paying `x` of `S` shares takes the same fraction of *every* open lien along. One index for the whole pool, which that
//! fraction shrinks, therefore says what is still the stayers', however many incidents are open: a lien is kept as an
//! amount per unit of the index, so that its own part is amount × index. What left between two values of the index is
//! the difference of the two.
//!
//! The index is a floating-point number, so that it never runs out: a mantissa of 64 bits whose top bit is set, and how
//! often it was doubled to stay so. Amounts per unit belong to one shift; brought to another they are rounded up, which
//! sets aside more, never less.
//!
//! A worked example: 1,000 shares, 1,000 atoms of capital, a report on cover of 400. The index is 1, the lien 400 per unit.
//! 250 shares leave: the index falls to 3/4 (but for the virtual shares), own is 300, 100 are contested. 200 of the 400 are
//! claimed and paid: 150 of the capital and 50 of what is contested; 50 contested atoms go back to those who left.

use crate::{
    shares::VIRTUAL_SHARES,
    wide::{U256, div_scaled, div_wide, join, mul_wide, split},
};

/// Fraction bits of an amount per unit: a cover of 2^63 at the least mantissa, 2^63, takes 127 bits.
const BITS: u32 = 127;
/// Fraction bits of a [`Position`] beside those of the mantissa.
const POSITION_BITS: u32 = 63;

/// What is left of everything since the pool began: `mantissa / 2^(63 + shift)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// From 2^63 to 2^64 − 1.
    pub mantissa: u64,
    /// How often the mantissa was doubled to stay there.
    pub shift: u32,
}

/// Where an index lies, seen from an earlier one: `mantissa × 2^63` for itself, less for later ones, 0 at the end.
pub type Position = u128;

impl Index {
    /// Of a pool that nobody has left: 1.
    pub const START: Self = Self { mantissa: 1 << 63, shift: 0 };

    /// The index once `shares` of a supply of `supply` have left, rounded down. `None` when there are no such shares.
    #[must_use]
    pub fn after_leaving(self, shares: u64, supply: u64) -> Option<Self> {
        let all = supply.checked_add(VIRTUAL_SHARES)?;
        // The virtual shares stay, a thousand, so the product of a mantissa has an upper word.
        let (high, low) = mul_wide(self.mantissa, all.checked_sub(shares)?);
        let (mantissa, doublings) = div_scaled(high, low, all)?;
        Some(Self { mantissa, shift: self.shift.checked_add(doublings)? })
    }

    /// Doublings from `earlier` to this index.
    #[must_use]
    pub fn doublings_since(self, earlier: Self) -> u32 {
        self.shift.saturating_sub(earlier.shift)
    }

    /// An amount per unit of this index: `atoms × 2^127 / mantissa`, rounded up. `None` for 2^63 atoms and more.
    #[must_use]
    pub fn per_unit(self, atoms: u64) -> Option<u128> {
        if atoms >> 63 != 0 {
            return None;
        }
        let (high, rest) = div_wide(atoms >> 1, atoms << 63, self.mantissa)?;
        let (low, rest) = div_wide(rest, 0, self.mantissa)?;
        join(high, low).checked_add(u128::from(rest != 0))
    }

    /// The stayers' own part of what is `per_unit` set aside, atoms, rounded up: `mantissa × per_unit / 2^127`.
    #[must_use]
    pub fn own(self, per_unit: u128) -> Option<u64> {
        if per_unit == 0 {
            return Some(0);
        }
        let (high, low) = split(per_unit);
        let (top, middle) = mul_wide(self.mantissa, high);
        let (carry, bottom) = mul_wide(self.mantissa, low);
        let (middle, over) = middle.overflowing_add(carry);
        let top = top.checked_add(u64::from(over))?;
        // (top, middle, bottom) / 2^127 = (top, middle) / 2^63, and what lies below.
        let whole = join(top, middle) >> POSITION_BITS;
        let below = (middle << 1) != 0 || bottom != 0;
        u64::try_from(whole).ok()?.checked_add(u64::from(below))
    }

    /// The stayers' own part of `atoms` that were set aside when the index was `earlier`, rounded up.
    #[must_use]
    pub fn own_of(self, atoms: u64, earlier: Self) -> Option<u64> {
        if self == earlier {
            return Some(atoms);
        }
        let doublings = self.doublings_since(earlier);
        let (high, low) = mul_wide(atoms, self.mantissa);
        let product = join(high, low);
        let shifted = product.checked_shr(doublings).unwrap_or(0);
        let (high, low) = split(shifted);
        let (quotient, rest) = div_wide(high, low, earlier.mantissa)?;
        let exact = rest == 0 && shifted.checked_shl(doublings) == Some(product);
        quotient.checked_add(u64::from(!exact && atoms != 0)).map(|own| own.min(atoms))
    }

    /// Where this index lies, seen from `earlier`, rounded down.
    #[must_use]
    pub fn seen_from(self, earlier: Self) -> Position {
        (u128::from(self.mantissa) << POSITION_BITS).checked_shr(self.doublings_since(earlier)).unwrap_or(0)
    }
}

/// An amount per unit brought to an index that was doubled `doublings` times since, rounded up.
#[must_use]
pub fn rescale(per_unit: u128, doublings: u32) -> u128 {
    if doublings == 0 {
        return per_unit;
    }
    match per_unit.checked_sub(1) {
        // ⌈x / n⌉ = ⌊(x − 1) / n⌋ + 1
        Some(below) => below.checked_shr(doublings).unwrap_or(0).saturating_add(1),
        None => 0,
    }
}

/// What `per_unit` comes to between two positions, `from` down to `to`, atoms, rounded down.
#[must_use]
pub fn between(per_unit: u128, from: Position, to: Position) -> Option<u64> {
    let units = from.checked_sub(to)?;
    let product = U256::product(per_unit, units);
    product.shift_right(BITS.checked_add(POSITION_BITS)?).to_u64()
}
