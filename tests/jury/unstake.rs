//! `unstake`: what has waited comes out, once and to the second.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// A world in which 250 of vera's 600 units have waited long enough.
fn waited() -> Play {
    let mut world = insured();
    world.request_unstake("vera", 250 * UNIT).ok();
    world.pass_days(60);
    world
}

/// Somebody's balance of the staked token.
fn votes_of(world: &mut Play, name: &str) -> u64 {
    let account = world.tokens(name, &world.governance());
    world.balance_of(&account)
}

#[test]
fn what_has_waited_comes_out() {
    let mut world = waited();
    let accounts = world.unstake_accounts("vera");
    let voter_before: Voter = world.chain.read(&accounts.voter);
    let before: Assembly = world.chain.read(&accounts.assembly);
    let receipt = world.unstake("vera").ok();

    assert_eq!(world.chain.read::<Voter>(&accounts.voter), Voter { unstaking: 0, ..voter_before });
    let expected = Assembly { total_unstaking: 0, ..before };
    assert_eq!(world.chain.read::<Assembly>(&accounts.assembly), expected);
    assert_eq!(before.total_staked, 750 * UNIT);
    assert_eq!(votes_of(&mut world, "vera"), 250 * UNIT);
    assert_eq!(world.balance_of(&accounts.stake_vault), 750 * UNIT);
    let event = Unstaked { assembly: accounts.assembly, voter: accounts.voter, amount: 250 * UNIT };
    assert_eq!(only_event(&receipt), Event::Unstaked(event));
}

#[test]
fn it_comes_out_in_the_last_second_of_the_delay_and_once() {
    let mut world = insured();
    world.unstake("vera").fails(E::NothingDue);
    world.request_unstake("vera", 250 * UNIT).ok();
    world.unstake("vera").fails(E::UnstakeNotReady);
    world.pass(60 * DAY - 1);
    world.unstake("vera").fails(E::UnstakeNotReady);
    world.pass(1);
    world.unstake("vera").ok();
    world.unstake("vera").fails(E::NothingDue);
    assert_eq!(votes_of(&mut world, "vera"), 250 * UNIT);
    // All of it can go, and come again.
    world.request_unstake("vera", 350 * UNIT).ok();
    world.pass_days(60);
    world.unstake("vera").ok();
    assert_eq!(votes_of(&mut world, "vera"), 600 * UNIT);
    world.stake("vera", UNIT).ok();
}

#[test]
fn a_vote_with_the_rest_does_not_hold_it_up() {
    let mut world = waited();
    let incident = report(&mut world, 0, 0);
    world.vote("vera", &incident, FOR).ok();
    assert_eq!(ballot_on(&mut world, &incident).weight_of(Side::For), Ok(350 * UNIT));
    world.unstake("vera").ok();
    world.request_unstake("vera", 1).fails(E::StakeLocked);
}

#[test]
fn the_owner_says_where_it_goes() {
    let mut world = waited();
    let governance = world.governance();
    let savings = other_tokens(&mut world, "savings", "opal", &governance);
    let accounts = Unstake { owner_token: savings, ..world.unstake_accounts("vera") };
    let of_walt = Unstake { owner: world.key("walt"), ..accounts };
    world.send(of_walt.instruction(), &["walt"]).fails(E::NotVoter);
    world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(UNSIGNED);
    world.send(accounts.instruction(), &["vera"]).ok();
    assert_eq!(world.balance_of(&savings), 250 * UNIT);
}

#[test]
fn the_vault_must_hold_everybody_elses() {
    let mut world = waited();
    let assembly = world.assembly();
    edit(&mut world, &assembly, offset_of!(Assembly, slashed), &1u64.to_le_bytes());
    world.unstake("vera").fails(E::VaultShort);
    edit(&mut world, &assembly, offset_of!(Assembly, slashed), &0u64.to_le_bytes());
    world.unstake("vera").ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = waited();
    let other = second_assembly(&mut world);
    let accounts = world.unstake_accounts("vera");
    let (forged_assembly, forged_voter) = (forge(&mut world, &accounts.assembly), forge(&mut world, &accounts.voter));
    let (walts, pool) = (voter_address(&accounts.assembly, &world.key("walt")), world.pool());
    let (money, asset) = (world.tokens("vera", &world.asset()), world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (1, other, error(E::WrongAssembly)),
        (1, pool, OTHER_TYPE),
        (1, accounts.voter, DUPLICATE),
        (1, forged_assembly, NOT_OURS),
        (2, walts, error(E::NotVoter)),
        (2, pool, OTHER_TYPE),
        (2, forged_voter, NOT_OURS),
        (3, money, token_error(TokenError::MintMismatch)),
        (3, accounts.stake_vault, DUPLICATE),
        (4, stake_vault_address(&other), error(E::WrongVault)),
        (4, vault_address(&pool), error(E::WrongVault)),
        (4, accounts.owner_token, DUPLICATE),
        (5, asset, error(E::WrongMint)),
        (6, TOKEN_2022, error(E::WrongTokenProgram)),
        (6, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &["vera"], &rows);
    writes(&mut world, &instruction, &["vera"], &[1, 2, 3, 4]);
    world.send(instruction, &["vera"]).ok();
}
