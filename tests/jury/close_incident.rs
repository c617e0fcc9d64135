//! `close_incident`: the last account of an incident gives its rent back, and with it all rent is back.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};

/// Dora's claim in an incident that is rejected; hers is the only account left.
fn rejected() -> (Play, Case) {
    let (mut world, case) = filed();
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &case.policy, &case.incident).ok();
    (world, case)
}

#[test]
fn it_gives_the_rent_back() {
    let (mut world, case) = rejected();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    let (product, pool, rent) = (world.read_product(0), world.read_pool(), lamports(&mut world, &case.incident));
    let purses = [purse(&mut world, "opal"), purse(&mut world, "guardian")];
    // Nobody but the bank signs: anyone may.
    let receipt = world.close_incident("opal", &case.incident).ok();

    assert!(world.chain.account(&case.incident).is_none());
    assert_eq!(world.read_pool(), pool);
    assert_eq!(world.read_product(0), Product { incidents_closed: 1, ..product });
    assert_eq!([purse(&mut world, "opal"), purse(&mut world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let event = IncidentClosed { product: world.product(0), incident: case.incident, paid: 0 };
    assert_eq!(only_event(&receipt), Event::IncidentClosed(event));
    world.close_incident("opal", &case.incident).fails_with(TOO_SMALL);
    // Its number is never used again.
    assert_eq!(report(&mut world, 0, 1), world.incident(0, 1));
    world.check_books();
}

#[test]
fn what_was_paid_is_in_the_event() {
    let (mut world, case) = filed();
    settle(&mut world, 0, Some(FOR));
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    world.close_incident("opal", &case.incident).fails(E::IncidentNotOver);
    world.collect_bond("opal", &case.incident).ok();
    let receipt = world.close_incident("opal", &case.incident).ok();
    let Event::IncidentClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.paid, CLAIMED);
    // The ballot outlives it.
    world.collect_vote_reward("vera", &case.incident).ok();
    world.reclaim_ballot("opal", &case.incident).ok();
}

#[test]
fn it_must_have_ended_and_its_bond_and_claims_be_gone() {
    let (mut world, case) = filed();
    world.close_incident("opal", &case.incident).fails(E::IncidentNotSettled);
    finish(&mut world, &case.incident, Some(AGAINST));
    world.close_incident("opal", &case.incident).fails(E::IncidentNotSettled);
    world.settle(0, 0).ok();
    world.close_incident("opal", &case.incident).fails(E::IncidentNotOver);
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_incident("opal", &case.incident).fails(E::IncidentNotOver);
    world.close_claim("dora", &case.policy, &case.incident).ok();
    world.close_incident("opal", &case.incident).ok();

    // One that nobody decided, without claims: most of its bond is due back.
    let mut world = insured();
    let incident = report(&mut world, 0, 0);
    settle(&mut world, 0, None);
    world.close_incident("opal", &incident).fails(E::IncidentNotOver);
    world.collect_bond("opal", &incident).ok();
    world.close_incident("opal", &incident).ok();
}

#[test]
fn a_claim_that_is_not_paid_in_full_keeps_it() {
    let (mut world, incident, cases) = short();
    world.collect_bond("opal", &incident).ok();
    for (case, (holder, _, _)) in cases.iter().zip(TRIO) {
        world.payout(holder, &case.policy, &incident).ok();
        world.close_claim(holder, &case.policy, &incident).fails(E::ClaimNotOver);
    }
    world.pass_days(1_000);
    world.close_incident("opal", &incident).fails(E::IncidentNotOver);
}

#[test]
fn the_rent_is_the_openers() {
    let (mut world, case) = rejected();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    world.close_incident("dora", &case.incident).fails(E::WrongRentPayer);
    let accounts = world.close_incident_accounts("opal", &case.incident);
    let (before, rent) = (purse(&mut world, "opal"), lamports(&mut world, &case.incident));
    world.send(CloseIncident { caller: accounts.rent_payer, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "opal"), before + rent);
}

#[test]
fn in_the_end_every_lamport_is_back() {
    for side in [FOR, AGAINST] {
        let mut world = insured();
        let actors = ["opal", "dora", "emil", "ines", "juno", "pia", "vera", "walt", "guardian"];
        let sum = |world: &mut Play| actors.map(|name| purse(world, name)).iter().sum::<u64>();
        let (before, balance, opals) = (sum(&mut world), purse(&mut world, "guardian"), purse(&mut world, "opal"));
        let case = open_case(&mut world, 0, "dora", LOSS);
        let second = file(&mut world, 0, "emil", &case.incident, 100_000 * UNIT);
        world.vote("walt", &case.incident, AGAINST).ok();
        decide(&mut world, &case.incident, Some(1 - side));
        world.appeal("pia", &case.incident).ok();
        for name in ["vera", "walt"] {
            world.vote(name, &case.incident, side).ok();
        }
        world.close_ballot(&case.incident).ok();
        ripen(&mut world, &case.incident);
        world.decide(0, 0).ok();
        if side == FOR {
            world.dispute("ines", &case.policy, &case.incident).ok();
            finish_at(&mut world, &case.claim, Some(NINE));
            world.resolve_dispute(&case.policy, &case.incident).ok();
        }
        pass_disputes(&mut world, 0);
        world.settle(0, 0).ok();
        assert!(sum(&mut world) < before, "the rent is out");

        for (holder, policy) in [("dora", case.policy), ("emil", second.policy)] {
            world.payout(holder, &policy, &case.incident).ok();
        }
        for name in ["walt", "vera"] {
            world.collect_vote_reward(name, &case.incident).ok();
        }
        if side == FOR {
            world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
            world.collect_vote_reward("vera", &case.claim).ok();
            world.reclaim_ballot("ines", &case.claim).ok();
        }
        world.collect_appeal_bond("pia", &case.incident).ok();
        world.reclaim_ballot("opal", &case.incident).ok();
        for (holder, policy) in [("dora", case.policy), ("emil", second.policy)] {
            world.close_claim(holder, &policy, &case.incident).ok();
        }
        if side == FOR {
            world.collect_bond("opal", &case.incident).ok();
        }
        world.close_incident("opal", &case.incident).ok();

        assert_eq!(sum(&mut world), before);
        // Two closings, reading the verdict, settling, two first payouts; two votes, a ballot, two claims and the incident closed. Where it
        // counts also ending filing; and of the dispute its closing, resolving, its vote and its ballot.
        let tips = 2 + 1 + 1 + 2 + 2 + 1 + 2 + 1 + if side == FOR { 1 + 4 } else { 0 };
        assert_eq!(purse(&mut world, "guardian"), balance + tips * TIP);
        // Opal paid for a closing of the ballot, for two or three steps of the incident, and for closing the accounts of both. The
        // tips that nobody earned came back with the ballot's rent: also four of the five that pia set aside.
        assert_eq!(purse(&mut world, "opal"), opals - (5 + u64::from(side == FOR)) * TIP + 4 * TIP);
        let pool = world.read_pool();
        assert_eq!((pool.bonds, pool.payable, pool.rewards_reserved), (0, 0, 0));
        world.check_books();
    }
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    let sibling = report(&mut world, 1, 0);
    settle(&mut world, 0, Some(AGAINST));
    world.payout("dora", &case.policy, &case.incident).ok();
    world.close_claim("dora", &case.policy, &case.incident).ok();
    let accounts = world.close_incident_accounts("opal", &case.incident);
    let forged = forge(&mut world, &case.incident);
    let (guardian, dora) = (world.key("guardian"), world.key("dora"));
    let (own, beside) = (world.product(0), world.product(1));
    let forged_product = forge(&mut world, &own);
    let instruction = accounts.instruction();
    let rows = [
        (0, case.incident, DUPLICATE),
        (1, beside, error(E::WrongProduct)),
        (1, case.pool, OTHER_TYPE),
        (1, forged_product, NOT_OURS),
        (2, sibling, error(E::WrongProduct)),
        (2, other.incident, error(E::WrongProduct)),
        (2, case.policy, TOO_SMALL),
        (2, case.pool, OTHER_TYPE),
        (2, forged, NOT_OURS),
        (3, guardian, error(E::WrongRentPayer)),
        (3, dora, error(E::WrongRentPayer)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    // Of the same opener, but open.
    let open = world.close_incident_accounts("opal", &sibling);
    world.send(open.instruction(), &[]).fails(E::IncidentNotSettled);
    world.send(instruction, &[]).ok();
}
