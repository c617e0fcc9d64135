//! `settle_rest`: what a settled incident was denied for others' sake is its claims' once nothing is open.

use crate::{
    common::{NOT_WRITABLE, edit, forge, only_event, read_only},
    story::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, settlement};
use harness::{Chain, UNIT, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// What dora claims, atoms.
const NET: u64 = DORAS - DORAS / 20;

/// Dora's incident, settled while one of product 1 is open that claims nothing yet.
fn held() -> (Play, Address, Address) {
    let (mut world, first) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &first, DORAS).ok();
    judge(&mut world, 0, 0, Some(FOR));
    let second = report_before_the_end(&mut world, 1);
    ripen(&mut world, 0, 0);
    world.settle(0, 0).ok();
    (world, first, second)
}

/// Opal reports on a product a day before the first incident of product 0 can be settled.
fn report_before_the_end(world: &mut Play, index: u16) -> Address {
    let end = world.chain.read::<Incident>(&world.incident(0, 0)).disputes_end_at;
    world.chain.set_now(end - DAY);
    report(world, index, 0)
}

/// The same, and the jury has rejected the other.
fn freed() -> (Play, Address, Address) {
    let (mut world, first, second) = held();
    finish(&mut world, 1, 0, Some(AGAINST));
    (world, first, second)
}

/// Brings the pool's accrual to now, so that the next instruction earns nothing. No deposit may.
fn accrue(world: &mut Play) {
    world.roll_product(0).ok();
    world.check_books();
}

#[test]
fn the_claims_get_what_was_held_back_for_an_incident_that_came_to_nothing() {
    let (mut world, first, _) = freed();
    accrue(&mut world);
    let (before, pool_before): (Incident, _) = (world.chain.read(&first), world.read_pool());
    let more = NET - before.settled;
    assert!(more > 0);
    assert_eq!((before.held_back, pool_before.held_back, pool_before.held_incidents), (more, more, 1));
    let receipt = world.settle_rest(&first).ok();

    assert_eq!(world.chain.read::<Incident>(&first), Incident { settled: NET, held_back: 0, ..before });
    let pool = world.read_pool();
    let expected = Pool {
        capital: pool_before.capital - more,
        payable: pool_before.payable + more,
        claims_settled: pool_before.claims_settled + more,
        held_back: 0,
        held_incidents: 0,
        held_approved: 0,
        held_settled: 0,
        rivals_ended_at: pool_before.accrued_at,
        ..pool_before
    };
    assert_eq!(pool, expected);
    let event = RestSettled { incident: first, more, settled: NET, earned: 0, books: books(&pool) };
    assert_eq!(only_event(&receipt), Event::RestSettled(event));
    world.check_books();
    // Once, and dora has all of it.
    world.settle_rest(&first).fails(E::NothingDue);
    let (policy, balance) = (world.policy(0, "dora", 0), world.balance("dora"));
    world.payout("dora", &policy, &first).ok();
    assert_eq!(world.balance("dora") - balance, NET + NET / 100);
    assert_eq!(world.read_pool().payable, 0);
    world.check_books();
}

#[test]
fn a_claim_that_was_paid_its_part_gets_the_rest() {
    let (mut world, first, _) = freed();
    let (policy, balance, read) = (world.policy(0, "dora", 0), world.balance("dora"), world.read_pool());
    world.payout("dora", &policy, &first).ok();
    assert_eq!(world.balance("dora") - balance, NET - read.held_back + NET / 100);
    world.payout("dora", &policy, &first).fails(E::NothingDue);
    world.settle_rest(&first).ok();
    world.payout("dora", &policy, &first).ok();
    assert_eq!(world.balance("dora") - balance, NET + NET / 100);
    world.payout("dora", &policy, &first).fails(E::NothingDue);
    world.check_books();
}

#[test]
fn it_first_earns_what_time_has_earned() {
    let (mut world, first, _) = freed();
    let before = world.read_pool();
    world.pass_days(1);
    let receipt = world.settle_rest(&first).ok();
    let Event::RestSettled(event) = only_event(&receipt) else { panic!("another event") };
    let pool = world.read_pool();
    assert!(event.earned > 0);
    assert_eq!(pool.capital, before.capital + event.earned - event.more);
    assert_eq!((pool.accrued_at, event.books), (world.now(), books(&pool)));
}

