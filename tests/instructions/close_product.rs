//! `close_product`: a product that nobody needs any more gives its rent back, and its number is not given again.

use crate::{common::*, story};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, product_params};
use solana_instruction_error::InstructionError as I;

/// A market whose product is delisted, and whose one policy, dora's, is over and closed. Nobody rolled the product since.
fn over() -> TestWorld {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.delist(0);
    let (address, policy) = (world.policy(0, "dora", 0), doras_policy(&mut world, 0));
    world.chain.set_now(policy.release_day * DAY);
    world.close_policy(0, &address).ok();
    world
}

#[test]
fn close_product_gives_the_rent_back_and_its_number_to_nobody() {
    let mut world = over();
    let (pool, address, founder, guardian) =
        (world.pool(), world.product(0), world.key("founder"), world.key("guardian"));
    let (before, now) = (world.read_pool(), world.now());
    assert_eq!((before.group_active[0], before.children), (1_000 * UNIT, 1), "the group's total waits to be rolled");
    let [rent, founders, guardians] = purses(&mut world, [address, founder, guardian]);
    let receipt = world.close_product(0).ok();

    assert!(world.chain.account(&address).is_none());
    let after = world.read_pool();
    assert_eq!((after.group_active, after.active_cover, after.children), ([0; 16], 0, 0));
    assert_eq!((after.product_count, after.terms, after.accrued_at), (1, before.terms, now));
    assert_eq!(purses(&mut world, [founder, guardian]), [founders + rent - TIP, guardians + TIP]);
    let earned = after.income_earned - before.income_earned;
    assert!(earned > 0, "the premium's last days");
    let event = ProductClosed { pool, product: address, index: 0, earned, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::ProductClosed(event));
    world.check_books();

    let accounts = ListProduct { product: address, ..world.list_product_accounts(1) };
    world.send(accounts.instruction(&product_params("Again")), &["founder"]).fails_with(I::InvalidSeeds);
    world.list_product(1, product_params("Next")).ok();
    assert_eq!(world.read_product(1).index, 1);
}

#[test]
fn close_product_waits_for_its_policies() {
    let mut world = one_product();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.buy("dora", 0, 1, 1_000 * UNIT, 30).ok();
    world.delist(0);
    world.close_product(0).fails(E::ProductInUse);
    world.remove_product(0).fails(E::ProductInUse);
    let release_day = doras_policy(&mut world, 0).release_day;
    world.chain.set_now(release_day * DAY);
    for id in 0..2 {
        world.close_product(0).fails(E::ProductInUse);
        let policy = world.policy(0, "dora", id);
        world.close_policy(0, &policy).ok();
        world.pass(1);
    }
    world.close_product(0).ok();
}

#[test]
fn close_product_waits_for_its_incidents() {
    let mut world = story::insured();
    let (policy, incident) = (world.policy(0, "dora", 0), story::report(&mut world, 0, 0));
    story::finish(&mut world, 0, 0, Some(story::AGAINST));
    world.delist(0);
    let release_day = world.chain.read::<Policy>(&policy).release_day;
    world.chain.set_now(release_day * DAY);
    world.close_policy(0, &policy).ok();
    let product = world.read_product(0);
    assert_eq!((product.policies_closed, product.incidents_closed), (1, 0));
    world.close_product(0).fails(E::ProductInUse);
    world.close_incident("opal", &incident).ok();
    // The ballot on the incident is the pool's, not the product's.
    world.close_product(0).ok();
    world.fund("vera", 0);
    world.collect_vote_reward("vera", &incident).ok();
    world.reclaim_ballot("opal", &incident).ok();
    world.check_books();
}

#[test]
fn close_product_takes_nothing_off_sale_under_lps() {
    let mut world = one_product();
    world.close_product(0).fails(E::ProductInUse);
    world.remove_product(0).fails(E::ProductInUse);
    world.delist(0);
    world.close_product(0).ok();
}

#[test]
fn close_product_of_a_pool_without_shares_is_the_authoritys() {
    let mut world = founded(harness::pool_params(), &[product_params("Mistake")]);
    world.close_product(0).fails(E::NotPoolAuthority);
    let accounts = CloseProduct { authority: Some(world.key("guardian")), ..world.close_product_accounts(0) };
    world.send(accounts.instruction(), &["guardian"]).fails(E::NotPoolAuthority);
    let seen = world.seen();
    world.remove_product(0).ok();
    // A depositor who has seen it is told.
    world.fund("ada", CAPITAL);
    world.send(world.deposit_accounts("ada").instruction(CAPITAL, 0, &seen), &["ada"]).fails(E::TermsChanged);
    world.deposit("ada", CAPITAL).ok();
}

#[test]
fn close_product_leaves_a_draft_to_the_authority() {
    let mut world = one_product();
    world.list_product(1, product_params("Draft")).ok();
    let before = world.read_pool();
    world.close_product(1).fails(E::NotPoolAuthority);
    world.remove_product(1).ok();
    let after = world.read_pool();
    assert_eq!((after.terms, after.children), (before.terms, before.children - 1), "nobody could buy it");
}

#[test]
fn close_product_leaves_a_change_of_it_to_lapse() {
    let mut world = one_product();
    world.delist(0);
    let id = world.next_change();
    world.propose(&Proposal::List, Some(0)).ok();
    world.close_product(0).ok();
    let change = world.read_change(id);
    world.wait_until(change.applies_at);
    world.apply(id, Some(0)).fails_with(TOO_SMALL);
    world.apply(id, None).fails(E::ChangeProduct);
    world.close_change("founder", id).fails(E::ChangeNotOver);
    world.wait_until(change.lapses_at().unwrap());
    world.close_change("founder", id).ok();
    assert_eq!(world.read_pool().children, 0);
}

#[test]
fn close_product_refuses_wrong_accounts() {
    let mut world = over();
    let second = second_pool(&mut world);
    let (own, pool, emil) = (world.product(0), world.pool(), world.key("emil"));
    let forged = forge(&mut world, &own);
    let instruction = world.close_product_accounts(0).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (2, second, error(E::WrongPool)),
            (2, own, DUPLICATE),
            (3, product_address(&second, 0), error(E::WrongPool)),
            (3, pool, DUPLICATE),
            (3, forged, I::IllegalOwner),
            (4, emil, error(E::WrongRentPayer)),
            (5, vault_address(&second), error(E::WrongVault)),
        ],
    );
    let accounts = CloseProduct { authority: Some(world.key("founder")), ..world.close_product_accounts(0) };
    world.send(unsigned(accounts.instruction(), 1), &[]).fails_with(I::MissingRequiredSignature);
    for slot in [0, 2, 3, 4] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    needs_a_full_vault(&mut world, instruction, &[]);
}
