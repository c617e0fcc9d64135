//! T60 and T70: what reports do to those who leave, and what those who leave do with reports.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::BreakwaterError as E;
use coverage_math::DAY;
use harness::{UNIT, incident_report};
use solana_address::Address;

/// The bonds of 28 reports, atoms: each twice the last, at most sixteen times the first.
const ALL_28: u64 = BOND * (1 + 2 + 4 + 8 + 24 * 16);

/// Nobody votes on an incident, twice.
fn nobody_votes(world: &mut Play, incident: &Address) {
    for _ in 0..2 {
        let closes = tally(world, incident).closes_at.max(world.now());
        until(world, closes);
        world.close_ballot(incident).ok();
    }
    read_verdict(world, incident);
}

/// 28 reports that nobody voted on held exits for 319 days and cost nothing. Each costs a quarter of its bond, which is twice the
/// last one's up to sixteen times the first, and they hold nothing: a leaver's part of the lien waits for those that were open when it
/// was paid, eleven days.
#[test]
fn t60_reports_that_nobody_votes_on_one_after_the_other() {
    let mut world = unlevered(7);
    cover(&mut world, "emil", 0, 400_000 * UNIT);
    world.fund("sam", 1_000_000 * UNIT);
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    let (began, held) = (world.now(), world.balance("sam"));
    let (mut left, mut back, mut posted) = (0, 0, 0);
    for nth in 0..28 {
        let now = world.now();
        world.open_incident("sam", 0, nth, now).ok();
        let incident = world.incident(0, nth);
        posted += case(&mut world, &incident).bond;
        if nth == 0 {
            left = leave(&mut world, "honest", 0, day);
        }
        nobody_votes(&mut world, &incident);
        world.settle(0, nth).ok();
        world.collect_bond("sam", &incident).ok();
        if nth == 0 {
            left += take_back(&mut world, "honest", 0, &incident);
            back = world.now();
        }
    }
    let (days, waited, cost) = ((world.now() - began) / DAY, (back - began).div_ceil(DAY), held - world.balance("sam"));
    println!(
        "28 reports that nobody votes on: {days} days for {} units; who left had all of it after {waited}",
        cost / UNIT
    );
    assert_eq!((days, waited, posted), (308, 11, ALL_28));
    assert_eq!(cost, 49_875 * UNIT, "a quarter of what was posted");
    assert!(left >= HALF, "{left}");
    world.check_books();
}

/// The same 28 at once, in line, in the second before the exit is due: all of them end together.
#[test]
fn t60_reports_that_nobody_votes_on_all_at_once() {
    let mut world = unlevered(7);
    cover(&mut world, "emil", 0, 400_000 * UNIT);
    world.fund("sam", 1_000_000 * UNIT);
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    let (began, held) = (world.now(), world.balance("sam"));
    let incidents: Vec<_> = (0..28).map(|nth| (nth, world.incident(0, nth))).collect();
    for (nth, _) in &incidents {
        world.open_incident("sam", 0, *nth, began).ok();
    }
    let posted = held - world.balance("sam");
    // The product's own, which is more than a thousandth of 400,000, and twice as much for each undecided one, at most 16 times.
    assert_eq!(posted, ALL_28);
    let mut left = leave(&mut world, "honest", 0, day);
    assert!(world.read_pool().contested.abs_diff(200_000 * UNIT) < 2, "half of the lien, once");
    for days in [3, 6] {
        let closes = began + days * DAY;
        until(&mut world, if days == 3 { closes } else { closes + 3 * DAY });
        for (_, incident) in &incidents {
            world.close_ballot(incident).ok();
        }
    }
    for (nth, incident) in &incidents {
        read_verdict(&mut world, incident);
        world.settle(0, *nth).ok();
        world.collect_bond("sam", incident).ok();
    }
    // The last one has all that is contested; of the others nothing is due.
    for (_, incident) in &incidents[..27] {
        world.release_contested(incident, 0).fails(E::NothingDue);
    }
    left += take_back(&mut world, "honest", 0, &incidents[27].1);
    let days = (world.now() - began).div_ceil(DAY);
    let cost = held - world.balance("sam");
    println!(
        "28 at once: bonds of {} units for {days} days, of which {} are lost, and half of the lien waits as long",
        posted / UNIT,
        cost / UNIT
    );
    assert_eq!((days, cost), (11, ALL_28 / 4));
    assert!(left >= HALF, "{left}");
    world.check_books();
}