#[test]
fn it_waits_for_the_incidents_that_were_open_when_it_was_held_back() {
    let (mut world, first, _) = held();
    world.settle_rest(&first).fails(E::IncidentOpen);
    judge(&mut world, 1, 0, Some(AGAINST));
    world.settle_rest(&first).fails(E::IncidentOpen);
    // Not for later ones, on its own product neither.
    report(&mut world, 0, 1);
    world.settle_rest(&first).fails(E::IncidentOpen);
    world.settle_decided(1, 0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.incidents_opened, pool.held_before, pool.held_for, pool.open_incidents), (3, 2, 0, 1));
    world.settle_rest(&first).ok();
    assert_eq!(world.chain.read::<Incident>(&first).settled, NET);
    // What another pool has open is none of its business.
    let (mut world, first, _) = freed();
    let other = elsewhere(&mut world);
    assert_eq!(world.chain.read::<Pool>(&other.pool).open_incidents, 1);
    world.settle_rest(&first).ok();
}

#[test]
fn nothing_is_due_to_what_is_open_rejected_or_paid_in_full() {
    let (mut world, first, second) = held();
    world.settle_rest(&second).fails(E::NothingDue);
    finish(&mut world, 1, 0, Some(AGAINST));
    world.settle_rest(&second).fails(E::NothingDue);
    world.settle_rest(&first).ok();
    world.settle_rest(&first).fails(E::NothingDue);

    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    finish(&mut world, 0, 0, Some(FOR));
    world.settle_rest(&incident).fails(E::NothingDue);
}

#[test]
fn a_recovery_lowers_what_is_held_back_to_what_is_short() {
    let (mut world, first, _) = held();
    world.fund("rita", 1_000_000 * UNIT);
    let before: Incident = world.chain.read(&first);
    world.recover("rita", &first, 100_000 * UNIT + 1).ok();
    let found: Incident = world.chain.read(&first);
    assert_eq!(found.settled, before.settled + 100_000 * UNIT + 1);
    assert_eq!(found.held_back, before.held_back - 100_000 * UNIT - 1);
    assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (found.held_back, 1));
    finish(&mut world, 1, 0, Some(AGAINST));
    accrue(&mut world);
    let pool_before = world.read_pool();
    world.settle_rest(&first).ok();
    assert_eq!(world.chain.read::<Incident>(&first).settled, NET);
    assert_eq!(pool_before.capital - world.read_pool().capital, found.held_back, "the rest of it stays the LPs'");
    world.check_books();

    // When nothing is short any more, nothing is held back.
    let (mut world, first, _) = freed();
    world.fund("rita", 1_000_000 * UNIT);
    let held_back = world.read_pool().held_back;
    world.recover("rita", &first, held_back).ok();
    assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (0, 0));
    world.settle_rest(&first).fails(E::NothingDue);
    world.check_books();
}

/// A deposit pays for losses of before it when its owner accepts that, and not otherwise.
#[test]
fn a_deposit_shares_what_is_held_back_only_if_it_says_so() {
    let (mut world, first, _) = freed();
    let (accounts, pool) = (world.deposit_accounts("ada"), world.read_pool());
    let seen = Seen { terms: pool.terms, max_liens: pool.held_back };
    let less = Seen { max_liens: pool.held_back - 1, ..seen };
    world.send(accounts.instruction(UNIT, 0, &less), &["ada"]).fails(E::LiensTooHigh);
    world.send(accounts.instruction(UNIT, 0, &seen), &["ada"]).ok();
    world.settle_rest(&first).ok();
    world.send(accounts.instruction(UNIT, 0, &Seen { max_liens: 0, ..seen }), &["ada"]).ok();
    world.check_books();
}

/// Incidents of products 0 and 1 with losses of dora and emil, settled while one of product 2 is open, which the jury
/// then rejects. Returns what both claim.
fn two_held(losses: [u64; 2], order: [u16; 2]) -> (Play, [u64; 2]) {
    let mut world = insured_beside(&[product_params("Bridge")]);
    world.fund("hal", 100_000 * UNIT);
    world.buy("hal", 2, 0, 590_000 * UNIT, 100).ok();
    world.pass_days(2);
    let incidents = [report(&mut world, 0, 0), report(&mut world, 1, 0)];
    for (index, (holder, loss)) in (0..).zip([("dora", losses[0]), ("emil", losses[1])]) {
        let policy = world.policy(index, holder, 0);
        world.submit_claim(holder, &policy, &incidents[usize::from(index)], loss).ok();
        world.vote("vera", &incidents[usize::from(index)], FOR).ok();
    }
    for incident in &incidents {
        world.close_ballot(incident).ok();
    }
    for index in [0, 1] {
        read_verdict(&mut world, index, 0);
    }
    report_before_the_end(&mut world, 2);
    ripen(&mut world, 0, 0);
    for index in order {
        world.settle(index, 0).ok();
        world.settle_rest(&incidents[usize::from(index)]).fails(E::IncidentOpen);
    }
    finish(&mut world, 2, 0, Some(AGAINST));
    accrue(&mut world);
    (world, [losses[0] - DORAS / 20, losses[1] - 15_000 * UNIT])
}

