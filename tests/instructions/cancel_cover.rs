//! `cancel_cover`: ends with the day, gives back what was not earned less the fee, and what happened until then stays
//! covered. Its capacity is held, and paid for, until the second midnight at least.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY, cover, day_of,
    stream::{RATE_BITS, stream},
};
use harness::{Chain, UNIT, pool_params, product_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// What a policy cancelled at `now`, once its cover has begun, would not have earned: whole atoms, and the rest × 2^26. What
/// happened today can be reported for the 30 days of grace, so that long the capacity is held and paid for.
fn forgone(policy: &Policy, now: u64) -> (u64, u64) {
    split((policy.release_day - (day_of(now) + 1 + 30)) * DAY, policy.rate)
}

/// What `rate` earns in so many seconds: whole atoms, and the rest × 2^26.
fn split(seconds: u64, rate: u64) -> (u64, u64) {
    let total = u128::from(rate) * u128::from(seconds);
    ((total >> RATE_BITS) as u64, (total & ((1 << RATE_BITS) - 1)) as u64)
}

/// The policy that was cancelled at `now`, once its cover had begun, for so much; nothing had been claimed.
fn cancelled(old: Policy, now: u64, refund: u64) -> Policy {
    let end_day = day_of(now) + 1;
    Policy {
        cancelled_at: now,
        cancel_refund: refund,
        refunded: old.refunded + refund,
        end: end_day * DAY,
        release_day: end_day + 30,
        rate: 0,
        ..old
    }
}

#[test]
fn cancel_cover_writes_the_policy_the_books_and_the_rings() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.buy("emil", 0, 0, 200_000 * UNIT, 90).ok();
    world.pass(20 * DAY + 12_345);
    world.roll_product(0).ok();
    let address = world.policy(0, "dora", 0);
    let (pool_before, product_before, old) = (world.read_pool(), world.read_product(0), doras_policy(&mut world, 0));
    let (balance, vault_before, now) = (world.balance("dora"), world.vault_balance(), world.now());
    let receipt = world.cancel("dora", 0, &address).ok();

    let (unearned, rest) = forgone(&old, now);
    let fee = cover::cancel_fee(unearned, 500).unwrap();
    assert_eq!(fee, unearned.div_ceil(20));
    let refund = unearned - fee;
    let policy = cancelled(old, now, refund);
    assert_eq!(doras_policy(&mut world, 0), policy);

    let mut product = product_before;
    product.cover_ring[slot(old.release_day)] -= 300_000 * UNIT;
    product.cover_ring[slot(policy.release_day)] += 300_000 * UNIT;
    assert_eq!(world.read_product(0), product);
    // The fee is earned as the premium would have been.
    let fee_end = old.release_day;
    let fees = stream(fee, fee_end * DAY - now).unwrap();
    let mut pool = Pool {
        unearned: pool_before.unearned - refund,
        premiums_refunded: refund,
        rate: pool_before.rate + fees.rate,
        rate_fraction: pool_before.rate_fraction + rest + fees.rest,
        income_rate: fees.rate,
        income_end_day: fee_end,
        ..pool_before
    };
    pool.rate_ring[slot(old.release_day)] -= old.rate;
    pool.rate_ring[slot(policy.release_day)] += old.rate;
    pool.rate_ring[slot(fee_end)] += fees.rate;
    pool.cover_ring[slot(old.release_day)] -= 300_000 * UNIT;
    pool.cover_ring[slot(policy.release_day)] += 300_000 * UNIT;
    assert_eq!(world.read_pool(), pool);
    assert_eq!((world.balance("dora"), world.vault_balance()), (balance + refund, vault_before - refund));
    let event = CoverCancelled {
        product: world.product(0),
        policy: address,
        holder: world.key("dora"),
        refund,
        fee,
        end: policy.end,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::CoverCancelled(event));
    world.check_books();
}

