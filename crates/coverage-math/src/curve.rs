//! The premium: the integral of a kinked utilisation curve.

use crate::{
    BPS, PPM, YEAR, bps_floor, sum,
    wide::{U256, div_ceil_by_product, join, mul_add, mul_div_ceil, mul_wide, scale, split},
};

/// A price curve: the marginal annual rate is linear from `r0_ppm` at no utilisation to `r1_ppm` at the kink, then to
/// `r2_ppm` at full utilisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curve {
    /// Annual rate at no utilisation, ppm.
    pub r0_ppm: u32,
    /// Annual rate at the kink, ppm.
    pub r1_ppm: u32,
    /// Annual rate at full utilisation, ppm.
    pub r2_ppm: u32,
    /// Utilisation of the kink, bps of capacity, 1 to 9,999.
    pub kink_bps: u16,
}

impl Curve {
    /// Whether the curve rises (`r0 ≤ r1 ≤ r2 ≤ 1,000,000 ppm`) and its kink lies inside.
    #[must_use]
    pub const fn is_valid(&self) -> bool {
        self.r0_ppm <= self.r1_ppm
            && self.r1_ppm <= self.r2_ppm
            && self.r2_ppm <= PPM
            && self.kink_bps > 0
            && self.kink_bps < BPS
    }

    /// The premium of raising a product's active cover from `active` to `active + amount` for `seconds`, rounded up.
    ///
    /// `⌈ seconds / YEAR × ∫ r(a / capacity) da ⌉` from `active` to `active + amount`, exact: the only rounding is the
    /// last one, up, so a purchase in parts is never cheaper than one and dearer by less than an atom for each part.
    ///
    /// `None` when the cover does not fit `capacity`, `capacity` exceeds [`crate::MAX_CAPITAL`], or the curve is not
    /// valid. Bounds, for `capacity ≤ 2^60`, `seconds ≤ 2^26`, rates ≤ 10^6: see the names below.
    #[must_use]
    #[inline(always)] // into the one function of the program that prices
    pub fn premium(&self, capacity: u64, active: u64, amount: u64, seconds: u32) -> Option<u64> {
        let end = sum(active, amount)?;
        if end > capacity || capacity > crate::MAX_CAPITAL || !self.is_valid() {
            return None;
        }
        if amount == 0 {
            return Some(0);
        }
        // Within the bounds just checked no product below exceeds 128 bits, so none is checked again: the SVM pays
        // several times as much for a checked wide product as for a plain one.
        let below = self.kink_bps;
        let above = BPS.wrapping_sub(below);
        // In ten-thousandths of an atom, where the kink is a whole number: all below are ≤ 2^61 × 10^4 < 2^75.
        let kink = wide(capacity, below);
        let both = || wide(active.wrapping_add(end), BPS);
        let last_below = bps_floor(capacity, below)?;
        let (twice_mean, share) = if end <= last_below {
            (self.piece_below(kink).twice_mean(both()), below)
        } else if active > last_below {
            // Both ends measured from the kink.
            let both = both().wrapping_sub(kink).wrapping_sub(kink);
            (self.piece_above(wide(capacity, above)).twice_mean(both), above)
        } else {
            return self.premium_across(capacity, active, end, seconds);
        };

        // 2 × share × 10^6 × YEAR ≤ 2 × 10^4 × 10^6 × 3.2 × 10^7 < 2^60
        let divisor = u64::from(PPM).wrapping_mul(YEAR).wrapping_mul(2).wrapping_mul(share.into());
        // twice_mean < 2^95 and seconds < 2^32: the first product stays below 2^127, the second below 2^187.
        let (high, low) = split(scale(twice_mean, seconds));
        let (carry, n0) = mul_wide(low, amount);
        let (n2, n1) = mul_add(high, amount, carry);
        div_ceil_by_product(n2, n1, n0, capacity, divisor)
    }

    /// [`Curve::premium`] of `amount` that lies between `active` and `active + amount` already, wherever the capacity ends: what
    /// is above it costs the rate of full utilisation. Each of the two parts is rounded up.
    ///
    /// `None` as [`Curve::premium`], but for cover that does not fit.
    #[must_use]
    pub fn premium_of_held(&self, capacity: u64, active: u64, amount: u64, seconds: u32) -> Option<u64> {
        let below = amount.min(capacity.saturating_sub(active));
        let above = amount.checked_sub(below)?;
        let within = if below == 0 { 0 } else { self.premium(capacity, active, below, seconds)? };
        if above == 0 {
            return Some(within);
        }
        // 10^6 × 2^26 < 2^46
        let rate = u64::from(self.r2_ppm).checked_mul(seconds.into())?;
        sum(within, mul_div_ceil(above, rate, u64::from(PPM).wrapping_mul(YEAR))?)
    }

    /// The line below the kink, whose width in ten-thousandths of an atom is given.
    fn piece_below(&self, width: u128) -> Piece {
        Piece { low: self.r0_ppm, high: self.r1_ppm, width }
    }

    /// The line above the kink.
    fn piece_above(&self, width: u128) -> Piece {
        Piece { low: self.r1_ppm, high: self.r2_ppm, width }
    }

