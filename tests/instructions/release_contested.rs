//! `release_contested`: what those who left had in an incident comes back as its filing ends and as it closes.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, Receipt, UNIT, claim_request};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// 600,000 units' worth: with them 0.6 of every open lien leaves.
const SHARES: u64 = 600_000 * UNIT * 1_000;
/// What ada takes along of a lien of 400,000, atoms: 240,000 units, but for an atom.
const PART: u64 = 240_000 * UNIT - 1;

/// Ada left with 600,000 of a million while an incident on 400,000 of cover was open.
fn left() -> TestWorld {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, SHARES).ok();
    world.await_exits();
    report(&mut world, 0, 0);
    world.pay_exits().ok();
    assert_eq!(world.read_pool().contested, PART);
    world
}

/// Dora claims this much beyond her policy's deductible, a twentieth of 400,000.
fn claim(world: &mut TestWorld, nth: u32, amount: u64) {
    let (policy, incident) = (world.policy(0, "dora", 0), world.incident(0, nth));
    let request = claim_request(amount + 20_000 * UNIT);
    world.send(world.claim_accounts("dora", &policy, &incident).instruction(&request), &["dora"]).ok();
}

/// Lets the filing of an incident end.
fn end_filing(world: &mut TestWorld, nth: u32) {
    let incident = world.incident(0, nth);
    let ends = world.chain.read::<Incident>(&incident).filing_ends_at;
    world.chain.set_now(ends);
    world.end_filing(0, nth).ok();
}

/// Settles an incident whose filing has ended.
fn settle(world: &mut TestWorld, nth: u32) {
    ripen(world, 0, nth);
    world.settle_decided(0, nth).ok();
}

/// What a release gave back.
#[track_caller]
fn released(receipt: &Receipt) -> u64 {
    let Event::ContestedReleased(event) = only_event(receipt) else { panic!("another event") };
    event.amount
}

/// The `nth` incident's release to epoch `number`.
fn release(world: &mut TestWorld, nth: u32, number: u64) -> Receipt {
    let incident = world.incident(0, nth);
    world.release_contested(&incident, number)
}

#[test]
fn release_contested_gives_all_back_of_a_report_that_was_refused() {
    let mut world = left();
    release(&mut world, 0, 0).fails(E::NothingDue);
    judge(&mut world, 0, 0, Some(AGAINST));
    release(&mut world, 0, 0).fails(E::NothingDue);
    world.settle_decided(0, 0).ok();
    let (before, epoch) = (world.read_pool(), world.read_epoch(0));
    assert_eq!((before.contested_incidents, before.open_incidents), (1, 0));
    let receipt = release(&mut world, 0, 0).ok();

    let (after, pool, incident) = (world.read_pool(), world.pool(), world.incident(0, 0));
    let epoch_address = exit_epoch_address(&pool, 0);
    let event =
        ContestedReleased { pool, incident, epoch: epoch_address, amount: PART, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::ContestedReleased(event));
    assert_eq!(after.exits_due, before.exits_due + PART);
    assert_eq!((after.contested, after.contested_incidents), (0, 0));
    // Nothing is open and nothing is to be released: the index begins anew.
    assert_eq!((after.index(), after.index.era), (coverage_math::contested::Index::START, 1));
    assert_eq!(world.read_epoch(0), ExitEpoch { paid: epoch.paid + PART, contested_incidents: 0, ..epoch });
    world.check_books();
    world.pass(1);
    release(&mut world, 0, 0).fails(E::NothingDue);
}

#[test]
fn release_contested_gives_back_what_nobody_claimed_and_then_what_was_not_paid() {
    let mut world = left();
    // Of the 400,000 that were set aside 200,000 are claimed.
    claim(&mut world, 0, 200_000 * UNIT);
    judge(&mut world, 0, 0, Some(FOR));
    release(&mut world, 0, 0).fails(E::NothingDue);
    end_filing(&mut world, 0);
    let first = released(&release(&mut world, 0, 0).ok());
    assert!((120_000 * UNIT - 2..=120_000 * UNIT).contains(&first), "0.6 of the 200,000 nobody claimed: {first}");
    release(&mut world, 0, 0).fails(E::NothingDue);
    assert_eq!(world.read_epoch(0).contested_incidents, 1, "more can come");

    let before = world.read_pool();
    settle(&mut world, 0);
    let (after, incident) = (world.read_pool(), world.incident(0, 0));
    let settled: Incident = world.chain.read(&incident);
    assert_eq!((settled.settled, settled.contested), (200_000 * UNIT, 120_000 * UNIT - 1));
    assert_eq!(after.capital, before.capital - 80_000 * UNIT - 1, "stayers bear 0.4");
    let rest = released(&release(&mut world, 0, 0).ok());
    assert!(rest <= 2, "all that they still had in it was paid: {rest}");
    assert_eq!(world.read_epoch(0).contested_incidents, 0);
    assert_eq!(world.read_pool().contested, 0, "what roundings leave goes to the LPs");
    world.check_books();
}

