//! `open_incident`: the bond, the lien, the ballot, who may open what and when.

mod bond;
mod line;

use crate::{
    common::{TIP, edit, lamports, purses, rent, zeroed},
    story::*,
};
use coverage_client::*;
use coverage_math::{DAY, contested::Index, day_of};
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
    let mut evidence_uri = [0; 128];
    evidence_uri[..28].copy_from_slice(b"https://example.org/incident");
    // Per unit of an index of 1, × 2^127 ÷ 2^63.
    let set_aside = Wide { low: 0, high: DORAS };
    let (nothing, never) = (Wide::new(0), StoredIndex { mantissa: 0, shift: 0, era: 0 });
    let top = Wide::new(Index::START.seen_from(Index::START));
    let part = Part {
        reported: pool_before.index,
        freed_at: never,
        ended_at: never,
        set_aside,
        paid_before: nothing,
        freed: nothing,
        rest: nothing,
        freed_to: top,
        rest_to: top,
    };
    let expected = Incident {
        version: 1,
        bump: incident.bump,
        tips: 3,
        severity_bps: 10_000,
        pool: world.pool(),
        product: world.product(0),
        opener: world.key("opal"),
        rent_payer: world.key("opal"),
        ballot: accounts.ballot,
        evidence_hash: [9; 32],
        evidence_uri,
        occurred_at: now - 60,
        opened_at: now,
        dispute_window: 3 * DAY,
        appeal_window: 2 * DAY,
        bond: BOND,
        product_bond: 500 * UNIT,
        lien: DORAS,
        claim_bond_bps: 100,
        filing_window_days: 14,
        part,
        bond_owner: world.key("opal"),
        assembly: world.assembly(),
        ..zeroed()
    };
    assert_eq!(incident, expected);

    let ballot: Ballot = world.chain.read(&accounts.ballot);
    let expected = Ballot {
        version: 1,
        bump: ballot.bump,
        max_extensions: 3,
        assembly: world.assembly(),
        subject: address,
        pool: world.pool(),
        arbiter: world.key("arbiter"),
        rent_payer: world.key("opal"),
        opens_at: now,
        first_opens_at: now,
        closes_at: now + 3 * DAY,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        voting_period: 3 * DAY,
        extension: DAY,
        quorum_weight: 200 * UNIT,
        appeal_window: 2 * DAY,
        reward_pot: BOND / 2,
        appeal_bond: 2 * BOND,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 5,
        ..zeroed()
    };
    assert_eq!(ballot, expected);

    let product = world.read_product(0);
    let line = product.line;
    assert_eq!((line.set_aside, line.reported), (set_aside, pool_before.index));
    assert_eq!((line.head, line.open, line.undecided), (0, 1, 1));
    let expected = Product {
        line,
        incident_count: 1,
        rolled_day: day_of(now),
        opening_active: DORAS,
        opening_capacity: pool_before.seasoned_capital().unwrap(),
        ..product_before
    };
    assert_eq!(product, expected);
    let pool = world.read_pool();
    let expected = Pool {
        // The ballot.
        children: pool_before.children + 1,
        bonds: BOND,
        liens: set_aside,
        filing_day: day_of(now),
        open_incidents: 1,
        current_incidents: 1,
        fresh_incidents: 1,
        incidents_opened: 1,
        ..with_cover_liened(pool_before, &product)
    };
    assert_eq!(pool, expected);
    assert_eq!(pool.own_liens(), Ok(DORAS));
    // Rent, tips for reading the verdict, freeing what nobody claims and settling, and five for closing the ballot: once, once
    // more where too few had voted, and three times where it runs on.
    let held = purses(&mut world, [address, accounts.ballot]);
    let rents = [address, accounts.ballot].map(|address| rent(&mut world, &address));
    assert_eq!(held, [rents[0] + 3 * TIP, rents[1] + 5 * TIP]);
    assert_eq!(opals - lamports(&mut world, &accounts.opener), rents[0] + rents[1] + 8 * TIP);
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
    edit(&mut world, &address, std::mem::offset_of!(Product, trigger), &[1]);
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
fn the_opener_signs_and_posts_the_bond() {
    let mut world = insured();
    let report = incident_report(world.now());
    let accounts = world.open_incident_accounts("opal", 0, 0);
    let sponsored = OpenIncident { payer: world.key("dora"), ..accounts }.instruction(&report);
    world.send(unsigned(sponsored, 0), &["dora"]).fails_with(InstructionError::MissingRequiredSignature);
    let of_dora = OpenIncident { opener_token: world.tokens("dora", &world.asset()), ..accounts };
    world.send(of_dora.instruction(&report), &["opal"]).fails_with(TOKEN_OWNER_MISMATCH);
    world.fund("poor", BOND - 1);
    world.open_incident("poor", 0, 0, report.occurred_at).fails_with(TOKEN_INSUFFICIENT_FUNDS);
    assert!(world.chain.account(&accounts.incident).is_none());
}

