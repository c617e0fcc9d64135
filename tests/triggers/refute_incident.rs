//! `refute_incident`: which price, however old, voids what prices opened, until when, and what becomes of it.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, UNIT};
use solana_address::Address;
use std::mem::offset_of;

/// From when to when the breach of an incident was measured.
fn measured(world: &mut Play, incident: &Address) -> (u64, u64) {
    let found: Incident = world.chain.read(incident);
    (found.measured_from, found.measured_until)
}

#[test]
fn a_price_from_inside_voids_the_incident() {
    let (mut world, incident) = opened(HALFWAY);
    let (before, product, pool): (Incident, _, _) =
        (world.chain.read(&incident), world.read_product(PEG), world.read_pool());
    world.pass(DAY);
    let inside = PriceUpdate { confidence: 77, ..PriceUpdate::of(STRIKE + 77, before.measured_from + 5) };
    let receipt = world.refute_incident(PEG, 0, &inside).ok();
    assert_eq!(world.chain.read::<Incident>(&incident), Incident { refuted: 1, ..before });
    // The price has recovered since the breach began.
    let price = PriceTrigger { awaits_recovery: 0, ..product.price };
    assert_eq!(world.read_product(PEG), Product { price, ..product });
    assert_eq!(world.read_pool(), pool);
    let event = IncidentRefuted { incident, low: STRIKE as u64, published_at: before.measured_from + 5 };
    assert_eq!(only_event(&receipt), Event::IncidentRefuted(event));
    world.check_books();
}

#[test]
fn it_is_rejected_at_once_and_nobody_loses_anything() {
    let mut world = covered();
    breach(&mut world, HALFWAY);
    touch(&mut world);
    let before = world.read_pool();
    world.open_price_incident("keeper", PEG, 0).ok();
    let (incident, policy) = (world.incident(PEG, 0), world.policy(PEG, "dora", 0));
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    let (from, _) = measured(&mut world, &incident);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    let (refuted, product): (Incident, _) = (world.chain.read(&incident), world.read_product(PEG));
    let (caller, rent, now) = (purse(&mut world, "guardian"), lamports(&mut world, &incident), world.now());

    // A ballot there is none of.
    let with_ballot = DecideIncident { ballot: Some(ballot_address(&incident)), ..world.decide_accounts(PEG, 0) };
    world.send(with_ballot.instruction(), &[]).fails_with(TOO_SMALL);
    let receipt = world.decide(PEG, 0).ok();
    let refused = Incident { state: 4, tips: 2, decided_at: now, ..refuted };
    assert_eq!(world.chain.read::<Incident>(&incident), refused);
    let line = Line { undecided: 0, ..product.line };
    assert_eq!(world.read_product(PEG), Product { line, ..product });
    let Event::IncidentDecided(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.state, event.bond_state, event.filing_ends_at), (4, 4, 0));

    let receipt = world.settle_decided(PEG, 0).ok();
    // All of what was set aside would come back to those who had left.
    let part = Part { rest: refused.part.set_aside, ended_at: refused.part.reported, ..refused.part };
    assert_eq!(
        world.chain.read::<Incident>(&incident),
        Incident { state: 2, tips: 1, closed_at: now, part, ..refused }
    );
    assert_eq!((purse(&mut world, "guardian"), lamports(&mut world, &incident)), (caller + 2 * TIP, rent - 2 * TIP));
    let line = Line { set_aside: Wide::new(0), head: 1, open: 0, ..line };
    assert_eq!(world.read_product(PEG), Product { line, ..product });
    let after = world.read_pool();
    assert_eq!(after, Pool { filing_day: now / DAY, incidents_opened: 1, ..before }, "as if nobody had opened it");
    let event = IncidentSettled {
        product: world.product(PEG),
        incident,
        state: 2,
        approved: 0,
        settled: 0,
        contested: 0,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::IncidentSettled(event));

    // What the claim had reserved is the policy's again, and every account can go.
    world.payout("dora", &policy, &incident).ok();
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.paid, read.open_claims), (0, 0, 0));
    world.collect_bond("otto", &incident).fails(E::WrongWallet);
    world.close_claim("keeper", &policy, &incident).ok();
    world.close_incident("keeper", &incident).ok();
    world.buy("otto", PEG, 0, UNIT, 30).ok();
    world.check_books();
}

