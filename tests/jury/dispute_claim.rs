//! `dispute_claim`: who has a ballot decide how much of a claim stands, from when and until when, and for what bond.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, evidence};
use solana_signer::Signer as _;
use spl_token_interface::error::TokenError;

#[test]
fn it_opens_a_ballot_at_once() {
    let (mut world, case) = counts();
    world.pass(3_600);
    touch(&mut world);
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let (claim_before, incident_before): (Claim, Incident) =
        (world.chain.read(&case.claim), world.chain.read(&case.incident));
    let (pool_before, policy): (_, Policy) = (world.read_pool(), world.chain.read(&case.policy));
    let (balance, held, now) = (world.balance("ines"), world.vault_balance(), world.now());
    let (purse_before, claim_rent) = (purse(&mut world, "ines"), lamports(&mut world, &case.claim));
    let receipt = world.dispute("ines", &case.policy, &case.incident).ok();

    let expected = Ballot {
        version: 1,
        bump: bump(&[b"ballot", case.claim.as_ref()]),
        default_level: ALL,
        max_extensions: 3,
        assembly: accounts.assembly,
        subject: case.claim,
        pool: case.pool,
        arbiter: world.key("arbiter"),
        rent_payer: accounts.disputer,
        opens_at: now,
        first_opens_at: now,
        closes_at: now + 3 * DAY,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        quorum_weight: QUORUM,
        voting_period: 3 * DAY,
        extension: DAY,
        appeal_window: 2 * DAY,
        reward_pot: POT,
        appeal_bond: 2 * CLAIM_BOND,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 5,
        graded: 1,
        ..zeroed()
    };
    assert_eq!(ballot_on(&mut world, &case.claim), expected);
    let expected = Claim {
        state: 1,
        dispute_bond_state: 0,
        tips: 2,
        disputer: accounts.disputer,
        dispute_ballot: accounts.ballot,
        dispute_hash: [7; 32],
        dispute_uri: field("https://example.org/evidence"),
        ..claim_before
    };
    assert_eq!(world.chain.read::<Claim>(&case.claim), expected);
    assert_eq!((claim_before.dispute_bond_state, expected.dispute_bond), (4, DISPUTE_BOND));
    assert_eq!(world.chain.read::<Incident>(&case.incident), Incident { open_disputes: 1, ..incident_before });
    assert_eq!(world.chain.read::<Policy>(&case.policy), policy);
    let pool = world.read_pool();
    let (bonds, children) = (pool_before.bonds + DISPUTE_BOND, pool_before.children + 1);
    assert_eq!(pool, Pool { bonds, children, ..pool_before });
    assert_eq!((world.balance("ines"), world.vault_balance()), (balance - DISPUTE_BOND, held + DISPUTE_BOND));

    let rent = lamports(&mut world, &accounts.ballot);
    assert_eq!(purse(&mut world, "ines"), purse_before - rent - TIP);
    assert_eq!(lamports(&mut world, &case.claim), claim_rent + TIP);
    let event = ClaimDisputed {
        incident: case.incident,
        claim: case.claim,
        disputer: accounts.disputer,
        ballot: accounts.ballot,
        bond: DISPUTE_BOND,
        closes_at: now + 3 * DAY,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::ClaimDisputed(event));
    world.check_books();
}

/// A friend who disputes shields nothing: the ballot asks the same, and nobody else need dispute.
#[test]
fn a_claim_is_disputed_once() {
    let (mut world, case) = counts();
    world.dispute("dora", &case.policy, &case.incident).ok();
    let ballot = ballot_address(&case.claim);
    for name in ["ines", "dora"] {
        world.dispute(name, &case.policy, &case.incident).fails_with(TAKEN);
    }
    assert_eq!(world.chain.read::<Claim>(&case.claim).dispute_ballot, ballot);
    finish_at(&mut world, &case.claim, Some(0));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let found: Claim = world.chain.read(&case.claim);
    assert_eq!((found.amount, found.level), (0, 0));
    world.dispute("ines", &case.policy, &case.incident).fails_with(TAKEN);
}

