//! `vote`: the weight of stake that is old enough, once per voter and round, and what is noted of a vote in the last window.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use solana_signer::Signer as _;

/// A world where these stakes are two days old and a ballot on the returned subject has just opened.
fn ballot_with(stakes: &[(&str, u64)]) -> (TestWorld, Address) {
    let mut world = funded_pool();
    for (name, amount) in stakes {
        world.stake(name, *amount).ok();
    }
    world.pass_days(2);
    let subject = open_incident(&mut world);
    (world, subject)
}

fn read_ballot(world: &mut TestWorld, subject: &Address) -> Ballot {
    world.chain.read(&ballot_address(subject))
}

#[test]
fn vote_counts_the_weight_records_it_and_locks_the_stake() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT), ("walt", 300 * UNIT)]);
    let accounts = world.vote_accounts("vera", &subject);
    let ballot_before = read_ballot(&mut world, &subject);
    let voter_before: Voter = world.chain.read(&accounts.voter);
    world.pass(5);
    let now = world.now();
    let receipt = world.vote("vera", &subject, 1).ok();

    // It would have failed until now, and passes now.
    let mut fixed = [0; 17];
    fixed[16] = 600 * UNIT;
    let expected = Ballot { fixed, votes: 1, live_records: 1, ..ballot_before };
    assert_eq!(read_ballot(&mut world, &subject), expected);
    assert_eq!((ballot_before.leading(), expected.leading()), (Ok(0), Ok(16)));
    assert_eq!(ballot_before.has_quorum(), Ok(false));
    assert_eq!((expected.has_quorum(), expected.weight_cast()), (Ok(true), Ok(600 * UNIT)));
    assert_eq!(world.chain.read::<Voter>(&accounts.voter), Voter { open_votes: 1, records: 1, ..voter_before });
    let record = VoteRecord {
        version: 1,
        level: 16,
        first_level: 16,
        ballot: accounts.ballot,
        voter: accounts.voter,
        rent_payer: world.key("vera"),
        weight: 600 * UNIT,
        voted_at: now,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<VoteRecord>(&accounts.record), record);
    let event = Voted {
        ballot: accounts.ballot,
        voter: accounts.voter,
        level: 16,
        weight: 600 * UNIT,
        closes_at: ballot_before.closes_at,
        by_delegate: 0,
    };
    assert_eq!(only_event(&receipt), Event::Voted(event));

    let receipt = world.vote("walt", &subject, 0).ok();
    fixed[0] = 300 * UNIT;
    let expected = Ballot { fixed, votes: 2, live_records: 2, ..expected };
    assert_eq!(read_ballot(&mut world, &subject), expected);
    let Event::Voted(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.level, event.weight), (0, 300 * UNIT));
}

#[test]
fn vote_counts_only_stake_that_was_old_enough_when_the_ballot_opened() {
    let mut world = funded_pool();
    world.begin_sales();
    let midnight = (day_of(world.now()) + 1) * DAY;
    // What is staked on a day ages from its end on, be it from the first or the last second of it.
    world.stake("vera", 10 * UNIT).ok();
    world.chain.set_now(midnight - 1);
    world.stake("young", 50 * UNIT).ok();
    world.pass(1);
    // One day too young in a ballot that opens tomorrow.
    world.stake("vera", 20 * UNIT).ok();
    world.stake("walt", 70 * UNIT).ok();
    world.pass(DAY);
    let subject = open_incident(&mut world);
    let ballot = read_ballot(&mut world, &subject);
    assert_eq!((ballot.opens_at, ballot.eligible_before), (midnight + DAY, midnight));
    assert_eq!(ballot.eligible_weight, 60 * UNIT, "the quorum is a part of what can vote, to the atom");

    // What comes after the opening counts as little, however long the ballot lasts.
    world.stake("vera", 40 * UNIT).ok();
    world.stake("late", 80 * UNIT).ok();
    world.pass_days(2);
    world.vote("walt", &subject, 1).fails(E::NoWeight);
    world.vote("late", &subject, 1).fails(E::NoWeight);
    world.vote("young", &subject, 0).ok();
    world.vote("vera", &subject, 1).ok();
    let ballot = read_ballot(&mut world, &subject);
    assert_eq!((ballot.weight_of(Side::For), ballot.weight_of(Side::Against)), (Ok(10 * UNIT), Ok(50 * UNIT)));
    assert_eq!((ballot.weight_cast(), ballot.votes), (Ok(ballot.eligible_weight), 2));
}

