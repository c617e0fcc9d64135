//! T01, T05, T06, T18, T30, T31 and T33 around draws, T52, T81 and T87: what LPs, a venue, its holders and those who report or
//! challenge might try.

use crate::{
    court::{another_account, case, cover, file, read_verdict, tally, until},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, authority_product};
use solana_address::Address;

/// The authority product.
pub const VENUE: u16 = 2;

/// Two LPs of half a million each, and a venue that insures `amount` and may draw `limit_bps` of the capital a day, half of
/// it at once.
pub fn venue(amount: u64, limit_bps: u16) -> (Play, Address) {
    let draws = DrawParams { period: DAY, limit_bps };
    let mut world = shared_beside(|world| {
        world.list_product(VENUE, ProductParams { draws, ..authority_product("Venue shortfall") }).ok();
    });
    world.fund("venue", 500_000 * UNIT);
    world.buy("venue", VENUE, 0, amount, 365).ok();
    world.pass_days(2);
    let policy = world.policy(VENUE, "venue", 0);
    (world, policy)
}

/// What a loss brings the venue.
pub fn draw(world: &mut Play, policy: &Address, loss: u64) -> u64 {
    let before = world.balance("venue");
    world.draw("venue", "venue", VENUE, policy, loss).ok();
    world.balance("venue") - before
}

#[test]
fn t01_leave_ahead_of_a_draw() {
    let (mut world, policy) = venue(200_000 * UNIT, 10_000);
    let day = ask_for_all(&mut world, "mallory", 0);
    let drawn = draw(&mut world, &policy, u64::MAX);
    assert_eq!(drawn, 200_000 * UNIT);
    // Out of her hands, her shares bear it as all others do.
    until_day(&mut world, day);
    let got = leave(&mut world, "mallory", 0, day);
    assert!(got <= worth(&mut world, "honest") && got < HALF - 99_000 * UNIT);
    world.check_books();
}

#[test]
fn t05_come_around_a_draw() {
    for ahead in [true, false] {
        let (mut world, policy) = venue(200_000 * UNIT, 10_000);
        world.fund("trent", HALF);
        let [stayed, paid] = [worth(&mut world, "honest"), HALF];
        let mut drawn = 0;
        if !ahead {
            drawn = draw(&mut world, &policy, u64::MAX);
        }
        let after_draw = worth(&mut world, "honest");
        world.deposit("trent", HALF).ok();
        // Nothing of who was there before: the price is what it was.
        assert!(worth(&mut world, "honest") >= after_draw && worth(&mut world, "trent") <= paid);
        if ahead {
            drawn = draw(&mut world, &policy, u64::MAX);
            let (honest, trent) = (worth(&mut world, "honest"), worth(&mut world, "trent"));
            // Each bears the part of the draw that is theirs of the capital.
            let lost = |now: u64, before: u64| u128::from(before - now) * 1_000_000_000 / u128::from(before);
            assert!(lost(honest, stayed).abs_diff(lost(trent, paid)) <= 1, "{honest} {trent}");
            assert!(trent < paid - drawn / 4);
        } else {
            // He has paid for what still streams of the premium of what was drawn, and gets it.
            let end = world.read_pool().income_end_day;
            until_day(&mut world, end);
            world.roll_product(VENUE).ok();
            assert!(worth(&mut world, "trent") + 2 >= paid);
        }
        assert_eq!(drawn, 200_000 * UNIT);
        world.check_books();
    }
}

#[test]
fn t06_deposit_draw_and_exit_in_one_transaction() {
    let (mut world, policy) = venue(200_000 * UNIT, 10_000);
    let (shares, seen) = (1_000 * UNIT, world.seen());
    let draw = world.draw_accounts("venue", "venue", VENUE, &policy).instruction(u64::MAX, 0);
    let ask = world.request_exit_accounts("mallory", 0, 0).instruction(0, 0, shares);
    let enter = world.deposit_accounts("mallory").instruction(UNIT, 0, &seen);
    world.roll_product(0).ok();
    let before = world.read_pool();
    world.send_all(&[enter, ask, draw.clone()], &["mallory", "venue"]).ok();
    let after = world.read_pool();
    assert_eq!(after.capital, before.capital + UNIT - 200_000 * UNIT);
    assert_eq!(after.exiting_shares, shares, "still there to bear it");
    // Twice in one transaction brings no more than once.
    world.send_all(&[draw.clone(), draw], &["venue"]).ok();
    assert_eq!(world.read_pool().capital, after.capital);
    world.check_books();
}

