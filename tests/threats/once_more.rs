//! T49, T50, T72, T83, T92, T93 and T98 once more: what a second enemy with money and patience played.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World, authority_product, pool_params, product_params, trials::second_assembly};
use solana_address::Address;

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

fn policy(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// A pool of a million that has lost half of it, and nothing streams any more that was premium of the cover that was paid. Trent can give
/// the loss back. Returns its incident.
fn half_lost() -> (Play, Address) {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], season_days: 14, ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        let product = ProductParams { deductible_bps: 0, ..product_params("Whole") };
        world.list_product(3, product).ok();
    });
    world.fund("dora", HALF);
    world.buy("dora", 3, 0, HALF, 90).ok();
    let doras = world.policy(3, "dora", 0);
    world.pass_days(3);
    let incident = report(&mut world, 3, 0);
    world.submit_claim("dora", &doras, &incident, HALF).ok();
    accept(&mut world, 3, 0);
    world.payout("dora", &doras, &incident).ok();
    world.pass_days(120);
    world.roll_product(3).ok();
    assert_eq!(world.read_pool().income_left().unwrap(), 0);
    world.fund("trent", HALF);
    (world, incident)
}

/// Eve asks out so that she leaves on `day`, and leaves; what she has in the end.
fn leave_on(world: &mut Play, name: &str, day: u64) -> u64 {
    until_day(world, day - 7);
    let due = ask_for_all(world, name, 0);
    assert_eq!(due, day);
    leave(world, name, 0, due)
}

/// A recovery streams by its size: 500,000 of 500,000 for a year. In instalments it streamed in thirty days, for each was small: who gave it
/// back, or was a friend of theirs, had 449,605 of it within a month. Now all that streams together counts.
#[test]
fn t50_give_back_in_instalments() {
    let (base, incident) = half_lost();
    let put = 9 * HALF;
    let mut ends = Vec::new();
    for parts in [1, 13] {
        let mut world = base.clone();
        world.fund("eve", put);
        world.deposit("eve", put).ok();
        let begun = world.now();
        for _ in 0..parts {
            world.recover("trent", &incident, HALF / parts).ok();
        }
        let days = world.read_pool().income_end_day - day_of(begun);
        let mut short = world.clone();
        // As short as she can, and for a month.
        let day = ask_for_all(&mut short, "eve", 0);
        let quick = leave(&mut short, "eve", 0, day) - put;
        let month = leave_on(&mut world, "eve", day_of(begun) + 31) - put;
        let rest = world.read_pool().capital + world.read_pool().unearned - base.clone().read_pool().capital;
        println!(
            "{parts} parts: streams {days} days; eve has {} of it in {} days, {} in 31; those who lost it get {}",
            whole(quick),
            day - day_of(begun),
            whole(month),
            whole(rest)
        );
        ends.push((days, quick, month));
        world.check_books();
    }
    assert!(ends[0].0 >= 360 && ends[0].2 < 45_000 * UNIT);
    assert!(ends[1].0 >= 360 && ends[1].1 <= ends[0].1 + UNIT && ends[1].2 <= ends[0].2 + UNIT);
}

/// Gifts that are small moved the end of what streamed by a day each, for the mean was rounded to the nearest day: nine times the capital
/// that came ahead of a recovery had 379,614 of it in 69 days. The mean is rounded towards the day on which what streams already ends.
#[test]
fn t50_hurry_a_recovery_by_gifts() {
    let (mut world, incident) = half_lost();
    world.fund("eve", 40 * HALF);
    world.deposit("eve", 9 * HALF).ok();
    world.recover("trent", &incident, HALF).ok();
    let end = world.read_pool().income_end_day;
    let vault = vault_address(&world.pool());
    // Twenty that are small, and a large one, which streams by its size with what streams already.
    for amount in [HALF / 700; 20].into_iter().chain([HALF]) {
        let gift = transfer(&world, "eve", &vault, amount);
        let absorb = AbsorbSurplus { pool: world.pool(), vault }.instruction();
        world.send_all(&[gift, absorb], &["eve"]).ok();
        assert!(world.read_pool().income_end_day >= end);
    }
    world.check_books();
}

