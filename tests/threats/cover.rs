//! T13 to T19 and T33: what a buyer or a claimant might try.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, start_of};
use harness::{Chain, UNIT};
use solana_address::Address;

#[test]
fn t13_buy_after_the_event() {
    // Before the sale, in the second of the sale, and in the last second of waiting.
    for after_sale in [-60, 0, DAY as i64 - 1] {
        let mut world = shared();
        let early = insure(&mut world, 0, 2 * UNIT, 90);
        world.pass_days(3);
        world.buy("mallory", 0, 0, 100_000 * UNIT, 90).ok();
        let policy = world.policy(0, "mallory", 0);
        let read: Policy = world.chain.read(&policy);
        assert_eq!(read.cover_from, read.bought_at + DAY);
        world.pass_days(2);
        let now = world.now();
        world.open_incident("opal", 0, 0, now + 1).fails(E::OccurredInFuture);
        world.open_incident("opal", 0, 0, now - 30 * DAY).fails(E::ReportWindowOver);
        let occurred = read.bought_at.checked_add_signed(after_sale).unwrap();
        let incident = report_at(&mut world, 0, 0, occurred);
        let before = snapshot(&mut world);
        world.submit_claim("mallory", &policy, &incident, 100_000 * UNIT).fails(E::NotCovered);
        assert!(snapshot(&mut world) == before);
        // Who was covered before it is.
        world.submit_claim("dora", &early, &incident, 2 * UNIT).ok();
        accept(&mut world, 0, 0);
        assert_eq!(world.read_pool().payable, 1_900_000);
        world.check_books();
    }
}

#[test]
fn t14_use_grace_as_free_cover() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 10);
    let end = world.chain.read::<Policy>(&policy).end;
    let now = world.now();
    world.pass(end - now + 1);
    // In grace: no renewal that closes a gap, nothing back, no claim for what happens now.
    world.extend("dora", 0, &policy, 30).fails(E::PolicyEnded);
    world.cancel("dora", 0, &policy).fails(E::PolicyEnded);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).fails(E::NotCovered);
    world.check_books();

    // A policy that is alive does not grow after the event either. It may become longer, for what happens later.
    let mut world = shared();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 10);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.extend("dora", 0, &policy, 30).ok();
    world.buy("dora", 0, 1, 100_000 * UNIT, 30).fails(E::IncidentOpen);
    world.submit_claim("dora", &policy, &incident, 105_001 * UNIT).fails(E::AboveSumInsured);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
}

#[test]
fn t15_sell_capacity_that_a_policy_in_grace_needs() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 2 * HALF, 10);
    let read: Policy = world.chain.read(&policy);
    let half_way = read.end + 15 * DAY;
    let last = start_of(read.release_day).unwrap() - 1;
    assert_eq!(last + 1, read.end + 30 * DAY);
    ask_for_all(&mut world, "mallory", 0);
    for time in [read.end + 1, half_way, last] {
        let now = world.now();
        world.pass(time - now);
        world.buy("dora", 0, 1, HALF, 10).fails(E::ProductCapacity);
        world.quote(0, HALF, 10).fails(E::ProductCapacity);
        world.close_policy(0, &policy).fails(E::PolicyAlive);
        assert_eq!(world.read_product(0).active_cover, 2 * HALF);
    }
    // Nor does the capital leave that stands behind it: leverage 2 keeps half of what is covered.
    world.call_exits().ok();
    world.pay_exits().fails(E::ExitNotCalled);
    let pool = world.read_pool();
    assert!(pool.capital >= HALF && pool.capital * 2 >= pool.active_cover);
    // In the second after, it is free.
    world.pass(1);
    world.roll_product(0).ok();
    assert_eq!((world.read_pool().active_cover, world.read_product(0).active_cover), (0, 0));
    world.buy("dora", 0, 1, HALF / 2, 10).ok();
}