#[test]
fn t18_draw_twice() {
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    let pay = world.pay_booking_accounts("venue", VENUE, &policy, 0).instruction();
    let first = draw(&mut world, &policy, 200_000 * UNIT);
    assert!(first > 24_900 * UNIT && first < 25_100 * UNIT);
    world.send(pay.clone(), &[]).fails(E::NothingDue);
    world.pass(DAY);
    // In one transaction it fails as a whole.
    world.send_all(&[pay.clone(), pay.clone()], &[]).fails(E::NothingDue);
    world.send(pay.clone(), &[]).ok();
    world.send(pay, &[]).fails(E::NothingDue);
    // Split into as many losses as one likes, a second gives no more: each is paid of what those before it left.
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    world.roll_product(VENUE).ok();
    let most = world.read_pool().day_capital / 40;
    let drawn: u64 = (0..50).map(|_| draw(&mut world, &policy, 1_000 * UNIT)).sum();
    assert!(drawn <= most && drawn > most / 100 * 97, "{drawn} of {most}");
    world.check_books();
}

#[test]
fn t30_draw_after_600_idle_days() {
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    for days in 1..=200 {
        world.fund("dora", 10 * UNIT);
        world.buy("dora", 0, days.into(), UNIT, days).ok();
    }
    world.pass_days(360);
    let receipt = world.draw("venue", "venue", VENUE, &policy, 100_000 * UNIT).ok();
    println!("draw, 360 idle days: {} units", receipt.units());
    assert!(receipt.units() < 200_000);
    world.check_books();
}

#[test]
fn t31_a_holder_without_an_account() {
    let (mut world, policy) = venue(200_000 * UNIT, 10_000);
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", VENUE, 0, 100_000 * UNIT, 90).ok();
    world.pass_days(2);
    let doras = world.policy(VENUE, "dora", 0);
    let receiver = world.tokens("dora", &world.asset());
    let closed = world.chain.account(&receiver).unwrap();
    world.chain.set_account(&receiver, solana_account::Account::default());
    let instruction = world.draw_accounts("venue", "dora", VENUE, &doras).instruction(50_000 * UNIT, 0);
    world.send(instruction, &["venue"]).fails_with(solana_instruction_error::InstructionError::InvalidAccountData);
    // Others are paid, and she is once there is an account: hers, or one she signs for.
    assert_eq!(draw(&mut world, &policy, 20_000 * UNIT), 10_000 * UNIT);
    let purse = another_account(&mut world, "dora");
    let accounts = Draw { receiver: purse, ..world.draw_accounts("venue", "dora", VENUE, &doras) };
    world.send(accounts.instruction(50_000 * UNIT, 0), &["venue"]).fails(E::WrongReceiver);
    let chosen = harness::trials::signed(accounts.instruction(50_000 * UNIT, 0), 4);
    world.send(chosen, &["venue", "dora"]).ok();
    assert_eq!(world.balance_of(&purse), 45_000 * UNIT);
    world.chain.set_account(&receiver, closed);
    world.draw("venue", "dora", VENUE, &doras, UNIT).ok();
    world.check_books();
}

#[test]
fn t33_draw_a_pool_empty() {
    let (mut world, policy) = venue(2 * HALF, 10_000);
    world.fund("dora", 500_000 * UNIT);
    world.buy("dora", 0, 0, 500_000 * UNIT, 90).ok();
    world.pass_days(3);
    // Half of all capital at once, and the rest as fast as the bucket fills: not an atom of what is the buyers', the treasury's
    // or the assessors'.
    world.roll_product(0).ok();
    let before = world.read_pool();
    let first = draw(&mut world, &policy, u64::MAX);
    assert_eq!(first, before.day_capital / 2);
    pay_to_the_end(&mut world, &policy);
    let after = world.read_pool();
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.open_claims, after.open_incidents), (0, 0), "nothing is waited for");
    assert!(read.paid > 2 * HALF - UNIT, "{} of {}", read.paid, 2 * HALF);
    assert_eq!((after.assessors, after.treasury_due), (before.assessors, before.treasury_due));
    // Nothing is sold, and nobody who deposits pays for it.
    world.buy("mallory", 0, 0, 100_000 * UNIT, 30).fails(E::ProductCapacity);
    world.quote(0, 100_000 * UNIT, 30).fails(E::ProductCapacity);
    world.fund("trent", HALF);
    world.deposit("trent", HALF).ok();
    let end = world.read_pool().income_end_day;
    until_day(&mut world, end);
    world.roll_product(VENUE).ok();
    assert!(worth(&mut world, "trent") + UNIT >= HALF);
    world.check_books();
}

