//! `settle_incident`: when an incident can end, what the claims get of the capital, where a lost bond goes.

mod liens;

use crate::{
    common::{TIP, purses},
    story::*,
};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, UNIT, product_params};
use solana_instruction_error::InstructionError;

/// Files dora's claim of all that is insured and lets the ballot and all windows pass.
fn ripe() -> Play {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    decide(&mut world, &incident, Some(FOR));
    ripen(&mut world);
    world
}

#[test]
fn settling_in_full_moves_the_claims_from_capital_to_payable() {
    let mut world = ripe();
    touch(&mut world);
    let (incident, now) = (world.incident(0, 0), world.now());
    let (pool_before, product_before) = (world.read_pool(), world.read_product(0));
    let incident_before: Incident = world.chain.read(&incident);
    let (ballot, guardian) = (ballot_address(&incident), world.key("guardian"));
    let ballot_before: Ballot = world.chain.read(&ballot);
    let vault_balance = world.vault_balance();
    let [held, guardians] = purses(&mut world, [incident, guardian]);
    let receipt = world.settle(0, 0).ok();

    let settled = DORAS - DORAS / 20;
    let found: Incident = world.chain.read(&incident);
    let expected = Incident {
        state: 1,
        bond_state: 1,
        tips: 0,
        lien: 0,
        approved: settled,
        settled,
        closed_at: now,
        ..incident_before
    };
    assert_eq!(found, expected);
    let expected = Product { open_incident: [0; 32].into(), blocked_until: now, ..product_before };
    assert_eq!(world.read_product(0), expected);
    // Nothing else decides by this ballot: its account may be closed from now on.
    assert_eq!(world.chain.read::<Ballot>(&ballot), Ballot { executed: 1, ..ballot_before });
    assert_eq!(purses(&mut world, [incident, guardian]), [held - TIP, guardians + TIP]);
    let pool = world.read_pool();
    let expected = Pool {
        capital: pool_before.capital - settled,
        payable: settled,
        claims_settled: settled,
        lien_total: 0,
        open_incidents: 0,
        exits_wait_until: now + 2 * DAY,
        ..pool_before
    };
    assert_eq!(pool, expected);
    assert_eq!(world.vault_balance(), vault_balance);
    let event = IncidentSettled {
        product: world.product(0),
        incident,
        state: 1,
        approved: settled,
        settled,
        bond_state: 1,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::IncidentSettled(event)]);
    world.check_books();
    world.settle(0, 0).fails(BreakwaterError::IncidentClosed);
}

#[test]
fn settling_first_earns_what_time_has_earned() {
    let mut world = ripe();
    let before = world.read_pool();
    let receipt = world.settle(0, 0).ok();
    let [Event::IncidentSettled(event)] = receipt.events()[..] else { panic!("one event") };
    let after = world.read_pool();
    assert!(event.earned > 0);
    assert_eq!(after.capital, before.capital + event.earned - event.settled);
    assert_eq!((after.accrued_at, event.books), (world.now(), books(&after)));
}

#[test]
fn an_incident_without_claims_settles_for_nothing() {
    let (mut world, incident) = reported();
    finish(&mut world, 0, 0, Some(FOR));
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.bond_state, found.approved, found.settled), (1, 1, 0, 0));
    assert_eq!((world.read_pool().payable, world.read_pool().own_liens().expect("they fit")), (0, 0));
    world.check_books();
}

#[test]
fn sales_of_the_product_resume() {
    let mut world = funded();
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    world.pass_days(2);
    let incident = report(&mut world, 0, 0);
    world.buy("dora", 0, 1, UNIT, 30).fails(BreakwaterError::IncidentOpen);
    decide(&mut world, &incident, None);
    world.pass_days(3);
    world.settle(0, 0).ok();
    world.buy("dora", 0, 1, UNIT, 30).ok();
    let now = world.now();
    world.open_incident("opal", 0, 1, now).ok();
}

#[test]
fn the_ballot_must_be_closed() {
    let (mut world, incident) = reported();
    world.vote("vera", &incident, FOR).ok();
    world.settle(0, 0).fails(BreakwaterError::BallotOpen);
    world.pass_days(30);
    world.settle(0, 0).fails(BreakwaterError::BallotOpen);
    // The appeal window begins when somebody closes it.
    world.close_ballot(&incident).ok();
    world.settle(0, 0).fails(BreakwaterError::AppealWindowOpen);
}

#[test]
fn the_appeal_window_ends_to_the_second() {
    for side in [Some(AGAINST), None] {
        let (mut world, incident) = reported();
        decide(&mut world, &incident, side);
        world.pass(2 * DAY - 1);
        world.settle(0, 0).fails(BreakwaterError::AppealWindowOpen);
        world.pass(1);
        world.settle(0, 0).ok();
    }
}

#[test]
fn filing_and_disputes_end_to_the_second() {
    let (mut world, incident) = reported();
    let terms: Incident = world.chain.read(&incident);
    decide(&mut world, &incident, Some(FOR));
    let closed_at = world.now();
    let moments = [
        (closed_at + 2 * DAY - 1, BreakwaterError::AppealWindowOpen),
        (closed_at + 2 * DAY, BreakwaterError::FilingOpen),
        (terms.filing_ends_at - 1, BreakwaterError::FilingOpen),
        (terms.filing_ends_at, BreakwaterError::DisputeWindowOpen),
        (terms.disputes_end_at - 1, BreakwaterError::DisputeWindowOpen),
    ];
    for (moment, error) in moments {
        world.chain.set_now(moment);
        world.settle(0, 0).fails(error);
    }
    world.chain.set_now(terms.disputes_end_at);
    world.settle(0, 0).ok();
}

