//! `appeal`: a decided ballot is voted on again, once, for a bond, by more and for longer.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, assembly_params, product_params};
use spl_token_interface::error::TokenError;

/// A world with dora's claim in an incident that vera has just decided.
fn decided(side: u8) -> (Play, Case) {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(side));
    (world, case)
}

#[test]
fn it_opens_a_second_round() {
    for (side, first_state) in [(FOR, PASSED), (AGAINST, FAILED)] {
        let (mut world, case) = decided(side);
        world.pass(3_600);
        touch(&mut world);
        let (address, now) = (ballot_address(&case.incident), world.now());
        let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
        let (assembly, balance) = (world.chain.read::<Assembly>(&world.assembly()), world.balance("pia"));
        let (purse_before, rent, held) =
            (purse(&mut world, "pia"), lamports(&mut world, &address), world.vault_balance());
        let receipt = world.appeal("pia", &case.incident).ok();

        let bond = 2 * BOND;
        let expected = Ballot {
            state: 0,
            round: 1,
            leading: NO_QUORUM,
            appellant: world.key("pia"),
            opens_at: now,
            closes_at: now + 6 * DAY,
            closed_at: 0,
            final_at: 0,
            weight_for: 0,
            weight_against: 0,
            first_for: before.weight_for,
            first_against: before.weight_against,
            reward_pot: REWARD,
            first_pot: REWARD,
            reward_left: 2 * REWARD,
            votes: 0,
            quorum_bps: 4_000,
            first_state,
            appeal_bond_state: 1,
            tips: before.tips + 1,
            ..before
        };
        assert_eq!(ballot_on(&mut world, &case.incident), expected);
        assert_eq!((expected.appeal_bond, expected.first_for + expected.first_against), (bond, 600 * UNIT));
        assert_eq!(world.chain.read::<Assembly>(&world.assembly()), assembly);
        let pool = world.read_pool();
        let (bonds, rewards_reserved) = (pool_before.bonds + bond, pool_before.rewards_reserved + REWARD);
        assert_eq!(pool, Pool { bonds, rewards_reserved, ..pool_before });
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance - bond, held + bond));
        assert_eq!((purse(&mut world, "pia"), lamports(&mut world, &address)), (purse_before - TIP, rent + TIP));
        let event = BallotAppealed {
            ballot: address,
            subject: case.incident,
            appellant: world.key("pia"),
            first_state: first_state.into(),
            bond,
            closes_at: now + 6 * DAY,
            earned: 0,
            books: books(&pool),
        };
        assert_eq!(only_event(&receipt), Event::BallotAppealed(event));
        world.check_books();
        world.settle(0, 0).fails(E::BallotOpen);
    }
}

#[test]
fn it_earns_what_time_has_earned_first() {
    let (mut world, case) = decided(FOR);
    world.pass_days(1);
    let before = world.read_pool();
    let receipt = world.appeal("pia", &case.incident).ok();
    let Event::BallotAppealed(event) = only_event(&receipt) else { panic!("another event") };
    let pool = world.read_pool();
    assert!(event.earned > 0);
    assert_eq!((pool.capital, pool.accrued_at), (before.capital + event.earned, world.now()));
    assert_eq!(event.books, books(&pool));
}

#[test]
fn it_is_possible_from_the_closing_to_the_last_second_of_the_window() {
    let (mut world, case) = filed();
    world.appeal("pia", &case.incident).fails(E::BallotOpen);
    decide(&mut world, &case.incident, Some(FOR));
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!(found.final_at, found.closed_at + 2 * DAY);
    world.chain.set_now(found.final_at);
    world.appeal("pia", &case.incident).fails(E::AppealWindowOver);
    world.chain.set_now(found.final_at - 1);
    world.appeal("pia", &case.incident).ok();
}

#[test]
fn it_is_possible_once() {
    let (mut world, case) = decided(FOR);
    appealed(&mut world, &case.incident, Some(AGAINST));
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.final_at), (FAILED, world.now()), "final at once");
    world.appeal("pia", &case.incident).fails(E::NotAppealable);
    let (mut world, case) = decided(FOR);
    world.appeal("pia", &case.incident).ok();
    world.appeal("ines", &case.incident).fails(E::BallotOpen);
}

#[test]
fn what_nobody_or_the_arbiter_decided_is_not_appealable() {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, None);
    world.appeal("pia", &case.incident).fails(E::NotAppealable);
    world.arbitrate("arbiter", &case.incident, FOR).ok();
    world.appeal("pia", &case.incident).fails(E::NotAppealable);
}

