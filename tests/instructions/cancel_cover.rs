//! `cancel_cover`: ends with the day, gives back what was not earned less the fee, and what happened until then stays
//! covered.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY, cover, day_of,
    stream::{RATE_BITS, stream},
};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// What a policy cancelled at `now` would not have earned: whole atoms, and the rest × 2^26.
fn forgone(policy: &Policy, now: u64) -> (u64, u64) {
    let seconds = policy.end - (day_of(now) + 1) * DAY;
    let total = u128::from(policy.rate) * u128::from(seconds);
    ((total >> RATE_BITS) as u64, (total & ((1 << RATE_BITS) - 1)) as u64)
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
    let end_day = day_of(now) + 1;
    let policy = Policy { cancelled: 1, refunded: refund, end: end_day * DAY, release_day: end_day + 30, ..old };
    assert_eq!(doras_policy(&mut world, 0), policy);

    let mut product = product_before;
    product.cover_ring[slot(old.release_day)] -= 300_000 * UNIT;
    product.cover_ring[slot(policy.release_day)] += 300_000 * UNIT;
    assert_eq!(world.read_product(0), product);
    let fee_end = cover::income_end_day(now, cover::INCOME_DAYS).unwrap();
    let fees = stream(fee, fee_end * DAY - now).unwrap();
    let mut pool = Pool {
        unearned: pool_before.unearned - refund,
        premiums_refunded: refund,
        rate: pool_before.rate + fees.rate,
        rate_fraction: pool_before.rate_fraction + rest + fees.rest,
        ..pool_before
    };
    pool.rate_ring[slot(old.end / DAY)] -= old.rate;
    pool.rate_ring[slot(end_day)] += old.rate;
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
    let rest = u128::from(stream(old.unearned_premium, old.end - old.bought_at).unwrap().rest);
    let earned = ((u128::from(old.rate) * u128::from(20 * DAY + 12_345) + rest) >> RATE_BITS) as u64;
    assert_eq!(event.earned, earned);
    let policy = doras_policy(&mut world, 0);

    // The fee takes seven days, up to a day boundary.
    let fee_end = cover::income_end_day(world.now(), cover::INCOME_DAYS).unwrap() * DAY;
    world.chain.set_now(fee_end - 1);
    world.roll_product(0).ok();
    assert!(world.read_pool().unearned > 0, "not before its time");
    world.pass(1);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    let kept = policy.unearned_premium - policy.refunded;
    assert_eq!((pool.income_earned, pool.capital), (kept, CAPITAL + kept), "B5 to the atom");

    world.chain.set_now(policy.release_day * DAY - 1);
    world.roll_product(0).ok();
    assert_eq!(world.read_product(0).active_cover, CAPITAL);
    world.pass(1);
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
    let running = (u128::from(sold.rate) * u128::from(sold.end - extended_at)) >> RATE_BITS;
    let added = u128::from(extended.unearned_premium - sold.unearned_premium);
    let rate = ((running + added) << RATE_BITS) / u128::from(extended.end - extended_at);
    world.pass(20 * DAY + 4_321);
    world.roll_product(0).ok();
    let (balance, vault_before, end_day) = (world.balance("dora"), world.vault_balance(), day_of(world.now()) + 1);
    let left = ((rate * u128::from(extended.end - end_day * DAY)) >> RATE_BITS) as u64;
    let fee = left.div_ceil(20);
    let receipt = world.cancel("dora", 0, &address).ok();
    let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.refund, event.fee), (left - fee, fee));
    assert!(event.refund > sold.unearned_premium, "the second premium is in it");
    assert_eq!((world.balance("dora"), world.vault_balance()), (balance + left - fee, vault_before - (left - fee)));
    let policy =
        Policy { cancelled: 1, refunded: left - fee, end: end_day * DAY, release_day: end_day + 30, ..extended };
    assert_eq!(doras_policy(&mut world, 0), policy);
    for ring in [world.read_product(0).cover_ring, world.read_pool().cover_ring] {
        let held: Vec<_> = ring.iter().enumerate().filter(|(_, cover)| **cover > 0).collect();
        assert_eq!(held, [(slot(policy.release_day), &(300_000 * UNIT))]);
    }
    world.check_books();

    // Neither stream leaves anything behind.
    let fee_end = cover::income_end_day(world.now(), cover::INCOME_DAYS).unwrap();
    world.chain.set_now(fee_end * DAY);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    let kept = policy.unearned_premium - policy.refunded;
    assert_eq!((pool.income_earned, pool.capital), (kept, CAPITAL + kept), "B5 to the atom");
    world.check_books();
}

#[test]
fn cancel_cover_before_it_begins_gives_back_all_but_the_day_and_the_fee() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    let (address, policy, now) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0), world.now());
    let (unearned, _) = forgone(&policy, now);
    let refund = unearned - unearned.div_ceil(20);
    let accounts = world.cancel_accounts("dora", 0, &address);
    world.send(accounts.instruction(refund + 1), &["dora"]).fails(E::RefundTooLow);
    world.send(accounts.instruction(u64::MAX), &["dora"]).fails(E::RefundTooLow);
    world.send(accounts.instruction(refund), &["dora"]).ok();
    assert_eq!(doras_policy(&mut world, 0).refunded, refund);
    // It ends before it begins: nothing is covered.
    let cancelled = doras_policy(&mut world, 0);
    assert!(cancelled.end < cancelled.cover_from);
    world.check_books();
}

#[test]
fn cancel_cover_fee_is_the_one_of_the_sale() {
    let mut world = one_product();
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &0u16.to_le_bytes());
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    edit(&mut world, &pool, offset_of!(Pool, cancel_fee_bps), &2_000u16.to_le_bytes());
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
        let end = doras_policy(&mut world, 0).end;
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
        // The deductible is 40,000.
        assert_eq!(doras_policy(&mut world, 0).paid, 60_000 * UNIT);
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
    assert_eq!(world.read_product(0).cover_ring[slot(policy.release_day)], story::DORAS, "all that it held");
    world.check_books();
}

#[test]
fn cancel_cover_once_and_not_on_its_last_day() {
    let mut world = one_product();
    for id in 0..3 {
        world.buy("dora", 0, id, 1_000 * UNIT, 30).ok();
    }
    let [first, second, third] = [0, 1, 2].map(|id| world.policy(0, "dora", id));
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
    world.cancel("dora", 0, &address).ok();
}

#[test]
fn cancel_cover_is_the_holders_alone() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let address = world.policy(0, "dora", 0);
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
    let instruction = world.cancel_accounts("dora", 0, &address).instruction(0);
    refuses_other_accounts_of_a_policy(&mut world, &instruction);
    let governance = world.governance();
    refuses(&mut world, &instruction, &["dora"], &[(4, governance, TOO_SMALL)]);
    needs_a_full_vault(&mut world, instruction, &["dora"]);
}
