//! `collect_incident_bond`: when an opener gets the bond back, and that nobody else does.

use crate::{common::signed, story::*};
use coverage_client::*;
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError;

/// An incident of product 0 that has ended by a vote, or for want of votes.
fn ended(side: Option<u8>) -> (Play, solana_address::Address) {
    let (mut world, incident) = reported();
    finish(&mut world, 0, 0, side);
    (world, incident)
}

#[test]
fn the_bond_goes_back_once_the_incident_is_settled_and_most_of_it_where_nobody_decided() {
    for (side, state, due) in [(Some(FOR), 1, BOND), (None, 2, BOND / 4 * 3)] {
        let (mut world, incident) = ended(side);
        let (pool_before, incident_before): (_, Incident) = (world.read_pool(), world.chain.read(&incident));
        assert_eq!((incident_before.state, incident_before.bond_state), (state, 1));
        let (balance, vault_balance) = (world.balance("opal"), world.vault_balance());
        // Nobody signs but the bank, which pays the fee.
        let receipt = world.collect_bond("opal", &incident).ok();

        let found: Incident = world.chain.read(&incident);
        assert_eq!(found, Incident { bond_state: 2, ..incident_before });
        let pool = world.read_pool();
        assert_eq!(pool, Pool { bonds: 0, ..pool_before });
        assert_eq!((world.balance("opal"), world.vault_balance()), (balance + due, vault_balance - due));
        let event = IncidentBondCollected { incident, owner: world.key("opal"), bond: due, books: books(&pool) };
        assert_eq!(receipt.events(), [Event::IncidentBondCollected(event)]);
        world.check_books();
    }
}

#[test]
fn it_goes_back_once() {
    let (mut world, incident) = ended(Some(FOR));
    // Another incident's bond is in the bucket: it is not to be had.
    report(&mut world, 1, 0);
    world.collect_bond("opal", &incident).ok();
    world.collect_bond("opal", &incident).fails(BreakwaterError::NothingDue);
    assert_eq!(world.read_pool().bonds, TRIOS_BOND);
}

#[test]
fn a_lost_bond_does_not_go_back() {
    let (mut world, incident) = ended(Some(AGAINST));
    report(&mut world, 1, 0);
    world.collect_bond("opal", &incident).fails(BreakwaterError::NothingDue);
    assert_eq!(world.read_pool().bonds, TRIOS_BOND);
}

#[test]
fn it_is_held_until_the_verdict_is_read() {
    let (mut world, incident) = reported();
    world.collect_bond("opal", &incident).fails(BreakwaterError::NothingDue);
    decide(&mut world, &incident, Some(FOR));
    world.collect_bond("opal", &incident).fails(BreakwaterError::NothingDue);
    read_verdict(&mut world, 0, 0);
    world.collect_bond("opal", &incident).ok();
}

#[test]
fn it_goes_to_the_openers_own_account_or_where_the_opener_says() {
    let (mut world, incident) = ended(Some(FOR));
    let accounts = world.collect_bond_accounts("opal", &incident);
    let (asset, governance) = (world.asset(), world.governance());
    world.collect_bond("dora", &incident).fails(BreakwaterError::WrongWallet);
    let votes = other_tokens(&mut world, "votes", "opal", &governance);
    let savings = other_tokens(&mut world, "savings", "opal", &asset);
    let doras = world.tokens("dora", &asset);
    // Nobody but the opener sends it anywhere else, not even to the opener.
    for receiver in [savings, votes, doras] {
        let wrong = CollectIncidentBond { receiver, ..accounts };
        world.send(wrong.instruction(), &[]).fails(BreakwaterError::WrongReceiver);
    }
    let wrong = CollectIncidentBond { receiver: votes, ..accounts };
    world.send(signed(wrong.instruction(), 2), &["opal"]).fails_with(TOKEN_MINT_MISMATCH);
    let elsewhere = CollectIncidentBond { receiver: savings, ..accounts };
    world.send(signed(elsewhere.instruction(), 2), &["opal"]).ok();
    assert_eq!(world.balance_of(&savings), BOND);
}

#[test]
fn the_opener_may_give_it_to_another() {
    let (mut world, incident) = ended(None);
    let receiver = world.tokens("dora", &world.asset());
    let accounts = CollectIncidentBond { receiver, ..world.collect_bond_accounts("opal", &incident) };
    let balance = world.balance("dora");
    world.send(signed(accounts.instruction(), 2), &["opal"]).ok();
    // A quarter is lost where nobody votes.
    assert_eq!(world.balance("dora"), balance + BOND / 4 * 3);
    world.check_books();
}

#[test]
fn a_closed_account_of_the_opener_holds_up_no_settlement() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    close_tokens(&mut world, "opal");
    finish(&mut world, 0, 0, Some(FOR));
    world.payout("dora", &policy, &incident).ok();
    world.collect_bond("opal", &incident).fails_with(InstructionError::InvalidAccountData);
    let asset = world.asset();
    world.open_tokens("opal", &asset);
    world.collect_bond("opal", &incident).ok();
    assert_eq!(world.read_pool().bonds, 0);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident) = ended(Some(FOR));
    let other = elsewhere(&mut world);
    let of_product_1 = report(&mut world, 1, 0);
    let accounts = world.collect_bond_accounts("opal", &incident);
    let rows = [
        (0, other.pool, code(BreakwaterError::WrongPool)),
        (0, other.product, InstructionError::AccountDataTooSmall),
        (0, incident, DUPLICATE),
        (1, of_product_1, code(BreakwaterError::NothingDue)),
        (1, other.incident, code(BreakwaterError::WrongPool)),
        (1, other.product, InstructionError::InvalidAccountData),
        (2, world.key("dora"), code(BreakwaterError::WrongWallet)),
        (2, accounts.pool, DUPLICATE),
        (3, accounts.vault, DUPLICATE),
        (3, other.policy, code(BreakwaterError::WrongReceiver)),
        (3, share_mint_address(&accounts.pool, 0), code(BreakwaterError::WrongReceiver)),
        (4, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (4, accounts.receiver, DUPLICATE),
        (5, world.governance(), code(BreakwaterError::WrongMint)),
        (6, TOKEN_2022, code(BreakwaterError::WrongTokenProgram)),
        (6, ID, code(BreakwaterError::WrongTokenProgram)),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    world.send(accounts.instruction(), &[]).ok();
}
