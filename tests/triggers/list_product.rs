//! `list_product` with the triggers of prices and covered programs: what it writes, and the bounds of their parameters.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, FEED, World, authority_product, price_product, product_params};
use solana_address::Address;

#[test]
fn the_terms_of_a_price_trigger_are_written() {
    let mut world = World::new();
    let (pool_before, params) = (world.read_pool(), price_product("Peg"));
    let receipt = world.list_product(0, params.clone()).ok();
    world.list_product(1, product_params("Peg")).ok();
    let expected = Product {
        bump: bump(&[b"product", world.pool().as_ref(), &0u16.to_le_bytes()]),
        risk_kind: 1,
        trigger: 1,
        index: 0,
        trigger_source: FEED,
        price: PriceTrigger {
            strike: params.price.strike,
            floor: params.price.floor,
            exponent: -8,
            max_age: 60,
            min_duration: 3_600,
            max_gap: 600,
            ..world.read_product(1).price
        },
        ..world.read_product(1)
    };
    assert_eq!(world.read_product(0), expected);
    assert_eq!(world.read_product(1).price, zeroed_price());
    assert_eq!(world.read_pool(), Pool { product_count: 2, terms: 2, children: 2, ..pool_before });
    let event = ProductListed {
        pool: world.pool(),
        product: world.product(0),
        terms_hash: params.terms_hash,
        index: 0,
        status: 0,
    };
    assert_eq!(only_event(&receipt), Event::ProductListed(event));
}

/// The price trigger of a product without one.
fn zeroed_price() -> PriceTrigger {
    zeroed::<Product>().price
}

#[test]
fn the_terms_of_an_authority_trigger_are_written() {
    let mut world = World::new();
    world.list_product(0, authority_product("Venue")).ok();
    world.list_product(1, product_params("Venue")).ok();
    let jury = world.read_product(1);
    let expected = Product {
        bump: bump(&[b"product", world.pool().as_ref(), &0u16.to_le_bytes()]),
        risk_kind: 6,
        trigger: 2,
        index: 0,
        trigger_source: world.key("venue"),
        draws: DrawLimit { period: 86_400, limit_bps: 500, ..jury.draws },
        ..jury
    };
    assert_eq!(world.read_product(0), expected);
    assert_eq!((jury.draws, jury.trigger_source), (zeroed::<Product>().draws, Address::default()));
}

#[test]
fn every_bound_is_accepted() {
    type Change = fn(&mut ProductParams);
    let prices: [Change; 20] = [
        |p| (p.price.strike, p.price.floor) = (1, 0),
        |p| (p.price.strike, p.price.floor) = (u64::MAX, 0),
        |p| (p.price.strike, p.price.floor) = (u64::MAX, u64::MAX - 1),
        |p| p.price.exponent = 0,
        |p| p.price.exponent = -18,
        |p| p.price.max_age = 1,
        |p| p.price.max_age = 3_600,
        |p| (p.price.min_duration, p.price.max_gap) = (60, 1),
        |p| (p.price.min_duration, p.price.max_gap) = (60, 60),
        |p| (p.price.min_duration, p.price.max_gap) = (604_800, 86_400),
        |p| (p.price.min_duration, p.price.max_gap) = (86_400, 86_400),
        |p| (p.price.min_duration, p.price.max_gap) = (3_600, 3_600),
        // A day is left to open the incident.
        |p| (p.price.min_duration, p.report_window_days) = (86_400, 2),
        |p| (p.price.min_duration, p.report_window_days) = (604_800, 8),
        |p| (p.price.min_duration, p.price.max_gap, p.report_window_days) = (86_400, 600, 2),
        // Any feed, and any kind of risk.
        |p| p.trigger_source = Address::new_from_array([1; 32]),
        |p| p.trigger_source = Address::new_from_array([0xff; 32]),
        |p| p.risk_kind = 4,
        |p| p.risk_kind = 0,
        |p| p.price.floor = p.price.strike - 1,
    ];
    let mut world = World::new();
    let mut index = 0;
    for change in prices {
        let mut params = price_product("Bound");
        change(&mut params);
        world.list_product(index, params.clone()).ok();
        let found = world.read_product(index);
        assert_eq!((found.price.strike, found.price.floor), (params.price.strike, params.price.floor));
        assert_eq!((found.price.min_duration, found.price.max_gap), (params.price.min_duration, params.price.max_gap));
        assert_eq!((found.price.exponent, found.price.max_age), (params.price.exponent, params.price.max_age));
        assert_eq!(found.trigger_source, params.trigger_source);
        index += 1;
    }
    for (period, limit_bps) in [(3_600, 1), (3_600, 10_000), (30 * 86_400, 1), (30 * 86_400, 10_000)] {
        let draws = DrawParams { period, limit_bps };
        world.list_product(index, ProductParams { draws, ..authority_product("Bound") }).ok();
        let found = world.read_product(index).draws;
        assert_eq!((found.period, found.limit_bps, found.refilled_at, found.lacked), (period, limit_bps, 0, 0));
        index += 1;
    }
}

