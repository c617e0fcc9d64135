//! T26 to T28: what the order and the time of a settlement change.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, settlement};
use harness::{Chain, UNIT};
use solana_address::Address;

/// Holders and their losses, units; a deductible of a twentieth of the sum insured, which is as high, is taken off.
const LOSSES: [(&str, u64); 3] = [("dora", 400_000), ("emil", 299_999), ("fay", 123_457)];

/// A court with policies of `holders` on a product.
pub fn covered(world: &mut Play, index: u16, holders: &[(&str, u64)]) {
    for (holder, units) in holders {
        cover(world, holder, index, units * UNIT);
    }
}

/// Opens the first incident of a product and files everything there is.
pub fn file_all(world: &mut Play, index: u16, holders: &[(&str, u64)]) -> Address {
    let incident = open(world, index, 0);
    for (holder, units) in holders {
        let policy = world.policy(index, holder, 0);
        file(world, holder, &policy, &incident, units * UNIT).ok();
    }
    incident
}

/// The jury accepts an incident; it ends later.
pub fn approve(world: &mut Play, incident: &Address) {
    world.vote("vera", incident, 1).ok();
    world.close_ballot(incident).ok();
}

/// Pays a claim out and returns what arrived, less the bond. What its policy gives back of a refund is kept.
pub fn paid(world: &mut Play, holder: &str, index: u16, incident: &Address) -> u64 {
    let policy = world.policy(index, holder, 0);
    let before = claim_of(world, &policy, incident);
    let held = world.balance(holder);
    let kept = world.chain.read::<Policy>(&policy).given_back;
    world.payout(holder, &policy, incident).ok();
    let bond = if before.state == 2 { 0 } else { before.bond };
    let got = world.balance(holder) - held - bond;
    let kept = world.chain.read::<Policy>(&policy).given_back - kept;
    assert_eq!(claim_of(world, &policy, incident).paid, before.paid + got + kept);
    got
}

/// A pool that has lost 855,000 of its million, with three claims on what is left.
fn short() -> (Play, Address) {
    let mut world = court();
    covered(&mut world, 1, &[("gus", 900_000)]);
    covered(&mut world, 0, &LOSSES);
    world.pass_days(3);
    let drained = file_all(&mut world, 1, &[("gus", 900_000)]);
    approve(&mut world, &drained);
    until_settleable(&mut world, &drained);
    world.settle(1, 0).ok();
    let incident = file_all(&mut world, 0, &LOSSES);
    approve(&mut world, &incident);
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    (world, incident)
}

#[test]
fn t26_be_paid_first() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for order in orders {
        let (mut world, incident) = short();
        let read = case(&mut world, &incident);
        assert!(read.settled < read.approved / 5, "a factor below a fifth");
        assert_eq!(world.read_pool().capital, 0);
        let mut sum = 0;
        for who in order {
            let (holder, units) = LOSSES[who];
            let net = units * UNIT - units * UNIT / 20;
            let got = paid(&mut world, holder, 0, &incident);
            assert_eq!(
                got,
                settlement::part_of_settled(net, read.settled, read.approved).unwrap(),
                "{holder} in {order:?}"
            );
            sum += got;
            let policy = world.policy(0, holder, 0);
            world.payout(holder, &policy, &incident).fails(E::NothingDue);
        }
        assert!(read.settled - sum < 3);
        world.check_books();
    }
}