/// Nobody votes on a report; the verdict is read and it ends.
fn let_pass(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    read_verdict(world, &incident);
    world.settle(index, nth).ok();
}

/// One report of nothing, on which nobody voted, was remembered as long as the product covered something: months later, after its court had
/// decided others, a change of the pool's court reached what was sold under the old one. A court is given up only while the pool has another.
#[test]
fn t72_a_report_of_long_ago_takes_the_court_of_live_policies() {
    for spam in [false, true] {
        let mut world = unlevered(7);
        let assembly = second_assembly(&mut world);
        let gus = cover(&mut world, "gus", 0, 800_000 * UNIT);
        world.pass_days(3);
        let held = world.balance("opal");
        let mut nth = 0;
        if spam {
            let first = open(&mut world, 0, 0);
            let bond = case(&mut world, &first).bond;
            let_pass(&mut world, 0, 0);
            world.collect_bond("opal", &first).ok();
            assert_eq!(held - world.balance("opal"), bond / 4, "what it cost");
            nth = 1;
        }
        // The court lives: everybody votes on the next.
        let next = open(&mut world, 0, nth);
        for name in ["vera", "walt", "xeno"] {
            world.vote(name, &next, 0).ok();
        }
        world.close_ballot(&next).ok();
        read_verdict(&mut world, &next);
        world.settle(0, nth).ok();
        nth += 1;
        world.pass_days(40);
        // The thief's court, months later.
        let id = world.next_change();
        world.propose(&Proposal::Court { assembly }, None).ok();
        let applies_at = world.read_change(id).applies_at;
        world.wait_until(applies_at);
        world.apply(id, None).ok();
        // The loss.
        let now = world.now();
        let accounts = world.open_incident_accounts("opal", 0, nth);
        world.send(accounts.instruction(&harness::incident_report(now)), &["opal"]).ok();
        let incident = world.incident(0, nth);
        let before = world.balance("gus");
        file(&mut world, "gus", &gus, &incident, 800_000 * UNIT).ok();
        for name in ["vera", "walt", "xeno"] {
            world.vote(name, &incident, 1).ok();
        }
        world.close_ballot(&incident).ok();
        until_settleable(&mut world, &incident);
        world.settle(0, nth).ok();
        world.payout("gus", &gus, &incident).ok();
        let got = world.balance("gus") - before;
        println!(
            "with a report that nobody voted on, five months ago: {spam}; gus has {} of a loss of 800,000",
            whole(got)
        );
        assert!(got > 700_000 * UNIT);
    }
}

