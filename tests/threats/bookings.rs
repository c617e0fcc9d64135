//! T26, T27, T81 and T87 around bookings: what a venue, its friends and other claimants might try where the capital is too little
//! for all.

use crate::{
    court::{case, close_against, cover, file, open, read_verdict, until, until_settleable},
    draws::{VENUE, venue},
    stage::*,
};
use coverage_client::*;
use coverage_math::{DAY, settlement};
use harness::{Chain, UNIT};
use solana_address::Address;

/// What a settled or a booked amount brought of what was due, thousandths.
fn part(got: u64, due: u64) -> u128 {
    u128::from(got) * 1_000 / u128::from(due)
}

/// Gus insures 900,000 and claims all of it; the verdict on it can be read.
fn claim_900_000(world: &mut Play) -> Address {
    let gus = cover(world, "gus", 0, 900_000 * UNIT);
    world.pass_days(2);
    let incident = open(world, 0, 0);
    file(world, "gus", &gus, &incident, 900_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    incident
}

/// A venue that has booked what its bucket does not hold, beside an incident that was accepted afterwards: the policy, the incident, the
/// capital and what was booked.
fn beside_an_incident(limit_bps: u16) -> (Play, Address, Address, [u64; 2]) {
    let (mut world, policy) = venue(1_000_000 * UNIT, limit_bps);
    let incident = claim_900_000(&mut world);
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    read_verdict(&mut world, &incident);
    world.roll_product(0).ok();
    let booking = world.incident(VENUE, 0);
    let numbers = [world.read_pool().capital, case(&mut world, &booking).approved];
    (world, policy, incident, numbers)
}

/// A booking's share of the capital beside a claim of 855,000.
fn share_beside(capital: u64, booked: u64) -> u64 {
    settlement::available(capital, booked, booked + 855_000 * UNIT).unwrap()
}

/// What the first booking of a policy is paid by calling for it every `step` seconds, `times` times.
fn call_for(world: &mut Play, holder: &str, policy: &Address, nth: u32, (step, times): (u64, u32)) -> u64 {
    let before = world.balance(holder);
    for _ in 0..times {
        drop(world.pay_booking(holder, VENUE, policy, nth));
        world.pass(step);
    }
    world.balance(holder) - before
}

#[test]
fn t27_pay_a_booking_again_and_again_ahead_of_an_incident() {
    let mut got = [(0u64, 0u64); 2];
    for (at, times) in [1, 121].into_iter().enumerate() {
        let (mut world, policy, incident, [capital, booked]) = beside_an_incident(10_000);
        let paid = call_for(&mut world, "venue", &policy, 0, (3_600, times));
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        let (fair, settled) = (share_beside(capital, booked), case(&mut world, &incident).settled);
        println!(
            "{times} calls: the booking got {}, its share is {}; the incident {}",
            paid / UNIT,
            fair / UNIT,
            settled / UNIT
        );
        // What premiums bring meanwhile is shared too.
        assert!(paid.abs_diff(fair) < 10_000 * UNIT, "the claim is of less than what was reserved: {paid} of {fair}");
        got[at] = (paid, settled);
        world.check_books();
    }
    let [once, often] = got;
    assert!(often.0 - once.0 < 1_000 * UNIT && once.1.abs_diff(often.1) < 1_000 * UNIT, "{once:?} {often:?}");
}

/// The same without hurry: a keeper who pays twice a day.
#[test]
fn t27_pay_a_booking_daily_ahead_of_an_incident() {
    for limit in [500, 1_000, 2_000] {
        let (mut world, policy, incident, [capital, booked]) = beside_an_incident(limit);
        let ends = case(&mut world, &incident).disputes_end_at;
        let days = u32::try_from((ends - world.now()) / (DAY / 2)).unwrap() + 1;
        let mut paid = call_for(&mut world, "venue", &policy, 0, (DAY / 2, days));
        world.settle(0, 0).ok();
        paid += call_for(&mut world, "venue", &policy, 0, (DAY / 2, 120));
        world.settle_rest(&incident).ok();
        let (fair, settled) = (share_beside(capital, booked), case(&mut world, &incident).settled);
        println!(
            "{limit}: the booking got {}, its share is {}; the incident {}",
            paid / UNIT,
            fair / UNIT,
            settled / UNIT
        );
        assert!(paid.abs_diff(fair) < fair / 50, "{limit}: {paid} of {fair}");
        assert!(part(paid, booked).abs_diff(part(settled, 855_000 * UNIT)) <= 20);
        let booking = world.incident(VENUE, 0);
        assert!(case(&mut world, &booking).check_open().is_err(), "and nothing waits any more");
        world.check_books();
    }
}

/// A venue and a holder that it draws for, with two bookings, in a pool that has just paid for 855,000: the policies, and what was
/// booked.
fn two_bookings() -> (Play, [Address; 2], [u64; 2]) {
    let (mut world, policy) = venue(500_000 * UNIT, 10_000);
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", VENUE, 0, 490_000 * UNIT, 90).ok();
    let doras = world.policy(VENUE, "dora", 0);
    let incident = claim_900_000(&mut world);
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    world.pass(DAY);
    world.draw("venue", "dora", VENUE, &doras, u64::MAX).ok();
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    let booked = [0, 1].map(|nth| {
        let booking = world.incident(VENUE, nth);
        case(&mut world, &booking).approved
    });
    assert!(booked.iter().sum::<u64>() > 6 * world.read_pool().capital);
    (world, [doras, policy], booked)
}

#[test]
fn t26_pay_ones_own_booking_again_and_again() {
    let (mut world, [doras, policy], booked) = two_bookings();
    world.pass(2 * DAY);
    let venue = call_for(&mut world, "venue", &policy, 1, (1_800, 60));
    let dora = call_for(&mut world, "dora", &doras, 0, (0, 1));
    println!("dora {} and the venue {} of {:?}", dora / UNIT, venue / UNIT, booked.map(|atoms| atoms / UNIT));
    assert!(dora > 30_000 * UNIT && part(dora, booked[0]).abs_diff(part(venue, booked[1])) <= 10);
    world.check_books();
}

#[test]
fn t87_challenge_the_other_booking_to_be_paid_first() {
    let (mut world, [doras, policy], _) = two_bookings();
    world.fund("trent", 10_000 * UNIT);
    world.challenge("trent", VENUE, 0).ok();
    let booking = world.incident(VENUE, 0);
    let bond = case(&mut world, &booking).bond;
    let venue = call_for(&mut world, "venue", &policy, 1, (DAY / 2, 4));
    world.vote("vera", &booking, 1).ok();
    world.close_ballot(&booking).ok();
    read_verdict(&mut world, &booking);
    let dora = call_for(&mut world, "dora", &doras, 0, (0, 1));
    println!("for a bond of {}: dora {} and the venue {}", bond / UNIT, dora / UNIT, venue / UNIT);
    assert!(dora > 30_000 * UNIT && venue < 45_000 * UNIT, "{dora} {venue}");
    world.check_books();
}

/// Two accepted incidents and two bookings, of which one is challenged: in any order each gets as large a part of what it demands.
#[test]
fn t27_two_incidents_and_two_bookings_one_of_them_challenged() {
    for (stands, eager) in [(true, true), (true, false), (false, true), (false, false)] {
        let (mut world, policy) = venue(500_000 * UNIT, 2_000);
        world.fund("dora", 100_000 * UNIT);
        world.buy("dora", VENUE, 0, 400_000 * UNIT, 365).ok();
        let doras = world.policy(VENUE, "dora", 0);
        let covers =
            [(0, "gus"), (1, "fay")].map(|(index, name)| (index, name, cover(&mut world, name, index, 500_000 * UNIT)));
        world.pass_days(2);
        let incidents = covers.map(|(index, name, policy)| {
            let incident = open(&mut world, index, 0);
            file(&mut world, name, &policy, &incident, 500_000 * UNIT).ok();
            world.vote("vera", &incident, 1).ok();
            world.close_ballot(&incident).ok();
            incident
        });
        // A tenth of the capital is paid at once.
        world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
        world.draw("venue", "dora", VENUE, &doras, u64::MAX).ok();
        let bookings = [0, 1].map(|nth| world.incident(VENUE, nth));
        let booked = bookings.map(|booking| case(&mut world, &booking).approved);
        world.fund("trent", 10_000 * UNIT);
        world.challenge("trent", VENUE, 0).ok();
        world.vote("vera", &bookings[0], u8::from(stands)).ok();
        world.close_ballot(&bookings[0]).ok();
        for incident in &incidents {
            read_verdict(&mut world, incident);
        }
        assert_eq!(world.read_pool().rivals, 3);
        let times = if eager { 40 } else { 1 };
        let mut dora = call_for(&mut world, "dora", &doras, 1, (3_600, times));
        read_verdict(&mut world, &bookings[0]);
        let mut venue = 0;
        for (nth, incident) in (0..).zip(&incidents) {
            until_settleable(&mut world, incident);
            if eager {
                dora += call_for(&mut world, "dora", &doras, 1, (0, 1));
                venue += call_for(&mut world, "venue", &policy, 0, (0, 1));
            }
            world.settle(nth, 0).ok();
        }
        world.pass(DAY);
        for nth in [0, 1] {
            venue += call_for(&mut world, "venue", &policy, 0, (0, 1 + nth));
            dora += call_for(&mut world, "dora", &doras, 1, (0, 1 + nth));
        }
        for booking in &bookings {
            assert!(case(&mut world, booking).check_open().is_err());
        }
        for incident in &incidents {
            world.settle_rest(incident).ok();
        }
        let settled = incidents.map(|incident| case(&mut world, &incident).settled);
        let parts = [
            part(dora, booked[1]),
            part(if stands { venue } else { 0 }, booked[0]),
            part(settled[0], 475_000 * UNIT),
            part(settled[1], 475_000 * UNIT),
        ];
        println!("stands {stands}, eager {eager}: dora, venue, gus and fay get {parts:?} thousandths");
        assert!(stands || venue == 0);
        let claims = if stands { parts[1] } else { parts[0] };
        assert!([parts[0], parts[2], parts[3]].iter().all(|part| part.abs_diff(claims) <= 20), "{parts:?}");
        assert!(world.read_pool().capital < 12_000 * UNIT, "all is paid: {}", world.read_pool().capital / UNIT);
        world.check_books();
    }
}

/// The incident that a booking shares with stands behind another in its line: the booking waits for it, however long that one takes.
#[test]
fn t27_a_booking_beside_an_incident_that_waits_for_its_predecessor() {
    let (mut world, policy) = venue(1_000_000 * UNIT, 10_000);
    let gus = cover(&mut world, "gus", 0, 900_000 * UNIT);
    world.pass_days(2);
    let false_one = open(&mut world, 0, 0);
    let incident = open(&mut world, 0, 1);
    file(&mut world, "gus", &gus, &incident, 900_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    read_verdict(&mut world, &incident);
    world.roll_product(0).ok();
    let booking = world.incident(VENUE, 0);
    let (capital, booked) = (world.read_pool().capital, case(&mut world, &booking).approved);
    let mut paid = call_for(&mut world, "venue", &policy, 0, (DAY / 4, 60));
    until_settleable(&mut world, &incident);
    // Nobody votes on the first, and nobody ends it.
    assert!(world.settle(0, 1).is_err());
    paid += call_for(&mut world, "venue", &policy, 0, (DAY, 5));
    assert!(case(&mut world, &booking).check_open().is_ok() && part(paid, booked) < 400);
    while world.settle(0, 0).is_err() {
        drop(world.close_ballot(&false_one));
        world.pass(DAY / 2);
    }
    world.settle(0, 1).ok();
    world.pass(DAY);
    paid += call_for(&mut world, "venue", &policy, 0, (0, 1));
    world.settle_rest(&incident).ok();
    assert!(case(&mut world, &booking).check_open().is_err());
    let settled = case(&mut world, &incident).settled;
    println!("the booking got {} of {}, the incident {}", paid / UNIT, booked / UNIT, settled / UNIT);
    assert!(paid.abs_diff(share_beside(capital, booked)) < 10_000 * UNIT);
    assert!(part(paid, booked).abs_diff(part(settled, 855_000 * UNIT)) <= 20);
    world.check_books();
}

/// A false booking in the second in which an incident is settled ends no other booking for less than it gets without it.
#[test]
fn t81_book_a_false_loss_as_another_booking_ends() {
    let (mut world, policy) = venue(790_000 * UNIT, 500);
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", VENUE, 0, 200_000 * UNIT, 365).ok();
    let doras = world.policy(VENUE, "dora", 0);
    let gus = cover(&mut world, "gus", 0, 800_000 * UNIT);
    world.pass_days(2);
    world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok();
    let booking = world.incident(VENUE, 0);
    let booked = case(&mut world, &booking).approved;
    // The incident is reported late, and claims little of what it reserves.
    world.pass_days(35);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "gus", &gus, &incident, 150_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    call_for(&mut world, "venue", &policy, 0, (DAY, 8));
    let before = case(&mut world, &booking).settled;
    assert!(before < booked / 10 * 7, "{before} of {booked}");
    until_settleable(&mut world, &incident);
    world.end_filing(0, 0).ok();
    let settle = world.settle_accounts(0, 0).instruction();
    let book = world.booking_accounts("venue", "dora", VENUE, &doras).instruction(u64::MAX, 0);
    let pay = world.pay_booking_accounts("venue", VENUE, &policy, 0).instruction();
    world.send_all(&[settle, book, pay], &["venue"]).ok();
    let read = case(&mut world, &booking);
    println!("booked {}: {} paid before, {} now", booked / UNIT, before / UNIT, read.settled / UNIT);
    assert!(read.check_open().is_ok() && read.settled < booked, "it is short of something and goes on");
    // The false one is found out, and the true one is paid in full.
    world.fund("trent", 10_000 * UNIT);
    world.challenge("trent", VENUE, 1).ok();
    world.pass(DAY + 1);
    call_for(&mut world, "venue", &policy, 0, (0, 1));
    assert!(case(&mut world, &booking).check_open().is_ok());
    close_against(&mut world, VENUE, 1);
    world.decide(VENUE, 1).ok();
    call_for(&mut world, "venue", &policy, 0, (0, 1));
    let read = case(&mut world, &booking);
    assert_eq!((read.check_open().is_err(), read.settled), (true, booked));
    world.check_books();
}

/// What a thief of the venue's authority can take before anybody can stop it: no more, however the false losses are split.
#[test]
fn t81_what_a_stolen_authority_can_take() {
    const DAYS: u64 = 4;
    let mut taken = Vec::new();
    for way in ["draws that book nothing", "one booking", "bookings of 499, below the bond of a challenge"] {
        let (mut world, policy) = venue(400_000 * UNIT, 500);
        world.roll_product(VENUE).ok();
        let capital = world.read_pool().capital;
        let before = world.balance("venue");
        let level = level(&mut world);
        // The deductible is 20,000.
        world.draw("venue", "venue", VENUE, &policy, level + 20_000 * UNIT).ok();
        match way {
            "draws that book nothing" => {}
            "one booking" => drop(world.draw("venue", "venue", VENUE, &policy, u64::MAX).ok()),
            _ => (0..240).for_each(|_| drop(world.draw("venue", "venue", VENUE, &policy, 499 * UNIT).ok())),
        }
        let bookings = world.read_product(VENUE).incident_count;
        for _ in 0..DAYS * 4 {
            world.pass(DAY / 4);
            if bookings == 0 {
                let level = self::level(&mut world);
                world.draw("venue", "venue", VENUE, &policy, level).ok();
            }
            for nth in 0..bookings {
                drop(world.pay_booking("venue", VENUE, &policy, nth));
            }
        }
        let got = world.balance("venue") - before;
        // A burst, and half of the limit a day; half of the limit of what is booked, too, once it can no longer be challenged.
        let booked = if bookings == 0 { 0 } else { world.chain.read::<Policy>(&policy).claimed - level };
        let bound = capital / 40 * (1 + DAYS) + booked / 40 * (DAYS - 1);
        assert!(bound <= capital / 20 * DAYS, "the limit of each day");
        println!(
            "{way}: {} of {} within {DAYS} days; {bookings} bookings; at most {}",
            got / UNIT,
            capital / UNIT,
            bound / UNIT
        );
        assert!(got <= bound, "{got} of {bound}");
        taken.push(got);
        world.check_books();
    }
    // Split in many it brings what falls due of each beside the bucket, and no more.
    let [draws, one, many] = taken[..] else { unreachable!("three ways") };
    assert!(
        one.abs_diff(draws) < 1_000 * UNIT && many - one < 120_000 * UNIT / 40 * (DAYS - 1),
        "{draws} {one} {many}"
    );
}

/// Takes the bucket after money came in the last second of a day, left in the first of the next, or both, from a full bucket or
/// from half of one: nobody who stays loses a larger part than the limit says.
#[test]
fn t81_come_and_leave_around_midnight() {
    for (comes, leaves, half) in (0..8).map(|way| (way & 1 > 0, way & 2 > 0, way & 4 > 0)) {
        let (mut world, policy) = venue(400_000 * UNIT, 500);
        for name in ["eve", "fay"] {
            world.fund(name, 9_000_000 * UNIT);
        }
        let mut day = world.now() / DAY + 9;
        if leaves {
            world.deposit("eve", 9_000_000 * UNIT).ok();
            day = ask_for_all(&mut world, "eve", 0);
        }
        until(&mut world, day * DAY - 1);
        let before = worth(&mut world, "honest");
        let mut drawn = 0;
        let kept = 20_000 * UNIT;
        if half {
            drawn = level(&mut world) / 2;
            world.draw("venue", "venue", VENUE, &policy, kept + drawn).ok();
        }
        if comes {
            world.deposit("fay", 9_000_000 * UNIT).ok();
        }
        until_day(&mut world, day);
        if leaves {
            leave(&mut world, "eve", 0, day);
        }
        let level = level(&mut world);
        world.draw("venue", "venue", VENUE, &policy, level + if half { 0 } else { kept }).ok();
        assert_eq!(world.read_product(VENUE).incident_count, 0, "all of it at once");
        let lost = part(before - worth(&mut world, "honest"), before);
        println!(
            "comes {comes}, leaves {leaves}, half before {half}: {} + {}; honest lost {lost} thousandths",
            drawn / UNIT,
            level / UNIT
        );
        assert!(lost <= 25, "{lost} thousandths");
        world.check_books();
    }
}

/// The same as [`t81_come_and_leave_around_midnight`] where a settlement takes the capital in the day's first second.
#[test]
fn t81_draw_in_the_second_of_a_settlement() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    let incident = claim_900_000(&mut world);
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    let before = worth(&mut world, "honest");
    let level = level(&mut world);
    world.draw("venue", "venue", VENUE, &policy, level + 20_000 * UNIT).ok();
    assert!(world.read_product(VENUE).incident_count == 0 && before < HALF / 4, "{before}");
    assert!(part(before - worth(&mut world, "honest"), before) <= 25);
    world.check_books();
}

/// A pool that nobody touched for most of a year: its first instruction takes the capital down before money comes.
#[test]
fn t52_fill_the_bucket_of_an_idle_pool() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    world.pass_days(300);
    let before = world.read_pool().capital;
    world.fund("eve", 9_000_000 * UNIT);
    world.deposit("eve", 9_000_000 * UNIT).ok();
    let most = level(&mut world);
    assert!(most < before / 40 + 1_000 * UNIT, "{most}");
    world.draw("venue", "venue", VENUE, &policy, most + 20_000 * UNIT).ok();
    // Empty it stays while more comes, however long before the next midnight.
    world.pass(1);
    assert!(level(&mut world) < UNIT);
    world.check_books();
}

/// An empty bucket is empty when ten times the money has come overnight.
#[test]
fn t52_fill_the_bucket_by_a_deposit_around_midnight() {
    let (mut world, policy) = venue(400_000 * UNIT, 500);
    world.fund("eve", 9_000_000 * UNIT);
    let midnight = world.now() / DAY + 1;
    until(&mut world, midnight * DAY - 1);
    let first = level(&mut world);
    world.draw("venue", "venue", VENUE, &policy, first + 20_000 * UNIT).ok();
    world.deposit("eve", 9_000_000 * UNIT).ok();
    world.pass(1);
    let second = level(&mut world);
    // Of ten times the bucket a second has flowed in.
    assert!(first > 24_900 * UNIT && second < 10 * UNIT, "{first} {second}");
    world.check_books();
}

/// What the bucket holds now, atoms.
fn level(world: &mut Play) -> u64 {
    world.roll_product(VENUE).ok();
    let (now, capital) = (world.now(), world.read_pool().capital_of_buckets());
    world.read_product(VENUE).draws.level(capital, now).unwrap()
}