#[test]
fn cancel_cover_leaves_the_lps_what_they_earned_and_the_fee_and_frees_the_capacity() {
    let mut world = one_product();
    world.buy("dora", 0, 0, CAPITAL, 90).ok();
    let address = world.policy(0, "dora", 0);
    let old = doras_policy(&mut world, 0);
    world.pass(20 * DAY + 12_345);
    let receipt = world.cancel("dora", 0, &address).ok();
    let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
    let rest = u128::from(stream(old.unearned_premium, old.release_day * DAY - old.bought_at).unwrap().rest);
    let earned = ((u128::from(old.rate) * u128::from(20 * DAY + 12_345) + rest) >> RATE_BITS) as u64;
    assert_eq!(event.earned, earned);
    let policy = doras_policy(&mut world, 0);

    // Until the capacity is free the LPs earn as before, and the fee.
    let fees = world.read_pool().income_rate;
    world.chain.set_now(policy.release_day * DAY - 1);
    world.roll_product(0).ok();
    assert_eq!((world.read_product(0).active_cover, world.read_pool().rate), (CAPITAL, old.rate + fees));
    world.pass(1);
    world.roll_product(0).ok();
    assert_eq!((world.read_product(0).active_cover, world.read_pool().rate), (0, fees));
    // The fee until the cover would have been released.
    world.chain.set_now(old.release_day * DAY - 1);
    world.roll_product(0).ok();
    assert_eq!(world.read_pool().rate, fees, "not before its time");
    world.pass(1);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    let kept = policy.unearned_premium - policy.refunded;
    assert_eq!((pool.income_earned, pool.capital), (kept, CAPITAL + kept), "B5 to the atom");
    world.buy("emil", 0, 0, CAPITAL, 30).ok();
    assert_eq!(world.read_product(0).active_cover, CAPITAL);
    world.check_books();
}

#[test]
fn cancel_cover_of_an_extended_one_gives_back_what_is_left_of_both_premiums() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    let (address, sold) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    world.pass(10 * DAY + 777);
    world.extend("dora", 0, &address, 60).ok();
    let (extended, extended_at) = (doras_policy(&mut world, 0), world.now());
    // What was left of the first premium and all of the second are one stream since.
    let running = u128::from(split(sold.release_day * DAY - extended_at, sold.rate).0);
    let added = u128::from(extended.unearned_premium - sold.unearned_premium);
    let rate = ((running + added) << RATE_BITS) / u128::from(extended.release_day * DAY - extended_at);
    assert_eq!(u128::from(extended.rate), rate);
    world.pass(20 * DAY + 4_321);
    world.roll_product(0).ok();
    let (balance, vault_before, now) = (world.balance("dora"), world.vault_balance(), world.now());
    let (left, _) = forgone(&extended, now);
    let fee = left.div_ceil(20);
    let receipt = world.cancel("dora", 0, &address).ok();
    let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.refund, event.fee), (left - fee, fee));
    let (of_first, _) = split((sold.release_day - (day_of(now) + 1 + 30)) * DAY, sold.rate);
    assert!(left > of_first + added as u64 / 2, "the second premium is in it");
    assert_eq!((world.balance("dora"), world.vault_balance()), (balance + left - fee, vault_before - (left - fee)));
    let policy = cancelled(extended, now, left - fee);
    assert_eq!(doras_policy(&mut world, 0), policy);
    for ring in [world.read_product(0).cover_ring, world.read_pool().cover_ring] {
        let held: Vec<_> = ring.iter().enumerate().filter(|(_, cover)| **cover > 0).collect();
        assert_eq!(held, [(slot(policy.release_day), &(300_000 * UNIT))]);
    }
    world.check_books();

    // Neither stream leaves anything behind, nor does the fee's.
    world.chain.set_now(extended.release_day * DAY);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    let kept = policy.unearned_premium - policy.refunded;
    assert_eq!((pool.income_earned, pool.capital), (kept, CAPITAL + kept), "B5 to the atom");
    world.check_books();
}

