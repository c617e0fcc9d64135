//! T04, T22, T36, T42, T43, T44, T72 and T89: what an authority, a guardian, or somebody who proposes changes might try.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain as _, UNIT, World, assembly_params, pool_params, product_params, trials::second_assembly};

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;

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
    let shorter = Proposal::ExitDelay { exit_delay_days: 1 };
    let id = queue(&mut world, &shorter, None);
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
    let id = queue(&mut world, &shorter, None);
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
        let mallory = world.key("mallory");
        let changes = [
            (Proposal::Delist, Some(0)),
            (Proposal::Weight { weight_bps: 1 }, Some(0)),
            (Proposal::Bonds { incident_bond: 1, claim_bond_bps: 2_000 }, Some(0)),
            (Proposal::Arbiter { arbiter: mallory }, None),
            (Proposal::Treasury { treasury: mallory }, None),
            (Proposal::ProtocolFee { protocol_fee_bps: 0 }, None),
            (Proposal::AssessorFee { assessor_fee_bps: 0 }, None),
            (Proposal::CancelFee { cancel_fee_bps: 0 }, None),
            (Proposal::MinPremium { min_premium: 9 }, None),
            (Proposal::VoteReward { vote_reward: 900 * UNIT }, None),
            (Proposal::AssessorsLimit { assessors_limit: 0 }, None),
            (Proposal::ExitDelay { exit_delay_days: 1 }, None),
            (Proposal::Season { season_days: 30 }, None),
            (Proposal::Leverage { leverage_bps: 10_000 }, None),
            (Proposal::GroupCap { group: 0, cap_bps: 0 }, None),
            (Proposal::Timelock { timelock: 90 * DAY }, None),
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
        world.collect_vote_reward("walt", &incident).ok();
        let got = (world.balance("dora") - before, world.balance("walt"), world.balance("xeno"));
        ends.push((tally(&mut world, &incident), case(&mut world, &incident), got));
        world.check_books();
    }
    assert!(ends[0] == ends[1], "the changes changed what had begun");
    let (ballot, incident, (paid, reward, _)) = ends[0];
    assert!(incident.settled > 0 && paid > 40_000 * UNIT && reward > 0);
    assert_eq!(reward, ballot.reward_pot * 3 / 4);
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
    let ids = [
        Proposal::Guardian { guardian: founder },
        Proposal::Arbiter { arbiter: founder },
        Proposal::Treasury { treasury: founder },
        Proposal::ProtocolFee { protocol_fee_bps: 2_000 },
        Proposal::AssessorFee { assessor_fee_bps: 1_000 },
        Proposal::CancelFee { cancel_fee_bps: 2_000 },
        Proposal::AssessorsLimit { assessors_limit: 1 },
        Proposal::GroupCap { group: 0, cap_bps: 50_000 },
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
    let delay = queue(&mut world, &Proposal::ExitDelay { exit_delay_days: 1 }, None);
    let shorter = queue(&mut world, &Proposal::Timelock { timelock: 3 * DAY }, None);
    let fee = Proposal::ProtocolFee { protocol_fee_bps: 2_000 };
    let behind = queue(&mut world, &fee, None);
    world.pass(TIMELOCK - 1);
    let last = queue(&mut world, &fee, None);
    for id in [delay, shorter, behind, last] {
        world.apply(id, None).fails(E::ChangeNotDue);
    }
    world.pass(1);
    // Not while exits still take as long.
    world.apply(shorter, None).fails(E::BadTimelock);
    world.apply(delay, None).ok();
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
    // Vera has the majority: she passes changes that change next to nothing, and collects their rewards.
    let mut world = court_of(PoolParams { vote_reward: 20 * UNIT, assessor_fee_bps: 1_000, ..pool_params() });
    cover(&mut world, "dora", 0, 400_000 * UNIT);
    world.fund("vera", 10_000 * UNIT);
    world.give_lamports("vera");
    let (balance, fund) = (world.balance("vera"), world.read_pool().assessors);
    assert!(fund > 100 * UNIT);
    let ids: Vec<_> = (0..10)
        .map(|_| {
            let id = world.next_change();
            world.petition("vera", &Proposal::Weight { weight_bps: 9_999 }, Some(0)).ok();
            id
        })
        .collect();
    // Other ballots have as much to reward their voters with as before, and what she paid.
    let pool = world.read_pool();
    assert_eq!((pool.assessors, pool.rewards_reserved), (fund, 0));
    for id in &ids {
        let change = world.change(*id);
        world.vote("vera", &change, 1).ok();
        world.close_ballot(&change).ok();
    }
    world.pass_days(2);
    for id in &ids {
        let change = world.change(*id);
        world.queue(*id).ok();
        world.collect_vote_reward("vera", &change).ok();
        world.collect_change_bond("vera", *id).ok();
    }
    assert_eq!((world.balance("vera"), world.read_pool().assessors), (balance, fund), "what she got she had paid");
    world.check_books();
}

