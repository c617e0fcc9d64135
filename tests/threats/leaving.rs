//! T46, T47, T53, T92 and T93: in which order and when LPs leave.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World, pool_params, product_params};

/// A court whose pool sells no more cover than it has capital, and lets go after so many days.
pub fn unlevered(exit_delay_days: u16) -> Play {
    court_of(unlevered_params(exit_delay_days))
}

pub fn unlevered_params(exit_delay_days: u16) -> PoolParams {
    PoolParams {
        leverage_bps: 10_000,
        group_caps_bps: [10_000; 16],
        exit_delay_days,
        timelock: u64::from(exit_delay_days + 2) * DAY,
        ..pool_params()
    }
}

/// Dora buys cover of product 0 until all capital is needed, one policy for each of these terms.
fn sell_out(world: &mut Play, amounts: &[(u64, u16)]) {
    world.fund("dora", HALF);
    for (id, (amount, days)) in (0..).zip(amounts) {
        world.buy("dora", 0, id, *amount, *days).ok();
    }
}

/// Somebody looks at noon and sees that exits wait, and pays what can be paid in the first second of each day, until that of
/// `last`. Returns what each payment paid, atoms.
fn pay_daily(world: &mut Play, last: u64) -> Vec<u64> {
    let mut payments = Vec::new();
    while day_of(world.now()) < last {
        let midnight = (day_of(world.now()) + 1) * DAY;
        let noon = (midnight - DAY / 2).max(world.now());
        until(world, noon);
        world.call_exits();
        until(world, midnight);
        world.roll_product(0).ok();
        let before = world.read_pool().exits_due;
        if world.pay_exits().result.is_ok() {
            payments.push(world.read_pool().exits_due - before);
        }
    }
    payments
}

/// One second after another around a midnight: anyone who asks in the last second of a day is out no sooner than a full delay
/// later, and no later than a day more than that.
#[test]
fn t47_ask_a_second_before_midnight() {
    for delay in [1, 7, 90] {
        let mut world = unlevered(delay);
        let midnight = (day_of(world.now()) + 1) * DAY;
        for (second, days) in [(DAY - 1, 1), (DAY, 1), (DAY + 1, 2)] {
            until(&mut world, midnight - DAY + second);
            let (_, day) = world.exit_epoch();
            assert_eq!(day, day_of(midnight) - 1 + u64::from(delay) + days, "{delay} {second}");
            let wait = day * DAY - world.now();
            assert!((u64::from(delay) * DAY..u64::from(delay + 1) * DAY).contains(&wait), "a full delay: {wait}");
        }
    }
}

/// With an exit delay of a day mallory asked a second before midnight, right after the event, and was out a second later:
/// with 500,066 of a million, of which 475,000 were lost; the other LP kept 25,711. Now everybody has a full day to report it.
#[test]
fn t47_leave_ahead_of_an_event_with_a_delay_of_a_day() {
    for (asked, reported) in [(DAY - 1, DAY - 1), (DAY - 1, 2 * DAY - 1), (DAY, 2 * DAY - 1), (DAY + 1, 3 * DAY - 1)] {
        let mut world = unlevered(1);
        let policy = insure(&mut world, 0, 500_000 * UNIT, 90);
        world.pass_days(3);
        let midnight = day_of(world.now()) * DAY;
        until(&mut world, midnight + asked);
        let (occurred, day) = (world.now(), ask_for_all(&mut world, "mallory", 0));
        // In the last second before she could leave, at the latest.
        until(&mut world, midnight + reported);
        world.pay_exits().fails(E::ExitNotDue);
        let incident = report_at(&mut world, 0, 0, occurred);
        world.submit_claim("dora", &policy, &incident, 500_000 * UNIT).ok();
        let mut got = leave(&mut world, "mallory", 0, day);
        accept(&mut world, 0, 0);
        got += take_back(&mut world, "mallory", 0, &incident);
        let stayed = worth(&mut world, "honest");
        println!(
            "asked {asked} s into the day, reported {reported} s: {} left with, {} kept",
            got / UNIT,
            stayed / UNIT
        );
        assert!(got <= stayed && got < 265_000 * UNIT, "{got} {stayed}");
        assert_eq!(world.read_pool().payable, 475_000 * UNIT);
        world.check_books();
    }
}

