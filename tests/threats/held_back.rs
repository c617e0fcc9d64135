//! T27, the rest: a report ahead of a settlement delays a part of it, and takes nothing.

use crate::{court::*, settlement::*, stage::*};
use coverage_client::{BreakwaterError as E, SettleRest, vault_address};
use harness::{Chain, UNIT};
use solana_address::Address;

/// What is claimed of [`FIRST`], atoms.
const CLAIMED: u64 = 665_000 * UNIT;

/// A loss on product 0 of 665,000 that the pool could pay in full, and 900,000 of cover on product 1, all decided and
/// ready to settle in a minute.
fn ready() -> (Play, Address) {
    let mut world = court();
    covered(&mut world, 0, &FIRST);
    covered(&mut world, 1, &[("fay", 900_000)]);
    world.pass_days(3);
    let incident = file_all(&mut world, 0, &FIRST);
    approve(&mut world, &incident);
    read_verdict(&mut world, &incident);
    let ends = case(&mut world, &incident).disputes_end_at;
    until(&mut world, ends - 60);
    (world, incident)
}

/// What of `whole` is the part that `part` is of `all`, rounded down.
fn share(whole: u64, part: u64, all: u64) -> u64 {
    u64::try_from(u128::from(whole) * u128::from(part) / u128::from(all)).unwrap()
}

#[test]
fn t27_settle_alone() {
    let (mut world, incident) = ready();
    world.pass(60);
    world.settle(0, 0).ok();
    let read = case(&mut world, &incident);
    assert_eq!((read.settled, read.held_back), (CLAIMED, 0));
    world.settle_rest(&incident).fails(E::NothingDue);
}

#[test]
fn t27_report_another_product_just_ahead_of_a_settlement() {
    // The claimants are paid what they get at first before the rest comes, or everything after it.
    for paid_first in [true, false] {
        let (mut world, incident) = ready();
        let day = ask_for_all(&mut world, "mallory", 0);
        let held = world.balance("mallory");
        let now = world.now();
        world.open_incident("mallory", 1, 0, now).ok();
        world.pass(60);
        world.settle_rest(&incident).fails(E::NothingDue);
        world.settle(0, 0).ok();
        let (read, pool) = (case(&mut world, &incident), world.read_pool());
        assert_eq!(read.settled, share(pool.capital + read.settled, CLAIMED, CLAIMED + 900_000 * UNIT));
        assert_eq!((read.held_back, pool.held_back, pool.held_incidents), (CLAIMED - read.settled, read.held_back, 1));
        world.settle_rest(&incident).fails(E::IncidentOpen);
        let mut got = [0; 2];
        if paid_first {
            got = FIRST.map(|(holder, _)| paid(&mut world, holder, 0, &incident));
            assert!(read.settled - got.iter().sum::<u64>() < 2);
        }

        // Her report is rejected as fast as can be: nobody leaves with what was set aside for it, and she least of all.
        reject(&mut world, 1, 0);
        until_day(&mut world, day);
        world.settle_rest(&incident).ok();
        world.settle_rest(&incident).fails(E::NothingDue);
        let (read, pool) = (case(&mut world, &incident), world.read_pool());
        assert_eq!((read.settled, read.held_back, pool.held_back, pool.held_incidents), (CLAIMED, 0, 0, 0));
        for (got, (holder, units)) in got.into_iter().zip(FIRST) {
            assert_eq!(got + paid(&mut world, holder, 0, &incident), units * UNIT * 95 / 100, "{holder} in full");
        }
        let cost = held - world.balance("mallory");
        println!("for a bond of {} units the claimants wait two days for a part, and get all of it", cost / UNIT);
        assert_eq!((cost, world.read_pool().payable), (900_000 * UNIT / 400, 0));
        // What is left of the capital carries the cover that is left, so she stays.
        world.pay_exits().fails(E::NothingToPay);
        world.check_books();
    }
}

