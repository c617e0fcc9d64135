//! `payout` before the settlement: as soon as nobody can dispute a claim it is paid what it is sure of: all, where a pool has as much capital
//! as it covers.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, ballot};
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
    let paid = Claim { state: 2, on_account: CLAIMED, paid: CLAIMED, tips: 0, ..claim };
    assert_eq!(world.chain.read::<Claim>(&case.claim), paid);
    let (filed, approved) = (0, CLAIMED);
    let found: Incident = world.chain.read(&case.incident);
    let early_paid = Wide::new(pool.index().per_unit(CLAIMED).expect("it fits"));
    let after = Incident { filed, approved, settled: approved, early_paid, paid: approved, ..incident };
    assert_eq!(found, after);
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

/// The windows that products have by default, three days after the report: half of the court has voted, so that nothing is decided before
/// its time, and the verdict is read. Returns when it was reported, too.
fn counted_by_default() -> (Play, Case, u64) {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..jury_pool() };
    let days = AssemblyParams { voting_period: 2 * DAY, ..assembly_params() };
    let terms = ProductParams { dispute_window: DAY, appeal_window: DAY, ..product_params("Lending exploit") };
    let mut world = insured_beside(params, days, terms, 300_000 * UNIT);
    let reported = world.now();
    let case = open_case(&mut world, 0, "dora", LOSS);
    world.vote("walt", &case.incident, FOR).ok();
    world.pass_days(2);
    world.close_ballot(&case.incident).ok();
    world.pass_days(1);
    world.decide(0, 0).ok();
    (world, case, reported)
}

/// Four days from the report to the money, where nobody contests anything.
#[test]
fn it_takes_four_days() {
    let (mut world, case, reported) = counted_by_default();
    world.pass_days(1);
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.now() - reported, 4 * DAY);
}