#[test]
fn two_that_are_held_back_at_once_share_the_rest_in_either_order() {
    let mut results = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let (mut world, claimed) = two_held([DORAS, 300_000 * UNIT], [0, 1]);
        let incidents = [world.incident(0, 0), world.incident(1, 0)];
        let before = incidents.map(|incident| world.chain.read::<Incident>(&incident));
        let pool = world.read_pool();
        let [held, other] = before.map(|incident| incident.held_back);
        assert_eq!((pool.held_back, pool.held_incidents), (held + other, 2));
        assert!(held > 0 && other > 0 && pool.capital < held + other, "less is left than is held back");
        // As if both were settled now.
        let funds = pool.capital + before[0].settled + before[1].settled;
        let part = |claimed| settlement::available(funds, claimed, before[0].approved + before[1].approved).unwrap();
        let shares = before.map(|incident| part(incident.approved) - incident.settled);
        for index in order {
            world.settle_rest(&incidents[index]).ok();
            world.settle_rest(&incidents[index]).fails(E::NothingDue);
            world.check_books();
        }
        let got = [0, 1].map(|index| {
            let found: Incident = world.chain.read(&incidents[index]);
            assert!(found.settled <= claimed[index] && found.held_back == 0);
            found.settled - before[index].settled
        });
        for (got, share) in got.iter().zip(shares) {
            assert!(got.abs_diff(share) <= 1, "{got} and {share}");
        }
        let after = world.read_pool();
        assert_eq!((got[0] + got[1], after.capital), (pool.capital, 0), "the odd atom is the last one's");
        assert_eq!((after.held_back, after.held_incidents), (0, 0));
        results.push(got);
    }
    for (one, other) in results[0].iter().zip(results[1]) {
        assert!(one.abs_diff(other) <= 1, "{results:?}");
    }
}

#[test]
fn two_that_are_held_back_at_once_are_both_paid_in_full_when_there_is_enough() {
    for settled in [[0, 1], [1, 0]] {
        for order in [[0, 1], [1, 0]] {
            let (mut world, claimed) = two_held([340_000 * UNIT, 300_000 * UNIT], settled);
            let incidents = [world.incident(0, 0), world.incident(1, 0)];
            let pool = world.read_pool();
            assert!(pool.held_back > 0 && pool.held_back < pool.capital);
            for index in order {
                if world.chain.read::<Incident>(&incidents[index]).held_back > 0 {
                    world.settle_rest(&incidents[index]).ok();
                }
                world.settle_rest(&incidents[index]).fails(E::NothingDue);
            }
            for (incident, claimed) in incidents.iter().zip(claimed) {
                assert_eq!(world.chain.read::<Incident>(incident).settled, claimed);
            }
            assert_eq!(world.read_pool().capital, pool.capital - pool.held_back);
            assert_eq!((world.read_pool().held_back, world.read_pool().held_incidents), (0, 0));
            world.check_books();
        }
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, first, second) = freed();
    let other = elsewhere(&mut world);
    accrue(&mut world);
    let (pool, tokens) = (world.pool(), world.tokens("dora", &world.asset()));
    let instruction = SettleRest { pool, incident: first, vault: vault_address(&pool) }.instruction();
    let [forged_pool, forged_incident] = [pool, first].map(|address| forge(&mut world, &address));
    let rows = [
        (0, other.pool, code(E::WrongPool)),
        (0, first, DUPLICATE),
        (0, other.product, I::AccountDataTooSmall),
        (0, forged_pool, I::IllegalOwner),
        (1, second, code(E::NothingDue)),
        (1, other.incident, code(E::WrongPool)),
        (1, other.claim, I::AccountDataTooSmall),
        (1, forged_incident, I::IllegalOwner),
        (2, vault_address(&other.pool), code(E::WrongVault)),
        (2, exit_escrow_address(&pool, 0), code(E::WrongVault)),
        (2, tokens, code(E::WrongVault)),
        (2, other.policy, I::IllegalOwner),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    for slot in [0, 1] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    let bonds = world.read_pool().bonds;
    edit(&mut world, &pool, offset_of!(Pool, bonds), &(bonds + 1).to_le_bytes());
    world.send(instruction.clone(), &[]).fails(E::VaultShort);
    edit(&mut world, &pool, offset_of!(Pool, bonds), &bonds.to_le_bytes());
    world.send(instruction, &[]).ok();
}
