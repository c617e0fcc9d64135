//! `absorb_surplus`: what somebody sent to the vault reaches the LPs over seven days, not at once.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{
    UNIT,
    books::{days_begun, streaming},
};

#[test]
fn absorb_surplus_streams_a_donation_over_seven_days() {
    let mut world = funded_pool();
    world.absorb_surplus().fails(E::NothingToAbsorb);
    let (pool, asset, gift) = (world.pool(), world.asset(), 7_777 * UNIT + 7);
    world.mint_to(&asset, &vault_address(&pool), gift);
    world.check_books_beside(gift);
    let (before, now) = (world.read_pool(), world.now());
    let receipt = world.absorb_surplus().ok();
    let after = world.read_pool();
    assert_eq!(after, streaming(days_begun(before, now), gift));
    let event = SurplusAbsorbed { pool, amount: gift, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::SurplusAbsorbed(event));
    world.check_books();
    world.pass(1);
    world.absorb_surplus().fails(E::NothingToAbsorb);
    world.pass(8 * DAY);
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let ended = world.read_pool();
    assert_eq!((ended.unearned, ended.capital), (0, before.capital + gift + UNIT));
    world.check_books();
}

#[test]
fn absorb_surplus_refuses_another_pools_vault_and_a_short_one() {
    let mut world = funded_pool();
    let second = second_pool(&mut world);
    let (pool, asset) = (world.pool(), world.asset());
    world.mint_to(&asset, &vault_address(&pool), 1);
    let instruction = AbsorbSurplus { pool, vault: vault_address(&pool) }.instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[(0, second, error(E::WrongVault)), (1, vault_address(&second), error(E::WrongVault))],
    );
    world.send(instruction.clone(), &[]).ok();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, bonds), &1u64.to_le_bytes());
    world.pass(1);
    world.send(instruction, &[]).fails(E::VaultShort);
}
