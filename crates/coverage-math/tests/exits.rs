//! Exits, against big integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used)]

use coverage_math::{
    MAX_CAPITAL,
    exits::{self, Terms},
    shares::{are_worth_at_most, assets_for_shares, shares_for_deposit},
};
use num_bigint::BigUint;
use proptest::prelude::*;

fn big(x: u64) -> BigUint {
    BigUint::from(x)
}

/// What `shares` are worth, not rounded, as a numerator over `supply + 1,000`.
fn worth(shares: u64, capital: u64) -> BigUint {
    big(shares) * (big(capital) + 1u8)
}

/// Whether `capital` carries `cover` at a leverage.
fn carries(capital: &BigUint, cover: u64, leverage_bps: u16) -> bool {
    big(cover) * 10_000u32 <= capital * leverage_bps
}

/// Books of a pool: capital, supply, and which part of the capital liens take.
fn books() -> impl Strategy<Value = (u64, u64, u64)> {
    let sizes = prop_oneof![
        (0..1_000u64, 0..1_000_000u64),
        (0..=MAX_CAPITAL, 1_000..=u64::MAX / 2),
        (0..=MAX_CAPITAL).prop_map(|capital| (capital, capital)),
        (0..=MAX_CAPITAL / 1_000).prop_map(|capital| (capital, capital * 1_000)),
    ];
    let parts = prop_oneof![Just(0u64), 0..=10_000u64];
    (sizes, parts).prop_map(|((capital, supply), part)| {
        (capital, supply, u64::try_from(u128::from(capital) * u128::from(part) / 10_000).unwrap())
    })
}