#[test]
fn cancel_cover_before_it_begins_gives_back_all_from_the_second_midnight_on() {
    let mut world = one_product();
    world.pass(DAY / 2);
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    world.buy("emil", 0, 0, 200_000 * UNIT, 30).ok();
    let (address, old) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    world.chain.set_now(old.cover_from - 1);
    world.roll_product(0).ok();
    let (pool_before, product_before, now) = (world.read_pool(), world.read_product(0), world.now());
    let freed_day = day_of(now) + 2;
    let (unearned, rest) = split((old.release_day - freed_day) * DAY, old.rate);
    let fee = unearned.div_ceil(20);
    let refund = unearned - fee;
    let accounts = world.cancel_accounts("dora", 0, &address);
    world.send(accounts.instruction(refund + 1), &["dora"]).fails(E::RefundTooLow);
    world.send(accounts.instruction(u64::MAX), &["dora"]).fails(E::RefundTooLow);
    world.send(accounts.instruction(refund), &["dora"]).ok();

    let end = Policy { end: now, release_day: freed_day, ..cancelled(old, now, refund) };
    assert_eq!(doras_policy(&mut world, 0), end);
    assert!(end.end < end.cover_from, "nothing was covered");
    let mut product = product_before;
    product.cover_ring[slot(old.release_day)] -= 100_000 * UNIT;
    product.cover_ring[slot(freed_day)] += 100_000 * UNIT;
    product.returned[0] = 100_000 * UNIT;
    assert_eq!(world.read_product(0), product);
    // The fee is earned as the premium would have been.
    let fee_end = old.release_day;
    let fees = stream(fee, fee_end * DAY - now).unwrap();
    let mut pool = Pool {
        unearned: pool_before.unearned - refund,
        premiums_refunded: refund,
        rate: pool_before.rate + fees.rate,
        rate_fraction: pool_before.rate_fraction + rest + fees.rest,
        income_rate: fees.rate,
        income_end_day: fee_end,
        ..pool_before
    };
    pool.rate_ring[slot(old.release_day)] -= old.rate;
    pool.rate_ring[slot(freed_day)] += old.rate;
    pool.rate_ring[slot(fee_end)] += fees.rate;
    pool.cover_ring[slot(old.release_day)] -= 100_000 * UNIT;
    pool.cover_ring[slot(freed_day)] += 100_000 * UNIT;
    assert_eq!(world.read_pool(), pool);
    // Nothing can be claimed of it, but it holds its capacity: it is closed, and that is sold again, when time has released it.
    world.chain.set_now(freed_day * DAY - 1);
    world.close_policy(0, &address).fails(E::PolicyAlive);
    world.buy("dora", 0, 1, 800_000 * UNIT, 30).fails(E::ProductCapacity);
    world.pass(1);
    world.close_policy(0, &address).ok();
    world.buy("dora", 0, 1, 800_000 * UNIT, 30).ok();
    assert_eq!(world.read_product(0).active_cover, 1_000_000 * UNIT);
    world.check_books();
}

#[test]
fn cancel_cover_from_its_first_second_on_keeps_the_capacity_for_what_happened() {
    let mut world = one_product();
    world.pass(DAY / 2);
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    let (address, old) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    world.chain.set_now(old.cover_from);
    world.cancel("dora", 0, &address).ok();
    let refund = doras_policy(&mut world, 0).refunded;
    assert_eq!(doras_policy(&mut world, 0), cancelled(old, old.cover_from, refund));
    assert_eq!(world.read_product(0).active_cover, 100_000 * UNIT);
}

/// Before it begins, and after that with a day or two of grace: the second midnight, or the end and grace if that is later. The last
/// second of a day and the first of the next are a day apart.
#[test]
fn cancel_cover_holds_the_capacity_until_the_second_midnight_at_least() {
    // Days of waiting and of grace, and how many midnights hold it.
    for (waiting_days, grace_days, midnights) in [(30, 1, 2), (30, 30, 2), (1, 1, 2), (1, 2, 3)] {
        let terms = ProductParams { waiting_days, grace_days, report_window_days: 1, ..product_params("Risk") };
        for from_midnight in [-1, 0] {
            let mut world = market(pool_params(), std::slice::from_ref(&terms));
            world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
            let (address, old) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
            let now = ((day_of(world.now()) + 20) * DAY).checked_add_signed(from_midnight).unwrap();
            world.chain.set_now(now);
            world.cancel("dora", 0, &address).ok();
            let release_day = day_of(now) + midnights;
            let (unearned, _) = split((old.release_day - release_day) * DAY, old.rate);
            let refund = unearned - unearned.div_ceil(20);
            let begun = Policy { release_day, ..cancelled(old, now, refund) };
            let policy = if waiting_days > 20 { Policy { end: now, ..begun } } else { begun };
            assert_eq!(doras_policy(&mut world, 0), policy);
            let free = release_day * DAY;
            let times = [(now, 300_000, old.rate), (free - 1, 300_000, old.rate), (free, 0, 0)];
            holds_and_earns(&mut world, times);
        }
    }
}

