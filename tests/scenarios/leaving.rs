//! Leaving while incidents are open, in numbers: the tables of docs/leaving.md.

use crate::page;
use coverage_client::{BallotState, ExitEpoch, Incident, IncidentState, PoolParams, ballot_address};
use coverage_math::{DAY, day_of};
use harness::{Chain, LiteChain, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use std::fmt::Write as _;

type Play = World<LiteChain>;

/// Ten LPs of 100,000 units each in a pool of leverage one with so many products, and a jury of vera, who has the majority.
fn pool(products: u16) -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() };
    world.create_pool(0, params).ok();
    for index in 0..products {
        world.list_product(index, product_params(&format!("Product {index}"))).ok();
    }
    for name in ["vera", "walt"] {
        world.stake(name, if name == "vera" { 600 } else { 300 } * UNIT).ok();
        world.fund(name, 0);
    }
    for lp in 0..10 {
        world.fund(&lp_name(lp), 100_000 * UNIT);
        world.deposit(&lp_name(lp), 100_000 * UNIT).ok();
    }
    world.fund("sam", 1_000_000 * UNIT);
    world.begin_sales();
    world
}

fn lp_name(lp: u16) -> String {
    format!("lp {lp}")
}

fn until(world: &mut Play, time: u64) {
    let now = world.now();
    world.pass(time.checked_sub(now).expect("a time to come"));
}

/// What becomes of a report.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Fate {
    VotedDown,
    NotVotedOn,
    Accepted,
    Disputed,
    Appealed,
}

impl Fate {
    fn words(self) -> &'static str {
        match self {
            Self::VotedDown => "voted down",
            Self::NotVotedOn => "not voted on",
            Self::Accepted => "accepted, half of it claimed",
            Self::Disputed => "accepted, the claim disputed and nobody votes on that",
            Self::Appealed => "accepted, appealed, accepted again",
        }
    }

    fn counts(self) -> bool {
        !matches!(self, Self::VotedDown | Self::NotVotedOn)
    }
}

/// A report, and what is known of it.
struct Report {
    index: u16,
    nth: u32,
    fate: Fate,
    incident: Address,
    /// When it ended, seconds after it was made.
    ended: Option<u64>,
    /// What each exit epoch had in it, atoms, and when it came back, seconds after it ended.
    back: Vec<(u64, u64)>,
}

/// Sam reports something on a product; the holder claims half of the cover, and the jury does what it will do.
fn report(world: &mut Play, index: u16, nth: u32, fate: Fate, cover: u64) -> Report {
    let (now, incident) = (world.now(), world.incident(index, nth));
    world.open_incident("sam", index, nth, now).ok();
    let (holder, policy) = (format!("holder {index}"), world.policy(index, &format!("holder {index}"), 0));
    if fate.counts() && nth == 0 {
        world.submit_claim(&holder, &policy, &incident, cover / 2).ok();
    }
    match fate {
        Fate::VotedDown => drop(world.vote("vera", &incident, 0).ok()),
        Fate::NotVotedOn => {}
        _ => drop(world.vote("vera", &incident, 1).ok()),
    }
    if fate == Fate::Disputed {
        world.dispute("sam", &policy, &incident, 0).ok();
    }
    if fate == Fate::Appealed {
        world.close_ballot(&incident).ok();
        world.appeal("sam", &incident).ok();
        world.vote_appeal("vera", &incident, 1).ok();
    }
    Report { index, nth, fate, incident, ended: None, back: Vec::new() }
}

/// A keeper takes every step that is due.
fn turn(world: &mut Play, reports: &mut [Report], epochs: u64) {
    for report in &mut *reports {
        let holder = format!("holder {}", report.index);
        let policy = world.policy(report.index, &holder, 0);
        if report.ended.is_some() {
            continue;
        }
        if report.fate == Fate::Disputed {
            world.close_ballot(&coverage_client::claim_address(&report.incident, &policy));
            world.resolve_dispute(&policy, &report.incident);
        }
        world.close_ballot(&report.incident);
        world.settle(report.index, report.nth);
        let read: Incident = world.chain.read(&report.incident);
        report.ended = (read.closed_at > 0).then(|| read.closed_at - read.opened_at);
    }
    for report in &mut *reports {
        for epoch in 0..epochs {
            if report.ended.is_none() || report.back.iter().any(|(number, _)| *number == epoch) {
                continue;
            }
            let before = world.read_epoch(epoch);
            if world.release_contested(&report.incident, epoch).result.is_ok() {
                let read: Incident = world.chain.read(&report.incident);
                let after: ExitEpoch = world.read_epoch(epoch);
                if after.contested_incidents < before.contested_incidents {
                    report.back.push((epoch, world.now() - read.closed_at));
                }
            }
        }
    }
    world.pay_exits();
}

