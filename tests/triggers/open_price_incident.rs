//! `open_price_incident`: what a breach that counts opens, once, and what it sets aside.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, contested::Index};
use harness::{Chain, PriceUpdate, UNIT, price_product};
use std::mem::offset_of;

#[test]
fn a_breach_that_counts_opens_an_incident() {
    let mut world = covered();
    breach(&mut world, HALFWAY);
    world.pass(777);
    touch(&mut world);
    let (product_before, pool_before) = (world.read_product(PEG), world.read_pool());
    let (purse_before, held, now) = (purse(&mut world, "keeper"), world.vault_balance(), world.now());
    let breach = product_before.price;
    let receipt = world.open_price_incident("keeper", PEG, 0).ok();

    let (address, product) = (world.incident(PEG, 0), world.product(PEG));
    // All of the cover is set aside, per unit of an index at which nobody has left.
    let cover = 150_000 * UNIT;
    let set_aside = Wide { low: 0, high: cover };
    let top = Wide::new(Index::START.seen_from(Index::START));
    let part =
        Part { reported: StoredIndex::START, set_aside, freed_to: top, rest_to: top, ..zeroed::<Incident>().part };
    let expected = Incident {
        version: 1,
        bump: bump(&[b"incident", product.as_ref(), &0u32.to_le_bytes()]),
        trigger: 1,
        bond_state: 4,
        tips: 3,
        severity_bps: 5_000,
        pool: world.pool(),
        product,
        opener: world.key("keeper"),
        rent_payer: world.key("keeper"),
        occurred_at: breach.started_at,
        opened_at: now,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        bond: BOND,
        product_bond: BOND,
        lien: cover,
        claim_bond_bps: 100,
        filing_window_days: 14,
        part,
        challenge_ends_at: now + 2 * DAY,
        measured_from: breach.measured_from,
        measured_until: breach.measured_from + 3_600,
        assembly: world.assembly(),
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Incident>(&address), expected);
    let price = PriceTrigger {
        started_at: 0,
        measured_from: 0,
        measured_until: 0,
        severity_seconds: 0,
        severity_bps: 0,
        awaits_recovery: 1,
        ..breach
    };
    let line = Line {
        set_aside,
        reported: StoredIndex::START,
        claimable: cover,
        head: 0,
        open: 1,
        undecided: 1,
        ..zeroed::<Product>().line
    };
    let expected = Product { line, incident_count: 1, price, ..product_before };
    assert_eq!(world.read_product(PEG), expected);
    // Its cover is in no total but that of what is liened.
    let mut expected = Pool {
        liens: set_aside,
        open_incidents: 1,
        current_incidents: 1,
        fresh_incidents: 1,
        incidents_opened: 1,
        filing_day: world.now() / DAY,
        liened_cover: cover,
        active_cover: pool_before.active_cover - cover,
        ..pool_before
    };
    expected.group_active[0] -= cover;
    expected.group_liened[0] += cover;
    for (total, own) in expected.cover_ring.iter_mut().zip(product_before.cover_ring) {
        *total -= own;
    }
    assert_eq!(world.read_pool(), expected);
    assert_eq!(world.vault_balance(), held);

    // Rent, and tips for the one who reads its verdict, ends filing and settles it; there is no ballot.
    let rent = lamports(&mut world, &address);
    assert_eq!(purse(&mut world, "keeper"), purse_before - rent);
    let exempt = (128 + world.chain.account(&address).unwrap().data.len() as u64) * 3_480 * 2;
    assert_eq!(rent, exempt + 3 * TIP);
    assert!(world.chain.account(&ballot_address(&address)).is_none());
    let event = IncidentOpened {
        product,
        incident: address,
        opener: world.key("keeper"),
        ballot: NOBODY,
        occurred_at: breach.started_at,
        severity_bps: 5_000,
        lien: cover,
        bond: 0,
        earned: 0,
        books: books(&pool_before),
    };
    assert_eq!(only_event(&receipt), Event::IncidentOpened(event));
    world.check_books();
}

