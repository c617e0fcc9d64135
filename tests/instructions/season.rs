//! Seasons: only capital that stayed carries cover. Coming counts a season later, leaving at once.

use crate::{buy_cover::premium_of, common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, shares};
use harness::{Chain, UNIT, pool_params, product_params};

/// Shares for a unit of capital at the first price.
const SHARES: u64 = UNIT * 1_000;

/// A market whose seasons have so many days, with ada's million, ben's half, of which nothing is deposited, and a product whose
/// cover costs next to nothing.
fn of_season(season_days: u16) -> TestWorld {
    let params = PoolParams { min_premium: 1, season_days, timelock: 92 * DAY, ..pool_params() };
    let cheap = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Cheap") };
    let mut world = market(params, &[cheap]);
    world.fund("ben", CAPITAL / 2);
    world
}

/// The most cover that can be bought now, atoms; it can be, and an atom more cannot.
fn capacity(world: &mut TestWorld) -> u64 {
    let capacity = world.quote(0, UNIT, 30).ok().quote().capacity;
    world.quote(0, capacity, 30).ok();
    world.quote(0, capacity + 1, 30).fails(E::ProductCapacity);
    capacity
}

#[test]
fn what_is_deposited_counts_when_a_season_has_passed_and_no_second_before() {
    for season_days in [1, 3, 14, 30] {
        // At the first and in the last second of a day.
        for second in [0, DAY - 1] {
            let mut world = of_season(season_days);
            world.pass(second);
            let day = day_of(world.now());
            world.deposit("ben", CAPITAL / 2).ok();
            let counts_from = (day + u64::from(season_days) + 1) * DAY;
            for time in [day * DAY + DAY - 1, (day + 1) * DAY, counts_from - 1] {
                world.chain.set_now(time);
                assert_eq!(capacity(&mut world), CAPITAL, "{season_days}");
            }
            world.pass(1);
            assert_eq!(capacity(&mut world), CAPITAL + CAPITAL / 2, "{season_days}");
            // Whether the days were looked at or not.
            world.roll_product(0).ok();
            assert_eq!(world.read_pool().seasoned_shares, (CAPITAL + CAPITAL / 2) * 1_000);
        }
    }
}

#[test]
fn what_is_on_its_way_out_counts_no_more_from_that_second_on() {
    let mut world = of_season(14);
    world.request_exit("ada", 0, 400_000 * SHARES).ok();
    assert_eq!(capacity(&mut world), 600_000 * UNIT);
    world.buy("dora", 0, 0, 600_000 * UNIT, 30).ok();
    world.quote(0, UNIT, 30).fails(E::ProductCapacity);
    // That they are paid changes nothing.
    world.await_exits();
    world.pay_exits().ok();
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.shares, pool.seasoned_shares), (600_000 * SHARES, 600_000 * SHARES));
    world.quote(0, UNIT, 30).fails(E::ProductCapacity);
    world.check_books();
}

#[test]
fn what_is_withdrawn_at_once_counts_no_more() {
    let mut world = founded(pool_params(), &[product_params("Risk")]);
    world.fund("ada", CAPITAL);
    world.deposit("ada", CAPITAL).ok();
    world.open_pool().ok();
    world.pass(3 * DAY);
    world.withdraw_shares("ada", 250_000 * SHARES).ok();
    let pool = world.read_pool();
    assert_eq!(pool.seasoned_shares, 750_000 * SHARES);
    world.begin_sales();
    assert_eq!(capacity(&mut world), 750_000 * UNIT);
}

/// Anyone who leaves and comes again, or is replaced, has come now.
#[test]
fn the_least_of_each_day_counts() {
    let mut world = of_season(3);
    world.pass(DAY / 2);
    let day = day_of(world.now());
    world.request_exit("ada", 0, 400_000 * SHARES).ok();
    world.deposit("ada", 500_000 * UNIT).ok();
    assert_eq!(capacity(&mut world), 600_000 * UNIT);
    // Less the next day, and more again: the least of the days that count.
    world.chain.set_now((day + 1) * DAY);
    world.request_exit("ada", 1, 300_000 * SHARES).ok();
    world.deposit("ben", 100_000 * UNIT).ok();
    for (days, least) in [(1, 600_000), (3, 600_000), (4, 800_000), (5, 900_000), (40, 900_000)] {
        world.chain.set_now((day + days + 1) * DAY - 1);
        assert_eq!(capacity(&mut world), least * UNIT, "after {days} days");
    }
    let pool = world.read_pool();
    let [first, second] = [day, day + 1].map(|day| pool.season_ring[(day % 32) as usize]);
    assert_eq!((first, second), (600_000 * SHARES, 800_000 * SHARES));
}