#[test]
fn t27_report_after_report_ahead_of_the_rest() {
    let (mut world, incident) = ready();
    let held = world.balance("mallory");
    let now = world.now();
    world.open_incident("mallory", 1, 0, now).ok();
    world.pass(60);
    world.settle(0, 0).ok();
    // Each next one delayed the rest again, at twice the price. It waits for the first only, which was open when it was held
    // back, though the next is open, too.
    world.settle_rest(&incident).fails(E::IncidentOpen);
    close_against(&mut world, 1, 0);
    world.decide(1, 0).ok();
    let now = world.now();
    for nth in 1..4 {
        world.open_incident("mallory", 1, nth, now).ok();
    }
    let end = world.settle_accounts(1, 0).instruction();
    world.send(end, &[]).ok();
    let read = case(&mut world, &incident);
    assert_eq!(read.held_back, CLAIMED - read.settled);
    world.settle_rest(&incident).ok();
    assert_eq!(world.read_pool().held_back, 0);
    let later = [1, 2, 3].map(|nth| world.incident(1, nth));
    for report in &later {
        world.vote("vera", report, 0).ok();
        world.close_ballot(report).ok();
    }
    for (nth, report) in (1..4).zip(&later) {
        read_verdict(&mut world, report);
        world.settle(1, nth).ok();
    }
    assert_eq!(case(&mut world, &incident).settled, CLAIMED);
    let cost = held - world.balance("mallory");
    println!("four reports ahead of the rest: two days for {} units, and nothing of it", cost / UNIT);
    assert_eq!(cost, 15 * 900_000 * UNIT / 400);
    world.check_books();
}

#[test]
fn t27_two_losses_at_once_and_the_rest_of_them() {
    for (order, recovered) in [([0, 1], 0), ([1, 0], 0), ([0, 1], 77_777_777_777), ([1, 0], 77_777_777_777)] {
        let mut world = two_at_once();
        for index in [0, 1] {
            world.end_filing(index, 0).ok();
        }
        world.fund("trent", 100_000 * UNIT);
        world.roll_product(2).ok();
        let (capital, claimed) = (world.read_pool().capital, [CLAIMED, 570_000 * UNIT]);
        let all = claimed[0] + claimed[1];
        let incidents = [world.incident(0, 0), world.incident(1, 0)];
        let [first, last] = order.map(usize::from);

        world.settle(order[0], 0).ok();
        let read = case(&mut world, &incidents[first]);
        assert_eq!(read.settled, share(capital, claimed[first], all));
        assert_eq!(read.held_back, claimed[first] - read.settled);
        world.settle_rest(&incidents[first]).fails(E::IncidentOpen);
        // What is recovered in between goes to the claims of its incident, and less is short.
        if recovered > 0 {
            world.recover("trent", &incidents[first], recovered).ok();
            let topped = case(&mut world, &incidents[first]);
            assert_eq!(topped.settled, read.settled + recovered);
            assert_eq!(topped.held_back, read.held_back - recovered);
            assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (topped.held_back, 1));
        }
        world.settle(order[1], 0).ok();
        let before = incidents.map(|incident| case(&mut world, &incident).settled);
        assert!((before[first] - recovered).abs_diff(share(capital, claimed[first], all)) <= 1);
        assert!(before[last].abs_diff(share(capital, claimed[last], all)) <= 1);
        let odd = world.read_pool().capital;
        assert_eq!(before[0] + before[1] + odd, capital + recovered);
        assert!(odd <= 1);

        // All the capital is theirs: the rest of it is the odd atom, however often anybody asks.
        for _ in 0..2 {
            world.settle_rest(&incidents[last]).fails(E::NothingDue);
        }
        world.settle_rest(&incidents[first]).ok();
        for incident in &incidents {
            world.settle_rest(incident).fails(E::NothingDue);
        }
        let mut after = before;
        after[first] += odd;
        assert_eq!(incidents.map(|incident| case(&mut world, &incident).settled), after);
        assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (0, 0));
        for (index, holders) in [(0, &FIRST[..]), (1, &SECOND[..])] {
            let incident = incidents[usize::from(index)];
            for (holder, _) in holders {
                paid(&mut world, holder, index, &incident);
            }
        }
        assert!(world.read_pool().payable < 3);
        world.check_books();
    }
}

