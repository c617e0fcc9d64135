//! `extend_cover`: what is left of the sum insured goes on without a gap, priced as the last slice sold.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY,
    cover::PremiumSplit,
    shares,
    stream::{RATE_BITS, stream},
};
use harness::{Chain, UNIT, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// What the formulas ask for `days` more of the last `amount` of `active`: what lies above the capacity costs the rate of full
/// utilisation.
fn extension_premium(capacity: u64, active: u64, amount: u64, days: u64) -> u64 {
    let start = active - amount;
    let within = amount.min(capacity.saturating_sub(start));
    let above = u128::from(amount - within) * u128::from(CURVE.r2_ppm) * u128::from(days);
    let within = if within > 0 { CURVE.premium(capacity, start, within, (days * DAY) as u32).unwrap() } else { 0 };
    within + above.div_ceil(1_000_000 * 365) as u64
}

#[test]
fn extend_cover_writes_the_policy_the_books_and_the_rings() {
    let mut world = one_product();
    world.fund("dist", 0);
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.buy("emil", 0, 0, 600_000 * UNIT, 90).ok();
    world.pass(10 * DAY + 777);
    world.roll_product(0).ok();
    let address = world.policy(0, "dora", 0);
    let (pool_before, product_before, old) = (world.read_pool(), world.read_product(0), doras_policy(&mut world, 0));
    let (emils, vault_before, now) = (world.balance("emil"), world.vault_balance(), world.now());
    let price = extension_premium(pool_before.capital, 900_000 * UNIT, 300_000 * UNIT, 30);
    let split = PremiumSplit::of(price, 1_500, 500, 500).unwrap();
    let premium = price + split.commission;
    let accounts = ExtendCover {
        distributor_token: Some(world.tokens("dist", &world.asset())),
        ..world.extend_accounts("emil", 0, &address)
    };
    // The most that is paid covers the commission, which comes on top of the price.
    let request = ExtensionRequest { max_premium: premium - 1, days: 30, commission_bps: 1_500 };
    world.send(accounts.instruction(&request), &["emil"]).fails(E::PremiumTooHigh);
    let request = ExtensionRequest { max_premium: premium, ..request };
    let receipt = world.send(accounts.instruction(&request), &["emil"]).ok();

    let rest = u128::from(old.rate) * u128::from(old.release_day * DAY - now);
    let (running, rest) = ((rest >> RATE_BITS) as u64, (rest & ((1 << RATE_BITS) - 1)) as u64);
    let end = old.end + 30 * DAY;
    let joined = stream(running + split.unearned, (old.release_day + 30) * DAY - now).unwrap();
    let policy = Policy {
        premium: old.premium + premium,
        unearned_premium: old.unearned_premium + split.unearned,
        commission: split.commission,
        protocol_fee: old.protocol_fee + split.protocol_fee,
        assessor_fee: old.assessor_fee + split.assessor_fee,
        end,
        release_day: old.release_day + 30,
        ..old
    };
    assert_eq!(doras_policy(&mut world, 0), policy);

    let (old_slot, new_slot) = (slot(old.release_day), slot(policy.release_day));
    let mut product = product_before;
    product.cover_ring[old_slot] -= 300_000 * UNIT;
    product.cover_ring[new_slot] += 300_000 * UNIT;
    product.last_release_day = policy.release_day;
    assert_eq!(world.read_product(0), product);
    assert_eq!(product.active_cover, 900_000 * UNIT, "nothing more is insured");
    let mut pool = Pool {
        unearned: pool_before.unearned + split.unearned,
        assessors: pool_before.assessors + split.assessor_fee,
        treasury_due: pool_before.treasury_due + split.protocol_fee,
        rate: pool_before.rate - old.rate + joined.rate,
        rate_fraction: pool_before.rate_fraction + rest + joined.rest,
        premiums_paid: pool_before.premiums_paid + premium,
        commissions_paid: split.commission,
        protocol_fees: pool_before.protocol_fees + split.protocol_fee,
        assessor_fees: pool_before.assessor_fees + split.assessor_fee,
        // What another than the holder pays beyond what a second cost is income.
        income_rate: joined.rate - old.rate,
        income_end_day: policy.release_day,
        ..pool_before
    };
    assert!(joined.rate > old.rate);
    pool.rate_ring[old_slot] -= old.rate;
    pool.rate_ring[new_slot] += joined.rate;
    pool.cover_ring[old_slot] -= 300_000 * UNIT;
    pool.cover_ring[new_slot] += 300_000 * UNIT;
    assert_eq!(world.read_pool(), pool);

    assert_eq!((world.balance("emil"), world.balance("dist")), (emils - premium, split.commission));
    assert_eq!(world.vault_balance(), vault_before + price);
    let event = CoverExtended {
        product: accounts.product,
        policy: address,
        payer: accounts.payer,
        premium,
        commission: split.commission,
        end,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::CoverExtended(event));
    world.check_books();
}

#[test]
fn what_the_holder_pays_is_one_stream_with_what_was_left() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.buy("emil", 0, 0, 600_000 * UNIT, 90).ok();
    world.pass(10 * DAY + 777);
    world.roll_product(0).ok();
    let address = world.policy(0, "dora", 0);
    let (pool, old, now) = (world.read_pool(), doras_policy(&mut world, 0), world.now());
    let price = extension_premium(pool.capital, 900_000 * UNIT, 300_000 * UNIT, 30);
    let split = PremiumSplit::of(price, 0, 500, 500).unwrap();
    let running = (u128::from(old.rate) * u128::from(old.release_day * DAY - now)) >> RATE_BITS;
    let joined = stream(running as u64 + split.unearned, (old.release_day + 30) * DAY - now).unwrap();
    world.extend("dora", 0, &address, 30).ok();
    assert!(joined.rate > old.rate);
    assert_eq!(doras_policy(&mut world, 0).rate, joined.rate);
    assert_eq!(world.read_pool().income_rate, 0);
}

