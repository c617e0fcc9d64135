//! `collect_vote_reward`: what a vote is paid, what it costs when an appeal overturned it, and what it frees.

mod disputes;
mod overturned;

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, assembly_params, product_params};

/// Xena's stake: no multiple of anything, atoms.
const XENAS: u64 = 101 * UNIT + 7;
/// What of it an overturned vote costs: 5%, rounded up, atoms.
const XENAS_SLASH: u64 = 5 * UNIT + 50_001;

/// An insured world in which xena has a stake as well, and dora's claim.
fn with_xena() -> (Play, Case) {
    let mut world = insured();
    world.fund("xena", 0);
    world.stake("xena", XENAS).ok();
    world.pass_days(3);
    let case = open_case(&mut world, 0, "dora", LOSS);
    (world, case)
}

/// The part of a pot by weight, rounded down.
fn part(pot: u64, weight: u64, cast: u64) -> u64 {
    (u128::from(pot) * u128::from(weight) / u128::from(cast)) as u64
}

fn voter_of(world: &mut Play, name: &str) -> Voter {
    let address = voter_address(&world.assembly(), &world.key(name));
    world.chain.read(&address)
}

fn read_assembly(world: &mut Play) -> Assembly {
    let address = world.assembly();
    world.chain.read(&address)
}

/// The stake that must vote where xena has hers, atoms: a fifth of all, rounded up.
const XENAS_QUORUM: u64 = (1_000 * UNIT + XENAS).div_ceil(5);

/// Lets all vote, the first two for and xena against, and the outcome be read once it is final.
fn voted(world: &mut Play, case: &Case) {
    world.vote("vera", &case.incident, FOR).ok();
    world.vote("walt", &case.incident, FOR).ok();
    world.vote("xena", &case.incident, AGAINST).ok();
    world.close_ballot(&case.incident).ok();
    ripen(world, &case.incident);
    world.decide(0, 0).ok();
}

