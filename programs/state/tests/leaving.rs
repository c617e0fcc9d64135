//! What those who leave take along, on the accounts themselves: cases that once went wrong, at their smallest.

#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test fails by them")]

use breakwater_state::{
    BreakwaterError, ExitEpoch, Incident, IncidentKeys, IncidentReport, Pool, Product, StoredIndex, constants::DAY,
};
use bytemuck::Zeroable;
use coverage_math::{contested::rescale, shares::VIRTUAL_SHARES};
use solana_address::Address;

/// A midnight.
const NOW: u64 = 20_000 * DAY;

/// A pool of a million shares, the virtual ones with them, which are worth an atom each, and a product of the jury with so
/// much cover.
fn pool(cover: u64) -> (Pool, Product) {
    let (mut pool, mut product) = (Pool::zeroed(), Product::zeroed());
    pool.index = StoredIndex::START;
    (pool.accrued_at, pool.filing_day) = (NOW, NOW / DAY);
    (pool.leverage_bps, pool.capital, pool.shares) = (10_000, 999_999, 1_000_000 - VIRTUAL_SHARES);
    product.rolled_day = NOW / DAY;
    (product.report_window_days, product.filing_window_days, product.incident_bond) = (30, 3, 1);
    (product.active_cover, pool.active_cover, pool.group_active[0]) = (cover, cover, cover);
    let release = 20_100;
    product.cover_ring[release % 512] = cover;
    pool.cover_ring[release % 512] = cover;
    (pool, product)
}

/// Reports something on a product.
fn report(pool: &mut Pool, product: &mut Product) -> Incident {
    let mut incident = Incident::zeroed();
    let none = Address::default();
    let keys = IncidentKeys { incident: &none, bump: 0, product: &none, opener: &none, rent_payer: &none };
    let report = IncidentReport { occurred_at: NOW, evidence_hash: [0; 32], evidence_uri: String::new() };
    incident.open(&keys, none, &report, pool, product, NOW).unwrap();
    incident
}

/// Reads the verdict on it as its ballot would have it, for its claims of so much, and ends their filing.
fn decide(incident: &mut Incident, filed: Option<u64>, pool: &mut Pool, product: &mut Product) {
    product.take_verdict(filed.is_none(), NOW).unwrap();
    incident.state = if filed.is_some() { 3 } else { 4 };
    incident.filed = filed.unwrap_or(0);
    if filed.is_some() {
        pool.filings_due += 1;
        pool.enter_rival().unwrap();
        pool.accept(&mut product.line).unwrap();
        incident.end_filing(pool, product, NOW).unwrap();
    }
}

/// So many shares want to leave today, in an epoch of their own.
fn ask(pool: &mut Pool, epoch: &mut ExitEpoch, shares: u64) {
    (epoch.day, epoch.number, epoch.shares) = (NOW / DAY, pool.exit_count, shares);
    pool.exit_count += 1;
    pool.exiting_shares += shares;
}

/// So many shares leave.
fn leave(pool: &mut Pool, epoch: &mut ExitEpoch, shares: u64) {
    ask(pool, epoch, shares);
    let paid = pool.pay_exits(epoch, NOW).unwrap();
    assert_eq!(paid.shares, shares, "all that want to leave can");
}

