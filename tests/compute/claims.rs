//! A thousand claims on one incident: one factor for all, no matter who cranks in whatever order, and a settlement that costs
//! what it costs for one.

use coverage_client::*;
use coverage_math::{DAY, settlement};
use harness::{Chain, LiteChain, UNIT, World, product_params};
use solana_address::Address;

/// Holders of the policies; each files for as many payees as it has policies.
pub const HOLDERS: u64 = 40;
/// Those who crank.
const CALLERS: [&str; 4] = ["guardian", "founder", "opal", "trent"];

/// What is drawn is the same in every run.
pub struct Draw(pub u64);

impl Draw {
    /// The next number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// The numbers below `end` in a drawn order.
    pub fn order(&mut self, end: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..end).collect();
        for last in (1..end).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).unwrap();
            order.swap(last, other);
        }
        order
    }
}

/// One claim: its holder, its policy, the account that is paid, and its amount.
pub struct Filed {
    pub holder: String,
    pub policy: Address,
    pub receiver: Address,
    pub net: u64,
}

/// A pool that has lost most of its million to another product, and an incident with `count` claims on what is left,
/// of 900,000 units in all; with what settling took.
fn settled(count: u64, draw: &mut Draw) -> (World<LiteChain>, Vec<Filed>, u64) {
    let mut world = World::lite();
    for index in 0..2 {
        world.list_product(index, product_params("Exploit")).ok();
    }
    world.stake("vera", 600 * UNIT).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for name in ["opal", "trent", "gus"] {
        world.fund(name, 2_000_000 * UNIT);
    }
    world.buy("gus", 1, 0, 800_000 * UNIT, 90).ok();
    let holder = |nth: u64| format!("holder {}", nth % HOLDERS);
    for nth in 0..HOLDERS.min(count) {
        world.fund(&holder(nth), 100_000 * UNIT);
    }
    // Each a drawn part of the sum, to the atom, and the last whatever is left of it.
    let (mut left, mut policies) = (900_000 * UNIT, Vec::new());
    for nth in 0..count {
        let amount = if nth + 1 == count { left } else { left / (count - nth) * (50 + draw.below(100)) / 100 };
        left -= amount;
        world.buy(&holder(nth), 0, nth, amount, 90).ok();
        policies.push((world.policy(0, &holder(nth), nth), amount));
    }
    world.pass_days(3);
    let (drained, gus) = (world.incident(1, 0), world.policy(1, "gus", 0));
    decide(&mut world, 1, |world| file(world, "gus", &gus, &drained, 800_000 * UNIT, "gus").net);
    world.conclude(1, 0).ok();
    let incident = world.incident(0, 0);
    let mut claims = Vec::new();
    decide(&mut world, 0, |world| {
        for (nth, (policy, amount)) in (0..).zip(&policies) {
            let loss = amount - draw.below(amount / 10);
            claims.push(file(world, &holder(nth), policy, &incident, loss, &format!("payee {nth}")));
        }
        0
    });
    let units = world.conclude(0, 0).ok().units();
    (world, claims, units)
}

/// Opens an incident, has the jury decide it and claims filed.
fn decide(world: &mut World<LiteChain>, index: u16, claims: impl FnOnce(&mut World<LiteChain>) -> u64) {
    let (now, incident) = (world.now(), world.incident(index, 0));
    world.open_incident("opal", index, 0, now).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    claims(world);
}

/// Files a claim that is to be paid to `payee`, at least an atom above the deductible.
pub fn file(
    world: &mut World<LiteChain>,
    holder: &str,
    policy: &Address,
    incident: &Address,
    loss: u64,
    payee: &str,
) -> Filed {
    let (asset, payee) = (world.asset(), world.key(&format!("{payee}, paid")));
    let receiver = world.open_tokens_of(&payee, &asset);
    let accounts = SubmitClaim { receiver, ..world.claim_accounts(holder, policy, incident) };
    world.send(accounts.instruction(&harness::claim_request(loss)), &[holder]).ok();
    let claim: Claim = world.chain.read(&claim_address(incident, policy));
    Filed { holder: holder.to_string(), policy: *policy, receiver, net: claim.amount }
}