#[test]
fn the_mean_severity_rounds_down() {
    // 1,799 seconds at 3,000 and 1,801 at 5,010 bps.
    let mut world = covered();
    let from = world.now();
    for (seconds, price) in [
        (0, 95_000_000),
        (600, 95_000_000),
        (1_200, 95_000_000),
        (1_799, 92_990_000),
        (2_399, 92_990_000),
        (2_999, 92_990_000),
        (3_599, 92_990_000),
        (3_999, 1),
    ] {
        show_at(&mut world, from + seconds, price).ok();
    }
    let sum = 1_799 * 3_000 + 1_801 * 5_010;
    assert_eq!(trigger(&mut world).severity_seconds, sum);
    world.open_price_incident("keeper", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    let found: Incident = world.chain.read(&incident);
    assert_eq!(u64::from(found.severity_bps), sum / 3_600);
}

#[test]
fn whatever_the_severity_all_active_cover_is_set_aside() {
    for (price, severity) in [(1, 10_000), (HALFWAY, 5_000), (BELOW, 1)] {
        let (mut world, incident) = opened(price);
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.severity_bps, found.lien), (severity, 150_000 * UNIT));
        assert_eq!(world.read_pool().own_liens().expect("they fit"), found.lien);
    }
}

#[test]
fn no_breach_no_incident() {
    let mut world = covered();
    world.open_price_incident("keeper", PEG, 0).fails(E::NoBreach);
    world.observe(PEG, HALFWAY).ok();
    // Time by itself shows nothing.
    world.open_price_incident("keeper", PEG, 0).fails(E::NoBreach);
    world.pass(DAY);
    world.open_price_incident("keeper", PEG, 0).fails(E::NoBreach);
}

#[test]
fn a_breach_too_slight_to_pay_opens_none() {
    for (price, severity) in [(STRIKE - 1, 0), (97_999_001, 0), (97_999_000, 1)] {
        let mut world = covered();
        breach(&mut world, price);
        assert_eq!(trigger(&mut world).severity_seconds, 3_600 * severity);
        let receipt = world.open_price_incident("keeper", PEG, 0);
        if severity == 0 {
            receipt.fails(E::NoBreach);
        } else {
            receipt.ok();
        }
    }
}

#[test]
fn it_must_be_opened_within_the_report_window_of_the_breach() {
    for (early, opens) in [(1, true), (0, false)] {
        let mut world = covered();
        breach(&mut world, HALFWAY);
        let began = trigger(&mut world).started_at;
        at(&mut world, began + 30 * DAY - early);
        let receipt = world.open_price_incident("keeper", PEG, 0);
        if opens {
            receipt.ok();
        } else {
            receipt.fails(E::ReportWindowOver);
        }
    }
}

#[test]
fn one_breach_opens_one_incident() {
    let (mut world, incident) = opened(HALFWAY);
    // While it is open, once it is over, and however long the price stays below.
    world.open_price_incident("keeper", PEG, 1).fails(E::NoBreach);
    world.pass(60);
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 1).fails(E::NoBreach);
    end_filing(&mut world, &incident);
    world.settle(PEG, 0).ok();
    breach(&mut world, 1);
    world.open_price_incident("keeper", PEG, 1).fails(E::NoBreach);
    // After a recovery, the next is another; it is nobody's but the next's number.
    world.pass(60);
    world.observe(PEG, STRIKE).ok();
    world.pass(60);
    let began = world.now();
    breach(&mut world, 88_000_000);
    world.open_price_incident("keeper", PEG, 0).fails_with(SEEDS);
    world.open_price_incident("keeper", PEG, 1).ok();
    let second = world.incident(PEG, 1);
    let found: Incident = world.chain.read(&second);
    assert_eq!((found.index, found.occurred_at, found.severity_bps), (1, began, 10_000));
}

