//! `decide_incident`: the verdict, read once it is final; from then on claims have their window, and a lost bond is lost.

use crate::{
    common::{TIP, needs_a_full_vault, purses},
    story::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, product_params};
use solana_instruction_error::InstructionError as I;

/// Lets time pass until the closed ballot of the first incident of product 0 is final.
fn wait_for_verdict(world: &mut Play) {
    let final_at = world.chain.read::<Ballot>(&ballot_address(&world.incident(0, 0))).final_at;
    world.wait_until(final_at);
}

/// The first incident of product 0, decided, and its ballot's appeal window over.
fn final_verdict(side: Option<u8>) -> (Play, solana_address::Address) {
    let (mut world, incident) = reported();
    decide(&mut world, &incident, side);
    wait_for_verdict(&mut world);
    touch(&mut world);
    (world, incident)
}

#[test]
fn an_incident_that_counts_takes_claims_for_its_window_from_the_verdict_on() {
    let (mut world, incident) = final_verdict(Some(FOR));
    let (before, pool_before, product_before): (Incident, _, _) =
        (world.chain.read(&incident), world.read_pool(), world.read_product(0));
    let ballot = ballot_address(&incident);
    let (ballot_before, guardian, now): (Ballot, _, _) =
        (world.chain.read(&ballot), world.key("guardian"), world.now());
    let [held, guardians] = purses(&mut world, [incident, guardian]);
    let receipt = world.decide(0, 0).ok();

    // Fourteen days, and up to the end of the day.
    let filing_ends_at = start_of(day_of(now) + 15);
    let expected = Incident {
        state: 3,
        bond_state: 1,
        tips: 2,
        decided_at: now,
        filing_ends_at,
        disputes_end_at: filing_ends_at + 3 * DAY,
        ..before
    };
    assert_eq!(world.chain.read::<Incident>(&incident), expected);
    // Nothing else decides by this ballot: its account may be closed from now on. Its voters share what the fund has.
    let pot = pool_before.assessors.min(BOND / 2);
    assert!(pot > 0 && ballot_before.reward_pot == BOND / 2);
    let expected = Ballot { executed: 1, reward_pot: pot, reward_left: pot, ..ballot_before };
    assert_eq!(world.chain.read::<Ballot>(&ballot), expected);
    // Its claims are sure of the part of all cover, 1,400,000, that there is capital for.
    let part = u128::from(pool_before.capital) * 65_536 / u128::from(1_400_000 * UNIT);
    let sure = Wide::new((u128::from(DORAS) << 48) * part);
    let sure_part = u32::try_from(part).expect("a part");
    let line = Line { undecided: 0, accepted: 1, sure, sure_part, ..product_before.line };
    assert_eq!(world.read_product(0), Product { line, ..product_before });
    let mut filing_ring = [0; 64];
    filing_ring[usize::try_from((day_of(now) + 15) % 64).unwrap()] = 1;
    let pool = world.read_pool();
    // What it sets aside comes before draws from now on, and bookings wait for it before they end for less.
    let accepted_liens = pool_before.liens;
    let filing_day = day_of(now);
    let pool_before =
        Pool { filing_ring, filing_day, accepted_liens, sure_liens: sure, rewards_reserved: pot, ..pool_before };
    assert_eq!(pool, Pool { rivals: 1, ..pool_before });
    assert_eq!(purses(&mut world, [incident, guardian]), [held - TIP, guardians + TIP]);
    let event = IncidentDecided {
        product: world.product(0),
        incident,
        state: 3,
        filing_ends_at,
        bond_state: 1,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::IncidentDecided(event)]);
    world.check_books();
    world.decide(0, 0).fails(E::IncidentDecided);
}

#[test]
fn an_incident_that_does_not_count_loses_its_bond_and_keeps_its_place() {
    let (mut world, incident) = final_verdict(Some(AGAINST));
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let (supply, now) = (world.share_supply(), world.now());
    let receipt = world.decide(0, 0).ok();
    let expected = Incident { state: 4, bond_state: 3, bond: 0, tips: 2, decided_at: now, ..before };
    assert_eq!(world.chain.read::<Incident>(&incident), expected);
    let (to_lps, to_assessors) = (BOND / 2, BOND - BOND / 2);
    let pool = world.read_pool();
    // B7: neither the capital nor the supply moves, so the share price does not.
    assert_eq!((pool.capital, world.share_supply()), (pool_before.capital, supply));
    assert_eq!((pool.bonds, pool.assessors), (0, pool_before.assessors + to_assessors));
    assert_eq!(pool.rewards_reserved, BOND / 2, "of which the fund has got all that the voters share");
    assert_eq!((pool.unearned, pool.other_income), (pool_before.unearned + to_lps, to_lps));
    assert_eq!((pool.own_liens(), pool.open_incidents), (Ok(DORAS), 1), "until it is settled");
    let product = world.read_product(0);
    assert_eq!((product.bond_doublings, product.last_rejected_at, product.line.undecided), (1, now, 0));
    let [Event::IncidentDecided(event)] = receipt.events()[..] else { panic!("one event") };
    assert_eq!((event.state, event.filing_ends_at, event.bond_state, event.books), (4, 0, 3, books(&pool)));
    world.check_books();
    world.decide(0, 0).fails(E::IncidentDecided);
}

