//! T45, T48 to T50, T54, T62, T73 and T83: what capacity costs, who enlarges it, and who is refunded for what was used.

use crate::{
    court::*,
    oracle::{HALFWAY, PEG, STRIKE},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, YEAR, curve::Curve, day_of};
use harness::{Chain, UNIT, World, authority_product, pool_params, price_product, product_params};
use solana_address::Address;

/// Without a deductible, so that all of a sum insured can be claimed.
fn whole() -> ProductParams {
    ProductParams { deductible_bps: 0, ..product_params("Whole") }
}

/// A court whose fourth product has no deductible.
fn court_of_whole(params: PoolParams) -> Play {
    court_beside(World::lite_bare(), params, |world| {
        world.list_product(3, whole()).ok();
    })
}

/// As much cover as there is capital, at most.
fn unlevered() -> PoolParams {
    PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() }
}

fn policy_of(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// What the capacity of a policy costs for each second in which nobody else can have it: no less than its price by the curve.
#[test]
fn t45_take_all_capacity_for_a_day() {
    let mut world = court_of(unlevered());
    world.fund("sam", HALF);
    world.roll_product(0).ok();
    let all = world.read_product(0).room(&world.read_pool(), &world.read_assembly()).unwrap();
    assert_eq!(all, 2 * HALF);
    let held = world.balance("sam");
    let bought = world.now();
    world.buy("sam", 0, 0, all, 1).ok();
    let paid = held - world.balance("sam");
    let address = world.policy(0, "sam", 0);
    let policy = policy_of(&mut world, &address);
    // It cost 248 for 33 days; now those days are paid for.
    let seconds = policy.release_day * DAY - bought;
    assert_eq!(seconds, 32 * DAY);
    let year = world.read_product(0).curve().premium(all, 0, all, u32::try_from(YEAR).unwrap()).unwrap();
    let fair = u128::from(year) * u128::from(seconds) / u128::from(YEAR);
    assert!(u128::from(paid) >= fair && u128::from(paid) <= fair + 1, "{paid} {fair}");
    println!("all capacity for a day of cover, held for {} days: {} (it was 248)", seconds / DAY, paid / UNIT);
    // And the LPs have earned every atom of it when it is free again.
    let before = world.read_pool().income_earned;
    until_day(&mut world, policy.release_day);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!(pool.active_cover, 0);
    assert!(policy.unearned_premium - (pool.income_earned - before) <= 1);
}

/// Twelve short covers in a row took 99% off the market for a year for 1,773 instead of 50,437.
#[test]
fn t45_short_covers_in_a_row() {
    let mut world = court_of(unlevered());
    world.fund("sam", HALF);
    let most = 2 * HALF / 100 * 99;
    let (held, begun) = (world.balance("sam"), world.now());
    for id in 0..12 {
        world.buy("sam", 0, id, most, 1).ok();
        let address = world.policy(0, "sam", id);
        let released = policy_of(&mut world, &address).release_day;
        until_day(&mut world, released);
    }
    let (paid, days) = (held - world.balance("sam"), (world.now() - begun) / DAY);
    println!("99% off the market for {days} days: {} (it was 1,773 for a year)", paid / UNIT);
    // Less than 50,437 for a year only by what the premiums of the year make capacity grow.
    assert!(days >= 360 && paid / days * 365 > 48_000 * UNIT, "{paid}");
    world.check_books();
}

/// Bought and cancelled in one transaction, 732 took all capacity off the market for 31 days. Now it is cancelled on a later day;
/// before it begins, its capacity is held until the second midnight, and no second longer than it was paid for.
#[test]
fn t45_buy_and_cancel() {
    let mut world = court_of(unlevered());
    world.fund("sam", HALF);
    world.pass(DAY / 2);
    world.roll_product(0).ok();
    let all = world.read_product(0).room(&world.read_pool(), &world.read_assembly()).unwrap();
    let request = world.request("sam", all, 365);
    let buy = world.buy_accounts("sam", 0, 0).instruction(0, &request);
    let policy = world.policy(0, "sam", 0);
    let cancel = world.cancel_accounts("sam", 0, &policy).instruction(0);
    // All but the deductible and an atom.
    let left = all.div_ceil(20) + 1;
    let reduce = world.reduce_accounts("sam", 0, &policy).instruction(all - left, 0);
    world.send_all(&[buy.clone(), cancel.clone()], &["sam"]).fails(E::BoughtToday);
    world.send_all(&[buy.clone(), reduce.clone()], &["sam"]).fails(E::BoughtToday);
    world.send(buy, &["sam"]).ok();
    world.pass(DAY / 2 - 1);
    world.send(cancel.clone(), &["sam"]).fails(E::BoughtToday);
    // In the next day it may, and has not begun: nothing was covered.
    world.pass(1);
    let mut reduced = world.clone();
    let (bought, free_from) = (policy_of(&mut world, &policy), world.second_midnight());
    world.send(cancel, &["sam"]).ok();
    let ended = policy_of(&mut world, &policy);
    assert!(!ended.covers(ended.cover_from) && !ended.covers(ended.end));
    assert_eq!(ended.standing(world.now()), PolicyStanding::Over);
    // Given back but for that, the rest is free as early.
    reduced.send(reduce, &["sam"]).ok();
    for (world, left) in [(&mut world, 0), (&mut reduced, left)] {
        for (time, active) in [(free_from - 1, all), (free_from, left)] {
            until(world, time);
            world.roll_product(0).ok();
            let pool = world.read_pool();
            let product = world.read_product(0);
            assert_eq!((pool.active_cover, pool.group_active[0], product.active_cover), (active, active, active));
            assert_eq!(product.room(&pool, &world.read_assembly()).unwrap(), pool.free_capital().unwrap() - active);
        }
        // The LPs have what all of it costs for these two days and a half.
        let paid = (u128::from(bought.rate) * u128::from(free_from - bought.bought_at)) >> 26;
        assert!(u128::from(world.read_pool().income_earned) >= paid);
    }
    world.close_policy(0, &policy).ok();
    for world in [&mut world, &mut reduced] {
        world.pass_days(40);
        world.roll_product(0).ok();
        world.check_books();
    }
}

/// Deposit nine times the capital for a week or for a second: 1,000,000 could be sold where the caps allow 200,000, for 59% less
/// each. Now nothing can be sold on it, and nothing costs less, until it has stayed for a season.
#[test]
fn t48_deposit_to_enlarge_the_caps() {
    for (delay, season) in [(7, 14), (1, 14), (1, 1), (20, 30)] {
        let timelock = u64::from(delay + 2) * DAY;
        let params = PoolParams {
            exit_delay_days: delay,
            season_days: season,
            timelock,
            group_caps_bps: [2_000; 16],
            ..unlevered()
        };
        let mut world = court_of(params);
        world.fund("whale", 18 * HALF);
        world.fund("dora", HALF);
        // In the middle of a day.
        world.pass(DAY / 2);
        let before = world.quote(0, 150_000 * UNIT, 30).quote();
        assert_eq!(before.capacity, 200_000 * UNIT);
        world.deposit("whale", 18 * HALF).ok();
        let came = world.now();
        let seasoned = (day_of(came) + u64::from(season) + 1) * DAY;
        while world.now() < seasoned {
            let quote = world.quote(0, 150_000 * UNIT, 30).quote();
            assert_eq!((quote.capacity, quote.premium), (before.capacity, quote.premium));
            // It pays for so many seconds as are left until the same boundary of days.
            assert!(
                quote.premium.abs_diff(before.premium) <= before.premium / 30,
                "{} {}",
                quote.premium,
                before.premium
            );
            let request = world.request("dora", 200_000 * UNIT + 1, 30);
            let buy = world.buy_accounts("dora", 0, 0).instruction(0, &request);
            world.send(buy, &["dora"]).fails(E::GroupCapacity);
            world.pass(DAY / 4);
        }
        assert!(seasoned - came > u64::from(season) * DAY);
        let quote = world.quote(0, 150_000 * UNIT, 30).quote();
        assert!(quote.capacity > 1_900_000 * UNIT, "{}", quote.capacity);
        // The second in which it is on its way out it carries nothing any more.
        ask_for_all(&mut world, "whale", 0);
        let after = world.quote(0, 150_000 * UNIT, 30).quote();
        assert!(after.capacity <= before.capacity, "{}", after.capacity);
        world.check_books();
    }
}

/// The shortest season is a day. Money that comes in the last second of a day is there at midnight and carries nothing yet: it has to stay
/// for all of the next day, too, and whatever leaves, or asks to, carries nothing from then on.
#[test]
fn t48_stay_for_one_midnight_of_a_season_of_a_day() {
    let timelock = 3 * DAY;
    let short = PoolParams { exit_delay_days: 1, season_days: 1, timelock, group_caps_bps: [2_000; 16], ..unlevered() };
    for (comes, idle_days) in [(1, 0), (DAY / 2, 0), (DAY, 0), (1, 40)] {
        let mut world = court_of(short);
        world.fund("whale", 18 * HALF);
        world.pass_days(1 + idle_days);
        let midnight = (day_of(world.now()) + 1) * DAY;
        until(&mut world, midnight - comes);
        let before = world.quote(0, 150_000 * UNIT, 30).quote();
        world.deposit("whale", 18 * HALF).ok();
        // Over the first midnight and to the last second before the second one.
        for time in [midnight, midnight + 1, midnight + DAY / 2, midnight + DAY - 1] {
            until(&mut world, time);
            let quote = world.quote(0, 150_000 * UNIT, 30).quote();
            assert!(quote.capacity - before.capacity < 100 * UNIT, "{} {}", quote.capacity, before.capacity);
            assert!(quote.premium.abs_diff(before.premium) <= before.premium / 30);
        }
        // On its way out it never counts, whatever its deposit was seen over.
        let mut leaving = world.clone();
        ask_for_all(&mut leaving, "whale", 0);
        until(&mut world, midnight + DAY);
        until(&mut leaving, midnight + DAY);
        let [stayed, left] =
            [&mut world, &mut leaving].map(|world| world.quote(0, 150_000 * UNIT, 30).quote().capacity);
        assert!(left - before.capacity < 100 * UNIT && stayed > 1_900_000 * UNIT, "{left} {stayed}");
        assert!(midnight + DAY - (midnight - comes) > DAY, "a season and more");
        world.check_books();
    }
}

/// A deposit of nine times the capital that leaves at once keeps nothing from being sold.
#[test]
fn t73_deposit_and_ask_out_at_once() {
    let mut world = court_of(PoolParams { season_days: 14, ..unlevered() });
    world.fund("whale", 18 * HALF);
    world.fund("dora", HALF);
    let before = world.quote(0, 150_000 * UNIT, 30).quote();
    for id in 0..5 {
        world.deposit("whale", 3 * HALF).ok();
        ask_for_all(&mut world, "whale", id);
        let quote = world.quote(0, 150_000 * UNIT, 30).quote();
        assert!(before.capacity - quote.capacity <= 2 * id + 2 && quote.premium >= before.premium, "{quote:?}");
        assert!(quote.premium - before.premium <= 1, "{quote:?}");
    }
    world.buy("dora", 0, 0, 900_000 * UNIT, 30).ok();
    world.check_books();
}

/// A policy of 500,000 that was paid in full kept 500,000 of capital in for another year, and the next report set a lien of
/// 500,000 aside though nothing could be claimed.
#[test]
fn t49_keep_others_in_by_what_was_paid() {
    let mut world = court_of_whole(unlevered());
    let policy = {
        world.fund("dora", HALF);
        world.buy("dora", 3, 0, HALF, 365).ok();
        world.policy(3, "dora", 0)
    };
    world.pass_days(3);
    let incident = report(&mut world, 3, 0);
    world.submit_claim("dora", &policy, &incident, HALF).ok();
    accept(&mut world, 3, 0);
    // Settled, and paid: whoever it was that cranked.
    assert_eq!(world.read_product(3).active_cover, HALF);
    world.payout("dora", &policy, &incident).ok();
    let pool = world.read_pool();
    assert_eq!((pool.active_cover, pool.group_active[0], world.read_product(3).active_cover), (0, 0, 0));
    let now = world.now();
    world.open_incident("opal", 3, 1, now).fails(E::NothingCovered);
    // Everybody is out in a week.
    let days = [ask_for_all(&mut world, "honest", 0), ask_for_all(&mut world, "mallory", 0)];
    until_day(&mut world, days[1]);
    world.pay_exits().ok();
    assert!(!world.read_pool().has_exits());
    world.check_books();
}

/// The same in part, while another report on the product is open: its lien stays what it was, and what is released is sold to
/// nobody before it ends.
#[test]
fn t49_release_behind_a_second_report() {
    let mut world = court_of_whole(unlevered());
    world.fund("dora", HALF);
    world.fund("sam", HALF);
    world.buy("dora", 3, 0, 400_000 * UNIT, 365).ok();
    world.buy("sam", 3, 0, 100_000 * UNIT, 365).ok();
    let policy = world.policy(3, "dora", 0);
    world.pass_days(3);
    let first = report(&mut world, 3, 0);
    world.submit_claim("dora", &policy, &first, 300_000 * UNIT).ok();
    let second = open(&mut world, 3, 1);
    world.vote("vera", &second, 0).ok();
    accept(&mut world, 3, 0);
    let lien = world.read_pool().own_liens().unwrap();
    world.payout("dora", &policy, &first).ok();
    let (pool, product) = (world.read_pool(), world.read_product(3));
    assert_eq!(pool.own_liens().unwrap(), lien, "a lien holds what could be claimed when it was reported");
    assert_eq!((product.active_cover, pool.liened_cover, pool.active_cover), (200_000 * UNIT, 200_000 * UNIT, 0));
    // What it holds is sold to nobody.
    assert!(world.read_product(0).room(&pool, &world.read_assembly()).unwrap() + lien <= pool.capital);
    // When it ends, the rest counts again.
    world.close_ballot(&second).ok();
    read_verdict(&mut world, &second);
    world.settle(3, 1).ok();
    let pool = world.read_pool();
    assert_eq!((pool.active_cover, pool.liened_cover, pool.group_active[0]), (200_000 * UNIT, 0, 200_000 * UNIT));
    world.pass_days(500);
    world.roll_product(3).ok();
    assert_eq!((world.read_pool().active_cover, world.read_product(3).active_cover), (0, 0));
    world.check_books();
}

/// As much cover as there is capital, at most, and of each group a fifth of it.
fn capped_groups() -> PoolParams {
    PoolParams { leverage_bps: 10_000, group_caps_bps: [2_000; 16], ..pool_params() }
}

/// A report took its cover out of the group's total: of a cap of 200,000, 159,000 were sold behind 199,000, and 120,000 more behind
/// a second report.
#[test]
fn t91_sell_a_group_once_more_behind_a_report() {
    let mut world = court_of(capped_groups());
    cover(&mut world, "gus", 0, 199_000 * UNIT);
    world.fund("fay", 100_000 * UNIT);
    world.buy("fay", 1, 0, 1_001 * UNIT, 365).fails(E::GroupCapacity);
    open(&mut world, 0, 0);
    world.buy("fay", 1, 0, 1_001 * UNIT, 365).fails(E::GroupCapacity);
    let pool = world.read_pool();
    assert_eq!((pool.group_active[0], pool.group_liened[0]), (0, 199_000 * UNIT));
    assert_eq!(world.read_product(1).room(&pool, &world.read_assembly()), Ok(pool.group_limit(0).unwrap()));
    world.buy("fay", 1, 0, 1_000 * UNIT, 365).ok();
    open(&mut world, 1, 0);
    world.fund("hal", 100_000 * UNIT);
    world.buy("hal", 2, 0, 10 * UNIT, 365).fails(E::GroupCapacity);
    for index in [0, 1] {
        reject(&mut world, index, 0);
    }
    let pool = world.read_pool();
    assert_eq!((pool.group_active[0], pool.group_liened[0]), (200_000 * UNIT, 0));
    assert!(pool.group_active[0] <= pool.group_limit(0).unwrap());
    world.check_books();
}

/// The same behind a booking of an atom, in one transaction with it: 194,000 beside 149,000.
#[test]
fn t91_sell_a_group_once_more_behind_a_booking_of_an_atom() {
    const VENUE: u16 = 3;
    let draws = DrawParams { period: DAY, limit_bps: 500 };
    let mut world = court_beside(World::lite_bare(), capped_groups(), |world| {
        world.list_product(VENUE, ProductParams { draws, ..authority_product("Venue shortfall") }).ok();
    });
    world.fund("venue", HALF);
    world.buy("venue", VENUE, 0, 199_000 * UNIT, 365).ok();
    world.pass_days(2);
    world.roll_product(VENUE).ok();
    let policy = world.policy(VENUE, "venue", 0);
    world.fund("fay", 100_000 * UNIT);
    let level = world.read_product(VENUE).draws.level(world.read_pool().capital_of_buckets(), world.now()).unwrap();
    let draw = world.booking_accounts("venue", "venue", VENUE, &policy).instruction(level + 9_950 * UNIT + 1, 0);
    let beside = |world: &mut Play, amount| {
        let buy = world.buy_accounts("fay", 0, 0).instruction(0, &world.request("fay", amount, 365));
        world.send_all(&[draw.clone(), buy], &["venue", "fay"])
    };
    // A fifth of what the draw leaves, less what is still covered.
    let left = 199_000 * UNIT - level;
    let room = (world.read_pool().capital - level) / 5 - left;
    let refused = beside(&mut world, room + UNIT);
    assert!(refused.result.is_err());
    beside(&mut world, room - UNIT).ok();
    world.pass(60);
    world.pay_booking("venue", VENUE, &policy, 0).ok();
    let pool = world.read_pool();
    println!("group active {} of a cap of {}", pool.group_active[0] / UNIT, pool.group_limit(0).unwrap() / UNIT);
    assert_eq!(pool.group_active[0], left + room - UNIT - 1);
    assert!(pool.group_active[0] <= pool.group_limit(0).unwrap());
    world.check_books();
}

/// Deposit nine times the capital before 500,000 comes back, and leave a week later: that was 391,622 of it.
#[test]
fn t50_come_for_a_recovery() {
    for before in [true, false] {
        let mut world = court_of_whole(PoolParams { season_days: 14, ..unlevered() });
        world.fund("dora", HALF);
        world.buy("dora", 3, 0, HALF, 90).ok();
        let policy = world.policy(3, "dora", 0);
        world.pass_days(3);
        let incident = report(&mut world, 3, 0);
        world.submit_claim("dora", &policy, &incident, HALF).ok();
        accept(&mut world, 3, 0);
        world.payout("dora", &policy, &incident).ok();
        world.pass_days(120);
        world.roll_product(3).ok();
        world.fund("trent", HALF);
        world.fund("whale", 9 * HALF);
        if before {
            world.deposit("whale", 9 * HALF).ok();
            world.recover("trent", &incident, HALF).ok();
        } else {
            world.recover("trent", &incident, HALF).ok();
            world.deposit("whale", 9 * HALF).ok();
        }
        let day = ask_for_all(&mut world, "whale", 0);
        let got = leave(&mut world, "whale", 0, day);
        println!("deposited before it arrived: {before}: {} of 4,500,000", got / UNIT);
        if before {
            // Of a year's stream it has the days that it bore the risk.
            assert!(got <= 9 * HALF + 11_000 * UNIT, "{got}");
        } else {
            assert!(got <= 9 * HALF, "it has paid for what it got: {got}");
        }
        world.check_books();
    }
}

/// Close the incident, which anyone may do, so that 400,000 can come back only as a gift: that streamed in a week, and a deposit of
/// nine times the capital ahead of it took 392,000 for nine days. Now it streams as long as the recovery.
#[test]
fn t50_close_the_incident_ahead_of_its_recovery() {
    let mut world = alone();
    let policy = insure(&mut world, 0, 450_000 * UNIT, 365);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 450_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    world.payout("dora", &policy, &incident).ok();
    world.collect_bond("opal", &incident).ok();
    world.close_claim("dora", &policy, &incident).ok();
    world.close_incident("opal", &incident).ok();
    world.pass_days(30);
    world.fund("opal", HALF);
    let put = 9 * HALF;
    world.fund("eve", put);
    world.deposit("eve", put).ok();
    let gift = transfer(&world, "opal", &vault_address(&world.pool()), 400_000 * UNIT);
    world.send(gift, &["opal"]).ok();
    world.absorb_surplus().ok();
    // With what is left of the premium of the cover that was paid, which is a month older.
    let day = world.now().div_ceil(DAY) + 365;
    assert!((day - 1..=day).contains(&world.read_pool().income_end_day));
    let day = ask_for_all(&mut world, "eve", 0);
    let got = leave(&mut world, "eve", 0, day);
    println!("{} of {} in {} days", got / UNIT, put / UNIT, day - world.now() / DAY);
    // Of a year's stream she has the days that she bore the risk, and has paid for what else streams.
    assert!(got <= put + 11_000 * UNIT, "{got}");
    world.check_books();
}

/// Claim all but an atom and cancel, which was worth 11,837 of 14,716; or cancel, and then report and claim in full, which was
/// worth a refund of 12,455: of what was used nothing is refunded.
#[test]
fn t54_be_refunded_for_what_was_used() {
    let sum = 300_000 * UNIT;
    for cancels_first in [false, true] {
        let mut world = court_of_whole(unlevered());
        world.fund("dora", HALF);
        world.buy("dora", 3, 0, sum, 365).ok();
        let policy = world.policy(3, "dora", 0);
        let premium = policy_of(&mut world, &policy).premium;
        world.pass_days(30);
        let happened = world.now();
        world.pass(3_600);
        let held = world.balance("dora");
        if cancels_first {
            world.cancel("dora", 3, &policy).ok();
            let refund = world.balance("dora") - held;
            assert!(refund > premium / 2, "{refund}");
            let incident = report_at(&mut world, 3, 0, happened);
            world.submit_claim("dora", &policy, &incident, sum).ok();
            accept(&mut world, 3, 0);
            world.payout("dora", &policy, &incident).ok();
            assert_eq!(world.balance("dora") - held, sum, "what was insured, and no more");
            println!("{} refunded, {} paid", refund / UNIT, (sum - refund) / UNIT);
            world.pass_days(120);
            world.close_policy(3, &policy).ok();
        } else {
            let incident = report_at(&mut world, 3, 0, happened);
            world.submit_claim("dora", &policy, &incident, sum - 1).ok();
            accept(&mut world, 3, 0);
            world.payout("dora", &policy, &incident).ok();
            let held = world.balance("dora");
            world.cancel("dora", 3, &policy).ok();
            assert!(world.balance("dora") - held <= 1, "{}", world.balance("dora") - held);
        }
        world.check_books();
    }
}

/// A claim that comes to nothing gives no refund back. Two that are paid give it back once, one after the other or side by side.
#[test]
fn t54_a_refund_is_given_back_once() {
    let sum = 300_000 * UNIT;
    for beside in [false, true] {
        let mut world = court_of_whole(unlevered());
        world.fund("dora", HALF);
        world.buy("dora", 3, 0, sum, 365).ok();
        let policy = world.policy(3, "dora", 0);
        world.pass_days(30);
        let happened = world.now();
        world.pass(3_600);
        let held = world.balance("dora");
        world.cancel("dora", 3, &policy).ok();
        let refund = world.balance("dora") - held;
        world.pass(3_600);
        // A false report is claimed on and rejected: nothing was given back.
        let later = world.now();
        let incident = open(&mut world, 3, 0);
        world.submit_claim("dora", &policy, &incident, sum).ok();
        reject(&mut world, 3, 0);
        world.payout("dora", &policy, &incident).ok();
        let found = policy_of(&mut world, &policy);
        assert_eq!((found.claimed, found.given_back), (0, 0));
        // All of it in two parts.
        for (nth, happened) in [(1, happened), (2, later)] {
            let incident = report_at(&mut world, 3, nth, happened);
            world.submit_claim("dora", &policy, &incident, sum / 2).ok();
            if !beside {
                accept(&mut world, 3, nth);
                world.payout("dora", &policy, &incident).ok();
            }
        }
        if beside {
            let last = report_at(&mut world, 3, 3, later);
            for nth in [1, 2] {
                accept(&mut world, 3, nth);
                let incident = world.incident(3, nth);
                world.payout("dora", &policy, &incident).ok();
            }
            world.submit_claim("dora", &policy, &last, 1).fails(E::AboveSumInsured);
        }
        assert_eq!(world.balance("dora") - held, sum, "what was insured, and no more");
        assert_eq!(policy_of(&mut world, &policy).given_back, refund);
        world.check_books();
    }
}

/// A claim in a false report, filed first, kept a refund of 39,000 beside a true claim of 400,000.
#[test]
fn t54_park_the_refund_in_a_false_report() {
    let mut got = [0; 2];
    for parks in [false, true] {
        let mut world = court();
        let policy = cover(&mut world, "gus", 0, 900_000 * UNIT);
        world.pass_days(3);
        let event = world.now();
        world.pass(3_600);
        let before = world.balance("gus");
        world.cancel("gus", 0, &policy).ok();
        let refund = world.balance("gus") - before;
        let deductible = 45_000 * UNIT;
        let right = u32::from(parks);
        if parks {
            world.open_incident("opal", 0, 0, event - 1).ok();
            let wrong = world.incident(0, 0);
            file(&mut world, "gus", &policy, &wrong, deductible + refund + 1).ok();
        }
        world.open_incident("opal", 0, right, event).ok();
        let held = world.balance("gus");
        let incident = world.incident(0, right);
        file(&mut world, "gus", &policy, &incident, deductible + 400_000 * UNIT).ok();
        for nth in 0..=right {
            let incident = world.incident(0, nth);
            world.vote("vera", &incident, u8::from(nth == right)).ok();
            world.close_ballot(&incident).ok();
        }
        for nth in 0..=right {
            let incident = world.incident(0, nth);
            read_verdict(&mut world, &incident);
        }
        until_settleable(&mut world, &incident);
        for nth in 0..=right {
            world.settle(0, nth).ok();
        }
        let mut bonds = 0;
        for nth in 0..=right {
            let incident = world.incident(0, nth);
            bonds += claim_of(&mut world, &policy, &incident).bond;
            world.payout("gus", &policy, &incident).ok();
        }
        got[usize::from(parks)] = world.balance("gus") - held - bonds;
        println!("{parks}: a refund of {} and {} paid", refund / UNIT, got[usize::from(parks)] / UNIT);
        assert_eq!(got[usize::from(parks)], 400_000 * UNIT - refund);
        assert_eq!(policy_of(&mut world, &policy).given_back, refund);
        world.check_books();
    }
    assert_eq!(got[0], got[1]);
}

/// Cancel as it happens, and say that it happened a second later: both were kept, the refund and the claim.
#[test]
fn t54_cancel_while_it_happens() {
    for later in [0, 1] {
        let mut world = court();
        let policy = cover(&mut world, "gus", 0, 900_000 * UNIT);
        world.pass_days(3);
        let before = world.balance("gus");
        world.cancel("gus", 0, &policy).ok();
        let refund = world.balance("gus") - before;
        let cancelled = world.now();
        world.pass(60);
        world.open_incident("opal", 0, 0, cancelled + later).ok();
        let incident = world.incident(0, 0);
        file(&mut world, "gus", &policy, &incident, 445_000 * UNIT).ok();
        world.vote("vera", &incident, 1).ok();
        accept(&mut world, 0, 0);
        let bond = claim_of(&mut world, &policy, &incident).bond;
        world.payout("gus", &policy, &incident).ok();
        assert_eq!(world.balance("gus") - before - bond, 400_000 * UNIT, "with the refund of {refund}");
        world.check_books();
    }
}

/// What fees bring to the voters' fund beyond its limit is the LPs': 75,431 of 75,431 stayed in it for ever.
#[test]
fn t62_fees_that_nobody_gets() {
    let limit = 100 * UNIT;
    let mut world = court_of(PoolParams { assessors_limit: limit, assessor_fee_bps: 1_000, ..unlevered() });
    world.fund("dora", HALF);
    world.buy("dora", 0, 0, 900_000 * UNIT, 365).ok();
    let fund = world.read_pool().assessors;
    assert!(fund > 1_000 * UNIT, "{fund}");
    let before = world.read_pool().unearned;
    world.absorb_surplus().ok();
    let pool = world.read_pool();
    assert_eq!((pool.assessors, pool.unearned), (limit, before + fund - limit));
    world.absorb_surplus().fails(E::NothingToAbsorb);
    // What is reserved for voters is beside the limit.
    let income = pool.income_left().unwrap();
    assert!(income.abs_diff(fund - limit) <= 1);
    world.check_books();
}

/// A report on one product, dip after dip of another's price, and two wallets with a twentieth of the shares each that ask out in turn and
/// come back, so that at every moment somebody waits: they stop neither sales nor extensions anywhere else.
#[test]
fn t83_stop_all_sales_for_nothing() {
    let params = PoolParams { season_days: 14, ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        world.list_product(PEG, price_product("Peg")).ok();
    });
    world.fund("dora", HALF);
    let whales = ["whale", "eel"];
    for name in whales {
        world.fund(name, HALF);
        world.deposit(name, 2 * HALF / 19).ok();
    }
    world.pass_days(16);
    for index in [0, 1, PEG] {
        world.buy("dora", index, 0, 100_000 * UNIT, 300).ok();
    }
    world.pass_days(3);
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
    let policies = [0, 1].map(|index| world.policy(index, "dora", 0));
    let mut asked = [0; 2];
    for round in 0..24 {
        // One of them is out, and asks again with what came back.
        let (which, name) = (round % 2, whales[round % 2]);
        if asked[which] > 0 && world.shares(name) == 0 && world.collect_exit(name, asked[which] - 1).result.is_ok() {
            let amount = world.balance(name);
            world.deposit(name, amount).ok();
        }
        if world.shares(name) > 0 {
            ask_for_all(&mut world, name, asked[which]);
            asked[which] += 1;
        }
        // A true dip: nothing is sold where it is, and for a day and an hour nobody leaves.
        world.observe(PEG, HALFWAY).ok();
        let id = u64::try_from(10 + round).expect("small");
        world.buy("dora", PEG, id, 10_000 * UNIT, 30).fails(E::BreachRunning);
        assert!(world.read_pool().has_exits(), "somebody always waits");
        world.buy("dora", 1, id, 10_000 * UNIT, 30).ok();
        for (index, policy) in [(0, &policies[0]), (1, &policies[1])] {
            world.extend("dora", index, policy, 1).ok();
        }
        world.pass(DAY / 2);
        world.observe(PEG, STRIKE + 1).ok();
        // Exits are paid as they fall due, or called.
        for _ in 0..4 {
            let midnight = (day_of(world.now()) + 1) * DAY;
            world.wait_until(midnight);
            while world.read_pool().has_exits() && world.pay_exits().result.is_ok() {}
            drop(world.call_exits());
        }
        world.pass(1);
    }
    println!("in {} days two wallets asked out {} times, and nothing stopped", 24 * 4, asked[0] + asked[1]);
    assert!(asked.iter().all(|times| *times >= 8), "they came back again and again: {asked:?}");
    world.check_books();
}

