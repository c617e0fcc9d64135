//! What a second enemy with money and patience plays. Each test says what the attack gains; where it works, the test asserts that it does.

use crate::{attacks::steep, court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World, authority_product, pool_params, product_params, trials::second_assembly};
use solana_address::Address;

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

fn policy(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// A pool of a million that has lost half of it, and nothing streams any more that was premium of the cover that was paid. Trent can give
/// the loss back. Returns its incident.
fn half_lost() -> (Play, Address) {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], season_days: 14, ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        let product = ProductParams { deductible_bps: 0, ..product_params("Whole") };
        world.list_product(3, product).ok();
    });
    world.fund("dora", HALF);
    world.buy("dora", 3, 0, HALF, 90).ok();
    let doras = world.policy(3, "dora", 0);
    world.pass_days(3);
    let incident = report(&mut world, 3, 0);
    world.submit_claim("dora", &doras, &incident, HALF).ok();
    accept(&mut world, 3, 0);
    world.payout("dora", &doras, &incident).ok();
    world.pass_days(120);
    world.roll_product(3).ok();
    assert_eq!(world.read_pool().income_left().unwrap(), 0);
    world.fund("trent", HALF);
    (world, incident)
}

/// Eve asks out so that she leaves on `day`, and leaves; what she has in the end.
fn leave_on(world: &mut Play, name: &str, day: u64) -> u64 {
    until_day(world, day - 7);
    let due = ask_for_all(world, name, 0);
    assert_eq!(due, day);
    leave(world, name, 0, due)
}

/// 1. A recovery streams by its size: 500,000 of 500,000 for a year. In instalments it does not: each is small, and what streams already
/// is not counted. Whoever gives back, or is a friend of the one who does, has it all stream in thirty days.
#[test]
fn give_back_in_instalments() {
    let (base, incident) = half_lost();
    let put = 9 * HALF;
    let mut ends = Vec::new();
    for parts in [1, 13] {
        let mut world = base.clone();
        world.fund("eve", put);
        world.deposit("eve", put).ok();
        let begun = world.now();
        for _ in 0..parts {
            world.recover("trent", &incident, HALF / parts).ok();
        }
        let days = world.read_pool().income_end_day - day_of(begun);
        let mut short = world.clone();
        // As short as she can, and for a month.
        let day = ask_for_all(&mut short, "eve", 0);
        let quick = leave(&mut short, "eve", 0, day) - put;
        let month = leave_on(&mut world, "eve", day_of(begun) + 31) - put;
        let rest = world.read_pool().capital + world.read_pool().unearned - base.clone().read_pool().capital;
        println!(
            "{parts} parts: streams {days} days; eve has {} of it in {} days, {} in 31; those who lost it get {}",
            whole(quick),
            day - day_of(begun),
            whole(month),
            whole(rest)
        );
        ends.push((days, quick, month));
        world.check_books();
    }
    assert!(ends[0].0 >= 360 && ends[0].2 < 45_000 * UNIT);
    assert!(ends[1].0 <= 31 && ends[1].1 > 100_000 * UNIT && ends[1].2 > 430_000 * UNIT);
}

/// Gifts of an amount so small that each moves the end of what streams by a day, until it ends by `end`, or a gift would have to be so
/// large that it streams for longer than a week. Returns what was given, and in how many gifts.
fn hurry(world: &mut Play, giver: &str, end: u64) -> (u64, u32) {
    let (mut given, mut times) = (0, 0);
    loop {
        let pool = world.read_pool();
        let left = pool.income_left().unwrap();
        let soonest = (world.now() + 7 * DAY).div_ceil(DAY);
        if pool.income_end_day <= end.max(soonest) {
            return (given, times);
        }
        let least = left.div_ceil(2 * (pool.income_end_day - soonest) - 1) + 1;
        if least > pool.seasoned_capital().unwrap() / 365 * 7 {
            return (given, times);
        }
        let vault = vault_address(&world.pool());
        let gift = transfer(world, giver, &vault, least);
        let absorb = AbsorbSurplus { pool: world.pool(), vault }.instruction();
        world.send_all(&[gift, absorb], &[giver]).ok();
        given += least;
        times += 1;
        assert!(world.read_pool().income_end_day < pool.income_end_day, "a day at least");
    }
}

