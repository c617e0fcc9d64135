//! T05: an LP who comes just before money and leaves just after it, next to one who stayed.

use crate::{court::*, stage::*};
use coverage_client::BreakwaterError as E;
use coverage_math::{
    DAY,
    cover::{INCOME_DAYS, RECOVERY_DAYS, income_days},
};
use harness::{UNIT, World, assembly_params, pool_params};

/// `gain / stake` of the first is no more than that of the second, an atom of rounding aside.
#[track_caller]
fn no_better((end, start): (u64, u64), (other_end, other_start): (u64, u64)) {
    assert!(
        u128::from(end) * u128::from(other_start) <= u128::from(other_end + 1) * u128::from(start),
        "{start} became {end}, while {other_start} became {other_end}"
    );
}

#[test]
fn t05_come_for_a_premium() {
    let mut world = alone();
    world.pass_days(2);
    // Mallory sees the purchase coming, enters ahead of it and asks to leave behind it, in the same second.
    world.deposit("mallory", HALF).ok();
    let before = worth(&mut world, "honest");
    let policy = insure(&mut world, 0, 200_000 * UNIT, 365);
    assert_eq!((worth(&mut world, "honest"), worth(&mut world, "mallory")), (before, HALF), "nothing lands at once");
    let (entered, at_once) = (world.now(), world.read_pool().unearned);
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    let stayed = worth(&mut world, "honest");
    let seconds = world.now() - entered;
    let got = leave(&mut world, "mallory", 0, day);
    no_better((got, HALF), (stayed, before));
    // She has her half of the days she bore the risk, of a year.
    let policy: coverage_client::Policy = harness::Chain::read(&mut world.chain, &policy);
    let fair = u128::from(policy.unearned_premium) * u128::from(seconds) / u128::from(policy.end - policy.bought_at);
    assert!(u128::from(got - HALF) <= fair / 2 + 2, "{} of {fair}", got - HALF);
    assert!(got - HALF < at_once / 80);
    world.check_books();
}

#[test]
fn t05_come_for_a_surplus() {
    for delay in [1, 7] {
        let mut world = World::lite_bare();
        world.create_assembly(assembly_params()).ok();
        world.create_pool(0, harness_params(delay)).ok();
        prepare(&mut world);
        world.deposit("honest", HALF).ok();
        world.begin_sales();
        let surplus = 70_000 * UNIT;
        let gift = transfer(&world, "honest", &coverage_client::vault_address(&world.pool()), surplus);
        world.send(gift, &["honest"]).ok();
        world.deposit("mallory", HALF).ok();
        assert_eq!(world.shares("mallory"), world.shares("honest"), "a surplus by itself has no price");
        world.absorb_surplus().ok();
        let entered = world.now();
        assert_eq!((worth(&mut world, "honest"), worth(&mut world, "mallory")), (HALF, HALF));
        let day = ask_for_all(&mut world, "mallory", 0);
        until_day(&mut world, day);
        let stayed = worth(&mut world, "honest");
        let days = u64::from(income_days(surplus, HALF).max(INCOME_DAYS));
        let all = (entered.div_ceil(DAY) + days) * DAY - entered;
        let seconds = (world.now() - entered).min(all);
        let got = leave(&mut world, "mallory", 0, day);
        no_better((got, HALF), (stayed, HALF));
        let fair = u128::from(surplus) * u128::from(seconds) / u128::from(all);
        assert!(u128::from(got - HALF) <= fair / 2 + 2, "delay {delay}: {} of {fair}", got - HALF);
        // Who stayed gets all the rest.
        world.pass_days(days + 2);
        let rest = worth(&mut world, "honest") - HALF;
        assert!(rest + (got - HALF) + 10 >= surplus, "{rest} + {}", got - HALF);
        assert!(rest > got - HALF);
        world.check_books();
    }
}

