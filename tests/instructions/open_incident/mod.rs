//! `open_incident`: the bond, the lien, the ballot, who may open what and when.

mod bond;
mod late;

use crate::{
    common::{TIP, lamports, purses, rent, zeroed},
    story::*,
};
use coverage_client::*;
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, assembly_params, incident_report, product_params};
use solana_instruction_error::InstructionError;

#[test]
fn opening_takes_the_bond_sets_the_cover_aside_and_opens_a_ballot() {
    let mut world = insured();
    touch(&mut world);
    let (pool_before, product_before) = (world.read_pool(), world.read_product(0));
    let (balance, vault_balance, now) = (world.balance("opal"), world.vault_balance(), world.now());
    let (address, accounts) = (world.incident(0, 0), world.open_incident_accounts("opal", 0, 0));
    let opals = lamports(&mut world, &accounts.opener);
    let receipt = world.open_incident("opal", 0, 0, now - 60).ok();

    let incident: Incident = world.chain.read(&address);
    let filing_end = start_of(day_of(now) + 15);
    let mut evidence_uri = [0; 128];
    evidence_uri[..28].copy_from_slice(b"https://example.org/incident");
    let expected = Incident {
        version: 1,
        bump: incident.bump,
        tips: 1,
        severity_bps: 10_000,
        pool: world.pool(),
        product: world.product(0),
        opener: world.key("opal"),
        ballot: accounts.ballot,
        evidence_hash: [9; 32],
        evidence_uri,
        occurred_at: now - 60,
        opened_at: now,
        // With the next day that begins.
        filing_ends_at: filing_end,
        disputes_end_at: filing_end + 3 * DAY,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        bond: BOND,
        lien: DORAS,
        claim_bond_bps: 100,
        bond_owner: world.key("opal"),
        ..zeroed()
    };
    assert_eq!(incident, expected);

    let ballot: Ballot = world.chain.read(&accounts.ballot);
    let expected = Ballot {
        version: 1,
        bump: ballot.bump,
        // No quorum, until somebody votes.
        leading: 3,
        max_extensions: 3,
        assembly: world.assembly(),
        subject: address,
        pool: world.pool(),
        arbiter: world.key("arbiter"),
        rent_payer: world.key("opal"),
        opens_at: now,
        closes_at: now + 3 * DAY,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        voting_period: 3 * DAY,
        extension: DAY,
        appeal_window: 2 * DAY,
        appeal_bond: 2 * BOND,
        quorum_bps: 2_000,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 2,
        ..zeroed()
    };
    assert_eq!(ballot, expected);

    let product = world.read_product(0);
    let rolled_day = day_of(now);
    let expected =
        Product { open_incident: address, incident_count: 1, rolled_day, blocked_from: now, ..product_before };
    assert_eq!(product, expected);
    let pool = world.read_pool();
    let mut lien_ring = [0; 64];
    lien_ring[(day_of(filing_end) % 64) as usize] = DORAS;
    let lien_day = day_of(now);
    let expected = Pool { bonds: BOND, lien_total: DORAS, lien_day, lien_ring, open_incidents: 1, ..pool_before };
    assert_eq!(pool, expected);
    // Rent, a tip for whoever settles it, and two for whoever closes the ballot, once and again without a quorum.
    let held = purses(&mut world, [address, accounts.ballot]);
    let rents = [address, accounts.ballot].map(|address| rent(&mut world, &address));
    assert_eq!(held, [rents[0] + TIP, rents[1] + 2 * TIP]);
    assert_eq!(opals - lamports(&mut world, &accounts.opener), rents[0] + rents[1] + 3 * TIP);
    assert_eq!((world.balance("opal"), world.vault_balance()), (balance - BOND, vault_balance + BOND));
    let event = IncidentOpened {
        product: world.product(0),
        incident: address,
        opener: world.key("opal"),
        ballot: accounts.ballot,
        occurred_at: now - 60,
        severity_bps: 10_000,
        lien: DORAS,
        bond: BOND,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::IncidentOpened(event)]);
    world.check_books();
}

#[test]
fn opening_first_earns_what_time_has_earned() {
    let mut world = insured();
    let before = world.read_pool();
    let now = world.now();
    let receipt = world.open_incident("opal", 0, 0, now).ok();
    let [Event::IncidentOpened(event)] = receipt.events()[..] else { panic!("one event") };
    let after = world.read_pool();
    assert!(event.earned > 0);
    assert_eq!((after.capital, after.unearned), (before.capital + event.earned, before.unearned - event.earned));
    assert_eq!((after.accrued_at, event.books), (now, books(&after)));
    world.check_books();
}

