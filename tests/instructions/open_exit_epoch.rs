//! `open_exit_epoch`: tomorrow's epoch, before anybody stands in it.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::day_of;
use harness::Chain;
use solana_instruction_error::InstructionError as I;

#[test]
fn open_exit_epoch_begins_tomorrows_and_touches_nothing_else() {
    let mut world = open_pool();
    let (before, day) = (world.read_pool(), day_of(world.now()) + 1);
    let receipt = world.open_epoch().ok();
    assert!(receipt.events().is_empty());
    assert_eq!(world.read_pool(), before);
    let (pool, rent_payer) = (world.pool(), world.key("founder"));
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    let bump = bump(&[b"exit_epoch", pool.as_ref(), &day.to_le_bytes()]);
    assert_eq!(epoch, ExitEpoch { version: 1, bump, pool, rent_payer, day, ..zeroed() });
    world.check_books();
    world.pass(1);
    world.open_epoch().fails_with(TAKEN);
    world.pass_days(1);
    world.open_epoch().ok();
}

#[test]
fn open_exit_epoch_is_for_tomorrow_only() {
    let mut world = open_pool();
    let today = day_of(world.now());
    for day in [0, today, today + 2, today + 7] {
        world.send(world.open_epoch_accounts(day).instruction(day), &["founder"]).fails(E::NotTomorrow);
    }
}

#[test]
fn open_exit_epoch_needs_the_payer_and_the_pools_own_address() {
    let mut world = open_pool();
    let second = second_pool(&mut world);
    let day = day_of(world.now()) + 1;
    let instruction = world.open_epoch_accounts(day).instruction(day);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    let pool = world.pool();
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (1, second, I::InvalidSeeds),
            (2, exit_epoch_address(&second, day), I::InvalidSeeds),
            (2, exit_epoch_address(&pool, day + 1), I::InvalidSeeds),
        ],
    );
    world.send(instruction, &["founder"]).ok();
}
