//! `collect_exit`: a ticket gets its part of all that its epoch was paid so far, wherever its owner wants it.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::exits;
use harness::{Chain, UNIT};

/// 600,000 units' worth.
const SHARES: u64 = 600_000 * UNIT * 1_000;
/// Of them in a ticket of its own.
const SMALL: u64 = 12_345;

/// Two tickets of ada's in one epoch, paid as far as this cover of the two products lets it.
fn paid(cover: [u64; 2]) -> TestWorld {
    let mut world = quiet_market(cover.map(|units| units * UNIT));
    world.request_exit("ada", 0, SHARES - SMALL).ok();
    world.request_exit("ada", 1, SMALL).ok();
    world.await_exits();
    world.pay_exits().ok();
    world
}

#[test]
fn collect_exit_pays_and_closes_a_ticket_whose_epoch_is_paid() {
    let mut world = paid([0, 0]);
    let (pool, ada, founder) = (world.pool(), world.key("ada"), world.key("founder"));
    let (before, epoch, address) = (world.read_pool(), world.read_epoch(0), exit_ticket_address(&pool, &ada, 0));
    let part = exits::part(SHARES - SMALL, SHARES, 600_000 * UNIT).unwrap();
    assert_eq!(part, 600_000 * UNIT - 13, "the other's 12 atoms and a part of one, rounded down");
    let (balance, receiver) = (world.balance("ada"), world.tokens("ada", &world.asset()));
    let [rent, adas, founders] = purses(&mut world, [address, ada, founder]);
    let receipt = world.collect_exit("ada", 0).ok();

    assert_eq!(world.balance("ada") - balance, part);
    let after = world.read_pool();
    assert_eq!(after, Pool { exits_due: before.exits_due - part, ..before });
    assert!(world.chain.account(&address).is_none());
    assert_eq!(purses(&mut world, [ada, founder]), [adas + rent - TIP, founders + TIP]);
    assert_eq!(world.read_epoch(0), ExitEpoch { tickets: 1, collected: part, ..epoch });
    let event = ExitCollected {
        pool,
        ticket: address,
        owner: ada,
        receiver,
        epoch: 0,
        amount: part,
        paid: part,
        is_over: 1,
        books: books(&after),
    };
    assert_eq!(only_event(&receipt), Event::ExitCollected(event));
    world.check_books();
}

#[test]
fn collect_exit_takes_each_payment_as_it_comes() {
    // Cover of 1,500,000 needs 750,000: 250,000 of 600,000 is paid at first.
    let mut world = paid([900_000, 600_000]);
    let (pool, ada) = (world.pool(), world.key("ada"));
    let address = exit_ticket_address(&pool, &ada, 0);
    let part = |paid: u64| exits::part(SHARES - SMALL, SHARES, paid).unwrap();
    let (balance, founder) = (world.balance("ada"), world.key("founder"));
    let purse = lamports(&mut world, &founder);
    let receipt = world.collect_exit("ada", 0).ok();
    let first = part(250_000 * UNIT);
    assert_eq!(world.balance("ada") - balance, first);
    let Event::ExitCollected(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.paid, event.is_over), (first, first, 0));
    let ticket: ExitTicket = world.chain.read(&address);
    assert_eq!((ticket.shares, ticket.paid), (SHARES - SMALL, first), "its part of the epoch stays");
    assert_eq!(lamports(&mut world, &founder), purse, "a ticket that goes on pays no tip");
    world.pass(1);
    world.collect_exit("ada", 0).fails(E::NothingDue);

    // The next payment: what it is short of so far. Nobody is paid less for having come first.
    world.fund("ben", 350_000 * UNIT);
    world.deposit("ben", 100_000 * UNIT).ok();
    world.await_room();
    world.pay_exits().ok();
    world.collect_exit("ada", 0).ok();
    assert_eq!(world.balance("ada") - balance, part(350_000 * UNIT));
    world.deposit("ben", 250_000 * UNIT).ok();
    world.await_room();
    world.pay_exits().ok();
    let receipt = world.collect_exit("ada", 0).ok();
    let Event::ExitCollected(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.paid, event.is_over), (part(600_000 * UNIT), 1));
    assert!(world.chain.account(&address).is_none());
    let balance = world.balance("ada");
    world.collect_exit("ada", 1).ok();
    assert_eq!(world.balance("ada") - balance, 12, "12.345, as from one payment");
    world.check_books();
}

