//! `request_exit`: shares wait in escrow for the epoch of a day, and sales no longer count on them.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, shares, start_of};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError as I;
use spl_token_interface::error::TokenError;

const SHARES: u64 = 300_000 * UNIT * 1_000;

#[test]
fn request_exit_books_ticket_epoch_and_escrow() {
    let mut world = funded_pool();
    world.pass(10);
    let (before, now) = (world.read_pool(), world.now());
    // Today has begun: seven full days from now end within the eighth from today.
    let (pool, day) = (world.pool(), day_of(now) + 8);
    let receipt = world.request_exit("ada", 0, SHARES).ok();

    let after = world.read_pool();
    let (exit_count, exit_tail_day, children) = (1, day, before.children + 1);
    let expected = Pool { exiting_shares: SHARES, exit_count, exit_tail_day, children, accrued_at: now, ..before };
    assert_eq!(after, expected);
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
        epoch: 0,
        requested_at: now,
        ..zeroed()
    };
    assert_eq!(world.chain.read::<ExitTicket>(&address), ticket);
    let epoch = world.read_epoch(0);
    let expected = ExitEpoch {
        version: 1,
        bump: bump(&[b"exit_epoch", pool.as_ref(), &0u64.to_le_bytes()]),
        tips: 1,
        asked_at: now,
        pool,
        rent_payer: ada,
        number: 0,
        day,
        shares: SHARES,
        tickets: 1,
        ..zeroed()
    };
    assert_eq!(epoch, expected);
    let place = exit_epoch_address(&pool, 0);
    assert_eq!(lamports(&mut world, &place), rent(&mut world, &place) + TIP, "for the one who completes its payment");
    assert_eq!(world.balance_of(&exit_escrow_address(&pool, 0)), SHARES);
    assert_eq!(world.shares("ada"), 1_000_000 * UNIT * 1_000 - SHARES);
    assert_eq!(world.share_supply(), before.shares, "nothing is burned yet");
    let event = ExitRequested {
        pool,
        ticket: address,
        owner: ada,
        shares: SHARES,
        epoch: 0,
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
    assert_eq!((event.epoch, event.shares, event.epoch_shares), (0, 500, SHARES + 500));
    assert_eq!(world.read_epoch(0), ExitEpoch { shares: SHARES + 500, tickets: 2, ..epoch });
    assert_eq!(world.read_pool().exit_count, 1);
    world.check_books();
}

#[test]
fn request_exit_waits_for_the_first_day_that_begins_after_the_whole_delay() {
    // A second before midnight, at midnight, a second after it: seven days later it is over, or just not.
    for (seconds, days) in [(-1, 7), (0, 7), (1, 8)] {
        let mut world = funded_pool();
        let midnight = start_of(day_of(world.now()) + 1).unwrap();
        let now = midnight.checked_add_signed(seconds).unwrap();
        world.chain.set_now(now);
        world.request_exit("ada", 0, SHARES).ok();
        let day = world.read_epoch(0).day;
        assert_eq!(day, day_of(midnight) + days);
        let wait = start_of(day).unwrap() - now;
        assert!((7 * DAY..8 * DAY).contains(&wait));
    }
}

#[test]
fn request_exit_makes_the_next_epoch_for_a_later_day_and_joins_no_earlier_one() {
    let mut world = funded_pool();
    world.request_exit("ada", 0, SHARES).ok();
    world.pass_days(1);
    for wrong in [0, 2, u64::MAX] {
        let accounts = world.request_exit_accounts("ada", 1, wrong);
        world.send(accounts.instruction(1, wrong, 1), &["ada"]).fails(E::WrongExitEpoch);
    }
    world.request_exit("ada", 1, 2 * SHARES).ok();
    let (first, second) = (world.read_epoch(0), world.read_epoch(1));
    assert_eq!((first.number, second.number, second.day), (0, 1, first.day + 1));
    assert_eq!((first.shares, second.shares), (SHARES, 2 * SHARES));
    let pool = world.read_pool();
    assert_eq!((pool.exit_head, pool.exit_count, pool.exit_tail_day), (0, 2, second.day));
    assert_eq!(pool.exiting_shares, 3 * SHARES);

    // A shorter delay lets nobody overtake: they stand with those who asked last.
    let pool = world.pool();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, exit_delay_days), &1u16.to_le_bytes());
    world.request_exit("ada", 2, 1).ok();
    assert_eq!((world.read_epoch(1).shares, world.read_pool().exit_count), (2 * SHARES + 1, 2));
    // Once nobody waits the delay is the pool's.
    for _ in 0..2 {
        world.await_exits();
        world.pay_exits().ok();
    }
    world.pass(1);
    world.request_exit("ada", 3, 1).ok();
    assert_eq!(world.read_epoch(2).day, day_of(world.now()) + 2);
}

