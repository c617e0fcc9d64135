//! T38: a wrong account in a slot. The suite `accounts` tries every one in every slot of every instruction; this is what
//! an attacker would try it for: to decide everything in a pool of one's own, and be paid by another.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{
    UNIT, assembly_params, pool_params, product_params,
    trials::{DUPLICATE, error, refuses},
};

#[test]
fn t38_ones_own_verdict_moves_no_other_vault() {
    let mut world = court();
    world.list_product(3, product_params("Custody")).ok();
    let [pool, other_product, treasure] = [world.pool(), world.product(0), vault_address(&world.pool())];
    let honest = insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &honest, &incident, 100_000 * UNIT).ok();

    // Mallory's assembly has no other juror, and nobody looks at its pool.
    (world.playing, world.convener) = (1, "mallory");
    let own_pool = world.pool();
    world.create_assembly(assembly_params()).ok();
    let params = PoolParams { authority: world.key("mallory"), ..pool_params() };
    world.create_pool(1, params).ok();
    world.list_product(0, product_params("Nothing")).ok();
    world.fund("mallory", 300_000 * UNIT);
    world.deposit("mallory", 100_000 * UNIT).ok();
    world.stake("mallory", UNIT).ok();
    world.buy("mallory", 0, 0, 90_000 * UNIT, 90).ok();
    world.pass(3 * DAY);
    let (now, policy, own) = (world.now(), world.policy(0, "mallory", 0), world.incident(0, 0));
    world.open_incident("mallory", 0, 0, now).ok();
    world.submit_claim("mallory", &policy, &own, 90_000 * UNIT).ok();
    world.vote("mallory", &own, 1).ok();
    world.close_ballot(&own).ok();
    until_settleable(&mut world, &own);
    world.settle(0, 0).ok();

    (world.playing, world.convener) = (0, "founder");
    let before = snapshot(&mut world);
    let accounts =
        Payout { pool: own_pool, vault: vault_address(&own_pool), ..world.payout_accounts("mallory", &policy, &own) };
    let payout = accounts.instruction();
    refuses(
        &mut world,
        &payout,
        &[],
        &[
            (1, pool, error(E::WrongPool)),
            (2, other_product, error(E::WrongProduct)),
            (3, incident, error(E::WrongPool)),
            (4, claim_address(&incident, &honest), error(E::WrongIncident)),
            (5, honest, error(E::WrongProduct)),
            (9, treasure, error(E::WrongVault)),
            (6, treasure, error(E::WrongReceiver)),
            (6, vault_address(&own_pool), DUPLICATE),
        ],
    );
    // Nor with every account that the first pool has.
    let accounts = Payout { pool, vault: treasure, ..accounts };
    world.send(accounts.instruction(), &[]).fails(E::WrongPool);
    let accounts = Payout { incident, ..accounts };
    world.send(accounts.instruction(), &[]).fails(E::WrongIncident);
    assert_eq!(snapshot(&mut world), before);

    // It works only where mallory has paid in.
    world.send(payout, &[]).ok();
    assert_eq!(snapshot(&mut world), before);
}

#[test]
fn t38_an_exit_to_the_vault() {
    let mut world = shared();
    // Nobody could collect it, and its epoch would stay for ever.
    let treasure = vault_address(&world.pool());
    let accounts = RequestExit { receiver: treasure, ..world.request_exit_accounts("mallory", 0, 0) };
    world.send(accounts.instruction(0, 0, UNIT), &["mallory"]).fails(E::WrongReceiver);
}
