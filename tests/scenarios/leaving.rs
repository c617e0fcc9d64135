//! Leaving in numbers: the tables of docs/leaving.md. All amounts in them are whole units, rounded down.

use crate::page;
use coverage_client::{Incident, Policy, PoolParams, claim_address};
use coverage_math::{DAY, day_of};
use harness::{Chain, LiteChain, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use std::fmt::Write as _;

type Play = World<LiteChain>;

/// What each of ten LPs deposits, atoms.
const TENTH: u64 = 100_000 * UNIT;
/// How often a keeper looks, seconds.
const ROUND: u64 = DAY / 4;

/// Ten LPs in a pool of leverage one with so many products, and a jury of vera, who has the majority, and walt.
fn pool(products: u16) -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() };
    world.create_pool(0, params).ok();
    for index in 0..products {
        world.list_product(index, product_params(&format!("Product {index}"))).ok();
    }
    for (voter, units) in [("vera", 600), ("walt", 300)] {
        world.fund(voter, 0);
        world.stake(voter, units * UNIT).ok();
    }
    for lp in 0..10 {
        world.fund(&lp_name(lp), TENTH);
        world.deposit(&lp_name(lp), TENTH).ok();
    }
    world.fund("sam", 1_000_000 * UNIT);
    world.begin_sales();
    world
}

fn lp_name(lp: u16) -> String {
    format!("lp {lp}")
}

fn holder(index: u16) -> String {
    format!("holder {index}")
}

/// A holder buys a product's only policy.
fn insure(world: &mut Play, index: u16, amount: u64, days: u16) {
    world.fund(&holder(index), amount / 10);
    world.buy(&holder(index), index, 0, amount, days).ok();
}

/// An LP asks out with everything.
fn ask(world: &mut Play, lp: u16) {
    let (name, shares) = (lp_name(lp), world.shares(&lp_name(lp)));
    world.request_exit(&name, 0, shares).ok();
}

/// Pays an LP's ticket and returns what it has had so far.
fn collect(world: &mut Play, lp: u16) -> u64 {
    world.collect_exit(&lp_name(lp), 0).ok();
    world.balance(&lp_name(lp))
}

/// What a tenth of the first shares is worth to one who stays.
fn stayed(world: &mut Play) -> u64 {
    world.roll_product(0).ok();
    let shares = world.shares(&lp_name(9));
    world.read_pool().worth(shares).expect("a worth")
}

fn until(world: &mut Play, time: u64) {
    let now = world.now();
    world.pass(time.checked_sub(now).expect("a time to come"));
}

/// What becomes of a report.
#[derive(Clone, Copy, PartialEq, Eq)]
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
            Self::Accepted => "accepted",
            Self::Disputed => "accepted; its claim disputed, and that not voted on",
            Self::Appealed => "accepted, appealed, accepted again",
        }
    }
}

/// A report, and what became of it.
struct Report {
    index: u16,
    nth: u32,
    fate: Fate,
    incident: Address,
    made: u64,
    /// When it ended, unix seconds; 0 before.
    ended: u64,
    /// When the last exit epoch had its part back, unix seconds; 0 when none had one.
    back: u64,
}

impl Report {
    /// Sam reports something on a product; the holder files a claim of half of the cover in its first report, if that counts;
    /// vera and sam do what they will do.
    fn make(world: &mut Play, index: u16, nth: u32, fate: Fate) -> Self {
        let (made, incident) = (world.now(), world.incident(index, nth));
        let policy = world.policy(index, &holder(index), 0);
        world.open_incident("sam", index, nth, made).ok();
        if nth == 0 && !matches!(fate, Fate::VotedDown | Fate::NotVotedOn) {
            let loss = world.chain.read::<Policy>(&policy).amount / 2;
            world.submit_claim(&holder(index), &policy, &incident, loss).ok();
        }
        if fate != Fate::NotVotedOn {
            world.vote("vera", &incident, u8::from(fate != Fate::VotedDown)).ok();
        }
        if fate == Fate::Appealed {
            world.close_ballot(&incident).ok();
            world.appeal("sam", &incident).ok();
            world.vote("vera", &incident, 1).ok();
        }
        Self { index, nth, fate, incident, made, ended: 0, back: 0 }
    }

    /// Takes the steps that are due.
    fn turn(&mut self, world: &mut Play) {
        if self.ended > 0 {
            return;
        }
        world.close_ballot(&self.incident);
        if self.fate == Fate::Disputed {
            let policy = world.policy(self.index, &holder(self.index), 0);
            world.decide(self.index, self.nth);
            world.dispute("sam", &policy, &self.incident);
            world.close_ballot(&claim_address(&self.incident, &policy));
            world.resolve_dispute(&policy, &self.incident);
        }
        world.settle(self.index, self.nth);
        self.ended = world.chain.read::<Incident>(&self.incident).closed_at;
    }

