//! `pay_exits`: the first epoch that waits, at one price, as far as cover lets it go, whatever incidents are open.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, contested::Index};
use harness::{Chain, UNIT, books::days_begun};
use std::mem::offset_of;

/// 600,000 units' worth.
const SHARES: u64 = 600_000 * UNIT * 1_000;

/// Ada wants out with 600,000 units of her million while this much of the two products is covered; her day has come.
fn waiting(cover: [u64; 2]) -> TestWorld {
    let mut world = quiet_market(cover.map(|units| units * UNIT));
    world.request_exit("ada", 0, SHARES).ok();
    world.await_exits();
    world
}

/// The event of a payment.
#[track_caller]
fn paid(receipt: &harness::Receipt) -> ExitsPaid {
    let Event::ExitsPaid(event) = only_event(receipt) else { panic!("another event") };
    event
}

#[test]
fn pay_exits_burns_and_pays_all_that_no_cover_needs() {
    let mut world = waiting([0, 0]);
    let (before, epoch, now, pool) = (world.read_pool(), world.read_epoch(0), world.now(), world.pool());
    let place = exit_epoch_address(&pool, 0);
    let guardian = world.key("guardian");
    let purse = purses(&mut world, [guardian, place]);
    let receipt = world.pay_exits().ok();

    let after = world.read_pool();
    let expected = Pool {
        capital: 400_000 * UNIT,
        exits_due: 600_000 * UNIT,
        shares: before.shares - SHARES,
        exiting_shares: 0,
        exit_head: 1,
        exit_seen_at: now,
        ..days_begun(before, now)
    };
    assert_eq!(after, expected);
    assert_eq!((world.share_supply(), world.balance_of(&exit_escrow_address(&pool, 0))), (after.shares, 0));
    let expected = ExitEpoch {
        tips: 0,
        burned: SHARES,
        paid: 600_000 * UNIT,
        index_from: before.index,
        index_to: before.index,
        ..epoch
    };
    assert_eq!(world.read_epoch(0), expected);
    let event = ExitsPaid {
        pool,
        epoch: place,
        number: 0,
        burned: SHARES,
        paid: 600_000 * UNIT,
        contested: 0,
        waiting: 0,
        supply: after.shares,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(paid(&receipt), event);
    assert_eq!(purses(&mut world, [guardian, place]), [purse[0] + TIP, purse[1] - TIP], "it is complete");
    world.check_books();
    world.pass(1);
    world.send(world.pay_exits_accounts(0).instruction(), &[]).fails(E::EarlierExitWaits);
}

#[test]
fn pay_exits_keeps_what_cover_needs_and_the_epoch_stays_first() {
    // At a leverage of 2, cover of 1,500,000 needs 750,000.
    let mut world = waiting([900_000, 600_000]);
    let guardian = world.key("guardian");
    let purse = lamports(&mut world, &guardian);
    let event = paid(&world.pay_exits().ok());
    assert_eq!((event.burned, event.paid), (250_000 * UNIT * 1_000, 250_000 * UNIT));
    assert_eq!(event.waiting, 350_000 * UNIT * 1_000);
    let pool = world.read_pool();
    assert_eq!((pool.capital, pool.exits_due), (750_000 * UNIT, 250_000 * UNIT));
    assert_eq!((pool.exit_head, pool.exiting_shares), (0, event.waiting));
    assert_eq!(lamports(&mut world, &guardian), purse, "the tip is for the one who completes it");
    world.pass(1);
    world.pay_exits().fails(E::NothingToPay);

    // An epoch that is due by then comes after it.
    world.request_exit("ada", 1, UNIT).ok();
    world.pass_days(8);
    world.send(world.pay_exits_accounts(1).instruction(), &[]).fails(E::EarlierExitWaits);
    world.check_books();
}

#[test]
fn pay_exits_burns_at_least_a_hundredth_of_the_epoch() {
    let mut world = waiting([900_000, 600_000]);
    world.pay_exits().ok();
    world.fund("ben", 6_000 * UNIT);
    world.deposit("ben", 6_000 * UNIT - 1).ok();
    world.await_room();
    world.pay_exits().fails(E::NothingToPay);
    world.deposit("ben", 1).ok();
    world.await_room();
    let event = paid(&world.pay_exits().ok());
    assert_eq!((event.burned, event.paid), (SHARES / 100, 6_000 * UNIT));
    assert_eq!(world.read_epoch(0).paid, 256_000 * UNIT);
    world.check_books();
}

#[test]
fn pay_exits_burns_less_than_a_hundredth_when_that_is_all_of_the_rest() {
    // Cover of 806,000 needs 403,000: 3,000 of 600,000 wait.
    let mut world = waiting([403_000, 403_000]);
    assert_eq!(paid(&world.pay_exits().ok()).waiting, 3_000 * UNIT * 1_000);
    world.fund("ben", 3_000 * UNIT);
    world.deposit("ben", 3_000 * UNIT - 1).ok();
    world.await_room();
    world.pay_exits().fails(E::NothingToPay);
    world.deposit("ben", 1).ok();
    world.await_room();
    let event = paid(&world.pay_exits().ok());
    assert_eq!((event.paid, event.waiting), (3_000 * UNIT, 0));
    assert_eq!(world.read_pool().exit_head, 1);
    world.check_books();
}

/// What was deposited today or yesterday makes no room, and takes none: she is paid what she would have been without it, and the rest
/// from the second midnight after it on.
#[test]
fn pay_exits_goes_by_what_was_deposited_two_midnights_ago() {
    let (day, money) = (i64::try_from(DAY).unwrap(), 50_000 * UNIT);
    // When it comes, seconds from when she can leave, what the books say then of today and yesterday, and when it makes room.
    for (comes, deposited, counts) in [
        (-day - 1, [0, 0], 0),
        (-day, [0, money], day),
        (-1, [0, money], day),
        (0, [money, 0], 2 * day),
        (day - 1, [money, 0], 2 * day),
    ] {
        // Somebody brings the books up to date every day, or nobody does between it and the payment.
        for cranked in [false, true] {
            let mut world = quiet_market([900_000 * UNIT, 600_000 * UNIT]);
            world.request_exit("ada", 0, SHARES).ok();
            let due = world.read_epoch(0).day * DAY;
            let at = |offset: i64| due.checked_add_signed(offset).unwrap();
            world.fund("ben", money);
            let roll = |world: &mut TestWorld, times: &[i64]| {
                for time in times.iter().filter(|_| cranked) {
                    world.chain.set_now(at(*time));
                    world.roll_product(0).ok();
                }
            };
            if comes < 0 {
                world.chain.set_now(at(comes));
                world.deposit("ben", money).ok();
                roll(&mut world, &[comes.max(-day), -1]);
                world.chain.set_now(at(0));
            } else {
                world.chain.set_now(at(comes));
                world.deposit("ben", money).ok();
            }
            // The cover needs 750,000 of the million.
            let first = if counts == 0 { 300_000 } else { 250_000 };
            assert_eq!(paid(&world.pay_exits().ok()).paid, first * UNIT);
            assert_eq!(world.read_pool().deposited, deposited);
            if counts == 0 {
                continue;
            }
            if comes < day - 1 {
                roll(&mut world, &[day - 1]);
            }
            world.chain.set_now(at(counts - 1));
            world.pay_exits().fails(E::NothingToPay);
            world.call_exits().ok();
            world.pass(1);
            let event = paid(&world.pay_exits().ok());
            assert_eq!((event.paid, event.waiting), (money, 300_000 * UNIT * 1_000));
            assert_eq!(world.read_pool().deposited, [0, 0]);
            world.check_books();
        }
    }
}

/// Deposits of a day add up, move to yesterday at midnight, and are forgotten at the next, or where a day passes without anybody.
#[test]
fn pay_exits_counts_the_deposits_of_today_and_yesterday() {
    let mut world = quiet_market([900_000 * UNIT, 600_000 * UNIT]);
    world.fund("ben", 100);
    let midnight = world.second_midnight();
    // Seconds from midnight, what comes, and what is new then.
    for (time, amount, deposited) in [
        (0, 1, [1, 0]),
        (DAY - 1, 2, [3, 0]),
        (DAY, 0, [0, 3]),
        (DAY + 1, 4, [4, 3]),
        (2 * DAY - 1, 5, [9, 3]),
        (2 * DAY, 6, [6, 9]),
        (3 * DAY, 0, [0, 6]),
        (4 * DAY - 1, 7, [7, 6]),
        // A day in which nobody did anything.
        (5 * DAY, 8, [8, 0]),
        (7 * DAY - 1, 0, [0, 8]),
        (7 * DAY, 0, [0, 0]),
    ] {
        world.chain.set_now(midnight + time);
        if amount > 0 {
            world.deposit("ben", amount).ok();
        } else {
            world.roll_product(0).ok();
        }
        assert_eq!(world.read_pool().deposited, deposited, "{time}");
    }
}

/// Cover that is given back makes room at the second midnight: not a second before.
#[test]
fn pay_exits_goes_by_what_was_given_back_two_midnights_ago() {
    for (cancels, paid_then) in [(true, 300_000), (false, 200_000)] {
        let mut world = waiting([900_000, 600_000]);
        assert_eq!(paid(&world.pay_exits().ok()).paid, 250_000 * UNIT);
        // 600,000 need 300,000, and 400,000 of them 200,000. What is cancelled has begun, and has 30 days of grace.
        let address = world.policy(1, "dora", 0);
        if cancels {
            world.cancel("dora", 1, &address).ok();
        } else {
            world.reduce("dora", 1, &address, 400_000 * UNIT).ok();
        }
        let days = if cancels { 31 } else { 2 };
        let free = (world.now() / DAY + days) * DAY;
        world.chain.set_now(free - 1);
        world.pay_exits().fails(E::NothingToPay);
        world.call_exits().ok();
        world.pass(1);
        assert_eq!(paid(&world.pay_exits().ok()).paid, paid_then * UNIT);
        world.check_books();
    }
}

#[test]
fn pay_exits_goes_by_the_higher_of_the_leverages_then_and_now() {
    // Cover of 900,000 needs 450,000 at the leverage of 2 under which she asked, whatever it is by now.
    let mut world = waiting([900_000, 0]);
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, leverage_bps), &10_000u16.to_le_bytes());
    assert_eq!(paid(&world.pay_exits().ok()).paid, 550_000 * UNIT);
    // At a leverage of 3 it needs 300,000.
    edit(&mut world, &pool, offset_of!(Pool, leverage_bps), &30_000u16.to_le_bytes());
    assert_eq!(paid(&world.pay_exits().ok()).paid, 50_000 * UNIT);
}

