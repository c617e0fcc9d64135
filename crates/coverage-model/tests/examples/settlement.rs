//! What the claims of incidents get of a capital that is too small.

use crate::stage::*;
use coverage_model::{AGAINST, DAY, FOR, Model, Phase, Refusal, Rule, Seen, day_after};

/// A million of capital, and dora's and fay's cover over 900,000 each, of all of which they claim after the deductible of
/// 45,000 so much.
fn claimed(claims: [u64; 2]) -> (Model, [usize; 2]) {
    let mut model = funded(1_000_000);
    for (who, amount) in [("vera", 600), ("walt", 300)] {
        act(&mut model, |model| model.stake((who, who), amount * UNIT));
    }
    for (who, product) in [("dora", EXPLOIT), ("fay", DEPEG)] {
        act(&mut model, |model| model.buy(product, cover(who, 900_000 * UNIT, 30)));
    }
    model.now += 10 * DAY;
    let now = model.now;
    let incidents = [("dora", EXPLOIT), ("fay", DEPEG)].map(|(who, product)| {
        let incident = act(&mut model, |model| model.open_incident(product, (who, who), now));
        let (policy, loss) = (product, (claims[product] + 45_000) * UNIT);
        act(&mut model, |model| model.submit_claim(incident, policy, (who, who), (who, who), loss));
        incident
    });
    (model, incidents)
}

/// Has vera decide, and everything but the settlement take its time.
fn decide(model: &mut Model, incidents: [(usize, u8); 2]) {
    for (incident, level) in incidents {
        let ballot = model.incidents[incident].ballot.unwrap();
        act(model, |model| model.vote(ballot, ("vera", "vera"), level));
        act(model, |model| model.close_ballot(ballot, "keeper"));
    }
    model.now += 2 * DAY;
    for (incident, _) in incidents {
        act(model, |model| model.decide_incident(incident, "keeper"));
    }
    model.now += 18 * DAY;
    for (incident, _) in incidents.into_iter().filter(|(_, level)| *level == FOR) {
        act(model, |model| model.end_filing(incident, "keeper"));
    }
}

/// Each incident gets its share by the claims of both, whichever is settled first.
#[test]
fn two_incidents_share_what_there_is() {
    for first in [0, 1] {
        let (mut model, incidents) = claimed([800_000, 400_000]);
        let before = tokens(&model);
        decide(&mut model, incidents.map(|incident| (incident, FOR)));
        let capital = model.capital(POOL);
        for incident in [incidents[first], incidents[1 - first]] {
            settle(&mut model, incident);
        }
        // What was held back for the other while that was open.
        for incident in incidents {
            let _ = model.attempt(|model| model.settle_rest(incident));
        }
        let settled = incidents.map(|incident| model.incidents[incident].settled);
        assert!((settled[0] - capital * 2 / 3).abs() < 2, "{settled:?} of {capital}");
        assert!((settled[1] - capital / 3).abs() < 2, "{settled:?} of {capital}");
        for claim in 0..2 {
            let paid = act(&mut model, |model| model.payout(claim, (true, true), "keeper"));
            assert_eq!(paid, (settled[claim], units([8_000, 4_000][claim])), "with its bond");
        }
        assert_eq!(tokens(&model), before);
    }
}

/// What another's lien keeps is held back, and given once that one is rejected.
#[test]
fn what_is_held_back_comes_with_the_end_of_the_others() {
    let (mut model, incidents) = claimed([800_000, 855_000]);
    decide(&mut model, [(incidents[0], FOR), (incidents[1], AGAINST)]);
    let capital = model.capital(POOL);
    settle(&mut model, incidents[0]);
    let here = &model.incidents[incidents[0]];
    // The other had its product's whole cover set aside.
    let share = capital * 800 / 1_700;
    assert!((here.settled - share).abs() < 2, "{here:?}");
    assert_eq!(here.settled + here.held_back, units(800_000));
    let early = model.attempt(|model| model.settle_rest(incidents[0]));
    assert_eq!(early, Err(Refusal::Rule(Rule::IncidentOpen)));
    settle(&mut model, incidents[1]);
    assert_eq!(model.incidents[incidents[1]].state, Phase::Rejected);
    // A deposit would pay for what is lost already: who knows it is warned.
    let held_back = u64::try_from(model.held_back(POOL).0).unwrap();
    let seen = Seen { max_liens: held_back - 1, ..model.seen(POOL) };
    let deposit = model.attempt(|model| model.deposit(POOL, "ben", UNIT, 0, seen));
    assert_eq!(deposit, Err(Refusal::Rule(Rule::LiensTooHigh)));
    act(&mut model, |model| model.settle_rest(incidents[0]));
    assert_eq!((model.incidents[incidents[0]].settled, model.held_back(POOL)), (units(800_000), (0, 0)));
}

