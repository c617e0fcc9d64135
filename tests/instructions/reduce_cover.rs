//! `reduce_cover`: part of the sum insured is given back for good. Its capacity is held, and paid for, until the second midnight;
//! what was paid for it from then on is refunded less the fee.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY, day_of,
    stream::{RATE_BITS, stream},
};
use harness::{Chain, UNIT, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// What `part` of what is left of a policy's sum insured has of its rate, and what that would earn from the second midnight after
/// `now` on: whole atoms, and the rest × 2^26.
fn returned(policy: &Policy, part: u64, now: u64) -> (u64, u64, u64) {
    let rate = (u128::from(policy.rate) * u128::from(part) / u128::from(policy.held)) as u64;
    let total = u128::from(rate) * u128::from((policy.release_day - (day_of(now) + 2)) * DAY);
    (rate, (total >> RATE_BITS) as u64, (total & ((1 << RATE_BITS) - 1)) as u64)
}

#[test]
fn reduce_cover_writes_the_policy_the_books_and_the_rings() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.buy("emil", 0, 0, 200_000 * UNIT, 90).ok();
    world.pass(20 * DAY + 12_345);
    world.roll_product(0).ok();
    let address = world.policy(0, "dora", 0);
    let (pool_before, product_before, old) = (world.read_pool(), world.read_product(0), doras_policy(&mut world, 0));
    let (balance, vault_before, now) = (world.balance("dora"), world.vault_balance(), world.now());
    // A part that divides nothing evenly.
    let part = 100_000 * UNIT + 1;
    let receipt = world.reduce("dora", 0, &address, part).ok();

    let (rate, unearned, rest) = returned(&old, part, now);
    let fee = unearned.div_ceil(20);
    let refund = unearned - fee;
    let policy =
        Policy { amount: 200_000 * UNIT - 1, held: 200_000 * UNIT - 1, rate: old.rate - rate, refunded: refund, ..old };
    assert_eq!(doras_policy(&mut world, 0), policy);

    let freed_day = day_of(now) + 2;
    let mut product = product_before;
    product.cover_ring[slot(old.release_day)] -= part;
    product.cover_ring[slot(freed_day)] += part;
    product.returned[0] = part;
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
    pool.rate_ring[slot(old.release_day)] -= rate;
    pool.rate_ring[slot(freed_day)] += rate;
    pool.rate_ring[slot(fee_end)] += fees.rate;
    pool.cover_ring[slot(old.release_day)] -= part;
    pool.cover_ring[slot(freed_day)] += part;
    assert_eq!(world.read_pool(), pool);
    assert_eq!((world.balance("dora"), world.vault_balance()), (balance + refund, vault_before - refund));
    let event = CoverReduced {
        product: world.product(0),
        policy: address,
        holder: world.key("dora"),
        refund,
        fee,
        amount: policy.amount,
        product_active: product.active_cover,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::CoverReduced(event));
    // What was given back is sold again from the second midnight on.
    world.chain.set_now(freed_day * DAY - 1);
    world.buy("emil", 0, 1, 600_000 * UNIT + 1, 30).fails(E::ProductCapacity);
    world.pass(1);
    world.buy("emil", 0, 1, 600_000 * UNIT + 1, 30).ok();
    assert_eq!(world.read_product(0).active_cover, 1_000_000 * UNIT);
    world.check_books();
}

