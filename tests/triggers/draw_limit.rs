//! `draw`: how much of the capital is paid at once, and what comes before it.

use crate::{
    draw::{INSURED, KEPT, draw, drawn, limited, returned, unlimited},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use std::mem::offset_of;

#[test]
fn half_of_the_limit_is_paid_at_once_and_the_other_half_over_the_period() {
    let (mut world, policy) = limited(3_600, 100);
    touch(&mut world);
    let began = world.now();
    let full = world.read_pool().day_capital / 100 / 2;
    assert!(full > 4_900 * UNIT);
    // In parts a little less than at once: half of the limit is of what is left of the capital.
    let first = drawn(&mut world, &policy, KEPT + 4_000 * UNIT);
    assert_eq!(first, 4_000 * UNIT);
    let full_now = |world: &mut Play| world.read_pool().capital_of_buckets() / 100 / 2;
    let smaller = full_now(&mut world);
    assert!(smaller < full && full - smaller <= first / 200 + 1);
    let second = smaller - first;
    assert!(full - first - second < 20 * UNIT + 1);
    let least = world.draw_accounts("venue", "venue", VENUE, &policy);
    world.send(least.instruction(second + 1, second + 1), &["venue"]).fails(E::DrawLimited);
    assert_eq!(drawn(&mut world, &policy, second), second);
    let found = world.read_product(VENUE).draws;
    assert_eq!((found.refilled_at, found.lacked, found.full), (began, smaller, smaller));
    // A second of the period brings its part, rounded down.
    for seconds in [1, 1_799] {
        world.pass(seconds);
        touch(&mut world);
        let flowed = full_now(&mut world) * seconds / 3_600;
        assert_eq!(drawn(&mut world, &policy, flowed), flowed);
        world.send(least.instruction(2, 2), &["venue"]).fails(E::DrawLimited);
    }
    assert_eq!(world.read_product(VENUE).draws.refilled_at, began + 1_800);
    // No more than the bucket holds, however long nobody draws.
    world.pass(12 * 3_600);
    touch(&mut world);
    let full = full_now(&mut world);
    world.send(least.instruction(full + 1, full + 1), &["venue"]).fails(E::DrawLimited);
    world.send(least.instruction(full, full), &["venue"]).ok();
}

#[test]
fn the_limit_is_the_products_and_not_the_policys() {
    let (mut world, venues) = limited(DAY, 100);
    world.buy("otto", VENUE, 0, INSURED, 30).ok();
    world.pass(2 * DAY);
    touch(&mut world);
    let (ottos, full) = (world.policy(VENUE, "otto", 0), world.read_pool().day_capital / 200);
    assert_eq!(drawn(&mut world, &venues, KEPT + full / 3), full / 3);
    let before = world.balance("otto");
    world.draw("venue", "otto", VENUE, &ottos, INSURED).ok();
    let rest = full - full / 3;
    let paid = world.balance("otto") - before;
    assert!(paid <= rest && rest - paid <= rest / 300, "a part of what the first has left: {paid} of {rest}");
}

#[test]
fn the_limit_is_of_the_capital_at_the_last_midnight() {
    let (mut world, policy) = limited(DAY, 100);
    touch(&mut world);
    let day = world.read_pool().day_capital;
    // What comes or goes in the day changes nothing.
    world.deposit("gwen", 500_000 * UNIT).ok();
    assert_eq!(world.read_pool().day_capital, day);
    assert_eq!(drawn(&mut world, &policy, KEPT + 1_000 * UNIT), 1_000 * UNIT);
    let limited = world.draw_accounts("venue", "venue", VENUE, &policy);
    world.send(limited.instruction(day / 200, day / 200 - 1_000 * UNIT + 1), &["venue"]).fails(E::DrawLimited);
    // The first instruction of the next day takes it down before it does anything.
    let midnight = (world.now() / DAY + 1) * DAY;
    let before = world.read_pool().capital;
    at(&mut world, midnight);
    world.deposit("otto", 100_000 * UNIT).ok();
    assert_eq!(world.read_pool().day_capital, before);
    world.pass(DAY / 2);
    let full = before / 200;
    assert_eq!(drawn(&mut world, &policy, full), full);
}

#[test]
fn reports_that_nobody_has_decided_keep_nothing_from_a_draw() {
    // A depeg of everything sets 850,000 aside, and all that the venue may draw at once is still there.
    let (mut world, policy) = unlimited();
    world.buy("otto", PEG, 0, 700_000 * UNIT, 180).ok();
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 0).ok();
    touch(&mut world);
    assert_eq!(world.read_pool().own_liens(), Ok(850_000 * UNIT));
    assert_eq!(world.read_pool().drawable(), Ok(world.read_pool().capital));
    assert_eq!(drawn(&mut world, &policy, KEPT + INSURED), INSURED);
}

#[test]
fn what_accepted_incidents_reserve_comes_before_a_draw() {
    let (mut world, policy) = unlimited();
    touch(&mut world);
    // Hardly more capital than liens.
    let room = world.read_pool().capital - 150_000 * UNIT;
    world.buy("otto", PEG, 0, room - 1_000 * UNIT, 180).ok();
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 0).ok();
    world.pass(2 * DAY);
    world.decide(PEG, 0).ok();
    let pool = world.read_pool();
    let (liens, capital) = (pool.own_liens().expect("they fit"), pool.capital);
    assert_eq!(pool.accepted_liens, pool.liens);
    let free = capital - liens;
    assert!(1_000 * UNIT < free && free < 3_000 * UNIT, "{free}");
    assert_eq!(returned(&draw(&mut world, &policy, INSURED).ok()), free);
    // The rest is booked, behind them.
    let booking: Incident = world.chain.read(&world.incident(VENUE, 0));
    assert_eq!(booking.approved, INSURED - KEPT - free);
    world.pay_booking("venue", VENUE, &policy, 0).ok();
    assert!(world.read_pool().capital <= liens + booking.approved);
    world.check_books();
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
    let most = world.read_pool().day_capital / 200;
    let accounts = world.booking_accounts("venue", "venue", VENUE, &policy);
    let before = world.chain.account(&policy);
    for (loss, least) in [(KEPT, 1), (KEPT + 10, 11), (INSURED, most + 1), (u64::MAX, u64::MAX)] {
        world.send(accounts.instruction(loss, least), &["venue"]).fails(E::DrawLimited);
    }
    // It is not reported either.
    assert!(world.chain.account(&policy) == before);
    world.send(accounts.instruction(INSURED, most), &["venue"]).ok();
}