/// Above leverage one, liens above the capital hold exits as long as they are: the one case that is left.
#[test]
fn t60_liens_above_the_capital() {
    let mut world = court();
    cover(&mut world, "emil", 0, 600_000 * UNIT);
    cover(&mut world, "fay", 1, 600_000 * UNIT);
    world.fund("sam", 1_000_000 * UNIT);
    let some = world.shares("honest") / 10;
    let (_, day) = world.exit_epoch();
    world.request_exit("honest", 0, some).ok();
    until_day(&mut world, day);
    let (began, held) = (world.now(), world.balance("sam"));
    for index in [0, 1] {
        world.open_incident("sam", index, 0, began).ok();
    }
    let posted = held - world.balance("sam");
    world.pay_exits().fails(E::LiensExceedCapital);
    for index in [0, 1] {
        let incident = world.incident(index, 0);
        if index == 0 {
            nobody_votes(&mut world, &incident);
        } else {
            world.close_ballot(&incident).ok();
            let closes = tally(&mut world, &incident).closes_at;
            until(&mut world, closes);
            world.close_ballot(&incident).ok();
            read_verdict(&mut world, &incident);
        }
        world.pay_exits().fails(E::LiensExceedCapital);
    }
    // One of the two is enough; anyone who saw that it waited meanwhile pays it at once.
    world.call_exits().ok();
    world.settle(0, 0).ok();
    let left = leave(&mut world, "honest", 0, day);
    println!("liens of 1,200,000 on a million hold exits for {} days", (world.now() - began) / DAY);
    assert!(left > 0);
    for index in [0, 1] {
        let incident = world.incident(index, 0);
        world.collect_bond("sam", &incident).ok();
    }
    assert_eq!(held - world.balance("sam"), posted / 4);
}

/// A loss of 200,000, of which 190,000 are insured, in a pool of two halves. Mallory asks out in that second and has a friend
/// report something else on the same product, ahead of the true report or behind it, at once or in the last second before she
/// is paid; the jury is against it at once, or nobody votes on it. Returns what she has in the end, and what honest has.
fn a_friend_reports(friend_first: bool, late: bool, voted: bool) -> (u64, u64) {
    let mut world = unlevered(7);
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.fund("friend", 100_000 * UNIT);
    world.pass_days(3);
    let (occurred, day) = (world.now(), ask_for_all(&mut world, "mallory", 0));
    until(&mut world, if late { day * DAY - 1 } else { occurred });
    let (lie_nth, truth_nth) = if friend_first { (0, 1) } else { (1, 0) };
    let [lie, truth] = [lie_nth, truth_nth].map(|nth| world.incident(0, nth));
    for nth in [0, 1] {
        let (opener, when) = if nth == lie_nth { ("friend", world.now()) } else { ("opal", occurred) };
        world.open_incident(opener, 0, nth, when).ok();
    }
    file(&mut world, "dora", &policy, &truth, 200_000 * UNIT).ok();
    world.vote("vera", &truth, 1).ok();
    world.close_ballot(&truth).ok();
    if voted {
        world.vote("vera", &lie, 0).ok();
        world.close_ballot(&lie).ok();
    }
    if !late {
        read_verdict(&mut world, &truth);
        if voted {
            read_verdict(&mut world, &lie);
        }
    }
    let mut got = leave(&mut world, "mallory", 0, day);
    if !voted {
        nobody_votes(&mut world, &lie);
    } else if late {
        read_verdict(&mut world, &lie);
    }
    until_settleable(&mut world, &truth);
    world.settle(0, 1).fails(E::EarlierIncidentOpen);
    for nth in [0, 1] {
        world.settle(0, nth).ok();
    }
    // The later report took the earlier one's place, and bears both.
    world.release_contested(&world.incident(0, 0), 0).fails(E::NothingDue);
    let bearer = world.incident(0, 1);
    got += take_back(&mut world, "mallory", 0, &bearer);
    let held = world.balance("dora");
    world.payout("dora", &policy, &truth).ok();
    assert_eq!(world.balance("dora") - held, 190_000 * UNIT + 1_900 * UNIT, "the loss in full, and the bond");
    let stayed = worth(&mut world, "honest");
    world.check_books();
    (got, stayed)
}