#[test]
fn a_ballot_that_closes_late_still_leaves_the_appeal_window() {
    let (mut world, incident) = reported();
    world.vote("vera", &incident, FOR).ok();
    world.pass_days(17);
    world.close_ballot(&incident).ok();
    world.pass(2 * DAY - 1);
    world.settle(0, 0).fails(BreakwaterError::AppealWindowOpen);
    world.pass(1);
    world.settle(0, 0).ok();
}

#[test]
fn a_lost_bond_reaches_the_lps_over_a_week_and_the_assessors_get_the_odd_atom() {
    let mut world = funded_beside(&[ProductParams { incident_bond: BOND + 1, ..product_params("Odd bond") }]);
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 2, 0, 100_000 * UNIT, 1).ok();
    // The premium is earned by the time of the report; the cover is in grace.
    world.pass_days(4);
    let occurred_at = world.now() - 2 * DAY - 3_600;
    world.open_incident("opal", 2, 0, occurred_at).ok();
    let incident = world.incident(2, 0);
    decide(&mut world, &incident, Some(AGAINST));
    world.pass_days(3);
    touch(&mut world);
    let (before, supply) = (world.read_pool(), world.share_supply());
    assert_eq!((before.unearned, before.bonds), (0, BOND + 1));
    let receipt = world.settle(2, 0).ok();

    let (to_lps, to_assessors) = (BOND / 2, BOND / 2 + 1);
    let pool = world.read_pool();
    // B7: neither the capital nor the supply moves, so the share price does not.
    assert_eq!((pool.capital, world.share_supply()), (before.capital, supply));
    assert_eq!((pool.bonds, pool.unearned, pool.assessors), (0, to_lps, before.assessors + to_assessors));
    assert_eq!((pool.other_income, pool.own_liens().expect("they fit"), pool.open_incidents), (to_lps, 0, 0));
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.bond_state, found.lien, found.closed_at), (2, 3, 0, world.now()));
    assert_eq!((found.approved, found.settled), (0, 0));
    let [Event::IncidentSettled(event)] = receipt.events()[..] else { panic!("one event") };
    assert_eq!((event.state, event.bond_state, event.approved, event.settled), (2, 3, 0, 0));
    assert_eq!(event.books, books(&pool));
    world.check_books();

    // It takes seven days at least and eight at most, evenly.
    let end = (world.now() + 7 * DAY).div_ceil(DAY) * DAY;
    let start = world.now();
    world.chain.set_now(start + (end - start) / 2);
    touch(&mut world);
    let halfway = to_lps - world.read_pool().unearned;
    assert!(halfway.abs_diff(to_lps / 2) <= 1, "{halfway}");
    world.chain.set_now(end - 1);
    touch(&mut world);
    assert!(world.read_pool().unearned > 0);
    world.chain.set_now(end);
    touch(&mut world);
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.capital), (0, before.capital + to_lps + 3 * UNIT));
    assert_eq!(pool.income_earned, before.income_earned + to_lps);
    world.collect_bond("opal", &incident).fails(BreakwaterError::NothingDue);
}

#[test]
fn without_a_quorum_the_bond_is_due_back() {
    let (mut world, incident) = reported();
    decide(&mut world, &incident, None);
    world.pass_days(3);
    touch(&mut world);
    let before = world.read_pool();
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.bond_state, found.lien), (2, 1, 0));
    assert_eq!(
        (before.own_liens().expect("they fit"), before.lien_ring.iter().sum()),
        (DORAS, DORAS),
        "filing is not over"
    );
    let exits_wait_until = world.now() + 2 * DAY;
    let expected = Pool { lien_total: 0, lien_ring: [0; 64], open_incidents: 0, exits_wait_until, ..before };
    assert_eq!(world.read_pool(), expected);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = ripe();
    let other = elsewhere(&mut world);
    let of_product_1 = report(&mut world, 1, 0);
    let accounts = world.settle_accounts(0, 0);
    let tokens = world.tokens("dora", &world.asset());
    let rows = [
        (0, accounts.pool, DUPLICATE),
        (1, other.pool, code(BreakwaterError::WrongPool)),
        (1, other.product, InstructionError::AccountDataTooSmall),
        (1, accounts.product, DUPLICATE),
        (2, world.product(1), code(BreakwaterError::WrongProduct)),
        (2, other.product, code(BreakwaterError::WrongProduct)),
        (2, other.pool, InstructionError::InvalidAccountData),
        (3, of_product_1, code(BreakwaterError::WrongProduct)),
        (3, other.incident, code(BreakwaterError::WrongPool)),
        (3, other.claim, InstructionError::AccountDataTooSmall),
        (4, ID, code(BreakwaterError::WrongBallot)), // none
        (4, ballot_address(&of_product_1), code(BreakwaterError::WrongBallot)),
        (4, ballot_address(&other.incident), code(BreakwaterError::WrongBallot)),
        (4, other.policy, InstructionError::AccountDataTooSmall),
        (4, other.product, InstructionError::InvalidAccountData),
        (4, ballot_address(&other.claim), InstructionError::AccountDataTooSmall),
        (5, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (5, tokens, code(BreakwaterError::WrongVault)),
        (5, ballot_address(&world.incident(0, 0)), DUPLICATE),
        (5, other.policy, InstructionError::IllegalOwner),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    world.send(accounts.instruction(), &[]).ok();
}
