//! `call_exits`: an epoch that nobody paid in time is paid a day after it was called, so that leaving is no option.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, Receipt, UNIT, books::days_begun};

/// 600,000 units' worth.
const SHARES: u64 = 600_000 * UNIT * 1_000;

/// Ada wants out with 600,000 units of her million while this much of the two products is covered; her day has come.
fn waiting(cover: [u64; 2]) -> TestWorld {
    let mut world = quiet_market(cover.map(|units| units * UNIT));
    world.request_exit("ada", 0, SHARES).ok();
    world.await_exits();
    world
}

/// Asserts what a call logs.
#[track_caller]
fn logs(world: &mut TestWorld, receipt: &Receipt, called: u64, payable_from: u64) {
    let (pool, books) = (world.pool(), books(&world.read_pool()));
    let epoch = exit_epoch_address(&pool, 0);
    let event = ExitsCalled { pool, epoch, called, payable_from, earned: 0, books };
    assert_eq!(only_event(receipt), Event::ExitsCalled(event));
}

#[test]
fn call_exits_opens_the_second_day_after_it() {
    for (seconds, payable) in [(DAY - 1, false), (DAY, true), (2 * DAY - 1, true), (2 * DAY, false)] {
        let mut world = waiting([0, 0]);
        world.pass(DAY);
        world.pay_exits().fails(E::ExitNotCalled);
        let (before, now) = (world.read_pool(), world.now());
        let receipt = world.call_exits().ok();
        logs(&mut world, &receipt, 1, now + DAY);
        assert_eq!(world.read_pool(), Pool { exit_called_at: now, ..days_begun(before, now) });
        world.pass(seconds);
        if payable {
            world.pay_exits().ok();
            assert_eq!(world.read_pool().exit_called_at, 0);
        } else {
            world.pay_exits().fails(E::ExitNotCalled);
        }
    }
}

#[test]
fn call_exits_is_for_what_nobody_paid_in_time_and_a_call_that_runs_stands() {
    let mut world = waiting([0, 0]);
    let due = world.now();
    world.chain.set_now(due - 1);
    world.call_exits().fails(E::ExitNotDue);
    world.chain.set_now(due + DAY - 1);
    world.call_exits().fails(E::ExitNotLate);
    world.pass(1);
    world.call_exits().ok();
    let called = world.now();
    for seconds in [1, DAY - 1, DAY, 2 * DAY - 1] {
        world.chain.set_now(called + seconds);
        world.call_exits().fails(E::ExitNotLate);
    }
    world.chain.set_now(called + 2 * DAY);
    world.call_exits().ok();
    world.pass(DAY);
    world.pay_exits().ok();
}

#[test]
fn call_exits_sees_an_epoch_wait_that_cannot_be_paid() {
    let mut world = waiting([1_000_000, 1_000_000]);
    // All the capital is needed. It is seen to wait, again and again.
    for _ in 0..3 {
        world.pass(DAY);
        world.pay_exits().fails(E::NothingToPay);
        let (before, now) = (world.read_pool(), world.now());
        let receipt = world.call_exits().ok();
        logs(&mut world, &receipt, 0, now);
        let after = world.read_pool();
        assert_eq!((after.exit_seen_at, after.exit_called_at), (now, 0));
        assert_eq!((after.capital, after.exit_head), (before.capital, before.exit_head));
    }
    // What frees capital within the day lets it be paid at once, and a second later not without a call.
    world.fund("ben", 100_000 * UNIT);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.await_room();
    world.pass(DAY - 2);
    world.pay_exits().ok();
    assert_eq!(world.read_pool().exits_due, 100_000 * UNIT);
}

#[test]
fn call_exits_finds_an_epoch_late_that_was_not_seen_to_wait_for_a_day() {
    let mut world = waiting([1_000_000, 1_000_000]);
    world.fund("ben", 100_000 * UNIT);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.await_room();
    // A day after a call saw it wait.
    world.pass(DAY - 1);
    world.pay_exits().fails(E::ExitNotCalled);
    world.call_exits().ok();
    world.pass(DAY);
    world.pay_exits().ok();
}

#[test]
fn call_exits_ends_when_the_epoch_can_no_longer_be_paid() {
    let mut world = waiting([0, 0]);
    world.pass(DAY);
    world.call_exits().ok();
    // Somebody buys all the cover that the rest carries; what was called waits now.
    let pool = world.pool();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, active_cover), &(2 * CAPITAL).to_le_bytes());
    world.call_exits().ok();
    let pool = world.read_pool();
    assert_eq!((pool.exit_called_at, pool.exit_seen_at), (0, world.now()));
}

#[test]
fn call_exits_takes_the_first_epoch_only_and_no_other_pools() {
    let mut world = waiting([0, 0]);
    world.request_exit("ada", 1, UNIT).ok();
    let second = second_pool(&mut world);
    world.pass(DAY);
    let pool = world.pool();
    let instruction = CallExits { pool, epoch: exit_epoch_address(&pool, 0) }.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[(0, second, error(E::WrongPool)), (1, exit_epoch_address(&pool, 1), error(E::EarlierExitWaits))],
    );
    world.send(read_only(instruction.clone(), 0), &[]).fails_with(NOT_WRITABLE);
    world.send(instruction, &[]).ok();
}