/// She has read what there is to know and signs; before that lands, something is listed, queued or applied.
#[test]
fn t42_change_what_a_depositor_has_read_of() {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, pool_params()).ok();
    prepare(&mut world);
    world.fund("eve", HALF);
    let refused = |world: &mut Play, act: &dyn Fn(&mut Play)| {
        let seen = world.seen();
        let deposit = world.deposit_accounts("eve").instruction(UNIT, 0, &seen);
        world.clone().send(deposit.clone(), &["eve"]).ok();
        act(world);
        world.send(deposit, &["eve"]).fails(E::TermsChanged);
    };
    // One atom before her freezes nothing.
    world.deposit("mallory", 1).ok();
    let bad = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, ..product_params("Certain loss") };
    refused(&mut world, &|world| drop(world.list_product(2, bad.clone()).ok()));
    world.open_pool().ok();
    world.begin_sales();
    // A draft is nothing yet: what puts it on sale is.
    let seen = world.seen();
    world.list_product(3, bad.clone()).ok();
    assert_eq!(world.seen(), seen);
    let first = world.next_change();
    refused(&mut world, &|world| drop(world.propose(&Proposal::List, Some(3)).ok()));
    refused(&mut world, &|world| drop(world.propose(&Proposal::AssessorsLimit { assessors_limit: 1 }, None).ok()));
    // A petition is no change yet; the verdict on it makes it one.
    world.deposit("mallory", HALF).ok();
    let seen = world.seen();
    world.fund("vera", 10_000 * UNIT);
    let free = PriceCurve { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, kink_bps: 1 };
    world.petition("vera", &Proposal::Curve(free), Some(0)).ok();
    let petition = world.change(first + 2);
    world.vote("vera", &petition, 1).ok();
    world.close_ballot(&petition).ok();
    world.pass_days(2);
    assert_eq!(world.seen(), seen);
    refused(&mut world, &|world| drop(world.queue(first + 2).ok()));
    world.pass(TIMELOCK);
    for (id, index) in [(first, Some(3)), (first + 1, None), (first + 2, Some(0))] {
        world.mark(id, index).ok();
        refused(&mut world, &|world| drop(world.apply(id, index).ok()));
    }
    world.check_books();
}

