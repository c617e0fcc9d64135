//! `observe_price`: which prices it takes, of whom, and for which product.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, FEED, PriceUpdate, actor, price_product};
use solana_signer::Signer as _;

/// The instruction, with a price posted.
fn observing(world: &mut Play, update: &PriceUpdate) -> solana_instruction::Instruction {
    let price_update = world.post_price(update);
    ObservePrice { pool: world.pool(), product: world.product(PEG), price_update }.instruction()
}

#[test]
fn a_price_may_be_as_old_as_the_product_says() {
    for (age, result) in [(0, None), (60, None), (61, Some(E::PriceStale)), (DAY, Some(E::PriceStale))] {
        let mut world = covered();
        let now = world.now();
        let receipt = world.show(PEG, &PriceUpdate::of(HALFWAY, now - age));
        match result {
            None => drop(receipt.ok()),
            Some(error) => receipt.fails(error),
        }
    }
    let mut world = covered();
    let now = world.now();
    for ahead in [1, 60, 1 << 40] {
        world.show(PEG, &PriceUpdate::of(HALFWAY, now + ahead)).fails(E::PriceFromFuture);
    }
    let forever = PriceUpdate { publish_time: i64::MAX, ..PriceUpdate::of(HALFWAY, now) };
    world.show(PEG, &forever).fails(E::PriceFromFuture);
}

#[test]
fn a_price_must_be_newer_than_the_last() {
    let mut world = covered();
    let now = world.now();
    world.show(PEG, &PriceUpdate::of(HALFWAY, now - 10)).ok();
    for publish_time in [now - 10, now - 11, now - 60] {
        for price in [HALFWAY, STRIKE, BELOW] {
            world.show(PEG, &PriceUpdate::of(price, publish_time)).fails(E::PriceNotNewer);
        }
    }
    // Uncertain ones count as seen, too.
    world.show(PEG, &between(STRIKE - 1, STRIKE + 1, now - 5)).ok();
    world.show(PEG, &PriceUpdate::of(HALFWAY, now - 5)).fails(E::PriceNotNewer);
    world.show(PEG, &PriceUpdate::of(STRIKE, now - 4)).ok();
    world.show(PEG, &PriceUpdate::of(HALFWAY, now - 4)).fails(E::PriceNotNewer);
    world.show(PEG, &PriceUpdate::of(HALFWAY, now)).ok();
}

#[test]
fn bad_prices_are_refused() {
    let mut world = covered();
    let good = PriceUpdate::of(HALFWAY, world.now());
    for (update, error) in bad_prices(good) {
        world.show(PEG, &update).fails(error);
    }
    let instruction = observing(&mut world, &good);
    reads_prices_of_pyth_only(&mut world, &instruction, 1, &good);
    world.send(instruction, &[]).ok();
}

#[test]
fn the_extremes_of_a_price_are_read() {
    let mut world = covered();
    let now = world.now();
    let high = PriceUpdate { confidence: i64::MAX as u64 + 1, ..PriceUpdate::of(i64::MAX, now - 1) };
    let Event::PriceObserved(event) = only_event(&world.show(PEG, &high).ok()) else { panic!("another event") };
    assert_eq!((event.low, event.high, event.observation), (0, u64::MAX, 2));
    let over = PriceUpdate { confidence: i64::MAX as u64 + 2, ..PriceUpdate::of(i64::MAX, now) };
    world.show(PEG, &over).fails(E::BadPrice);
    let certain = PriceUpdate::of(i64::MAX, now);
    let Event::PriceObserved(event) = only_event(&world.show(PEG, &certain).ok()) else { panic!("another event") };
    assert_eq!((event.low, event.high, event.observation), (i64::MAX as u64, i64::MAX as u64, 0));
}

#[test]
fn only_a_product_that_goes_by_prices_takes_them() {
    let mut world = covered();
    with_jury_product(&mut world);
    let update = PriceUpdate::of(HALFWAY, world.now());
    for index in [VENUE, EXPLOIT] {
        world.show(index, &update).fails(E::WrongTrigger);
    }
    world.show(PEG, &update).ok();
}

#[test]
fn each_product_watches_for_itself() {
    let (mut world, other) = covered_beside();
    let feed = actor("another feed").pubkey();
    world.list_product(2, ProductParams { trigger_source: feed, ..price_product("Another") }).ok();
    let update = PriceUpdate::of(HALFWAY, world.now());
    world.show(PEG, &update).ok();
    world.show(2, &update).fails(E::WrongFeed);
    world.show(2, &PriceUpdate { feed, ..update }).ok();
    world.show(PEG, &PriceUpdate { feed, ..update }).fails(E::WrongFeed);
    assert_eq!(world.chain.read::<Product>(&other.peg).price.started_at, 0);
    assert_ne!(feed, FEED);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, other) = covered_beside();
    let good = PriceUpdate::of(HALFWAY, world.now());
    let instruction = observing(&mut world, &good);
    let forged = forge(&mut world, &instruction.accounts[0].pubkey);
    let rows = [
        (0, world.pool(), OTHER_TYPE),
        (0, other.policy, TOO_SMALL),
        (0, forged, NOT_OURS),
        (0, instruction.accounts[1].pubkey, DUPLICATE),
        (0, world.key("nobody"), TOO_SMALL),
        (1, world.product(PEG), DUPLICATE),
        (1, other.peg, error(E::WrongPriceOwner)),
        (1, world.asset(), error(E::WrongPriceOwner)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0]);
    // Another pool's product of the same feed is as good: the price is everybody's.
    let mut elsewhere = instruction.clone();
    elsewhere.accounts[0].pubkey = other.peg;
    world.send(elsewhere, &[]).ok();
    world.send(instruction, &[]).ok();
}
