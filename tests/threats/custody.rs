//! T39 and T41: who has the authority over a pool, or its key, and friends of theirs, against LPs who ask to leave in time.

use crate::{court::court_beside, stage::*};
use coverage_client::{BreakwaterError as E, constants::LONGEST_WAIT, *};
use coverage_math::{DAY, day_of};
use harness::{UNIT, World, actor, authority_product, pool_params, product_params};
use solana_signer::Signer as _;

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;
/// How long cover holds its capital beside its days: the waiting period of a day, and grace.
const BESIDE: u64 = 31;
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

/// Lets days pass, in each of which exits are paid as far as they can be and all changes are tried, which by themselves apply from a
/// time on, until they are applied; how many days that took beyond that time.
fn until_applied(world: &mut Play, due: u64, changes: &[(u64, Option<u16>)]) -> u64 {
    let mut waiting = changes.to_vec();
    keep_until(world, due);
    loop {
        keep(world);
        waiting.retain(|(id, index)| world.apply(*id, *index).result.is_err());
        let now = world.now();
        if waiting.is_empty() {
            let waited = now - due;
            assert!(waited <= LONGEST_WAIT, "the bound of the program");
            return waited.div_ceil(DAY);
        }
        assert!(now <= due + LONGEST_WAIT, "the changes wait for ever");
        let midnight = (day_of(now) + 1) * DAY;
        world.wait_until(midnight);
    }
}