/// The early epoch was settled with a tiny amount, and what was left of it fell behind the attacker's: 500,297 against 297;
/// without it 558 against 500,036. Now the first epoch stays the first, and less than a hundredth of it is not paid at all.
#[test]
fn t46_pay_an_early_epoch_a_little() {
    // At a rate of at most 2% the cover's premium is never a hundredth of an epoch.
    let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
        let flat = ProductParams { r0_ppm: 20_000, r1_ppm: 20_000, r2_ppm: 20_000, ..product_params("Flat") };
        world.list_product(3, flat).ok();
    });
    world.fund("dora", HALF);
    for (id, days) in [(0, 10), (1, 60)] {
        world.buy("dora", 3, id, HALF, days).ok();
    }
    let day = ask_for_all(&mut world, "honest", 0);
    world.pass_days(1);
    ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day + 1);
    // A week's premium is free: a few hundred units, below a hundredth of the first epoch.
    world.pay_exits().fails(E::NothingToPay);
    let second = world.pay_exits_accounts(1).instruction();
    world.send(second.clone(), &[]).fails(E::EarlierExitWaits);
    world
        .send(CallExits { pool: world.pool(), epoch: exit_epoch_address(&world.pool(), 1) }.instruction(), &[])
        .fails(E::EarlierExitWaits);
    // Half of the cover is released, in the first second of a day. Mallory tries every order of the two.
    let released = world.chain.read::<Policy>(&world.policy(3, "dora", 0)).release_day;
    until(&mut world, released * DAY - 1);
    world.call_exits().ok();
    world.pay_exits().fails(E::NothingToPay);
    world.pass(1);
    world.send(second.clone(), &[]).fails(E::EarlierExitWaits);
    world.roll_product(3).ok();
    let first = world.pay_exits_accounts(0).instruction();
    world.send_all(&[second.clone(), first.clone()], &[]).fails(E::EarlierExitWaits);
    world.send(first, &[]).ok();
    let got = collect(&mut world, "honest", 0);
    assert!(got >= HALF, "{got}");
    // She has what is free beside it, a premium: too little for a payment.
    world.send(second.clone(), &[]).fails(E::NothingToPay);
    world.collect_exit("mallory", 0).fails(E::NothingDue);
    println!("the first has {} units, the second nothing yet", got / UNIT);
    let released = world.chain.read::<Policy>(&world.policy(3, "dora", 1)).release_day;
    until(&mut world, released * DAY - 1);
    world.call_exits().ok();
    world.pass(1);
    world.roll_product(3).ok();
    world.send(second, &[]).ok();
    assert!(collect(&mut world, "mallory", 0) >= HALF);
    world.check_books();
}

/// A ticket nine times as large shared the payments of an earlier one. Now it waits behind it; on one day they share.
#[test]
fn t46_a_larger_ticket_behind_a_smaller() {
    for same_day in [false, true] {
        let mut world = unlevered(7);
        world.fund("eve", 100_000 * UNIT);
        // Honest and mallory have 500,000 each; mallory's nine tenths are asked for a second or a day after a tenth of honest's.
        sell_out(&mut world, &[(50_000 * UNIT, 10), (950_000 * UNIT, 60)]);
        let some = world.shares("honest") / 9;
        let midnight = (day_of(world.now()) + 1) * DAY;
        until(&mut world, midnight + 1);
        world.request_exit("honest", 0, some).ok();
        until(&mut world, if same_day { midnight + DAY } else { midnight + DAY + 1 });
        ask_for_all(&mut world, "mallory", 0);
        let released = world.chain.read::<Policy>(&world.policy(0, "dora", 0)).release_day;
        pay_daily(&mut world, released);
        let got = collect(&mut world, "honest", 0);
        let all = HALF / 9;
        println!("{} of {} units for the smaller one", got / UNIT, all / UNIT);
        if same_day {
            assert!((all / 11..all / 9).contains(&got), "a tenth of what was free, as of everybody's: {got}");
        } else {
            assert!(got > all * 9 / 10, "all that was free: {got} of {all}");
            world.collect_exit("mallory", 0).fails(E::NothingDue);
        }
        world.check_books();
    }
}

