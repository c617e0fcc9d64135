//! `stake`: tokens move into the stake vault and become a lot of the voter, which ages from the next day on.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// An actor's voter account.
fn read_voter(world: &mut TestWorld, name: &str) -> Voter {
    let address = voter_address(&world.assembly(), &world.key(name));
    world.chain.read(&address)
}

/// Lots from amounts and times, oldest first.
fn lots(lots: &[u64]) -> [u64; 8] {
    let mut all = [0; 8];
    all[..lots.len()].copy_from_slice(lots);
    all
}

/// The assembly's ring of stake by the day it ages from.
fn ages(stakes: &[(u64, u64)]) -> [u64; 128] {
    let mut ring = [0; 128];
    for (day, amount) in stakes {
        ring[(day % 128) as usize] += amount;
    }
    ring
}

/// A world where an actor holds this much of the governance token and has staked nothing.
fn holding(name: &str, amount: u64) -> TestWorld {
    let mut world = World::new();
    world.give_lamports(name);
    let governance = world.governance();
    let account = world.open_tokens(name, &governance);
    world.mint_to(&governance, &account, amount);
    world
}

#[test]
fn stake_opens_the_voter_and_moves_the_tokens() {
    let mut world = holding("vera", 1_000 * UNIT);
    let assembly = world.assembly();
    let before: Assembly = world.chain.read(&assembly);
    let (vera, tomorrow) = (world.key("vera"), day_of(world.now()) + 1);
    let receipt = world.send(world.stake_accounts("vera").instruction(300 * UNIT), &["vera"]).ok();

    let address = voter_address(&assembly, &vera);
    let expected = Voter {
        version: 1,
        bump: bump(&[b"voter", assembly.as_ref(), vera.as_ref()]),
        assembly,
        owner: vera,
        lot_amounts: lots(&[300 * UNIT]),
        lot_times: lots(&[tomorrow * DAY]),
        rent_payer: vera,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Voter>(&address), expected);
    let after = Assembly {
        total_staked: 300 * UNIT,
        voter_count: 1,
        last_age_day: tomorrow,
        ages: ages(&[(tomorrow, 300 * UNIT)]),
        ..before
    };
    assert_eq!(world.chain.read::<Assembly>(&assembly), after);
    let tokens = world.tokens("vera", &world.governance());
    assert_eq!(world.balance_of(&tokens), 700 * UNIT);
    assert_eq!(world.balance_of(&stake_vault_address(&assembly)), 300 * UNIT);
    let event = Staked {
        assembly,
        voter: address,
        owner: vera,
        amount: 300 * UNIT,
        staked: 300 * UNIT,
        total_staked: 300 * UNIT,
    };
    assert_eq!(only_event(&receipt), Event::Staked(event));
}

#[test]
fn stake_a_second_time_keeps_the_age_of_the_first_lot() {
    let mut world = World::new();
    world.stake("vera", 10 * UNIT).ok();
    let first = read_voter(&mut world, "vera");
    world.pass_days(3);
    world.stake("walt", 5 * UNIT).ok();
    let receipt = world.stake("vera", 7 * UNIT).ok();

    let (start, day) = (first.lot_times[0], day_of(first.lot_times[0]));
    let expected =
        Voter { lot_amounts: lots(&[10 * UNIT, 7 * UNIT]), lot_times: lots(&[start, start + 3 * DAY]), ..first };
    assert_eq!(read_voter(&mut world, "vera"), expected);
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!((assembly.total_staked, assembly.voter_count), (22 * UNIT, 2));
    assert_eq!((assembly.last_age_day, assembly.ages), (day + 3, ages(&[(day, 10 * UNIT), (day + 3, 12 * UNIT)])));
    let Event::Staked(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.staked, event.total_staked), (7 * UNIT, 17 * UNIT, 22 * UNIT));
}

#[test]
fn stake_of_one_day_is_one_lot_whatever_the_hour() {
    let mut world = World::new();
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.stake("vera", 10 * UNIT).ok();
    world.chain.set_now(midnight - 1);
    world.stake("vera", 5 * UNIT).ok();
    let voter = read_voter(&mut world, "vera");
    assert_eq!((voter.lot_amounts, voter.lot_times), (lots(&[15 * UNIT]), lots(&[midnight])));
    // The first second of a day is not the last of the one before.
    world.pass(1);
    world.stake("vera", 3 * UNIT).ok();
    let voter = read_voter(&mut world, "vera");
    assert_eq!((voter.lot_amounts, voter.lot_times), (lots(&[15 * UNIT, 3 * UNIT]), lots(&[midnight, midnight + DAY])));
    let (assembly, day): (Assembly, _) = (world.chain.read(&world.assembly()), day_of(midnight));
    assert_eq!((assembly.last_age_day, assembly.ages), (day + 1, ages(&[(day, 15 * UNIT), (day + 1, 3 * UNIT)])));
}

