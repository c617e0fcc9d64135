//! `close_exit_epoch`: once every ticket has left, rent and dust go where they belong.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};
use std::mem::offset_of;

/// Two tickets of 1.5 atoms each, whose epoch is paid.
fn paid() -> TestWorld {
    let mut world = funded_pool();
    world.request_exit("ada", 0, 1_500).ok();
    world.request_exit("ada", 1, 1_500).ok();
    world.await_exits();
    world.pay_exits().ok();
    world
}

#[test]
fn close_exit_epoch_streams_the_dust_and_returns_the_rent() {
    let mut world = paid();
    world.close_epoch(0).fails(E::ExitEpochInUse);
    world.collect_exit("ada", 0).ok();
    world.pass(1);
    world.close_epoch(0).fails(E::ExitEpochInUse);
    world.collect_exit("ada", 1).ok();
    world.pass(1);
    let (pool, before) = (world.pool(), world.read_pool());
    let address = exit_epoch_address(&pool, 0);
    assert_eq!(before.exits_due, 1, "3 atoms were paid for both, 1 to each");
    let (ada, guardian) = (world.key("ada"), world.key("guardian"));
    let [rent, adas, guardians] = purses(&mut world, [address, ada, guardian]);
    let receipt = world.close_epoch(0).ok();
    let after = world.read_pool();
    assert_eq!((after.exits_due, after.unearned, after.other_income), (0, 1, 1));
    assert_eq!(after.capital, before.capital);
    let event = ExitEpochClosed { pool, epoch: address, number: 0, dust: 1, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::ExitEpochClosed(event));
    assert!(world.chain.account(&address).is_none());
    assert_eq!(purses(&mut world, [ada, guardian]), [adas + rent - TIP, guardians + TIP]);
    world.check_books();
    world.pass_days(8);
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.income_earned), (0, 1), "earned after seven days");
    world.check_books();
}

#[test]
fn close_exit_epoch_waits_for_what_incidents_give_back() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, 600_000 * UNIT * 1_000).ok();
    world.await_exits();
    report(&mut world, 0, 0);
    world.pay_exits().ok();
    world.collect_exit("ada", 0).ok();
    world.close_epoch(0).fails(E::ExitEpochInUse);
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    let incident = world.incident(0, 0);
    world.release_contested(&incident, 0).ok();
    world.close_epoch(0).fails(E::ExitEpochInUse);
    world.collect_exit("ada", 0).ok();
    world.close_epoch(0).ok();
    world.check_books();
}

#[test]
fn close_exit_epoch_refuses_another_pools_accounts() {
    let mut world = paid();
    world.collect_exit("ada", 0).ok();
    world.collect_exit("ada", 1).ok();
    let second = second_pool(&mut world);
    let (pool, foreign, mallory) = (world.pool(), exit_epoch_address(&second, 0), world.key("mallory"));
    let mut elsewhere = world.chain.account(&exit_epoch_address(&pool, 0)).unwrap();
    elsewhere.data[8 + offset_of!(ExitEpoch, pool)..][..32].copy_from_slice(second.as_ref());
    world.chain.set_account(&foreign, elsewhere);
    let instruction = world.close_epoch_accounts(0).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, foreign, error(E::WrongPool)),
            (3, mallory, error(E::WrongRentPayer)),
            (4, vault_address(&second), error(E::WrongVault)),
        ],
    );
    needs_a_full_vault(&mut world, instruction, &[]);
}