#[test]
fn reduce_cover_earns_first_and_leaves_the_lps_what_was_earned_and_the_fees() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    let (address, sold) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    world.pass(5 * DAY + 3);
    let receipt = world.reduce("dora", 0, &address, 50_000 * UNIT).ok();
    let Event::CoverReduced(event) = only_event(&receipt) else { panic!("another event") };
    let rest = u128::from(stream(sold.unearned_premium, sold.release_day * DAY - sold.bought_at).unwrap().rest);
    let earned = ((u128::from(sold.rate) * u128::from(5 * DAY + 3) + rest) >> RATE_BITS) as u64;
    assert_eq!(event.earned, earned);
    // Again and again, extended in between, and the rest is cancelled.
    world.pass(DAY);
    world.reduce("dora", 0, &address, 1).ok();
    world.extend("dora", 0, &address, 20).ok();
    world.pass(DAY);
    world.reduce("dora", 0, &address, 100_000 * UNIT).ok();
    world.pass(DAY);
    let extended = doras_policy(&mut world, 0);
    world.cancel("dora", 0, &address).ok();
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.amount, policy.bought), (150_000 * UNIT - 1, 300_000 * UNIT));
    // What she gave back yesterday is held for this day still.
    assert_eq!(world.read_product(0).active_cover, policy.amount + 100_000 * UNIT);
    assert_eq!(world.read_pool().premiums_refunded, policy.refunded);
    // The fees are earned until then.
    world.chain.set_now(extended.release_day * DAY);
    world.roll_product(0).ok();
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    assert_eq!((pool.active_cover, pool.group_active[0], product.active_cover), (0, 0, 0));
    let kept = policy.unearned_premium - policy.refunded;
    assert_eq!((pool.income_earned, pool.capital), (kept, CAPITAL + kept), "B5 to the atom");
    for ring in [pool.rate_ring, pool.cover_ring, product.cover_ring] {
        assert_eq!(ring, [0; 512]);
    }
    world.check_books();
}

/// The last second of a day and the first of the next are a day apart: in what is held, and in what is refunded.
#[test]
fn reduce_cover_holds_what_is_given_back_until_the_second_midnight() {
    let mut refunds = Vec::new();
    for from_midnight in [-1, 0] {
        let mut world = one_product();
        world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
        let address = world.policy(0, "dora", 0);
        let midnight = (day_of(world.now()) + 20) * DAY;
        let now = midnight.checked_add_signed(from_midnight).unwrap();
        world.chain.set_now(now);
        let old = doras_policy(&mut world, 0);
        world.reduce("dora", 0, &address, 100_000 * UNIT).ok();
        let freed = midnight + if from_midnight < 0 { DAY } else { 2 * DAY };
        assert_eq!(world.second_midnight(), freed);
        let rate = old.rate / 3;
        let whole = u128::from(rate) * u128::from(old.release_day * DAY - freed);
        let unearned = (whole >> RATE_BITS) as u64;
        let policy = doras_policy(&mut world, 0);
        assert_eq!(policy.refunded, unearned - unearned.div_ceil(20), "what was paid for it from then on");
        assert_eq!((policy.held, policy.rate, policy.release_day), (200_000 * UNIT, old.rate - rate, old.release_day));
        refunds.push(unearned);
        let times = [(now, 300_000, old.rate), (freed - 1, 300_000, old.rate), (freed, 200_000, policy.rate)];
        holds_and_earns(&mut world, times);
    }
    // A third of a day's premium, but for an atom of rounding.
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    let day = (u128::from(doras_policy(&mut world, 0).rate / 3) * u128::from(DAY)) >> RATE_BITS;
    assert!((0..=1).contains(&(refunds[0] - refunds[1] - day as u64)), "{refunds:?} and {day}");
}

/// Cover with a day of grace is released a day after its end. When the second midnight is no earlier, there is nothing to give back.
#[test]
fn reduce_cover_that_frees_nothing_earlier_is_refused() {
    let brief = ProductParams { report_window_days: 1, grace_days: 1, ..product_params("Brief") };
    let mut world = market(pool_params(), &[brief]);
    world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
    let (address, old) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    assert_eq!(old.release_day * DAY, old.end + DAY);
    // In the last second before the last day a day of the part is left to refund. In the next second nothing is.
    world.chain.set_now(old.end - DAY - 1);
    world.reduce("dora", 0, &address, 100_000 * UNIT).ok();
    let day = (u128::from(old.rate / 3) * u128::from(DAY)) >> RATE_BITS;
    let refund = day as u64 - (day as u64).div_ceil(20);
    assert_eq!(doras_policy(&mut world, 0).refunded, refund);
    for time in [old.end - DAY, old.end - 1] {
        world.chain.set_now(time);
        world.reduce("dora", 0, &address, 100_000 * UNIT).fails(E::NothingToRefund);
    }
    world.pass(1);
    world.reduce("dora", 0, &address, 100_000 * UNIT).fails(E::PolicyEnded);
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.amount, policy.refunded), (200_000 * UNIT, refund), "a failure moves nothing");
    // What was given back is free on the day of the end, what was kept a day later.
    world.roll_product(0).ok();
    assert_eq!(world.read_product(0).active_cover, 200_000 * UNIT);
    world.pass(DAY);
    world.roll_product(0).ok();
    assert_eq!(world.read_product(0).active_cover, 0);
    world.check_books();
}

