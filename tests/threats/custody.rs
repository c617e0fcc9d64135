//! T39 and T41: who has the authority over a pool, or its key, and friends of theirs, against LPs who ask to leave in time.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{UNIT, actor, authority_product};
use solana_signer::Signer as _;

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;
/// The products that the thief lists.
const TRAPS: [u16; 3] = [2, 3, 4];

/// Lists products that the thief's own key draws on, without a price, a waiting period or a deductible, and queues their
/// listing and the highest leverage. Returns the changes.
fn set_traps(world: &mut Play) -> Vec<(u64, Option<u16>)> {
    let trap = ProductParams {
        trigger_source: actor("founder").pubkey(),
        draws: DrawParams { period: 3_600, limit_bps: 10_000 },
        r0_ppm: 0,
        r1_ppm: 0,
        r2_ppm: 0,
        waiting_days: 0,
        deductible_bps: 0,
        ..authority_product("Trap")
    };
    let mut changes = Vec::new();
    let mut queue = |world: &mut Play, proposal: Proposal, index| {
        changes.push((world.next_change(), index));
        world.propose(&proposal, index).ok();
    };
    for index in TRAPS {
        world.list_product(index, trap.clone()).ok();
        queue(world, Proposal::List, Some(index));
    }
    queue(world, Proposal::AssessorsLimit { assessors_limit: 1 }, None);
    changes
}

/// The friend buys all that can be sold of the pool's two products, for so many days; returns what that cost, atoms.
fn buy_out(world: &mut Play, part: u64, days: u16) -> u64 {
    world.fund("friend", 1_000_000 * UNIT);
    let before = world.balance("friend");
    for index in [0, 1] {
        world.roll_product(index).ok();
        let room = world.read_product(index).room(&world.read_pool(), &world.read_assembly()).expect("it fits");
        world.buy("friend", index, 0, room / part, days).ok();
    }
    before - world.balance("friend")
}

/// What a keeper does about exits: pays what can be paid, or calls what was not paid in time.
fn keep(world: &mut Play) {
    while world.read_pool().has_exits() {
        if world.pay_exits().result.is_err() {
            let _ = world.call_exits();
            return;
        }
    }
}

/// Lets days pass, in each of which exits are paid as far as they can be and all changes are tried, until they are applied;
/// how many days that took beyond the timelock.
fn until_applied(world: &mut Play, queued_at: u64, changes: &[(u64, Option<u16>)]) -> u64 {
    let mut waiting = changes.to_vec();
    loop {
        keep(world);
        waiting.retain(|(id, index)| world.apply(*id, *index).result.is_err());
        let now = world.now();
        if waiting.is_empty() {
            return (now - queued_at - TIMELOCK).div_ceil(DAY);
        }
        assert!(now < queued_at + 600 * DAY, "the changes wait for ever");
        // Midnight, and the second in which the timelock ends.
        let midnight = (day_of(now) + 1) * DAY;
        let due = queued_at + TIMELOCK;
        world.wait_until(if now < due { midnight.min(due) } else { midnight });
    }
}

/// The thief's friend buys all that the traps sell and draws all of it.
fn spring_traps(world: &mut Play) -> u64 {
    let before = world.balance("friend");
    for index in 0..=TRAPS[2] {
        world.roll_product(index).ok();
    }
    for index in TRAPS {
        world.roll_product(index).ok();
        let room = world.read_product(index).room(&world.read_pool(), &world.read_assembly()).expect("it fits");
        if room < UNIT {
            continue;
        }
        world.buy("friend", index, 0, room, 1).ok();
        world.pass(1);
        let policy = world.policy(index, "friend", 0);
        world.draw("founder", "friend", index, &policy, u64::MAX).ok();
    }
    world.balance("friend").saturating_sub(before)
}

/// How T39 is played.
struct Plan {
    /// Which part of what could be sold the friend buys: one in so many.
    part: u64,
    /// For how long, days.
    days: u16,
    /// Whether the guardian is in league.
    pauses: bool,
    /// Whether the second LP does nothing.
    inert: bool,
    /// In how many parts, one a day, the LPs ask to leave.
    drops: u64,
}

/// Plays it: returns how many days the changes waited for the LPs, and what the thief's friend drew in the end.
fn play(plan: &Plan) -> (u64, u64) {
    let mut world = shared();
    world.pass(DAY / 2);
    let cost = buy_out(&mut world, plan.part, plan.days);
    let queued_at = world.now();
    let changes = set_traps(&mut world);
    if plan.pauses {
        world.pause("guardian", 7 * DAY).ok();
    }
    let mut leaving = vec!["honest"];
    if !plan.inert {
        leaving.push("mallory"); // as honest as the other, here
    }
    let mut tickets = Vec::new();
    for drop in 0..plan.drops {
        for name in &leaving {
            let shares = world.shares(name) / (plan.drops - drop);
            world.request_exit(name, drop, shares).ok();
            tickets.push((*name, drop));
        }
        if drop + 1 < plan.drops {
            world.pass_days(1);
            keep(&mut world);
        }
    }
    // On the day on which they were to apply nothing does.
    world.wait_until(queued_at + TIMELOCK);
    if plan.part == 1 {
        for (id, index) in &changes {
            world.apply(*id, *index).fails(E::ExitsWait);
        }
    }
    let waited = until_applied(&mut world, queued_at, &changes);
    let got: u64 = tickets.iter().map(|(name, ticket)| collect(&mut world, name, *ticket)).sum();
    let given = HALF * u64::try_from(leaving.len()).expect("two");
    assert!(got + 10 >= given, "those who asked got {got} of {given}");
    let drawn = spring_traps(&mut world);
    println!(
        "cover of 1/{} for {} days (cost {}), {} drops{}{}: the changes waited {waited} days beyond their time; {} of {} \
         got out by those who asked, {} drawn",
        plan.part,
        plan.days,
        cost / UNIT,
        plan.drops,
        if plan.pauses { ", paused" } else { "" },
        if plan.inert { ", one LP inert" } else { "" },
        got / UNIT,
        given / UNIT,
        drawn / UNIT,
    );
    world.check_books();
    (waited, drawn)
}

