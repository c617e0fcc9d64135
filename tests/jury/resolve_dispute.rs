//! `resolve_dispute`: what each verdict leaves of a claim, who gets the loser's bond, and what waits for it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};

/// What ines holds against dora's claim, atoms.
const COUNTER: u64 = 70_000 * UNIT;
/// Half of a lost bond and the odd atom: what the assessors get of it.
const REST: u64 = CLAIM_BOND - HALF;

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
        outcome: claim.dispute_outcome.into(),
        amount: claim.amount,
        filed: incident.filed,
        earned: 0,
        books: books(pool),
    };
    assert_eq!(only_event(&receipt), Event::DisputeResolved(event));
    assert_eq!(world.vault_balance(), held, "bonds leave when they are collected");
    assert_eq!((purse(world, "guardian"), lamports(world, &case.claim)), (caller + TIP, rent - TIP));
    assert_eq!(ballot_on(world, &case.claim).executed, 1);
    world.check_books();
    after
}

#[test]
fn a_dispute_that_won_cuts_the_claim_to_its_amount() {
    let (mut world, case) = tried(COUNTER, Some(FOR));
    touch(&mut world);
    let (claim, incident, policy, pool) = read(&mut world, &case);
    let after = resolve(&mut world, &case);

    let expected = Claim { state: 4, dispute_outcome: 2, tips: 1, amount: COUNTER, bond: 0, prize: HALF, ..claim };
    assert_eq!(after.0, expected);
    assert_eq!(after.1, Incident { filed: COUNTER, open_disputes: 0, ..incident });
    assert_eq!(after.2, Policy { claimed: COUNTER, ..policy });
    // What is cut stays set aside until filing ends: others may claim it.
    // Its voters share half of the claim's bond, which is no more than what the assessors get of it.
    let (bonds, assessors, rewards_reserved) = (pool.bonds - REST, pool.assessors + REST, pool.rewards_reserved + HALF);
    assert_eq!(after.3, Pool { bonds, assessors, rewards_reserved, ..pool });
}

/// One that nobody decided held up everybody just the same.
#[test]
fn a_dispute_that_lost_leaves_the_claim_and_half_its_bond() {
    for (side, pot) in [(Some(AGAINST), HALF), (None, HALF / 4)] {
        let (mut world, case) = tried(COUNTER, side);
        touch(&mut world);
        let (claim, incident, policy, pool) = read(&mut world, &case);
        let after = resolve(&mut world, &case);

        let expected = Claim { state: 4, dispute_outcome: 1, tips: 1, bond: CLAIM_BOND + HALF, ..claim };
        assert_eq!(after.0, expected);
        assert_eq!(after.1, Incident { open_disputes: 0, ..incident });
        assert_eq!(after.2, policy);
        let (bonds, assessors) = (pool.bonds - REST, pool.assessors + REST);
        assert_eq!(after.3, Pool { bonds, assessors, rewards_reserved: pool.rewards_reserved + pot, ..pool });
        assert_eq!(ballot_on(&mut world, &case.claim).void, 0);
    }
}

/// Of a small claim the dispute's bond is a fifth of the product's own: the one who loses it loses what they posted themselves.
#[test]
fn the_loser_of_a_small_claims_dispute_loses_their_own_bond() {
    // A loss of 16,000 less the deductible of 15,000: the bond is 10 units.
    let (posted, bond) = (10 * UNIT, PRODUCT_BOND / 5);
    for (side, lost) in [(Some(FOR), posted), (Some(AGAINST), bond), (None, bond)] {
        let mut world = insured();
        let case = open_case(&mut world, 0, "dora", 16_000 * UNIT);
        world.dispute("ines", &case.policy, &case.incident, 400 * UNIT).ok();
        finish(&mut world, &case.incident, Some(FOR));
        finish(&mut world, &case.claim, side);
        touch(&mut world);
        let (claim, _, _, pool) = read(&mut world, &case);
        assert_eq!((claim.bond, claim.dispute_bond, pool.bonds), (posted, bond, BOND + posted + bond));
        let after = resolve(&mut world, &case);
        let (prize, kept) = if side == Some(FOR) { (lost / 2, 0) } else { (0, posted + lost / 2) };
        assert_eq!((after.0.prize, after.0.bond), (prize, kept));
        assert_eq!((after.3.bonds, after.3.assessors), (pool.bonds - lost / 2, pool.assessors + lost / 2));
    }
}

