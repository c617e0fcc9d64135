//! `collect_change_bond`: the bond of a change that passed, or that nobody decided, goes back to its proposer.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};

/// A change of vera's whose ballot was read.
fn read(side: Option<u8>) -> Play {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    final_by(&mut world, 0, side);
    world.queue(0).ok();
    world
}

#[test]
fn it_goes_back_once() {
    for side in [Some(FOR), None] {
        let mut world = read(side);
        let (before, change, held) = (world.read_pool(), world.read_change(0), world.vault_balance());
        let balance = world.balance("vera");
        let receipt = world.collect_change_bond("vera", 0).ok();
        let after = world.read_pool();
        assert_eq!(after, Pool { bonds: before.bonds - BOND, ..before });
        assert_eq!(world.read_change(0), Change { bond_state: 2, ..change });
        assert_eq!((world.balance("vera"), world.vault_balance()), (balance + BOND, held - BOND));
        let (change, proposer) = (world.change(0), world.key("vera"));
        let event = ChangeBondCollected { change, proposer, bond: BOND, books: books(&after) };
        assert_eq!(only_event(&receipt), Event::ChangeBondCollected(event));
        world.check_books();
        world.collect_change_bond("vera", 0).fails(E::NothingDue);
    }
}

#[test]
fn nothing_is_due_before_or_when_it_is_lost_or_there_was_none() {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    world.collect_change_bond("vera", 0).fails(E::NothingDue);
    final_by(&mut world, 0, Some(AGAINST));
    world.collect_change_bond("vera", 0).fails(E::NothingDue);
    world.queue(0).ok();
    world.collect_change_bond("vera", 0).fails(E::NothingDue);
    let id = queued(&mut world, &FEE, None);
    world.collect_change_bond("founder", id).fails(E::NothingDue);
}

#[test]
fn the_money_goes_to_the_proposer_or_where_they_say() {
    let mut world = read(Some(FOR));
    let asset = world.asset();
    let accounts = world.collect_change_bond_accounts("vera", 0);
    let savings = other_tokens(&mut world, "savings", "vera", &asset);
    let walts = world.tokens("walt", &asset);
    for receiver in [savings, walts] {
        world.send(CollectChangeBond { receiver, ..accounts }.instruction(), &[]).fails(E::WrongReceiver);
    }
    world.collect_change_bond("walt", 0).fails(E::WrongWallet);
    let shares = supply(&mut world, &share_mint_address(&accounts.pool, 0));
    world.send(signed(CollectChangeBond { receiver: savings, ..accounts }.instruction(), 2), &["vera"]).ok();
    assert_eq!(world.balance_of(&savings), BOND);
    assert_eq!(supply(&mut world, &share_mint_address(&accounts.pool, 0)), shares);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = read(Some(FOR));
    let second = second_pool(&mut world);
    let (pool, own, governance) = (world.pool(), world.product(0), world.governance());
    let accounts = world.collect_change_bond_accounts("vera", 0);
    let [forged_pool, forged_change] = [pool, accounts.change].map(|address| forge(&mut world, &address));
    let walts = world.tokens("walt", &world.asset());
    let walt = world.key("walt");
    let instruction = accounts.instruction();
    let rows = [
        (0, second, error(E::WrongPool)),
        (0, own, TOO_SMALL),
        (0, forged_pool, NOT_OURS),
        (1, own, OTHER_TYPE),
        (1, forged_change, NOT_OURS),
        (2, walt, error(E::WrongWallet)),
        (3, walts, error(E::WrongReceiver)),
        (3, accounts.vault, DUPLICATE),
        (4, vault_address(&second), error(E::WrongVault)),
        (4, exit_escrow_address(&pool, 0), error(E::WrongVault)),
        (5, governance, error(E::WrongMint)),
        (6, TOKEN_2022, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 3, 4]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