/// The authority queues a change that may raise what LPs risk, so that extensions wait for those who ask out, and takes it back. They went
/// on waiting for it, for 84 days with a timelock of 92: whoever asked out meanwhile stopped all extensions.
#[test]
fn t83_stop_extensions_by_a_change_that_is_taken_back() {
    let mut world = court_of(unlevered());
    let assembly = world.assembly();
    world.convener = "rita";
    world.give_lamports("rita");
    world.create_assembly(harness::assembly_params()).ok();
    let court = Proposal::Court { assembly: world.assembly() };
    world.convener = "founder";
    assert_ne!(court, Proposal::Court { assembly });
    world.fund("gus", HALF);
    world.buy("gus", 0, 0, 900_000 * UNIT, 60).ok();
    let gus = world.policy(0, "gus", 0);
    let extends = |world: &mut Play| world.clone().extend("gus", 0, &gus, 1).result.is_ok();
    let queue = |world: &mut Play, proposal: &Proposal| {
        let id = world.next_change();
        world.propose(proposal, None).ok();
        id
    };
    // Nothing that is taken back is waited for, nor what was queued beside it and can raise nothing.
    let first = queue(&mut world, &court);
    queue(&mut world, &Proposal::Guardian { guardian: gus });
    ask_for_all(&mut world, "honest", 0);
    assert!(!extends(&mut world));
    world.withdraw("founder", first).ok();
    assert!(extends(&mut world));
    assert_eq!((world.read_pool().awaiting_changes, world.read_pool().exits_awaited_until), (0, 0));
    // Of two the one that is left counts.
    let ids = [court, Proposal::CancelFee { cancel_fee_bps: 1 }].map(|proposal| queue(&mut world, &proposal));
    world.withdraw("founder", ids[0]).ok();
    assert!(!extends(&mut world));
    world.withdraw("founder", ids[1]).ok();
    assert!(extends(&mut world));
}