#[test]
fn t26_be_paid_first_between_recoveries() {
    let mut finals = Vec::new();
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let (mut world, incident) = short();
        world.fund("trent", 1_000_000 * UNIT);
        let read = case(&mut world, &incident);
        let mut got = [0; 3];
        for who in order {
            got[who] += paid(&mut world, LOSSES[who].0, 0, &incident);
            world.recover("trent", &incident, 77_777_777_777).ok();
        }
        let topped = case(&mut world, &incident);
        assert_eq!(topped.settled, read.settled + 3 * 77_777_777_777);
        for who in order {
            got[who] += paid(&mut world, LOSSES[who].0, 0, &incident);
            let net = LOSSES[who].1 * UNIT - LOSSES[who].1 * UNIT / 20;
            assert_eq!(got[who], settlement::part_of_settled(net, topped.settled, topped.approved).unwrap());
        }
        finals.push(got);
        // The rest of it fills everyone up to the last atom, and what is more goes to the LPs.
        let missing = topped.approved - topped.settled;
        let income = world.read_pool().other_income;
        world.recover("trent", &incident, missing + 500).ok();
        assert_eq!(world.read_pool().other_income, income + 500);
        for (holder, units) in LOSSES {
            paid(&mut world, holder, 0, &incident);
            let policy = world.policy(0, holder, 0);
            assert_eq!(claim_of(&mut world, &policy, &incident).paid, units * UNIT - units * UNIT / 20);
        }
        // What is left is the first incident's, whose claim waits.
        let drained = world.incident(1, 0);
        assert_eq!(world.read_pool().payable, case(&mut world, &drained).settled);
        world.check_books();
    }
    assert!(finals.windows(2).all(|pair| pair[0] == pair[1]));
}

/// Holders on product 0 and on product 1 and their sums insured, units.
pub const FIRST: [(&str, u64); 2] = [("dora", 400_000), ("emil", 300_000)];
/// See [`FIRST`].
pub const SECOND: [(&str, u64); 1] = [("fay", 600_000)];

/// Two incidents at once, decided and ready to settle, on a pool that holds less; a third product beside them.
pub fn two_at_once() -> Play {
    let mut world = court();
    covered(&mut world, 0, &FIRST);
    covered(&mut world, 1, &SECOND);
    covered(&mut world, 2, &[("gus", 200_000)]);
    world.pass_days(3);
    let incidents = [file_all(&mut world, 0, &FIRST), file_all(&mut world, 1, &SECOND)];
    for incident in &incidents {
        approve(&mut world, incident);
    }
    for incident in &incidents {
        read_verdict(&mut world, incident);
    }
    until_settleable(&mut world, &incidents[1]);
    world
}

#[test]
fn t27_two_incidents_at_once() {
    let mut results = Vec::new();
    for order in [[0, 1], [1, 0]] {
        let mut world = two_at_once();
        world.roll_product(2).ok();
        let capital = world.read_pool().capital;
        let (third, others) = (world.product(2), world.policy(2, "gus", 0));
        let before = (world.chain.account(&third).unwrap(), world.chain.account(&others).unwrap());
        for index in [0, 1] {
            world.end_filing(index, 0).ok();
        }
        for index in order {
            world.settle(index, 0).ok();
        }
        let read = [0, 1].map(|index| {
            let incident = world.incident(index, 0);
            case(&mut world, &incident)
        });
        let filed = [read[0].approved, read[1].approved];
        assert_eq!(filed, [665_000 * UNIT, 570_000 * UNIT]);
        assert!(capital < filed[0] + filed[1] && capital > filed[0]);
        // The same factor for both, to the atom, and nothing is left that anyone claimed.
        for (incident, filed) in read.iter().zip(filed) {
            let share = u128::from(capital) * u128::from(filed) / u128::from(665_000 * UNIT + 570_000 * UNIT);
            assert!(u128::from(incident.settled).abs_diff(share) <= 1, "{} and {share}", incident.settled);
        }
        let pool = world.read_pool();
        assert_eq!(
            (read[0].settled + read[1].settled + pool.capital, pool.own_liens().expect("they fit")),
            (capital, 0)
        );
        assert!(pool.capital <= 1, "the odd atom");
        // The third product and its cover are as before, and once there is capital again its holder is paid in full.
        assert!((world.chain.account(&third).unwrap(), world.chain.account(&others).unwrap()) == before);
        results.push(read.map(|incident| incident.settled));
        for (holder, _) in FIRST {
            let incident = world.incident(0, 0);
            paid(&mut world, holder, 0, &incident);
        }
        let incident = world.incident(1, 0);
        paid(&mut world, "fay", 1, &incident);
        assert!(world.read_pool().payable < 3);
        world.check_books();
    }
    assert_eq!(results[0], results[1], "the order changes nothing, not even an atom");
}

