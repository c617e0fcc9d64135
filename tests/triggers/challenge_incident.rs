//! `challenge_incident`: who brings the jury to what prices opened, until when, and what becomes of the bond.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, Receipt, UNIT};
use solana_address::Address;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// The states of a bond.
const DUE: u8 = 1;
const SLASHED: u8 = 3;
/// The states of an incident whose verdict was read.
const ACCEPTED: u8 = 3;
const REFUSED: u8 = 4;

fn request(length: usize) -> Evidence {
    Evidence { evidence_hash: [6; 32], evidence_uri: "x".repeat(length) }
}

/// An open incident of a breach halfway, with dora's claim of 45,000, which otto challenges.
fn challenged() -> (Play, Address, Address) {
    let (mut world, incident) = opened(HALFWAY);
    let policy = world.policy(PEG, "dora", 0);
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    world.challenge("otto", PEG, 0).ok();
    (world, incident, policy)
}

/// Reads the verdict once the ballot is final. Returns the incident, and the pool before and after.
fn read_verdict(world: &mut Play, incident: &Address) -> (Incident, Pool, Pool) {
    let (now, final_at) = (world.now(), ballot_on(world, incident).final_at);
    at(world, now.max(final_at));
    touch(world);
    let before = world.read_pool();
    world.decide(PEG, 0).ok();
    world.check_books();
    (world.chain.read(incident), before, world.read_pool())
}

/// Reads the verdict without the ballot.
fn decide_without_ballot(world: &mut Play) -> Receipt {
    let accounts = DecideIncident { ballot: None, ..world.decide_accounts(PEG, 0) };
    world.send(accounts.instruction(), &[])
}

#[test]
fn it_takes_a_bond_and_opens_a_ballot() {
    let (mut world, incident) = opened(HALFWAY);
    world.pass(3_600);
    touch(&mut world);
    let accounts = world.challenge_accounts("otto", PEG, 0);
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let (balance, held, now) = (world.balance("otto"), world.vault_balance(), world.now());
    let (purse_before, rent, product) =
        (purse(&mut world, "otto"), lamports(&mut world, &incident), world.read_product(PEG));
    assert_eq!(pool_before.rewards_reserved, 0);
    let receipt = world.challenge("otto", PEG, 0).ok();

    let expected = Incident {
        bond_state: 0,
        bond_owner: world.key("otto"),
        ballot: accounts.ballot,
        evidence_hash: [6; 32],
        evidence_uri: field("ipfs://challenge"),
        ..before
    };
    assert_eq!(world.chain.read::<Incident>(&incident), expected);
    let expected = Ballot {
        version: 1,
        bump: bump(&[b"ballot", incident.as_ref()]),
        default_level: 16,
        max_extensions: 3,
        assembly: accounts.assembly,
        subject: incident,
        pool: accounts.pool,
        arbiter: world.key("arbiter"),
        rent_payer: world.key("otto"),
        opens_at: now,
        first_opens_at: now,
        closes_at: now + 3 * DAY,
        eligible_before: now - DAY,
        eligible_weight: 1_000 * UNIT,
        quorum_weight: 200 * UNIT,
        voting_period: 3 * DAY,
        extension: DAY,
        appeal_window: 2 * DAY,
        reward_pot: BOND / 2,
        appeal_bond: 2 * BOND,
        threshold_bps: 5_000,
        overturn_slash_bps: 500,
        tips: 5,
        ..zeroed()
    };
    assert_eq!(ballot_on(&mut world, &incident), expected);
    let pool = world.read_pool();
    let children = pool_before.children + 1;
    assert_eq!(pool, Pool { bonds: BOND, children, ..pool_before });
    assert_eq!(world.read_product(PEG), product);
    assert_eq!((world.balance("otto"), world.vault_balance()), (balance - BOND, held + BOND));
    let ballots = lamports(&mut world, &accounts.ballot);
    assert_eq!(ballots, (128 + Ballot::SIZE as u64) * 3_480 * 2 + 5 * TIP);
    assert_eq!(purse(&mut world, "otto"), purse_before - ballots);
    assert_eq!(lamports(&mut world, &incident), rent);
    let event = IncidentChallenged {
        incident,
        challenger: world.key("otto"),
        ballot: accounts.ballot,
        bond: BOND,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::IncidentChallenged(event));
    world.check_books();
}

