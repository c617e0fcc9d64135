//! One whole life of a pool: deposit, cover, incident, claims, votes, settlement, payouts.

use coverage_client::{Claim, Incident, Policy, Side, ballot_address, claim_address};
use coverage_math::{cover, settlement};
use harness::{Chain, ProgramTestChain, UNIT, World, product_params};

/// The verdict on the first incident of a product becomes final and is read, filing and disputes end, and it is settled.
fn settle(world: &mut World<ProgramTestChain>, index: u16) {
    world.pass_days(2);
    world.decide(index, 0).ok();
    let incident: Incident = world.chain.read(&world.incident(index, 0));
    world.chain.set_now(incident.disputes_end_at);
    world.settle(index, 0).ok();
}

/// A pool pays one incident in full, then another by one factor, and the books close to the atom.
#[test]
fn whole_life_of_a_pool() {
    let mut world = World::new();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.list_product(1, product_params("Stablecoin depeg")).ok();
    for (lp, amount) in [("ada", 400_000), ("ben", 350_000), ("cleo", 250_000)] {
        world.fund(lp, amount * UNIT);
        world.deposit(lp, amount * UNIT).ok();
    }
    assert_eq!(world.share_supply(), 1_000_000 * UNIT * 1_000);
    for (voter, stake) in [("vera", 600), ("walt", 300), ("xeno", 100)] {
        world.stake(voter, stake * UNIT).ok();
    }
    world.pass_days(2);

    // Four buyers on two products: 1.7 times the capital.
    for buyer in ["dora", "emil", "fay", "gus"] {
        world.fund(buyer, 200_000 * UNIT);
    }
    world.buy("dora", 0, 0, 800_000 * UNIT, 180).ok();
    world.buy("emil", 1, 0, 400_000 * UNIT, 120).ok();
    world.buy("fay", 1, 0, 300_000 * UNIT, 120).ok();
    world.buy("gus", 1, 0, 200_000 * UNIT, 120).ok();
    world.check_books();
    world.pass_days(20);

    // The first incident is paid in full.
    let dora = world.policy(0, "dora", 0);
    let first = world.incident(0, 0);
    let now = world.now();
    world.open_incident("dora", 0, 0, now - 3_600).ok();
    world.submit_claim("dora", &dora, &first, 800_000 * UNIT).ok();
    world.vote("vera", &first, 1).ok();
    world.vote("walt", &first, 0).ok();
    world.pass_days(3);
    world.close_ballot(&first).ok();
    settle(&mut world, 0);
    let net = cover::claimable(800_000 * UNIT, 800_000 * UNIT, 500).unwrap();
    let before = world.balance("dora");
    world.payout("dora", &dora, &first).ok();
    let claim_account: Claim = world.chain.read(&claim_address(&first, &dora));
    assert_eq!(claim_account.paid, net);
    assert_eq!(world.balance("dora"), before + net + claim_account.bond);
    world.collect_bond("dora", &first).ok();
    world.check_books();

    // The second finds less than its three claims ask for: one factor for all, no matter who cranks first.
    let second = world.incident(1, 0);
    let now = world.now();
    world.open_incident("emil", 1, 0, now - 60).ok();
    let claimants = [("emil", 400_000), ("fay", 300_000), ("gus", 200_000)];
    for (holder, loss) in claimants {
        let policy = world.policy(1, holder, 0);
        world.submit_claim(holder, &policy, &second, loss * UNIT).ok();
    }
    for voter in ["vera", "walt", "xeno"] {
        world.vote(voter, &second, 1).ok();
    }
    world.pass_days(3);
    world.close_ballot(&second).ok();
    settle(&mut world, 1);
    let incident: Incident = world.chain.read(&second);
    assert!(incident.settled < incident.approved, "the claims exceed the capital");
    assert_eq!(world.read_pool().capital, 0, "all there was goes to the claimants");

    let mut paid = 0;
    for (holder, _) in [claimants[2], claimants[0], claimants[1]] {
        let address = world.policy(1, holder, 0);
        let before = world.balance(holder);
        world.payout(holder, &address, &second).ok();
        let claim_account: Claim = world.chain.read(&claim_address(&second, &address));
        let due = settlement::part_of_settled(claim_account.amount, incident.settled, incident.approved).unwrap();
        assert_eq!(claim_account.paid, due, "every claim gets the same factor");
        assert_eq!(world.balance(holder), before + due + claim_account.bond);
        let policy: Policy = world.chain.read(&address);
        assert!(policy.paid <= policy.claimed && policy.claimed <= policy.amount);
        paid += due;
    }
    assert!(paid <= incident.settled && incident.settled - paid < 3, "less than an atom for each claim is left");
    world.collect_bond("emil", &second).ok();
    world.check_books();
    let pool = world.read_pool();
    assert_eq!(pool.payable, incident.settled - paid);
    assert_eq!(pool.bonds, 0);
    assert_eq!((pool.own_liens().expect("they fit"), pool.open_incidents), (0, 0));

    // The premiums that were still to come are the LPs' in the end, to the atom.
    world.pass_days(200);
    world.fund("hal", UNIT);
    let ballot_of_first: coverage_client::Ballot = world.chain.read(&ballot_address(&first));
    let [yes, no] = [Side::For, Side::Against].map(|side| ballot_of_first.weight_of(side));
    assert_eq!((yes, no), (Ok(600 * UNIT), Ok(300 * UNIT)));
}
