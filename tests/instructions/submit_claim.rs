//! `submit_claim`: what a loss entitles to, its bond, who may claim what and until when.

use crate::{
    common::{TIP, lamports, rent, zeroed},
    story::*,
};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, UNIT, claim_request, product_params};
use solana_instruction_error::InstructionError;

/// The deductible of dora's policy, atoms.
const DEDUCTIBLE: u64 = DORAS / 20;

#[test]
fn a_claim_reserves_the_loss_less_the_deductible_and_posts_a_bond() {
    let (mut world, incident) = reported();
    touch(&mut world);
    let policy = world.policy(0, "dora", 0);
    let address = claim_address(&incident, &policy);
    let incident_before: Incident = world.chain.read(&incident);
    let (policy_before, pool_before): (Policy, _) = (world.chain.read(&policy), world.read_pool());
    let (balance, vault_balance, now) = (world.balance("dora"), world.vault_balance(), world.now());
    let dora = world.key("dora");
    let doras = lamports(&mut world, &dora);
    let receipt = world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();

    let (amount, bond) = (60_000 * UNIT, 600 * UNIT);
    let found: Claim = world.chain.read(&address);
    let mut evidence_uri = [0; 128];
    evidence_uri[..25].copy_from_slice(b"https://example.org/claim");
    let expected = Claim {
        version: 1,
        bump: found.bump,
        tips: 1,
        incident,
        policy,
        claimant: dora,
        funder: dora,
        // Where the bond came from is where the money goes, as most will have it.
        receiver: world.tokens("dora", &world.asset()),
        rent_payer: dora,
        evidence_hash: [8; 32],
        evidence_uri,
        loss: 100_000 * UNIT,
        level: 16,
        dispute_bond_state: 4,
        claimed: amount,
        amount,
        bond,
        dispute_bond: incident_before.dispute_bond(bond),
        filed_at: now,
        disputes_end_at: now + 3 * DAY,
        ..zeroed()
    };
    assert_eq!(found, expected);
    // Rent, and a tip for the one who pays it out.
    let rent = rent(&mut world, &address);
    assert_eq!(lamports(&mut world, &address), rent + TIP);
    assert_eq!(doras - lamports(&mut world, &dora), rent + TIP);
    let found: Incident = world.chain.read(&incident);
    let first_release_day = policy_before.release_day;
    let filed = Incident { filed: amount, claim_count: 1, live_accounts: 1, first_release_day, ..incident_before };
    assert_eq!(found, filed);
    let found: Policy = world.chain.read(&policy);
    assert_eq!(found, Policy { claimed: amount, open_claims: 1, ..policy_before });
    let pool = world.read_pool();
    assert_eq!(pool, Pool { bonds: BOND + bond, ..pool_before });
    assert_eq!((world.balance("dora"), world.vault_balance()), (balance - bond, vault_balance + bond));
    let event = ClaimSubmitted {
        incident,
        claim: address,
        policy,
        claimant: dora,
        receiver: expected.receiver,
        loss: 100_000 * UNIT,
        amount,
        bond,
        filed: amount,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::ClaimSubmitted(event)]);
    world.check_books();
}

#[test]
fn claims_of_an_incident_add_up() {
    let mut world = insured();
    let incident = report(&mut world, 1, 0);
    let mut filed = 0;
    for (count, (holder, amount)) in (1..).zip(TRIO) {
        let policy = world.policy(1, holder, 0);
        world.submit_claim(holder, &policy, &incident, amount).ok();
        filed += amount - amount / 20;
        let found: Incident = world.chain.read(&incident);
        assert_eq!((found.filed, found.claim_count), (filed, count));
    }
    assert_eq!(world.read_pool().bonds, TRIOS_BOND + filed / 100);
    world.check_books();
}

#[test]
fn deductible_and_bond_round_up() {
    let mut world = funded();
    world.fund("dora", 1_000 * UNIT);
    // 5% of it is 500,000.05 atoms: 500,001.
    world.buy("dora", 0, 0, 10 * UNIT + 1, 30).ok();
    world.pass_days(2);
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, 0).fails(BreakwaterError::ZeroAmount);
    world.submit_claim("dora", &policy, &incident, 500_001).fails(BreakwaterError::BelowDeductible);
    world.submit_claim("dora", &policy, &incident, 500_002).ok();
    let found: Claim = world.chain.read(&claim_address(&incident, &policy));
    // 1% of an atom is an atom.
    assert_eq!((found.amount, found.bond), (1, 1));
}

