//! A depeg that is challenged, ones that prices refute, and a venue that draws.

use super::{Costs, book, created, incident::recognised};
use coverage_client::*;
use harness::{
    LiteChain, PriceUpdate, UNIT, World, WorldPrice as _, assembly_params, authority_product, pool_params,
    price_product,
};

const PEG: u16 = 0;
const VENUE: u16 = 1;
/// Below the strike, and at it.
const BROKEN: i64 = 93_000_000;
const STRIKE: i64 = 98_000_000;

/// Plays all of it.
pub fn play(costs: &mut Costs) {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, PoolParams { vote_reward: 20 * UNIT, ..pool_params() }).ok();
    world.list_product(PEG, price_product("USDX depeg")).ok();
    world.list_product(VENUE, authority_product("Venue shortfall")).ok();
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "dora", "emil", "venue", "carl"] {
        world.fund(name, 600_000 * UNIT);
    }
    world.deposit("ada", 600_000 * UNIT).ok();
    for name in ["dora", "emil"] {
        world.buy(name, PEG, 0, 50_000 * UNIT, 180).ok();
    }
    world.buy("venue", VENUE, 0, 100_000 * UNIT, 180).ok();
    world.pass_days(2);
    refute(&mut world, costs);
    challenge(&mut world, costs);
    draw(&mut world, costs);
    bookings(&mut world, costs);
}

/// Shows prices below the strike until the breach counts, and returns what the last cost, and when the first was.
fn breach(world: &mut World<LiteChain>) -> (harness::Receipt, u64) {
    world.pass(60);
    let from = world.now();
    world.observe(PEG, BROKEN).ok();
    for _ in 0..5 {
        world.pass(600);
        world.observe(PEG, BROKEN).ok();
    }
    world.pass(600);
    (world.observe(PEG, BROKEN), from)
}

/// A breach that a price refutes, and an incident.
fn refute(world: &mut World<LiteChain>, costs: &mut Costs) {
    world.pass(60);
    let receipt = world.observe(PEG, BROKEN);
    book(costs, "observe_price, first of a breach", receipt, &[]);
    let (receipt, from) = breach(world);
    book(costs, "observe_price", receipt, &[]);
    let receipt = world.refute_breach(PEG, &PriceUpdate::of(STRIKE, from + 60));
    book(costs, "refute_breach", receipt, &[]);

    let (_, from) = breach(world);
    world.open_price_incident("carl", PEG, 0).ok();
    let receipt = world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 60));
    book(costs, "refute_incident", receipt, &[]);
    let receipt = world.decide(PEG, 0);
    book(costs, "decide_incident, refuted", receipt, &[]);
    world.settle_decided(PEG, 0).ok();
}

/// An incident with two claims; the second is measured.
fn challenge(world: &mut World<LiteChain>, costs: &mut Costs) {
    breach(world);
    let receipt = world.open_price_incident("carl", PEG, 1);
    let incident = world.incident(PEG, 1);
    let accounts = [created(world, &incident, &[8, 32, 4])];
    book(costs, "open_price_incident", receipt, &accounts);
    let [dora, emil] = ["dora", "emil"].map(|name| world.policy(PEG, name, 0));
    world.claim_breach("carl", "dora", &dora, &incident).ok();
    let receipt = world.claim_breach("carl", "emil", &emil, &incident);
    let accounts = [created(world, &claim_address(&incident, &emil), &[5, 32, 32]), recognised(world, "emil")];
    book(costs, "claim_breach", receipt, &accounts);
    let receipt = world.challenge("carl", PEG, 1);
    let accounts = [created(world, &ballot_address(&incident), &[6, 32])];
    book(costs, "challenge_incident", receipt, &accounts);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.conclude(PEG, 1).ok();
}

/// Two losses; the second is paid at once.
fn draw(world: &mut World<LiteChain>, costs: &mut Costs) {
    let policy = world.policy(VENUE, "venue", 0);
    world.draw("venue", "venue", VENUE, &policy, 6_000 * UNIT).ok();
    world.pass(600);
    let loss = world.draw_accounts("venue", "venue", VENUE, &policy).instruction(5_000 * UNIT, 0);
    let receipt = world.send(loss, &["venue"]);
    book(costs, "draw", receipt, &[]);
    // To a holder who does not sign.
    world.buy("emil", VENUE, 0, 50_000 * UNIT, 90).ok();
    world.pass_days(2);
    let policy = world.policy(VENUE, "emil", 0);
    let loss = world.draw_accounts("venue", "emil", VENUE, &policy).instruction(5_000 * UNIT, 0);
    let receipt = world.send(loss, &["venue"]);
    let accounts = [recognised(world, "emil")];
    book(costs, "draw, for another holder", receipt, &accounts);
}

/// A loss that is not paid at once, and what becomes of it.
fn bookings(world: &mut World<LiteChain>, costs: &mut Costs) {
    let policy = world.policy(VENUE, "emil", 0);
    let booking = world.incident(VENUE, 0);
    let receipt = world.draw("venue", "emil", VENUE, &policy, 40_000 * UNIT);
    let accounts = [created(world, &booking, &[8, 32, 4]), recognised(world, "emil")];
    book(costs, "draw, with a booking", receipt, &accounts);
    world.pass(600);
    let receipt = world.pay_booking("emil", VENUE, &policy, 0);
    let accounts = [recognised(world, "emil")];
    book(costs, "pay_booking", receipt, &accounts);
    let receipt = world.challenge("carl", VENUE, 0);
    let ballots = [created(world, &ballot_address(&booking), &[6, 32])];
    book(costs, "challenge_incident, of a booking", receipt, &ballots);
    world.vote("vera", &booking, 1).ok();
    world.close_ballot(&booking).ok();
    world.pass_days(3);
    let receipt = world.decide(VENUE, 0);
    book(costs, "decide_incident, of a booking", receipt, &[]);
    world.pay_booking("emil", VENUE, &policy, 0).ok();
    world.pass_days(3);
    let receipt = world.pay_booking("emil", VENUE, &policy, 0);
    book(costs, "pay_booking, the last", receipt, &accounts);
}