/// Cover that has not begun can always be given back: the shortest that there is, in the last second before it begins, a day ahead of
/// its release.
#[test]
fn cancel_cover_before_it_begins_always_frees_something_earlier() {
    let brief = ProductParams {
        waiting_days: 2,
        min_term_days: 1,
        report_window_days: 1,
        grace_days: 1,
        ..product_params("Brief")
    };
    // Bought in the first second of a day, and in the last.
    for seconds in [0, DAY - 1] {
        let mut world = market(pool_params(), std::slice::from_ref(&brief));
        let midnight = (day_of(world.now()) + 1) * DAY;
        world.chain.set_now(midnight + seconds);
        world.buy("dora", 0, 0, 300_000 * UNIT, 1).ok();
        let (address, old) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
        world.chain.set_now(old.cover_from - 1);
        world.cancel("dora", 0, &address).ok();
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.end, policy.release_day), (old.cover_from - 1, old.release_day - 1));
        let (day, _) = split(DAY, old.rate);
        assert_eq!(policy.refunded, day - day.div_ceil(20));
        world.check_books();
    }
}

#[test]
fn cancel_cover_not_on_the_day_it_was_bought() {
    let free = ProductParams { waiting_days: 0, ..product_params("Risk") };
    let mut world = market(pool_params(), &[free, product_params("Waits")]);
    world.pass(DAY / 2);
    for index in [0, 1] {
        world.buy("dora", index, 0, 100_000 * UNIT, 30).ok();
    }
    let midnight = (day_of(world.now()) + 1) * DAY;
    for (time, allowed) in [(midnight - DAY / 2, false), (midnight - 1, false), (midnight, true)] {
        world.chain.set_now(time);
        for index in [0, 1] {
            let address = world.policy(index, "dora", 0);
            let receipt = world.cancel("dora", index, &address);
            if allowed {
                receipt.ok();
            } else {
                receipt.fails(E::BoughtToday);
            }
        }
    }
}

/// A market whose product has no deductible and a price that makes a year's cover worth cancelling; dora's policy over
/// 100,000 units, which she cancelled on its third day, and the refund.
fn given_up() -> (TestWorld, Address, u64) {
    let dear = ProductParams { r0_ppm: 200_000, r1_ppm: 200_000, deductible_bps: 0, ..product_params("Dear") };
    let mut world = market(pool_params(), &[dear]);
    world.stake("vera", 600 * UNIT).ok();
    world.fund("opal", 100_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 365).ok();
    world.pass(2 * DAY + 5_000);
    let address = world.policy(0, "dora", 0);
    world.cancel("dora", 0, &address).ok();
    let refund = doras_policy(&mut world, 0).cancel_refund;
    // A year and a month and a day of a fifth, less the fees.
    assert!(refund > 15_000 * UNIT);
    (world, address, refund)
}

/// Opal reports what happened an hour before dora cancelled.
fn report_before(world: &mut TestWorld, nth: u32) -> Address {
    let cancelled_at = doras_policy(world, 0).cancelled_at;
    world.open_incident("opal", 0, nth, cancelled_at - 3_600).ok();
    world.incident(0, nth)
}

