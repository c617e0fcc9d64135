//! What prices show, and what comes of it. The peg is broken below 0.98 for an hour, by prices at most twenty minutes apart.

use crate::stage::*;
use Observation::{Breached, Inconclusive, Recovered};
use coverage_model::{AGAINST, Breach, DAY, FOR, Incident, Model, Observation, Phase, Policy, Price, Refusal, Rule};

/// Shows the peg a price of a minute after the start, between two ends in hundredths. Returns what it is.
fn show(model: &mut Model, (minute, low, high): (u64, u64, u64)) -> Observation {
    let (cent, published_at) = (1_000_000, START + minute * 60);
    model.now = published_at;
    act(model, |model| model.observe_price(PEG, Price { low: low * cent, high: high * cent, published_at }))
}

/// The breach with minutes after the start for its times: begin, first and last that are measured, sum of severities,
/// whether it counts.
fn breach(model: &Model) -> Option<(u64, u64, u64, u64, bool)> {
    let minute = |time: u64| (time - START) / 60;
    let Breach { started_at, measured_from, measured_until, severity_seconds, counts, .. } = model.breach(PEG);
    let times = (started_at > 0).then(|| [started_at, measured_from, measured_until].map(minute));
    times.map(|[begin, from, until]| (begin, from, until, severity_seconds, counts))
}

#[test]
fn a_breach_is_read_off_the_prices_that_were_shown() {
    let mut model = pool();
    for (minute, low, high, observation, expected) in [
        (0, 98, 99, Recovered, None),
        (10, 97, 98, Inconclusive, None),
        (20, 92, 93, Breached, Some((20, 20, 20, 0, false))),
        // The higher of two prices holds between them: 0.94 is 4,000 bps of the way down to 0.88.
        (40, 92, 94, Breached, Some((20, 20, 40, 4_000 * 1_200, false))),
        // What is uncertain does not bridge a gap.
        (50, 92, 98, Inconclusive, Some((20, 20, 40, 4_000 * 1_200, false))),
        (70, 92, 93, Breached, Some((20, 70, 70, 0, false))),
        (90, 92, 93, Breached, Some((20, 70, 90, 5_000 * 1_200, false))),
        (110, 92, 95, Breached, Some((20, 70, 110, 8_000 * 1_200, false))),
        (130, 92, 93, Breached, Some((20, 70, 130, 11_000 * 1_200, true))),
        // It counts: nothing that is shown later changes it.
        (140, 80, 81, Breached, Some((20, 70, 130, 11_000 * 1_200, true))),
        (150, 98, 99, Recovered, Some((20, 70, 130, 11_000 * 1_200, true))),
    ] {
        assert_eq!(show(&mut model, (minute, low, high)), observation, "minute {minute}");
        assert_eq!(breach(&model), expected, "minute {minute}");
        let sale = model.quote(PEG, UNIT, 30).map(|_| ());
        let running = Err(Refusal::Rule(Rule::BreachRunning));
        assert_eq!(sale, if expected.is_none() { Ok(()) } else { running });
    }
}

#[test]
fn a_price_that_recovers_ends_a_breach_that_does_not_count_yet() {
    let mut model = pool();
    for minute in [0, 20, 40] {
        show(&mut model, (minute, 93, 93));
    }
    let opened = model.attempt(|model| model.open_price_incident(PEG, "hal"));
    assert_eq!(opened, Err(Refusal::Rule(Rule::NoBreach)));
    assert_eq!((show(&mut model, (50, 98, 98)), breach(&model)), (Recovered, None));
    assert!(model.quote(PEG, UNIT, 30).is_ok());
    assert_eq!((show(&mut model, (60, 93, 93)), breach(&model)), (Breached, Some((60, 60, 60, 0, false))));
}