/// What an incident has freed once filing is over was sold again, though the cover it was set aside for goes on: report after
/// report, cover without end on one capital.
#[test]
fn t15_sell_what_an_incident_has_freed() {
    let mut world = unlevered(7);
    for (holder, index) in [("dora", 0), ("emil", 1)] {
        world.fund(holder, HALF);
        world.buy(holder, index, 0, 450_000 * UNIT, 300).ok();
    }
    world.fund("sam", HALF);
    world.fund("fay", HALF);
    world.pass_days(3);
    let capital = |world: &mut Play| world.read_pool().capital;
    for index in [0, 1] {
        // A true but small loss: 500 of 450,000, less a deductible, so that filing ends and nearly all of it is free.
        let incident = report(&mut world, index, 0);
        let policy = world.policy(index, if index == 0 { "dora" } else { "emil" }, 0);
        world.submit_claim(if index == 0 { "dora" } else { "emil" }, &policy, &incident, 23_000 * UNIT).ok();
        world.close_ballot(&incident).ok();
        read_verdict(&mut world, &incident);
        let ends = case(&mut world, &incident).filing_ends_at;
        until(&mut world, ends);
        world.end_filing(index, 0).ok();
        assert!(world.read_pool().set_aside().unwrap() < 1_000 * UNIT);
        // No more than before the report: what both products and the new cover need of the capital.
        let room = world.read_pool().cover_limit().unwrap() - world.read_pool().active_cover;
        assert!(room < 110_000 * UNIT, "{room}");
        // The cap of the group, in which all are, is the pool's.
        world.buy("fay", 2, index.into(), room + UNIT, 30).fails(E::GroupCapacity);
        let claims = world.read_pool().active_cover + world.read_pool().liened_cover;
        assert!(claims <= capital(&mut world), "{claims}");
        world.clone().buy("fay", 2, index.into(), room, 30).ok();
        until_settleable(&mut world, &incident);
        world.settle(index, 0).ok();
        assert!(world.read_pool().active_cover <= capital(&mut world));
    }
    // Those who want to leave can, as far as cover lets them.
    let day = ask_for_all(&mut world, "mallory", 0);
    assert!(leave(&mut world, "mallory", 0, day) > 90_000 * UNIT);
    world.check_books();
}

#[test]
fn t16_change_a_policy_with_a_claim_open() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    // An incident is open: nothing back. Time can be bought: what is claimed may come to nothing.
    world.cancel("dora", 0, &policy).fails(E::IncidentOpen);
    world.extend("dora", 0, &policy, 1).ok();
    world.submit_claim("dora", &policy, &incident, 200_000 * UNIT).ok();
    let all = |world: &mut Play, found: E| {
        world.cancel("dora", 0, &policy).fails(found);
        world.transfer_cover("dora", &policy, "mallory").fails(E::ClaimOpen);
    };
    all(&mut world, E::IncidentOpen);
    world.extend("dora", 0, &policy, 30).ok();
    accept(&mut world, 0, 0);
    // Settled and not yet paid.
    all(&mut world, E::ClaimOpen);
    world.payout("dora", &policy, &incident).ok();
    // Paid: who gets the policy gets what is left of it, and the premium of what was claimed buys no new sum.
    world.transfer_cover("dora", &policy, "mallory").ok();
    world.cancel("dora", 0, &policy).fails(E::NotHolder);
    let again = report(&mut world, 0, 1);
    world.submit_claim("mallory", &policy, &again, 200_000 * UNIT).fails(E::AboveSumInsured);
    world.submit_claim("dora", &policy, &again, 20_000 * UNIT).fails(E::NotHolder);
}

#[test]
fn t17_one_policy_two_claims() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
    let other = insure(&mut world, 1, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 60_000 * UNIT).ok();
    // A second claim for the same incident has the same address.
    world.submit_claim("dora", &policy, &incident, 10_000 * UNIT).fails_with(TAKEN);
    // A policy of another product covers another risk.
    world.submit_claim("dora", &other, &incident, 60_000 * UNIT).fails(E::WrongProduct);
    // The same event reported again, while the first is open, pays what is left of the sum insured at most.
    let second = report(&mut world, 0, 1);
    world.submit_claim("dora", &policy, &second, 50_001 * UNIT).fails(E::AboveSumInsured);
    world.submit_claim("dora", &policy, &second, 50_000 * UNIT).ok();
    world.pass_days(3);
    for incident in [&incident, &second] {
        world.close_ballot(incident).ok();
    }
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    until_settleable(&mut world, &second);
    world.settle(0, 1).ok();
    for incident in [&incident, &second] {
        world.payout("dora", &policy, incident).ok();
    }
    let read: Policy = world.chain.read(&policy);
    assert_eq!((read.paid, read.claimed, read.amount), (100_000 * UNIT, 100_000 * UNIT, 100_000 * UNIT));
    world.check_books();
}