/// 2. Income streams until the mean of what it came of, rounded to the nearest day: 0.14% of a recovery, given as a gift that streams in a
/// week, brings the end of all of it nearer by a day. Nine (or ninety-nine) times the capital comes ahead of an honest recovery, gives,
/// has its gifts back, and leaves with the recovery in weeks instead of a year.
#[test]
fn hurry_a_recovery_by_gifts() {
    let (base, incident) = half_lost();
    // In one second; or once more when what came is seasoned, so that larger gifts stream in a week, too.
    for (times, again) in [(9, false), (9, true), (99, false), (99, true)] {
        let mut world = base.clone();
        let put = times * HALF;
        world.fund("eve", put + 10 * HALF);
        let held = world.balance("eve");
        world.deposit("eve", put).ok();
        let came = day_of(world.now());
        // Not hers, in one piece.
        world.recover("trent", &incident, HALF).ok();
        let mut plain = world.clone();
        let (mut given, mut gifts) = hurry(&mut world, "eve", came + 30);
        let at_once = world.read_pool().income_end_day - came;
        if again {
            until_day(&mut world, came + 16);
            world.roll_product(0).ok();
            let (more, times) = hurry(&mut world, "eve", came + 25);
            given += more;
            gifts += times;
        }
        let day = world.read_pool().income_end_day + 1;
        leave_on(&mut world, "eve", day);
        leave_on(&mut plain, "eve", day);
        let gain = |world: &mut Play| world.balance("eve") as i64 - held as i64;
        let (with, without) = (gain(&mut world), gain(&mut plain));
        let owned = |world: &mut Play| world.read_pool().capital + world.read_pool().unearned;
        println!(
            "{times} times the capital: {gifts} gifts of {} in all; streams {at_once}, then {} days instead of a year; eve gains {} instead of {}; those who lost it have {} of 1,000,000 instead of {}",
            whole(given),
            day - 1 - came,
            with / UNIT as i64,
            without / UNIT as i64,
            whole(owned(&mut world)),
            whole(owned(&mut plain)),
        );
        assert!(with > without + 200_000 * UNIT as i64);
        world.check_books();
    }
}

/// Nobody votes on a report; the verdict is read and it ends.
fn let_pass(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    read_verdict(world, &incident);
    world.settle(index, nth).ok();
}

fn at_ritas<T>(world: &mut Play, play: impl FnOnce(&mut Play) -> T) -> T {
    world.convener = "rita";
    let result = play(world);
    world.convener = "founder";
    result
}

/// 3. One report of nothing, on which nobody voted, is remembered as long as the product covers something: months later, after its court has
/// decided others, a change of the pool's court reaches what was sold under the old one.
#[test]
fn a_report_of_long_ago_takes_the_court_of_live_policies() {
    for spam in [false, true] {
        let mut world = unlevered(7);
        let assembly = second_assembly(&mut world);
        world.fund("rosa", 0);
        at_ritas(&mut world, |world| world.stake("rosa", UNIT)).ok();
        let gus = cover(&mut world, "gus", 0, 800_000 * UNIT);
        world.pass_days(3);
        let held = world.balance("opal");
        let mut nth = 0;
        if spam {
            open(&mut world, 0, 0);
            let_pass(&mut world, 0, 0);
            let first = world.incident(0, 0);
            world.collect_bond("opal", &first).ok();
            assert_eq!(world.balance("opal"), held, "it cost nothing");
            nth = 1;
        }
        // The court lives: everybody votes on the next.
        let next = open(&mut world, 0, nth);
        for name in ["vera", "walt", "xeno"] {
            world.vote(name, &next, 0).ok();
        }
        world.close_ballot(&next).ok();
        read_verdict(&mut world, &next);
        world.settle(0, nth).ok();
        nth += 1;
        world.pass_days(40);
        // The thief's court, months later.
        let id = world.next_change();
        world.propose(&Proposal::Court { assembly }, None).ok();
        let applies_at = world.read_change(id).applies_at;
        world.wait_until(applies_at);
        world.apply(id, None).ok();
        // The loss.
        let now = world.now();
        let accounts = world.open_incident_accounts("opal", 0, nth);
        let at_old = world.send(accounts.instruction(&harness::incident_report(now)), &["opal"]);
        if spam {
            at_old.fails(E::WrongAssembly);
            at_ritas(&mut world, |world| world.open_incident("opal", 0, nth, now)).ok();
        } else {
            at_old.ok();
        }
        let incident = world.incident(0, nth);
        let before = world.balance("gus");
        file(&mut world, "gus", &gus, &incident, 800_000 * UNIT).ok();
        if spam {
            at_ritas(&mut world, |world| world.vote("rosa", &incident, 0)).ok();
        } else {
            for name in ["vera", "walt", "xeno"] {
                world.vote(name, &incident, 1).ok();
            }
        }
        world.close_ballot(&incident).ok();
        read_verdict(&mut world, &incident);
        if spam {
            world.settle(0, nth).ok();
        } else {
            until_settleable(&mut world, &incident);
            world.settle(0, nth).ok();
        }
        world.payout("gus", &gus, &incident).ok();
        let got = world.balance("gus") - before;
        println!(
            "with a report that nobody voted on, five months ago: {spam}; gus has {} of a loss of 800,000",
            whole(got)
        );
        assert_eq!(got > 700_000 * UNIT, !spam);
    }
}

