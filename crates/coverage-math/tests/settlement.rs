//! `settlement`: incidents never take more than there is, whatever comes first; claims share to the last atom.
#![allow(clippy::arithmetic_side_effects, clippy::as_conversions, clippy::unwrap_used, clippy::expect_used)]

mod reference;

use coverage_math::settlement::{
    WHOLE, available, bps_of, part_of, part_of_settled, part_per_unit, split_bond, sure_of, sure_part,
};
use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;
use reference::{big, config, floor_of, small, within, word};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/proptest-regressions/settlement.txt");

#[derive(Clone, Debug)]
struct Incident {
    lien: u64,
    approved: u64,
}

/// Up to eight open incidents in the order they settle in, and capital that may be less than their liens.
fn incidents() -> impl Strategy<Value = (u64, Vec<Incident>)> + Clone {
    (word(), vec((word(), word(), 0u8..4), 1..=8), 0u8..4).prop_map(|(capital, raw, kind)| {
        let incidents: Vec<_> = raw
            .into_iter()
            .map(|(lien, approved, kind)| {
                let lien = lien >> 3;
                let approved = match kind {
                    0 => lien,
                    1 => approved, // more than was set aside
                    _ => within(approved, lien),
                };
                Incident { lien, approved }
            })
            .collect();
        let liens = incidents.iter().map(|incident| incident.lien).sum();
        let capital = match kind {
            0 => liens,
            1 => within(capital, liens),
            2 => liens.saturating_add(capital % 1_000),
            _ => capital,
        };
        (capital, incidents)
    })
}

fn liens(incidents: &[Incident]) -> u64 {
    incidents.iter().map(|incident| incident.lien).sum()
}

/// Settles all in their order; what each of them took.
fn settle(mut capital: u64, incidents: &[Incident]) -> Vec<u64> {
    let mut all_liens = liens(incidents);
    let take = |incident: &Incident| {
        let taken = available(capital, incident.lien, all_liens).expect("in the domain").min(incident.approved);
        capital = capital.checked_sub(taken).expect("capital never goes below zero");
        all_liens -= incident.lien;
        taken
    };
    incidents.iter().map(take).collect()
}

proptest! {
    #![proptest_config(config(50_000, SEEDS))]

    #[test]
    fn available_follows_the_rule(capital in word(), lien in word(), all in word(), fit: bool) {
        let lien = if fit { within(lien, all) } else { lien };
        let expected = if lien > all {
            None
        } else if all <= capital {
            Some(capital - (all - lien))
        } else {
            small(&floor_of(capital, lien, all))
        };
        prop_assert_eq!(available(capital, lien, all), expected);
    }

    #[test]
    fn shares_of_open_incidents_stay_within_the_capital((capital, incidents) in incidents()) {
        let all = liens(&incidents);
        // What is available beyond the liens goes to the one who settles first; within them there is room for all.
        let shares = incidents.iter().map(|one| available(capital, one.lien, all).unwrap().min(one.lien));
        let sum = shares.fold(big(0u8), |sum, share| sum + share);
        prop_assert!(sum <= big(capital));
        // Too little for all liens: it is shared out but for less than an atom each.
        prop_assert!(all <= capital || sum + incidents.len() > big(capital));
    }

    #[test]
    fn settling_takes_no_more_than_the_capital((capital, incidents) in incidents()) {
        let taken = settle(capital, &incidents);
        prop_assert!(taken.iter().fold(big(0u8), |sum, taken| sum + *taken) <= big(capital));
        for (taken, incident) in taken.iter().zip(&incidents) {
            prop_assert!(*taken <= incident.approved);
            // No matter who went first: no less than the share that the liens gave at the start.
            let share = floor_of(capital, incident.lien, liens(&incidents).max(1)).min(big(incident.lien));
            prop_assert!(big(*taken) >= share.min(big(incident.approved)), "{} of {:?}", taken, incident);
        }
    }

    /// When the liens fit the capital and the approved amounts fit the liens, everyone is paid in full in any order.
    #[test]
    fn within_the_liens_all_is_paid((_, mut incidents) in incidents(), more in word()) {
        incidents.iter_mut().for_each(|incident| incident.approved = incident.approved.min(incident.lien));
        let capital = liens(&incidents).saturating_add(more);
        let approved: Vec<_> = incidents.iter().map(|incident| incident.approved).collect();
        prop_assert_eq!(settle(capital, &incidents), approved);
    }

    #[test]
    fn a_part_of_what_is_settled_follows_the_rule(
        claim in word(), settled in word(), approved in word(), fit: bool,
    ) {
        let settled = if fit { within(settled, approved) } else { settled };
        let expected = match approved {
            _ if settled == approved => Some(claim),
            0 => None,
            _ => small(&floor_of(claim, settled, approved)),
        };
        prop_assert_eq!(part_of_settled(claim, settled, approved), expected);
    }

    #[test]
    fn parts_follow_the_rule(funds in word(), demands in word(), amount in word(), per_unit: u128, any_part in 0..=WHOLE) {
        let whole = u64::from(WHOLE);
        let part = sure_part(funds, demands).unwrap();
        let expected = if funds >= demands { whole } else { small(&floor_of(funds, whole, demands)).unwrap() };
        prop_assert_eq!(u64::from(part), expected);
        for part in [part, any_part] {
            prop_assert_eq!(part_of(amount, part), small(&floor_of(amount, part.into(), whole)));
            prop_assert_eq!(u64::from(bps_of(part)), u64::from(part) * 10_000 / whole);
            let up = |product: BigUint| (product + (whole - 1)) / whole;
            prop_assert_eq!(sure_of(amount, part).map(big), Some(up(big(amount) * part)));
            prop_assert_eq!(part_per_unit(per_unit, part).map(BigUint::from), Some(up(BigUint::from(per_unit) * part)));
        }
    }

    /// Whatever was paid on account by a part that only rose, in whatever order: where all that is settled is what the claims were sure of, or
    /// more, nobody gets less at the end than before, and all fits in what was settled.
    #[test]
    fn nothing_paid_on_account_is_above_the_final_factor(
        claims in vec((word(), any::<u8>()), 1..=12), parts in vec(0..=WHOLE, 1..=4), more in word(),
    ) {
        let claims: Vec<(u64, u8)> = claims.into_iter().map(|(claim, when)| (claim >> 4, when)).collect();
        let mut parts = parts;
        parts.sort_unstable();
        let approved: u64 = claims.iter().map(|(claim, _)| claim).sum();
        let last = parts[parts.len() - 1];
        let least = sure_of(approved, last).unwrap();
        let settled = least + within(more, approved - least);
        let mut sum = 0;
        for (claim, when) in &claims {
            // Some are paid on account, the others only at the end.
            let part = parts.get(usize::from(*when) % (parts.len() + 1));
            let early = part.map_or(0, |part| part_of(*claim, *part).unwrap());
            let all = part_of_settled(*claim, settled, approved).unwrap();
            prop_assert!(early <= all);
            sum += all;
        }
        prop_assert!(sum <= settled);
    }

    /// Claims collect at any time between top-ups, in any order: each ends with the same amount, all that is settled
    /// but less than an atom for each claim.
    #[test]
    fn claims_share_what_is_settled(
        claims in vec(word(), 1..=12), tops in vec(word(), 1..=4), visits in vec((any::<u8>(), any::<u8>()), 0..40),
    ) {
        let claims: Vec<u64> = claims.into_iter().map(|claim| claim >> 4).collect();
        let approved: u64 = claims.iter().sum();
        let mut tops: Vec<u64> = tops.into_iter().map(|top| within(top, approved)).collect();
        tops.sort_unstable();
        let mut paid = vec![0u64; claims.len()];
        for (round, settled) in tops.iter().enumerate() {
            let earlier = round.checked_sub(1).map_or(0, |before| tops[before]);
            let collected = paid.clone();
            for (claim, _) in visits.iter().filter(|(_, when)| usize::from(*when) % tops.len() == round) {
                let claim = usize::from(*claim) % claims.len();
                // Never negative, and no less than before the top-up.
                let now = part_of_settled(claims[claim], *settled, approved).unwrap();
                prop_assert!(now >= paid[claim]);
                if paid[claim] == collected[claim] {
                    prop_assert!(now >= part_of_settled(claims[claim], earlier, approved).unwrap());
                }
                paid[claim] = now;
            }
            prop_assert!(paid.iter().sum::<u64>() <= *settled);
        }
        let settled = tops[tops.len() - 1];
        for (claim, paid) in claims.iter().zip(&mut paid) {
            let all = part_of_settled(*claim, settled, approved).unwrap();
            prop_assert!(*paid <= all && all <= *claim);
            *paid = all;
        }
        let sum = paid.iter().sum::<u64>();
        prop_assert!(sum <= settled && sum + claims.len() as u64 > settled, "{} of {}", sum, settled);
        prop_assert!(settled < approved || paid == claims, "settled in full pays in full");
    }
}