/// Pays what can be paid of the first booking every half day until it ends, and returns what was paid.
fn pay_to_the_end(world: &mut Play, policy: &Address) -> u64 {
    let before = world.balance("venue");
    let booking = world.incident(VENUE, 0);
    while case(world, &booking).check_open().is_ok() {
        world.pass(DAY / 2);
        world.pay_booking("venue", VENUE, policy, 0).ok();
        world.check_books();
    }
    world.balance("venue") - before
}

#[test]
fn t52_leave_between_a_loss_and_its_metered_draws() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    let day = ask_for_all(&mut world, "mallory", 0);
    // The loss is reported in the last minute before she can be paid: the bucket pays a fortieth of the capital.
    until_day(&mut world, day);
    world.pass(1);
    let first = draw(&mut world, &policy, u64::MAX);
    assert!(first > 24_900 * UNIT && first < 25_200 * UNIT, "{first}");
    let mut got = leave(&mut world, "mallory", 0, day);
    // What is booked she takes along as contested: she has less than half of what is not.
    assert!(got < HALF - 199_000 * UNIT, "{got}");
    let paid = pay_to_the_end(&mut world, &policy);
    assert_eq!(first + paid, 400_000 * UNIT);
    // All of it was paid: nothing comes back, and an equal LP who stayed bears as much.
    let booking = world.incident(VENUE, 0);
    world.release_contested(&booking, 0).ok();
    got += collect_any(&mut world, "mallory");
    let stayed = worth(&mut world, "honest");
    println!("the leaver got {} (it was 475,112), an equal LP keeps {} (it was 125,935)", got / UNIT, stayed / UNIT);
    assert!(got <= stayed, "{got} against {stayed}");
    assert!(got < 301_000 * UNIT && stayed < 302_000 * UNIT, "both bear half: {got}, {stayed}");
    world.check_books();
}

#[test]
fn t52_leave_until_a_booking_waits_for_a_bucket_of_next_to_nothing() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    let first = draw(&mut world, &policy, u64::MAX);
    // Nobody pays it. The cover is over, but counts until the booking ends: nearly everyone asks to leave, and most do.
    world.pass_days(400);
    world.roll_product(VENUE).ok();
    let day = ask_for_all(&mut world, "mallory", 0);
    let most = world.shares("honest") / 1_000_000 * 999_999;
    world.request_exit("honest", 0, most).ok();
    until_day(&mut world, day);
    let mut got = leave(&mut world, "mallory", 0, day);
    got += collect_any(&mut world, "honest");
    world.pass(DAY);
    world.roll_product(VENUE).ok();
    let pool = world.read_pool();
    let booking = world.incident(VENUE, 0);
    let booked = case(&mut world, &booking).approved;
    let (there, left) = (pool.day_capital, pool.contested);
    assert!((booked / 2..=booked / 2 + 1).contains(&there) && left > booked / 2, "{there} {left} of {booked}");
    // All of it is due by now: one call pays it and ends it, of what those who left have in it.
    let venue = world.balance("venue");
    world.pay_booking("venue", VENUE, &policy, 0).ok();
    assert!(case(&mut world, &booking).check_open().is_err());
    assert_eq!(first + world.balance("venue") - venue, 400_000 * UNIT);
    // Together they bore it, and nothing of theirs is left behind.
    world.release_contested(&booking, 0).ok();
    world.call_exits().ok();
    world.pass(DAY);
    world.pay_exits().ok();
    got += collect_any(&mut world, "mallory") + collect_any(&mut world, "honest");
    got += worth(&mut world, "honest");
    assert!(got > 600_000 * UNIT && got < 650_000 * UNIT, "{got}");
    assert_eq!(world.read_pool().open_incidents, 0);
    world.check_books();
}