    /// Gives the exit epochs, in their order, back what they have in it.
    fn release(&mut self, world: &mut Play, epochs: u64) {
        for epoch in 0..epochs {
            if self.ended > 0 && world.release_contested(&self.incident, epoch).result.is_ok() {
                self.back = world.now();
            }
        }
    }

    fn name(&self) -> String {
        match self.index {
            0 => format!("{} of five in line: {}", self.nth + 1, self.fate.words()),
            _ => self.fate.words().into(),
        }
    }
}

/// 20 products with 3% of the capital each, an incident on every one of them, five in line on one; 30% of the shares leave.
#[test]
fn twenty_products_with_an_incident_each() {
    let mut world = pool(20);
    for index in 0..20 {
        insure(&mut world, index, 30_000 * UNIT, 200);
    }
    world.pass_days(3);
    // Two ask on one day, the first second and the last of it, and one on the next.
    let midnight = (day_of(world.now()) + 1) * DAY;
    for (lp, seconds) in [(0, 1), (1, DAY), (2, DAY + 1)] {
        until(&mut world, midnight + seconds);
        ask(&mut world, lp);
    }
    let days = [world.read_epoch(0).day, world.read_epoch(1).day];
    assert_eq!(days[1], days[0] + 1);

    // All is reported half a day before the first of them leaves, but two of the five in line, which are half a day later.
    let fates = [Fate::VotedDown, Fate::NotVotedOn, Fate::Accepted, Fate::Disputed, Fate::Appealed];
    until(&mut world, days[0] * DAY - DAY / 2);
    let began = world.now();
    let mut reports: Vec<_> = (0..20)
        .map(|index| {
            Report::make(&mut world, index, 0, if index == 0 { Fate::Accepted } else { fates[usize::from(index) % 5] })
        })
        .collect();
    for (nth, fate) in [(1, Fate::NotVotedOn), (2, Fate::VotedDown)] {
        reports.push(Report::make(&mut world, 0, nth, fate));
    }
    let mut free = [0; 3];
    for round in 0..120 {
        if world.now() == days[0] * DAY + DAY / 2 {
            for (nth, fate) in [(3, Fate::Accepted), (4, Fate::NotVotedOn)] {
                reports.push(Report::make(&mut world, 0, nth, fate));
            }
        }
        reports.iter_mut().for_each(|report| report.turn(&mut world));
        reports.iter_mut().for_each(|report| report.release(&mut world, 2));
        world.pay_exits();
        for (lp, day) in [(0, days[0]), (1, days[0]), (2, days[1])] {
            if world.now() == day * DAY {
                free[lp as usize] = collect(&mut world, lp);
            }
        }
        until(&mut world, began + (round + 1) * ROUND);
    }

    // The free part came in the first second of the day, and all the others with the incidents' ends.
    let mut table = String::from(
        "| asked | leaves with, at once | comes back later | in the end | one who stayed |\n| --- | --- | --- | --- | --- |\n",
    );
    let stayed = stayed(&mut world);
    for (lp, asked) in [(0, "in a day's first second"), (1, "in its last"), (2, "a second later")] {
        let all = collect(&mut world, lp);
        let [at_once, later, all, stayed] =
            [free[usize::from(lp)], all - free[usize::from(lp)], all, stayed].map(|atoms| atoms / UNIT);
        assert!(at_once > 39_000 && all <= stayed);
        writeln!(table, "| {asked} | {at_once} | {later} | {all} | {stayed} |").expect("a string");
    }
    table.push_str(
        "\n| products | reports | ended after | the last part of it came back after |\n| --- | --- | --- | --- |\n",
    );
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    reports.sort_by_key(|report| (report.index, report.nth));
    for report in &reports {
        assert!(report.ended > 0 && report.back < report.ended + DAY, "within a day");
        let days = |time: u64| format!("{} days", (time - report.made).div_ceil(DAY));
        let back = if report.back == 0 { "the one behind it bears its part".into() } else { days(report.back) };
        let row = format!("{} | {} | {back} |", report.name(), days(report.ended));
        match rows.iter_mut().find(|(known, _)| *known == row) {
            Some((_, products)) => products.push(report.index.to_string()),
            None => rows.push((row, vec![report.index.to_string()])),
        }
    }
    for (row, products) in rows {
        writeln!(table, "| {} | {row}", products.join(", ")).expect("a string");
    }
    assert_eq!(world.read_pool().contested_incidents, 0);
    for epoch in 0..2 {
        assert!(world.read_epoch(epoch).is_over());
        world.close_epoch(epoch).ok();
    }
    world.check_books();
    println!("{table}");
    page::shows("twenty products", &table);
}

