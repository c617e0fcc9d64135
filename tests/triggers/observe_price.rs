//! `observe_price`: what a price does to the breach that a product watches.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, UNIT};

#[test]
fn a_price_below_the_strike_begins_a_breach() {
    let mut world = covered();
    let (before, pool, now) = (world.read_product(PEG), world.read_pool(), world.now());
    assert_eq!(before.price.started_at, 0);
    let update = PriceUpdate { confidence: 1_000_000, ..PriceUpdate::of(92_000_000, now - 7) };
    let receipt = world.show(PEG, &update).ok();
    let price = PriceTrigger {
        started_at: now - 7,
        measured_from: now - 7,
        measured_until: now - 7,
        seen_at: now - 7,
        severity_bps: 5_000,
        ..before.price
    };
    assert_eq!(world.read_product(PEG), Product { price, ..before });
    // Nobody leaves ahead of what it may come to: an hour of breach, and a day to open the incident. Then not for a week.
    let exits_wait_until = now - 7 + 3_600 + DAY;
    let next_wait_at = exits_wait_until + 7 * DAY;
    assert_eq!(world.read_pool(), Pool { exits_wait_until, next_wait_at, ..pool });
    let event = PriceObserved {
        product: world.product(PEG),
        low: 91_000_000,
        high: 93_000_000,
        published_at: now - 7,
        observation: 1,
        started_at: now - 7,
        measured_from: now - 7,
        measured_until: now - 7,
        severity_seconds: 0,
    };
    assert_eq!(only_event(&receipt), Event::PriceObserved(event));
}

#[test]
fn every_second_counts_with_the_higher_of_the_two_prices_around_it() {
    let mut world = covered();
    let before = world.read_product(PEG);
    let from = world.now();
    // Seconds, price, severity of it, and the sum after it.
    let rows = [
        (0, 95_000_000, 3_000, 0),
        (600, 93_000_000, 5_000, 600 * 3_000),
        (601, 60_000_000, 10_000, 600 * 3_000 + 5_000),
        (1_200, BELOW, 1, 600 * 3_000 + 5_000 + 599),
        (1_800, 88_000_000, 10_000, 600 * 3_000 + 5_000 + 599 + 600),
        (2_000, 88_000_001, 9_999, 600 * 3_000 + 5_000 + 599 + 600 + 200 * 9_999),
    ];
    for (seconds, price, severity_bps, severity_seconds) in rows {
        let receipt = show_at(&mut world, from + seconds, price).ok();
        let now = from + seconds;
        let expected = PriceTrigger {
            started_at: from,
            measured_from: from,
            measured_until: now,
            seen_at: now,
            severity_seconds,
            severity_bps,
            ..before.price
        };
        assert_eq!(world.read_product(PEG), Product { price: expected, ..before });
        let Event::PriceObserved(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.observation, event.severity_seconds, event.measured_until), (1, severity_seconds, now));
    }
}

#[test]
fn what_counts_is_the_whole_interval_of_the_price() {
    // Low, high, what it is.
    for (low, high, observation) in [
        (STRIKE, STRIKE, 0),
        (STRIKE, STRIKE + 2, 0),
        (STRIKE - 1, STRIKE + 1, 2),
        (STRIKE - 1, STRIKE + 99, 2),
        (STRIKE - 2, STRIKE, 2),
        (STRIKE - 40_000_000, STRIKE, 2),
        // Too slight to pay anything.
        (STRIKE - 1, STRIKE - 1, 2),
        (2, STRIKE - 2, 2),
        (STRIKE - 1_001, STRIKE - 999, 2),
        (STRIKE - 1_002, STRIKE - 1_000, 1),
        (2, STRIKE - 1_000, 1),
        (1, 1, 1),
    ] {
        let mut world = covered();
        let (before, now) = (trigger(&mut world), world.now());
        let receipt = world.show(PEG, &between(low, high, now)).ok();
        let Event::PriceObserved(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.low, event.high), (low as u64, high as u64));
        assert_eq!(event.observation, observation, "{low} to {high}");
        let found = trigger(&mut world);
        assert_eq!(found.started_at, if observation == 1 { now } else { 0 });
        if observation != 1 {
            assert_eq!(found, PriceTrigger { seen_at: now, ..before });
        }
    }
}