/// Nor is one waited for that has lapsed or fallen, once its account is closed, which anyone does.
#[test]
fn t83_stop_extensions_by_a_change_that_has_lapsed() {
    let mut world = court_of(unlevered());
    world.give_lamports("nora");
    let id = world.next_change();
    let fee = Proposal::CancelFee { cancel_fee_bps: 1 };
    for proposal in [fee, Proposal::Authority { authority: world.key("nora") }] {
        world.propose(&proposal, None).ok();
    }
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    let mut fallen = world.clone();
    fallen.accept_authority("nora", id + 1).ok();
    world.mark(id, None).ok();
    world.pass_days(30);
    for world in [&mut world, &mut fallen] {
        assert_eq!(world.read_pool().awaiting_changes, 1);
        world.close_change("founder", id).ok();
        assert_eq!((world.read_pool().awaiting_changes, world.read_pool().exits_awaited_until), (0, 0));
    }
    // One that was applied has left the queue before.
    let id = fallen.next_change();
    let accounts = fallen.propose_accounts("nora", id, None);
    fallen.send(accounts.instruction(id, &fee), &["nora"]).ok();
    let applies_at = fallen.read_change(id).applies_at;
    fallen.wait_until(applies_at);
    fallen.apply(id, None).ok();
    assert_eq!((fallen.read_pool().awaiting_changes, fallen.read_pool().exits_awaited_until), (0, 0));
    fallen.close_change("nora", id).ok();
    assert_eq!(fallen.read_pool().awaiting_changes, 0);
}