/// Lets time pass to a second, and at each midnight on the way exits are paid as far as they can be.
fn keep_until(world: &mut Play, time: u64) {
    while world.now() < time {
        let midnight = (day_of(world.now()) + 1) * DAY;
        world.wait_until(midnight.min(time));
        keep(world);
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

/// The page on stolen keys says so.
fn written(words: &str) {
    let page = include_str!("../../docs/emergency.md").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(page.contains(words), "docs/emergency.md does not say: {words}");
}

/// A number below a million as people write it.
fn thousands(number: u64) -> String {
    format!("{},{:03}", number / 1_000, number % 1_000)
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

/// Plays it.
fn play(plan: &Plan) -> Played {
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
    // In the second from which they were to apply none does.
    keep_until(&mut world, queued_at + TIMELOCK);
    let (epoch, head) = (world.read_epoch(0), world.read_pool().exit_head);
    for (id, index) in &changes {
        world.apply(*id, *index).fails(E::ExitsWait);
    }
    let waited = until_applied(&mut world, queued_at + TIMELOCK, &changes);
    let got: u64 = tickets.iter().map(|(name, ticket)| collect(&mut world, name, *ticket)).sum();
    let given = HALF * u64::try_from(leaving.len()).expect("two");
    assert!(got + 10 >= given, "those who asked got {got} of {given}");
    let drawn = spring_traps(&mut world);
    let bound = u64::from(plan.days) + BESIDE;
    println!(
        "cover of 1/{} for {} days (cost {}), {} drops{}{}: the changes waited {waited} days beyond their time, of {bound} by the \
         terms of that cover and {} by LONGEST_WAIT; {} of {} got out by those who asked, {} drawn",
        plan.part,
        plan.days,
        cost / UNIT,
        plan.drops,
        if plan.pauses { ", paused" } else { "" },
        if plan.inert { ", one LP inert" } else { "" },
        LONGEST_WAIT / DAY,
        got / UNIT,
        given / UNIT,
        drawn / UNIT,
    );
    assert!(waited <= bound, "the bound of the terms: {waited} of {bound}");
    world.check_books();
    Played { waited, drawn, epoch, head }
}

/// What came of it.
struct Played {
    /// How many days the changes waited for the LPs.
    waited: u64,
    /// What the thief's friend drew in the end.
    drawn: u64,
    /// The first epoch in the second from which the changes were to apply, and the number of the first that waited then.
    epoch: ExitEpoch,
    head: u64,
}

/// Cover of a day holds its capital for 32: waiting, the day and grace.
const ONE_DAY: Plan = Plan { part: 1, days: 1, pauses: false, inert: false, drops: 1 };

#[test]
fn t39_list_traps_behind_lps_who_are_kept_in() {
    let Played { waited, drawn, epoch, head } = play(&ONE_DAY);
    assert_eq!((epoch.burned, head), (0, 0), "cover keeps all of them");
    // The cover that keeps them ends 24 days after the changes' time, and they after it.
    assert!((22..=26).contains(&waited), "{waited}");
    assert_eq!(drawn, 0, "nothing is left to draw");
}

#[test]
fn t39_with_a_guardian_who_pauses() {
    let Played { waited, .. } = play(&Plan { pauses: true, ..ONE_DAY });
    assert!((22..=26).contains(&waited), "{waited}");
}

#[test]
fn t39_with_an_lp_who_does_nothing() {
    let Played { drawn, .. } = play(&Plan { inert: true, ..ONE_DAY });
    // Who stays for it bears it, so the traps are real; who asked does not.
    assert!(drawn > HALF / 2 && drawn < HALF / 2 + 20_000 * UNIT, "half of what is left, at once: {drawn}");
}

#[test]
fn t39_when_the_first_epoch_is_paid_in_part() {
    // Half of the capital can go at once: what is paid of an epoch opens nothing for the changes.
    let Played { waited, epoch, head, .. } = play(&Plan { part: 2, ..ONE_DAY });
    assert!(0 < epoch.burned && epoch.burned < epoch.shares, "{} of {} burned", epoch.burned, epoch.shares);
    assert_eq!(head, 0, "the rest is carried over");
    println!("{} of {} shares of the first epoch were paid when the changes were due", epoch.burned, epoch.shares);
    assert!((22..=26).contains(&waited), "{waited}");
}

#[test]
fn t39_in_a_pool_that_is_sold_out_for_a_year() {
    let Played { waited, .. } = play(&Plan { days: 365, ..ONE_DAY });
    // Of an honest change in such a pool it would be the same.
    println!("worst honest case, by the usual terms: {waited} days");
    assert!(waited > 380, "{waited}");
    written(&format!("no day in a healthy pool; {waited} days where all cover was sold for a year"));
}

/// All that is said of T39 at once: the guardian pauses, half of the LPs does nothing, the other half asks in drops, the first epoch is paid
/// in part, and the pool is sold out for a year.
#[test]
fn t39_with_all_of_it_at_once() {
    let plan = Plan { part: 1, days: 365, pauses: true, inert: true, drops: 10 };
    let Played { waited, epoch, head, .. } = play(&plan);
    println!("{} of {} shares of the first epoch were paid when the changes were due", epoch.burned, epoch.shares);
    assert!(0 < epoch.burned && epoch.burned < epoch.shares && head == 0, "premium makes room for a part of it");
    assert!((380..=365 + BESIDE).contains(&waited), "{waited}");
}

/// The longest that anybody was kept: by cover of the longest waiting, term and grace, sold in the last second in which one asks in time.
/// What is sold later needs capital that stays. LONGEST_WAIT allows for the longest delay beside it.
#[test]
fn t39_the_longest_wait() {
    let params = PoolParams { timelock: 3 * DAY, exit_delay_days: 1, leverage_bps: 10_000, ..pool_params() };
    let slow = ProductParams { waiting_days: 30, grace_days: 90, max_term_days: 365, ..product_params("Slow") };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        world.list_product(3, slow).ok();
    });
    world.pass(DAY / 2);
    let id = world.next_change();
    world.propose(&Proposal::AssessorsLimit { assessors_limit: 1 }, None).ok();
    let change = world.read_change(id);
    world.wait_until(change.exits_until);
    world.fund("friend", 10_000_000 * UNIT);
    let room = |world: &mut Play| {
        world.roll_product(3).ok();
        world.read_product(3).room(&world.read_pool(), &world.read_assembly()).expect("it fits")
    };
    let (all, before) = (room(&mut world), world.balance("friend"));
    assert!(all >= 2 * HALF, "all capital is kept: {}", all / UNIT);
    world.buy("friend", 3, 0, all, 365).ok();
    let cost = before - world.balance("friend");
    for name in ["honest", "mallory"] {
        ask_for_all(&mut world, name, 0);
    }
    assert_eq!(room(&mut world), 0, "nothing is sold on capital that leaves");
    let waited = until_applied(&mut world, change.applies_at, &[(id, None)]);
    println!(
        "worst honest case: {waited} days beyond the timelock, of {} by LONGEST_WAIT, for {} of premium",
        LONGEST_WAIT / DAY,
        cost / UNIT
    );
    // From when they asked, two days before the change's time, until the second midnight after it is released at the latest.
    let most = 30 + 365 + 90;
    assert!((most - 2..=most).contains(&waited), "{waited}");
    written(&format!("at worst {waited} days"));
    written(&format!("`LONGEST_WAIT`: {} days", LONGEST_WAIT / DAY));
    for name in ["honest", "mallory"] {
        assert!(collect(&mut world, name, 0) >= HALF, "they got out before it");
    }
    world.check_books();
}

#[test]
fn t39_when_exits_are_asked_for_in_drops() {
    let Played { waited, .. } = play(&Plan { drops: 10, ..ONE_DAY });
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
    let waited = until_applied(&mut world, queued_at + TIMELOCK, &[(id, None)]);
    println!("a healthy pool, with exits asked for every day: {waited} days beyond the timelock");
    assert_eq!(waited, 0);

    // In a pool that is sold out for a year by who blocks, at the price of all that cover: with a little, which premium soon makes room for,
    // and with half of the capital, which bears all losses meanwhile and earns half of that premium.
    let waits = [part, world.shares("mallory") + 9 * part].map(|shares| {
        let mut world = shared();
        world.pass(DAY / 2);
        let cost = buy_out(&mut world, 1, 365);
        let queued_at = world.now();
        let id = world.next_change();
        world.propose(&Proposal::AssessorsLimit { assessors_limit: 1 }, None).ok();
        world.request_exit("mallory", 0, shares).ok();
        let waited = until_applied(&mut world, queued_at + TIMELOCK, &[(id, None)]);
        println!("with all cover bought for a year, {} of 1,000,000: {waited} days", cost / UNIT);
        assert!(waited <= 365 + BESIDE && cost > 100_000 * UNIT);
        (waited, cost)
    });
    let [(little, cost), (half, _)] = waits;
    written(&format!("for a year, {} in a pool of 1,000,000, a change waits {half} days", thousands(cost / UNIT)));
    written(&format!("a hundredth of that capital holds it up for {little}"));
    // One that only lowers risk waits for nobody.
    let mut world = shared();
    buy_out(&mut world, 1, 365);
    let id = world.next_change();
    world.propose(&Proposal::Delist, Some(0)).ok();
    world.request_exit("mallory", 0, part).ok();
    world.pass(TIMELOCK);
    world.apply(id, Some(0)).ok();
}

/// Cover keeps as much capital in as the leverage needs under which it was sold, whether one asks before a lower one applies or after it:
/// by the figure of the attack, 1,000 of cover, and by a hundred times as much.
#[test]
fn t41_lower_the_leverage_while_others_leave() {
    for cover in [1_000 * UNIT, 100_000 * UNIT] {
        let mut world = shared();
        // It needs half as much capital at the leverage of 2.
        insure(&mut world, 0, cover, 365);
        let id = world.next_change();
        world.propose(&Proposal::Leverage { leverage_bps: 1 }, None).fails(E::BadLeverage);
        world.propose(&Proposal::Leverage { leverage_bps: 9_999 }, None).fails(E::BadLeverage);
        world.propose(&Proposal::Leverage { leverage_bps: 10_000 }, None).ok();
        let mut late = world.clone();
        world.pass_days(8);
        ask_for_all(&mut world, "honest", 0);
        // All but a tenth more than it needs.
        let shares = world.shares("mallory");
        let kept = u64::try_from(u128::from(shares) * u128::from(cover) * 55 / 100 / u128::from(HALF)).expect("a part");
        world.request_exit("mallory", 0, shares - kept).ok();
        world.pass(TIMELOCK - 8 * DAY);
        world.apply(id, None).ok();
        let day = world.read_pool().exit_tail_day;
        until_day(&mut world, day);
        world.pay_exits().ok();
        // At the leverage of 1 it would need more than is left, and a part of them would wait for the cover to end.
        let capital = world.read_pool().capital;
        assert!(!world.read_pool().has_exits(), "by the leverage they asked under, all leave");
        assert!(capital < cover, "{capital}");
        collect(&mut world, "honest", 0);
        collect(&mut world, "mallory", 0);
        world.check_books();

        // Who asks once it has fallen.
        late.pass(TIMELOCK);
        late.apply(id, None).ok();
        let day = ask_for_all(&mut late, "honest", 0);
        ask_for_all(&mut late, "mallory", 0);
        until_day(&mut late, day);
        late.pay_exits().ok();
        let waits = late.read_pool().capital;
        println!(
            "{} of cover, sold at a leverage of 2, keeps {} of 1,000,000 in once it is 1 (it was all, for 394 days)",
            cover / UNIT,
            waits / UNIT
        );
        assert!(waits.abs_diff(cover / 2) <= 1, "{waits}");
        let epoch = late.read_epoch(0);
        assert!(0 < epoch.burned && epoch.burned < epoch.shares);
        late.check_books();
    }
}
