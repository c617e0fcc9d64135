//! T40 and T65: what prices can hold up.

use crate::{
    court::*,
    oracle::{HALFWAY, PEG, STRIKE, breach, depeg, paid_out, pegged},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, price_product};

/// How long prices hold exits: the hour for which a breach is measured, and a day for opening its incident.
const HOLD: u64 = 3_600 + DAY;

/// In how many of the next `hours` prices hold exits up, and the longest that they do on end, while somebody does what they
/// like in each of them.
fn hours_held(world: &mut Play, hours: u64, mut each: impl FnMut(&mut Play, u64)) -> (u64, u64) {
    let (mut all, mut longest, mut running) = (0, 0, 0);
    for hour in 0..hours {
        each(world, hour);
        let held = world.now() < world.read_pool().exits_wait_until;
        running = if held { running + 1 } else { 0 };
        (all, longest) = (all + u64::from(held), longest.max(running));
        world.pass(3_600);
    }
    (all, longest)
}

/// The authority lists a draft with a strike of 2^60, which every price breaks. Nobody is covered by it: it holds nothing.
#[test]
fn t40_a_draft_that_every_price_breaks() {
    let (mut world, _) = pegged();
    let mut params = price_product("Broken from the start");
    (params.price.strike, params.price.floor) = (1 << 60, 1 << 59);
    world.list_product(PEG + 1, params).ok();
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    world.observe(PEG + 1, STRIKE).ok();
    assert!(world.read_product(PEG + 1).price.started_at > 0, "it is watched");
    world.pass(1);
    world.pay_exits().ok();
    assert!(collect(&mut world, "honest", 0) >= HALF);
}

/// Prices of a depeg that was paid, for as long as it lasts: one every two days held exits for 731 days.
#[test]
fn t40_prices_of_a_depeg_that_was_paid() {
    let (mut world, _) = pegged();
    let incident = depeg(&mut world, HALFWAY);
    paid_out(&mut world, &incident);
    world.pass_days(9);
    let (held, _) = hours_held(&mut world, 731 * 24, |world, hour| {
        if hour % 48 == 0 {
            world.observe(PEG, 1).ok();
        }
    });
    assert_eq!(held, 0);
}

/// Prices of a product whose last cover has ended, though nobody has brought its books up to now.
#[test]
fn t40_prices_of_a_product_that_covers_nobody_any_more() {
    for (second, held) in [(-1, true), (0, false)] {
        let (mut world, policy) = pegged();
        let released = world.chain.read::<Policy>(&policy).release_day * DAY;
        until(&mut world, released.checked_add_signed(second).unwrap());
        assert!(world.read_product(PEG).active_cover > 0, "as of long ago");
        world.observe(PEG, HALFWAY).ok();
        assert_eq!(world.now() < world.read_pool().exits_wait_until, held, "{second}");
    }
}

/// True dips of a second, one every two days, shown by anyone who likes to: they held exits for 61 days and let every change
/// lapse. Now they hold them for 25 hours of every eight days, and changes wait no longer than that.
#[test]
fn t65_a_dip_of_a_second_every_two_days() {
    let (mut world, _) = pegged();
    let curve = PriceCurve { r0_ppm: 30_000, r1_ppm: 60_000, r2_ppm: 300_000, kink_bps: 8_000 };
    world.propose(&Proposal::Curve(curve), Some(0)).ok();
    let queued = world.now();
    let day = ask_for_all(&mut world, "honest", 0);
    let mut applied = None;
    let mut left = None;
    let (held, longest) = hours_held(&mut world, 61 * 24, |world, hour| {
        if hour % 48 == 0 {
            world.observe(PEG, HALFWAY).ok();
            world.pass(1);
            world.observe(PEG, STRIKE).ok();
        }
        // Somebody pays exits, or sees that they wait, and somebody applies the change as soon as can be.
        if left.is_none() {
            if world.pay_exits().result.is_ok() {
                left = Some(world.now());
            } else if world.now() >= day * DAY {
                world.call_exits();
            }
        }
        if applied.is_none() && world.apply(0, Some(0)).result.is_ok() {
            applied = Some(world.now());
        }
    });
    let waited = (left.unwrap() - day * DAY) / 3_600;
    println!("a dip every two days: exits held for {held} of 1464 hours, {longest} on end; one waited {waited} hours");
    assert!(held <= 8 * 26 && longest <= 26 && waited <= 26, "{held} {longest} {waited}");
    assert!(applied.unwrap() - queued < 11 * DAY);
    assert!(collect(&mut world, "honest", 0) >= HALF);
    world.check_books();
}

