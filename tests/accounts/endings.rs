//! The story of the ends of products, voters, pools and assemblies, and its calls.

use crate::{
    calls::{create_assembly, create_pool, list_product, open_pool, stake, unstake},
    life::{Good, Life, MINE, POOLS, PRODUCTS, Part, Play, USERS},
    stories::OTHER,
};
use coverage_client::*;
use harness::{Chain as _, UNIT};
use solana_instruction::Instruction;

/// Pools that nobody has deposited in, and what is left of them in the end.
pub fn endings() -> Vec<Good> {
    let mut life = Life::start();
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    for part in PRODUCTS.iter().chain([&OTHER]) {
        life.play(&[*part], list_product);
    }
    life.play(USERS, stake);
    life.play(POOLS, open_pool);
    life.goods.clear();
    products(&mut life);
    voters(&mut life);
    pools(&mut life);
    life.play(POOLS, close_assembly);
    life.goods
}

/// Delisted, by anyone; on sale, by the authority.
fn products(life: &mut Life) {
    let listed = life.world.clone();
    for part in PRODUCTS {
        delist(life, part);
    }
    life.note("", PRODUCTS, close_product);
    life.world = listed;
    life.note("by the authority", PRODUCTS, remove_product);
    let guardian = life.build(&Part { convener: MINE.guardian, ..MINE }, remove_product);
    life.beside("guardian", guardian);
    for part in PRODUCTS.iter().chain([&OTHER]) {
        life.repeat(&[*part], remove_product);
    }
}

fn delist(life: &mut Life, part: &Part) {
    let world = life.at(part);
    let id = world.next_change();
    let propose = world.propose_accounts(part.convener, id, Some(part.product)).instruction(id, &Proposal::Delist);
    world.send(propose, &[part.convener]).ok();
    world.pass_days(9);
    world.apply(id, Some(part.product)).ok();
    world.close_change(part.convener, id).ok();
}

fn voters(life: &mut Life) {
    life.repeat(USERS, |world, part| {
        let accounts = world.request_unstake_accounts(part.juror);
        let staked = world.chain.read::<Voter>(&accounts.voter).staked().expect("a sum");
        accounts.instruction(staked)
    });
    life.world.pass_days(60);
    life.repeat(USERS, unstake);
    life.play(USERS, close_voter);
}

/// With what somebody sent to the vault, and without.
fn pools(life: &mut Life) {
    life.note("of an empty vault", POOLS, close_pool);
    for part in POOLS {
        let world = life.at(part);
        let (asset, vault) = (world.asset(), vault_address(&world.pool()));
        world.mint_to(&asset, &vault, 700 * UNIT);
    }
    life.note("elsewhere", POOLS, crate::calls::elsewhere(close_pool, [4, 5]));
    life.play(POOLS, close_pool);
}

pub fn close_product(world: &mut Play, part: &Part) -> Instruction {
    world.close_product_accounts(part.product).instruction()
}

pub fn remove_product(world: &mut Play, part: &Part) -> Instruction {
    let authority = Some(world.key(part.convener));
    CloseProduct { authority, ..world.close_product_accounts(part.product) }.instruction()
}

pub fn close_voter(world: &mut Play, part: &Part) -> Instruction {
    world.close_voter_accounts(part.juror).instruction()
}

pub fn close_pool(world: &mut Play, _: &Part) -> Instruction {
    world.close_pool_accounts().instruction()
}

pub fn close_assembly(world: &mut Play, _: &Part) -> Instruction {
    world.close_assembly_accounts().instruction()
}
