//! What `buy_cover` refuses: beyond a limit, at the wrong time, with the wrong accounts.

use super::*;

#[test]
fn buy_cover_fills_the_capacity_of_product_group_and_pool_to_the_atom() {
    // Group 0 holds half the capital, the pool all of it; products 0 and 2 a third, 1 and 3 all.
    let mut caps = [10_000; 16];
    caps[0] = 5_000;
    caps[5] = 0;
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: caps, ..pool_params() };
    let product = |weight_bps, group| ProductParams { weight_bps, group, min_amount: 1, ..product_params("Risk") };
    let products = [product(3_333, 0), product(10_000, 0), product(3_333, 1), product(10_000, 2), product(10_000, 5)];
    let mut world = market(params, &products);
    let third = 333_300 * UNIT;
    // Premiums are earned by the second, and no second passes here: the capital stands.
    world.buy("dora", 0, 0, third + 1, 30).fails(E::ProductCapacity);
    world.buy("dora", 0, 0, third, 30).ok();
    world.buy("dora", 0, 1, 1, 30).fails(E::ProductCapacity);
    world.buy("dora", 1, 0, CAPITAL / 2 - third + 1, 30).fails(E::GroupCapacity);
    world.buy("dora", 1, 0, CAPITAL / 2 - third, 30).ok();
    world.buy("dora", 1, 1, 1, 30).fails(E::GroupCapacity);
    // Other groups are not touched by that; a group without a cap sells nothing.
    world.buy("dora", 4, 0, 1, 30).fails(E::GroupCapacity);
    world.buy("dora", 2, 0, third, 30).ok();
    let left = CAPITAL - CAPITAL / 2 - third;
    world.buy("dora", 3, 0, left + 1, 30).fails(E::PoolCapacity);
    world.buy("dora", 3, 0, left, 30).ok();
    world.buy("dora", 3, 1, 1, 30).fails(E::PoolCapacity);
    let pool = world.read_pool();
    assert_eq!(pool.active_cover, CAPITAL);
    assert_eq!(pool.group_active[..4], [CAPITAL / 2, third, left, 0]);
    world.check_books();
}

#[test]
fn buy_cover_of_a_pool_without_capital_finds_no_capacity() {
    let mut world = World::new();
    world.list_product(0, product_params("Risk")).ok();
    world.fund("dora", CAPITAL);
    world.buy("dora", 0, 0, UNIT, 30).fails(E::ProductCapacity);
}

#[test]
fn buy_cover_takes_no_capital_that_an_incident_has_set_aside() {
    let mut world = market(pool_params(), &[product_params("Hit"), product_params("Other")]);
    world.buy("dora", 0, 0, 400_000 * UNIT, 30).ok();
    let now = world.now();
    world.open_incident("emil", 0, 0, now).ok();
    world.buy("dora", 0, 1, UNIT, 30).fails(E::IncidentOpen);
    world.buy("dora", 1, 0, 600_000 * UNIT + 1, 30).fails(E::ProductCapacity);
    let premium = premium_of(&mut world, CAPITAL, 0, 600_000 * UNIT, 30);
    world.buy("dora", 1, 0, 600_000 * UNIT, 30).ok();
    let policy: Policy = world.chain.read(&world.policy(1, "dora", 0));
    assert_eq!(policy.premium, premium, "a report on another product makes nothing dearer");
    world.check_books();
}

#[test]
fn buy_cover_keeps_the_products_bounds_of_amount_and_term() {
    let bounds = ProductParams {
        min_amount: 10 * UNIT,
        max_amount: 1_000 * UNIT,
        incident_bond: 10 * UNIT,
        min_term_days: 7,
        max_term_days: 90,
        ..product_params("Risk")
    };
    let mut world = market(pool_params(), &[bounds]);
    world.buy("dora", 0, 0, 0, 30).fails(E::ZeroAmount);
    for amount in [1, 10 * UNIT - 1, 1_000 * UNIT + 1, u64::MAX] {
        world.buy("dora", 0, 0, amount, 30).fails(E::AmountOutOfBounds);
    }
    for term in [0, 6, 91, u16::MAX] {
        world.buy("dora", 0, 0, 100 * UNIT, term).fails(E::TermOutOfBounds);
    }
    world.buy("dora", 0, 0, 10 * UNIT, 7).ok();
    world.buy("dora", 0, 1, 1_000 * UNIT, 90).ok();
}

#[test]
fn buy_cover_of_a_delisted_product_is_refused_and_live_policies_go_on() {
    let mut world = one_product();
    world.buy("dora", 0, 0, UNIT, 30).ok();
    let before = doras_policy(&mut world, 0);
    let product = world.product(0);
    edit(&mut world, &product, offset_of!(Product, status), &[1]);
    world.buy("dora", 0, 1, UNIT, 30).fails(E::ProductDelisted);
    assert_eq!(doras_policy(&mut world, 0), before);
}

