//! `wide` against exact integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::wide::{
    U256, div_scaled, div_wide, join, mul_div_ceil, mul_div_floor, mul_wide, part_floor, scale, split,
};
use num_bigint::BigUint;
use proptest::prelude::*;
use reference::{big, ceil_of, config, floor_of, small, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/wide.txt");

/// Four words, least significant first, of which the upper ones are often zero.
fn words() -> impl Strategy<Value = [u64; 4]> {
    ([word(), word(), word(), word()], 0usize..=5).prop_map(|(mut words, live)| {
        words.iter_mut().skip(live).for_each(|word| *word = 0);
        words
    })
}

/// The number the words stand for.
fn number(words: &[u64]) -> BigUint {
    words.iter().rev().fold(BigUint::ZERO, |sum, word| (sum << 64u32) + *word)
}

/// A `U256` of the words. It has no such constructor, so this shifts by multiplying; [`read`] checks the outcome.
fn wide(words: [u64; 4]) -> U256 {
    let pair = |low: u64, high: u64| U256::new(u128::from(high) << 64 | u128::from(low));
    let upper = (0..4).fold(pair(words[2], words[3]), |x, _| x.mul_word(1 << 32).unwrap());
    let wide = upper.plus(pair(words[0], words[1])).unwrap();
    assert_eq!(read(wide), number(&words), "building {words:?}");
    wide
}

/// The value of a `U256`, from the words that its `Debug` shows: the only way to see all of them.
fn read(x: U256) -> BigUint {
    let shown = format!("{x:?}");
    let shown = shown.strip_prefix("U256([").and_then(|rest| rest.strip_suffix("])")).expect("U256([a, b, c, d])");
    let words: Vec<u64> = shown.split(", ").map(|word| word.parse().unwrap()).collect();
    assert_eq!(words.len(), 4);
    number(&words)
}

fn fits_256(x: BigUint) -> Option<BigUint> {
    (x.bits() <= 256).then_some(x)
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn mul_wide_is_the_product(a in word(), b in word()) {
        let (high, low) = mul_wide(a, b);
        prop_assert_eq!(number(&[low, high]), big(a) * b);
        prop_assert_eq!(split(u128::from(a) * u128::from(b)), (high, low));
    }

    #[test]
    fn scale_is_the_product_as_far_as_it_fits(high in word(), low in word(), factor in any::<u32>(), shift in 0u32..128) {
        let x = join(high, low) >> shift;
        prop_assert_eq!(join(high, low), u128::from(high) << 64 | u128::from(low));
        if let Some(product) = x.checked_mul(factor.into()) {
            prop_assert_eq!(scale(x, factor), product);
        }
    }

    #[test]
    fn div_ceil_by_product_is_the_ceiling(
        any in words(), a in word(), b in word(), quotient in word(), off in 0u8..4, near: bool,
    ) {
        // Half of the cases lie on and next to multiples of the divisor, up to its largest one.
        let divisor = big(a) * b;
        let x = if near {
            let multiple = &divisor * quotient;
            match off {
                0 => multiple,
                1 => multiple + 1u8,
                2 if multiple > big(0u8) => multiple - 1u8,
                _ => (&divisor * (big(quotient) + 1u8)).max(big(1u8)) - 1u8,
            }
        } else {
            number(&any)
        };
        let mut digits = x.to_u64_digits();
        digits.resize(4, 0);
        let found = wide(digits.try_into().unwrap()).div_ceil_by_product(a, b);
        let expected = if divisor == big(0u8) { None } else { small(&((&x + &divisor - 1u8) / &divisor)) };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn div_scaled_is_the_upper_word_of_the_quotient(high in word(), low in word(), divisor in word(), fit: bool) {
        // Half of them fit.
        let high = if fit && divisor > 0 { high % divisor } else { high };
        let Some((quotient, shift)) = div_scaled(high, low, divisor) else {
            prop_assert!(high == 0 || high >= divisor);
            return Ok(());
        };
        prop_assert!(0 < high && high < divisor && quotient >> 63 == 1);
        prop_assert_eq!(big(quotient), (number(&[low, high]) << shift) / divisor);
    }

    #[test]
    fn div_wide_is_quotient_and_remainder(high in word(), low in word(), divisor in word(), fit: bool) {
        // Half of the cases are brought into the domain, so that both sides of its edge are met.
        let high = if fit && divisor > 0 { high % divisor } else { high };
        let found = div_wide(high, low, divisor);
        if high >= divisor {
            prop_assert_eq!(found, None);
        } else {
            let whole = number(&[low, high]);
            let expected = (small(&(&whole / divisor)).unwrap(), small(&(&whole % divisor)).unwrap());
            prop_assert_eq!(found, Some(expected));
        }
    }

    #[test]
    fn mul_div_rounds_as_named(a in word(), b in word(), c in word(), fit: bool) {
        let a = if fit && c > 0 { a % c } else { a };
        if c == 0 {
            prop_assert_eq!((mul_div_floor(a, b, c), mul_div_ceil(a, b, c)), (None, None));
        } else {
            prop_assert_eq!(mul_div_floor(a, b, c), small(&floor_of(a, b, c)));
            prop_assert_eq!(mul_div_ceil(a, b, c), small(&ceil_of(a, b, c)));
        }
    }

    /// Digits and words say the same, on both sides of where digits end.
    #[test]
    fn a_part_is_rounded_down(amount in word(), part in word(), whole in word(), digits: bool, fit: bool) {
        let whole = if digits { whole >> 17 } else { whole };
        let part = if fit && whole > 0 { part % whole } else { part };
        let expected = if whole == 0 { None } else { small(&floor_of(amount, part, whole)) };
        prop_assert_eq!(part_floor(amount, part, whole), expected);
    }

    #[test]
    fn mul_word_is_the_product(x in words(), factor in word()) {
        prop_assert_eq!(wide(x).mul_word(factor).map(read), fits_256(number(&x) * factor));
    }

    #[test]
    fn plus_is_the_sum(x in words(), y in words()) {
        prop_assert_eq!(wide(x).plus(wide(y)).map(read), fits_256(number(&x) + number(&y)));
    }

    #[test]
    fn div_ceil_is_the_quotient_rounded_up(x in words(), divisor in word()) {
        let expected = (divisor > 0).then(|| (number(&x) + (divisor - u64::from(divisor > 0))) / divisor.max(1));
        prop_assert_eq!(wide(x).div_ceil(divisor).map(read), expected);
    }

    /// The law by which a long divisor is applied factor by factor.
    #[test]
    fn div_ceil_twice_is_div_ceil_by_the_product(x in words(), a in word(), b in word()) {
        let (a, b) = (a.max(1), b.max(1));
        let divisor = big(a) * b;
        let found = wide(x).div_ceil(a).and_then(|part| part.div_ceil(b)).map(read);
        prop_assert_eq!(found, Some((number(&x) + &divisor - 1u8) / &divisor));
    }

    #[test]
    fn to_u64_is_the_value_when_it_fits(x in words()) {
        prop_assert_eq!(wide(x).to_u64(), small(&number(&x)));
    }
}

/// The upper digit guessed from the divisor's upper half is two too large here, the most it can be.
#[test]
fn div_wide_corrects_its_guess_twice() {
    let (high, divisor) = (0x7fff_ffff_8000_0000, 0x8000_0000_ffff_ffff);
    let (quotient, rest) = div_wide(high, 0, divisor).unwrap();
    assert_eq!((quotient, rest), (0xffff_fffd_0000_0007, 0x7fff_fff6_0000_0007));
    assert_eq!((high >> 31) - (quotient >> 32), 2);
}

#[test]
fn examples() {
    assert_eq!(mul_wide(u64::MAX, u64::MAX), (u64::MAX - 1, 1));
    assert_eq!(div_wide(1, 0, 2), Some((1 << 63, 0)));
    assert_eq!(div_wide(1, 0, 1), None);
    assert_eq!(div_wide(0, 7, 0), None);
    assert_eq!(mul_div_floor(7, 3, 2), Some(10));
    assert_eq!(mul_div_ceil(7, 3, 2), Some(11));
    let most = (1 << 47) - 1;
    assert_eq!([most, most + 1].map(|whole| part_floor(u64::MAX, whole, whole)), [Some(u64::MAX); 2]);
    assert_eq!([1, 0].map(|part| part_floor(u64::MAX, part, 1)), [Some(u64::MAX), Some(0)]);
    assert_eq!(part_floor(7, 1, 0), None);
    assert_eq!(mul_div_floor(u64::MAX, u64::MAX, u64::MAX), Some(u64::MAX));
    // 2^64 − 2^−62: the floor fits a word, the ceiling does not.
    let (a, b, c) = (u64::MAX - 1, (1 << 63) + 1, 1 << 63);
    assert_eq!(mul_div_floor(a, b, c), Some(u64::MAX));
    assert_eq!(mul_div_ceil(a, b, c), None);
}
