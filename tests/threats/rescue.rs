//! T39, T41 and T72 once more: changes that rise and fall, exits that hide others, and a thief who is a second faster.

use crate::{court::*, leaving::unlevered, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain as _, UNIT, actor, authority_product, pool_params, trials::second_assembly};
use solana_signer::Signer as _;

/// How long a change waits, seconds.
const TIMELOCK: u64 = 9 * DAY;

/// The founder, or who has the founder's key, queues a change; its number.
fn queue(world: &mut Play, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.propose(proposal, index).ok();
    id
}

/// A petition of vera's that her majority passes at once, and that is queued in the first second in which it can be; its number.
fn petition(world: &mut Play, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = vote_on(world, proposal, index);
    let subject = world.change(id);
    let last = tally(world, &subject).final_at;
    until(world, last);
    world.queue(id).ok();
    id
}

/// The same, without reading its ballot.
fn vote_on(world: &mut Play, proposal: &Proposal, index: Option<u16>) -> u64 {
    let id = world.next_change();
    world.fund("vera", 10_000 * UNIT);
    world.petition("vera", proposal, index).ok();
    let subject = world.change(id);
    world.vote("vera", &subject, 1).ok();
    world.close_ballot(&subject).ok();
    id
}

/// Lists products that the thief's own key draws on for nothing, and queues their listing; the changes.
fn set_traps(world: &mut Play) -> [(u64, Option<u16>); 2] {
    let trap = ProductParams {
        trigger_source: actor("founder").pubkey(),
        draws: DrawParams { period: 3_600, limit_bps: 10_000 },
        r0_ppm: 0,
        r1_ppm: 0,
        r2_ppm: 0,
        waiting_days: 0,
        deductible_bps: 0,
        ..authority_product("Trap")
    };
    let next = world.read_pool().product_count;
    [next, next + 1].map(|index| {
        world.list_product(index, trap.clone()).ok();
        (queue(world, &Proposal::List, Some(index)), Some(index))
    })
}

/// Pays what can be paid of the exits, and calls what cannot.
fn keep(world: &mut Play) {
    while world.read_pool().has_exits() {
        if world.pay_exits().result.is_err() {
            let _ = world.call_exits();
            return;
        }
    }
}

/// Timelock and exit delay rise and fall again. Traps are queued in the last second of the short timelock; an LP who asks within the
/// hour was, in the second version's first form, neither paid nor waited for, and lost all of 500,000.
#[test]
fn t39_let_timelock_and_delay_rise_and_fall() {
    let mut world = shared();
    let start = world.now();
    let delay = queue(&mut world, &Proposal::ExitDelay { exit_delay_days: 20 }, None);
    world.pass_days(13);
    let longer = queue(&mut world, &Proposal::Timelock { timelock: 22 * DAY }, None);
    let quick = queue(&mut world, &Proposal::ExitDelay { exit_delay_days: 1 }, None);
    let shorter = queue(&mut world, &Proposal::Timelock { timelock: 3 * DAY }, None);
    until(&mut world, start + 22 * DAY - 1);
    let traps = set_traps(&mut world);
    let queued_at = world.now();
    let promised = world.read_change(traps[0].0).applies_at;
    world.pass(1);
    world.apply(longer, None).ok();
    world.apply(delay, None).ok();
    // The LP sees the traps within the hour and asks: in time by every measure.
    world.pass(3_600);
    let day = ask_for_all(&mut world, "honest", 0);
    let asked = world.now();
    assert!(asked < world.read_change(traps[0].0).exits_until, "in time by what is shown");
    until(&mut world, start + 35 * DAY);
    // These were queued under the first timelock, and she asked too late for them; what she asked in time for waits for her.
    world.apply(quick, None).ok();
    world.apply(shorter, None).ok();
    assert!(world.now() > promised);
    for (id, index) in traps {
        world.apply(id, index).fails(E::ExitsWait);
    }
    world.pay_exits().fails(E::ExitNotDue);
    until_day(&mut world, day);
    for (id, index) in traps {
        world.apply(id, index).fails(E::ExitsWait);
    }
    let got = leave(&mut world, "honest", 0, day);
    println!("asked {} s after the traps were queued: {} of 500,000", asked - queued_at, got / UNIT);
    assert!(got >= HALF, "{got}");
    for (id, index) in traps {
        world.apply(id, index).ok();
    }
    world.check_books();
}

