//! `petition_change`: a staker puts a change to a ballot, with a bond.

use crate::{propose_change::refused, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World};
use solana_instruction_error::InstructionError;
use spl_token_interface::error::TokenError;

#[test]
fn it_writes_the_change_and_opens_the_ballot() {
    let mut world = stage();
    world.roll_product(0).ok();
    let (pool, vera, now) = (world.pool(), world.key("vera"), world.now());
    let (address, assembly) = (change_address(&pool, &world.key("vera"), 0), world.assembly());
    let (before, held, balance) = (world.read_pool(), world.vault_balance(), world.balance("vera"));
    let lamports_before = purse(&mut world, "vera");
    let proposal = Proposal::Weight { weight_bps: 5_000 };
    let receipt = world.petition("vera", &proposal, Some(1)).ok();

    let expected = Change {
        version: 1,
        bump: bump(&[b"change", pool.as_ref(), vera.as_ref(), &0_u64.to_le_bytes()]),
        tips: 1,
        pool,
        product: world.product(1),
        proposer: vera,
        ballot: ballot_address(&address),
        rent_payer: vera,
        bond: BOND,
        proposal: stored(&proposal),
        timelock: TIMELOCK,
        ..zeroed()
    };
    assert_eq!(world.read_change(0), expected);
    let terms: Assembly = world.chain.read(&assembly);
    let expected = Ballot {
        version: 1,
        bump: bump(&[b"ballot", address.as_ref()]),
        max_extensions: terms.max_extensions,
        assembly,
        subject: address,
        pool,
        rent_payer: vera,
        opens_at: now,
        first_opens_at: now,
        closes_at: now + 3 * DAY,
        voting_period: 3 * DAY,
        extension: terms.extension,
        appeal_window: 2 * DAY,
        appeal_bond: 2 * BOND,
        reward_pot: REWARD,
        quorum_weight: 200 * UNIT,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 5,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        ..zeroed()
    };
    assert_eq!(ballot_of(&mut world, 0), expected);

    let after = world.read_pool();
    let bonds = before.bonds + PAID;
    // The change and its ballot.
    let children = before.children + 2;
    assert_eq!(after, Pool { bonds, change_count: 1, children, ..before });
    assert_eq!((world.vault_balance(), world.balance("vera")), (held + PAID, balance - PAID));
    let [of_change, of_ballot] = [address, ballot_address(&address)].map(|address| lamports(&mut world, &address));
    assert_eq!(purse(&mut world, "vera"), lamports_before - of_change - of_ballot);
    let event = ChangeProposed {
        pool,
        change: address,
        product: world.product(1),
        proposer: vera,
        ballot: ballot_address(&address),
        proposal: stored(&proposal),
        bond: BOND,
        applies_at: 0,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::ChangeProposed(event));
    world.check_books();
}

#[test]
fn every_kind_can_be_put_to_a_ballot() {
    let mut world = stage();
    for (id, (proposal, index)) in (0..).zip(one_of_each(&mut world)) {
        world.petition("walt", &proposal, index).ok();
        let found = world.read_change(id);
        assert_eq!((found.id, found.state, found.proposal), (id, 0, stored(&proposal)));
    }
    world.check_books();
}

/// The thousandth of the capital that it costs at most.
const MOST: u64 = 1_000 * UNIT;