/// A ticket that was paid in ninety settlements took ninety calls. Now it takes one, to the atom.
#[test]
fn t46_many_payments_and_one_collection() {
    let mut world = unlevered(1);
    let terms: Vec<_> = (1..=50).map(|days| (20_000 * UNIT, days)).collect();
    sell_out(&mut world, &terms);
    ask_for_all(&mut world, "honest", 0);
    world.pass(60);
    world.request_exit("mallory", 0, UNIT).ok();
    let last = world.chain.read::<Policy>(&world.policy(0, "dora", 49)).release_day;
    let payments = pay_daily(&mut world, last);
    let all: u64 = payments.iter().sum();
    let units = world.collect_exit("honest", 0).ok().units();
    let got = world.balance("honest") - (1_000_000 * UNIT - HALF);
    println!("{} payments, {} units, one collection of {units} compute units", payments.len(), got / UNIT);
    assert!(payments.len() >= 20, "{payments:?}");
    let rest = collect(&mut world, "mallory", 0);
    assert!(all - got - rest < 2 && got > HALF, "{got} of {all}");
    assert!(world.read_pool().exits_due < 3);
    world.close_epoch(0).ok();
    world.check_books();
}

/// An epoch that is paid in part while one incident is open, and in part while a later one is: both give back what they have
/// of it, and the ticket ends.
#[test]
fn t46_a_part_of_two_incidents_one_after_the_other() {
    let mut world = unlevered(1);
    sell_out(&mut world, &[(300_000 * UNIT, 10), (500_000 * UNIT, 100)]);
    world.pass_days(2);
    let day = ask_for_all(&mut world, "honest", 0);
    until(&mut world, day * DAY - 1);
    let first = open(&mut world, 0, 0);
    // 200,000 can leave: what no cover needs.
    let mut got = leave(&mut world, "honest", 0, day);
    let epoch = world.read_epoch(0);
    assert!(epoch.burned > epoch.shares / 4 && epoch.burned < epoch.shares / 2);
    reject(&mut world, 0, 0);
    got += take_back(&mut world, "honest", 0, &first);
    assert_eq!((world.read_pool().index.era, world.read_epoch(0).contested_incidents), (1, 0), "it began anew");
    // The next, and the rest, once cover is released.
    let released = world.chain.read::<Policy>(&world.policy(0, "dora", 0)).release_day;
    until(&mut world, released * DAY - DAY / 2);
    world.call_exits().ok();
    until(&mut world, released * DAY);
    world.roll_product(0).ok();
    // Reported an hour before, it would wait for the verdict: what ends under a report counts on.
    let second = open(&mut world, 0, 1);
    world.pay_exits().ok();
    got += collect(&mut world, "honest", 0);
    assert_eq!(world.read_epoch(0).contested_incidents, 1);
    reject(&mut world, 0, 1);
    got += take_back(&mut world, "honest", 0, &second);
    assert!(got >= HALF, "{got}");
    let ticket = exit_ticket_address(&world.pool(), &world.key("honest"), 0);
    assert!(world.chain.account(&ticket).is_none(), "all of it");
    world.close_epoch(0).ok();
    world.check_books();
}

/// Nobody settled for 512 days, then a part: the queue was stuck for 380 days. Now one call and a day bring out everybody.
#[test]
fn t53_nobody_pays_for_years() {
    for idle in [40, 512, 600, 1_100] {
        let mut world = unlevered(7);
        insure(&mut world, 0, 600_000 * UNIT, 365);
        ask_for_all(&mut world, "honest", 0);
        world.pass_days(1);
        ask_for_all(&mut world, "mallory", 0);
        world.pass_days(idle);
        world.pay_exits().fails(E::ExitNotCalled);
        world.call_exits().ok();
        world.pass(DAY);
        world.pay_exits().ok();
        let second = world.pay_exits();
        let got = collect(&mut world, "honest", 0);
        println!("{idle} days: {} units for the first at once", got / UNIT);
        if idle < 395 {
            // Cover needs 600,000: the first epoch has a part, and stays the first.
            second.fails(E::NothingToPay);
            assert!(got > 400_000 * UNIT);
            let released = world.chain.read::<Policy>(&world.policy(0, "dora", 0)).release_day;
            until(&mut world, released * DAY);
            world.roll_product(0).ok();
            world.call_exits().ok();
            world.pass(DAY);
            world.pay_exits().ok();
            world.pay_exits().ok();
            assert!(got + collect(&mut world, "honest", 0) >= HALF);
        } else {
            second.ok();
            assert!(got >= HALF);
        }
        assert!(collect(&mut world, "mallory", 0) >= HALF);
        assert_eq!(world.read_pool().exits_due, 0);
        world.check_books();
    }
}