#[test]
fn cancel_cover_refund_is_given_back_by_a_claim_that_is_paid() {
    let (mut world, address, refund) = given_up();
    let incident = report_before(&mut world, 0);
    let old = doras_policy(&mut world, 0);
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT + 1).fails(E::AboveSumInsured);
    world.submit_claim("dora", &address, &incident, 40_000 * UNIT).ok();
    let claim: Claim = world.chain.read(&claim_address(&incident, &address));
    assert_eq!((claim.loss, claim.amount), (40_000 * UNIT, 40_000 * UNIT));
    let filed = Policy { claimed: 40_000 * UNIT, open_claims: 1, ..old };
    assert_eq!(doras_policy(&mut world, 0), filed);
    story::finish(&mut world, 0, 0, Some(story::FOR));
    let (balance, bond, vault) = (world.balance("dora"), claim.bond, world.vault_balance());
    let before = world.read_pool();
    let receipt = world.payout("dora", &address, &incident).ok();
    // What was paid is used. What the cancellation refunded streams to the LPs again, and the rest of the payment is hers.
    let paid = 40_000 * UNIT;
    assert_eq!(world.balance("dora") - balance, paid - refund + bond);
    assert_eq!(vault - world.vault_balance(), paid - refund + bond);
    let Event::ClaimPaid(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.given_back, event.paid), (paid, refund, paid));
    let pool = world.read_pool();
    assert_eq!(pool.other_income - before.other_income, refund);
    assert_eq!(pool.claims_paid, paid);
    let rate = filed.rate - cover::part_of(filed.rate, paid, filed.held).unwrap();
    let used = Policy { paid, given_back: refund, held: 100_000 * UNIT - paid, rate, open_claims: 0, ..filed };
    assert_eq!(doras_policy(&mut world, 0), used);
    assert_eq!(world.read_product(0).active_cover, 100_000 * UNIT - paid);

    // It is given back once.
    let incident = report_before(&mut world, 1);
    world.submit_claim("dora", &address, &incident, 60_000 * UNIT).ok();
    assert_eq!(world.chain.read::<Claim>(&claim_address(&incident, &address)).amount, 60_000 * UNIT);
    story::finish(&mut world, 0, 1, Some(story::FOR));
    world.payout("dora", &address, &incident).ok();
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.paid, policy.given_back), (100_000 * UNIT, refund), "what was insured, the refund included");
    // Time had released what it used.
    assert!(world.now() >= policy.release_day * DAY);
    assert_eq!((policy.held, world.read_product(0).active_cover), (100_000 * UNIT - paid, 0));
    world.close_policy(0, &address).ok();
    world.check_books();
}

#[test]
fn cancel_cover_refund_is_given_back_in_parts_by_small_claims() {
    let (mut world, address, refund) = given_up();
    let end = doras_policy(&mut world, 0).end;
    // All of the first is kept, and of the second what was not given back yet.
    for (nth, loss, kept) in [(0, refund - 1, refund - 1), (1, 1_000 * UNIT, 1)] {
        if nth == 0 {
            report_before(&mut world, nth);
        } else {
            world.open_incident("opal", 0, nth, end).ok();
        }
        let incident = world.incident(0, nth);
        world.submit_claim("dora", &address, &incident, loss).ok();
        let bond = world.chain.read::<Claim>(&claim_address(&incident, &address)).bond;
        story::finish(&mut world, 0, nth, Some(story::FOR));
        let balance = world.balance("dora");
        world.payout("dora", &address, &incident).ok();
        assert_eq!(world.balance("dora") - balance, loss - kept + bond);
        world.check_books();
    }
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.paid, policy.given_back), (refund - 1 + 1_000 * UNIT, refund));
}

#[test]
fn cancel_cover_refund_is_kept_when_what_was_claimed_comes_to_nothing() {
    // The incident is rejected.
    let (mut world, address, refund) = given_up();
    let old = doras_policy(&mut world, 0);
    let incident = report_before(&mut world, 0);
    world.submit_claim("dora", &address, &incident, 40_000 * UNIT).ok();
    story::finish(&mut world, 0, 0, Some(story::AGAINST));
    world.payout("dora", &address, &incident).ok();
    assert_eq!(doras_policy(&mut world, 0), old);
    assert_eq!(world.read_product(0).active_cover, 100_000 * UNIT, "all of it can still be claimed");
    let incident = report_before(&mut world, 1);
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT).ok();
    assert_eq!(doras_policy(&mut world, 0).refund_left(), Ok(refund));

    // A dispute leaves nothing of the claim, or a part of it, which gives the refund back.
    for (level, given_back) in [(0, 0), (4, refund)] {
        let (mut world, address, _) = given_up();
        world.fund("ines", 100_000 * UNIT);
        let incident = report_before(&mut world, 0);
        world.submit_claim("dora", &address, &incident, 40_000 * UNIT).ok();
        let claim = claim_address(&incident, &address);
        story::judge(&mut world, 0, 0, Some(story::FOR));
        world.dispute("ines", &address, &incident).ok();
        let claimed = world.chain.read::<Claim>(&claim).claimed;
        let stands = claimed * u64::from(level) / 16;
        world.vote_at("vera", &claim, level).ok();
        world.close_ballot(&claim).ok();
        let final_at = world.chain.read::<Ballot>(&ballot_address(&claim)).final_at;
        world.wait_until(final_at);
        world.resolve_dispute(&address, &incident).ok();
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.claimed, policy.given_back), (stands, 0), "nothing is paid yet");
        story::ripen(&mut world, 0, 0);
        world.settle(0, 0).ok();
        if level > 0 {
            world.payout("dora", &address, &incident).ok();
        }
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.paid, policy.given_back, policy.open_claims), (stands, given_back.min(stands), 0));
        assert_eq!(policy.held, 100_000 * UNIT - stands);
        world.check_books();
    }
}

