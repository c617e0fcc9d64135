//! `list_product`: the pool's authority lists a risk; its terms keep their bounds.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, World, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

#[test]
fn list_product_writes_every_term() {
    let mut world = World::new();
    let pool_before = world.read_pool();
    let (pool, now) = (world.pool(), world.now());
    let params = ProductParams {
        name: "Börse".into(),
        terms_uri: "https://example.org/t".into(),
        risk_kind: 6,
        group: 3,
        weight_bps: 2_500,
        ..product_params("")
    };
    // Somebody else pays the rent.
    world.give_lamports("sponsor");
    let accounts = ListProduct { payer: world.key("sponsor"), ..world.list_product_accounts(0) };
    let receipt = world.send(accounts.instruction(&params), &["founder", "sponsor"]).ok();

    let expected = Product {
        version: 1,
        bump: bump(&[b"product", pool.as_ref(), &0u16.to_le_bytes()]),
        risk_kind: 6,
        group: 3,
        pool,
        terms_hash: [7; 32],
        name: field("Börse"),
        terms_uri: field("https://example.org/t"),
        rolled_day: now / DAY,
        min_amount: params.min_amount,
        max_amount: params.max_amount,
        incident_bond: params.incident_bond,
        dispute_window: params.dispute_window,
        appeal_window: params.appeal_window,
        r0_ppm: 20_000,
        r1_ppm: 50_000,
        r2_ppm: 200_000,
        kink_bps: 8_000,
        weight_bps: 2_500,
        min_term_days: 1,
        max_term_days: 365,
        waiting_days: 1,
        grace_days: 30,
        deductible_bps: 500,
        report_window_days: 30,
        filing_window_days: 14,
        claim_bond_bps: 100,
        next_incident_bond: params.incident_bond,
        next_claim_bond_bps: 100,
        assembly: world.assembly(),
        arbiter: world.key("arbiter"),
        rent_payer: accounts.payer,
        ..zeroed()
    };
    assert_eq!(world.read_product(0), expected);
    assert_eq!(world.read_pool(), Pool { product_count: 1, terms: 1, children: 1, ..pool_before });
    let rent = world.chain.account(&accounts.product).unwrap().lamports;
    assert_eq!(world.chain.account(&accounts.payer).unwrap().lamports, 10_000_000_000 - rent);
    let event = ProductListed { pool, product: accounts.product, terms_hash: [7; 32], index: 0, status: 0 };
    assert_eq!(only_event(&receipt), Event::ProductListed(event));

    let receipt = world.list_product(1, product_params("Second")).ok();
    let Event::ProductListed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.product, event.index), (world.product(1), 1));
    assert_eq!((world.read_product(1).index, world.read_pool().product_count), (1, 2));
}

#[test]
fn list_product_accepts_every_bound() {
    type Change = fn(&mut ProductParams);
    let good: [Change; 26] = [
        |p| (p.r0_ppm, p.r1_ppm, p.r2_ppm) = (0, 0, 0),
        |p| (p.r0_ppm, p.r1_ppm, p.r2_ppm) = (1_000_000, 1_000_000, 1_000_000),
        |p| p.kink_bps = 1,
        |p| p.kink_bps = 9_999,
        |p| p.weight_bps = 1,
        |p| p.weight_bps = 10_000,
        |p| (p.min_term_days, p.max_term_days) = (1, 1),
        |p| (p.min_term_days, p.max_term_days) = (365, 365),
        |p| (p.min_amount, p.max_amount, p.incident_bond) = (1, 100, 1),
        |p| (p.min_amount, p.max_amount) = (1, u64::MAX),
        |p| p.waiting_days = 0,
        |p| p.waiting_days = 30,
        |p| (p.grace_days, p.report_window_days) = (1, 1),
        |p| p.grace_days = 90,
        |p| p.deductible_bps = 0,
        |p| p.deductible_bps = 5_000,
        |p| (p.group, p.risk_kind) = (15, 7),
        |p| (p.report_window_days, p.filing_window_days) = (1, 3),
        |p| (p.report_window_days, p.filing_window_days, p.grace_days) = (90, 60, 90),
        |p| (p.dispute_window, p.appeal_window) = (DAY, DAY),
        |p| (p.dispute_window, p.appeal_window) = (14 * DAY, 14 * DAY),
        |p| (p.incident_bond, p.claim_bond_bps) = (1, 1),
        |p| (p.incident_bond, p.max_amount, p.claim_bond_bps) = (1 << 56, u64::MAX, 2_000),
        |p| (p.name, p.terms_uri) = (String::new(), String::new()),
        |p| (p.name, p.terms_uri) = ("n".repeat(32), "u".repeat(128)),
        |p| p.name = "é".repeat(16),
    ];
    let mut world = World::new();
    for (index, change) in good.into_iter().enumerate() {
        let mut params = product_params("Bound");
        change(&mut params);
        let index = index as u16;
        world.list_product(index, params.clone()).ok();
        let product = world.read_product(index);
        assert_eq!((text(&product.name), text(&product.terms_uri)), (params.name, params.terms_uri));
    }
    for (kind, index) in (0..8).zip(26..) {
        world.list_product(index, ProductParams { risk_kind: kind, ..product_params("Kind") }).ok();
        assert_eq!(world.read_product(index).risk_kind, kind);
    }
}

