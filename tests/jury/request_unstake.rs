//! `request_unstake`: which stake leaves first, how long it waits, and what keeps it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT};

/// The slot of the assembly's ring that holds what ages from a time.
fn slot(time: u64) -> usize {
    (day_of(time) % 128) as usize
}

fn voter_of(world: &mut Play, name: &str) -> Voter {
    let address = voter_address(&world.assembly(), &world.key(name));
    world.chain.read(&address)
}

fn read_assembly(world: &mut Play) -> Assembly {
    let address = world.assembly();
    world.chain.read(&address)
}

/// Vera's stake in lots of 600, 50 and 7 units, a day apart.
fn three_lots() -> Play {
    let mut world = insured();
    world.stake("vera", 50 * UNIT).ok();
    world.pass_days(1);
    world.stake("vera", 7 * UNIT).ok();
    world
}

#[test]
fn the_youngest_lots_leave_first() {
    let mut world = three_lots();
    let (before, assembly_before, now) = (voter_of(&mut world, "vera"), read_assembly(&mut world), world.now());
    let [_, second, third, ..] = before.lot_times;
    assert_eq!(before.lot_amounts[..3], [600 * UNIT, 50 * UNIT, 7 * UNIT]);
    let vault = stake_vault_address(&world.assembly());
    let held = world.balance_of(&vault);
    let receipt = world.request_unstake("vera", 20 * UNIT).ok();

    let (ready_at, mut lot_amounts, mut lot_times) = (now + 60 * DAY, before.lot_amounts, before.lot_times);
    lot_amounts[1..3].copy_from_slice(&[37 * UNIT, 0]);
    lot_times[2] = 0;
    let expected = Voter { lot_amounts, lot_times, unstaking: 20 * UNIT, unstake_ready_at: ready_at, ..before };
    assert_eq!(voter_of(&mut world, "vera"), expected);
    let mut ages = assembly_before.ages;
    ages[slot(second)] -= 13 * UNIT;
    ages[slot(third)] -= 7 * UNIT;
    let (total_staked, total_unstaking) = (1_037 * UNIT, 20 * UNIT);
    let expected = Assembly { total_staked, total_unstaking, ages, ..assembly_before };
    assert_eq!(read_assembly(&mut world), expected);
    assert_eq!(world.balance_of(&vault), held, "nothing moves yet");
    let event = UnstakeRequested {
        assembly: world.assembly(),
        voter: voter_address(&world.assembly(), &world.key("vera")),
        amount: 20 * UNIT,
        unstaking: 20 * UNIT,
        ready_at,
        total_staked,
    };
    assert_eq!(only_event(&receipt), Event::UnstakeRequested(event));
}

#[test]
fn a_later_request_lets_all_of_it_wait_again() {
    let mut world = insured();
    world.request_unstake("vera", 100 * UNIT).ok();
    world.pass_days(59);
    let now = world.now();
    world.request_unstake("vera", 1).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.unstaking, found.unstake_ready_at), (100 * UNIT + 1, now + 60 * DAY));
    world.pass_days(1);
    world.unstake("vera").fails(E::UnstakeNotReady);
}

#[test]
fn all_of_it_can_leave_and_not_an_atom_more() {
    let mut world = three_lots();
    let before = (voter_of(&mut world, "vera"), read_assembly(&mut world));
    world.request_unstake("vera", 0).fails(E::ZeroAmount);
    world.request_unstake("vera", 657 * UNIT + 1).fails(E::StakeTooSmall);
    world.request_unstake("vera", u64::MAX).fails(E::StakeTooSmall);
    assert_eq!((voter_of(&mut world, "vera"), read_assembly(&mut world)), before);
    world.request_unstake("vera", 657 * UNIT).ok();
    let (found, total) = (voter_of(&mut world, "vera"), read_assembly(&mut world));
    assert_eq!((found.lot_amounts, found.lot_times, found.unstaking), ([0; 8], [0; 8], 657 * UNIT));
    assert_eq!((total.total_staked, total.total_unstaking), (400 * UNIT, 657 * UNIT));
    assert_eq!(total.ages.iter().sum::<u64>(), 400 * UNIT, "only walt's is left in the ring");
    world.request_unstake("vera", 1).fails(E::StakeTooSmall);
}

