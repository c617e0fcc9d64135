//! Disputes of claims.

use crate::stage::*;
use coverage_model::{ClaimState, DAY, Decision, Refusal, Rule};

/// Fay claims 200,000 less the deductible of 15,000; ada says 150,000, hal 100,000. The jury decides, or too few vote.
#[test]
fn the_loser_of_a_dispute_pays_for_it() {
    // A hundredth of the claim.
    let bond = units(1_850);
    // The side, the outcome, what is left of the claim, and what disputer and claimant get beside it.
    for (side, decision, amount, disputer, claimant) in [
        (Some(1), Decision::Won, units(100_000), bond + bond / 2, 0),
        (Some(0), Decision::Lost, units(185_000), 0, bond + bond / 2),
        (None, Decision::Lost, units(185_000), 0, bond + bond / 2),
    ] {
        let mut model = pool();
        let before = tokens(&model);
        model.now += 20 * DAY;
        let now = model.now;
        let incident = act(&mut model, |model| model.open_incident(DEPEG, ("fay", "fay"), now));
        let asked = model.incidents[incident].ballot.unwrap();
        let claim =
            act(&mut model, |model| model.submit_claim(incident, 1, ("fay", "fay"), ("fay", "fay"), 200_000 * UNIT));
        assert_eq!((model.claims[claim].amount, model.claims[claim].bond), (units(185_000), bond));
        for (who, counter) in [("ada", 150_000), ("hal", 100_000)] {
            act(&mut model, |model| model.dispute_claim(claim, (who, who), counter * UNIT));
        }
        let higher = model.attempt(|model| model.dispute_claim(claim, ("ben", "ben"), 100_000 * UNIT));
        assert_eq!(higher, Err(Refusal::Rule(Rule::CounterAmountTooHigh)));
        // The lowest goes to the ballot.
        assert_eq!(act(&mut model, |model| model.collect_dispute_bond(claim, 0, "keeper")), bond);
        act(&mut model, |model| model.vote(asked, ("vera", "vera"), 1));
        act(&mut model, |model| model.close_ballot(asked, "keeper"));
        let ballot = model.claims[claim].dispute_ballot.unwrap();
        model.now += 3 * DAY;
        if let Some(side) = side {
            act(&mut model, |model| model.vote(ballot, ("vera", "vera"), side));
        } else {
            model.now += 3 * DAY;
            act(&mut model, |model| model.close_ballot(ballot, "keeper"));
            model.now += 6 * DAY;
        }
        act(&mut model, |model| model.close_ballot(ballot, "keeper"));
        model.now += 2 * DAY;
        act(&mut model, |model| model.resolve_dispute(claim, "keeper"));
        assert_eq!((model.claims[claim].decision, model.claims[claim].amount), (decision, amount));
        assert_eq!(act(&mut model, |model| model.collect_dispute_bond(claim, 1, "keeper")), disputer);
        // Filing goes on for a fortnight after the verdict; then only what is claimed is set aside.
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
        model.now += 18 * DAY;
        act(&mut model, |model| model.end_filing(incident, "keeper"));
        assert_eq!(model.liens(POOL), Ok(amount));
        settle(&mut model, incident);
        assert_eq!((model.incidents[incident].approved, model.incidents[incident].settled), (amount, amount));
        assert_eq!(act(&mut model, |model| model.payout(claim, (true, true), "keeper")), (amount, claimant));
        assert_eq!(model.claims[claim].state, ClaimState::Settled);
        // All were paid in full: what comes back is the LPs'.
        assert_eq!(act(&mut model, |model| model.recover(incident, "hal", UNIT)), 0);
        assert_eq!(tokens(&model), before);
    }
}
