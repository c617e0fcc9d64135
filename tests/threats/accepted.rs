//! What is accepted: what somebody can do, what it comes to at most, and why. docs/threats.md lists them.

use crate::{attacks::steep, court::*, leaving::unlevered_params, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World, product_params};
use solana_address::Address;

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

fn policy(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// Premium streams for as long as capacity is held, waiting and grace too: who has shares then gets their part of it, and bears what is
/// reported then. Nine times the capital that comes for these days only, and leaves in time, gets no more than nine tenths of them.
#[test]
fn earn_while_nothing_is_covered() {
    let slow = ProductParams { waiting_days: 30, grace_days: 30, min_term_days: 30, ..product_params("Slow") };
    let mut world =
        court_beside(World::lite_bare(), unlevered_params(7), |world| drop(world.list_product(3, slow).ok()));
    world.fund("gus", HALF);
    world.fund("eve", 40 * HALF);
    world.buy("gus", 3, 0, 900_000 * UNIT, 30).ok();
    let gus = world.policy(3, "gus", 0);
    let Policy { bought_at, cover_from, end, release_day, unearned_premium, .. } = policy(&mut world, &gus);
    let mut plain = world.clone();
    let held = world.balance("eve");
    world.deposit("eve", 18 * HALF).ok();
    // Out by the second before it covers.
    let ask = (day_of(cover_from) - 9) * DAY;
    world.wait_until(ask);
    let day = ask_for_all(&mut world, "eve", 0);
    assert!(day * DAY < cover_from);
    leave(&mut world, "eve", 0, day);
    let first = world.balance("eve") - held;
    world.wait_until(end + 1);
    let now_held = world.balance("eve");
    world.deposit("eve", 18 * HALF).ok();
    until_day(&mut world, release_day - 8);
    let day = ask_for_all(&mut world, "eve", 1);
    leave(&mut world, "eve", 1, day);
    let second = world.balance("eve") - now_held;
    plain.wait_until(world.now());
    let (lps, fair) = (
        worth(&mut world, "honest") + worth(&mut world, "mallory") - 2 * HALF,
        worth(&mut plain, "honest") + worth(&mut plain, "mallory") - 2 * HALF,
    );
    println!(
        "of a premium of {}: eve {} while it waited, {} in its grace; the LPs who bore it {} instead of {}",
        whole(unearned_premium),
        whole(first),
        whole(second),
        whole(lps),
        whole(fair)
    );
    let days =
        |from: u64, to: u64| (to - from) as f64 / (release_day * DAY - bought_at) as f64 * unearned_premium as f64;
    let most = 0.9 * (days(bought_at, cover_from) + days(end, release_day * DAY));
    assert!((first + second) as f64 <= most && lps + first + second <= fair + 4);
}

/// An exit delay falls from 90 days to 7. Exits are paid in order, so those asked for a second before it applied come first: with a unit
/// that somebody asked for, nobody leaves later than by the delay that held until then.
#[test]
fn keep_others_to_the_old_delay_by_an_exit_of_a_unit() {
    let mut world = court_of(unlevered_params(90));
    world.fund("eve", UNIT);
    world.deposit("eve", UNIT).ok();
    let id = world.next_change();
    world.propose(&Proposal::ExitDelay { exit_delay_days: 7 }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at - 1);
    let mut plain = world.clone();
    ask_for_all(&mut world, "eve", 0);
    for world in [&mut world, &mut plain] {
        world.wait_until(applies_at);
        world.apply(id, None).ok();
        world.pass(1);
    }
    let (now, day, fair) = (world.now(), ask_for_all(&mut world, "honest", 0), ask_for_all(&mut plain, "honest", 0));
    println!("honest leaves {} days later instead of {}", day - day_of(now), fair - day_of(now));
    assert!(day > fair + 80 && day <= day_of(now) + 91);
}

/// A weight falls after its timelock, as prices rise after theirs: what is covered already is extended at the rate of full utilisation. Until
/// then holders extend at the old price; and on the day itself.
#[test]
fn make_extensions_dear_by_a_lower_weight() {
    let mut world = steep(500);
    let gus = {
        world.fund("gus", HALF);
        world.buy("gus", 3, 0, 300_000 * UNIT, 60).ok();
        world.policy(3, "gus", 0)
    };
    let id = world.next_change();
    world.propose(&Proposal::Weight { weight_bps: 1 }, Some(3)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    let held = world.balance("gus");
    let mut plain = world.clone();
    plain.extend("gus", 3, &gus, 300).ok();
    world.roll_product(3).ok();
    world.apply(id, Some(3)).ok();
    let mut same_day = world.clone();
    same_day.extend("gus", 3, &gus, 300).ok();
    assert_eq!(same_day.balance("gus"), plain.balance("gus"));
    world.pass_days(1);
    world.extend("gus", 3, &gus, 300).ok();
    println!(
        "300 days of 300,000 more: {} instead of {}",
        whole(held - world.balance("gus")),
        whole(held - plain.balance("gus"))
    );
    assert!(held - world.balance("gus") > 20 * (held - plain.balance("gus")));
}

/// A curve that rises after its timelock makes extensions dearer on the day on which it is applied: the price of when the day began is that of
/// the curve that holds.
#[test]
fn make_extensions_dear_by_a_curve_at_once() {
    let mut world = steep(500);
    world.fund("gus", HALF);
    world.buy("gus", 3, 0, 300_000 * UNIT, 60).ok();
    let gus = world.policy(3, "gus", 0);
    let id = world.next_change();
    let dear = PriceCurve { r0_ppm: 1_000_000, r1_ppm: 1_000_000, r2_ppm: 1_000_000, kink_bps: 1 };
    world.propose(&Proposal::Curve(dear), Some(3)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.roll_product(3).ok();
    let held = world.balance("gus");
    let mut plain = world.clone();
    plain.extend("gus", 3, &gus, 100).ok();
    world.apply(id, Some(3)).ok();
    world.extend("gus", 3, &gus, 100).ok();
    let (dear, fair) = (held - world.balance("gus"), held - plain.balance("gus"));
    println!("on the same day: {} instead of {}", whole(dear), whole(fair));
    assert!(dear > 10 * fair);
}

/// An exit that is due and that nobody has paid for a day keeps extensions waiting behind a larger one that is not due, until it was called
/// and paid: anyone does both, and is tipped.
#[test]
fn block_extensions_by_a_small_exit_that_nobody_paid() {
    let mut world = court_of(unlevered_params(30));
    world.fund("gus", HALF);
    world.buy("gus", 0, 0, 700_000 * UNIT, 365).ok();
    let gus = world.policy(0, "gus", 0);
    world.request_exit("mallory", 0, 1_000_000).ok();
    world.pass_days(5);
    ask_for_all(&mut world, "honest", 0);
    world.await_exits();
    let mut late = world.clone();
    world.extend("gus", 0, &gus, 10).fails(E::ExitsWait);
    let pay = world.pay_exits_accounts(0).instruction();
    world.send(pay, &[]).ok();
    world.extend("gus", 0, &gus, 10).ok();
    // A day late.
    late.pass_days(1);
    late.pay_exits().fails(E::ExitNotCalled);
    late.call_exits().ok();
    late.extend("gus", 0, &gus, 10).fails(E::ExitsWait);
    late.pass(DAY);
    let pay = late.pay_exits_accounts(0).instruction();
    late.send(pay, &[]).ok();
    late.extend("gus", 0, &gus, 10).ok();
    println!("a day's neglect of an exit of 0.001 blocks extensions of 700,000 for a day more");
}