/// 4. A buyer states the number of the terms that were read. It does not rise when another arbiter holds, nor when another court does
/// because the product's has failed: the sale goes through under what nobody has read.
#[test]
fn sell_under_another_arbiter_and_another_court_than_was_read() {
    let mut world = unlevered(7);
    cover(&mut world, "dora", 0, 1_000 * UNIT);
    world.fund("gus", 10_000 * UNIT);
    let thief = world.key("mallory");
    let id = world.next_change();
    world.propose(&Proposal::Arbiter { arbiter: thief }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    let (read, arbiter) = (world.read_product(0), world.read_pool().arbiter);
    let request = CoverRequest { terms: read.terms, ..world.request("gus", 100_000 * UNIT, 90) };
    let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
    let apply = world.apply_accounts(id, None).instruction();
    // In one transaction, or in the one before.
    world.send_all(&[apply, buy], &["gus"]).ok();
    world.pass_days(2);
    let incident = open(&mut world, 0, 0);
    let decides = tally(&mut world, &incident).arbiter;
    println!("read: arbiter {arbiter}; decides: {decides}; terms {} and {}", read.terms, world.read_product(0).terms);
    assert!(decides == thief && arbiter != thief && world.read_product(0).terms == read.terms);

    // The fee of a cancellation, and the fees that no cancellation gives back.
    let mut world = unlevered(7);
    world.fund("gus", 10_000 * UNIT);
    let dearer = [
        Proposal::CancelFee { cancel_fee_bps: 2_000 },
        Proposal::ProtocolFee { protocol_fee_bps: 2_000 },
        Proposal::AssessorFee { assessor_fee_bps: 1_000 },
    ];
    let ids = dearer.map(|proposal| {
        let id = world.next_change();
        world.propose(&proposal, None).ok();
        id
    });
    let applies_at = world.read_change(ids[2]).applies_at;
    world.wait_until(applies_at);
    let read = world.read_product(0);
    let request = CoverRequest { terms: read.terms, ..world.request("gus", 100_000 * UNIT, 365) };
    let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
    let mut plain = world.clone();
    let mut together: Vec<_> = ids.iter().map(|id| world.apply_accounts(*id, None).instruction()).collect();
    together.push(buy.clone());
    world.send_all(&together, &["gus"]).ok();
    plain.send(buy, &["gus"]).ok();
    let refunds = [&mut plain, &mut world].map(|world| {
        world.pass_days(2);
        let held = world.balance("gus");
        let policy = world.policy(0, "gus", 0);
        world.cancel("gus", 0, &policy).ok();
        whole(world.balance("gus") - held)
    });
    println!("under the same number of terms a cancellation gives {} instead of {} back", refunds[1], refunds[0]);
    assert!(refunds[1] < refunds[0] * 3 / 4);

    // The court.
    let mut world = unlevered(7);
    let assembly = second_assembly(&mut world);
    cover(&mut world, "dora", 0, 1_000 * UNIT);
    world.fund("gus", 10_000 * UNIT);
    let id = world.next_change();
    world.propose(&Proposal::Court { assembly }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.apply(id, None).ok();
    let first = open(&mut world, 0, 0);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&first).ok();
    }
    let last = tally(&mut world, &first).final_at;
    until(&mut world, last);
    let read = world.read_product(0);
    let of_pool = world.read_pool();
    assert_eq!(*read.court(&of_pool), world.assembly());
    let request = CoverRequest { terms: read.terms, ..world.request("gus", 100_000 * UNIT, 90) };
    let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
    // The enemy reads the verdict ahead of the sale.
    world.decide(0, 0).ok();
    world.settle(0, 0).ok();
    world.send(buy, &["gus"]).ok();
    let after = world.read_product(0);
    assert_eq!((after.terms, *after.court(&of_pool)), (read.terms, assembly));
    println!("the court of what was bought is another than was read, under the same number of terms");
}