#[test]
fn release_contested_can_wait_for_the_end_and_gives_both_at_once() {
    let mut world = left();
    claim(&mut world, 0, 100_000 * UNIT);
    judge(&mut world, 0, 0, Some(FOR));
    end_filing(&mut world, 0);
    settle(&mut world, 0);
    let all = released(&release(&mut world, 0, 0).ok());
    assert!((180_000 * UNIT - 2..=180_000 * UNIT).contains(&all), "0.6 of the 300,000 that were not paid: {all}");
    world.check_books();
}

#[test]
fn release_contested_serves_epochs_in_the_order_in_which_they_were_paid() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, SHARES / 3).ok();
    world.pass_days(1);
    world.request_exit("ada", 1, SHARES / 3).ok();
    world.await_exits();
    report(&mut world, 0, 0);
    world.pay_exits().ok();
    world.await_exits();
    world.pay_exits().ok();
    // 0.2 of 400,000 each: the second of what the first left.
    let contested = world.read_pool().contested;
    assert!((160_000 * UNIT - 2..=160_000 * UNIT).contains(&contested), "{contested}");
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    release(&mut world, 0, 1).fails(E::NothingDue);
    for number in [0, 1] {
        let amount = released(&release(&mut world, 0, number).ok());
        assert!((80_000 * UNIT - 2..=80_000 * UNIT).contains(&amount), "{amount}");
    }
    assert_eq!(world.read_pool().contested, 0);
    world.check_books();
}

#[test]
fn release_contested_has_nothing_for_who_left_before_the_report_or_after_the_end() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    for day in 0..3 {
        world.request_exit("ada", day, SHARES / 6).ok();
        world.pass_days(1);
    }
    world.await_exits();
    world.pay_exits().ok();
    report(&mut world, 0, 0);
    world.await_exits();
    world.pay_exits().ok();
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    world.call_exits().ok();
    world.pass_days(1);
    world.pay_exits().ok();
    assert_eq!([0, 1, 2].map(|number| world.read_epoch(number).contested_incidents), [0, 1, 0]);
    release(&mut world, 0, 0).fails(E::NothingDue);
    release(&mut world, 0, 2).fails(E::NothingDue);
    release(&mut world, 0, 1).ok();
    world.check_books();
}

#[test]
fn release_contested_follows_reports_in_line() {
    let mut world = left();
    // A second report on the product: those who leave from now on bear that one, ada the first.
    report(&mut world, 0, 1);
    assert_eq!(world.read_pool().own_liens(), Ok(400_000 * UNIT + 1), "stayers set all of it aside again, rounded up");
    claim(&mut world, 0, 200_000 * UNIT);
    judge(&mut world, 0, 0, Some(FOR));
    judge(&mut world, 0, 1, Some(AGAINST));
    world.settle_decided(0, 1).fails(E::EarlierIncidentOpen);
    end_filing(&mut world, 0);
    release(&mut world, 0, 0).fails(E::NothingDue);
    settle(&mut world, 0);
    world.settle_decided(0, 1).ok();
    // Nothing was freed while the second stood behind it: the end gives it all.
    let amount = released(&release(&mut world, 0, 0).ok());
    assert!((120_000 * UNIT - 2..=120_000 * UNIT).contains(&amount), "0.6 of what was not paid: {amount}");
    release(&mut world, 1, 0).fails(E::NothingDue);
    world.check_books();
}

#[test]
fn release_contested_lets_the_incident_be_closed() {
    let mut world = left();
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    let incident = world.incident(0, 0);
    world.close_incident("opal", &incident).fails(E::IncidentNotOver);
    release(&mut world, 0, 0).ok();
    world.close_incident("opal", &incident).ok();
}

#[test]
fn release_contested_refuses_another_pools_accounts() {
    let mut world = left();
    let second = second_pool(&mut world);
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    let (pool, incident, foreign) = (world.pool(), world.incident(0, 0), exit_epoch_address(&second, 0));
    let mut elsewhere = world.chain.account(&exit_epoch_address(&pool, 0)).unwrap();
    elsewhere.data[8 + offset_of!(ExitEpoch, pool)..][..32].copy_from_slice(second.as_ref());
    world.chain.set_account(&foreign, elsewhere);
    let instruction = ReleaseContested { pool, incident, epoch: exit_epoch_address(&pool, 0) }.instruction();
    let product = world.product(0);
    refuses(
        &mut world,
        &instruction,
        &[],
        &[(0, second, error(E::WrongPool)), (1, product, I::InvalidAccountData), (2, foreign, error(E::WrongPool))],
    );
    for slot in 0..=2 {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &[]).ok();
}
