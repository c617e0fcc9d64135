//! What is known and open: what an enemy with money and patience gains, with the most that it comes to.

use crate::{attacks::steep, court::*, leaving::unlevered_params, stage::*};
use coverage_client::*;
use coverage_math::{DAY, day_of, start_of};
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params, trials::only_event};
use solana_address::Address;

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

fn policy(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// Somebody sends so much to the vault and has it streamed.
fn give(world: &mut Play, from: &str, amount: u64) {
    let vault = vault_address(&world.pool());
    let gift = transfer(world, from, &vault, amount);
    let absorb = AbsorbSurplus { pool: world.pool(), vault }.instruction();
    world.send_all(&[gift, absorb], &[from]).ok();
}

/// T96 in parts: the end of the joint stream is rounded towards the day on which what streams already ends, so a fee that is given in parts
/// of less than a 387th of what streams moves no end. A small gift that ends within eight days takes the whole fee along.
#[test]
fn take_the_fee_of_ones_own_cancellation_back_in_parts() {
    let mut base = steep(2_000);
    base.fund("sam", HALF);
    base.fund("eve", 40 * HALF);
    base.buy("sam", 3, 0, 950_000 * UNIT, 365).ok();
    let sam = base.policy(3, "sam", 0);
    base.pass_days(1);
    base.deposit("eve", 18 * HALF).ok();
    let release_day = policy(&mut base, &sam).release_day;
    let most = 950_000 * UNIT - 950_000 * UNIT / 20 - UNIT;
    let mut got = Vec::new();
    for parts in [false, true] {
        let mut world = base.clone();
        let (start, sams) = (world.balance("eve"), world.balance("sam"));
        let mut calls = 0;
        if parts {
            give(&mut world, "eve", 2_000 * UNIT);
            let mut left = most;
            // What a unit that is given back costs.
            let mut quoted = world.clone();
            let before = quoted.read_pool().income_left().unwrap();
            quoted.reduce("sam", 3, &sam, 1_000 * UNIT).ok();
            let fee_of_1000 = quoted.read_pool().income_left().unwrap() - before;
            while left > 0 {
                let pool = world.read_pool();
                let days = release_day - pool.income_end_day;
                // Less than what moves the end by a day.
                let fee = pool.income_left().unwrap() / days;
                let part = (u128::from(fee) * u128::from(1_000 * UNIT) / u128::from(fee_of_1000 + 1)) as u64;
                let part = part.min(left);
                world.reduce("sam", 3, &sam, part).ok();
                left -= part;
                calls += 1;
            }
        } else {
            world.reduce("sam", 3, &sam, most).ok();
        }
        let pool = world.read_pool();
        let refund = world.balance("sam") - sams;
        let (end, income) = (pool.income_end_day - day_of(world.now()), pool.income_left().unwrap());
        let day = ask_for_all(&mut world, "eve", 0);
        leave(&mut world, "eve", 0, day);
        let eve = world.balance("eve") as i64 - start as i64 - 18 * HALF as i64;
        println!(
            "in parts: {parts} ({calls} calls): {} of income end in {end} days; sam has {} back, eve {} more in {} days",
            whole(income),
            whole(refund),
            eve / UNIT as i64,
            day - day_of(world.now()) + 8,
        );
        got.push((eve, refund));
        world.check_books();
    }
    let gain = got[1].0 + got[1].1 as i64 - got[0].0 - got[0].1 as i64;
    println!("the parts are worth {} more", gain / UNIT as i64);
    assert!(gain > 8_000 * UNIT as i64);
}

/// A pool of ten millions in which mallory has a twentieth.
fn twentieth() -> Play {
    let mut world = court_of(unlevered_params(7));
    world.fund("honest", 20 * HALF);
    world.deposit("honest", 19 * HALF).ok();
    world.pass_season();
    world.fund("trent", 40 * HALF);
    world.fund("eve", 10 * HALF);
    world
}

/// What streams within eight days reaches those who leave in eight days. An atom that joins it counts the capital anew, of which those on
/// their way out are no part: the stream of everybody ends as late as what stays allows.
#[test]
fn slow_what_leavers_earn_by_an_atom() {
    for part in [1, 2] {
        let mut got = Vec::new();
        for attack in [false, true] {
            let mut world = twentieth();
            // What comes back, or is given, and then honest asks.
            let income = 200_000 * UNIT;
            give(&mut world, "trent", income);
            let before = worth(&mut world, "honest") / part;
            let (shares, (_, day)) = (world.shares("honest") / part, world.exit_epoch());
            world.request_exit("honest", 0, shares).ok();
            let planned = world.read_pool().income_end_day - day_of(world.now());
            if attack {
                give(&mut world, "eve", 1);
            }
            let end = world.read_pool().income_end_day - day_of(world.now());
            let out = leave(&mut world, "honest", 0, day) - before;
            let last = world.read_pool().income_end_day;
            until_day(&mut world, last);
            let mallory = worth(&mut world, "mallory");
            println!(
                "one of {part} leaves, an atom: {attack}: {} end in {planned}, then in {end} days; they have {}, mallory {}",
                whole(income),
                whole(out),
                whole(mallory) - whole(HALF)
            );
            got.push((out, mallory));
            world.check_books();
        }
        let (lost, gained) = (got[0].0 - got[1].0, got[1].1 - got[0].1);
        println!("leavers lose {}, mallory gains {}", whole(lost), whole(gained));
        assert!(lost > 40_000 * UNIT && (part > 1 || gained > 100_000 * UNIT));
    }
}

/// The same without leavers being counted out: what ends late joins what ends soon, and the mean of both is late. The fee of a cancellation
/// that a stayer pays slows ten times as much down, and comes back to the stayer.
#[test]
fn slow_what_leavers_earn_by_a_fee_of_ones_own() {
    let params = PoolParams { cancel_fee_bps: 2_000, ..unlevered_params(7) };
    let mut base = court_beside(World::lite_bare(), params, |world| {
        let curve = ProductParams { r0_ppm: 20_000, r1_ppm: 40_000, r2_ppm: 1_000_000, ..product_params("Steep") };
        world.list_product(3, curve).ok();
    });
    base.fund("honest", 20 * HALF);
    base.deposit("honest", 19 * HALF).ok();
    base.pass_season();
    base.fund("trent", 40 * HALF);
    base.fund("sam", 40 * HALF);
    base.buy("sam", 3, 0, 10 * HALF, 365).ok();
    let sam = base.policy(3, "sam", 0);
    base.pass_days(1);
    let income = 200_000 * UNIT;
    give(&mut base, "trent", income);
    let mut got = Vec::new();
    for attack in [false, true] {
        let mut world = base.clone();
        let sams = world.balance("sam");
        let planned = world.read_pool().income_end_day - day_of(world.now());
        let income_before = world.read_pool().income_left().unwrap();
        let give_back = 94 * HALF / 10;
        if attack {
            world.reduce("sam", 3, &sam, give_back).ok();
        }
        let fee = world.read_pool().income_left().unwrap() - income_before;
        let end = world.read_pool().income_end_day - day_of(world.now());
        // Half of what honest has: cover keeps none of it in.
        let (shares, (_, day)) = (world.shares("honest") / 2, world.exit_epoch());
        let before = worth(&mut world, "honest") / 2;
        world.request_exit("honest", 0, shares).ok();
        let out = leave(&mut world, "honest", 0, day);
        if !attack {
            world.reduce("sam", 3, &sam, give_back).ok();
        }
        let last = world.read_pool().income_end_day;
        until_day(&mut world, last);
        let (mallory, refund) = (worth(&mut world, "mallory"), world.balance("sam") - sams);
        println!(
            "a fee of {}: {attack}: {} end in {planned}, then in {end} days; honest {} more, mallory {}, sam {} back",
            whole(fee),
            whole(income),
            whole(out - before),
            whole(mallory) - whole(HALF),
            whole(refund)
        );
        got.push((out, mallory, refund));
        world.check_books();
    }
    println!("honest's half loses {}", whole(got[0].0 - got[1].0));
    assert!(got[0].0 - got[1].0 > 60_000 * UNIT);
}

/// Everybody leaves, and the income that a thief of the authority has slowed down by an atom is nobody's: it goes to the treasury with the
/// pool.
#[test]
fn slow_the_income_of_a_pool_that_everybody_leaves_and_close_it() {
    let mut got = Vec::new();
    for attack in [false, true] {
        let mut world = World::lite_bare();
        world.create_assembly(harness::assembly_params()).ok();
        world.create_pool(0, unlevered_params(7)).ok();
        world.fund("honest", 2 * HALF);
        world.deposit("honest", 2 * HALF).ok();
        world.begin_sales();
        world.fund("trent", HALF);
        world.fund("treasury", 0);
        give(&mut world, "trent", 20_000 * UNIT);
        let day = ask_for_all(&mut world, "honest", 0);
        if attack {
            give(&mut world, "trent", 1);
        }
        let out = leave(&mut world, "honest", 0, day);
        world.close_epoch(0).ok();
        world.close_pool().ok();
        println!(
            "an atom: {attack}: honest has {} of 20,000, the treasury {}",
            whole(out) - whole(2 * HALF),
            whole(world.balance("treasury"))
        );
        got.push((out, world.balance("treasury")));
    }
    assert!(got[1].1 - got[0].1 > 15_000 * UNIT);
}

/// With an exit delay of a day who deposits in the first second of a day is out the next. Until then and for that day the money makes no
/// room, also when it has left: exits of that day wait for the next.
#[test]
fn come_for_a_day_so_that_others_stay_a_day_longer() {
    let mut days = Vec::new();
    for (attack, seen) in [(false, true), (true, true), (true, false)] {
        let mut world = court_of(unlevered_params(1));
        cover(&mut world, "gus", 0, 900_000 * UNIT);
        let midnight = start_of(day_of(world.now()) + 1).unwrap();
        until(&mut world, midnight - DAY / 2);
        let shares = world.shares("honest") / 10;
        world.request_exit("honest", 0, shares).ok();
        until(&mut world, midnight);
        world.fund("whale", 40 * HALF);
        if attack {
            world.deposit("whale", 40 * HALF).ok();
            let shares = world.shares("whale");
            world.request_exit("whale", 1, shares).ok();
        }
        let mut paid = 0;
        for half in 2..20 {
            until(&mut world, midnight + half * DAY / 2);
            if seen || half > 3 {
                world.call_exits();
            }
            if world.pay_exits().result.is_ok() && world.collect_exit("honest", 0).result.is_ok() {
                paid = half;
                break;
            }
        }
        println!("whale: {attack}, seen at noon: {seen}: out {} days after midnight", paid as f64 / 2.0);
        days.push(paid);
    }
    assert!(days[0] == 2 && days[1] >= 4 && days[2] >= 6);
}

/// What comes back of a loss streams for thirty days at least. In parts that join what streams for a week it streams for a week.
#[test]
fn give_back_within_eight_days_in_parts() {
    let params = PoolParams { season_days: 14, ..unlevered_params(7) };
    let mut base = court_beside(World::lite_bare(), params, |world| {
        let product = ProductParams { deductible_bps: 0, ..product_params("Whole") };
        world.list_product(3, product).ok();
    });
    base.fund("dora", HALF);
    base.buy("dora", 3, 0, HALF, 90).ok();
    let doras = base.policy(3, "dora", 0);
    base.pass_days(3);
    let incident = report(&mut base, 3, 0);
    base.submit_claim("dora", &doras, &incident, HALF).ok();
    accept(&mut base, 3, 0);
    base.payout("dora", &doras, &incident).ok();
    base.pass_days(120);
    base.fund("trent", HALF);
    base.fund("eve", 10 * HALF);
    base.deposit("eve", 9 * HALF).ok();
    let back = 10_000 * UNIT;
    let mut got = Vec::new();
    for parts in [false, true] {
        let mut world = base.clone();
        let start = world.balance("eve");
        let mut calls = 0;
        if parts {
            give(&mut world, "eve", 500 * UNIT);
            let mut left = back;
            while left > 0 {
                let part = (world.read_pool().income_left().unwrap() / 24).min(left);
                world.recover("trent", &incident, part).ok();
                left -= part;
                calls += 1;
            }
        } else {
            world.recover("trent", &incident, back).ok();
        }
        let end = world.read_pool().income_end_day - day_of(world.now());
        let day = ask_for_all(&mut world, "eve", 0);
        leave(&mut world, "eve", 0, day);
        let eve = world.balance("eve") as i64 - start as i64 - 9 * HALF as i64;
        println!(
            "in parts: {parts} ({calls} calls): {} end in {end} days; eve has {} of it",
            whole(back),
            eve / UNIT as i64
        );
        got.push(eve);
        world.check_books();
    }
    assert!(got[1] - got[0] > 5_000 * UNIT as i64);
}

/// A bond that is lost goes half to the LPs, within eight days, and half to the voters: who has nine times the capital has most of the
/// first half back, and reports for little more than half of what it costs others.
#[test]
fn report_for_half_of_the_bond() {
    let mut base = court_of(PoolParams { assessors_limit: 0, ..unlevered_params(7) });
    cover(&mut base, "gus", 0, 950_000 * UNIT);
    base.fund("eve", 40 * HALF);
    base.absorb_surplus().ok();
    base.pass_days(30);
    base.deposit("eve", 18 * HALF).ok();
    let mut got = Vec::new();
    let mut posted = 0;
    for reports in [false, true] {
        let mut world = base.clone();
        let opals = world.balance("opal");
        if reports {
            open(&mut world, 0, 0);
            posted = opals - world.balance("opal");
            reject(&mut world, 0, 0);
            // The other half is the voters' reward.
            world.absorb_surplus().fails(BreakwaterError::NothingToAbsorb);
        } else {
            let mut timed = world.clone();
            open(&mut timed, 0, 0);
            reject(&mut timed, 0, 0);
            let then = timed.now();
            until(&mut world, then);
        }
        let day = ask_for_all(&mut world, "eve", 0);
        leave(&mut world, "eve", 0, day);
        got.push(world.balance("eve"));
        world.check_books();
    }
    println!(
        "of a bond of {} that is lost {} are back within eight days",
        posted as f64 / 1e6,
        (got[1] - got[0]) as f64 / 1e6
    );
    assert!((posted * 4 / 10..posted / 2).contains(&(got[1] - got[0])));
}

/// While 900,000 of a million are reported and about to be paid, what another product has left is sold at the price of a million: a
/// buyer takes all that is left for a year, a second before the settlement.
#[test]
fn buy_what_a_loss_will_leave_at_the_price_of_before() {
    let mut got = Vec::new();
    for before in [true, false] {
        let mut world = court_of(unlevered_params(7));
        let gus = cover(&mut world, "gus", 0, 900_000 * UNIT);
        world.fund("sam", HALF);
        world.pass_days(3);
        let incident = report(&mut world, 0, 0);
        file(&mut world, "gus", &gus, &incident, 900_000 * UNIT).ok();
        decide(&mut world, 0, 0);
        world.end_filing(0, 0).ok();
        let held = world.balance("sam");
        let amount = 100_000 * UNIT;
        if before {
            world.buy("sam", 1, 0, amount, 365).ok();
            world.settle(0, 0).ok();
        } else {
            world.settle(0, 0).ok();
            world.end_claim("gus", &gus, &incident).ok();
            world.buy("sam", 1, 0, amount, 365).ok();
        }
        let capital = world.read_pool().capital;
        println!(
            "before: {before}: {} for 100,000, of a capital of {}",
            whole(held - world.balance("sam")),
            whole(capital)
        );
        got.push(held - world.balance("sam"));
    }
    assert!(got[1] > got[0]);
}

/// A ninth stake makes the two oldest lots one of the younger's age: a staker is out of the court for as long as that is too young, without
/// giving anything up or waiting to be paid. A friend of the holders brings it below the floor for 23 days with eight atoms.
#[test]
fn bring_the_court_below_its_floor_for_a_while() {
    let params = PoolParams { stake_floor: 900 * UNIT, cancel_fee_bps: 2_000, ..pool_params() };
    let mut world = World::lite_bare();
    world.create_assembly(AssemblyParams { min_stake_age: 30 * DAY, ..assembly_params() }).ok();
    world.create_pool(0, params).ok();
    prepare(&mut world);
    world.fund("vera", 0);
    for (name, units) in [("walt", 300), ("xeno", 100)] {
        world.fund(name, 0);
        world.stake(name, units * UNIT).ok();
    }
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    world.begin_sales();
    world.pass_days(32);
    let stake = |world: &mut Play| {
        let now = world.now();
        world.read_assembly().stake_at(now).unwrap() / UNIT
    };
    let sams = cover(&mut world, "sam", 0, 900_000 * UNIT);
    world.pass_days(1);
    let fee_of = |world: &Play| {
        let mut world = world.clone();
        let receipt = world.cancel("sam", 0, &sams).ok();
        let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
        event.fee
    };
    let fee = fee_of(&world);
    for _ in 0..8 {
        world.stake("vera", 1).ok();
        world.pass_days(1);
    }
    println!("eligible {}, fee {} instead of {}", stake(&mut world), fee_of(&world) / UNIT, fee / UNIT);
    world.fund("fay", 100_000 * UNIT);
    world.buy("fay", 1, 0, UNIT, 30).fails(BreakwaterError::CourtBelowFloor);
    assert_eq!((stake(&mut world), fee_of(&world)), (400, 0));
    let mut days = 0;
    while stake(&mut world) < 900 {
        world.pass_days(1);
        days += 1;
    }
    println!("back after {days} days");
    assert!(days <= 23, "{days}");
}

/// Of a court that is just at its floor an atom unstaked makes cancelling free, until one that comes back is old enough.
#[test]
fn unstake_for_a_moment() {
    let params = PoolParams { stake_floor: 1_000 * UNIT, cancel_fee_bps: 2_000, ..pool_params() };
    let mut world = court_of(params);
    world.fund("sam", 500_000 * UNIT);
    world.buy("sam", 0, 0, 900_000 * UNIT, 365).ok();
    let sams = world.policy(0, "sam", 0);
    world.pass_days(1);
    let fee_of = |world: &Play| {
        let mut world = world.clone();
        let receipt = world.cancel("sam", 0, &sams).ok();
        let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
        event.fee
    };
    let fee = fee_of(&world);
    world.request_unstake("xeno", 1).ok();
    println!("one atom of xeno's: the fee is {} instead of {}", fee_of(&world) / UNIT, fee / UNIT);
    world.fund("xeno", 0);
    world.stake("xeno", 1).ok();
    let mut days = 0;
    while fee_of(&world) == 0 {
        world.pass_days(1);
        days += 1;
    }
    println!("an atom comes back: it holds for {days} days");
    assert!(days <= 2, "{days}");
}
