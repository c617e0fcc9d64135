//! A thousand claims on two incidents at once, of a pool that can pay about half of them: some are disputed, some paid on account at drawn
//! moments, the others at the settlement. In the end all of an incident have one factor, whoever was paid when, and in which order.

use crate::claims::{Draw, Filed, HOLDERS, file};
use coverage_client::*;
use coverage_math::ballot;
use harness::{Chain, LiteChain, UNIT, World, product_params};

/// Claims on each of the two.
const EACH: u64 = 500;

/// What everybody got in the end, and what was settled and approved of each incident.
struct End {
    got: Vec<u64>,
    incidents: [(u64, u64); 2],
}

fn holder(nth: u64) -> String {
    format!("holder {}", nth % HOLDERS)
}

/// Two products whose cover, 900,000 each, is all claimed at once, of a pool with a million; the same in every play.
fn filed() -> (World<LiteChain>, Vec<Filed>) {
    let mut draw = Draw(20_261_130);
    let mut world = World::lite();
    for index in 0..2 {
        world.list_product(index, product_params("Exploit")).ok();
    }
    world.stake("vera", 600 * UNIT).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    for name in ["opal", "ines"] {
        world.fund(name, 2_000_000 * UNIT);
    }
    for nth in 0..HOLDERS {
        world.fund(&holder(nth), 200_000 * UNIT);
    }
    let mut policies = vec![];
    for index in 0..2 {
        let mut left = 900_000 * UNIT;
        for nth in 0..EACH {
            let amount = if nth + 1 == EACH { left } else { left / (EACH - nth) * (50 + draw.below(100)) / 100 };
            left -= amount;
            let id = u64::from(index) * EACH + nth;
            world.buy(&holder(nth), index, id, amount, 90).ok();
            policies.push((index, holder(nth), world.policy(index, &holder(nth), id), amount));
        }
    }
    world.pass_days(3);
    let now = world.now();
    let incidents = [0, 1].map(|index| {
        world.open_incident("opal", index, 0, now).ok();
        world.incident(index, 0)
    });
    let mut claims = vec![];
    for (nth, (index, holder, policy, amount)) in policies.iter().enumerate() {
        let loss = amount - draw.below(amount / 10);
        let incident = incidents[usize::from(*index)];
        claims.push(file(&mut world, holder, policy, &incident, loss, &format!("payee {nth}")));
    }
    for incident in &incidents {
        world.vote("vera", incident, 1).ok();
        world.close_ballot(incident).ok();
    }
    for (index, incident) in (0..).zip(&incidents) {
        let final_at = world.chain.read::<Ballot>(&ballot_address(incident)).final_at;
        world.wait_until(final_at);
        world.decide(index, 0).ok();
    }
    // A tenth is disputed.
    for (nth, claim) in claims.iter().enumerate().filter(|(nth, _)| nth % 10 == 3) {
        world.dispute("ines", &claim.policy, &incidents[nth / EACH as usize]).ok();
    }
    (world, claims)
}

/// Pays those of the claims that `draw` picks, one in `of`, in a drawn order; anyone may.
fn pay_some(world: &mut World<LiteChain>, claims: &[Filed], draw: &mut Draw, of: u64) {
    for nth in draw.order(claims.len()) {
        if draw.below(of) > 0 {
            continue;
        }
        let claim = &claims[nth];
        let incident = world.incident(u16::from(nth >= EACH as usize), 0);
        let accounts = world.payout_accounts(&claim.holder, &claim.policy, &incident);
        world.send(Payout { receiver: Some(claim.receiver), ..accounts }.instruction(), &[]);
    }
}