/// A reward, and a least premium, that nobody can pay four times: a petition costs a thousandth of the capital all the same. And
/// bonds that nobody can pay, or that anyone can.
#[test]
fn t43_price_stakers_and_holders_out() {
    let mut world = court();
    for proposal in [Proposal::VoteReward { vote_reward: 1 << 56 }, Proposal::MinPremium { min_premium: 1 << 56 }] {
        world.propose(&Proposal::VoteReward { vote_reward: (1 << 56) + 1 }, None).fails(E::BadVoteReward);
        let id = queue(&mut world, &proposal, None);
        world.pass(TIMELOCK);
        world.apply(id, None).ok();
    }
    let (most, stakers) = (world.read_pool().capital / 1_000, ["vera", "walt", "xeno"]);
    assert_eq!(most, 2 * HALF / 1_000);
    for name in stakers {
        world.fund(name, most);
    }
    let id = world.next_change();
    world.petition("vera", &Proposal::VoteReward { vote_reward: 0 }, None).ok();
    world.petition("walt", &Proposal::MinPremium { min_premium: 1_000 }, None).ok();
    assert_eq!((world.balance("vera"), world.balance("walt")), (0, 0));
    for id in [id, id + 1] {
        let change = world.change(id);
        world.vote("vera", &change, 1).ok();
        world.close_ballot(&change).ok();
    }
    world.pass_days(2);
    for id in [id, id + 1] {
        world.queue(id).ok();
    }
    world.pass(TIMELOCK);
    for id in [id, id + 1] {
        world.apply(id, None).ok();
    }
    let pool = world.read_pool();
    assert_eq!((pool.vote_reward, pool.min_premium), (0, 1_000));

    // Bonds are bounded by the largest sum insured, from the listing on, and can be changed.
    let most = product_params("").max_amount / 100;
    for incident_bond in [0, most + 1] {
        let product = ProductParams { incident_bond, ..product_params("Unpayable") };
        world.list_product(3, product).fails(E::BadBond);
        let bonds = Proposal::Bonds { incident_bond, claim_bond_bps: 100 };
        world.propose(&bonds, Some(0)).fails(E::BadBond);
    }
    world.list_product(3, ProductParams { incident_bond: 1, ..product_params("An atom") }).ok();
    for (index, bond) in [(3, BOND), (0, most)] {
        let id = queue(&mut world, &Proposal::Bonds { incident_bond: bond, claim_bond_bps: 100 }, Some(index));
        world.pass(TIMELOCK);
        world.apply(id, Some(index)).ok();
        assert_eq!(world.read_product(index).next_incident_bond, bond);
    }
    world.check_books();
}

/// One atom of stake petitions for the authority, and nobody votes, or a tenth votes against it, which is too little; the arbiter
/// is a friend.
#[test]
fn t44_take_a_pool_with_its_arbiter() {
    for against in [false, true] {
        let mut world = court();
        world.stake("mallory", 1).ok();
        world.pass_days(2);
        world.give_lamports("arbiter");
        let (mallory, authority) = (world.key("mallory"), world.read_pool().authority);
        let id = world.next_change();
        world.petition("mallory", &Proposal::Authority { authority: mallory }, None).ok();
        let change = world.change(id);
        if against {
            world.vote("xeno", &change, 0).ok();
        }
        for days in [3, 6] {
            world.arbitrate("arbiter", &change, 1).fails(E::NotArbiter);
            world.pass_days(days);
            world.close_ballot(&change).ok();
        }
        for side in [0, 1] {
            world.arbitrate("arbiter", &change, side).fails(E::NotArbiter);
        }
        // Nor if she is the arbiter herself by then.
        world.arbitrate("mallory", &change, 1).fails(E::NotArbiter);
        let last = tally(&mut world, &change).final_at.max(world.now());
        until(&mut world, last);
        world.queue(id).ok();
        assert_eq!(world.read_change(id).state, 3, "refused");
        world.apply(id, None).fails(E::ChangeNotQueued);
        assert_eq!(world.read_pool().authority, authority);
        world.check_books();
    }
}