#[test]
fn who_challenges_for_nothing_loses_the_bond() {
    let (mut world, incident, policy) = challenged();
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    world.settle(PEG, 0).fails(E::AppealWindowOpen);
    let (found, before, after) = read_verdict(&mut world, &incident);
    assert_eq!((found.state, found.bond_state), (ACCEPTED, SLASHED));
    // Half to the LPs over a week, half to the assessors.
    let income = streaming(before, BOND / 2);
    assert_eq!((after.unearned, after.rate, after.rate_ring), (income.unearned, income.rate, income.rate_ring));
    assert_eq!((after.assessors, after.bonds), (before.assessors + BOND / 2, before.bonds - BOND));
    assert_eq!(after.capital, before.capital);
    world.collect_bond("otto", &incident).fails(E::NothingDue);
    world.settle(PEG, 0).fails(E::FilingOpen);
    at(&mut world, found.filing_ends_at);
    touch(&mut world);
    let capital = world.read_pool().capital;
    world.settle(PEG, 0).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.state, found.settled), (1, 45_000 * UNIT));
    assert_eq!(world.read_pool().capital, capital - 45_000 * UNIT);
    let dora = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.balance("dora"), dora + 45_000 * UNIT);
    // Anyone who voted is paid for it.
    world.fund("vera", 0);
    world.collect_vote_reward("vera", &incident).ok();
    assert_eq!(world.balance("vera"), BOND / 2);
    world.check_books();
}

#[test]
fn who_is_right_has_it_back() {
    let (mut world, incident, policy) = challenged();
    world.vote("vera", &incident, AGAINST).ok();
    world.close_ballot(&incident).ok();
    let (found, before, after) = read_verdict(&mut world, &incident);
    assert_eq!((found.state, found.bond_state, found.filing_ends_at), (REFUSED, DUE, 0));
    // The bond is due, and still among the bonds; what voters get is reserved, as far as there is something: less than half of the bond.
    assert!(before.assessors < BOND / 2);
    assert_eq!(after, Pool { rewards_reserved: before.assessors, ..before });
    // It ends at once: there is nothing to file for.
    world.settle(PEG, 0).ok();
    let (found, after): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    assert_eq!((found.state, found.bond_state, found.settled), (2, DUE, 0));
    assert_eq!((after.capital, after.bonds, after.assessors), (before.capital, before.bonds, before.assessors));
    assert_eq!((after.unearned, after.own_liens().expect("they fit"), after.open_incidents), (before.unearned, 0, 0));
    let otto = world.balance("otto");
    world.collect_bond("keeper", &incident).fails(E::WrongWallet);
    world.collect_bond("otto", &incident).ok();
    assert_eq!(world.balance("otto"), otto + BOND);
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.chain.read::<Policy>(&policy).claimed, 0);
    // The breach was used all the same.
    assert_eq!(trigger(&mut world).awaits_recovery, 1);
    // Rejected by a jury or not: prices open the next at the same bond.
    let product = world.read_product(PEG);
    assert_eq!((product.bond_doublings, product.last_rejected_at), (0, 0));
    world.check_books();
}

#[test]
fn when_nobody_decides_the_prices_do() {
    let (mut world, incident, _) = challenged();
    world.settle(PEG, 0).fails(E::BallotOpen);
    ignore(&mut world, &incident);
    let ballot = ballot_on(&mut world, &incident);
    assert_eq!((ballot.state, ballot.undecided), (1, 1));
    world.settle(PEG, 0).fails(E::AppealWindowOpen);
    world.appeal("gwen", &incident).fails(E::NotAppealable);
    let (found, before, after) = read_verdict(&mut world, &incident);
    assert_eq!((found.state, found.bond_state), (ACCEPTED, SLASHED));
    assert_eq!(after.assessors, before.assessors + BOND / 2);
    world.collect_bond("otto", &incident).fails(E::NothingDue);
}

#[test]
fn the_arbiter_decides_what_too_few_voted_on() {
    for (side, state, bond_state) in [(FOR, ACCEPTED, SLASHED), (AGAINST, REFUSED, DUE)] {
        let (mut world, incident, _) = challenged();
        world.give_lamports("arbiter");
        ignore(&mut world, &incident);
        world.arbitrate("arbiter", &incident, side).ok();
        let (found, _, _) = read_verdict(&mut world, &incident);
        assert_eq!((found.state, found.bond_state), (state, bond_state));
    }
}

#[test]
fn an_appeal_overturns_it_in_both_directions() {
    for (first, second, state, bond_state) in [
        (FOR, AGAINST, REFUSED, DUE),
        (AGAINST, FOR, ACCEPTED, SLASHED),
        (FOR, FOR, ACCEPTED, SLASHED),
        (AGAINST, AGAINST, REFUSED, DUE),
    ] {
        let (mut world, incident, _) = challenged();
        world.vote("vera", &incident, first).ok();
        world.close_ballot(&incident).ok();
        let gwen = world.balance("gwen");
        world.appeal("gwen", &incident).ok();
        assert_eq!(world.balance("gwen"), gwen - 2 * BOND);
        world.settle(PEG, 0).fails(E::BallotOpen);
        for voter in ["vera", "walt"] {
            world.vote(voter, &incident, second).ok();
        }
        world.close_ballot(&incident).ok();
        let (found, _, _) = read_verdict(&mut world, &incident);
        assert_eq!((found.state, found.bond_state), (state, bond_state), "{first} then {second}");
        let receipt = world.collect_appeal_bond("gwen", &incident);
        if first == second {
            receipt.fails(E::NothingDue);
        } else {
            receipt.ok();
        }
        assert_eq!(world.balance("gwen"), if first == second { gwen - 2 * BOND } else { gwen });
        world.check_books();
    }
}