#[test]
fn another_breach_stands_in_line_at_once() {
    let (mut world, incident) = opened(HALFWAY);
    world.pass(60);
    world.observe(PEG, STRIKE).ok();
    world.pass(60);
    breach(&mut world, 88_000_000);
    touch(&mut world);
    let before = world.read_pool();
    world.open_price_incident("keeper", PEG, 1).ok();
    let (second, product) = (world.incident(PEG, 1), world.read_product(PEG));
    let found: Incident = world.chain.read(&second);
    assert_eq!((found.index, found.severity_bps, found.lien), (1, 10_000, 150_000 * UNIT));
    assert_eq!((product.line.open, product.line.undecided, product.line.head), (2, 2, 0));
    // What is set aside for the first is all that can be claimed of either.
    assert_eq!(world.read_pool(), Pool { open_incidents: 2, incidents_opened: 2, ..before });
    end_filing(&mut world, &incident);
    decide(&mut world, &second);
    let ends_at = world.chain.read::<Incident>(&second).filing_ends_at;
    at(&mut world, ends_at);
    world.settle(PEG, 1).fails(E::EarlierIncidentOpen);
    world.settle(PEG, 0).ok();
    world.settle(PEG, 1).ok();
}

#[test]
fn there_must_be_cover() {
    let mut world = covered();
    world.list_product(2, price_product("Nobody's")).ok();
    world.observe(2, HALFWAY).ok();
    for _ in 0..6 {
        world.pass(600);
        world.observe(2, HALFWAY).ok();
    }
    world.open_price_incident("keeper", 2, 0).fails(E::NothingCovered);
}

#[test]
fn only_a_product_that_goes_by_prices_is_opened_by_them() {
    let mut world = covered();
    with_jury_product(&mut world);
    for index in [VENUE, EXPLOIT] {
        world.open_price_incident("keeper", index, 0).fails(E::WrongTrigger);
    }
    // And nobody reports to the jury what prices decide, or the venue itself.
    breach(&mut world, HALFWAY);
    let now = world.now();
    for index in [PEG, VENUE] {
        world.open_incident("otto", index, 0, now).fails(E::WrongTrigger);
    }
}

#[test]
fn its_bond_never_doubles() {
    let mut world = covered();
    for nth in 0..3 {
        breach(&mut world, HALFWAY);
        world.open_price_incident("keeper", PEG, nth).ok();
        let incident = world.incident(PEG, nth);
        let found: Incident = world.chain.read(&incident);
        assert_eq!(found.bond, BOND);
        world.refute_incident(PEG, nth, &PriceUpdate::of(STRIKE, found.measured_from + 1)).ok();
        world.settle(PEG, nth).ok();
        let product = world.read_product(PEG);
        assert_eq!((product.bond_doublings, product.last_rejected_at), (0, 0));
        world.pass(60);
    }
}

#[test]
fn lamports_sent_ahead_keep_nobody_from_opening_it() {
    let mut world = covered();
    breach(&mut world, HALFWAY);
    let bank = solana_signer::Signer::pubkey(&world.chain.bank());
    let gift = solana_system_interface::instruction::transfer(&bank, &world.incident(PEG, 0), 1_000_000);
    world.send(gift, &[]).ok();
    world.open_price_incident("keeper", PEG, 0).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, other) = covered_beside();
    breach(&mut world, HALFWAY);
    let accounts = world.open_price_incident_accounts("keeper", PEG, 0);
    let [forged_pool, forged_product] = [accounts.pool, accounts.product].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let venue_incident = world.incident(VENUE, 0);
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, accounts.product, DUPLICATE),
        (1, other.policy, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, other.peg, SEEDS),
        (2, world.product(VENUE), SEEDS),
        (2, other.policy, TOO_SMALL),
        (2, forged_product, NOT_OURS),
        (3, other.incident, SEEDS),
        (3, venue_incident, SEEDS),
        (3, accounts.pool, DUPLICATE),
        (4, vault_address(&other.pool), error(E::WrongVault)),
        (4, exit_escrow_address(&accounts.pool, 0), error(E::WrongVault)),
        (5, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["keeper"], &rows);
    let elsewhere = OpenPriceIncident { product: other.peg, incident: other.incident, ..accounts };
    world.send(elsewhere.instruction(), &["keeper"]).fails(E::WrongPool);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(UNSIGNED);
    writes(&mut world, &instruction, &["keeper"], &[1, 2]);

    // The address is taken while the count points at what exists.
    let product = world.product(PEG);
    needs_a_full_vault(&mut world, instruction, &["keeper"]);
    edit(&mut world, &product, offset_of!(Product, incident_count), &0u32.to_le_bytes());
    world.send(accounts.instruction(), &["keeper"]).fails_with(TAKEN);
}
