//! `absorb_surplus`: what somebody sent to the vault reaches the LPs over seven days at least, not at once.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{
    Chain, UNIT,
    books::{days_begun, streaming, streaming_over},
    pool_params, product_params,
};

#[test]
fn absorb_surplus_streams_a_donation_over_seven_days() {
    let mut world = funded_pool();
    world.pass_season();
    world.absorb_surplus().fails(E::NothingToAbsorb);
    let (pool, asset, gift) = (world.pool(), world.asset(), 7_777 * UNIT + 7);
    world.mint_to(&asset, &vault_address(&pool), gift);
    world.check_books_beside(gift);
    let (before, now) = (world.read_pool(), world.now());
    let receipt = world.absorb_surplus().ok();
    let after = world.read_pool();
    assert_eq!(after, streaming(days_begun(before, now), gift));
    let event = SurplusAbsorbed { pool, amount: gift, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::SurplusAbsorbed(event));
    world.check_books();
    world.pass(1);
    world.absorb_surplus().fails(E::NothingToAbsorb);
    world.pass(8 * DAY);
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let ended = world.read_pool();
    assert_eq!((ended.unearned, ended.capital), (0, before.capital + gift + UNIT));
    world.check_books();
}

#[test]
fn absorb_surplus_streams_a_large_donation_longer() {
    // Of a capital of a million: eight days' worth of a year's, half of it, all of it.
    for (gift, days) in [(19_178 * UNIT, 7), (19_179 * UNIT, 8), (CAPITAL / 2, 183), (CAPITAL, 365), (3 * CAPITAL, 365)]
    {
        let mut world = funded_pool();
        world.pass_season();
        let (pool, asset) = (world.pool(), world.asset());
        world.mint_to(&asset, &vault_address(&pool), gift);
        // Who comes ahead of it makes it no faster.
        world.fund("ben", CAPITAL);
        world.deposit("ben", CAPITAL).ok();
        let before = world.read_pool();
        world.absorb_surplus().ok();
        assert_eq!(world.read_pool(), streaming_over(before, gift, days));
        world.check_books();
    }
}

#[test]
fn absorb_surplus_refuses_another_pools_vault_and_a_short_one() {
    let mut world = funded_pool();
    let second = second_pool(&mut world);
    let (pool, asset) = (world.pool(), world.asset());
    world.mint_to(&asset, &vault_address(&pool), 1);
    let instruction = AbsorbSurplus { pool, vault: vault_address(&pool) }.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[(0, second, error(E::WrongVault)), (1, vault_address(&second), error(E::WrongVault))],
    );
    world.send(instruction.clone(), &[]).ok();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, bonds), &1u64.to_le_bytes());
    world.pass(1);
    world.send(instruction, &[]).fails(E::VaultShort);
}

#[test]
fn absorb_surplus_takes_what_the_reward_fund_has_above_its_limit() {
    let limit = 10 * UNIT;
    let params = PoolParams { assessors_limit: limit, ..pool_params() };
    let mut world = market(params, &[product_params("Risk")]);
    world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
    let fund = doras_policy(&mut world, 0).assessor_fee;
    assert!(fund > 3 * limit);
    // Rewards that were promised are no part of it.
    let (pool, reserved) = (world.pool(), 2 * limit);
    edit(&mut world, &pool, std::mem::offset_of!(Pool, rewards_reserved), &reserved.to_le_bytes());
    let before = world.read_pool();
    let receipt = world.absorb_surplus().ok();
    let excess = fund - reserved - limit;
    let after = world.read_pool();
    assert_eq!(after, streaming(Pool { assessors: reserved + limit, ..before }, excess));
    let event = SurplusAbsorbed { pool, amount: excess, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::SurplusAbsorbed(event));
    world.pass(1);
    world.absorb_surplus().fails(E::NothingToAbsorb);

    // What is unlocked later is above it later; together with a gift it is one amount.
    edit(&mut world, &pool, std::mem::offset_of!(Pool, rewards_reserved), &0u64.to_le_bytes());
    let asset = world.asset();
    world.mint_to(&asset, &vault_address(&pool), 7);
    let receipt = world.absorb_surplus().ok();
    let Event::SurplusAbsorbed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, world.read_pool().assessors), (reserved + 7, limit));
    world.check_books();
}

#[test]
fn absorb_surplus_of_the_reward_fund_below_or_at_its_limit_finds_nothing() {
    for spare in [0, 1] {
        let mut world = one_product();
        world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
        let (pool, fund) = (world.pool(), world.read_pool().assessors);
        edit(&mut world, &pool, std::mem::offset_of!(Pool, assessors_limit), &(fund + spare).to_le_bytes());
        world.absorb_surplus().fails(E::NothingToAbsorb);
        edit(&mut world, &pool, std::mem::offset_of!(Pool, assessors_limit), &(fund - 1).to_le_bytes());
        world.absorb_surplus().ok();
        assert_eq!(world.read_pool().assessors, fund - 1);
        world.check_books();
    }
}

/// All income that no premium paid for is one stream, which ends where the mean of its parts does.
#[test]
fn absorb_surplus_joins_what_streams_already() {
    let mut world = funded_pool();
    world.pass_season();
    let (asset, vault) = (world.asset(), vault_address(&world.pool()));
    for (seconds, gift) in
        [(777, 500 * UNIT + 5), (3 * DAY + 5, 100 * UNIT), (DAY, 5_000 * UNIT), (2 * DAY, 1), (60, 1)]
    {
        world.pass(seconds);
        world.roll_product(0).ok();
        world.mint_to(&asset, &vault, gift);
        let before = world.read_pool();
        world.absorb_surplus().ok();
        let after = world.read_pool();
        assert_eq!(after, streaming(before, gift));
        // One stream: nobody's policy runs.
        assert_eq!(after.rate, after.income_rate);
        assert_eq!(after.rate_ring.iter().filter(|rate| **rate > 0).count(), 1);
        // An atom moves the end of a large one by nothing, however often it comes.
        assert!(gift > 1 || after.income_end_day == before.income_end_day);
        world.check_books();
    }
    let end = world.read_pool().income_end_day * DAY;
    world.chain.set_now(end);
    world.roll_product(0).ok();
    let found = world.read_pool();
    assert_eq!((found.unearned, found.rate, found.rate_fraction), (0, 0, 0));
    assert_eq!(found.capital, CAPITAL + 5_600 * UNIT + 7, "all of it, to the atom");
    // The next one begins anew.
    world.mint_to(&asset, &vault, UNIT);
    world.absorb_surplus().ok();
    assert_eq!(world.read_pool(), streaming(found, UNIT));
}
