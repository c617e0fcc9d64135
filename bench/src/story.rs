//! The story that every instruction is measured in, on LiteSVM.

mod change;
mod crowd;
mod endings;
mod exits;
mod incident;
mod integrator;
mod on_account;
mod shortage;
mod trigger;

use crate::{
    Cost,
    floor::{self, Derived},
    minimal,
};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, LiteChain, Receipt, UNIT, World, assembly_params, pool_params, product_params};
use solana_address::Address;
use std::collections::BTreeMap;

type Costs = Vec<(String, Cost)>;

/// How the rows end that were measured in a pool with shares of Token-2022.
pub const TOKEN_2022_SHARES: &str = ", Token-2022 shares";

/// Plays it and returns what each instruction cost.
pub fn play() -> Costs {
    let mut costs = Costs::new();
    let mut world = World::lite_bare();
    found(&mut world, &mut costs);
    insure(&mut world, &mut costs);
    trade(&mut world, &mut costs);
    integrator::play(&mut world.clone(), &mut costs);
    incident::play(&mut world, &mut costs);
    idle(&mut world, &mut costs);
    exits::play(&mut costs);
    crowd::play(&mut costs);
    shortage::play(&mut costs);
    on_account::play(&mut costs);
    trigger::play(&mut costs);
    change::play(&mut costs);
    endings::play(&mut costs);
    costs
}

/// Bytes of every account that instructions create.
pub fn sizes() -> BTreeMap<String, usize> {
    fn size<T: ZeroCopy>() -> (String, usize) {
        (T::NAME.into(), T::SIZE)
    }
    [
        size::<Assembly>(),
        size::<Ballot>(),
        size::<Change>(),
        size::<Claim>(),
        size::<ExitEpoch>(),
        size::<ExitTicket>(),
        size::<Incident>(),
        size::<Policy>(),
        size::<Pool>(),
        size::<Product>(),
        size::<Retired>(),
        size::<VoteRecord>(),
        size::<Voter>(),
    ]
    .into()
}

/// Books what an instruction cost that searches for these addresses.
fn book(costs: &mut Costs, name: &str, receipt: Receipt, addresses: &[Derived]) {
    let receipt = receipt.ok();
    let floor = match minimal::Order::of(name) {
        Some(order) => minimal::measure(order, receipt.logged_bytes(), addresses.first().map(|account| account.bump)),
        None => floor::derive(&receipt, addresses),
    };
    costs.push((name.into(), Cost { units: receipt.units(), floor }));
}

/// An account of the program that was created, with the lengths of its address's seeds.
fn created(world: &mut World<LiteChain>, address: &Address, seeds: &[usize]) -> Derived {
    let account = world.chain.account(address).expect("the account was created");
    // After the discriminator: version, bump.
    creation(seeds, account.data[9])
}

/// An account that is created at an address of this bump, with the lengths of its seeds.
fn creation(seeds: &[usize], bump: u8) -> Derived {
    Derived { seeds: seeds.to_vec(), bump, created: true }
}

/// Assembly, stake, pool, products, deposits.
fn found(world: &mut World<LiteChain>, costs: &mut Costs) {
    let receipt = world.create_assembly(assembly_params());
    let address = world.assembly();
    let assembly: Assembly = world.chain.read(&address);
    let accounts = [created(world, &address, &[8, 32, 32]), creation(&[11, 32], assembly.stake_vault_bump)];
    book(costs, "create_assembly", receipt, &accounts);

    let receipt = world.stake("vera", 600 * UNIT);
    let voter = voter_address(&address, &world.key("vera"));
    let accounts = [created(world, &voter, &[5, 32, 32])];
    book(costs, "stake", receipt, &accounts);
    world.stake("walt", 400 * UNIT).ok();

    // With a reward, so that the voters' is paid.
    let receipt = world.create_pool(0, PoolParams { vote_reward: 20 * UNIT, ..pool_params() });
    let pool = world.read_pool();
    let accounts = [
        creation(&[4, 32, 8], pool.bump),
        creation(&[5, 32], pool.vault_bump),
        creation(&[6, 32, 4], pool.share_mint_bump),
        creation(&[11, 32, 4], pool.exit_escrow_bump),
    ];
    book(costs, "create_pool", receipt, &accounts);

    let receipt = world.list_product(0, product_params("Lending exploit"));
    let product = world.product(0);
    let accounts = [created(world, &product, &[7, 32, 2])];
    book(costs, "list_product", receipt, &accounts);

    for (name, amount) in [("ada", 600_000 * UNIT), ("ben", 400_000 * UNIT)] {
        world.fund(name, amount);
        world.deposit(name, amount).ok();
    }
    let receipt = world.open_pool();
    book(costs, "open_pool", receipt, &[]);
}

/// Two purchases; the second is measured: utilisation is not zero, and a day has passed.
fn insure(world: &mut World<LiteChain>, costs: &mut Costs) {
    for buyer in ["dora", "emil"] {
        world.fund(buyer, 100_000 * UNIT);
    }
    world.begin_sales();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.pass(DAY / 2);
    let receipt = world.buy("emil", 0, 0, 200_000 * UNIT, 180);
    let policy = world.policy(0, "emil", 0);
    let accounts = [created(world, &policy, &[6, 32, 32, 8])];
    book(costs, "buy_cover", receipt, &accounts);
}

/// What becomes of policies.
fn trade(world: &mut World<LiteChain>, costs: &mut Costs) {
    world.buy("dora", 0, 1, 20_000 * UNIT, 60).ok();
    let receipt = world.quote(0, 20_000 * UNIT, 60);
    book(costs, "quote_cover", receipt, &[]);
    world.pass(DAY / 3);
    let policy = world.policy(0, "dora", 1);
    let receipt = world.extend("dora", 0, &policy, 30);
    book(costs, "extend_cover", receipt, &[]);
    let receipt = world.transfer_cover("dora", &policy, "emil");
    book(costs, "transfer_cover", receipt, &[]);
    // Not on the day it was bought.
    world.pass_days(1);
    world.roll_product(0).ok();
    let receipt = world.reduce("emil", 0, &policy, 5_000 * UNIT);
    book(costs, "reduce_cover", receipt, &[]);
    let receipt = world.cancel("emil", 0, &policy);
    book(costs, "cancel_cover", receipt, &[]);
    let (asset, pool) = (world.asset(), world.pool());
    world.mint_to(&asset, &vault_address(&pool), 700 * UNIT);
    let receipt = world.absorb_surplus();
    book(costs, "absorb_surplus", receipt, &[]);
}

/// A pool that nobody touched for 500 days, and one that was touched a day ago.
fn idle(world: &mut World<LiteChain>, costs: &mut Costs) {
    let dora = world.policy(0, "dora", 0);
    world.roll_product(0).ok();
    let receipt = world.roll_product(0);
    book(costs, "roll_product, same second", receipt, &[]);
    world.pass_days(1);
    let receipt = world.roll_product(0);
    book(costs, "roll_product, a day", receipt, &[]);
    world.pass_days(365);
    let receipt = world.roll_product(0);
    book(costs, "roll_product, 365 days", receipt, &[]);
    let receipt = world.close_policy(0, &dora);
    book(costs, "close_policy", receipt, &[]);
    let receipt = world.unstake("walt");
    book(costs, "unstake", receipt, &[]);
}