/// When a call counts, to the second; and a report in between is borne.
#[test]
fn t53_call_an_epoch_and_choose_the_second() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 400_000 * UNIT, 90);
    let day = ask_for_all(&mut world, "mallory", 0);
    until(&mut world, day * DAY - 1);
    world.call_exits().fails(E::ExitNotDue);
    // Within a day of when it could be paid there is nothing to call.
    for second in [day * DAY, (day + 1) * DAY - 1] {
        until(&mut world, second);
        world.call_exits().fails(E::ExitNotLate);
        world.clone().pay_exits().ok();
    }
    world.pass(1);
    world.pay_exits().fails(E::ExitNotCalled);
    world.call_exits().ok();
    let called = world.now();
    // A call that runs is not moved by another.
    for (second, can) in [(1, false), (DAY - 1, false), (DAY, true), (2 * DAY - 1, true), (2 * DAY, false)] {
        until(&mut world, called + second);
        if can {
            world.clone().pay_exits().ok();
        } else {
            world.pay_exits().fails(E::ExitNotCalled);
        }
        if second < 2 * DAY {
            world.call_exits().fails(E::ExitNotLate);
        }
    }
    // Nobody paid: it has to be called again. An event in that second is reported in time.
    world.call_exits().ok();
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
    world.pass(60);
    world.pay_exits().fails(E::ExitNotCalled);
    world.pass(DAY);
    let mut got = leave(&mut world, "mallory", 0, day);
    accept(&mut world, 0, 0);
    got += take_back(&mut world, "mallory", 0, &incident);
    assert!(got <= worth(&mut world, "honest"), "{got}");
    world.check_books();
}

/// A line of one-share exits ahead of a large one: each that was paid gave the next a day of its own, so after one call the
/// large one could leave at any second for as many days. Now all of them have the day of that call.
#[test]
fn t53_a_line_of_small_exits_ahead_of_a_large_one() {
    let mut world = unlevered(1);
    let policy = insure(&mut world, 0, 400_000 * UNIT, 300);
    for id in 0..10 {
        world.request_exit("mallory", id, 1).ok();
        world.pass_days(1);
    }
    let shares = world.shares("mallory");
    world.request_exit("mallory", 10, shares).ok();
    world.pass_days(20);
    world.call_exits().ok();
    let called = world.now();
    until(&mut world, called + 2 * DAY - 1);
    world.pay_exits().ok();
    // She pays the next a day later, and so on, and waits for an event.
    let at_once = {
        let mut world = world.clone();
        (1..=10).for_each(|_| drop(world.pay_exits().ok()));
        world.read_pool().exiting_shares
    };
    assert_eq!(at_once, 0, "all of them, in the same second");
    world.pass(1);
    world.pay_exits().fails(E::ExitNotCalled);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.pass(1);
    world.pay_exits().fails(E::ExitNotCalled);
    world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
    world.call_exits().ok();
    world.pass_days(1);
    (1..=10).for_each(|_| drop(world.pay_exits().ok()));
    let mut got = collect(&mut world, "mallory", 10);
    accept(&mut world, 0, 0);
    // Each of those small ones has its place, and nothing, in the incident.
    for epoch in 1..10 {
        world.release_contested(&incident, epoch).ok();
    }
    got += take_back(&mut world, "mallory", 10, &incident);
    assert!(got <= worth(&mut world, "honest"), "{got}");
    world.check_books();
}