/// 5. An extension costs as much for each second as the policy pays already: the mean of all that was paid for it. Anyone can raise that
/// mean while the product is dear, by days; later the holder pays it for a year. The payers' friends are LPs and have it back.
#[test]
fn raise_the_rate_of_others_cover_for_good() {
    let mut world = steep(500);
    for name in ["gus", "sam", "whale"] {
        world.fund(name, HALF);
    }
    world.buy("gus", 3, 0, 300_000 * UNIT, 33).ok();
    world.buy("sam", 3, 0, 690_000 * UNIT, 1).ok();
    let (gus, sam) = (world.policy(3, "gus", 0), world.policy(3, "sam", 0));
    let freed = policy(&mut world, &sam).release_day;
    until_day(&mut world, freed - 1);
    world.roll_product(3).ok();
    let mut plain = world.clone();
    let held = world.balance("whale");
    for _ in 0..10 {
        world.extend("whale", 3, &gus, 1).ok();
    }
    let paid = held - world.balance("whale");
    let mut costs = Vec::new();
    for world in [&mut plain, &mut world] {
        until_day(world, freed);
        world.roll_product(3).ok();
        assert!(world.now() < policy(world, &gus).end);
        let held = world.balance("gus");
        world.extend("gus", 3, &gus, 300).ok();
        costs.push(held - world.balance("gus"));
    }
    // What going elsewhere costs: another policy beside it, which waits, and its grace.
    let mut elsewhere = plain;
    let held = elsewhere.balance("gus");
    elsewhere.buy("gus", 3, 1, 300_000 * UNIT, 300).ok();
    println!(
        "ten days for {}: 300 days more cost {} instead of {}; a new policy of 300 days {}",
        whole(paid),
        whole(costs[1]),
        whole(costs[0]),
        whole(held - elsewhere.balance("gus"))
    );
    assert!(costs[1] > 3 * costs[0]);
}

/// 6. While dearer bonds hold or wait holders go without a fee; not while a report is open. Who applies the change reports in the same
/// transaction, and reports again before the last one ends. Where nobody votes all bonds come back.
#[test]
fn keep_holders_from_going_by_reports_of_nothing() {
    let mut world = unlevered(7);
    let gus = cover(&mut world, "gus", 0, 300_000 * UNIT);
    world.pass_days(3);
    let id = world.next_change();
    world.propose(&Proposal::Bonds { incident_bond: 100_000 * UNIT, claim_bond_bps: 2_000 }, Some(0)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.fund("opal", 100_000 * UNIT);
    let now = world.now();
    let held = world.balance("opal");
    let apply = world.apply_accounts(id, Some(0)).instruction();
    let report = world.open_incident_accounts("opal", 0, 0).instruction(&harness::incident_report(now));
    let mut fair = world.clone();
    fair.apply(id, Some(0)).ok();
    let before = fair.balance("gus");
    fair.cancel("gus", 0, &gus).ok();
    let refund = fair.balance("gus") - before;
    world.send_all(&[apply, report], &["opal"]).ok();
    let mut nth = 0;
    while day_of(world.now()) < day_of(now) + 200 {
        world.cancel("gus", 0, &gus).fails(E::IncidentOpen);
        world.reduce("gus", 0, &gus, UNIT).fails(E::IncidentOpen);
        let incident = world.incident(0, nth);
        for days in [3, 6] {
            world.pass_days(days);
            world.close_ballot(&incident).ok();
        }
        let last = tally(&mut world, &incident).final_at;
        until(&mut world, last);
        let now = world.now();
        world.give_lamports("opal");
        world.open_incident("opal", 0, nth + 1, now).ok();
        world.settle(0, nth).ok();
        world.collect_bond("opal", &incident).ok();
        nth += 1;
    }
    let open: Incident = world.chain.read(&world.incident(0, nth));
    let cost = held - world.balance("opal") - open.bond;
    println!(
        "{} reports in 200 days cost {}; gus would have had {} without a fee, and cannot go",
        nth + 1,
        whole(cost),
        whole(refund)
    );
    assert_eq!(cost, 0);
}

/// 7. In a pool of leverage five reports set more aside than the capital: exits wait. Somebody's exit of a unit that is due waits with them,
/// and so nobody's cover is extended, on any product, though the unit waits for no capacity that cover holds.
#[test]
fn stop_all_extensions_by_an_exit_of_a_unit_behind_reports() {
    let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..pool_params() };
    let mut world = court_of(params);
    for (holder, index, amount) in [("dora", 0, 600_000), ("emil", 1, 600_000), ("gus", 2, 100_000)] {
        cover(&mut world, holder, index, amount * UNIT);
    }
    let gus = world.policy(2, "gus", 0);
    world.pass_days(3);
    let mut plain = world.clone();
    world.request_exit("mallory", 0, 1_000 * UNIT).ok();
    let held = world.balance("opal");
    for world in [&mut plain, &mut world] {
        world.pass_days(8);
        open(world, 0, 0);
        open(world, 1, 0);
    }
    let pool = world.read_pool();
    println!("of a capital of {} {} is set aside", whole(pool.capital), whole(pool.own_liens().unwrap()));
    world.pay_exits().fails(E::LiensExceedCapital);
    plain.extend("gus", 2, &gus, 1).ok();
    let mut stopped = 0;
    for days in [3, 6] {
        for _ in 0..days {
            world.extend("gus", 2, &gus, 1).fails(E::ExitsWait);
            world.pass_days(1);
            stopped += 1;
        }
        for index in [0, 1] {
            let incident = world.incident(index, 0);
            world.close_ballot(&incident).ok();
        }
    }
    let last = {
        let incident = world.incident(0, 0);
        tally(&mut world, &incident).final_at
    };
    until(&mut world, last);
    for index in [0, 1] {
        world.decide(index, 0).ok();
        world.settle(index, 0).ok();
        let incident = world.incident(index, 0);
        world.collect_bond("opal", &incident).ok();
    }
    println!("no extension for {stopped} days and more, which cost {} in bonds", whole(held - world.balance("opal")));
    world.extend("gus", 2, &gus, 1).ok();
}

