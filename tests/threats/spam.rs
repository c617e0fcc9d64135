//! T25: what a spam of incidents costs, and that it takes nobody's right.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, incident_report};
use solana_signer::Signer as _;

/// Ends the `nth` incident of product 0 and reports the next, in one transaction: nobody gets in between.
fn end_and_report_again(world: &mut Play, nth: u32) {
    let now = world.now();
    let end = world.settle_accounts(0, nth).instruction();
    let report = world.open_incident_accounts("sam", 0, nth + 1).instruction(&incident_report(now));
    world.send_all(&[end, report], &["sam"]).ok();
}

/// A court with cover on product 0 and sam, who has money for bonds.
fn spammed() -> Play {
    let mut world = court();
    cover(&mut world, "emil", 0, 100_000 * UNIT);
    world.fund("sam", 1_000_000 * UNIT);
    world.pass_days(3);
    world
}

#[test]
fn t25_hold_exits_up_with_report_after_report() {
    let mut world = spammed();
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let (began, held, before) = (world.now(), world.balance("sam"), world.read_pool());
    let now = world.now();
    world.open_incident("sam", 0, 0, now).ok();
    // Each is rejected as fast as can be; each costs twice the last, up to sixteen times the first.
    let bonds = [1, 2, 4, 8, 16, 16].map(|times| times * BOND);
    for (nth, bond) in (0..).zip(bonds) {
        let incident = world.incident(0, nth);
        assert_eq!(case(&mut world, &incident).bond, bond);
        world.settle_epoch(day).fails(E::ExitBlocked);
        close_against(&mut world, 0, nth);
        world.settle_epoch(day).fails(E::ExitBlocked);
        if nth < 5 {
            end_and_report_again(&mut world, nth);
        }
    }
    world.settle(0, 5).ok();
    // Late reports have two days after the last.
    wait_for_late_reports(&mut world, day);
    let (days, after) = ((world.now() - began) / DAY, world.read_pool());
    let cost = held - world.balance("sam");
    println!(
        "reports against a jury that rejects each at once: exits wait {days} days for {} units, {} a day",
        cost / UNIT,
        cost / UNIT / days
    );
    assert_eq!((cost, days), (bonds.iter().sum(), 14));
    // All of it is the LPs', over a week each, and the assessors', to the atom.
    assert_eq!(after.other_income - before.other_income, cost / 2);
    assert_eq!(after.assessors - before.assessors, cost / 2);
    assert_eq!(after.bonds, 0);
    // Who had to wait leaves at once, with a part of it: of the first two bonds all that is due to half of the pool.
    let left = leave(&mut world, "honest", 0, day);
    assert!(left > HALF + (bonds[0] + bonds[1]) / 4, "{left}");
    world.check_books();
}

#[test]
fn t25_what_one_report_holds_up() {
    // A majority that rejects it at once, a minority that leaves it open for three days, a jury that does not come, and
    // the arbiter in its place.
    let mut rows = Vec::new();
    for how in ["at once", "in three days", "by nobody", "by the arbiter"] {
        let mut world = spammed();
        let (began, held, before) = (world.now(), world.balance("sam"), world.read_pool());
        world.open_incident("sam", 0, 0, began).ok();
        let incident = world.incident(0, 0);
        match how {
            "at once" => close_against(&mut world, 0, 0),
            "in three days" => {
                world.vote("walt", &incident, 0).ok();
                world.pass_days(3);
                world.close_ballot(&incident).ok();
                world.pass_days(2);
            }
            _ => {
                for days in [3, 6] {
                    world.pass_days(days);
                    world.close_ballot(&incident).ok();
                }
                if how == "by nobody" {
                    world.pass(2 * DAY - 1);
                    world.settle(0, 0).fails(E::AppealWindowOpen);
                    world.pass(1);
                } else {
                    world.arbitrate("arbiter", &incident, 0).ok();
                }
            }
        }
        world.settle(0, 0).ok();
        if how == "by nobody" {
            world.collect_bond("sam", &incident).ok();
        }
        let (days, cost, after) = ((world.now() - began) / DAY, held - world.balance("sam"), world.read_pool());
        println!("rejected {how}: {days} days for {} units, {} a day", cost / UNIT, cost / UNIT / days);
        let income = [after.other_income - before.other_income, after.assessors - before.assessors];
        assert_eq!(income, [cost / 2; 2]);
        rows.push((days, cost));
        world.check_books();
    }
    assert_eq!(rows, [(2, BOND), (5, BOND), (11, 0), (9, BOND)]);
}

