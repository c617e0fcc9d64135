//! An incident that an appeal decides and of whose claims one is disputed, and one that the arbiter decides.

use super::{Costs, book, created};
use crate::floor::Derived;
use coverage_client::*;
use harness::{Chain as _, LiteChain, UNIT, World};
use solana_address::Address;

/// The program of the associated token accounts.
const ASSOCIATED: Address = Address::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

/// Plays both, to the last account that they leave.
pub fn play(world: &mut World<LiteChain>, costs: &mut Costs) {
    world.fund("carl", 50_000 * UNIT);
    world.give_lamports("cora");
    let asset = world.asset();
    for name in ["vera", "walt"] {
        world.open_tokens(name, &asset);
    }
    let receipt = world.set_delegate("walt", Some("cora"));
    book(costs, "set_delegate", receipt, &[]);
    world.pass_days(10);
    report(world, costs);
    vote(world, costs);
    dispute(world, costs);
    resolve(world, costs);
    release(world, costs);
    pay(world, costs);
    close(world, costs);
    arbitrate(world, costs);
}

/// The associated token account that a crank must recognise, by the name of its owner.
pub(super) fn recognised(world: &World<LiteChain>, owner: &str) -> Derived {
    let (owner, mint) = (world.key(owner), world.asset());
    let seeds = [owner.as_ref(), spl_token_interface::ID.as_ref(), mint.as_ref()];
    let (_, bump) = Address::find_program_address(&seeds, &ASSOCIATED);
    Derived { seeds: vec![32, 32, 32], bump, created: false }
}

/// An incident and two claims; the second is measured.
fn report(world: &mut World<LiteChain>, costs: &mut Costs) {
    let now = world.now();
    let receipt = world.open_incident("dora", 0, 0, now - 60);
    let incident = world.incident(0, 0);
    let accounts = [created(world, &incident, &[8, 32, 4]), created(world, &ballot_address(&incident), &[6, 32])];
    book(costs, "open_incident", receipt, &accounts);

    let [dora, emil] = policies(world);
    world.submit_claim("dora", &dora, &incident, 300_000 * UNIT).ok();
    let receipt = world.submit_claim("emil", &emil, &incident, 150_000 * UNIT);
    let accounts = [created(world, &claim_address(&incident, &emil), &[5, 32, 32])];
    book(costs, "submit_claim", receipt, &accounts);
    let (asset, emils) = (world.asset(), "emil");
    let receiver = world.tokens(emils, &asset);
    let redirect = world.redirect_accounts(emils, &emil, &incident, &receiver);
    let receipt = world.send(redirect.instruction(), &[emils]);
    book(costs, "redirect_claim", receipt, &[]);
}

/// Dora's and Emil's policies.
fn policies(world: &World<LiteChain>) -> [Address; 2] {
    ["dora", "emil"].map(|name| world.policy(0, name, 0))
}

/// A dispute of a claim, whose incident counts.
fn dispute(world: &mut World<LiteChain>, costs: &mut Costs) {
    let (incident, [dora, _]) = (world.incident(0, 0), policies(world));
    let claim = claim_address(&incident, &dora);
    let receipt = world.dispute("carl", &dora, &incident);
    let accounts = [created(world, &ballot_address(&claim), &[6, 32])];
    book(costs, "dispute_claim", receipt, &accounts);
    let receipt = world.attach_evidence("cora", &claim);
    book(costs, "attach_evidence", receipt, &[]);
}

/// A first vote against the incident, an appeal that overturns it, and the verdict.
fn vote(world: &mut World<LiteChain>, costs: &mut Costs) {
    let incident = world.incident(0, 0);
    let mut aside = world.clone();
    let receipt = aside.vote_for("cora", "walt", &incident, 16);
    let record = aside.vote_accounts("walt", &incident).record;
    let accounts = [created(&mut aside, &record, &[4, 32, 32])];
    book(costs, "vote, by a delegate", receipt, &accounts);
    let receipt = aside.vote("walt", &incident, 0);
    book(costs, "vote, over a delegate's", receipt, &[]);

    world.vote("walt", &incident, 1).ok();
    let receipt = world.vote("vera", &incident, 0);
    book(costs, "vote", receipt, &[]);
    world.pass_days(3);
    let receipt = world.close_ballot(&incident);
    book(costs, "close_ballot", receipt, &[]);

    let receipt = world.appeal("emil", &incident);
    book(costs, "appeal", receipt, &[]);
    for name in ["vera", "walt"] {
        world.vote(name, &incident, 1).ok();
    }
    world.close_ballot(&incident).ok();
    let receipt = world.decide(0, 0);
    book(costs, "decide_incident", receipt, &[]);
}