/// An exit of dust that was asked for under a longer delay takes all later ones along; what lowers risk waits for none of them.
#[test]
fn t89_hold_up_a_delisting_by_an_exit_of_dust() {
    let params = PoolParams { exit_delay_days: 90, timelock: 92 * DAY, ..pool_params() };
    let mut waits = Vec::new();
    for dust in [false, true] {
        let mut world = court_of(params);
        let delay = queue(&mut world, &Proposal::ExitDelay { exit_delay_days: 1 }, None);
        let shorter = queue(&mut world, &Proposal::Timelock { timelock: 3 * DAY }, None);
        world.pass(92 * DAY - 1);
        if dust {
            world.request_exit("mallory", 0, 1).ok();
        }
        world.pass(1);
        world.apply(delay, None).ok();
        world.apply(shorter, None).ok();
        let walt = world.key("walt");
        let now = world.now();
        let ids = [
            queue(&mut world, &Proposal::Delist, Some(0)),
            queue(&mut world, &Proposal::Authority { authority: walt }, None),
        ];
        let days = ids.map(|id| (world.read_change(id).applies_at - now) / DAY);
        let out = world.exit_epoch().1 - day_of(now);
        println!("dust {dust}: a delisting and an authority wait {days:?} days, an exit {out}");
        waits.push(days[0]);
        world.pass(3 * DAY);
        world.apply(ids[0], Some(0)).ok();
    }
    assert_eq!(waits, [3, 3]);
}

/// One change of the thief's, a timelock of a year, applies before the petition does. It moves nothing that is queued.
#[test]
fn t41_lock_the_rescue_out_by_a_longer_timelock() {
    let mut world = court();
    let start = world.now();
    let longer = queue(&mut world, &Proposal::Timelock { timelock: 92 * DAY }, None);
    let traps = set_traps(&mut world);
    let new = world.key("walt");
    let rescue = petition(&mut world, &Proposal::Authority { authority: new }, None);
    let queued = (world.now() - start) / DAY;
    let delist = queue(&mut world, &Proposal::Delist, Some(0));
    let due = world.read_change(rescue).applies_at;
    until(&mut world, start + TIMELOCK);
    assert!(due > world.now());
    for (id, index) in traps {
        world.apply(id, index).ok();
    }
    world.apply(longer, None).ok();
    until(&mut world, due - 1);
    world.give_lamports("walt");
    world.accept_authority("walt", rescue).fails(E::ChangeNotDue);
    world.pass(1);
    world.accept_authority("walt", rescue).ok();
    println!("queued on day {queued}, and the new key's on day {}", (world.now() - start) / DAY);
    // What the thief has queued since falls with the key.
    world.apply(delist, Some(0)).fails(E::NotPoolAuthority);
    assert_eq!(world.read_pool().authority, new);
}

/// A shorter timelock, and the thief's own change of the authority, queued after the petition and applied before it: that one has the
/// higher number, and yet it is the ballot that holds.
#[test]
fn t41_overtake_the_rescue_under_a_shorter_timelock() {
    let mut world = court();
    let (start, thief, new) = (world.now(), world.key("mallory"), world.key("walt"));
    let delay = queue(&mut world, &Proposal::ExitDelay { exit_delay_days: 1 }, None);
    let shorter = queue(&mut world, &Proposal::Timelock { timelock: 3 * DAY }, None);
    // A petition on the first day; as many vote as must, and nobody closes it before its time.
    let rescue = world.next_change();
    world.fund("walt", 10_000 * UNIT);
    world.petition("walt", &Proposal::Authority { authority: new }, None).ok();
    let subject = world.change(rescue);
    world.vote("walt", &subject, 1).ok();
    world.vote("xeno", &subject, 1).ok();
    world.close_ballot(&subject).fails(E::VotingOpen);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.queue(rescue).ok();
    let due = world.read_change(rescue).applies_at;
    until(&mut world, start + TIMELOCK);
    world.apply(delay, None).ok();
    world.apply(shorter, None).ok();
    let again = queue(&mut world, &Proposal::Authority { authority: thief }, None);
    world.pass_days(3);
    world.give_lamports("mallory");
    world.accept_authority("mallory", again).ok();
    let overtaken = (world.now() - start) / DAY;
    until(&mut world, due);
    world.give_lamports("walt");
    world.accept_authority("walt", rescue).ok();
    println!("due on day {}, though the thief's other key had it on day {overtaken}", (due - start) / DAY);
    assert_eq!(world.read_pool().authority, new);
}