/// A true report just ahead of a settlement: while claims can still be filed for it, all that may be claimed is kept for
/// it; in the end both get the same part as if they had been settled together.
#[test]
fn t27_a_true_report_just_ahead_of_a_settlement() {
    for claimed in [855_000 * UNIT, 600_000 * UNIT, 200_000 * UNIT] {
        for at_once in [false, true] {
            let (mut world, first) = ready();
            let now = world.now();
            world.open_incident("opal", 1, 0, now).ok();
            let (last, policy) = (world.incident(1, 0), world.policy(1, "fay", 0));
            file(&mut world, "fay", &policy, &last, claimed + 45_000 * UNIT).ok();
            approve(&mut world, &last);
            world.pass(60);
            let mut kept = 0;
            if !at_once {
                world.settle(0, 0).ok();
                kept = case(&mut world, &first).settled;
                let capital = world.read_pool().capital + kept;
                assert_eq!(kept, share(capital, CLAIMED, CLAIMED + 900_000 * UNIT));
            }
            until_settleable(&mut world, &last);
            world.roll_product(0).ok();
            let capital = world.read_pool().capital;
            world.settle(1, 0).ok();
            if at_once {
                world.settle(0, 0).ok();
            }
            for incident in [&first, &last] {
                if case(&mut world, incident).held_back > 0 {
                    world.settle_rest(incident).ok();
                }
                world.settle_rest(incident).fails(E::NothingDue);
            }
            let got = [&first, &last].map(|incident| case(&mut world, incident).settled);
            let all = CLAIMED + claimed;
            if all <= capital + kept {
                assert_eq!(got, [CLAIMED, claimed], "enough for both: nobody loses by the other");
            } else {
                assert!(got[0].abs_diff(share(capital + kept, CLAIMED, all)) <= 1);
                assert!(got[1].abs_diff(share(capital + kept, claimed, all)) <= 1);
            }
            println!(
                "{} and {} of claims settled {}: {} and {} in a hundred",
                CLAIMED / UNIT,
                claimed / UNIT,
                if at_once { "together" } else { "one after the other" },
                got[0] * 100 / CLAIMED,
                got[1] * 100 / claimed
            );
            assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (0, 0));
            world.check_books();
        }
    }
}

/// Mallory leaves in the transaction that rejects the report for whose sake a settled incident's claims wait, when no cover
/// keeps her: she bears her half of what they have to come, as if they had been paid first.
#[test]
fn t01_leave_with_what_is_held_back() {
    let mut kept = Vec::new();
    for rest_first in [true, false] {
        let mut world = court();
        for (index, holder, units) in [(0, "dora", 700_000), (1, "fay", 900_000)] {
            world.fund(holder, 100_000 * UNIT);
            world.buy(holder, index, 0, units * UNIT, 10).ok();
        }
        world.pass_days(5);
        let now = world.now();
        let incident = file_all(&mut world, 0, &[("dora", 700_000)]);
        approve(&mut world, &incident);
        until_settleable(&mut world, &incident);
        // The other report is of that day, too; nobody votes on it until all cover has ended.
        world.open_incident("opal", 1, 0, now).ok();
        world.settle(0, 0).ok();
        let held_back = world.read_pool().held_back;
        assert!(held_back > 200_000 * UNIT);
        let day = ask_for_all(&mut world, "mallory", 0);
        world.vote("vera", &world.incident(1, 0), 0).ok();
        let released = world.chain.read::<coverage_client::Policy>(&world.policy(1, "fay", 0)).release_day;
        until_day(&mut world, released.max(day) + 1);
        world.roll_product(1).ok();
        world.pay_exits().fails(E::LiensExceedCapital);
        world.call_exits().ok();
        world.close_ballot(&world.incident(1, 0)).ok();
        let other = world.incident(1, 0);
        read_verdict(&mut world, &other);
        world.call_exits().ok();
        world.roll_product(0).ok();
        let [pool, vault] = [world.pool(), vault_address(&world.pool())];
        let end = world.settle_accounts(1, 0).instruction();
        let pay = world.pay_exits_accounts(0).instruction();
        let rest = SettleRest { pool, incident, vault }.instruction();
        let steps = if rest_first { [end, rest, pay] } else { [end, pay, rest] };
        world.send_all(&steps, &[]).ok();
        assert_eq!(case(&mut world, &incident).settled, 665_000 * UNIT, "the claims have all of it");
        assert_eq!(world.read_pool().held_back, 0);
        kept.push([collect(&mut world, "mallory", 0), worth(&mut world, "honest")]);
        world.check_books();
    }
    println!("with the rest first and last: {kept:?}");
    assert!(kept[0][0] >= kept[1][0] && kept[0][0] - kept[1][0] <= 1, "{kept:?}");
    assert!(kept.iter().all(|[left, stayed]| left <= stayed));
}