/// Seven days where somebody disputes the claim in the last second in which that is possible, and nothing is decided before its time.
#[test]
fn with_a_dispute_in_the_last_second_it_takes_seven_days() {
    let (mut world, case, reported) = counted_by_default();
    let until = disputable_until(&mut world, &case);
    world.chain.set_now(until - 1);
    world.dispute("ines", &case.policy, &case.incident).ok();
    world.vote_at("walt", &case.claim, ballot::TOP).ok();
    world.close_ballot(&case.claim).fails(E::VotingOpen);
    let Ballot { closes_at, .. } = ballot_on(&mut world, &case.claim);
    world.wait_until(closes_at);
    world.close_ballot(&case.claim).ok();
    world.resolve_dispute(&case.policy, &case.incident).fails(E::AppealWindowOpen);
    let Ballot { final_at, .. } = ballot_on(&mut world, &case.claim);
    world.wait_until(final_at);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let balance = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert!(world.balance("dora") - balance > CLAIMED, "all of it, with her bond and half of the dispute's");
    assert_eq!(world.now() - reported, 7 * DAY - 1);
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
    assert_eq!((found.approved, found.settled, found.paid), (CUT, CUT, CUT));
    world.check_books();

    // One of which nothing stands has nothing due, before as after.
    let (mut world, case) = counted();
    world.dispute("ines", &case.policy, &case.incident).ok();
    finish_at(&mut world, &case.claim, Some(0));
    world.resolve_dispute(&case.policy, &case.incident).ok();
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
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

/// What the capital could pay of all that is covered, in 65,536ths.
fn part_of(capital: u64, covered: u64) -> u64 {
    u64::try_from(u128::from(capital) * 65_536 / u128::from(covered)).expect("a part")
}

/// A part of an amount, rounded down.
fn of(amount: u64, part: u64) -> u64 {
    u64::try_from(u128::from(amount) * u128::from(part) / 65_536).expect("a part")
}

/// A pool that covers more than it has pays what its claims are sure of, whatever comes, and the rest at the settlement, by one factor.
#[test]
fn a_levered_pool_pays_what_is_sure_and_the_rest_at_the_settlement() {
    let (mut world, case) = counts();
    let (pool, line) = (world.read_pool(), world.read_product(0).line);
    let part = part_of(pool.capital, 1_500_000 * UNIT);
    assert!((43_000..50_000).contains(&part), "about two thirds: {part}");
    assert_eq!(u64::from(line.sure_part), part, "fixed with the verdict");
    let until = disputable_until(&mut world, &case);
    world.chain.set_now(until - 1);
    world.payout("dora", &case.policy, &case.incident).fails(E::DisputeWindowOpen);
    world.pass(1);
    // What was earned since the verdict raises it.
    touch(&mut world);
    let (pool, before) = (world.read_pool(), world.balance("dora"));
    let part = part_of(pool.capital, 1_500_000 * UNIT);
    assert!(part >= line.sure_part.into());
    let receipt = world.payout("dora", &case.policy, &case.incident).ok();
    let first = of(CLAIMED, part);
    assert_eq!(world.balance("dora") - before, first + CLAIM_BOND);
    let Event::ClaimPaid(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.bond, event.paid), (first, CLAIM_BOND, first));
    let claim: Claim = world.chain.read(&case.claim);
    assert_eq!((claim.state, claim.on_account, claim.paid), (2, first, first));
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.filed, found.approved, found.settled, found.paid), (0, CLAIMED, first, first));
    // All that it claimed is used up of her policy, whatever was paid of it.
    let (policy, pool_after): (Policy, Pool) = (world.chain.read(&case.policy), world.read_pool());
    assert_eq!((policy.held, policy.open_claims), (300_000 * UNIT - CLAIMED, 0));
    assert_eq!(pool_after.capital, pool.capital - first);
    world.payout("dora", &case.policy, &case.incident).fails(E::NothingDue);
    world.close_claim("dora", &case.policy, &case.incident).fails(E::IncidentNotSettled);
    world.check_books();

    // It only rises: more capital makes it more, and others' cover does not make it less.
    world.fund("ben", 200_000 * UNIT);
    world.deposit("ben", 200_000 * UNIT).ok();
    let before = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    let more = world.balance("dora") - before;
    let now = world.read_product(0).line.sure_part;
    assert!(u64::from(now) > part && first + more == of(CLAIMED, now.into()), "{more}");
    let emils = file(&mut world, 0, "emil", &case.incident, 200_000 * UNIT);
    world.check_books();

    // The capital suffices for all that was claimed: the settlement pays the rest.
    pass_disputes(&mut world, 0);
    world.settle(0, 0).ok();
    let all = CLAIMED + 190_000 * UNIT;
    let found: Incident = world.chain.read(&case.incident);
    assert_eq!((found.approved, found.settled, found.held_back), (all, all, 0));
    let pool = world.read_pool();
    assert_eq!((pool.early_paid, pool.sure_liens), (Wide::new(0), Wide::new(0)));
    let before = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("dora") - before, CLAIMED - first - more);
    world.payout("emil", &emils.policy, &emils.incident).ok();
    assert_eq!(world.read_pool().payable, 0);
    world.check_books();
}