#[test]
fn t52_a_booking_that_the_capital_cannot_pay_ends_for_what_there_is() {
    let (mut world, policy) = venue(2 * HALF, 500);
    let doras = cover(&mut world, "dora", 0, 500_000 * UNIT);
    world.pass_days(3);
    let first = draw(&mut world, &policy, u64::MAX);
    let booking = world.incident(VENUE, 0);
    let booked = case(&mut world, &booking).approved;
    assert_eq!(first + booked, 2 * HALF);
    // Nearly all that there is was booked; another incident shares it.
    let incident = report(&mut world, 0, 0);
    file(&mut world, "dora", &doras, &incident, 500_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    assert!(case(&mut world, &incident).held_back > 0, "for the booking may come to nothing");
    // Nobody pays it until all of it is due: a fortieth a day.
    world.pass_days(41);
    for _ in 0..2 {
        if case(&mut world, &booking).check_open().is_ok() {
            world.pay_booking("venue", VENUE, &policy, 0).ok();
        }
    }
    let found = case(&mut world, &booking);
    assert!(found.check_open().is_err() && found.settled < booked, "{} of {booked}", found.settled);
    // Its share, and no more is owed: the rest of the sum insured is there again, and no loss to draw it for.
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.claimed, read.paid, read.open_claims), (first + found.settled, first + found.settled, 0));
    assert_eq!(world.read_pool().open_incidents, 0);
    world.settle_rest(&incident).ok();
    // The other gets as large a part of what it demands, and nothing is left.
    let other = case(&mut world, &incident);
    let part = |settled: u64, due: u64| u128::from(settled) * 1_000 / u128::from(due);
    assert!(part(found.settled, booked).abs_diff(part(other.settled, other.approved)) <= 20);
    assert_eq!(other.held_back, 0);
    assert!(world.read_pool().capital < 10_000 * UNIT, "{}", world.read_pool().capital);
    world.check_books();
}

/// What a ticket still gets, if it gets something.
fn collect_any(world: &mut Play, name: &str) -> u64 {
    let before = world.balance(name);
    drop(world.collect_exit(name, 0));
    world.balance(name) - before
}

#[test]
fn t52_a_false_report_starves_no_venue() {
    // A fifth of the capital at once.
    let (mut world, policy) = venue(200_000 * UNIT, 4_000);
    world.fund("dora", 500_000 * UNIT);
    world.buy("dora", 0, 0, 990_000 * UNIT, 90).ok();
    world.pass_days(2);
    // For a bond of a thousandth all other cover is set aside, nearly all there is.
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
    let pool = world.read_pool();
    assert!(pool.unencumbered().unwrap() < 20_000 * UNIT);
    let drawn = draw(&mut world, &policy, 210_000 * UNIT);
    println!("beside a false report the venue draws {} of 200,000 (it was 282)", drawn / UNIT);
    assert_eq!(drawn, 200_000 * UNIT);
    assert_eq!(world.read_product(VENUE).incident_count, 0, "nothing is left to be booked");
    world.check_books();
}

#[test]
fn t52_draw_at_the_end_of_a_period_and_at_the_begin_of_the_next() {
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    world.roll_product(VENUE).ok();
    // In the last second of a day, and in the first of the next: never more than half of the limit in a second.
    let midnight = world.now() / DAY + 1;
    until_day(&mut world, midnight);
    world.pass(DAY - 1);
    world.roll_product(VENUE).ok();
    let capital = world.read_pool().capital;
    let first = draw(&mut world, &policy, 100_000 * UNIT);
    world.pass(1);
    let second = draw(&mut world, &policy, 100_000 * UNIT);
    world.pay_booking("venue", VENUE, &policy, 0).ok();
    let paid = world.chain.read::<Policy>(&policy).paid;
    println!(
        "within a second, at 5% a day: {}% of the capital (it was 9.75%)",
        (paid * 10_000).div_ceil(capital) as f64 / 100.0
    );
    assert!(first + second <= paid && paid <= capital / 40 + UNIT, "{paid} of {capital}");
    // Nor more than all of it in a day, however often somebody asks.
    for _ in 0..24 {
        world.pass(DAY / 24);
        drop(world.pay_booking("venue", VENUE, &policy, 0));
    }
    let paid = world.chain.read::<Policy>(&policy).paid;
    assert!(paid <= capital / 20 + 2 * UNIT && paid > capital / 20 - 1_000 * UNIT, "{paid} of {capital}");
    world.check_books();
}