/// 8. Cover that was given back before it began can be claimed for by nobody, but its capacity is held until the second midnight, and a
/// report sets all of it aside: for a chain of reports, long after it is free. Nobody votes, no bond is lost.
#[test]
fn set_aside_what_was_given_back() {
    let mut world = unlevered(7);
    for name in ["sam", "eve", "fay"] {
        world.fund(name, HALF);
    }
    world.fund("opal", 200_000 * UNIT);
    // To have something to report on.
    world.buy("eve", 1, 0, UNIT, 365).ok();
    cover(&mut world, "gus", 0, 300_000 * UNIT);
    let gus = world.policy(0, "gus", 0);
    world.pass_days(2);
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.wait_until(midnight - 1);
    world.roll_product(1).ok();
    let room = world.read_product(1).room(&world.read_pool()).unwrap();
    let held = world.balance("sam");
    world.buy("sam", 1, 0, room, 1).ok();
    let sams = world.policy(1, "sam", 0);
    world.wait_until(midnight);
    world.cancel("sam", 1, &sams).ok();
    let cost = held - world.balance("sam");
    let mut plain = world.clone();
    let bonds = world.balance("opal");
    let first = open(&mut world, 1, 0);
    assert!(!policy(&mut world, &sams).covers(midnight) && !policy(&mut world, &sams).covers(midnight + 1));
    file(&mut world, "sam", &sams, &first, room / 2).fails(E::NotCovered);
    let lien = world.read_pool().own_liens().unwrap();
    println!("{} set aside, of which {} can be claimed; capacity for a day cost {}", whole(lien), 1, whole(cost));
    for world in [&mut plain, &mut world] {
        world.wait_until(midnight + 2 * DAY);
        world.roll_product(1).ok();
        assert_eq!(world.read_pool().active_cover + world.read_pool().liened_cover, 300_001 * UNIT);
    }
    plain.clone().buy("fay", 0, 0, 600_000 * UNIT, 30).ok();
    // An LP asks out behind it: what is free carries gus's cover, so nothing leaves.
    let day = ask_for_all(&mut plain, "honest", 0);
    assert!(leave(&mut plain, "honest", 0, day) >= HALF, "out in eight days");
    ask_for_all(&mut world, "honest", 0);
    // Nor does any change that waits for who asked in time.
    let change = world.next_change();
    let arbiter = world.key("honest");
    world.propose(&Proposal::Arbiter { arbiter }, None).ok();
    let mut nth = 0;
    while day_of(world.now()) < day_of(midnight) + 60 {
        world.buy("fay", 0, 0, 5_000 * UNIT, 30).result.unwrap_err();
        let incident = world.incident(1, nth);
        for _ in 0..9 {
            world.pass_days(1);
            if world.read_pool().exiting_shares > 0 {
                world.roll_product(0).ok();
                let _ = (world.pay_exits(), world.call_exits());
            }
            let _ = world.close_ballot(&incident);
        }
        let last = tally(&mut world, &incident).final_at;
        until(&mut world, last);
        let now = world.now();
        world.give_lamports("opal");
        world.open_incident("opal", 1, nth + 1, now).ok();
        if nth == 1 {
            world.extend("gus", 0, &gus, 1).fails(E::ExitsWait);
        }
        world.settle(1, nth).ok();
        world.collect_bond("opal", &incident).ok();
        nth += 1;
        world.roll_product(1).ok();
        assert!(world.read_pool().own_liens().unwrap() + UNIT >= lien);
    }
    let last: Incident = world.chain.read(&world.incident(1, nth));
    let lost = bonds - world.balance("opal") - last.bond;
    let days = day_of(world.now()) - day_of(midnight);
    world.apply(change, None).fails(E::ExitsWait);
    let before = world.balance("honest");
    let _ = world.collect_exit("honest", 0);
    let got = world.balance("honest") - before;
    println!(
        "nothing is sold in the pool for {days} days, nothing extended, and of 500,000 an LP has {}, for {} and bonds of {}",
        whole(got),
        whole(cost),
        whole(lost)
    );
    assert!(lien > 600_000 * UNIT && lost == 0 && got < 50_000 * UNIT);
}