#[test]
fn an_uncertain_price_decides_nothing() {
    let mut world = covered();
    let from = world.now();
    world.observe(PEG, HALFWAY).ok();
    let before = trigger(&mut world);
    // So wide that it may be anything; the lower end is none below zero.
    let wide = PriceUpdate { confidence: i64::MAX as u64, ..PriceUpdate::of(97_000_000, from + 300) };
    at(&mut world, from + 300);
    let Event::PriceObserved(event) = only_event(&world.show(PEG, &wide).ok()) else { panic!("another event") };
    assert_eq!((event.low, event.high, event.observation), (0, i64::MAX as u64 + 97_000_000, 2));
    assert_eq!(trigger(&mut world), PriceTrigger { seen_at: from + 300, ..before });
    // It bridges no gap.
    show_at(&mut world, from + 601, HALFWAY).ok();
    let expected = PriceTrigger {
        measured_from: from + 601,
        measured_until: from + 601,
        seen_at: from + 601,
        severity_seconds: 0,
        ..before
    };
    assert_eq!(trigger(&mut world), expected);
    // And it makes none.
    at(&mut world, from + 900);
    world.show(PEG, &between(STRIKE - 1, STRIKE + 1, from + 900)).ok();
    show_at(&mut world, from + 1_201, HALFWAY).ok();
    assert_eq!(trigger(&mut world).severity_seconds, 600 * 5_000);
}

#[test]
fn a_longer_gap_begins_to_measure_anew_and_not_the_breach() {
    for (gap, goes_on) in [(1, true), (599, true), (600, true), (601, false), (30_000, false)] {
        let mut world = covered();
        let from = world.now();
        world.observe(PEG, HALFWAY).ok();
        show_at(&mut world, from + 600, HALFWAY).ok();
        let (before, now) = (trigger(&mut world), from + 600 + gap);
        show_at(&mut world, now, HALFWAY).ok();
        let expected = if goes_on {
            PriceTrigger { measured_until: now, seen_at: now, severity_seconds: (600 + gap) * 5_000, ..before }
        } else {
            PriceTrigger { measured_from: now, measured_until: now, seen_at: now, severity_seconds: 0, ..before }
        };
        assert_eq!(trigger(&mut world), expected, "a gap of {gap}");
        assert_eq!(expected.started_at, from);
    }
}

#[test]
fn a_breach_counts_from_the_last_second_of_its_least_duration() {
    for (last, counts) in [(3_599, false), (3_600, true), (3_601, true), (4_000, true)] {
        let mut world = covered();
        let from = world.now();
        for seconds in [0, 600, 1_200, 1_800, 2_400, 3_000, last.min(3_500), last] {
            if from + seconds > trigger(&mut world).seen_at {
                show_at(&mut world, from + seconds, HALFWAY).ok();
            }
        }
        let found = trigger(&mut world);
        // What lies beyond is not added.
        assert_eq!(found.severity_seconds, 5_000 * last.min(3_600), "after {last}");
        assert_eq!((found.started_at, found.measured_from, found.measured_until), (from, from, from + last));
        if counts {
            world.open_price_incident("keeper", PEG, 0).ok();
            let incident = world.incident(PEG, 0);
            assert_eq!(world.chain.read::<Incident>(&incident).severity_bps, 5_000);
        } else {
            world.open_price_incident("keeper", PEG, 0).fails(E::NoBreach);
        }
    }
}

#[test]
fn nothing_is_added_to_a_breach_that_counts() {
    let mut world = covered();
    breach(&mut world, HALFWAY);
    let before = trigger(&mut world);
    assert_eq!(before.severity_seconds, 3_600 * 5_000);
    for price in [1, HALFWAY, BELOW] {
        world.pass(60);
        let Event::PriceObserved(event) = only_event(&world.observe(PEG, price).ok()) else { panic!("another event") };
        assert_eq!(event.observation, 1);
    }
    // Nor does a gap begin anything anew.
    world.pass(5_000);
    world.observe(PEG, 1).ok();
    assert_eq!(trigger(&mut world), PriceTrigger { seen_at: world.now(), ..before });
    // Nobody wipes it out with a price that has recovered.
    world.pass(60);
    let Event::PriceObserved(event) = only_event(&world.observe(PEG, STRIKE).ok()) else { panic!("another event") };
    assert_eq!((event.observation, event.started_at), (0, before.started_at));
    assert_eq!(trigger(&mut world), PriceTrigger { seen_at: world.now(), ..before });
    world.open_price_incident("keeper", PEG, 0).ok();
}

#[test]
fn a_price_that_has_recovered_ends_a_breach_that_does_not_count() {
    for prices in 1..=6 {
        let mut world = covered();
        let before = trigger(&mut world);
        for _ in 0..prices {
            world.observe(PEG, HALFWAY).ok();
            world.pass(600);
        }
        assert_ne!(trigger(&mut world).started_at, 0);
        world.observe(PEG, STRIKE).ok();
        let now = world.now();
        assert_eq!(trigger(&mut world), PriceTrigger { seen_at: now, ..before });
        // The next is another.
        world.pass(1);
        world.observe(PEG, HALFWAY).ok();
        let found = trigger(&mut world);
        assert_eq!((found.started_at, found.measured_from, found.severity_seconds), (now + 1, now + 1, 0));
    }
}

