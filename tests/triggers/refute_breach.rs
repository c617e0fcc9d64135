//! `refute_breach`: which price, however old, shows that a breach was none.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{PriceUpdate, UNIT};

#[test]
fn a_price_from_inside_has_the_product_forget_the_breach() {
    let mut world = covered();
    let untouched = world.read_product(PEG);
    breach(&mut world, HALFWAY);
    let (before, pool) = (world.read_product(PEG), world.read_pool());
    // However long ago that was, and whatever was seen since.
    world.pass(20 * DAY);
    let inside = PriceUpdate { confidence: 500, ..PriceUpdate::of(STRIKE + 500, before.price.measured_from + 1_234) };
    let receipt = world.refute_breach(PEG, &inside).ok();
    let price = PriceTrigger { seen_at: before.price.seen_at, ..untouched.price };
    assert_eq!(world.read_product(PEG), Product { price, ..before });
    assert_eq!(world.read_pool(), pool);
    let event = BreachRefuted {
        product: world.product(PEG),
        low: STRIKE as u64,
        published_at: before.price.measured_from + 1_234,
    };
    assert_eq!(only_event(&receipt), Event::BreachRefuted(event));
    // It counts no more, and nothing keeps the product from being sold.
    world.open_price_incident("keeper", PEG, 0).fails(E::NoBreach);
    world.refute_breach(PEG, &inside).fails(E::NoBreach);
    world.buy("otto", PEG, 0, UNIT, 30).ok();
    // The next price below the strike begins another.
    world.observe(PEG, HALFWAY).ok();
    assert_eq!(trigger(&mut world).started_at, world.now());
}

#[test]
fn it_must_be_of_a_second_that_was_measured() {
    // One price, some of them, all up to the last second that counts, and more.
    for last in [0, 600, 1_800, 3_599, 3_600, 3_601, 3_999] {
        let mut world = covered();
        let from = world.now();
        let mut seconds = 0;
        world.observe(PEG, HALFWAY).ok();
        while seconds < last {
            seconds = (seconds + 600).min(last);
            if last > 3_400 && seconds == 3_600 && last != 3_600 {
                seconds = 3_400;
                show_at(&mut world, from + seconds, HALFWAY).ok();
                seconds = last;
            }
            show_at(&mut world, from + seconds, HALFWAY).ok();
        }
        let found = trigger(&mut world);
        assert_eq!((found.measured_from, found.measured_until), (from, from + last));
        let until = from + last.min(3_600);
        for outside in [0, 1, from - 1, until + 1, until + DAY, i64::MAX as u64] {
            let error = if outside == 0 { E::BadPrice } else { E::PriceOutsideBreach };
            world.refute_breach(PEG, &PriceUpdate::of(STRIKE, outside)).fails(error);
        }
        for inside in [from, from + last.min(3_600) / 2, until] {
            world.refute_breach(PEG, &PriceUpdate::of(STRIKE - 1, inside)).fails(E::PriceBelowStrike);
            // Each by itself.
            let address = world.product(PEG);
            let kept = harness::Chain::account(&mut world.chain, &address).unwrap();
            world.refute_breach(PEG, &PriceUpdate::of(STRIKE, inside)).ok();
            assert_eq!(trigger(&mut world).started_at, 0);
            harness::Chain::set_account(&mut world.chain, &address, kept);
        }
    }
}

#[test]
fn what_a_gap_left_behind_is_not_measured() {
    let mut world = covered();
    let began = world.now();
    world.observe(PEG, HALFWAY).ok();
    show_at(&mut world, began + 600, HALFWAY).ok();
    let from = began + 600 + 601;
    show_at(&mut world, from, HALFWAY).ok();
    show_at(&mut world, from + 60, HALFWAY).ok();
    for outside in [began, began + 300, began + 600, from - 1] {
        world.refute_breach(PEG, &PriceUpdate::of(STRIKE, outside)).fails(E::PriceOutsideBreach);
    }
    assert_eq!(trigger(&mut world).started_at, began);
    world.refute_breach(PEG, &PriceUpdate::of(STRIKE, from)).ok();
    assert_eq!(trigger(&mut world).started_at, 0);
}

#[test]
fn it_must_not_have_been_below_the_strike_for_sure() {
    let mut world = covered();
    let from = world.now();
    world.observe(PEG, HALFWAY).ok();
    for (low, high) in [(1, 1), (HALFWAY, HALFWAY), (STRIKE - 1, STRIKE - 1), (STRIKE - 1, STRIKE + 1)] {
        world.refute_breach(PEG, &between(low, high, from)).fails(E::PriceBelowStrike);
    }
    let wide = PriceUpdate { confidence: u64::MAX / 2, ..PriceUpdate::of(2 * STRIKE, from) };
    world.refute_breach(PEG, &wide).fails(E::PriceBelowStrike);
    world.refute_breach(PEG, &between(STRIKE, STRIKE + 2_000, from)).ok();
}

#[test]
fn there_must_be_a_breach() {
    let mut world = covered();
    let now = world.now();
    for publish_time in [now, now - 60, 1] {
        world.refute_breach(PEG, &PriceUpdate::of(STRIKE, publish_time)).fails(E::NoBreach);
    }
    // One that an incident was opened for is the incident's.
    let (mut world, incident) = opened(HALFWAY);
    let from = harness::Chain::read::<Incident>(&mut world.chain, &incident).measured_from;
    world.refute_breach(PEG, &PriceUpdate::of(STRIKE, from)).fails(E::NoBreach);
}

#[test]
fn bad_prices_are_refused() {
    let mut world = covered();
    breach(&mut world, HALFWAY);
    let good = PriceUpdate::of(STRIKE, trigger(&mut world).measured_from + 60);
    for (update, error) in bad_prices(good) {
        world.refute_breach(PEG, &update).fails(error);
    }
    let price_update = world.post_price(&good);
    let instruction = RefuteBreach { product: world.product(PEG), price_update }.instruction();
    reads_prices_of_pyth_only(&mut world, &instruction, 1, &good);
    world.send(instruction, &[]).ok();
}

#[test]
fn only_a_product_that_goes_by_prices_takes_them() {
    let mut world = covered();
    with_jury_product(&mut world);
    let update = PriceUpdate::of(STRIKE, world.now());
    for index in [VENUE, EXPLOIT] {
        world.refute_breach(index, &update).fails(E::WrongTrigger);
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, other) = covered_beside();
    breach(&mut world, HALFWAY);
    let good = PriceUpdate::of(STRIKE, trigger(&mut world).measured_from);
    let price_update = world.post_price(&good);
    let instruction = RefuteBreach { product: world.product(PEG), price_update }.instruction();
    let forged = forge(&mut world, &instruction.accounts[0].pubkey);
    let rows = [
        (0, world.pool(), OTHER_TYPE),
        (0, other.policy, TOO_SMALL),
        (0, other.peg, error(E::NoBreach)),
        (0, world.product(VENUE), error(E::WrongTrigger)),
        (0, forged, NOT_OURS),
        (0, price_update, DUPLICATE),
        (1, other.peg, error(E::WrongPriceOwner)),
        (1, world.asset(), error(E::WrongPriceOwner)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0]);
    world.send(instruction, &[]).ok();
}