/// Who sold cover makes its holders' reports dearer than they can pay, and has a court decide on them in which she is alone.
#[test]
fn t72_change_the_bonds_and_the_court_of_those_who_are_covered() {
    let mut world = court();
    let assembly = second_assembly(&mut world);
    let of_mallory = |world: &mut Play, play: &dyn Fn(&mut Play)| {
        world.convener = "rita";
        play(world);
        world.convener = "founder";
    };
    of_mallory(&mut world, &|world| drop(world.stake("mallory", UNIT).ok()));
    let policy = insure(&mut world, 0, 100_000 * UNIT, 180);
    let bonds = Proposal::Bonds { incident_bond: 1_000_000 * UNIT, claim_bond_bps: 2_000 };
    let ids = [(bonds, Some(0)), (Proposal::Court { assembly }, None)]
        .map(|(proposal, index)| (queue(&mut world, &proposal, index), index));
    // The court's takes 98 days and a second timelock more: here as long as her cover.
    for (id, index) in ids {
        let applies_at = world.read_change(id).applies_at;
        until(&mut world, applies_at);
        world.apply(id, index).ok();
    }
    // What she bought is decided by those she bought it of, for the bonds that she knew.
    of_mallory(&mut world, &|world| {
        let now = world.now();
        world.open_incident("opal", 0, 0, now).fails(E::WrongAssembly);
    });
    let (before, doras) = (world.balance("opal"), world.balance("dora"));
    let incident = report(&mut world, 0, 0);
    assert_eq!(before - world.balance("opal"), BOND);
    world.submit_claim("dora", &policy, &incident, 50_000 * UNIT).ok();
    // A hundredth of what she can claim: the deductible is a twentieth of the sum insured.
    assert_eq!(doras - world.balance("dora"), 45_000 * UNIT / 100);
    accept(&mut world, 0, 0);
    let before = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert!(world.balance("dora") - before > 40_000 * UNIT);
    // And who would not wait for the end gets everything back that is not earned.
    world.fund("gus", 10_000 * UNIT);
    world.buy("gus", 0, 0, 10_000 * UNIT, 365).fails(E::TermsWait);
    world.buy("gus", 0, 0, 10_000 * UNIT, 30).ok();
    assert_eq!(world.read_product(0).assembly, world.assembly(), "it covers something still");
    world.pass_days(2);
    let policy = world.policy(0, "gus", 0);
    let receipt = world.cancel("gus", 0, &policy).ok();
    let [Event::CoverCancelled(event)] = receipt.events()[..] else { panic!("another event") };
    assert_eq!((event.fee, event.refund > 0), (0, true));
    world.check_books();
}

/// Cover keeps half of the LPs in for most of a year, and with them what lowers what they get. A delisting does not wait behind it;
/// nor does a change set back what another has set.
#[test]
fn t89_a_delisting_behind_a_change_that_waits() {
    let mut world = unlevered(7);
    world.fund("dora", HALF);
    let limited = queue(&mut world, &Proposal::AssessorsLimit { assessors_limit: 1 }, None);
    let heavier = queue(&mut world, &Proposal::Weight { weight_bps: 9_000 }, Some(1));
    let dearer = [
        queue(&mut world, &Proposal::ProtocolFee { protocol_fee_bps: 0 }, None),
        queue(&mut world, &Proposal::AssessorFee { assessor_fee_bps: 1_000 }, None),
    ];
    let lighter = queue(&mut world, &Proposal::Weight { weight_bps: 1_000 }, Some(1));
    let delist = queue(&mut world, &Proposal::Delist, Some(0));
    world.buy("dora", 0, 0, 990_000 * UNIT, 300).ok();
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let applies_at = world.read_change(delist).applies_at;
    until(&mut world, applies_at);
    for (id, index) in [(limited, None), (dearer[0], None), (dearer[1], None)] {
        world.apply(id, index).fails(E::ExitsWait);
    }
    world.apply(delist, Some(0)).ok();
    world.apply(lighter, Some(1)).ok();
    world.extend("dora", 0, &world.policy(0, "dora", 0), 10).fails(E::ProductDelisted);
    // What was queued before the lighter weight would be a rise now, and has been overtaken for good.
    world.apply(heavier, Some(1)).fails(E::ExitsWait);
    let policy: Policy = world.chain.read(&world.policy(0, "dora", 0));
    until_day(&mut world, policy.release_day - 1);
    world.call_exits();
    until_day(&mut world, policy.release_day);
    world.pay_exits().ok();
    assert!(!world.read_pool().has_exits() && collect(&mut world, "honest", 0) >= HALF - 1);
    world.apply(heavier, Some(1)).fails(E::ChangeOvertaken);
    for id in dearer.into_iter().rev().chain([limited]) {
        world.apply(id, None).ok();
    }
    let pool = world.read_pool();
    assert_eq!((pool.protocol_fee_bps, pool.assessor_fee_bps, pool.assessors_limit), (0, 1_000, 1));
    assert_eq!(world.read_product(1).weight_bps, 1_000);
    world.check_books();
}