#[test]
fn t25_raise_the_price_of_a_report() {
    // Reports that nobody votes on cost nothing but time, and yet they are remembered.
    let mut world = spammed();
    let held = world.balance("sam");
    for nth in 0..4 {
        let now = world.now();
        world.open_incident("sam", 0, nth, now).ok();
        let incident = world.incident(0, nth);
        for days in [3, 6] {
            world.pass_days(days);
            world.close_ballot(&incident).ok();
        }
        world.pass_days(2);
        world.settle(0, nth).ok();
        world.collect_bond("sam", &incident).ok();
    }
    let incident = open(&mut world, 0, 4);
    let (bond, appeal) = (case(&mut world, &incident).bond, tally(&mut world, &incident).appeal_bond);
    let cost = held - world.balance("sam");
    println!("for {cost} atoms a report takes a bond of {}, its appeal one of {}", bond / UNIT, appeal / UNIT);
    assert_eq!((cost, bond, appeal), (0, 16 * BOND, 32 * BOND));
    // Who is right has it back.
    let held = world.balance("opal");
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    let ends = case(&mut world, &incident).disputes_end_at;
    until(&mut world, ends);
    world.settle(0, 4).ok();
    world.collect_bond("opal", &incident).ok();
    assert_eq!(world.balance("opal") - held, bond);
}

#[test]
fn t25_the_memory_of_a_rejected_report() {
    for (early, bond) in [(1, 2 * BOND), (0, BOND)] {
        let mut world = spammed();
        let now = world.now();
        world.open_incident("sam", 0, 0, now).ok();
        reject(&mut world, 0, 0);
        let rejected = world.now();
        until(&mut world, rejected + 30 * DAY - early);
        let incident = open(&mut world, 0, 1);
        assert_eq!(case(&mut world, &incident).bond, bond);
        assert_eq!(tally(&mut world, &incident).appeal_bond, 2 * bond);
    }
}

/// How late after the spam the event is reported: at once, in the last second of the two days, a second too late.
const LATE: [u64; 3] = [0, 2 * DAY - 1, 2 * DAY];

#[test]
fn t25_report_an_event_during_spam() {
    for late in LATE {
        let mut world = court();
        let policy = insure(&mut world, 0, 100_000 * UNIT, 10);
        world.fund("sam", 1_000_000 * UNIT);
        world.pass_days(4);
        let now = world.now();
        world.open_incident("sam", 0, 0, now).ok();
        world.pass_days(1);
        let occurred = world.now();
        // Fifty days without a gap: the report window, the policy and its grace pass.
        for nth in 0..10 {
            world.open_incident("opal", 0, nth + 1, occurred).fails(E::IncidentOpen);
            let incident = world.incident(0, nth);
            world.vote("walt", &incident, 0).ok();
            world.pass_days(3);
            world.close_ballot(&incident).ok();
            world.pass_days(2);
            if nth < 9 {
                end_and_report_again(&mut world, nth);
            }
        }
        assert!(world.now() > occurred + 45 * DAY);
        world.close_policy(0, &policy).fails(E::IncidentOpen);
        world.settle(0, 9).ok();
        assert_eq!(world.read_product(0).active_cover, 0, "its capacity is free again");
        world.pass(late);
        if late == 2 * DAY {
            // Now it is too late, and the policy's account closes.
            world.open_incident("opal", 0, 10, occurred).fails(E::ReportWindowOver);
            world.close_policy(0, &policy).ok();
            continue;
        }
        // Till then the policy stays, and its event is reported and paid in full.
        world.close_policy(0, &policy).fails(E::LateReportPossible);
        world.fund("opal", 10_000 * UNIT);
        world.open_incident("opal", 0, 10, occurred).ok();
        let incident = world.incident(0, 10);
        file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
        world.close_policy(0, &policy).fails(E::IncidentOpen);
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        let ends = case(&mut world, &incident).disputes_end_at;
        until(&mut world, ends);
        world.settle(0, 10).ok();
        let held = world.balance("dora");
        world.payout("dora", &policy, &incident).ok();
        assert_eq!(world.balance("dora") - held, 95_000 * UNIT + 950 * UNIT);
        world.collect_bond("opal", &incident).ok();
        world.check_books();
    }
}