/// Seconds beyond the least duration do not count, even of the price that completes it.
#[test]
fn no_second_after_the_least_duration_counts() {
    let mut model = pool();
    for price in [(0, 93, 93), (19, 93, 93), (38, 93, 93), (57, 93, 93), (76, 88, 88)] {
        show(&mut model, price);
    }
    assert_eq!(breach(&model), Some((0, 0, 76, 5_000 * 3_600, true)));
}

/// So little below the strike that it would pay nothing says no more.
#[test]
fn what_is_below_a_basis_point_is_no_breach() {
    let mut model = pool();
    model.now += 60;
    for (below, observation) in [(999, Inconclusive), (1_000, Breached)] {
        let (price, published_at) = (98_000_000 - below, model.now);
        let shown = Price { low: price, high: price, published_at };
        assert_eq!(act(&mut model, |model| model.observe_price(PEG, shown)), observation);
        model.now += 60;
    }
    let old = Price { low: 1, high: 1, published_at: model.now - 61 };
    let refused = [old, Price { published_at: model.now + 1, ..old }]
        .map(|price| model.attempt(|model| model.observe_price(PEG, price)).unwrap_err());
    // The one is older than what was shown, the other is not published.
    assert_eq!(refused, [Rule::PriceNotNewer, Rule::PriceFromFuture].map(Refusal::Rule));
}

/// A world in which hal has bought 100,000 of the peg, and it was half lost for an hour two days later.
fn depegged() -> Model {
    let mut model = pool();
    act(&mut model, |model| model.buy(PEG, cover("hal", 100_000 * UNIT, 90)));
    for minute in [0, 20, 40, 60] {
        show(&mut model, (2 * 1_440 + minute, 93, 93));
    }
    model
}

#[test]
fn a_breach_is_paid_once_and_without_a_vote() {
    let mut model = depegged();
    let before = tokens(&model);
    let bought = model.attempt(|model| model.buy(PEG, cover("ben", UNIT, 30)));
    assert_eq!(bought, Err(Refusal::Rule(Rule::BreachRunning)));
    let incident = act(&mut model, |model| model.open_price_incident(PEG, "hal"));
    let Incident { lien, severity_bps, occurred_at, .. } = model.incidents[incident];
    assert_eq!((lien, severity_bps, occurred_at), (units(100_000), 5_000, START + 2 * DAY));
    // Half of the sum insured, less a fiftieth of it.
    let claim = act(&mut model, |model| model.claim_breach(incident, 2, "ben"));
    assert_eq!((model.claims[claim].amount, model.claims[claim].claimant), (units(48_000), "hal"));
    // The same breach opens no other.
    for minute in [80, 100, 120, 140] {
        assert_eq!(show(&mut model, (2 * 1_440 + minute, 93, 93)), Breached);
    }
    assert_eq!(breach(&model), None);
    // Nobody has challenged it for two days: three more for filing.
    model.now += 2 * DAY;
    act(&mut model, |model| model.decide_incident(incident, "keeper"));
    model.now += 4 * DAY;
    act(&mut model, |model| model.end_filing(incident, "keeper"));
    assert_eq!(model.liens(POOL), Ok(units(48_000)));
    settle(&mut model, incident);
    assert_eq!(act(&mut model, |model| model.payout(claim, (true, true), "keeper")), (units(48_000), 0));
    // It has not recovered.
    assert_eq!(model.quote(PEG, UNIT, 30), Err(Refusal::Rule(Rule::BreachRunning)));
    assert_eq!((show(&mut model, (9 * 1_440, 99, 99)), breach(&model)), (Recovered, None));
    act(&mut model, |model| model.buy(PEG, cover("ben", UNIT, 30)));
    assert_eq!(tokens(&model), before);
}

