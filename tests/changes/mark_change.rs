//! `mark_change`: somebody notes that a change can be applied, and from then on it lapses within thirty days.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::UNIT;

#[test]
fn it_notes_the_time_and_nothing_else() {
    let mut world = stage();
    let id = queued(&mut world, &FEE, None);
    world.pass(TIMELOCK + 5 * DAY);
    let (pool, change, now) = (world.read_pool(), world.read_change(id), world.now());
    let receipt = world.mark(id, None).ok();
    assert_eq!(world.read_change(id), Change { ready_at: now, ..change });
    assert_eq!(world.read_pool(), pool, "nobody's terms");
    let event = ChangeMarked { pool: world.pool(), change: world.change(id), ready_at: now };
    assert_eq!(only_event(&receipt), Event::ChangeMarked(event));
}

#[test]
fn it_waits_to_the_second_and_ends_to_the_second() {
    let mut world = stage();
    let [marked, other, unmarked] = [0; 3].map(|_| queued(&mut world, &FEE, None));
    let from = world.now() + TIMELOCK;
    move_to(&mut world, from - 1);
    world.mark(marked, None).fails(E::ChangeNotDue);
    world.pass(1);
    world.mark(marked, None).ok();
    // Once: nobody prolongs it.
    world.mark(marked, None).fails(E::ChangeMarked);
    world.pass(MARKED - 1);
    world.mark(marked, None).fails(E::ChangeMarked);
    world.close_change("founder", marked).fails(E::ChangeNotOver);
    let mut late = found(harness::World::lite_bare());
    for _ in 0..2 {
        queued(&mut late, &FEE, None);
    }
    late.pass(TIMELOCK);
    late.mark(0, None).ok();
    late.pass(MARKED - 1);
    late.clone().apply(0, None).ok();
    late.pass(1);
    late.apply(0, None).fails(E::ChangeLapsed);
    world.pass(1);
    world.apply(marked, None).fails(E::ChangeLapsed);
    world.close_change("founder", marked).ok();

    // The last second in which one that nobody marked can be: it has thirty days then.
    move_to(&mut world, from + LAPSE - 1);
    world.mark(other, None).ok();
    world.pass(1);
    world.mark(unmarked, None).fails(E::ChangeLapsed);
    world.apply(unmarked, None).fails(E::ChangeLapsed);
    world.close_change("founder", unmarked).ok();
    move_to(&mut world, from + LAPSE - 1 + MARKED - 1);
    world.apply(other, None).ok();
}

#[test]
fn it_waits_for_those_who_asked_in_time_and_only_where_it_raises_what_lps_risk() {
    let mut world = stage();
    let [raises, lowers] = [FEE, Proposal::MinPremium { min_premium: 2_000 }].map(|it| queued(&mut world, &it, None));
    world.pass_days(1);
    world.request_exit("ada", 0, 100_000 * UNIT).ok();
    world.pass(TIMELOCK - DAY);
    world.mark(raises, None).fails(E::ExitsWait);
    world.mark(lowers, None).ok();
    // The one lapses meanwhile, the other does not begin to.
    world.pass(MARKED);
    world.apply(lowers, None).fails(E::ChangeLapsed);
    world.mark(raises, None).fails(E::ExitsWait);
    world.call_exits().ok();
    world.pass_days(1);
    world.pay_exits().ok();
    world.mark(raises, None).ok();
    world.apply(raises, None).ok();
}

#[test]
fn only_what_is_queued_can_be_marked() {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    world.mark(0, None).fails(E::ChangeNotQueued);
    let [withdrawn, applied] = [0; 2].map(|_| queued(&mut world, &FEE, None));
    world.withdraw("founder", withdrawn).ok();
    world.pass(TIMELOCK);
    world.apply(applied, None).ok();
    for id in [withdrawn, applied] {
        world.mark(id, None).fails(E::ChangeNotQueued);
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = stage();
    let second = second_pool(&mut world);
    let id = queued(&mut world, &Proposal::Weight { weight_bps: 9_000 }, Some(0));
    let of_pool = queued(&mut world, &FEE, None);
    world.pass(TIMELOCK);
    let accounts = world.mark_accounts(id, Some(0));
    let (pool, own, assembly) = (world.pool(), world.product(0), world.assembly());
    let [forged_pool, forged_change, forged_product] =
        [pool, accounts.change, own].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (0, second, error(E::WrongPool)),
        (0, forged_pool, NOT_OURS),
        (0, own, TOO_SMALL),
        (1, world.change(of_pool), error(E::WrongProduct)),
        (1, assembly, OTHER_TYPE),
        (1, forged_change, NOT_OURS),
        (2, world.product(1), error(E::WrongProduct)),
        (2, product_address(&second, 0), error(E::WrongProduct)),
        (2, forged_product, NOT_OURS),
        (2, ID, error(E::ChangeProduct)),
        (3, assembly, OTHER_TYPE),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    world.mark(of_pool, Some(0)).fails(E::WrongProduct);
    writes(&mut world, &instruction, &[], &[1]);
    world.send(instruction, &[]).ok();
    // Those who wait are looked up in the first epoch.
    world.request_exit("ada", 0, UNIT).ok();
    let missing = MarkChange { first_exit: None, ..world.mark_accounts(of_pool, None) };
    world.send(missing.instruction(), &[]).fails(E::WrongExitEpoch);
    let forged = forge(&mut world, &exit_epoch_address(&pool, 0));
    world.send(MarkChange { first_exit: Some(forged), ..missing }.instruction(), &[]).fails_with(NOT_OURS);
    world.mark(of_pool, None).ok();
}