/// Pays every claim in a drawn order at the word of drawn callers; returns what each payee has.
fn pay(world: &mut World<LiteChain>, claims: &[Filed], draw: &mut Draw) -> Vec<u64> {
    let incident = world.incident(0, 0);
    for nth in draw.order(claims.len()) {
        let caller = world.key(CALLERS[usize::try_from(draw.below(4)).unwrap()]);
        let Filed { holder, policy, receiver, .. } = &claims[nth];
        let accounts = Payout { caller, receiver: Some(*receiver), ..world.payout_accounts(holder, policy, &incident) };
        world.send(accounts.instruction(), &[]).ok();
    }
    claims.iter().map(|filed| world.balance_of(&filed.receiver)).collect()
}

#[test]
fn a_thousand_claims_are_paid_by_one_factor() {
    let mut draw = Draw(20_261_121);
    let (_, _, one) = settled(1, &mut draw);
    let (mut world, claims, many) = settled(1_000, &mut draw);
    println!("settle_incident: {one} with one claim, {many} with a thousand");
    assert!(one.abs_diff(many) * 100 <= one, "{one} with one claim, {many} with a thousand");

    let address = world.incident(0, 0);
    let read: Incident = world.chain.read(&address);
    assert_eq!(claims.iter().map(|filed| filed.net).sum::<u64>(), read.approved);
    assert!(read.settled < read.approved / 2 && read.settled > read.approved / 10);
    let pool = world.read_pool();
    assert_eq!(pool.capital, 0, "the factor is below one because nothing is left");
    let gus = world.incident(1, 0);
    let others = world.chain.read::<Incident>(&gus).settled;
    let bonds: Vec<u64> = claims.iter().map(|filed| read.claim_bond(filed.net).unwrap()).collect();

    // By its factor, rounded down, each, and what the roundings leave is less than an atom for each.
    let first = pay(&mut world, &claims, &mut draw);
    for ((got, filed), bond) in first.iter().zip(&claims).zip(&bonds) {
        let due = u128::from(filed.net) * u128::from(read.settled) / u128::from(read.approved);
        assert_eq!(u128::from(got - bond), due);
        assert_eq!(settlement::part_of_settled(filed.net, read.settled, read.approved), u64::try_from(due).ok());
    }
    let paid: u64 = first.iter().sum::<u64>() - bonds.iter().sum::<u64>();
    let dust = read.settled - paid;
    println!("{paid} of {} atoms paid, {} claimed; {dust} of dust", read.settled, read.approved);
    assert!(paid <= read.settled && dust < 1_000);
    assert_eq!(world.read_pool().payable, others + dust);

    // A recovery of a part, in another order by others, and then of all the rest: everybody to the last atom.
    world.recover("trent", &address, 123_456_789_012).ok();
    let settled = read.settled + 123_456_789_012;
    let second = pay(&mut world, &claims, &mut draw);
    for ((got, filed), bond) in second.iter().zip(&claims).zip(&bonds) {
        let due = u128::from(filed.net) * u128::from(settled) / u128::from(read.approved);
        assert_eq!(u128::from(got - bond), due);
    }
    world.pass(400 * DAY);
    world.recover("trent", &address, read.approved - settled).ok();
    let last = pay(&mut world, &claims, &mut draw);
    for ((got, filed), bond) in last.iter().zip(&claims).zip(&bonds) {
        assert_eq!(*got, filed.net + bond);
    }
    let read: Incident = world.chain.read(&address);
    assert_eq!((read.settled, read.paid), (read.approved, read.approved));
    assert_eq!(world.read_pool().payable, others);
    world.check_books();
}
