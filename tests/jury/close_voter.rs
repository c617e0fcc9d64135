//! `close_voter`: a voter without stake gives the rent back, and its owner loses nothing.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};

/// A world from which vera has taken all of her stake.
fn left() -> Play {
    let mut world = insured();
    leave(&mut world, "vera");
    world
}

/// Takes all of somebody's stake out.
fn leave(world: &mut Play, name: &str) {
    let address = world.close_voter_accounts(name).voter;
    let voter: Voter = world.chain.read(&address);
    world.request_unstake(name, voter.staked().unwrap()).ok();
    world.pass_days(60);
    world.unstake(name).ok();
}

#[test]
fn it_gives_the_rent_back() {
    let mut world = left();
    let accounts = world.close_voter_accounts("vera");
    let before: Assembly = world.chain.read(&accounts.assembly);
    let rent = lamports(&mut world, &accounts.voter);
    let purses = [purse(&mut world, "vera"), purse(&mut world, "guardian")];
    let receipt = world.close_voter("vera").ok();

    assert!(world.chain.account(&accounts.voter).is_none());
    let after: Assembly = world.chain.read(&accounts.assembly);
    assert_eq!((before.voter_count, after), (2, Assembly { voter_count: 1, ..before }));
    assert_eq!([purse(&mut world, "vera"), purse(&mut world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let event = VoterClosed { assembly: accounts.assembly, voter: accounts.voter, owner: world.key("vera") };
    assert_eq!(only_event(&receipt), Event::VoterClosed(event));
    world.send(accounts.instruction(), &[]).fails_with(TOO_SMALL);

    // The next stake makes her a voter again.
    world.stake("vera", 7 * UNIT).ok();
    let voter: Voter = world.chain.read(&accounts.voter);
    assert_eq!((voter.staked().unwrap(), voter.slashed), (7 * UNIT, 0));
    assert_eq!(world.chain.read::<Assembly>(&accounts.assembly).voter_count, 2);
}

#[test]
fn it_waits_for_stake_in_any_state() {
    let mut world = insured();
    world.close_voter("vera").fails(E::VoterInUse);
    world.request_unstake("vera", 600 * UNIT - 1).ok();
    world.close_voter("vera").fails(E::VoterInUse);
    world.request_unstake("vera", 1).ok();
    world.close_voter("vera").fails(E::VoterInUse);
    world.pass_days(60);
    world.close_voter("vera").fails(E::VoterInUse);
    world.unstake("vera").ok();
    world.close_voter("vera").ok();
}

#[test]
fn it_waits_for_votes_that_are_not_released() {
    // Vera votes and loses all of her stake by an appeal's slash: nothing is left but the vote.
    let (mut world, case) = filed();
    world.vote("vera", &case.incident, FOR).ok();
    let address = world.close_voter_accounts("vera").voter;
    let mut account = world.chain.account(&address).unwrap();
    let lots = std::mem::offset_of!(Voter, lot_amounts);
    account.data[8 + lots..][..64].fill(0);
    world.chain.set_account(&address, account);
    assert_eq!(world.chain.read::<Voter>(&address).staked().unwrap(), 0);
    world.close_voter("vera").fails(E::VoterInUse);
    world.close_ballot(&case.incident).ok();
    ripen(&mut world, &case.incident);
    world.close_voter("vera").fails(E::VoterInUse);
    world.release_vote("vera", &case.incident).ok();
    world.close_voter("vera").fails(E::VoterInUse);
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    world.close_voter("vera").ok();
}

#[test]
fn the_rent_is_whose_it_was() {
    let mut world = insured();
    world.fund("xena", 0);
    world.give_lamports("paula");
    let (paula, governance) = (world.key("paula"), world.governance());
    let votes = world.open_tokens("xena", &governance);
    world.mint_to(&governance, &votes, 100 * UNIT);
    let stake = Stake { payer: paula, ..world.stake_accounts("xena") };
    world.send(stake.instruction(50 * UNIT), &["xena", "paula"]).ok();
    // Who pays for a later stake pays nothing.
    world.send(world.stake_accounts("xena").instruction(50 * UNIT), &["xena"]).ok();
    leave(&mut world, "xena");
    let accounts = world.close_voter_accounts("xena");
    assert_eq!(accounts.rent_payer, paula);
    let wrong = CloseVoter { rent_payer: world.key("xena"), ..accounts };
    world.send(wrong.instruction(), &[]).fails(E::WrongRentPayer);
    let (before, rent) = (purse(&mut world, "paula"), lamports(&mut world, &accounts.voter));
    world.send(CloseVoter { caller: paula, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "paula"), before + rent);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = left();
    let court = second_assembly(&mut world);
    let (walts, accounts) = (world.close_voter_accounts("walt"), world.close_voter_accounts("vera"));
    let forged = forge(&mut world, &accounts.voter);
    let instruction = accounts.instruction();
    let rows = [
        (1, court, error(E::WrongAssembly)),
        (1, accounts.voter, DUPLICATE),
        (2, walts.voter, error(E::WrongRentPayer)),
        (2, forged, NOT_OURS),
        (3, walts.rent_payer, error(E::WrongRentPayer)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    world.send(instruction, &[]).ok();
}
