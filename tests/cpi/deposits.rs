//! `deposit_covered`: one transaction deposits and covers, and costs what it should.

use crate::{CAPITAL, TestWorld, guide::within, holdings, vault_world};
use coverage_client::{BreakwaterError as E, Policy};
use coverage_math::cover::PremiumSplit;
use harness::{
    Chain, Receipt, UNIT,
    integrator::{FEE_BPS, INTEGRATOR, relay},
};

/// What a purchase of product 0 would take now, the commission of mona's vault included.
pub fn price(world: &mut TestWorld, amount: u64) -> u64 {
    let quote = world.quote(0, amount, 90).ok().quote();
    PremiumSplit::of(quote.premium, FEE_BPS, 0, 0).unwrap().premium
}

/// Deposits and covers `amount` under a number of the user's, for at most `max_premium`.
pub fn deposit(world: &mut TestWorld, user: &str, id: u64, amount: u64, max_premium: u64) -> Receipt {
    let accounts = world.deposit_covered_accounts(user, "mona", id);
    world.send(accounts.covered(id, amount, max_premium), &[user])
}

#[test]
fn a_deposit_is_covered_in_its_own_transaction() {
    let mut world = vault_world();
    let (amount, premium) = (100_000 * UNIT, price(&mut world, 100_000 * UNIT));
    let [dora, emil, fees, pool_vault, tokens] = holdings(&mut world);
    let receipt = deposit(&mut world, "dora", 7, amount, premium).ok();

    let policy: Policy = world.chain.read(&world.policy(0, "dora", 7));
    let key = world.key("dora");
    assert_eq!((policy.holder, policy.payer, policy.amount, policy.premium), (key, key, amount, premium));
    let to_pool = premium - policy.commission;
    assert_eq!(
        holdings(&mut world),
        [dora - amount - premium, emil, fees + policy.commission, pool_vault + to_pool, tokens + amount]
    );
    assert_eq!(policy.commission, to_pool * u64::from(FEE_BPS) / 10_000);
    world.check_books();

    // Discriminator, vault, user, policy, amount.
    let accounts = world.deposit_covered_accounts("dora", "mona", 7);
    let position = world.chain.account(&accounts.position).unwrap();
    assert_eq!(position.owner, INTEGRATOR);
    let expected = [accounts.vault.as_ref(), key.as_ref(), accounts.policy.as_ref(), &amount.to_le_bytes()].concat();
    assert_eq!(position.data[8..], expected);
    // Discriminator, seven addresses, the number of terms, the sum of the deposits.
    assert_eq!(world.chain.account(&accounts.vault).unwrap().data[240..248], amount.to_le_bytes());
    assert_eq!(depth(&receipt), 3, "integrator, Breakwater, token program");
}

/// The deepest call of a transaction.
fn depth(receipt: &Receipt) -> usize {
    receipt.consumed().iter().map(|call| call.depth).max().unwrap_or(0)
}

#[test]
fn a_purchase_through_a_program_stays_within_16_000_units() {
    let mut world = vault_world();
    // A first sale, so that utilisation is not zero.
    world.buy("emil", 0, 0, 100_000 * UNIT, 90).ok();
    world.pass(3_600);
    within("`buy_cover`, sent by a user", world.buy("emil", 0, 1, 1_000 * UNIT, 90).ok().units());
    let covered = deposit(&mut world, "dora", 0, 1_000 * UNIT, u64::MAX).ok().units_of(&INTEGRATOR);
    within("`deposit_covered`: that, a transfer and an account of the vault's", covered);
    let insure = world.insure_accounts("mona", 0).instruction(0, 1_000 * UNIT, u64::MAX);
    let insured = world.send(insure, &["mona"]).ok().units_of(&INTEGRATOR);
    assert!(insured <= 16_000);
    within("the same through `insure`", insured);
}

#[test]
fn one_more_program_in_between_changes_nothing() {
    let mut world = vault_world();
    let (amount, premium) = (100_000 * UNIT, price(&mut world, 100_000 * UNIT));
    let accounts = world.deposit_covered_accounts("dora", "mona", 0);
    world.send(relay(accounts.covered(0, amount, premium - 1)), &["dora"]).fails(E::PremiumTooHigh);
    let receipt = world.send(relay(accounts.covered(0, amount, premium)), &["dora"]).ok();
    assert_eq!(depth(&receipt), 4, "wrapper, integrator, Breakwater, token program");
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!((policy.holder, policy.premium), (world.key("dora"), premium));
    world.check_books();
}

#[test]
fn a_deposit_without_cover_to_sell_does_not_happen() {
    let mut world = vault_world();
    world.buy("emil", 0, 0, UNIT, 30).ok();
    let before = holdings(&mut world);
    deposit(&mut world, "dora", 0, CAPITAL + 1, u64::MAX).fails(E::ProductCapacity);
    deposit(&mut world, "dora", 0, 0, u64::MAX).fails(E::ZeroAmount);
    let now = world.now();
    world.open_incident("emil", 0, 0, now).ok();
    let with_bond = holdings(&mut world);
    deposit(&mut world, "dora", 0, UNIT, u64::MAX).fails(E::IncidentOpen);
    assert_eq!(holdings(&mut world), with_bond);
    assert_eq!((with_bond[0], with_bond[4]), (before[0], before[4]));
}