#[test]
fn one_past_every_bound_is_refused() {
    type Change = fn(&mut ProductParams);
    type Good = fn(&str) -> ProductParams;
    let prices: [Change; 25] = [
        |p| p.price.floor = p.price.strike,
        |p| p.price.floor = p.price.strike + 1,
        |p| (p.price.strike, p.price.floor) = (0, 0),
        |p| p.price.exponent = 1,
        |p| p.price.exponent = -19,
        |p| p.price.exponent = i32::MIN,
        |p| p.price.max_age = 0,
        |p| p.price.max_age = 3_601,
        |p| p.price.max_age = u32::MAX,
        |p| (p.price.min_duration, p.price.max_gap) = (59, 1),
        |p| p.price.min_duration = 0,
        |p| p.price.min_duration = 604_801,
        |p| p.price.min_duration = u32::MAX,
        |p| p.price.max_gap = 0,
        |p| p.price.max_gap = 3_601,
        |p| (p.price.min_duration, p.price.max_gap) = (604_800, 86_401),
        |p| p.price.max_gap = u32::MAX,
        |p| (p.price.min_duration, p.report_window_days) = (86_401, 2),
        |p| (p.price.min_duration, p.report_window_days) = (604_800, 7),
        |p| p.report_window_days = 1,
        |p| p.trigger_source = Address::default(),
        |p| p.draws.period = 86_400,
        |p| p.draws.limit_bps = 1,
        |p| p.trigger = 3,
        |p| p.trigger = 255,
    ];
    let venues: [Change; 14] = [
        |p| p.draws.period = 3_599,
        |p| p.draws.period = 30 * 86_400 + 1,
        |p| p.draws.period = 0,
        |p| p.draws.period = u64::MAX,
        |p| p.draws.limit_bps = 0,
        |p| p.draws.limit_bps = 10_001,
        |p| p.trigger_source = Address::default(),
        // What another trigger goes by.
        |p| p.price.strike = 1,
        |p| p.price.floor = 1,
        |p| p.price.exponent = -8,
        |p| p.price.max_age = 1,
        |p| p.price.min_duration = 60,
        |p| p.price.max_gap = 1,
        |p| p.trigger = 1,
    ];
    let juries: [Change; 10] = [
        |p| p.trigger_source = FEED,
        |p| p.price.strike = 1,
        |p| p.price.floor = 1,
        |p| p.price.exponent = -8,
        |p| p.price.max_age = 1,
        |p| p.price.min_duration = 60,
        |p| p.price.max_gap = 1,
        |p| p.draws.period = 86_400,
        |p| p.draws.limit_bps = 1,
        |p| p.trigger = 1,
    ];
    let mut world = World::new();
    let base: [(Good, &[Change]); 3] =
        [(price_product, &prices), (authority_product, &venues), (product_params, &juries)];
    for (params, changes) in base {
        for change in changes {
            let mut params = params("Bound");
            change(&mut params);
            world.list_product(0, params).fails(E::BadTrigger);
        }
    }
    assert_eq!(world.read_pool().product_count, 0);
    assert!(world.chain.account(&world.product(0)).is_none());
}
