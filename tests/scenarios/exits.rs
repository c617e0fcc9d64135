//! Leaving a pool whose cover lets its capital go only bit by bit.

use coverage_client::{ExitEpoch, exit_ticket_address};
use coverage_math::{DAY, exits};
use harness::{Chain, ProgramTestChain, UNIT, World, product_params};

/// Pays what can be paid of an exit epoch, asserts that it paid one price, that of the capital before it, and returns it.
fn pay(world: &mut World<ProgramTestChain>, number: u64) -> ExitEpoch {
    let (epoch, supply) = (world.read_epoch(number), world.read_pool().shares);
    world.pay_exits().ok();
    let (after, pool) = (world.read_epoch(number), world.read_pool());
    let [burned, paid] = [after.burned - epoch.burned, after.paid - epoch.paid].map(u128::from);
    assert_eq!(u128::from(supply - pool.shares), burned);
    // 1,000 shares and an atom exist on paper only.
    let capital = u128::from(pool.capital) + paid;
    assert_eq!(paid, burned * (capital + 1) / u128::from(supply + 1_000));
    world.check_books();
    after
}

/// Three tickets of one day that are paid in four parts, and one of the next that waits for them: each has its part of all that
/// was paid to its day, no matter who collects when.
#[test]
fn exits_that_are_paid_bit_by_bit_get_one_price_each_time() {
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

    let tickets = [("ada", 0, 599_999_999_999_877), ("ben", 0, 123_456_789_012_345), ("ben", 1, 77_777_777_777_777)];
    for (owner, id, shares) in tickets {
        world.request_exit(owner, id, shares).ok();
    }
    world.pass_days(1);
    world.request_exit("ben", 2, 55_555_555_555_555).ok();
    let first = world.read_epoch(0).day;

    // Cover needs 800,000 units: what leaves is what else there is, and what cleo brings, from the second midnight on. In the end cover
    // is over.
    world.chain.set_now(first * DAY);
    let (mut parts, mut collected) = (Vec::new(), 0);
    for (deposit, hours) in [(0, 12), (100_000, 12), (33_333, 250 * 24), (0, 0)] {
        if deposit > 0 {
            world.deposit("cleo", deposit * UNIT).ok();
            world.await_room();
        }
        if hours == 0 {
            // Nobody looked for months: a day is between a call and the payment.
            world.call_exits().ok();
            world.pass_days(1);
        }
        let epoch = pay(&mut world, 0);
        parts.push((epoch.burned, epoch.paid));
        // Ada collects every time, ben all at once in the end.
        world.collect_exit("ada", 0).ok();
        collected = exits::part(tickets[0].2, epoch.shares, epoch.paid).expect("a part");
        assert_eq!(world.balance("ada"), collected);
        world.pass(hours * 3_600);
    }
    let prices = parts.windows(2).map(|pair| {
        let [burned, paid] = [pair[1].0 - pair[0].0, pair[1].1 - pair[0].1].map(u128::from);
        paid * 1_000_000_000 / burned
    });
    assert!(prices.collect::<Vec<_>>().is_sorted_by(|before, after| before < after), "each part has another price");
    let epoch = world.read_epoch(0);
    assert!(epoch.is_paid());
    pay(&mut world, 1);

    let mut all = collected;
    let mut expected = 0;
    for (owner, id, shares) in &tickets[1..] {
        world.collect_exit(owner, *id).ok();
        expected += exits::part(*shares, epoch.shares, epoch.paid).expect("a part");
        assert_eq!(world.balance(owner), expected);
    }
    all += expected;
    let dust = epoch.paid - all;
    assert!(dust < 3, "less than an atom for each ticket");
    let last = world.balance("ben");
    world.collect_exit("ben", 2).ok();
    assert_eq!(world.balance("ben") - last, world.read_epoch(1).paid, "one ticket has all of its epoch");
    for (owner, id) in [("ada", 0), ("ben", 0), ("ben", 1), ("ben", 2)] {
        let address = exit_ticket_address(&world.pool(), &world.key(owner), id);
        assert!(world.chain.account(&address).is_none());
    }
    assert_eq!(world.read_pool().exits_due, dust);
    for number in 0..2 {
        world.close_epoch(number).ok();
    }
    assert_eq!(world.read_pool().exits_due, 0);
    world.check_books();
}