/// What claims are sure of comes before what is sold, reported and settled later: neither cover that is sold on what an incident leaves free,
/// nor an LP who leaves, nor the settlement of a later incident makes it less. That one gets the rest once this one has ended.
#[test]
fn what_is_sure_comes_before_later_incidents() {
    let mut world = insured_beside(jury_pool(), assembly_params(), product_params("Lending exploit"), 100_000 * UNIT);
    let case = open_case(&mut world, 0, "dora", 300_000 * UNIT);
    let others = [("emil", 200_000), ("fay", 100_000)]
        .map(|(holder, units)| (holder, file(&mut world, 0, holder, &case.incident, units * UNIT)));
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    assert_eq!(world.read_product(0).line.sure_part, 65_536, "700,000 are covered of a million");
    world.pass_days(3);
    let before = world.balance("dora");
    world.payout("dora", &case.policy, &case.incident).ok();
    assert_eq!(world.balance("dora") - before, 285_000 * UNIT + 2_850 * UNIT);

    world.buy("gus", 1, 1, 290_000 * UNIT, 90).ok();
    let shares = world.shares("ada");
    let (epoch, _) = world.exit_epoch();
    world.request_exit("ada", 0, shares * 45 / 100).ok();
    world.await_exits();
    world.pay_exits().ok();
    let later = report(&mut world, 1, 0);
    let policies = [0, 1].map(|id| world.policy(1, "gus", id));
    for (policy, units) in policies.iter().zip([100_000, 290_000]) {
        world.submit_claim("gus", policy, &later, units * UNIT).ok();
    }
    finish(&mut world, &later, Some(FOR));
    world.decide(1, 0).ok();
    let pool = world.read_pool();
    assert!(pool.own_liens().expect("it fits") > pool.capital, "more is asked for than there is");
    let part = u64::from(world.read_product(1).line.sure_part);
    assert!((25_000..35_000).contains(&part), "what the first leaves: {part}");
    pass_disputes(&mut world, 1);
    world.settle(1, 0).ok();
    let (found, asked): (Incident, _) = (world.chain.read(&later), 370_500 * UNIT);
    assert!(found.settled < asked && found.held_back > 0, "{} of {asked}", found.settled);
    assert!(found.settled >= of(asked, part));
    world.check_books();

    // The first is paid in full, before its settlement and at it.
    for (holder, case) in &others {
        let (before, bond) = (world.balance(holder), world.chain.read::<Claim>(&case.claim).bond);
        world.payout(holder, &case.policy, &case.incident).ok();
        let claim: Claim = world.chain.read(&case.claim);
        assert_eq!((world.balance(holder) - before, claim.paid), (claim.amount + bond, claim.amount));
        world.check_books();
    }
    pass_disputes(&mut world, 0);
    world.settle(0, 0).ok();
    let first: Incident = world.chain.read(&case.incident);
    assert_eq!((first.settled, first.approved), (570_000 * UNIT, 570_000 * UNIT));
    assert!(first.contested > 0, "who left pays a part");
    // The later one gets what is left.
    world.settle_rest(&later).ok();
    let found: Incident = world.chain.read(&later);
    println!("the later incident got {} of {}", found.settled / UNIT, asked / UNIT);
    assert_eq!(world.read_pool().capital, 0, "all that there was");
    world.release_contested(&case.incident, epoch).ok();
    world.check_books();
}

/// Another report, on the product or beside it, stops no payments on account once the verdict was read.
#[test]
fn a_second_report_stops_nothing() {
    for index in [0, 1] {
        let (mut world, case) = counted();
        report(&mut world, index, u32::from(index == 0));
        // Nor does all the cover that the pool can still sell.
        world.pass_days(3);
        let balance = world.balance("dora");
        world.payout("dora", &case.policy, &case.incident).ok();
        assert_eq!(world.balance("dora") - balance, CLAIMED + CLAIM_BOND);
        world.check_books();
    }
}

/// Who cannot be paid ends the claim all the same: what it has due waits, before the settlement and after.
#[test]
fn it_ends_without_a_receiver() {
    let (mut world, case) = counted();
    world.pass_days(3);
    let accounts = Payout { receiver: None, ..world.payout_accounts("dora", &case.policy, &case.incident) };
    world.send(accounts.instruction(), &[]).ok();
    let claim: Claim = world.chain.read(&case.claim);
    assert_eq!((claim.state, claim.on_account, claim.paid, claim.bond_waits), (2, CLAIMED, 0, 1));
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
    for levered in [false, true] {
        compare_days(levered);
    }
}

fn compare_days(levered: bool) {
    let end = |early: bool| {
        let mut world = if levered { insured() } else { unlevered() };
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
        for (which, (holder, ..)) in TRIO.iter().enumerate() {
            let receipt = world.payout(holder, &cases[which].policy, &incident);
            if early && !levered {
                receipt.fails(E::NothingDue);
            } else {
                receipt.ok();
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
