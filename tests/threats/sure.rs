//! What claims are sure of before the settlement: who could make it more, or starve others by it.

use crate::{court::*, settlement::paid, stage::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, World, pool_params, product_params};
use solana_address::Address;

fn whole(atoms: u64) -> u64 {
    atoms / UNIT
}

/// Which part of its claims the first incident of a product is sure of, in 65,536ths.
fn part(world: &mut Play, index: u16) -> u64 {
    world.read_product(index).line.sure_part.into()
}

/// The jury passes an incident and its verdict is read.
fn pass(world: &mut Play, incident: &Address) {
    world.vote("vera", incident, 1).ok();
    world.close_ballot(incident).ok();
    read_verdict(world, incident);
}

/// Lets an incident end that counts: all its windows pass, and it is settled.
fn settle(world: &mut Play, index: u16, nth: u32) {
    let incident = world.incident(index, nth);
    until_settleable(world, &incident);
    world.settle(index, nth).ok();
}

/// Gives what is held back for an incident, if anything is.
fn rest(world: &mut Play, incident: &Address) {
    if case(world, incident).held_back > 0 {
        world.settle_rest(incident).ok();
    }
}

/// A claim that was paid a part has ended, and its cover is released: what it still has to come counted as covered nowhere while another
/// product's cover exceeded what was set aside for it, so Dora's second call was paid 63 in a hundred of a pool that could pay 50 in a hundred
/// of all, 90,000 of what those got whose incidents are later. Now it brings nothing.
#[test]
fn what_ended_claims_have_to_come_counts_on() {
    let mut got = Vec::new();
    for twice in [false, true] {
        let mut world = court();
        cover(&mut world, "dora", 0, 900_000 * UNIT);
        let policies = [("gus", 1), ("fay", 2)].map(|(holder, index)| cover(&mut world, holder, index, 545_000 * UNIT));
        world.pass_days(3);
        // A trifle on product 1, of which nearly all is freed once its filing is over.
        let trifle = open(&mut world, 1, 0);
        file(&mut world, "gus", &policies[0], &trifle, 28_250 * UNIT).ok();
        pass(&mut world, &trifle);
        world.pass_days(9);
        let doras = world.policy(0, "dora", 0);
        let first = open(&mut world, 0, 0);
        file(&mut world, "dora", &doras, &first, 900_000 * UNIT).ok();
        pass(&mut world, &first);
        let fixed = part(&mut world, 0);
        let ends = case(&mut world, &trifle).filing_ends_at.max(world.now());
        until(&mut world, ends);
        world.end_filing(1, 0).ok();
        let once = paid(&mut world, "dora", 0, &first);
        if twice {
            world.payout("dora", &doras, &first).fails(E::NothingDue);
        }
        println!("{} of 855,000 by {fixed}, then by {}", whole(once), part(&mut world, 0));
        world.check_books();
        // Then everything else is lost, too.
        let later = [1, 2].map(|index| open(&mut world, index, u32::from(index == 1)));
        file(&mut world, "gus", &policies[0], &later[0], 540_000 * UNIT).ok();
        file(&mut world, "fay", &policies[1], &later[1], 540_000 * UNIT).ok();
        for incident in &later {
            world.vote("vera", incident, 1).ok();
            world.close_ballot(incident).ok();
        }
        settle(&mut world, 1, 0);
        for incident in &later {
            read_verdict(&mut world, incident);
        }
        settle(&mut world, 0, 0);
        settle(&mut world, 1, 1);
        settle(&mut world, 2, 0);
        for incident in [first, later[0], later[1]] {
            rest(&mut world, &incident);
        }
        let parts = [first, later[0], later[1]].map(|incident| {
            let read = case(&mut world, &incident);
            (whole(read.settled), whole(read.approved))
        });
        println!("twice: {twice}: {parts:?}");
        world.check_books();
        got.push(parts.map(|(settled, _)| settled));
    }
    assert_eq!(got[0], got[1], "the same losses, the same verdicts");
    assert_eq!(got[0], [457_626, 274_441, 274_441]);
}

