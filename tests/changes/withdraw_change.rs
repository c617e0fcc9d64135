//! `withdraw_change`: what the authority queued it takes back; nobody else, and nothing else.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};

#[test]
fn the_authority_takes_its_change_back() {
    let mut world = stage();
    let id = queued(&mut world, &FEE, None);
    let (before, pool) = (world.read_change(id), world.read_pool());
    let receipt = world.withdraw("founder", id).ok();
    assert_eq!(world.read_change(id), Change { state: 4, ..before });
    // It was the only one: no exits are awaited any more.
    assert_eq!((pool.awaiting_changes, pool.exits_awaited_until), (1, before.exits_until));
    let pool = Pool { awaiting_changes: 0, exits_awaited_until: 0, ..pool };
    assert_eq!(world.read_pool(), pool);
    let event = ChangeWithdrawn { pool: world.pool(), change: world.change(id), by: world.key("founder") };
    assert_eq!(only_event(&receipt), Event::ChangeWithdrawn(event));
    world.withdraw("founder", id).fails(E::ChangeNotQueued);
    world.pass(TIMELOCK);
    world.apply(id, None).fails(E::ChangeNotQueued);
    assert_eq!(world.read_pool(), pool);
}

#[test]
fn it_can_until_it_is_applied() {
    let mut world = stage();
    let [first, second, third] = [0; 3].map(|_| queued(&mut world, &FEE, None));
    world.pass(TIMELOCK);
    world.withdraw("founder", first).ok();
    world.apply(second, None).ok();
    world.withdraw("founder", second).fails(E::ChangeNotQueued);
    // One that has lapsed can be withdrawn too; it comes to the same.
    world.pass(LAPSE);
    world.withdraw("founder", third).ok();
}

#[test]
fn what_fell_with_the_authority_needs_no_taking_back() {
    let mut world = stage();
    world.give_lamports("nora");
    let first = queued(&mut world, &FEE, None);
    let authority = world.key("nora");
    let second = queued(&mut world, &Proposal::Authority { authority }, None);
    world.pass(TIMELOCK);
    world.withdraw("nora", first).fails(E::NotPoolAuthority);
    world.accept_authority("nora", second).ok();
    world.withdraw("founder", first).fails(E::NotPoolAuthority);
    world.apply(first, None).fails(E::NotPoolAuthority);
    let id = world.next_change();
    world.send(world.propose_accounts("nora", id, None).instruction(id, &FEE), &["nora"]).ok();
    world.withdraw("founder", id).fails(E::NotPoolAuthority);
    world.withdraw("nora", id).ok();
}

#[test]
fn nobody_else_can() {
    let mut world = stage();
    let id = queued(&mut world, &FEE, None);
    for name in ["guardian", "arbiter", "vera", "ada"] {
        world.withdraw(name, id).fails(E::NotPoolAuthority);
    }
    let accounts = WithdrawChange { authority: world.key("founder"), pool: world.pool(), change: world.change(id) };
    world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(UNSIGNED);
}

#[test]
fn what_an_assembly_decides_nobody_takes_back() {
    let mut world = stage();
    let refused = |world: &mut Play| {
        for name in ["vera", "founder"] {
            world.withdraw(name, 0).fails(E::ChangeByBallot);
        }
    };
    petitioned(&mut world, &FEE, None);
    refused(&mut world);
    final_by(&mut world, 0, Some(FOR));
    refused(&mut world);
    world.queue(0).ok();
    refused(&mut world);
    world.pass(TIMELOCK);
    refused(&mut world);
    world.apply(0, None).ok();
    refused(&mut world);
    assert_eq!(world.read_pool().protocol_fee_bps, 2_000);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let id = queued(&mut world, &FEE, None);
    let (pool, own, address) = (world.pool(), world.product(0), world.change(id));
    let [forged_pool, forged_change] = [pool, address].map(|address| forge(&mut world, &address));
    let instruction = WithdrawChange { authority: world.key("founder"), pool, change: address }.instruction();
    let rows = [
        (1, second, error(E::WrongPool)),
        (1, own, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, own, OTHER_TYPE),
        (2, forged_change, NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["founder"], &rows);
    writes(&mut world, &instruction, &["founder"], &[1, 2]);
    world.send(instruction, &["founder"]).ok();
}
