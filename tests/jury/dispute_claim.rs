//! `dispute_claim`: who says that a claim is worth less, for how much, until when, and what a lower one does to it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, dispute_request};
use solana_signer::Signer as _;
use spl_token_interface::error::TokenError;

/// What ines holds against dora's claim, atoms.
const COUNTER: u64 = 70_000 * UNIT;

#[test]
fn the_first_opens_a_ballot() {
    let (mut world, case) = filed();
    world.pass(3_600);
    touch(&mut world);
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let (claim_before, incident_before): (Claim, Incident) =
        (world.chain.read(&case.claim), world.chain.read(&case.incident));
    let (pool_before, policy): (_, Policy) = (world.read_pool(), world.chain.read(&case.policy));
    let (balance, held, now) = (world.balance("ines"), world.vault_balance(), world.now());
    let (purse_before, claim_rent) = (purse(&mut world, "ines"), lamports(&mut world, &case.claim));
    let receipt = world.dispute("ines", &case.policy, &case.incident, COUNTER).ok();

    let expected = Dispute {
        version: 1,
        bump: bump(&[b"dispute", case.claim.as_ref(), accounts.disputer.as_ref()]),
        claim: case.claim,
        disputer: accounts.disputer,
        rent_payer: accounts.disputer,
        evidence_hash: [7; 32],
        evidence_uri: field("https://example.org/dispute"),
        counter_amount: COUNTER,
        bond: CLAIM_BOND,
        disputed_at: now,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Dispute>(&accounts.dispute), expected);
    let opens_at = claim_before.disputes_end_at;
    assert_eq!(opens_at, claim_before.filed_at + 3 * DAY);
    let expected = Ballot {
        version: 1,
        bump: bump(&[b"ballot", case.claim.as_ref()]),
        max_extensions: 3,
        assembly: accounts.assembly,
        subject: case.claim,
        pool: case.pool,
        arbiter: world.key("arbiter"),
        rent_payer: accounts.disputer,
        opens_at,
        closes_at: opens_at + 3 * DAY,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        quorum_weight: QUORUM,
        voting_period: 3 * DAY,
        extension: DAY,
        appeal_window: 2 * DAY,
        reward_pot: HALF,
        appeal_bond: 2 * CLAIM_BOND,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 5,
        revocable: 1,
        ..zeroed()
    };
    assert_eq!(ballot_on(&mut world, &case.claim), expected);
    let expected = Claim {
        state: 1,
        tips: 2,
        dispute: accounts.dispute,
        dispute_ballot: accounts.ballot,
        counter_amount: COUNTER,
        live_disputes: 1,
        ..claim_before
    };
    assert_eq!(world.chain.read::<Claim>(&case.claim), expected);
    assert_eq!(expected.dispute_bond, CLAIM_BOND);
    let expected = Incident { open_disputes: 1, live_accounts: 2, ..incident_before };
    assert_eq!(world.chain.read::<Incident>(&case.incident), expected);
    assert_eq!(world.chain.read::<Policy>(&case.policy), policy);
    let pool = world.read_pool();
    let (bonds, children) = (pool_before.bonds + CLAIM_BOND, pool_before.children + 1);
    assert_eq!(pool, Pool { bonds, children, ..pool_before });
    assert_eq!((world.balance("ines"), world.vault_balance()), (balance - CLAIM_BOND, held + CLAIM_BOND));

    let rents = lamports(&mut world, &accounts.dispute) + lamports(&mut world, &accounts.ballot);
    assert_eq!(purse(&mut world, "ines"), purse_before - rents - TIP);
    assert_eq!(lamports(&mut world, &case.claim), claim_rent + TIP);
    let event = ClaimDisputed {
        incident: case.incident,
        claim: case.claim,
        dispute: accounts.dispute,
        disputer: accounts.disputer,
        ballot: accounts.ballot,
        counter_amount: COUNTER,
        bond: CLAIM_BOND,
        opens_at,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::ClaimDisputed(event));
    world.check_books();
}

