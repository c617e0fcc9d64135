//! T51 and T84: what a depositor has seen, and what an authority does before anybody is bound.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{UNIT, World, assembly_params, pool_params, product_params};

/// A pool that is not announced open, of half a million of honest's and as much of mallory's, with this delay and season.
fn unopened(exit_delay_days: u16, season_days: u16) -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    let timelock = u64::from(exit_delay_days + 2) * DAY;
    world.create_pool(0, PoolParams { exit_delay_days, season_days, timelock, ..pool_params() }).ok();
    prepare(&mut world);
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    world.fund("dora", HALF);
    world
}

/// A pool whose exit delay is longer than its season: what was listed before anybody could leave would have been sold before
/// anybody could. Anyone who asks within a day of the opening is out before the first sale.
#[test]
fn t84_open_a_pool_with_an_exit_delay_longer_than_its_season() {
    for (delay, season, days) in [(1, 1, 7), (7, 1, 9), (90, 1, 92), (1, 30, 30), (20, 30, 30), (5, 7, 7)] {
        let mut world = unopened(delay, season);
        // The draft of before is for sale from the first second on, and at no earlier one.
        world.open_pool().ok();
        let opened = world.now();
        let sells_from = (opened / DAY + days + 1) * DAY;
        assert_eq!(world.read_pool().sells_from, sells_from, "{delay} {season}");
        until(&mut world, opened + DAY);
        let day = ask_for_all(&mut world, "honest", 0);
        assert!(day * DAY <= opened + days * DAY, "{delay} {season}");
        until_day(&mut world, day);
        world.pay_exits().ok();
        assert_eq!(collect(&mut world, "honest", 0), HALF);
        let before = world.read_pool().sells_from - 1;
        let now = world.now();
        until(&mut world, before.max(now));
        if world.now() == before {
            let request = world.request("dora", 100_000 * UNIT, 30);
            let buy = world.buy_accounts("dora", 0, 0).instruction(0, &request);
            world.send(buy, &["dora"]).fails(E::PoolNotOpen);
            world.pass(1);
        }
        world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
        world.check_books();
    }
}

/// Until the opening, and for seven days from it, everybody leaves in the second in which they want to; then nobody does. No
/// second of selling is among those days.
#[test]
fn t84_leave_at_once_around_the_opening() {
    let mut world = unopened(1, 1);
    let some = world.shares("honest") / 4;
    world.withdraw_shares("honest", some).ok();
    world.pass_days(400);
    world.withdraw_shares("honest", some).ok();
    world.open_pool().ok();
    world.open_pool().fails(E::PoolIsOpen);
    let opened = world.now();
    until(&mut world, opened + 7 * DAY - 1);
    let request = world.request("dora", 100_000 * UNIT, 30);
    let buy = world.buy_accounts("dora", 0, 0).instruction(0, &request);
    world.send(buy.clone(), &["dora"]).fails(E::PoolNotOpen);
    world.withdraw_shares("honest", some).ok();
    world.pass(1);
    world.withdraw_shares("honest", some).fails(E::LeavingTakesTime);
    world.send(buy.clone(), &["dora"]).fails(E::PoolNotOpen);
    let sells_from = world.read_pool().sells_from;
    assert!(sells_from > opened + 7 * DAY);
    until(&mut world, sells_from);
    world.send(buy, &["dora"]).ok();
    assert_eq!(world.balance("honest"), 1_000_000 * UNIT - HALF / 4);
    world.check_books();
}

/// Mallory comes and goes around other people's deposits, gifts and streams in the week in which she can leave at once: in one
/// second she has no more than she brought, whatever the amount.
#[test]
fn t84_come_and_go_at_once() {
    for gift in [0, 70_000 * UNIT] {
        let mut world = unopened(1, 1);
        world.open_pool().ok();
        world.fund("eve", HALF);
        if gift > 0 {
            let donate = transfer(&world, "honest", &vault_address(&world.pool()), gift);
            world.send(donate, &["honest"]).ok();
            world.absorb_surplus().ok();
        }
        for amount in [1, 999, 7 * UNIT + 3, 499_999 * UNIT + 7] {
            let (held, shares, seen) = (world.balance("mallory"), world.shares("mallory"), world.seen());
            let enter = world.deposit_accounts("mallory").instruction(amount.min(held), 0, &seen);
            let others = world.deposit_accounts("eve").instruction(10_000 * UNIT, 0, &seen);
            world.send_all(&[enter, others], &["mallory", "eve"]).ok();
            let minted = world.shares("mallory") - shares;
            world.withdraw_shares("mallory", minted).ok();
            assert!(world.balance("mallory") <= held, "{amount}");
            world.pass(3_600);
        }
        world.check_books();
    }
}