/// Hours at a price just below the strike that pay less than the deductible, and one unit of cover: four of them held exits for
/// 244 days, for nothing. An incident holds nobody, and the next breach holds nobody within a week of the last.
#[test]
fn t65_shallow_hours() {
    // 2% of severity in a product with a deductible of 5%.
    let shallow = STRIKE - 200_000;
    let (mut world, _) = pegged();
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 3_600);
    let (mut nth, mut held, mut paid) = (0, 0, None);
    let began = world.now();
    while nth < 4 {
        breach(&mut world, shallow);
        world.open_price_incident("mallory", PEG, nth).ok();
        nth += 1;
        // Over at once, and anew an hour later.
        world.observe(PEG, STRIKE).fails(E::PriceNotNewer);
        world.pass(60);
        world.observe(PEG, STRIKE).ok();
        if paid.is_none() {
            world.pay_exits().fails(E::ExitHeld);
            until(&mut world, began + HOLD - 1);
            world.pay_exits().fails(E::ExitHeld);
            world.call_exits().ok();
            world.pass(1);
            world.pay_exits().ok();
            paid = Some(world.now());
        }
        held += u64::from(world.now() < world.read_pool().exits_wait_until);
        world.pass(60);
    }
    assert_eq!((held, paid), (0, Some(began + HOLD)));
    let free = collect(&mut world, "honest", 0);
    // Half of a lien of 100,000 waits for the first of them, and comes back but for nothing that was claimed.
    assert!((HALF - 50_000 * UNIT..HALF - 49_000 * UNIT).contains(&free), "{free}");
    let incident = world.incident(PEG, 0);
    paid_out(&mut world, &incident);
    assert!(free + take_back(&mut world, "honest", 0, &incident) >= HALF);
    println!("a shallow hour: {} hours, and a tenth of an exit until its filing is over", HOLD / 3_600);
    world.check_books();
}

/// Nobody looks while prices hold an exit, and so it is late: a call and a day more, whatever is shown meanwhile.
#[test]
fn t65_nobody_looks_while_exits_are_held() {
    let (mut world, _) = pegged();
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    world.observe(PEG, HALFWAY).ok();
    world.pass(HOLD);
    world.pay_exits().fails(E::ExitNotCalled);
    world.call_exits().ok();
    for _ in 0..23 {
        world.pass(3_600);
        world.observe(PEG, HALFWAY).ok();
        world.pay_exits().fails(E::ExitNotCalled);
    }
    world.pass(3_600);
    world.pay_exits().ok();
    assert!(collect(&mut world, "honest", 0) >= HALF);
}

/// A change and an exit that was asked for in time, held by a price in the second in which the change is due: it waits as well.
#[test]
fn t40_apply_a_change_while_prices_hold_the_exits() {
    let (mut world, _) = pegged();
    let free = PriceCurve { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, kink_bps: 1 };
    world.propose(&Proposal::Curve(free), Some(0)).ok();
    let due = world.now() + 9 * DAY;
    world.pass_days(1);
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    world.observe(PEG, HALFWAY).ok();
    until(&mut world, due);
    world.apply(0, Some(0)).fails(E::ExitsWait);
    let until_then = world.read_pool().exits_wait_until;
    until(&mut world, until_then - 1);
    world.apply(0, Some(0)).fails(E::ExitsWait);
    world.call_exits().ok();
    world.pass(1);
    world.apply(0, Some(0)).fails(E::ExitsWait);
    world.pay_exits().ok();
    world.apply(0, Some(0)).ok();
    assert!(collect(&mut world, "honest", 0) >= HALF);
}