#[test]
fn t18_collect_twice() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 60_000 * UNIT).ok();
    accept(&mut world, 0, 0);
    // In one transaction it fails as a whole; one after the other, the second time.
    let payout = world.payout_accounts("dora", &policy, &incident).instruction();
    world.send_all(&[payout.clone(), payout.clone()], &[]).fails(E::NothingDue);
    world.send(payout.clone(), &[]).ok();
    let bond = world.collect_bond_accounts("opal", &incident).instruction();
    world.send_all(&[bond.clone(), bond.clone()], &[]).fails(E::NothingDue);
    world.send(bond.clone(), &[]).ok();
    let once = (snapshot(&mut world), world.balance("dora"), world.balance("opal"));
    world.send(payout, &[]).fails(E::NothingDue);
    world.send(bond, &[]).fails(E::NothingDue);
    assert!((snapshot(&mut world), world.balance("dora"), world.balance("opal")) == once);

    // An exit is collected once; the ticket is closed, and lamports sent to it do not bring it back.
    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    world.pay_exits().ok();
    let accounts = world.collect_exit_accounts("mallory", 0);
    let (collect, ticket) = (accounts.instruction(), accounts.ticket);
    let bank = solana_signer::Signer::pubkey(&world.chain.bank());
    let revive = solana_system_interface::instruction::transfer(&bank, &ticket, 5_000_000);
    let before = world.balance("mallory");
    world.send_all(&[collect.clone(), collect.clone()], &[]).fails_with(GONE);
    world.send_all(&[collect.clone(), revive.clone(), collect.clone()], &[]).fails_with(GONE);
    assert_eq!(world.balance("mallory"), before);
    world.send_all(&[collect.clone(), revive], &[]).ok();
    assert_eq!(world.read_pool().exits_due, 0);
    let once = (snapshot(&mut world), world.balance("mallory"));
    world.send(collect, &[]).fails_with(GONE);
    assert!((snapshot(&mut world), world.balance("mallory")) == once);
    world.check_books();
}

/// The error for an account that is not there any more: it is smaller than its type.
const GONE: solana_instruction_error::InstructionError =
    solana_instruction_error::InstructionError::AccountDataTooSmall;

#[test]
fn t19_dust_and_splitting() {
    let mut world = shared();
    world.fund("dora", 500_000 * UNIT);
    world.buy("dora", 0, 0, 0, 30).fails(E::ZeroAmount);
    world.buy("dora", 0, 0, UNIT - 1, 30).fails(E::AmountOutOfBounds);
    world.buy("dora", 0, 0, UNIT, 0).fails(E::TermOutOfBounds);
    // A year's rate of 2% on one unit for the 32 days for which its capacity is held.
    let before = world.balance("dora");
    world.buy("dora", 0, 0, UNIT, 1).ok();
    assert_eq!(before - world.balance("dora"), 1_754);

    // In parts never cheaper, and at most an atom dearer for each; the cuts lie at and around the kink and the end.
    let (kink, full) = (800_000 * UNIT, 2 * HALF);
    let cuts: [&[u64]; 4] = [
        &[full / 10, full / 5, full / 2, full],
        &[kink - UNIT, kink, kink + UNIT, full],
        &[kink - 1_000_001, full - 1_000_003, full],
        &[UNIT, kink + 1_234_567, full - UNIT, full],
    ];
    for cuts in cuts {
        for days in [7, 365] {
            let mut world = shared();
            world.fund("dora", 500_000 * UNIT);
            let whole = world.quote(0, *cuts.last().unwrap(), days).quote().premium;
            let before = world.balance("dora");
            let mut from = 0;
            for (id, to) in (0..).zip(cuts) {
                world.buy("dora", 0, id, to - from, days).ok();
                from = *to;
            }
            let parts = before - world.balance("dora");
            assert!(parts >= whole, "{cuts:?} for {days} days: {parts} < {whole}");
            // A part below the least premium pays that.
            assert!(parts <= whole + cuts.len() as u64 * 1_000, "{cuts:?} for {days} days: {parts} > {whole}");
            world.buy("dora", 0, 99, UNIT, days).fails(E::ProductCapacity);
            world.check_books();
        }
    }
}