#[test]
fn both_products_may_have_one_open_but_neither_two() {
    let mut world = insured();
    report(&mut world, 0, 0);
    report(&mut world, 1, 0);
    let pool = world.read_pool();
    assert_eq!(
        (pool.own_liens().expect("they fit"), pool.open_incidents, pool.bonds),
        (DORAS + 600_000 * UNIT, 2, 2 * BOND)
    );
    let now = world.now();
    world.open_incident("opal", 0, 1, now).fails(BreakwaterError::IncidentOpen);
    world.open_incident("opal", 1, 1, now).fails(BreakwaterError::IncidentOpen);
    // The address of the open one is not the next one's.
    world.open_incident("opal", 0, 0, now).fails_with(InstructionError::InvalidSeeds);
    world.check_books();
}

#[test]
fn sales_of_the_product_stop_and_those_of_others_go_on() {
    let mut world = funded();
    world.fund("dora", 10_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    world.pass_days(2);
    report(&mut world, 0, 0);
    world.buy("dora", 0, 1, UNIT, 30).fails(BreakwaterError::IncidentOpen);
    world.buy("dora", 1, 0, 900_000 * UNIT, 30).ok();
    world.check_books();
}

#[test]
fn filing_ends_on_a_day_boundary_and_never_early() {
    for into_the_day in [0, 1, DAY - 1] {
        let mut world = insured();
        let day = day_of(world.now()) + 1;
        world.chain.set_now(start_of(day) + into_the_day);
        let incident = report(&mut world, 0, 0);
        let found: Incident = world.chain.read(&incident);
        assert_eq!(found.filing_ends_at, start_of(day + 15));
        assert_eq!(found.disputes_end_at, start_of(day + 18));
        assert_eq!(world.read_pool().lien_ring[((day + 15) % 64) as usize], DORAS);
    }
}

#[test]
fn the_lien_is_all_active_cover_even_beyond_the_capital() {
    let (mut world, first) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &first, DORAS).ok();
    finish(&mut world, 0, 0, Some(FOR));
    touch(&mut world);
    let capital = world.read_pool().capital;
    assert!(capital < 600_000 * UNIT, "less than the trio's cover is left");
    let second = report(&mut world, 1, 0);
    let incident: Incident = world.chain.read(&second);
    assert_eq!((incident.lien, world.read_pool().own_liens().expect("they fit")), (600_000 * UNIT, 600_000 * UNIT));
    // Nothing is free to carry a sale, of whatever product.
    world.buy("dora", 0, 1, UNIT, 30).fails(BreakwaterError::ProductCapacity);
    world.check_books();
}

#[test]
fn what_lies_ahead_is_no_incident() {
    let mut world = insured();
    let now = world.now();
    world.open_incident("opal", 0, 0, now + 1).fails(BreakwaterError::OccurredInFuture);
    world.open_incident("opal", 0, 0, now).ok();
}

#[test]
fn the_report_window_ends_to_the_second() {
    let mut world = insured();
    let now = world.now();
    world.open_incident("opal", 0, 0, now - 30 * DAY).fails(BreakwaterError::ReportWindowOver);
    world.open_incident("opal", 0, 0, now - 30 * DAY + 1).ok();
}

#[test]
fn cover_in_grace_still_counts_and_released_cover_does_not() {
    let mut world = funded();
    world.list_product(2, product_params("Never sold")).ok();
    let now = world.now();
    world.open_incident("opal", 2, 0, now).fails(BreakwaterError::NothingCovered);
    world.fund("dora", 1_000 * UNIT);
    world.buy("dora", 0, 0, 10_000 * UNIT, 5).ok();
    world.buy("dora", 1, 0, 20_000 * UNIT, 5).ok();
    let policy: Policy = world.chain.read(&world.policy(0, "dora", 0));
    assert_eq!(start_of(policy.release_day), policy.end + 30 * DAY);
    world.chain.set_now(start_of(policy.release_day) - 1);
    world.open_incident("opal", 0, 0, policy.end + DAY).ok();
    let incident: Incident = world.chain.read(&world.incident(0, 0));
    assert_eq!(incident.lien, 10_000 * UNIT);
    world.pass(1);
    world.open_incident("opal", 1, 0, policy.end + DAY).fails(BreakwaterError::NothingCovered);
    world.check_books();
}

#[test]
fn only_a_jury_product_takes_reports() {
    let mut world = insured();
    let address = world.product(0);
    let mut account = world.chain.account(&address).expect("the product");
    account.data[8 + 4] = 1; // trigger: no instruction lists another yet
    world.chain.set_account(&address, account);
    let now = world.now();
    world.open_incident("opal", 0, 0, now).fails(BreakwaterError::WrongTrigger);
}

