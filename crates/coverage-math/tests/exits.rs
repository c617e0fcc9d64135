//! Exits, against big integers.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used)]

use coverage_math::{
    MAX_CAPITAL,
    exits::{self, Fill},
    shares::assets_for_shares,
};
use num_bigint::BigUint;
use proptest::prelude::*;

fn big(x: u64) -> BigUint {
    BigUint::from(x)
}

fn books() -> impl Strategy<Value = (u64, u64)> {
    prop_oneof![
        (0..1_000u64, 0..1_000_000u64),
        (0..=MAX_CAPITAL, 1_000..=u64::MAX / 2),
        (0..=MAX_CAPITAL).prop_map(|capital| (capital, capital)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100_000))]

    /// What leaves never needs more than is payable, is worth what is burned rounded down, and lets no price fall.
    #[test]
    fn a_fill_favours_those_who_stay((capital, supply) in books(), part in 0..=10_000u64, payable in 0..=MAX_CAPITAL) {
        let shares = u64::try_from(u128::from(supply) * u128::from(part) / 10_000).unwrap();
        let payable = payable.min(capital);
        let Some(Fill { burned, paid }) = exits::fill(shares, payable, capital, supply) else {
            return Err(TestCaseError::fail("it fits"));
        };
        prop_assert!(burned <= shares && paid <= payable && paid <= capital);
        let worth = big(burned) * (big(capital) + 1u8) / (big(supply) + 1_000u32);
        prop_assert!(burned == 0 || big(paid) == worth);
        // (capital − paid + 1) / (supply − burned + 1000) ≥ (capital + 1) / (supply + 1000)
        prop_assert!(
            (big(capital - paid) + 1u8) * (big(supply) + 1_000u32) >= (big(capital) + 1u8) * (big(supply - burned) + 1_000u32)
        );
        // All of it leaves when it may.
        let whole = assets_for_shares(shares, capital, supply).unwrap();
        prop_assert!(burned == shares || capital == 0 || whole > payable);
        // One share more would not have fitted.
        if capital > 0 && burned < shares {
            let more = big(burned + 1) * (big(capital) + 1u8);
            prop_assert!(more > big(payable) * (big(supply) + 1_000u32));
        }
    }

    /// Tickets together get no more than was paid and keep no more than was carried over, each less than an atom short.
    #[test]
    fn tickets_share_what_was_paid(tickets in prop::collection::vec(1..=1u64 << 40, 1..20), burned_bps in 0..=10_000u64, paid in 0..=1u64 << 50) {
        let shares: u64 = tickets.iter().sum();
        let fill = Fill { burned: u64::try_from(u128::from(shares) * u128::from(burned_bps) / 10_000).unwrap(), paid };
        let parts: Vec<Fill> = tickets.iter().map(|ticket| exits::part(*ticket, shares, fill).unwrap()).collect();
        let (burned, got): (u64, u64) = (parts.iter().map(|part| part.burned).sum(), parts.iter().map(|part| part.paid).sum());
        let count = u64::try_from(tickets.len()).unwrap();
        prop_assert!(got <= paid && paid - got < count);
        prop_assert!(burned >= fill.burned && burned - fill.burned < count);
        prop_assert!(parts.iter().zip(&tickets).all(|(part, ticket)| part.burned <= *ticket));
        prop_assert!(exits::part(shares + 1, shares, fill).is_none());
    }

    /// What may leave lets the rest carry the cover, and no atom more may leave.
    #[test]
    fn what_may_leave_keeps_the_leverage(capital in 0..=MAX_CAPITAL, liens in 0..=MAX_CAPITAL, active in 0..=MAX_CAPITAL * 5, leverage in 1..=50_000u16) {
        let payable = exits::payable(capital, liens, active, leverage);
        let carries = |left: &BigUint| big(active) * 10_000u32 <= left * leverage;
        if payable > 0 {
            prop_assert!(carries(&(big(capital) - big(liens) - big(payable))));
        }
        if capital.saturating_sub(liens) > payable {
            prop_assert!(!carries(&(big(capital) - big(liens) - big(payable) - 1u8)));
        }
    }
}
