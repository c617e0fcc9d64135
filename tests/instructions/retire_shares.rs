//! `retire_shares`: a pool that was wiped out begins anew; what is left is the old shares', and new ones pay nothing for it.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, shares};
use harness::{Chain, UNIT, World, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// Shares of ada and of ben.
const SHARES: u64 = 1_250_000 * UNIT * 1_000;

/// Accounts of a deposit of an actor into the pool's second shares, whose account is opened.
fn deposit_anew(world: &mut TestWorld, name: &str) -> Deposit {
    let share_mint = share_mint_address(&world.pool(), 1);
    let owner_shares = world.open_tokens(name, &share_mint);
    Deposit { owner_shares, share_mint, ..world.deposit_accounts(name) }
}

#[test]
fn retire_shares_leaves_the_old_ones_what_is_left_and_begins_anew() {
    let mut world = wiped_out();
    world.deposit("ben", UNIT).fails(E::PoolDepleted);
    world.pass(1);
    let (before, now, pool) = (world.read_pool(), world.now(), world.pool());
    let left = before.capital;
    assert!((400 * UNIT..400 * UNIT + 3).contains(&left), "the gift, and the atoms that the cover cost: {left}");
    assert_eq!(before.shares, SHARES);
    let receipt = world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();

    let (mint, escrow) = (share_mint_address(&pool, 1), exit_escrow_address(&pool, 1));
    let bump_of = |seed: &[u8]| bump(&[seed, pool.as_ref(), &1u32.to_le_bytes()]);
    let after = world.read_pool();
    let mut expected = Pool {
        capital: 0,
        exits_due: before.exits_due + left,
        shares: 0,
        generation: 1,
        share_mint: mint,
        share_mint_bump: bump_of(b"shares"),
        exit_escrow: escrow,
        exit_escrow_bump: bump_of(b"exit_escrow"),
        seasoned_shares: 0,
        income_rate: 0,
        accrued_at: now,
        children: before.children + 1,
        income_end_day: 0,
        ..before
    };
    expected.season_ring[(now / DAY % 32) as usize] = 0;
    assert_eq!(after, expected);
    let retired = Retired {
        version: 1,
        bump: bump(&[b"retired", pool.as_ref(), &0u32.to_le_bytes()]),
        generation: 0,
        pool,
        share_mint: before.share_mint,
        rent_payer: world.key("founder"),
        shares: SHARES,
        capital: left,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<Retired>(&retired_address(&pool, 0)), retired);
    let minted = mint_at(&mut world, &mint);
    assert_eq!((minted.decimals, minted.supply, minted.mint_authority.unwrap()), (9, 0, pool));
    assert!(minted.freeze_authority.is_none());
    let tokens = token_at(&mut world, &escrow);
    assert_eq!((tokens.mint, tokens.owner, tokens.amount), (mint, pool, 0));
    let event = SharesRetired {
        pool,
        share_mint: before.share_mint,
        new_share_mint: mint,
        shares: SHARES,
        capital: left,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::SharesRetired(event));
    world.check_books();

    // New capital owns what it brings, and no old share any of it.
    let (accounts, seen) = (deposit_anew(&mut world, "emil"), world.seen());
    world.send(accounts.instruction(UNIT, 0, &seen), &["emil"]).ok();
    assert_eq!(world.balance_of(&accounts.owner_shares), UNIT * 1_000);
    let pool = world.read_pool();
    assert_eq!((pool.capital, pool.shares, pool.exits_due), (UNIT, UNIT * 1_000, left));
    world.check_books();
}

#[test]
fn retire_shares_leaves_the_old_ones_what_still_streams_to_them() {
    let mut world = wiped_out();
    let (asset, vault) = (world.asset(), vault_address(&world.pool()));
    world.mint_to(&asset, &vault, 77 * UNIT);
    world.absorb_surplus().ok();
    world.pass_days(1);
    let before = world.read_pool();
    assert_eq!(before.unearned, 77 * UNIT, "hardly any of it is earned yet");
    let receipt = world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let Event::SharesRetired(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.earned, 77 * UNIT, "by the second for a day, and the rest at once");
    let after = world.read_pool();
    let retired: Retired = world.chain.read(&retired_address(&world.pool(), 0));
    assert_eq!(retired.capital, before.capital + 77 * UNIT);
    assert_eq!((after.unearned, after.rate, after.rate_fraction, after.rate_ring), (0, 0, 0, [0; 512]));
    assert_eq!(after.income_earned, before.income_earned + 77 * UNIT);
    world.check_books();
    // Anyone who comes next finds nothing but their own.
    let (accounts, seen) = (deposit_anew(&mut world, "emil"), world.seen());
    world.send(accounts.instruction(1, 0, &seen), &["emil"]).ok();
    world.pass_days(8);
    world.send(accounts.instruction(1, 0, &seen), &["emil"]).ok();
    assert_eq!(world.read_pool().capital, 2);
    world.check_books();
}

#[test]
fn retire_shares_is_for_shares_below_a_thousandth_of_their_first_price() {
    let mut world = wiped_out();
    let least = (SHARES + 1_000).div_ceil(1_000_000) - 1;
    assert!(!shares::is_depleted(least, SHARES) && shares::is_depleted(least - 1, SHARES));
    let (pool, asset) = (world.pool(), world.asset());
    world.mint_to(&asset, &vault_address(&pool), 2_000 * UNIT);
    let instruction = world.retire_accounts(0).instruction();
    edit(&mut world, &pool, offset_of!(Pool, capital), &least.to_le_bytes());
    world.send(instruction.clone(), &["founder"]).fails(E::PoolNotDepleted);
    // What streams to them counts.
    edit(&mut world, &pool, offset_of!(Pool, capital), &(least - 5).to_le_bytes());
    edit(&mut world, &pool, offset_of!(Pool, unearned), &5u64.to_le_bytes());
    world.send(instruction.clone(), &["founder"]).fails(E::PoolNotDepleted);
    edit(&mut world, &pool, offset_of!(Pool, unearned), &4u64.to_le_bytes());
    world.send(instruction, &["founder"]).ok();
}

#[test]
fn retire_shares_waits_for_cover_incidents_and_exits() {
    for (field, bytes) in [
        (offset_of!(Pool, active_cover), &1u64.to_le_bytes()[..]),
        (offset_of!(Pool, liened_cover), &1u64.to_le_bytes()),
        (offset_of!(Pool, open_incidents), &1u32.to_le_bytes()),
        (offset_of!(Pool, held_incidents), &1u64.to_le_bytes()),
        (offset_of!(Pool, exit_count), &1u64.to_le_bytes()),
    ] {
        let mut world = wiped_out();
        let pool = world.pool();
        edit(&mut world, &pool, field, bytes);
        world.send(world.retire_accounts(0).instruction(), &["founder"]).fails(E::PoolNotDepleted);
    }
    let mut world = funded_pool();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).fails(E::PoolNotDepleted);
    let mut empty = World::new();
    empty.send(empty.retire_accounts(0).instruction(), &["founder"]).fails(E::PoolNotDepleted);
}