#[test]
fn the_evidence_uri_has_at_most_128_bytes() {
    let mut world = insured();
    let accounts = world.open_incident_accounts("opal", 0, 0);
    let mut report = incident_report(world.now());
    report.evidence_uri = text_of(129);
    world.send(accounts.instruction(&report), &["opal"]).fails(BreakwaterError::TextTooLong);
    report.evidence_uri = text_of(128);
    world.send(accounts.instruction(&report), &["opal"]).ok();
    let incident: Incident = world.chain.read(&accounts.incident);
    assert_eq!(incident.evidence_uri, [b'x'; 128]);
}

#[test]
fn the_opener_signs_and_pays() {
    let mut world = insured();
    let report = incident_report(world.now());
    let accounts = world.open_incident_accounts("opal", 0, 0);
    let instruction = unsigned(accounts.instruction(&report), 0);
    world.send(instruction, &[]).fails_with(InstructionError::MissingRequiredSignature);
    let of_dora = OpenIncident { opener_token: world.tokens("dora", &world.asset()), ..accounts };
    world.send(of_dora.instruction(&report), &["opal"]).fails_with(TOKEN_OWNER_MISMATCH);
    world.fund("poor", BOND - 1);
    world.open_incident("poor", 0, 0, report.occurred_at).fails_with(TOKEN_INSUFFICIENT_FUNDS);
    assert!(world.chain.account(&accounts.incident).is_none());
}

#[test]
fn lamports_sent_ahead_block_no_incident() {
    let mut world = insured();
    let accounts = world.open_incident_accounts("opal", 0, 0);
    for address in [accounts.incident, accounts.ballot] {
        let bank = solana_signer::Signer::pubkey(&world.chain.bank());
        let transfer = solana_system_interface::instruction::transfer(&bank, &address, 1_000_000);
        world.send(transfer, &[]).ok();
    }
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = insured();
    let other = elsewhere(&mut world);
    let accounts = world.open_incident_accounts("opal", 0, 0);
    let governance_tokens = world.open_tokens("opal", &world.governance());
    world.mint_to(&world.governance(), &governance_tokens, BOND);
    let policy = world.policy(0, "dora", 0);
    let report = incident_report(world.now());
    let rows = [
        (1, other.pool, code(BreakwaterError::WrongPool)),
        (1, world.product(1), InstructionError::AccountDataTooSmall),
        (1, accounts.product, DUPLICATE),
        (2, other.product, InstructionError::InvalidSeeds),
        (2, world.product(1), InstructionError::InvalidSeeds),
        (2, policy, InstructionError::AccountDataTooSmall),
        (2, other.pool, InstructionError::InvalidAccountData),
        (3, world.incident(0, 1), InstructionError::InvalidSeeds),
        (3, world.key("dora"), InstructionError::InvalidSeeds),
        (4, accounts.pool, DUPLICATE),
        (4, policy, InstructionError::AccountDataTooSmall),
        (4, other.pool, InstructionError::InvalidAccountData),
        (4, world.asset(), InstructionError::IllegalOwner),
        (5, ballot_address(&other.incident), InstructionError::InvalidSeeds),
        (5, accounts.incident, DUPLICATE),
        (6, governance_tokens, TOKEN_MINT_MISMATCH),
        (6, accounts.vault, DUPLICATE),
        (6, policy, InstructionError::InvalidAccountData),
        (6, share_mint_address(&accounts.pool, 0), InstructionError::InvalidAccountData),
        (7, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (7, accounts.opener_token, DUPLICATE),
        (8, world.governance(), code(BreakwaterError::WrongMint)),
        (8, share_mint_address(&accounts.pool, 0), code(BreakwaterError::WrongMint)),
        (8, governance_tokens, code(BreakwaterError::WrongMint)),
        (9, TOKEN_2022, code(BreakwaterError::WrongTokenProgram)),
        (9, ID, code(BreakwaterError::WrongTokenProgram)),
        (10, spl_token_interface::ID, InstructionError::IncorrectProgramId),
    ];
    refuses(&mut world, &accounts.instruction(&report), &["opal"], &rows);

    let incident = incident_address(&other.product, 1);
    let ballot = ballot_address(&incident);
    let of_other = OpenIncident { product: other.product, incident, ballot, ..accounts };
    world.send(of_other.instruction(&report), &["opal"]).fails(BreakwaterError::WrongPool);

    let assembly = assembly_address(&world.asset(), &world.key("founder"));
    let stake_vault = stake_vault_address(&assembly);
    let create =
        CreateAssembly { assembly, governance_mint: world.asset(), stake_vault, ..world.create_assembly_accounts() };
    world.send(create.instruction(&assembly_params()), &["founder"]).ok();
    let by_another = OpenIncident { assembly, ..accounts };
    world.send(by_another.instruction(&report), &["opal"]).fails(BreakwaterError::WrongAssembly);
    world.send(accounts.instruction(&report), &["opal"]).ok();
}
