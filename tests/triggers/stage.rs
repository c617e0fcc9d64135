//! Where these suites play.

use coverage_client::*;
use coverage_math::DAY;
pub use harness::WorldPrice as _;
use harness::{ProgramTestChain, UNIT, World, authority_product, pool_params, price_product};
use solana_address::Address;

/// The world of these suites.
pub type Play = World<ProgramTestChain>;

/// The price product and the authority product.
pub const PEG: u16 = 0;
pub const VENUE: u16 = 1;
/// Prices in units of 10^-8.
pub const STRIKE: i64 = 98_000_000;
pub const HALFWAY: i64 = 93_000_000;
/// Bond of an incident or a challenge.
pub const BOND: u64 = 500 * UNIT;

/// A world in which ada has deposited a million, dora has bought 100,000 of the price product and gwen 50,000, the venue
/// 100,000 of the authority product, all for 180 days and past their waiting period. Vera has staked.
pub fn covered() -> Play {
    covered_with(price_product("USDX depeg"), authority_product("Venue shortfall"))
}

/// The same with other products.
pub fn covered_with(peg: ProductParams, venue: ProductParams) -> Play {
    let mut world = World::bare();
    world.create_assembly(harness::assembly_params()).ok();
    world.create_pool(0, PoolParams { vote_reward: 100 * UNIT, ..pool_params() }).ok();
    for name in ["ada", "dora", "gwen", "venue", "otto", "keeper"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.list_product(PEG, peg).ok();
    world.list_product(VENUE, venue).ok();
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.stake("vera", 600 * UNIT).ok();
    world.stake("walt", 400 * UNIT).ok();
    world.buy("dora", PEG, 0, 100_000 * UNIT, 180).ok();
    world.buy("gwen", PEG, 0, 50_000 * UNIT, 180).ok();
    world.buy("venue", VENUE, 0, 100_000 * UNIT, 180).ok();
    world.pass(2 * DAY);
    world
}

/// Shows prices of `price` every ten minutes until a breach of an hour is established.
pub fn breach(world: &mut Play, price: i64) {
    world.observe(PEG, price).ok();
    for _ in 0..6 {
        world.pass(600);
        world.observe(PEG, price).ok();
    }
}

/// A world with an incident that prices of `price` opened, and its address.
pub fn opened(price: i64) -> (Play, Address) {
    let mut world = covered();
    breach(&mut world, price);
    world.open_price_incident("keeper", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    (world, incident)
}