#[test]
fn reduce_cover_in_parts_refunds_no_more_than_at_once() {
    let refund_of = |parts: &[u64]| {
        let mut world = one_product();
        world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
        let address = world.policy(0, "dora", 0);
        world.pass(20 * DAY + 12_345);
        for part in parts {
            world.reduce("dora", 0, &address, *part).ok();
        }
        world.check_books();
        let policy = doras_policy(&mut world, 0);
        assert_eq!(policy.amount, 200_000 * UNIT);
        policy.refunded
    };
    let at_once = refund_of(&[100_000 * UNIT]);
    let parts = [1, 33_333 * UNIT, 7, 100_000 * UNIT - 33_333 * UNIT - 8];
    let in_parts = refund_of(&parts);
    // A rounding of the rate, of the whole atoms and of the fee for each part.
    assert!(in_parts <= at_once && at_once - in_parts <= 3 * parts.len() as u64, "{at_once} or {in_parts}");
}

#[test]
fn reduce_cover_pays_at_least_what_was_asked_for() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.pass_days(3);
    let (address, policy, now) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0), world.now());
    let (_, unearned, _) = returned(&policy, 100_000 * UNIT, now);
    let refund = unearned - unearned.div_ceil(20);
    let accounts = world.reduce_accounts("dora", 0, &address);
    for min_refund in [refund + 1, u64::MAX] {
        world.send(accounts.instruction(100_000 * UNIT, min_refund), &["dora"]).fails(E::RefundTooLow);
    }
    world.send(accounts.instruction(100_000 * UNIT, refund), &["dora"]).ok();
    assert_eq!(doras_policy(&mut world, 0).refunded, refund);
}

#[test]
fn reduce_cover_gives_back_a_part_and_never_all() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.pass_days(1);
    let address = world.policy(0, "dora", 0);
    // The deductible stays 50, and more than that must be left.
    for part in [0, 950 * UNIT, 1_000 * UNIT, 1_000 * UNIT + 1, u64::MAX] {
        world.reduce("dora", 0, &address, part).fails(E::NotPartOfCover);
    }
    world.reduce("dora", 0, &address, 950 * UNIT - 1).ok();
    assert_eq!(doras_policy(&mut world, 0).amount, 50 * UNIT + 1);
    world.pass(1);
    world.reduce("dora", 0, &address, 1).fails(E::NotPartOfCover);
    world.cancel("dora", 0, &address).ok();
    world.pass(1);
    world.reduce("dora", 0, &address, 1).fails(E::PolicyEnded);
    world.check_books();
}

#[test]
fn reduce_cover_not_on_the_day_it_was_bought_nor_after_the_end() {
    let mut world = one_product();
    world.pass(DAY / 2);
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let (address, policy) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    let midnight = (world.now() / DAY + 1) * DAY;
    world.reduce("dora", 0, &address, UNIT).fails(E::BoughtToday);
    world.chain.set_now(midnight - 1);
    world.reduce("dora", 0, &address, UNIT).fails(E::BoughtToday);
    // Before it begins as well as after.
    for time in [midnight, policy.cover_from - 1, policy.cover_from, policy.end - 1] {
        world.chain.set_now(time);
        world.reduce("dora", 0, &address, UNIT).ok();
    }
    assert_eq!(doras_policy(&mut world, 0).held, 996 * UNIT);
    world.chain.set_now(policy.end);
    world.reduce("dora", 0, &address, UNIT).fails(E::PolicyEnded);
    world.check_books();
}

