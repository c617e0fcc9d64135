//! `quote_cover`: what a purchase in this moment would take, and nothing is written.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

#[test]
fn quote_cover_is_what_the_purchase_takes_after_any_idle_time() {
    for idle_seconds in [0, 1, 12_345, 31 * DAY, 61 * DAY + 5, 511 * DAY, 512 * DAY, 1_500 * DAY] {
        let mut world = one_product();
        world.buy("emil", 0, 0, 300_000 * UNIT, 30).ok();
        world.buy("emil", 0, 1, 200_000 * UNIT, 365).ok();
        world.pass(idle_seconds);
        let (pool, product) = (world.pool(), world.product(0));
        let before = [pool, product].map(|address| world.chain.account(&address));
        let quote = world.quote(0, 250_000 * UNIT, 90).ok().quote();
        assert!([pool, product].map(|address| world.chain.account(&address)) == before, "nothing is written");

        let balance = world.balance("dora");
        world.buy("dora", 0, 0, 250_000 * UNIT, 90).ok();
        let policy = doras_policy(&mut world, 0);
        assert_eq!((quote.premium, quote.cover_from, quote.end), (policy.premium, policy.cover_from, policy.end));
        assert_eq!(world.balance("dora"), balance - quote.premium);
        // What is left is exactly what can still be bought.
        let left = quote.capacity - 250_000 * UNIT;
        assert_eq!(world.quote(0, UNIT, 90).ok().quote().capacity, left);
        world.quote(0, left + 1, 90).fails(E::ProductCapacity);
        world.buy("dora", 0, 1, left + 1, 90).fails(E::ProductCapacity);
        world.quote(0, left, 90).ok();
        world.buy("dora", 0, 1, left, 90).ok();
        world.check_books();
    }
}

#[test]
fn quote_cover_knows_the_caps_of_product_group_and_pool() {
    let mut caps = [20_000; 16];
    caps[0] = 5_000;
    let params = PoolParams { leverage_bps: 20_000, group_caps_bps: caps, ..pool_params() };
    let narrow = ProductParams { weight_bps: 3_000, ..product_params("Narrow") };
    let other = |group| ProductParams { group, ..product_params("Other") };
    let products = [narrow, product_params("Same group"), other(1), other(2)];
    let mut world = market(params, &products);
    for (index, capacity, error) in [
        (0, 300_000 * UNIT, E::ProductCapacity),
        (1, 200_000 * UNIT, E::GroupCapacity),
        (2, CAPITAL, E::ProductCapacity),
        (3, 500_000 * UNIT, E::PoolCapacity),
    ] {
        assert_eq!(world.quote(index, UNIT, 30).ok().quote().capacity, capacity);
        world.quote(index, capacity + 1, 30).fails(error);
        world.buy("dora", index, 0, capacity + 1, 30).fails(error);
        world.quote(index, capacity, 30).ok();
        world.buy("dora", index, 0, capacity, 30).ok();
        world.quote(index, UNIT, 30).fails(error);
    }
}

#[test]
fn quote_cover_knows_what_an_incident_and_an_exit_take() {
    let mut world = market(pool_params(), &[product_params("Hit"), product_params("Other")]);
    world.buy("dora", 0, 0, 400_000 * UNIT, 30).ok();
    let now = world.now();
    world.open_incident("emil", 0, 0, now).ok();
    world.quote(0, UNIT, 30).fails(E::IncidentOpen);
    assert_eq!(world.quote(1, UNIT, 30).ok().quote().capacity, 600_000 * UNIT);
    let shares = world.shares("ada") / 10;
    world.request_exit("ada", 0, shares).ok();
    let capacity = world.quote(1, UNIT, 30).ok().quote().capacity;
    // A tenth of the capital leaves; what is set aside is so until they are paid.
    assert_eq!(capacity, 500_000 * UNIT);
    world.buy("dora", 1, 0, capacity + 1, 30).fails(E::ProductCapacity);
    world.buy("dora", 1, 0, capacity, 30).ok();
}

#[test]
fn quote_cover_refuses_what_a_purchase_would() {
    let bounds = ProductParams {
        min_amount: 10 * UNIT,
        max_amount: 1_000 * UNIT,
        incident_bond: 10 * UNIT,
        min_term_days: 7,
        max_term_days: 90,
        ..product_params("Risk")
    };
    let mut world = market(pool_params(), &[bounds]);
    for (amount, term, error) in [
        (0, 30, E::ZeroAmount),
        (10 * UNIT - 1, 30, E::AmountOutOfBounds),
        (1_000 * UNIT + 1, 30, E::AmountOutOfBounds),
        (u64::MAX, 30, E::AmountOutOfBounds),
        (100 * UNIT, 6, E::TermOutOfBounds),
        (100 * UNIT, 91, E::TermOutOfBounds),
    ] {
        world.quote(0, amount, term).fails(error);
        world.buy("dora", 0, 0, amount, term).fails(error);
    }
    // The capacity is that of the caps, whatever a single sale may be.
    assert_eq!(world.quote(0, 1_000 * UNIT, 90).ok().quote().capacity, CAPITAL);
    let product = world.product(0);
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.quote(0, 100 * UNIT, 30).fails(E::ProductDelisted);
}

#[test]
fn quote_cover_refuses_wrong_accounts() {
    let mut world = one_product();
    let second = second_pool(&mut world);
    let (pool, own_product) = (world.pool(), world.product(0));
    let (forged_pool, forged_product) = (forge(&mut world, &pool), forge(&mut world, &own_product));
    let (court, other_court) = (world.assembly(), second_assembly(&mut world));
    let forged_court = forge(&mut world, &court);
    let instruction = QuoteCover { pool, product: own_product, assembly: court }.instruction(UNIT, 30);
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (0, second, error(E::WrongPool)),
            (0, forged_pool, I::IllegalOwner),
            (0, own_product, TOO_SMALL),
            (1, product_address(&second, 0), error(E::WrongPool)),
            (1, pool, I::InvalidAccountData),
            (1, forged_product, I::IllegalOwner),
            (2, other_court, error(E::WrongAssembly)),
            (2, pool, I::InvalidAccountData),
            (2, forged_court, I::IllegalOwner),
        ],
    );
    world.send(instruction, &[]).ok();
}
