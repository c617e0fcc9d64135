//! What was tried against those who leave and those who come: a claim that nobody ends, and deposits that ask out.

use crate::{court::*, leaving::unlevered_params, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, start_of};
use harness::{UNIT, World, product_params};

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

/// Behind reports that hold an exit of a unit extensions go on where all exits fit beside the cover. What was deposited today fits nothing,
/// though it is there: asked out at once, it stopped the extensions of everybody for two days. It fits beside itself.
#[test]
fn t83_stop_all_extensions_by_a_deposit_that_asks_out() {
    let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..harness::pool_params() };
    let mut world = court_of(params);
    for (holder, index, amount) in [("dora", 0, 900_000), ("emil", 1, 900_000), ("gus", 2, 900_000)] {
        cover(&mut world, holder, index, amount * UNIT);
    }
    let gus = world.policy(2, "gus", 0);
    world.pass_days(3);
    world.request_exit("mallory", 0, 1_000 * UNIT).ok();
    world.pass_days(8);
    open(&mut world, 0, 0);
    open(&mut world, 1, 0);
    world.pay_exits().fails(E::LiensExceedCapital);
    world.clone().extend("gus", 2, &gus, 1).ok();
    let put = 500_000 * UNIT;
    world.fund("eve", 20 * put);
    for id in 0..6 {
        world.deposit("eve", put).ok();
        let shares = world.shares("eve");
        world.request_exit("eve", id, shares).ok();
        for _ in 0..2 {
            world.extend("gus", 2, &gus, 1).ok();
            let midnight = start_of(day_of(world.now()) + 1).unwrap();
            until(&mut world, midnight);
        }
    }
    world.check_books();
}

/// While a change waits for those who asked in time, extensions wait for them where not all who are on their way out fit beside the cover.
/// What was deposited today fitted nothing: asked out at once, again every other day, it stopped all extensions for 7 of 14 days and more.
/// It fits beside itself.
#[test]
fn t83_stop_all_extensions_behind_a_change_by_deposits_that_ask_out() {
    let mut stopped = Vec::new();
    for attack in [false, true] {
        let mut world = court_of(unlevered_params(7));
        let gus = cover(&mut world, "gus", 0, 300_000 * UNIT);
        cover(&mut world, "emil", 1, 600_000 * UNIT);
        world.pass_days(3);
        let put = 110_000 * UNIT;
        world.fund("eve", 20 * put);
        // A change of the authority's own, and a unit that somebody asks for.
        world.propose(&Proposal::VoteReward { vote_reward: 1 }, None).ok();
        world.request_exit("mallory", 0, 1_000 * UNIT).ok();
        let mut days = 0;
        for round in 0..14 {
            if attack && round % 2 == 0 {
                world.deposit("eve", put).ok();
                let shares = world.shares("eve");
                world.request_exit("eve", round, shares).ok();
            }
            world.pay_exits();
            if world.extend("gus", 0, &gus, 1).is_err() {
                days += 1;
            }
            let midnight = start_of(day_of(world.now()) + 1).unwrap();
            until(&mut world, midnight);
        }
        println!("deposits that ask out: {attack}: {days} of 14 days without an extension");
        stopped.push(days);
    }
    assert_eq!(stopped, [0, 0]);
}
