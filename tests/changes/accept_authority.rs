//! `accept_authority`: who gets the authority applies the change that gives it; what was queued by who had it falls.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::product_params;

/// A pool whose authority queued a change that gives it to nora, and how it is applied from now on: number 0.
fn given() -> Play {
    let mut world = stage();
    world.give_lamports("nora");
    let authority = world.key("nora");
    world.propose(&Proposal::Authority { authority }, None).ok();
    world
}

#[test]
fn the_new_one_takes_it() {
    let mut world = given();
    let (nora, founder) = (world.key("nora"), world.key("founder"));
    world.pass(TIMELOCK - 1);
    world.accept_authority("nora", 0).fails(E::ChangeNotDue);
    world.pass(1);
    // Nobody else can, and nobody applies it for her.
    for name in ["founder", "guardian", "vera"] {
        world.accept_authority(name, 0).fails(E::NotNewAuthority);
    }
    world.apply(0, None).fails(E::NotNewAuthority);
    let before = world.read_pool();
    let receipt = world.accept_authority("nora", 0).ok();
    let handed_over = before.queued_count;
    assert_eq!(world.read_pool(), Pool { authority: nora, terms: before.terms + 1, handed_over, ..before });
    let event =
        AuthorityAccepted { pool: world.pool(), change: world.change(0), authority: founder, new_authority: nora };
    assert_eq!(only_event(&receipt), Event::AuthorityAccepted(event));
    world.accept_authority("nora", 0).fails(E::ChangeNotQueued);

    // Everything that the authority may do is hers now.
    world.propose(&Proposal::Delist, Some(0)).fails(E::NotPoolAuthority);
    world.list_product(2, product_params("Third")).fails(E::NotPoolAuthority);
    let id = world.next_change();
    world.send(world.propose_accounts("nora", id, Some(0)).instruction(id, &Proposal::Delist), &["nora"]).ok();
    let list = ListProduct { authority: nora, payer: nora, ..world.list_product_accounts(2) };
    world.send(list.instruction(&product_params("Third")), &["nora"]).ok();
}

#[test]
fn what_was_queued_by_who_had_it_falls() {
    let mut world = given();
    let raises = Proposal::AssessorsLimit { assessors_limit: 1 };
    world.propose(&raises, None).ok();
    let authority = world.key("olga");
    world.propose(&Proposal::Authority { authority }, None).ok();
    world.pass(TIMELOCK);
    world.accept_authority("nora", 0).ok();
    world.apply(1, None).fails(E::NotPoolAuthority);
    world.mark(1, None).fails(E::NotPoolAuthority);
    world.accept_authority("olga", 2).fails(E::NotPoolAuthority);
    world.withdraw("founder", 1).fails(E::NotPoolAuthority);
    // Their accounts can be closed at once.
    world.close_change("founder", 1).ok();
    world.close_change("founder", 2).ok();
    // What she queues holds.
    let id = world.next_change();
    world.send(world.propose_accounts("nora", id, None).instruction(id, &raises), &["nora"]).ok();
    world.pass(TIMELOCK);
    world.apply(id, None).ok();
    assert_eq!(world.read_pool().assessors_limit, 1);
}

#[test]
fn an_assembly_hands_it_over_whatever_the_one_who_has_it_queues() {
    for overtakes in [false, true] {
        let mut world = stage();
        let (nora, olga) = (world.key("nora"), world.key("olga"));
        world.give_lamports("nora");
        world.give_lamports("olga");
        petitioned(&mut world, &Proposal::Authority { authority: nora }, None);
        final_by(&mut world, 0, Some(FOR));
        world.queue(0).ok();
        if overtakes {
            // A number later, and in hands of somebody else when the time of the petition comes.
            world.propose(&Proposal::Authority { authority: olga }, None).ok();
        }
        world.pass(TIMELOCK);
        if overtakes {
            world.accept_authority("olga", 1).ok();
            let id = world.next_change();
            let back = Proposal::Authority { authority: world.key("founder") };
            world.send(world.propose_accounts("olga", id, None).instruction(id, &back), &["olga"]).ok();
        }
        world.accept_authority("nora", 0).ok();
        assert_eq!(world.read_pool().authority, nora);
        if overtakes {
            world.pass(TIMELOCK);
            world.accept_authority("founder", 2).fails(E::NotPoolAuthority);
        }
    }
}

#[test]
fn the_later_of_two_ballots_holds() {
    let mut world = stage();
    let (nora, olga) = (world.key("nora"), world.key("olga"));
    world.give_lamports("nora");
    world.give_lamports("olga");
    for (id, authority) in [(0, nora), (1, olga)] {
        petitioned(&mut world, &Proposal::Authority { authority }, None);
        final_by(&mut world, id, Some(FOR));
        world.queue(id).ok();
    }
    world.pass(TIMELOCK);
    world.accept_authority("olga", 1).ok();
    world.accept_authority("nora", 0).fails(E::ChangeOvertaken);
    assert_eq!(world.read_pool().authority, olga);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = given();
    world.propose(&FEE, None).ok();
    world.pass(TIMELOCK);
    let second = second_pool(&mut world);
    let (pool, own, change, other) = (world.pool(), world.product(0), world.change(0), world.change(1));
    let forged = [pool, change].map(|account| forge(&mut world, &account));
    let instruction = AcceptAuthority { new_authority: world.key("nora"), pool, change }.instruction();
    let rows = [
        (1, second, error(E::WrongPool)),
        (1, own, TOO_SMALL),
        (1, forged[0], NOT_OURS),
        (2, other, error(E::NotNewAuthority)),
        (2, own, OTHER_TYPE),
        (2, forged[1], NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["nora"], &rows);
    writes(&mut world, &instruction, &["nora"], &[1, 2]);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(UNSIGNED);
    world.send(instruction, &["nora"]).ok();
}