    /// Whether no sale is cheaper by this curve than by `other`, at any utilisation: both are straight between their ends and
    /// kinks, so those are compared, exactly.
    ///
    /// Curves that are not valid are cheaper than any.
    #[must_use]
    pub fn is_nowhere_below(&self, other: &Self) -> bool {
        let not_below = |at: u16| {
            let (rate, share) = self.rate_at(at);
            let (others, others_share) = other.rate_at(at);
            // Rates × 10^4 < 2^34, shares < 2^14.
            rate.wrapping_mul(others_share) >= others.wrapping_mul(share)
        };
        self.is_valid() && other.is_valid() && [0, self.kink_bps, other.kink_bps, BPS].into_iter().all(not_below)
    }

    /// The marginal annual rate at a utilisation of `at` bps of a valid curve: a numerator and a denominator, not zero, of ppm.
    fn rate_at(&self, at: u16) -> (u64, u64) {
        let kink = self.kink_bps;
        let (low, high, from, width) = if at <= kink {
            (self.r0_ppm, self.r1_ppm, 0, kink)
        } else {
            (self.r1_ppm, self.r2_ppm, kink, BPS.wrapping_sub(kink))
        };
        let rise = u64::from(high.wrapping_sub(low)).wrapping_mul(at.wrapping_sub(from).into());
        (u64::from(low).wrapping_mul(width.into()).wrapping_add(rise), width.into())
    }

    /// [`Curve::premium`] from `active` at or below the kink to `end` at or above it.
    #[inline(never)]
    fn premium_across(self, capacity: u64, active: u64, end: u64, seconds: u32) -> Option<u64> {
        let below = self.kink_bps;
        let above = BPS.wrapping_sub(below);
        let (kink, from, to) = (wide(capacity, below), wide(active, BPS), wide(end, BPS));
        // Both sides of the kink, over their common denominator. Below 2^74 × 2^95 × 2^14 × 2^26 = 2^209.
        let first = self.piece_below(kink).twice_mean(from.wrapping_add(kink));
        let first = area(first, kink.wrapping_sub(from))?.mul_word(above.into())?;
        let width = to.wrapping_sub(kink);
        let second = self.piece_above(wide(capacity, above)).twice_mean(width);
        let second = area(second, width)?.mul_word(below.into())?;
        // 2 × below × above × 10^4 ≤ 2 × 5000² × 10^4 < 2^39, 10^6 × YEAR < 2^45.
        let shares = u64::from(below).wrapping_mul(above.into()).wrapping_mul(2).wrapping_mul(BPS.into());
        first
            .plus(second)?
            .mul_word(seconds.into())?
            .div_ceil(shares)?
            .div_ceil_by_product(capacity, u64::from(PPM).wrapping_mul(YEAR))
    }

    /// The marginal annual rate at `active` of `capacity`, ppm, rounded up: what a view shows as the price now.
    ///
    /// `None` when `active` exceeds `capacity` or `capacity` is zero.
    #[must_use]
    pub fn rate_ppm(&self, capacity: u64, active: u64) -> Option<u32> {
        if active > capacity || capacity == 0 || !self.is_valid() {
            return None;
        }
        let kink = u128::from(capacity).checked_mul(u128::from(self.kink_bps))?;
        let at = u128::from(active).checked_mul(u128::from(BPS))?;
        let full = u128::from(capacity).checked_mul(u128::from(BPS))?;
        let (low, high, part, width) = if at <= kink {
            (self.r0_ppm, self.r1_ppm, at, kink)
        } else {
            (self.r1_ppm, self.r2_ppm, at.checked_sub(kink)?, full.checked_sub(kink)?)
        };
        let rise = u128::from(high.checked_sub(low)?).checked_mul(part)?.div_ceil(width);
        low.checked_add(u32::try_from(rise).ok()?)
    }
}

/// One linear piece of the curve, from `low` to `high` ppm over `width` ten-thousandths of an atom.
struct Piece {
    low: u32,
    high: u32,
    width: u128,
}

impl Piece {
    /// Twice the mean rate between two points, of which `both` is the sum, measured from the piece's start, times `width`.
    ///
    /// `2 × low × width + (high − low) × both`: both terms together ≤ 2 × 10^6 × 2^74 < 2^95.
    fn twice_mean(&self, both: u128) -> u128 {
        let floor = scale(self.width, self.low << 1);
        floor.wrapping_add(scale(both, self.high.wrapping_sub(self.low))) // the curve rises
    }
}

/// `amount × bps`, below 2^75 for amounts up to 2^61.
fn wide(amount: u64, bps: u16) -> u128 {
    // By parts: products of one word cost the SVM less than one of two words. bps < 2^16, so neither part overflows.
    let bps = u64::from(bps);
    let (high, low) = (amount >> 16, amount & 0xffff);
    let upper = high.wrapping_mul(bps).wrapping_add(low.wrapping_mul(bps) >> 16);
    join(upper >> 48, amount.wrapping_mul(bps))
}

/// `height × width`, for factors below 2^95 and 2^74.
fn area(height: u128, width: u128) -> Option<U256> {
    let (high, low) = crate::wide::split(width);
    // The high word of a number below 2^74 is below 2^10: shifting its product by 64 bits is two multiplications.
    let shifted = U256::new(height).mul_word(high)?.mul_word(1 << 32)?.mul_word(1 << 32)?;
    U256::new(height).mul_word(low)?.plus(shifted)
}