#[test]
fn a_dispute_of_all_of_it_rejects_the_claim() {
    let (mut world, case) = tried(0, Some(FOR));
    touch(&mut world);
    let (claim, incident, policy, pool) = read(&mut world, &case);
    let after = resolve(&mut world, &case);
    let expected = Claim { state: 3, dispute_outcome: 2, tips: 1, amount: 0, bond: 0, prize: HALF, ..claim };
    assert_eq!(after.0, expected);
    assert_eq!(after.1, Incident { filed: 0, open_disputes: 0, ..incident });
    assert_eq!(after.2, Policy { claimed: 0, open_claims: 0, ..policy });
    assert_eq!((after.3.bonds, after.3.assessors), (pool.bonds - REST, pool.assessors + REST));

    // Nothing is left to pay, neither of the claim nor of its bond.
    conclude(&mut world, 0);
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled), (0, 0));
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    world.check_books();
}

#[test]
fn every_bond_goes_where_the_verdict_says() {
    let all = CLAIM_BOND + HALF;
    for (side, paid_to_ines, paid_to_dora) in
        [(Some(FOR), all, COUNTER), (Some(AGAINST), 0, CLAIMED + all), (None, 0, CLAIMED + all)]
    {
        let (mut world, case) = tried(COUNTER, side);
        let (ines, dora) = (world.balance("ines"), world.balance("dora"));
        world.resolve_dispute(&case.policy, &case.incident).ok();
        world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
        conclude(&mut world, 0);
        world.payout("dora", &case.policy, &case.incident).ok();
        world.collect_bond("opal", &case.incident).ok();
        assert_eq!((world.balance("ines") - ines, world.balance("dora") - dora), (paid_to_ines, paid_to_dora));
        assert_eq!((world.read_pool().bonds, world.read_pool().payable), (0, 0), "nothing is left over");
        world.check_books();
    }
}

#[test]
fn an_appeal_turns_it() {
    for (first, outcome) in [(FOR, 1), (AGAINST, 2)] {
        let (mut world, case) = disputed(COUNTER);
        decide(&mut world, &case.claim, Some(first));
        appealed(&mut world, &case.claim, Some(1 - first));
        let after = resolve(&mut world, &case);
        assert_eq!(after.0.dispute_outcome, outcome);
    }
}

#[test]
fn its_ballot_must_be_final_to_the_second() {
    let (mut world, case) = disputed(COUNTER);
    world.resolve_dispute(&case.policy, &case.incident).fails(E::BallotOpen);
    decide(&mut world, &case.claim, Some(FOR));
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
    let (mut world, case) = tried(COUNTER, Some(FOR));
    let emils = file(&mut world, 0, "emil", &case.incident, 100_000 * UNIT);
    world.dispute("juno", &emils.policy, &emils.incident, 1).ok();
    world.decide(0, 0).ok();
    let ends_at = world.chain.read::<Incident>(&case.incident).disputes_end_at;
    // As long as claims can be disputed, that is what it waits for.
    world.chain.set_now(ends_at - 1);
    world.settle(0, 0).fails(E::DisputeWindowOpen);
    world.pass(1);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    finish(&mut world, &emils.claim, None);
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&emils.policy, &emils.incident).ok();
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled), (COUNTER + 90_000 * UNIT, COUNTER + 90_000 * UNIT));
    world.check_books();
}