proptest! {
    #![proptest_config(config(100_000, SEEDS))]

    #[test]
    fn a_lost_bond_is_shared_to_the_last_atom(bond in word()) {
        let (to_winner, to_assessors) = split_bond(bond);
        prop_assert_eq!(big(to_winner), big(bond) / 2u8);
        prop_assert_eq!(big(to_winner) + to_assessors, big(bond));
    }

    /// A ballot's reward is at most half of the bond: the one who loses a bond of their own on purpose gets no more out of
    /// the assessors' fund than it got.
    #[test]
    fn the_assessors_half_covers_a_reward(bond in word()) {
        prop_assert!(split_bond(bond).1 >= bond / 2);
    }
}

#[test]
fn examples() {
    assert_eq!([0, 1, 2, 501, u64::MAX].map(split_bond), [(0, 0), (0, 1), (1, 1), (250, 251), (u64::MAX / 2, 1 << 63)]);
    assert_eq!(available(1_000, 300, 300), Some(1_000), "alone: all of the capital");
    assert_eq!(available(1_000, 300, 1_000), Some(300), "the other liens are left alone");
    assert_eq!(available(1_000, 300, 500), Some(800), "what no lien holds goes with it");
    assert_eq!(available(1_000, 1_000, 3_000), Some(333), "a third of too little");
    assert_eq!(available(1_000, 0, 0), Some(1_000));
    assert_eq!(available(0, 5, 5), Some(0));
    assert_eq!(available(1_000, 2, 1), None, "a lien beyond all liens");

    // Three claims of 100 share 200: 66 each, and two atoms stay.
    assert_eq!(part_of_settled(100, 200, 300), Some(66));
    assert_eq!(part_of_settled(100, 250, 300), Some(83), "topped up");
    assert_eq!(part_of_settled(100, 300, 300), Some(100), "and to all");
    assert_eq!(part_of_settled(0, 0, 0), Some(0), "nothing was approved");

    // Capital for two thirds of what may be asked: before the settlement a claim of 300 gets no more than 199.
    let part = sure_part(1_000, 1_500).unwrap();
    assert_eq!((part, bps_of(part), part_of(300, part), sure_of(300, part)), (43_690, 6_666, Some(199), Some(200)));
    assert_eq!([sure_part(0, 0), sure_part(5, 5), sure_part(0, 5)], [Some(WHOLE), Some(WHOLE), Some(0)]);
}
