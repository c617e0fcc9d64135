//! `burn_slashed`: what voters lost leaves the supply.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};
use std::mem::offset_of;

/// A world in which vera has lost 5% of her 600 units.
fn slashed() -> (Play, u64) {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    (world, 30 * UNIT)
}

#[test]
fn what_was_lost_is_burned() {
    let (mut world, lost) = slashed();
    let accounts = world.burn_slashed_accounts();
    let before: Assembly = world.chain.read(&accounts.assembly);
    assert_eq!((before.slashed, before.total_staked), (lost, 970 * UNIT));
    let existed = supply(&mut world, &accounts.governance_mint);
    // Nobody but the bank signs: anyone may.
    let receipt = world.burn_slashed().ok();

    assert_eq!(world.chain.read::<Assembly>(&accounts.assembly), Assembly { slashed: 0, ..before });
    assert_eq!(supply(&mut world, &accounts.governance_mint), existed - lost);
    assert_eq!(world.balance_of(&accounts.stake_vault), 970 * UNIT);
    let event = SlashBurned { assembly: accounts.assembly, amount: lost };
    assert_eq!(only_event(&receipt), Event::SlashBurned(event));
}

#[test]
fn it_is_burned_once() {
    let (mut world, _) = slashed();
    world.burn_slashed().ok();
    world.burn_slashed().fails(E::NothingDue);
    let mut world = insured();
    world.burn_slashed().fails(E::NothingDue);
}

#[test]
fn the_vault_must_hold_everybodys_stake() {
    let (mut world, _) = slashed();
    let assembly = world.assembly();
    edit(&mut world, &assembly, offset_of!(Assembly, total_unstaking), &1u64.to_le_bytes());
    world.burn_slashed().fails(E::VaultShort);
    edit(&mut world, &assembly, offset_of!(Assembly, total_unstaking), &0u64.to_le_bytes());
    world.burn_slashed().ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, _) = slashed();
    let other = second_assembly(&mut world);
    let accounts = world.burn_slashed_accounts();
    let forged = forge(&mut world, &accounts.assembly);
    let (pool, asset) = (world.pool(), world.asset());
    let veras = world.tokens("vera", &world.governance());
    let instruction = accounts.instruction();
    let rows = [
        // Its own, which has lost nothing: the vault is the first that does not fit.
        (0, other, error(E::WrongVault)),
        (0, pool, OTHER_TYPE),
        (0, forged, NOT_OURS),
        (1, stake_vault_address(&other), error(E::WrongVault)),
        (1, veras, error(E::WrongVault)),
        (1, vault_address(&pool), error(E::WrongVault)),
        (2, asset, error(E::WrongMint)),
        (2, share_mint_address(&pool, 0), error(E::WrongMint)),
        (3, TOKEN_2022, error(E::WrongTokenProgram)),
        (3, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2]);
    world.send(instruction, &[]).ok();
}