#[test]
fn its_bond_is_half_of_the_claims() {
    // A loss of 20,000 less the deductible of 15,000: a bond of 50 units, a tenth of the product's own.
    for (loss, posted) in [
        (25_000 * UNIT + 200, 100 * UNIT + 2),
        (20_000 * UNIT, 50 * UNIT),
        (20_000 * UNIT + 100, 50 * UNIT + 1),
        (20_000 * UNIT - 100, 50 * UNIT),
        (15_049 * UNIT + 7, 49 * UNIT + 7),
        (15_000 * UNIT + 1, 1),
    ] {
        let mut world = insured();
        let case = open_case(&mut world, 0, "dora", loss);
        finish(&mut world, &case.incident, Some(FOR));
        world.decide(0, 0).ok();
        let (balance, bonds) = (world.balance("ines"), world.read_pool().bonds);
        world.dispute("ines", &case.policy, &case.incident).ok();
        // However little is claimed, what holds everybody up takes a bond of a tenth of the product's.
        let (claim, bond): (Claim, _) = (world.chain.read(&case.claim), posted.div_ceil(2).max(PRODUCT_BOND / 10));
        assert_eq!((claim.bond, claim.dispute_bond), (posted, bond));
        assert_eq!((world.balance("ines"), world.read_pool().bonds), (balance - bond, bonds + bond));
        // Voters are paid of what the loser posted, and that may be the claim's.
        let ballot = ballot_on(&mut world, &case.claim);
        assert_eq!((ballot.appeal_bond, ballot.reward_pot), (2 * posted, posted / 4));
        world.check_books();
    }
}

#[test]
fn nobody_disputes_before_the_verdict_was_read() {
    let (mut world, case) = filed();
    world.dispute("ines", &case.policy, &case.incident).fails(E::IncidentUndecided);
    finish(&mut world, &case.incident, Some(FOR));
    world.dispute("ines", &case.policy, &case.incident).fails(E::IncidentUndecided);
    world.decide(0, 0).ok();
    world.dispute("ines", &case.policy, &case.incident).ok();
    world.vote_at("vera", &case.claim, NINE).ok();
}

#[test]
fn it_is_possible_until_the_last_second_of_the_claims_window() {
    // Dora's was filed before the verdict: three days of her own, and a day after the verdict at least.
    let (mut world, case) = counts();
    let (claim, incident): (Claim, Incident) = (world.chain.read(&case.claim), world.chain.read(&case.incident));
    assert_eq!(claim.disputes_end_at, claim.filed_at + 3 * DAY);
    assert_eq!(incident.decided_at + DAY, claim.disputes_end_at, "she filed two days before it");
    world.chain.set_now(claim.disputes_end_at);
    world.dispute("ines", &case.policy, &case.incident).fails(E::DisputeWindowOver);
    world.pass(0);
    world.chain.set_now(claim.disputes_end_at - 1);
    world.dispute("ines", &case.policy, &case.incident).ok();

    // A day later nobody could, but for the verdict that was read so late.
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    world.pass_days(7);
    world.decide(0, 0).ok();
    let until = world.now() + DAY;
    world.chain.set_now(until);
    world.dispute("ines", &case.policy, &case.incident).fails(E::DisputeWindowOver);
    world.chain.set_now(until - 1);
    world.dispute("ines", &case.policy, &case.incident).ok();

    // Emil's was filed after it: his own window counts.
    let (mut world, case) = counts();
    world.pass_days(2);
    let emils = file(&mut world, 0, "emil", &case.incident, 100_000 * UNIT);
    let until = world.now() + 3 * DAY;
    world.chain.set_now(until);
    world.dispute("ines", &emils.policy, &emils.incident).fails(E::DisputeWindowOver);
    world.chain.set_now(until - 1);
    world.dispute("ines", &emils.policy, &emils.incident).ok();
}

