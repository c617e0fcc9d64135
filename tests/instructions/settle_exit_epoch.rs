//! `settle_exit_epoch`: one price and one fill ratio a day, first come first served, and the rest tomorrow.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of, exits};
use harness::{Chain, UNIT};

const SHARES: u64 = 600_000 * UNIT * 1_000;

/// Dora buys cover of two products, half of it each: one alone may not insure more than the capital.
fn insure(world: &mut TestWorld, cover: u64) {
    world.buy("dora", 0, 0, cover / 2, 180).ok();
    world.buy("dora", 1, 0, cover / 2, 180).ok();
}

/// Ada wants out with 600,000 units' worth of shares while this much is covered; her day has come.
fn waiting(cover: u64) -> (TestWorld, u64) {
    let mut world = open_pool();
    world.fund("dora", 1_000_000 * UNIT);
    if cover > 0 {
        insure(&mut world, cover);
    }
    let day = world.exit_day();
    world.request_exit("ada", 0, SHARES).ok();
    world.pass_days(7);
    (world, day)
}

/// What a settlement of `wanted` shares does at the capital that the last accrual left.
fn expected(before: &Pool, earned: u64, wanted: u64) -> exits::Fill {
    let capital = before.capital + earned;
    let liens = before.own_liens().expect("they fit").min(capital);
    let payable = exits::payable(capital, liens, before.active_cover, before.leverage_bps);
    exits::fill(wanted, payable, capital, before.shares).unwrap()
}

#[test]
fn settle_exit_epoch_burns_all_that_the_capital_allows() {
    let (mut world, day) = waiting(0);
    let (before, now, pool) = (world.read_pool(), world.now(), world.pool());
    let receipt = world.send(world.settle_epoch_accounts(day, None).instruction(), &[]).ok();
    let fill = expected(&before, 0, SHARES);
    assert_eq!((fill.burned, fill.paid), (SHARES, 600_000 * UNIT));
    let after = world.read_pool();
    let wanted = Pool {
        capital: 400_000 * UNIT,
        exits_due: 600_000 * UNIT,
        shares: before.shares - SHARES,
        exiting_shares: 0,
        exit_head_day: 0,
        exit_days: [0; 8],
        accrued_at: now,
        ..before
    };
    assert_eq!(after, wanted);
    assert_eq!((world.share_supply(), world.balance_of(&exit_escrow_address(&pool, 0))), (after.shares, 0));
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    let settled = ExitEpoch {
        settled: 1,
        shares: SHARES,
        burned: SHARES,
        paid: fill.paid,
        capital: before.capital,
        supply: before.shares,
        settled_at: now,
        tickets: 1,
        collected: 0,
        carried_to_day: 0,
        ..epoch
    };
    assert_eq!(epoch, settled);
    let event = ExitEpochSettled {
        pool,
        epoch: exit_epoch_address(&pool, day),
        day,
        shares: SHARES,
        burned: SHARES,
        paid: fill.paid,
        supply: after.shares,
        carried_to_day: 0,
        earned: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::ExitEpochSettled(event));
    world.check_books();
    world.pass(1);
    world.settle_epoch(day).fails(E::ExitSettled);
}

#[test]
fn settle_exit_epoch_leaves_what_cover_needs_and_carries_the_rest_over() {
    let (mut world, day) = waiting(1_500_000 * UNIT);
    let (before, pool) = (world.read_pool(), world.pool());
    world.send(world.settle_epoch_accounts(day, None).instruction(), &[]).fails(E::NextEpochMissing);
    // An epoch that is not tomorrow's.
    world.fund("ben", 1_000 * UNIT);
    let later = world.exit_day();
    world.send(world.settle_epoch_accounts(day, Some(later)).instruction(), &[]).fails_with(TOO_SMALL);
    world.request_exit("ada", 1, 1).ok();
    world.send(world.settle_epoch_accounts(day, Some(later)).instruction(), &[]).fails(E::WrongExitEpoch);

    let Event::ExitEpochSettled(event) = only_event(&world.settle_epoch(day).ok()) else { panic!("another event") };
    let after = world.read_pool();
    let earned = after.income_earned - before.income_earned;
    let fill = expected(&before, earned, SHARES);
    assert!(fill.burned < SHARES && fill.paid > 250_000 * UNIT - 2, "{fill:?}");
    assert_eq!((event.burned, event.paid, event.carried_to_day), (fill.burned, fill.paid, day + 1));
    assert_eq!(after.capital, before.capital + earned - fill.paid);
    assert!(after.active_cover <= 2 * after.capital, "the leverage holds");
    assert_eq!((after.exit_head_day, after.exit_tail_day), (day + 1, later));
    assert_eq!(after.exiting_shares, SHARES - fill.burned + 1);
    assert_eq!(world.balance_of(&exit_escrow_address(&pool, 0)), SHARES - fill.burned + 1);
    let next: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day + 1));
    assert_eq!((next.shares, next.tickets, next.settled), (SHARES - fill.burned, 1, 0));
    world.check_books();
    world.send(world.settle_epoch_accounts(day + 1, None).instruction(), &[]).fails(E::ExitNotDue);
}