/// One hack of two products in a pool of leverage 2 that can pay about half of it. Dora cancels in its second. When the refund was taken off
/// what she claimed, it was worth 21,579 of 31,162: what the factor takes of a claim it did not take of that.
#[test]
fn t54_cancel_in_the_second_of_a_loss_that_is_paid_in_part() {
    let mut got = Vec::new();
    for cancels in [false, true] {
        let mut world = court();
        for (holder, index) in [("dora", 0), ("emil", 1)] {
            cover(&mut world, holder, index, 900_000 * UNIT);
        }
        world.pass_days(3);
        let policies = [("dora", 0), ("emil", 1)].map(|(holder, index)| world.policy(index, holder, 0));
        let held = world.balance("dora");
        if cancels {
            world.cancel("dora", 0, &policies[0]).ok();
        }
        let refund = world.balance("dora") - held;
        let incidents = [0, 1].map(|index| open(&mut world, index, 0));
        for (which, holder) in ["dora", "emil"].iter().enumerate() {
            file(&mut world, holder, &policies[which], &incidents[which], 900_000 * UNIT).ok();
            world.vote("vera", &incidents[which], 1).ok();
            world.close_ballot(&incidents[which]).ok();
        }
        for index in [0, 1] {
            settle(&mut world, index, 0);
        }
        for incident in &incidents {
            rest(&mut world, incident);
        }
        let paid = [("dora", 0), ("emil", 1)].map(|(holder, index)| {
            let incident = incidents[usize::from(index)];
            paid(&mut world, holder, index, &incident)
        });
        let read = case(&mut world, &incidents[0]);
        println!(
            "cancels: {cancels}: a refund of {}, {} paid by a factor of {} in 1,000; emil {}",
            whole(refund),
            whole(paid[0]),
            read.settled * 1_000 / read.approved,
            whole(paid[1])
        );
        got.push([refund, refund + paid[0], paid[1]].map(whole));
        world.check_books();
    }
    // What she is paid gives the refund back first: both get the same. The premium that was not earned yet when the loss was reported is no
    // capital, and less of it was earned by the settlement.
    assert_eq!(got, [[0, 503_715, 503_715], [31_162, 503_477, 503_477]]);
}

