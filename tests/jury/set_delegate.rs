//! `set_delegate`: who else votes with a stake, and from when on.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

fn voter_of(world: &mut Play, name: &str) -> Voter {
    let address = voter_address(&world.assembly(), &world.key(name));
    world.chain.read(&address)
}

#[test]
fn it_writes_who_and_since_when_and_moves_nothing() {
    let mut world = insured();
    let (before, now, dan) = (voter_of(&mut world, "vera"), world.now(), world.key("dan"));
    assert_eq!((before.delegate, before.delegated_at), (NOBODY, 0));
    let assembly: Assembly = world.chain.read(&world.assembly());
    let accounts = world.set_delegate_accounts("vera");
    let rent = lamports(&mut world, &accounts.voter);
    let receipt = world.set_delegate("vera", Some("dan")).ok();

    assert_eq!(voter_of(&mut world, "vera"), Voter { delegate: dan, delegated_at: now, ..before });
    assert_eq!(
        (world.chain.read::<Assembly>(&world.assembly()), lamports(&mut world, &accounts.voter)),
        (assembly, rent)
    );
    let event = DelegateSet { assembly: world.assembly(), voter: accounts.voter, delegate: dan, since: now };
    assert_eq!(only_event(&receipt), Event::DelegateSet(event));

    // Nobody again.
    world.pass(5);
    let receipt = world.set_delegate("vera", None).ok();
    assert_eq!(voter_of(&mut world, "vera"), before);
    assert_eq!(only_event(&receipt), Event::DelegateSet(DelegateSet { delegate: NOBODY, since: 0, ..event }));
    world.set_delegate("vera", None).ok();
    assert_eq!(voter_of(&mut world, "vera"), before);
}

#[test]
fn the_same_again_keeps_its_time_and_another_begins_anew() {
    let mut world = insured();
    let start = world.now();
    world.set_delegate("vera", Some("dan")).ok();
    world.pass(10);
    world.set_delegate("vera", Some("dan")).ok();
    assert_eq!(voter_of(&mut world, "vera").delegated_at, start);
    world.set_delegate("vera", Some("eve")).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.delegate, found.delegated_at), (world.key("eve"), start + 10));
    world.pass(10);
    world.set_delegate("vera", None).ok();
    world.set_delegate("vera", Some("eve")).ok();
    assert_eq!(voter_of(&mut world, "vera").delegated_at, start + 20, "who was removed begins anew too");
}

#[test]
fn it_needs_the_owner_and_another_than_the_owner() {
    let mut world = insured();
    let accounts = world.set_delegate_accounts("vera");
    let (dan, walt) = (world.key("dan"), world.key("walt"));
    world.set_delegate("vera", Some("vera")).fails(E::OwnDelegate);
    world.send(unsigned(accounts.instruction(&dan), 0), &[]).fails_with(UNSIGNED);
    world.send(SetDelegate { owner: walt, ..accounts }.instruction(&walt), &["walt"]).fails(E::NotVoter);
    // A delegate hands nothing on.
    world.set_delegate("vera", Some("walt")).ok();
    world.send(SetDelegate { owner: walt, ..accounts }.instruction(&dan), &["walt"]).fails(E::NotVoter);
    world.send(SetDelegate { owner: walt, ..accounts }.instruction(&NOBODY), &["walt"]).fails(E::NotVoter);
    assert_eq!(voter_of(&mut world, "vera").delegate, walt);
}

#[test]
fn it_is_possible_while_votes_lock_the_stake_and_without_any() {
    let (mut world, case) = filed();
    world.vote("vera", &case.incident, FOR).ok();
    world.set_delegate("vera", Some("dan")).ok();
    world.request_unstake("walt", 400 * UNIT).ok();
    world.set_delegate("walt", Some("dan")).ok();
    assert_eq!(voter_of(&mut world, "walt").delegate, world.key("dan"));
}

#[test]
fn a_voter_that_was_closed_and_stakes_again_has_none() {
    let mut world = insured();
    world.set_delegate("vera", Some("dan")).ok();
    world.request_unstake("vera", 600 * UNIT).ok();
    world.pass_days(60);
    world.unstake("vera").ok();
    world.close_voter("vera").ok();
    world.set_delegate("vera", Some("dan")).fails_with(TOO_SMALL);
    world.stake("vera", 7 * UNIT).ok();
    let found = voter_of(&mut world, "vera");
    assert_eq!((found.delegate, found.delegated_at, found.staked()), (NOBODY, 0, Ok(7 * UNIT)));
    world.chain.set_now(found.lot_times[0] + 2 * DAY);
    let subject = report(&mut world, 0, 0);
    world.vote_for("dan", "vera", &subject, 16).fails(E::NotVoter);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = insured();
    let accounts = world.set_delegate_accounts("vera");
    let (walts, assembly) = (world.set_delegate_accounts("walt").voter, world.assembly());
    let forged = forge(&mut world, &accounts.voter);
    let instruction = accounts.instruction(&world.key("dan"));
    let rows = [(1, walts, error(E::NotVoter)), (1, assembly, OTHER_TYPE), (1, forged, NOT_OURS)];
    refuses(&mut world, &instruction, &["vera"], &rows);
    writes(&mut world, &instruction, &["vera"], &[1]);
    world.send(instruction, &["vera"]).ok();
}
