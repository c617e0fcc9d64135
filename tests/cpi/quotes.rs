//! A quote is a price, not a right: what it may and may not be used for.

use crate::{
    CAPITAL,
    deposits::{deposit, price},
    guide::within,
    holdings, vault_world,
};
use coverage_client::{BreakwaterError as E, Policy};
use harness::{
    Chain, UNIT,
    integrator::{DEPOSIT_TOO_SMALL, INTEGRATOR, integrator_vault, vault_tokens},
};
use solana_instruction_error::InstructionError;

#[test]
fn a_quote_read_by_a_call_bounds_what_the_same_transaction_pays() {
    let mut world = vault_world();
    world.buy("emil", 0, 0, 300_000 * UNIT, 90).ok();
    let tokens = vault_tokens(&integrator_vault(&world.key("mona")));
    for (id, total) in [(0, 1_234_567), (1, 100_000 * UNIT), (2, 333_333_333_333)] {
        let most = price(&mut world, total);
        let accounts = world.deposit_covered_accounts("dora", "mona", id);
        let (before, held) = (world.balance("dora"), world.balance_of(&tokens));
        // One atom more than the premium leaves is refused, with nothing spent.
        world.send(accounts.total(id, total, total - most + 1), &["dora"]).fails_with(DEPOSIT_TOO_SMALL);
        assert_eq!(world.balance("dora"), before);
        let receipt = world.send(accounts.total(id, total, total - most), &["dora"]).ok();

        let policy: Policy = world.chain.read(&accounts.policy);
        assert_eq!(policy.amount, total - most, "all that is deposited is covered");
        assert_eq!(world.balance_of(&tokens), held + total - most);
        let spent = before - world.balance("dora");
        assert_eq!(spent, policy.amount + policy.premium);
        assert!(spent <= total, "never more than the user said");
        within("`deposit_total`: that and a quote", receipt.units_of(&INTEGRATOR));
        world.check_books();
    }
    let accounts = world.deposit_covered_accounts("dora", "mona", 9);
    world.send(accounts.total(9, CAPITAL, 0), &["dora"]).fails(E::ProductCapacity);
    world.send(accounts.total(9, 0, 0), &["dora"]).fails(E::ZeroAmount);
}

#[test]
fn a_stale_quote_does_not_buy() {
    let mut world = vault_world();
    let amount = 100_000 * UNIT;
    let quoted = price(&mut world, amount);
    // Somebody else is faster, and the price moves along the curve.
    world.buy("emil", 0, 0, 500_000 * UNIT, 90).ok();
    let now = price(&mut world, amount);
    assert!(now > quoted);
    let before = holdings(&mut world);
    deposit(&mut world, "dora", 0, amount, quoted).fails(E::PremiumTooHigh);
    deposit(&mut world, "dora", 0, amount, now - 1).fails(E::PremiumTooHigh);
    assert_eq!(holdings(&mut world), before, "the deposit did not happen either");
    deposit(&mut world, "dora", 0, amount, now).ok();
}

#[test]
fn t37_a_quote_gives_no_right_the_second_purchase_pays_the_price_of_then() {
    let mut world = vault_world();
    let amount = 200_000 * UNIT;
    let quoted = price(&mut world, amount);
    deposit(&mut world, "dora", 0, amount, quoted).ok();
    // The same quote again, for the same buyer under the same number, under the next, and for another buyer.
    deposit(&mut world, "dora", 0, amount, quoted).fails_with(InstructionError::Custom(0));
    deposit(&mut world, "dora", 1, amount, quoted).fails(E::PremiumTooHigh);
    deposit(&mut world, "emil", 0, amount, quoted).fails(E::PremiumTooHigh);
    // Anyone who pays any price pays that of then, to the atom, and what was sold before is in it.
    let then = price(&mut world, amount);
    assert!(then > quoted);
    deposit(&mut world, "dora", 1, amount, u64::MAX).ok();
    let policy: Policy = world.chain.read(&world.policy(0, "dora", 1));
    assert_eq!(policy.premium, then);
    // Nor does a low price wait for its buyer: the capacity that made it is gone for everybody.
    world.check_books();
}
