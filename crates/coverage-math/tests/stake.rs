//! `stake`: only what is old enough counts.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::stake::{STAKE_LOTS, weight};
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, config, small, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/stake.txt");

/// Lots in any order of age, some of them empty, some staked at the limit itself or a second off it.
fn lots() -> impl Strategy<Value = (Vec<(u64, u64)>, u64)> + Clone {
    (vec((word(), word(), 0u8..8), 0..=STAKE_LOTS), word(), 0u32..4).prop_map(|(lots, limit, shift)| {
        let lots = lots.into_iter().map(|(amount, at, kind)| {
            let at =
                [limit, limit.saturating_add(1), limit.saturating_sub(1)].get(usize::from(kind)).copied().unwrap_or(at);
            (if kind == 7 { 0 } else { amount >> shift }, at)
        });
        (lots.collect(), limit)
    })
}

proptest! {
    #![proptest_config(config(50_000, SEEDS))]

    #[test]
    fn weight_is_the_sum_of_what_is_old_enough((lots, limit) in lots()) {
        let old = lots.iter().filter(|(_, at)| *at <= limit);
        let expected = small(&old.fold(big(0u8), |sum, (amount, _)| sum + *amount));
        prop_assert_eq!(weight(lots, limit), expected);
    }

    #[test]
    fn weight_grows_with_time_and_not_with_young_stake((lots, limit) in lots(), later in word(), young in word()) {
        let now = weight(lots.iter().copied(), limit);
        let then = weight(lots.iter().copied(), limit.saturating_add(later));
        prop_assert!(then.is_none() || now.is_some_and(|now| Some(now) <= then));
        if let Some(staked_at) = limit.checked_add(1) {
            prop_assert_eq!(weight(lots.into_iter().chain([(young, staked_at)]), limit), now);
        }
    }
}

#[test]
fn examples() {
    let lots = [(100, 10), (20, 20), (3, 30)];
    let at = |limit| weight(lots, limit).unwrap();
    assert_eq!([9, 10, 19, 20, 29, 30].map(at), [0, 100, 100, 120, 120, 123]);
    assert_eq!(weight([], 0), Some(0));
    assert_eq!(weight([(0, 0); STAKE_LOTS], u64::MAX), Some(0));
    assert_eq!(weight([(u64::MAX, 0), (1, 1)], 0), Some(u64::MAX), "the young lot is not added");
    assert_eq!(weight([(u64::MAX, 0), (1, 0)], 0), None);
}

/// Unstaking may empty a lot ahead of others.
#[test]
fn an_empty_lot_hides_no_other() {
    assert_eq!(weight([(0, 10), (20, 20)], 30), Some(20));
}
