//! Leaving, with shares of either token program: at once, in epochs, beside no open incident and beside twenty.

use super::{Costs, Derived, TOKEN_2022_SHARES, book, created, creation};
use coverage_client::*;
use harness::{Chain as _, LiteChain, UNIT, World, product_params, trials::edit};
use std::mem::offset_of;

/// Products, with an incident on each in some of the rows.
const PRODUCTS: u16 = 20;

/// Plays it with shares of both token programs.
pub fn play(costs: &mut Costs) {
    for (mut world, kind) in
        [(World::lite(), ""), (World::with_shares_of_token_2022(LiteChain::start()), TOKEN_2022_SHARES)]
    {
        come(&mut world, costs, kind);
        ask(&mut world, costs, kind);
        // Nobody comes by for a week, with or without incidents.
        beside_incidents(world.clone(), costs, kind);
        world.await_exits();
        paid(world.clone(), costs, kind);
        called(world.clone(), costs, kind);
        in_part(world, costs, kind);
        wiped_out(costs, kind);
    }
}

/// What happens in either kind of pool has a row for each.
fn row(name: &str, kind: &str) -> String {
    format!("{name}{kind}")
}

/// Deposits, of which the second is measured, and one that leaves at once.
fn come(world: &mut World<LiteChain>, costs: &mut Costs, kind: &str) {
    for index in 0..PRODUCTS {
        world.list_product(index, product_params("Lending exploit")).ok();
    }
    world.stake("vera", 600 * UNIT).ok();
    for name in ["ada", "ben", "dora", "opal"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.deposit("ada", 600_000 * UNIT).ok();
    let receipt = world.deposit("ben", 500_000 * UNIT);
    book(costs, &row("deposit", kind), receipt, &[]);
    let receipt = world.withdraw_shares("ben", 100_000 * UNIT * 1_000);
    book(costs, &row("withdraw", kind), receipt, &[]);
}

/// Cover of a fifth of the capital, and two exits, of which the second is measured as well.
fn ask(world: &mut World<LiteChain>, costs: &mut Costs, kind: &str) {
    for index in 0..PRODUCTS {
        world.buy("dora", index, 0, 10_000 * UNIT, 180).ok();
    }
    world.pass_days(1);
    let (pool, ada, ben) = (world.pool(), world.key("ada"), world.key("ben"));
    let receipt = world.request_exit("ben", 0, 200_000 * UNIT * 1_000);
    let accounts = [
        created(world, &exit_ticket_address(&pool, &ben, 0), &[11, 32, 32, 8]),
        created(world, &exit_epoch_address(&pool, 0), &[10, 32, 8]),
    ];
    book(costs, &row("request_exit, first of a day", kind), receipt, &accounts);
    let receipt = world.request_exit("ada", 0, 100_000 * UNIT * 1_000);
    let accounts = [created(world, &exit_ticket_address(&pool, &ada, 0), &[11, 32, 32, 8])];
    book(costs, &row("request_exit", kind), receipt, &accounts);
}

/// An epoch that is paid at once.
fn paid(mut world: World<LiteChain>, costs: &mut Costs, kind: &str) {
    let receipt = world.pay_exits();
    book(costs, &row("pay_exits", kind), receipt, &[]);
    if kind.is_empty() {
        let receipt = world.collect_exit("ben", 0);
        book(costs, "collect_exit", receipt, &[]);
        world.collect_exit("ada", 0).ok();
        let receipt = world.close_epoch(0);
        book(costs, "close_exit_epoch", receipt, &[]);
    }
}

/// An epoch that nobody paid in time.
fn called(mut world: World<LiteChain>, costs: &mut Costs, kind: &str) {
    if kind.is_empty() {
        world.pass_days(2);
        let receipt = world.call_exits();
        book(costs, "call_exits", receipt, &[]);
    }
}

/// An epoch of which cover keeps a part.
fn in_part(mut world: World<LiteChain>, costs: &mut Costs, kind: &str) {
    for index in 0..PRODUCTS {
        world.buy("dora", index, 1, 30_000 * UNIT, 180).ok();
    }
    let shares = world.shares("ada");
    world.request_exit("ada", 1, shares).ok();
    world.pay_exits().ok();
    world.await_exits();
    let receipt = world.pay_exits();
    assert!(world.read_epoch(1).waiting().expect("some wait") > 0);
    book(costs, &row("pay_exits, in part", kind), receipt, &[]);
    if kind.is_empty() {
        let receipt = world.collect_exit("ada", 1);
        book(costs, "collect_exit, in part", receipt, &[]);
    }
}

/// An epoch that is paid while an incident of every product is open, and what two of them give back.
fn beside_incidents(mut world: World<LiteChain>, costs: &mut Costs, kind: &str) {
    for index in 0..PRODUCTS {
        let now = world.now();
        world.open_incident("opal", index, 0, now).ok();
    }
    for index in [0, 1] {
        let incident = world.incident(index, 0);
        world.vote("vera", &incident, 1).ok();
    }
    world.await_exits();
    let receipt = world.pay_exits();
    assert_eq!(world.read_epoch(0).contested_incidents, u32::from(PRODUCTS));
    book(costs, &row("pay_exits, 20 incidents", kind), receipt, &[]);
    if !kind.is_empty() {
        return;
    }
    let (claimed, other) = (world.incident(0, 0), world.incident(1, 0));
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &claimed, 5_000 * UNIT).ok();
    for incident in [&claimed, &other] {
        world.close_ballot(incident).ok();
    }
    let final_at = world.chain.read::<Ballot>(&ballot_address(&claimed)).final_at;
    world.wait_until(final_at);
    for index in [0, 1] {
        world.decide(index, 0).ok();
    }
    let terms: Incident = world.chain.read(&claimed);
    world.wait_until(terms.filing_ends_at);
    let receipt = world.end_filing(0, 0);
    book(costs, "end_filing, after an exit", receipt, &[]);
    world.end_filing(1, 0).ok();
    let receipt = world.release_contested(&claimed, 0);
    book(costs, "release_contested", receipt, &[]);
    world.wait_until(terms.disputes_end_at);
    let receipt = world.settle_decided(0, 0);
    book(costs, "settle_incident, after an exit", receipt, &[]);
    world.settle_decided(1, 0).ok();
    let receipt = world.release_contested(&other, 0);
    book(costs, "release_contested, all at once", receipt, &[]);
}

