//! The story of what prices and a covered program decide, and its calls.

use crate::{
    calls::{
        PAYER, buy_direct, close_ballot, create_assembly, create_pool, decide_incident, deposit, elsewhere, stake, vote,
    },
    life::{ALL, Good, Life, MINE, POOL, POOLS, PRODUCT, PRODUCTS, Part, Play, USER, USERS},
};
use coverage_client::*;
use harness::{Chain, PriceUpdate, UNIT, WorldPrice as _, authority_product, price_product};
use solana_address::Address;
use solana_instruction::Instruction;

/// Where the venue draws.
const VENUES: [Part; 4] = [
    Part { product: 2, ..MINE },
    Part { product: 2, ..USER },
    Part { product: 3, ..PRODUCT },
    Part { product: 1, ..POOL },
];
/// One policy of each of its products, on which more is drawn than it may at once.
const BOOKERS: [Part; 3] = [VENUES[0], VENUES[2], VENUES[3]];
/// Below the strike, and at it.
const BROKEN: i64 = 93_000_000;
const WHOLE: i64 = 98_000_000;

/// A breach that is refuted, one of which an incident is made, draws, and what is booked of them.
pub fn triggers() -> Vec<Good> {
    let mut life = founded();
    life.note("elsewhere", &VENUES, elsewhere(draw, [4, 5]));
    life.play(&VENUES, draw);

    breach(&mut life);
    let within = life.world.now() - 600;
    life.world.post_price(&PriceUpdate::of(WHOLE, within));
    life.play(PRODUCTS, refute_breach);
    breach(&mut life);
    life.play(PRODUCTS, open_price_incident);
    life.note("elsewhere", ALL, elsewhere(claim_breach, [5, 6]));
    life.play(ALL, claim_breach);
    let before = life.world.clone();
    life.world.pass_days(2);
    life.note("unchallenged", PRODUCTS, decide_incident(0));
    life.world = before;
    life.play(PRODUCTS, challenge_incident);
    let incident: Incident = life.world.chain.read(&life.world.incident(0, 0));
    life.world.post_price(&PriceUpdate::of(WHOLE, incident.measured_from + 1));
    life.play(PRODUCTS, refute_incident);
    life.note("refuted", PRODUCTS, decide_incident(0));
    bookings(&mut life);
    life.goods
}

/// More is drawn than can be paid at once; the rest is settled, paid, challenged and decided on.
fn bookings(life: &mut Life) {
    life.note("of more than is paid at once", &BOOKERS, draw_all);
    life.repeat(&BOOKERS, draw_all);
    life.world.pass(40_000);
    life.note("elsewhere", &BOOKERS, elsewhere(pay_booking, [5, 6]));
    life.note("without paying", &BOOKERS, settle_booking);
    life.play(&BOOKERS, pay_booking);
    life.note("of a booking", &BOOKERS, challenge_incident);
    life.repeat(&BOOKERS, challenge_incident);
    life.repeat(&BOOKERS, vote(0));
    life.repeat(&BOOKERS, close_ballot(0));
    life.world.pass_days(2);
    life.note("of a booking", &BOOKERS, decide_incident(0));
}

/// Pools whose products are all covered, past the waiting period.
fn founded() -> Life {
    let mut life = Life::start();
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    life.play(PRODUCTS, list_price_product);
    life.play(&[VENUES[0], VENUES[3]], list_authority_product);
    life.play(&[VENUES[2]], list_authority_product);
    life.open_shares();
    life.play(USERS, stake);
    life.play(USERS, deposit);
    life.world.give_lamports("venue");
    life.open();
    life.play(ALL, buy_direct(0));
    life.play(&VENUES, buy_direct(0));
    life.world.pass_days(3);
    life.goods.clear();
    life
}

/// An hour of prices below the strike.
fn breach(life: &mut Life) {
    for _ in 0..7 {
        life.world.pass(600);
        let now = life.world.now();
        life.world.post_price(&PriceUpdate::of(BROKEN, now));
        life.play(PRODUCTS, observe_price);
    }
}

/// A product that prices decide.
fn list_price_product(world: &mut Play, part: &Part) -> Instruction {
    let (authority, payer) = (world.key(part.convener), world.key(PAYER));
    let accounts = ListProduct { authority, payer, ..world.list_product_accounts(part.product) };
    accounts.instruction(&price_product("Depeg"))
}

/// A product that the venue draws on.
fn list_authority_product(world: &mut Play, part: &Part) -> Instruction {
    let (authority, payer) = (world.key(part.convener), world.key(PAYER));
    let accounts = ListProduct { authority, payer, ..world.list_product_accounts(part.product) };
    accounts.instruction(&authority_product("Venue"))
}

/// The price that the receiver program's account shows.
fn observe_price(world: &mut Play, part: &Part) -> Instruction {
    let (pool, product) = (world.pool(), world.product(part.product));
    ObservePrice { pool, product, price_update: price_account(world) }.instruction()
}

fn price_account(world: &mut Play) -> Address {
    world.key("price update")
}

/// The same, as one from inside the breach.
fn refute_breach(world: &mut Play, part: &Part) -> Instruction {
    RefuteBreach { product: world.product(part.product), price_update: price_account(world) }.instruction()
}

/// The same, of the product's first incident.
fn refute_incident(world: &mut Play, part: &Part) -> Instruction {
    let (product, incident) = (world.product(part.product), part.incident(world));
    RefuteIncident { product, incident, price_update: price_account(world) }.instruction()
}

fn open_price_incident(world: &mut Play, part: &Part) -> Instruction {
    world.open_price_incident_accounts("opal", part.product, 0).instruction()
}

/// By the disputer.
fn challenge_incident(world: &mut Play, part: &Part) -> Instruction {
    let accounts = world.challenge_accounts(part.disputer, part.product, 0);
    ChallengeIncident { payer: world.key(PAYER), ..accounts }.instruction(&harness::challenge_request())
}

/// Of the holder's policy; pete pays the rent.
fn claim_breach(world: &mut Play, part: &Part) -> Instruction {
    let (policy, incident) = (part.policy(world, 0), part.incident(world));
    world.claim_breach_accounts(PAYER, part.holder, &policy, &incident).instruction()
}

/// On the holder's policy; pete pays for the booking.
fn draw_all(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    let accounts = world.booking_accounts("venue", part.holder, part.product, &policy);
    Draw { payer: Some(world.key(PAYER)), ..accounts }.instruction(u64::MAX, 0)
}

/// Of the product's first.
fn pay_booking(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    world.pay_booking_accounts(part.holder, part.product, &policy, 0).instruction()
}

/// The same, to nobody.
fn settle_booking(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    PayBooking { receiver: None, ..world.pay_booking_accounts(part.holder, part.product, &policy, 0) }.instruction()
}

/// On the holder's policy.
fn draw(world: &mut Play, part: &Part) -> Instruction {
    let policy = part.policy(world, 0);
    world.draw_accounts("venue", part.holder, part.product, &policy).instruction(15_000 * UNIT, 0)
}