#[test]
fn t81_a_venue_that_was_taken_over() {
    // It draws on a policy that somebody else holds: the holder is paid, and nobody else, at the pace of the limit.
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", VENUE, 0, 200_000 * UNIT, 90).ok();
    world.pass_days(2);
    let doras = world.policy(VENUE, "dora", 0);
    let elsewhere = Draw {
        receiver: world.tokens("mallory", &world.asset()),
        ..world.booking_accounts("venue", "dora", VENUE, &doras)
    };
    world.send(elsewhere.instruction(u64::MAX, 0), &["venue"]).fails(E::WrongReceiver);
    let before = (world.balance("venue"), world.balance("dora"), world.read_pool().capital);
    // Or it books all that its policies have left, and does nothing more: paying it needs no word of the venue.
    world.draw("venue", "dora", VENUE, &doras, u64::MAX).ok();
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    let first = world.balance("dora") - before.1;
    assert!(first <= before.2 / 40 + UNIT);
    world.pass(DAY);
    world.pay_booking("dora", VENUE, &doras, 0).ok();
    assert!(world.balance("dora") > before.1 + first);
    assert_eq!(world.balance("venue"), before.0);
    // Who sees that it is false stops it with a hundredth of it, before a day is over: what was not paid is not paid.
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    let paid = draw(&mut world, &policy, u64::MAX);
    let booking = world.incident(VENUE, 0);
    world.fund("trent", 10_000 * UNIT);
    let trent = world.balance("trent");
    world.challenge("trent", VENUE, 0).ok();
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    world.vote("vera", &booking, 0).ok();
    world.close_ballot(&booking).ok();
    read_verdict(&mut world, &booking);
    world.collect_bond("trent", &booking).ok();
    assert_eq!(world.balance("trent"), trent);
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.paid, read.claimed), (paid, paid), "and it cost the pool what one bucket holds");
    world.check_books();
}

/// A thief of the venue's authority books a false loss of all that is insured. What was truly lost while the ballot on it ran found the sum
/// insured used up: it was forgotten when the booking was found false, 50,000 of 50,000. It counts now.
#[test]
fn t81_lose_something_while_a_false_booking_is_decided() {
    // 400,000 are insured, of which the holder bears 20,000.
    let loss = 50_000 * UNIT;
    for falsely in [u64::MAX, 410_000 * UNIT, 400_000 * UNIT] {
        let (mut world, policy) = venue(400_000 * UNIT, 500);
        let claimed = |world: &mut Play| world.chain.read::<Policy>(&policy).claimed;
        let paid = draw(&mut world, &policy, falsely);
        let booking = world.incident(VENUE, 0);
        world.fund("trent", 10_000 * UNIT);
        world.challenge("trent", VENUE, 0).ok();
        // The true loss, one half and the other.
        for _ in 0..2 {
            draw(&mut world, &policy, loss / 2);
        }
        world.draw("venue", "venue", VENUE, &policy, 0).fails(E::ZeroAmount);
        reject(&mut world, &booking);
        // What the pool has lost falsely is what the bucket held; the venue draws for what it has truly lost.
        drop(world.draw("venue", "venue", VENUE, &policy, 0));
        println!("{} of {} count", (claimed(&mut world) - paid) / UNIT, loss / UNIT);
        assert_eq!(claimed(&mut world), paid + loss);
        world.draw("venue", "venue", VENUE, &policy, 0).fails(E::ZeroAmount);
        // And for what it loses later; all of it together within the sum insured, and the false loss no more.
        draw(&mut world, &policy, 10_000 * UNIT);
        assert_eq!(claimed(&mut world), paid + loss + 10_000 * UNIT);
        draw(&mut world, &policy, u64::MAX);
        assert_eq!(claimed(&mut world), 400_000 * UNIT);
        world.check_books();
    }
}