/// In a pool that is sold out those who leave come first: nothing is sold and nothing extended until as much cover has run off,
/// and that is no later than the longest cover there was.
#[test]
fn t83_leave_a_pool_that_is_sold_out() {
    let mut world = court_of(unlevered());
    world.fund("dora", HALF);
    world.buy("dora", 0, 0, HALF, 10).ok();
    world.buy("dora", 1, 0, HALF, 60).ok();
    let policies = [0, 1].map(|index| world.policy(index, "dora", 0));
    let released = policies.map(|policy| policy_of(&mut world, &policy).release_day);
    let day = ask_for_all(&mut world, "honest", 0);
    // Until the epoch is due, cover goes on as it likes.
    world.extend("dora", 0, &policies[0], 1).ok();
    until_day(&mut world, day);
    for index in [0, 1] {
        world.extend("dora", index, &policies[usize::from(index)], 1).fails(E::ExitsWait);
    }
    // Not without the epoch, and not with another's.
    let without = ExtendCover { first_exit: None, ..world.extend_accounts("dora", 1, &policies[1]) };
    let request = ExtensionRequest { max_premium: u64::MAX, days: 1, commission_bps: 0 };
    world.send(without.instruction(&request), &["dora"]).fails(E::WrongExitEpoch);
    until(&mut world, (released[0] + 1) * DAY - DAY / 2);
    world.call_exits().ok();
    until_day(&mut world, released[0] + 1);
    world.pay_exits().ok();
    assert!(!world.read_pool().has_exits());
    world.extend("dora", 1, &policies[1], 1).ok();
    world.check_books();
}

