//! `create_pool`: anyone creates a pool with its vault, share mint and exit escrow; its parameters keep their bounds.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, World, assembly_params, pool_params};
use solana_address::Address;
use solana_instruction_error::InstructionError as I;
use spl_token_2022_interface::{
    extension::{BaseStateWithExtensions as _, ExtensionType, StateWithExtensions, metadata_pointer::MetadataPointer},
    state::Mint as Mint2022,
};
use spl_token_metadata_interface::state::TokenMetadata;

/// A world with an assembly and without a pool.
fn without_pool() -> TestWorld {
    let mut world = World::bare();
    world.create_assembly(assembly_params()).ok();
    world
}

#[test]
fn create_pool_writes_every_field_and_opens_its_token_accounts() {
    let mut world = without_pool();
    let (founder, asset, id) = (world.key("founder"), world.asset(), 0x0102_0304_0506_0708_u64);
    let mut caps = [0; 16];
    (0..16).for_each(|group| caps[usize::from(group)] = 1_000 * group);
    let params = PoolParams {
        authority: world.key("council"),
        vote_reward: 11,
        stake_floor: 13,
        cover_per_stake: 17,
        protocol_fee_bps: 1_900,
        assessor_fee_bps: 800,
        cancel_fee_bps: 400,
        group_caps_bps: caps,
        ..pool_params()
    };
    let now = world.now();
    let receipt = world.create_pool(id, params).ok();

    let address = world.pool_number(id);
    let expected = Pool {
        version: 1,
        bump: bump(&[b"pool", founder.as_ref(), &id.to_le_bytes()]),
        vault_bump: bump(&[b"vault", address.as_ref()]),
        share_mint_bump: bump(&[b"shares", address.as_ref(), &0u32.to_le_bytes()]),
        exit_escrow_bump: bump(&[b"exit_escrow", address.as_ref(), &0u32.to_le_bytes()]),
        decimals: 6,
        creator: founder,
        authority: world.key("council"),
        guardian: world.key("guardian"),
        arbiter: world.key("arbiter"),
        treasury: world.key("treasury"),
        assembly: world.assembly(),
        asset_mint: asset,
        token_program: spl_token_interface::ID,
        vault: vault_address(&address),
        share_mint: share_mint_address(&address, 0),
        share_token_program: spl_token_interface::ID,
        exit_escrow: exit_escrow_address(&address, 0),
        id,
        index: StoredIndex::START,
        accrued_at: now,
        min_premium: 1_000,
        vote_reward: 11,
        assessors_limit: 1_000_000_000_000,
        timelock: 9 * DAY,
        stake_floor: 13,
        cover_per_stake: 17,
        exit_delay_days: 7,
        season_days: 1,
        leverage_bps: 20_000,
        protocol_fee_bps: 1_900,
        assessor_fee_bps: 800,
        cancel_fee_bps: 400,
        group_caps_bps: caps,
        rent_payer: founder,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Pool>(&address), expected);
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!(assembly.pools, 1);
    let tokens = token_at(&mut world, &vault_address(&address));
    assert_eq!((tokens.mint, tokens.owner, tokens.amount), (asset, address, 0));
    let escrow = token_at(&mut world, &exit_escrow_address(&address, 0));
    assert_eq!((escrow.mint, escrow.owner, escrow.amount), (share_mint_address(&address, 0), address, 0));
    let shares = mint_at(&mut world, &share_mint_address(&address, 0));
    assert_eq!((shares.decimals, shares.supply), (9, 0), "three decimals more than the asset");
    assert_eq!(shares.mint_authority.unwrap(), address);
    assert!(shares.freeze_authority.is_none(), "nobody can freeze shares");
    let event = PoolCreated {
        pool: address,
        authority: world.key("council"),
        asset_mint: asset,
        share_mint: share_mint_address(&address, 0),
        assembly: world.assembly(),
    };
    assert_eq!(only_event(&receipt), Event::PoolCreated(event));
}