#[test]
fn pay_exits_waits_for_its_day_and_for_earlier_epochs() {
    let mut world = quiet_market([0, 0]);
    world.request_exit("ada", 0, SHARES / 2).ok();
    world.pass_days(1);
    world.request_exit("ada", 1, SHARES / 2).ok();
    let due = world.read_epoch(0).day * DAY;
    world.chain.set_now(due - 1);
    world.pay_exits().fails(E::ExitNotDue);
    world.chain.set_now(due + DAY - 1);
    world.send(world.pay_exits_accounts(1).instruction(), &[]).fails(E::EarlierExitWaits);
    world.pay_exits().ok();
    world.send(world.pay_exits_accounts(1).instruction(), &[]).fails(E::ExitNotDue);
    world.pass(1);
    world.pay_exits().ok();
    assert_eq!((world.read_pool().exit_head, world.read_pool().exiting_shares), (2, 0));
    world.check_books();
}

#[test]
fn pay_exits_is_no_option_once_a_day_has_passed() {
    for (seconds, late) in [(DAY - 1, false), (DAY, true)] {
        let mut world = waiting([0, 0]);
        world.pass(seconds);
        let receipt = world.pay_exits();
        if late { receipt.fails(E::ExitNotCalled) } else { drop(receipt.ok()) }
    }
    // What was paid in part has another day from then. Ben's money makes room a day after she can leave, and another day later.
    let mut world = quiet_market([900_000 * UNIT, 600_000 * UNIT]);
    world.request_exit("ada", 0, SHARES).ok();
    let due = world.read_epoch(0).day * DAY;
    world.fund("ben", 200_000 * UNIT);
    world.chain.set_now(due - 1);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.chain.set_now(due + DAY - 1);
    assert_eq!(paid(&world.pay_exits().ok()).paid, 250_000 * UNIT);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.pass(DAY - 1);
    assert_eq!(paid(&world.pay_exits().ok()).paid, 100_000 * UNIT);
    world.pass(DAY);
    world.pay_exits().fails(E::ExitNotCalled);
}