/// The second report sets the product's cover aside again in full, for what leavers of before it hold pays the first only.
/// So what each of those who left after it bears is what they hold, and nobody pays for others.
#[test]
fn each_report_in_line_is_borne_by_what_was_set_aside_for_it() {
    let (mut pool, mut product) = pool(400_000);
    let mut first = report(&mut pool, &mut product);
    let mut early = ExitEpoch::zeroed();
    leave(&mut pool, &mut early, 500_000);
    assert_eq!((pool.contested, early.paid), (200_000, 300_000));
    let mut second = report(&mut pool, &mut product);
    // What the second may ask for is all of the cover, and those who are here bear it.
    assert_eq!((second.lien, pool.set_aside()), (400_000, Ok(400_000)));
    let mut late = ExitEpoch::zeroed();
    leave(&mut pool, &mut late, 50_000);
    assert_eq!((pool.contested, late.paid), (240_000, 10_000));

    decide(&mut first, None, &mut pool, &mut product);
    first.settle(Some(&second), &mut pool, &mut product, NOW).unwrap();
    decide(&mut second, Some(400_000), &mut pool, &mut product);
    second.settle(None, &mut pool, &mut product, NOW).unwrap();
    assert_eq!((second.settled, second.contested, pool.capital), (400_000, 40_000, 449_999 - 360_000));
    // Who left before the second was reported gets back what was contested of the first.
    assert_eq!(first.release(&mut early, &mut pool), Ok(200_000));
    assert_eq!(second.release(&mut late, &mut pool), Ok(0));
    assert_eq!((early.paid, late.paid, pool.contested), (500_000, 10_000, 0));
}

/// What was paid on a line is not set aside again, and a later report adds no more than can still be claimed.
#[test]
fn a_line_sets_aside_no_more_than_can_be_claimed() {
    let (mut pool, mut product) = pool(400_000);
    let mut first = report(&mut pool, &mut product);
    let mut second = report(&mut pool, &mut product);
    assert_eq!(pool.set_aside(), Ok(400_000), "the same cover twice");
    decide(&mut first, Some(150_000), &mut pool, &mut product);
    assert_eq!(pool.set_aside(), Ok(400_000), "the second needs what nobody claimed of the first");
    first.settle(Some(&second), &mut pool, &mut product, NOW).unwrap();
    assert_eq!((first.settled, pool.set_aside()), (150_000, Ok(250_000)));
    decide(&mut second, Some(100_000), &mut pool, &mut product);
    assert_eq!(pool.set_aside(), Ok(100_000));
    let third = report(&mut pool, &mut product);
    assert_eq!((third.lien, pool.set_aside()), (250_000, Ok(250_000)), "what the second freed, once more");
}

/// However often the index was doubled between two reports, what is paid of the first takes nothing but itself from those who
/// left between them; and of a later one no more than a unit for each of both.
#[test]
fn payments_are_exact_however_little_is_left() {
    for doublings in [0, 1, 63, 64, 65, 127, 128, 129, 200, 300] {
        let (mut pool, mut product) = pool(400_000);
        let mut incidents = [0; 3].map(|_| {
            let incident = report(&mut pool, &mut product);
            (pool.index.mantissa, pool.index.shift) = (pool.index.mantissa | 0x1234_5678, pool.index.shift + doublings);
            incident
        });
        let [first, second, third] = &mut incidents;
        let paid_of = |incident: &Incident| {
            let part = incident.part;
            part.set_aside.get() - part.freed.get() - part.rest.get()
        };
        let unit = |incident: &Incident, atoms| incident.part.reported.get().per_unit(atoms).unwrap();
        decide(first, Some(150_000), &mut pool, &mut product);
        first.settle(Some(second), &mut pool, &mut product, NOW).unwrap();
        assert_eq!(paid_of(first), unit(first, 150_000), "{doublings}");
        decide(second, Some(100_000), &mut pool, &mut product);
        second.settle(Some(third), &mut pool, &mut product, NOW).unwrap();
        let earlier = rescale(unit(first, 150_000), doublings);
        assert_eq!(paid_of(second), earlier + unit(second, 100_000), "{doublings}");
        decide(third, Some(50_000), &mut pool, &mut product);
        third.settle(None, &mut pool, &mut product, NOW).unwrap();
        let earlier = rescale(earlier + unit(second, 100_000), doublings);
        assert_eq!(paid_of(third), earlier + unit(third, 50_000), "{doublings}");
    }
}

