//! `buy_cover` called by a program that checks nothing: Breakwater checks for itself no matter who calls (T38).

use crate::{CAPITAL, TestWorld, guide::within, vault_world};
use coverage_client::{
    BreakwaterError as E, BuyCover, CoverRequest, ID, Policy, exit_escrow_address, policy_address, product_address,
    vault_address,
};
use harness::{
    Chain, UNIT,
    integrator::{INTEGRATOR, WRAPPER, wrap},
    trials::*,
};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;

#[test]
fn a_rust_dependency_buys_what_an_idl_does() {
    let mut world = vault_world();
    // On behalf of the integrator's address, which may hold a policy as anybody may.
    let request = CoverRequest { holder: INTEGRATOR, ..world.request("dora", 1_000 * UNIT, 30) };
    let receipt = world.send(wrap(&world.buy_accounts("dora", 0, 0), 0, &request), &["dora"]).ok();
    let policy: Policy = world.chain.read(&world.policy(0, "dora", 0));
    assert_eq!((policy.holder, policy.payer), (INTEGRATOR, world.key("dora")));
    within("the same through Anchor's own call", receipt.units_of(&WRAPPER));
    // With a commission, to whom the buyer says.
    let accounts =
        BuyCover { distributor_token: Some(world.tokens("fees", &world.asset())), ..world.buy_accounts("dora", 0, 1) };
    let fees = world.balance("fees");
    let request = CoverRequest { commission_bps: 2_000, ..request };
    world.send(wrap(&accounts, 1, &request), &["dora"]).ok();
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!(world.balance("fees") - fees, policy.commission);
    world.check_books();
}

#[test]
fn a_called_purchase_refuses_what_a_direct_one_does() {
    let mut world = vault_world();
    let accounts = world.buy_accounts("dora", 0, 0);
    let request = world.request("dora", 1_000 * UNIT, 30);
    let price = world.quote(0, 1_000 * UNIT, 30).ok().quote().premium;
    let mut buy = |request: CoverRequest, error: E| world.send(wrap(&accounts, 0, &request), &["dora"]).fails(error);
    buy(CoverRequest { holder: NOBODY, ..request }, E::ZeroHolder);
    buy(CoverRequest { max_premium: price - 1, ..request }, E::PremiumTooHigh);
    buy(CoverRequest { commission_bps: 1, ..request }, E::CommissionAccount);
    buy(CoverRequest { commission_bps: 2_001, ..request }, E::CommissionTooHigh);
    buy(CoverRequest { amount: CAPITAL + 1, ..request }, E::ProductCapacity);
    buy(CoverRequest { term_days: 366, ..request }, E::TermOutOfBounds);
    buy(CoverRequest { amount: 0, ..request }, E::ZeroAmount);
}

#[test]
fn a_called_purchase_refuses_wrong_accounts() {
    let mut world = vault_world();
    world.create_pool(1, harness::pool_params()).ok();
    let second = world.pool_number(1);
    let (pool, dora) = (world.pool(), world.key("dora"));
    let (asset, governance, own) = (world.asset(), world.governance(), world.product(0));
    let emils = world.tokens("emil", &asset);
    let (forged_pool, forged_product) = (forge(&mut world, &pool), forge(&mut world, &own));
    let instruction = wrap(&world.buy_accounts("dora", 0, 0), 0, &world.request("dora", 1_000 * UNIT, 30));
    refuses(
        &mut world,
        &instruction,
        &["dora"],
        &[
            (1, second, error(E::WrongPool)),
            (1, forged_pool, I::IllegalOwner),
            (2, product_address(&pool, 1), I::InvalidSeeds),
            (2, forged_product, I::IllegalOwner),
            (3, policy_address(&own, &dora, 1), I::InvalidSeeds),
            (3, policy_address(&own, &world_key("emil"), 0), I::InvalidSeeds),
            (5, emils, token_error(TokenError::OwnerMismatch)),
            (6, vault_address(&second), error(E::WrongVault)),
            (6, exit_escrow_address(&pool, 0), error(E::WrongVault)),
            (6, emils, error(E::WrongVault)),
            (7, governance, error(E::WrongMint)),
            (8, emils, NOT_WRITABLE),
            (9, TOKEN_2022, error(E::WrongTokenProgram)),
            (10, ID, I::IncorrectProgramId),
        ],
    );
    world.send(instruction, &["dora"]).ok();
}

#[test]
fn a_program_cannot_sign_for_its_users() {
    let mut world = vault_world();
    // The wrapper asks for the signature itself; without it nothing is called.
    let instruction = wrap(&world.buy_accounts("dora", 0, 0), 0, &world.request("dora", UNIT, 30));
    world.send(unsigned(instruction, 0), &[]).fails_with(I::MissingRequiredSignature);
    assert_untouched(&mut world);
}

fn assert_untouched(world: &mut TestWorld) {
    assert_eq!(world.read_pool().policies_sold, 0);
}

fn world_key(name: &str) -> solana_address::Address {
    solana_signer::Signer::pubkey(&harness::actor(name))
}