#[test]
fn pay_exits_takes_a_part_of_every_open_lien_along() {
    let mut world = waiting([400_000, 200_000]);
    report(&mut world, 0, 0);
    let before = world.read_pool();
    assert_eq!((before.own_liens(), before.current_incidents, before.fresh_incidents), (Ok(400_000 * UNIT), 1, 1));
    let event = paid(&world.pay_exits().ok());
    // 0.6 of 400,000 stays in the incident, but for an atom: what the virtual shares keep is rounded up.
    assert_eq!((event.contested, event.paid), (240_000 * UNIT - 1, 360_000 * UNIT + 1));
    let after = world.read_pool();
    assert_eq!((after.capital, after.exits_due, after.contested), (400_000 * UNIT, event.paid, event.contested));
    assert_eq!((after.own_liens(), after.fresh_incidents), (Ok(160_000 * UNIT + 1), 0));
    let index = Index::START.after_leaving(SHARES, before.shares).unwrap();
    assert_eq!((after.index(), after.index.era), (index, 0));
    let epoch = world.read_epoch(0);
    assert_eq!((epoch.index_from, epoch.index_to), (before.index, after.index));
    assert_eq!((epoch.paid, epoch.contested_incidents), (event.paid, 1));
    world.check_books();
}

#[test]
fn pay_exits_shares_no_report_that_was_made_after_it() {
    let mut world = waiting([400_000, 200_000]);
    let event = paid(&world.pay_exits().ok());
    assert_eq!((event.contested, event.paid), (0, 600_000 * UNIT));
    report(&mut world, 0, 0);
    assert_eq!((world.read_epoch(0).contested_incidents, world.read_pool().contested), (0, 0));
}

