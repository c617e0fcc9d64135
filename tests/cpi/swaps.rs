//! Every way in which a caller of the integrator could be cheated, or cheat: each account swapped for another.

use crate::{CAPITAL, TestWorld, holdings, vault_world};
use coverage_client::{
    BreakwaterError as E, ListProduct, Policy, exit_escrow_address, policy_address, product_address, vault_address,
};
use harness::{
    Chain, UNIT, actor,
    integrator::{self, DepositCovered, INTEGRATOR, OpenVault, integrator_vault, position, vault_tokens},
    pool_params, product_params,
    trials::*,
};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use solana_signer::Signer as _;
use spl_token_interface::error::TokenError;

#[test]
fn a_fake_breakwater_is_not_called() {
    let mut world = vault_world();
    // The best a forger can do: the same program at an address of his own, with accounts that look the same.
    let fake = actor("fake program").pubkey();
    world.chain.add_program(&fake, "breakwater");
    let before = holdings(&mut world);
    let accounts = DepositCovered { breakwater_program: fake, ..world.deposit_covered_accounts("dora", "mona", 0) };
    world.send(accounts.covered(0, UNIT, u64::MAX), &["dora"]).fails_with(I::IncorrectProgramId);
    world.send(accounts.total(0, UNIT, 0), &["dora"]).fails_with(I::IncorrectProgramId);
    // An account that is no program at all.
    let accounts = DepositCovered { breakwater_program: world.governance(), ..accounts };
    world.send(accounts.covered(0, UNIT, u64::MAX), &["dora"]).fails_with(NOT_EXECUTABLE);
    assert_eq!(holdings(&mut world), before);
}

#[test]
fn a_deposit_is_covered_by_the_configured_pool_and_product_only() {
    let mut world = vault_world();
    let second = second_pool(&mut world);
    let dora = world.key("dora");
    let accounts = world.deposit_covered_accounts("dora", "mona", 0);
    let before = holdings(&mut world);
    // A whole pool of somebody else's, consistent in itself.
    let foreign = product_address(&second, 0);
    let other = DepositCovered {
        pool: second,
        product: foreign,
        policy: policy_address(&foreign, &dora, 0),
        pool_vault: vault_address(&second),
        ..accounts.clone()
    };
    world.send(other.covered(0, UNIT, u64::MAX), &["dora"]).fails_with(integrator::WRONG_POOL);
    world.send(other.total(0, UNIT, 0), &["dora"]).fails_with(integrator::WRONG_POOL);
    // A product of the same pool, against another risk.
    let other = DepositCovered { product: world.product(1), policy: world.policy(1, "dora", 0), ..accounts };
    world.send(other.covered(0, UNIT, u64::MAX), &["dora"]).fails_with(integrator::WRONG_PRODUCT);
    assert_eq!(holdings(&mut world), before);
}

