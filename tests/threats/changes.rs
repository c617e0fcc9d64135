//! T04, T22 and T36: what an authority, a guardian, or somebody who proposes changes might try.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{UNIT, pool_params, product_params};

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;

/// The limits that the pool has.
fn limits(world: &mut Play) -> PoolLimits {
    let pool = world.read_pool();
    PoolLimits {
        min_premium: pool.min_premium,
        vote_reward: pool.vote_reward,
        assessors_limit: 1_000_000_000_000,
        timelock: pool.timelock,
        exit_delay_days: pool.exit_delay_days,
        season_days: pool.season_days,
        leverage_bps: pool.leverage_bps,
        group_caps_bps: pool.group_caps_bps,
    }
}

/// The founder queues a change; its number.
fn queue(world: &mut Play, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.propose(proposal, index).ok();
    id
}

#[test]
fn t04_leave_by_a_shorter_exit_delay() {
    let mut world = shared();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass(3 * DAY + DAY / 2);
    // Mallory has learnt of an event that nobody else knows, and has the authority propose the shortest delay.
    let (_, ordinary) = world.exit_epoch();
    let shorter = PoolLimits { exit_delay_days: 1, timelock: 3 * DAY, ..limits(&mut world) };
    let id = queue(&mut world, &Proposal::PoolLimits(shorter), None);
    for _ in 0..9 {
        world.apply(id, None).fails(E::ChangeNotDue);
        assert_eq!(world.exit_epoch().1, day_of(world.now()) + 8);
        world.pass_days(1);
    }
    world.apply(id, None).ok();
    assert_eq!(world.exit_epoch().1, day_of(world.now()) + 2, "a full day");
    assert!(world.exit_epoch().1 > ordinary, "who asks at once is out earlier");
    // Who asked before it is due on the old day, and anyone who asks behind them not before.
    let mut world = shared();
    world.pass(DAY / 2);
    let id = queue(&mut world, &Proposal::PoolLimits(shorter), None);
    world.pass(TIMELOCK - 1);
    let day = ask_for_all(&mut world, "honest", 0);
    world.pass(1);
    world.apply(id, None).ok();
    assert_eq!(ask_for_all(&mut world, "mallory", 0), day, "of one day, at one price");
}

#[test]
fn t04_leave_behind_a_pause() {
    // The same incident and the same exit, with and without a pause by a guardian in league with her.
    let mut worth_of = [0; 2];
    for (paused, worth) in [false, true].into_iter().zip(&mut worth_of) {
        let mut world = shared();
        let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
        world.pass_days(3);
        if paused {
            world.pause("guardian", 7 * DAY).ok();
        }
        let day = ask_for_all(&mut world, "mallory", 0);
        world.pass_days(6);
        let incident = report(&mut world, 0, 0);
        world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
        *worth = leave(&mut world, "mallory", 0, day);
        accept(&mut world, 0, 0);
        *worth += take_back(&mut world, "mallory", 0, &incident);
        world.check_books();
    }
    assert_eq!(worth_of[0], worth_of[1]);
    assert!(worth_of[0] < HALF - 40_000 * UNIT, "she bears her half of the loss");
}

#[test]
fn t04_keep_others_in_until_a_change_has_come() {
    let mut world = shared();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    // The honest LP sees cover for nothing coming and asks to leave in time. The authority has a false incident opened,
    // which holds nobody up, and nobody pays the exit until the change is due.
    let free = PriceCurve { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, kink_bps: 1 };
    let id = queue(&mut world, &Proposal::Curve(free), Some(0));
    world.pass_days(1);
    let day = ask_for_all(&mut world, "honest", 0);
    world.pass_days(6);
    let now = world.now();
    world.open_incident("mallory", 0, 0, now).ok();
    let incident = world.incident(0, 0);
    world.vote("vera", &incident, 0).ok();
    until_day(&mut world, day + 1);
    world.pass_days(1);
    world.apply(id, Some(0)).fails(E::ExitsWait);
    // In one transaction ahead of everybody: the exits come first all the same, and a day after they were called.
    let apply = world.apply_accounts(id, Some(0)).instruction();
    let request = world.request("mallory", 400_000 * UNIT, 365);
    let buy = world.buy_accounts("mallory", 0, 7).instruction(7, &request);
    world.send_all(&[apply.clone(), buy], &["mallory"]).fails(E::ExitsWait);
    let call = CallExits { pool: world.pool(), epoch: exit_epoch_address(&world.pool(), 0) }.instruction();
    world.send_all(&[call.clone(), apply], &[]).fails(E::ExitsWait);
    world.send(call, &[]).ok();
    world.pass_days(1);
    world.apply(id, Some(0)).fails(E::ExitsWait);
    let free = leave(&mut world, "honest", 0, day);
    world.apply(id, Some(0)).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.settle(0, 0).ok();
    let got = free + take_back(&mut world, "honest", 0, &incident);
    assert!(got >= HALF, "{got}");
}