/// In the second of a loss mallory asked out and had a friend report another event on the same product: she left with a part
/// contested for the false report only, while the true one waited: 100,000 for a bond.
#[test]
fn t70_have_a_friend_report_something_else() {
    for friend_first in [true, false] {
        for late in [false, true] {
            for voted in [true, false] {
                let (got, stayed) = a_friend_reports(friend_first, late, voted);
                println!(
                    "the friend {}, {}, {}: {} left with, {} kept",
                    if friend_first { "first" } else { "second" },
                    if late { "late" } else { "at once" },
                    if voted { "voted down" } else { "not voted on" },
                    got / UNIT,
                    stayed / UNIT
                );
                // The friend's bond, when it is lost, is a hundredth of what she would have saved.
                assert!(got <= stayed + 1, "{got} {stayed}");
                assert!(got < HALF - 94_000 * UNIT && stayed < HALF - 93_000 * UNIT);
            }
        }
    }
}

/// A line of five reports, of which the first and the fourth count, the verdicts read in another order than the reports were
/// made, and one LP who leaves behind each: each bears exactly what was reported before it left, to two atoms for each incident.
#[test]
fn t70_leave_between_five_reports_in_line() {
    let mut world = unlevered(1);
    let policies: Vec<_> = (0..2)
        .map(|id| {
            world.fund("dora", HALF);
            world.buy("dora", 0, id, 150_000 * UNIT, 200).ok();
            world.policy(0, "dora", id)
        })
        .collect();
    world.fund("sam", 1_000_000 * UNIT);
    world.pass_days(3);
    let each = world.shares("mallory") / 10;
    let mut shares = Vec::new();
    for nth in 0..5 {
        let now = world.now();
        world.open_incident("sam", 0, nth, now).ok();
        let incident = world.incident(0, nth);
        world.vote("vera", &incident, u8::from(nth == 0 || nth == 3)).ok();
        world.close_ballot(&incident).ok();
        let (_, day) = world.exit_epoch();
        world.request_exit("mallory", nth.into(), each).ok();
        until_day(&mut world, day);
        world.roll_product(0).ok();
        let before = world.read_pool();
        world.pay_exits().ok();
        let after = world.read_pool();
        // What an LP who had them would have without any incident: by the capital, all of which is still the LPs'.
        shares.push(coverage_math::shares::assets_for_shares(each, before.capital, before.shares).unwrap());
        assert_eq!(before.shares - after.shares, each);
    }
    let incidents: Vec<_> = (0..5).map(|nth| world.incident(0, nth)).collect();
    for (policy, nth) in policies.iter().zip([0, 3]) {
        world.submit_claim("dora", policy, &incidents[nth], 150_000 * UNIT).ok();
    }
    for nth in [4, 1, 3, 0, 2] {
        read_verdict(&mut world, &incidents[nth]);
    }
    // Refused ones wait behind an accepted one, and the fourth behind all of them.
    world.settle_decided(0, 1).fails(E::EarlierIncidentOpen);
    for nth in 0..5 {
        until_settleable(&mut world, &incidents[nth as usize]);
        world.settle(0, nth).ok();
    }
    let paid = [0, 3].map(|nth: usize| case(&mut world, &incidents[nth]).settled);
    assert_eq!(paid, [142_500 * UNIT; 2]);
    // Each epoch lies between two reports, and has its part of the last one before it only.
    let mut borne = Vec::new();
    for (epoch, before) in (0..5).zip(&shares) {
        for (nth, incident) in incidents.iter().enumerate() {
            if nth as u64 != epoch {
                world.clone().release_contested(incident, epoch).fails(E::NothingDue);
            }
        }
        let mut got = collect(&mut world, "mallory", epoch);
        got += take_back(&mut world, "mallory", epoch, &incidents[epoch as usize]);
        borne.push(before - got);
    }
    println!(
        "borne of two losses of 142,500 by who left after each of five reports: {:?} units",
        borne.iter().map(|b| b / UNIT).collect::<Vec<_>>()
    );
    // The first three left before the second loss was reported: a twentieth of the first; the others also of what the second
    // left them to bear: their part of those who were still there.
    assert!(borne[..3].iter().all(|borne| borne.abs_diff(142_500 * UNIT / 20) < 5), "{borne:?}");
    assert!(borne[3] > 142_500 * UNIT / 10 && borne[4].abs_diff(borne[3]) < 10, "{borne:?}");
    assert_eq!(world.read_pool().contested, 0);
    for epoch in 0..5 {
        world.close_epoch(epoch).ok();
    }
    world.check_books();
}