#[test]
fn reduce_cover_waits_for_incidents_claims_and_breaches() {
    let (mut world, incident) = story::reported();
    let address = world.policy(0, "dora", 0);
    world.reduce("dora", 0, &address, UNIT).fails(E::IncidentOpen);
    // Another product's incident is no obstacle.
    let emils = world.policy(1, "emil", 0);
    world.reduce("emil", 1, &emils, UNIT).ok();
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT).ok();
    world.reduce("dora", 0, &address, UNIT).fails(E::IncidentOpen);
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.reduce("dora", 0, &address, UNIT).fails(E::ClaimOpen);
    world.payout("dora", &address, &incident).ok();
    // 60,000 were paid: less than what is left can be given back, so that more than the deductible stays.
    let policy = doras_policy(&mut world, 0);
    let most = story::DORAS - 60_000 * UNIT - policy.deductible().unwrap();
    world.reduce("dora", 0, &address, most).fails(E::NotPartOfCover);
    world.reduce("dora", 0, &address, most - 1).ok();
    let left = policy.deductible().unwrap() + 1;
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.amount, policy.claimed, policy.held), (60_000 * UNIT + left, 60_000 * UNIT, left));
    world.check_books();

    let product = world.product(0);
    let breached = offset_of!(Product, price) + offset_of!(PriceTrigger, started_at);
    edit(&mut world, &product, breached, &1u64.to_le_bytes());
    world.reduce("dora", 0, &address, 1).fails(E::BreachRunning);
}

#[test]
fn reduce_cover_after_a_claim_refunds_the_part_of_what_it_cost() {
    let mut world = story::funded();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 300_000 * UNIT, 300).ok();
    world.pass_days(3);
    let incident = story::report(&mut world, 0, 0);
    let address = world.policy(0, "dora", 0);
    // A deductible of 15,000.
    world.submit_claim("dora", &address, &incident, 115_000 * UNIT).ok();
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.payout("dora", &address, &incident).ok();
    let (old, now) = (doras_policy(&mut world, 0), world.now());
    assert_eq!((old.amount, old.held), (300_000 * UNIT, 200_000 * UNIT));
    world.reduce("dora", 0, &address, 150_000 * UNIT).ok();
    // Three quarters of what is left: the claim has used a third of what was bought.
    let (_, unearned, _) = returned(&old, 150_000 * UNIT, now);
    let policy = doras_policy(&mut world, 0);
    assert_eq!(policy.refunded, unearned - unearned.div_ceil(20));
    assert_eq!((policy.amount, policy.held), (150_000 * UNIT, 50_000 * UNIT));
    world.check_books();
}

/// Dora's policy over 100,000 units with a deductible of 5,000, of which she gave 60,000 back on its fourth day.
fn reduced() -> (TestWorld, solana_address::Address) {
    let mut world = story::funded();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 90).ok();
    world.pass(3 * DAY + 5_000);
    let address = world.policy(0, "dora", 0);
    world.reduce("dora", 0, &address, 60_000 * UNIT).ok();
    (world, address)
}

#[test]
fn reduce_cover_leaves_the_deductible_as_it_was() {
    let deductible = 5_000 * UNIT;
    // Seconds from the reduction to the event.
    for offset in [-3_600, 0, 1, 3_600] {
        let (mut world, address) = reduced();
        let occurred_at = world.now().checked_add_signed(offset).unwrap();
        world.pass(3_600);
        // Nor does a second reduction, by an atom.
        world.reduce("dora", 0, &address, 1).ok();
        world.pass(3_600);
        world.open_incident("opal", 0, 0, occurred_at).ok();
        let incident = world.incident(0, 0);
        world.submit_claim("dora", &address, &incident, deductible).fails(E::BelowDeductible);
        // Never more than what is insured now, whenever it happened: the rest was given back for all that was not reported.
        let most = deductible + 40_000 * UNIT - 1;
        world.submit_claim("dora", &address, &incident, most + 1).fails(E::AboveSumInsured);
        world.submit_claim("dora", &address, &incident, most).ok();
        let claim: Claim = world.chain.read(&claim_address(&incident, &address));
        assert_eq!(claim.amount, 40_000 * UNIT - 1);
        story::finish(&mut world, 0, 0, Some(story::FOR));
        world.payout("dora", &address, &incident).ok();
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.paid, policy.held, policy.refunded > 0), (40_000 * UNIT - 1, 0, true));
        world.check_books();
    }
}

#[test]
fn reduce_cover_is_held_by_a_report_for_what_is_left() {
    // The rest cannot be claimed, though it is not free yet.
    let lien = 40_000 * UNIT;
    for before in [DAY + 1, 1, 0] {
        let (mut world, _) = reduced();
        let midnight = world.second_midnight();
        world.chain.set_now(midnight - before);
        let incident = story::report(&mut world, 0, 0);
        assert_eq!(world.chain.read::<Incident>(&incident).lien, lien);
        assert_eq!(world.read_pool().own_liens(), Ok(lien));
        // A report changes nothing of when it is free.
        world.chain.set_now(midnight);
        world.roll_product(0).ok();
        assert_eq!(world.read_product(0).active_cover, 40_000 * UNIT);
        world.check_books();
    }
}

