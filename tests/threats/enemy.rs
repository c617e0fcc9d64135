//! T04, T46 and T51, once more: what an enemy with money and patience found who had not seen how it was built.

use crate::{court::*, leaving::unlevered, settlement::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

/// Two products with 900,000 of cover each, on a million. What a depositor accepts was compared with what is set aside, which
/// is never more than the capital: with both reported, a million, whatever else is reported and whatever the deposit adds to
/// the capital that it is taken from.
#[test]
fn t51_liens_above_the_capital_that_a_depositor_has_not_seen() {
    let mut world = court();
    cover(&mut world, "gus", 0, 900_000 * UNIT);
    cover(&mut world, "fay", 1, 900_000 * UNIT);
    world.fund("eve", HALF);
    world.pass_days(3);
    let first = file_all(&mut world, 0, &[("gus", 900_000)]);
    world.roll_product(0).ok();
    // She has read of one report, and accepts the most that the capital holds.
    let capital = world.read_pool().capital;
    let seen = Seen { max_liens: capital, ..world.read_pool().seen().unwrap() };
    let last = file_all(&mut world, 1, &[("fay", 900_000)]);
    let deposit = world.deposit_accounts("eve").instruction(HALF, 0, &seen);
    let receipt = world.clone().send(deposit.clone(), &["eve"]);
    if receipt.result.is_ok() {
        let mut lost = world.clone();
        lost.send(deposit.clone(), &["eve"]).ok();
        for incident in [&first, &last] {
            approve(&mut lost, incident);
        }
        for incident in [&first, &last] {
            read_verdict(&mut lost, incident);
        }
        until_settleable(&mut lost, &last);
        for index in [0, 1] {
            lost.end_filing(index, 0).ok();
        }
        for index in [0, 1] {
            lost.settle(index, 0).ok();
        }
        let kept = worth(&mut lost, "eve");
        println!("with liens of {} accepted: {} of 500,000 left", seen.max_liens / UNIT, kept / UNIT);
    }
    receipt.fails(E::LiensTooHigh);
    // What she would share is what can be claimed.
    let liens = world.read_pool().seen().unwrap().max_liens;
    assert_eq!(liens, 1_800_000 * UNIT);
    let less = Seen { max_liens: liens - 1, ..seen };
    world.send(world.deposit_accounts("eve").instruction(HALF, 0, &less), &["eve"]).fails(E::LiensTooHigh);
    world.send(world.deposit_accounts("eve").instruction(HALF, 0, &Seen { max_liens: liens, ..seen }), &["eve"]).ok();
    world.check_books();
}

/// Something is held back for claims that the capital could not pay in full. They waited until somebody deposited, and took what
/// they were short of from that, 486,566, though the depositor had accepted the 258,550 that were held back and no more.
#[test]
fn t51_claims_that_are_short_wait_for_a_depositor() {
    let mut world = court();
    cover(&mut world, "dora", 0, 900_000 * UNIT);
    cover(&mut world, "fay", 1, 600_000 * UNIT);
    cover(&mut world, "gus", 2, 400_000 * UNIT);
    world.fund("eve", 2 * HALF);
    world.pass_days(3);
    let drained = file_all(&mut world, 2, &[("gus", 400_000)]);
    approve(&mut world, &drained);
    until_settleable(&mut world, &drained);
    world.settle(2, 0).ok();
    let first = file_all(&mut world, 0, &[("dora", 900_000)]);
    approve(&mut world, &first);
    until_settleable(&mut world, &first);
    open(&mut world, 1, 0);
    world.settle(0, 0).ok();
    reject(&mut world, 1, 0);
    let held_back = world.read_pool().held_back;
    let paid_before = case(&mut world, &first).settled;
    assert!(held_back > 200_000 * UNIT && case(&mut world, &first).approved - paid_before > held_back + 200_000 * UNIT);

    let seen = Seen { max_liens: held_back, ..world.seen() };
    let deposit = |seen: &Seen, world: &Play| world.deposit_accounts("eve").instruction(2 * HALF, 0, seen);
    let instruction = deposit(&seen, &world);
    world.send(instruction.clone(), &["eve"]).fails(E::LiensTooHigh);
    // All that they are short of is what a deposit shares.
    let short = case(&mut world, &first).approved - paid_before;
    assert_eq!(world.read_pool().seen().unwrap().max_liens, short);
    let mut bold = world.clone();
    let instruction = deposit(&Seen { max_liens: short, ..seen }, &bold);
    bold.send(instruction, &["eve"]).ok();
    let whole = worth(&mut bold, "eve");
    bold.settle_rest(&first).ok();
    assert_eq!(case(&mut bold, &first).settled - paid_before, short);
    println!("{} of {} left of a deposit that accepts {}", worth(&mut bold, "eve") / UNIT, whole / UNIT, short / UNIT);
    bold.check_books();
    // Without it they get what was held back and what time has earned since.
    let rest = SettleRest { pool: world.pool(), incident: first, vault: vault_address(&world.pool()) }.instruction();
    world.send_all(&[rest], &[]).ok();
    let got = case(&mut world, &first).settled - paid_before;
    assert!(got >= held_back && got < held_back + 1_000 * UNIT && world.read_pool().capital == 0, "{got}");
    world.check_books();
}

/// Half of the LPs want out, and cover of two products keeps a part of them. Nobody can extend it meanwhile, so they wait no
/// longer than the longest cover; a false report on the product let its holder extend it all the same, as often as liked.
#[test]
fn t46_extend_behind_a_report_while_exits_wait() {
    let mut world = unlevered(7);
    world.fund("dora", HALF);
    world.fund("sam", HALF);
    for (index, days) in [(0, 20), (1, 20)] {
        world.buy("dora", index, 0, 300_000 * UNIT, days).ok();
    }
    let policies = [0, 1].map(|index| world.policy(index, "dora", 0));
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    world.pay_exits().ok();
    assert!(world.read_pool().has_exits(), "a fifth of it waits");
    let last = world.chain.read::<Policy>(&policies[0]).end - DAY;
    until(&mut world, last);
    for index in [0, 1] {
        world.extend("dora", index, &policies[usize::from(index)], 300).fails(E::ExitsWait);
    }
    let now = world.now();
    let held = world.balance("sam");
    for index in [0, 1] {
        world.open_incident("sam", index, 0, now).ok();
    }
    for index in [0, 1] {
        let receipt = world.clone().extend("dora", index, &policies[usize::from(index)], 300);
        println!("bonds of {} for a while: {:?}", (held - world.balance("sam")) / UNIT, receipt.result.is_ok());
        receipt.fails(E::ExitsWait);
    }
    // Once the cover has run off they are out.
    for index in [0, 1] {
        reject(&mut world, index, 0);
    }
    let released = world.chain.read::<Policy>(&policies[0]).release_day;
    until(&mut world, released * DAY - DAY / 2);
    world.call_exits().ok();
    until_day(&mut world, released);
    world.pay_exits().ok();
    assert!(!world.read_pool().has_exits());
    world.check_books();
}

/// A second before the exit delay falls from 90 days to one, a friend of the authority asks out with an atom. Whoever asks
/// behind that leaves with it, 90 days on; what is queued then waits for them if it may raise what they risk, and for nobody
/// otherwise.
#[test]
fn t04_shorten_the_exit_delay_and_keep_everybody_in() {
    let mut world = unlevered(90);
    world.propose(&Proposal::ExitDelay { exit_delay_days: 1 }, None).ok();
    world.propose(&Proposal::Timelock { timelock: 3 * DAY }, None).ok();
    world.pass(92 * DAY - 1);
    world.request_exit("mallory", 0, 1).ok();
    world.pass(1);
    for id in [0, 1] {
        world.apply(id, None).ok();
    }
    let free = PriceCurve { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, kink_bps: 1 };
    world.propose(&Proposal::Curve(free), Some(0)).ok();
    world.propose(&Proposal::Delist, Some(1)).ok();
    // In that second.
    let day = ask_for_all(&mut world, "honest", 0);
    world.pass(3 * DAY);
    world.apply(2, Some(0)).fails(E::ExitsWait);
    world.apply(3, Some(1)).ok();
    until_day(&mut world, day);
    world.apply(2, Some(0)).fails(E::ExitsWait);
    world.pay_exits().ok();
    assert!(collect(&mut world, "honest", 0) >= HALF - 1);
    world.apply(2, Some(0)).ok();
    world.check_books();
}