/// Mallory calls her epoch every two days and never pays it. She can leave in every second of every other day, as long as
/// nobody else does it for her: in the first of those seconds anyone can, and she has what she asked for.
#[test]
fn t53_call_and_call_again() {
    let mut world = shared();
    insure(&mut world, 0, 400_000 * UNIT, 90);
    ask_for_all(&mut world, "mallory", 0);
    world.pass_days(10);
    let mut open = 0;
    for hour in 0..240 {
        if hour % 48 == 0 {
            world.call_exits().ok();
        }
        open += u64::from(world.clone().pay_exits().result.is_ok());
        world.pass(3_600);
    }
    assert_eq!(open, 120, "half of the time");
    world.call_exits().ok();
    world.pass(DAY);
    world.pay_exits().ok();
    assert_eq!(world.read_pool().exiting_shares, 0);
}

/// Ten times the pool's money for a second, to have one's own exit paid that cover keeps in. It makes room from the second midnight
/// on, stays in its place, and the others have an atom less at most.
#[test]
fn t46_deposit_ten_times_the_money_to_leave() {
    let mut world = unlevered(7);
    sell_out(&mut world, &[(1_000_000 * UNIT, 60)]);
    let day = ask_for_all(&mut world, "mallory", 0);
    world.fund("mallory", 10_000_000 * UNIT);
    until_day(&mut world, day);
    world.pay_exits().fails(E::NothingToPay);
    world.call_exits().ok();
    let (before, held, income) =
        (worth(&mut world, "honest"), world.balance("mallory"), world.read_pool().income_earned);
    let seen = world.seen();
    let enter = world.deposit_accounts("mallory").instruction(10_000_000 * UNIT, 0, &seen);
    let pay = world.pay_exits_accounts(0).instruction();
    world.send_all(&[enter.clone(), pay], &["mallory"]).fails(E::NothingToPay);
    world.send(enter, &["mallory"]).ok();
    world.await_room();
    world.pay_exits().ok();
    let got = collect(&mut world, "mallory", 0);
    // She is in with twenty times as much as she is out with, and what she has in waits as long as anybody's.
    let shares = world.shares("mallory");
    world.send(world.withdraw_accounts("mallory").instruction(shares, 0), &["mallory"]).fails(E::LeavingTakesTime);
    let again = ask_for_all(&mut world, "mallory", 1);
    assert!(again >= day + 7);
    let in_it = world.read_pool().worth(shares).unwrap();
    let gain = i128::from(world.balance("mallory") + in_it) - i128::from(held) - i128::from(got);
    // No more than the premium of the days for which she bore what the others bear.
    let earned = world.read_pool().income_earned - income;
    assert!(gain <= i128::from(earned), "{gain} of {earned}");
    assert!(worth(&mut world, "honest") + 1 >= before);
    world.check_books();
}

/// She asked to leave while cover of her own kept her in, and gave it back in the second of a loss elsewhere: out before anyone
/// reported it, with 217,597 of what the others lost. Now it is held until the second midnight, begun or not: everybody has a day to
/// report.
#[test]
fn t92_keep_oneself_in_and_let_go_in_the_second_of_a_loss() {
    // Her cover has begun, or not; she cancels it, or gives all back but for the least; in the first second of a day, or in the last.
    for (index, cancels, second) in
        [(1, false, 0), (1, false, DAY - 1), (3, true, 0), (3, true, DAY - 1), (3, false, 0)]
    {
        let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
            let later = ProductParams { waiting_days: 30, ..product_params("Later") };
            world.list_product(3, later).ok();
        });
        let doras = insure(&mut world, 0, HALF, 90);
        world.buy("mallory", index, 0, HALF, 90).ok();
        let hers = world.policy(index, "mallory", 0);
        let day = ask_for_all(&mut world, "mallory", 0);
        until_day(&mut world, day);
        world.pay_exits().fails(E::NothingToPay);
        until(&mut world, day * DAY + second);
        world.call_exits().ok();
        // The loss.
        let (occurred, midnight) = (world.now(), world.second_midnight());
        assert!(midnight - occurred > DAY);
        let let_go = if cancels {
            world.cancel_accounts("mallory", index, &hers).instruction(0)
        } else {
            world.reduce_accounts("mallory", index, &hers).instruction(HALF - HALF / 20 - 1, 0)
        };
        let pay = world.pay_exits_accounts(0).instruction();
        world.send_all(&[let_go.clone(), pay], &["mallory"]).fails(E::NothingToPay);
        world.send(let_go, &["mallory"]).ok();
        until(&mut world, midnight - 1);
        world.roll_product(index).ok();
        world.pay_exits().fails(E::NothingToPay);
        // The last second in which somebody can report it, so that she bears her part.
        let incident = report_at(&mut world, 0, 0, occurred);
        world.submit_claim("dora", &doras, &incident, HALF).ok();
        world.pay_exits().fails(E::NothingToPay);
        world.call_exits().ok();
        until(&mut world, midnight);
        world.roll_product(index).ok();
        world.pay_exits().ok();
        let mut got = collect(&mut world, "mallory", 0);
        accept(&mut world, 0, 0);
        got += take_back(&mut world, "mallory", 0, &incident);
        let stayed = worth(&mut world, "honest");
        assert!(got <= stayed && got < 270_000 * UNIT, "{got} {stayed}");
        assert_eq!(world.read_pool().payable, 475_000 * UNIT);
        world.check_books();
    }
}