/// A pool that is sold out, whose cover ends a tenth a month; 30% of the shares leave. With an incident that nobody votes on, on
/// the product that ends last, open all the time and without.
#[test]
fn sold_out() {
    let mut tables = Vec::new();
    for with_reports in [false, true] {
        let mut world = pool(10);
        for index in 0..10 {
            // The last has what the premiums of the others have not yet made free.
            insure(&mut world, index, TENTH, 30 * (index + 1));
        }
        (0..3).for_each(|lp| ask(&mut world, lp));
        let (began, shares) = (world.now(), world.read_epoch(0).shares);
        let day = world.read_epoch(0).day;
        until(&mut world, day * DAY - ROUND);
        let (mut rows, mut spam) = (Vec::new(), Vec::<Report>::new());
        while !world.read_epoch(0).is_over() {
            // A report is always open: the next is made when the last has ended.
            if with_reports && spam.last().is_none_or(|report| report.ended > 0) && !world.read_epoch(0).is_paid() {
                let nth = spam.len().try_into().expect("few");
                spam.push(Report::make(&mut world, 9, nth, Fate::NotVotedOn));
            }
            for report in &mut spam {
                report.turn(&mut world);
                report.release(&mut world, 1);
            }
            (0..10).for_each(|index| drop(world.roll_product(index).ok()));
            let before = world.read_epoch(0);
            if world.pay_exits().is_err() {
                world.call_exits();
            }
            let after = world.read_epoch(0);
            if after.burned > before.burned {
                let active = world.read_pool().active_cover + world.read_pool().liened_cover;
                let percent = |part: u64| format!("{}.{}%", part * 100 / shares, part * 1_000 / shares % 10);
                rows.push(format!(
                    "| {} | {} | {} | {} |",
                    (world.now() - began) / DAY,
                    active / UNIT,
                    percent(after.burned - before.burned),
                    percent(after.burned)
                ));
            }
            let next = (world.now() / ROUND + 1) * ROUND;
            until(&mut world, next);
        }
        let got: u64 = (0..3).map(|lp| collect(&mut world, lp)).sum();
        assert!(got >= 3 * TENTH);
        world.check_books();
        tables.push(rows);
    }
    let mut table = String::from("| day | cover left | leaves | has left |\n| --- | --- | --- | --- |\n");
    for row in &tables[0] {
        writeln!(table, "{row}").expect("a string");
    }
    println!("{table}\nwith reports:\n{}", tables[1].join("\n"));
    page::shows("sold out", &table);
}

/// Nobody cranked anything for 600 days, with 20 incidents open on 20 products: one of the LPs takes every step alone.
#[test]
fn six_hundred_idle_days() {
    let mut world = pool(20);
    for index in 0..20 {
        insure(&mut world, index, 30_000 * UNIT, 30);
    }
    world.pass_days(3);
    (0..3).for_each(|lp| ask(&mut world, lp));
    let fates = [Fate::VotedDown, Fate::NotVotedOn, Fate::Accepted];
    let mut reports: Vec<_> =
        (0..20).map(|index| Report::make(&mut world, index, 0, fates[usize::from(index) % 3])).collect();
    world.pass_days(600);
    let began = world.now();
    let mut table = String::from("| day | step | has had of 100,000 |\n| --- | --- | --- |\n");
    let mut note = |world: &mut Play, step: &str| {
        let (day, had) = (600 + (world.now() - began) / DAY, world.balance(&lp_name(0)) / UNIT);
        writeln!(table, "| {day} | {step} | {had} |").expect("a string");
    };
    (0..20).for_each(|index| drop(world.roll_product(index).ok()));
    world.call_exits().ok();
    note(&mut world, "brings 20 products' books up to now, and calls the exits");
    world.pass_days(1);
    world.pay_exits().ok();
    collect(&mut world, 0);
    note(&mut world, "pays the exits: the free part");
    let mut steps = 0;
    let mut last = 0;
    while !world.read_epoch(0).is_over() {
        reports.iter_mut().for_each(|report| report.turn(&mut world));
        reports.iter_mut().for_each(|report| report.release(&mut world, 1));
        let ended = reports.iter().filter(|report| report.ended > 0).count();
        if ended > last {
            collect(&mut world, 0);
            note(&mut world, &format!("{} incidents have ended: their parts", ended - last));
            last = ended;
        }
        steps += 1;
        assert!(steps < 200, "it ends");
        world.pass(ROUND);
    }
    let got = world.balance(&lp_name(0));
    let stayed = stayed(&mut world);
    println!("{table}{} left with, {} stayed with", got / UNIT, stayed / UNIT);
    assert!(got <= stayed && got > 80_000 * UNIT);
    for lp in [1, 2] {
        collect(&mut world, lp);
    }
    world.close_epoch(0).ok();
    world.check_books();
    page::shows("idle", &table);
}