/// The number of the terms that a buyer states did not rise with another arbiter, with another fee of a cancellation, nor when a court gave
/// way: each was sold under to somebody who had read of another.
#[test]
fn t72_sell_under_another_arbiter_fee_or_court_than_was_read() {
    let arbiter = unlevered(7).key("mallory");
    for proposal in [Proposal::Arbiter { arbiter }, Proposal::CancelFee { cancel_fee_bps: 2_000 }] {
        let mut world = unlevered(7);
        cover(&mut world, "dora", 0, 1_000 * UNIT);
        world.fund("gus", 10_000 * UNIT);
        let id = world.next_change();
        world.propose(&proposal, None).ok();
        let applies_at = world.read_change(id).applies_at;
        world.wait_until(applies_at);
        let terms = world.quote(0, UNIT, 30).ok().quote().terms;
        let request = CoverRequest { terms, ..world.request("gus", 100_000 * UNIT, 30) };
        let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
        world.clone().send(buy.clone(), &["gus"]).ok();
        let apply = world.apply_accounts(id, None).instruction();
        world.send_all(&[apply, buy], &["gus"]).result.unwrap_err();
        world.apply(id, None).ok();
        let buy = world.buy_accounts("gus", 0, 1).instruction(1, &request);
        world.send(buy, &["gus"]).fails(E::TermsChanged);
    }
    let mut world = unlevered(7);
    let assembly = second_assembly(&mut world);
    cover(&mut world, "dora", 0, 1_000 * UNIT);
    world.fund("gus", 10_000 * UNIT);
    let id = world.next_change();
    world.propose(&Proposal::Court { assembly }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.apply(id, None).ok();
    // Two reports that nobody votes on: after the second another court decides.
    let reports = [0, 1].map(|nth| open(&mut world, 0, nth));
    for days in [3, 6] {
        world.pass_days(days);
        for report in &reports {
            world.close_ballot(report).ok();
        }
    }
    let last = tally(&mut world, &reports[1]).final_at;
    until(&mut world, last);
    world.decide(0, 0).ok();
    world.settle_decided(0, 0).ok();
    let terms = world.read_product(0).terms_of_sale(&world.read_pool()).unwrap();
    let request = CoverRequest { terms, ..world.request("gus", 100_000 * UNIT, 30) };
    let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
    // The enemy reads the verdict ahead of the sale: another court decides from now on.
    world.decide(0, 1).ok();
    world.settle_decided(0, 1).ok();
    world.send(buy, &["gus"]).fails(E::TermsChanged);
    assert_eq!(*world.read_product(0).court(&world.read_pool()), assembly);
}

/// In a pool of leverage five reports set more aside than the capital, and exits wait for that. Somebody's exit of a unit that was due waited
/// with them, and so nobody's cover was extended: now extensions stop only for want of room beside the cover.
#[test]
fn t83_stop_all_extensions_by_an_exit_of_a_unit_behind_reports() {
    let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..pool_params() };
    let mut world = court_of(params);
    for (holder, index, amount) in [("dora", 0, 600_000), ("emil", 1, 600_000), ("gus", 2, 100_000)] {
        cover(&mut world, holder, index, amount * UNIT);
    }
    let gus = world.policy(2, "gus", 0);
    world.pass_days(3);
    world.request_exit("mallory", 0, 1_000 * UNIT).ok();
    world.pass_days(8);
    open(&mut world, 0, 0);
    open(&mut world, 1, 0);
    world.pay_exits().fails(E::LiensExceedCapital);
    world.extend("gus", 2, &gus, 1).ok();
    // Without room beside all cover they stop, reports or none.
    let mut world = unlevered(7);
    let gus = cover(&mut world, "gus", 0, 300_000 * UNIT);
    cover(&mut world, "emil", 1, 400_000 * UNIT);
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let mut reported = world.clone();
    open(&mut reported, 1, 0);
    for world in [&mut world, &mut reported] {
        world.extend("gus", 0, &gus, 1).fails(E::ExitsWait);
    }
}

/// Cover that was given back before it began can be claimed for by nobody, but its capacity is held until the second midnight, and a report
/// set all of it aside: 700,056, of which a unit could be claimed, for 403.
#[test]
fn t49_set_aside_what_was_given_back() {
    let mut world = unlevered(7);
    for name in ["sam", "eve"] {
        world.fund(name, HALF);
    }
    world.buy("eve", 1, 0, UNIT, 365).ok();
    world.pass_days(2);
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.wait_until(midnight - 1);
    let part = 300_000 * UNIT;
    world.buy("sam", 1, 0, part, 30).ok();
    world.buy("sam", 1, 1, part, 30).ok();
    let sams = [0, 1].map(|id| world.policy(1, "sam", id));
    world.wait_until(midnight);
    world.cancel("sam", 1, &sams[0]).ok();
    for days in [0, 1, 2] {
        let mut world = world.clone();
        world.wait_until(midnight + days * DAY);
        world.roll_product(1).ok();
        let held = if days < 2 { 2 * part } else { part };
        let product = world.read_product(1);
        assert_eq!((product.claimable(), product.active_cover), (part + UNIT, held + UNIT));
        open(&mut world, 1, 0);
        assert_eq!(world.read_pool().own_liens(), Ok(part + UNIT));
        world.check_books();
    }
    // A part that is given back of what goes on, likewise; and it is held until then.
    world.wait_until(midnight + 2 * DAY);
    world.reduce("sam", 1, &sams[1], part / 2).ok();
    let product = world.read_product(1);
    assert_eq!((product.claimable(), product.active_cover), (part / 2 + UNIT, part + UNIT));
}