#[test]
fn request_exit_joins_an_epoch_of_the_day_whatever_became_of_the_one_before() {
    let mut world = funded_pool();
    // With a delay of a day, an epoch can be asked for, paid and asked for again.
    let pool = world.pool();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, exit_delay_days), &1u16.to_le_bytes());
    world.request_exit("ada", 0, SHARES).ok();
    world.pass_days(2);
    world.pay_exits().ok();
    world.request_exit("ada", 1, SHARES).ok();
    assert_eq!(world.read_epoch(0).shares, SHARES, "what was paid takes nobody in any more");
    assert_eq!(world.read_epoch(1).shares, SHARES);
}

#[test]
fn request_exit_is_for_shares_there_are() {
    let mut world = funded_pool();
    world.fund("ben", UNIT);
    world.deposit("ben", UNIT).ok();
    world.request_exit("ada", 0, 0).fails(E::ZeroAmount);
    let all = world.shares("ada");
    world.request_exit("ada", 0, all + 1).fails_with(token_error(TokenError::InsufficientFunds));
    world.request_exit("ada", 0, all).ok();
    assert_eq!(world.shares("ada"), 0);
    // Ben has all that are not on their way out.
    let all = world.shares("ben");
    for too_many in [all + 1, u64::MAX] {
        world.request_exit("ben", 1, too_many).fails(E::TooManyShares);
    }
    world.request_exit("ben", 1, all).ok();
}

#[test]
fn request_exit_is_taken_however_long_the_first_have_waited() {
    let mut world = funded_pool();
    world.request_exit("ada", 0, UNIT).ok();
    world.pass_days(600);
    world.request_exit("ada", 1, UNIT).ok();
    assert_eq!(world.read_epoch(1).day, day_of(world.now()) + 8);
    world.check_books();
}

#[test]
fn request_exit_takes_its_worth_from_the_capital_that_carries_new_cover() {
    let mut world = funded_pool();
    world.begin_sales();
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
fn request_exit_is_paid_for_by_anyone() {
    let mut world = funded_pool();
    world.give_lamports("sponsor");
    let (ada, sponsor) = (world.key("ada"), world.key("sponsor"));
    let before = purses(&mut world, [ada, sponsor]);
    let accounts = RequestExit { payer: sponsor, ..world.request_exit_accounts("ada", 0, 0) };
    let instruction = accounts.instruction(0, 0, SHARES);
    world.send(unsigned(instruction.clone(), 1), &["ada"]).fails_with(I::MissingRequiredSignature);
    world.send(instruction, &["ada", "sponsor"]).ok();
    let [ticket, epoch] = purses(&mut world, [accounts.ticket, accounts.epoch]);
    assert_eq!(purses(&mut world, [ada, sponsor]), [before[0], before[1] - ticket - epoch]);
    assert_eq!(world.chain.read::<ExitTicket>(&accounts.ticket).rent_payer, sponsor);
    assert_eq!(world.read_epoch(0).rent_payer, sponsor);
}

#[test]
fn request_exit_needs_the_owner_and_this_pools_accounts() {
    let mut world = funded_pool();
    let second = second_pool(&mut world);
    world.create_mint("other mint", 6);
    let other_mint = world.key("other mint");
    let other = world.open_tokens("ada", &other_mint);
    let accounts = world.request_exit_accounts("ada", 0, 0);
    let instruction = accounts.instruction(0, 0, SHARES);
    world.fund("mallory", UNIT);
    let paid = RequestExit { payer: world.key("mallory"), ..accounts }.instruction(0, 0, SHARES);
    world.send(unsigned(paid, 0), &["mallory"]).fails_with(I::MissingRequiredSignature);
    let stolen = RequestExit { owner_shares: accounts.owner_shares, ..world.request_exit_accounts("mallory", 0, 0) };
    world.send(stolen.instruction(0, 0, 1), &["mallory"]).fails_with(token_error(TokenError::OwnerMismatch));
    let (ada, pool) = (world.key("ada"), world.pool());
    refuses(
        &mut world,
        &instruction,
        &["ada"],
        &[
            (2, second, I::InvalidSeeds),
            (3, exit_ticket_address(&pool, &ada, 1), I::InvalidSeeds),
            (4, exit_epoch_address(&second, 0), I::InvalidSeeds),
            (4, exit_epoch_address(&pool, 1), I::InvalidSeeds),
            (5, other, token_error(TokenError::InsufficientFunds)),
            (6, exit_escrow_address(&second, 0), error(E::WrongVault)),
            (6, vault_address(&pool), error(E::WrongVault)),
            (7, other, error(E::WrongMint)),
            (7, vault_address(&pool), error(E::WrongReceiver)),
            (8, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    world.send(instruction, &["ada"]).ok();
    world.pass(1);
    world.request_exit("ada", 0, 1).fails_with(TAKEN);
}
