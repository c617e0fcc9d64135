//! The model's own rules: what no scenario shows, and that no token is made or lost.

use super::{Model, Shown, give, trigger::Breach};
use crate::{
    scenario::{Purchase, Round, Scenario, Side, Step},
    terms::Terms,
};
use coverage_math::DAY;

const START: u64 = 20_000 * DAY + 7;
const UNIT: u64 = 1_000_000;

/// A pool with a million, Dora's and Fay's policies, and a thousand staked, of which Vera has 600.
fn pool() -> Model {
    let scenario = Scenario::whole_life().unwrap();
    let mut model = Model::new(Terms::of(&scenario).unwrap(), START);
    for who in ["Ada", "Dora", "Fay", "Hal", "Mona"] {
        give(&mut model.wallets, who, 2_000_000 * UNIT);
    }
    for (who, amount) in [("Vera", 600), ("Walt", 300), ("Xeno", 100)] {
        give(&mut model.purses, who, amount * UNIT);
        model.stake(who, amount * UNIT, START).unwrap();
    }
    model.deposit("Ada", 1_000_000 * UNIT, START).unwrap();
    for purchase in ["D1", "F1"].map(|policy| purchase(&scenario, policy)) {
        let product = u16::from(purchase.policy == "F1");
        model.buy(purchase, product, 300_000 * UNIT, START).unwrap();
    }
    model
}

/// What the scenario says of the purchase of a policy.
fn purchase<'a>(scenario: &'a Scenario, name: &str) -> &'a Purchase {
    let mut purchases = scenario.steps.iter().filter_map(|step| match step {
        Step::Buy(purchase) => Some(purchase),
        _ => None,
    });
    purchases.find(|purchase| purchase.policy == name).unwrap()
}

/// All tokens of the asset.
fn tokens(model: &Model) -> u64 {
    let books = &model.books;
    let buckets = [books.capital, books.unearned, books.payable, books.bonds, books.assessors, books.treasury_due];
    model.wallets.values().chain(&buckets).sum()
}

#[test]
fn a_bond_doubles_while_rejections_are_remembered() {
    let mut model = pool();
    let mut now = START + 20 * DAY;
    let mut bonds = Vec::new();
    for (round, pause) in [3, 29, 3, 3, 3, 31, 3].into_iter().enumerate() {
        let name = format!("L{round}");
        let (_, bond) = model.open_incident(&name, 0, "Fay", now).unwrap();
        bonds.push(bond / UNIT);
        model.vote((&name, None), "Vera", Side::Against).unwrap();
        model.close_ballot((&name, None)).unwrap();
        model.settle(&name, now).unwrap();
        now += pause * DAY;
    }
    // Sixteen times is the most; after 31 days the last is forgotten.
    assert_eq!(bonds, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 500]);
}

#[test]
fn too_few_votes_prolong_a_ballot_once() {
    let mut model = pool();
    let before = tokens(&model);
    let now = START + 20 * DAY;
    let subject = ("L1", None);
    let (lien, bond) = model.open_incident("L1", 0, "Dora", now).unwrap();
    assert_eq!((lien, model.liens(now)), (300_000 * UNIT, lien));
    model.vote(subject, "Xeno", Side::For).unwrap();
    let states = [(); 2].map(|()| model.close_ballot(subject).unwrap().state);
    assert_eq!(states, [0, 3]);
    // Nobody decided: the bond goes back, and voting does not pay.
    assert_eq!(model.settle("L1", now + 14 * DAY), Some((0, 0)));
    assert_eq!(model.collect_bond("L1"), Some(bond));
    assert_eq!(model.release(subject, "Xeno", Round::First), Some((0, 0)));
    assert_eq!(model.liens(now + 14 * DAY), 0);
    assert_eq!(tokens(&model), before);
}