#[test]
fn it_is_an_appeal_of_a_prolonged_vote_as_well() {
    let (mut world, case) = filed();
    let closes_at = ballot_on(&mut world, &case.incident).closes_at;
    world.chain.set_now(closes_at);
    world.close_ballot(&case.incident).ok();
    decide(&mut world, &case.incident, Some(AGAINST));
    let now = world.now();
    world.appeal("pia", &case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).closes_at, now + 6 * DAY, "twice the first time, not four times");
    world.pass_days(6);
    world.close_ballot(&case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).state, FAILED, "too few do not prolong it again");
}

#[test]
fn votes_are_cast_anew_of_the_same_stake() {
    let (mut world, case) = decided(FOR);
    world.fund("xena", 0);
    world.stake("xena", 500 * UNIT).ok();
    world.request_unstake("walt", 100 * UNIT).ok();
    world.appeal("pia", &case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).eligible_weight, 1_000 * UNIT, "as in the first round");
    world.vote("xena", &case.incident, AGAINST).fails(E::NoWeight);
    world.vote("vera", &case.incident, AGAINST).fails_with(SEEDS);
    world.vote("vera", &case.incident, AGAINST).ok();
    world.vote("vera", &case.incident, AGAINST).fails_with(TAKEN);
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.weight_against, found.votes, found.live_records), (600 * UNIT, 1, 2));
    let record: VoteRecord = world.chain.read(&world.vote_accounts("vera", &case.incident).record);
    assert_eq!((record.round, record.weight, record.side), (1, 600 * UNIT, AGAINST));

    // Nobody turns an outcome by staking once it is known: what was too young for the first round does not count in the
    // second, however old it is by then.
    let (mut world, case) = filed();
    world.fund("xena", 0);
    world.stake("xena", 500 * UNIT).ok();
    let first = ballot_on(&mut world, &case.incident);
    assert_eq!(first.eligible_weight, 1_000 * UNIT);
    decide(&mut world, &case.incident, Some(FOR));
    world.vote("xena", &case.incident, FOR).fails(E::VotingOver);
    let final_at = ballot_on(&mut world, &case.incident).final_at;
    world.chain.set_now(final_at - 1);
    world.appeal("pia", &case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.eligible_before, found.eligible_weight), (first.eligible_before, 1_000 * UNIT));
    world.vote("xena", &case.incident, AGAINST).fails(E::NoWeight);
}

#[test]
fn the_quorum_doubles_up_to_halfway_to_all_of_the_stake() {
    for (quorum_bps, raised) in [(2_000, 4_000), (3_333, 6_666), (3_334, 6_667), (5_001, 7_500), (6_000, 8_000)] {
        let assembly = AssemblyParams { quorum_bps, ..assembly_params() };
        let mut world = insured_with(jury_pool(), assembly, product_params("Risk"));
        let case = open_case(&mut world, 0, "dora", LOSS);
        decide(&mut world, &case.incident, Some(FOR));
        world.appeal("pia", &case.incident).ok();
        assert_eq!(ballot_on(&mut world, &case.incident).quorum_bps, raised);
    }
}

#[test]
fn without_its_quorum_the_first_outcome_stands() {
    for (side, state) in [(FOR, PASSED), (AGAINST, FAILED)] {
        let (mut world, case) = decided(side);
        world.request_unstake("walt", 1).ok();
        world.appeal("pia", &case.incident).ok();
        // 399.999999 of 1,000 units are a little less than 40%.
        world.vote("walt", &case.incident, 1 - side).ok();
        world.close_ballot(&case.incident).fails(E::VotingOpen);
        world.pass_days(6);
        world.close_ballot(&case.incident).ok();
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.first_state, found.final_at), (state, state, world.now()));
    }
}

#[test]
fn with_its_quorum_the_second_outcome_stands() {
    for (side, incident_state, bond_state) in [(FOR, 2, 3), (AGAINST, 1, 1)] {
        let (mut world, case) = decided(side);
        world.appeal("pia", &case.incident).ok();
        // 400 of 1,000 units are exactly 40%.
        world.vote("walt", &case.incident, 1 - side).ok();
        world.pass_days(6);
        world.close_ballot(&case.incident).ok();
        conclude(&mut world, 0);
        let found: Incident = world.chain.read(&case.incident);
        assert_eq!((found.state, found.bond_state), (incident_state, bond_state));
        world.check_books();
    }
}