#[test]
fn a_lower_one_takes_its_place_and_frees_its_bond_at_once() {
    let (mut world, case) = disputed(COUNTER);
    world.pass_days(1);
    touch(&mut world);
    let (ballot_before, claim_before): (_, Claim) = (ballot_on(&mut world, &case.claim), world.chain.read(&case.claim));
    let (incident_before, pool_before): (Incident, _) = (world.chain.read(&case.incident), world.read_pool());
    let purse_before = purse(&mut world, "juno");
    let receipt = world.dispute("juno", &case.policy, &case.incident, COUNTER - 1).ok();

    assert_eq!(ballot_on(&mut world, &case.claim), ballot_before, "one ballot, of the terms of its first dispute");
    let address = case.dispute(&world, "juno");
    let expected = Claim { dispute: address, counter_amount: COUNTER - 1, live_disputes: 2, ..claim_before };
    assert_eq!(world.chain.read::<Claim>(&case.claim), expected);
    let expected = Incident { live_accounts: 3, ..incident_before };
    assert_eq!(world.chain.read::<Incident>(&case.incident), expected);
    assert_eq!(world.read_pool(), Pool { bonds: pool_before.bonds + CLAIM_BOND, ..pool_before });
    // No tip: the ballot and the dispute have theirs.
    assert_eq!(purse(&mut world, "juno"), purse_before - lamports(&mut world, &address));
    let Event::ClaimDisputed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(
        (event.disputer, event.counter_amount, event.ballot),
        (world.key("juno"), COUNTER - 1, ballot_address(&case.claim))
    );
    world.check_books();

    let balance = world.balance("ines");
    world.collect_dispute_bond("juno", &case.policy, &case.incident).fails(E::DisputeOpen);
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("ines"), balance + CLAIM_BOND);
    // She may come back, if she goes lower still.
    world.dispute("ines", &case.policy, &case.incident, COUNTER - 1).fails(E::CounterAmountTooHigh);
    world.dispute("ines", &case.policy, &case.incident, COUNTER - 2).ok();
    assert_eq!(world.chain.read::<Claim>(&case.claim).live_disputes, 2);
    world.check_books();
}

#[test]
fn a_friend_a_little_below_the_claim_shields_nothing() {
    let (mut world, case) = filed();
    world.dispute("dora", &case.policy, &case.incident, CLAIMED - 1).ok();
    world.dispute("ines", &case.policy, &case.incident, COUNTER).ok();
    finish(&mut world, &case.incident, Some(FOR));
    finish(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let found: Claim = world.chain.read(&case.claim);
    assert_eq!((found.amount, found.dispute_outcome), (COUNTER, 2));
    let balance = world.balance("ines");
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("ines"), balance + CLAIM_BOND + HALF);
}

#[test]
fn it_must_say_less_than_the_claim_and_all_before() {
    let (mut world, case) = filed();
    for counter_amount in [CLAIMED, CLAIMED + 1, u64::MAX] {
        world.dispute("ines", &case.policy, &case.incident, counter_amount).fails(E::CounterAmountTooHigh);
    }
    world.dispute("ines", &case.policy, &case.incident, CLAIMED - 1).ok();
    for counter_amount in [CLAIMED, CLAIMED - 1] {
        world.dispute("juno", &case.policy, &case.incident, counter_amount).fails(E::CounterAmountTooHigh);
    }
    world.dispute("juno", &case.policy, &case.incident, 0).ok();
    world.dispute("pia", &case.policy, &case.incident, 0).fails(E::CounterAmountTooHigh);
}

#[test]
fn its_bond_is_a_fifth_of_the_products_at_least() {
    // A loss of 25,000 less the deductible of 15,000: a bond of 100 units, as much as a fifth of the product's own.
    for (loss, posted, bond, pot) in [
        (25_000 * UNIT, 100 * UNIT, 100 * UNIT, 50 * UNIT),
        (25_000 * UNIT + 100, 100 * UNIT + 1, 100 * UNIT + 1, 50 * UNIT),
        (25_000 * UNIT - 100, 100 * UNIT - 1, 100 * UNIT, 50 * UNIT - 1),
        (15_000 * UNIT + 1, 1, 100 * UNIT, 0),
    ] {
        let mut world = insured();
        let case = open_case(&mut world, 0, "dora", loss);
        let balance = world.balance("ines");
        world.dispute("ines", &case.policy, &case.incident, 0).ok();
        let (claim, address): (Claim, _) = (world.chain.read(&case.claim), case.dispute(&world, "ines"));
        let found: Dispute = world.chain.read(&address);
        assert_eq!((claim.bond, claim.dispute_bond, found.bond), (posted, bond, bond));
        assert_eq!((world.balance("ines"), world.read_pool().bonds), (balance - bond, BOND + posted + bond));
        // Voters are paid of what the loser posted, and that may be the claim's.
        let ballot = ballot_on(&mut world, &case.claim);
        assert_eq!((ballot.appeal_bond, ballot.reward_pot), (2 * bond, pot));
        world.check_books();
    }
}

#[test]
fn nobody_has_two_disputes_of_one_claim() {
    let (mut world, case) = disputed(COUNTER);
    world.dispute("ines", &case.policy, &case.incident, 0).fails_with(TAKEN);
}

