//! `payout` before the settlement: where a pool has as much capital as it covers, a claim is paid as soon as nobody can dispute it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, assembly_params, product_params};

/// A pool that sells no more cover than it has capital: 600,000 on product 0, and 300,000 on product 1, of a million.
fn unlevered() -> Play {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..jury_pool() };
    insured_beside(params, assembly_params(), product_params("Lending exploit"), 300_000 * UNIT)
}

/// The same, in which dora has filed her claim, and the incident counts.
fn counted() -> (Play, Case) {
    let mut world = unlevered();
    let case = open_case(&mut world, 0, "dora", LOSS);
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    (world, case)
}

/// Until when a claim can be disputed.
fn disputable_until(world: &mut Play, case: &Case) -> u64 {
    let incident: Incident = world.chain.read(&case.incident);
    world.chain.read::<Claim>(&case.claim).disputable_until(&incident).expect("it counts")
}

#[test]
fn a_claim_is_paid_in_the_second_in_which_nobody_can_dispute_it_any_more() {
    let (mut world, case) = counted();
    let until = disputable_until(&mut world, &case);
    world.chain.set_now(until - 1);
    world.payout("dora", &case.policy, &case.incident).fails(E::DisputeWindowOpen);
    world.pass(1);
    world.dispute("ines", &case.policy, &case.incident).fails(E::DisputeWindowOver);
    touch(&mut world);
    let (claim, incident, policy): (Claim, Incident, Policy) =
        (world.chain.read(&case.claim), world.chain.read(&case.incident), world.chain.read(&case.policy));
    let (pool, product, balance) = (world.read_pool(), world.read_product(0), world.balance("dora"));
    let receipt = world.payout("dora", &case.policy, &case.incident).ok();

    assert_eq!(world.balance("dora") - balance, CLAIMED + CLAIM_BOND);
    let paid = Claim { state: 2, on_account: 1, paid: CLAIMED, tips: 0, ..claim };
    assert_eq!(world.chain.read::<Claim>(&case.claim), paid);
    let (filed, approved) = (0, CLAIMED);
    let after = Incident { filed, approved, settled: approved, on_account: approved, paid: approved, ..incident };
    assert_eq!(world.chain.read::<Incident>(&case.incident), after);
    let held = policy.held - CLAIMED;
    let found: Policy = world.chain.read(&case.policy);
    assert_eq!((found.paid, found.held, found.open_claims), (CLAIMED, held, 0));
    let found = world.read_pool();
    assert_eq!((found.capital, found.payable, found.bonds), (pool.capital - CLAIMED, 0, pool.bonds - CLAIM_BOND));
    // As much less is set aside, and of the cover as much is used up.
    assert_eq!(found.own_liens().unwrap(), pool.own_liens().unwrap() - CLAIMED);
    assert_eq!((found.liened_cover, found.settled), (pool.liened_cover - CLAIMED, 0));
    let line = world.read_product(0).line;
    assert_eq!((line.claimable, line.open), (product.line.claimable - CLAIMED, 1));
    let Event::ClaimPaid(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.bond, event.paid), (CLAIMED, CLAIM_BOND, CLAIMED));
    world.check_books();
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
    world.close_claim("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);

    // The settlement pays the others, and leaves this one as it is.
    let emils = file(&mut world, 0, "emil", &case.incident, 100_000 * UNIT);
    world.payout("emil", &emils.policy, &emils.incident).fails(E::DisputeWindowOpen);
    pass_disputes(&mut world, 0);
    world.settle(0, 0).ok();
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled), (CLAIMED + 90_000 * UNIT, CLAIMED + 90_000 * UNIT));
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
    let balance = world.balance("emil");
    world.payout("emil", &emils.policy, &emils.incident).ok();
    assert_eq!(world.balance("emil") - balance, 90_000 * UNIT + 900 * UNIT);
    world.close_claim("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.read_pool().payable, 0);
    world.check_books();
}

/// Four days from the report to the money, with the windows that products have by default, where nobody contests anything.
#[test]
fn it_takes_four_days() {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..jury_pool() };
    let days = AssemblyParams { voting_period: 2 * DAY, ..assembly_params() };
    let terms = ProductParams { dispute_window: DAY, appeal_window: DAY, ..product_params("Lending exploit") };
    let mut world = insured_beside(params, days, terms, 300_000 * UNIT);
    let reported = world.now();
    let case = open_case(&mut world, 0, "dora", LOSS);
    // Half of the court votes, so that nothing is decided before its time.
    world.vote("walt", &case.incident, FOR).ok();
    world.pass_days(2);
    world.close_ballot(&case.incident).ok();
    world.pass_days(1);
    world.decide(0, 0).ok();
    world.pass_days(1);
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.now() - reported, 4 * DAY);
}

#[test]
fn a_disputed_claim_is_paid_once_it_is_decided() {
    let (mut world, case) = counted();
    world.dispute("ines", &case.policy, &case.incident).ok();
    let until = disputable_until(&mut world, &case);
    world.chain.set_now(until);
    world.payout("dora", &case.policy, &case.incident).fails(E::DisputeOpen);
    finish_at(&mut world, &case.claim, Some(NINE));
    world.payout("dora", &case.policy, &case.incident).fails(E::DisputeOpen);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let balance = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("dora") - balance, CUT, "her bond is lost");
    world.check_books();
    conclude(&mut world, 0);
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled, found.on_account), (CUT, CUT, CUT));
    world.check_books();

    // One of which nothing stands has nothing due, before as after.
    let (mut world, case) = counted();
    world.dispute("ines", &case.policy, &case.incident).ok();
    finish_at(&mut world, &case.claim, Some(0));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.payout("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
}