#[test]
fn deposit_covered_refuses_wrong_accounts() {
    let mut world = vault_world();
    let second = second_pool(&mut world);
    let open = OpenVault { manager: world.key("emil"), ..world.open_vault_accounts("mona") };
    world.send(open.instruction(90, 0), &["emil"]).ok();
    let (dora, emil) = (world.key("dora"), world.key("emil"));
    let emils_vault = integrator_vault(&emil);
    let (asset, governance) = (world.asset(), world.governance());
    let emils = world.tokens("emil", &asset);
    let other_tokens = world.open_tokens("dora", &governance);
    world.mint_to(&governance, &other_tokens, CAPITAL);
    let accounts = world.deposit_covered_accounts("dora", "mona", 0);
    let DepositCovered { vault: monas, pool, product: own, pool_vault, .. } = accounts.clone();
    let (forged, other_court) = (forge(&mut world, &monas), second_assembly(&mut world));
    let instruction = accounts.covered(0, 1_000 * UNIT, u64::MAX);
    let before = holdings(&mut world);
    refuses(
        &mut world,
        &instruction,
        &["dora"],
        &[
            (1, emils_vault, I::InvalidSeeds),
            (1, forged, I::IllegalOwner),
            (2, position(&monas, &emil, 0), I::InvalidSeeds),
            (2, position(&monas, &dora, 1), I::InvalidSeeds),
            (3, emils, token_error(TokenError::OwnerMismatch)),
            (3, other_tokens, token_error(TokenError::MintMismatch)),
            (4, emils, integrator::WRONG_TOKENS),
            (4, vault_tokens(&emils_vault), integrator::WRONG_TOKENS),
            (4, pool_vault, DUPLICATE),
            // The commission into a pocket of the caller's, or nowhere.
            (5, accounts.user_tokens, DUPLICATE),
            (5, emils, integrator::WRONG_FEE_TOKENS),
            (5, INTEGRATOR, error(E::CommissionAccount)),
            (6, second, integrator::WRONG_POOL),
            (7, product_address(&second, 0), integrator::WRONG_PRODUCT),
            // A policy of somebody else, another number, another product.
            (8, policy_address(&own, &emil, 0), I::InvalidSeeds),
            (8, policy_address(&own, &dora, 1), I::InvalidSeeds),
            (8, policy_address(&product_address(&pool, 1), &dora, 0), I::InvalidSeeds),
            (9, other_court, error(E::WrongAssembly)),
            (10, vault_address(&second), error(E::WrongVault)),
            (10, exit_escrow_address(&pool, 0), error(E::WrongVault)),
            (11, governance, integrator::WRONG_MINT),
            (12, TOKEN_2022, integrator::WRONG_TOKEN_PROGRAM),
            (13, spl_token_interface::ID, I::IncorrectProgramId),
            (14, spl_token_interface::ID, I::IncorrectProgramId),
        ],
    );
    for slot in [1, 2, 3, 4, 5, 6, 7, 8, 10] {
        let mut instruction = instruction.clone();
        instruction.accounts[slot].is_writable = false;
        // The position is created before anything asks.
        let error = if slot == 2 { I::PrivilegeEscalation } else { NOT_WRITABLE };
        world.send(instruction, &["dora"]).fails_with(error);
    }
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    assert_eq!(holdings(&mut world), before, "nothing moved");
    world.send(instruction, &["dora"]).ok();
    let policy: Policy = world.chain.read(&accounts.policy);
    assert_eq!(policy.holder, dora);
}

#[test]
fn nobody_spends_anothers_money_through_the_integrator() {
    let mut world = vault_world();
    // Emil signs, dora is named: neither her tokens nor her lamports move.
    let doras = world.deposit_covered_accounts("dora", "mona", 0);
    let emils = world.deposit_covered_accounts("emil", "mona", 0);
    let before = holdings(&mut world);
    let stolen = DepositCovered { user_tokens: doras.user_tokens, ..emils.clone() };
    world.send(stolen.covered(0, UNIT, u64::MAX), &["emil"]).fails_with(token_error(TokenError::OwnerMismatch));
    // Her policy's address under his signature.
    let hers = DepositCovered { policy: doras.policy, ..emils };
    world.send(hers.covered(0, UNIT, u64::MAX), &["emil"]).fails_with(I::InvalidSeeds);
    assert_eq!(holdings(&mut world), before);
}

#[test]
fn a_vault_opens_on_real_accounts_of_breakwater_only() {
    let mut world = vault_world();
    let second = second_pool(&mut world);
    world.create_mint("other mint", 6);
    let open = OpenVault { manager: world.key("emil"), ..world.open_vault_accounts("mona") };
    let (pool, own, other_mint) = (world.pool(), world.product(0), world.key("other mint"));
    let (forged_pool, forged_product) = (forge(&mut world, &pool), forge(&mut world, &own));
    refuses(
        &mut world,
        &open.instruction(90, 0),
        &["emil"],
        &[
            (4, forged_pool, I::IllegalOwner),
            (4, own, TOO_SMALL),
            (4, second, integrator::WRONG_POOL),
            (5, forged_product, I::IllegalOwner),
            (5, product_address(&second, 0), integrator::WRONG_POOL),
            (6, other_mint, integrator::WRONG_MINT),
            (7, TOKEN_2022, I::IncorrectProgramId),
        ],
    );
    world.send(open.instruction(90, 0), &["emil"]).ok();
}

/// A second pool of the founder's with a product of its own.
fn second_pool(world: &mut TestWorld) -> Address {
    world.create_pool(1, pool_params()).ok();
    let pool = world.pool_number(1);
    let accounts = ListProduct { pool, product: product_address(&pool, 0), ..world.list_product_accounts(0) };
    world.send(accounts.instruction(&product_params("Another")), &["founder"]).ok();
    pool
}
