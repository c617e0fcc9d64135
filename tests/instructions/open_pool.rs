//! `open_pool`: a pool opens once, announced; it sells nothing until every LP has had time to leave.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, pool_params, product_params};
use solana_instruction_error::InstructionError as I;

#[test]
fn open_pool_announces_when_cover_is_sold() {
    let mut world = funded_pool();
    world.pass(10);
    let (before, now) = (world.read_pool(), world.now());
    let receipt = world.open_pool().ok();
    // An exit takes seven days and two are added; a season here is a day. Sales begin with the day after.
    let sells_from = (now / DAY + 10) * DAY;
    let after = Pool { opened_at: now, sells_from, ..before };
    assert_eq!(world.read_pool(), after);
    let event = PoolOpened { pool: world.pool(), opened_at: now, sells_from };
    assert_eq!(only_event(&receipt), Event::PoolOpened(event));
    world.pass(1);
    world.open_pool().fails(E::PoolIsOpen);

    world.fund("dora", 100_000 * UNIT);
    let accounts = world.buy_accounts("dora", 0, 0);
    let request = world.request("dora", 1_000 * UNIT, 30);
    world.chain.set_now(sells_from - 1);
    world.send(accounts.instruction(0, &request), &["dora"]).fails(E::PoolNotOpen);
    world.quote(0, 1_000 * UNIT, 30).fails(E::PoolNotOpen);
    world.pass(1);
    world.quote(0, 1_000 * UNIT, 30).ok();
    world.send(accounts.instruction(0, &request), &["dora"]).ok();
    world.check_books();
}

#[test]
fn open_pool_waits_for_the_longest_of_season_exit_and_seven_days() {
    for (season_days, exit_delay_days, days) in [(30, 7, 30), (1, 90, 92), (9, 7, 9), (1, 1, 7), (7, 6, 8)] {
        let params = PoolParams { season_days, exit_delay_days, timelock: 92 * DAY, ..pool_params() };
        let mut world = founded(params, &[]);
        let now = world.now();
        world.open_pool().ok();
        assert_eq!(world.read_pool().sells_from, (now / DAY + days + 1) * DAY);
    }
}

#[test]
fn a_pool_that_was_never_opened_sells_nothing() {
    let mut world = funded_pool();
    world.fund("dora", 100_000 * UNIT);
    world.pass_days(1_000);
    let request = world.request("dora", 1_000 * UNIT, 30);
    let accounts = world.buy_accounts("dora", 0, 0);
    world.send(accounts.instruction(0, &request), &["dora"]).fails(E::PoolNotOpen);
}

#[test]
fn open_pool_freezes_listing() {
    let mut world = funded_pool();
    let terms = world.read_pool().terms;
    world.list_product(2, product_params("Listed before")).ok();
    assert_eq!((world.read_product(2).status, world.read_pool().terms), (ProductStatus::OnSale as u8, terms + 1));
    world.open_pool().ok();
    world.list_product(3, product_params("A draft")).ok();
    assert_eq!(world.read_product(3).status, ProductStatus::Draft as u8);
    assert_eq!(world.read_pool().terms, terms + 1, "a draft changes no terms");
}

#[test]
fn open_pool_needs_the_pools_authority() {
    let mut world = funded_pool();
    let second = second_pool(&mut world);
    world.give_lamports("mallory");
    let accounts = OpenPool { authority: world.key("founder"), pool: world.pool() };
    world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(I::MissingRequiredSignature);
    let stolen = OpenPool { authority: world.key("mallory"), ..accounts };
    world.send(stolen.instruction(), &["mallory"]).fails(E::NotPoolAuthority);
    // One pool's opening is not another's, no matter who runs both.
    world.send(OpenPool { pool: second, ..accounts }.instruction(), &["founder"]).ok();
    assert_eq!(world.read_pool().opened_at, 0);
    let (pool, assembly) = (world.pool(), world.assembly());
    let forged = forge(&mut world, &pool);
    refuses(
        &mut world,
        &accounts.instruction(),
        &["founder"],
        &[(1, assembly, TOO_SMALL), (1, forged, I::IllegalOwner)],
    );
    world.send(read_only(accounts.instruction(), 1), &["founder"]).fails_with(NOT_WRITABLE);
    world.send(accounts.instruction(), &["founder"]).ok();
}
