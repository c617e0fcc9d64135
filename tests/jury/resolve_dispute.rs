//! `resolve_dispute`: how much of a claim each verdict leaves, who gets what of both bonds, and what waits for it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

/// All that a verdict can change.
type Books4 = (Claim, Incident, Policy, Pool);

fn read(world: &mut Play, case: &Case) -> Books4 {
    let pool = world.read_pool();
    (world.chain.read(&case.claim), world.chain.read(&case.incident), world.chain.read(&case.policy), pool)
}

/// Resolves the dispute, and asserts that the tip went to the caller and that the event says what happened.
fn resolve(world: &mut Play, case: &Case) -> Books4 {
    touch(world);
    let (caller, held) = (purse(world, "guardian"), world.vault_balance());
    let rent = lamports(world, &case.claim);
    // Nobody but the bank signs: anyone may.
    let receipt = world.resolve_dispute(&case.policy, &case.incident).ok();
    let after = read(world, case);
    let (claim, incident, _, pool) = &after;
    let event = DisputeResolved {
        incident: case.incident,
        claim: case.claim,
        level: claim.level.into(),
        amount: claim.amount,
        bond: claim.bond,
        dispute_bond: claim.dispute_bond,
        filed: incident.filed,
        earned: 0,
        books: books(pool),
    };
    assert_eq!(only_event(&receipt), Event::DisputeResolved(event));
    assert_eq!(world.vault_balance(), held, "bonds leave when they are collected");
    assert_eq!((purse(world, "guardian"), lamports(world, &case.claim)), (caller + TIP, rent - TIP));
    let ballot = ballot_on(world, &case.claim);
    assert_eq!((ballot.executed, ballot.state, ballot.level), (1, DECIDED, claim.level));
    world.check_books();
    after
}

/// A part of a bond in quarters, rounded up.
fn quarters(bond: u64, parts: u64) -> u64 {
    (bond * parts).div_ceil(4)
}

/// What each loses at a level, in quarters of their bond: the claimant, and the disputer.
const LOST: [(u8, u64, u64); 8] =
    [(0, 4, 0), (1, 4, 0), (9, 4, 0), (12, 4, 0), (13, 3, 1), (14, 2, 2), (15, 1, 3), (16, 0, 4)];

#[test]
fn as_many_sixteenths_stand_and_bonds_are_lost_by_distance() {
    for (level, of_claim, of_dispute) in LOST {
        let (mut world, case) = tried(Some(level));
        touch(&mut world);
        let (claim, incident, policy, pool) = read(&mut world, &case);
        let after = resolve(&mut world, &case);

        let amount = CLAIMED * u64::from(level) / 16;
        let (lost, disputers) = (quarters(CLAIM_BOND, of_claim), quarters(DISPUTE_BOND, of_dispute));
        let dispute_bond = DISPUTE_BOND - disputers + lost / 2;
        let expected = Claim {
            state: if level == 0 { 3 } else { 4 },
            dispute_bond_state: if dispute_bond > 0 { 1 } else { 3 },
            tips: 1,
            level,
            amount,
            bond: CLAIM_BOND - lost + disputers / 2,
            dispute_bond,
            ..claim
        };
        assert_eq!(after.0, expected);
        assert_eq!(after.1, Incident { filed: amount, open_disputes: 0, ..incident });
        assert_eq!(after.2, Policy { claimed: amount, open_claims: u32::from(level > 0), ..policy });
        // What is cut stays set aside until filing ends: others may claim it. Its voters share a quarter of the claim's bond, which is
        // no more than what the assessors get of both.
        let to_assessors = (lost - lost / 2) + (disputers - disputers / 2);
        assert!(to_assessors >= POT);
        let (bonds, assessors) = (pool.bonds - to_assessors, pool.assessors + to_assessors);
        assert_eq!(after.3, Pool { bonds, assessors, rewards_reserved: pool.rewards_reserved + POT, ..pool });
    }
}

/// Nobody is known to be for it: the claim stands, and what held it up costs a quarter of its bond.
#[test]
fn where_nobody_votes_the_claim_stands_and_the_dispute_loses_a_quarter() {
    let (mut world, case) = tried(None);
    touch(&mut world);
    let (claim, incident, policy, pool) = read(&mut world, &case);
    let after = resolve(&mut world, &case);
    let lost = quarters(DISPUTE_BOND, 1);
    let (bond, dispute_bond) = (CLAIM_BOND + lost / 2, DISPUTE_BOND - lost);
    assert_eq!(after.0, Claim { state: 4, dispute_bond_state: 1, tips: 1, bond, dispute_bond, ..claim });
    assert_eq!((after.1, after.2), (Incident { open_disputes: 0, ..incident }, policy));
    let to_assessors = lost - lost / 2;
    let (bonds, assessors) = (pool.bonds - to_assessors, pool.assessors + to_assessors);
    assert!(POT / 4 <= to_assessors);
    assert_eq!(after.3, Pool { bonds, assessors, rewards_reserved: pool.rewards_reserved + POT / 4, ..pool });
}