#[test]
fn pay_exits_counts_an_incident_once_for_an_epoch_that_is_paid_in_parts() {
    // Cover of 1,500,000 needs 750,000; the lien of 600,000 leaves 400,000 free, which the rest of the cover needs
    // 450,000 of: nothing can leave until there is more.
    let mut world = waiting([900_000, 600_000]);
    report(&mut world, 1, 0);
    world.pay_exits().fails(E::NothingToPay);
    world.fund("ben", 700_000 * UNIT);
    for (deposit, incidents) in [(150_000, 1), (50_000, 1)] {
        world.deposit("ben", deposit * UNIT).ok();
        world.await_room();
        let event = paid(&world.pay_exits().ok());
        assert!(event.contested > 0 && event.waiting > 0);
        assert_eq!(world.read_epoch(0).contested_incidents, incidents);
    }
    // One that was reported meanwhile is another.
    report(&mut world, 0, 0);
    world.pay_exits().fails(E::LiensExceedCapital);
    world.deposit("ben", 500_000 * UNIT).ok();
    world.pay_exits().fails(E::LiensExceedCapital);
    world.await_room_beside(E::LiensExceedCapital);
    world.pay_exits().ok();
    assert_eq!(world.read_epoch(0).contested_incidents, 2);
    world.check_books();
}