/// A world where vera staked one unit on the first day, two on the second, and so on for eight; and the day from which
/// the first of them ages.
fn eight_lots() -> (TestWorld, u64) {
    let mut world = World::new();
    let first = day_of(world.now()) + 1;
    for lot in 0..8 {
        world.stake("vera", (lot + 1) * UNIT).ok();
        world.pass_days(1);
    }
    (world, first)
}

#[test]
fn stake_nine_times_joins_the_two_oldest_lots_at_the_younger_age() {
    let (mut world, first) = eight_lots();
    let eight = read_voter(&mut world, "vera");
    assert_eq!(eight.lot_amounts, [1, 2, 3, 4, 5, 6, 7, 8].map(|units| units * UNIT));
    assert_eq!(eight.lot_times, [0, 1, 2, 3, 4, 5, 6, 7].map(|days| (first + days) * DAY));

    let mut expected = eight;
    expected.lot_amounts = [3, 3, 4, 5, 6, 7, 8, 20].map(|units| units * UNIT);
    expected.lot_times = [1, 2, 3, 4, 5, 6, 7, 8].map(|days| (first + days) * DAY);
    world.stake("vera", 20 * UNIT).ok();
    assert_eq!(read_voter(&mut world, "vera"), expected, "all but the oldest keep their age");
    // The assembly knows the same ages.
    let held = [(1, 3), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 20)];
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!((assembly.total_staked, assembly.voter_count), (56 * UNIT, 1));
    assert_eq!(
        (assembly.last_age_day, assembly.ages),
        (first + 8, ages(&held.map(|(days, units)| (first + days, units * UNIT))))
    );

    // More on that day joins the last lot: nothing else moves.
    world.stake("vera", UNIT).ok();
    expected.lot_amounts[7] += UNIT;
    assert_eq!(read_voter(&mut world, "vera"), expected);
}

#[test]
fn stake_every_day_still_grows_old() {
    let (mut world, first) = eight_lots();
    // The oldest lot stays the oldest: each day it takes the next one in.
    for day in 8..20 {
        world.stake("vera", UNIT).ok();
        let voter = read_voter(&mut world, "vera");
        assert_eq!(voter.lot_times[0], (first + day - 7) * DAY);
        assert_eq!(voter.lot_amounts.iter().sum::<u64>(), (36 + day - 7) * UNIT);
        let assembly: Assembly = world.chain.read(&world.assembly());
        let lots: Vec<_> = voter.lot_times.iter().map(|time| day_of(*time)).zip(voter.lot_amounts).collect();
        assert_eq!(assembly.ages, ages(&lots));
        world.pass_days(1);
    }
}

#[test]
fn stake_leaves_the_ring_when_it_is_older_than_any_ballot_asks_for() {
    for (days, held) in [(127, true), (128, false), (129, false), (1_000, false)] {
        let mut world = World::new();
        let first = day_of(world.now()) + 1;
        world.stake("vera", 10 * UNIT).ok();
        world.pass_days(days);
        world.stake("walt", 5 * UNIT).ok();
        let mut stakes = vec![(first + days, 5 * UNIT)];
        if held {
            stakes.push((first, 10 * UNIT));
        }
        let assembly: Assembly = world.chain.read(&world.assembly());
        assert_eq!((assembly.last_age_day, assembly.ages), (first + days, ages(&stakes)), "{days} days");
        assert_eq!(assembly.total_staked, 15 * UNIT);
    }
}

#[test]
fn stake_does_not_credit_what_somebody_sent_to_the_vault() {
    let mut world = World::new();
    let (governance, vault) = (world.governance(), stake_vault_address(&world.assembly()));
    world.mint_to(&governance, &vault, 1_000 * UNIT);
    world.stake("vera", UNIT).ok();
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!(assembly.total_staked, UNIT);
    assert_eq!(read_voter(&mut world, "vera").lot_amounts, lots(&[UNIT]));
    assert_eq!(world.balance_of(&vault), 1_001 * UNIT);
}