#[test]
fn it_costs_four_rewards_at_least_the_least_premium_and_at_most_a_thousandth_of_the_capital() {
    for (vote_reward, min_premium, paid) in [
        (0, 1, 1),
        (0, 1_000, 1_000),
        (249, 1_000, 1_000),
        (251, 1_000, 1_004),
        (250 * UNIT, 1, MOST),
        (250 * UNIT + 1, 1, MOST),
        (1 << 56, 1, MOST),
        (0, 1 << 56, MOST),
        (1 << 56, 1 << 56, MOST),
    ] {
        let mut world = found_with(World::bare(), PoolParams { vote_reward: 1, min_premium: 2, ..params() });
        for proposal in [Proposal::VoteReward { vote_reward }, Proposal::MinPremium { min_premium }] {
            changed(&mut world, &proposal, None);
        }
        // To the atom: the capital is a million again, of which what was earned is none.
        let pool = world.pool();
        world.roll_product(0).ok();
        let earned = world.read_pool().capital - 1_000_000 * UNIT;
        edit(&mut world, &pool, std::mem::offset_of!(Pool, capital), &(1_000_000 * UNIT).to_le_bytes());
        let balance = world.balance("vera");
        let funds = world.read_pool().assessors;
        world.petition("vera", &Proposal::Delist, Some(0)).ok();
        let (reward, pool) = (vote_reward.min(paid / 4), world.read_pool());
        assert_eq!(world.balance("vera"), balance - paid, "{vote_reward} {min_premium}");
        // It pays its voters itself, which waits beside its bond until the outcome is read.
        assert_eq!((world.read_change(2).bond, pool.bonds), (paid - reward, paid));
        assert_eq!((pool.assessors, pool.rewards_reserved), (funds, 0));
        let ballot = ballot_of(&mut world, 2);
        assert_eq!((ballot.appeal_bond, ballot.reward_pot), (2 * (paid - reward), reward));
        assert!(earned > 0 && world.vault_balance() >= pool.capital + pool.bonds);
    }
}

/// A pool that has lost everything asks for an atom: somebody has to be able to change it.
#[test]
fn it_costs_an_atom_where_no_capital_is_left() {
    let mut world = stage();
    let pool = world.pool();
    world.roll_product(0).ok();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, capital), &0_u64.to_le_bytes());
    let balance = world.balance("vera");
    world.petition("vera", &Proposal::Delist, Some(0)).ok();
    assert_eq!((world.balance("vera"), world.read_change(0).bond), (balance - 1, 1));
}

#[test]
fn it_needs_the_money() {
    let mut world = stage();
    let poor = "xeno";
    world.fund(poor, PAID - 1);
    world.stake(poor, UNIT).ok();
    world.pass_days(2);
    let proposal = FEE;
    world.petition(poor, &proposal, None).fails_with(token_error(TokenError::InsufficientFunds));
    world.fund(poor, 1);
    world.petition(poor, &proposal, None).ok();
}

#[test]
fn only_stake_that_counts_in_the_ballot_may() {
    let mut world = stage();
    world.fund("xeno", 1_000 * UNIT);
    world.stake("xeno", UNIT).ok();
    let proposal = FEE;
    // It ages from the next midnight, for a day.
    let now = world.now();
    let old_enough = (now / DAY + 2) * DAY;
    move_to(&mut world, old_enough - 1);
    world.petition("xeno", &proposal, None).fails(E::NoWeight);
    move_to(&mut world, old_enough);
    world.petition("xeno", &proposal, None).ok();
    // What is on its way out does not count.
    world.request_unstake("xeno", UNIT).ok();
    world.petition("xeno", &proposal, None).fails(E::NoWeight);

    world.fund("mallory", 1_000 * UNIT);
    let accounts = world.petition_accounts("mallory", 0, None);
    let stolen = PetitionChange { voter: voter_address(&world.assembly(), &world.key("vera")), ..accounts };
    world.send(stolen.instruction(0, &proposal), &["mallory"]).fails(E::NotVoter);
    world.send(accounts.instruction(0, &proposal), &["mallory"]).fails_with(InstructionError::UninitializedAccount);
    let by_walt = PetitionChange { payer: world.key("walt"), ..world.petition_accounts("vera", 1, None) };
    world.send(unsigned(by_walt.instruction(0, &proposal), 0), &["walt"]).fails_with(UNSIGNED);
}