/// False losses that find no room book nothing, so nobody can challenge them. However many there are, together they
/// are drawn for once more: what the bucket holds at once, twice, and bookings of the rest, which can be. 73,000 instead of 25,000.
#[test]
fn t81_report_false_losses_behind_a_false_booking() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    let paid = draw(&mut world, &policy, u64::MAX);
    world.fund("trent", 10_000 * UNIT);
    for _ in 0..20 {
        assert_eq!(draw(&mut world, &policy, u64::MAX), 0);
    }
    let mut bursts = paid;
    for nth in 0..3 {
        let booking = world.incident(VENUE, nth);
        world.challenge("trent", VENUE, nth).ok();
        reject(&mut world, &booking);
        if nth < 2 {
            bursts += draw(&mut world, &policy, 0);
        }
    }
    world.draw("venue", "venue", VENUE, &policy, 0).fails(E::ZeroAmount);
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.paid, read.claimed, read.open_claims), (bursts, bursts, 0));
    assert!(bursts < 76_000 * UNIT, "{bursts}");
    // What is truly lost from then on counts in full.
    draw(&mut world, &policy, 10_000 * UNIT);
    assert_eq!(world.chain.read::<Policy>(&policy).claimed, bursts + 10_000 * UNIT);
    world.check_books();
}

/// The jury finds a booking false.
fn reject(world: &mut Play, booking: &Address) {
    world.vote("vera", booking, 0).ok();
    world.close_ballot(booking).ok();
    read_verdict(world, booking);
}

#[test]
fn t87_liens_elsewhere_starve_no_backstop() {
    let (mut world, policy) = venue(200_000 * UNIT, 500);
    let covers = [(0, "dora"), (1, "emil")].map(|(index, name)| {
        world.fund(name, 500_000 * UNIT);
        world.buy(name, index, 0, 800_000 * UNIT, 90).ok();
        index
    });
    world.pass_days(2);
    // Reports on everything set more aside than there is.
    for index in covers {
        let now = world.now();
        world.open_incident("opal", index, 0, now).ok();
    }
    let pool = world.read_pool();
    assert_eq!(pool.unencumbered(), Ok(0));
    assert_eq!(pool.drawable(), Ok(pool.capital));
    let first = draw(&mut world, &policy, u64::MAX);
    assert!(first > 24_900 * UNIT);
    world.pass(DAY);
    world.pay_booking("venue", VENUE, &policy, 0).ok();
    assert!(world.chain.read::<Policy>(&policy).paid > 2 * first - 1_000 * UNIT);
    world.check_books();
}

#[test]
fn t87_book_be_challenged_by_a_friend_and_let_leavers_pay() {
    for counts in [true, false] {
        let (mut world, policy) = venue(400_000 * UNIT, 500);
        let day = ask_for_all(&mut world, "honest", 0);
        until_day(&mut world, day);
        let first = draw(&mut world, &policy, u64::MAX);
        let booking = world.incident(VENUE, 0);
        // The friend holds it up while others leave; mallory stays.
        world.fund("trent", 10_000 * UNIT);
        world.challenge("trent", VENUE, 0).ok();
        let bond = case(&mut world, &booking).bond;
        let mut got = leave(&mut world, "honest", 0, day);
        world.vote("vera", &booking, u8::from(counts)).ok();
        let closes_at = tally(&mut world, &booking).closes_at;
        until(&mut world, closes_at);
        world.close_ballot(&booking).ok();
        let venue = world.balance("venue");
        read_verdict(&mut world, &booking);
        if counts {
            // Half of what the friend lost is the holder's.
            world.fund("venue", 0);
            world.collect_bond("venue", &booking).ok();
            assert_eq!(world.balance("venue"), venue + bond / 2);
            assert_eq!(first + pay_to_the_end(&mut world, &policy), 400_000 * UNIT);
        }
        got += take_back_any(&mut world, "honest", &booking);
        let stayed = worth(&mut world, "mallory");
        // Whoever left bears what the other bears, but for what premiums and bonds brought those who stayed.
        assert!(got <= stayed && stayed - got < 2_000 * UNIT, "{counts}: {got} against {stayed}");
        let lost = HALF - got;
        let half = if counts { 200_000 * UNIT } else { first / 2 };
        assert!(lost.abs_diff(half) < 2_000 * UNIT, "{counts}: {lost}");
        world.check_books();
    }
}

/// Gives the epoch of an actor's ticket back what it has in a booking, and pays what there is.
fn take_back_any(world: &mut Play, name: &str, booking: &Address) -> u64 {
    world.release_contested(booking, 0).ok();
    collect_any(world, name)
}