#[test]
fn a_claim_of_which_nothing_stands_is_over() {
    let (mut world, case) = tried(Some(0));
    resolve(&mut world, &case);
    // Nothing is left to pay, neither of the claim nor of its bond.
    conclude(&mut world, 0);
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled), (0, 0));
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    world.check_books();
}

/// Of a few atoms a sixteenth may be nothing; what is left of the bond is paid all the same.
#[test]
fn a_claim_too_small_for_a_sixteenth_is_paid_its_bond() {
    let mut world = insured();
    let case = open_case(&mut world, 0, "dora", 15_000 * UNIT + 1);
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    world.dispute("ines", &case.policy, &case.incident).ok();
    finish_at(&mut world, &case.claim, Some(15));
    let after = resolve(&mut world, &case);
    // Dora had posted an atom, and lost it, rounded up; ines a tenth of the product's bond, of which she loses three quarters.
    let lost = quarters(PRODUCT_BOND / 10, 3);
    let (bond, left) = (lost / 2, PRODUCT_BOND / 10 - lost);
    assert_eq!((after.0.state, after.0.amount, after.0.bond, after.0.dispute_bond), (4, 0, bond, left));
    conclude(&mut world, 0);
    let balance = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("dora") - balance, bond);
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.chain.read::<Policy>(&case.policy).open_claims, 0);
    world.check_books();
}

#[test]
fn every_bond_goes_where_the_verdict_says() {
    for (level, of_claim, of_dispute) in LOST {
        let (mut world, case) = tried(Some(level));
        let (ines, dora) = (world.balance("ines"), world.balance("dora"));
        world.resolve_dispute(&case.policy, &case.incident).ok();
        let claim: Claim = world.chain.read(&case.claim);
        if claim.dispute_bond > 0 {
            world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
        }
        conclude(&mut world, 0);
        if level > 0 {
            world.payout("dora", &case.policy, &case.incident).ok();
        }
        world.collect_bond("opal", &case.incident).ok();
        let (lost, disputers) = (quarters(CLAIM_BOND, of_claim), quarters(DISPUTE_BOND, of_dispute));
        let amount = CLAIMED * u64::from(level) / 16;
        assert_eq!(world.balance("ines") - ines, DISPUTE_BOND - disputers + lost / 2);
        assert_eq!(world.balance("dora") - dora, amount + CLAIM_BOND - lost + disputers / 2);
        assert_eq!((world.read_pool().bonds, world.read_pool().payable), (0, 0), "nothing is left over");
        world.check_books();
    }
}

/// Nobody gains by disputing a claim of their own, whatever comes of it.
#[test]
fn both_bonds_together_always_lose() {
    for (level, of_claim, of_dispute) in LOST {
        let (mut world, case) = tried(Some(level));
        let after = resolve(&mut world, &case);
        let both = after.0.bond + after.0.dispute_bond;
        let half = |bond, parts| quarters(bond, parts).div_ceil(2);
        assert_eq!(CLAIM_BOND + DISPUTE_BOND - both, half(CLAIM_BOND, of_claim) + half(DISPUTE_BOND, of_dispute));
        assert!(both + POT <= CLAIM_BOND + DISPUTE_BOND, "nor by voting in it");
    }
}

#[test]
fn an_appeal_turns_it() {
    for (first, last) in [(ALL, 0), (0, ALL), (NINE, 13), (NINE, 5)] {
        let (mut world, case) = disputed();
        decide_at(&mut world, &case.claim, Some(first));
        appealed_at(&mut world, &case.claim, Some(last));
        let after = resolve(&mut world, &case);
        assert_eq!((after.0.level, after.0.amount), (last, CLAIMED * u64::from(last) / 16));
    }
}

/// Of votes for 4 and 16 sixteenths that weigh as much, the lower stands; a unit more decides for the higher.
#[test]
fn the_lower_weighted_median_stands() {
    for (votes, level) in
        [([("vera", 4), ("walt", 16)], 4), ([("vera", 16), ("walt", 4)], 16), ([("vera", 10), ("walt", 3)], 10)]
    {
        let (mut world, case) = disputed();
        for (name, level) in votes {
            world.vote_at(name, &case.claim, level).ok();
        }
        world.close_ballot(&case.claim).ok();
        ripen(&mut world, &case.claim);
        assert_eq!(resolve(&mut world, &case).0.level, level);
    }
}

