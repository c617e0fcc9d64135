//! T25: what a spam of incidents costs, and that it takes nobody's right.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use solana_address::Address;
use solana_signer::Signer as _;

/// A court with cover on product 0 and sam, who has money for bonds.
fn spammed() -> Play {
    let mut world = court();
    cover(&mut world, "emil", 0, 100_000 * UNIT);
    world.fund("sam", 1_000_000 * UNIT);
    world.pass_days(3);
    world
}

/// Sam reports what happened now on a product, and loses: the jury's majority is against it at once.
fn report_in_vain(world: &mut Play, index: u16, nth: u32) -> Address {
    let now = world.now();
    world.open_incident("sam", index, nth, now).ok();
    let incident = world.incident(index, nth);
    world.vote("vera", &incident, 0).ok();
    world.close_ballot(&incident).ok();
    incident
}

/// Six reports in line on one product in the second before an exit is due, and six one after the other from there on.
#[test]
fn t25_hold_exits_up_with_report_after_report() {
    for at_once in [true, false] {
        let mut world = spammed();
        let day = ask_for_all(&mut world, "honest", 0);
        until(&mut world, day * DAY - 1);
        let (began, held, before) = (world.now(), world.balance("sam"), world.read_pool());
        // Each costs twice the last, undecided or rejected, up to sixteen times the first.
        let bonds = [1, 2, 4, 8, 16, 16].map(|times| times * BOND);
        let mut incidents = Vec::new();
        let mut left = 0;
        for (nth, bond) in (0..).zip(bonds) {
            let incident = report_in_vain(&mut world, 0, nth);
            assert_eq!(case(&mut world, &incident).bond, bond);
            incidents.push(incident);
            if at_once {
                continue;
            }
            if nth == 0 {
                // What is free leaves on its day; of the lien, however often it is reported, honest's half stays behind.
                left = leave(&mut world, "honest", 0, day);
            }
            read_verdict(&mut world, &incident);
            world.settle(0, nth).ok();
        }
        if at_once {
            left = leave(&mut world, "honest", 0, day);
            let contested = world.read_pool().contested;
            assert!(contested.abs_diff(50_000 * UNIT) < 2, "{contested}");
            for (nth, incident) in (0..).zip(&incidents) {
                read_verdict(&mut world, incident);
                world.settle(0, nth).ok();
            }
        }
        // The last one reported before the payment has all of it, and it ended as fast as any.
        let bearer = if at_once { 5 } else { 0 };
        let back = case(&mut world, &incidents[bearer]).closed_at;
        left += take_back(&mut world, "honest", 0, &incidents[bearer]);
        for (nth, incident) in incidents.iter().enumerate() {
            if nth != bearer {
                world.release_contested(incident, 0).fails(E::NothingDue);
            }
        }
        assert!(
            world.chain.account(&exit_ticket_address(&world.pool(), &world.key("honest"), 0)).is_none(),
            "all of it"
        );
        assert!(left >= HALF, "{left}");
        let (cost, after) = (held - world.balance("sam"), world.read_pool());
        println!(
            "six reports {}: nobody waits, a tenth of an exit {} days, for {} units",
            if at_once { "at once" } else { "in turn" },
            (back - began).div_ceil(DAY),
            cost / UNIT
        );
        assert_eq!((cost, (back - began) / DAY), (bonds.iter().sum(), 2));
        // All of it is the LPs', over a week each, and the assessors', to the atom.
        // All but an atom or two that roundings left of what was contested.
        assert!(after.other_income - before.other_income - cost / 2 < 8);
        assert_eq!(after.assessors - before.assessors, cost / 2);
        assert_eq!(after.bonds, 0);
        world.check_books();
    }
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
                    world.pass_days(2);
                }
            }
        }
        world.settle(0, 0).ok();
        if how.starts_with("by") {
            world.collect_bond("sam", &incident).ok();
        }
        let (days, cost, after) = ((world.now() - began) / DAY, held - world.balance("sam"), world.read_pool());
        println!("rejected {how}: {days} days for {} units, {} a day", cost / UNIT, cost / UNIT / days);
        let income = [after.other_income - before.other_income, after.assessors - before.assessors];
        assert_eq!(income, [cost / 2; 2]);
        rows.push((days, cost));
        world.check_books();
    }
    assert_eq!(rows, [(2, BOND), (5, BOND), (11, BOND / 4), (11, BOND / 4)]);
}