/// Plays it to its end, paid and settled in the order that `seed` draws.
fn play(seed: u64) -> End {
    let (mut world, claims) = filed();
    let mut draw = Draw(seed);
    let incidents = [0, 1].map(|index| world.incident(index, 0));
    // The court decides what stands of the disputed ones, each another part; meanwhile a third of the others is paid.
    let disputed: Vec<usize> = (0..claims.len()).filter(|nth| nth % 10 == 3).collect();
    let at = |nth: usize| claim_address(&incidents[nth / EACH as usize], &claims[nth].policy);
    let ends = disputed.iter().map(|nth| world.chain.read::<Ballot>(&ballot_address(&at(*nth))).closes_at).max();
    for nth in draw.order(disputed.len()) {
        let level = u8::try_from(disputed[nth] / 10 % 17).expect("a level");
        world.vote_at("vera", &at(disputed[nth]), level).ok();
    }
    world.pass_days(3);
    pay_some(&mut world, &claims, &mut draw, 3);
    world.wait_until(ends.expect("some are disputed"));
    let mut final_at = 0;
    for nth in &disputed {
        world.close_ballot(&at(*nth));
        final_at = final_at.max(world.chain.read::<Ballot>(&ballot_address(&at(*nth))).final_at);
    }
    world.wait_until(final_at);
    for nth in draw.order(disputed.len()) {
        let claim = disputed[nth];
        world.resolve_dispute(&claims[claim].policy, &incidents[claim / EACH as usize]).ok();
    }
    pay_some(&mut world, &claims, &mut draw, 4);
    let terms = incidents.map(|incident| world.chain.read::<Incident>(&incident));
    world.wait_until(terms.map(|terms| terms.disputes_end_at).into_iter().max().expect("two"));
    let mut order = [0, 1];
    if draw.below(2) == 1 {
        order.swap(0, 1);
    }
    for index in order {
        world.end_filing(index, 0).ok();
        world.settle_decided(index, 0).ok();
        pay_some(&mut world, &claims, &mut draw, 5);
    }
    for incident in &incidents {
        if world.chain.read::<Incident>(incident).held_back > 0 {
            world.settle_rest(incident).ok();
        }
    }
    pay_some(&mut world, &claims, &mut draw, 1);
    world.check_books();
    assert_eq!(world.read_pool().sure_liens.get(), 0);
    let read = incidents.map(|incident| world.chain.read::<Incident>(&incident));
    let mut got = vec![];
    for (nth, claim) in claims.iter().enumerate() {
        let incident = &read[nth / EACH as usize];
        let found: Claim = world.chain.read(&at(nth));
        // A dispute decided how much stands, and nothing else.
        let stands = ballot::part_at(claim.net, found.level).expect("a part");
        assert_eq!(found.amount, stands);
        let due = u128::from(stands) * u128::from(incident.settled) / u128::from(incident.approved);
        assert_eq!(u128::from(found.paid), due, "claim {nth} of {seed}");
        got.push(found.paid);
    }
    End { got, incidents: read.map(|incident| (incident.settled, incident.approved)) }
}

#[test]
fn a_thousand_claims_of_two_incidents_get_one_factor_whoever_is_paid_when() {
    let ends = [1, 2].map(play);
    for end in &ends {
        let [(first, of_first), (second, of_second)] = end.incidents;
        println!("{first} of {of_first} and {second} of {of_second}");
        // Both by the same factor, to an atom, and all that there is: less than was asked for.
        let cross = [u128::from(first) * u128::from(of_second), u128::from(second) * u128::from(of_first)];
        assert!(cross[0].abs_diff(cross[1]) <= u128::from(of_first + of_second), "{cross:?}");
        assert!(first < of_first * 7 / 10, "there is too little");
    }
    let [one, other] = ends;
    for (one, other) in one.incidents.iter().zip(&other.incidents) {
        assert_eq!(one.1, other.1);
        assert!(one.0.abs_diff(other.0) <= 4, "{one:?} {other:?}");
    }
    for (one, other) in one.got.iter().zip(&other.got) {
        assert!(one.abs_diff(*other) <= 1, "{one} {other}");
    }
}