#[test]
fn vote_with_stake_that_is_a_second_too_young_counts_nothing() {
    let mut world = funded_pool();
    world.begin_sales();
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.stake("vera", 10 * UNIT).ok();
    world.chain.set_now(midnight + DAY - 1);
    let subject = open_incident(&mut world);
    assert_eq!(read_ballot(&mut world, &subject).eligible_weight, 0);
    world.vote("vera", &subject, 1).fails(E::NoWeight);
    world.pass_days(2);
    world.vote("vera", &subject, 1).fails(E::NoWeight);
}

#[test]
fn vote_only_once_whatever_the_side_and_the_stake_added_since() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT)]);
    world.vote("vera", &subject, 1).ok();
    let once = read_ballot(&mut world, &subject);
    world.stake("vera", 100 * UNIT).ok();
    for side in [0, 1] {
        world.vote("vera", &subject, side).fails(E::AlreadyVoted);
    }
    assert_eq!(read_ballot(&mut world, &subject), once);
}

#[test]
fn vote_knows_two_levels_where_the_answer_is_yes_or_no() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT)]);
    for level in [1, 8, 15, 17, 255] {
        world.vote_at("vera", &subject, level).fails(E::BadLevel);
    }
    let mut instruction = world.vote_accounts("vera", &subject).instruction(16);
    instruction.data.pop();
    world.send(instruction, &["vera"]).fails_with(I::InvalidInstructionData);
}

#[test]
fn vote_until_the_last_second_and_not_after() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT), ("walt", 300 * UNIT), ("xeno", UNIT)]);
    world.vote("vera", &subject, 1).ok();
    let closes_at = read_ballot(&mut world, &subject).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("walt", &subject, 1).ok();
    world.chain.set_now(closes_at);
    world.vote("xeno", &subject, 1).fails(E::VotingOver);
    world.close_ballot(&subject).ok();
    world.vote("xeno", &subject, 1).fails(E::VotingOver);
    // A closed ballot stays closed even under a clock that stands before its end.
    world.chain.set_now(closes_at - 1);
    world.vote("xeno", &subject, 1).fails(E::VotingOver);
}

#[test]
fn vote_in_the_last_day_notes_what_the_outcome_was_before_the_first() {
    let stakes = [("a", 3), ("b", 4), ("c", 2), ("d", 6)];
    let (mut world, subject) = ballot_with(&stakes.map(|(name, units)| (name, units * UNIT)));
    let start = read_ballot(&mut world, &subject).closes_at;
    let noted = |world: &mut TestWorld| {
        let ballot = read_ballot(world, &subject);
        assert_eq!((ballot.extensions, ballot.closes_at), (0, start), "no vote moves the end");
        (ballot.in_window, ballot.window_level, ballot.leading().unwrap())
    };
    world.chain.set_now(start - DAY - 1);
    world.vote("a", &subject, 1).ok();
    assert_eq!(noted(&mut world), (0, 0, 16), "with more than a day to go nothing is noted");
    world.pass(1);
    world.vote("b", &subject, 0).ok();
    assert_eq!(noted(&mut world), (1, 16, 0));
    world.chain.set_now(start - 1);
    let receipt = world.vote("c", &subject, 1).ok();
    assert_eq!(noted(&mut world), (1, 16, 16), "nor again by a later one");
    let Event::Voted(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.closes_at, event.level, event.weight), (start, 16, 2 * UNIT));
    world.pass(1);
    world.vote("d", &subject, 0).fails(E::VotingOver);
}