/// An epoch that was paid in part before the index began anew has its part of what is reported afterwards.
#[test]
fn an_epoch_goes_on_when_the_index_begins_anew() {
    let (mut pool, mut product) = pool(400_000);
    // What other products cover keeps most of them.
    pool.active_cover += 500_000;
    let mut first = report(&mut pool, &mut product);
    let mut epoch = ExitEpoch::zeroed();
    ask(&mut pool, &mut epoch, 250_000);
    assert_eq!(pool.pay_exits(&mut epoch, NOW).map(|paid| (paid.shares, paid.contested)), Ok((99_999, 39_999)));
    decide(&mut first, None, &mut pool, &mut product);
    first.settle(None, &mut pool, &mut product, NOW).unwrap();
    assert_eq!(first.release(&mut epoch, &mut pool), Ok(39_999));
    assert_eq!((pool.index, epoch.contested_incidents), (StoredIndex { era: 1, ..StoredIndex::START }, 0));

    let mut second = report(&mut pool, &mut product);
    pool.active_cover = 0;
    assert_eq!(pool.pay_exits(&mut epoch, NOW).map(|paid| paid.shares), Ok(150_001));
    let contested = pool.contested;
    assert_eq!((epoch.contested_incidents, contested > 0), (1, true));
    decide(&mut second, None, &mut pool, &mut product);
    second.settle(None, &mut pool, &mut product, NOW).unwrap();
    assert_eq!(second.release(&mut epoch, &mut pool), Ok(contested));
    assert_eq!((epoch.contested_incidents, pool.contested_incidents), (0, 0));
}

/// What is held back for the claims of a settled incident is no longer the LPs': nobody takes a part of it along.
#[test]
fn nobody_leaves_with_what_is_held_back() {
    let (mut pool, mut product) = pool(900_000);
    (pool.leverage_bps, pool.active_cover) = (20_000, 1_800_000);
    let mut other = product;
    pool.group_active[0] += 900_000;
    pool.cover_ring[20_100 % 512] += 900_000;
    let mut first = report(&mut pool, &mut product);
    let mut second = report(&mut pool, &mut other);
    decide(&mut first, Some(900_000), &mut pool, &mut product);
    first.settle(None, &mut pool, &mut product, NOW).unwrap();
    assert_eq!((first.settled, first.held_back, pool.capital), (499_999, 400_001, 500_000));
    // The first product's cover is released.
    pool.active_cover = 0;
    (pool.liened_cover, pool.group_liened) = (0, [0; 16]);
    let mut epoch = ExitEpoch::zeroed();
    ask(&mut pool, &mut epoch, 100_000);
    assert_eq!(pool.pay_exits(&mut epoch, NOW).err(), Some(BreakwaterError::LiensExceedCapital));
    decide(&mut second, Some(50_000), &mut pool, &mut other);
    assert_eq!((pool.own_liens(), pool.set_aside()), (Ok(50_000), Ok(450_001)));
    // A tenth of the 99,999 that are neither held back nor anybody's else, half of it contested.
    let paid = pool.pay_exits(&mut epoch, NOW).map(|paid| (paid.worth, paid.contested));
    assert_eq!(paid, Ok((10_000, 5_000)));
}

/// Where no cover needs the capital any more, everybody can leave, even if all of it is set aside: they take it along as
/// contested, and never more in cash than is free.
#[test]
fn a_lien_on_all_of_the_capital_keeps_nobody_in() {
    for free in 0..4 {
        let (mut pool, mut product) = pool(999_999 - free);
        let mut incident = report(&mut pool, &mut product);
        // The cover is released while the jury takes its time.
        product.active_cover = 0;
        product.cover_ring = [0; 512];
        (pool.liened_cover, pool.group_liened) = (0, [0; 16]);
        for part in [9, 2, 1] {
            let mut epoch = ExitEpoch::zeroed();
            let (shares, free) = (pool.shares / part, pool.capital - pool.own_liens().unwrap());
            leave(&mut pool, &mut epoch, shares);
            assert!(epoch.paid <= free, "{} of {free} that are free", epoch.paid);
        }
        assert_eq!(pool.shares, 0, "nobody is left");
        decide(&mut incident, None, &mut pool, &mut product);
        incident.settle(None, &mut pool, &mut product, NOW).unwrap();
    }
}
