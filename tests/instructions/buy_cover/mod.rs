//! `buy_cover`: the premium is the integral of the curve to the atom, capacity is exact, and what is paid reaches the
//! LPs by the second and in full.

mod limits;

use crate::{common::*, story::other_tokens};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY,
    cover::{Period, PremiumSplit},
};
use harness::{Chain, UNIT, World, books::days_begun, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// What the formulas ask for `amount` more cover on top of `active`, now.
pub fn premium_of(world: &mut TestWorld, capacity: u64, active: u64, amount: u64, term_days: u16) -> u64 {
    let period = Period::of_sale(world.now(), 1, term_days, 30).unwrap();
    CURVE.premium(capacity, active, amount, period.seconds).unwrap()
}

/// Accrues the books by a deposit of one atom.
fn accrue(world: &mut TestWorld) -> Pool {
    world.deposit("ada", 1).ok();
    world.check_books();
    world.read_pool()
}

#[test]
fn buy_cover_writes_the_policy_the_books_and_the_rings() {
    let mut world = one_product();
    world.fund("dist", 0);
    world.pass(777);
    let (pool_before, product_before, now) = (world.read_pool(), world.read_product(0), world.now());
    let price = premium_of(&mut world, CAPITAL, 0, 300_000 * UNIT, 90);
    let accounts =
        BuyCover { distributor_token: Some(world.tokens("dist", &world.asset())), ..world.buy_accounts("dora", 0, 9) };
    let request = CoverRequest { commission_bps: 1_500, ..world.request("hugo", 300_000 * UNIT, 90) };
    let receipt = world.send(accounts.instruction(9, &request), &["dora"]).ok();

    let split = PremiumSplit::of(price, 1_500, 500, 500).unwrap();
    let premium = split.premium;
    assert_eq!((split.commission, premium), (price * 3 / 20, price + split.commission), "on top of the price");
    assert_eq!(split.commission + split.protocol_fee + split.assessor_fee + split.unearned, premium, "B5");
    let cover_from = now + DAY;
    let end_day = (cover_from + 90 * DAY).div_ceil(DAY);
    let scaled = u128::from(split.unearned) << 26;
    // It is paid, and reaches the LPs, until the capacity is free again.
    let seconds = u128::from((end_day + 30) * DAY - now);
    let (rate, rest) = ((scaled / seconds) as u64, (scaled % seconds) as u64);
    let policy = Policy {
        version: 1,
        bump: bump(&[b"policy", accounts.product.as_ref(), accounts.payer.as_ref(), &9u64.to_le_bytes()]),
        pool: accounts.pool,
        product: accounts.product,
        holder: world.key("hugo"),
        payer: accounts.payer,
        terms_hash: [7; 32],
        id: 9,
        amount: 300_000 * UNIT,
        premium,
        unearned_premium: split.unearned,
        commission: split.commission,
        protocol_fee: split.protocol_fee,
        assessor_fee: split.assessor_fee,
        rate,
        bought_at: now,
        cover_from,
        end: end_day * DAY,
        release_day: end_day + 30,
        held: 300_000 * UNIT,
        bought: 300_000 * UNIT,
        cancel_fee_bps: 500,
        deductible_bps: 500,
        grace_days: 30,
        filing_window_days: 14,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Policy>(&accounts.policy), policy);

    let release_slot = slot(end_day + 30);
    let mut product = Product {
        active_cover: policy.amount,
        policies_sold: 1,
        rolled_day: now / DAY,
        opening_capacity: CAPITAL,
        last_release_day: policy.release_day,
        ..product_before
    };
    product.cover_ring[release_slot] = policy.amount;
    assert_eq!(world.read_product(0), product);
    let mut pool = Pool {
        unearned: split.unearned,
        assessors: split.assessor_fee,
        treasury_due: split.protocol_fee,
        rate,
        rate_fraction: rest,
        active_cover: policy.amount,
        premiums_paid: premium,
        commissions_paid: split.commission,
        protocol_fees: split.protocol_fee,
        assessor_fees: split.assessor_fee,
        policies_sold: 1,
        sold_leverage_bps: 20_000,
        ..days_begun(pool_before, now)
    };
    pool.group_active[0] = policy.amount;
    pool.rate_ring[release_slot] = rate;
    pool.cover_ring[release_slot] = policy.amount;
    assert_eq!(world.read_pool(), pool);

    assert_eq!((world.balance("dora"), world.balance("dist")), (CAPITAL - premium, split.commission));
    assert_eq!(world.vault_balance(), CAPITAL + price);
    let event = CoverBought {
        product: accounts.product,
        policy: accounts.policy,
        holder: world.key("hugo"),
        amount: policy.amount,
        premium,
        commission: split.commission,
        cover_from,
        end: policy.end,
        product_active: policy.amount,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::CoverBought(event));
    world.check_books();
}

#[test]
fn buy_cover_costs_the_integral_of_the_curve_to_the_atom() {
    let mut world = one_product();
    // Below the kink, across it, above it up to the last atom; odd amounts and days.
    let mut active = 0;
    for (id, (amount, term)) in
        [(123_456_789_123, 30), (700_000_000_001, 181), (100_000_000_000, 365), (76_543_210_875, 1)]
            .into_iter()
            .enumerate()
    {
        let expected = premium_of(&mut world, CAPITAL, active, amount, term);
        let before = world.balance("dora");
        world.buy("dora", 0, id as u64, amount, term).ok();
        active += amount;
        assert_eq!(doras_policy(&mut world, id as u64).premium, expected);
        assert_eq!(world.balance("dora"), before - expected);
        assert_eq!(world.read_product(0).active_cover, active);
    }
    assert_eq!(active, 999_999_999_999, "an atom is left");
    world.check_books();
    // Time has earned something: capacity and price follow capital and the cover that is still active.
    world.pass_days(3);
    let (pool, product) = (accrue(&mut world), world.read_product(0));
    assert!(pool.capital > CAPITAL + 1);
    let amount = (pool.capital - product.active_cover) / 2;
    let expected = premium_of(&mut world, pool.capital, product.active_cover, amount, 10);
    world.buy("dora", 0, 4, amount, 10).ok();
    assert_eq!(doras_policy(&mut world, 4).premium, expected);
    world.check_books();
}

#[test]
fn buy_cover_in_parts_costs_no_less_and_at_most_an_atom_more_for_each_part() {
    let parts = [1_000_003, 299_999_999_999, 540_000_000_000, 100_000_000_007, 58_000_000_000];
    let total: u64 = parts.iter().sum();
    let mut whole = one_product();
    whole.buy("dora", 0, 0, total, 120).ok();
    let at_once = doras_policy(&mut whole, 0).premium;

    let mut world = one_product();
    let mut in_parts = 0;
    for (id, part) in (0..).zip(parts) {
        world.buy("dora", 0, id, part, 120).ok();
        in_parts += doras_policy(&mut world, id).premium;
    }
    assert!(at_once <= in_parts && in_parts <= at_once + parts.len() as u64, "{at_once} or {in_parts}");
}

#[test]
fn buy_cover_costs_at_least_the_pools_least_premium() {
    let free = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Free") };
    let params = PoolParams { min_premium: 2_000, ..pool_params() };
    let mut world = market(params, &[product_params("Risk"), free]);
    let computed = premium_of(&mut world, CAPITAL, 0, UNIT, 1);
    assert!(computed < 2_000);
    world.buy("dora", 0, 0, UNIT, 1).ok();
    assert_eq!(doras_policy(&mut world, 0).premium, 2_000);
    // A free curve still costs the least premium.
    world.buy("dora", 1, 0, 1_000 * UNIT, 365).ok();
    let policy: Policy = world.chain.read(&world.policy(1, "dora", 0));
    assert_eq!(policy.premium, 2_000);
    world.check_books();
}

#[test]
fn buy_cover_at_the_maximum_given_and_not_an_atom_above_it() {
    let params = PoolParams { min_premium: 2_000, ..pool_params() };
    let mut world = market(params, &[product_params("Risk")]);
    let premium = premium_of(&mut world, CAPITAL, 0, 50_000 * UNIT, 30);
    let accounts = world.buy_accounts("dora", 0, 0);
    let request = CoverRequest { max_premium: premium - 1, ..world.request("dora", 50_000 * UNIT, 30) };
    world.send(accounts.instruction(0, &request), &["dora"]).fails(E::PremiumTooHigh);
    let request = CoverRequest { max_premium: premium, ..request };
    world.send(accounts.instruction(0, &request), &["dora"]).ok();

    // The least premium is held against the maximum too.
    let accounts = world.buy_accounts("dora", 0, 1);
    let request = CoverRequest { max_premium: 1_999, ..world.request("dora", UNIT, 1) };
    world.send(accounts.instruction(1, &request), &["dora"]).fails(E::PremiumTooHigh);
    let request = CoverRequest { max_premium: 2_000, ..request };
    world.send(accounts.instruction(1, &request), &["dora"]).ok();
}

#[test]
fn buy_cover_pays_a_commission_to_the_account_given_and_only_then() {
    let mut world = one_product();
    world.fund("dist", 0);
    let dist = Some(world.tokens("dist", &world.asset()));
    let none = world.buy_accounts("dora", 0, 0);
    let with = BuyCover { distributor_token: dist, ..none };
    let request = |commission_bps| CoverRequest { commission_bps, ..world.request("dora", 10_000 * UNIT, 30) };
    let (zero, one, most, over, absurd) = (request(0), request(1), request(2_000), request(2_001), request(u16::MAX));
    world.send(with.instruction(0, &over), &["dora"]).fails(E::CommissionTooHigh);
    world.send(with.instruction(0, &absurd), &["dora"]).fails(E::CommissionTooHigh);
    world.send(none.instruction(0, &one), &["dora"]).fails(E::CommissionAccount);
    world.send(with.instruction(0, &zero), &["dora"]).fails(E::CommissionAccount);
    world.send(with.instruction(0, &most), &["dora"]).ok();
    let policy = doras_policy(&mut world, 0);
    assert_eq!(policy.commission, (policy.premium - policy.commission) / 5, "a fifth of the price, rounded down");
    assert_eq!(world.balance("dist"), policy.commission);

    // A commission below an atom is none. Neither the vault nor the payer is a distributor.
    let tiny = BuyCover { distributor_token: dist, ..world.buy_accounts("dora", 0, 1) };
    let request = CoverRequest { commission_bps: 1, ..world.request("dora", UNIT, 1) };
    world.send(tiny.instruction(1, &request), &["dora"]).ok();
    assert_eq!(doras_policy(&mut world, 1).commission, 0);
    let own = BuyCover { distributor_token: Some(tiny.vault), ..world.buy_accounts("dora", 0, 2) };
    world.send(own.instruction(2, &request), &["dora"]).fails_with(DUPLICATE);
    let own = BuyCover { distributor_token: Some(tiny.payer_token), ..own };
    world.send(own.instruction(2, &request), &["dora"]).fails_with(DUPLICATE);

    let governance = world.governance();
    let distributor_token = Some(world.open_tokens("dist", &governance));
    let wrong = BuyCover { distributor_token, ..own };
    world.send(wrong.instruction(2, &request), &["dora"]).fails_with(token_error(TokenError::MintMismatch));
    world.check_books();
}

#[test]
fn buy_cover_asks_for_the_commission_on_top_and_holds_it_against_the_maximum() {
    let mut world = one_product();
    world.fund("dist", 0);
    let price = world.quote(0, 50_000 * UNIT, 30).quote().premium;
    assert_eq!(price, premium_of(&mut world, CAPITAL, 0, 50_000 * UNIT, 30), "a quote is without a commission");
    let distributor_token = Some(world.tokens("dist", &world.asset()));
    let accounts = BuyCover { distributor_token, ..world.buy_accounts("dora", 0, 0) };
    let request = CoverRequest { commission_bps: 1_999, ..world.request("dora", 50_000 * UNIT, 30) };
    let premium = price + price * 1_999 / 10_000;
    for max_premium in [price, premium - 1] {
        let request = CoverRequest { max_premium, ..request };
        world.send(accounts.instruction(0, &request), &["dora"]).fails(E::PremiumTooHigh);
    }
    let request = CoverRequest { max_premium: premium, ..request };
    world.send(accounts.instruction(0, &request), &["dora"]).ok();
    assert_eq!((world.balance("dora"), world.balance("dist")), (CAPITAL - premium, premium - price));
    assert_eq!(doras_policy(&mut world, 0).premium, premium);
    world.check_books();
}

#[test]
fn buy_cover_by_ones_own_distributor_takes_nothing_from_the_lps() {
    let mut results = Vec::new();
    for commission_bps in [0, 1, 2_000] {
        let mut world = one_product();
        let asset = world.asset();
        let own = other_tokens(&mut world, "dora's other account", "dora", &asset);
        let accounts =
            BuyCover { distributor_token: (commission_bps > 0).then_some(own), ..world.buy_accounts("dora", 0, 0) };
        let request = CoverRequest { commission_bps, ..world.request("dora", 300_000 * UNIT, 90) };
        world.send(accounts.instruction(0, &request), &["dora"]).ok();
        let (policy, pool) = (doras_policy(&mut world, 0), world.read_pool());
        let commission = world.balance_of(&own);
        assert_eq!((policy.commission, pool.commissions_paid), (commission, commission));
        assert_eq!(commission > 0, commission_bps > 0);
        // All but what went round in a circle is the same: of the policy, the books and what she has.
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
fn buy_cover_begins_after_the_waiting_period_and_ends_on_a_day_boundary() {
    let product = |waiting_days, grace_days| ProductParams {
        waiting_days,
        grace_days,
        report_window_days: 1,
        ..product_params("Risk")
    };
    let mut world = market(pool_params(), &[product(0, 1), product(30, 90)]);
    let noon = world.now() / DAY * DAY + DAY / 2;
    world.chain.set_now(noon);
    world.buy("dora", 0, 0, UNIT, 1).ok();
    let policy = doras_policy(&mut world, 0);
    assert_eq!((policy.cover_from, policy.end), (noon, noon + DAY + DAY / 2), "no less than the term");
    assert_eq!(policy.release_day, policy.end / DAY + 1);
    // The longest there is: 30 days of waiting, 365 of term, 90 of grace fit the rings.
    world.buy("dora", 1, 0, UNIT, 365).ok();
    let policy: Policy = world.chain.read(&world.policy(1, "dora", 0));
    assert_eq!((policy.cover_from, policy.end), (noon + 30 * DAY, noon + 395 * DAY + DAY / 2));
    assert_eq!(policy.release_day, policy.end / DAY + 90);
    // Bought on a boundary, it ends on the term's own day.
    world.chain.set_now(noon + DAY / 2);
    world.buy("dora", 0, 1, UNIT, 1).ok();
    assert_eq!(doras_policy(&mut world, 1).end, noon + DAY / 2 + DAY);
}

#[test]
fn buy_cover_premium_is_all_in_capital_when_the_capacity_is_free() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 123_456_789_012, 45).ok();
    world.pass(3 * DAY + 5_000);
    world.buy("emil", 0, 0, 234_567_890_123, 100).ok();
    let dora = doras_policy(&mut world, 0);
    let emil: Policy = world.chain.read(&world.policy(0, "emil", 0));
    world.check_books();

    // When the first one's capacity is free, its premium is in to the atom; the other's share is what its rate says.
    let [doras_end, emils_end] = [&dora, &emil].map(|policy| policy.release_day * DAY);
    world.chain.set_now(doras_end);
    let pool = accrue(&mut world);
    let seconds = emils_end - emil.bought_at;
    let rest = (u128::from(emil.unearned_premium) << 26) % u128::from(seconds);
    let emils = ((u128::from(emil.rate) * u128::from(doras_end - emil.bought_at) + rest) >> 26) as u64;
    assert_eq!(pool.income_earned, dora.unearned_premium + emils, "B5");
    assert_eq!(pool.rate, emil.rate, "the first stream has stopped");

    world.chain.set_now(emils_end - 1);
    assert!(accrue(&mut world).unearned > 0, "not before its time");
    world.chain.set_now(emils_end);
    let pool = accrue(&mut world);
    assert_eq!((pool.unearned, pool.rate, pool.rate_fraction), (0, 0, 0));
    assert_eq!(pool.income_earned, dora.unearned_premium + emil.unearned_premium, "B5 to the atom");
    assert_eq!(pool.capital, CAPITAL + 3 + pool.income_earned);
}

#[test]
fn buy_cover_accrues_after_any_idle_time() {
    for idle_days in [500, 511, 512, 513, 1_500] {
        let mut world = one_product();
        world.buy("dora", 0, 0, 300_000 * UNIT, 365).ok();
        world.buy("dora", 0, 1, 200_000 * UNIT, 7).ok();
        let paid = doras_policy(&mut world, 0).unearned_premium + doras_policy(&mut world, 1).unearned_premium;
        world.pass_days(idle_days);
        let receipt = world.buy("emil", 0, 0, CAPITAL, 30).ok();
        let Event::CoverBought(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!(event.earned, paid, "all of it, once");
        let (pool, product) = (world.read_pool(), world.read_product(0));
        assert_eq!((pool.capital, pool.income_earned), (CAPITAL + paid, paid));
        assert_eq!((pool.active_cover, product.active_cover, pool.group_active[0]), (CAPITAL, CAPITAL, CAPITAL));
        world.check_books();
    }
}