#[test]
fn buy_cover_capacity_is_free_again_after_end_and_grace() {
    let mut world = one_product();
    world.buy("dora", 0, 0, CAPITAL, 30).ok();
    let policy = doras_policy(&mut world, 0);
    world.chain.set_now(policy.release_day * DAY - 1);
    let free = accrue(&mut world).capital - CAPITAL;
    assert!(free > 0, "the premium has been earned");
    world.buy("emil", 0, 0, free + 1, 30).fails(E::ProductCapacity);
    world.pass(1);
    world.buy("emil", 0, 0, CAPITAL, 30).ok();
    let (pool, product) = (world.read_pool(), world.read_product(0));
    assert_eq!((pool.active_cover, pool.group_active[0], product.active_cover), (CAPITAL, CAPITAL, CAPITAL));
    world.check_books();
}

#[test]
fn buy_cover_for_nobody_twice_or_without_the_money_is_refused() {
    let mut world = one_product();
    let accounts = world.buy_accounts("dora", 0, 0);
    let request = CoverRequest { holder: NOBODY, ..world.request("dora", UNIT, 30) };
    world.send(accounts.instruction(0, &request), &["dora"]).fails(E::ZeroHolder);
    world.buy("dora", 0, 0, UNIT, 30).ok();
    world.buy("dora", 0, 0, UNIT, 30).fails_with(TAKEN);
    world.fund("poor", 999);
    world.buy("poor", 0, 0, UNIT, 1).fails_with(token_error(TokenError::InsufficientFunds));
    assert_eq!(world.read_product(0).policies_sold, 1);

    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, bonds), &1u64.to_le_bytes());
    world.buy("dora", 0, 1, UNIT, 30).fails(E::VaultShort);
}

#[test]
fn buy_cover_needs_the_payers_signature_and_tokens() {
    let mut world = one_product();
    let (accounts, request) = (world.buy_accounts("dora", 0, 0), world.request("dora", UNIT, 30));
    world.send(unsigned(accounts.instruction(0, &request), 0), &[]).fails_with(I::MissingRequiredSignature);
    let stolen = BuyCover { payer_token: accounts.payer_token, ..world.buy_accounts("emil", 0, 0) };
    world.send(stolen.instruction(0, &request), &["emil"]).fails_with(token_error(TokenError::OwnerMismatch));
    let stolen = BuyCover { payer: world.key("emil"), ..accounts };
    world.send(stolen.instruction(0, &request), &["emil"]).fails_with(I::InvalidSeeds);
    // The number is a seed.
    world.send(accounts.instruction(1, &request), &["dora"]).fails_with(I::InvalidSeeds);
}

#[test]
fn buy_cover_refuses_wrong_accounts() {
    let mut world = one_product();
    let second = second_pool(&mut world);
    let (pool, assembly, governance, dora) = (world.pool(), world.assembly(), world.governance(), world.key("dora"));
    let (own_product, other_product, own_vault) = (world.product(0), product_address(&second, 0), vault_address(&pool));
    let other_tokens = world.open_tokens("dora", &governance);
    world.mint_to(&governance, &other_tokens, UNIT);
    let (forged_pool, forged_product) = (forge(&mut world, &pool), forge(&mut world, &own_product));
    let (other_court, forged_court) = (second_assembly(&mut world), forge(&mut world, &assembly));
    let instruction = world.buy_accounts("dora", 0, 0).instruction(0, &world.request("dora", UNIT, 30));
    refuses(
        &mut world,
        &instruction,
        &["dora"],
        &[
            (1, second, error(E::WrongPool)),
            (1, other_court, TOO_SMALL),
            (1, forged_pool, I::IllegalOwner),
            (2, other_product, I::InvalidSeeds),
            (2, second, I::InvalidAccountData),
            (2, other_court, TOO_SMALL),
            (2, forged_product, I::IllegalOwner),
            (3, policy_address(&own_product, &dora, 1), I::InvalidSeeds),
            (3, policy_address(&other_product, &dora, 0), I::InvalidSeeds),
            (4, other_court, error(E::WrongAssembly)),
            (4, pool, DUPLICATE),
            (4, forged_court, I::IllegalOwner),
            (5, other_tokens, token_error(TokenError::MintMismatch)),
            (5, governance, I::InvalidAccountData),
            (5, other_court, I::InvalidAccountData),
            (5, own_vault, DUPLICATE),
            (6, vault_address(&second), error(E::WrongVault)),
            (6, exit_escrow_address(&pool, 0), error(E::WrongVault)),
            (7, governance, error(E::WrongMint)),
            (7, share_mint_address(&pool, 0), error(E::WrongMint)),
            (8, pool, DUPLICATE),
            (9, TOKEN_2022, error(E::WrongTokenProgram)),
            (9, ID, error(E::WrongTokenProgram)),
            (10, ID, I::IncorrectProgramId),
        ],
    );
    // Another pool's product with an address that fits it.
    let mixed = BuyCover {
        product: other_product,
        policy: policy_address(&other_product, &dora, 0),
        ..world.buy_accounts("dora", 0, 0)
    };
    world.send(mixed.instruction(0, &world.request("dora", UNIT, 30)), &["dora"]).fails(E::WrongPool);
    for slot in [1, 2, 5, 6] {
        world.send(read_only(instruction.clone(), slot), &["dora"]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &["dora"]).ok();
}