/// Money that comes back tops up the claims, then the LPs.
#[test]
fn a_recovery_tops_up_the_claims_first() {
    let (mut model, incidents) = claimed([855_000, 855_000]);
    decide(&mut model, incidents.map(|incident| (incident, FOR)));
    for incident in incidents {
        settle(&mut model, incident);
    }
    act(&mut model, |model| model.settle_rest(incidents[0]));
    act(&mut model, |model| model.payout(0, (true, true), "keeper"));
    let short = model.incidents[incidents[0]].approved - model.incidents[incidents[0]].settled;
    assert!(short > units(300_000), "{short}");
    assert_eq!(act(&mut model, |model| model.recover(incidents[0], "hal", 100_000 * UNIT)), units(100_000));
    assert_eq!(act(&mut model, |model| model.payout(0, (true, true), "keeper")), (units(100_000), 0));
    let rest = short - units(100_000);
    assert_eq!(act(&mut model, |model| model.recover(incidents[0], "hal", 500_000 * UNIT)), rest);
    assert_eq!(act(&mut model, |model| model.payout(0, (true, true), "keeper")), (rest, 0));
    assert_eq!(model.paid(0), units(855_000));
    // The rest is more than the LPs have left, and reaches them over a year.
    let (other, income) = (model.pools[POOL].other_income, model.streams[model.pools[POOL].income.unwrap()]);
    assert_eq!(other, units(500_000) - rest);
    // With what was left of the premium of the cover that was paid, which would end earlier.
    assert_eq!(income.from, model.now);
    assert_eq!(income.end_day, day_after(model.now + 365 * DAY));
}

/// Where a pool has as much capital as it covers, a claim is paid in full a day after the verdict, before filing is over.
#[test]
fn claims_are_paid_before_their_incident_what_they_are_sure_of() {
    for (leverage_bps, left) in [(10_000, 0), (20_000, 0), (10_000, 1_000)] {
        let mut model = pool();
        model.pools[POOL].params.leverage_bps = leverage_bps;
        model.pools[POOL].sold_leverage_bps = leverage_bps;
        model.now += 10 * DAY;
        let (now, dora) = (model.now, ("dora", "dora"));
        let incident = act(&mut model, |model| model.open_incident(EXPLOIT, dora, now));
        if left > 0 {
            // A thousandth of those who bear it leaves.
            let (number, _) = model.exit_epoch(POOL);
            let shares = u64::try_from(shares(&model, "ada") / left).unwrap();
            let ticket = act(&mut model, |model| model.request_exit(POOL, ("ada", "ada"), 0, number, shares));
            model.now = model.epochs[model.tickets[ticket].epoch].day * DAY;
            let epoch = model.tickets[ticket].epoch;
            act(&mut model, |model| model.pay_exits(epoch, "keeper"));
        }
        let ballot = model.incidents[incident].ballot.unwrap();
        if left == 0 {
            act(&mut model, |model| model.vote(ballot, ("vera", "vera"), FOR));
        } else {
            act(&mut model, |model| model.close_ballot(ballot, "keeper"));
            act(&mut model, |model| model.vote(ballot, ("vera", "vera"), FOR));
        }
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        model.now += 2 * DAY;
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
        let claim = act(&mut model, |model| model.submit_claim(incident, 0, dora, dora, 100_000 * UNIT));
        let pay = |model: &mut Model| model.attempt(|model| model.payout(claim, (true, true), "keeper"));
        assert_eq!(pay(&mut model), Err(Refusal::Rule(Rule::DisputeWindowOpen)));
        model.now = model.disputable_until(claim).unwrap();
        let (capital, amount) = (model.capital(POOL), model.claims[claim].amount);
        let paid = pay(&mut model);
        assert_eq!(paid, Ok((amount, model.claims[claim].bond)));
        assert_eq!(model.pools[POOL].vault, model.owed(POOL));
        let here = &model.incidents[incident];
        assert_eq!((here.approved, here.settled, model.filed(incident)), (amount, amount, 0));
        assert_eq!(here.contested > 0, left > 0);
        assert!(model.capital(POOL) <= capital - amount + here.contested + units(1_000), "the stayers pay the rest");
        assert_eq!(pay(&mut model), Err(Refusal::Rule(Rule::NothingDue)));
        // Another claim is settled with the incident.
        model.now = model.incidents[incident].filing_ends_at.unwrap() + 3 * DAY;
        settle(&mut model, incident);
        assert_eq!((model.incidents[incident].approved, model.incidents[incident].settled), (amount, amount));
    }
}
