//! Contested parts, against big integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used)]

use coverage_math::{
    contested::{Index, between, rescale},
    wide::U256,
};
use num_bigint::BigUint;
use proptest::prelude::*;

fn big(x: impl Into<BigUint>) -> BigUint {
    x.into()
}

fn ceil(a: &BigUint, b: &BigUint) -> BigUint {
    (a + b - 1u8) / b
}

fn index() -> impl Strategy<Value = Index> {
    (1u64 << 63..=u64::MAX, 0..200u32).prop_map(|(mantissa, shift)| Index { mantissa, shift })
}

fn atoms() -> impl Strategy<Value = u64> {
    prop_oneof![0..1_000u64, 0..1u64 << 63, Just((1 << 63) - 1)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// The index falls by the fraction that leaves, rounded down by less than one part in 2^63.
    #[test]
    fn leaving_takes_its_fraction(before in index(), supply in prop_oneof![0..10_000u64, 0..u64::MAX / 2], part in 0..=1_000_000u64) {
        let shares = u64::try_from(u128::from(supply) * u128::from(part) / 1_000_000).unwrap();
        let after = before.after_leaving(shares, supply).unwrap();
        prop_assert!(after.mantissa >> 63 == 1 && after.shift >= before.shift);
        let all = big(supply) + 1_000u32;
        let left = &all - shares;
        // after / 2^(shift of after) against before × left / all / 2^(shift of before), both × all.
        let exact = (big(before.mantissa) * &left) << (after.shift - before.shift);
        let found = big(after.mantissa) * &all;
        prop_assert!(found <= exact);
        prop_assert!((&exact - &found) << 63u32 <= exact);
        if shares > 0 {
            prop_assert!(after.seen_from(before) < before.seen_from(before));
        } else {
            prop_assert_eq!(after, before);
        }
    }

    /// What is set aside per unit is at least what is set aside, and less than an atom more.
    #[test]
    fn a_lien_is_set_aside_in_full(at in index(), lien in atoms()) {
        let per_unit = at.per_unit(lien).unwrap();
        prop_assert_eq!(big(per_unit), ceil(&(big(lien) << 127u32), &big(at.mantissa)));
        prop_assert_eq!(at.own(per_unit).unwrap(), lien + u64::from(big(per_unit) * at.mantissa > big(lien) << 127u32));
    }

    /// The own part is rounded up.
    #[test]
    fn own_is_exact(at in index(), per_unit in 0..=1u128 << 127) {
        let exact = ceil(&(big(per_unit) * at.mantissa), &(big(1u8) << 127u32));
        prop_assert_eq!(at.own(per_unit).map(big), u64::try_from(exact.clone()).ok().map(|_| exact));
    }

    /// What a stayer bears of what was set aside earlier is rounded up, by at most an atom.
    #[test]
    fn own_of_a_payment(earlier in index(), atoms in atoms(), parts in prop::collection::vec(0..1_000_000u64, 0..5)) {
        let now = parts.iter().fold(earlier, |index, part| index.after_leaving(*part, 1_000_000).unwrap());
        let exact = big(atoms) * now.mantissa;
        let whole = big(earlier.mantissa) << now.doublings_since(earlier);
        let own = big(now.own_of(atoms, earlier).unwrap());
        prop_assert!(&own * &whole >= exact);
        prop_assert!(own <= big(atoms));
        prop_assert!(own <= ceil(&exact, &whole) + 1u8);
    }

    #[test]
    fn what_lies_between_is_rounded_down(per_unit in 0..=1u128 << 127, a in 0..1u128 << 127, b in 0..1u128 << 127) {
        let (from, to) = (a.max(b), a.min(b));
        let exact = (big(per_unit) * (from - to)) >> 190u32;
        prop_assert_eq!(between(per_unit, from, to).map(big), u64::try_from(exact.clone()).ok().map(|_| exact));
        prop_assert!(from == to || between(per_unit, to, from).is_none());
    }

    #[test]
    fn rescaling_never_sets_less_aside(per_unit in any::<u128>(), doublings in 0..140u32) {
        let scaled = rescale(per_unit, doublings);
        prop_assert_eq!(big(scaled), ceil(&big(per_unit), &(big(1u8) << doublings)));
    }

    #[test]
    fn products_of_256_bits(a in any::<u128>(), b in any::<u128>(), bits in 0..256u32) {
        let exact = (big(a) * b) >> bits;
        let found = U256::product(a, b).shift_right(bits).to_u64();
        prop_assert_eq!(found.map(big), u64::try_from(exact.clone()).ok().map(|_| exact));
    }
}

/// The example of the module's docstring.
#[test]
fn the_worked_example() {
    let (supply, lien) = (1_000_000, 400_000);
    let reported = Index::START;
    let per_unit = reported.per_unit(lien).unwrap();
    let left = reported.after_leaving(250_000, supply).unwrap();
    // 750,000 of 1,000,000 shares stay, and the thousand virtual ones.
    let scaled = rescale(per_unit, left.doublings_since(reported));
    assert_eq!(left.own(scaled), Some(300_100));
    assert_eq!(left.own_of(200_000, reported), Some(150_050));
    let unpaid = reported.per_unit(200_000).unwrap();
    assert_eq!(between(unpaid, reported.seen_from(reported), left.seen_from(reported)), Some(49_950));
}