/// 9. Cheaper bonds wait like dearer ones until a product covers nothing. Until then nobody's cover is extended further than all that is
/// there, nobody goes without a fee, and in the end there is a hole in which nobody can be covered. A unit of cover makes the wait as long as
/// can be.
#[test]
fn a_change_for_the_better_tears_a_hole() {
    let mut world = unlevered(7);
    let gus = {
        world.fund("gus", HALF);
        world.buy("gus", 0, 0, 300_000 * UNIT, 60).ok();
        world.policy(0, "gus", 0)
    };
    world.fund("eve", HALF);
    let id = world.next_change();
    world.propose(&Proposal::Bonds { incident_bond: BOND, claim_bond_bps: 99 }, Some(0)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at - 1);
    let mut without = world.clone();
    let held = world.balance("eve");
    world.buy("eve", 0, 0, UNIT, 365).ok();
    let cost = held - world.balance("eve");
    for (world, unit) in [(&mut without, false), (&mut world, true)] {
        world.wait_until(applies_at);
        world.apply(id, Some(0)).ok();
        let changed = day_of(world.now());
        assert!(!world.read_product(0).has_worse_terms(&world.read_pool()), "a cancellation costs the fee");
        if unit {
            world.extend("gus", 0, &gus, 290).ok();
        } else {
            world.extend("gus", 0, &gus, 1).fails(E::TermsWait);
        }
        // As long as it can be.
        let end = policy(world, &gus).end;
        let last = world.read_product(0).last_release_day;
        let covered = if unit { (last - 30) * DAY } else { end };
        // In the last month nothing can be bought.
        world.wait_until((last - 31) * DAY);
        for _ in 0..31 {
            world.buy("gus", 0, 1, UNIT, 1).fails(E::TermsWait);
            world.pass_days(1);
        }
        world.buy("gus", 0, 1, UNIT, 1).ok();
        let address = world.policy(0, "gus", 1);
        let again = policy(world, &address).cover_from;
        println!(
            "a unit: {unit} (for {} atoms); {} days after the change nobody is covered for {} days",
            cost,
            covered / DAY - changed,
            (again - covered) / DAY
        );
        assert!((again - covered) / DAY >= 31);
    }
}