#[test]
fn no_claim_exceeds_the_sum_insured() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    let most = DORAS + DEDUCTIBLE;
    world.submit_claim("dora", &policy, &incident, most + 1).fails(BreakwaterError::AboveSumInsured);
    world.submit_claim("dora", &policy, &incident, u64::MAX).fails(BreakwaterError::AboveSumInsured);
    world.submit_claim("dora", &policy, &incident, most).ok();
    let found: Policy = world.chain.read(&policy);
    assert_eq!((found.claimed, found.amount), (DORAS, DORAS));
}

#[test]
fn a_later_incident_leaves_what_earlier_ones_have_not_taken() {
    let (mut world, first) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &first, 300_000 * UNIT + DEDUCTIBLE).ok();
    finish(&mut world, 0, 0, Some(FOR));
    let second = report(&mut world, 0, 1);
    let rest = 500_000 * UNIT + DEDUCTIBLE;
    world.submit_claim("dora", &policy, &second, rest + 1).fails(BreakwaterError::AboveSumInsured);
    world.submit_claim("dora", &policy, &second, rest).ok();
    let found: Policy = world.chain.read(&policy);
    // The first has not been paid out: it is still open.
    assert_eq!((found.claimed, found.open_claims), (DORAS, 2));
    world.payout("dora", &policy, &first).ok();
    let found: Policy = world.chain.read(&policy);
    assert_eq!((found.claimed, found.paid, found.open_claims), (DORAS, 300_000 * UNIT, 1));
    world.check_books();
}

/// Whether a policy of 20 days covers what occurs at a time that is `offset` seconds after its first or last second.
fn covers(from_the_end: bool, offset: i64) -> Result<(), BreakwaterError> {
    let mut world = funded();
    world.fund("dora", 1_000 * UNIT);
    world.buy("dora", 0, 0, 10_000 * UNIT, 20).ok();
    let policy = world.policy(0, "dora", 0);
    let terms: Policy = world.chain.read(&policy);
    assert_eq!((terms.cover_from, terms.end % DAY), (world.now() + DAY, 0));
    let occurred_at = if from_the_end { terms.end } else { terms.cover_from }.saturating_add_signed(offset);
    world.chain.set_now(occurred_at + DAY);
    world.open_incident("opal", 0, 0, occurred_at).ok();
    let incident = world.incident(0, 0);
    let receipt = world.submit_claim("dora", &policy, &incident, 10_000 * UNIT);
    if receipt.result.is_ok() {
        return Ok(());
    }
    receipt.fails(BreakwaterError::NotCovered);
    Err(BreakwaterError::NotCovered)
}

#[test]
fn cover_begins_and_ends_to_the_second() {
    assert_eq!(covers(false, -1), Err(BreakwaterError::NotCovered));
    assert_eq!(covers(false, 0), Ok(()));
    assert_eq!(covers(true, 0), Ok(()));
    assert_eq!(covers(true, 1), Err(BreakwaterError::NotCovered));
}

#[test]
fn the_filing_window_ends_to_the_second() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    judge(&mut world, 0, 0, Some(FOR));
    let filing_ends_at = world.chain.read::<Incident>(&incident).filing_ends_at;
    world.chain.set_now(filing_ends_at);
    world.submit_claim("dora", &policy, &incident, DORAS).fails(BreakwaterError::FilingOver);
    world.chain.set_now(filing_ends_at - 1);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
}

#[test]
fn a_policy_claims_once_in_an_incident() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DEDUCTIBLE + UNIT).ok();
    let before = world.read_pool();
    world.submit_claim("dora", &policy, &incident, DEDUCTIBLE + UNIT).fails_with(TAKEN);
    assert_eq!(world.read_pool(), before);
}

#[test]
fn a_closed_incident_takes_no_claims() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    judge(&mut world, 0, 0, Some(AGAINST));
    world.submit_claim("dora", &policy, &incident, DORAS).fails(BreakwaterError::IncidentClosed);
    world.settle_decided(0, 0).ok();
    world.submit_claim("dora", &policy, &incident, DORAS).fails(BreakwaterError::IncidentClosed);
}