#[test]
fn pay_exits_leaves_no_less_than_the_cover_without_an_incident_needs() {
    let mut world = waiting([400_000, 1_000_000]);
    report(&mut world, 0, 0);
    // 400,000 of the million are set aside; the other million of cover needs 500,000 of the 600,000 that are free.
    let event = paid(&world.pay_exits().ok());
    let pool = world.read_pool();
    let free = pool.capital - pool.own_liens().unwrap();
    assert!((500_000 * UNIT..500_000 * UNIT + 5).contains(&free), "{free}");
    assert!(event.waiting > 0);
    world.check_books();
}

#[test]
fn pay_exits_waits_while_more_is_set_aside_than_there_is() {
    let mut world = waiting([900_000, 600_000]);
    report(&mut world, 0, 0);
    report(&mut world, 1, 0);
    world.pay_exits().fails(E::LiensExceedCapital);
    world.fund("ben", 500_000 * UNIT);
    world.deposit("ben", 500_000 * UNIT - 1).ok();
    world.pay_exits().fails(E::LiensExceedCapital);
    world.deposit("ben", 1).ok();
    // New money makes no room.
    world.pay_exits().fails(E::LiensExceedCapital);
    world.await_room_beside(E::LiensExceedCapital);
    world.pay_exits().ok();
    world.check_books();
}

#[test]
fn pay_exits_waits_until_what_nobody_claimed_is_freed() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    let incident = report(&mut world, 0, 0);
    judge(&mut world, 0, 0, Some(FOR));
    let filing_ends = world.chain.read::<Incident>(&incident).filing_ends_at;
    world.chain.set_now(filing_ends - 7 * DAY);
    world.request_exit("ada", 0, SHARES).ok();
    world.chain.set_now(filing_ends);
    assert_eq!(world.read_epoch(0).day * DAY, filing_ends);
    world.pay_exits().fails(E::FilingDue);
    world.end_filing(0, 0).ok();
    // Nobody claimed anything: nothing is contested.
    let event = paid(&world.pay_exits().ok());
    assert_eq!((event.contested, event.waiting), (0, 0));
    world.check_books();
}

#[test]
fn pay_exits_waits_while_prices_begin_to_show_an_incident() {
    let mut world = waiting([0, 0]);
    let (pool, until) = (world.pool(), world.now() + 3_600);
    edit(&mut world, &pool, offset_of!(Pool, exits_wait_until), &until.to_le_bytes());
    world.chain.set_now(until - 1);
    world.pay_exits().fails(E::ExitHeld);
    world.pass(1);
    world.pay_exits().ok();
}

#[test]
fn pay_exits_pays_a_price_that_burning_shares_does_not_move() {
    let mut world = waiting([0, 0]);
    let (ada, mint, shares) = (world.key("ada"), world.share_mint(), world.share_tokens("ada"));
    let gone = 300_000 * UNIT * 1_000;
    let burn = spl_token_interface::instruction::burn(&spl_token_interface::ID, &shares, &mint, &ada, &[], gone);
    world.send(burn.unwrap(), &["ada"]).ok();
    let before = world.read_pool();
    assert_eq!(world.share_supply(), before.shares - gone);
    world.pay_exits().ok();
    assert_eq!(world.read_pool().exits_due, 600_000 * UNIT);
    assert_eq!(world.read_pool().shares, before.shares - SHARES);
    world.check_books();
}

#[test]
fn pay_exits_refuses_another_pools_accounts() {
    let mut world = waiting([0, 0]);
    let second = second_pool(&mut world);
    let instruction = world.pay_exits_accounts(0).instruction();
    let (pool, foreign) = (world.pool(), exit_epoch_address(&second, 0));
    let mut elsewhere = world.chain.account(&exit_epoch_address(&pool, 0)).unwrap();
    elsewhere.data[8 + offset_of!(ExitEpoch, pool)..][..32].copy_from_slice(second.as_ref());
    world.chain.set_account(&foreign, elsewhere);
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, foreign, error(E::WrongPool)),
            (3, exit_escrow_address(&second, 0), error(E::WrongVault)),
            (4, share_mint_address(&second, 0), error(E::WrongShareMint)),
            (5, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    for slot in 0..=4 {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &[]).ok();
}
