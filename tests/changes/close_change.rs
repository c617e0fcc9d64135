//! `close_change`: a change that is over gives its rent back.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::Chain;

#[test]
fn it_gives_the_rent_back_and_tips_the_caller() {
    let mut world = stage();
    let id = changed(&mut world, &FEE, None);
    let address = world.change(id);
    let (pool, held, rent) = (world.read_pool(), world.vault_balance(), lamports(&mut world, &address));
    let purses = [purse(&mut world, "founder"), purse(&mut world, "guardian")];
    let receipt = world.close_change("founder", id).ok();
    assert!(world.chain.account(&address).is_none());
    let paid = [purse(&mut world, "founder"), purse(&mut world, "guardian")];
    assert_eq!(paid, [purses[0] + rent - TIP, purses[1] + TIP]);
    let children = pool.children - 1;
    assert_eq!((world.read_pool(), world.vault_balance()), (Pool { children, ..pool }, held));
    let event = ChangeClosed { pool: world.pool(), change: address, state: 2 };
    assert_eq!(only_event(&receipt), Event::ChangeClosed(event));
    world.close_change("founder", id).fails_with(TOO_SMALL);
    // Its number is never used again.
    assert_eq!(queued(&mut world, &Proposal::Delist, Some(0)), id + 1);
}

#[test]
fn every_end_lets_it_close_and_nothing_before() {
    let mut world = stage();
    let [withdrawn, lapsed] = [0; 2].map(|_| queued(&mut world, &FEE, None));
    world.close_change("founder", withdrawn).fails(E::ChangeNotOver);
    world.withdraw("founder", withdrawn).ok();
    let receipt = world.close_change("founder", withdrawn).ok();
    let Event::ChangeClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.state, 4);

    let ends_at = world.read_change(lapsed).applies_at + LAPSE;
    move_to(&mut world, ends_at - 1);
    world.close_change("founder", lapsed).fails(E::ChangeNotOver);
    world.pass(1);
    let receipt = world.close_change("founder", lapsed).ok();
    let Event::ChangeClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.state, 1);
}

#[test]
fn a_change_of_a_ballot_closes_once_that_is_read_and_its_bond_is_gone() {
    for (side, bond_is_due) in [(Some(FOR), true), (Some(AGAINST), false), (None, true)] {
        let mut world = stage();
        let id = petitioned(&mut world, &FEE, None);
        world.close_change("vera", id).fails(E::ChangeNotOver);
        final_by(&mut world, id, side);
        world.close_change("vera", id).fails(E::ChangeNotOver);
        world.queue(id).ok();
        if side == Some(FOR) {
            world.collect_change_bond("vera", id).ok();
            world.close_change("vera", id).fails(E::ChangeNotOver);
            world.pass(TIMELOCK);
            world.apply(id, None).ok();
        } else if bond_is_due {
            world.close_change("vera", id).fails(E::ChangeNotOver);
            world.collect_change_bond("vera", id).ok();
        }
        let purses = [purse(&mut world, "vera"), purse(&mut world, "guardian")];
        let address = world.change(id);
        let rent = lamports(&mut world, &address);
        world.close_change("vera", id).ok();
        let paid = [purse(&mut world, "vera"), purse(&mut world, "guardian")];
        assert_eq!(paid, [purses[0] + rent - TIP, purses[1] + TIP]);
        // Its ballot goes on without it.
        if side.is_some() {
            world.collect_vote_reward("vera", &address).ok();
        }
        world.reclaim_ballot("vera", &address).ok();
        world.check_books();
    }
}

#[test]
fn an_applied_change_waits_for_its_bond() {
    let mut world = stage();
    let id = petitioned(&mut world, &FEE, None);
    final_by(&mut world, id, Some(FOR));
    world.queue(id).ok();
    world.pass(TIMELOCK + LAPSE);
    // Lapsed, and its bond still due.
    world.close_change("vera", id).fails(E::ChangeNotOver);
    world.collect_change_bond("vera", id).ok();
    world.close_change("vera", id).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let id = changed(&mut world, &FEE, None);
    let (own, accounts) = (world.product(0), world.close_change_accounts("founder", id));
    let forged = forge(&mut world, &accounts.change);
    let (vera, second) = (world.key("vera"), second_pool(&mut world));
    let instruction = accounts.instruction();
    let rows = [
        (1, second, error(E::WrongPool)),
        (1, own, TOO_SMALL),
        (2, own, OTHER_TYPE),
        (2, forged, NOT_OURS),
        (3, vera, error(E::WrongRentPayer)),
        (3, accounts.caller, error(E::WrongRentPayer)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    // Caller and rent payer may be one.
    let both = CloseChange { caller: world.key("founder"), ..accounts };
    world.send(both.instruction(), &[]).ok();
}