#[test]
fn stake_stops_when_the_vault_holds_less_than_it_owes() {
    let mut world = holding("vera", 10 * UNIT);
    let assembly = world.assembly();
    // No instruction reaches this.
    edit(&mut world, &assembly, offset_of!(Assembly, total_unstaking), &1u64.to_le_bytes());
    world.send(world.stake_accounts("vera").instruction(UNIT), &["vera"]).fails(E::VaultShort);
    let governance = world.governance();
    world.mint_to(&governance, &stake_vault_address(&assembly), 1);
    world.send(world.stake_accounts("vera").instruction(UNIT), &["vera"]).ok();

    edit(&mut world, &assembly, offset_of!(Assembly, total_staked), &(u64::MAX - 1).to_le_bytes());
    world.send(world.stake_accounts("vera").instruction(UNIT), &["vera"]).fails(E::MathOverflow);
}

#[test]
fn stake_takes_all_there_is_but_not_an_atom_more_and_not_nothing() {
    let mut world = holding("vera", 10 * UNIT);
    let accounts = world.stake_accounts("vera");
    world.send(accounts.instruction(0), &["vera"]).fails(E::ZeroAmount);
    world.send(accounts.instruction(10 * UNIT + 1), &["vera"]).fails_with(token_error(TokenError::InsufficientFunds));
    assert!(world.chain.account(&accounts.voter).is_none(), "a failure leaves nothing behind");
    world.send(accounts.instruction(10 * UNIT), &["vera"]).ok();
    assert_eq!(world.balance_of(&accounts.owner_token), 0);
}

#[test]
fn stake_needs_the_owners_signature_and_the_owners_tokens() {
    let mut world = holding("vera", 10 * UNIT);
    world.give_lamports("mallory");
    let (mallory, accounts) = (world.key("mallory"), world.stake_accounts("vera"));
    let sponsored = Stake { payer: mallory, ..accounts }.instruction(UNIT);
    world.send(unsigned(sponsored.clone(), 0), &["mallory"]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(sponsored.clone(), 1), &["vera"]).fails_with(I::MissingRequiredSignature);

    // Another signer has another voter account, and no say over these tokens.
    let stolen = Stake { owner: mallory, payer: mallory, ..accounts };
    world.send(stolen.instruction(UNIT), &["mallory"]).fails_with(I::InvalidSeeds);
    let stolen = Stake { owner_token: accounts.owner_token, ..world.stake_accounts("mallory") };
    world.send(stolen.instruction(UNIT), &["mallory"]).fails_with(token_error(TokenError::OwnerMismatch));

    // Another may pay the voter account's rent.
    let purse = lamports(&mut world, &accounts.owner);
    world.send(sponsored, &["vera", "mallory"]).ok();
    assert_eq!(lamports(&mut world, &accounts.owner), purse);
}

#[test]
fn stake_refuses_wrong_accounts() {
    let mut world = holding("vera", 10 * UNIT);
    world.stake("walt", UNIT).ok();
    let rival = second_assembly(&mut world);
    world.fund("vera", UNIT);
    let (vera, pool, asset) = (world.key("vera"), world.pool(), world.asset());
    let first = world.assembly();
    let walts_voter = voter_address(&first, &world.key("walt"));
    let (asset_tokens, governance_tokens) = (world.tokens("vera", &asset), world.tokens("vera", &world.governance()));
    let forged = forge(&mut world, &first);
    let own_vault = stake_vault_address(&world.assembly());
    let instruction = world.stake_accounts("vera").instruction(UNIT);
    refuses(
        &mut world,
        &instruction,
        &["vera"],
        &[
            (2, rival, I::InvalidSeeds),
            (2, pool, I::InvalidAccountData),
            (2, asset_tokens, TOO_SMALL),
            (2, forged, I::IllegalOwner),
            (3, walts_voter, I::InvalidSeeds),
            (3, voter_address(&rival, &vera), I::InvalidSeeds),
            (4, asset_tokens, token_error(TokenError::MintMismatch)),
            (4, own_vault, DUPLICATE),
            (4, asset, I::InvalidAccountData),
            (4, pool, I::InvalidAccountData),
            (5, stake_vault_address(&rival), error(E::WrongVault)),
            (5, governance_tokens, DUPLICATE),
            (5, vault_address(&pool), error(E::WrongVault)),
            (6, asset, error(E::WrongMint)),
            (7, TOKEN_2022, error(E::WrongTokenProgram)),
            (7, ID, error(E::WrongTokenProgram)),
            (8, spl_token_interface::ID, I::IncorrectProgramId),
        ],
    );
    // The second assembly's voter with the first one's vault.
    let mixed = Stake { assembly: rival, voter: voter_address(&rival, &vera), ..world.stake_accounts("vera") };
    world.send(mixed.instruction(UNIT), &["vera"]).fails(E::WrongVault);
    for slot in [2, 4, 5] {
        world.send(read_only(instruction.clone(), slot), &["vera"]).fails_with(NOT_WRITABLE);
    }
}