#[test]
fn settle_exit_epoch_waits_for_its_day_and_for_earlier_ones() {
    let mut world = open_pool();
    let day = world.exit_day();
    world.request_exit("ada", 0, SHARES / 2).ok();
    world.pass_days(1);
    world.request_exit("ada", 1, SHARES / 2).ok();
    world.pass_days(5);
    world.send(world.settle_epoch_accounts(day, None).instruction(), &[]).fails(E::ExitNotDue);
    world.pass_days(2);
    world.settle_epoch(day + 1).fails(E::EarlierExitWaits);
    world.settle_epoch(day).ok();
    assert_eq!(world.read_pool().exit_head_day, day + 1);
    world.settle_epoch(day + 1).ok();
    assert_eq!(world.read_pool().exit_head_day, 0);
    world.check_books();
}

#[test]
fn settle_exit_epoch_does_nothing_when_nothing_can_leave() {
    let mut world = open_pool();
    world.fund("dora", 1_000_000 * UNIT);
    insure(&mut world, 2_000_000 * UNIT);
    let day = world.exit_day();
    world.request_exit("ada", 0, SHARES).ok();
    // What is earned since could leave: take it out of the stream.
    let pool = world.pool();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, rate), &0u64.to_le_bytes());
    edit(&mut world, &pool, std::mem::offset_of!(Pool, rate_fraction), &0u64.to_le_bytes());
    world.pass_days(7);
    world.settle_epoch(day).fails(E::NothingToSettle);
}

#[test]
fn settle_exit_epoch_is_blocked_while_an_incident_is_open() {
    // Whether it occurred before the day or on it: who was not settled in time leaves ahead of no loss that is known.
    for occurred in [1u64, 0] {
        let (mut world, day) = waiting(500_000 * UNIT);
        let occurred_at = day * DAY - occurred;
        world.open_incident("dora", 0, 0, occurred_at).ok();
        world.settle_epoch(day).fails(E::ExitBlocked);
        // Nobody votes, nor when it goes on twice as long: the incident is rejected, and the exits go on.
        world.pass_days(4);
        world.close_ballot(&world.incident(0, 0)).ok();
        world.settle_epoch(day).fails(E::ExitBlocked);
        world.pass_days(6);
        world.close_ballot(&world.incident(0, 0)).ok();
        world.settle_epoch(day).fails(E::ExitBlocked);
        world.pass_days(3);
        world.settle(0, 0).ok();
        // In the two days after it, an event that it held up may still be reported.
        let ended = world.now();
        assert_eq!(world.read_pool().exits_wait_until, ended + 2 * DAY);
        world.settle_epoch(day).fails(E::ExitBlocked);
        world.chain.set_now(ended + 2 * DAY - 1);
        world.settle_epoch(day).fails(E::ExitBlocked);
        world.pass(1);
        world.settle_epoch(day).ok();
        world.check_books();
    }
}

#[test]
fn settle_exit_epoch_pays_a_price_that_burning_shares_does_not_move() {
    let (mut world, day) = waiting(0);
    let (pool, ada) = (world.pool(), world.key("ada"));
    let (mint, shares) = (share_mint_address(&pool, 0), world.tokens("ada", &share_mint_address(&pool, 0)));
    let gone = 300_000 * UNIT * 1_000;
    let burn = spl_token_interface::instruction::burn(&spl_token_interface::ID, &shares, &mint, &ada, &[], gone);
    world.send(burn.unwrap(), &["ada"]).ok();
    let before = world.read_pool();
    assert_eq!(world.share_supply(), before.shares - gone);
    world.settle_epoch(day).ok();
    assert_eq!(world.read_pool().exits_due, 600_000 * UNIT);
    assert_eq!(world.read_pool().shares, before.shares - SHARES);
    world.check_books();
}

#[test]
fn settle_exit_epoch_refuses_another_pools_accounts() {
    let (mut world, day) = waiting(1_500_000 * UNIT);
    let second = second_pool(&mut world);
    let today = day_of(world.now());
    world.open_epoch().ok();
    let foreign =
        OpenExitEpoch { payer: world.key("founder"), pool: second, epoch: exit_epoch_address(&second, today + 1) };
    world.send(foreign.instruction(today + 1), &["founder"]).ok();
    let instruction = world.settle_epoch_accounts(day, Some(day + 1)).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (0, second, error(E::WrongPool)),
            (1, foreign.epoch, error(E::WrongPool)),
            (2, foreign.epoch, error(E::WrongPool)),
            (3, exit_escrow_address(&second, 0), error(E::WrongVault)),
            (4, share_mint_address(&second, 0), error(E::WrongShareMint)),
            (5, vault_address(&second), error(E::WrongVault)),
            (6, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    world.send(instruction, &[]).ok();
}