#[test]
fn t22_change_the_pool_during_a_ballot() {
    // The same ballot, beside changes of everything that ballots and incidents read, and without.
    let mut ends = Vec::new();
    for changed in [false, true] {
        let mut world = court_of(PoolParams { vote_reward: UNIT, ..pool_params() });
        let policy = insure(&mut world, 0, 100_000 * UNIT, 90);
        let new = PoolLimits {
            min_premium: 9,
            vote_reward: 900 * UNIT,
            assessors_limit: 1_000_000_000_000,
            timelock: 90 * DAY,
            exit_delay_days: 80,
            season_days: 30,
            leverage_bps: 10_000,
            group_caps_bps: [0; 16],
        };
        let fees = Fees { protocol_fee_bps: 0, assessor_fee_bps: 0, cancel_fee_bps: 0 };
        let mallory = world.key("mallory");
        let changes = [
            (Proposal::Delist, Some(0)),
            (Proposal::Weight { weight_bps: 1 }, Some(0)),
            (Proposal::Arbiter { arbiter: mallory }, None),
            (Proposal::Treasury { treasury: mallory }, None),
            (Proposal::Fees(fees), None),
            (Proposal::PoolLimits(new), None),
        ];
        let ids = changes.map(|(proposal, index)| (queue(&mut world, &proposal, index), index));
        world.pass(TIMELOCK - DAY);
        let incident = open(&mut world, 0, 0);
        world.submit_claim("dora", &policy, &incident, 50_000 * UNIT).ok();
        world.vote("walt", &incident, 1).ok();
        world.pass_days(1);
        if changed {
            for (id, index) in ids {
                world.apply(id, index).ok();
            }
        }
        world.vote("xeno", &incident, 0).ok();
        world.pass_days(2);
        world.close_ballot(&incident).ok();
        let (ballot, now) = (tally(&mut world, &incident), world.now());
        assert_eq!((ballot.state, ballot.final_at), (1, now + 2 * DAY));
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        let before = world.balance("dora");
        world.payout("dora", &policy, &incident).ok();
        world.collect_vote_reward("walt", &incident, 0).ok();
        let got = (world.balance("dora") - before, world.balance("walt"), world.balance("xeno"));
        ends.push((ballot, case(&mut world, &incident), got));
        world.check_books();
    }
    assert!(ends[0] == ends[1], "the changes changed what had begun");
    let (_, incident, (paid, reward, _)) = ends[0];
    assert!(incident.settled > 0 && paid > 40_000 * UNIT && reward == 3 * UNIT / 4);
}

#[test]
fn t36_everything_that_those_in_charge_may_do_leaves_the_lps_their_money() {
    let mut world = shared();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    let asset = world.asset();
    world.open_tokens("treasury", &asset);
    let mut alone = world.clone();
    let founder = world.key("founder");
    // All four roles become one person's, who does whatever the program lets her.
    let fees = Fees { protocol_fee_bps: 2_000, assessor_fee_bps: 1_000, cancel_fee_bps: 2_000 };
    let all = PoolLimits { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..limits(&mut world) };
    let ids = [
        Proposal::Guardian { guardian: founder },
        Proposal::Arbiter { arbiter: founder },
        Proposal::Treasury { treasury: founder },
        Proposal::Fees(fees),
        Proposal::PoolLimits(all),
    ]
    .map(|proposal| queue(&mut world, &proposal, None));
    world.pass(TIMELOCK);
    for id in ids {
        world.apply(id, None).ok();
    }
    world.pause("founder", 7 * DAY).ok();
    world.list_product(2, product_params("Mine")).ok();
    let founders = world.open_tokens("founder", &asset);
    let accounts = CollectFees { treasury: founder, receiver: founders, ..world.collect_fees_accounts() };
    let fees = world.read_pool().treasury_due;
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(world.balance("founder"), fees);
    world.send(accounts.instruction(), &[]).fails(E::NothingDue);
    let steal = spl_token_interface::instruction::transfer(
        &spl_token_interface::ID,
        &vault_address(&world.pool()),
        &founders,
        &founder,
        &[],
        1,
    );
    world.send(steal.expect("valid instruction"), &["founder"]).fails_with(NOT_OWNER);

    alone.pass(TIMELOCK);
    for name in ["honest", "mallory"] {
        let (day, other) = (ask_for_all(&mut world, name, 0), ask_for_all(&mut alone, name, 0));
        assert_eq!(day, other);
    }
    for (world, one) in [(&mut world, "in charge"), (&mut alone, "alone")] {
        let (_, day) = (world.pass_days(7), world.read_pool().exit_tail_day);
        until_day(world, day);
        assert!(world.pay_exits().result.is_ok(), "{one}");
    }
    for name in ["honest", "mallory"] {
        let paid = [&mut world, &mut alone].map(|world| {
            let before = world.balance(name);
            world.collect_exit(name, 0).ok();
            world.balance(name) - before
        });
        // More leverage lets more of it go at once; never less.
        assert!(paid[0] >= paid[1] && paid[1] > 0, "{paid:?}");
    }
    assert_eq!(world.vault_balance() + fees, {
        let pool = world.read_pool();
        let buckets =
            [pool.capital, pool.unearned, pool.payable, pool.exits_due, pool.contested, pool.bonds, pool.assessors];
        buckets.iter().sum::<u64>() + pool.treasury_due + fees
    });
}