/// A pool that was wiped out begins anew.
fn wiped_out(costs: &mut Costs, kind: &str) {
    let mut world = if kind.is_empty() { World::lite() } else { World::with_shares_of_token_2022(LiteChain::start()) };
    world.fund("ada", 1_000 * UNIT);
    world.deposit("ada", 1_000 * UNIT).ok();
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, capital), &(500u64 * 1_000).to_le_bytes());
    let (accounts, exit_escrow_bump) = (world.retire_accounts(0), world.read_pool().exit_escrow_bump);
    let receipt = world.send(accounts.instruction(), &["founder"]);
    let renewed = world.read_pool();
    let addresses = [
        created(&mut world, &accounts.retired, &[7, 32, 4]),
        creation(&[6, 32, 4], renewed.share_mint_bump),
        creation(&[11, 32, 4], renewed.exit_escrow_bump),
    ];
    book(costs, &row("retire_shares", kind), receipt, &addresses);
    let redeem = RedeemRetired {
        owner: world.key("ada"),
        pool,
        retired: accounts.retired,
        owner_shares: world.share_tokens("ada"),
        receiver: world.tokens("ada", &world.asset()),
        vault: vault_address(&pool),
        share_mint: world.share_mint(),
        asset_mint: world.asset(),
        token_program: world.token_program,
        share_token_program: world.share_program,
    };
    let receipt = world.send(redeem.instruction(500 * UNIT * 1_000), &["ada"]);
    book(costs, &row("redeem_retired", kind), receipt, &[]);
    world.send(redeem.instruction(500 * UNIT * 1_000), &["ada"]).ok();
    let receipt = world.close_retired(0);
    // It searches for the address of the escrow.
    let escrow = Derived { created: false, ..creation(&[11, 32, 4], exit_escrow_bump) };
    book(costs, &row("close_retired", kind), receipt, &[escrow]);
}