#[test]
fn a_challenge_comes_to_nothing_and_its_bond_goes_back() {
    for votes in [vec![], vec![("walt", FOR)], vec![("vera", FOR)], vec![("vera", AGAINST)]] {
        let (mut world, incident) = opened(HALFWAY);
        world.challenge("otto", PEG, 0).ok();
        for (voter, side) in &votes {
            world.fund(voter, 0);
            world.vote(voter, &incident, *side).ok();
        }
        let (from, _) = measured(&mut world, &incident);
        world.pass(60);
        world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
        touch(&mut world);
        let (before, voted_on) = (world.read_pool(), ballot_on(&mut world, &incident));
        // However the votes stand, and without waiting for them.
        world.settle(PEG, 0).ok();
        let (found, after): (Incident, _) = (world.chain.read(&incident), world.read_pool());
        assert_eq!((found.state, found.bond_state), (2, 1));
        assert_eq!((after.capital, after.bonds, after.assessors), (before.capital, BOND, before.assessors));
        assert_eq!(ballot_on(&mut world, &incident), Ballot { void: 1, executed: 1, reward_pot: 0, ..voted_on });
        let otto = world.balance("otto");
        world.collect_bond("otto", &incident).ok();
        assert_eq!(world.balance("otto"), otto + BOND);

        // Votes are released after the ballot, and paid nothing.
        for (voter, _) in &votes {
            world.collect_vote_reward(voter, &incident).fails(E::BallotOpen);
        }
        if votes.is_empty() {
            ignore(&mut world, &incident);
        } else {
            let closes_at = ballot_on(&mut world, &incident).closes_at;
            at(&mut world, closes_at);
            world.close_ballot(&incident).ok();
        }
        world.pass(2 * DAY);
        for (voter, _) in &votes {
            let stake = world.chain.read::<Voter>(&voter_of(&world, voter)).lot_amounts;
            world.collect_vote_reward(voter, &incident).ok();
            assert_eq!(world.balance(voter), 0);
            assert_eq!(world.chain.read::<Voter>(&voter_of(&world, voter)).lot_amounts, stake);
        }
        world.reclaim_ballot("otto", &incident).ok();
        world.close_incident("keeper", &incident).ok();
        let pool = world.read_pool();
        assert_eq!((pool.bonds, pool.rewards_reserved), (0, 0));
        world.check_books();
    }
}

/// Nobody would share an appeal's bond out any more: it would be held for ever.
#[test]
fn a_ballot_that_became_void_is_not_appealed() {
    let (mut world, incident) = opened(HALFWAY);
    world.challenge("otto", PEG, 0).ok();
    world.fund("vera", 0);
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    let (from, _) = measured(&mut world, &incident);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    world.decide(PEG, 0).ok();
    world.appeal("gwen", &incident).fails(E::NotAppealable);
    world.pass(2 * DAY);
    world.collect_vote_reward("vera", &incident).ok();
    world.reclaim_ballot("otto", &incident).ok();
}

/// One that was appealed before gives the bond back.
#[test]
fn an_appeal_comes_to_nothing_and_its_bond_goes_back() {
    let (mut world, incident) = opened(HALFWAY);
    world.challenge("otto", PEG, 0).ok();
    world.fund("vera", 0);
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    let gwen = world.balance("gwen");
    world.appeal("gwen", &incident).ok();
    let (from, _) = measured(&mut world, &incident);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    world.settle(PEG, 0).ok();
    world.collect_appeal_bond("gwen", &incident).ok();
    assert_eq!(world.balance("gwen"), gwen);
    // 600 were for it, and they are carried over: as many as must vote.
    let closes_at = ballot_on(&mut world, &incident).closes_at;
    at(&mut world, closes_at);
    world.close_ballot(&incident).ok();
    world.collect_vote_reward("vera", &incident).ok();
    assert_eq!(world.balance("vera"), 0);
    world.reclaim_ballot("otto", &incident).ok();
    world.check_books();
}

fn voter_of(world: &Play, name: &str) -> Address {
    voter_address(&world.assembly(), &world.key(name))
}

#[test]
fn it_must_be_of_a_second_that_was_measured() {
    let (mut world, incident) = opened(HALFWAY);
    let (from, until) = measured(&mut world, &incident);
    assert_eq!(until, from + 3_600);
    for outside in [from - 1, from, until, until + 1, 1, i64::MAX as u64] {
        world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, outside)).fails(E::PriceOutsideBreach);
    }
    let kept = world.chain.account(&incident).unwrap();
    for inside in [from + 1, from + 2, until - 1] {
        for (low, high) in [(1, 1), (STRIKE - 1, STRIKE - 1), (STRIKE - 1, STRIKE + 1)] {
            world.refute_incident(PEG, 0, &between(low, high, inside)).fails(E::PriceBelowStrike);
        }
        world.refute_incident(PEG, 0, &between(STRIKE, STRIKE + 2, inside)).ok();
        world.chain.set_account(&incident, kept.clone());
    }
}

#[test]
fn what_was_shown_after_the_least_duration_is_not_measured() {
    let mut world = covered();
    let from = world.now();
    for seconds in [0, 600, 1_200, 1_800, 2_400, 3_000, 3_590, 4_190] {
        show_at(&mut world, from + seconds, HALFWAY).ok();
    }
    world.open_price_incident("keeper", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    assert_eq!(measured(&mut world, &incident), (from, from + 3_600));
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 3_600)).fails(E::PriceOutsideBreach);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 3_599)).ok();
}