#[test]
fn an_appeal_costs_whoever_loses_it() {
    for (side, state, back, slash) in [(Side::For, 1, true, 15), (Side::Against, 2, false, 0)] {
        let mut model = pool();
        let before = tokens(&model);
        let (now, subject) = (START + 20 * DAY, ("L1", None));
        model.open_incident("L1", 0, "Dora", now).unwrap();
        model.vote(subject, "Walt", Side::Against).unwrap();
        assert_eq!(model.close_ballot(subject).unwrap().state, 2);
        let bond = model.appeal(subject, "Dora", now).unwrap();
        assert_eq!(bond, 1_000 * UNIT);
        model.vote(subject, "Vera", side).unwrap();
        assert_eq!(model.close_ballot(subject).unwrap().state, state);
        let assessors = model.books.assessors;
        assert_eq!(model.collect_appeal_bond(subject, now), Some((bond, back)));
        assert_eq!(model.books.assessors - assessors, if back { 0 } else { bond / 2 });
        let reward = if back { 0 } else { 20 * UNIT };
        assert_eq!(model.release(subject, "Walt", Round::First), Some((reward, slash * UNIT)));
        assert_eq!(model.release(subject, "Vera", Round::Appeal), Some((20 * UNIT, 0)));
        assert_eq!((model.burn_slashed(), model.burn_slashed()), (slash * UNIT, 0));
        assert_eq!(model.rewards_reserved, 0);
        assert_eq!(tokens(&model), before);
    }
}

/// An appeal that too few vote in leaves the first outcome.
#[test]
fn an_appeal_without_a_quorum_changes_nothing() {
    let mut model = pool();
    let (now, subject) = (START + 20 * DAY, ("L1", None));
    model.open_incident("L1", 0, "Dora", now).unwrap();
    model.vote(subject, "Walt", Side::Against).unwrap();
    model.close_ballot(subject).unwrap();
    model.appeal(subject, "Dora", now).unwrap();
    // 300 are a quorum of a fifth, but not of twice as much.
    model.vote(subject, "Walt", Side::For).unwrap();
    assert_eq!(model.close_ballot(subject).unwrap().state, 2);
    assert_eq!(model.release(subject, "Walt", Round::First), Some((20 * UNIT, 0)));
}

#[test]
fn the_loser_of_a_dispute_pays_for_it() {
    // The side, the outcome, what is left of the claim, and what disputer and claimant get besides what is due.
    let bond = 1_850 * UNIT;
    for (side, outcome, amount, disputer, claimant) in [
        (Some(Side::For), 2, 100_000, bond + bond / 2, 0),
        (Some(Side::Against), 1, 185_000, 0, bond + bond / 2),
        (None, 1, 185_000, 0, bond + bond / 2),
    ] {
        let mut model = pool();
        let before = tokens(&model);
        let (now, incident, claim) = (START + 20 * DAY, ("S1", None), ("S1", Some("F1")));
        model.open_incident("S1", 1, "Fay", now).unwrap();
        assert_eq!(model.claim("S1", "F1", 200_000 * UNIT, now), Some((185_000 * UNIT, bond)));
        for (who, counter) in [("Ada", 150_000), ("Hal", 100_000)] {
            assert_eq!(model.dispute("S1", "F1", who, counter * UNIT, now), Some(bond));
        }
        assert_eq!(model.collect_dispute_bond("S1", "F1", "Ada"), Some(bond), "displaced");
        model.vote(incident, "Vera", Side::For).unwrap();
        model.close_ballot(incident).unwrap();
        if let Some(side) = side {
            model.vote(claim, "Vera", side).unwrap();
        }
        model.close_ballot(claim).unwrap();
        if side.is_none() {
            model.close_ballot(claim).unwrap();
        }
        assert_eq!(model.resolve_dispute("S1", "F1", now), Some((outcome, amount * UNIT)));
        assert_eq!(model.collect_dispute_bond("S1", "F1", "Hal"), Some(disputer));
        let later = now + 20 * DAY;
        assert_eq!(model.liens(later), amount * UNIT);
        assert_eq!(model.settle("S1", later), Some((amount * UNIT, amount * UNIT)));
        assert_eq!(model.payout("S1", "F1"), Some((amount * UNIT, claimant)));
        // All were paid in full: what comes back is the LPs'.
        assert_eq!(model.recover("S1", "Hal", UNIT, later), Some(0));
        assert_eq!(tokens(&model), before);
    }
}

/// The product that prices decide on, below 0.98 for an hour, with prices at most twenty minutes apart.
const PEG: u16 = 2;

/// Shows it prices, each of a minute after the start, between two ends in hundredths; returns what the last one is, and
/// the breach.
fn show(model: &mut Model, prices: &[(u64, u64, u64)]) -> (u64, Breach) {
    let cent = 1_000_000;
    let shown = |(minute, low, high)| Shown { low: low * cent, high: high * cent, at: START + minute * 60 };
    prices.iter().map(|price| model.observe(PEG, shown(*price)).unwrap()).last().unwrap()
}