/// A trifle on a product that most of the capital covers is accepted first. It keeps what its product's cover is sure of until its filing is
/// over, or, with a false report behind it, until it has ended: what others are paid on account is less until then, for each of them by the
/// same part, and all of it comes.
#[test]
fn a_trifle_keeps_what_its_product_is_sure_of_and_takes_nothing() {
    for report_behind in [false, true] {
        let mut world = court();
        let doras = cover(&mut world, "dora", 0, 900_000 * UNIT);
        world.pass_days(3);
        let trifle = open(&mut world, 0, 0);
        file(&mut world, "dora", &doras, &trifle, 46_000 * UNIT).ok();
        pass(&mut world, &trifle);
        // What is free is sold twice.
        let policies = [("gus", 1), ("fay", 2)].map(|(holder, index)| cover(&mut world, holder, index, 98_000 * UNIT));
        world.pass_days(3);
        let now = world.now();
        let incidents = [1, 2].map(|index| open(&mut world, index, 0));
        for (which, holder) in ["gus", "fay"].iter().enumerate() {
            file(&mut world, holder, &policies[which], &incidents[which], 98_000 * UNIT).ok();
            world.vote("vera", &incidents[which], 1).ok();
            world.close_ballot(&incidents[which]).ok();
        }
        for incident in &incidents {
            read_verdict(&mut world, incident);
        }
        let parts = [0, 1, 2].map(|index| part(&mut world, index));
        println!("sure of, in 65,536ths: {parts:?}");
        world.pass_days(3);
        let early = [("gus", 1), ("fay", 2)].map(|(holder, index)| {
            let incident = incidents[usize::from(index) - 1];
            paid(&mut world, holder, index, &incident)
        });
        let ends = case(&mut world, &trifle).filing_ends_at;
        if report_behind {
            until(&mut world, ends - 60);
            let behind = open(&mut world, 0, 1);
            world.vote("vera", &behind, 0).ok();
            world.close_ballot(&behind).ok();
        }
        until(&mut world, ends);
        world.end_filing(0, 0).ok();
        let mut more = Vec::new();
        for (holder, index) in [("gus", 1), ("fay", 2)] {
            let (policy, incident) = (world.policy(index, holder, 0), incidents[usize::from(index) - 1]);
            let before = world.balance(holder);
            world.payout(holder, &policy, &incident);
            more.push(world.balance(holder) - before);
        }
        println!(
            "{report_behind}: of 93,100 each {:?} on account, {:?} more after {} days, once filing on the trifle is over",
            early.map(whole),
            more.iter().map(|atoms| whole(*atoms)).collect::<Vec<_>>(),
            (world.now() - now) / 86_400
        );
        assert_eq!((world.now() - now) / 86_400, 12);
        assert!(early.iter().all(|atoms| (47_000 * UNIT..49_000 * UNIT).contains(atoms)), "{early:?}");
        // Once what nobody claimed of the trifle is free, others are sure of what it had set aside.
        let all = [0, 1].map(|which| early[which] + more[which]);
        if report_behind {
            assert!(all.iter().all(|atoms| *atoms < 50_000 * UNIT), "{all:?}");
        } else {
            assert!(all.iter().all(|atoms| *atoms > 84_000 * UNIT), "{all:?}");
        }
        settle(&mut world, 0, 0);
        for index in [1, 2] {
            settle(&mut world, index, 0);
        }
        if report_behind {
            let behind = world.incident(0, 1);
            read_verdict(&mut world, &behind);
            world.settle(0, 1).ok();
        }
        for (holder, index) in [("gus", 1), ("fay", 2)] {
            let incident = incidents[usize::from(index) - 1];
            rest(&mut world, &incident);
            let policy = world.policy(index, holder, 0);
            world.payout(holder, &policy, &incident);
            println!("{} after {} days", claim_of(&mut world, &policy, &incident).paid, (world.now() - now) / 86_400);
            assert_eq!(claim_of(&mut world, &policy, &incident).paid, 93_100 * UNIT);
        }
        world.check_books();
    }
}