#[test]
fn it_is_possible_until_the_last_second_of_the_claims_window() {
    let (mut world, case) = filed();
    let ends_at = world.chain.read::<Claim>(&case.claim).disputes_end_at;
    world.chain.set_now(ends_at);
    world.dispute("ines", &case.policy, &case.incident, 0).fails(E::DisputeWindowOver);
    world.chain.set_now(ends_at - 1);
    world.dispute("ines", &case.policy, &case.incident, COUNTER).ok();
    world.vote("vera", &case.claim, FOR).fails(E::VotingNotOpen);
    world.dispute("juno", &case.policy, &case.incident, 1).ok();
    // In the second in which lower ones end, votes begin.
    world.chain.set_now(ends_at);
    world.dispute("pia", &case.policy, &case.incident, 0).fails(E::DisputeWindowOver);
    world.vote("vera", &case.claim, FOR).ok();
}

#[test]
fn the_incident_must_be_open_and_the_claim_not_decided() {
    for (side, error) in [(Some(AGAINST), E::IncidentClosed), (None, E::IncidentClosed)] {
        let (mut world, case) = filed();
        settle(&mut world, 0, side);
        world.dispute("ines", &case.policy, &case.incident, 0).fails(error);
    }
    let (mut world, case) = tried(COUNTER, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.dispute("juno", &case.policy, &case.incident, 0).fails(E::NotDisputable);
    conclude(&mut world, 0);
    world.dispute("juno", &case.policy, &case.incident, 0).fails(E::IncidentClosed);
}

#[test]
fn lamports_sent_ahead_keep_nobody_from_disputing() {
    let (mut world, case) = filed();
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    for address in [accounts.dispute, accounts.ballot] {
        let bank = world.chain.bank().pubkey();
        let gift = solana_system_interface::instruction::transfer(&bank, &address, 1_000_000);
        world.send(gift, &[]).ok();
    }
    world.dispute("ines", &case.policy, &case.incident, COUNTER).ok();
    finish(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
}

#[test]
fn the_evidence_must_fit() {
    let (mut world, case) = filed();
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let with_text = |length| DisputeRequest { evidence_uri: "x".repeat(length), ..dispute_request(0) };
    world.send(accounts.instruction(&with_text(129)), &["ines"]).fails(E::TextTooLong);
    world.send(accounts.instruction(&with_text(128)), &["ines"]).ok();
    assert_eq!(world.chain.read::<Dispute>(&accounts.dispute).evidence_uri, [b'x'; 128]);
}

#[test]
fn the_bond_is_the_disputers_own() {
    let (mut world, case) = filed();
    world.fund("poor", CLAIM_BOND - 1);
    world.dispute("poor", &case.policy, &case.incident, 0).fails_with(token_error(TokenError::InsufficientFunds));
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let by_opal = DisputeClaim { payer: world.key("opal"), ..accounts };
    world.send(unsigned(by_opal.instruction(&dispute_request(0)), 0), &["opal"]).fails_with(UNSIGNED);
    let with_opals = DisputeClaim { disputer_token: world.tokens("opal", &world.asset()), ..accounts };
    let instruction = with_opals.instruction(&dispute_request(0));
    world.send(instruction, &["ines"]).fails_with(token_error(TokenError::OwnerMismatch));
    world.fund("poor", 1);
    world.dispute("poor", &case.policy, &case.incident, 0).ok();
    assert_eq!(world.balance("poor"), 0);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    let (second, governance) = (second_assembly(&mut world), world.governance());
    let votes = world.open_tokens("ines", &governance);
    world.mint_to(&governance, &votes, 10_000 * UNIT);
    let accounts = world.dispute_accounts("ines", &case.policy, &case.incident);
    let [forged_pool, forged_incident, forged_claim, forged_assembly] =
        [case.pool, case.incident, case.claim, accounts.assembly].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(&dispute_request(0));
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
        (5, case.dispute(&world, "juno"), SEEDS),
        (5, sibling.dispute(&world, "ines"), SEEDS),
        (6, second, error(E::WrongAssembly)),
        (6, case.policy, TOO_SMALL),
        (6, forged_assembly, NOT_OURS),
        (7, ballot_address(&case.incident), SEEDS),
        (7, ballot_address(&other.claim), SEEDS),
        (8, votes, token_error(TokenError::MintMismatch)),
        (8, accounts.vault, DUPLICATE),
        (9, vault_address(&other.pool), error(E::WrongVault)),
        (9, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (9, accounts.disputer_token, DUPLICATE),
        (10, governance, error(E::WrongMint)),
        (11, TOKEN_2022, error(E::WrongTokenProgram)),
        (11, ID, error(E::WrongTokenProgram)),
        (12, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["ines"], &rows);
    writes(&mut world, &instruction, &["ines"], &[2, 3, 4, 8, 9]);
    needs_a_full_vault(&mut world, instruction, &["ines"]);
}