#[test]
fn what_a_gap_left_behind_is_not_measured() {
    let mut world = covered();
    let began = world.now();
    world.observe(PEG, HALFWAY).ok();
    world.pass(5_000);
    breach(&mut world, HALFWAY);
    world.open_price_incident("keeper", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.occurred_at, found.measured_from), (began, began + 5_000));
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, began + 5_000)).fails(E::PriceOutsideBreach);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, began + 5_001)).ok();
}

#[test]
fn it_is_possible_until_the_last_second_of_the_challenge() {
    for challenged in [false, true] {
        for (early, ok) in [(1, true), (0, false)] {
            let (mut world, incident) = opened(HALFWAY);
            if challenged {
                world.challenge("otto", PEG, 0).ok();
            }
            let ends_at = world.chain.read::<Incident>(&incident).challenge_ends_at;
            let (from, _) = measured(&mut world, &incident);
            at(&mut world, ends_at - early);
            let receipt = world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1));
            if ok {
                receipt.ok();
            } else {
                receipt.fails(E::ChallengeOver);
            }
        }
    }
}

#[test]
fn it_is_refuted_once_and_while_it_is_open() {
    let (mut world, incident) = opened(HALFWAY);
    let (from, _) = measured(&mut world, &incident);
    let good = PriceUpdate::of(STRIKE, from + 1);
    world.refute_incident(PEG, 0, &good).ok();
    world.refute_incident(PEG, 0, &good).fails(E::AlreadyRefuted);
    world.decide(PEG, 0).ok();
    world.refute_incident(PEG, 0, &good).fails(E::IncidentDecided);
    let (mut world, incident) = opened(HALFWAY);
    decide(&mut world, &incident);
    world.refute_incident(PEG, 0, &good).fails(E::IncidentDecided);
}

#[test]
fn a_breach_that_goes_on_is_another() {
    let (mut world, incident) = opened(HALFWAY);
    let (from, _) = measured(&mut world, &incident);
    world.pass(60);
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 600)).ok();
    breach(&mut world, HALFWAY);
    world.open_price_incident("keeper", PEG, 1).ok();
    // What refuted the first says nothing of it.
    world.refute_incident(PEG, 1, &PriceUpdate::of(STRIKE, from + 600)).fails(E::PriceOutsideBreach);
}

#[test]
fn bad_prices_are_refused() {
    let (mut world, incident) = opened(HALFWAY);
    let (from, _) = measured(&mut world, &incident);
    let good = PriceUpdate::of(STRIKE, from + 60);
    for (update, error) in bad_prices(good) {
        world.refute_incident(PEG, 0, &update).fails(error);
    }
    let price_update = world.post_price(&good);
    let instruction = RefuteIncident { product: world.product(PEG), incident, price_update }.instruction();
    reads_prices_of_pyth_only(&mut world, &instruction, 2, &good);
    world.send(instruction, &[]).ok();
}

#[test]
fn the_jurys_own_incidents_are_not_refuted() {
    let mut world = covered();
    with_jury_product(&mut world);
    let incident = open_jurys(&mut world);
    let now = world.now();
    world.refute_incident(EXPLOIT, 0, &PriceUpdate::of(STRIKE, now)).fails(E::WrongTrigger);
    // Whatever its product says.
    let product = world.product(EXPLOIT);
    let (source, exponent) = (offset_of!(Product, trigger_source), offset_of!(Product, price.exponent));
    edit(&mut world, &product, offset_of!(Product, trigger), &[1]);
    edit(&mut world, &product, source, harness::FEED.as_ref());
    edit(&mut world, &product, exponent, &(-8_i32).to_le_bytes());
    assert_eq!(world.chain.read::<Incident>(&incident).trigger, 0);
    world.refute_incident(EXPLOIT, 0, &PriceUpdate::of(STRIKE, now)).fails(E::WrongTrigger);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident, other) = opened_beside();
    let (from, _) = measured(&mut world, &incident);
    let price_update = world.post_price(&PriceUpdate::of(STRIKE, from + 1));
    let accounts = RefuteIncident { product: world.product(PEG), incident, price_update };
    let [forged_product, forged_incident] = [accounts.product, incident].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (0, other.peg, error(E::WrongProduct)),
        (0, world.product(VENUE), error(E::WrongProduct)),
        (0, incident, DUPLICATE),
        (0, world.pool(), OTHER_TYPE),
        (0, forged_product, NOT_OURS),
        (1, other.incident, error(E::WrongProduct)),
        (1, other.policy, TOO_SMALL),
        (1, forged_incident, NOT_OURS),
        (2, other.incident, error(E::WrongPriceOwner)),
        (2, incident, DUPLICATE),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1]);
    world.send(instruction, &[]).ok();
}