/// A friend deposits a million in the second before eve's claim is paid, so that she is sure of all instead of about half, asks out at once,
/// and leaves as soon as may be; then all else is lost. The friend pays what eve gets more, and more than that.
#[test]
fn a_deposit_that_makes_more_sure_pays_for_it() {
    let mut got = Vec::new();
    for deposits in [false, true] {
        let mut world = court();
        cover(&mut world, "eve", 0, 900_000 * UNIT);
        let policies = [("gus", 1), ("fay", 2)].map(|(holder, index)| cover(&mut world, holder, index, 545_000 * UNIT));
        world.pass_days(3);
        world.fund("zoe", 1_000_000 * UNIT);
        let eves = world.policy(0, "eve", 0);
        let first = open(&mut world, 0, 0);
        file(&mut world, "eve", &eves, &first, 900_000 * UNIT).ok();
        pass(&mut world, &first);
        world.pass_days(3);
        let held = world.balance("zoe");
        let mut day = 0;
        if deposits {
            world.deposit("zoe", 1_000_000 * UNIT).ok();
            day = ask_for_all(&mut world, "zoe", 0);
        }
        let early = paid(&mut world, "eve", 0, &first);
        let sure = part(&mut world, 0);
        let mut left = 0;
        if deposits {
            until_day(&mut world, day);
            world.pay_exits().ok();
            let before = world.balance("zoe");
            world.collect_exit("zoe", 0).ok();
            left = world.balance("zoe") - before;
        } else {
            world.pass_days(9);
        }
        let later = [1, 2].map(|index| open(&mut world, index, 0));
        for (which, holder) in ["gus", "fay"].iter().enumerate() {
            file(&mut world, holder, &policies[which], &later[which], 545_000 * UNIT).ok();
            world.vote("vera", &later[which], 1).ok();
            world.close_ballot(&later[which]).ok();
        }
        for incident in &later {
            read_verdict(&mut world, incident);
        }
        for index in [0, 1, 2] {
            settle(&mut world, index, 0);
        }
        for incident in [first, later[0], later[1]] {
            rest(&mut world, &incident);
        }
        let parts = [first, later[0], later[1]].map(|incident| whole(case(&mut world, &incident).settled));
        if deposits {
            world.pass_days(40);
            for index in [0, 1, 2] {
                world.roll_product(index).ok();
            }
            world.pay_exits();
            let number: ExitTicket = world.chain.read(&exit_ticket_address(&world.pool(), &world.key("zoe"), 0));
            for incident in [first, later[0], later[1]] {
                world.release_contested(&incident, number.epoch);
            }
            world.collect_exit("zoe", 0);
        }
        let shares = world.shares("zoe");
        let zoe = i64::try_from(world.balance("zoe")).unwrap() - i64::try_from(held).unwrap();
        println!(
            "deposits: {deposits}: eve {} on account by {sure}, zoe left with {}, in all {}, {shares} shares left; settled {parts:?}, capital {}",
            whole(early),
            whole(left),
            zoe / 1_000_000,
            whole(world.read_pool().capital)
        );
        got.push((i64::try_from(parts[0]).unwrap(), zoe / 1_000_000, parts[1] + parts[2]));
        world.check_books();
    }
    let together = got.iter().map(|(eve, zoe, _)| eve + zoe).collect::<Vec<_>>();
    assert!(got[1].0 > got[0].0 + 390_000, "she is paid in full");
    assert!(together[1] < together[0] - 20_000, "and both together have less: {together:?}");
    assert!(got[1].2 > got[0].2, "the others have more");
}

/// An incident is sure of all its claims, and cover is sold on what it leaves free. Then one hack hits two products: each was sure of the part
/// that all the capital is of all the cover, as if the first had the same, so whose verdict was read first took 314,838 and the other 213,741.
/// Now each is sure of its part of what the first leaves, in whatever order.
#[test]
fn the_verdict_that_is_read_first_takes_no_more() {
    let mut got = Vec::new();
    for (pays, order) in [(true, [1, 2]), (true, [2, 1]), (false, [1, 2])] {
        let mut world = court();
        cover(&mut world, "dora", 0, 500_000 * UNIT);
        world.pass_days(3);
        let doras = world.policy(0, "dora", 0);
        let first = open(&mut world, 0, 0);
        file(&mut world, "dora", &doras, &first, 500_000 * UNIT).ok();
        pass(&mut world, &first);
        assert_eq!(part(&mut world, 0), 65_536);
        world.pass_days(3);
        if pays {
            assert_eq!(paid(&mut world, "dora", 0, &first), 475_000 * UNIT);
        }
        let policies = [("gus", 1), ("fay", 2)].map(|(holder, index)| cover(&mut world, holder, index, 490_000 * UNIT));
        world.pass_days(3);
        let later = [1, 2].map(|index| open(&mut world, index, 0));
        for (which, holder) in ["gus", "fay"].iter().enumerate() {
            file(&mut world, holder, &policies[which], &later[which], 490_000 * UNIT).ok();
            world.vote("vera", &later[which], 1).ok();
            world.close_ballot(&later[which]).ok();
        }
        for index in order {
            read_verdict(&mut world, &later[index - 1]);
        }
        let parts = [1, 2].map(|index| part(&mut world, index));
        for index in [0, 1, 2] {
            settle(&mut world, index, 0);
        }
        for incident in [first, later[0], later[1]] {
            rest(&mut world, &incident);
        }
        let settled = [first, later[0], later[1]].map(|incident| whole(case(&mut world, &incident).settled));
        println!("paid: {pays}, order {order:?}: sure of {parts:?}, settled {settled:?} of 475,000 and 465,500 each");
        world.check_books();
        got.push(settled);
    }
    assert_eq!(got, [[475_000, 264_290, 264_290], [475_000, 264_290, 264_290], [475_000, 263_872, 263_872]]);
}

