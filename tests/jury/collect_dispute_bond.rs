//! `collect_dispute_bond`: a dispute ends with its bond, with half of the claim's, or with nothing.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};

/// What ines holds against dora's claim, atoms.
const COUNTER: u64 = 70_000 * UNIT;

/// Collects ines' bond, and asserts all that this changes when `paid` is due.
fn collect(world: &mut Play, case: &Case, paid: u64) {
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    let (claim, incident): (Claim, Incident) = (world.chain.read(&case.claim), world.chain.read(&case.incident));
    let (pool_before, balance, held) = (world.read_pool(), world.balance("ines"), world.vault_balance());
    let rent = lamports(world, &accounts.dispute);
    let purses = [purse(world, "ines"), purse(world, "guardian")];
    // Nobody but the bank signs: anyone may.
    let receipt = world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();

    assert!(world.chain.account(&accounts.dispute).is_none());
    let expected = Claim { live_disputes: claim.live_disputes - 1, ..claim };
    assert_eq!(world.chain.read::<Claim>(&case.claim), expected);
    let expected = Incident { live_accounts: incident.live_accounts - 1, ..incident };
    assert_eq!(world.chain.read::<Incident>(&case.incident), expected);
    let pool = world.read_pool();
    assert_eq!(pool, Pool { bonds: pool_before.bonds - paid, ..pool_before });
    assert_eq!((world.balance("ines"), world.vault_balance()), (balance + paid, held - paid));
    assert_eq!([purse(world, "ines"), purse(world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let event = DisputeBondCollected {
        claim: case.claim,
        dispute: accounts.dispute,
        disputer: accounts.disputer,
        paid,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::DisputeBondCollected(event));
    world.check_books();
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails_with(TOO_SMALL);
}

#[test]
fn a_displaced_dispute_gets_its_bond_at_once() {
    let (mut world, case) = disputed(COUNTER);
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::DisputeOpen);
    world.dispute("juno", &case.policy, &case.incident, COUNTER - 1).ok();
    collect(&mut world, &case, CLAIM_BOND);
}

#[test]
fn a_displaced_dispute_gets_its_bond_and_no_more_at_the_end() {
    for side in [Some(FOR), Some(AGAINST), None] {
        let (mut world, case) = disputed(COUNTER);
        world.dispute("juno", &case.policy, &case.incident, COUNTER - 1).ok();
        finish(&mut world, &case.incident, Some(FOR));
        finish(&mut world, &case.claim, side);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        collect(&mut world, &case, CLAIM_BOND);
    }
}

#[test]
fn the_one_that_was_decided_gets_what_the_verdict_says() {
    for (side, paid) in [(Some(FOR), CLAIM_BOND + HALF), (Some(AGAINST), 0), (None, 0)] {
        let (mut world, case) = tried(COUNTER, side);
        // Final, but nobody has read it yet.
        world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::DisputeOpen);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        collect(&mut world, &case, paid);
    }
}

#[test]
fn in_a_rejected_incident_it_need_not_wait_for_its_ballot() {
    let (mut world, case) = disputed(COUNTER);
    finish(&mut world, &case.incident, Some(AGAINST));
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::DisputeOpen);
    world.settle(0, 0).ok();
    collect(&mut world, &case, CLAIM_BOND);
    // The ballot goes on, for nothing.
    finish(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.read_pool().bonds, 0);
    world.check_books();
}

#[test]
fn the_money_goes_to_the_disputer_or_where_they_say() {
    let (mut world, case) = tried(COUNTER, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    let asset = world.asset();
    let savings = other_tokens(&mut world, "savings", "ines", &asset);
    let opals = world.tokens("opal", &asset);
    for receiver in [savings, opals] {
        world.send(CollectDisputeBond { receiver, ..accounts }.instruction(), &[]).fails(E::WrongReceiver);
    }
    let as_opal = CollectDisputeBond { disputer: world.key("opal"), receiver: opals, ..accounts };
    world.send(as_opal.instruction(), &[]).fails(E::WrongWallet);
    let chosen = signed(CollectDisputeBond { receiver: opals, ..accounts }.instruction(), 5);
    let balance = world.balance("opal");
    world.send(chosen, &["ines"]).ok();
    assert_eq!(world.balance("opal"), balance + CLAIM_BOND + HALF);

    // A lost bond goes to nobody, so any account will do.
    let (mut world, case) = tried(COUNTER, Some(AGAINST));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    world.send(CollectDisputeBond { receiver: world.key("opal"), ..accounts }.instruction(), &[]).ok();
}

#[test]
fn the_caller_may_be_the_disputer() {
    let (mut world, case) = disputed(COUNTER);
    world.dispute("juno", &case.policy, &case.incident, 0).ok();
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    let (before, rent) = (purse(&mut world, "ines"), lamports(&mut world, &accounts.dispute));
    world.send(CollectDisputeBond { caller: accounts.disputer, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "ines"), before + rent);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    for case in [case, sibling] {
        world.dispute("ines", &case.policy, &case.incident, 1).ok();
        world.dispute("juno", &case.policy, &case.incident, 0).ok();
    }
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    let [forged_pool, forged_incident, forged_claim, forged_dispute] =
        [case.pool, case.incident, case.claim, accounts.dispute].map(|address| forge(&mut world, &address));
    let (governance, juno) = (world.governance(), world.key("juno"));
    let junos = world.tokens("juno", &world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (0, case.claim, DUPLICATE),
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, DUPLICATE),
        (1, forged_pool, NOT_OURS),
        (2, sibling.incident, error(E::WrongIncident)),
        (2, other.incident, error(E::WrongPool)),
        (2, forged_incident, NOT_OURS),
        (3, sibling.claim, error(E::WrongIncident)),
        (3, forged_claim, NOT_OURS),
        (4, sibling.dispute(&world, "ines"), error(E::WrongClaim)),
        (4, other.dispute(&world, "ines"), error(E::WrongClaim)),
        // Of the same claim, but juno's.
        (4, case.dispute(&world, "juno"), error(E::WrongWallet)),
        (4, case.policy, OTHER_TYPE),
        (4, forged_dispute, NOT_OURS),
        (5, juno, error(E::WrongWallet)),
        (6, juno, error(E::WrongRentPayer)),
        (7, junos, error(E::WrongReceiver)),
        (7, accounts.vault, DUPLICATE),
        (8, vault_address(&other.pool), error(E::WrongVault)),
        (8, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (8, accounts.receiver, DUPLICATE),
        (9, governance, error(E::WrongMint)),
        (10, TOKEN_2022, error(E::WrongTokenProgram)),
        (10, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3, 4, 7, 8]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