#[test]
fn list_product_refuses_one_past_every_bound() {
    type Change = fn(&mut ProductParams);
    let bad: [(Change, E); 41] = [
        (|p| p.r0_ppm = 50_001, E::BadCurve),
        (|p| p.r1_ppm = 200_001, E::BadCurve),
        (|p| p.r1_ppm = 19_999, E::BadCurve),
        (|p| p.r2_ppm = 49_999, E::BadCurve),
        (|p| p.r2_ppm = 1_000_001, E::BadCurve),
        (|p| p.kink_bps = 0, E::BadCurve),
        (|p| p.kink_bps = 10_000, E::BadCurve),
        (|p| p.weight_bps = 0, E::BadWeight),
        (|p| p.weight_bps = 10_001, E::BadWeight),
        (|p| p.min_term_days = 0, E::BadTermBounds),
        (|p| p.max_term_days = 366, E::BadTermBounds),
        (|p| (p.min_term_days, p.max_term_days) = (31, 30), E::BadTermBounds),
        (|p| (p.min_term_days, p.max_term_days) = (366, 366), E::BadTermBounds),
        (|p| (p.min_term_days, p.max_term_days) = (0, 0), E::BadTermBounds),
        (|p| p.min_amount = 0, E::BadAmountBounds),
        (|p| (p.min_amount, p.max_amount) = (2, 1), E::BadAmountBounds),
        (|p| (p.min_amount, p.max_amount) = (0, 0), E::BadAmountBounds),
        (|p| p.waiting_days = 31, E::BadWaiting),
        (|p| p.waiting_days = u16::MAX, E::BadWaiting),
        (|p| p.grace_days = 91, E::BadGrace),
        (|p| p.grace_days = 29, E::BadGrace),
        (|p| p.deductible_bps = 5_001, E::BadDeductible),
        (|p| p.group = 16, E::BadGroup),
        (|p| p.group = 255, E::BadGroup),
        (|p| p.risk_kind = 8, E::BadRiskKind),
        (|p| p.risk_kind = 255, E::BadRiskKind),
        (|p| p.report_window_days = 0, E::BadWindow),
        (|p| p.report_window_days = 91, E::BadWindow),
        (|p| p.filing_window_days = 2, E::BadWindow),
        (|p| p.filing_window_days = 61, E::BadWindow),
        (|p| p.dispute_window = DAY - 1, E::BadWindow),
        (|p| p.dispute_window = 14 * DAY + 1, E::BadWindow),
        (|p| p.appeal_window = DAY - 1, E::BadWindow),
        (|p| p.appeal_window = 14 * DAY + 1, E::BadWindow),
        (|p| p.incident_bond = 0, E::BadBond),
        (|p| p.incident_bond = p.max_amount / 100 + 1, E::BadBond),
        (|p| (p.incident_bond, p.max_amount) = ((1 << 56) + 1, u64::MAX), E::BadBond),
        (|p| p.claim_bond_bps = 0, E::BadBond),
        (|p| p.claim_bond_bps = 2_001, E::BadBond),
        (|p| p.name = "n".repeat(33), E::TextTooLong),
        (|p| p.terms_uri = "u".repeat(129), E::TextTooLong),
    ];
    let mut world = World::new();
    for (change, error) in bad {
        let mut params = product_params("Bound");
        change(&mut params);
        world.list_product(0, params).fails(error);
    }
    // Bytes of UTF-8 count, not characters.
    world.list_product(0, product_params(&"é".repeat(17))).fails(E::TextTooLong);
    assert_eq!(world.read_pool().product_count, 0);
    assert!(world.chain.account(&world.product(0)).is_none(), "a failure leaves nothing behind");
}

