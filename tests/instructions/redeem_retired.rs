//! `redeem_retired`: shares that were retired are worth their part of what was left, for ever.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, Receipt, UNIT};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;

/// Shares of ada, of 1,250,000 with ben's.
const ADAS: u64 = 1_000_000 * UNIT * 1_000;
/// Shares of ben.
const BENS: u64 = 250_000 * UNIT * 1_000;

/// A pool whose shares were retired; what was left for them.
fn retired() -> (TestWorld, u64) {
    let mut world = wiped_out();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    let left = world.chain.read::<Retired>(&retired_address(&world.pool(), 0)).capital;
    (world, left)
}

/// Accounts of `redeem_retired` of an actor's first shares.
fn redeem_accounts(world: &TestWorld, name: &str) -> RedeemRetired {
    let pool = world.pool();
    RedeemRetired {
        owner: world.key(name),
        pool,
        retired: retired_address(&pool, 0),
        owner_shares: world.share_tokens(name),
        receiver: world.tokens(name, &world.asset()),
        vault: vault_address(&pool),
        share_mint: world.share_mint(),
        asset_mint: world.asset(),
        token_program: world.token_program,
        share_token_program: world.share_program,
    }
}

/// Redeems an actor's first shares.
fn redeem(world: &mut TestWorld, name: &str, shares: u64) -> Receipt {
    let accounts = redeem_accounts(world, name);
    world.send(accounts.instruction(shares), &[name])
}

#[test]
fn redeem_retired_pays_each_share_its_part_and_the_last_what_is_left() {
    let (mut world, left) = retired();
    world.pass_days(10_000);
    let (before, pool, ben) = (world.read_pool(), world.pool(), world.key("ben"));
    let balance = world.balance("ben");
    let receipt = redeem(&mut world, "ben", BENS).ok();
    let part = left / 5;
    assert_eq!(world.balance("ben") - balance, part);
    let after = world.read_pool();
    assert_eq!(after, Pool { exits_due: before.exits_due - part, ..before });
    let event = RetiredRedeemed { pool, owner: ben, shares: BENS, amount: part, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::RetiredRedeemed(event));
    assert_eq!(world.shares("ben"), 0);
    world.check_books();

    let balance = world.balance("ada");
    redeem(&mut world, "ada", ADAS - 1).ok();
    redeem(&mut world, "ada", 1).ok();
    assert_eq!(world.balance("ada") - balance, left - part);
    let retired: Retired = world.chain.read(&retired_address(&pool, 0));
    assert_eq!((retired.shares, retired.capital, world.share_supply()), (0, 0, 0));
    assert_eq!(world.read_pool().exits_due, 0);
    world.check_books();
}

#[test]
fn redeem_retired_burns_a_share_that_is_worth_less_than_an_atom() {
    let (mut world, left) = retired();
    let balance = world.balance("ada");
    redeem(&mut world, "ada", 1).ok();
    assert_eq!((world.balance("ada"), world.shares("ada")), (balance, ADAS - 1));
    assert_eq!(world.chain.read::<Retired>(&retired_address(&world.pool(), 0)).capital, left);
}

#[test]
fn redeem_retired_is_for_shares_there_are() {
    let (mut world, _) = retired();
    redeem(&mut world, "ben", 0).fails(E::NothingDue);
    redeem(&mut world, "ben", BENS + 1).fails_with(token_error(TokenError::InsufficientFunds));
    redeem(&mut world, "ben", ADAS + BENS + 1).fails(E::NothingDue);
}

#[test]
fn redeem_retired_takes_no_shares_of_another_generation() {
    let (mut world, _) = retired();
    let (pool, seen) = (world.pool(), world.seen());
    let mint = share_mint_address(&pool, 1);
    let owner_shares = world.open_tokens("emil", &mint);
    let anew = Deposit { owner_shares, share_mint: mint, ..world.deposit_accounts("emil") };
    world.send(anew.instruction(UNIT, 0, &seen), &["emil"]).ok();
    let accounts = RedeemRetired { owner_shares, share_mint: mint, ..redeem_accounts(&world, "emil") };
    world.send(accounts.instruction(1), &["emil"]).fails(E::WrongShareMint);
    let accounts = RedeemRetired { owner_shares, ..redeem_accounts(&world, "emil") };
    world.send(accounts.instruction(1), &["emil"]).fails_with(token_error(TokenError::MintMismatch));
    // Nor does a pool take the old ones for new.
    let withdraw = world.withdraw_accounts("ada").instruction(1, 0);
    world.send(withdraw, &["ada"]).fails(E::WrongShareMint);
}

#[test]
fn redeem_retired_is_the_owners_and_refuses_another_pools_accounts() {
    let (mut world, _) = retired();
    let second = second_pool(&mut world);
    let governance = world.governance();
    let other = world.open_tokens("ada", &governance);
    world.mint_to(&governance, &other, ADAS);
    let instruction = redeem_accounts(&world, "ada").instruction(ADAS);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    let stolen = RedeemRetired { owner: world.key("ben"), ..redeem_accounts(&world, "ada") };
    world.send(stolen.instruction(1), &["ben"]).fails_with(token_error(TokenError::OwnerMismatch));
    let pool = world.pool();
    let forged = forge(&mut world, &retired_address(&pool, 0));
    refuses(
        &mut world,
        &instruction,
        &["ada"],
        &[
            (1, second, error(E::WrongPool)),
            (2, forged, I::IllegalOwner),
            (3, other, token_error(TokenError::MintMismatch)),
            (4, other, token_error(TokenError::MintMismatch)),
            (5, vault_address(&second), error(E::WrongVault)),
            (6, share_mint_address(&pool, 1), error(E::WrongShareMint)),
            (7, governance, error(E::WrongMint)),
            (8, TOKEN_2022, error(E::WrongTokenProgram)),
            (9, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    needs_a_full_vault(&mut world, instruction, &["ada"]);
}
