//! Changes of the authority's and of a staker's, a pause, and the fees.

use super::{Costs, book, created, incident::recognised};
use coverage_client::*;
use harness::{LiteChain, UNIT, World, assembly_params, pool_params, product_params, trials::second_assembly};

/// Plays them in a pool of their own, that has sold cover.
pub fn play(costs: &mut Costs) {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, PoolParams { vote_reward: 20 * UNIT, ..pool_params() }).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    for name in ["ada", "dora", "vera", "treasury"] {
        world.fund(name, 600_000 * UNIT);
    }
    world.stake("vera", 600 * UNIT).ok();
    world.deposit("ada", 600_000 * UNIT).ok();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    world.pass_days(2);
    propose(&mut world, costs);
    petition(&mut world, costs);
    apply(&mut world, costs);
    rest(&mut world, costs);
    apply_others(costs);
}

/// What the authority queues: one of the pool, one of a product, and a hand-over.
fn propose(world: &mut World<LiteChain>, costs: &mut Costs) {
    let leverage = Proposal::Leverage { leverage_bps: 15_000 };
    let receipt = world.propose(&leverage, None);
    let change = world.change(0);
    let accounts = [created(world, &change, &[6, 32, 8])];
    book(costs, "propose_change", receipt, &accounts);
    world.propose(&Proposal::Weight { weight_bps: 9_000 }, Some(0)).ok();
    let authority = world.key("nora");
    world.propose(&Proposal::Authority { authority }, None).ok();
    world.propose(&leverage, None).ok();
    let receipt = world.withdraw("founder", 3);
    book(costs, "withdraw_change", receipt, &[]);
}

/// What a staker puts to a ballot.
fn petition(world: &mut World<LiteChain>, costs: &mut Costs) {
    let receipt = world.petition("vera", &Proposal::Delist, Some(0));
    let change = world.change(4);
    let accounts = [created(world, &change, &[6, 32, 8]), created(world, &ballot_address(&change), &[6, 32])];
    book(costs, "petition_change", receipt, &accounts);
    world.vote("vera", &change, 1).ok();
    world.close_ballot(&change).ok();
    world.pass_days(2);
    let receipt = world.queue(4);
    book(costs, "queue_change", receipt, &[]);
    let receipt = world.collect_change_bond("vera", 4);
    let accounts = [recognised(world, "vera")];
    book(costs, "collect_change_bond", receipt, &accounts);
}

/// What has waited.
fn apply(world: &mut World<LiteChain>, costs: &mut Costs) {
    world.pass_days(9);
    world.roll_product(0).ok();
    let receipt = world.mark(0, None);
    book(costs, "mark_change", receipt, &[]);
    let receipt = world.apply(0, None);
    book(costs, "apply_change", receipt, &[]);
    let receipt = world.apply(1, Some(0));
    book(costs, "apply_change, of a product", receipt, &[]);
    let receipt = world.accept_authority("nora", 2);
    book(costs, "accept_authority", receipt, &[]);
    let receipt = world.close_change("founder", 0);
    book(costs, "close_change", receipt, &[]);
}

/// Changes of the pool that take most: another court, other words for shares of Token-2022, another floor of the court's stake.
fn apply_others(costs: &mut Costs) {
    let mut world = World { share_program: TOKEN_2022, ..World::lite_bare() };
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, pool_params()).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    for name in ["ada", "dora"] {
        world.fund(name, 600_000 * UNIT);
    }
    world.deposit("ada", 600_000 * UNIT).ok();
    world.buy("dora", 0, 0, 300_000 * UNIT, 90).ok();
    let words = ShareWords::new("Breakwater stablecoins", "bwSTBL", "https://example.org/pool").expect("they fit");
    world.give_lamports("nora");
    let floor = Proposal::StakeFloor { stake_floor: 600 * UNIT };
    let court = Proposal::Court { assembly: second_assembly(&mut world) };
    for proposal in [floor, Proposal::Shares(words), court] {
        world.propose(&proposal, None).ok();
    }
    world.pass_days(9);
    world.roll_product(0).ok();
    let receipt = world.apply(0, None);
    book(costs, "apply_change, of the floor of the court's stake", receipt, &[]);
    let accounts = ApplyChange {
        payer: Some(world.key("nora")),
        share_mint: Some(world.share_mint()),
        share_token_program: Some(TOKEN_2022),
        ..world.apply_accounts(1, None)
    };
    let receipt = world.send(accounts.instruction(), &["nora"]);
    book(costs, "apply_change, of the shares' words", receipt, &[]);
    let applies_at = world.read_change(2).applies_at;
    world.wait_until(applies_at);
    world.roll_product(0).ok();
    let receipt = world.apply(2, None);
    book(costs, "apply_change, of the court", receipt, &[]);
}

/// A pause and the fees.
fn rest(world: &mut World<LiteChain>, costs: &mut Costs) {
    let receipt = world.pause("guardian", 3_600);
    book(costs, "pause", receipt, &[]);
    let receipt = world.collect_fees();
    let accounts = [recognised(world, "treasury")];
    book(costs, "collect_fees", receipt, &accounts);
}