/// A breach with minutes after the start for its times.
fn breach(started: u64, from: u64, until: u64, severity_seconds: u64, counts: bool) -> Breach {
    let [started_at, measured_from, measured_until] = [started, from, until].map(|minute| START + minute * 60);
    Breach { started_at, measured_from, measured_until, severity_seconds, counts }
}

#[test]
fn a_breach_is_read_off_the_prices_that_were_shown() {
    let none = Breach::default();
    let mut model = pool();
    for (minute, low, high, observation, expected) in [
        (0, 98, 99, 0, none),
        (10, 97, 98, 2, none),
        (20, 92, 93, 1, breach(20, 20, 20, 0, false)),
        // The higher of two prices holds between them.
        (40, 92, 94, 1, breach(20, 20, 40, 4_000 * 1_200, false)),
        // What is uncertain does not bridge a gap.
        (50, 92, 98, 2, breach(20, 20, 40, 4_000 * 1_200, false)),
        (70, 92, 93, 1, breach(20, 70, 70, 0, false)),
        (90, 92, 93, 1, breach(20, 70, 90, 5_000 * 1_200, false)),
        (110, 92, 95, 1, breach(20, 70, 110, 8_000 * 1_200, false)),
        (130, 92, 93, 1, breach(20, 70, 130, 11_000 * 1_200, true)),
        // It counts: nothing that is shown later changes it.
        (140, 80, 81, 1, breach(20, 70, 130, 11_000 * 1_200, true)),
        (150, 98, 99, 0, breach(20, 70, 130, 11_000 * 1_200, true)),
    ] {
        assert_eq!(show(&mut model, &[(minute, low, high)]), (observation, expected), "minute {minute}");
        assert_eq!(model.is_on_sale(PEG), Some(expected == none));
    }
}

#[test]
fn a_price_that_recovers_ends_a_breach_that_does_not_count_yet() {
    let mut model = pool();
    show(&mut model, &[(0, 93, 93), (20, 93, 93), (40, 93, 93)]);
    assert_eq!(model.open_price_incident("U1", PEG, "Hal", START + 2_400), None);
    assert_eq!(show(&mut model, &[(50, 98, 98)]), (0, Breach::default()));
    assert_eq!(model.is_on_sale(PEG), Some(true));
    assert_eq!(show(&mut model, &[(60, 93, 93)]), (1, breach(60, 60, 60, 0, false)));
}

/// Seconds beyond the least duration do not count, even of the price that completes it.
#[test]
fn no_second_after_the_least_duration_counts() {
    let mut model = pool();
    let (_, found) = show(&mut model, &[(0, 93, 93), (19, 93, 93), (38, 93, 93), (57, 93, 93), (76, 88, 88)]);
    assert_eq!(found, breach(0, 0, 76, 5_000 * 3_600, true));
}

#[test]
fn a_breach_is_paid_once_and_without_a_vote() {
    let mut model = pool();
    let scenario = Scenario::whole_life().unwrap();
    model.buy(purchase(&scenario, "H1"), PEG, 100_000 * UNIT, START).unwrap();
    let before = tokens(&model);
    let hour = [0, 20, 40, 60].map(|minute| (2 * 1_440 + minute, 93, 93));
    show(&mut model, &hour);
    let now = START + 2 * DAY + 3_600;
    assert!(model.buy(purchase(&scenario, "M1"), PEG, UNIT, now).is_none(), "a breach runs");
    let opened = model.open_price_incident("U1", PEG, "Hal", now);
    assert_eq!(opened, Some((50_000 * UNIT, 5_000, START + 2 * DAY)));
    // Half of the sum insured, less a fiftieth of it.
    assert_eq!(model.claim_breach("U1", "H1", now), Some(48_000 * UNIT));
    // The same breach opens no other.
    let later = [80, 100, 120, 140].map(|minute| (2 * 1_440 + minute, 93, 93));
    assert_eq!(show(&mut model, &later), (1, Breach::default()));
    let now = now + 5 * DAY;
    assert_eq!(model.liens(now), 48_000 * UNIT);
    assert_eq!(model.settle("U1", now), Some((48_000 * UNIT, 48_000 * UNIT)));
    assert_eq!(model.payout("U1", "H1"), Some((48_000 * UNIT, 0)));
    assert_eq!(model.is_on_sale(PEG), Some(false), "it has not recovered");
    assert_eq!(show(&mut model, &[(8 * 1_440, 99, 99)]), (0, Breach::default()));
    model.buy(purchase(&scenario, "M1"), PEG, UNIT, now).unwrap();
    assert_eq!(tokens(&model), before);
}