/// Cover of a day holds its capital for 32: waiting, the day and grace.
const ONE_DAY: Plan = Plan { part: 1, days: 1, pauses: false, inert: false, drops: 1 };

#[test]
fn t39_list_traps_behind_lps_who_are_kept_in() {
    let (waited, drawn) = play(&ONE_DAY);
    // The cover that keeps them ends 24 days after the changes' time, and they after it.
    assert!((22..=26).contains(&waited), "{waited}");
    assert_eq!(drawn, 0, "nothing is left to draw");
}

#[test]
fn t39_with_a_guardian_who_pauses() {
    let (waited, _) = play(&Plan { pauses: true, ..ONE_DAY });
    assert!((22..=26).contains(&waited), "{waited}");
}

#[test]
fn t39_with_an_lp_who_does_nothing() {
    let (_, drawn) = play(&Plan { inert: true, ..ONE_DAY });
    // Who stays for it bears it, so the traps are real; who asked does not.
    assert!(drawn > HALF / 2 && drawn < HALF / 2 + 20_000 * UNIT, "half of what is left, at once: {drawn}");
}

#[test]
fn t39_when_the_first_epoch_is_paid_in_part() {
    // Half of the capital can go at once: what is paid of an epoch opens nothing for the changes.
    let (waited, _) = play(&Plan { part: 2, ..ONE_DAY });
    assert!((22..=26).contains(&waited), "{waited}");
}

#[test]
fn t39_in_a_pool_that_is_sold_out_for_a_year() {
    let (waited, _) = play(&Plan { days: 365, ..ONE_DAY });
    // The bound: the longest waiting, term and grace of what was sold before the timelock ended.
    assert!(waited <= 1 + 365 + 30, "{waited}");
    assert!(waited > 380, "{waited}");
}

#[test]
fn t39_when_exits_are_asked_for_in_drops() {
    let (waited, _) = play(&Plan { drops: 10, ..ONE_DAY });
    assert!((22..=26).contains(&waited), "{waited}");
}

/// The other way round: a friend of those in charge, or an enemy of the change, asks for exits so that it waits.
#[test]
fn t39_exits_that_are_asked_for_to_block_a_change_hold_it_no_longer_than_cover_does() {
    // In a healthy pool no day: mallory asks every day, and is paid on hers.
    let mut world = shared();
    world.pass(DAY / 2);
    insure(&mut world, 0, 100_000 * UNIT, 365);
    let queued_at = world.now();
    let id = world.next_change();
    world.propose(&Proposal::AssessorsLimit { assessors_limit: 1 }, None).ok();
    let part = world.shares("mallory") / 100;
    for ticket in 0..9 {
        world.request_exit("mallory", ticket, part).ok();
        world.pass_days(1);
        keep(&mut world);
    }
    let waited = until_applied(&mut world, queued_at, &[(id, None)]);
    println!("in a healthy pool, with exits asked for every day: {waited} days beyond the timelock");
    assert_eq!(waited, 0);

    // In a pool that is sold out for a year by who blocks: at the price of all that cover.
    let mut world = shared();
    world.pass(DAY / 2);
    let cost = buy_out(&mut world, 1, 365);
    let queued_at = world.now();
    let id = world.next_change();
    world.propose(&Proposal::AssessorsLimit { assessors_limit: 1 }, None).ok();
    world.request_exit("mallory", 0, part).ok();
    let waited = until_applied(&mut world, queued_at, &[(id, None)]);
    println!("with all cover bought for a year, {} of 1,000,000: {waited} days", cost / UNIT);
    assert!(waited <= 396 && cost > 100_000 * UNIT);
    // One that only lowers risk waits for nobody.
    let mut world = shared();
    buy_out(&mut world, 1, 365);
    let id = world.next_change();
    world.propose(&Proposal::Delist, Some(0)).ok();
    world.request_exit("mallory", 0, part).ok();
    world.pass(TIMELOCK);
    world.apply(id, Some(0)).ok();
}

#[test]
fn t41_lower_the_leverage_while_others_leave() {
    let mut world = shared();
    // 100,000 of cover needs 50,000 of capital at the leverage of 2.
    insure(&mut world, 0, 100_000 * UNIT, 365);
    let id = world.next_change();
    world.propose(&Proposal::Leverage { leverage_bps: 1 }, None).fails(E::BadLeverage);
    world.propose(&Proposal::Leverage { leverage_bps: 10_000 }, None).ok();
    world.pass_days(8);
    let shares = world.shares("honest");
    world.request_exit("honest", 0, shares).ok();
    let mallory = world.shares("mallory") / 100 * 89;
    world.request_exit("mallory", 0, mallory).ok();
    world.pass(TIMELOCK - 8 * DAY);
    world.apply(id, None).ok();
    let day = world.read_pool().exit_tail_day;
    until_day(&mut world, day);
    world.pay_exits().ok();
    // 55,000 stay: at the leverage of 1 it would be 100,000, and a part of them would wait for the cover to end.
    assert!(!world.read_pool().has_exits(), "by the leverage they asked under, all leave");
    collect(&mut world, "honest", 0);
    collect(&mut world, "mallory", 0);
    world.check_books();
}
