//! Products of up to 256 bits and their exact quotients.
//!
//! The SVM divides 64-bit words in one instruction and 128-bit ones in several hundred, so everything here is built
//! from 64-bit words and divides by 64-bit divisors only. `⌈⌈x / a⌉ / b⌉ = ⌈x / (a·b)⌉` for positive integers, so a
//! long divisor is applied factor by factor without losing exactness.

use crate::sum;
use core::num::NonZeroU64;

/// An unsigned 256-bit integer, least significant word first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct U256([u64; 4]);

/// `a × b` as (high, low) words.
#[must_use]
pub fn mul_wide(a: u64, b: u64) -> (u64, u64) {
    // By halves, which takes the SVM a fraction of a 128-bit product. No sum below exceeds 64 bits: each is at most a
    // product of halves and two more halves. (The lower word as one product would be shorter, but then LLVM sees that
    // this is a 128-bit product and makes it one.)
    const HALF: u32 = 32;
    const MASK: u64 = 0xffff_ffff;
    let (a1, a0, b1, b0) = (a >> HALF, a & MASK, b >> HALF, b & MASK);
    let low = a0.wrapping_mul(b0);
    let first = a1.wrapping_mul(b0).wrapping_add(low >> HALF);
    let second = a0.wrapping_mul(b1).wrapping_add(first & MASK);
    let high = a1.wrapping_mul(b1).wrapping_add(first >> HALF).wrapping_add(second >> HALF);
    (high, (second << HALF) | (low & MASK))
}

/// `a × b + c` as (high, low) words.
#[must_use]
pub fn mul_add(a: u64, b: u64, c: u64) -> (u64, u64) {
    let (high, low) = mul_wide(a, b);
    let low = low.wrapping_add(c);
    (if low < c { high.wrapping_add(1) } else { high }, low) // high ≤ 2^64 − 2 after a 64 × 64 product
}

/// `x × factor`, for products below 2^128.
#[must_use]
pub fn scale(x: u128, factor: u32) -> u128 {
    let (high, low) = split(x);
    let (carry, low) = mul_wide(low, factor.into());
    join(high.wrapping_mul(factor.into()).wrapping_add(carry), low)
}

/// `(high, low)` as one number.
#[must_use]
pub fn join(high: u64, low: u64) -> u128 {
    (u128::from(high) << 64) | u128::from(low)
}

/// The (high, low) words of `x`.
#[must_use]
pub fn split(x: u128) -> (u64, u64) {
    // Both halves fit, and LLVM sees it. (By way of the bytes it sometimes puts each word together from eight.)
    let word = |half: u128| u64::try_from(half).unwrap_or(u64::MAX);
    (word(x >> 64), word(x & u128::from(u64::MAX)))
}

/// Quotient and remainder of the two-word number `(high, low)` by `divisor`, for `high < divisor`.
///
/// Knuth's algorithm D with two 32-bit digits (The Art of Computer Programming, volume 2, 4.3.1). `None` when the
/// quotient does not fit one word, that is when `high ≥ divisor`.
#[must_use]
#[inline(always)] // for its short case; the long one is a call
pub fn div_wide(high: u64, low: u64, divisor: u64) -> Option<(u64, u64)> {
    if high == 0 {
        return Some((low.checked_div(divisor)?, low.checked_rem(divisor)?));
    }
    div_long(high, low, divisor)
}

/// The 64 highest bits of `(high, low) / divisor`, for `0 < high < divisor`, rounded down, and how often the quotient was
/// doubled for its top bit to be among them. `None` for others.
#[must_use]
pub fn div_scaled(high: u64, low: u64, divisor: u64) -> Option<(u64, u32)> {
    if high == 0 {
        return None;
    }
    // The dividend of a quotient whose top bit is set has as many bits as the divisor and 63 more, or another one.
    let shift = leading_zeros(high).saturating_sub(leading_zeros(divisor)).saturating_sub(1);
    let (high, low) = (shifted(high, low, shift), low << shift);
    let (high, low, shift) = if (high, low) < (divisor >> 1, divisor << 63) {
        (shifted(high, low, 1), low << 1, shift.saturating_add(1))
    } else {
        (high, low, shift)
    };
    Some((div_wide(high, low, divisor)?.0, shift))
}

/// [`div_wide`] of two words.
#[inline(never)]
fn div_long(high: u64, low: u64, divisor: u64) -> Option<(u64, u64)> {
    if high >= divisor {
        return None;
    }
    // Normalise: the divisor's top bit set, so that a digit guessed from its top half is at most two too large.
    let shift = leading_zeros(divisor);
    let (quotient, rest) = div_normal(shifted(high, low, shift), low << shift, divisor << shift)?;
    Some((quotient, rest >> shift))
}