#[test]
fn extend_cover_by_ones_own_distributor_takes_nothing_from_the_lps() {
    let mut results = Vec::new();
    for commission_bps in [0, 1, 2_000] {
        let mut world = one_product();
        world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
        world.pass_days(10);
        let (asset, address) = (world.asset(), world.policy(0, "dora", 0));
        let own = story::other_tokens(&mut world, "dora's other account", "dora", &asset);
        let distributor_token = (commission_bps > 0).then_some(own);
        let accounts = ExtendCover { distributor_token, ..world.extend_accounts("dora", 0, &address) };
        let request = ExtensionRequest { max_premium: u64::MAX, days: 30, commission_bps };
        world.send(accounts.instruction(&request), &["dora"]).ok();
        let (policy, pool) = (doras_policy(&mut world, 0), world.read_pool());
        let commission = world.balance_of(&own);
        assert_eq!((policy.commission, pool.commissions_paid), (commission, commission));
        assert_eq!(commission > 0, commission_bps > 0);
        world.check_books();
        results.push((
            Policy { premium: policy.premium - commission, commission: 0, ..policy },
            Pool { premiums_paid: pool.premiums_paid - commission, commissions_paid: 0, ..pool },
            (world.vault_balance(), world.balance("dora") + commission),
        ));
        assert_eq!((pool.unearned, policy.unearned_premium), (results[0].1.unearned, results[0].0.unearned_premium));
    }
    assert!(results.iter().all(|result| *result == results[0]));
}

#[test]
fn extend_cover_earns_first_and_all_of_it_is_earned_when_the_capacity_is_free() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 30).ok();
    let first = doras_policy(&mut world, 0);
    let address = world.policy(0, "dora", 0);
    world.pass(11 * DAY + 3);
    let receipt = world.extend("dora", 0, &address, 45).ok();
    let rest = u128::from(stream(first.unearned_premium, first.release_day * DAY - first.bought_at).unwrap().rest);
    let earned = ((u128::from(first.rate) * u128::from(11 * DAY + 3) + rest) >> RATE_BITS) as u64;
    let Event::CoverExtended(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.earned, earned);
    // And once more, in the last second of the cover.
    let policy = doras_policy(&mut world, 0);
    world.chain.set_now(policy.end - 1);
    world.extend("dora", 0, &address, 1).ok();
    let policy = doras_policy(&mut world, 0);
    assert_eq!(policy.end, first.end + 46 * DAY);
    world.check_books();
    world.chain.set_now(policy.release_day * DAY - 1);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert!(pool.unearned > 0 && pool.active_cover == 300_000 * UNIT, "not before its time");
    world.pass(1);
    world.roll_product(0).ok();
    let pool = world.read_pool();
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    assert_eq!((pool.income_earned, pool.capital), (policy.unearned_premium, CAPITAL + policy.unearned_premium));
    assert_eq!((pool.active_cover, world.read_product(0).active_cover), (0, 0));
    world.check_books();
}