#[test]
fn t25_raise_the_price_of_a_report() {
    // Reports that nobody votes on cost a quarter of their bonds, and they are remembered.
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
        read_verdict(&mut world, &incident);
        world.settle(0, nth).ok();
        world.collect_bond("sam", &incident).ok();
    }
    let incident = open(&mut world, 0, 4);
    let (bond, appeal) = (case(&mut world, &incident).bond, tally(&mut world, &incident).appeal_bond);
    let cost = held - world.balance("sam");
    println!("for {} units a report takes a bond of {}, its appeal one of {}", cost / UNIT, bond / UNIT, appeal / UNIT);
    assert_eq!((cost, bond, appeal), ((1 + 2 + 4 + 8) * BOND / 4, 16 * BOND, 32 * BOND));
    // Who is right has it back.
    let held = world.balance("opal");
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    until_settleable(&mut world, &incident);
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

/// Reports on one product without a gap, for as long as the event of a holder can be reported: it is, at once or in the last
/// second, stands in line, and is paid in full.
#[test]
fn t25_report_an_event_during_spam() {
    for late in [0, 29 * DAY, 30 * DAY - 1, 30 * DAY] {
        let mut world = court();
        let policy = insure(&mut world, 0, 100_000 * UNIT, 10);
        world.fund("sam", 1_000_000 * UNIT);
        world.fund("opal", 10_000 * UNIT);
        world.pass_days(4);
        let occurred = world.now();
        let mut spam = 0;
        // Two are always open: the next is reported before the last ends.
        while world.now() + 2 * DAY <= occurred + late {
            report_in_vain(&mut world, 0, spam);
            let ends = world.now() + 2 * DAY;
            if spam > 0 {
                let before = world.incident(0, spam - 1);
                read_verdict(&mut world, &before);
                world.settle(0, spam - 1).ok();
            }
            until(&mut world, ends - 1);
            spam += 1;
        }
        until(&mut world, occurred + late);
        if late == 30 * DAY {
            world.open_incident("opal", 0, spam, occurred).fails(E::ReportWindowOver);
            continue;
        }
        world.close_policy(0, &policy).fails(if spam > 0 { E::IncidentOpen } else { E::PolicyAlive });
        let incident = report_at(&mut world, 0, spam, occurred);
        file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
        world.close_ballot(&incident).ok();
        until_settleable(&mut world, &incident);
        if spam > 0 {
            world.settle(0, spam).fails(E::EarlierIncidentOpen);
            let last = world.incident(0, spam - 1);
            read_verdict(&mut world, &last);
            world.settle(0, spam - 1).ok();
        }
        world.settle(0, spam).ok();
        let held = world.balance("dora");
        world.payout("dora", &policy, &incident).ok();
        assert_eq!(world.balance("dora") - held, 95_000 * UNIT + 950 * UNIT);
        world.collect_bond("opal", &incident).ok();
        world.check_books();
    }
}

#[test]
fn t25_report_on_one_product_after_another() {
    // Each product remembers its own rejected reports: three of them at once, at the first price.
    let mut world = spammed();
    for (index, holder) in [(1, "fay"), (2, "gus")] {
        cover(&mut world, holder, index, 100_000 * UNIT);
    }
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let (began, held, before) = (world.now(), world.balance("sam"), world.read_pool());
    let incidents = [0, 1, 2].map(|index| report_in_vain(&mut world, index, 0));
    let mut left = leave(&mut world, "honest", 0, day);
    for (index, incident) in (0..).zip(&incidents) {
        read_verdict(&mut world, incident);
        world.settle(index, 0).ok();
        world.release_contested(incident, 0).ok();
    }
    left += collect(&mut world, "honest", 0);
    let (days, cost, after) = ((world.now() - began) / DAY, held - world.balance("sam"), world.read_pool());
    println!("three products at once: three tenths of an exit {days} days for {} units", cost / UNIT);
    assert_eq!((days, cost), (2, 3 * BOND));
    assert!(left >= HALF, "{left}");
    assert_eq!(after.assessors - before.assessors, cost / 2);
    // And an atom or two that roundings left of what was contested.
    assert!(after.other_income - before.other_income - cost / 2 < 8);
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
        vote_record_address(&ballots[0], &voter("vera")),
        vote_record_address(&ballots[1], &voter("vera")),
        voter("yann"),
        exit_epoch_address(&world.pool(), 0),
        exit_ticket_address(&world.pool(), &world.key("honest"), 0),
    ];
    let bank = world.chain.bank().pubkey();
    for address in ahead {
        let gift = solana_system_interface::instruction::transfer(&bank, &address, 1_000_000);
        world.send(gift, &[]).ok();
    }
    world.stake("yann", UNIT).ok();
    ask_for_all(&mut world, "honest", 0);
    open(&mut world, 0, 0);
    world.vote("vera", &incident, 1).ok();
    file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("mallory", &policy, &incident).ok();
    world.vote("vera", &claim, 0).ok();
}
