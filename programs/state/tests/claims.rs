//! What becomes of claims, on the accounts themselves.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test fails by them")]

use breakwater_state::{BreakwaterError, Claim, Incident, Pays, Policy, Pool, Product, constants::DAY};
use bytemuck::Zeroable;
use solana_address::Address;

/// A policy whose account is gone could pay nobody any more: it stays while the bond of one of its claims waits for
/// its funder.
#[test]
fn a_policy_stays_while_a_bond_waits() {
    let (mut claim, mut incident) = (Claim::zeroed(), Incident::zeroed());
    let (mut policy, mut pool, mut product) = (Policy::zeroed(), Pool::zeroed(), Product::zeroed());
    (claim.bond, pool.bonds, claim.funder) = (5, 5, Address::new_from_array([1; 32]));
    (incident.state, policy.open_claims) = (2, 1);
    for (pays_funder, bond, closes) in [(false, 0, Err(BreakwaterError::ClaimOpen)), (true, 5, Ok(()))] {
        let pays = Pays { claimant: true, funder: pays_funder };
        let (due, _) = claim.pay(pays, &mut incident, &mut policy, &mut pool, &mut product, 0).unwrap();
        assert_eq!((due.bond, policy.check_over(&product, DAY)), (bond, closes));
    }
}