#[test]
fn vote_needs_the_signature_of_the_stakes_owner() {
    let (mut world, subject) = ballot_with(&[("vera", UNIT), ("walt", UNIT)]);
    let accounts = world.vote_accounts("vera", &subject);
    let sponsored = Vote { payer: world.key("walt"), ..accounts }.instruction(16);
    world.send(unsigned(sponsored.clone(), 0), &["walt"]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(sponsored.clone(), 1), &["vera"]).fails_with(I::MissingRequiredSignature);
    let walts = world.vote_accounts("walt", &subject);
    let stolen = Vote { signer: walts.signer, payer: walts.payer, ..accounts };
    world.send(stolen.instruction(16), &["walt"]).fails(E::NotVoter);
    let swapped = Vote { signer: accounts.signer, payer: accounts.payer, ..walts };
    world.send(swapped.instruction(16), &["vera"]).fails(E::NotVoter);
    // Another may pay the record's rent and get it back.
    let purse = lamports(&mut world, &accounts.signer);
    world.send(sponsored, &["vera", "walt"]).ok();
    assert_eq!(lamports(&mut world, &accounts.signer), purse);
    assert_eq!(world.chain.read::<VoteRecord>(&accounts.record).rent_payer, walts.signer);
}

#[test]
fn vote_refuses_the_voter_of_another_assembly() {
    let (mut world, subject) = ballot_with(&[("vera", UNIT)]);
    let rival = second_assembly(&mut world);
    let vera = world.key("vera");
    let stake_there = Stake {
        assembly: rival,
        voter: voter_address(&rival, &vera),
        stake_vault: stake_vault_address(&rival),
        ..world.stake_accounts("vera")
    };
    let (governance, tokens) = (world.governance(), stake_there.owner_token);
    world.mint_to(&governance, &tokens, UNIT);
    world.send(stake_there.instruction(UNIT), &["vera"]).ok();

    let ballot = ballot_address(&subject);
    let voter = voter_address(&rival, &vera);
    let accounts = Vote { signer: vera, payer: vera, voter, ballot, record: vote_record_address(&ballot, &voter) };
    world.send(accounts.instruction(16), &["vera"]).fails(E::WrongAssembly);
}