#[test]
fn extend_cover_of_what_claims_have_left() {
    let mut world = story::funded();
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 300_000 * UNIT, 100).ok();
    world.pass_days(3);
    let incident = story::report(&mut world, 0, 0);
    let address = world.policy(0, "dora", 0);
    // A deductible of 15,000.
    world.submit_claim("dora", &address, &incident, 115_000 * UNIT).ok();
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.payout("dora", &address, &incident).ok();
    world.roll_product(0).ok();

    let (pool, old) = (world.read_pool(), doras_policy(&mut world, 0));
    // What was claimed is used, and released; what was still to be earned for it is income.
    assert_eq!((old.claimed, old.held), (100_000 * UNIT, 200_000 * UNIT));
    // It is no cheaper than what is paid already for each second.
    let premium = extension_premium(pool.capital, 200_000 * UNIT, 200_000 * UNIT, 10).max(as_now(&old, 10));
    world.extend("dora", 0, &address, 10).ok();
    let (policy, now, after) = (doras_policy(&mut world, 0), world.now(), world.read_pool());
    assert_eq!((policy.premium, policy.amount), (old.premium + premium, old.amount));
    assert_eq!(policy.held, 200_000 * UNIT);
    for ring in [world.read_product(0).cover_ring, after.cover_ring] {
        assert_eq!((ring[slot(old.release_day)], ring[slot(policy.release_day)]), (0, 200_000 * UNIT));
    }
    // The rest and the premium are one stream.
    let left = (u128::from(old.rate) * u128::from(old.release_day * DAY - now)) >> RATE_BITS;
    let added = policy.unearned_premium - old.unearned_premium;
    assert_eq!(policy.rate, stream(left as u64 + added, policy.release_day * DAY - now).unwrap().rate);
    assert_eq!(after.rate_ring[slot(old.release_day)], pool.rate_ring[slot(old.release_day)] - old.rate);
    assert_eq!(after.rate_ring[slot(policy.release_day)], policy.rate);

    edit(&mut world, &address, offset_of!(Policy, held), &0u64.to_le_bytes());
    world.chain.set_now(policy.end - 1);
    world.extend("dora", 0, &address, 10).fails(E::PolicyExhausted);
    world.check_books();
}

/// A claim can come to nothing, so what it holds is extended, and paid for, with the rest: no claim keeps a holder from going on.
#[test]
fn extend_cover_while_a_claim_is_open() {
    for pays in [false, true] {
        let mut world = story::funded();
        world.fund("dora", 100_000 * UNIT);
        world.buy("dora", 0, 0, 300_000 * UNIT, 100).ok();
        world.pass_days(3);
        let incident = story::report(&mut world, 0, 0);
        let address = world.policy(0, "dora", 0);
        world.submit_claim("dora", &address, &incident, 115_000 * UNIT).ok();
        let (capital, old) = (world.read_pool().capital, doras_policy(&mut world, 0));
        world.extend("dora", 0, &address, 10).ok();
        let policy = doras_policy(&mut world, 0);
        let premium = extension_premium(capital, 300_000 * UNIT, 300_000 * UNIT, 10).max(as_now(&old, 10));
        assert_eq!((policy.premium, policy.held), (old.premium + premium, 300_000 * UNIT));
        story::finish(&mut world, 0, 0, pays.then_some(story::FOR));
        world.payout("dora", &address, &incident).ok();
        let policy = doras_policy(&mut world, 0);
        assert_eq!((policy.end, policy.held), (old.end + 10 * DAY, if pays { 200_000 } else { 300_000 } * UNIT));
        assert_eq!(world.read_product(0).active_cover, policy.held);
        world.check_books();
    }
}

