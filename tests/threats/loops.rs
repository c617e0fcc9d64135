//! T30: what makes a loop long, and that nothing becomes too long to be run.

use crate::{court::*, stage::*};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, Receipt, UNIT, World, assembly_params, pool_params, product_params};

/// What an instruction of a transaction may take, compute units.
const LIMIT: u64 = 200_000;
/// Products with an open incident: one for every few days of the ring of liens.
const INCIDENTS: std::ops::RangeInclusive<u16> = 1..=12;

/// Notes what a receipt took, and asserts that it fits.
#[track_caller]
fn fits(what: &str, receipt: Receipt) {
    let units = receipt.ok().units();
    println!("{what}: {units} units");
    assert!(units < LIMIT, "{what} takes {units} units");
}

/// A pool in which a policy ends on each of 365 days and its grace 90 days later, whose jury counts stake of 90 days.
fn full() -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(AssemblyParams { min_stake_age: 90 * DAY, ..assembly_params() }).ok();
    world.create_pool(0, pool_params()).ok();
    for index in 0..=*INCIDENTS.end() {
        let mut product = product_params("Risk");
        (product.grace_days, product.filing_window_days) = (90, (5 * index).max(3));
        product.waiting_days = if index == 0 { 30 } else { 0 };
        world.list_product(index, product).ok();
    }
    world.fund("ada", 4 * HALF);
    world.deposit("ada", 2 * HALF).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.pass_days(92);
    for name in ["dora", "emil", "opal"] {
        world.fund(name, HALF);
    }
    for term in 1..=365 {
        world.buy("dora", 0, term.into(), 10 * UNIT, term).ok();
    }
    for index in INCIDENTS {
        world.buy("emil", index, 0, 100 * UNIT, 365).ok();
    }
    world
}

/// Opens an incident of each of the other products; all are accepted, and wait.
fn with_liens(world: &mut Play) {
    world.pass(1);
    for index in INCIDENTS {
        let incident = open(world, index, 0);
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        let policy = world.policy(index, "emil", 0);
        file(world, "emil", &policy, &incident, 100 * UNIT).ok();
    }
}

/// Ann stakes a little every day: all lots and all slots of the ring of ages are in use.
fn stake_daily(world: &mut Play, days: u64) {
    world.fund("ann", 0);
    for _ in 0..days {
        world.stake("ann", 2 * UNIT).ok();
        world.pass_days(1);
    }
    let voter: Voter = world.chain.read(&voter_address(&world.assembly(), &world.key("ann")));
    assert!(voter.lot_amounts.iter().all(|lot| *lot != 0));
}

#[test]
fn t30_report_after_480_idle_days() {
    let mut world = full();
    with_liens(&mut world);
    // Stake touches no books: it fills its own ring while nothing else happens.
    world.pass_days(484 - 128);
    stake_daily(&mut world, 128);
    assert!(world.read_product(0).active_cover > 0);
    let now = world.now();
    fits("open_incident, 484 idle days, 90 days of young stake", world.open_incident("opal", 0, 0, now));
}

#[test]
fn t30_settle_after_600_idle_days() {
    let mut world = full();
    with_liens(&mut world);
    world.pass_days(600);
    fits("decide_incident, 600 idle days", world.decide(1, 0));
    world.decide(2, 0).ok();
    world.pass_days(600);
    fits("end_filing, 600 idle days", world.end_filing(1, 0));
    world.pass_days(600);
    fits("settle_incident, 600 idle days", world.settle(1, 0));
    fits("settle_incident, the next", world.settle(2, 0));
    let incident = world.incident(1, 0);
    world.pass_days(600);
    fits("recover, 600 idle days", world.recover("ada", &incident, UNIT));
    world.pass_days(600);
    fits("roll_product, 600 idle days", world.roll_product(0));
    world.pass_days(600);
    fits("deposit, 600 idle days", world.deposit("ada", UNIT));
    world.check_books();
}

#[test]
fn t30_settle_the_rest_after_600_idle_days() {
    let mut world = full();
    for index in [1, 2] {
        world.buy("emil", index, 1, 900_000 * UNIT, 365).ok();
    }
    world.pass(1);
    let (first, policy) = (open(&mut world, 1, 0), world.policy(1, "emil", 1));
    world.vote("vera", &first, 1).ok();
    world.close_ballot(&first).ok();
    file(&mut world, "emil", &policy, &first, 900_000 * UNIT).ok();
    until_settleable(&mut world, &first);
    open(&mut world, 2, 0);
    world.settle(1, 0).ok();
    assert!(world.read_pool().held_back > 0);
    reject(&mut world, 2, 0);
    world.pass_days(600);
    fits("settle_rest, 600 idle days", world.settle_rest(&first));
    let read = case(&mut world, &first);
    assert_eq!((read.settled, read.approved), (855_000 * UNIT, 855_000 * UNIT));
    world.check_books();
}

#[test]
fn t30_resolve_a_dispute_after_600_idle_days() {
    let mut world = full();
    with_liens(&mut world);
    let (incident, policy) = (world.incident(1, 0), world.policy(1, "emil", 0));
    read_verdict(&mut world, &incident);
    fits("dispute_claim", world.dispute("ada", &policy, &incident));
    let subject = claim_address(&incident, &policy);
    world.vote("vera", &subject, 0).ok();
    world.close_ballot(&subject).ok();
    world.pass_days(1);
    stake_daily(&mut world, 8);
    world.pass_days(600);
    fits("resolve_dispute, 600 idle days", world.resolve_dispute(&policy, &incident));
    world.check_books();
}

#[test]
fn t30_pay_exits_after_600_idle_days() {
    let mut world = full();
    let some = world.shares("ada") / 4;
    for id in 0..3 {
        world.request_exit("ada", id, some).ok();
        world.pass_days(1);
    }
    world.pass_days(600);
    fits("call_exits, 600 idle days", world.call_exits());
    world.pass_days(1);
    for _ in 0..3 {
        fits("pay_exits, 600 idle days", world.pay_exits());
    }
    assert_eq!((world.read_pool().exit_head, world.read_pool().exiting_shares), (3, 0));
    world.check_books();
}

#[test]
fn t30_stake_in_every_slot() {
    let mut world = full();
    stake_daily(&mut world, 140);
    fits("stake, a full ring and eight lots", world.stake("ann", UNIT));
    world.pass_days(200);
    fits("stake, 200 idle days", world.stake("ann", UNIT));
    // An appeal overturns what ann voted for: eight lots are counted, and the youngest slashed.
    let incident = open(&mut world, 1, 0);
    fits("vote, eight lots", world.vote("ann", &incident, 0));
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    fits("appeal", world.appeal("ada", &incident));
    world.vote("vera", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    fits("collect_vote_reward, a slash of eight lots", world.collect_vote_reward("ann", &incident));
    let left = staked(&mut world, "ann");
    fits("request_unstake, eight lots", world.request_unstake("ann", left));
    assert_eq!(staked(&mut world, "ann"), 0);
}