#[test]
fn vote_refuses_wrong_accounts() {
    let (mut world, subject) = ballot_with(&[("vera", UNIT), ("walt", UNIT)]);
    let accounts = world.vote_accounts("vera", &subject);
    let (pool, assembly) = (world.pool(), world.assembly());
    let walts = world.vote_accounts("walt", &subject);
    let tokens = world.tokens("vera", &world.governance());
    // Walt's record is there.
    world.vote("walt", &subject, 0).ok();
    let forged_voter = forge(&mut world, &accounts.voter);
    let forged_ballot = forge(&mut world, &accounts.ballot);
    let instruction = accounts.instruction(16);
    refuses(
        &mut world,
        &instruction,
        &["vera"],
        &[
            (2, walts.voter, I::InvalidSeeds),
            (2, assembly, I::InvalidAccountData),
            (2, tokens, TOO_SMALL),
            (2, forged_voter, I::IllegalOwner),
            (2, accounts.record, DUPLICATE),
            (3, subject, I::InvalidAccountData),
            (3, pool, I::InvalidAccountData),
            (3, tokens, TOO_SMALL),
            (3, forged_ballot, I::IllegalOwner),
            (3, accounts.voter, DUPLICATE),
            (4, walts.record, I::InvalidSeeds),
            // Anchor: an account of another size.
            (4, pool, I::Custom(2019)),
            // The record of her vote in another ballot.
            (4, vote_record_address(&pool, &accounts.voter), I::InvalidSeeds),
            (5, ID, I::IncorrectProgramId),
        ],
    );
    for slot in [2, 3] {
        world.send(read_only(instruction.clone(), slot), &["vera"]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &["vera"]).ok();
}

/// Whoever sends lamports to the address of a record that does not exist yet keeps nobody from voting: the record is made of them, and
/// the payer adds what its rent lacks.
#[test]
fn vote_takes_over_what_somebody_sent_to_the_records_address() {
    let names = ["anna", "bert", "carl", "dina", "egon"];
    let stakes: Vec<_> = names.iter().chain(&["walt"]).map(|name| (*name, 10 * UNIT)).collect();
    let (mut world, subject) = ballot_with(&stakes);
    world.vote("walt", &subject, 1).ok();
    let walts = world.vote_accounts("walt", &subject).record;
    let (rent, bytes) = (lamports(&mut world, &walts), world.chain.account(&walts).unwrap().data.len());
    let bank = world.chain.bank().pubkey();
    let least = 890_880; // what an account without data holds at least
    for (name, gift) in names.into_iter().zip([least, rent - 1, rent, rent + 1, 3 * rent]) {
        let accounts = world.vote_accounts(name, &subject);
        let send = solana_system_interface::instruction::transfer(&bank, &accounts.record, gift);
        world.send(send, &[]).ok();
        let sponsored = Vote { payer: world.key("walt"), ..accounts };
        let purse = lamports(&mut world, &sponsored.payer);
        world.send(sponsored.instruction(16), &[name, "walt"]).ok();
        assert_eq!(purse - lamports(&mut world, &sponsored.payer), rent.saturating_sub(gift), "{gift}");
        assert_eq!(lamports(&mut world, &accounts.record), rent.max(gift));
        let record: VoteRecord = world.chain.read(&accounts.record);
        let expected = VoteRecord {
            version: 1,
            level: 16,
            first_level: 16,
            ballot: accounts.ballot,
            voter: accounts.voter,
            rent_payer: sponsored.payer,
            weight: 10 * UNIT,
            voted_at: world.now(),
            ..zeroed()
        };
        assert_eq!((record, world.chain.account(&accounts.record).unwrap().data.len()), (expected, bytes));
        // It is a record like any other: there is one vote.
        world.vote(name, &subject, 1).fails(E::AlreadyVoted);
    }
    assert_eq!(read_ballot(&mut world, &subject).votes, 6);
}

/// Nobody but the program makes an account at a record's address: the voter account signs for it, which is the program's.
#[test]
fn vote_record_addresses_are_nobodys_to_take() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT), ("mallory", 300 * UNIT)]);
    world.give_lamports("mallory");
    let accounts = world.vote_accounts("vera", &subject);
    let mallory = world.key("mallory");
    let seed = accounts.ballot.to_bytes().map(|byte| byte & 0x7f);
    let seed = core::str::from_utf8(&seed).unwrap();
    let create = solana_system_interface::instruction::create_account_with_seed(
        &mallory,
        &accounts.record,
        &accounts.voter,
        seed,
        10_000_000,
        160,
        &ID,
    );
    world.send(unsigned(create, 2), &["mallory"]).fails_with(I::MissingRequiredSignature);
    // With a base of her own the same seed is another address.
    let hers = Address::create_with_seed(&mallory, seed, &ID).unwrap();
    let create = solana_system_interface::instruction::create_account_with_seed(
        &mallory, &hers, &mallory, seed, 10_000_000, 160, &ID,
    );
    world.send(create, &["mallory"]).ok();
    let forged = Vote { record: hers, ..accounts };
    let size = world.chain.account(&hers).unwrap().data.len();
    world.vote("mallory", &subject, 0).ok();
    let real = world.vote_accounts("mallory", &subject).record;
    assert_eq!(world.chain.account(&real).unwrap().data.len(), size, "the forged one has the right size and owner");
    world.send(forged.instruction(16), &["vera"]).fails_with(I::InvalidSeeds);
    world.vote("vera", &subject, 1).ok();
}

/// Text of 32 bytes is 224 bits: two ballots whose addresses differ in nothing but the highest bits of their bytes would share a voter's
/// record. Nobody finds such a pair, both of which the program derives; were there one, who voted in the first would have no vote in the other.
#[test]
fn vote_in_ballots_that_share_a_record_is_one() {
    let (mut world, subject) = ballot_with(&[("vera", 600 * UNIT)]);
    let accounts = world.vote_accounts("vera", &subject);
    let mut twin = accounts.ballot.to_bytes();
    twin[0] ^= 0x80;
    twin[31] ^= 0x80;
    let twin = Address::new_from_array(twin);
    assert_eq!(vote_record_address(&twin, &accounts.voter), accounts.record);
    let ballot = world.chain.account(&accounts.ballot).unwrap();
    world.chain.set_account(&twin, ballot);
    world.vote("vera", &subject, 1).ok();
    let other = Vote { ballot: twin, ..accounts };
    world.send(other.instruction(0), &["vera"]).fails(E::AlreadyVoted);
    assert_eq!(world.chain.read::<Ballot>(&twin).votes, 0);
    assert_eq!(world.chain.read::<Voter>(&accounts.voter).open_votes, 1);
}