#[test]
fn the_incident_must_be_open_and_the_claim_not_decided() {
    for (side, error) in [(Some(AGAINST), E::IncidentClosed), (None, E::IncidentClosed)] {
        let (mut world, case) = filed();
        settle(&mut world, 0, side);
        world.dispute("ines", &case.policy, &case.incident).fails(error);
    }
    let (mut world, case) = counts();
    conclude(&mut world, 0);
    world.dispute("juno", &case.policy, &case.incident).fails(E::IncidentClosed);
}

#[test]
fn lamports_sent_ahead_keep_nobody_from_disputing() {
    let (mut world, case) = counts();
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let bank = world.chain.bank().pubkey();
    let gift = solana_system_interface::instruction::transfer(&bank, &accounts.ballot, 1_000_000);
    world.send(gift, &[]).ok();
    world.dispute("ines", &case.policy, &case.incident).ok();
    finish_at(&mut world, &case.claim, Some(NINE));
    world.resolve_dispute(&case.policy, &case.incident).ok();
}

#[test]
fn the_evidence_must_fit() {
    let (mut world, case) = counts();
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let with_text = |length| Evidence { evidence_uri: "x".repeat(length), ..evidence() };
    world.send(accounts.instruction(&with_text(129)), &["ines"]).fails(E::TextTooLong);
    world.send(accounts.instruction(&with_text(128)), &["ines"]).ok();
    assert_eq!(world.chain.read::<Claim>(&case.claim).dispute_uri, [b'x'; 128]);
}

#[test]
fn the_bond_is_the_disputers_own() {
    let (mut world, case) = counts();
    world.fund("poor", DISPUTE_BOND - 1);
    world.dispute("poor", &case.policy, &case.incident).fails_with(token_error(TokenError::InsufficientFunds));
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let by_opal = DisputeClaim { payer: world.key("opal"), ..accounts };
    world.send(unsigned(by_opal.instruction(&evidence()), 0), &["opal"]).fails_with(UNSIGNED);
    let with_opals = DisputeClaim { disputer_token: world.tokens("opal", &world.asset()), ..accounts };
    let instruction = with_opals.instruction(&evidence());
    world.send(instruction, &["ines"]).fails_with(token_error(TokenError::OwnerMismatch));
    world.fund("poor", 1);
    world.dispute("poor", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("poor"), 0);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    let (second, governance) = (second_assembly(&mut world), world.governance());
    let votes = world.open_tokens("ines", &governance);
    world.mint_to(&governance, &votes, 10_000 * UNIT);
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let [forged_pool, forged_incident, forged_claim, forged_assembly] =
        [case.pool, case.incident, case.claim, accounts.assembly].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(&evidence());
    let rows = [
        (2, other.pool, error(E::WrongPool)),
        (2, case.incident, DUPLICATE),
        (2, forged_pool, NOT_OURS),
        (3, sibling.incident, error(E::WrongIncident)),
        (3, other.incident, error(E::WrongPool)),
        (3, case.policy, TOO_SMALL),
        (3, forged_incident, NOT_OURS),
        (4, sibling.claim, SEEDS),
        (4, other.claim, SEEDS),
        (4, case.policy, TOO_SMALL),
        (4, forged_claim, NOT_OURS),
        (5, second, error(E::WrongAssembly)),
        (5, case.policy, TOO_SMALL),
        (5, forged_assembly, NOT_OURS),
        (6, ballot_address(&case.incident), SEEDS),
        (6, ballot_address(&other.claim), SEEDS),
        (7, votes, token_error(TokenError::MintMismatch)),
        (7, accounts.vault, DUPLICATE),
        (8, vault_address(&other.pool), error(E::WrongVault)),
        (8, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (8, accounts.disputer_token, DUPLICATE),
        (9, governance, error(E::WrongMint)),
        (10, TOKEN_2022, error(E::WrongTokenProgram)),
        (10, ID, error(E::WrongTokenProgram)),
        (11, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["ines"], &rows);
    writes(&mut world, &instruction, &["ines"], &[2, 3, 4, 7, 8]);
    needs_a_full_vault(&mut world, instruction, &["ines"]);
}
