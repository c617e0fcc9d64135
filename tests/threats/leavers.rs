//! What was tried against those who leave and those who come: a claim that nobody ends, and deposits that ask out.

use crate::{court::*, leaving::unlevered_params, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, start_of};
use harness::{UNIT, World, product_params};

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

/// A claim that is settled holds the capacity of its policy until somebody ends it. Where its receiver takes nothing, that was the one crank
/// without a tip. Mallory's exit waited beside it; in the second of a loss elsewhere eve ended it, and mallory was out. What a claim's end
/// releases makes no room for exits before the second midnight: everybody has a day to report.
#[test]
fn t92_end_a_claim_of_ones_own_in_the_second_of_a_loss() {
    let mut got = Vec::new();
    for attack in [false, true] {
        let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
            let product = ProductParams { deductible_bps: 0, ..product_params("Whole") };
            world.list_product(3, product).ok();
        });
        // A true loss of eve's, long ago.
        let eves = cover(&mut world, "eve", 3, 400_000 * UNIT);
        let gus = cover(&mut world, "gus", 0, 290_000 * UNIT);
        world.pass_days(3);
        let first = report(&mut world, 3, 0);
        file(&mut world, "eve", &eves, &first, 400_000 * UNIT).ok();
        accept(&mut world, 3, 0);
        if !attack {
            world.end_claim("eve", &eves, &first).ok();
        }
        let day = ask_for_all(&mut world, "mallory", 0);
        until_day(&mut world, day);
        if attack {
            world.pay_exits().fails(E::NothingToPay);
            for _ in 0..60 {
                world.call_exits().ok();
                world.pass(DAY / 2);
                world.pay_exits().fails(E::NothingToPay);
            }
        } else {
            // She is out as soon as anybody is: before the loss, and would be paid without waiting for one.
            world.pass(60);
        }
        // The loss: gus's.
        if attack {
            world.end_claim("eve", &eves, &first).ok();
            world.pay_exits().fails(E::NothingToPay);
        }
        world.pass(1);
        let incident = report(&mut world, 0, 0);
        file(&mut world, "gus", &gus, &incident, 290_000 * UNIT).ok();
        if attack {
            let room = world.second_midnight();
            until(&mut world, room - 1);
            world.pay_exits().fails(E::LiensExceedCapital);
            world.call_exits().ok();
            world.pass(1);
        }
        world.pay_exits().ok();
        let mut out = collect(&mut world, "mallory", 0);
        accept(&mut world, 0, 0);
        out += take_back(&mut world, "mallory", 0, &incident);
        world.payout("gus", &gus, &incident).ok();
        let honest = worth(&mut world, "honest");
        println!("ended when she likes: {attack}: mallory {}, honest {}", whole(out), whole(honest));
        got.push((out, honest));
    }
    assert!(got[1].0 <= got[0].0 + 1_000 * UNIT && got[1].1 + 1_000 * UNIT >= got[0].1);
}

/// While a claim that is settled had not ended, a deposit paid for all premium that streamed: a claim of a unit that nobody ended took
/// 11,000 and more of two millions. A deposit pays for twice what is settled at most, and ending it is tipped.
#[test]
fn t95_let_deposits_pay_for_premium_by_a_claim_of_a_unit() {
    let mut got = Vec::new();
    for attack in [false, true] {
        let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
            let product = ProductParams { deductible_bps: 0, ..product_params("Whole") };
            world.list_product(3, product).ok();
        });
        let eves = cover(&mut world, "eve", 3, UNIT);
        cover(&mut world, "gus", 0, 990_000 * UNIT);
        world.pass_days(3);
        let first = report(&mut world, 3, 0);
        file(&mut world, "eve", &eves, &first, UNIT).ok();
        accept(&mut world, 3, 0);
        if !attack {
            world.end_claim("eve", &eves, &first).ok();
        }
        world.pass_days(60);
        world.fund("late", 4 * HALF);
        world.deposit("late", 4 * HALF).ok();
        if attack {
            world.end_claim("eve", &eves, &first).ok();
        }
        got.push(worth(&mut world, "late"));
        println!(
            "a claim of a unit that has not ended: {attack}: 2,000,000 deposited are worth {}",
            whole(got[got.len() - 1])
        );
    }
    assert!(got[0] > got[1] && got[0] - got[1] <= 2 * UNIT);
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