#[test]
fn somebody_else_can_pay_the_rents() {
    let mut world = stage();
    world.give_lamports("sponsor");
    let sponsor = world.key("sponsor");
    let [before, veras] = [purse(&mut world, "sponsor"), purse(&mut world, "vera")];
    let proposal = FEE;
    let accounts = PetitionChange { payer: sponsor, ..world.petition_accounts("vera", 0, None) };
    world.send(unsigned(accounts.instruction(0, &proposal), 1), &["vera"]).fails_with(UNSIGNED);
    world.send(accounts.instruction(0, &proposal), &["vera", "sponsor"]).ok();
    let rents = [accounts.change, accounts.ballot].map(|address| lamports(&mut world, &address));
    assert_eq!(purse(&mut world, "sponsor"), before - rents[0] - rents[1]);
    assert_eq!((world.read_change(0).rent_payer, ballot_of(&mut world, 0).rent_payer), (sponsor, sponsor));
    // They go back to the sponsor, the bond to vera.
    final_by(&mut world, 0, None);
    world.queue(0).ok();
    world.collect_change_bond("vera", 0).ok();
    world.close_change("vera", 0).fails(E::WrongRentPayer);
    world.close_change("sponsor", 0).ok();
    let subject = accounts.change;
    world.reclaim_ballot("vera", &subject).fails(E::WrongRentPayer);
    world.reclaim_ballot("sponsor", &subject).ok();
    // Reading the ballot, its two closings and closing both accounts have a tip each.
    assert_eq!((purse(&mut world, "sponsor"), purse(&mut world, "vera")), (before - 5 * TIP, veras));
}

#[test]
fn bounds_hold_from_the_start() {
    let mut world = stage();
    for (proposal, index, error) in refused() {
        world.petition("vera", &proposal, index).fails(error);
    }
    for (proposal, index) in one_of_each(&mut world) {
        let other = if index.is_some() { None } else { Some(0) };
        world.petition("vera", &proposal, other).fails(E::ChangeProduct);
    }
    assert_eq!(world.read_pool().change_count, 0);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let other = second_assembly(&mut world);
    let (pool, own) = (world.pool(), world.product(0));
    let vera = world.key("vera");
    let governance = world.governance();
    // Vera's stake in the other assembly.
    let stake = Stake {
        assembly: other,
        voter: voter_address(&other, &vera),
        stake_vault: stake_vault_address(&other),
        ..world.stake_accounts("vera")
    };
    let veras = world.tokens("vera", &governance);
    // With enough on it that it is the mint which is wrong.
    world.mint_to(&governance, &veras, 1_000 * UNIT);
    world.send(stake.instruction(UNIT), &["vera"]).ok();

    let accounts = world.petition_accounts("vera", 0, Some(0));
    let walts = world.tokens("walt", &world.asset());
    let [forged_pool, forged_product, forged_voter, forged_assembly] =
        [pool, own, accounts.voter, accounts.assembly].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(0, &Proposal::Delist);
    let walt = voter_address(&accounts.assembly, &world.key("walt"));
    let rows = [
        (2, walt, error(E::NotVoter)),
        (2, voter_address(&other, &vera), error(E::WrongAssembly)),
        (2, forged_voter, NOT_OURS),
        (2, own, OTHER_TYPE),
        (3, second, SEEDS),
        (3, own, DUPLICATE),
        (3, forged_pool, NOT_OURS),
        (4, product_address(&second, 0), error(E::WrongPool)),
        (4, accounts.assembly, TOO_SMALL),
        (4, forged_product, NOT_OURS),
        (5, change_address(&pool, &vera, 1), SEEDS),
        (5, change_address(&second, &vera, 0), SEEDS),
        (6, other, error(E::WrongAssembly)),
        (6, forged_assembly, NOT_OURS),
        (7, ballot_address(&change_address(&pool, &vera, 1)), SEEDS),
        (8, walts, token_error(TokenError::OwnerMismatch)),
        (8, veras, token_error(TokenError::MintMismatch)),
        (8, accounts.vault, DUPLICATE),
        (9, vault_address(&second), error(E::WrongVault)),
        (9, exit_escrow_address(&pool, 0), error(E::WrongVault)),
        (10, governance, error(E::WrongMint)),
        (11, TOKEN_2022, error(E::WrongTokenProgram)),
        (12, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["vera"], &rows);
    writes(&mut world, &instruction, &["vera"], &[3, 8, 9]);
    needs_a_full_vault(&mut world, instruction, &["vera"]);
}
