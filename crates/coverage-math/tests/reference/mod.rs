//! What the tests compare with: exact integers and fractions, and inputs that seek the edges.
#![allow(dead_code, reason = "every test file uses a part of this")]

use core::cmp::Ordering;
use core::ops::{Add, Div, Mul, Sub};

use num_bigint::{BigInt, BigUint};
use proptest::prelude::*;
use proptest::test_runner::{FileFailurePersistence, RngAlgorithm};

/// `cases` cases; inputs that failed are kept in `file` and run first from then on.
pub fn config(cases: u32, file: &'static str) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(file))),
        // The default generator takes most of the time in an unoptimised build.
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::default()
    }
}

/// Any word: of every length in bits, powers of two and their neighbours, and halves that are edges themselves.
pub fn word() -> impl Strategy<Value = u64> + Clone {
    (any::<u64>(), 0u32..=160).prop_map(|(raw, kind)| match kind {
        0..=63 => raw >> kind,
        64..=127 => (1u64 << (kind - 64)).wrapping_add(raw % 3).wrapping_sub(1),
        128..=131 => [0, u64::MAX, 1 << 60, 1 << 26][(kind - 128) as usize],
        _ => (half(raw >> 32) << 32) | half(raw & 0xffff_ffff),
    })
}

/// A 32-bit half-word: an edge, or as it is.
fn half(raw: u64) -> u64 {
    [0, 1, (1 << 31) - 1, 1 << 31, (1 << 31) + 1, (1 << 32) - 2, (1 << 32) - 1]
        .get((raw % 14) as usize)
        .copied()
        .unwrap_or(raw)
}

/// A word of at most `max`.
pub fn word_to(max: u64) -> impl Strategy<Value = u64> + Clone {
    word().prop_map(move |raw| within(raw, max))
}

/// `raw` folded into `0..=max`, keeping small edges, and with `max` itself among the results.
pub fn within(raw: u64, max: u64) -> u64 {
    match max.checked_add(1) {
        Some(_) if raw == u64::MAX => max,
        Some(range) => raw % range,
        None => raw,
    }
}

/// Fractions of a whole in bps, with their edges.
pub fn bps_to(max: u16) -> impl Strategy<Value = u16> + Clone {
    (any::<u16>(), 0u8..8).prop_map(move |(raw, kind)| match kind {
        0 => 0,
        1 => max,
        2 => max.min(1),
        3 => max.saturating_sub(1),
        _ => raw % (u32::from(max) + 1).min(65_535) as u16,
    })
}

/// `x` as an exact integer.
pub fn big(x: impl Into<BigUint>) -> BigUint {
    x.into()
}

/// `x` when it fits a word.
pub fn small(x: &BigUint) -> Option<u64> {
    u64::try_from(x).ok()
}

/// `a × b / c`, rounded down.
pub fn floor_of(a: u64, b: u64, c: u64) -> BigUint {
    big(a) * b / c
}

/// `a × b / c`, rounded up.
pub fn ceil_of(a: u64, b: u64, c: u64) -> BigUint {
    (big(a) * b + (c - 1)) / c
}

/// An exact fraction with a positive denominator.
#[derive(Clone, Debug)]
pub struct Fraction {
    pub over: BigInt,
    pub under: BigInt,
}

impl Fraction {
    pub fn new(over: impl Into<BigInt>, under: impl Into<BigInt>) -> Self {
        let (over, under) = (over.into(), under.into());
        assert!(under > BigInt::ZERO, "the denominator is positive");
        Self { over, under }
    }

    pub fn whole(x: impl Into<BigInt>) -> Self {
        Self::new(x, 1)
    }

    /// Rounded down; the tests have no negative ones here.
    pub fn floor(&self) -> BigInt {
        assert!(self.over >= BigInt::ZERO, "floor of a negative fraction");
        &self.over / &self.under
    }

    pub fn ceil(&self) -> BigInt {
        assert!(self.over >= BigInt::ZERO, "ceil of a negative fraction");
        (&self.over + &self.under - 1) / &self.under
    }
}

impl Add for &Fraction {
    type Output = Fraction;
    fn add(self, other: Self) -> Fraction {
        Fraction::new(&self.over * &other.under + &other.over * &self.under, &self.under * &other.under)
    }
}

impl Sub for &Fraction {
    type Output = Fraction;
    fn sub(self, other: Self) -> Fraction {
        Fraction::new(&self.over * &other.under - &other.over * &self.under, &self.under * &other.under)
    }
}

impl Mul for &Fraction {
    type Output = Fraction;
    fn mul(self, other: Self) -> Fraction {
        Fraction::new(&self.over * &other.over, &self.under * &other.under)
    }
}

impl Div for &Fraction {
    type Output = Fraction;
    fn div(self, other: Self) -> Fraction {
        Fraction::new(&self.over * &other.under, &self.under * &other.over)
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some((&self.over * &other.under).cmp(&(&other.over * &self.under)))
    }
}