/// A price of a second inside the breach that was not below the strike ends it, before an incident or after.
#[test]
fn one_price_refutes_a_breach() {
    let second = |minute: u64, off: i64| (START + (2 * 1_440 + minute) * 60).checked_add_signed(off).unwrap();
    let at = |published_at, low| Price { low, high: low, published_at };
    for (price, rule) in [
        (at(second(0, 0), 98_000_000), Rule::PriceOutsideBreach),
        (at(second(60, 0), 98_000_000), Rule::PriceOutsideBreach),
        (at(second(30, 0), 97_999_999), Rule::PriceBelowStrike),
    ] {
        let mut model = depegged();
        assert_eq!(model.attempt(|model| model.refute_breach(PEG, price)), Err(Refusal::Rule(rule)));
        let incident = act(&mut model, |model| model.open_price_incident(PEG, "hal"));
        assert_eq!(model.attempt(|model| model.refute_incident(incident, price)), Err(Refusal::Rule(rule)));
    }
    let mut model = depegged();
    act(&mut model, |model| model.refute_breach(PEG, at(second(60, -1), 98_000_000)));
    assert_eq!(breach(&model), None);
    assert!(model.quote(PEG, UNIT, 30).is_ok());

    let mut model = depegged();
    let incident = act(&mut model, |model| model.open_price_incident(PEG, "hal"));
    act(&mut model, |model| model.refute_incident(incident, at(second(0, 1), 98_000_000)));
    settle(&mut model, incident);
    assert_eq!(model.incidents[incident].state, Phase::Rejected);
    assert!(model.quote(PEG, UNIT, 30).is_ok());
}

/// Who challenges what prices opened pays if it counts, and gets the bond back if it does not. Those of a fifth who do not vote count
/// for it: xeno's tenth against it is half, and an atom less too little.
#[test]
fn the_jury_decides_on_a_challenge() {
    for (votes, unstaked, phase, back) in [
        (vec![("vera", FOR)], 0, Phase::Settled, None),
        (vec![("vera", AGAINST)], 0, Phase::Rejected, Some(units(500))),
        (vec![("xeno", AGAINST)], 0, Phase::Rejected, Some(units(500))),
        (vec![("xeno", AGAINST)], 1, Phase::Settled, None),
        (vec![], 0, Phase::Settled, None),
    ] {
        let mut model = depegged();
        let incident = act(&mut model, |model| model.open_price_incident(PEG, "hal"));
        assert_eq!(act(&mut model, |model| model.challenge_incident(incident, ("ada", "ada"))), units(500));
        let ballot = model.incidents[incident].ballot.unwrap();
        if unstaked > 0 {
            act(&mut model, |model| model.request_unstake("xeno", unstaked));
        }
        for (who, level) in votes {
            act(&mut model, |model| model.vote(ballot, (who, who), level));
        }
        for days in [3, 6] {
            model.now += days * DAY;
            let _ = model.attempt(|model| model.close_ballot(ballot, "keeper"));
        }
        model.now += 2 * DAY;
        let assessors = model.assessors(POOL);
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
        model.now += 4 * DAY;
        settle(&mut model, incident);
        assert_eq!(model.incidents[incident].state, phase);
        assert_eq!(model.attempt(|model| model.collect_incident_bond(incident)).ok(), back);
        // Half of a lost bond.
        assert_eq!(model.assessors(POOL) - assessors, if back.is_some() { 0 } else { units(250) });
    }
}

/// Until somebody opens an incident by it, for as long as reports take; then the next price forgets it.
#[test]
fn a_breach_is_forgotten_with_its_report_window() {
    let mut model = depegged();
    let Policy { cover_from, .. } = model.policies[2];
    assert_eq!(cover_from, START + DAY);
    // Exits wait until it can be opened, and a day more; and not again for a week.
    let until = START + 2 * DAY + 3_600 + DAY;
    assert_eq!(model.pools[POOL].exits_wait, (until, until + 7 * DAY));
    model.now = START + 32 * DAY;
    let opened = model.attempt(|model| model.open_price_incident(PEG, "hal"));
    assert_eq!(opened, Err(Refusal::Rule(Rule::ReportWindowOver)));
    show(&mut model, (32 * 1_440, 93, 93));
    assert_eq!(breach(&model), Some((32 * 1_440, 32 * 1_440, 32 * 1_440, 0, false)));
}
