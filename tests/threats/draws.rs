//! T01, T05, T06, T18, T30, T31 and T33 around draws: what LPs, a venue and its holders might try.

use crate::{court::another_account, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, authority_product};
use solana_address::Address;

/// The authority product.
const VENUE: u16 = 2;

/// Two LPs of half a million each, and a venue that insures `amount` and may draw `limit_bps` of the free capital a day.
fn venue(amount: u64, limit_bps: u16) -> (Play, Address) {
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
fn draw(world: &mut Play, policy: &Address, loss: u64) -> u64 {
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
    let rest = world.draw_accounts("venue", "venue", VENUE, &policy).instruction(0, 0);
    let first = draw(&mut world, &policy, 200_000 * UNIT);
    assert!(first > 49_000 * UNIT);
    world.send(rest.clone(), &["venue"]).fails(E::NothingDue);
    world.pass(DAY);
    // In one transaction it fails as a whole.
    world.send_all(&[rest.clone(), rest.clone()], &["venue"]).fails(E::NothingDue);
    world.send(rest.clone(), &["venue"]).ok();
    world.send(rest, &["venue"]).fails(E::NothingDue);
    // Split into as many losses as one likes, a period gives no more.
    world.pass(DAY);
    let most = {
        world.roll_product(VENUE).ok();
        world.read_pool().capital / 20
    };
    let drawn: u64 = (0..50).map(|_| draw(&mut world, &policy, 1_000 * UNIT)).sum();
    assert_eq!(drawn, most);
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
    // All of the capital, and not an atom of what is the buyers', the treasury's or the assessors'.
    world.roll_product(0).ok();
    let before = world.read_pool();
    let drawn = draw(&mut world, &policy, u64::MAX);
    assert_eq!(drawn, before.capital.min(2 * HALF));
    let after = world.read_pool();
    assert_eq!((after.capital, after.unearned), (before.capital - drawn, before.unearned));
    assert_eq!((after.assessors, after.treasury_due), (before.assessors, before.treasury_due));
    // Nothing is sold, and nobody who deposits pays for it.
    world.buy("mallory", 0, 0, 100_000 * UNIT, 30).fails(E::ProductCapacity);
    world.quote(0, 100_000 * UNIT, 30).fails(E::ProductCapacity);
    world.fund("trent", HALF);
    world.deposit("trent", HALF).fails(E::PoolDepleted);
    world.check_books();
    // With a lien on what is left, nothing of it is drawn.
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
    world.pass_days(1);
    assert_eq!(draw(&mut world, &policy, u64::MAX), 0);
    world.check_books();
}
