//! `collect_exit`: a ticket gets its part of its epoch, wherever its owner wants it.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::exits::{self, Fill};
use harness::{Chain, UNIT};

const SHARES: u64 = 600_000 * UNIT * 1_000;

/// Two tickets of ada's in one settled epoch; with cover, in part.
fn settled(cover: u64) -> (TestWorld, u64) {
    let mut world = open_pool();
    world.fund("dora", 1_000_000 * UNIT);
    if cover > 0 {
        world.buy("dora", 0, 0, cover / 2, 180).ok();
        world.buy("dora", 1, 0, cover / 2, 180).ok();
    }
    let day = world.exit_day();
    world.request_exit("ada", 0, SHARES - 12_345).ok();
    world.request_exit("ada", 1, 12_345).ok();
    world.pass_days(7);
    world.settle_epoch(day).ok();
    (world, day)
}

#[test]
fn collect_exit_pays_and_closes_a_finished_ticket() {
    let (mut world, day) = settled(0);
    let (pool, ada, founder) = (world.pool(), world.key("ada"), world.key("founder"));
    let (before, address) = (world.read_pool(), exit_ticket_address(&pool, &ada, 0));
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    let fill = Fill { burned: epoch.burned, paid: epoch.paid };
    let part = exits::part(SHARES - 12_345, epoch.shares, fill).unwrap();
    let balance = world.balance("ada");
    let rent = lamports(&mut world, &address);
    let (adas, founders) = (lamports(&mut world, &ada), lamports(&mut world, &founder));
    let receiver = world.tokens("ada", &world.asset());
    let receipt = world.collect_exit("ada", 0).ok();

    assert_eq!(world.balance("ada") - balance, part.paid);
    let after = world.read_pool();
    assert_eq!(after, Pool { exits_due: before.exits_due - part.paid, ..before });
    assert!(world.chain.account(&address).is_none());
    assert_eq!(lamports(&mut world, &ada), adas + rent - TIP);
    assert_eq!(lamports(&mut world, &founder), founders + TIP);
    let left: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    assert_eq!(left, ExitEpoch { tickets: 1, collected: part.paid, ..epoch });
    let event = ExitCollected {
        pool,
        ticket: address,
        owner: ada,
        receiver,
        day,
        amount: part.paid,
        shares_left: 0,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::ExitCollected(event));
    world.check_books();
}

#[test]
fn collect_exit_walks_through_the_epochs() {
    let (mut world, day) = settled(1_500_000 * UNIT);
    let (pool, ada) = (world.pool(), world.key("ada"));
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day));
    let fill = Fill { burned: epoch.burned, paid: epoch.paid };
    let part = exits::part(SHARES - 12_345, epoch.shares, fill).unwrap();
    let balance = world.balance("ada");
    world.collect_exit("ada", 0).ok();
    assert_eq!(world.balance("ada") - balance, part.paid);
    let ticket: ExitTicket = world.chain.read(&exit_ticket_address(&pool, &ada, 0));
    let left = SHARES - 12_345 - part.burned;
    assert_eq!((ticket.shares, ticket.epoch_day, ticket.paid), (left, day + 1, part.paid));
    let next: ExitEpoch = world.chain.read(&exit_epoch_address(&pool, day + 1));
    assert_eq!((next.tickets, next.shares), (2, SHARES - epoch.burned));
    world.check_books();
    world.pass(1);
    world.collect_exit("ada", 0).fails(E::ExitNotSettled);
}

#[test]
fn collect_exit_pays_the_receiver_or_whom_the_signing_owner_names() {
    let (mut world, _) = settled(0);
    world.fund("ben", 0);
    let receiver = world.tokens("ben", &world.asset());
    let accounts = CollectExit { receiver, ..world.collect_exit_accounts("ada", 0) };
    world.send(accounts.instruction(), &[]).fails(E::WrongReceiver);
    let mut signed = accounts.instruction();
    signed.accounts[5].is_signer = true;
    world.send(signed, &["ada"]).ok();
    assert_eq!(world.balance("ben"), 599_999_999_987, "12,345 of 600,000,000,000,000 shares are another's");
    world.check_books();
}

#[test]
fn collect_exit_leaves_out_no_epoch_and_takes_none_twice() {
    let (mut world, day) = settled(1_500_000 * UNIT);
    world.pass_days(1);
    world.settle_epoch(day + 1).ok();
    let first = world.collect_exit_accounts("ada", 0);
    assert_eq!(first.epoch, exit_epoch_address(&first.pool, day));
    let second = CollectExit { epoch: exit_epoch_address(&first.pool, day + 1), ..first };
    world.send(second.instruction(), &[]).fails(E::WrongExitEpoch);
    world.send(first.instruction(), &[]).ok();
    world.pass(1);
    world.send(first.instruction(), &[]).fails(E::WrongExitEpoch);
    world.send(second.instruction(), &[]).ok();
    world.check_books();
}

#[test]
fn collect_exit_refuses_another_pools_accounts() {
    let (mut world, day) = settled(0);
    let second = second_pool(&mut world);
    let (pool, mallory, escrow) = (world.pool(), world.key("mallory"), stake_vault_address(&world.assembly()));
    world.fund("mallory", 0);
    let governance = world.governance();
    let instruction = world.collect_exit_accounts("ada", 0).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, exit_epoch_address(&pool, day + 1), error(E::WrongExitEpoch)),
            (4, mallory, error(E::WrongTokenOwner)),
            (5, mallory, error(E::WrongRentPayer)),
            (6, escrow, error(E::WrongReceiver)),
            (7, vault_address(&second), error(E::WrongVault)),
            (8, governance, error(E::WrongMint)),
            (9, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    world.send(instruction, &[]).ok();
}

#[test]
fn collect_exit_takes_a_ticket_that_rounding_used_up_through_every_epoch() {
    let mut world = open_pool();
    world.fund("dora", 1_000_000 * UNIT);
    for product in 0..2 {
        world.buy("dora", product, 0, 500_000 * UNIT, 180).ok();
    }
    let day = world.exit_day();
    world.request_exit("ada", 0, SHARES - 1).ok();
    world.request_exit("ada", 1, 1).ok();
    world.pass_days(7);
    world.settle_epoch(day).ok();
    world.pass_days(1);
    // What was earned since can leave: a second epoch that is filled in part, before anyone collects of the first.
    world.settle_epoch(day + 1).ok();
    let address = exit_ticket_address(&world.pool(), &world.key("ada"), 1);
    world.collect_exit("ada", 1).ok();
    assert_eq!(world.chain.read::<ExitTicket>(&address).shares, 0, "rounded up");
    world.collect_exit("ada", 1).ok();
    world.pass_days(300);
    world.settle_epoch(day + 2).ok();
    world.collect_exit("ada", 1).ok();
    assert!(world.chain.account(&address).is_none());
    for epoch in day..=day + 2 {
        world.close_epoch(epoch).fails(E::ExitEpochInUse);
        world.collect_exit("ada", 0).ok();
        world.close_epoch(epoch).ok();
    }
    assert_eq!(world.read_pool().exits_due, 0);
    world.check_books();
}
