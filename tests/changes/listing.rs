//! Listing: at once before the pool opens; then as a draft that a change puts on sale.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{UNIT, World, product_params};

/// A pool with ada's capital and product 2 as a draft.
fn draft() -> Play {
    let mut world = stage();
    world.list_product(2, ProductParams { group: 2, ..product_params("Bridge") }).ok();
    world.fund("fay", 100_000 * UNIT);
    world
}

#[test]
fn a_product_is_on_sale_at_once_before_the_pool_opens() {
    let mut world = World::new();
    world.list_product(0, product_params("First")).ok();
    // Anyone who deposits first freezes nothing: they may leave at once, and see by the terms that something was listed.
    world.fund("ada", UNIT);
    world.deposit("ada", 1).ok();
    let terms = world.read_pool().terms;
    world.list_product(1, product_params("Second")).ok();
    assert_eq!([0, 1].map(|index| world.read_product(index).status), [0; 2]);
    assert_eq!(world.read_pool().terms, terms + 1);

    world.open_pool().ok();
    let receipt = world.list_product(2, product_params("Third")).ok();
    let Event::ProductListed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.product, event.index, event.status), (world.product(2), 2, 2));
    assert_eq!(world.read_product(2).status, 2);
    assert_eq!(world.read_pool().terms, terms + 1, "a draft changes nobody's terms");
    // Not even once everybody has left.
    let shares = world.shares("ada");
    world.withdraw_shares("ada", shares).ok();
    assert_eq!(world.read_pool().shares, 0);
    world.list_product(3, product_params("Fourth")).ok();
    assert_eq!(world.read_product(3).status, 2);
}

#[test]
fn a_draft_sells_nothing_until_a_change_lists_it() {
    let mut world = draft();
    let refused = |world: &mut Play| {
        world.buy("fay", 2, 0, 1_000 * UNIT, 30).fails(E::ProductNotListed);
        world.quote(2, 1_000 * UNIT, 30).fails(E::ProductNotListed);
    };
    refused(&mut world);
    let id = queued(&mut world, &Proposal::List, Some(2));
    world.pass(TIMELOCK - 1);
    refused(&mut world);
    world.pass(1);
    refused(&mut world);
    let receipt = world.apply(id, Some(2)).ok();
    let Event::ChangeApplied(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.before, event.after), (brief(&Proposal::Delist), brief(&Proposal::List)));
    assert_eq!(world.read_product(2).status, 0);
    world.buy("fay", 2, 0, 1_000 * UNIT, 30).ok();
    world.quote(2, 1_000 * UNIT, 30).ok();
    world.check_books();
}

#[test]
fn terms_of_a_draft_can_be_changed_before_it_is_listed() {
    let mut world = draft();
    let weight = queued(&mut world, &Proposal::Weight { weight_bps: 100 }, Some(2));
    let curve = queued(&mut world, &Proposal::Curve(new_curve()), Some(2));
    let list = queued(&mut world, &Proposal::List, Some(2));
    world.pass(TIMELOCK);
    for id in [curve, list, weight] {
        world.apply(id, Some(2)).ok();
    }
    let found = world.read_product(2);
    assert_eq!((found.weight_bps, found.r2_ppm, found.status), (100, 1_000_000, 0));
    world.buy("fay", 2, 0, 20_000 * UNIT, 30).fails(E::ProductCapacity);
    world.buy("fay", 2, 0, 10_000 * UNIT, 30).ok();
}

#[test]
fn a_delisted_product_sells_nothing_and_can_be_listed_again() {
    let mut world = stage();
    let policy = world.policy(0, "dora", 0);
    changed(&mut world, &Proposal::Delist, Some(0));
    assert_eq!(world.read_product(0).status, 1);
    world.buy("dora", 0, 1, 1_000 * UNIT, 30).fails(E::ProductDelisted);
    world.quote(0, 1_000 * UNIT, 30).fails(E::ProductDelisted);
    world.extend("dora", 0, &policy, 10).fails(E::ProductDelisted);
    // Its policies go on.
    let now = world.now();
    world.fund("opal", 1_000 * UNIT);
    world.open_incident("opal", 0, 0, now - 60).ok();
    let incident = world.incident(0, 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();

    world.list_product(0, product_params("Again")).fails_with(SEEDS);
    changed(&mut world, &Proposal::List, Some(0));
    world.buy("dora", 0, 1, 1_000 * UNIT, 30).fails(E::IncidentOpen);
    assert_eq!(world.read_product(0).status, 0);
}

/// It is not on sale, so there is nothing to delist.
#[test]
fn a_draft_is_dropped_by_closing_it() {
    let mut world = draft();
    world.propose(&Proposal::Delist, Some(2)).fails(E::NothingChanges);
    let id = queued(&mut world, &Proposal::List, Some(2));
    world.remove_product(2).ok();
    world.pass(TIMELOCK);
    world.apply(id, Some(2)).fails_with(TOO_SMALL);
}

#[test]
fn a_status_that_does_not_exist_sells_nothing() {
    let mut world = stage();
    let address = world.product(0);
    edit(&mut world, &address, std::mem::offset_of!(Product, status), &[3]);
    world.buy("dora", 0, 1, 1_000 * UNIT, 30).fails(E::ProductNotListed);
}