/// The thief makes an assembly of their own the court, in which they are alone, to petition for the authority whenever they lose it.
/// The court's stakers have the pool back long before that can apply, and then it has fallen.
#[test]
fn t41_keep_a_pool_by_its_court() {
    let mut world = court();
    let start = world.now();
    let assembly = second_assembly(&mut world);
    world.convener = "rita";
    world.stake("mallory", UNIT).ok();
    world.convener = "founder";
    let court = queue(&mut world, &Proposal::Court { assembly }, None);
    let old = world.assembly();
    let (thief, new) = (world.key("mallory"), world.key("walt"));
    let rescue = petition(&mut world, &Proposal::Authority { authority: new }, None);
    until(&mut world, start + TIMELOCK);
    world.apply(court, None).fails(E::ChangeNotDue);
    world.convener = "rita";
    world.petition("mallory", &Proposal::Authority { authority: thief }, None).fails(E::WrongAssembly);
    world.convener = "founder";
    let due = world.read_change(rescue).applies_at;
    world.wait_until(due);
    world.give_lamports("walt");
    world.accept_authority("walt", rescue).ok();
    println!("rescued on day {}", (world.now() - start) / DAY);
    let late = world.read_change(court).applies_at;
    world.wait_until(late);
    world.apply(court, None).fails(E::NotPoolAuthority);
    let pool = world.read_pool();
    assert_eq!((pool.authority, pool.assembly), (new, old));
}

/// Cover is extended behind a small exit that fits, in the second in which nobody has paid it, while those behind it do not fit: with
/// three such exits the others waited for 857 days, and a change lapsed behind them.
#[test]
fn t39_extend_cover_behind_an_exit_that_fits() {
    let mut waits = Vec::new();
    for crumbs in [0, 1, 2, 3] {
        let mut world = unlevered(7);
        world.fund("friend", 1_000_000 * UNIT);
        let before = world.balance("friend");
        let room = {
            world.roll_product(0).ok();
            world.read_product(0).room(&world.read_pool(), &world.read_assembly()).unwrap()
        };
        world.buy("friend", 0, 0, room, 365).ok();
        let policy = world.policy(0, "friend", 0);
        // What is free of the premium after some 300 days goes to each crumb.
        for crumb in 0..crumbs {
            let shares = world.shares("mallory") / 500 * 30;
            world.request_exit("mallory", crumb, shares).ok();
            world.pass_days(1);
        }
        let legit = queue(&mut world, &Proposal::AssessorFee { assessor_fee_bps: 600 }, None);
        let applies_at = world.read_change(legit).applies_at;
        let asked = world.now();
        let ticket = 0;
        ask_for_all(&mut world, "honest", ticket);
        let mut extensions = Vec::new();
        let mut applied = None;
        let mut lapsed = None;
        let gone = loop {
            // A second before the keeper looks.
            let read: Policy = world.chain.read(&policy);
            let now = world.now();
            let fits = world.read_pool().exit_head < crumbs;
            let due = now > asked + 8 * DAY;
            if fits && due && now < read.end {
                let days = 365 - (read.end - now).div_ceil(DAY);
                if days > 200 && world.extend("friend", 0, &policy, u16::try_from(days).unwrap()).result.is_ok() {
                    extensions.push((now - asked) / DAY);
                }
            }
            keep(&mut world);
            if applied.is_none() && lapsed.is_none() && now >= applies_at {
                match world.apply(legit, None).result {
                    Ok(()) => applied = Some((now - asked) / DAY),
                    Err(_) if now >= world.read_change(legit).lapses_at().unwrap() => {
                        lapsed = Some((now - asked) / DAY);
                    }
                    Err(_) => {}
                }
            }
            if !world.read_pool().has_exits() {
                break (now - asked) / DAY;
            }
            assert!(now < asked + 3_000 * DAY);
            let midnight = (day_of(now) + 1) * DAY;
            until(&mut world, midnight);
        };
        let got = collect(&mut world, "honest", ticket);
        let paid = before - world.balance("friend");
        println!(
            "{crumbs} crumbs of 30,000: extended on days {extensions:?}; honest's 500,000 were out after {gone} days with {}; \
             premium paid {}; a change of fees: applied on day {applied:?}, lapsed on day {lapsed:?}",
            got / UNIT,
            paid / UNIT,
        );
        assert!(lapsed.is_none());
        waits.push(gone);
        world.check_books();
    }
    assert!(waits.iter().all(|days| *days < 400), "{waits:?}");
}

