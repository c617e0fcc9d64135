//! What the program should do and did not when this was written: each of these fails until it does.

use crate::story::*;
use coverage_client::*;
use harness::{UNIT, assembly_params, claim_request, product_params};

/// The usual case: the bond comes from the account that is to be paid. Anchor counts both slots of an account that
/// stands twice, so the one that is written to needs leave to stand twice as well.
#[test]
fn a_claim_is_paid_to_where_its_bond_came_from() {
    let mut world = insured();
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    let accounts = world.claim_accounts("dora", &policy, &incident);
    assert_eq!(accounts.holder_token, accounts.receiver);
    let balance = world.balance("dora");
    world.send(accounts.instruction(&claim_request(LOSS)), &["dora"]).ok();
    assert_eq!(world.balance("dora"), balance - CLAIM_BOND);
}

/// Whoever disputes a claim of their own in an incident that is rejected gets both bonds back. Votes on it must not pay
/// then either, as they do not when nobody decides.
#[test]
fn a_vote_on_a_void_dispute_pays_nothing() {
    let (mut world, case) = disputed(0);
    settle(&mut world, 0, Some(AGAINST));
    let before = world.read_pool().assessors;
    finish(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.collect_vote_reward("vera", &case.claim, 0).ok();
    world.payout("dora", &case.policy, &case.incident).ok();
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    let pool = world.read_pool();
    assert_eq!((pool.assessors, pool.bonds), (before, 0), "nobody lost a bond, so the fund paid for it");
}

/// An appeal's pot is half its bond, and that bond comes back when the outcome changes: all that the fund gets is half
/// of one claim's bond. Who owns claim, dispute, appeal and votes gains, but for what of the stake is slashed.
#[test]
fn an_overturned_ballot_pays_no_more_than_the_fund_gets_of_it() {
    let pool = PoolParams { vote_reward: u64::MAX, ..jury_pool() };
    let mut world = insured_with(pool, assembly_params(), product_params("Risk"));
    let case = open_case(&mut world, 0, "dora", 25_000 * UNIT);
    finish(&mut world, &case.incident, Some(FOR));
    world.collect_vote_reward("vera", &case.incident, 0).ok();
    let before = world.read_pool().assessors;
    world.dispute("ines", &case.policy, &case.incident, 0).ok();
    decide(&mut world, &case.claim, Some(FOR));
    appealed(&mut world, &case.claim, Some(AGAINST));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.collect_appeal_bond("pia", &case.claim).ok();
    for (name, round) in [("vera", 0), ("vera", 1), ("walt", 1)] {
        world.collect_vote_reward(name, &case.claim, round).ok();
    }
    let after = world.read_pool().assessors;
    assert!(after >= before, "the fund fell from {before} to {after}");
}