#[test]
fn the_verdict_must_have_been_read() {
    let mut world = unlevered();
    let case = open_case(&mut world, 0, "dora", LOSS);
    world.payout("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    finish(&mut world, &case.incident, Some(FOR));
    world.pass_days(9);
    world.payout("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    world.decide(0, 0).ok();
    world.payout("dora", &case.policy, &case.incident).fails(E::DisputeWindowOpen);
    world.pass_days(1);
    world.payout("dora", &case.policy, &case.incident).ok();
}

/// Its payments wait for those of the reports before it on the product.
#[test]
fn the_first_in_line_is_paid_first() {
    let mut world = unlevered();
    let first = report(&mut world, 0, 0);
    let second = report(&mut world, 0, 1);
    let case = file(&mut world, 0, "dora", &second, LOSS);
    finish(&mut world, &second, Some(FOR));
    world.decide(0, 1).ok();
    world.pass_days(3);
    world.payout("dora", &case.policy, &second).fails(E::EarlierIncidentOpen);
    decide(&mut world, &first, None);
    ripen(&mut world, &first);
    world.settle(0, 0).ok();
    world.payout("dora", &case.policy, &second).ok();
    world.check_books();
}

/// A pool that covers more than it has pays once the incident is settled: what the others get is not known before.
#[test]
fn a_levered_pool_pays_at_the_settlement() {
    let (mut world, case) = counts();
    world.pass_days(3);
    world.payout("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    // Nor one that sold cover by a higher leverage, until it sells by the lower one.
    let (mut world, case) = counted();
    world.pass_days(3);
    let pool = world.pool();
    let sold = std::mem::offset_of!(Pool, sold_leverage_bps);
    edit(&mut world, &pool, sold, &10_001_u16.to_le_bytes());
    world.payout("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    edit(&mut world, &pool, sold, &10_000_u16.to_le_bytes());
    world.payout("dora", &case.policy, &case.incident).ok();
}

/// Who cannot be paid ends the claim all the same: what it has due waits, before the settlement and after.
#[test]
fn it_ends_without_a_receiver() {
    let (mut world, case) = counted();
    world.pass_days(3);
    let accounts = Payout { receiver: None, ..world.payout_accounts("dora", &case.policy, &case.incident) };
    world.send(accounts.instruction(), &[]).ok();
    let claim: Claim = world.chain.read(&case.claim);
    assert_eq!((claim.state, claim.on_account, claim.paid, claim.bond_waits), (2, 1, 0, 1));
    assert_eq!(world.read_pool().payable, CLAIMED);
    world.send(accounts.instruction(), &[]).fails(E::NothingDue);
    pass_disputes(&mut world, 0);
    world.settle(0, 0).ok();
    world.check_books();
    let balance = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("dora") - balance, CLAIMED + CLAIM_BOND);
    assert_eq!(world.read_pool().payable, 0);
    world.check_books();
}

/// What everybody has in the end is the same whether claims are paid on account or at the settlement, also where an LP leaves between the
/// report and the payments, or between those: but for an atom for each payment.
#[test]
fn it_changes_nothing_but_the_day() {
    let end = |early: bool| {
        let mut world = unlevered();
        world.fund("ben", 400_000 * UNIT);
        world.deposit("ben", 400_000 * UNIT).ok();
        world.pass_days(3);
        let shares = world.shares("ben");
        let (first, _) = world.exit_epoch();
        world.request_exit("ben", 0, shares / 2).ok();
        world.pass_days(3);
        world.request_exit("ben", 1, shares / 2).ok();
        world.pass_days(2);
        let incident = report(&mut world, 0, 0);
        let cases = TRIO.map(|(holder, loss, _)| file(&mut world, 0, holder, &incident, loss));
        world.await_exits();
        world.pay_exits().ok();
        finish(&mut world, &incident, Some(FOR));
        world.decide(0, 0).ok();
        world.pass_days(1);
        let pay = |world: &mut Play, which: usize| {
            if early {
                world.payout(TRIO[which].0, &cases[which].policy, &incident).ok();
            }
        };
        // What a payment releases makes no room for exits at once, so the smallest is paid before the second epoch.
        pay(&mut world, 2);
        world.pay_exits().ok();
        pay(&mut world, 1);
        world.pass_days(1);
        pay(&mut world, 0);
        world.check_books();
        pass_disputes(&mut world, 0);
        world.end_filing(0, 0).ok();
        world.settle_decided(0, 0).ok();
        if !early {
            for (which, (holder, ..)) in TRIO.iter().enumerate() {
                world.payout(holder, &cases[which].policy, &incident).ok();
            }
        }
        for number in [first, first + 1] {
            world.release_contested(&incident, number).ok();
        }
        for id in [0, 1] {
            world.collect_exit("ben", id).ok();
        }
        world.check_books();
        // All that streams to the LPs reaches them before they are compared.
        world.pass_days(400);
        touch(&mut world);
        let holders = TRIO.map(|(holder, ..)| world.balance(holder));
        (world.balance("ben"), world.read_pool().capital, holders)
    };
    let (early, late) = (end(true), end(false));
    println!("leaver and stayers: {} {} on account, {} {} at the settlement", early.0, early.1, late.0, late.1);
    assert_eq!(early.2, late.2);
    assert!(early.0.abs_diff(late.0) <= 4, "{early:?} {late:?}");
    assert!(early.1.abs_diff(late.1) <= 8, "{early:?} {late:?}");
}