/// Cover is extended a second before the day of those who asked in time to leave before a change.
#[test]
fn t39_extend_cover_before_the_exits_that_a_change_waits_for() {
    let mut days = Vec::new();
    for extends in [false, true] {
        let mut world = unlevered(7);
        world.fund("friend", HALF);
        world.roll_product(0).ok();
        let room = world.read_product(0).room(&world.read_pool(), &world.read_assembly()).unwrap();
        world.buy("friend", 0, 0, room, 8).ok();
        let policy = world.policy(0, "friend", 0);
        let id = queue(&mut world, &Proposal::AssessorFee { assessor_fee_bps: 600 }, None);
        let asked = world.now();
        let day = ask_for_all(&mut world, "honest", 0);
        until(&mut world, day * DAY - 1);
        if extends {
            world.extend("friend", 0, &policy, 360).fails(E::ExitsWait);
        }
        until_day(&mut world, day);
        while world.read_pool().has_exits() {
            keep(&mut world);
            let midnight = (day_of(world.now()) + 1) * DAY;
            until(&mut world, midnight);
        }
        world.wait_until(asked + TIMELOCK);
        world.apply(id, None).ok();
        days.push((world.now() - asked) / DAY);
    }
    println!("out, and the change applied, after {} days; with an extension {}", days[0], days[1]);
    assert_eq!(days[1], days[0]);
}

/// A lower leverage waits for nobody, and so it must keep nobody in: exits go by that under which cover was sold.
#[test]
fn t40_keep_capital_in_by_a_lower_leverage() {
    let out = [50_000, 10_000].map(|leverage_bps| {
        let params = PoolParams { leverage_bps: 50_000, group_caps_bps: [50_000; 16], ..pool_params() };
        let mut world = court_of(params);
        world.fund("dora", HALF);
        world.buy("dora", 0, 0, 900_000 * UNIT, 365).ok();
        if leverage_bps < 50_000 {
            let id = queue(&mut world, &Proposal::Leverage { leverage_bps }, None);
            world.pass(TIMELOCK);
            world.apply(id, None).ok();
        } else {
            world.pass(TIMELOCK);
        }
        let asked = world.now();
        let day = ask_for_all(&mut world, "honest", 0);
        until_day(&mut world, day);
        let _ = world.pay_exits();
        let first = world.read_pool().exits_due;
        let mut days = 0;
        while world.read_pool().has_exits() {
            world.pass_days(1);
            keep(&mut world);
            days = (world.now() - asked) / DAY;
        }
        println!("leverage {leverage_bps}: {} of 500,000 out on the day, the last after {days} days", first / UNIT);
        (first, days)
    });
    assert!(out[0].0 >= HALF && out[1].0 >= HALF && out[1].1 == 0, "{out:?}");
}

/// Bonds that rise by an atom let holders go without a fee; they wait for who asked to leave, as a lower fee does.
#[test]
fn t72_cancel_for_nothing_by_an_atom_of_bond() {
    let mut fees = Vec::new();
    for trick in [false, true] {
        let params = PoolParams { cancel_fee_bps: 2_000, leverage_bps: 10_000, ..pool_params() };
        let mut world = court_of(params);
        let policy = cover(&mut world, "gus", 0, 990_000 * UNIT);
        cover(&mut world, "fay", 0, UNIT);
        let bonds = Proposal::Bonds { incident_bond: BOND + 1, claim_bond_bps: 100 };
        let id = queue(&mut world, &if trick { bonds } else { Proposal::Delist }, Some(0));
        ask_for_all(&mut world, "honest", 0);
        // The fee itself could not be lowered: the LP who asked in time is kept in by the cover.
        let fee = queue(&mut world, &Proposal::CancelFee { cancel_fee_bps: 0 }, None);
        world.pass(TIMELOCK);
        world.apply(fee, None).fails(E::ExitsWait);
        if trick {
            world.apply(id, Some(0)).fails(E::ExitsWait);
        } else {
            world.apply(id, Some(0)).ok();
        }
        let receipt = world.cancel("gus", 0, &policy).ok();
        let [Event::CoverCancelled(event)] = receipt.events()[..] else { panic!("another event") };
        println!("bonds of an atom more {trick}: refund {}, fee {}", event.refund / UNIT, event.fee / UNIT);
        fees.push(event.fee);
        world.check_books();
    }
    assert!(fees[0] > 5_000 * UNIT && fees[1] == fees[0], "{fees:?}");
}