/// One report accepted, its claims filed, and filing over: what nobody claimed is free. A second report takes it back, and who
/// leaves in between has nothing to do with the second.
#[test]
fn t70_report_again_once_filing_is_over() {
    let mut world = unlevered(1);
    let policy = insure(&mut world, 0, 400_000 * UNIT, 200);
    world.fund("sam", 100_000 * UNIT);
    world.pass_days(3);
    let first = report(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &first, 120_000 * UNIT).ok();
    world.close_ballot(&first).ok();
    read_verdict(&mut world, &first);
    let ends = case(&mut world, &first).filing_ends_at;
    let tenth = world.shares("mallory") / 5;
    until(&mut world, ends - 2 * DAY + 1);
    world.request_exit("mallory", 0, tenth).ok();
    until(&mut world, ends);
    // Nobody is paid before what was not claimed is free.
    world.pay_exits().fails(E::FilingDue);
    world.call_exits().fails(E::FilingDue);
    let now = world.now();
    let end = world.end_filing_accounts(0, 0).instruction();
    let pay = world.pay_exits_accounts(0).instruction();
    let again = world.open_incident_accounts("sam", 0, 1).instruction(&incident_report(now));
    world.send_all(&[end, pay, again], &["sam"]).ok();
    let second = world.incident(0, 1);
    // 100,000 stand of the first, of which a tenth is hers.
    assert!(world.read_pool().contested.abs_diff(10_000 * UNIT) < 2);
    let bond = case(&mut world, &second).bond;
    assert_eq!(bond, 500 * UNIT, "a thousandth of 390,000 is less than the product's own");
    let got = collect(&mut world, "mallory", 0);
    until_settleable(&mut world, &first);
    world.settle(0, 0).ok();
    // The first is paid: the second's turn, which comes to nothing.
    assert_eq!(case(&mut world, &first).settled, 100_000 * UNIT);
    nobody_votes(&mut world, &second);
    world.settle(0, 1).ok();
    world.release_contested(&second, 0).fails(E::NothingDue);
    // Nothing is left of what she had there: the ticket ends with a release of nothing.
    world.release_contested(&first, 0).ok();
    world.collect_exit("mallory", 0).ok();
    assert!(got.abs_diff(100_000 * UNIT - 10_000 * UNIT) < 1_000 * UNIT, "{got}");
    world.check_books();
}
