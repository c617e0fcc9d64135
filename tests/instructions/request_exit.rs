//! `request_exit`: shares wait in escrow for the epoch the exit delay from today, and sales no longer count on them.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{day_of, shares};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;

const SHARES: u64 = 300_000 * UNIT * 1_000;

#[test]
fn request_exit_books_ticket_epoch_and_escrow() {
    let mut world = open_pool();
    world.pass(10);
    let (before, now) = (world.read_pool(), world.now());
    let (pool, day) = (world.pool(), day_of(now) + 7);
    let receipt = world.request_exit("ada", 0, SHARES).ok();

    let after = world.read_pool();
    let expected = Pool {
        exiting_shares: SHARES,
        exit_head_day: day,
        exit_tail_day: day,
        exit_days: after.exit_days,
        accrued_at: now,
        ..before
    };
    assert_eq!(after, expected);
    let bits: Vec<u64> = (0..512).filter(|bit| after.exit_days[*bit as usize / 64] >> (bit % 64) & 1 == 1).collect();
    assert_eq!(bits, [day % 512]);
    let (ada, receiver) = (world.key("ada"), world.tokens("ada", &world.asset()));
    let address = exit_ticket_address(&pool, &ada, 0);
    let ticket = ExitTicket {
        version: 1,
        bump: bump(&[b"exit_ticket", pool.as_ref(), ada.as_ref(), &0u64.to_le_bytes()]),
        pool,
        owner: ada,
        receiver,
        rent_payer: ada,
        shares: SHARES,
        epoch_day: day,
        requested_at: now,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<ExitTicket>(&address), ticket);
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    let expected = ExitEpoch {
        version: 1,
        bump: bump(&[b"exit_epoch", pool.as_ref(), &day.to_le_bytes()]),
        pool,
        rent_payer: ada,
        day,
        shares: SHARES,
        tickets: 1,
        ..zeroed()
    };
    assert_eq!(epoch, expected);
    assert_eq!(world.balance_of(&exit_escrow_address(&pool, 0)), SHARES);
    assert_eq!(world.shares("ada"), 1_000_000 * UNIT * 1_000 - SHARES);
    assert_eq!(world.share_supply(), before.shares, "nothing is burned yet");
    let event = ExitRequested {
        pool,
        ticket: address,
        owner: ada,
        shares: SHARES,
        day,
        epoch_shares: SHARES,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::ExitRequested(event));
    world.check_books();

    // Another ticket joins the epoch, which stays its first payer's.
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    let receipt = world.request_exit("ben", 9, 500).ok();
    let Event::ExitRequested(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.shares, event.epoch_shares), (500, SHARES + 500));
    let joined: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    assert_eq!(joined, ExitEpoch { shares: SHARES + 500, tickets: 2, ..epoch });
    world.check_books();
}

#[test]
fn request_exit_is_for_the_day_after_the_delay_and_for_shares_there_are() {
    let mut world = open_pool();
    let day = world.exit_day();
    for wrong in [0, day - 1, day + 1] {
        let accounts = world.request_exit_accounts("ada", 0, wrong);
        world.send(accounts.instruction(0, wrong, 1), &["ada"]).fails(E::WrongExitDay);
    }
    world.request_exit("ada", 0, 0).fails(E::ZeroAmount);
    let all = world.shares("ada");
    world.request_exit("ada", 0, all + 1).fails_with(token_error(TokenError::InsufficientFunds));
    world.request_exit("ada", 0, all).ok();
    assert_eq!(world.shares("ada"), 0);
}

#[test]
fn request_exit_stops_when_the_first_that_wait_are_512_days_behind() {
    let mut world = open_pool();
    world.request_exit("ada", 0, UNIT).ok();
    world.pass_days(511);
    world.request_exit("ada", 1, UNIT).ok();
    world.pass_days(1);
    world.request_exit("ada", 2, UNIT).fails(E::ExitQueueFull);
}

#[test]
fn request_exit_takes_its_worth_from_the_capital_that_carries_new_cover() {
    let mut world = open_pool();
    world.request_exit("ada", 0, 2 * SHARES).ok();
    let pool = world.read_pool();
    let leaving = shares::assets_for_shares_ceil(2 * SHARES, pool.capital, pool.shares).unwrap();
    let most = pool.capital - leaving;
    world.fund("dora", 200_000 * UNIT);
    world.buy("dora", 0, 0, most + 1, 30).fails(E::ProductCapacity);
    world.buy("dora", 0, 0, most, 30).ok();
    world.check_books();
}

#[test]
fn request_exit_needs_the_owner_and_this_pools_accounts() {
    let mut world = open_pool();
    let second = second_pool(&mut world);
    world.create_mint("other mint", 6);
    let other_mint = world.key("other mint");
    let other = world.open_tokens("ada", &other_mint);
    let day = world.exit_day();
    let accounts = world.request_exit_accounts("ada", 0, day);
    let instruction = accounts.instruction(0, day, SHARES);
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(I::MissingRequiredSignature);
    world.fund("mallory", UNIT);
    let stolen = RequestExit { owner_shares: accounts.owner_shares, ..world.request_exit_accounts("mallory", 0, day) };
    world.send(stolen.instruction(0, day, 1), &["mallory"]).fails_with(token_error(TokenError::OwnerMismatch));
    let (ada, pool) = (world.key("ada"), world.pool());
    refuses(
        &mut world,
        &instruction,
        &["ada"],
        &[
            (1, second, I::InvalidSeeds),
            (2, exit_ticket_address(&pool, &ada, 1), I::InvalidSeeds),
            (3, exit_epoch_address(&second, day), I::InvalidSeeds),
            (3, exit_epoch_address(&pool, day + 1), I::InvalidSeeds),
            (4, other, token_error(TokenError::InsufficientFunds)),
            (5, exit_escrow_address(&second, 0), error(E::WrongVault)),
            (5, vault_address(&pool), error(E::WrongVault)),
            (6, other, error(E::WrongMint)),
            (7, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    world.send(instruction.clone(), &["ada"]).ok();
    world.pass(1);
    world.request_exit("ada", 0, 1).fails_with(TAKEN);
}