#[test]
fn extend_cover_costs_at_least_the_least_premium_and_no_more_than_allowed() {
    let mut world = one_product();
    world.buy("dora", 0, 0, UNIT, 30).ok();
    world.buy("dora", 0, 1, 100_000 * UNIT, 30).ok();
    world.roll_product(0).ok();
    let (small, large) = (world.policy(0, "dora", 0), world.policy(0, "dora", 1));
    let capital = world.read_pool().capital;
    let premium = extension_premium(capital, 100_001 * UNIT, 100_000 * UNIT, 20);
    for (address, days, premium) in [(small, 1, 1_000), (large, 20, premium)] {
        let accounts = world.extend_accounts("dora", 0, &address);
        let request = ExtensionRequest { max_premium: premium - 1, days, commission_bps: 0 };
        world.send(accounts.instruction(&request), &["dora"]).fails(E::PremiumTooHigh);
        let before = world.balance("dora");
        let request = ExtensionRequest { max_premium: premium, ..request };
        world.send(accounts.instruction(&request), &["dora"]).ok();
        assert_eq!(world.balance("dora"), before - premium);
    }
    world.fund("poor", 999);
    world.extend("poor", 0, &small, 1).fails_with(token_error(TokenError::InsufficientFunds));
    world.check_books();
}

#[test]
fn extend_cover_keeps_the_bounds_of_term_and_commission() {
    let mut world = one_product();
    world.fund("dist", 0);
    world.buy("dora", 0, 0, UNIT, 30).ok();
    let (address, policy) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    // The new end may be 365 days from now, to the second.
    let most = 365 - (policy.end - world.now()).div_ceil(DAY);
    for days in [0, most as u16 + 1, u16::MAX] {
        world.extend("dora", 0, &address, days).fails(E::TermOutOfBounds);
    }
    let boundary = policy.end - 30 * DAY;
    world.chain.set_now(boundary - 1);
    world.extend("dora", 0, &address, 335).fails(E::TermOutOfBounds);
    world.chain.set_now(boundary);
    world.extend("dora", 0, &address, 335).ok();
    assert_eq!(doras_policy(&mut world, 0).end, boundary + 365 * DAY);
    world.pass_days(5);

    let none = world.extend_accounts("dora", 0, &address);
    let with = ExtendCover { distributor_token: Some(world.tokens("dist", &world.asset())), ..none };
    let request = |commission_bps| ExtensionRequest { max_premium: u64::MAX, days: 1, commission_bps };
    world.send(with.instruction(&request(2_001)), &["dora"]).fails(E::CommissionTooHigh);
    world.send(none.instruction(&request(1)), &["dora"]).fails(E::CommissionAccount);
    world.send(with.instruction(&request(0)), &["dora"]).fails(E::CommissionAccount);
    world.send(with.instruction(&request(2_000)), &["dora"]).ok();
    assert_eq!(world.balance("dist"), 200, "a fifth of the least premium");
    for distributor_token in [Some(none.vault), Some(none.payer_token)] {
        let own = ExtendCover { distributor_token, ..none };
        world.send(own.instruction(&request(1)), &["dora"]).fails_with(DUPLICATE);
    }
    world.check_books();
}

#[test]
fn extend_cover_of_a_policy_that_is_over_or_a_product_that_is_not_sold_is_refused() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.buy("dora", 0, 1, 1_000 * UNIT, 30).ok();
    let (first, second, product) = (world.policy(0, "dora", 0), world.policy(0, "dora", 1), world.product(0));
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.extend("dora", 0, &first, 1).fails(E::ProductDelisted);
    edit(&mut world, &product, offset_of!(Product, status), &[0]);
    world.pass_days(1);
    world.cancel("dora", 0, &second).ok();
    world.extend("dora", 0, &second, 1).fails(E::PolicyEnded);
    let end = doras_policy(&mut world, 0).end;
    world.chain.set_now(end);
    world.extend("dora", 0, &first, 1).fails(E::PolicyEnded);
}

