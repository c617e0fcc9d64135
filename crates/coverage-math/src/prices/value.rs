//! What a source says, exactly, and the price of a point from several sources.

use core::cmp::Ordering;

/// The most sources a product has.
pub const MAX_SOURCES: usize = 3;

/// What each source of a product says of a point; `None` of one that says nothing.
pub type Said = [Option<u64>; MAX_SOURCES];

/// An exact decimal that is not negative: `mantissa × 10^exponent`.
///
/// Two of them are equal when they stand for the same number, whatever their exponents.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// The digits.
    pub mantissa: u128,
    /// The power of ten they count.
    pub exponent: i32,
}

/// Ten to the power of `power`; `None` when it exceeds 128 bits.
fn ten_to(power: u32) -> Option<u128> {
    10_u128.checked_pow(power)
}

impl Value {
    /// The most that a price with a confidence may have been: their sum. `None` for a price that is not above zero, or when the sum exceeds
    /// 128 bits.
    #[must_use]
    pub fn upper(price: i128, confidence: u128, exponent: i32) -> Option<Self> {
        let price = u128::try_from(price).ok().filter(|price| *price > 0)?;
        Some(Self { mantissa: price.checked_add(confidence)?, exponent })
    }

    /// The least that a price with a confidence may have been: their difference, or zero. `None` for a price that is not above zero.
    #[must_use]
    pub fn lower(price: i128, confidence: u128, exponent: i32) -> Option<Self> {
        let price = u128::try_from(price).ok().filter(|price| *price > 0)?;
        Some(Self { mantissa: price.saturating_sub(confidence), exponent })
    }

    /// In units of ten to the power of `exponent`, rounded up; `u64::MAX` when it is more, so that a source which says too much makes no
    /// point unprovable.
    #[must_use]
    pub fn ceil_to(self, exponent: i32) -> u64 {
        self.to(exponent, u128::div_ceil)
    }

    /// In units of ten to the power of `exponent`, rounded down; `u64::MAX` when it is more.
    #[must_use]
    pub fn floor_to(self, exponent: i32) -> u64 {
        self.to(exponent, |mantissa, unit| mantissa.checked_div(unit).unwrap_or(0))
    }

    fn to(self, exponent: i32, divide: impl Fn(u128, u128) -> u128) -> u64 {
        let scale = ten_to(self.exponent.abs_diff(exponent));
        let units = match scale {
            Some(scale) if self.exponent >= exponent => self.mantissa.checked_mul(scale),
            Some(scale) => Some(divide(self.mantissa, scale)),
            None if self.exponent >= exponent && self.mantissa > 0 => None,
            None => Some(divide(self.mantissa.min(1), 2)), // less than a unit, or nothing
        };
        units.and_then(|units| u64::try_from(units).ok()).unwrap_or(u64::MAX)
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.exponent < other.exponent {
            return other.cmp(self).reverse();
        }
        if self.mantissa == 0 || other.mantissa == 0 {
            return self.mantissa.cmp(&other.mantissa);
        }
        // What exceeds 128 bits is more than what does not.
        ten_to(self.exponent.abs_diff(other.exponent))
            .and_then(|scale| self.mantissa.checked_mul(scale))
            .map_or(Ordering::Greater, |mantissa| mantissa.cmp(&other.mantissa))
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

/// The price of a point from the upper ends that its sources say: the `k`-th lowest; `None` when fewer than `k` say something.
///
/// Of n sources `k − 1` that say too little make it no lower than the lowest of the others, and `n − k` that say too much or nothing no
/// higher than their highest. Leaving sources out only raises it. Rounding each up first or the k-th lowest at the end is the same.
#[must_use]
pub fn price_of(said: Said, k: u8) -> Option<u64> {
    let [a, b, c] = said.map(|upper| upper.unwrap_or(u64::MAX));
    let (low, high) = (a.min(b), a.max(b));
    let sorted = [low.min(c), low.max(c).min(high), high.max(c)];
    let at = usize::from(k).checked_sub(1)?;
    if said.iter().flatten().count() <= at { None } else { sorted.get(at).copied() }
}

/// Whether the price of a point was not below `strike`, by what some of its `n` sources say: enough upper ends are not below it, `n − k + 1`, so
/// that the `k`-th lowest of all n is not, whatever the others say.
///
/// A price from fewer sources does not show that, for leaving one out raises it.
#[must_use]
pub fn is_not_below(said: Said, n: u8, k: u8, strike: u64) -> bool {
    shown(said, n, k, |upper| upper >= strike)
}

/// Whether something can be sold at a time, by the lower ends of fresh prices: as many as prove that the price was above `strike` are above it.
#[must_use]
pub fn is_above(lowers: Said, n: u8, k: u8, strike: u64) -> bool {
    shown(lowers, n, k, |lower| lower > strike)
}

fn shown(said: Said, n: u8, k: u8, is_so: impl Fn(u64) -> bool) -> bool {
    let count = said.iter().flatten().filter(|said| is_so(**said)).count();
    // As many and k are more than n.
    k > 0 && k <= n && count.saturating_add(k.into()) > n.into()
}