/// Cheaper bonds waited like dearer ones until a product covered nothing: nobody's cover was extended until then, nobody went without a fee,
/// and for a month nobody could be covered. They hold at once.
#[test]
fn t98_a_change_for_the_better_tears_no_hole() {
    let mut world = unlevered(7);
    let gus = cover(&mut world, "gus", 0, 300_000 * UNIT);
    let id = world.next_change();
    world.propose(&Proposal::Bonds { incident_bond: BOND, claim_bond_bps: 99 }, Some(0)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.apply(id, Some(0)).ok();
    assert_eq!(world.read_product(0).claim_bond_bps, 99);
    world.extend("gus", 0, &gus, 1).ok();
    world.fund("fay", HALF);
    world.buy("fay", 0, 0, UNIT, 365).ok();
}

/// In a pool of leverage five liens above the capital hold exits. What was deposited in the second of a loss counted against them: 18,613 let
/// all of a friend's exit go, 500,698 instead of 120,410. New money makes no room beside liens either.
#[test]
fn t93_let_go_by_a_deposit_in_the_second_of_a_loss() {
    let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..pool_params() };
    let mut world = court_of(params);
    for (holder, index, amount) in [("gus", 0, 800_000), ("emil", 1, 220_000)] {
        cover(&mut world, holder, index, amount * UNIT);
    }
    world.pass_days(3);
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day - 1);
    open(&mut world, 0, 0);
    open(&mut world, 1, 0);
    until_day(&mut world, day);
    world.pay_exits().fails(E::LiensExceedCapital);
    // The option is kept by looking twice a day.
    for _ in 0..14 {
        world.call_exits().ok();
        world.pass(DAY / 2);
        world.pay_exits().fails(E::LiensExceedCapital);
        for index in [0, 1] {
            let incident = world.incident(index, 0);
            let _ = world.close_ballot(&incident);
        }
    }
    // The loss.
    world.roll_product(0).ok();
    let pool = world.read_pool();
    let lacks = pool.own_liens().unwrap() - pool.capital + 10 * UNIT;
    world.fund("friend", lacks);
    world.deposit("friend", lacks).ok();
    world.pay_exits().fails(E::LiensExceedCapital);
}

/// What a loss gave back of a refund released its capacity at once, though nothing was paid for it: an LP whose cover kept her in had 85,981
/// leave in the second of a loss elsewhere. No capital leaves for it, so it is held for as long as the rest.
#[test]
fn t92_let_go_by_a_drawn_refund_in_the_second_of_a_loss() {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], season_days: 1, ..pool_params() };
    let mut world = court_beside(World::lite_bare(), params, |world| {
        let dear = ProductParams { r0_ppm: 200_000, r1_ppm: 200_000, ..authority_product("Venue shortfall") };
        world.list_product(3, dear).ok();
    });
    cover(&mut world, "gus", 0, 500_000 * UNIT);
    world.fund("mallory", HALF);
    world.buy("mallory", 3, 0, HALF, 365).ok();
    let hers = world.policy(3, "mallory", 0);
    world.give_lamports("venue");
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    world.pay_exits().fails(E::NothingToPay);
    world.call_exits().ok();
    world.pass(DAY / 2);
    // What she would be refunded.
    let mut quoted = world.clone();
    let before = quoted.balance("mallory");
    quoted.cancel("mallory", 3, &hers).ok();
    let refund = quoted.balance("mallory") - before;
    let policy_before = policy(&mut world, &hers);
    let deductible = policy_before.deductible().unwrap();
    world.cancel("mallory", 3, &hers).ok();
    let before = world.balance("mallory");
    world.draw("venue", "mallory", 3, &hers, deductible + refund).ok();
    assert_eq!(world.balance("mallory"), before, "it gives the refund back");
    world.pay_exits().fails(E::NothingToPay);
    world.check_books();
}
