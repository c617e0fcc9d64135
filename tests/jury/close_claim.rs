//! `close_claim`: a claim that is over gives its rent back.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, claim_request};

fn accounts(world: &Play, rent_payer: &str, case: &Case) -> CloseClaim {
    let (caller, rent_payer) = (world.key("guardian"), world.key(rent_payer));
    CloseClaim { caller, incident: case.incident, claim: case.claim, rent_payer }
}

/// Dora's claim, settled and paid in full.
fn paid() -> (Play, Case) {
    let (mut world, case) = filed();
    settle(&mut world, 0, Some(FOR));
    world.payout("dora", &case.policy, &case.incident).ok();
    (world, case)
}

#[test]
fn it_gives_the_rent_back() {
    let (mut world, case) = paid();
    let (incident, pool): (Incident, _) = (world.chain.read(&case.incident), world.read_pool());
    let policy: Policy = world.chain.read(&case.policy);
    let rent = lamports(&mut world, &case.claim);
    let purses = [purse(&mut world, "dora"), purse(&mut world, "guardian")];
    // Nobody but the bank signs: anyone may.
    let receipt = world.close_claim("dora", &case.policy, &case.incident).ok();

    assert!(world.chain.account(&case.claim).is_none());
    let expected = Incident { live_accounts: incident.live_accounts - 1, ..incident };
    assert_eq!((world.chain.read::<Incident>(&case.incident), world.read_pool()), (expected, pool));
    assert_eq!(world.chain.read::<Policy>(&case.policy), policy);
    assert_eq!([purse(&mut world, "dora"), purse(&mut world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let event = ClaimClosed { incident: case.incident, claim: case.claim, paid: CLAIMED };
    assert_eq!(only_event(&receipt), Event::ClaimClosed(event));
    world.close_claim("dora", &case.policy, &case.incident).fails_with(TOO_SMALL);
    // Its incident takes none any more, so it cannot be filed and paid again.
    world.submit_claim("dora", &case.policy, &case.incident, LOSS).fails(E::IncidentClosed);
    world.check_books();
}

#[test]
fn the_rent_is_whose_it_was() {
    let mut world = insured();
    let incident = report(&mut world, 0, 0);
    let policy = world.policy(0, "dora", 0);
    let submit = SubmitClaim { payer: world.key("opal"), ..world.claim_accounts("dora", &policy, &incident) };
    world.send(submit.instruction(&claim_request(LOSS)), &["dora", "opal"]).ok();
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &policy, &incident).ok();
    world.close_claim("dora", &policy, &incident).fails(E::WrongRentPayer);
    world.close_claim("guardian", &policy, &incident).fails(E::WrongRentPayer);
    world.close_claim("opal", &policy, &incident).ok();
}

#[test]
fn its_incident_must_have_ended_and_all_be_paid() {
    let (mut world, case) = filed();
    world.close_claim("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    settle(&mut world, 0, Some(FOR));
    world.close_claim("dora", &case.policy, &case.incident).fails(E::ClaimNotOver);
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    // A rejected one must have its bond back.
    for side in [Some(AGAINST), None] {
        let (mut world, case) = filed();
        settle(&mut world, 0, side);
        world.close_claim("dora", &case.policy, &case.incident).fails(E::ClaimNotOver);
        world.payout("dora", &case.policy, &case.incident).ok();
        world.close_claim("dora", &case.policy, &case.incident).ok();
    }
}

#[test]
fn one_that_a_recovery_may_still_top_up_stays() {
    let (mut world, incident, [case, ..]) = short();
    world.fund("rita", 1_000_000 * UNIT);
    world.payout("dora", &case.policy, &incident).ok();
    world.close_claim("dora", &case.policy, &incident).fails(E::ClaimNotOver);
    let found: Incident = world.chain.read(&incident);
    world.recover("rita", &incident, found.approved - found.settled - 1).ok();
    world.payout("dora", &case.policy, &incident).ok();
    // An atom is missing of all claims together.
    world.close_claim("dora", &case.policy, &incident).fails(E::ClaimNotOver);
    world.recover("rita", &incident, 1).ok();
    world.close_claim("dora", &case.policy, &incident).fails(E::ClaimNotOver);
    world.payout("dora", &case.policy, &incident).ok();
    world.close_claim("dora", &case.policy, &incident).ok();
    // The others are paid as if it were still there.
    for (which, holder) in [(1, "emil"), (2, "fay")] {
        let policy = world.policy(0, holder, 0);
        world.payout(holder, &policy, &incident).ok();
        assert_eq!(world.chain.read::<Policy>(&policy).paid, TRIO[which].2);
    }
    world.check_books();
}

#[test]
fn what_its_disputer_has_due_must_be_collected() {
    let (mut world, case) = tried(Some(NINE));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    conclude(&mut world, 0);
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).fails(E::ClaimNotOver);
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();

    // A disputer who has lost it all has nothing due.
    let (mut world, case) = tried(Some(ALL));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    conclude(&mut world, 0);
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
}

#[test]
fn the_caller_may_be_the_one_who_paid_the_rent() {
    let (mut world, case) = paid();
    let accounts = accounts(&world, "dora", &case);
    let (before, rent) = (purse(&mut world, "dora"), lamports(&mut world, &case.claim));
    world.send(CloseClaim { caller: accounts.rent_payer, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "dora"), before + rent);
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = open_case(&mut world, 1, "gus", LOSS);
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &case.policy, &case.incident).ok();
    let accounts = accounts(&world, "dora", &case);
    let [forged_incident, forged_claim] = [case.incident, case.claim].map(|address| forge(&mut world, &address));
    let (guardian, gus) = (world.key("guardian"), world.key("gus"));
    let instruction = accounts.instruction();
    let rows = [
        (0, case.claim, DUPLICATE),
        (1, sibling.incident, error(E::WrongIncident)),
        (1, other.incident, error(E::WrongIncident)),
        (1, case.claim, DUPLICATE),
        (1, case.pool, OTHER_TYPE),
        (1, forged_incident, NOT_OURS),
        (2, sibling.claim, error(E::WrongIncident)),
        (2, other.claim, error(E::WrongIncident)),
        (2, case.policy, TOO_SMALL),
        (2, case.pool, OTHER_TYPE),
        (2, forged_claim, NOT_OURS),
        (3, guardian, error(E::WrongRentPayer)),
        (3, gus, error(E::WrongRentPayer)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    world.send(instruction, &[]).ok();
}