#[test]
fn a_vote_is_paid_by_weight_and_released() {
    let (mut world, case) = with_xena();
    voted(&mut world, &case);
    let accounts = world.collect_vote_reward_accounts("xena", &case.incident);
    let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
    let (voter_before, assembly) = (voter_of(&mut world, "xena"), read_assembly(&mut world));
    let (held, rent) = (world.vault_balance(), lamports(&mut world, &accounts.record));
    let purses = [purse(&mut world, "xena"), purse(&mut world, "guardian")];
    // Nobody but the bank signs: anyone may.
    let receipt = world.collect_vote_reward("xena", &case.incident).ok();

    // Anyone who lost the vote is paid as well.
    let reward = part(REWARD, XENAS, 1_000 * UNIT + XENAS);
    let expected = Ballot { reward_left: REWARD - reward, live_records: 2, ..before };
    assert_eq!(ballot_on(&mut world, &case.incident), expected);
    assert_eq!(voter_of(&mut world, "xena"), Voter { open_votes: 0, records: 0, ..voter_before });
    assert_eq!(read_assembly(&mut world), assembly);
    let pool = world.read_pool();
    let (assessors, rewards_reserved) = (pool_before.assessors - reward, pool_before.rewards_reserved - reward);
    assert_eq!(pool, Pool { assessors, rewards_reserved, ..pool_before });
    assert_eq!((world.balance("xena"), world.vault_balance()), (reward, held - reward));
    assert!(world.chain.account(&accounts.record).is_none());
    assert_eq!([purse(&mut world, "xena"), purse(&mut world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let event = VoteReleased {
        ballot: accounts.ballot,
        voter: accounts.voter,
        reward,
        closed: 1,
        slash: 0,
        staked: XENAS,
        total_staked: assembly.total_staked,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::VoteReleased(event));
    world.check_books();
}

#[test]
fn all_parts_together_leave_what_roundings_leave() {
    let (mut world, case) = with_xena();
    voted(&mut world, &case);
    let before = world.read_pool().assessors;
    let mut sum = 0;
    for (name, weight) in [("walt", 400 * UNIT), ("xena", XENAS), ("vera", 600 * UNIT)] {
        world.collect_vote_reward(name, &case.incident).ok();
        assert_eq!(world.balance(name), part(REWARD, weight, 1_000 * UNIT + XENAS));
        sum += world.balance(name);
    }
    assert!(REWARD - 3 < sum && sum < REWARD, "{sum}");
    let pool = world.read_pool();
    assert_eq!((pool.assessors, pool.rewards_reserved), (before - sum, REWARD - sum));
    assert_eq!(ballot_on(&mut world, &case.incident).reward_left, REWARD - sum);
    // That is free again once the ballot's account is closed.
    let receipt = world.reclaim_ballot("opal", &case.incident).ok();
    let Event::BallotReclaimed(event) = only_event(&receipt) else { panic!("another event") };
    let pool = world.read_pool();
    assert_eq!((event.unreserved, pool.assessors, pool.rewards_reserved), (REWARD - sum, before - sum, 0));
    world.check_books();
}

#[test]
fn the_pot_is_half_of_the_bond_at_stake() {
    let terms = ProductParams { incident_bond: BOND + 31, ..product_params("Odd") };
    let mut world = insured_with(jury_pool(), assembly_params(), terms);
    let case = open_case(&mut world, 0, "dora", LOSS);
    let (half, before) = (REWARD + 15, world.read_pool());
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.reward_pot, found.reward_left, before.rewards_reserved), (half, 0, 0));
    finish(&mut world, &case.incident, Some(AGAINST));
    let fund = world.read_pool().assessors;
    world.settle(0, 0).ok();
    // The fund gets the odd atom of the bond that is lost.
    let (found, pool) = (ballot_on(&mut world, &case.incident), world.read_pool());
    assert_eq!((found.reward_pot, found.reward_left), (half, half));
    assert_eq!((pool.rewards_reserved, pool.assessors), (half, fund + half + 1));
    world.collect_vote_reward("vera", &case.incident).ok();
    assert_eq!((world.balance("vera"), world.read_pool().assessors), (half, fund + 1));
    world.check_books();
}

#[test]
fn the_pot_is_at_most_what_nobody_has_reserved() {
    let terms = ProductParams { incident_bond: 9_000 * UNIT, ..product_params("Large") };
    let mut world = insured_with(jury_pool(), assembly_params(), terms);
    let case = open_case(&mut world, 0, "dora", LOSS);
    world.fund("opal", 2_000 * UNIT);
    let second = report(&mut world, 1, 0);
    for subject in [case.incident, second] {
        finish(&mut world, &subject, Some(FOR));
    }
    assert_eq!(ballot_on(&mut world, &case.incident).reward_pot, 4_500 * UNIT);
    world.decide(0, 0).ok();
    let fund = world.read_pool().assessors;
    assert!(0 < fund && fund < 4_500 * UNIT);
    world.decide(1, 0).ok();
    // Who reads first has what there is.
    let pool = world.read_pool();
    assert_eq!((pool.rewards_reserved, pool.assessors), (fund, fund));
    for (subject, pot) in [(case.incident, fund), (second, 0)] {
        let found = ballot_on(&mut world, &subject);
        assert_eq!((found.reward_pot, found.reward_left), (pot, pot));
        world.collect_vote_reward("vera", &subject).ok();
    }
    let pool = world.read_pool();
    assert_eq!((world.balance("vera"), pool.assessors, pool.rewards_reserved), (fund, 0, 0));
    assert_eq!(voter_of(&mut world, "vera").open_votes, 0, "a vote for nothing is released as well");
    world.check_books();
}

/// Where too few vote it is a quarter of the pot, and of that the part of the stake that must vote: being alone pays no more.
#[test]
fn without_a_quorum_a_vote_is_paid_a_quarter() {
    let (mut world, case) = with_xena();
    world.vote("xena", &case.incident, FOR).ok();
    decide(&mut world, &case.incident, None);
    ripen(&mut world, &case.incident);
    let before = world.read_pool();
    world.decide(0, 0).ok();
    let (found, pool) = (ballot_on(&mut world, &case.incident), world.read_pool());
    assert_eq!((found.quorum_weight, found.reward_pot), (XENAS_QUORUM, REWARD / 4));
    // A quarter of opal's bond is lost, and the fund has half of that: as much as the voters can get at most.
    assert_eq!((pool.bonds, pool.assessors), (before.bonds - BOND / 4, before.assessors + REWARD / 4));
    assert_eq!(pool.rewards_reserved, REWARD / 4);
    world.collect_vote_reward("xena", &case.incident).ok();
    let reward = part(REWARD / 4, XENAS, XENAS_QUORUM);
    assert_eq!((world.balance("xena"), voter_of(&mut world, "xena").open_votes), (reward, 0));
    assert!(reward < REWARD / 8, "less than half of it");
    let (found, pool) = (ballot_on(&mut world, &case.incident), world.read_pool());
    assert_eq!((found.reward_left, pool.rewards_reserved), (REWARD / 4 - reward, REWARD / 4 - reward));
    world.check_books();
}

#[test]
fn what_the_arbiter_decided_is_paid_a_quarter_on_either_side() {
    for side in [FOR, AGAINST] {
        let (mut world, case) = with_xena();
        world.vote("xena", &case.incident, FOR).ok();
        decide(&mut world, &case.incident, None);
        world.arbitrate("arbiter", &case.incident, side).ok();
        ripen(&mut world, &case.incident);
        world.decide(0, 0).ok();
        world.collect_vote_reward("xena", &case.incident).ok();
        let reward = part(REWARD / 4, XENAS, XENAS_QUORUM);
        assert_eq!((world.balance("xena"), voter_of(&mut world, "xena").slashed), (reward, 0));
    }
}

#[test]
fn a_vote_is_released_once_its_ballot_is_final_and_paid_once_it_is_read() {
    let (mut world, case) = filed();
    world.vote("vera", &case.incident, FOR).ok();
    world.collect_vote_reward("vera", &case.incident).fails(E::BallotOpen);
    world.close_ballot(&case.incident).ok();
    let final_at = ballot_on(&mut world, &case.incident).final_at;
    world.chain.set_now(final_at - 1);
    world.collect_vote_reward("vera", &case.incident).fails(E::AppealWindowOpen);
    world.appeal("pia", &case.incident).ok();
    world.pass_days(3);
    world.collect_vote_reward("vera", &case.incident).fails(E::BallotOpen);
    world.close_ballot(&case.incident).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    world.collect_vote_reward("vera", &case.incident).fails(E::BallotNotRead);
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(FOR));
    ripen(&mut world, &case.incident);
    world.decide(0, 0).ok();
    world.collect_vote_reward("vera", &case.incident).ok();
    world.collect_vote_reward("vera", &case.incident).fails_with(TOO_SMALL);
    world.pass(DAY);
    world.collect_vote_reward("vera", &case.incident).fails_with(TOO_SMALL);
}

