//! `appeal`: a decided ballot is voted on again, once, for a bond, from where it stands, and more must vote.

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
    for (side, first_level) in [(FOR, 16), (AGAINST, 0)] {
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
            appellant: world.key("pia"),
            opens_at: now,
            closes_at: now + 3 * DAY,
            closed_at: 0,
            final_at: 0,
            default_level: first_level,
            first_level,
            quorum_weight: 2 * QUORUM,
            fixed: [0; 17],
            movable: before.fixed,
            votes: 0,
            appeal_bond_state: 1,
            tips: before.tips + 5,
            ..before
        };
        assert_eq!(ballot_on(&mut world, &case.incident), expected);
        assert_eq!((expected.appeal_bond, expected.reward_pot, expected.reward_left), (bond, REWARD, 0));
        assert_eq!(expected.movable[usize::from(first_level)], 600 * UNIT, "vera's vote counts on");
        assert_eq!((expected.live_records, expected.leading()), (1, Ok(first_level)));
        assert_eq!(world.chain.read::<Assembly>(&world.assembly()), assembly);
        let pool = world.read_pool();
        assert_eq!(pool, Pool { bonds: pool_before.bonds + bond, ..pool_before });
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance - bond, held + bond));
        assert_eq!(
            (purse(&mut world, "pia"), lamports(&mut world, &address)),
            (purse_before - 5 * TIP, rent + 5 * TIP)
        );
        let event = BallotAppealed {
            ballot: address,
            subject: case.incident,
            appellant: world.key("pia"),
            first_level: first_level.into(),
            bond,
            closes_at: now + 3 * DAY,
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
fn what_nobody_decided_is_not_appealable_but_what_the_arbiter_did() {
    for (side, state) in [(FOR, PASSED), (AGAINST, FAILED)] {
        let (mut world, case) = filed();
        decide(&mut world, &case.incident, None);
        world.appeal("pia", &case.incident).fails(E::NotAppealable);
        world.arbitrate("arbiter", &case.incident, side).ok();
        let final_at = ballot_on(&mut world, &case.incident).final_at;
        assert_eq!(final_at, world.now() + 2 * DAY);
        world.chain.set_now(final_at);
        world.appeal("pia", &case.incident).fails(E::AppealWindowOver);
        world.chain.set_now(final_at - 1);
        world.appeal("pia", &case.incident).ok();
        // What the arbiter said is what those count for who stay away again.
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.first_level, found.default_level, found.quorum_weight), (16 * side, 16 * side, QUORUM));
        decide(&mut world, &case.incident, None);
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.undecided, found.final_at), (state, 1, world.now()));
        // The jury overrules him.
        let (mut world, case) = filed();
        decide(&mut world, &case.incident, None);
        world.arbitrate("arbiter", &case.incident, side).ok();
        appealed(&mut world, &case.incident, Some(1 - side));
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.undecided), (3 - state, 0));
    }
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
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.closes_at, found.prolonged), (now + 3 * DAY, 0), "as long as the first at first");
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).state, FAILED);
}

#[test]
fn it_goes_on_once_where_too_few_have_voted() {
    // 399.999999 of 1,000 units are enough in the first round, and an atom too few in the appeal.
    let (mut world, case) = filed();
    world.request_unstake("walt", 1).ok();
    world.vote("walt", &case.incident, FOR).ok();
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    world.appeal("pia", &case.incident).ok();
    world.pass_days(3);
    let now = world.now();
    world.close_ballot(&case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.prolonged, found.closes_at), (0, 1, now + 6 * DAY));
    world.pass_days(6);
    world.close_ballot(&case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.undecided, found.final_at), (PASSED, 0, world.now()));
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
    let (before, purse_before, now) = (ballot_on(&mut world, &case.incident), purse(&mut world, "vera"), world.now());
    let record = world.vote_accounts("vera", &case.incident).record;
    let cast: VoteRecord = world.chain.read(&record);
    assert_eq!((cast.round, cast.level, cast.first_level), (0, 16, 16));
    world.vote("vera", &case.incident, AGAINST).ok();
    let mut fixed = [0; 17];
    fixed[0] = 600 * UNIT;
    let expected = Ballot { fixed, movable: [0; 17], votes: 1, ..before };
    assert_eq!(ballot_on(&mut world, &case.incident), expected);
    assert_eq!((expected.live_records, purse(&mut world, "vera")), (1, purse_before), "no account is added");
    let anew = VoteRecord { round: 1, level: 0, voted_at: now, ..cast };
    assert_eq!(world.chain.read::<VoteRecord>(&record), anew);
    let address = world.vote_accounts("vera", &case.incident).voter;
    assert_eq!(world.chain.read::<Voter>(&address).open_votes, 1);
    for side in [FOR, AGAINST] {
        world.vote("vera", &case.incident, side).fails(E::AlreadyVoted);
    }
    // Walt was not heard in the first round, and has put a quarter of his stake on its way out.
    world.vote("walt", &case.incident, FOR).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.weight_of(Side::For), found.votes, found.live_records), (Ok(300 * UNIT), 2, 2));
    let walts: VoteRecord = world.chain.read(&world.vote_accounts("walt", &case.incident).record);
    assert_eq!((walts.round, walts.level, walts.first_level), (1, 16, VoteRecord::NOT_CAST));

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
fn twice_as_much_must_vote_and_the_bond_is_twice_the_incidents() {
    for (quorum_bps, first) in [(1, UNIT / 10), (2_000, 200 * UNIT), (3_000, 300 * UNIT)] {
        let assembly = AssemblyParams { quorum_bps, ..assembly_params() };
        let terms = ProductParams { incident_bond: BOND + 31, ..product_params("Odd") };
        let mut world = insured_with(jury_pool(), assembly, terms);
        let case = open_case(&mut world, 0, "dora", LOSS);
        assert_eq!(ballot_on(&mut world, &case.incident).quorum_weight, first);
        decide(&mut world, &case.incident, Some(FOR));
        world.appeal("pia", &case.incident).ok();
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.quorum_weight, found.appeal_bond), (2 * first, 2 * BOND + 62));
    }
}