/// 10. In a pool of leverage five liens above the capital hold exits, also that of somebody whose friend has reported nothing that happened.
/// What is deposited in that second counts against them: in the second of a true loss a little new money lets all of the exit go.
#[test]
fn let_go_by_a_deposit_in_the_second_of_a_loss() {
    let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..pool_params() };
    let mut world = court_of(params);
    for (holder, index, amount) in [("gus", 0, 800_000), ("emil", 1, 220_000)] {
        cover(&mut world, holder, index, amount * UNIT);
    }
    let gus = world.policy(0, "gus", 0);
    world.pass_days(3);
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day - 1);
    let mut fair = world.clone();
    let bonds = world.balance("opal");
    open(&mut world, 0, 0);
    open(&mut world, 1, 0);
    until_day(&mut world, day);
    world.pay_exits().fails(E::LiensExceedCapital);
    // The option is kept by looking twice a day.
    for _ in 0..14 {
        world.call_exits().ok();
        world.pass(DAY / 2);
        world.pay_exits().fails(E::LiensExceedCapital);
        for index in [0, 1] {
            let incident = world.incident(index, 0);
            let _ = world.close_ballot(&incident);
        }
    }
    // The loss.
    let occurred = world.now();
    world.roll_product(0).ok();
    let pool = world.read_pool();
    let lacks = pool.own_liens().unwrap() - pool.capital + 10 * UNIT;
    world.fund("friend", lacks);
    let seen = world.seen();
    let enter = world.deposit_accounts("friend").instruction(lacks, 0, &seen);
    let pay = world.pay_exits_accounts(0).instruction();
    world.send_all(&[enter, pay], &["friend"]).ok();
    let mut got = 0;
    let incident = report_at(&mut world, 0, 1, occurred);
    file(&mut world, "gus", &gus, &incident, 800_000 * UNIT).ok();
    for index in [0, 1] {
        let incident = world.incident(index, 0);
        while tally(&mut world, &incident).closed_at == 0 {
            world.pass(DAY / 4);
            let _ = world.close_ballot(&incident);
        }
        if case(&mut world, &incident).check_undecided().is_ok() {
            read_verdict(&mut world, &incident);
        }
        world.settle(index, 0).ok();
        world.collect_bond("opal", &incident).ok();
        got += take_back(&mut world, "mallory", 0, &incident);
    }
    let bond = case(&mut world, &incident).bond;
    let opals = bonds - world.balance("opal") - bond;
    if tally(&mut world, &incident).closed_at == 0 {
        world.pass_days(3);
        world.close_ballot(&incident).ok();
    }
    until_settleable(&mut world, &incident);
    world.settle(0, 1).ok();
    let before = world.balance("gus");
    world.payout("gus", &gus, &incident).ok();
    let paid = world.balance("gus") - before;
    let (friend, honest) = (worth(&mut world, "friend"), worth(&mut world, "honest"));
    // As it is without it: nobody is paid ahead, for the loss is reported on the day before the exit is due.
    let incident = report(&mut fair, 0, 0);
    file(&mut fair, "gus", &gus, &incident, 800_000 * UNIT).ok();
    until_day(&mut fair, day);
    fair.roll_product(0).ok();
    fair.pay_exits().ok();
    let mut fairly = collect(&mut fair, "mallory", 0);
    accept(&mut fair, 0, 0);
    let _ = fair.release_contested(&incident, 0);
    let _ = fair.call_exits();
    let held = fair.balance("mallory");
    let _ = fair.collect_exit("mallory", 0);
    fairly += fair.balance("mallory") - held;
    println!(
        "mallory has {} instead of {}; a friend puts {} in and keeps {}; honest has {} instead of {}; gus is paid {} of 760,000; bonds lost {}",
        whole(got),
        whole(fairly),
        whole(lacks),
        whole(friend),
        whole(honest),
        whole(worth(&mut fair, "honest")),
        whole(paid),
        whole(opals),
    );
    assert!(got > 450_000 * UNIT && honest < 20_000 * UNIT);
}

/// 11. The same at a leverage of one, with a friendly arbiter. A report on capacity that was given back keeps her exit in; too few vote, and
/// for days the arbiter may decide in any second, which ends it at once: here in the second of a loss elsewhere, in one transaction.
#[test]
fn let_go_by_the_arbiter_in_the_second_of_a_loss() {
    // Capacity that was given back, or cover that ends the second after: the lien outlasts it.
    for gives_back in [true, false] {
        let_go_by_the_arbiter(gives_back);
    }
}