#[test]
fn it_is_possible_until_the_last_second_of_its_window() {
    for (early, ok) in [(1, true), (0, false)] {
        let (mut world, incident) = opened(HALFWAY);
        let ends_at = world.chain.read::<Incident>(&incident).challenge_ends_at;
        at(&mut world, ends_at - early);
        let receipt = world.challenge("otto", PEG, 0);
        if ok {
            receipt.ok();
            world.pass(1);
            world.decide(PEG, 0).fails(E::BallotOpen);
        } else {
            receipt.fails(E::ChallengeOver);
            // In the same second it stands.
            world.decide(PEG, 0).ok();
            assert_eq!(world.chain.read::<Incident>(&incident).state, ACCEPTED);
        }
    }
}

#[test]
fn it_is_challenged_once() {
    let (mut world, incident, _) = challenged();
    world.challenge("otto", PEG, 0).fails_with(TAKEN);
    world.challenge("gwen", PEG, 0).fails_with(TAKEN);
    // Were the ballot's account gone, the incident would know still.
    let (mut world, _) = opened(HALFWAY);
    for state in [0, 1, 2, 3] {
        edit(&mut world, &incident, offset_of!(Incident, bond_state), &[state]);
        world.challenge("otto", PEG, 0).fails(E::AlreadyChallenged);
    }
}

#[test]
fn what_is_over_or_refuted_is_not_challenged() {
    let (mut world, incident) = opened(HALFWAY);
    let from = world.chain.read::<Incident>(&incident).measured_from;
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    world.challenge("otto", PEG, 0).fails(E::AlreadyRefuted);
    world.decide(PEG, 0).ok();
    world.challenge("otto", PEG, 0).fails(E::IncidentDecided);

    let (mut world, incident) = opened(HALFWAY);
    world.pass(2 * DAY);
    world.challenge("otto", PEG, 0).fails(E::ChallengeOver);
    end_filing(&mut world, &incident);
    world.challenge("otto", PEG, 0).fails(E::IncidentDecided);
    world.settle(PEG, 0).ok();
    world.challenge("otto", PEG, 0).fails(E::IncidentDecided);
}

#[test]
fn the_jurys_own_incidents_are_not_challenged() {
    let mut world = covered();
    with_jury_product(&mut world);
    let incident = open_jurys(&mut world);
    let before = world.chain.account(&ballot_address(&incident)).unwrap();
    world.challenge("gwen", EXPLOIT, 0).fails_with(TAKEN);
    // Nor if its ballot's address were free.
    world.chain.set_account(&ballot_address(&incident), solana_account::Account::default());
    world.challenge("gwen", EXPLOIT, 0).fails(E::WrongTrigger);
    world.chain.set_account(&ballot_address(&incident), before);
}

#[test]
fn the_evidence_must_fit() {
    let (mut world, incident) = opened(HALFWAY);
    let accounts = world.challenge_accounts("otto", PEG, 0);
    world.send(accounts.instruction(&request(129)), &["otto"]).fails(E::TextTooLong);
    world.send(accounts.instruction(&request(128)), &["otto"]).ok();
    assert_eq!(world.chain.read::<Incident>(&incident).evidence_uri, [b'x'; 128]);
}

#[test]
fn the_bond_is_the_challengers_own() {
    let (mut world, _) = opened(HALFWAY);
    world.fund("poor", BOND - 1);
    world.challenge("poor", PEG, 0).fails_with(token_error(TokenError::InsufficientFunds));
    let accounts = world.challenge_accounts("otto", PEG, 0);
    let by_gwen = ChallengeIncident { payer: world.key("gwen"), ..accounts };
    world.send(unsigned(by_gwen.instruction(&request(1)), 0), &["gwen"]).fails_with(UNSIGNED);
    let with_gwens = ChallengeIncident { challenger_token: world.tokens("gwen", &world.asset()), ..accounts };
    let instruction = with_gwens.instruction(&request(1));
    world.send(instruction, &["otto"]).fails_with(token_error(TokenError::OwnerMismatch));
    world.fund("poor", 1);
    world.challenge("poor", PEG, 0).ok();
    assert_eq!(world.balance("poor"), 0);
}

