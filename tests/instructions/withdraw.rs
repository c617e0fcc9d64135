//! `withdraw`: before a pool sells anything, LPs come and go at once.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;

/// A quarter of a million units' worth.
const SHARES: u64 = 250_000 * UNIT * 1_000;

#[test]
fn withdraw_burns_shares_and_pays_their_worth() {
    let mut world = funded_pool();
    let (before, now, pool, ada) = (world.read_pool(), world.now(), world.pool(), world.key("ada"));
    let receipt = world.withdraw_shares("ada", SHARES).ok();
    let after = world.read_pool();
    let expected =
        Pool { capital: 750_000 * UNIT, shares: 3 * SHARES, accrued_at: now, deposited: [750_000 * UNIT, 0], ..before };
    assert_eq!(after, expected);
    assert_eq!((world.shares("ada"), world.share_supply()), (3 * SHARES, 3 * SHARES));
    assert_eq!((world.balance("ada"), world.vault_balance()), (250_000 * UNIT, 750_000 * UNIT));
    let event = Withdrawn {
        pool,
        owner: ada,
        shares: SHARES,
        amount: 250_000 * UNIT,
        supply: 3 * SHARES,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::Withdrawn(event));
    world.check_books();
    // All of it, to the last share.
    world.withdraw_shares("ada", 3 * SHARES).ok();
    assert_eq!((world.balance("ada"), world.read_pool().shares), (1_000_000 * UNIT, 0));
    world.check_books();
}

#[test]
fn withdraw_rounds_down_and_pays_no_less_than_asked_for() {
    let mut world = funded_pool();
    let accounts = world.withdraw_accounts("ada");
    world.send(accounts.instruction(1_999, 2), &["ada"]).fails(E::PaidTooLittle);
    world.send(accounts.instruction(1_999, 1), &["ada"]).ok();
    assert_eq!(world.balance("ada"), 1);
    world.check_books();
}

#[test]
fn withdraw_ends_seven_days_after_the_opening() {
    let mut world = funded_pool();
    world.pass_days(300);
    world.withdraw_shares("ada", SHARES).ok();
    world.open_pool().ok();
    let opened = world.now();
    world.chain.set_now(opened + 7 * DAY - 1);
    world.withdraw_shares("ada", SHARES).ok();
    world.pass(1);
    world.withdraw_shares("ada", SHARES).fails(E::LeavingTakesTime);
    world.pass_days(1_000);
    world.withdraw_shares("ada", SHARES).fails(E::LeavingTakesTime);
}

#[test]
fn withdraw_is_for_shares_there_are() {
    let mut world = funded_pool();
    world.withdraw_shares("ada", 0).fails(E::ZeroAmount);
    // Ben deposits as well: the pool has more shares than ada.
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let all = world.shares("ada");
    world.withdraw_shares("ada", all + 1).fails_with(token_error(TokenError::InsufficientFunds));
    // What is on its way out is no longer hers to withdraw.
    world.request_exit("ada", 0, SHARES).ok();
    world.withdraw_shares("ada", all - SHARES + 1).fails_with(token_error(TokenError::InsufficientFunds));
    world.withdraw_shares("ada", all - SHARES).ok();
    // Nor anybody else's: ben has all that are left.
    let all = world.shares("ben");
    for too_many in [all + 1, u64::MAX] {
        world.withdraw_shares("ben", too_many).fails(E::TooManyShares);
    }
    world.withdraw_shares("ben", all).ok();
    world.check_books();
}

#[test]
fn withdraw_is_the_owners_and_pays_whom_they_name() {
    let mut world = funded_pool();
    world.fund("ben", 0);
    let accounts = world.withdraw_accounts("ada");
    world.send(unsigned(accounts.instruction(SHARES, 0), 0), &[]).fails_with(I::MissingRequiredSignature);
    let stolen = Withdraw { owner: world.key("ben"), ..accounts };
    world.send(stolen.instruction(SHARES, 0), &["ben"]).fails_with(token_error(TokenError::OwnerMismatch));
    let given = Withdraw { receiver: world.tokens("ben", &world.asset()), ..accounts };
    world.send(given.instruction(SHARES, 0), &["ada"]).ok();
    assert_eq!((world.balance("ben"), world.balance("ada")), (250_000 * UNIT, 0));
}

#[test]
fn withdraw_refuses_another_pools_accounts() {
    let mut world = funded_pool();
    let second = second_pool(&mut world);
    let governance = world.governance();
    let other = world.open_tokens("ada", &governance);
    world.mint_to(&governance, &other, SHARES);
    let (pool, foreign_mint) = (world.pool(), share_mint_address(&second, 0));
    let instruction = world.withdraw_accounts("ada").instruction(SHARES, 0);
    refuses(
        &mut world,
        &instruction,
        &["ada"],
        &[
            (1, second, error(E::WrongVault)),
            (2, other, token_error(TokenError::MintMismatch)),
            (3, other, token_error(TokenError::MintMismatch)),
            (3, vault_address(&pool), DUPLICATE),
            (4, vault_address(&second), error(E::WrongVault)),
            (4, exit_escrow_address(&pool, 0), error(E::WrongVault)),
            (5, foreign_mint, error(E::WrongShareMint)),
            (6, governance, error(E::WrongMint)),
            (7, TOKEN_2022, error(E::WrongTokenProgram)),
            (8, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    needs_a_full_vault(&mut world, instruction, &["ada"]);
}