fn let_go_by_the_arbiter(gives_back: bool) {
    let mut world = unlevered(7);
    for name in ["sam", "eve"] {
        world.fund(name, HALF);
    }
    world.buy("eve", 1, 0, UNIT, 365).ok();
    let gus = cover(&mut world, "gus", 0, 300_000 * UNIT);
    world.pass_days(2);
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.wait_until(midnight - 1);
    world.roll_product(1).ok();
    let room = world.read_product(1).room(&world.read_pool()).unwrap();
    let held = world.balance("sam");
    world.buy("sam", 1, 0, room, 1).ok();
    let sams = world.policy(1, "sam", 0);
    let midnight = if gives_back {
        world.wait_until(midnight);
        world.cancel("sam", 1, &sams).ok();
        midnight
    } else {
        policy(&mut world, &sams).release_day * DAY
    };
    world.wait_until(midnight - u64::from(!gives_back));
    let cost = held - world.balance("sam");
    let day = ask_for_all(&mut world, "mallory", 0);
    let mut fair = world.clone();
    world.fund("opal", HALF);
    let spam = open(&mut world, 1, 0);
    let bond = case(&mut world, &spam).bond;
    world.pass_days(3);
    world.close_ballot(&spam).ok();
    until_day(&mut world, day);
    // The loss comes when it comes: here three days and a half after she could have left.
    while world.now() < day * DAY + 3 * DAY + DAY / 2 {
        world.roll_product(0).ok();
        world.pay_exits().fails(E::NothingToPay);
        world.call_exits().ok();
        world.pass(DAY / 2);
        let _ = world.close_ballot(&spam);
    }
    let occurred = world.now();
    let arbitrate = Arbitrate { arbiter: world.key("arbiter"), ballot: coverage_client::ballot_address(&spam) };
    let settle = world.settle_accounts(1, 0).instruction();
    let together = [
        arbitrate.instruction(0),
        world.decide_accounts(1, 0).instruction(),
        settle,
        world.pay_exits_accounts(0).instruction(),
    ];
    world.give_lamports("arbiter");
    world.send_all(&together, &["arbiter"]).ok();
    let got = collect(&mut world, "mallory", 0);
    let incident = report_at(&mut world, 0, 0, occurred);
    file(&mut world, "gus", &gus, &incident, 300_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    let honest = worth(&mut world, "honest");
    // Without it she leaves in her time, or bears her part: had she stayed until the loss.
    until(&mut fair, occurred);
    let incident = report(&mut fair, 0, 0);
    file(&mut fair, "gus", &gus, &incident, 300_000 * UNIT).ok();
    accept(&mut fair, 0, 0);
    let (fairly, others) = (fair.read_pool().capital / 2, worth(&mut fair, "honest"));
    println!(
        "given back: {gives_back}; mallory has {} instead of {}, honest {} instead of {}; it cost {} and a bond of {}",
        whole(got),
        whole(fairly),
        whole(honest),
        whole(others),
        whole(cost),
        whole(bond)
    );
    assert!(got > 490_000 * UNIT && honest + 100_000 * UNIT < got);
}

/// 12. What a loss gives back of a refund releases its capacity at once, for nothing is paid for it. An LP whose venue is covered, and whose
/// cover keeps her in, cancels it and has a loss of the refund drawn in the second of a loss elsewhere: so much of her exit leaves.
#[test]
fn let_go_by_a_drawn_refund_in_the_second_of_a_loss() {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], season_days: 1, ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        let dear = ProductParams { r0_ppm: 200_000, r1_ppm: 200_000, ..authority_product("Venue shortfall") };
        world.list_product(3, dear).ok();
    });
    let gus = cover(&mut world, "gus", 0, 500_000 * UNIT);
    world.fund("mallory", HALF);
    let held = world.balance("mallory");
    world.buy("mallory", 3, 0, HALF, 365).ok();
    let hers = world.policy(3, "mallory", 0);
    world.give_lamports("venue");
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    world.pay_exits().fails(E::NothingToPay);
    world.call_exits().ok();
    world.pass(DAY / 2);
    let occurred = world.now();
    // What she would be refunded.
    let mut quoted = world.clone();
    let before = quoted.balance("mallory");
    quoted.cancel("mallory", 3, &hers).ok();
    let refund = quoted.balance("mallory") - before;
    let policy_before = policy(&mut world, &hers);
    let deductible = policy_before.deductible().unwrap();
    let cancel = world.cancel_accounts("mallory", 3, &hers).instruction(0);
    let draw = world.draw_accounts("venue", "mallory", 3, &hers).instruction(deductible + refund, 0);
    let pay = world.pay_exits_accounts(0).instruction();
    let mut without = world.clone();
    without.send_all(&[cancel.clone(), pay.clone()], &["mallory"]).fails(E::NothingToPay);
    world.send_all(&[cancel, draw, pay], &["mallory", "venue"]).ok();
    let cover_cost = held - world.balance("mallory");
    let got = collect(&mut world, "mallory", 0);
    let incident = report_at(&mut world, 0, 0, occurred);
    file(&mut world, "gus", &gus, &incident, 500_000 * UNIT).ok();
    let lost = 475_000 * UNIT;
    println!(
        "{} leaves in the second of the loss of {} (refund {}); her cover cost {} in all",
        whole(got),
        whole(lost),
        whole(refund),
        whole(cover_cost)
    );
    assert!(got > refund);
    world.check_books();
}