/// The upper word of `(high, low)` shifted left by `shift` < 64.
fn shifted(high: u64, low: u64, shift: u32) -> u64 {
    (high << shift) | (low >> 1 >> (63 ^ shift)) // 63 ^ shift = 63 − shift: together 64 − shift, which may be 64
}

/// Quotient and remainder of `(high, low)` by a divisor above `high` whose top bit is set.
fn div_normal(high: u64, low: u64, d: u64) -> Option<(u64, u64)> {
    const HALF: u32 = 32;
    const MASK: u64 = 0xffff_ffff;
    let (d1, d0) = (NonZeroU64::new(d >> HALF)?, d & MASK);
    let (q1, rest) = digit(high, low >> HALF, d, d1, d0);
    let (q0, rest) = digit(rest, low & MASK, d, d1, d0);
    Some(((q1 << HALF) | q0, rest))
}

/// Zero bits above the highest one of a non-zero `x`: those of its highest byte are looked up, which takes the SVM a
/// third of what the intrinsic does.
fn leading_zeros(x: u64) -> u32 {
    const OF_BYTE: [u8; 256] = {
        let mut zeros = [8u8; 256];
        let mut byte = 1usize;
        while byte < 256 {
            zeros[byte] = zeros[byte >> 1].wrapping_sub(1);
            byte = byte.wrapping_add(1);
        }
        zeros
    };
    let highest = match x {
        0..0x100 => 0,
        0x100..0x1_0000 => 8,
        0x1_0000..0x100_0000 => 16,
        0x100_0000..0x1_0000_0000 => 24,
        0x1_0000_0000..0x100_0000_0000 => 32,
        0x100_0000_0000..0x1_0000_0000_0000 => 40,
        0x1_0000_0000_0000..0x100_0000_0000_0000 => 48,
        _ => 56u32,
    };
    let [byte, ..] = (x >> highest).to_le_bytes();
    56u32.wrapping_sub(highest).wrapping_add(OF_BYTE[usize::from(byte)].into())
}

/// One 32-bit digit of the quotient of `(top, next)` by the normalised `d = (d1, d0)`, and what is left.
fn digit(top: u64, next: u64, d: u64, d1: NonZeroU64, d0: u64) -> (u64, u64) {
    const HALF: u32 = 32;
    let mut q = top / d1;
    let mut r = top.wrapping_sub(q.wrapping_mul(d1.get()));
    while q >> HALF != 0 || q.wrapping_mul(d0) > ((r << HALF) | next) {
        q = q.wrapping_sub(1);
        r = r.wrapping_add(d1.get());
        if r >> HALF != 0 {
            break;
        }
    }
    (q, ((top << HALF) | next).wrapping_sub(q.wrapping_mul(d)))
}

/// `a × b / c`, rounded down; `None` when `c` is zero or the quotient exceeds 64 bits.
#[must_use]
pub fn mul_div_floor(a: u64, b: u64, c: u64) -> Option<u64> {
    let (high, low) = mul_wide(a, b);
    Some(div_wide(high, low, c)?.0)
}

/// What `part` of `whole` has of `amount`, rounded down; `None` when `whole` is zero or the quotient exceeds 64 bits.
///
/// For parts of up to 2^47, 140 million tokens of six decimals, by digits of 16 bits of `amount`, as by hand: it takes the SVM a fraction of a
/// product of two words and its quotient. Each step divides at most 2^16 × `whole` + 2^16 × `part` ≤ 2^64 less 1, and the quotient is at most
/// `amount`.
#[must_use]
#[inline(never)] // its callers are many
pub fn part_floor(amount: u64, part: u64, whole: u64) -> Option<u64> {
    const DIGIT: u32 = 16;
    const MASK: u64 = 0xffff;
    let Some(whole) = NonZeroU64::new(whole).filter(|_| part <= whole && whole < 1 << 47) else {
        return mul_div_floor(amount, part, whole);
    };
    let step = |(quotient, rest): (u64, u64), digit: u64| {
        let here = (rest << DIGIT).wrapping_add(digit.wrapping_mul(part));
        let times = here / whole;
        ((quotient << DIGIT).wrapping_add(times), here.wrapping_sub(times.wrapping_mul(whole.get())))
    };
    let mut found = (0, 0);
    if amount >> 32 != 0 {
        if amount >> 48 != 0 {
            found = step(found, amount >> 48);
        }
        found = step(found, (amount >> 32) & MASK);
    }
    found = step(found, (amount >> 16) & MASK);
    Some(step(found, amount & MASK).0)
}

/// `a × b / c`, rounded up; `None` when `c` is zero or the quotient exceeds 64 bits.
#[must_use]
pub fn mul_div_ceil(a: u64, b: u64, c: u64) -> Option<u64> {
    let (high, low) = mul_wide(a, b);
    let (quotient, rest) = div_wide(high, low, c)?;
    sum(quotient, u64::from(rest != 0))
}

