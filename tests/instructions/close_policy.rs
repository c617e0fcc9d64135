//! `close_policy`: gives back the rent of a policy that is over.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;

#[test]
fn close_policy_gives_the_rent_back_less_the_tip_when_grace_is_over() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    let (address, policy) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    // The rent is the payer's, no matter who holds it.
    world.transfer_cover("dora", &address, "emil").ok();
    world.close_policy(0, &address).fails(E::PolicyAlive);
    world.chain.set_now(policy.release_day * DAY - 1);
    world.close_policy(0, &address).fails(E::PolicyAlive);
    world.pass(1);
    let (payer, caller) = (world.key("dora"), world.key("guardian"));
    world.give_lamports("guardian");
    let before = [address, payer, caller].map(|address| lamports(&mut world, &address));
    let (pool, product) = (world.read_pool(), world.read_product(0));
    let receipt = world.close_policy(0, &address).ok();
    let after = [address, payer, caller].map(|address| lamports(&mut world, &address));
    assert_eq!(after, [0, before[1] + before[0] - TIP, before[2] + TIP]);
    assert!(world.chain.account(&address).is_none());
    assert_eq!(world.read_pool(), pool);
    assert_eq!(world.read_product(0), Product { policies_closed: 1, ..product });
    let event = PolicyClosed { product: world.product(0), policy: address, payer, paid: 0 };
    assert_eq!(only_event(&receipt), Event::PolicyClosed(event));
    // The number is free again.
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.check_books();
}

#[test]
fn close_policy_by_its_payer_after_a_cancellation() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 300).ok();
    let address = world.policy(0, "dora", 0);
    world.pass_days(1);
    world.cancel("dora", 0, &address).ok();
    let release_day = doras_policy(&mut world, 0).release_day;
    world.chain.set_now(release_day * DAY - 1);
    world.close_policy(0, &address).fails(E::PolicyAlive);
    world.pass(1);
    let payer = world.key("dora");
    let (rent, before) = (lamports(&mut world, &address), lamports(&mut world, &payer));
    let accounts = ClosePolicy { caller: payer, ..world.close_policy_accounts(0, &address) };
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(lamports(&mut world, &payer), before + rent);
}

#[test]
fn close_policy_waits_for_incidents_and_claims() {
    let mut world = story::insured();
    let address = world.policy(0, "dora", 0);
    let policy = doras_policy(&mut world, 0);
    world.chain.set_now(policy.end + 29 * DAY);
    world.open_incident("opal", 0, 0, policy.end).ok();
    let incident = world.incident(0, 0);
    world.submit_claim("dora", &address, &incident, 100_000 * UNIT).ok();
    world.chain.set_now(policy.release_day * DAY);
    world.close_policy(0, &address).fails(E::IncidentOpen);
    story::finish(&mut world, 0, 0, Some(story::FOR));
    world.close_policy(0, &address).fails(E::ClaimOpen);
    world.payout("dora", &address, &incident).ok();
    let receipt = world.close_policy(0, &address).ok();
    let Event::PolicyClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.paid, 60_000 * UNIT);
}

#[test]
fn close_policy_keeps_one_that_was_paid_in_part() {
    let (mut world, incident) = story::short();
    let address = world.policy(1, "emil", 0);
    world.payout("emil", &address, &incident).ok();
    let policy: Policy = world.chain.read(&address);
    assert!(policy.open_claims == 0 && policy.paid < policy.claimed);
    world.chain.set_now(policy.release_day * DAY + 600 * DAY);
    world.close_policy(1, &address).fails(E::ClaimUnpaid);
}

#[test]
fn close_policy_refuses_wrong_accounts() {
    let (mut world, address) = two_policies();
    world.pass_days(100);
    let (second, other_policy) = (world.pool_number(1), world.policy(1, "dora", 0));
    let (pool, own_product, sibling, emil) = (world.pool(), world.product(0), world.product(1), world.key("emil"));
    let (forged_product, forged_policy) = (forge(&mut world, &own_product), forge(&mut world, &address));
    let instruction = world.close_policy_accounts(0, &address).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, sibling, error(E::WrongProduct)),
            (1, product_address(&second, 0), error(E::WrongProduct)),
            (1, pool, I::InvalidAccountData),
            (1, forged_product, I::IllegalOwner),
            (2, other_policy, error(E::WrongProduct)),
            (2, pool, I::InvalidAccountData),
            (2, forged_policy, I::IllegalOwner),
            (3, emil, error(E::WrongRentPayer)),
        ],
    );
    for slot in [0, 1, 2, 3] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &[]).ok();
}