#[test]
fn extend_cover_needs_no_capacity_and_is_priced_at_full_utilisation_above_it() {
    // Some of the capital is on its way out: what was sold before exceeds one cap after the other. It is time only.
    let mut caps = [10_000; 16];
    for (leverage_bps, cap, [own, other], leaving, error) in [
        (20_000, 20_000, [500_001, 100_000], 500_000, E::ProductCapacity),
        (20_000, 20_000, [900_000, 100_000], 500_000, E::ProductCapacity),
        (20_000, 20_000, [900_000, 100_000], 999_999, E::ProductCapacity),
        (20_000, 5_000, [400_000, 100_000], 300_000, E::GroupCapacity),
        (10_000, 10_000, [400_000, 500_000], 200_000, E::PoolCapacity),
    ] {
        caps[0] = cap;
        let params = PoolParams { leverage_bps, group_caps_bps: caps, ..pool_params() };
        let products = [product_params("Risk"), ProductParams { group: 1, ..product_params("Other") }];
        let mut world = market(params, &products);
        world.buy("dora", 0, 0, own * UNIT, 30).ok();
        world.buy("emil", 1, 0, other * UNIT, 30).ok();
        let address = world.policy(0, "dora", 0);
        world.extend("dora", 0, &address, 1).ok();
        world.request_exit("ada", 0, leaving * UNIT * 1_000).ok();
        world.buy("dora", 0, 1, UNIT, 30).fails(error);
        let balance = world.balance("dora");
        world.extend("dora", 0, &address, 1).ok();
        let capacity = (1_000_000 - leaving) * UNIT;
        assert_eq!(balance - world.balance("dora"), extension_premium(capacity, own * UNIT, own * UNIT, 1));
        world.check_books();
    }
}

#[test]
fn extend_cover_waits_for_exits_that_are_due_and_wait_for_capacity() {
    let mut world = one_product();
    second_pool(&mut world);
    // At a leverage of 2, the cover of 900,000 needs 450,000.
    world.buy("dora", 0, 0, 900_000 * UNIT, 90).ok();
    let address = world.policy(0, "dora", 0);
    world.request_exit("ada", 0, 600_000 * UNIT * 1_000).ok();
    world.pass_days(1);
    world.request_exit("ada", 1, UNIT * 1_000).ok();
    let due = world.read_epoch(0).day * DAY;
    world.chain.set_now(due - 1);
    world.extend("dora", 0, &address, 1).ok();
    world.pass(1);
    world.extend("dora", 0, &address, 1).fails(E::ExitsWait);

    // Anyone who extends shows the first epoch, that of the pool.
    let accounts = world.extend_accounts("dora", 0, &address);
    let request = ExtensionRequest { max_premium: u64::MAX, days: 1, commission_bps: 0 };
    let [pool, second] = [world.pool(), world.pool_number(1)];
    assert_eq!(accounts.first_exit, Some(exit_epoch_address(&pool, 0)));
    for first_exit in [None, Some(exit_epoch_address(&pool, 1))] {
        let wrong = ExtendCover { first_exit, ..accounts };
        world.send(wrong.instruction(&request), &["dora"]).fails(E::WrongExitEpoch);
    }
    for (wrong, error) in [(pool, DUPLICATE), (world.assembly(), I::InvalidAccountData)] {
        let other = ExtendCover { first_exit: Some(wrong), ..accounts };
        world.send(other.instruction(&request), &["dora"]).fails_with(error);
    }
    // An epoch of another pool with the same number, whose day is far away.
    let (theirs, account) = (exit_epoch_address(&second, 0), world.chain.account(&exit_epoch_address(&pool, 0)));
    world.chain.set_account(&theirs, account.expect("the first"));
    edit(&mut world, &theirs, offset_of!(ExitEpoch, pool), second.as_ref());
    edit(&mut world, &theirs, offset_of!(ExitEpoch, day), &u64::MAX.to_le_bytes());
    let other = ExtendCover { first_exit: Some(theirs), ..accounts };
    world.send(other.instruction(&request), &["dora"]).fails(E::WrongPool);

    // What was paid in part waits still.
    world.pay_exits().ok();
    assert!(world.read_epoch(0).burned > 0);
    world.extend("dora", 0, &address, 1).fails(E::ExitsWait);
    // Somebody brings what they need: nobody waits for capacity, though it pays them from the second midnight on.
    world.fund("ben", 100_000 * UNIT);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.pass(1);
    world.extend("dora", 0, &address, 1).ok();
    world.await_room();
    world.extend("dora", 0, &address, 1).ok();
    world.pay_exits().ok();
    world.pass(1);
    world.pay_exits().ok();
    assert!(!world.read_pool().has_exits());
    // Nor is an epoch looked for that there is not.
    world.extend("dora", 0, &address, 1).ok();
    world.check_books();
}