#[test]
fn t25_report_on_one_product_after_another() {
    // Each product remembers its own rejected reports: three of them in turn keep exits waiting at the first price.
    let mut world = spammed();
    for (index, holder) in [(1, "fay"), (2, "gus")] {
        cover(&mut world, holder, index, 100_000 * UNIT);
    }
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let (began, held, before) = (world.now(), world.balance("sam"), world.read_pool());
    let now = world.now();
    world.open_incident("sam", 0, 0, now).ok();
    for index in 0..3 {
        close_against(&mut world, index, 0);
        if index < 2 {
            let now = world.now();
            world.open_incident("sam", index + 1, 0, now).ok();
        }
        world.settle(index, 0).ok();
        if index < 2 {
            world.settle_epoch(day).fails(E::ExitBlocked);
        }
    }
    wait_for_late_reports(&mut world, day);
    let (days, cost, after) = ((world.now() - began) / DAY, held - world.balance("sam"), world.read_pool());
    println!("three products in turn: {days} days for {} units, {} a day", cost / UNIT, cost / UNIT / days);
    assert_eq!((days, cost), (8, 3 * BOND));
    assert_eq!([after.other_income - before.other_income, after.assessors - before.assessors], [cost / 2; 2]);
    leave(&mut world, "honest", 0, day);
    world.check_books();
}

#[test]
fn t25_leave_ahead_of_a_late_report() {
    let mut world = court();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 10);
    world.fund("sam", 1_000_000 * UNIT);
    world.pass_days(4);
    let now = world.now();
    world.open_incident("sam", 0, 0, now).ok();
    world.pass_days(1);
    // The loss is known to everyone. Both LPs ask to leave, which waits.
    let occurred = world.now();
    let days = ["mallory", "honest"].map(|name| ask_for_all(&mut world, name, 0));
    for nth in 0..8 {
        let incident = world.incident(0, nth);
        world.vote("walt", &incident, 0).ok();
        world.pass_days(3);
        world.close_ballot(&incident).ok();
        world.pass_days(2);
        world.settle_epoch(days[0]).fails(if nth == 0 { E::ExitNotDue } else { E::ExitBlocked });
        if nth < 7 {
            end_and_report_again(&mut world, nth);
        }
    }
    world.close_policy(0, &policy).fails(E::IncidentOpen);
    // Not in one transaction with the end of the last report, nor within the two days for late reports.
    let end = world.settle_accounts(0, 7).instruction();
    let exits = world.settle_epoch_accounts(days[0], None).instruction();
    world.send_all(&[end.clone(), exits.clone()], &[]).fails(E::ExitBlocked);
    world.send(end, &[]).ok();
    world.pass(2 * DAY - 1);
    world.send(exits.clone(), &[]).fails(E::ExitBlocked);
    world.close_policy(0, &policy).fails(E::LateReportPossible);
    // It is, in the last second.
    world.fund("opal", 10_000 * UNIT);
    world.open_incident("opal", 0, 8, occurred).ok();
    world.pass(1);
    world.send(exits.clone(), &[]).fails(E::ExitBlocked);
    let incident = world.incident(0, 8);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    let ends = case(&mut world, &incident).disputes_end_at;
    until(&mut world, ends);
    world.send(exits, &[]).fails(E::ExitBlocked);
    world.settle(0, 8).ok();
    let held = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.balance("dora") - held, 190_000 * UNIT + 1_900 * UNIT, "the loss in full, and the bond");
    // Both LPs bore half of it before they leave, with what the spam has brought them.
    wait_for_late_reports(&mut world, days[0]);
    let left = [leave(&mut world, "mallory", 0, days[0]), {
        let before = world.balance("honest");
        world.collect_exit("honest", 0).ok();
        world.balance("honest") - before
    }];
    assert!(left[0].abs_diff(left[1]) <= 1 && left[0] < HALF - 80_000 * UNIT, "{left:?}");
    world.check_books();
}

#[test]
fn t25_send_lamports_to_addresses_that_will_be_used() {
    let mut world = court();
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.pass_days(3);
    let incident = world.incident(0, 0);
    let claim = coverage_client::claim_address(&incident, &policy);
    let voter = |name| coverage_client::voter_address(&world.assembly(), &world.key(name));
    let ballots = [ballot_address(&incident), ballot_address(&claim)];
    let ahead = [
        incident,
        claim,
        ballots[0],
        ballots[1],
        dispute_address(&claim, &world.key("mallory")),
        vote_record_address(&ballots[0], &voter("vera"), 0),
        vote_record_address(&ballots[1], &voter("vera"), 0),
        voter("yann"),
    ];
    let bank = world.chain.bank().pubkey();
    for address in ahead {
        let gift = solana_system_interface::instruction::transfer(&bank, &address, 1_000_000);
        world.send(gift, &[]).ok();
    }
    world.stake("yann", UNIT).ok();
    open(&mut world, 0, 0);
    world.vote("vera", &incident, 1).ok();
    file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
    world.dispute("mallory", &policy, &incident, 0).ok();
    world.pass_days(3);
    world.vote("vera", &claim, 0).ok();
}