#[test]
fn collect_exit_keeps_a_ticket_whose_epoch_has_a_part_in_an_incident() {
    let mut world = quiet_market([400_000 * UNIT, 0]);
    world.request_exit("ada", 0, SHARES).ok();
    world.await_exits();
    report(&mut world, 0, 0);
    world.pay_exits().ok();
    let balance = world.balance("ada");
    world.collect_exit("ada", 0).ok();
    assert_eq!(world.balance("ada") - balance, 360_000 * UNIT + 1);
    world.collect_exit("ada", 0).fails(E::NothingDue);
    // The jury refuses the report: the rest comes back, and the ticket is over.
    judge(&mut world, 0, 0, Some(AGAINST));
    world.settle_decided(0, 0).ok();
    let incident = world.incident(0, 0);
    world.release_contested(&incident, 0).ok();
    world.collect_exit("ada", 0).ok();
    let got = world.balance("ada") - balance;
    assert!((600_000 * UNIT - 2..=600_000 * UNIT).contains(&got), "{got}");
    let address = exit_ticket_address(&world.pool(), &world.key("ada"), 0);
    assert!(world.chain.account(&address).is_none());
    world.check_books();
}

#[test]
fn collect_exit_has_nothing_before_the_first_payment() {
    let mut world = quiet_market([0, 0]);
    world.request_exit("ada", 0, SHARES).ok();
    world.collect_exit("ada", 0).fails(E::NothingDue);
}

#[test]
fn collect_exit_closes_a_ticket_that_was_worth_nothing() {
    let mut world = quiet_market([0, 0]);
    world.request_exit("ada", 0, 999).ok();
    world.request_exit("ada", 1, 1_000).ok();
    world.await_exits();
    world.pay_exits().ok();
    let balance = world.balance("ada");
    world.collect_exit("ada", 0).ok();
    assert_eq!(world.balance("ada"), balance, "half of one atom");
    assert_eq!(world.read_epoch(0).tickets, 1);
    world.check_books();
}

#[test]
fn collect_exit_pays_the_receiver_or_whom_the_signing_owner_names() {
    let mut world = paid([0, 0]);
    world.fund("ben", 0);
    let receiver = world.tokens("ben", &world.asset());
    let accounts = CollectExit { receiver, ..world.collect_exit_accounts("ada", 0) };
    world.send(accounts.instruction(), &[]).fails(E::WrongReceiver);
    world.send(signed(accounts.instruction(), 4), &["ada"]).ok();
    assert_eq!(world.balance("ben"), 600_000 * UNIT - 13);
    world.check_books();
}

#[test]
fn collect_exit_refuses_another_pools_accounts() {
    let mut world = paid([0, 0]);
    let second = second_pool(&mut world);
    world.request_exit("ada", 2, UNIT).ok();
    let (pool, mallory, escrow) = (world.pool(), world.key("mallory"), stake_vault_address(&world.assembly()));
    world.fund("mallory", 0);
    let (governance, other) = (world.governance(), exit_ticket_address(&pool, &world.key("ada"), 2));
    let instruction = world.collect_exit_accounts("ada", 0).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, exit_epoch_address(&pool, 1), error(E::WrongExitEpoch)),
            (3, other, error(E::WrongExitEpoch)),
            (4, mallory, error(E::WrongWallet)),
            (5, mallory, error(E::WrongRentPayer)),
            (6, escrow, error(E::WrongReceiver)),
            (7, vault_address(&second), error(E::WrongVault)),
            (8, governance, error(E::WrongMint)),
            (9, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    needs_a_full_vault(&mut world, instruction, &[]);
}