#[test]
fn extend_cover_counts_what_incidents_set_aside() {
    let mut world = market(pool_params(), &[product_params("Risk"), product_params("Other")]);
    world.buy("dora", 0, 0, 600_000 * UNIT, 30).ok();
    world.buy("emil", 1, 0, 900_000 * UNIT, 30).ok();
    let (address, capital) = (world.policy(0, "dora", 0), world.read_pool().capital);
    let (balance, now) = (world.balance("dora"), world.now());
    // 900,000 of the capital are set aside for another product: that keeps nobody from an extension, nor makes it dearer.
    world.open_incident("emil", 1, 0, now).ok();
    world.extend("dora", 0, &address, 20).ok();
    assert_eq!(balance - world.balance("dora"), extension_premium(capital, 600_000 * UNIT, 600_000 * UNIT, 20));
}

#[test]
fn extend_cover_is_possible_while_an_incident_of_the_product_is_open() {
    let mut world = story::insured();
    story::report(&mut world, 0, 0);
    let (address, before) = (world.policy(0, "dora", 0), world.read_pool());
    let old = doras_policy(&mut world, 0);
    world.extend("dora", 0, &address, 10).ok();
    let (policy, pool) = (doras_policy(&mut world, 0), world.read_pool());
    assert_eq!(policy.end, old.end + 10 * DAY);
    // Its cover stays liened; when it is released it is the product's alone that knows.
    assert_eq!((pool.liened_cover, pool.active_cover), (before.liened_cover, before.active_cover));
    assert_eq!(pool.cover_ring, before.cover_ring);
    assert_eq!(world.read_product(0).cover_ring[slot(policy.release_day)], story::DORAS);
    world.check_books();
}

#[test]
fn extend_cover_counts_on_no_capital_that_is_on_its_way_out() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.buy("emil", 0, 0, 200_000 * UNIT, 90).ok();
    let (address, balance) = (world.policy(0, "dora", 0), world.balance("dora"));
    world.request_exit("ada", 0, 400_000 * UNIT * 1_000).ok();
    let pool = world.read_pool();
    assert_eq!(pool.capital, CAPITAL, "what waits is still the LPs'");
    let leaving = shares::assets_for_shares_ceil(pool.exiting_shares, CAPITAL, pool.shares).unwrap();
    let [premium, cheaper] =
        [CAPITAL - leaving, CAPITAL].map(|capacity| extension_premium(capacity, 500_000 * UNIT, 300_000 * UNIT, 30));
    assert!(premium > cheaper);
    world.extend("dora", 0, &address, 30).ok();
    assert_eq!(world.balance("dora"), balance - premium);
    // What stays carries what is sold, to the atom; with one share less an atom costs the full rate.
    for (id, shares, capacity) in [(1, 100_000 * UNIT * 1_000, 500_000 * UNIT), (2, 1, 500_000 * UNIT - 1)] {
        world.request_exit("ada", id, shares).ok();
        let balance = world.balance("dora");
        world.extend("dora", 0, &address, 2).ok();
        assert_eq!(world.balance("dora"), balance - extension_premium(capacity, 500_000 * UNIT, 300_000 * UNIT, 2));
    }
    world.check_books();
}

#[test]
fn extend_cover_refuses_wrong_accounts() {
    let (mut world, address) = two_policies();
    let request = ExtensionRequest { max_premium: u64::MAX, days: 5, commission_bps: 0 };
    let accounts = world.extend_accounts("dora", 0, &address);
    refuses_other_accounts_of_a_policy(&mut world, &accounts.instruction(&request), 4);
    let stolen = ExtendCover { payer_token: accounts.payer_token, ..world.extend_accounts("emil", 0, &address) };
    world.send(stolen.instruction(&request), &["emil"]).fails_with(token_error(TokenError::OwnerMismatch));
    needs_a_full_vault(&mut world, accounts.instruction(&request), &["dora"]);
}