#[test]
fn another_may_pay_the_rent_and_another_be_paid() {
    let (mut world, incident) = reported();
    world.give_lamports("rich");
    let policy = world.policy(0, "dora", 0);
    let asset = world.asset();
    let receiver = world.open_tokens("heir", &asset);
    let payer = world.key("rich");
    let accounts = SubmitClaim { payer, receiver, ..world.claim_accounts("dora", &policy, &incident) };
    let before = [accounts.holder, payer].map(|address| lamports(&mut world, &address));
    world.send(accounts.instruction(&claim_request(DORAS)), &["dora", "rich"]).ok();
    let found: Claim = world.chain.read(&accounts.claim);
    assert_eq!([found.claimant, found.rent_payer, found.receiver], [accounts.holder, payer, receiver]);
    // The tip is the payer's too.
    let held = lamports(&mut world, &accounts.claim);
    assert_eq!([accounts.holder, payer].map(|address| lamports(&mut world, &address)), [before[0], before[1] - held]);
}

#[test]
fn another_may_post_the_bond_and_gets_it_back() {
    let (mut world, incident) = reported();
    let (policy, asset) = (world.policy(0, "dora", 0), world.asset());
    world.fund("fred", 10_000 * UNIT);
    let (funder, funder_token) = (world.key("fred"), world.tokens("fred", &asset));
    let accounts = SubmitClaim { funder, funder_token, ..world.claim_accounts("dora", &policy, &incident) };
    let balances = ["dora", "fred"].map(|name| world.balance(name));
    world.send(accounts.instruction(&claim_request(DORAS)), &["dora", "fred"]).ok();
    let bond = (DORAS - DEDUCTIBLE) / 100;
    assert_eq!(["dora", "fred"].map(|name| world.balance(name)), [balances[0], balances[1] - bond]);
    let found: Claim = world.chain.read(&accounts.claim);
    assert_eq!([found.claimant, found.funder], [accounts.holder, funder]);
    finish(&mut world, 0, 0, Some(FOR));
    let payout =
        Payout { funder, funder_token: Some(funder_token), ..world.payout_accounts("dora", &policy, &incident) };
    world.send(payout.instruction(), &[]).ok();
    let settled = world.chain.read::<Incident>(&incident).settled;
    assert_eq!(["dora", "fred"].map(|name| world.balance(name)), [balances[0] + settled, balances[1]]);
    world.check_books();
}

#[test]
fn any_token_account_of_the_asset_may_be_paid() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    let (asset, governance) = (world.asset(), world.governance());
    let accounts = world.claim_accounts("dora", &policy, &incident);
    let request = claim_request(DORAS);
    for (at, mint) in [("votes", governance), ("shares", share_mint_address(&accounts.pool, 0))] {
        let receiver = other_tokens(&mut world, at, "dora", &mint);
        let wrong = SubmitClaim { receiver, ..accounts };
        world.send(wrong.instruction(&request), &["dora"]).fails(BreakwaterError::WrongMint);
    }
    let receiver = other_tokens(&mut world, "savings", "opal", &asset);
    world.send(SubmitClaim { receiver, ..accounts }.instruction(&request), &["dora"]).ok();
    let found: Claim = world.chain.read(&accounts.claim);
    assert_eq!(found.receiver, receiver);
}

#[test]
fn the_evidence_uri_has_at_most_128_bytes() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    let accounts = world.claim_accounts("dora", &policy, &incident);
    let mut request = claim_request(DORAS);
    request.evidence_uri = text_of(129);
    world.send(accounts.instruction(&request), &["dora"]).fails(BreakwaterError::TextTooLong);
    request.evidence_uri = text_of(128);
    world.send(accounts.instruction(&request), &["dora"]).ok();
    let found: Claim = world.chain.read(&accounts.claim);
    assert_eq!(found.evidence_uri, [b'x'; 128]);
}