#[test]
fn t05_come_for_a_recovery() {
    let mut world = alone();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    // Long after the claims were paid in full a thief gives 70,000 back. Mallory sees it coming.
    world.pass_days(140);
    world.roll_product(0).ok();
    world.fund("trent", 70_000 * UNIT);
    let before = worth(&mut world, "honest");
    world.deposit("mallory", HALF).ok();
    world.recover("trent", &incident, 70_000 * UNIT).ok();
    let entered = world.now();
    assert!(worth(&mut world, "honest").abs_diff(before) <= 1 && worth(&mut world, "mallory") <= HALF, "not at once");
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    let stayed = worth(&mut world, "honest");
    let days = income_days(70_000 * UNIT, before).max(RECOVERY_DAYS);
    let all = (entered.div_ceil(DAY) + u64::from(days)) * DAY - entered;
    let seconds = (world.now() - entered).min(all);
    let got = leave(&mut world, "mallory", 0, day);
    no_better((got, HALF), (stayed, before));
    // Of the days for which her money bore the risk she has her part, and no more.
    let fair = u128::from(70_000 * UNIT) * u128::from(seconds) / u128::from(all);
    let part = fair * u128::from(HALF) / u128::from(HALF + before) + 2;
    assert!(u128::from(got - HALF) <= part, "{} of {part}", got - HALF);
    world.check_books();
}

/// The world's parameters with an exit delay, and a timelock that goes with it.
fn harness_params(exit_delay_days: u16) -> coverage_client::PoolParams {
    coverage_client::PoolParams { exit_delay_days, ..pool_params() }
}

#[test]
fn t05_come_for_an_incident() {
    let mut world = alone();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    world.deposit("mallory", HALF / 2).ok();
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 200_000 * UNIT).ok();
    // While it is open the price knows nothing of it: anyone who enters now pays in full and bears it too.
    world.fund("trent", HALF);
    world.deposit("trent", HALF / 2).ok();
    let before = worth(&mut world, "honest");
    let shares = [world.shares("mallory"), world.shares("trent")];
    let days = [ask_for_all(&mut world, "mallory", 0), ask_for_all(&mut world, "trent", 0)];
    assert_eq!(days[0], days[1]);
    let mut mallory = leave(&mut world, "mallory", 0, days[0]);
    let mut trent = collect(&mut world, "trent", 0);
    accept(&mut world, 0, 0);
    let stayed = worth(&mut world, "honest");
    mallory += take_back(&mut world, "mallory", 0, &incident);
    trent += collect(&mut world, "trent", 0);
    no_better((mallory, HALF / 2), (stayed, before));
    no_better((trent, HALF / 2), (stayed, before));
    assert!(mallory < HALF / 2 && trent < HALF / 2 && stayed < before);
    // Each share lost the same; who stayed has earned a few days of premium more.
    let honest = world.shares("honest");
    for (got, shares) in [(mallory, shares[0]), (trent, shares[1])] {
        let same = u128::from(stayed) * u128::from(shares) / u128::from(honest);
        assert!(u128::from(got) <= same + 1 && same <= u128::from(got) + u128::from(1_000 * UNIT), "{got} {same}");
    }
    world.check_books();
}

/// A report is about to be rejected, which frees half of the capital and brings the LPs half of a bond. Who deposits a second
/// before has no more of it than the seconds that pass while the deposit is there.
#[test]
fn t05_come_for_a_rejected_report() {
    let mut world = alone();
    insure(&mut world, 0, 250_000 * UNIT, 90);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    world.vote("vera", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    let before = worth(&mut world, "honest");
    world.deposit("mallory", HALF).ok();
    world.settle(0, 0).ok();
    // She has paid for her part of what streams already, and the honest LP has what she paid.
    let paid = HALF - worth(&mut world, "mallory");
    assert!(paid > 0 && paid < BOND / 2, "{paid}");
    let stays = worth(&mut world, "honest");
    assert!(stays >= before && stays - before <= paid + 1, "not at once");
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    let stayed = worth(&mut world, "honest");
    let got = leave(&mut world, "mallory", 0, day);
    no_better((got, HALF), (stayed, before));
    world.release_contested(&incident, 0).fails(E::NothingDue);
    // Half of the bond, and a week's premium.
    assert!(got - HALF < BOND, "{got}");
    world.check_books();
}
