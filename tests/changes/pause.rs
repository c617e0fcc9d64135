//! `pause`: the guardian stops deposits and sales for a while; it ends by itself, and another must wait.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::UNIT;

/// Asserts whether deposits, sales and quotes are stopped.
fn assert_stopped(world: &mut Play, stopped: bool) {
    let id = world.read_pool().policies_sold;
    let receipts = [world.deposit("ada", UNIT), world.buy("dora", 0, id, 10 * UNIT, 30), world.quote(0, 10 * UNIT, 30)];
    for receipt in receipts {
        if stopped {
            receipt.fails(E::Paused);
        } else {
            receipt.ok();
        }
    }
}

#[test]
fn it_stops_deposits_and_sales_until_its_last_second() {
    let mut world = stage();
    let (before, now) = (world.read_pool(), world.now());
    let receipt = world.pause("guardian", 1_000).ok();
    let (paused_until, next_pause_at) = (now + 1_000, now + 1_000 + 7 * DAY);
    assert_eq!(world.read_pool(), Pool { paused_until, next_pause_at, ..before });
    let event = PoolPaused { pool: world.pool(), paused_until, next_pause_at };
    assert_eq!(only_event(&receipt), Event::PoolPaused(event));
    assert_stopped(&mut world, true);
    world.pass(999);
    assert_stopped(&mut world, true);
    world.pass(1);
    assert_stopped(&mut world, false);
}

#[test]
fn it_lasts_a_second_to_seven_days() {
    let mut world = stage();
    for seconds in [7 * DAY + 1, u64::MAX] {
        world.pause("guardian", seconds).fails(E::PauseTooLong);
    }
    let mut longest = stage();
    longest.pause("guardian", 7 * DAY).ok();
    longest.pass(7 * DAY - 1);
    assert_stopped(&mut longest, true);
    longest.pass(1);
    assert_stopped(&mut longest, false);
    world.pause("guardian", 1).ok();
    assert_stopped(&mut world, true);
    world.pass(1);
    assert_stopped(&mut world, false);
}

#[test]
fn another_waits_seven_days_after_its_end_to_the_second() {
    let mut world = stage();
    world.pause("guardian", 7 * DAY).ok();
    world.pause("guardian", 1).fails(E::PauseTooSoon);
    world.pass(14 * DAY - 1);
    world.pause("guardian", 1).fails(E::PauseTooSoon);
    world.pass(1);
    world.pause("guardian", 7 * DAY).ok();
    assert_stopped(&mut world, true);
}

#[test]
fn the_guardian_ends_it_early() {
    let mut world = stage();
    world.pause("guardian", 0).fails(E::NotPaused);
    world.pause("guardian", 5 * DAY).ok();
    world.pass(DAY);
    let (before, now) = (world.read_pool(), world.now());
    world.pause("guardian", 0).ok();
    let (paused_until, next_pause_at) = (now, now + 7 * DAY);
    assert_eq!(world.read_pool(), Pool { paused_until, next_pause_at, ..before });
    assert_stopped(&mut world, false);
    world.pause("guardian", 0).fails(E::NotPaused);
    world.pass(7 * DAY - 1);
    world.pause("guardian", 1).fails(E::PauseTooSoon);
    world.pass(1);
    world.pause("guardian", 1).ok();
    world.pass(1);
    world.pause("guardian", 0).fails(E::NotPaused);
}

#[test]
fn only_the_guardian_can() {
    let mut world = stage();
    for name in ["founder", "vera", "ada"] {
        world.pause(name, 1).fails(E::NotGuardian);
    }
    changed(&mut world, &Proposal::Guardian { guardian: NOBODY }, None);
    world.pause("guardian", 1).fails(E::NotGuardian);
    let guardian = world.key("vera");
    changed(&mut world, &Proposal::Guardian { guardian }, None);
    world.pause("vera", 1).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let (pool, own) = (world.pool(), world.product(0));
    let forged = forge(&mut world, &pool);
    let instruction = Pause { guardian: world.key("guardian"), pool }.instruction(1);
    let rows = [(1, own, TOO_SMALL), (1, forged, NOT_OURS)];
    refuses(&mut world, &instruction, &["guardian"], &rows);
    writes(&mut world, &instruction, &["guardian"], &[1]);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(UNSIGNED);
    // Another pool's guardian is somebody else.
    let second = second_pool(&mut world);
    let guardian = world.key("gert");
    let change_of = change_address(&second, &world.key("founder"), 0);
    let propose = ProposeChange { pool: second, change: change_of, ..world.propose_accounts("founder", 0, None) };
    world.send(propose.instruction(0, &Proposal::Guardian { guardian }), &["founder"]).ok();
    world.pass(TIMELOCK);
    let apply = ApplyChange { pool: second, change: change_of, ..world.apply_accounts(0, None) };
    world.send(apply.instruction(), &[]).ok();
    refuses(&mut world, &instruction, &["guardian"], &[(1, second, error(E::NotGuardian))]);
    world.send(instruction, &["guardian"]).ok();
}
