//! The model's own rules: what no scenario shows, and that no token is made or lost.

use super::{Model, give};
use crate::{
    scenario::{Round, Scenario, Side},
    terms::Terms,
};
use coverage_math::DAY;

const START: u64 = 20_000 * DAY + 7;
const UNIT: u64 = 1_000_000;

/// A pool with a million, Dora's and Fay's policies, and a thousand staked, of which Vera has 600.
fn pool() -> Model {
    let scenario = Scenario::whole_life().unwrap();
    let mut model = Model::new(Terms::of(&scenario).unwrap(), START);
    for who in ["Ada", "Dora", "Fay", "Hal"] {
        give(&mut model.wallets, who, 2_000_000 * UNIT);
    }
    for (who, amount) in [("Vera", 600), ("Walt", 300), ("Xeno", 100)] {
        give(&mut model.purses, who, amount * UNIT);
        model.stake(who, amount * UNIT, START).unwrap();
    }
    model.deposit("Ada", 1_000_000 * UNIT, START).unwrap();
    for purchase in scenario.steps.iter().filter_map(|step| match step {
        crate::scenario::Step::Buy(purchase) if ["D1", "F1"].contains(&purchase.policy.as_str()) => Some(purchase),
        _ => None,
    }) {
        let product = u16::from(purchase.policy == "F1");
        model.buy(purchase, product, 300_000 * UNIT, START).unwrap();
    }
    model
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