#[test]
fn create_pool_accepts_every_bound_and_refuses_one_past_it() {
    type Change = fn(&mut PoolParams);
    let good: [Change; 18] = [
        |p| (p.leverage_bps, p.group_caps_bps) = (10_000, [10_000; 16]),
        |p| p.season_days = 1,
        |p| p.season_days = 30,
        |p| (p.leverage_bps, p.group_caps_bps) = (50_000, [50_000; 16]),
        // The leverage is a limit beside them.
        |p| (p.leverage_bps, p.group_caps_bps) = (10_000, [50_000; 16]),
        |p| p.group_caps_bps = [0; 16],
        |p| p.protocol_fee_bps = 0,
        |p| p.protocol_fee_bps = 2_000,
        |p| p.assessor_fee_bps = 0,
        |p| p.assessor_fee_bps = 1_000,
        |p| (p.exit_delay_days, p.timelock) = (1, 3 * DAY),
        |p| (p.exit_delay_days, p.timelock) = (90, 92 * DAY),
        |p| p.timelock = 9 * DAY,
        |p| p.timelock = 92 * DAY,
        |p| p.min_premium = 1,
        |p| p.min_premium = 1 << 56,
        |p| p.vote_reward = 1 << 56,
        |p| p.arbiter = NOBODY,
    ];
    let bad: [(Change, E); 19] = [
        (|p| (p.leverage_bps, p.group_caps_bps) = (9_999, [0; 16]), E::BadLeverage),
        (|p| p.season_days = 0, E::BadSeason),
        (|p| p.season_days = 31, E::BadSeason),
        (|p| p.leverage_bps = 50_001, E::BadLeverage),
        (|p| p.leverage_bps = u16::MAX, E::BadLeverage),
        (|p| p.protocol_fee_bps = 2_001, E::FeeTooHigh),
        (|p| p.assessor_fee_bps = 1_001, E::FeeTooHigh),
        (|p| p.assessor_fee_bps = u16::MAX, E::FeeTooHigh),
        (|p| p.exit_delay_days = 0, E::BadExitDelay),
        (|p| (p.exit_delay_days, p.timelock) = (91, 92 * DAY), E::BadExitDelay),
        (|p| p.timelock = 9 * DAY - 1, E::BadTimelock),
        (|p| (p.exit_delay_days, p.timelock) = (1, 3 * DAY - 1), E::BadTimelock),
        (|p| (p.exit_delay_days, p.timelock) = (90, 92 * DAY - 1), E::BadTimelock),
        (|p| p.timelock = 92 * DAY + 1, E::BadTimelock),
        (|p| p.group_caps_bps[0] = 50_001, E::BadGroupCap),
        (|p| p.group_caps_bps[15] = 50_001, E::BadGroupCap),
        (|p| p.vote_reward = (1 << 56) + 1, E::BadVoteReward),
        (|p| p.min_premium = 0, E::BadMinPremium),
        (|p| p.min_premium = (1 << 56) + 1, E::BadMinPremium),
    ];
    let mut world = without_pool();
    for (change, error) in bad {
        let mut params = pool_params();
        change(&mut params);
        world.create_pool(0, params).fails(error);
        assert!(world.chain.account(&world.pool()).is_none(), "a failure leaves nothing behind");
    }
    for (number, change) in good.into_iter().enumerate() {
        let mut params = pool_params();
        change(&mut params);
        world.create_pool(number as u64, params).ok();
    }
}

#[test]
fn create_pool_takes_assets_of_up_to_eighteen_decimals() {
    let mut world = without_pool();
    for (id, decimals) in [(0, 0), (1, 18), (2, 19), (3, 252), (4, 255)] {
        let name = format!("mint of {decimals} decimals");
        world.create_mint(&name, decimals);
        let accounts = CreatePool { asset_mint: world.key(&name), ..world.create_pool_accounts(id) };
        let receipt = world.send(accounts.instruction(id, &pool_params(), &ShareWords::NONE), &["founder"]);
        if decimals > 18 {
            receipt.fails(E::UnsupportedDecimals);
            continue;
        }
        receipt.ok();
        assert_eq!(mint_at(&mut world, &accounts.share_mint).decimals, decimals + 3);
        assert_eq!(world.chain.read::<Pool>(&accounts.pool).decimals, decimals);
    }
}

