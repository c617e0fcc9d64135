//! Other programs as users: the integrator and what it calls, on the bytecode of all of them.

mod claims;
mod deposits;
mod draws;
mod guide;
mod quotes;
mod swaps;
mod wrapped;

use harness::{
    LiteChain, UNIT, World,
    integrator::{FEE_BPS, INTEGRATOR, WRAPPER, integrator_vault, vault_tokens},
    product_params,
};

/// The world of this suite: thousands of transactions are cheap on it.
type TestWorld = World<LiteChain>;

/// The capital of the pool.
const CAPITAL: u64 = 1_000_000 * UNIT;

/// A pool with two products, and mona's vault, whose deposits product 0 covers for 90 days. Dora and emil have money.
fn vault_world() -> TestWorld {
    vault_world_beside(|_| {})
}

/// The same, in which more products are listed before ada deposits.
fn vault_world_beside(list: impl FnOnce(&mut TestWorld)) -> TestWorld {
    let mut world = World::lite();
    world.chain.add_program(&INTEGRATOR, "breakwater_integrator");
    world.chain.add_program(&WRAPPER, "breakwater_wrapper");
    for name in ["ada", "dora", "emil", "mona", "fees"] {
        world.fund(name, 2 * CAPITAL);
    }
    for index in 0..2 {
        world.list_product(index, product_params("Vault exploit")).ok();
    }
    list(&mut world);
    world.deposit("ada", CAPITAL).ok();
    world.begin_sales();
    let open = world.open_vault_accounts("mona");
    world.send(open.instruction(90, FEE_BPS), &["mona"]).ok();
    world
}

/// Everything that a failed deposit of dora's must leave as it was.
fn holdings(world: &mut TestWorld) -> [u64; 5] {
    let tokens = vault_tokens(&integrator_vault(&world.key("mona")));
    [
        world.balance("dora"),
        world.balance("emil"),
        world.balance("fees"),
        world.vault_balance(),
        world.balance_of(&tokens),
    ]
}
