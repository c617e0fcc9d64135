//! `shares`: nothing is gained by entering, and the price that the others hold never falls.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::MAX_CAPITAL;
use coverage_math::shares::{
    SHARE_DECIMALS, VIRTUAL_CAPITAL, VIRTUAL_SHARES, assets_for_shares, is_depleted, shares_for_assets,
    shares_for_deposit,
};
use proptest::prelude::*;
use reference::{Fraction, big, ceil_of, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/shares.txt");

/// Capital and supply at any price, and a deposit small enough that supply and capital stay words.
#[derive(Clone, Copy, Debug)]
struct Pool {
    capital: u64,
    supply: u64,
    amount: u64,
}

impl Pool {
    /// The shares of a deposit, and the pool after it.
    fn deposit(self, amount: u64) -> (u64, Self) {
        let shares = shares_for_deposit(amount, self.capital, self.supply).expect("fits");
        (shares, Self { capital: self.capital + amount, supply: self.supply + shares, ..self })
    }

    /// The share price that everyone but the caller holds: (capital + 1) / (supply + 1,000).
    fn price(self) -> Fraction {
        Fraction::new(big(self.capital) + 1u8, big(self.supply) + 1000u16)
    }
}

fn pool() -> impl Strategy<Value = Pool> + Clone {
    (word(), word(), word(), 0u8..4).prop_map(|(capital, supply, amount, kind)| {
        let capital = within(capital, MAX_CAPITAL);
        // At the first price, near it after gains and losses, and anywhere.
        let supply = match kind {
            0 => capital.saturating_mul(1_000).min(1 << 62),
            1 => (capital.saturating_mul(1_000) >> (supply % 12)).min(1 << 62),
            _ => within(supply, 1 << 62),
        };
        let room = u128::from(u64::MAX - 1_000 - supply) * u128::from(capital + 1) / u128::from(supply + 1_000);
        let most = u64::try_from(room).unwrap_or(u64::MAX).min(u64::MAX - 1 - capital);
        Pool { capital, supply, amount: within(amount, most) }
    })
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn conversions_round_as_named(x in word(), capital in word(), supply in word()) {
        let (assets, shares) = (capital.checked_add(VIRTUAL_CAPITAL), supply.checked_add(VIRTUAL_SHARES));
        let both = assets.zip(shares);
        prop_assert_eq!(shares_for_deposit(x, capital, supply), both.and_then(|(a, s)| small(&floor_of(x, s, a))));
        prop_assert_eq!(assets_for_shares(x, capital, supply), both.and_then(|(a, s)| small(&floor_of(x, a, s))));
        prop_assert_eq!(shares_for_assets(x, capital, supply), both.and_then(|(a, s)| small(&ceil_of(x, s, a))));
    }

    #[test]
    fn redeeming_at_once_never_gains(pool in pool()) {
        let (shares, after) = pool.deposit(pool.amount);
        let back = assets_for_shares(shares, after.capital, after.supply).unwrap();
        prop_assert!(back <= pool.amount, "{} in, {} out", pool.amount, back);
    }

    #[test]
    fn depositing_in_parts_never_gains(pool in pool(), part in word()) {
        let (whole, _) = pool.deposit(pool.amount);
        let part = within(part, pool.amount);
        let (first, then) = pool.deposit(part);
        let (second, _) = then.deposit(pool.amount - part);
        prop_assert!(first + second <= whole, "{} + {} > {}", first, second, whole);
    }

    #[test]
    fn the_price_never_falls(pool in pool(), redeemed in word()) {
        let (_, after) = pool.deposit(pool.amount);
        prop_assert!(after.price() >= pool.price(), "deposit: {:?} to {:?}", pool, after);
        let redeemed = within(redeemed, pool.supply);
        let out = assets_for_shares(redeemed, pool.capital, pool.supply).unwrap();
        let left = Pool { capital: pool.capital - out, supply: pool.supply - redeemed, ..pool };
        prop_assert!(left.price() >= pool.price(), "exit of {}: {:?} to {:?}", redeemed, pool, left);
    }

    /// All shares there are never take more than the capital: the virtual ones own the rest.
    #[test]
    fn the_supply_is_worth_no_more_than_the_capital(pool in pool()) {
        let worth = assets_for_shares(pool.supply, pool.capital, pool.supply).unwrap();
        prop_assert!(worth <= pool.capital);
    }

    #[test]
    fn shares_for_assets_is_the_least_that_covers(pool in pool()) {
        let Pool { capital, supply, amount } = pool;
        let least = shares_for_assets(amount, capital, supply).unwrap();
        let worth = |shares| floor_of(shares, capital + 1, supply + 1_000);
        prop_assert!(worth(least) >= big(amount));
        prop_assert!(least == 0 || worth(least - 1) < big(amount));
    }

    /// A donation of `gift` ahead of the first deposit takes from it a thousandth at most, and an atom of rounding.
    #[test]
    fn a_donation_costs_a_thousand_times_what_it_takes(gift in word(), amount in word()) {
        let (gift, amount) = (within(gift, MAX_CAPITAL), within(amount, 1 << 53));
        let (shares, after) = Pool { capital: gift, supply: 0, amount }.deposit(amount);
        let lost = amount - assets_for_shares(shares, after.capital, after.supply).unwrap();
        prop_assert!(big(lost.saturating_sub(1)) * 1_000u64 <= big(gift), "gift {}, lost {}", gift, lost);
    }

    #[test]
    fn depleted_below_a_thousandth_of_the_first_price(capital in word(), supply in word(), near in -1i64..=1) {
        let depleted = |supply| Fraction::new(big(capital) + 1u8, big(supply) + 1000u16) < Fraction::new(1, 1_000_000);
        prop_assert_eq!(is_depleted(capital, supply), depleted(supply));
        let edge = (u128::from(capital) + 1) * 1_000_000 - 1_000;
        if let Ok(supply) = u64::try_from(edge) && let Some(supply) = supply.checked_add_signed(near) {
            prop_assert_eq!(is_depleted(capital, supply), near > 0);
        }
    }
}

#[test]
fn examples() {
    assert_eq!(10u64.pow(u32::from(SHARE_DECIMALS)), VIRTUAL_SHARES, "a share starts at the price of an asset unit");
    let table = [
        // amount, capital, supply, shares
        (1, 0, 0, Some(1_000)),                 // the first atom
        (1_000_000, 0, 0, Some(1_000_000_000)), // the first deposit
        (500, 1_000, 1_000_000, Some(500_000)), // at par
        (500, 2_001, 1_000_000, Some(250_000)), // after capital doubled
        (500, 499, 1_000_000, Some(1_001_000)), // after half was lost
        (1, 2_000_000_000, 0, Some(0)),         // a donation so large that an atom is nothing
        (2_000_001, 2_000_000_000, 0, Some(1)), // and a deposit that is one share
        (u64::MAX, 0, 0, None),                 // too many shares
        (1, u64::MAX, 0, None),                 // capital + 1 does not fit
        (1, 0, u64::MAX, None),                 // supply + 1,000 does not fit
    ];
    for (amount, capital, supply, shares) in table {
        assert_eq!(shares_for_deposit(amount, capital, supply), shares, "{amount} to {capital} / {supply}");
    }
    // A front-runner gives 1,000,000 ahead of a first deposit of 1,500: one share, and the deposit keeps all but 501.
    assert_eq!(shares_for_deposit(1_500, 1_000_000, 0), Some(1));
    assert_eq!(assets_for_shares(1, 1_001_500, 1), Some(1_000));
    // All is lost: the supply can be a million times the capital, and no more.
    assert!(!is_depleted(0, 0) && !is_depleted(0, 999_000) && is_depleted(0, 999_001));
    assert!(!is_depleted(u64::MAX, u64::MAX));
}