/// Claims that are paid one by one after an exit of a few atoms take the leaver's part of each from the stayers, rounded: less than an atom
/// each. Where the capital is, to the atom, what is set aside, the last incident is settled for some atoms less than it was sure of, and a
/// claim of it that was paid in full on account has what the last one misses: its payout failed, and now gets these atoms less.
#[test]
fn the_last_claim_gets_what_is_there() {
    let mut world = court_beside(World::lite_bare(), pool_params(), |world| {
        for (index, name) in [(3, "Exchange"), (4, "Custodian")] {
            world.list_product(index, ProductParams { deductible_bps: 0, ..product_params(name) }).ok();
        }
    });
    for holder in ["eve", "gus", "fay"] {
        world.fund(holder, 100_000 * UNIT);
    }
    let eves: Vec<_> = (0..16)
        .map(|id| {
            world.buy("eve", 3, id, 50_500 * UNIT, 1).ok();
            world.policy(3, "eve", id)
        })
        .collect();
    let others = ["gus", "fay"].map(|holder| {
        world.buy(holder, 4, 0, 101_000 * UNIT, 1).ok();
        world.policy(4, holder, 0)
    });
    let covered = 1_010_000 * UNIT;
    let policy: Policy = world.chain.read(&others[0]);
    until(&mut world, policy.end - 1);
    let happened = world.now();
    world.pass_days(29);
    let incidents = [3, 4].map(|index| {
        world.open_incident("opal", index, 0, happened).ok();
        world.incident(index, 0)
    });
    for policy in &eves {
        file(&mut world, "eve", policy, &incidents[0], 50_500 * UNIT).ok();
    }
    for (holder, policy) in ["gus", "fay"].iter().zip(&others) {
        file(&mut world, holder, policy, &incidents[1], 101_000 * UNIT).ok();
    }
    for incident in &incidents {
        world.vote("vera", incident, 1).ok();
        world.close_ballot(incident).ok();
    }
    world.pass_days(3);
    for index in [3, 4] {
        world.roll_product(index).ok();
    }
    let pool = world.read_pool();
    println!("rate {}, capital {}, set aside {}", pool.rate, pool.capital, pool.own_liens().unwrap());
    world.fund("zoe", HALF);
    world.deposit("zoe", covered - pool.capital).ok();
    for index in [3, 4] {
        world.decide(index, 0).ok();
    }
    assert_eq!([3, 4].map(|index| part(&mut world, index)), [65_536; 2]);
    assert_eq!(world.read_pool().capital, covered);
    world.pass_days(2);
    let pool = world.read_pool();
    let tiny = u64::try_from(u128::from(pool.shares) * 15 / u128::from(pool.capital)).unwrap();
    let (_, day) = world.exit_epoch();
    world.request_exit("mallory", 0, tiny).ok();
    until_day(&mut world, day);
    world.pay_exits().ok();
    for policy in &eves {
        world.payout("eve", policy, &incidents[0]).ok();
    }
    world.payout("gus", &others[0], &incidents[1]).ok();
    let pool = world.read_pool();
    println!("capital {}, set aside {}", pool.capital, pool.own_liens().unwrap());
    for index in [3, 4] {
        settle(&mut world, index, 0);
    }
    for incident in &incidents {
        let read = case(&mut world, incident);
        println!("approved {} settled {} paid {} held back {}", read.approved, read.settled, read.paid, read.held_back);
    }
    let read = case(&mut world, &incidents[1]);
    assert_eq!(read.approved - read.settled, 12);
    world.payout("fay", &others[1], &incidents[1]).ok();
    let fays = claim_of(&mut world, &others[1], &incidents[1]);
    assert_eq!(fays.amount - fays.paid, 12);
    world.fund("trent", UNIT);
    world.recover("trent", &incidents[1], 12).ok();
    world.payout("fay", &others[1], &incidents[1]).ok();
    assert_eq!(claim_of(&mut world, &others[1], &incidents[1]).paid, fays.amount);
    world.check_books();
}

