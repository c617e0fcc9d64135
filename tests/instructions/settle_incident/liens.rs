//! What `settle_incident` does with the capital set aside: for two incidents at once, and for those who left.

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
        world.settle_decided(index, 0).ok();
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
    assert_eq!((pool.payable, pool.capital, pool.own_liens()), (sum, capital - sum, Ok(0)));
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
    judge(&mut world, 0, 0, Some(FOR));
    // Product 1 has 600,000 insured, of which nothing is claimed yet when the first is settled.
    world.pass_days(7);
    let second = report(&mut world, 1, 0);
    world.vote("vera", &second, FOR).ok();
    ripen(&mut world, 0, 0);
    world.end_filing(0, 0).ok();
    touch(&mut world);
    let (before, filed, lien) = (world.read_pool(), DORAS - DORAS / 20, 600_000 * UNIT);
    assert_eq!((before.own_liens(), before.open_incidents), (Ok(filed + lien), 2));
    world.settle_decided(0, 0).ok();
    let part = u128::from(before.capital) * u128::from(filed) / u128::from(filed + lien);
    let (found, pool): (Incident, _) = (world.chain.read(&first), world.read_pool());
    assert_eq!(u128::from(found.settled), part);
    assert_eq!((pool.capital, pool.own_liens()), (before.capital - found.settled, Ok(lien)));
    assert_eq!((found.held_back, pool.held_back), (filed - found.settled, filed - found.settled));

    // What emil claims then gets as much as if it had been there at once.
    let policy = world.policy(1, "emil", 0);
    world.submit_claim("emil", &policy, &second, 300_000 * UNIT).ok();
    world.close_ballot(&second).ok();
    read_verdict(&mut world, 1, 0);
    ripen(&mut world, 1, 0);
    world.end_filing(1, 0).ok();
    touch(&mut world);
    let funds = world.read_pool().capital + found.settled;
    world.settle_decided(1, 0).ok();
    let found: Incident = world.chain.read(&second);
    let part = settlement::available(funds, 285_000 * UNIT, filed + 285_000 * UNIT).expect("it fits");
    assert_eq!((found.approved, found.settled), (285_000 * UNIT, part), "its part of all there was");
    world.check_books();
}

#[test]
fn a_rejection_while_claims_are_filed_frees_claimed_and_unclaimed_alike() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    report(&mut world, 1, 0);
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.own_liens(), pool.open_incidents), (Ok(600_000 * UNIT), 1), "the other one's stays");
    world.check_books();
}

#[test]
fn those_who_left_bear_their_part_and_those_who_stay_theirs() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, 600_000 * UNIT * 1_000).ok();
    world.await_exits();
    let incident = report(&mut world, 0, 0);
    world.pay_exits().ok();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
    judge(&mut world, 0, 0, Some(FOR));
    ripen(&mut world, 0, 0);
    world.end_filing(0, 0).ok();
    let before = world.read_pool();
    let receipt = world.settle_decided(0, 0).ok();
    // 380,000 are claimed beyond the deductible: 0.6 of them came along with ada.
    let (found, pool): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    assert_eq!((found.settled, found.approved), (380_000 * UNIT, 380_000 * UNIT));
    assert_eq!(found.contested, 228_000 * UNIT - 1, "the odd atom is the stayers'");
    assert_eq!(pool.capital, before.capital - 152_000 * UNIT - 1);
    assert_eq!(pool.contested, before.contested - found.contested);
    assert_eq!((pool.payable, pool.contested_incidents), (380_000 * UNIT, 1));
    let [Event::IncidentSettled(event)] = receipt.events()[..] else { panic!("one event") };
    assert_eq!((event.settled, event.contested), (found.settled, found.contested));
    world.check_books();
}