#[test]
fn a_late_vote_that_turns_it_extends_it_anew() {
    let (mut world, case) = decided(FOR);
    world.appeal("pia", &case.incident).ok();
    let closes_at = ballot_on(&mut world, &case.incident).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("walt", &case.incident, AGAINST).ok();
    world.vote("vera", &case.incident, FOR).ok();
    let found = ballot_on(&mut world, &case.incident);
    // The second vote turned it as well, but a day was left by then: exactly the extension and a second more.
    assert_eq!((found.extensions, found.closes_at), (1, closes_at + DAY));
}

#[test]
fn the_reward_is_at_most_the_first_rounds_and_what_is_free() {
    let pool = PoolParams { vote_reward: 1 << 56, ..jury_pool() };
    let terms = ProductParams { incident_bond: BOND + 31, ..product_params("Odd") };
    let mut world = insured_with(pool, assembly_params(), terms);
    let case = open_case(&mut world, 0, "dora", LOSS);
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    let (found, quarter) = (ballot_on(&mut world, &case.incident), BOND / 4 + 7);
    assert_eq!(
        (found.first_pot, found.appeal_bond, found.reward_pot, found.reward_left),
        (quarter, 2 * BOND + 62, quarter, 2 * quarter)
    );
    assert_eq!(world.read_pool().rewards_reserved, 2 * quarter);

    // A quarter of the bond is more than the fund has: the first round reserved all of it.
    let terms = ProductParams { incident_bond: 9_000 * UNIT, ..product_params("Large") };
    let mut world = insured_with(pool, assembly_params(), terms);
    world.fund("pia", 8_000 * UNIT);
    let case = open_case(&mut world, 0, "dora", LOSS);
    decide(&mut world, &case.incident, Some(FOR));
    let fund = world.read_pool().assessors;
    assert!(0 < fund && fund < 9_000 * UNIT / 4);
    world.appeal("pia", &case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.appeal_bond, found.reward_pot, found.reward_left), (18_000 * UNIT, 0, found.first_pot));
    assert_eq!(world.read_pool().rewards_reserved, found.first_pot);
}

#[test]
fn the_bond_is_the_appellants_own() {
    let (mut world, case) = decided(FOR);
    world.fund("poor", 2 * BOND - 1);
    world.appeal("poor", &case.incident).fails_with(token_error(TokenError::InsufficientFunds));
    let accounts = world.appeal_accounts("pia", &case.incident);
    let by_opal = Appeal { payer: world.key("opal"), ..accounts };
    world.send(unsigned(by_opal.instruction(), 0), &["opal"]).fails_with(UNSIGNED);
    let with_opals = Appeal { appellant_token: world.tokens("opal", &world.asset()), ..accounts };
    world.send(with_opals.instruction(), &["pia"]).fails_with(token_error(TokenError::OwnerMismatch));
    world.fund("poor", 1);
    world.appeal("poor", &case.incident).ok();
    assert_eq!(world.balance("poor"), 0);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    for subject in [case.incident, other.incident] {
        decide(&mut world, &subject, Some(FOR));
    }
    let governance = world.governance();
    let votes = world.open_tokens("pia", &governance);
    world.mint_to(&governance, &votes, 10_000 * UNIT);
    let accounts = world.appeal_accounts("pia", &case.incident);
    let [forged_pool, forged_ballot] = [case.pool, accounts.ballot].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (2, other.pool, error(E::WrongPool)),
        (2, case.incident, TOO_SMALL),
        (2, forged_pool, NOT_OURS),
        (3, ballot_address(&other.incident), error(E::WrongPool)),
        (3, case.incident, OTHER_TYPE),
        (3, ballot_address(&case.claim), TOO_SMALL),
        (3, forged_ballot, NOT_OURS),
        (4, votes, token_error(TokenError::MintMismatch)),
        (4, accounts.vault, DUPLICATE),
        (5, vault_address(&other.pool), error(E::WrongVault)),
        (5, accounts.appellant_token, DUPLICATE),
        (5, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (6, governance, error(E::WrongMint)),
        (7, TOKEN_2022, error(E::WrongTokenProgram)),
        (7, ID, error(E::WrongTokenProgram)),
        (8, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["pia"], &rows);
    writes(&mut world, &instruction, &["pia"], &[2, 3, 4, 5]);
    needs_a_full_vault(&mut world, instruction, &["pia"]);
}