/// An extension needs no free capital, and costs no more than cover costs at full utilisation, nor less for a deposit of a second.
#[test]
fn t83_extend_above_the_capacity() {
    let mut world = court_of(unlevered());
    world.fund("dora", HALF);
    world.fund("whale", 40 * HALF);
    world.buy("dora", 0, 0, 900_000 * UNIT, 60).ok();
    let policy = world.policy(0, "dora", 0);
    world.pass_days(2);
    let held = world.balance("dora");
    let mut usual = world.clone();
    usual.extend("dora", 0, &policy, 30).ok();
    let price = held - usual.balance("dora");
    // A deposit of a second makes it no cheaper.
    world.deposit("whale", 40 * HALF).ok();
    let mut cheap = world.clone();
    cheap.extend("dora", 0, &policy, 30).ok();
    assert_eq!(held - cheap.balance("dora"), price);
    // When most of the capital asks out, what is above the capacity costs the rate of full utilisation, and no more.
    ask_for_all(&mut world, "honest", 0);
    ask_for_all(&mut world, "whale", 1);
    world.extend("dora", 0, &policy, 30).ok();
    let dear = held - world.balance("dora");
    let Curve { r2_ppm, .. } = world.read_product(0).curve();
    let most = u128::from(900_000 * UNIT) * u128::from(r2_ppm) * u128::from(30 * DAY) / 1_000_000 / u128::from(YEAR);
    println!(
        "an extension by 30 days: {}, with half of the capital leaving {}, at most {}",
        price / UNIT,
        dear / UNIT,
        most / u128::from(UNIT)
    );
    assert!(dear > price && u128::from(dear) <= most + 1);
    world.check_books();
}