#[test]
fn create_pool_takes_a_number_once_and_keeps_pools_apart() {
    let mut world = without_pool();
    world.create_pool(0, pool_params()).ok();
    world.create_pool(0, pool_params()).fails_with(TAKEN);
    let second = second_pool(&mut world);
    let (one, two): (Pool, Pool) = (world.read_pool(), world.chain.read(&second));
    assert_ne!((one.vault, one.share_mint, one.exit_escrow), (two.vault, two.share_mint, two.exit_escrow));
    assert_eq!((one.product_count, two.product_count), (0, 1));
}

#[test]
fn create_pool_cannot_be_blocked_by_sending_lamports_ahead() {
    let mut world = without_pool();
    let pool = world.pool();
    for target in [pool, vault_address(&pool), share_mint_address(&pool, 0), exit_escrow_address(&pool, 0)] {
        let transfer = solana_system_interface::instruction::transfer(&world.key("founder"), &target, 1_000_000);
        world.send(transfer, &["founder"]).ok();
    }
    world.create_pool(0, pool_params()).ok();
    assert_eq!(world.read_pool().version, 1);
}

#[test]
fn create_pool_needs_its_creators_signature() {
    let mut world = without_pool();
    world.give_lamports("mallory");
    let (mallory, accounts) = (world.key("mallory"), world.create_pool_accounts(0));
    let sponsored = CreatePool { payer: mallory, ..accounts };
    let instruction = sponsored.instruction(0, &pool_params(), &ShareWords::NONE);
    world.send(unsigned(instruction.clone(), 0), &["mallory"]).fails_with(I::MissingRequiredSignature);
    world.send(unsigned(instruction.clone(), 1), &["founder"]).fails_with(I::MissingRequiredSignature);

    let stolen = CreatePool { creator: mallory, payer: mallory, ..accounts };
    world.send(stolen.instruction(0, &pool_params(), &ShareWords::NONE), &["mallory"]).fails_with(I::InvalidSeeds);
    // The number is a seed too.
    let other = world.create_pool_accounts(0).instruction(1, &pool_params(), &ShareWords::NONE);
    world.send(other, &["founder"]).fails_with(I::InvalidSeeds);
    let purse = lamports(&mut world, &accounts.creator);
    world.send(instruction, &["founder", "mallory"]).ok();
    assert_eq!(lamports(&mut world, &accounts.creator), purse, "mallory pays the rent");
    assert_eq!(world.read_pool().rent_payer, mallory);
}

#[test]
fn create_pool_refuses_wrong_accounts() {
    let mut world = without_pool();
    let second = second_pool(&mut world);
    let (pool, assembly, asset) = (world.pool(), world.assembly(), world.asset());
    let tokens = world.open_tokens("founder", &asset);
    let forged = forge(&mut world, &assembly);
    let token_2022_mint = create_token_2022_mint(&mut world, "new mint");
    let instruction = world.create_pool_accounts(0).instruction(0, &pool_params(), &ShareWords::NONE);
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (2, second, I::InvalidSeeds),
            (2, Address::new_from_array([3; 32]), I::InvalidSeeds),
            (3, second, I::InvalidAccountData),
            (3, tokens, TOO_SMALL),
            (3, forged, I::IllegalOwner),
            (4, tokens, I::InvalidAccountData),
            (4, clock(), I::IllegalOwner),
            (4, token_2022_mint, I::IncorrectProgramId),
            (5, vault_address(&second), I::InvalidSeeds),
            (5, exit_escrow_address(&pool, 0), DUPLICATE),
            (6, share_mint_address(&second, 0), I::InvalidSeeds),
            (7, exit_escrow_address(&second, 0), I::InvalidSeeds),
            (8, TOKEN_2022, I::IncorrectProgramId),
            (8, ID, I::IncorrectProgramId),
            (9, TOKEN_2022, error(E::BadShareWords)),
            (9, ID, I::IncorrectProgramId),
            (10, spl_token_interface::ID, I::IncorrectProgramId),
        ],
    );
    world.send(instruction, &["founder"]).ok();
}

