//! Where these suites play.

pub use crate::common::*;
use coverage_client::*;
use coverage_math::DAY;
pub use harness::WorldPrice as _;
use harness::{
    Chain, FEED, PYTH_RECEIVER, PriceUpdate, Receipt, UNIT, World, actor, authority_product, pool_params,
    price_product, product_params,
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_signer::Signer as _;

/// The price product and the authority product.
pub const PEG: u16 = 0;
pub const VENUE: u16 = 1;
/// The product that [`with_jury_product`] adds.
pub const EXPLOIT: u16 = 2;
/// Prices in units of 10^-8.
pub const STRIKE: i64 = 98_000_000;
pub const HALFWAY: i64 = 93_000_000;
/// One below the strike.
pub const BELOW: i64 = STRIKE - 1_000;
/// Bond of an incident or a challenge.
pub const BOND: u64 = 500 * UNIT;
/// The side of a vote.
pub const AGAINST: u8 = 0;
pub const FOR: u8 = 1;

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

/// Lists a product in an open pool, and puts it on sale without the wait of a change, which is not what these suites are about.
pub fn list_on_sale(world: &mut Play, index: u16, params: ProductParams) {
    world.list_product(index, params).ok();
    let product = world.product(index);
    edit(world, &product, std::mem::offset_of!(Product, status), &[0]);
}

/// Adds a product that the jury decides on, of which dora holds 10,000 for half a year and past the waiting period.
pub fn with_jury_product(world: &mut Play) -> Address {
    list_on_sale(world, EXPLOIT, product_params("Lending exploit"));
    world.buy("dora", EXPLOIT, 0, 10_000 * UNIT, 180).ok();
    world.pass(2 * DAY);
    world.policy(EXPLOIT, "dora", 0)
}

/// Opens an incident of the jury's product.
pub fn open_jurys(world: &mut Play) -> Address {
    let now = world.now();
    world.open_incident("otto", EXPLOIT, 0, now).ok();
    world.incident(EXPLOIT, 0)
}

/// The price product's trigger.
pub fn trigger(world: &mut Play) -> PriceTrigger {
    world.read_product(PEG).price
}

/// Earns what time has earned, so that the next instruction of this second earns nothing.
pub fn touch(world: &mut Play) {
    world.roll_product(PEG).ok();
}

/// Moves the clock to a time.
pub fn at(world: &mut Play, time: u64) {
    world.chain.set_now(time);
}

/// A price between `low` and `high`, published at a time.
pub fn between(low: i64, high: i64, publish_time: u64) -> PriceUpdate {
    let confidence = u64::try_from((high - low) / 2).expect("an interval");
    assert_eq!(low + 2 * i64::try_from(confidence).unwrap(), high, "its middle is a price");
    PriceUpdate { confidence, ..PriceUpdate::of(low + (high - low) / 2, publish_time) }
}

/// Moves the clock to a time and shows the price product a price of that second.
pub fn show_at(world: &mut Play, time: u64, price: i64) -> Receipt {
    at(world, time);
    world.observe(PEG, price)
}

/// What is wrong with a price that says the same otherwise, and how it is refused.
pub fn bad_prices(good: PriceUpdate) -> Vec<(PriceUpdate, BreakwaterError)> {
    use BreakwaterError as E;
    let mut other = FEED.to_bytes();
    other[31] ^= 1;
    let feed = |feed| PriceUpdate { feed, ..good };
    let partial = |count| PriceUpdate { signatures: Some(count), ..good };
    vec![
        (feed(Address::new_from_array(other)), E::WrongFeed),
        (feed(Address::default()), E::WrongFeed),
        (PriceUpdate { exponent: -7, ..good }, E::WrongExponent),
        (PriceUpdate { exponent: -9, ..good }, E::WrongExponent),
        (PriceUpdate { exponent: 8, ..good }, E::WrongExponent),
        (PriceUpdate { price: 0, ..good }, E::BadPrice),
        (PriceUpdate { price: -1, ..good }, E::BadPrice),
        (PriceUpdate { price: -good.price, ..good }, E::BadPrice),
        (PriceUpdate { price: i64::MIN, ..good }, E::BadPrice),
        (PriceUpdate { confidence: u64::MAX, ..good }, E::BadPrice),
        (PriceUpdate { publish_time: 0, ..good }, E::BadPrice),
        (PriceUpdate { publish_time: -good.publish_time, ..good }, E::BadPrice),
        (partial(0), E::PriceNotVerified),
        // As many signatures as the byte that says that all were checked.
        (partial(1), E::PriceNotVerified),
        (partial(13), E::PriceNotVerified),
        (partial(255), E::PriceNotVerified),
    ]
}

/// Asserts that an instruction that reads a good price in a slot takes it from no other account.
#[track_caller]
pub fn reads_prices_of_pyth_only(world: &mut Play, instruction: &Instruction, slot: usize, good: &PriceUpdate) {
    use BreakwaterError as E;
    let bytes = good.data();
    let changed = |offset: usize, byte: u8| {
        let mut bytes = bytes.clone();
        bytes[offset] = byte;
        bytes
    };
    let (ours, nobodys) = (coverage_client::ID, Address::default());
    let rows = [
        (ours, bytes.clone(), error(E::WrongPriceOwner)),
        (nobodys, bytes.clone(), error(E::WrongPriceOwner)),
        (spl_token_interface::ID, bytes.clone(), error(E::WrongPriceOwner)),
        (PYTH_RECEIVER, changed(0, 35), error(E::NotAPrice)),
        (PYTH_RECEIVER, changed(7, 206), error(E::NotAPrice)),
        (PYTH_RECEIVER, changed(40, 2), error(E::PriceNotVerified)),
        (PYTH_RECEIVER, changed(40, 0), error(E::PriceNotVerified)),
        (PYTH_RECEIVER, changed(40, 255), error(E::PriceNotVerified)),
        (PYTH_RECEIVER, vec![0; 134], error(E::NotAPrice)),
        (PYTH_RECEIVER, bytes[..132].to_vec(), TOO_SMALL),
        (PYTH_RECEIVER, bytes[..8].to_vec(), error(E::PriceNotVerified)),
        (PYTH_RECEIVER, bytes[..7].to_vec(), error(E::NotAPrice)),
    ];
    let address = actor("another price").pubkey();
    for (owner, data, error) in rows {
        let account = solana_account::Account { lamports: 10_000_000, data, owner, ..Default::default() };
        world.chain.set_account(&address, account);
        refuses(world, instruction, &[], &[(slot, address, error)]);
    }
    let missing = actor("no price").pubkey();
    refuses(world, instruction, &[], &[(slot, missing, error(E::WrongPriceOwner))]);
}

/// A second pool of the same asset and assembly, with zoe's policies of its price product and its authority product.
#[derive(Clone, Copy)]
pub struct Elsewhere {
    pub pool: Address,
    pub peg: Address,
    pub venue: Address,
    pub policy: Address,
    pub venue_policy: Address,
    pub incident: Address,
}

/// The world of [`covered`] beside another pool.
pub fn covered_beside() -> (Play, Elsewhere) {
    let mut world = covered();
    world.create_pool(1, pool_params()).ok();
    let pool = world.pool_number(1);
    let (peg, venue) = (product_address(&pool, 0), product_address(&pool, 1));
    for (product, params) in [(peg, price_product("Elsewhere")), (venue, authority_product("Elsewhere"))] {
        let list = ListProduct { pool, product, ..world.list_product_accounts(0) };
        world.send(list.instruction(&params), &["founder"]).ok();
    }
    world.fund("zoe", 1_000_000 * UNIT);
    let (owner_shares, vault) = (world.open_tokens("zoe", &share_mint_address(&pool, 0)), vault_address(&pool));
    let deposit = Deposit {
        pool,
        owner_shares,
        vault,
        share_mint: share_mint_address(&pool, 0),
        ..world.deposit_accounts("zoe")
    };
    let seen = world.chain.read::<Pool>(&pool).seen().expect("it fits");
    world.send(deposit.instruction(500_000 * UNIT, 0, &seen), &["zoe"]).ok();
    world.send(OpenPool { authority: world.key("founder"), pool }.instruction(), &["founder"]).ok();
    let sells_from = world.chain.read::<Pool>(&pool).sells_from;
    at(&mut world, sells_from);
    let zoe = world.key("zoe");
    let policies = [peg, venue].map(|product| policy_address(&product, &zoe, 0));
    for (product, policy) in [peg, venue].into_iter().zip(policies) {
        let buy = BuyCover { pool, product, policy, vault, ..world.buy_accounts("zoe", 0, 0) };
        let request = world.request("zoe", 100_000 * UNIT, 90);
        world.send(buy.instruction(0, &request), &["zoe"]).ok();
    }
    world.pass(2 * DAY);
    let incident = incident_address(&peg, 0);
    (world, Elsewhere { pool, peg, venue, policy: policies[0], venue_policy: policies[1], incident })
}

/// The same, in which prices opened an incident in both pools, and zoe's claim is filed.
pub fn opened_beside() -> (Play, Address, Elsewhere) {
    let (mut world, other) = covered_beside();
    for _ in 0..7 {
        world.pass(600);
        world.observe(PEG, HALFWAY).ok();
        let price_update = actor("price update").pubkey();
        world.send(ObservePrice { pool: other.pool, product: other.peg, price_update }.instruction(), &[]).ok();
    }
    world.open_price_incident("keeper", PEG, 0).ok();
    let (pool, vault) = (other.pool, vault_address(&other.pool));
    let accounts = world.open_price_incident_accounts("keeper", PEG, 0);
    let open = OpenPriceIncident { pool, product: other.peg, incident: other.incident, vault, ..accounts };
    world.send(open.instruction(), &["keeper"]).ok();
    let accounts = world.claim_breach_accounts("keeper", "zoe", &other.policy, &other.incident);
    world.send(ClaimBreach { pool, vault, ..accounts }.instruction(), &["keeper"]).ok();
    let incident = world.incident(PEG, 0);
    (world, incident, other)
}

/// A ballot by its subject.
pub fn ballot_on(world: &mut Play, subject: &Address) -> Ballot {
    world.chain.read(&ballot_address(subject))
}

/// Lets nobody vote in both times of a ballot.
pub fn ignore(world: &mut Play, subject: &Address) {
    for _ in 0..2 {
        let closes_at = ballot_on(world, subject).closes_at;
        at(world, closes_at);
        world.close_ballot(subject).ok();
    }
}

/// Reads the verdict on an incident of the price product, once its challenge or its ballot is over.
pub fn decide(world: &mut Play, incident: &Address) {
    let found: Incident = world.chain.read(incident);
    let over = if found.ballot == NOBODY { found.challenge_ends_at } else { ballot_on(world, incident).final_at };
    let now = world.now();
    at(world, now.max(over));
    world.decide(PEG, found.index).ok();
}

/// The same for one that counts, and moves on to the second in which filing is over.
pub fn end_filing(world: &mut Play, incident: &Address) {
    decide(world, incident);
    let ends_at = world.chain.read::<Incident>(incident).filing_ends_at;
    at(world, ends_at);
}

/// The part of a policy's rate that was paid for so much of what it holds.
pub fn used_rate(policy: &Policy, amount: u64) -> u64 {
    coverage_math::cover::part_of(policy.rate, amount, policy.held).unwrap()
}

/// What was still to be earned for so much cover is income from now on, as fast and until the same day.
pub fn join_income(pool: &mut Pool, policy: &Policy, amount: u64) {
    pool.income_rate = used_rate(policy, amount);
    pool.income_end_day = policy.release_day;
}