#[test]
fn cancel_cover_after_a_claim_refunds_what_is_left_of_the_sum_insured() {
    let mut world = story::funded();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 300_000 * UNIT, 300).ok();
    world.pass_days(3);
    let incident = story::report(&mut world, 0, 0);
    let address = world.policy(0, "dora", 0);
    // A deductible of 15,000.
    world.submit_claim("dora", &address, &incident, 115_000 * UNIT).ok();
    story::finish(&mut world, 0, 0, Some(story::FOR));
    let bought = doras_policy(&mut world, 0);
    world.payout("dora", &address, &incident).ok();
    let (old, now) = (doras_policy(&mut world, 0), world.now());
    assert_eq!((old.held, old.rate), (200_000 * UNIT, bought.rate - bought.rate / 3));
    world.cancel("dora", 0, &address).ok();
    // Two thirds of what was paid for: the other third was used, and is income.
    let (unearned, _) = forgone(&old, now);
    let refund = unearned - unearned.div_ceil(20);
    let policy = doras_policy(&mut world, 0);
    assert_eq!(policy, cancelled(old, now, refund));
    let pool = world.read_pool();
    assert_eq!((pool.rate_ring[slot(old.release_day)], pool.income_end_day), (pool.income_rate, old.release_day));
    assert_eq!(pool.rate_ring[slot(policy.release_day)], old.rate);
    assert_eq!(world.read_product(0).cover_ring[slot(policy.release_day)], 200_000 * UNIT);
    world.chain.set_now(old.release_day * DAY);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    assert_eq!(pool.income_earned, pool.other_income + old.unearned_premium - refund, "B5 to the atom");
    world.check_books();
}

#[test]
fn cancel_cover_fee_is_the_one_of_the_sale() {
    let mut world = one_product();
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &0u16.to_le_bytes());
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &2_000u16.to_le_bytes());
    world.pass_days(1);
    let (address, policy, now) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0), world.now());
    let receipt = world.cancel("dora", 0, &address).ok();
    let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.refund, event.fee), (forgone(&policy, now).0, 0));
    world.check_books();
}

#[test]
fn cancel_cover_leaves_covered_what_happened_until_the_new_end() {
    // Seconds from the cancellation or from the new end.
    for (from_end, offset, covered) in
        [(false, -3_600i64, true), (false, 0, true), (false, 1, true), (true, 0, true), (true, 1, false)]
    {
        let mut world = story::insured();
        let address = world.policy(0, "dora", 0);
        let cancelled_at = world.now();
        world.cancel("dora", 0, &address).ok();
        let Policy { end, cancel_refund, .. } = doras_policy(&mut world, 0);
        let occurred_at = if from_end { end } else { cancelled_at }.checked_add_signed(offset).unwrap();
        world.chain.set_now(end + DAY);
        world.open_incident("opal", 0, 0, occurred_at).ok();
        let incident = world.incident(0, 0);
        let receipt = world.submit_claim("dora", &address, &incident, 100_000 * UNIT);
        if !covered {
            receipt.fails(E::NotCovered);
            continue;
        }
        receipt.ok();
        story::finish(&mut world, 0, 0, Some(story::FOR));
        world.payout("dora", &address, &incident).ok();
        // The deductible is 40,000; whenever it happened, the refund is given back.
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.paid, policy.given_back), (60_000 * UNIT, cancel_refund));
        world.check_books();
    }
}

