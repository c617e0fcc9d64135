//! `end_filing`: once the window is over, what nobody claimed is free again, for those who left as for those who stay.

use crate::{
    common::{NOT_WRITABLE, TIP, purses, read_only},
    story::*,
};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;

/// What dora claims, atoms: 100,000 less her deductible.
const CLAIMED: u64 = 60_000 * UNIT;

/// Dora's claim in an incident that counts, whose filing is over.
fn over() -> (Play, solana_address::Address) {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    judge(&mut world, 0, 0, Some(FOR));
    let ends = world.chain.read::<Incident>(&incident).filing_ends_at;
    world.chain.set_now(ends);
    touch(&mut world);
    (world, incident)
}

#[test]
fn what_nobody_claimed_is_free_again() {
    let (mut world, incident) = over();
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let product_before = world.read_product(0);
    assert_eq!((pool_before.filings_due, pool_before.own_liens()), (1, Ok(DORAS)));
    let guardian = world.key("guardian");
    let [held, guardians] = purses(&mut world, [incident, guardian]);
    let receipt = world.end_filing(0, 0).ok();

    let (freed, kept) = (Wide { low: 0, high: DORAS - CLAIMED }, Wide { low: 0, high: CLAIMED });
    let part = Part { freed, freed_at: pool_before.index, ..before.part };
    assert_eq!(world.chain.read::<Incident>(&incident), Incident { filing_ended: 1, tips: 1, part, ..before });
    let pool = world.read_pool();
    // Of what is kept its claims are sure of the same part.
    let sure = Wide::new((u128::from(CLAIMED) << 48) * u128::from(product_before.line.sure_part));
    assert_eq!(pool, Pool { filings_due: 0, liens: kept, accepted_liens: kept, sure_liens: sure, ..pool_before });
    let line = Line { set_aside: kept, sure, ..product_before.line };
    assert_eq!(world.read_product(0), Product { line, ..product_before });
    assert_eq!(purses(&mut world, [incident, guardian]), [held - TIP, guardians + TIP]);
    let event = FilingEnded { product: world.product(0), incident, filed: CLAIMED, earned: 0, books: books(&pool) };
    assert_eq!(receipt.events(), [Event::FilingEnded(event)]);
    world.pass(1);
    world.end_filing(0, 0).fails(E::NothingDue);

    // Settling takes what is left of the lien.
    ripen(&mut world, 0, 0);
    world.settle_decided(0, 0).ok();
    assert_eq!((world.chain.read::<Incident>(&incident).settled, world.read_pool().own_liens()), (CLAIMED, Ok(0)));
    world.check_books();
}

#[test]
fn sales_can_use_what_it_frees() {
    let (mut world, _) = over();
    // The other product, with 600,000 sold, has not even 201,000 to stand on.
    world.quote(1, UNIT, 30).fails(E::ProductCapacity);
    world.end_filing(0, 0).ok();
    // Of what stayed for a season.
    let room = world.read_pool().seasoned_capital().unwrap() - CLAIMED - 600_000 * UNIT;
    world.buy("emil", 1, 1, room + 1, 30).fails(E::ProductCapacity);
    world.buy("emil", 1, 1, room, 30).ok();
    world.check_books();
}

#[test]
fn it_waits_for_the_verdict_and_for_the_window() {
    let (mut world, incident) = reported();
    world.end_filing(0, 0).fails(E::IncidentNotAccepted);
    judge(&mut world, 0, 0, Some(FOR));
    let ends = world.chain.read::<Incident>(&incident).filing_ends_at;
    world.chain.set_now(ends - 1);
    world.end_filing(0, 0).fails(E::FilingOpen);
    world.pass(1);
    world.end_filing(0, 0).ok();
}

#[test]
fn there_is_no_filing_of_what_does_not_count_or_was_settled() {
    let (mut world, _) = reported();
    judge(&mut world, 0, 0, Some(AGAINST));
    world.pass_days(100);
    world.end_filing(0, 0).fails(E::IncidentNotAccepted);
    assert_eq!(world.read_pool().filings_due, 0);
    world.settle_decided(0, 0).ok();
    world.end_filing(0, 0).fails(E::IncidentNotAccepted);
    report(&mut world, 0, 1);
    finish(&mut world, 0, 1, Some(FOR));
    world.end_filing(0, 1).fails(E::IncidentNotAccepted);
}

#[test]
fn what_others_in_line_may_claim_stays_set_aside() {
    let (mut world, incident) = over();
    report(&mut world, 0, 1);
    let before: Incident = world.chain.read(&incident);
    world.end_filing(0, 0).ok();
    assert_eq!((world.read_pool().own_liens(), world.read_pool().filings_due), (Ok(DORAS), 0));
    assert_eq!(world.chain.read::<Incident>(&incident).part, before.part);
    ripen(&mut world, 0, 0);
    world.settle_decided(0, 0).ok();
    assert_eq!(world.read_pool().own_liens(), Ok(DORAS - CLAIMED), "what was paid cannot be claimed again");
    world.check_books();
}

#[test]
fn filings_are_counted_however_long_nobody_came_by() {
    let (mut world, _) = reported();
    report(&mut world, 1, 0);
    judge(&mut world, 0, 0, Some(FOR));
    judge(&mut world, 1, 0, Some(FOR));
    // Longer than the ring of days.
    world.pass_days(600);
    touch(&mut world);
    let pool = world.read_pool();
    assert_eq!((pool.filings_due, pool.filing_ring), (2, [0; 64]));
    world.end_filing(1, 0).ok();
    assert_eq!(world.read_pool().filings_due, 1);
    world.end_filing(0, 0).ok();
    assert_eq!(world.read_pool().filings_due, 0);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, _) = over();
    let other = elsewhere(&mut world);
    let of_product_1 = report(&mut world, 1, 0);
    let accounts = world.end_filing_accounts(0, 0);
    let rows = [
        (0, accounts.pool, DUPLICATE),
        (1, other.pool, code(E::WrongPool)),
        (1, other.product, I::AccountDataTooSmall),
        (1, accounts.product, DUPLICATE),
        (2, world.product(1), code(E::WrongProduct)),
        (2, other.product, code(E::WrongProduct)),
        (2, other.pool, I::InvalidAccountData),
        (3, of_product_1, code(E::WrongProduct)),
        (3, other.incident, code(E::WrongPool)),
        (3, other.claim, I::AccountDataTooSmall),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    for slot in 0..=3 {
        world.send(read_only(accounts.instruction(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    world.send(accounts.instruction(), &[]).ok();
}
