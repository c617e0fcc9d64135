//! `close_exit_epoch`: what roundings left goes to the LPs over seven days, the rent to who paid it.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::day_of;
use harness::{Chain, UNIT};

/// Two tickets of which each loses less than an atom, settled.
fn settled() -> (TestWorld, u64) {
    let mut world = open_pool();
    let day = world.exit_day();
    world.request_exit("ada", 0, 1_500).ok();
    world.request_exit("ada", 1, 1_500).ok();
    world.pass_days(7);
    world.settle_epoch(day).ok();
    (world, day)
}

#[test]
fn close_exit_epoch_streams_the_dust_and_returns_the_rent() {
    let (mut world, day) = settled();
    world.close_epoch(day).fails(E::ExitEpochInUse);
    world.collect_exit("ada", 0).ok();
    world.pass(1);
    world.close_epoch(day).fails(E::ExitEpochInUse);
    world.collect_exit("ada", 1).ok();
    world.pass(1);
    let (pool, before) = (world.pool(), world.read_pool());
    let address = exit_epoch_address(&pool, day);
    assert_eq!(before.exits_due, 1, "3 atoms were paid for both, 1 to each");
    let (ada, guardian) = (world.key("ada"), world.key("guardian"));
    world.give_lamports("guardian");
    let (rent, adas, guardians) =
        (lamports(&mut world, &address), lamports(&mut world, &ada), lamports(&mut world, &guardian));
    let receipt = world.close_epoch(day).ok();
    let after = world.read_pool();
    assert_eq!((after.exits_due, after.unearned, after.other_income), (0, 1, 1));
    assert_eq!(after.capital, before.capital);
    let event = ExitEpochClosed { pool, epoch: address, day, dust: 1, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::ExitEpochClosed(event));
    assert!(world.chain.account(&address).is_none());
    assert_eq!(lamports(&mut world, &ada), adas + rent - TIP);
    assert_eq!(lamports(&mut world, &guardian), guardians + TIP);
    world.check_books();
    world.pass_days(8);
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.income_earned), (0, 1), "earned after seven days");
    world.check_books();
}

#[test]
fn close_exit_epoch_of_an_unused_one_waits_until_its_day_is_over() {
    let mut world = open_pool();
    world.open_epoch().ok();
    let day = day_of(world.now()) + 1;
    world.close_epoch(day).fails(E::ExitEpochInUse);
    world.pass_days(1);
    world.close_epoch(day).fails(E::ExitEpochInUse);
    world.pass_days(1);
    world.close_epoch(day).ok();
    assert_eq!(world.read_pool().other_income, 0);
    world.check_books();
}

#[test]
fn close_exit_epoch_refuses_another_pools_accounts() {
    let mut world = open_pool();
    let second = second_pool(&mut world);
    world.open_epoch().ok();
    let day = day_of(world.now()) + 1;
    let foreign =
        OpenExitEpoch { pool: second, epoch: exit_epoch_address(&second, day), ..world.open_epoch_accounts(day) };
    world.send(foreign.instruction(day), &["founder"]).ok();
    world.pass_days(2);
    let mallory = world.key("mallory");
    let instruction = world.close_epoch_accounts(day).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, foreign.epoch, error(E::WrongPool)),
            (3, mallory, error(E::WrongRentPayer)),
            (4, vault_address(&second), error(E::WrongVault)),
        ],
    );
    world.send(instruction, &[]).ok();
}