/// The dispute's end: half of the claim stands.
fn resolve(world: &mut World<LiteChain>, costs: &mut Costs) {
    let (incident, [dora, _]) = (world.incident(0, 0), policies(world));
    let claim = claim_address(&incident, &dora);
    for name in ["vera", "walt"] {
        world.vote_at(name, &claim, 8).ok();
    }
    world.close_ballot(&claim).ok();
    world.pass_days(2);
    let receipt = world.resolve_dispute(&dora, &incident);
    book(costs, "resolve_dispute", receipt, &[]);
    let receipt = world.collect_dispute_bond("carl", &dora, &incident);
    let accounts = [recognised(world, "carl")];
    book(costs, "collect_dispute_bond", receipt, &accounts);
}

/// Votes are released, with a reward or a loss, and what was lost is burned.
fn release(world: &mut World<LiteChain>, costs: &mut Costs) {
    let (incident, [dora, _]) = (world.incident(0, 0), policies(world));
    let claim = claim_address(&incident, &dora);
    let receipt = world.collect_vote_reward("vera", &incident);
    book(costs, "collect_vote_reward, overturned", receipt, &[]);
    let receipt = world.collect_vote_reward("walt", &incident);
    let accounts = [recognised(world, "walt")];
    book(costs, "collect_vote_reward", receipt, &accounts);
    let receipt = world.release_vote("walt", &claim);
    book(costs, "collect_vote_reward, without the reward", receipt, &[]);
    for name in ["vera", "walt"] {
        world.collect_vote_reward(name, &claim).ok();
    }
    let receipt = world.collect_appeal_bond("emil", &incident);
    let accounts = [recognised(world, "emil")];
    book(costs, "collect_appeal_bond", receipt, &accounts);
    let receipt = world.burn_slashed();
    book(costs, "burn_slashed", receipt, &[]);
    let receipt = world.request_unstake("walt", 100 * UNIT);
    book(costs, "request_unstake", receipt, &[]);
}

/// What the claims get.
fn pay(world: &mut World<LiteChain>, costs: &mut Costs) {
    let (incident, [dora, emil]) = (world.incident(0, 0), policies(world));
    let terms: Incident = world.chain.read(&incident);
    world.wait_until(terms.filing_ends_at);
    let receipt = world.end_filing(0, 0);
    book(costs, "end_filing", receipt, &[]);
    world.wait_until(terms.disputes_end_at);
    let receipt = world.settle_decided(0, 0);
    book(costs, "settle_incident", receipt, &[]);
    let receipt = world.payout("emil", &emil, &incident);
    book(costs, "payout", receipt, &[]);
    world.payout("dora", &dora, &incident).ok();
    let receipt = world.collect_bond("dora", &incident);
    let accounts = [recognised(world, "dora")];
    book(costs, "collect_incident_bond", receipt, &accounts);
    let receipt = world.recover("carl", &incident, 10_000 * UNIT);
    book(costs, "recover", receipt, &[]);
}

/// What is left of the accounts.
fn close(world: &mut World<LiteChain>, costs: &mut Costs) {
    let (incident, [dora, emil]) = (world.incident(0, 0), policies(world));
    let receipt = world.reclaim_ballot("dora", &incident);
    book(costs, "reclaim_ballot", receipt, &[]);
    world.reclaim_ballot("carl", &claim_address(&incident, &dora)).ok();
    let receipt = world.close_claim("emil", &emil, &incident);
    book(costs, "close_claim", receipt, &[]);
    world.close_claim("dora", &dora, &incident).ok();
    let receipt = world.close_incident("dora", &incident);
    book(costs, "close_incident", receipt, &[]);
}

/// An incident that nobody votes on.
fn arbitrate(world: &mut World<LiteChain>, costs: &mut Costs) {
    let now = world.now();
    world.open_incident("emil", 0, 1, now - 60).ok();
    let incident = world.incident(0, 1);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass_days(6);
    world.close_ballot(&incident).ok();
    world.give_lamports("arbiter");
    let receipt = world.arbitrate("arbiter", &incident, 0);
    book(costs, "arbitrate", receipt, &[]);
    world.pass_days(2);
    let receipt = world.decide(0, 1);
    book(costs, "decide_incident, refused", receipt, &[]);
    let receipt = world.settle_decided(0, 1);
    book(costs, "settle_incident, rejected", receipt, &[]);
}