#[test]
fn retire_shares_goes_on_to_a_third_generation() {
    let mut world = wiped_out();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let (accounts, seen) = (deposit_anew(&mut world, "emil"), world.seen());
    world.send(accounts.instruction(CAPITAL / 2, 0, &seen), &["emil"]).ok();
    world.send(world.retire_accounts(1).instruction(), &["founder"]).fails(E::PoolNotDepleted);
    // It is wiped out as well.
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, capital), &7u64.to_le_bytes());
    world.send(world.retire_accounts(0).instruction(), &["founder"]).fails_with(I::InvalidSeeds);
    world.send(world.retire_accounts(1).instruction(), &["founder"]).ok();
    let pool = world.read_pool();
    assert_eq!((pool.generation, pool.share_mint), (2, share_mint_address(&world.pool(), 2)));
    let retired: Retired = world.chain.read(&retired_address(&world.pool(), 1));
    assert_eq!((retired.generation, retired.shares, retired.capital), (1, CAPITAL / 2 * 1_000, 7));
}

#[test]
fn retire_shares_gives_new_shares_of_token_2022_words() {
    let mut world = World::with_shares_of_token_2022(harness::ProgramTestChain::start());
    world.list_product(0, product_params("Risk")).ok();
    world.fund("ada", CAPITAL);
    world.deposit("ada", CAPITAL).ok();
    let pool = world.pool();
    edit(&mut world, &pool, offset_of!(Pool, capital), &0u64.to_le_bytes());
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let mint = world.chain.account(&share_mint_address(&pool, 1)).unwrap();
    assert_eq!(mint.owner, TOKEN_2022);
    let words = b"Renewed pool shares";
    assert!(mint.data.windows(words.len()).any(|bytes| bytes == words));
    assert_eq!(mint.lamports, (128 + mint.data.len() as u64) * 6_960, "exempt from rent with its words");
}

#[test]
fn retire_shares_refuses_another_pools_accounts() {
    let mut world = wiped_out();
    let second = second_pool(&mut world);
    let instruction = world.retire_accounts(0).instruction();
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (1, second, I::InvalidSeeds),
            (2, retired_address(&second, 0), I::InvalidSeeds),
            (3, share_mint_address(&second, 1), I::InvalidSeeds),
            (4, exit_escrow_address(&second, 1), I::InvalidSeeds),
            (5, vault_address(&second), error(E::WrongVault)),
            (6, TOKEN_2022, error(E::WrongTokenProgram)),
            (7, spl_token_interface::ID, I::IncorrectProgramId),
        ],
    );
    needs_a_full_vault(&mut world, instruction, &["founder"]);
}