#[test]
fn t33_sell_cover_from_an_empty_pool() {
    let mut world = empty();
    world.fund("dora", 500_000 * UNIT);
    for amount in [UNIT, 1_000_000 * UNIT] {
        world.buy("dora", 0, 0, amount, 90).fails(E::ProductCapacity);
        world.quote(0, amount, 90).fails(E::ProductCapacity);
    }
    assert_eq!(world.balance("dora"), 500_000 * UNIT);
    // Capital on its way out carries no cover either.
    world.deposit("mallory", HALF).ok();
    let day = ask_for_all(&mut world, "mallory", 0);
    world.buy("dora", 0, 0, UNIT, 90).fails(E::ProductCapacity);
    let got = leave(&mut world, "mallory", 0, day);
    assert_eq!(got, HALF);
    world.buy("dora", 0, 0, UNIT, 90).fails(E::ProductCapacity);
    world.check_books();
}

/// A report on the day before a policy ends kept its holder from extending it. It neither does, nor makes the extension an atom
/// dearer: on a product that has all the capital, on another product, or on both, no matter who else filed claims.
#[test]
fn t69_report_on_the_day_before_a_policy_ends() {
    for sizes in [[100_000, 0], [1_000_000, 0], [400_000, 600_000]] {
        let mut prices = Vec::new();
        for reported in [&[][..], &[0], &[1], &[0, 1]] {
            let mut world = unlevered(7);
            let policies = insure_both(&mut world, sizes);
            let last = world.chain.read::<Policy>(&policies[0]).end - coverage_math::DAY;
            until(&mut world, last);
            world.fund("sam", 200_000 * UNIT);
            for index in reported.iter().filter(|index| sizes[usize::from(**index)] > 0) {
                let (now, incident) = (world.now(), world.incident(*index, 0));
                world.open_incident("sam", *index, 0, now).ok();
                if *index == 1 {
                    world.submit_claim("dora", &policies[1], &incident, 60_000 * UNIT).ok();
                }
            }
            let held = world.balance("dora");
            let end = world.chain.read::<Policy>(&policies[0]).end;
            world.extend("dora", 0, &policies[0], 30).ok();
            assert_eq!(world.chain.read::<Policy>(&policies[0]).end, end + 30 * coverage_math::DAY);
            prices.push(held - world.balance("dora"));
            // It is time, and no more of it counts twice: what happens in it is claimed as of any other day.
            if *reported == [0] {
                reject(&mut world, 0, 0);
                world.pass_days(3);
                let incident = report(&mut world, 0, 1);
                world.submit_claim("dora", &policies[0], &incident, sizes[0] * UNIT).ok();
            }
            world.check_books();
        }
        println!("{sizes:?}: {} units with a report or without", prices[0] / UNIT);
        assert!(prices.iter().all(|price| *price == prices[0]), "{prices:?}");
    }
}

/// Dora has so many units of products 0 and 1, for ten days and for a hundred.
fn insure_both(world: &mut Play, sizes: [u64; 2]) -> [Address; 2] {
    world.fund("dora", HALF);
    for (index, (units, days)) in (0..).zip(sizes.into_iter().zip([10, 100])) {
        if units > 0 {
            world.buy("dora", index, 0, units * UNIT, days).ok();
        }
    }
    [0, 1].map(|index| world.policy(index, "dora", 0))
}