#[test]
fn votes_of_the_first_round_count_on() {
    for (side, state) in [(FOR, PASSED), (AGAINST, FAILED)] {
        let (mut world, case) = decided(side);
        world.appeal("pia", &case.incident).ok();
        // 400 of 1,000 units are as many as must vote. But vera's 600 stand where they were.
        world.vote("walt", &case.incident, 1 - side).ok();
        world.close_ballot(&case.incident).fails(E::VotingOpen);
        world.pass_days(3);
        world.close_ballot(&case.incident).ok();
        let found = ballot_on(&mut world, &case.incident);
        assert_eq!((found.state, found.level, found.first_level), (state, 16 * side, 16 * side));
        assert_eq!((found.undecided, found.final_at), (0, world.now()));
    }
}

/// Walt alone decides the first round with so much, and wants the opposite in the appeal. Returns the state in which it ends.
fn alone(side: u8, weight: u64) -> u8 {
    let (mut world, case) = filed();
    world.request_unstake("walt", 400 * UNIT - weight).ok();
    world.vote("walt", &case.incident, side).ok();
    let close = |world: &mut Play| {
        while ballot_on(world, &case.incident).state == 0 {
            let closes_at = ballot_on(world, &case.incident).closes_at;
            move_to(world, closes_at);
            world.close_ballot(&case.incident).ok();
        }
        ballot_on(world, &case.incident)
    };
    assert_eq!(close(&mut world).level, 16 * side);
    world.appeal("pia", &case.incident).ok();
    world.vote("walt", &case.incident, 1 - side).ok();
    close(&mut world).state
}

/// What is missing to the 400 units that must vote counts for what the first round said: more than half of them must be against it. Where
/// too few had voted no more need come than must then: what they said weighs no more than what is said now.
#[test]
fn who_stays_away_counts_for_the_first_outcome() {
    assert_eq!(alone(AGAINST, QUORUM), FAILED, "half for");
    assert_eq!(alone(AGAINST, QUORUM + 1), PASSED);
    assert_eq!(alone(FOR, QUORUM - 1), FAILED, "an atom for it is missing");
    assert_eq!(alone(FOR, QUORUM / 2 + 1), FAILED, "of those who must vote half, but for an atom, for it");
    assert_eq!(alone(FOR, QUORUM), FAILED);
}

#[test]
fn the_second_outcome_stands() {
    for (side, incident_state, bond_state) in [(FOR, 2, 3), (AGAINST, 1, 1)] {
        let (mut world, case) = decided(side);
        world.appeal("pia", &case.incident).ok();
        world.vote("vera", &case.incident, 1 - side).ok();
        world.close_ballot(&case.incident).ok();
        conclude(&mut world, 0);
        let found: Incident = world.chain.read(&case.incident);
        assert_eq!((found.state, found.bond_state), (incident_state, bond_state));
        world.check_books();
    }
}

#[test]
fn a_late_vote_that_turns_it_extends_it_anew() {
    // Walt decided the first round in its last window: it ran on once by then.
    let (mut world, case) = filed();
    let closes_at = ballot_on(&mut world, &case.incident).closes_at;
    world.chain.set_now(closes_at - 1);
    world.vote("walt", &case.incident, FOR).ok();
    world.pass(1);
    world.close_ballot(&case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).extensions, 1);
    world.pass_days(1);
    world.close_ballot(&case.incident).ok();
    world.appeal("pia", &case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.extensions, found.in_window), (0, 0));

    world.chain.set_now(found.closes_at - 1);
    world.vote("walt", &case.incident, AGAINST).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.in_window, found.window_level, found.leading()), (1, 16, Ok(0)));
    world.chain.set_now(found.closes_at + 5);
    world.close_ballot(&case.incident).ok();
    let found = ballot_on(&mut world, &case.incident);
    assert_eq!((found.state, found.extensions, found.closes_at), (0, 1, world.now() + DAY));
    world.pass_days(1);
    world.close_ballot(&case.incident).ok();
    assert_eq!(ballot_on(&mut world, &case.incident).state, FAILED);
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
    decide(&mut world, &case.incident, Some(FOR));
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