#[test]
fn a_breach_that_was_used_waits_for_the_price_to_recover() {
    let (mut world, _) = opened(HALFWAY);
    let used = trigger(&mut world);
    assert_eq!((used.awaits_recovery, used.started_at), (1, 0));
    // It goes on, and is no other.
    for price in [HALFWAY, BELOW, 1] {
        world.pass(60);
        let Event::PriceObserved(event) = only_event(&world.observe(PEG, price).ok()) else { panic!("another event") };
        assert_eq!((event.observation, event.started_at), (1, 0));
        let now = world.now();
        assert_eq!(trigger(&mut world), PriceTrigger { seen_at: now, ..used });
    }
    world.pass(60);
    let now = world.now();
    world.show(PEG, &between(STRIKE - 1, STRIKE + 1, now)).ok();
    assert_eq!(trigger(&mut world), PriceTrigger { seen_at: now, ..used });
    world.pass(60);
    world.observe(PEG, STRIKE).ok();
    let now = world.now();
    assert_eq!(trigger(&mut world), PriceTrigger { seen_at: now, awaits_recovery: 0, ..used });
    world.pass(60);
    world.observe(PEG, HALFWAY).ok();
    assert_eq!(trigger(&mut world).started_at, now + 60);
}

#[test]
fn a_breach_that_nobody_opened_is_forgotten_after_the_report_window() {
    for (late, counts) in [(false, false), (false, true), (true, false), (true, true)] {
        let mut world = covered();
        let before = trigger(&mut world);
        if counts {
            breach(&mut world, HALFWAY);
        } else {
            world.observe(PEG, HALFWAY).ok();
        }
        let kept = trigger(&mut world);
        // The window counts from the beginning of the breach, whatever was measured.
        let over = kept.started_at + 30 * DAY;
        at(&mut world, over - u64::from(!late));
        let now = world.now();
        world.show(PEG, &between(STRIKE - 1, STRIKE + 1, now)).ok();
        let expected = if late { before } else { kept };
        assert_eq!(trigger(&mut world), PriceTrigger { seen_at: now, ..expected });
        world.pass(1);
        world.observe(PEG, HALFWAY).ok();
        assert_eq!(trigger(&mut world).started_at, now + 1, "in the last second of the window it was kept");
    }
}

#[test]
fn nothing_is_sold_while_a_breach_runs() {
    let mut world = covered();
    let policy = world.policy(PEG, "dora", 0);
    let sells = |world: &mut Play, error: Option<E>| {
        let receipts =
            [world.quote(PEG, UNIT, 30), world.extend("dora", PEG, &policy, 1), world.buy("otto", PEG, 0, UNIT, 30)];
        for receipt in receipts {
            match error {
                Some(error) => receipt.fails(error),
                None => drop(receipt.ok()),
            }
        }
    };
    world.observe(PEG, HALFWAY).ok();
    sells(&mut world, Some(E::BreachRunning));
    // Other products are sold, and what sells nothing goes on.
    world.buy("otto", VENUE, 0, UNIT, 30).ok();
    world.deposit("otto", UNIT).ok();
    world.transfer_cover("dora", &policy, "gwen").ok();
    world.transfer_cover("gwen", &policy, "dora").ok();
    let gwens = world.policy(PEG, "gwen", 0);
    world.cancel("gwen", PEG, &gwens).fails(E::BreachRunning);

    world.pass(60);
    breach(&mut world, HALFWAY - 1);
    sells(&mut world, Some(E::BreachRunning));
    world.pass(60);
    world.observe(PEG, STRIKE).ok();
    sells(&mut world, Some(E::BreachRunning));
    world.open_price_incident("keeper", PEG, 0).ok();
    // The breach was used after that price.
    sells(&mut world, Some(E::BreachRunning));
    world.pass(1);
    let now = world.now();
    world.show(PEG, &between(STRIKE - 1, STRIKE + 1, now)).ok();
    sells(&mut world, Some(E::BreachRunning));
    world.pass(1);
    world.observe(PEG, STRIKE).ok();
    // Beside an open incident nothing is sold; an extension is time only.
    world.quote(PEG, UNIT, 30).fails(E::IncidentOpen);
    world.buy("otto", PEG, 0, UNIT, 30).fails(E::IncidentOpen);
    world.extend("dora", PEG, &policy, 1).ok();
    let incident = world.incident(PEG, 0);
    end_filing(&mut world, &incident);
    world.settle(PEG, 0).ok();
    sells(&mut world, None);
}