#[test]
fn reduce_cover_extension_and_cancellation_are_of_what_is_left() {
    let (mut world, address) = reduced();
    // What is extended is priced as the last slice: above what she gave back, while that is held.
    let midnight = world.second_midnight();
    for (time, below) in [(midnight - 1, 60_000 * UNIT), (midnight, 0)] {
        world.chain.set_now(time);
        world.roll_product(0).ok();
        let (old, pool) = (doras_policy(&mut world, 0), world.read_pool());
        world.extend("dora", 0, &address, 10).ok();
        let policy = doras_policy(&mut world, 0);
        let price = CURVE.premium(pool.capital, below, 40_000 * UNIT, (10 * DAY) as u32).unwrap();
        // A second more costs no less than one does now.
        let price = price.max(as_now(&old, 10));
        assert_eq!(policy.premium - old.premium, price);
    }
    let old = doras_policy(&mut world, 0);
    assert_eq!(world.read_product(0).cover_ring[slot(old.release_day)], 40_000 * UNIT);
    world.pass(1);
    world.cancel("dora", 0, &address).ok();
    let policy = doras_policy(&mut world, 0);
    // Only the cancellation's refund is given back by a claim.
    assert_eq!(policy.refunded, old.refunded + policy.cancel_refund);
    assert_eq!(world.read_product(0).cover_ring[slot(policy.release_day)], 40_000 * UNIT);
    world.check_books();
}

#[test]
fn reduce_cover_fee_is_the_one_of_the_sale_and_a_delisted_product_is_no_obstacle() {
    let mut world = one_product();
    let (pool, product) = (world.pool(), world.product(0));
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &0u16.to_le_bytes());
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &2_000u16.to_le_bytes());
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.pass_days(1);
    let (address, policy, now) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0), world.now());
    let receipt = world.reduce("dora", 0, &address, 50_000 * UNIT).ok();
    let Event::CoverReduced(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.refund, event.fee), (returned(&policy, 50_000 * UNIT, now).1, 0));
    world.check_books();
}

#[test]
fn reduce_cover_that_refunds_nothing_moves_nothing_but_the_cover() {
    let free = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Free") };
    let params = PoolParams { min_premium: 1, ..pool_params() };
    let mut world = market(params, &[free]);
    world.buy("dora", 0, 0, CAPITAL, 30).ok();
    world.pass_days(1);
    let (address, balance) = (world.policy(0, "dora", 0), world.balance("dora"));
    world.reduce("dora", 0, &address, CAPITAL / 2).ok();
    assert_eq!((doras_policy(&mut world, 0).refunded, world.balance("dora")), (0, balance));
    let midnight = world.second_midnight();
    for (time, active) in [(midnight - 1, CAPITAL), (midnight, CAPITAL / 2)] {
        world.chain.set_now(time);
        world.roll_product(0).ok();
        assert_eq!(world.read_product(0).active_cover, active);
    }
    world.check_books();
}

#[test]
fn reduce_cover_is_the_holders_alone() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let address = world.policy(0, "dora", 0);
    world.pass_days(1);
    world.reduce("emil", 0, &address, UNIT).fails(E::NotHolder);
    let instruction = world.reduce_accounts("dora", 0, &address).instruction(UNIT, 0);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    world.transfer_cover("dora", &address, "emil").ok();
    world.send(instruction, &["dora"]).fails(E::NotHolder);
    // The refund goes wherever the holder says.
    let before = world.balance("dora");
    let accounts = ReduceCover {
        holder_token: world.tokens("dora", &world.asset()),
        ..world.reduce_accounts("emil", 0, &address)
    };
    world.send(accounts.instruction(500 * UNIT, 0), &["emil"]).ok();
    let refunded = doras_policy(&mut world, 0).refunded;
    assert!(refunded > 0);
    assert_eq!(world.balance("dora"), before + refunded);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, address) = two_policies();
    world.pass_days(1);
    let instruction = world.reduce_accounts("dora", 0, &address).instruction(UNIT, 0);
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
