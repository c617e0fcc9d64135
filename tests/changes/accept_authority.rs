//! `accept_authority`: the authority is handed over in two steps, of which the second shows that the new one can sign.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::product_params;

/// A pool whose authority nora has been offered.
fn offered() -> Play {
    let mut world = stage();
    let authority = world.key("nora");
    world.give_lamports("nora");
    changed(&mut world, &Proposal::Authority { authority }, None);
    world
}

#[test]
fn the_offered_one_takes_it() {
    let mut world = offered();
    let (before, nora, founder) = (world.read_pool(), world.key("nora"), world.key("founder"));
    assert_eq!((before.authority, before.pending_authority), (founder, nora));
    let receipt = world.accept_authority("nora").ok();
    assert_eq!(world.read_pool(), Pool { authority: nora, pending_authority: NOBODY, ..before });
    let event = AuthorityAccepted { pool: world.pool(), authority: founder, new_authority: nora };
    assert_eq!(only_event(&receipt), Event::AuthorityAccepted(event));
    world.accept_authority("nora").fails(E::NotPendingAuthority);
    world.accept_authority("founder").fails(E::NotPendingAuthority);

    // Everything that the authority may do is hers now.
    world.propose(&Proposal::Delist, Some(0)).fails(E::NotPoolAuthority);
    world.list_product(2, product_params("Third")).fails(E::NotPoolAuthority);
    let id = world.next_change();
    world.send(world.propose_accounts("nora", id, Some(0)).instruction(&Proposal::Delist), &["nora"]).ok();
    let list = ListProduct { authority: nora, payer: nora, ..world.list_product_accounts(2) };
    world.send(list.instruction(&product_params("Third")), &["nora"]).ok();
}

#[test]
fn until_then_the_old_one_has_it_and_can_offer_it_to_another() {
    let mut world = offered();
    for name in ["founder", "guardian", "vera"] {
        world.accept_authority(name).fails(E::NotPendingAuthority);
    }
    let authority = world.key("olga");
    changed(&mut world, &Proposal::Authority { authority }, None);
    world.accept_authority("nora").fails(E::NotPendingAuthority);
    world.accept_authority("olga").ok();
}

#[test]
fn an_assembly_can_hand_it_over() {
    let mut world = stage();
    let authority = world.key("nora");
    petitioned(&mut world, &Proposal::Authority { authority }, None);
    final_by(&mut world, 0, Some(FOR));
    world.queue(0).ok();
    world.pass(TIMELOCK);
    world.apply(0, None).ok();
    world.accept_authority("nora").ok();
    assert_eq!(world.read_pool().authority, authority);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = offered();
    let second = second_pool(&mut world);
    let (pool, own) = (world.pool(), world.product(0));
    let forged = forge(&mut world, &pool);
    let instruction = AcceptAuthority { pending_authority: world.key("nora"), pool }.instruction();
    let rows = [
        // Nobody has been offered that one's.
        (1, second, error(E::NotPendingAuthority)),
        (1, own, TOO_SMALL),
        (1, forged, NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["nora"], &rows);
    writes(&mut world, &instruction, &["nora"], &[1]);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(UNSIGNED);
    world.send(instruction, &["nora"]).ok();
}