/// T48: capital for a second neither enlarges a cap nor makes cover cheaper, however often it comes.
#[test]
fn capital_for_a_second_changes_neither_caps_nor_prices() {
    let mut world = market(pool_params(), &[product_params("Risk")]);
    world.fund("whale", 100 * CAPITAL);
    for id in 0..3 {
        world.pass(1);
        let premium = premium_of(&mut world, CAPITAL, 0, CAPITAL, 30);
        let same = |quote: Quote| assert_eq!((quote.premium, quote.capacity), (premium, CAPITAL));
        same(world.quote(0, CAPITAL, 30).ok().quote());
        world.deposit("whale", 10 * CAPITAL).ok();
        same(world.quote(0, CAPITAL, 30).ok().quote());
        let shares = world.shares("whale");
        world.request_exit("whale", id, shares).ok();
        same(world.quote(0, CAPITAL, 30).ok().quote());
    }
    // Nor does it lower what others' capital carries.
    world.buy("dora", 0, 0, CAPITAL, 30).ok();
    world.check_books();
}

#[test]
fn capital_counts_at_todays_price() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 500_000 * UNIT, 365).ok();
    world.pass_days(100);
    world.fund("ben", CAPITAL);
    world.deposit("ben", CAPITAL).ok();
    world.roll_product(0).ok();
    let pool = world.read_pool();
    // The part of the newcomers is rounded up.
    let bens = shares::assets_for_shares_ceil(world.shares("ben"), pool.capital, pool.shares).unwrap();
    assert_eq!(pool.seasoned_capital(), Ok(pool.capital - bens));
    assert!(pool.seasoned_capital().unwrap() > CAPITAL, "ada's has earned");
    assert_eq!(world.quote(0, UNIT, 30).ok().quote().capacity, pool.capital - bens - 500_000 * UNIT);
}

#[test]
fn what_is_set_aside_is_set_aside_of_what_stayed() {
    let mut world = story::quiet_market([400_000 * UNIT, 0]);
    world.pass_days(2);
    world.fund("ben", CAPITAL);
    world.deposit("ben", CAPITAL).ok();
    story::report(&mut world, 0, 0);
    let pool = world.read_pool();
    assert_eq!((pool.free_capital(), pool.unencumbered()), (Ok(600_000 * UNIT), Ok(1_600_000 * UNIT)));
    assert_eq!(world.quote(1, UNIT, 30).ok().quote().capacity, 600_000 * UNIT);
}

#[test]
fn a_pool_that_nobody_touches_for_longer_than_the_ring_knows_all_of_it() {
    for idle_days in [31, 32, 33, 64, 1_000] {
        let mut world = of_season(30);
        world.request_exit("ada", 0, 600_000 * SHARES).ok();
        world.pass_days(1);
        // Nobody pays the exit; ben has come since.
        world.deposit("ben", 100_000 * UNIT).ok();
        world.pass_days(idle_days);
        assert_eq!(capacity(&mut world), 500_000 * UNIT, "{idle_days}");
        world.roll_product(0).ok();
        let pool = world.read_pool();
        assert_eq!(pool.seasoned_shares, 500_000 * SHARES);
        let older = pool.season_ring.iter().filter(|least| **least != 500_000 * SHARES).count();
        assert_eq!(older as u64, 32u64.saturating_sub(idle_days), "{idle_days}");
    }
}

#[test]
fn at_the_opening_what_came_until_the_end_of_its_day_counts() {
    for (season_days, days) in [(30, 31), (1, 10)] {
        let params = PoolParams { season_days, timelock: 92 * DAY, ..pool_params() };
        let mut world = founded(params, &[product_params("Risk")]);
        for name in ["ada", "ben", "carl"] {
            world.fund(name, CAPITAL);
        }
        world.deposit("ada", CAPITAL).ok();
        assert_eq!(world.read_pool().seasoned_shares, 0, "nothing has stayed yet");
        world.pass(DAY / 2);
        world.open_pool().ok();
        let day = day_of(world.now());
        world.chain.set_now((day + 1) * DAY - 1);
        world.deposit("ben", CAPITAL / 4).ok();
        let from = world.read_pool().sells_from;
        assert_eq!(from, (day + days) * DAY);
        // A day after it is too late for the first day of sales, where a season is the longest wait.
        world.pass(1);
        world.deposit("carl", CAPITAL / 8).ok();
        world.chain.set_now(from - 1);
        world.quote(0, UNIT, 30).fails(E::PoolNotOpen);
        world.pass(1);
        let late = if season_days == 30 { 0 } else { CAPITAL / 8 };
        assert_eq!(capacity(&mut world), CAPITAL + CAPITAL / 4 + late);
        world.pass_days(1);
        assert_eq!(capacity(&mut world), CAPITAL + CAPITAL / 4 + CAPITAL / 8);
    }
}

#[test]
fn a_new_generation_of_shares_has_its_own_seasons() {
    let mut world = story::wiped_out();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let pool = world.read_pool();
    assert_eq!((pool.shares, pool.seasoned_shares), (0, 0));
    assert_eq!(pool.season_ring[(day_of(world.now()) % 32) as usize], 0);
}