/// An LP who leaves between the verdict and the payments, or after them, or who stays: she bears the same part of the loss.
#[test]
fn who_leaves_between_verdict_and_payment_bears_the_same() {
    let mut got = Vec::new();
    for pays in ["before she left", "after she left", "at the settlement"] {
        let mut world = court();
        cover(&mut world, "dora", 0, 500_000 * UNIT);
        cover(&mut world, "fay", 1, 200_000 * UNIT);
        world.pass_days(3);
        let doras = world.policy(0, "dora", 0);
        let first = open(&mut world, 0, 0);
        file(&mut world, "dora", &doras, &first, 500_000 * UNIT).ok();
        pass(&mut world, &first);
        let day = ask_for_all(&mut world, "mallory", 0);
        if pays == "before she left" {
            world.pass_days(3);
            assert_eq!(paid(&mut world, "dora", 0, &first), 475_000 * UNIT);
        }
        until_day(&mut world, day);
        world.pay_exits().ok();
        if pays == "after she left" {
            assert_eq!(paid(&mut world, "dora", 0, &first), 475_000 * UNIT);
        }
        settle(&mut world, 0, 0);
        let epoch = world.chain.read::<ExitTicket>(&exit_ticket_address(&world.pool(), &world.key("mallory"), 0)).epoch;
        world.release_contested(&first, epoch).ok();
        let mallory = collect(&mut world, "mallory", 0);
        let honest = worth(&mut world, "honest");
        println!(
            "{pays}: she has {mallory}, and {} shares wait; the other LP has {honest}",
            world.read_pool().exiting_shares
        );
        assert_eq!(case(&mut world, &first).settled, 475_000 * UNIT);
        got.push([mallory, honest]);
        world.check_books();
    }
    assert!(got.iter().all(|[left, stayed]| left.abs_diff(got[0][0]) <= 1 && stayed.abs_diff(got[0][1]) <= 1));
    assert!(got[0][0] < got[0][1]);
}

/// Claims of an atom and more, odd amounts, some paid before the settlement and some at it, in a pool that pays a part: nobody's last payout
/// fails, and what is left of what was settled is less than an atom for each.
#[test]
fn claims_of_a_few_atoms_are_all_paid() {
    for order in 0..3u64 {
        let mut world = court_beside(World::lite_bare(), pool_params(), |world| {
            world.list_product(3, ProductParams { deductible_bps: 0, ..product_params("Exchange") }).ok();
        });
        for (holder, index, units) in [("gus", 1, 900_000), ("fay", 2, 95_000)] {
            cover(&mut world, holder, index, units * UNIT);
        }
        world.fund("eve", 100_000 * UNIT);
        let policies: Vec<_> = (0..24)
            .map(|id| {
                world.buy("eve", 3, id, if id == 0 { 900_000 * UNIT } else { UNIT }, 30).ok();
                world.policy(3, "eve", id)
            })
            .collect();
        world.pass_days(3);
        let incident = open(&mut world, 3, 0);
        for (id, policy) in (0u64..).zip(&policies) {
            let loss = if id == 0 { 899_999_999_999 } else { id * id };
            file(&mut world, "eve", policy, &incident, loss).ok();
        }
        pass(&mut world, &incident);
        let sure = part(&mut world, 3);
        assert!(sure < 40_000, "{sure}");
        world.pass_days(3);
        let mut early = 0;
        for (id, policy) in (0u64..).zip(&policies) {
            if id % 3 != order {
                world.payout("eve", policy, &incident).ok();
                early += claim_of(&mut world, policy, &incident).paid;
            }
        }
        let read = case(&mut world, &incident);
        assert_eq!((read.paid, read.settled), (early, early));
        // Another loss takes what the first is not sure of.
        let other = open(&mut world, 1, 0);
        let guss = world.policy(1, "gus", 0);
        file(&mut world, "gus", &guss, &other, 900_000 * UNIT).ok();
        pass(&mut world, &other);
        settle(&mut world, 3, 0);
        settle(&mut world, 1, 0);
        rest(&mut world, &incident);
        for policy in policies.iter().rev() {
            let claim = claim_of(&mut world, policy, &incident);
            let due = case(&mut world, &incident).part_of(claim.amount).unwrap();
            let receipt = world.payout("eve", policy, &incident);
            assert!(!receipt.is_err() || (claim.state == 2 && due == claim.paid), "{claim:?}");
            assert!(claim_of(&mut world, policy, &incident).paid >= due);
        }
        let read = case(&mut world, &incident);
        println!(
            "{order}: {early} early; settled {} of {}, {} left",
            read.settled,
            read.approved,
            read.settled - read.paid
        );
        assert!(read.settled - read.paid < 24);
        world.check_books();
    }
}