#[test]
fn a_lost_bond_reaches_the_lps_over_a_week_and_the_assessors_get_the_odd_atom() {
    let odd = ProductParams { incident_bond: 500 * UNIT + 1, ..product_params("Odd bond") };
    let mut world = funded_beside(&[odd]);
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 2, 0, 100_000 * UNIT, 1).ok();
    // The cover is in grace.
    world.pass_days(4);
    let occurred_at = world.now() - 2 * DAY - 3_600;
    world.open_incident("opal", 2, 0, occurred_at).ok();
    let incident = world.incident(2, 0);
    decide(&mut world, &incident, Some(AGAINST));
    // Nobody reads the verdict until the premium is earned.
    world.pass_days(30);
    touch(&mut world);
    let before = world.read_pool();
    assert_eq!((before.unearned, before.bonds), (0, 500 * UNIT + 1));
    world.decide(2, 0).ok();
    let (to_lps, pool, start) = (250 * UNIT, world.read_pool(), world.now());
    assert_eq!((pool.unearned, pool.assessors), (to_lps, before.assessors + 250 * UNIT + 1));
    world.check_books();

    // It takes seven days at least and eight at most, evenly.
    let end = (start + 7 * DAY).div_ceil(DAY) * DAY;
    world.chain.set_now(start + (end - start) / 2);
    touch(&mut world);
    let halfway = to_lps - world.read_pool().unearned;
    assert!(halfway.abs_diff(to_lps / 2) <= 1, "{halfway}");
    world.chain.set_now(end - 1);
    touch(&mut world);
    assert!(world.read_pool().unearned > 0);
    world.chain.set_now(end);
    touch(&mut world);
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.capital), (0, before.capital + to_lps + 3 * UNIT));
    assert_eq!(pool.income_earned, before.income_earned + to_lps);
}

#[test]
fn where_too_few_vote_the_incident_is_refused_and_a_quarter_of_the_bond_lost() {
    let (mut world, incident) = final_verdict(None);
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let now = world.now();
    world.decide(0, 0).ok();
    let expected = Incident { state: 4, bond_state: 1, bond: BOND / 4 * 3, tips: 2, decided_at: now, ..before };
    assert_eq!(world.chain.read::<Incident>(&incident), expected);
    let (pool, lost) = (world.read_pool(), BOND / 4);
    assert_eq!((pool.bonds, pool.assessors), (BOND - lost, pool_before.assessors + lost / 2));
    assert_eq!((pool.unearned, pool.other_income), (pool_before.unearned + lost / 2, lost / 2));
    assert_eq!((pool.rewards_reserved, pool.capital), (BOND / 8, pool_before.capital));
    assert_eq!(world.read_product(0).bond_doublings, 1);
    world.check_books();
    world.collect_bond("opal", &incident).ok();
    assert_eq!(world.read_pool().bonds, 0);
}

/// Walt alone votes with so much of 200 units that must vote, for or against it.
#[test]
fn a_bond_is_lost_by_whether_enough_voted_and_what_came_of_it() {
    let quorum = 200 * UNIT;
    for (side, weight, state, kept) in [
        (AGAINST, quorum, 4, 0),
        (AGAINST, quorum - 1, 4, BOND / 4 * 3),
        (FOR, quorum / 2, 4, BOND / 4 * 3),
        (FOR, quorum / 2 + 1, 3, BOND),
    ] {
        let (mut world, incident) = reported();
        world.request_unstake("walt", 400 * UNIT - weight).ok();
        world.vote("walt", &incident, side).ok();
        world.pass_days(3);
        world.close_ballot(&incident).ok();
        if weight < quorum {
            world.pass_days(6);
            world.close_ballot(&incident).ok();
        }
        read_verdict(&mut world, 0, 0);
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.state, found.bond_state), (state, if kept > 0 { 1 } else { 3 }), "{side} {weight}");
        assert_eq!((found.bond, world.read_pool().bonds), (kept, kept));
        world.check_books();
    }
}

