//! `settle_incident`: when an incident can end, what the claims get of the capital, and whose turn it is in line.

mod liens;
mod line;

use crate::{
    common::{TIP, needs_a_full_vault, purses},
    story::*,
};
use coverage_client::*;
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError;

/// Dora's claim of all that is insured, in an incident of product 0 that only waits to be settled.
fn ripe() -> Play {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    judge(&mut world, 0, 0, Some(FOR));
    ripen(&mut world, 0, 0);
    world.end_filing(0, 0).ok();
    world
}

#[test]
fn settling_in_full_moves_the_claims_from_capital_to_payable() {
    let mut world = ripe();
    touch(&mut world);
    let (incident, now) = (world.incident(0, 0), world.now());
    let (pool_before, product_before) = (world.read_pool(), world.read_product(0));
    let incident_before: Incident = world.chain.read(&incident);
    let guardian = world.key("guardian");
    let vault_balance = world.vault_balance();
    let [held, guardians] = purses(&mut world, [incident, guardian]);
    let receipt = world.settle_decided(0, 0).ok();

    let settled = DORAS - DORAS / 20;
    let expected = Incident {
        state: 1,
        tips: 0,
        approved: settled,
        settled,
        closed_at: now,
        part: Part { ended_at: pool_before.index, ..incident_before.part },
        ..incident_before
    };
    assert_eq!(world.chain.read::<Incident>(&incident), expected);
    let product = world.read_product(0);
    assert_eq!((product.line.head, product.line.open, product.line.set_aside), (1, 0, Wide::new(0)));
    let opening_capacity = pool_before.seasoned_capital().unwrap();
    let settled_until = world.chain.read::<Policy>(&world.policy(0, "dora", 0)).release_day;
    let expected = Product { settled, settled_until, opening_capacity, ..product_before };
    assert_eq!(product, Product { line: product.line, rolled_day: day_of(now), ..expected });
    assert_eq!(purses(&mut world, [incident, guardian]), [held - TIP, guardians + TIP]);
    let pool = world.read_pool();
    let expected = Pool {
        capital: pool_before.capital - settled,
        payable: settled,
        claims_settled: settled,
        settled,
        liens: Wide::new(0),
        accepted_liens: Wide::new(0),
        sure_liens: Wide::new(0),
        open_incidents: 0,
        current_incidents: 0,
        fresh_incidents: 0,
        rivals: 0,
        rivals_ended_at: now,
        ..pool_before
    };
    // The product's cover counts among the rest again.
    assert_eq!(with_cover_liened(pool, &product), expected);
    assert_eq!(world.vault_balance(), vault_balance);
    let event = IncidentSettled {
        product: world.product(0),
        incident,
        state: 1,
        approved: settled,
        settled,
        contested: 0,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::IncidentSettled(event)]);
    world.check_books();
    world.settle_decided(0, 0).fails(BreakwaterError::IncidentClosed);
}

#[test]
fn settling_first_earns_what_time_has_earned() {
    let mut world = ripe();
    world.pass(1_000);
    let before = world.read_pool();
    let receipt = world.settle_decided(0, 0).ok();
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
    assert_eq!((world.read_pool().payable, world.read_pool().own_liens()), (0, Ok(0)));
    world.check_books();
}

#[test]
fn a_refused_incident_is_rejected_at_once_whatever_was_claimed() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    judge(&mut world, 0, 0, Some(AGAINST));
    touch(&mut world);
    let before = world.read_pool();
    let receipt = world.settle_decided(0, 0).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.approved, found.settled, found.closed_at), (2, 0, 0, world.now()));
    let pool = world.read_pool();
    assert_eq!((pool.capital, pool.payable, pool.own_liens(), pool.open_incidents), (before.capital, 0, Ok(0), 0));
    let [Event::IncidentSettled(event)] = receipt.events()[..] else { panic!("one event") };
    assert_eq!((event.state, event.approved, event.settled, event.contested), (2, 0, 0, 0));
    world.check_books();
}

#[test]
fn sales_of_the_product_resume() {
    let mut world = funded();
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    world.pass_days(2);
    report(&mut world, 0, 0);
    world.buy("dora", 0, 1, UNIT, 30).fails(BreakwaterError::IncidentOpen);
    judge(&mut world, 0, 0, None);
    world.buy("dora", 0, 1, UNIT, 30).fails(BreakwaterError::IncidentOpen);
    world.settle_decided(0, 0).ok();
    world.buy("dora", 0, 1, UNIT, 30).ok();
    report(&mut world, 0, 1);
}

#[test]
fn verdict_filing_and_disputes_come_first_to_the_second() {
    let (mut world, incident) = reported();
    world.settle_decided(0, 0).fails(BreakwaterError::IncidentUndecided);
    judge(&mut world, 0, 0, Some(FOR));
    let terms: Incident = world.chain.read(&incident);
    world.settle_decided(0, 0).fails(BreakwaterError::FilingOpen);
    world.chain.set_now(terms.filing_ends_at - 1);
    world.settle_decided(0, 0).fails(BreakwaterError::FilingOpen);
    world.pass(1);
    world.settle_decided(0, 0).fails(BreakwaterError::FilingDue);
    world.end_filing(0, 0).ok();
    world.settle_decided(0, 0).fails(BreakwaterError::DisputeWindowOpen);
    assert_eq!(terms.disputes_end_at, terms.filing_ends_at + 3 * DAY);
    world.chain.set_now(terms.disputes_end_at - 1);
    world.settle_decided(0, 0).fails(BreakwaterError::DisputeWindowOpen);
    world.pass(1);
    world.settle_decided(0, 0).ok();
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
        (4, other.policy, InstructionError::AccountDataTooSmall),
        (5, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (5, tokens, code(BreakwaterError::WrongVault)),
        (5, other.policy, InstructionError::IllegalOwner),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    needs_a_full_vault(&mut world, accounts.instruction(), &[]);
}