/// 20 products with 3% of the capital each, an incident on every one of them, five in line on one; 30% of the shares leave.
#[test]
fn twenty_products_with_an_incident_each() {
    let mut world = pool(20);
    let cover = 30_000 * UNIT;
    for index in 0..20 {
        let holder = format!("holder {index}");
        world.fund(&holder, 10_000 * UNIT);
        world.buy(&holder, index, 0, cover, 200).ok();
    }
    world.pass_days(3);
    // Two ask on one day, and one on the next.
    let midnight = (day_of(world.now()) + 1) * DAY;
    let mut held = Vec::new();
    for (lp, seconds) in [(0, 1), (1, DAY), (2, DAY + 1)] {
        until(&mut world, midnight + seconds);
        let (name, shares) = (lp_name(lp), world.shares(&lp_name(lp)));
        held.push((name.clone(), shares));
        world.request_exit(&name, 0, shares).ok();
    }
    let days = [world.read_epoch(0).day, world.read_epoch(1).day];
    assert_eq!(days[1], days[0] + 1);

    // On the day before the first of them leaves. Two more reports on the first product come between the two days.
    until(&mut world, days[0] * DAY - DAY / 2);
    let fates = [Fate::VotedDown, Fate::NotVotedOn, Fate::Accepted, Fate::Disputed, Fate::Appealed];
    let mut reports = vec![report(&mut world, 0, 0, Fate::Accepted, cover)];
    for nth in 1..3 {
        reports.push(report(&mut world, 0, nth, [Fate::NotVotedOn, Fate::VotedDown][nth as usize - 1], cover));
    }
    for index in 1..20 {
        reports.push(report(&mut world, index, 0, fates[usize::from(index) % 5], cover));
    }
    let mut paid_at = [0; 2];
    let began = world.now();
    // A keeper looks every six hours, at midnight first.
    for quarter in 0..(60 * 4) {
        if world.now() == days[0] * DAY + DAY / 2 {
            reports.push(report(&mut world, 0, 3, Fate::Accepted, cover));
            reports.push(report(&mut world, 0, 4, Fate::NotVotedOn, cover));
        }
        turn(&mut world, &mut reports, 2);
        for epoch in 0..2 {
            if paid_at[epoch] == 0 && world.read_epoch(epoch as u64).is_paid() {
                paid_at[epoch] = world.now();
            }
        }
        if reports.iter().all(|report| report.ended.is_some()) && quarter > 60 {
            break;
        }
        until(&mut world, began + (quarter + 1) * DAY / 4);
    }
    assert_eq!(paid_at, days.map(|day| day * DAY), "the free part, in the first second of the day");
    // Every part of every incident came back with its end, in the order of the epochs, and nothing is left.
    assert_eq!(world.read_pool().contested_incidents, 0);
    let mut table = String::from(
        "| products | reports | ended after, days | back at the latest after, hours |\n| --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<(String, u64, u64, Vec<u16>)> = Vec::new();
    for report in &reports {
        let ended = report.ended.expect("it ended");
        let back = report.back.iter().map(|(_, back)| *back).max().unwrap_or(0);
        assert!(back <= DAY, "within a day");
        let what = if report.index == 0 {
            format!("{} of five in line: {}", report.nth + 1, report.fate.words())
        } else {
            report.fate.words().into()
        };
        let days = ended.div_ceil(DAY);
        match rows.iter_mut().find(|row| row.0 == what && row.1 == days) {
            Some(row) => row.3.push(report.index),
            None => rows.push((what, days, back / 3_600, vec![report.index])),
        }
    }
    for (what, days, hours, products) in rows {
        let products: Vec<_> = products.iter().map(u16::to_string).collect();
        writeln!(table, "| {} | {what} | {days} | {hours} |", products.join(", ")).expect("a string");
    }
    for (name, shares) in held {
        world.collect_exit(&name, 0).ok();
        let got = world.balance(&name);
        println!("{name}: {got} atoms of {shares} shares");
    }
    for epoch in 0..2 {
        assert!(world.read_epoch(epoch).is_over());
        world.close_epoch(epoch).ok();
    }
    world.check_books();
    let _ = (BallotState::Open, IncidentState::Open, ballot_address(&world.incident(0, 0)));
    println!("{table}");
    page::shows("twenty products", &table);
}
