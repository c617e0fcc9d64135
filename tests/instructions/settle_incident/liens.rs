//! What `settle_incident` does with the capital set aside: for two incidents at once, and when filing ends.

use crate::story::*;
use coverage_client::*;
use coverage_math::settlement;
use harness::{Chain, UNIT};

/// Settles an incident of each product, both with claims for all that is insured, in an order. Returns the capital
/// before, and what each got, by product.
fn two_at_once(order: [u16; 2]) -> (u64, [u64; 2]) {
    let mut world = insured();
    let incidents = file_both(&mut world);
    touch(&mut world);
    let capital = world.read_pool().capital;
    for index in order {
        let before = world.read_pool();
        world.settle(index, 0).ok();
        let found: Incident = world.chain.read(&world.incident(index, 0));
        if index == order[0] {
            assert!(found.settled < found.approved, "the first leaves the other its part");
            let short = found.approved.min(before.capital) - found.settled;
            assert_eq!(
                (found.held_back, world.read_pool().held_back, world.read_pool().held_incidents),
                (short, short, 1)
            );
        } else {
            assert!(found.settled <= before.capital, "the last takes its part of what is left");
            assert_eq!((found.held_back, world.read_pool().held_incidents), (0, 1));
        }
        world.check_books();
    }
    let settled = incidents.map(|incident| world.chain.read::<Incident>(&incident).settled);
    let (sum, pool) = (settled[0] + settled[1], world.read_pool());
    assert_eq!((pool.payable, pool.capital, pool.own_liens().expect("they fit")), (sum, capital - sum, 0));
    (capital, settled)
}

#[test]
fn two_incidents_at_once_share_the_capital_by_what_is_claimed_in_either_order() {
    let filed = [DORAS - DORAS / 20, 570_000 * UNIT];
    let (capital, forth) = two_at_once([0, 1]);
    let (other, back) = two_at_once([1, 0]);
    assert_eq!(capital, other);
    let share = |index: usize| settlement::available(capital, filed[index], filed[0] + filed[1]).expect("it fits");
    // The order changes nothing, not even an atom.
    assert_eq!((forth, back), ([share(0), share(1)], [share(0), share(1)]));
}

#[test]
fn what_another_incident_may_still_bring_is_set_aside_in_full() {
    let mut world = insured();
    let first = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &first, DORAS).ok();
    decide(&mut world, &first, Some(FOR));
    // Product 1 has 600,000 insured, of which nothing is claimed yet when the first is settled.
    world.pass_days(7);
    let second = report(&mut world, 1, 0);
    world.vote("vera", &second, FOR).ok();
    let terms: Incident = world.chain.read(&first);
    world.chain.set_now(terms.disputes_end_at);
    touch(&mut world);
    let (before, filed, lien) = (world.read_pool(), DORAS - DORAS / 20, 600_000 * UNIT);
    assert_eq!((before.own_liens().expect("they fit"), before.open_incidents), (filed + lien, 2));
    world.settle(0, 0).ok();
    let part = u128::from(before.capital) * u128::from(filed) / u128::from(filed + lien);
    let found: Incident = world.chain.read(&first);
    assert_eq!(u128::from(found.settled), part);
    assert_eq!(
        (world.read_pool().capital, world.read_pool().own_liens().expect("they fit")),
        (before.capital - found.settled, lien)
    );
    assert_eq!((found.held_back, world.read_pool().held_back), (filed - found.settled, filed - found.settled));

    // What emil claims then gets as much as if it had been there at once.
    let policy = world.policy(1, "emil", 0);
    world.submit_claim("emil", &policy, &second, 300_000 * UNIT).ok();
    world.close_ballot(&second).ok();
    let terms: Incident = world.chain.read(&second);
    world.chain.set_now(terms.disputes_end_at);
    touch(&mut world);
    let funds = world.read_pool().capital + found.settled;
    world.settle(1, 0).ok();
    let found: Incident = world.chain.read(&second);
    let part = settlement::available(funds, 285_000 * UNIT, filed + 285_000 * UNIT).expect("it fits");
    assert_eq!((found.approved, found.settled), (285_000 * UNIT, part), "its part of all there was");
    world.check_books();
}

#[test]
fn a_lien_falls_to_what_is_claimed_when_filing_ends_by_itself() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    decide(&mut world, &incident, Some(FOR));
    // A loss of 100,000: 60,000 beyond the deductible.
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    let claimed = 60_000 * UNIT;
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.lien, found.filed, world.read_pool().own_liens().expect("they fit")), (DORAS, claimed, DORAS));
    // Until then the other product, with 600,000 sold, has not even 201,000 to stand on.
    world.chain.set_now(found.filing_ends_at - 1);
    world.buy("emil", 1, 1, UNIT, 30).fails(BreakwaterError::ProductCapacity);
    world.quote(1, UNIT, 30).fails(BreakwaterError::ProductCapacity);
    touch(&mut world);
    assert_eq!(world.read_pool().own_liens().expect("they fit"), DORAS);

    // The sale is the first to come by.
    world.pass(1);
    world.buy("emil", 1, 1, UNIT, 30).ok();
    let pool = world.read_pool();
    assert_eq!((pool.own_liens().expect("they fit"), pool.lien_ring, pool.open_incidents), (claimed, [0; 64], 1));
    let room = pool.capital - claimed - 600_001 * UNIT;
    world.buy("emil", 1, 2, room + 1, 30).fails(BreakwaterError::ProductCapacity);
    world.buy("emil", 1, 2, room, 30).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.lien, found.filed), (DORAS, claimed), "the incident itself was not touched");

    // What is left of the lien goes with the settlement.
    world.chain.set_now(found.disputes_end_at);
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.settled, world.read_pool().own_liens().expect("they fit")), (claimed, 0));
    world.check_books();
}

#[test]
fn a_rejection_while_claims_are_filed_frees_claimed_and_unclaimed_alike() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    let other = report(&mut world, 1, 0);
    decide(&mut world, &incident, Some(AGAINST));
    world.pass_days(2);
    world.settle(0, 0).ok();
    // The other one's stays, and goes when its filing is over.
    let pool = world.read_pool();
    assert_eq!(
        (pool.own_liens().expect("they fit"), pool.lien_ring.iter().sum(), pool.open_incidents),
        (600_000 * UNIT, 600_000 * UNIT, 1)
    );
    let ends_at = world.chain.read::<Incident>(&other).filing_ends_at;
    world.chain.set_now(ends_at);
    touch(&mut world);
    assert_eq!((world.read_pool().own_liens().expect("they fit"), world.read_pool().open_incidents), (0, 1));
    world.check_books();
}