#[test]
fn what_is_cut_after_filing_is_free_when_the_incident_ends() {
    let (mut world, case) = tried(COUNTER, Some(FOR));
    let own_liens = |world: &mut Play| world.read_pool().own_liens().expect("they fit");
    assert_eq!(own_liens(&mut world), 600_000 * UNIT, "all that is covered");
    world.decide(0, 0).ok();
    let filing_ends_at = world.chain.read::<Incident>(&case.incident).filing_ends_at;
    world.chain.set_now(filing_ends_at);
    world.end_filing(0, 0).ok();
    assert_eq!(own_liens(&mut world), CLAIMED, "of the lien only what was claimed");
    let after = resolve(&mut world, &case);
    assert_eq!(own_liens(&mut world), CLAIMED, "those who left meanwhile left their part of it here");
    move_to(&mut world, after.1.disputes_end_at);
    world.settle(0, 0).ok();
    assert_eq!(own_liens(&mut world), 0);
    world.check_books();
}

/// Dora's claim, which ines disputes, in an incident that is rejected meanwhile.
fn rejected() -> (Play, Case) {
    let (mut world, case) = disputed(COUNTER);
    settle(&mut world, 0, Some(AGAINST));
    assert_eq!(world.chain.read::<Incident>(&case.incident).open_disputes, 1);
    (world, case)
}

#[test]
fn in_a_rejected_incident_it_is_void_no_matter_who_is_paid_first() {
    for side in [FOR, AGAINST] {
        // The payout first: the policy waits for the dispute.
        let (mut world, case) = rejected();
        let balance = world.balance("dora");
        world.payout("dora", &case.policy, &case.incident).ok();
        assert_eq!(world.balance("dora"), balance + CLAIM_BOND);
        let (claim, _, policy, pool) = read(&mut world, &case);
        assert_eq!((claim.state, claim.tips, policy.claimed, policy.open_claims), (3, 1, 0, 1));
        assert_eq!(pool.bonds, CLAIM_BOND, "the disputer's");
        finish(&mut world, &case.claim, Some(side));
        let first = resolve(&mut world, &case);
        assert_eq!((first.0.dispute_outcome, first.0.amount, first.0.prize), (3, CLAIMED, 0));
        assert_eq!(ballot_on(&mut world, &case.claim).void, 1);
        assert_eq!((first.1.open_disputes, first.2.open_claims, first.2.claimed), (0, 0, 0));
        world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);

        // The dispute first.
        let (mut world, case) = rejected();
        finish(&mut world, &case.claim, Some(side));
        let half = resolve(&mut world, &case);
        assert_eq!((half.0.state, half.0.bond, half.2.open_claims, half.2.claimed), (1, CLAIM_BOND, 1, CLAIMED));
        world.payout("dora", &case.policy, &case.incident).ok();
        let second = read(&mut world, &case);
        assert_eq!((second.0.state, second.0.tips), (3, 0));
        assert_eq!((second.0, second.2), (Claim { tips: 0, ..first.0 }, first.2), "the same in either order");
        let balance = world.balance("ines");
        world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
        assert_eq!(world.balance("ines"), balance + CLAIM_BOND);
        assert_eq!(world.read_pool().bonds, 0);
        world.check_books();
    }
}

#[test]
fn what_was_decided_before_an_incident_is_rejected_stands() {
    let (mut world, case) = disputed(COUNTER);
    let closes_at = ballot_on(&mut world, &case.incident).closes_at;
    world.chain.set_now(closes_at);
    world.close_ballot(&case.incident).ok();
    finish(&mut world, &case.claim, Some(FOR));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    settle(&mut world, 0, Some(AGAINST));
    let (dora, ines) = (world.balance("dora"), world.balance("ines"));
    world.payout("dora", &case.policy, &case.incident).ok();
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    assert_eq!((world.balance("dora"), world.balance("ines")), (dora, ines + CLAIM_BOND + HALF));
    let (claim, _, policy, pool) = read(&mut world, &case);
    assert_eq!((claim.state, policy.claimed, policy.open_claims, pool.bonds), (3, 0, 0, 0));
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    for case in [case, sibling] {
        world.dispute("juno", &case.policy, &case.incident, 1).ok();
    }
    for case in [case, sibling] {
        finish(&mut world, &case.claim, Some(FOR));
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
