//! `draw`: how much of the capital a period takes, and what it never touches.

use crate::{
    draw::{INSURED, KEPT, draw, drawn, limited, returned, unlimited},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use std::mem::offset_of;

#[test]
fn in_a_period_at_most_a_part_of_the_free_capital_is_drawn() {
    let (mut world, policy) = limited(3_600, 100);
    let capital = world.read_pool().capital;
    let began = world.now();
    // 1%, with what was drawn counted in; in parts as much as at once.
    let first = drawn(&mut world, &policy, KEPT + 4_000 * UNIT);
    assert_eq!(first, 4_000 * UNIT);
    let found = world.read_product(VENUE).draws;
    assert_eq!((found.started_at, found.drawn), (began, first));
    world.pass(1_800);
    touch(&mut world);
    let earned = world.read_pool().capital + first - capital;
    assert!(earned > 0);
    let second = drawn(&mut world, &policy, 90_000 * UNIT);
    let limit = (capital + earned) / 100;
    assert_eq!(first + second, limit);
    assert_eq!(world.read_product(VENUE).draws.started_at, began);
    // Until its last second nothing more than what the premiums bring.
    at(&mut world, began + 3_599);
    touch(&mut world);
    let more = (world.read_pool().capital + limit) / 100 - limit;
    assert!(more < 10 * UNIT);
    assert_eq!(drawn(&mut world, &policy, 1), more);
    draw(&mut world, &policy, 0).fails(E::NothingDue);
    // Then the next begins, with its first draw.
    at(&mut world, began + 3_600);
    touch(&mut world);
    let free = world.read_pool().capital;
    let third = drawn(&mut world, &policy, 0);
    assert_eq!(third, free / 100);
    let found = world.read_product(VENUE).draws;
    assert_eq!((found.started_at, found.drawn), (began + 3_600, third));
    at(&mut world, began + 50_000);
    drawn(&mut world, &policy, 0);
    assert_eq!(world.read_product(VENUE).draws.started_at, began + 50_000);
}

#[test]
fn the_limit_is_the_products_and_not_the_policys() {
    let (mut world, venues) = limited(DAY, 100);
    world.buy("otto", VENUE, 0, INSURED, 30).ok();
    world.pass(2 * DAY);
    touch(&mut world);
    let (ottos, free) = (world.policy(VENUE, "otto", 0), world.read_pool().capital);
    assert_eq!(drawn(&mut world, &venues, KEPT + free / 200), free / 200);
    let before = world.balance("otto");
    world.draw("venue", "otto", VENUE, &ottos, INSURED).ok();
    assert_eq!(world.balance("otto") - before, free / 100 - free / 200);
}

#[test]
fn what_is_set_aside_for_incidents_is_never_drawn() {
    // A depeg of everything sets 150,000 aside; of the rest the venue may draw a ten-thousandth in a period.
    let (mut world, policy) = limited(DAY, 1);
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 0).ok();
    touch(&mut world);
    let pool = world.read_pool();
    assert_eq!(pool.own_liens().expect("they fit"), 150_000 * UNIT);
    assert_eq!(drawn(&mut world, &policy, INSURED), (pool.capital - pool.own_liens().expect("they fit")) / 10_000);

    // With hardly more capital than liens, that is all there is.
    let (mut world, policy) = unlimited();
    touch(&mut world);
    let room = world.read_pool().capital - 150_000 * UNIT;
    world.buy("otto", PEG, 0, room - 1_000 * UNIT, 180).ok();
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 0).ok();
    touch(&mut world);
    let (pool, before) = (world.read_pool(), world.balance("venue"));
    let liens = pool.own_liens().expect("they fit");
    let free = pool.capital - liens;
    assert!(1_000 * UNIT < free && free < 2_000 * UNIT, "{free}");
    assert_eq!(returned(&draw(&mut world, &policy, INSURED).ok()), free);
    assert_eq!(world.balance("venue"), before + free);
    assert_eq!(world.read_pool().capital, liens);
    draw(&mut world, &policy, 0).fails(E::NothingDue);
    draw(&mut world, &policy, 1).ok();
    assert_eq!(world.balance("venue"), before + free);
}

#[test]
fn what_is_held_back_for_incidents_is_never_drawn() {
    let (mut world, policy) = unlimited();
    touch(&mut world);
    let (address, held_back) = (world.pool(), world.read_pool().capital - 30_000 * UNIT);
    edit(&mut world, &address, offset_of!(Pool, held_back), &held_back.to_le_bytes());
    assert_eq!(returned(&draw(&mut world, &policy, INSURED).ok()), 30_000 * UNIT);
}

#[test]
fn the_caller_says_the_least_that_it_must_bring() {
    let (mut world, policy) = limited(DAY, 100);
    touch(&mut world);
    let most = world.read_pool().capital / 100;
    let accounts = world.draw_accounts("venue", "venue", VENUE, &policy);
    let before = world.chain.account(&policy);
    for (loss, least) in [(KEPT, 1), (KEPT + 10, 11), (INSURED, most + 1), (0, 1), (u64::MAX, u64::MAX)] {
        world.send(accounts.instruction(loss, least), &["venue"]).fails(E::DrawLimited);
    }
    // It is not reported either.
    assert!(world.chain.account(&policy) == before);
    world.send(accounts.instruction(INSURED, most), &["venue"]).ok();
    world.send(accounts.instruction(0, 0), &["venue"]).fails(E::NothingDue);
    world.send(accounts.instruction(1, 0), &["venue"]).ok();
    world.send(accounts.instruction(0, 1), &["venue"]).fails(E::DrawLimited);
}