#[test]
fn a_quarter_is_rounded_up_and_the_assessors_get_the_odd_atom() {
    let odd = ProductParams { incident_bond: 500 * UNIT + 2, ..product_params("Odd bond") };
    let mut world = funded_beside(&[odd]);
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 2, 0, 100_000 * UNIT, 90).ok();
    world.pass_days(4);
    let now = world.now();
    world.open_incident("opal", 2, 0, now).ok();
    let incident = world.incident(2, 0);
    decide(&mut world, &incident, None);
    world.pass_days(2);
    touch(&mut world);
    let before = world.read_pool();
    world.decide(2, 0).ok();
    let (found, pool): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    assert_eq!((found.bond, pool.bonds), (375 * UNIT + 1, 375 * UNIT + 1));
    assert_eq!(
        (pool.other_income, pool.assessors),
        (62 * UNIT + UNIT / 2, before.assessors + 62 * UNIT + UNIT / 2 + 1)
    );
    world.check_books();
}

#[test]
fn deciding_first_earns_what_time_has_earned() {
    let (mut world, _) = final_verdict(Some(FOR));
    world.pass(1_000);
    let before = world.read_pool();
    let receipt = world.decide(0, 0).ok();
    let [Event::IncidentDecided(event)] = receipt.events()[..] else { panic!("one event") };
    let after = world.read_pool();
    assert!(event.earned > 0);
    assert_eq!((after.capital, after.unearned), (before.capital + event.earned, before.unearned - event.earned));
    assert_eq!((after.accrued_at, event.books), (world.now(), books(&after)));
}

#[test]
fn the_ballot_must_be_closed() {
    let (mut world, incident) = reported();
    world.vote("vera", &incident, FOR).ok();
    world.decide(0, 0).fails(E::BallotOpen);
    world.pass_days(30);
    world.decide(0, 0).fails(E::BallotOpen);
    // The appeal window begins when somebody closes it.
    world.close_ballot(&incident).ok();
    world.decide(0, 0).fails(E::AppealWindowOpen);
}

#[test]
fn the_appeal_window_ends_to_the_second() {
    for side in [Some(FOR), Some(AGAINST), None] {
        let (mut world, incident) = reported();
        decide(&mut world, &incident, side);
        world.pass(2 * DAY - 1);
        world.decide(0, 0).fails(E::AppealWindowOpen);
        world.pass(1);
        world.decide(0, 0).ok();
    }
}

#[test]
fn filing_ends_on_a_day_boundary_and_never_early_however_late_the_verdict_is_read() {
    for (days, into_the_day) in [(3, 0), (3, 1), (3, DAY - 1), (200, 77)] {
        let (mut world, incident) = reported();
        decide(&mut world, &incident, Some(FOR));
        let day = day_of(world.now()) + days;
        world.chain.set_now(start_of(day) + into_the_day);
        let policy = world.policy(0, "dora", 0);
        // Claims are taken all the while.
        world.submit_claim("dora", &policy, &incident, DORAS).ok();
        world.decide(0, 0).ok();
        let found: Incident = world.chain.read(&incident);
        assert_eq!(found.filing_ends_at, start_of(day + 15));
        assert_eq!(found.disputes_end_at, start_of(day + 18));
    }
}

#[test]
fn verdicts_are_read_in_any_order() {
    let (mut world, first) = reported();
    let second = report(&mut world, 0, 1);
    decide(&mut world, &second, Some(AGAINST));
    world.vote("vera", &first, FOR).ok();
    read_verdict(&mut world, 0, 1);
    assert_eq!(world.chain.read::<Incident>(&first).state, 0);
    world.close_ballot(&first).ok();
    read_verdict(&mut world, 0, 0);
    assert_eq!([first, second].map(|incident| world.chain.read::<Incident>(&incident).state), [3, 4]);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident) = final_verdict(Some(FOR));
    let other = elsewhere(&mut world);
    let of_product_1 = report(&mut world, 1, 0);
    let accounts = world.decide_accounts(0, 0);
    let tokens = world.tokens("dora", &world.asset());
    let rows = [
        (0, accounts.pool, DUPLICATE),
        (1, other.pool, code(E::WrongPool)),
        (1, other.product, I::AccountDataTooSmall),
        (1, accounts.product, DUPLICATE),
        (2, world.product(1), code(E::WrongProduct)),
        (2, other.product, code(E::WrongProduct)),
        (2, other.pool, I::InvalidAccountData),
        (3, of_product_1, code(E::WrongProduct)),
        (3, other.incident, code(E::WrongPool)),
        (3, other.claim, I::AccountDataTooSmall),
        (4, ID, code(E::WrongBallot)), // none
        (4, ballot_address(&of_product_1), code(E::WrongBallot)),
        (4, ballot_address(&other.incident), code(E::WrongBallot)),
        (4, other.policy, I::AccountDataTooSmall),
        (4, other.product, I::InvalidAccountData),
        (6, vault_address(&other.pool), code(E::WrongVault)),
        (6, tokens, code(E::WrongVault)),
        (6, ballot_address(&incident), DUPLICATE),
        (6, other.policy, I::IllegalOwner),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    needs_a_full_vault(&mut world, accounts.instruction(), &[]);
}