/// Cover of products without an open incident, and of the others: often none, often about what the capital carries.
fn covers() -> impl Strategy<Value = (u64, u64)> {
    let cover = || prop_oneof![Just(0u64), 0..1_000_000u64, 0..=MAX_CAPITAL * 5];
    (cover(), cover())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// What leaves takes no capital along that cover needs, with or without what is set aside, and a share more would.
    #[test]
    fn what_leaves_is_all_that_cover_lets_go(
        (capital, supply, own) in books(),
        (active, liened) in covers(),
        leverage_bps in 10_000..=50_000u16,
        new in prop_oneof![Just(0u64), 0..=12_000u64],
        part in 0..=10_000u64,
    ) {
        let wanted = u64::try_from(u128::from(supply) * u128::from(part) / 10_000).unwrap();
        let fresh = u64::try_from(u128::from(capital) * u128::from(new) / 10_000).unwrap();
        let terms = Terms { capital, supply, fresh, own, active, liened, leverage_bps };
        let shares = terms.leaving(wanted).unwrap();
        prop_assert!(shares <= wanted);
        let gone = assets_for_shares(shares, capital, supply).unwrap();
        let free = capital - own;
        let gone_of_free = assets_for_shares(shares, free, supply).unwrap();
        // All of the capital carries all cover, and what is not set aside carries what is not liened.
        let old = |capital: u64| big(capital) - big(fresh.min(capital));
        let all = active.saturating_add(liened);
        prop_assert!(all == 0 || gone == 0 || big(gone) <= old(capital) && carries(&(old(capital) - gone), all, leverage_bps));
        if own > 0 && active > 0 && gone_of_free > 0 {
            prop_assert!(carries(&(old(free) - gone_of_free), active, leverage_bps));
        }
        if shares < wanted {
            // Not rounded, a share more takes too much: of all, or of what is not set aside, where two atoms stay.
            let room = |capital: u64, cover: u64| {
                let needed = (big(cover) * 10_000u32 + leverage_bps - 1u8) / leverage_bps;
                let needed = u64::try_from(needed).unwrap_or(u64::MAX);
                capital.saturating_sub(needed.saturating_add(fresh))
            };
            let takes_more = |of: u64, room: u64| worth(shares + 1, of) > big(room) * (big(supply) + 1_000u32);
            let beside = room(free, active).saturating_sub(2);
            prop_assert!(
                takes_more(capital, room(capital, active.saturating_add(liened)))
                    || (own > 0 && takes_more(free, beside))
            );
        }
    }

    /// Anyone who stays owns no less a share afterwards: what leaves is rounded down.
    #[test]
    fn leaving_lets_no_price_fall((capital, supply, _) in books(), part in 0..=10_000u64) {
        let shares = u64::try_from(u128::from(supply) * u128::from(part) / 10_000).unwrap();
        let paid = assets_for_shares(shares, capital, supply).unwrap();
        // (capital − paid + 1) / (supply − shares + 1000) ≥ (capital + 1) / (supply + 1000)
        prop_assert!(
            (big(capital - paid) + 1u8) * (big(supply) + 1_000u32)
                >= (big(capital) + 1u8) * (big(supply - shares) + 1_000u32)
        );
    }

    /// The comparison says what the division would.
    #[test]
    fn shares_are_compared_with_an_amount_as_their_worth_is(
        (capital, supply, _) in books(),
        shares in any::<u64>(),
        amount in prop_oneof![any::<u64>(), Just(0u64)],
        off in -2i64..=2,
    ) {
        let exact = worth(shares, capital) / (big(supply) + 1_000u32);
        // Any amount, and those about the worth itself.
        let near = u64::try_from(&exact).ok().and_then(|near| near.checked_add_signed(off));
        for amount in [Some(amount), near].into_iter().flatten().filter(|amount| *amount < u64::MAX) {
            prop_assert_eq!(are_worth_at_most(shares, amount, capital, supply), Some(exact <= big(amount)));
        }
    }

    /// Tickets together get no more than was paid, each less than an atom short, however often they collect.
    #[test]
    fn tickets_share_what_was_paid(
        tickets in prop::collection::vec(1..=1u64 << 40, 1..20),
        payments in prop::collection::vec(0..=1u64 << 50, 1..5),
    ) {
        let shares: u64 = tickets.iter().sum();
        let mut paid = 0;
        let mut before: Vec<u64> = vec![0; tickets.len()];
        for payment in payments {
            paid += payment;
            let parts: Vec<u64> = tickets.iter().map(|ticket| exits::part(*ticket, shares, paid).unwrap()).collect();
            let got: u64 = parts.iter().sum();
            prop_assert!(got <= paid && paid - got < u64::try_from(tickets.len()).unwrap());
            // What a ticket has got is never more than its part of what is paid later.
            prop_assert!(parts.iter().zip(&before).all(|(now, before)| now >= before));
            before = parts;
        }
        prop_assert!(exits::part(shares + 1, shares, paid).is_none());
        prop_assert_eq!(exits::part(shares, shares, paid), Some(paid), "the only ticket gets all");
    }

    /// A payment in part burns at least a hundredth, rounded down, and something.
    #[test]
    fn a_payment_in_part_is_worth_the_while(shares in any::<u64>(), all in any::<u64>()) {
        prop_assert_eq!(exits::is_enough(shares, all), shares > 0 && shares >= all / 100);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// New money makes no room and takes none: without liens as many shares leave as before it came, but for a rounding.
    #[test]
    fn new_money_lets_as_much_leave_as_before(
        (capital, price, cover) in (1..=MAX_CAPITAL / 4_000, 1..=1_000u64, 0..=MAX_CAPITAL / 2_000),
        leverage_bps in 10_000..=50_000u16,
        new in 0..=MAX_CAPITAL / 4_000,
        part in 0..=10_000u64,
    ) {
        let supply = capital * price;
        let wanted = u64::try_from(u128::from(supply) * u128::from(part) / 10_000).unwrap();
        let before = Terms { capital, supply, fresh: 0, own: 0, active: cover, liened: 0, leverage_bps };
        let minted = shares_for_deposit(new, capital, supply).unwrap();
        let after = Terms { capital: capital + new, supply: supply + minted, fresh: new, ..before };
        let [old, leaving] = [before, after].map(|terms| terms.leaving(wanted).unwrap());
        // What a share is dearer for what the depositor's shares were rounded: less than a share in all.
        prop_assert!(leaving <= old && old - leaving <= 1, "{old} {leaving}");
    }
}

#[test]
fn nothing_leaves_when_liens_exceed_the_capital() {
    let terms = Terms { capital: 10, supply: 10_000, fresh: 0, own: 11, active: 0, liened: 20, leverage_bps: 20_000 };
    assert_eq!(terms.leaving(1), None);
}

#[test]
fn everything_leaves_where_nothing_is_covered() {
    for capital in [0, 1, MAX_CAPITAL] {
        let terms =
            Terms { capital, supply: 5_000, fresh: capital, own: 0, active: 0, liened: 0, leverage_bps: 10_000 };
        assert_eq!(terms.leaving(5_000), Some(5_000));
    }
}

/// The worked example: a million of capital, an incident on 400,000 and another million of cover at a leverage of 2.
#[test]
fn what_is_not_set_aside_must_carry_the_rest_of_the_cover() {
    let terms = Terms {
        capital: 1_000_000,
        fresh: 0,
        supply: 1_000_000_000,
        own: 400_000,
        active: 1_000_000,
        liened: 400_000,
        leverage_bps: 20_000,
    };
    // 600,000 are free and 500,000 needed: a sixth leaves, but for two atoms and a rounding.
    let shares = terms.leaving(600_000_000).unwrap();
    assert_eq!(assets_for_shares(shares, 600_000, 1_000_000_000), Some(99_997));
    // Without the incident 300,000 could.
    let shares = Terms { own: 0, ..terms }.leaving(600_000_000).unwrap();
    assert_eq!(assets_for_shares(shares, 1_000_000, 1_000_000_000), Some(300_000));
}
