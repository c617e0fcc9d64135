//! Leaving a pool whose cover lets its capital go only bit by bit.

use coverage_client::{ExitEpoch, exit_epoch_address, exit_ticket_address};
use harness::{Chain, ProgramTestChain, UNIT, World, product_params};

/// A ticket as one price per epoch has it.
struct Ticket {
    owner: &'static str,
    id: u64,
    shares: u64,
    paid: u64,
}

impl Ticket {
    /// Takes its part of a settled epoch: burned shares rounded up, atoms rounded down.
    fn walk(&mut self, epoch: &ExitEpoch) {
        let [ticket, shares, burned, paid] = [self.shares, epoch.shares, epoch.burned, epoch.paid].map(u128::from);
        self.shares -= u64::try_from((ticket * burned).div_ceil(shares)).unwrap();
        self.paid += u64::try_from(ticket * paid / shares).unwrap();
    }
}

/// Settles the exit epoch of `day`, asserts that it paid one price, that of the capital before it, and returns it.
fn settle(world: &mut World<ProgramTestChain>, day: u64) -> ExitEpoch {
    let supply = world.read_pool().shares;
    world.settle_epoch(day).ok();
    let epoch: ExitEpoch = world.chain.read(&exit_epoch_address(&world.pool(), day));
    let after = world.read_pool();
    assert_eq!((epoch.capital, epoch.supply), (after.capital + epoch.paid, supply));
    assert_eq!(after.shares, supply - epoch.burned);
    // 1,000 shares and an atom exist on paper only.
    let [burned, capital, supply] = [epoch.burned, epoch.capital, epoch.supply].map(u128::from);
    assert_eq!(u128::from(epoch.paid), burned * (capital + 1) / (supply + 1_000));
    world.check_books();
    epoch
}

/// Tickets that are carried over three times, and one that joins them on the way, get of each epoch their part at its
/// one price, whoever collects when.
#[test]
fn exits_that_are_carried_over_get_one_price_per_epoch() {
    let mut world = World::new();
    for index in 0..2 {
        world.list_product(index, product_params("Risk")).ok();
    }
    for (lp, amount) in [("ada", 600_000), ("ben", 400_000)] {
        world.fund(lp, amount * UNIT);
        world.deposit(lp, amount * UNIT).ok();
    }
    world.fund("cleo", 200_000 * UNIT);
    world.fund("dora", 100_000 * UNIT);
    for index in 0..2 {
        world.buy("dora", index, 0, 800_000 * UNIT, 180).ok();
    }

    let mut tickets =
        [("ada", 0, 599_999_999_999_877), ("ben", 0, 123_456_789_012_345), ("ben", 1, 77_777_777_777_777)]
            .map(|(owner, id, shares)| Ticket { owner, id, shares, paid: 0 });
    let first = world.exit_day();
    for ticket in &tickets[..2] {
        world.request_exit(ticket.owner, ticket.id, ticket.shares).ok();
    }
    world.pass_days(1);
    world.request_exit("ben", 1, tickets[2].shares).ok();
    world.pass_days(6);

    // Cover needs 800,000 units: what leaves is what else there is, and what cleo brings. In the end cover is over.
    let mut epochs = Vec::new();
    for (day, deposit, then_pass) in
        [(first, 0, 1), (first + 1, 100_000, 1), (first + 2, 33_333, 250), (first + 3, 0, 0)]
    {
        if deposit > 0 {
            world.deposit("cleo", deposit * UNIT).ok();
        }
        let epoch = settle(&mut world, day);
        assert_eq!(epoch.carried_to_day, if day < first + 3 { day + 1 } else { 0 });
        let joined = if day == first { 2 } else { 3 };
        assert_eq!(epoch.tickets, joined);
        tickets[..joined as usize].iter_mut().for_each(|ticket| ticket.walk(&epoch));
        epochs.push(epoch);
        // Ada collects every day, ben all at once in the end.
        world.collect_exit("ada", 0).ok();
        assert_eq!(world.balance("ada"), tickets[0].paid);
        world.pass_days(then_pass);
    }
    assert!(epochs.iter().all(|epoch| epoch.burned > 0));
    let prices = epochs.iter().map(|epoch| u128::from(epoch.capital + 1) * 1_000_000_000 / u128::from(epoch.supply));
    assert!(prices.collect::<Vec<_>>().is_sorted_by(|before, after| before < after), "each epoch has another price");
    assert!(tickets.iter().all(|ticket| ticket.shares == 0));

    for _ in 0..4 {
        world.collect_exit("ben", 0).ok();
        world.pass(1);
    }
    assert_eq!(world.balance("ben"), tickets[1].paid);
    for _ in 0..3 {
        world.collect_exit("ben", 1).ok();
        world.pass(1);
    }
    assert_eq!(world.balance("ben"), tickets[1].paid + tickets[2].paid);
    for ticket in &tickets {
        let address = exit_ticket_address(&world.pool(), &world.key(ticket.owner), ticket.id);
        assert!(world.chain.account(&address).is_none());
    }
    let paid: u64 = epochs.iter().map(|epoch| epoch.paid).sum();
    let dust = paid - tickets.iter().map(|ticket| ticket.paid).sum::<u64>();
    assert_eq!(world.read_pool().exits_due, dust);
    assert!(dust < 2 + 3 * 3, "of each epoch less than an atom per ticket");
    for day in first..first + 4 {
        world.close_epoch(day).ok();
    }
    assert_eq!(world.read_pool().exits_due, 0);
    world.check_books();
}