#[test]
fn lamports_sent_ahead_keep_nobody_from_challenging() {
    let (mut world, incident) = opened(HALFWAY);
    let bank = solana_signer::Signer::pubkey(&world.chain.bank());
    let gift = solana_system_interface::instruction::transfer(&bank, &ballot_address(&incident), 1_000_000);
    world.send(gift, &[]).ok();
    world.challenge("otto", PEG, 0).ok();
}

#[test]
fn with_an_empty_fund_there_is_no_reward_and_still_a_ballot() {
    let (mut world, incident) = opened(HALFWAY);
    let pool = world.pool();
    let assessors = world.read_pool().assessors;
    edit(&mut world, &pool, offset_of!(Pool, rewards_reserved), &(assessors - 1).to_le_bytes());
    world.challenge("otto", PEG, 0).ok();
    assert_eq!(ballot_on(&mut world, &incident).reward_pot, BOND / 2);
    world.vote("vera", &incident, AGAINST).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    assert_eq!(ballot_on(&mut world, &incident).reward_pot, 1);
}

#[test]
fn the_verdict_is_that_of_the_ballot_that_there_is() {
    let (mut world, incident, _) = challenged();
    decide_without_ballot(&mut world).fails(E::WrongBallot);
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    world.pass(2 * DAY);
    decide_without_ballot(&mut world).fails(E::WrongBallot);
    world.decide(PEG, 0).ok();
}

#[test]
fn somebody_else_can_pay_the_rent() {
    let (mut world, incident) = opened(HALFWAY);
    world.give_lamports("sponsor");
    let accounts = ChallengeIncident { payer: world.key("sponsor"), ..world.challenge_accounts("otto", PEG, 0) };
    let [sponsors, ottos] = [purse(&mut world, "sponsor"), purse(&mut world, "otto")];
    world.send(unsigned(accounts.instruction(&request(1)), 1), &["otto"]).fails_with(UNSIGNED);
    world.send(accounts.instruction(&request(1)), &["otto", "sponsor"]).ok();
    let rent = lamports(&mut world, &accounts.ballot);
    assert_eq!((purse(&mut world, "sponsor"), purse(&mut world, "otto")), (sponsors - rent, ottos));
    assert_eq!(ballot_on(&mut world, &incident).rent_payer, accounts.payer);
    assert_eq!(world.chain.read::<Incident>(&incident).bond_owner, accounts.challenger);
    // It goes back to the sponsor, less the tips of two closings and of reclaiming it.
    ignore(&mut world, &incident);
    decide(&mut world, &incident);
    world.reclaim_ballot("otto", &incident).fails(E::WrongRentPayer);
    world.reclaim_ballot("sponsor", &incident).ok();
    assert_eq!(purse(&mut world, "sponsor"), sponsors - 3 * TIP);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident, other) = opened_beside();
    let (second, governance) = (second_assembly(&mut world), world.governance());
    let votes = world.open_tokens("otto", &governance);
    world.mint_to(&governance, &votes, 10_000 * UNIT);
    let accounts = world.challenge_accounts("otto", PEG, 0);
    let [forged_pool, forged_product, forged_incident, forged_assembly] =
        [accounts.pool, accounts.product, incident, accounts.assembly].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(&request(16));
    let rows = [
        (2, other.pool, error(E::WrongPool)),
        (2, incident, DUPLICATE),
        (2, other.policy, TOO_SMALL),
        (2, forged_pool, NOT_OURS),
        (3, world.product(VENUE), error(E::WrongProduct)),
        (3, other.policy, TOO_SMALL),
        (3, forged_product, NOT_OURS),
        (4, other.incident, SEEDS),
        (4, other.policy, TOO_SMALL),
        (4, forged_incident, NOT_OURS),
        (5, second, error(E::WrongAssembly)),
        (5, other.policy, TOO_SMALL),
        (5, forged_assembly, NOT_OURS),
        (6, ballot_address(&other.incident), SEEDS),
        (6, accounts.pool, DUPLICATE),
        (7, votes, token_error(TokenError::MintMismatch)),
        (7, accounts.vault, DUPLICATE),
        (8, vault_address(&other.pool), error(E::WrongVault)),
        (8, exit_escrow_address(&accounts.pool, 0), error(E::WrongVault)),
        (8, accounts.challenger_token, DUPLICATE),
        (9, governance, error(E::WrongMint)),
        (10, TOKEN_2022, error(E::WrongTokenProgram)),
        (10, ID, error(E::WrongTokenProgram)),
        (11, ID, OTHER_PROGRAM),
    ];
    refuses(&mut world, &instruction, &["otto"], &rows);
    let elsewhere = ChallengeIncident { incident: other.incident, ballot: ballot_address(&other.incident), ..accounts };
    world.send(elsewhere.instruction(&request(16)), &["otto"]).fails(E::WrongPool);
    writes(&mut world, &instruction, &["otto"], &[2, 3, 4, 7, 8]);
    needs_a_full_vault(&mut world, instruction, &["otto"]);
}