/// The product covers dust, and so has its court and bonds still; the holder of the dust lets it go, and from the second midnight on
/// other bonds and another court hold. The buyer states the terms that were read.
#[test]
fn t72_sell_other_terms_than_the_buyer_has_read_of() {
    let mut world = court();
    let assembly = second_assembly(&mut world);
    let court = petition(&mut world, &Proposal::Court { assembly }, None);
    let dear = Proposal::Bonds { incident_bond: 1_000_000 * UNIT, claim_bond_bps: 2_000 };
    let bonds = queue(&mut world, &dear, Some(0));
    world.pass(TIMELOCK - DAY / 2);
    let dust = cover(&mut world, "friend", 0, UNIT);
    world.pass(DAY / 2);
    world.apply(court, None).ok();
    world.apply(bonds, Some(0)).ok();
    let read: Policy = world.chain.read(&dust);
    until(&mut world, day_of(read.bought_at) * DAY + DAY);
    assert!(world.now() < read.cover_from);
    // What the buyer has read.
    let product = world.read_product(0);
    assert_eq!((product.assembly, product.incident_bond), (world.assembly(), BOND));
    world.fund("gus", 10_000 * UNIT);
    let terms = product.terms_of_sale(&world.read_pool()).unwrap();
    let request = CoverRequest { terms, ..world.request("gus", 100_000 * UNIT, 90) };
    let buy = world.buy_accounts("gus", 0, 0).instruction(0, &request);
    let let_go = world.cancel_accounts("friend", 0, &dust).instruction(0);
    // In one transaction it changes nothing yet: what was read is what is sold.
    let mut at_once = world.clone();
    at_once.send_all(&[let_go.clone(), buy.clone()], &["friend", "gus"]).ok();
    let kept = at_once.read_product(0);
    assert_eq!((kept.terms, kept.assembly, kept.incident_bond), (product.terms, product.assembly, BOND));
    let midnight = world.second_midnight();
    world.send(let_go, &["friend"]).ok();
    until(&mut world, midnight - 1);
    let mut in_time = world.clone();
    in_time.send(buy.clone(), &["gus"]).ok();
    until(&mut world, midnight);
    world.send(buy, &["gus"]).fails(E::TermsChanged);
    // Who has read the new ones buys under them.
    let request = CoverRequest { terms: terms + 1, ..request };
    let assembly = world.read_pool().assembly;
    let buy = BuyCover { assembly, ..world.buy_accounts("gus", 0, 0) };
    world.send(buy.instruction(0, &request), &["gus"]).ok();
    let product = world.read_product(0);
    assert_eq!((product.assembly, product.incident_bond), (assembly, 1_000_000 * UNIT));
    world.check_books();
}

/// The authority goes to another key of the thief's and back. What fell with the first stays fallen: those who saw it withdrawn had no
/// reason to leave.
#[test]
fn t39_revive_what_fell_by_a_handover_and_back() {
    let mut world = court();
    let (first, second) = (world.key("founder"), world.key("mallory"));
    world.give_lamports("mallory");
    let traps = set_traps(&mut world);
    let away = queue(&mut world, &Proposal::Authority { authority: second }, None);
    world.pass(TIMELOCK);
    world.accept_authority("mallory", away).ok();
    let back = world.next_change();
    let there = Proposal::Authority { authority: first };
    world.send(world.propose_accounts("mallory", back, None).instruction(back, &there), &["mallory"]).ok();
    world.pass(TIMELOCK);
    world.accept_authority("founder", back).ok();
    for (id, index) in traps {
        world.apply(id, index).fails(E::NotPoolAuthority);
        world.close_change("founder", id).ok();
    }
    // What is queued now waits anew.
    let last = queue(&mut world, &Proposal::Leverage { leverage_bps: 15_000 }, None);
    world.pass(TIMELOCK);
    world.apply(last, None).ok();
    world.check_books();
}