#[test]
fn another_may_pay_rent_and_tips() {
    let mut world = insured();
    world.give_lamports("sponsor");
    let report = incident_report(world.now());
    let accounts = OpenIncident { payer: world.key("sponsor"), ..world.open_incident_accounts("opal", 0, 0) };
    let before = purses(&mut world, [accounts.opener, accounts.payer]);
    let instruction = accounts.instruction(&report);
    world.send(unsigned(instruction.clone(), 1), &["opal"]).fails_with(InstructionError::MissingRequiredSignature);
    world.send(instruction, &["opal", "sponsor"]).ok();
    let held: u64 = purses(&mut world, [accounts.incident, accounts.ballot]).iter().sum();
    assert_eq!(purses(&mut world, [accounts.opener, accounts.payer]), [before[0], before[1] - held]);
    let (incident, ballot): (Incident, Ballot) =
        (world.chain.read(&accounts.incident), world.chain.read(&accounts.ballot));
    assert_eq!([incident.rent_payer, ballot.rent_payer], [accounts.payer; 2]);
    assert_eq!([incident.opener, incident.bond_owner], [accounts.opener; 2]);
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
        (2, other.pool, code(BreakwaterError::WrongPool)),
        (2, world.product(1), InstructionError::AccountDataTooSmall),
        (2, accounts.product, DUPLICATE),
        (3, other.product, InstructionError::InvalidSeeds),
        (3, world.product(1), InstructionError::InvalidSeeds),
        (3, policy, InstructionError::AccountDataTooSmall),
        (3, other.pool, InstructionError::InvalidAccountData),
        (4, world.incident(1, 1), InstructionError::InvalidSeeds),
        (4, world.key("dora"), InstructionError::InvalidSeeds),
        (5, accounts.pool, DUPLICATE),
        (5, policy, InstructionError::AccountDataTooSmall),
        (5, other.pool, InstructionError::InvalidAccountData),
        (5, world.asset(), InstructionError::IllegalOwner),
        (6, ballot_address(&other.incident), InstructionError::InvalidSeeds),
        (6, accounts.incident, DUPLICATE),
        (7, governance_tokens, TOKEN_MINT_MISMATCH),
        (7, accounts.vault, DUPLICATE),
        (7, policy, InstructionError::InvalidAccountData),
        (7, share_mint_address(&accounts.pool, 0), InstructionError::InvalidAccountData),
        (8, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (8, accounts.opener_token, DUPLICATE),
        (9, world.governance(), code(BreakwaterError::WrongMint)),
        (9, share_mint_address(&accounts.pool, 0), code(BreakwaterError::WrongMint)),
        (9, governance_tokens, code(BreakwaterError::WrongMint)),
        (10, TOKEN_2022, code(BreakwaterError::WrongTokenProgram)),
        (10, ID, code(BreakwaterError::WrongTokenProgram)),
        (11, spl_token_interface::ID, InstructionError::IncorrectProgramId),
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