/// `(n2, n1, n0) / (a × b)`, rounded up; `None` when it exceeds 64 bits or a factor is zero.
///
/// One digit of 64 bits in Knuth's algorithm D, where a division by one factor after the other takes several.
#[must_use]
#[inline(always)] // a call with six words costs more than it saves
pub fn div_ceil_by_product(n2: u64, n1: u64, n0: u64, a: u64, b: u64) -> Option<u64> {
    let (d1, d0) = mul_wide(a, b);
    if n2 > d1 || (n2 == d1 && n1 >= d0) {
        return None; // no single digit
    }
    if d1 == 0 {
        let (quotient, rest) = div_wide(n1, n0, d0)?;
        return sum(quotient, u64::from(rest != 0));
    }
    let shift = leading_zeros(d1);
    let (d1, d0) = (shifted(d1, d0, shift), d0 << shift);
    let (n2, n1, n0) = (shifted(n2, n1, shift), shifted(n1, n0, shift), n0 << shift);
    // Guessed from the divisor's upper word, the digit is at most two too large.
    let (mut q, mut rest) = if n2 < d1 { div_normal(n2, n1, d1)? } else { (u64::MAX, sum(n1, d1)?) };
    // What is left is (rest, n0) − q × d0. Once its upper word overflows, that cannot take it back in full.
    loop {
        let (high, low) = mul_wide(q, d0);
        if high < rest || (high == rest && low < n0) {
            return sum(q, 1);
        }
        if high == rest && low == n0 {
            return Some(q);
        }
        let Some(more) = sum(rest, d1) else { return Some(q) };
        (q, rest) = (q.wrapping_sub(1), more);
    }
}

impl U256 {
    /// `x`, widened.
    #[must_use]
    pub fn new(x: u128) -> Self {
        let (high, low) = split(x);
        Self([low, high, 0, 0])
    }

    /// `a × b`.
    #[must_use]
    pub fn product(a: u128, b: u128) -> Self {
        let ((a1, a0), (b1, b0)) = (split(a), split(b));
        let (carry, n0) = mul_wide(a0, b0);
        let (high, n1) = mul_add(a0, b1, carry);
        let (higher, n1) = mul_add(a1, b0, n1);
        // Two carries and the product of the upper words: below 2^128, as a × b is below 2^256.
        let (n3, n2) = split(u128::from(high).wrapping_add(u128::from(higher)));
        let (upper, lower) = mul_add(a1, b1, n2);
        Self([n0, n1, lower, upper.wrapping_add(n3)])
    }

    /// `self / 2^bits`, rounded down.
    #[must_use]
    pub fn shift_right(self, bits: u32) -> Self {
        let words = usize::try_from(bits / 64).unwrap_or(4);
        let rest = bits % 64;
        let word = |at: usize| words.checked_add(at).and_then(|at| self.0.get(at)).copied().unwrap_or(0);
        let moved = |at: usize| {
            let next = word(at.saturating_add(1));
            (word(at) >> rest) | (next << 1 << (63 ^ rest))
        };
        Self([moved(0), moved(1), moved(2), moved(3)])
    }

    /// `self × factor`; `None` on overflow.
    #[must_use]
    pub fn mul_word(mut self, factor: u64) -> Option<Self> {
        let mut carry = 0;
        for word in &mut self.0 {
            (carry, *word) = mul_add(*word, factor, carry);
        }
        (carry == 0).then_some(self)
    }

    /// `self + other`; `None` on overflow.
    #[must_use]
    pub fn plus(mut self, other: Self) -> Option<Self> {
        let mut carry = false;
        for (word, addend) in self.0.iter_mut().zip(other.0) {
            let (sum, first) = word.overflowing_add(addend);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            *word = sum;
            carry = first || second;
        }
        (!carry).then_some(self)
    }

    /// `self / divisor`, rounded up; `None` when `divisor` is zero.
    #[must_use]
    pub fn div_ceil(mut self, divisor: u64) -> Option<Self> {
        let mut rest = 0;
        for word in self.0.iter_mut().rev() {
            if *word == 0 && rest == 0 {
                continue;
            }
            (*word, rest) = div_wide(rest, *word, divisor)?;
        }
        if divisor == 0 {
            return None;
        }
        if rest == 0 { Some(self) } else { self.plus(Self([1, 0, 0, 0])) }
    }

    /// `self / (a × b)`, rounded up; `None` when it exceeds 64 bits or a factor is zero.
    #[must_use]
    pub fn div_ceil_by_product(self, a: u64, b: u64) -> Option<u64> {
        let [n0, n1, n2, n3] = self.0;
        if n3 == 0 { div_ceil_by_product(n2, n1, n0, a, b) } else { None }
    }

    /// The value, when it fits 64 bits.
    #[must_use]
    pub fn to_u64(self) -> Option<u64> {
        let [low, rest @ ..] = self.0;
        (rest == [0, 0, 0]).then_some(low)
    }
}