/// She let room for less than a hundredth of her exit wait for a loss, filled the hundredth up with new money, and had both out: 30,552.
/// Now new money makes room from the second midnight on, in one second or a day as well as in two.
#[test]
fn t93_a_hundredth_of_an_exit_leaves_in_the_second_of_a_loss() {
    for second in [0, DAY / 2, DAY - 1] {
        // At a rate of at most 2% a week's premium is a few hundred.
        let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
            let flat = ProductParams { r0_ppm: 20_000, r1_ppm: 20_000, r2_ppm: 20_000, ..product_params("Flat") };
            world.list_product(3, flat).ok();
        });
        world.fund("dora", HALF);
        world.buy("dora", 3, 0, 2 * HALF - 4_000 * UNIT, 90).ok();
        let day = ask_for_all(&mut world, "mallory", 0);
        until_day(&mut world, day);
        world.pay_exits().fails(E::NothingToPay);
        until(&mut world, day * DAY + second);
        world.call_exits().ok();
        // The loss.
        let midnight = world.second_midnight();
        let seen = world.seen();
        let enter = world.deposit_accounts("mallory").instruction(1_000 * UNIT, 0, &seen);
        let pay = world.pay_exits_accounts(0).instruction();
        world.send_all(&[enter.clone(), pay], &["mallory"]).fails(E::NothingToPay);
        world.send(enter, &["mallory"]).ok();
        for time in [midnight - DAY, midnight - 1] {
            if time > world.now() {
                until(&mut world, time);
            }
            world.roll_product(3).ok();
            world.pay_exits().fails(E::NothingToPay);
        }
        world.call_exits().ok();
        until(&mut world, midnight);
        world.pay_exits().ok();
        let got = collect(&mut world, "mallory", 0);
        assert!((5_000 * UNIT..6_000 * UNIT).contains(&got), "{got}");
        world.check_books();
    }
}

/// Gifts of shares to the escrow and of money to the vault, before exits are paid and between a payment and its collection:
/// they change what nobody else gets.
#[test]
fn t46_gifts_around_a_payment() {
    let mut got = Vec::new();
    for gifts in [false, true] {
        let mut world = shared();
        let day = ask_for_all(&mut world, "honest", 0);
        until_day(&mut world, day);
        if gifts {
            let [account, owner, escrow] = [world.share_tokens("mallory"), world.key("mallory"), world.exit_escrow()];
            let id = spl_token_interface::ID;
            let give = spl_token_interface::instruction::transfer(&id, &account, &escrow, &owner, &[], 1_000 * UNIT);
            world.send(give.expect("valid instruction"), &["mallory"]).ok();
            let (mint, burnt) = (world.share_mint(), 1_000 * UNIT);
            let burn = spl_token_interface::instruction::burn(&id, &account, &mint, &owner, &[], burnt);
            world.send(burn.expect("valid instruction"), &["mallory"]).ok();
            let gift = transfer(&world, "mallory", &vault_address(&world.pool()), 5_000 * UNIT);
            world.send(gift, &["mallory"]).ok();
        }
        world.pay_exits().ok();
        if gifts {
            world.absorb_surplus().ok();
        }
        got.push(collect(&mut world, "honest", 0));
        world.close_epoch(0).ok();
        world.check_books();
    }
    assert_eq!(got, [HALF; 2]);
}