#[test]
fn t27_a_third_product_beside_two_losses() {
    let mut world = court();
    covered(&mut world, 0, &[("dora", 100_000)]);
    covered(&mut world, 1, &[("emil", 100_000)]);
    covered(&mut world, 2, &[("gus", 300_000)]);
    world.pass_days(3);
    let losses: [(u16, &str, u64); 3] = [(0, "dora", 100_000), (1, "emil", 100_000), (2, "gus", 300_000)];
    for (index, holder, units) in losses {
        let incident = file_all(&mut world, index, &[(holder, units)]);
        approve(&mut world, &incident);
        read_verdict(&mut world, &incident);
    }
    let last = world.incident(2, 0);
    until_settleable(&mut world, &last);
    for (index, holder, units) in losses {
        world.settle(index, 0).ok();
        let incident = world.incident(index, 0);
        assert_eq!(paid(&mut world, holder, index, &incident), units * UNIT * 95 / 100, "debts within the capital");
    }
    world.check_books();
}

#[test]
fn t28_settle_too_early() {
    let mut world = court();
    covered(&mut world, 0, &FIRST);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    let policies = FIRST.map(|(holder, _)| world.policy(0, holder, 0));
    file(&mut world, "dora", &policies[0], &incident, 400_000 * UNIT).ok();
    world.settle(0, 0).fails(E::BallotOpen);
    approve(&mut world, &incident);
    let last = tally(&mut world, &incident).final_at;
    // In an appeal, and in the last second ahead of each end.
    world.settle(0, 0).fails(E::AppealWindowOpen);
    until(&mut world, last - 1);
    world.settle(0, 0).fails(E::AppealWindowOpen);
    world.appeal("mallory", &incident).ok();
    world.settle(0, 0).fails(E::BallotOpen);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.settle_decided(0, 0).fails(E::IncidentUndecided);
    world.settle(0, 0).fails(E::FilingOpen);
    world.payout("dora", &policies[0], &incident).fails(E::DisputeWindowOpen);
    let read = case(&mut world, &incident);
    until(&mut world, read.filing_ends_at - 1);
    world.settle(0, 0).fails(E::FilingOpen);
    file(&mut world, "emil", &policies[1], &incident, 300_000 * UNIT).ok();
    world.pass(1);
    world.settle(0, 0).fails(E::DisputeWindowOpen);
    // The last dispute, in its last second.
    let claimed = claim_of(&mut world, &policies[1], &incident);
    assert_eq!(claimed.disputes_end_at, read.disputes_end_at - 1);
    until(&mut world, claimed.disputes_end_at - 1);
    world.settle(0, 0).fails(E::DisputeWindowOpen);
    world.dispute("mallory", &policies[1], &incident).ok();
    let subject = claim_address(&incident, &policies[1]);
    world.payout("dora", &policies[0], &incident).ok();
    for (wait, found) in
        [(0, E::DisputeWindowOpen), (1, E::DisputeWindowOpen), (1, E::DisputeOpen), (DAY, E::DisputeOpen)]
    {
        world.pass(wait);
        world.settle(0, 0).fails(found);
        // She has what she is sure of; nobody is paid more before the settlement.
        world.payout("dora", &policies[0], &incident).fails(E::NothingDue);
    }
    world.vote("vera", &subject, 1).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    world.close_ballot(&subject).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    world.appeal("mallory", &subject).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    world.vote("vera", &subject, 1).ok();
    world.close_ballot(&subject).ok();
    world.settle(0, 0).fails(E::DisputeOpen);
    world.resolve_dispute(&policies[1], &incident).ok();
    world.settle(0, 0).ok();
    assert_eq!(case(&mut world, &incident).settled, 665_000 * UNIT);
    paid(&mut world, "emil", 0, &incident);
    assert_eq!(case(&mut world, &incident).paid, 665_000 * UNIT, "and what dora had before");
    world.check_books();
}