/// After dora was paid on account emil's claim is disputed, filing ends, and a ballot cuts it to nothing. What it had set aside stays so until
/// the end, and then it is the LPs'; dora has all of hers, and nothing is recovered for claims before the settlement.
#[test]
fn a_claim_that_is_cut_after_others_were_paid() {
    let mut world = court();
    for (holder, units) in [("dora", 500_000), ("emil", 400_000)] {
        cover(&mut world, holder, 0, units * UNIT);
    }
    cover(&mut world, "fay", 1, 900_000 * UNIT);
    world.pass_days(3);
    let policies = ["dora", "emil"].map(|holder| world.policy(0, holder, 0));
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policies[0], &incident, 500_000 * UNIT).ok();
    pass(&mut world, &incident);
    world.pass_days(3);
    let first = paid(&mut world, "dora", 0, &incident);
    let sure = part(&mut world, 0);
    assert!(first < 290_000 * UNIT && sure < 40_000);
    let ends = case(&mut world, &incident).filing_ends_at;
    until(&mut world, ends - 1);
    file(&mut world, "emil", &policies[1], &incident, 400_000 * UNIT).ok();
    world.fund("ines", 50_000 * UNIT);
    world.dispute("ines", &policies[1], &incident).ok();
    let claim = claim_address(&incident, &policies[1]);
    world.vote("vera", &claim, 0).ok();
    world.close_ballot(&claim).ok();
    world.pass(1);
    world.end_filing(0, 0).ok();
    world.fund("trent", 1_000 * UNIT);
    world.recover("trent", &incident, 1_000 * UNIT).fails(E::IncidentNotSettled);
    let last = tally(&mut world, &claim).final_at;
    until(&mut world, last);
    world.resolve_dispute(&policies[1], &incident).ok();
    world.payout("emil", &policies[1], &incident).fails(E::NothingDue);
    let more = paid(&mut world, "dora", 0, &incident);
    let now = part(&mut world, 0);
    println!("{} at first, {} more: {now} after {sure}", whole(first), whole(more));
    assert!(now > sure, "{now}");
    // What he claimed stays set aside: the incident's own, in which nobody else has a part.
    assert_eq!(world.read_pool().own_liens().unwrap(), 855_000 * UNIT - first - more);
    settle(&mut world, 0, 0);
    let read = case(&mut world, &incident);
    assert_eq!((read.approved, read.settled, read.held_back), (475_000 * UNIT, 475_000 * UNIT, 0));
    world.payout("dora", &policies[0], &incident).ok();
    assert_eq!(world.read_pool().own_liens().unwrap(), 0);
    world.check_books();
}