/// A deposit a second before a settlement that everybody could see lost 266,413 of 500,000. What a depositor has seen is in the
/// deposit: with a report, a verdict or something held back in between it fails.
#[test]
fn t51_deposit_just_before_a_settlement() {
    let mut world = unlevered(7);
    let policy = insure(&mut world, 0, 600_000 * UNIT, 90);
    world.fund("eve", HALF);
    world.pass_days(3);
    let seen = world.read_pool().seen().unwrap();
    assert_eq!(seen.max_liens, 0);
    let deposit = world.deposit_accounts("eve").instruction(HALF, 0, &seen);
    // Reported in the same transaction, ahead of it.
    let now = world.now();
    let report = world.open_incident_accounts("opal", 0, 0).instruction(&harness::incident_report(now));
    world.send_all(&[report.clone(), deposit.clone()], &["opal", "eve"]).fails(E::LiensTooHigh);
    world.send(report, &["opal"]).ok();
    world.send(deposit.clone(), &["eve"]).fails(E::LiensTooHigh);
    let incident = world.incident(0, 0);
    world.vote("vera", &incident, 1).ok();
    file(&mut world, "dora", &policy, &incident, 500_000 * UNIT).ok();
    world.close_ballot(&incident).ok();
    until_settleable(&mut world, &incident);
    for _ in 0..2 {
        world.send(deposit.clone(), &["eve"]).fails(E::LiensTooHigh);
        let liens = world.read_pool().set_aside().unwrap();
        let less = Seen { max_liens: liens - 1, ..seen };
        world.send(world.deposit_accounts("eve").instruction(HALF, 0, &less), &["eve"]).fails(E::LiensTooHigh);
        if case(&mut world, &incident).filing_ended == 0 {
            assert_eq!(liens, 600_000 * UNIT);
            world.end_filing(0, 0).ok();
            assert_eq!(world.read_pool().set_aside().unwrap(), 470_000 * UNIT);
        }
    }
    // Who accepts it bears it, and knows how much.
    let mut bold = world.clone();
    let all = Seen { max_liens: 470_000 * UNIT, ..seen };
    bold.send(bold.deposit_accounts("eve").instruction(HALF, 0, &all), &["eve"]).ok();
    bold.settle(0, 0).ok();
    let kept = worth(&mut bold, "eve");
    println!("with liens of 470,000 accepted: {} of 500,000", kept / UNIT);
    assert!(kept > HALF - 470_000 * UNIT / 3 - UNIT, "a third of the loss, and no more");
    // Settled and paid, the loss is in the price, and the deposit keeps its worth.
    world.settle(0, 0).ok();
    world.payout("dora", &policy, &incident).ok();
    world.send(deposit, &["eve"]).ok();
    keeps(&mut world, HALF);
    world.check_books();
}

/// What eve deposited is worth what it paid, with its part of what streams to the LPs.
fn keeps(world: &mut Play, amount: u64) {
    let (kept, pool) = (worth(world, "eve"), world.read_pool());
    let streams = pool.income_left().unwrap();
    let part = u128::from(streams) * u128::from(world.shares("eve")) / u128::from(pool.shares);
    assert!(streams > 0 && u128::from(kept) + part + 3 >= u128::from(amount), "{kept} {part}");
}

/// Something is held back for a settled incident because another is open: a deposit pays for it, so it is in what is seen.
#[test]
fn t51_deposit_while_something_is_held_back() {
    let mut world = court();
    cover(&mut world, "gus", 0, 700_000 * UNIT);
    cover(&mut world, "fay", 1, 900_000 * UNIT);
    world.fund("eve", HALF);
    world.pass_days(3);
    let seen = world.read_pool().seen().unwrap();
    let first = open(&mut world, 0, 0);
    let policy = world.policy(0, "gus", 0);
    file(&mut world, "gus", &policy, &first, 700_000 * UNIT).ok();
    world.vote("vera", &first, 1).ok();
    world.close_ballot(&first).ok();
    until_settleable(&mut world, &first);
    open(&mut world, 1, 0);
    world.settle(0, 0).ok();
    let held_back = world.read_pool().held_back;
    assert!(held_back > 200_000 * UNIT);
    reject(&mut world, 1, 0);
    let deposit = |seen: &Seen, world: &Play| world.deposit_accounts("eve").instruction(HALF, 0, seen);
    let instruction = deposit(&seen, &world);
    world.send(instruction, &["eve"]).fails(E::LiensTooHigh);
    let instruction = deposit(&Seen { max_liens: held_back - 1, ..seen }, &world);
    world.send(instruction.clone(), &["eve"]).fails(E::LiensTooHigh);
    world.payout("gus", &policy, &first).ok();
    // Given to the claims in the same transaction, it is in the price.
    let rest = SettleRest { pool: world.pool(), incident: first, vault: vault_address(&world.pool()) }.instruction();
    world.send_all(&[rest, deposit(&seen, &world)], &["eve"]).ok();
    keeps(&mut world, HALF);
    world.check_books();
}

/// Terms that change between reading and depositing: each listing before the opening, each change that is queued and each that
/// is applied. A draft after the opening changes none.
#[test]
fn t51_deposit_on_terms_that_have_changed() {
    let mut world = unopened(7, 1);
    world.fund("eve", HALF);
    let seen = world.seen();
    let deposit = |world: &Play, seen: &Seen| world.deposit_accounts("eve").instruction(UNIT, 0, seen);
    let bad = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Certain loss") };
    let list = world.list_product_accounts(2).instruction(&bad);
    let old = deposit(&world, &seen);
    world.send_all(&[list, old.clone()], &["founder", "eve"]).fails(E::TermsChanged);
    world.list_product(2, bad.clone()).ok();
    world.send(old, &["eve"]).fails(E::TermsChanged);
    world.begin_sales();
    let seen = world.seen();
    // A draft is not on sale, and no depositor need look at it.
    world.list_product(3, bad).ok();
    let instruction = deposit(&world, &seen);
    world.send(instruction.clone(), &["eve"]).ok();
    world.propose(&Proposal::List, Some(3)).ok();
    world.send(instruction, &["eve"]).fails(E::TermsChanged);
    let seen = world.seen();
    let instruction = deposit(&world, &seen);
    world.send(instruction.clone(), &["eve"]).ok();
    world.pass_days(9);
    world.apply(0, Some(3)).ok();
    world.send(instruction, &["eve"]).fails(E::TermsChanged);
    world.check_books();
}
