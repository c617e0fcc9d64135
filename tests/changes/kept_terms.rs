//! What has begun keeps the terms that it began with, whatever is changed meanwhile.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, cover};
use harness::{Chain, UNIT, World};
use solana_address::Address;

/// The bytes of accounts.
fn bytes(world: &mut Lite, addresses: &[Address]) -> Vec<Vec<u8>> {
    addresses.iter().map(|address| world.chain.account(address).expect("an account").data).collect()
}

#[test]
fn policies_incidents_and_ballots_keep_what_they_began_with() {
    let mut world = found(World::lite_bare());
    for name in ["opal", "otto", "treasury"] {
        world.fund(name, 10_000 * UNIT);
    }
    // Another court, floor of its stake or arbiter is told of apart: holders may go without a fee meanwhile. And who gets the authority
    // applies that.
    let mut changes = one_of_each(&mut world).to_vec();
    changes.retain(|(proposal, _)| {
        let kind = proposal.kind();
        ![ProposalKind::Court, ProposalKind::StakeFloor, ProposalKind::Arbiter, ProposalKind::Authority].contains(&kind)
    });
    for (proposal, index) in changes.clone() {
        queued(&mut world, &proposal, index);
    }
    // Four days before the changes apply an incident is reported, and dora claims; it counts, and otto disputes that two days later, as
    // another is reported.
    world.pass(TIMELOCK - 4 * DAY);
    let now = world.now();
    let (incident, policies) = (world.incident(0, 0), [world.policy(0, "dora", 0), world.policy(1, "emil", 0)]);
    world.open_incident("opal", 0, 0, now - 3_600).ok();
    world.submit_claim("dora", &policies[0], &incident, 115_000 * UNIT).ok();
    let second = world.incident(0, 1);
    world.vote("vera", &incident, FOR).ok();
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    world.open_incident("opal", 0, 1, now - 3_600).ok();
    world.dispute("otto", &policies[0], &incident).ok();
    let claim = claim_address(&incident, &policies[0]);
    let ballots = [incident, second, claim].map(|subject| ballot_address(&subject));
    let begun = [&[policies[0], policies[1], incident, second, claim], &ballots[..]].concat();
    let before = bytes(&mut world, &begun);
    world.pass(2 * DAY);
    // The longer timelock last: the others would have to wait for it.
    let mut order: Vec<_> = (0..).zip(changes).collect();
    order.sort_by_key(|(_, (proposal, _))| matches!(proposal, Proposal::Timelock { .. }));
    for (id, (_, index)) in order {
        world.apply(id, index).ok();
    }
    assert!(bytes(&mut world, &begun) == before, "what had begun was changed");

    // Emil cancels at the fee he bought with; the new one is zero.
    let receipt = world.cancel("emil", 1, &policies[1]).ok();
    let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(Some(event.fee), cover::cancel_fee(event.fee + event.refund, 500));
    assert!(event.fee > 0);

    // Nobody votes on the second one: its arbiter decides, who is not the pool's any more, by the windows of its opening.
    world.vote_at("vera", &claim, 9).ok();
    world.close_ballot(&claim).ok();
    world.pass_days(1);
    world.close_ballot(&second).ok();
    world.pass_days(6);
    world.close_ballot(&second).ok();
    world.arbitrate("nora", &second, FOR).fails(E::NotArbiter);
    world.arbitrate("arbiter", &second, FOR).ok();
    world.resolve_dispute(&policies[0], &incident).ok();
    world.pass_days(2);
    world.decide(0, 1).ok();
    let disputes_end_at = world.chain.read::<Incident>(&incident).disputes_end_at;
    move_to(&mut world, disputes_end_at);
    world.settle(0, 0).ok();
    let balance = world.balance("dora");
    world.payout("dora", &policies[0], &incident).ok();
    assert_eq!(world.balance("dora"), balance + 100_000 * UNIT * 9 / 16);
    world.check_books();
}

#[test]
fn a_ballot_is_rewarded_as_it_was_opened() {
    let mut world = found(World::lite_bare());
    let id = queued(&mut world, &Proposal::VoteReward { vote_reward: 0 }, None);
    world.pass(TIMELOCK - DAY);
    let petition = petitioned(&mut world, &Proposal::Delist, Some(0));
    let subject = world.change(petition);
    world.vote("vera", &subject, FOR).ok();
    world.pass(DAY);
    world.apply(id, None).ok();
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.queue(petition).ok();
    let balance = world.balance("vera");
    world.collect_vote_reward("vera", &subject).ok();
    world.collect_change_bond("vera", petition).ok();
    assert_eq!(world.balance("vera"), balance + REWARD + BOND);
    world.check_books();
}

#[test]
fn an_extension_keeps_the_terms_and_costs_todays_price() {
    let mut world = found(World::lite_bare());
    let address = world.policy(0, "dora", 0);
    let before: Policy = world.chain.read(&address);
    let curve = PriceCurve { r0_ppm: 1_000_000, r1_ppm: 1_000_000, r2_ppm: 1_000_000, kink_bps: 5_000 };
    changed(&mut world, &Proposal::Curve(curve), Some(0));
    changed(&mut world, &FEE, None);
    world.extend("dora", 0, &address, 10).ok();
    let after: Policy = world.chain.read(&address);
    let paid = after.premium - before.premium;
    assert_eq!(u128::from(paid), (u128::from(before.amount) * 10).div_ceil(365));
    let frozen = |policy: &Policy| {
        (policy.terms_hash, policy.deductible_bps, policy.grace_days, policy.filing_window_days, policy.cancel_fee_bps)
    };
    assert_eq!(frozen(&after), frozen(&before));
    world.check_books();
}