#[test]
fn the_money_goes_to_the_owner_or_where_the_owner_says() {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    let accounts = world.collect_vote_reward_accounts("vera", &case.incident);
    let asset = world.asset();
    let savings = other_tokens(&mut world, "savings", "vera", &asset);
    let opals = world.tokens("opal", &asset);
    for receiver in [savings, opals] {
        world
            .send(CollectVoteReward { receiver: Some(receiver), ..accounts }.instruction(), &[])
            .fails(E::WrongReceiver);
    }
    let chosen = signed(CollectVoteReward { receiver: Some(savings), ..accounts }.instruction(), 6);
    // Her signature stands in both slots that hold her, in one of them as the one who paid the rent.
    world.send(chosen, &["vera"]).ok();
    assert_eq!((world.balance_of(&savings), world.balance("vera")), (REWARD, 0));
    world.check_books();
}

#[test]
fn an_owner_without_a_token_account_can_be_given_one() {
    let mut world = insured();
    world.stake("xena", XENAS).ok();
    world.pass_days(3);
    let case = open_case(&mut world, 0, "dora", LOSS);
    voted(&mut world, &case);
    world.collect_vote_reward("xena", &case.incident).fails_with(OTHER_TYPE);
    world.collect_vote_reward("vera", &case.incident).ok();
    let asset = world.asset();
    world.open_tokens("xena", &asset);
    world.collect_vote_reward("xena", &case.incident).ok();
    assert_eq!(world.balance("xena"), part(REWARD, XENAS, 1_000 * UNIT + XENAS));
}

#[test]
fn the_caller_may_be_the_owner() {
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    let accounts = world.collect_vote_reward_accounts("vera", &case.incident);
    let (before, rent) = (purse(&mut world, "vera"), lamports(&mut world, &accounts.record));
    world.send(CollectVoteReward { caller: accounts.owner, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "vera"), before + rent);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    world.vote("walt", &case.incident, FOR).ok();
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    let sibling = ballot_address(&report(&mut world, 1, 0));
    let (second, governance) = (second_assembly(&mut world), world.governance());
    let accounts = world.collect_vote_reward_accounts("vera", &case.incident);
    let walts = world.collect_vote_reward_accounts("walt", &case.incident);
    let elsewhere = world.collect_vote_reward_accounts("vera", &other.incident);
    let [forged_pool, forged_assembly, forged_ballot, forged_record, forged_voter] =
        [case.pool, accounts.assembly, accounts.ballot, accounts.record, accounts.voter]
            .map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (0, accounts.ballot, DUPLICATE),
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, second, error(E::WrongAssembly)),
        (2, case.pool, DUPLICATE),
        (2, forged_assembly, NOT_OURS),
        (3, sibling, error(E::WrongBallot)),
        (3, elsewhere.ballot, error(E::WrongPool)),
        (3, case.incident, OTHER_TYPE),
        (3, forged_ballot, NOT_OURS),
        (4, walts.record, error(E::WrongVoter)),
        (4, elsewhere.record, error(E::WrongBallot)),
        // She has not voted there.
        (4, world.vote_accounts("vera", &world.incident(1, 0)).record, TOO_SMALL),
        (4, case.incident, OTHER_TYPE),
        (4, forged_record, NOT_OURS),
        (5, walts.voter, error(E::WrongVoter)),
        (5, forged_voter, NOT_OURS),
        (6, walts.owner, error(E::NotVoter)),
        (7, walts.owner, error(E::WrongRentPayer)),
        (8, walts.receiver.unwrap(), error(E::WrongReceiver)),
        (8, accounts.vault, DUPLICATE),
        (9, vault_address(&other.pool), error(E::WrongVault)),
        (9, accounts.receiver.unwrap(), DUPLICATE),
        (10, governance, error(E::WrongMint)),
        (11, TOKEN_2022, error(E::WrongTokenProgram)),
        (11, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3, 4, 5, 8, 9]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