#[test]
fn create_pool_takes_a_mint_of_token_2022_under_its_own_program_only() {
    let mut world = without_pool();
    let asset_mint = create_token_2022_mint(&mut world, "new mint");
    let accounts = CreatePool { asset_mint, token_program: TOKEN_2022, ..world.create_pool_accounts(0) };
    let other = CreatePool { token_program: spl_token_interface::ID, ..accounts };
    world.send(other.instruction(0, &pool_params(), &ShareWords::NONE), &["founder"]).fails_with(I::IncorrectProgramId);
    world.send(accounts.instruction(0, &pool_params(), &ShareWords::NONE), &["founder"]).ok();
    let pool = world.read_pool();
    assert_eq!((pool.asset_mint, pool.token_program), (asset_mint, TOKEN_2022));
    assert_eq!(world.chain.account(&pool.vault).unwrap().owner, TOKEN_2022);
    // The shares are of the program that the creator picks, whatever the asset is of.
    for address in [pool.share_mint, pool.exit_escrow] {
        assert_eq!(world.chain.account(&address).unwrap().owner, spl_token_interface::ID);
    }
}

/// The words of the shares below.
fn words(name: &str, symbol: &str, uri: &str) -> ShareWords {
    ShareWords::new(name, symbol, uri).expect("they fit")
}

#[test]
fn create_pool_gives_shares_of_token_2022_name_symbol_and_link() {
    let mut world = without_pool();
    for (id, name, symbol, uri) in [
        (0, "Mutual of Amsterdam", "MUT-A", "https://example.org/pool"),
        (1, "n", "s", ""),
        (2, &"n".repeat(32), &"s".repeat(10), &"u".repeat(128)),
    ] {
        let accounts = CreatePool { share_token_program: TOKEN_2022, ..world.create_pool_accounts(id) };
        let shown = words(name, symbol, uri);
        world.send(accounts.instruction(id, &pool_params(), &shown), &["founder"]).ok();
        let pool: Pool = world.chain.read(&accounts.pool);
        assert_eq!((pool.share_token_program, pool.token_program), (TOKEN_2022, spl_token_interface::ID));
        let account = world.chain.account(&accounts.share_mint).unwrap();
        let mint = StateWithExtensions::<Mint2022>::unpack(&account.data).unwrap();
        let metadata = mint.get_variable_len_extension::<TokenMetadata>().unwrap();
        assert_eq!([&*metadata.name, &*metadata.symbol, &*metadata.uri], [name, symbol, uri]);
        assert_eq!(metadata.mint, accounts.share_mint);
        assert_eq!(Option::from(metadata.update_authority), Some(accounts.pool));
        let pointer = mint.get_extension::<MetadataPointer>().unwrap();
        assert_eq!(Option::from(pointer.authority), Some(accounts.pool));
        assert_eq!(Option::from(pointer.metadata_address), Some(accounts.share_mint));
        assert_eq!(mint.get_extension_types().unwrap(), [ExtensionType::MetadataPointer, ExtensionType::TokenMetadata]);
        assert_eq!((mint.base.decimals, mint.base.mint_authority.unwrap()), (9, accounts.pool));
        assert!(mint.base.freeze_authority.is_none());
        assert_eq!(account.lamports, (128 + account.data.len() as u64) * 6_960, "exempt from rent, words and all");
    }
}

#[test]
fn create_pool_asks_for_words_where_they_are_shown_and_only_there() {
    let mut world = without_pool();
    let accounts = world.create_pool_accounts(0);
    let shown = words("Mutual", "MUT", "");
    world.send(accounts.instruction(0, &pool_params(), &shown), &["founder"]).fails(E::BadShareWords);
    let accounts = CreatePool { share_token_program: TOKEN_2022, ..accounts };
    let not_utf8 = ShareWords { name: [0xff; 32], ..shown };
    let [nameless, symbolless] = [ShareWords { name: [0; 32], ..shown }, ShareWords { symbol: [0; 10], ..shown }];
    for wrong in [ShareWords::NONE, nameless, symbolless, not_utf8] {
        world.send(accounts.instruction(0, &pool_params(), &wrong), &["founder"]).fails(E::BadShareWords);
    }
    world.send(accounts.instruction(0, &pool_params(), &shown), &["founder"]).ok();
}