#[test]
fn cancel_cover_waits_for_incidents_and_claims() {
    let (mut world, incident) = story::reported();
    let address = world.policy(0, "dora", 0);
    world.cancel("dora", 0, &address).fails(E::IncidentOpen);
    // Another product's incident is no obstacle.
    let emils = world.policy(1, "emil", 0);
    world.cancel("emil", 1, &emils).ok();
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT).ok();
    world.cancel("dora", 0, &address).fails(E::IncidentOpen);
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.cancel("dora", 0, &address).fails(E::ClaimOpen);
    world.payout("dora", &address, &incident).ok();
    world.cancel("dora", 0, &address).ok();
    let policy = doras_policy(&mut world, 0);
    let held = story::DORAS - 60_000 * UNIT;
    assert_eq!(world.read_product(0).cover_ring[slot(policy.release_day)], held, "all that it held");
    world.check_books();
}

#[test]
fn cancel_cover_once_and_not_on_its_last_day() {
    let mut world = one_product();
    for id in 0..3 {
        world.buy("dora", 0, id, 1_000 * UNIT, 30).ok();
    }
    let [first, second, third] = [0, 1, 2].map(|id| world.policy(0, "dora", id));
    world.pass_days(1);
    world.cancel("dora", 0, &first).ok();
    world.cancel("dora", 0, &first).fails(E::PolicyEnded);
    let end = doras_policy(&mut world, 1).end;
    world.chain.set_now(end - DAY - 1);
    world.cancel("dora", 0, &second).ok();
    world.pass(1);
    world.cancel("dora", 0, &third).fails(E::NothingToRefund);
    world.chain.set_now(end - 1);
    world.cancel("dora", 0, &third).fails(E::NothingToRefund);
    world.pass(1);
    world.cancel("dora", 0, &third).fails(E::PolicyEnded);
    world.check_books();
}

#[test]
fn cancel_cover_of_a_delisted_product_goes_on() {
    let mut world = one_product();
    world.buy("dora", 0, 0, UNIT, 30).ok();
    let (address, product) = (world.policy(0, "dora", 0), world.product(0));
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.pass_days(1);
    world.cancel("dora", 0, &address).ok();
}

#[test]
fn cancel_cover_is_the_holders_alone() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let address = world.policy(0, "dora", 0);
    world.pass_days(1);
    world.cancel("emil", 0, &address).fails(E::NotHolder);
    let instruction = world.cancel_accounts("dora", 0, &address).instruction(0);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    world.transfer_cover("dora", &address, "emil").ok();
    world.send(instruction, &["dora"]).fails(E::NotHolder);
    // The refund goes wherever the holder says.
    let before = world.balance("dora");
    let accounts = CancelCover {
        holder_token: world.tokens("dora", &world.asset()),
        ..world.cancel_accounts("emil", 0, &address)
    };
    world.send(accounts.instruction(0), &["emil"]).ok();
    let refunded = doras_policy(&mut world, 0).refunded;
    assert!(refunded > 0);
    assert_eq!(world.balance("dora"), before + refunded);
}

#[test]
fn cancel_cover_refuses_wrong_accounts() {
    let (mut world, address) = two_policies();
    world.pass_days(1);
    let instruction = world.cancel_accounts("dora", 0, &address).instruction(0);
    refuses_other_accounts_of_a_policy(&mut world, &instruction, 5);
    let (governance, pool) = (world.governance(), world.pool());
    let (court, second) = (world.assembly(), second_assembly(&mut world));
    let forged = forge(&mut world, &court);
    let rows = [
        (4, second, error(E::WrongAssembly)),
        (4, pool, DUPLICATE),
        (4, address, DUPLICATE),
        (4, forged, I::IllegalOwner),
        (5, governance, TOO_SMALL),
    ];
    refuses(&mut world, &instruction, &["dora"], &rows);
    needs_a_full_vault(&mut world, instruction, &["dora"]);
}