#[test]
fn its_ballot_must_be_final_to_the_second() {
    let (mut world, case) = disputed();
    world.resolve_dispute(&case.policy, &case.incident).fails(E::BallotOpen);
    decide_at(&mut world, &case.claim, Some(NINE));
    let final_at = ballot_on(&mut world, &case.claim).final_at;
    world.resolve_dispute(&case.policy, &case.incident).fails(E::AppealWindowOpen);
    world.chain.set_now(final_at - 1);
    world.resolve_dispute(&case.policy, &case.incident).fails(E::AppealWindowOpen);
    world.pass(1);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.resolve_dispute(&case.policy, &case.incident).fails(E::NotDisputed);
    world.pass(DAY);
    world.resolve_dispute(&case.policy, &case.incident).fails(E::NotDisputed);
}

#[test]
fn an_incident_waits_for_every_dispute() {
    let (mut world, case) = tried(Some(NINE));
    let filing_ends_at = world.chain.read::<Incident>(&case.incident).filing_ends_at;
    move_to(&mut world, filing_ends_at - 1);
    let emils = file(&mut world, 0, "emil", &case.incident, 100_000 * UNIT);
    let ends_at = world.chain.read::<Incident>(&case.incident).disputes_end_at;
    move_to(&mut world, filing_ends_at);
    world.end_filing(0, 0).ok();
    // As long as claims can be disputed, that is what it waits for.
    world.chain.set_now(ends_at - 2);
    world.dispute("juno", &emils.policy, &emils.incident).ok();
    world.settle(0, 0).fails(E::DisputeWindowOpen);
    world.pass(2);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    finish_at(&mut world, &emils.claim, None);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&emils.policy, &emils.incident).ok();
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled), (CUT + 90_000 * UNIT, CUT + 90_000 * UNIT));
    world.check_books();
}

#[test]
fn what_is_cut_after_filing_is_free_when_the_incident_ends() {
    let (mut world, case) = tried(Some(NINE));
    let own_liens = |world: &mut Play| world.read_pool().own_liens().expect("they fit");
    assert_eq!(own_liens(&mut world), 600_000 * UNIT, "all that is covered");
    let filing_ends_at = world.chain.read::<Incident>(&case.incident).filing_ends_at;
    move_to(&mut world, filing_ends_at);
    world.end_filing(0, 0).ok();
    assert_eq!(own_liens(&mut world), CLAIMED, "of the lien only what was claimed");
    let after = resolve(&mut world, &case);
    assert_eq!(own_liens(&mut world), CLAIMED, "those who left meanwhile left their part of it here");
    move_to(&mut world, after.1.disputes_end_at);
    world.settle(0, 0).ok();
    assert_eq!(own_liens(&mut world), 0);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    for subject in [case.incident, sibling.incident] {
        finish(&mut world, &subject, Some(FOR));
    }
    for (index, case) in [(0, case), (1, sibling)] {
        world.decide(index, 0).ok();
        world.dispute("juno", &case.policy, &case.incident).ok();
    }
    for case in [case, sibling] {
        finish_at(&mut world, &case.claim, Some(NINE));
    }
    let accounts = world.resolve_accounts(&case.policy, &case.incident);
    let [forged_pool, forged_incident, forged_claim, forged_policy, forged_ballot] =
        [case.pool, case.incident, case.claim, case.policy, accounts.dispute_ballot]
            .map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (0, case.claim, DUPLICATE),
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, DUPLICATE),
        (1, forged_pool, NOT_OURS),
        (2, sibling.incident, error(E::WrongIncident)),
        (2, other.incident, error(E::WrongPool)),
        (2, forged_incident, NOT_OURS),
        (3, sibling.claim, error(E::WrongIncident)),
        (3, other.claim, error(E::WrongIncident)),
        (3, sibling.incident, OTHER_TYPE),
        (3, forged_claim, NOT_OURS),
        (4, sibling.policy, error(E::WrongPolicy)),
        (4, other.policy, error(E::WrongPolicy)),
        (4, forged_policy, NOT_OURS),
        (5, ballot_address(&case.incident), error(E::WrongBallot)),
        (5, ballot_address(&sibling.claim), error(E::WrongBallot)),
        (5, ballot_address(&other.claim), error(E::WrongBallot)),
        (5, forged_ballot, NOT_OURS),
        (6, vault_address(&other.pool), error(E::WrongVault)),
        (6, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3, 4, 5]);
    needs_a_full_vault(&mut world, instruction, &[]);
}

#[test]
fn a_claim_that_nobody_disputes_has_no_ballot_to_read() {
    let (mut world, case) = filed();
    world.resolve_dispute(&case.policy, &case.incident).fails_with(TOO_SMALL);
    let accounts = world.resolve_accounts(&case.policy, &case.incident);
    let incidents = ResolveDispute { dispute_ballot: ballot_address(&case.incident), ..accounts };
    world.send(incidents.instruction(), &[]).fails(E::WrongBallot);
}
