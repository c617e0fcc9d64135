//! What instructions cost does not depend on how much there is.

mod claims;
mod early;

use coverage_client::{Pool, Product, vault_address};
use coverage_math::DAY;
use harness::{Chain, LiteChain, UNIT, World, product_params, trials::edit};
use std::mem::offset_of;

/// Compute units of everything that touches the books, in a pool where `policies` have been sold.
fn costs(policies: u64) -> Vec<(&'static str, u64)> {
    let mut world: World<LiteChain> = World::lite();
    world.list_product(0, product_params("Exploit")).ok();
    for name in ["ada", "dora", "emil"] {
        world.fund(name, 10_000_000 * UNIT);
    }
    // Room for the policies' rent.
    for _ in 0..5 {
        world.give_lamports("dora");
    }
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for id in 0..policies {
        // As much cover either way: the price formula sees the same figures.
        world.buy("dora", 0, id, 300_000 * UNIT / policies, u16::try_from(30 + id % 60).unwrap()).ok();
    }
    world.pass(DAY);
    let mut costs = vec![("roll_product", world.roll_product(0).ok().units())];
    let mut note = |name, receipt: harness::Receipt| costs.push((name, receipt.ok().units()));
    world.pass(60);
    note("deposit", world.deposit("ada", 1_000 * UNIT));
    note("quote_cover", world.quote(0, 1_000 * UNIT, 90));
    note("buy_cover", world.buy("emil", 0, 0, 1_000 * UNIT, 90));
    let policy = world.policy(0, "emil", 0);
    note("extend_cover", world.extend("emil", 0, &policy, 10));
    note("request_exit", world.request_exit("ada", 0, 500 * UNIT));
    world.await_exits();
    world.roll_product(0).ok();
    note("pay_exits", world.pay_exits());
    note("collect_exit", world.collect_exit("ada", 0));
    note("reduce_cover", world.reduce("emil", 0, &policy, 100 * UNIT));
    note("cancel_cover", world.cancel("emil", 0, &policy));
    let now = world.chain.now();
    note("open_incident", world.open_incident("emil", 0, 0, now));
    costs
}

/// Compute units of paying an epoch while this many products have an open incident, and of what the first gives back.
fn leaving(incidents: u16) -> [u64; 2] {
    let mut world: World<LiteChain> = World::lite();
    for index in 0..incidents {
        world.list_product(index, product_params("Exploit")).ok();
    }
    for name in ["ada", "dora"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for index in 0..incidents {
        world.buy("dora", index, 0, 300_000 * UNIT / u64::from(incidents), 90).ok();
    }
    world.request_exit("ada", 0, 100_000 * UNIT * 1_000).ok();
    let now = world.now();
    for index in 0..incidents {
        world.open_incident("dora", index, 0, now).ok();
    }
    world.await_exits();
    let paid = world.pay_exits().ok().units();
    let first = world.incident(0, 0);
    world.close_ballot(&first).ok();
    world.pass_days(6);
    world.close_ballot(&first).ok();
    world.conclude(0, 0).ok();
    [paid, world.release_contested(&first, 0).ok().units()]
}

#[test]
fn leaving_costs_the_same_beside_one_incident_and_twenty() {
    let (one, many) = (leaving(1), leaving(20));
    for ((name, one), many) in ["pay_exits", "release_contested"].into_iter().zip(one).zip(many) {
        println!("{name}: {one} beside one incident, {many} beside twenty");
        assert!(many * 100 <= one * 101, "{name} costs {one} beside one incident, {many} beside twenty");
    }
}

#[test]
fn ten_thousand_policies_cost_what_sixty_do() {
    // Sixty end on as many days, which is what the walk through a product's days meets.
    let (few, many) = (costs(60), costs(10_000));
    for ((name, few), (_, many)) in few.iter().zip(&many) {
        println!("{name}: {few} with sixty policies, {many} with ten thousand");
        assert!(
            few.abs_diff(*many) * 100 <= *few,
            "{name} costs {few} with sixty policies and {many} with ten thousand"
        );
    }
}

/// Compute units of bringing a pool and its product up to date after `days` in which nobody touched them, when on each of the
/// 511 days ahead a stream ends and cover is released, of this product and of others.
fn idle(days: u64) -> u64 {
    let mut world: World<LiteChain> = World::lite();
    world.list_product(0, product_params("Exploit")).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.begin_sales();
    world.roll_product(0).ok();
    let (pool, product) = (world.pool(), world.product(0));
    let today = world.now() / DAY;
    let ring = |value: u64| -> Vec<u8> {
        let values = (0..512).map(|slot| if slot == today % 512 { 0 } else { value });
        values.flat_map(u64::to_le_bytes).collect()
    };
    // A stream of an atom a second: 86,400 a day.
    let (rate, cover) = (1 << 26, 1_000 * UNIT);
    let owed = 86_400 * 511 * 512 / 2;
    let (asset, vault) = (world.asset(), vault_address(&pool));
    world.mint_to(&asset, &vault, owed);
    for (address, offset, bytes) in [
        (pool, offset_of!(Pool, rate_ring), ring(rate)),
        (pool, offset_of!(Pool, cover_ring), ring(2 * cover)),
        (product, offset_of!(Product, cover_ring), ring(cover)),
        (pool, offset_of!(Pool, rate), (511 * rate).to_le_bytes().to_vec()),
        (pool, offset_of!(Pool, unearned), owed.to_le_bytes().to_vec()),
        (pool, offset_of!(Pool, active_cover), (2 * 511 * cover).to_le_bytes().to_vec()),
        (pool, offset_of!(Pool, group_active), (2 * 511 * cover).to_le_bytes().to_vec()),
        (product, offset_of!(Product, active_cover), (511 * cover).to_le_bytes().to_vec()),
    ] {
        edit(&mut world, &address, offset, &bytes);
    }
    world.pass_days(days);
    let units = world.roll_product(0).ok().units();
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert_eq!(pool.active_cover, (511 - days) * cover + 511 * cover - days * cover);
    assert_eq!((pool.rate, product.active_cover), ((511 - days) * rate, (511 - days) * cover));
    units
}

#[test]
fn catching_up_after_a_year_with_an_end_on_each_day() {
    let (day, year) = (idle(1), idle(365));
    println!("roll_product: {day} after a day, {year} after a year");
    assert!(day <= 1_500, "{day}");
    assert!(year <= 15_000, "{year}");
}
