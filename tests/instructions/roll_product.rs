//! `roll_product`: books and active cover as of now, so that a group has the capacity it has.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY,
    stream::{RATE_BITS, stream},
};
use harness::{Chain, UNIT, books::days_begun, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

#[test]
fn roll_product_earns_and_releases_what_time_has() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
    let (pool_before, product_before, policy) = (world.read_pool(), world.read_product(0), doras_policy(&mut world, 0));
    world.pass(10 * DAY + 5);
    let receipt = world.roll_product(0).ok();
    let rest = stream(policy.unearned_premium, policy.release_day * DAY - policy.bought_at).unwrap().rest;
    let total = u128::from(policy.rate) * u128::from(10 * DAY + 5) + u128::from(rest);
    let earned = (total >> RATE_BITS) as u64;
    let now = world.now();
    let pool = Pool {
        capital: CAPITAL + earned,
        unearned: pool_before.unearned - earned,
        income_earned: earned,
        rate_fraction: (total & ((1 << RATE_BITS) - 1)) as u64,
        ..days_begun(pool_before, now)
    };
    assert_eq!(world.read_pool(), pool);
    // What is sold, and of how much, when the day is first used.
    let product = Product {
        rolled_day: now / DAY,
        opening_active: 300_000 * UNIT,
        opening_capacity: CAPITAL + earned,
        ..product_before
    };
    assert_eq!(world.read_product(0), product);
    let event = ProductRolled {
        product: world.product(0),
        product_active: 300_000 * UNIT,
        pool_active: 300_000 * UNIT,
        earned,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::ProductRolled(event));
    // A second time in the same second changes nothing.
    world.roll_product(0).ok();
    assert_eq!(world.read_pool(), pool);

    for idle_days in [0, 511, 1_024] {
        world.chain.set_now((policy.release_day + idle_days) * DAY);
        world.roll_product(0).ok();
        let (pool, product) = (world.read_pool(), world.read_product(0));
        assert_eq!((pool.active_cover, pool.group_active[0], product.active_cover), (0, 0, 0));
        assert_eq!((pool.unearned, pool.capital), (0, CAPITAL + policy.unearned_premium));
        world.check_books();
    }
}

#[test]
fn roll_product_gives_the_group_its_capacity_back() {
    let mut caps = [20_000; 16];
    caps[0] = 10_000;
    let params = PoolParams { group_caps_bps: caps, ..pool_params() };
    let mut world = market(params, &[product_params("Risk"), product_params("Same group")]);
    world.buy("dora", 0, 0, CAPITAL, 30).ok();
    let release_day = doras_policy(&mut world, 0).release_day;
    world.chain.set_now(release_day * DAY);
    world.buy("emil", 1, 0, CAPITAL / 2, 30).fails(E::GroupCapacity);
    // A delisting is no obstacle.
    let product = world.product(0);
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.roll_product(0).ok();
    world.buy("emil", 1, 0, CAPITAL / 2, 30).ok();
    world.check_books();
}

#[test]
fn roll_product_refuses_wrong_accounts() {
    let mut world = one_product();
    let second = second_pool(&mut world);
    let (pool, assembly, own_product) = (world.pool(), world.assembly(), world.product(0));
    let (forged_pool, forged_product) = (forge(&mut world, &pool), forge(&mut world, &own_product));
    let instruction = RollProduct { pool, product: own_product, vault: vault_address(&pool) }.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (0, second, error(E::WrongPool)),
            (0, assembly, TOO_SMALL),
            (0, forged_pool, I::IllegalOwner),
            (1, product_address(&second, 0), error(E::WrongPool)),
            (1, assembly, TOO_SMALL),
            (1, pool, DUPLICATE),
            (1, forged_product, I::IllegalOwner),
            (2, vault_address(&second), error(E::WrongVault)),
            (2, exit_escrow_address(&pool, 0), error(E::WrongVault)),
        ],
    );
    for slot in [0, 1] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    needs_a_full_vault(&mut world, instruction, &[]);
}

#[test]
fn roll_product_of_a_product_without_cover() {
    let mut world = one_product();
    world.pass_days(600);
    world.roll_product(0).ok();
    let now = world.now();
    assert_eq!((world.read_product(0).rolled_day, world.read_pool().capital), (now / DAY, CAPITAL));
    world.buy("dora", 0, 0, UNIT, 365).ok();
    world.check_books();
}

/// What a renewal will be priced by: the product as it was when a day was first used.
#[test]
fn roll_product_notes_what_is_sold_when_a_day_begins() {
    let mut world = one_product();
    let opening = |world: &mut TestWorld| {
        let product = world.read_product(0);
        (product.opening_active, product.opening_capacity)
    };
    world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
    assert_eq!(opening(&mut world), (0, CAPITAL), "before the first sale of the day");
    world.pass(DAY / 2);
    world.buy("emil", 0, 0, 200_000 * UNIT, 30).ok();
    world.request_exit("ada", 0, 100_000 * UNIT * 1_000).ok();
    world.roll_product(0).ok();
    assert_eq!(opening(&mut world), (0, CAPITAL), "nothing that the day brings changes it");
    // The next day, a second purchase: first it is noted, then sold.
    world.pass_days(1);
    world.buy("dora", 0, 1, 50_000 * UNIT, 30).ok();
    let pool = world.read_pool();
    let leaving =
        coverage_math::shares::assets_for_shares_ceil(pool.exiting_shares, pool.capital, pool.shares).unwrap();
    assert_eq!(opening(&mut world), (500_000 * UNIT, pool.capital - leaving));
    // What was released at its beginning is not in it.
    let release_day = doras_policy(&mut world, 0).release_day;
    world.chain.set_now(release_day * DAY);
    world.roll_product(0).ok();
    assert_eq!(opening(&mut world).0, 250_000 * UNIT);
}