#[test]
fn list_product_refuses_text_that_is_not_utf8() {
    let mut world = World::new();
    let mut instruction = world.list_product_accounts(0).instruction(&product_params("name"));
    // One discriminator byte and four of length.
    instruction.data[5] = 0xff;
    world.send(instruction, &["founder"]).fails_with(I::InvalidInstructionData);
}

#[test]
fn list_product_goes_by_the_pools_count_and_cannot_repeat_or_skip() {
    let mut world = World::new();
    world.list_product(1, product_params("Skipped")).fails_with(I::InvalidSeeds);
    world.list_product(0, product_params("First")).ok();
    world.list_product(0, product_params("Again")).fails_with(I::InvalidSeeds);

    // With a count that points at what exists already, the address is taken.
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, product_count), &0u16.to_le_bytes());
    world.list_product(0, product_params("Again")).fails_with(TAKEN);
    assert_eq!(text(&world.read_product(0).name), "First");
}

#[test]
fn list_product_stops_at_the_largest_number() {
    let mut world = World::new();
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, product_count), &(u16::MAX - 1).to_le_bytes());
    world.list_product(u16::MAX - 1, product_params("Last")).ok();
    world.list_product(u16::MAX, product_params("One more")).fails(E::TooManyProducts);
}

#[test]
fn list_product_needs_the_authority_and_the_payer_to_sign() {
    let mut world = World::new();
    world.give_lamports("mallory");
    let (mallory, params) = (world.key("mallory"), product_params("Risk"));
    let accounts = world.list_product_accounts(0);
    let sponsored = ListProduct { payer: mallory, ..accounts }.instruction(&params);
    world.send(unsigned(sponsored.clone(), 0), &["mallory"]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(sponsored, 1), &["founder"]).fails_with(I::MissingRequiredSignature);

    let stolen = ListProduct { authority: mallory, payer: mallory, ..accounts };
    world.send(stolen.instruction(&params), &["mallory"]).fails(E::NotPoolAuthority);
    // Its creator is not its authority once somebody else is.
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, authority), mallory.as_ref());
    world.send(accounts.instruction(&params), &["founder"]).fails(E::NotPoolAuthority);
    world.send(stolen.instruction(&params), &["mallory"]).ok();
}

#[test]
fn list_product_refuses_wrong_accounts() {
    let mut world = World::new();
    let second = second_pool(&mut world);
    let (pool, assembly) = (world.pool(), world.assembly());
    let forged = forge(&mut world, &pool);
    let instruction = world.list_product_accounts(0).instruction(&product_params("Risk"));
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (2, second, I::InvalidSeeds),
            (2, assembly, TOO_SMALL),
            (2, vault_address(&pool), TOO_SMALL),
            (2, product_address(&second, 0), TOO_SMALL),
            (2, forged, I::IllegalOwner),
            (3, product_address(&second, 0), I::InvalidSeeds),
            (3, product_address(&second, 1), I::InvalidSeeds),
            (3, pool, DUPLICATE),
            (4, ID, I::IncorrectProgramId),
        ],
    );
    world.send(read_only(instruction.clone(), 2), &["founder"]).fails_with(NOT_WRITABLE);
    world.send(read_only(instruction.clone(), 1), &["founder"]).fails_with(I::MissingRequiredSignature);
    world.send(instruction, &["founder"]).ok();
}