#[test]
fn t36_apply_a_change_early() {
    let mut world = shared();
    // The wait itself is shortened first, and what hides behind it is queued with it.
    let shorter = PoolLimits { exit_delay_days: 1, timelock: 3 * DAY, ..limits(&mut world) };
    let shorter = queue(&mut world, &Proposal::PoolLimits(shorter), None);
    let fees = Fees { protocol_fee_bps: 2_000, assessor_fee_bps: 1_000, cancel_fee_bps: 2_000 };
    let behind = queue(&mut world, &Proposal::Fees(fees), None);
    world.pass(TIMELOCK - 1);
    let last = queue(&mut world, &Proposal::Fees(fees), None);
    for id in [shorter, behind, last] {
        world.apply(id, None).fails(E::ChangeNotDue);
    }
    world.pass(1);
    world.apply(shorter, None).ok();
    world.pass(3 * DAY);
    world.apply(last, None).fails(E::ChangeNotDue);
    world.apply(behind, None).ok();
    world.pass(6 * DAY - 2);
    world.apply(last, None).fails(E::ChangeNotDue);
    world.pass(1);
    world.apply(last, None).ok();

    // A change applies once, and one that was taken back never.
    world.apply(last, None).fails(E::ChangeNotQueued);
    let id = queue(&mut world, &Proposal::Delist, Some(0));
    world.withdraw("founder", id).ok();
    world.pass_days(3);
    world.apply(id, Some(0)).fails(E::ChangeNotQueued);
    world.close_change("founder", id).ok();
    world.apply(id, Some(0)).fails_with(GONE);
}

#[test]
fn t36_pause_for_ever() {
    let mut world = shared();
    let (start, mut open) = (world.now(), 0);
    // A guardian who tries every hour for ten weeks, for as long as possible.
    while world.now() < start + 70 * DAY {
        let _ = world.pause("guardian", 7 * DAY);
        open += u64::from(world.quote(0, UNIT, 30).result.is_ok());
        world.pass(3_600);
    }
    assert_eq!(open, 35 * 24, "half of the time sales go on");
}

#[test]
fn t36_list_what_the_lps_have_not_seen() {
    let mut world = shared();
    world.fund("eve", 100_000 * UNIT);
    let bad = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Certain loss") };
    world.list_product(2, bad).ok();
    world.buy("eve", 2, 0, 900_000 * UNIT, 365).fails(E::ProductNotListed);
    let id = queue(&mut world, &Proposal::List, Some(2));
    // Everybody who objects is out before the first sale.
    let (day, now) = (ask_for_all(&mut world, "honest", 0), world.now());
    until(&mut world, (day + 1) * DAY - 1);
    world.apply(id, Some(2)).fails(E::ChangeNotDue);
    until(&mut world, now + TIMELOCK);
    world.apply(id, Some(2)).fails(E::ExitsWait);
    world.call_exits().ok();
    world.pass_days(1);
    assert_eq!(leave(&mut world, "honest", 0, day), HALF);
    world.apply(id, Some(2)).ok();
    world.buy("eve", 2, 0, 900_000 * UNIT, 365).fails(E::ProductCapacity);
}

#[test]
fn t36_milk_the_assessors_with_changes_of_ones_own() {
    // Vera has the majority: she passes changes that change nothing, and collects their rewards.
    let mut world = court_of(PoolParams { vote_reward: 20 * UNIT, assessor_fee_bps: 1_000, ..pool_params() });
    cover(&mut world, "dora", 0, 400_000 * UNIT);
    world.fund("vera", 10_000 * UNIT);
    world.give_lamports("vera");
    let (balance, fund) = (world.balance("vera"), world.read_pool().assessors);
    assert!(fund > 100 * UNIT);
    let ids: Vec<_> = (0..10)
        .map(|_| {
            let id = world.next_change();
            world.petition("vera", &Proposal::List, Some(0)).ok();
            id
        })
        .collect();
    // Other ballots have as much to reward their voters with as before.
    let pool = world.read_pool();
    assert_eq!(pool.assessors - pool.rewards_reserved, fund);
    for id in &ids {
        let change = world.change(*id);
        world.vote("vera", &change, 1).ok();
        world.close_ballot(&change).ok();
    }
    world.pass_days(2);
    for id in &ids {
        let change = world.change(*id);
        world.queue(*id).ok();
        world.collect_vote_reward("vera", &change, 0).ok();
        world.collect_change_bond("vera", *id).ok();
    }
    assert_eq!((world.balance("vera"), world.read_pool().assessors), (balance, fund), "what she got she had paid");
    world.check_books();
}