#[test]
fn the_holder_signs_and_pays() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    let accounts = world.claim_accounts("dora", &policy, &incident);
    let request = claim_request(DORAS);
    let (funder, payer) = (world.key("opal"), world.key("walt"));
    let helped = SubmitClaim { funder, payer, ..accounts }.instruction(&request);
    for (slot, signers) in [(0, ["opal", "walt"]), (1, ["dora", "walt"]), (2, ["dora", "opal"])] {
        let unsigned = unsigned(helped.clone(), slot);
        world.send(unsigned, &signers).fails_with(InstructionError::MissingRequiredSignature);
    }
    world.submit_claim("emil", &policy, &incident, DORAS).fails(BreakwaterError::NotHolder);
    let of_emil = SubmitClaim { funder_token: world.tokens("emil", &world.asset()), ..accounts };
    world.send(of_emil.instruction(&request), &["dora"]).fails_with(TOKEN_OWNER_MISMATCH);
    let account = accounts.funder_token;
    edit_tokens(&mut world, &account, |tokens| tokens.amount = 7_600 * UNIT - 1);
    world.send(accounts.instruction(&request), &["dora"]).fails_with(TOKEN_INSUFFICIENT_FUNDS);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = insured_beside(&[product_params("Third")]);
    let other = elsewhere(&mut world);
    let (incident, of_product_1) = (report(&mut world, 0, 0), report(&mut world, 1, 0));
    let (policy, of_emil) = (world.policy(0, "dora", 0), world.policy(1, "emil", 0));
    let accounts = world.claim_accounts("dora", &policy, &incident);
    let governance_tokens = world.open_tokens("dora", &world.governance());
    world.mint_to(&world.governance(), &governance_tokens, 10_000 * UNIT);
    let request = claim_request(DORAS);
    let rows = [
        (3, other.pool, code(BreakwaterError::WrongPool)),
        (3, world.product(0), InstructionError::AccountDataTooSmall),
        (3, incident, DUPLICATE),
        (4, of_product_1, InstructionError::InvalidSeeds),
        (4, other.incident, InstructionError::InvalidSeeds),
        (4, other.product, InstructionError::InvalidAccountData),
        (5, of_emil, InstructionError::InvalidSeeds),
        (5, ballot_address(&incident), InstructionError::InvalidAccountData),
        (5, governance_tokens, InstructionError::AccountDataTooSmall),
        (5, world.product(0), InstructionError::InvalidAccountData),
        (6, claim_address(&of_product_1, &policy), InstructionError::InvalidSeeds),
        (6, other.claim, InstructionError::InvalidSeeds),
        (7, governance_tokens, TOKEN_MINT_MISMATCH),
        (7, accounts.vault, DUPLICATE),
        (7, ballot_address(&incident), InstructionError::InvalidAccountData),
        (8, governance_tokens, code(BreakwaterError::WrongMint)),
        (8, world.asset(), InstructionError::InvalidAccountData),
        (8, world.key("dora"), InstructionError::IllegalOwner),
        (8, accounts.vault, DUPLICATE),
        (8, other.policy, InstructionError::IllegalOwner),
        (9, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (9, accounts.funder_token, DUPLICATE),
        (10, world.governance(), code(BreakwaterError::WrongMint)),
        (10, governance_tokens, code(BreakwaterError::WrongMint)),
        (11, TOKEN_2022, code(BreakwaterError::WrongTokenProgram)),
        (11, ID, code(BreakwaterError::WrongTokenProgram)),
        (12, spl_token_interface::ID, InstructionError::IncorrectProgramId),
    ];
    refuses(&mut world, &accounts.instruction(&request), &["dora"], &rows);

    // Accounts that fit each other, but not the incident.
    let wrong = SubmitClaim { policy, ..world.claim_accounts("dora", &policy, &of_product_1) };
    world.send(wrong.instruction(&request), &["dora"]).fails(BreakwaterError::WrongProduct);
    let wrong = world.claim_accounts("zoe", &other.policy, &incident);
    world.send(wrong.instruction(&request), &["zoe"]).fails(BreakwaterError::WrongProduct);
    let wrong = world.claim_accounts("dora", &policy, &other.incident);
    world.send(wrong.instruction(&request), &["dora"]).fails(BreakwaterError::WrongPool);
    world.send(accounts.instruction(&request), &["dora"]).ok();
}

#[test]
fn cover_bought_in_the_second_of_the_event_does_not_count() {
    let mut world = funded_beside(&[ProductParams { waiting_days: 0, ..product_params("No waiting") }]);
    world.fund("zed", 10_000 * UNIT);
    world.buy("zed", 2, 0, 1_000 * UNIT, 30).ok();
    let bought_at = world.now();
    world.pass(1);
    let (policy, incident) = (world.policy(2, "zed", 0), world.incident(2, 0));
    world.open_incident("opal", 2, 0, bought_at).ok();
    world.submit_claim("zed", &policy, &incident, 500 * UNIT).fails(BreakwaterError::NotCovered);
}
