//! A life up to a moment in which there is an account of every type, each with something left to do.

use coverage_client::*;
use coverage_math::DAY;
use harness::{
    Chain as _, LiteChain, PriceUpdate, UNIT, World, WorldPrice as _, assembly_params, authority_product, pool_params,
    price_product, product_params,
};

/// A world on LiteSVM.
pub type Play = World<LiteChain>;

/// Product with an incident that is settled and not paid.
pub const SETTLED: u16 = 0;
/// Product with an incident on which is voted.
pub const OPEN: u16 = 1;
/// Product whose price is below the strike.
pub const PEG: u16 = 2;
/// Product on which a venue draws.
pub const VENUE: u16 = 3;
/// A price below the strike of [`PEG`].
pub const BELOW: i64 = 93_000_000;

/// The change that waits.
pub const FEES: Proposal = Proposal::ProtocolFee { protocol_fee_bps: 900 };

/// Number of the pool that was wiped out.
pub const WIPED: u64 = 1;

/// The exit epoch that is paid and not collected: of ada's ticket 0.
pub fn exit_epoch(world: &mut Play) -> u64 {
    let ticket = exit_ticket_address(&world.pool(), &world.key("ada"), 0);
    world.chain.read::<ExitTicket>(&ticket).epoch
}

/// Plays it.
pub fn lived() -> Play {
    let mut world = convened();
    wipe_out(&mut world);
    found(&mut world);
    exits(&mut world);
    incidents(&mut world);
    let below = PriceUpdate::of(BELOW, world.now());
    world.show(PEG, &below).ok();
    let policy = world.policy(VENUE, "venue", 0);
    world.draw("venue", "venue", VENUE, &policy, 12_000 * UNIT).ok();
    // And one that waits.
    world.request_exit("ada", 1, 500 * UNIT).ok();
    world.check_books();
    world
}

/// An assembly with its stakers.
fn convened() -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.stake("walt", 400 * UNIT).ok();
    world
}

/// A pool that has paid all it had, whose shares are retired and not redeemed.
fn wipe_out(world: &mut Play) {
    world.playing = WIPED;
    world.create_pool(WIPED, pool_params()).ok();
    for name in ["ada", "dora"] {
        world.fund(name, 10_000 * UNIT);
    }
    let nearly_free = ProductParams { r0_ppm: 1, r1_ppm: 1, r2_ppm: 1, deductible_bps: 0, ..product_params("All") };
    world.list_product(0, nearly_free).ok();
    world.deposit("ada", 1_000 * UNIT).ok();
    world.begin_sales();
    world.buy("dora", 0, 0, 1_000 * UNIT, 2).ok();
    world.pass(DAY + DAY / 2);
    let (now, policy, incident) = (world.now(), world.policy(0, "dora", 0), world.incident(0, 0));
    world.open_incident("dora", 0, 0, now).ok();
    world.submit_claim("dora", &policy, &incident, 1_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    world.pass_days(18);
    world.settle(0, 0).ok();
    world.payout("dora", &policy, &incident).ok();
    // Until no cover is active.
    world.pass_days(20);
    world.roll_product(0).ok();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    world.check_books();
    world.playing = 0;
}

/// A pool of four products, capital and cover.
fn found(world: &mut Play) {
    world.create_pool(0, PoolParams { vote_reward: 100 * UNIT, ..pool_params() }).ok();
    for name in ["ada", "dora", "gwen", "venue", "otto", "keeper", "vera"] {
        world.fund(name, 2_000_000 * UNIT);
    }
    world.list_product(SETTLED, product_params("Lending exploit")).ok();
    world.list_product(OPEN, product_params("Bridge exploit")).ok();
    world.list_product(PEG, price_product("USDX depeg")).ok();
    world.list_product(VENUE, authority_product("Venue shortfall")).ok();
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.begin_sales();
    world.buy("dora", SETTLED, 0, 200_000 * UNIT, 180).ok();
    world.buy("gwen", OPEN, 0, 100_000 * UNIT, 180).ok();
    world.buy("dora", PEG, 0, 50_000 * UNIT, 180).ok();
    world.buy("venue", VENUE, 0, 100_000 * UNIT, 180).ok();
    // It can be applied since long at the moment that is saved.
    world.propose(&FEES, None).ok();
    world.pass(2 * DAY);
}

/// An exit that is paid and not collected.
fn exits(world: &mut Play) {
    world.request_exit("ada", 0, 1_000 * UNIT).ok();
    world.await_exits();
    world.pay_exits().ok();
}

/// One incident that is settled, with a claim that is not paid, of which a dispute left seven eighths; and one on which is voted.
fn incidents(world: &mut Play) {
    let (now, policy, incident) = (world.now(), world.policy(SETTLED, "dora", 0), world.incident(SETTLED, 0));
    let claim = claim_address(&incident, &policy);
    world.open_incident("dora", SETTLED, 0, now - 3_600).ok();
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(SETTLED, 0).ok();
    world.dispute("otto", &policy, &incident).ok();
    // The jury is with otto in part.
    world.vote_at("vera", &claim, 14).ok();
    world.close_ballot(&claim).ok();
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    world.pass_days(18);
    world.settle(SETTLED, 0).ok();

    let now = world.now();
    world.open_incident("gwen", OPEN, 0, now - 3_600).ok();
}
