//! `collect_dispute_bond`: a disputer gets what a ballot left of the bond, and half of what it took of the claim's.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::Chain;

/// What ines has due where all of the claim's bond is lost.
const WON: u64 = DISPUTE_BOND + CLAIM_BOND / 2;

/// Collects ines' bond, and asserts all that this changes when `paid` is due.
fn collect(world: &mut Play, case: &Case, paid: u64) {
    let claim: Claim = world.chain.read(&case.claim);
    let incident: Incident = world.chain.read(&case.incident);
    let (pool_before, balance, held) = (world.read_pool(), world.balance("ines"), world.vault_balance());
    let purses = [purse(world, "ines"), purse(world, "guardian")];
    // Nobody but the bank signs: anyone may.
    let receipt = world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();

    assert_eq!(world.chain.read::<Claim>(&case.claim), Claim { dispute_bond_state: 2, ..claim });
    assert_eq!(world.chain.read::<Incident>(&case.incident), incident);
    let pool = world.read_pool();
    assert_eq!(pool, Pool { bonds: pool_before.bonds - paid, ..pool_before });
    assert_eq!((world.balance("ines"), world.vault_balance()), (balance + paid, held - paid));
    assert_eq!([purse(world, "ines"), purse(world, "guardian")], purses);
    let event = DisputeBondCollected { claim: case.claim, disputer: world.key("ines"), paid, books: books(&pool) };
    assert_eq!(only_event(&receipt), Event::DisputeBondCollected(event));
    world.check_books();
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::NothingDue);
}

#[test]
fn it_gets_what_the_verdict_says() {
    let quarter = CLAIM_BOND.div_ceil(4);
    for (level, paid) in [
        (Some(0), WON),
        (Some(12), WON),
        // Three of four quarters of the claim's bond are lost, and one of the dispute's.
        (Some(13), DISPUTE_BOND - DISPUTE_BOND.div_ceil(4) + (CLAIM_BOND * 3).div_ceil(4) / 2),
        (Some(15), DISPUTE_BOND - (DISPUTE_BOND * 3).div_ceil(4) + quarter / 2),
        (None, DISPUTE_BOND - DISPUTE_BOND.div_ceil(4)),
    ] {
        let (mut world, case) = tried(level);
        // Final, but nobody has read it yet.
        world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::NothingDue);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        collect(&mut world, &case, paid);
    }
}

#[test]
fn a_claim_that_stands_leaves_nothing_of_it() {
    let (mut world, case) = tried(Some(ALL));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::NothingDue);
    assert_eq!(world.chain.read::<Claim>(&case.claim).dispute_bond_state, 3);
}

#[test]
fn where_nobody_disputed_nothing_is_due() {
    let (mut world, case) = counts();
    let as_nobody = CollectDisputeBond {
        disputer: NOBODY,
        ..world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident)
    };
    world.send(as_nobody.instruction(), &[]).fails(E::NothingDue);
    world.collect_dispute_bond("ines", &case.policy, &case.incident).fails(E::WrongWallet);
}

#[test]
fn the_money_goes_to_the_disputer_or_where_they_say() {
    let (mut world, case) = tried(Some(NINE));
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
    let chosen = signed(CollectDisputeBond { receiver: opals, ..accounts }.instruction(), 3);
    let balance = world.balance("opal");
    world.send(chosen, &["ines"]).ok();
    assert_eq!(world.balance("opal"), balance + WON);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    for subject in [case.incident, sibling.incident] {
        finish(&mut world, &subject, Some(FOR));
    }
    for (index, case) in [(0, case), (1, sibling)] {
        world.decide(index, 0).ok();
        world.dispute("ines", &case.policy, &case.incident).ok();
    }
    for case in [case, sibling] {
        finish_at(&mut world, &case.claim, Some(NINE));
        world.resolve_dispute(&case.policy, &case.incident).ok();
    }
    let accounts = world.collect_dispute_bond_accounts("ines", &case.policy, &case.incident);
    let [forged_pool, forged_incident, forged_claim] =
        [case.pool, case.incident, case.claim].map(|address| forge(&mut world, &address));
    let (governance, juno) = (world.governance(), world.key("juno"));
    let junos = world.tokens("juno", &world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (0, other.pool, error(E::WrongPool)),
        (0, case.incident, DUPLICATE),
        (0, forged_pool, NOT_OURS),
        (1, sibling.incident, error(E::WrongIncident)),
        (1, other.incident, error(E::WrongPool)),
        (1, forged_incident, NOT_OURS),
        (2, sibling.claim, error(E::WrongIncident)),
        (2, case.policy, TOO_SMALL),
        (2, forged_claim, NOT_OURS),
        (3, juno, error(E::WrongWallet)),
        (4, junos, error(E::WrongReceiver)),
        (4, accounts.vault, DUPLICATE),
        (5, vault_address(&other.pool), error(E::WrongVault)),
        (5, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (5, accounts.receiver, DUPLICATE),
        (6, governance, error(E::WrongMint)),
        (7, TOKEN_2022, error(E::WrongTokenProgram)),
        (7, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 2, 4, 5]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