#[test]
fn the_ring_gives_back_the_oldest_stake_too() {
    let mut world = insured();
    // After 200 days the slots of that time belong to others.
    world.pass_days(200);
    world.stake("walt", UNIT).ok();
    world.request_unstake("vera", 600 * UNIT).ok();
    world.request_unstake("walt", 401 * UNIT).ok();
    let found = read_assembly(&mut world);
    assert_eq!((found.total_staked, found.total_unstaking), (0, 1_001 * UNIT));
    assert_eq!(found.ages[slot(world.now() + DAY)], 0);
}

#[test]
fn a_vote_that_is_not_released_locks_all_of_it() {
    let (mut world, case) = filed();
    world.vote("vera", &case.incident, FOR).ok();
    world.request_unstake("vera", 1).fails(E::StakeLocked);
    world.close_ballot(&case.incident).ok();
    world.request_unstake("vera", 1).fails(E::StakeLocked);
    ripen(&mut world, &case.incident);
    world.request_unstake("vera", 1).fails(E::StakeLocked);
    world.release_vote("vera", &case.incident).ok();
    world.request_unstake("vera", 600 * UNIT).ok();
    // Who has not voted was never locked.
    world.request_unstake("walt", 400 * UNIT).ok();
}

#[test]
fn every_vote_must_be_released() {
    let (mut world, case) = tried(Some(NINE));
    assert_eq!(voter_of(&mut world, "vera").open_votes, 2);
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!(voter_of(&mut world, "vera").open_votes, 1);
    world.request_unstake("vera", 1).fails(E::StakeLocked);
    // It is released whether somebody has read the outcome or not.
    world.release_vote("vera", &case.claim).ok();
    world.request_unstake("vera", 1).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.open_votes, found.records), (0, 1), "her reward is due");
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.collect_vote_reward("vera", &case.claim).ok();
    assert_eq!(world.balance("vera"), REWARD + POT);
}

#[test]
fn what_is_on_its_way_counts_in_no_ballot() {
    let mut world = insured();
    world.request_unstake("vera", 200 * UNIT).ok();
    let incident = report(&mut world, 0, 0);
    assert_eq!(ballot_on(&mut world, &incident).eligible_weight, 800 * UNIT);
    world.vote("vera", &incident, FOR).ok();
    assert_eq!(ballot_on(&mut world, &incident).weight_of(Side::For), Ok(400 * UNIT));
    // Asked for after the opening, it counts as eligible but can no longer be cast.
    world.request_unstake("walt", 400 * UNIT).ok();
    world.vote("walt", &incident, FOR).fails(E::NoWeight);
}

#[test]
fn only_the_owner_can_ask() {
    let mut world = insured();
    let accounts = world.request_unstake_accounts("vera");
    let of_walt = RequestUnstake { owner: world.key("walt"), ..accounts };
    world.send(of_walt.instruction(1), &["walt"]).fails(E::NotVoter);
    world.send(unsigned(accounts.instruction(1), 0), &[]).fails_with(UNSIGNED);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = insured();
    let other = second_assembly(&mut world);
    let accounts = world.request_unstake_accounts("vera");
    let (forged_assembly, forged_voter) = (forge(&mut world, &accounts.assembly), forge(&mut world, &accounts.voter));
    let (walts, pool) = (voter_address(&accounts.assembly, &world.key("walt")), world.pool());
    let instruction = accounts.instruction(UNIT);
    let rows = [
        (1, other, error(E::WrongAssembly)),
        (1, pool, OTHER_TYPE),
        (1, accounts.voter, DUPLICATE),
        (1, forged_assembly, NOT_OURS),
        (2, walts, error(E::NotVoter)),
        (2, voter_address(&other, &accounts.owner), TOO_SMALL),
        (2, pool, OTHER_TYPE),
        (2, forged_voter, NOT_OURS),
    ];
    refuses(&mut world, &instruction, &["vera"], &rows);
    writes(&mut world, &instruction, &["vera"], &[1, 2]);
    world.send(instruction, &["vera"]).ok();
}
