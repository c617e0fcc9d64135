//! Cover that time releases while it is in a lien, payments that hold exits up, and a floor that nobody reaches.

use crate::{court::*, stage::*};
use coverage_client::*;
use coverage_math::DAY;
use harness::{Chain, UNIT, World, assembly_params, authority_product, pool_params};
use solana_address::Address;

const K: u64 = 1_000 * UNIT;

/// A pool that sells no more cover than it has capital, of so many thousands of two LPs.
fn pool_of(honest: u64, mallory: u64, list: impl FnOnce(&mut Play)) -> Play {
    let params = PoolParams { leverage_bps: 10_000, group_caps_bps: [10_000; 16], ..pool_params() };
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    prepare(&mut world);
    list(&mut world);
    world.deposit("honest", honest * K).ok();
    world.deposit("mallory", mallory * K).ok();
    world.begin_sales();
    world.fund("vera", 0);
    seat(&mut world, &[("walt", 300), ("xeno", 100)]);
    world
}

fn cover_for(world: &mut Play, holder: &str, index: u16, id: u64, units: u64, days: u16) -> Address {
    world.fund(holder, 100 * K);
    world.buy(holder, index, id, units * UNIT, days).ok();
    world.policy(index, holder, id)
}

fn pass(world: &mut Play, incidents: &[Address]) {
    for incident in incidents {
        world.vote("vera", incident, 1).ok();
        world.close_ballot(incident).ok();
    }
    for incident in incidents {
        read_verdict(world, incident);
    }
}

fn paid(world: &mut Play, holder: &str, policy: &Address, incident: &Address) -> u64 {
    let bond = claim_of(world, policy, incident).bond;
    let held = world.balance(holder);
    world.payout(holder, policy, incident).ok();
    world.balance(holder) - held - bond
}

/// Of a pool of a million dora's 400,000 are reported on the day before time releases them; an LP of eight tenths has asked out for that day
/// if `late`, or for three weeks before; dora is paid on account if `early`. Then both products are hacked. Returns what dora, emil and gus get.
fn leave_beside_released_cover(late: bool, early: bool) -> [u64; 3] {
    let mut world = pool_of(200, 800, |_| {});
    let doras = cover_for(&mut world, "dora", 0, 0, 400_000, 10);
    let emils = cover_for(&mut world, "emil", 0, 0, 100_000, 365);
    let gus = cover_for(&mut world, "gus", 1, 0, 100_000, 365);
    let read: Policy = world.chain.read(&doras);
    let occurred = read.end - 1;
    // Mallory asks to leave, for the day on which dora's cover is released, or three weeks before.
    let day = if late { read.release_day } else { read.release_day - 20 };
    until(&mut world, (day - 7) * DAY);
    assert_eq!(ask_for_all(&mut world, "mallory", 0), day);
    // Dora's loss is reported on the day before.
    until(&mut world, (day - 1) * DAY);
    world.open_incident("opal", 0, 0, occurred).ok();
    let first = world.incident(0, 0);
    file(&mut world, "dora", &doras, &first, 400 * K).ok();
    world.vote("vera", &first, 1).ok();
    world.close_ballot(&first).ok();
    until(&mut world, day * DAY);
    world.roll_product(0).ok();
    world.pay_exits();
    world.collect_exit("mallory", 0);
    read_verdict(&mut world, &first);
    world.pass_days(2);
    let mut got = [0; 3];
    if early {
        got[0] = paid(&mut world, "dora", &doras, &first);
    }
    // One hack of both products.
    let seconds = [open(&mut world, 0, 1), open(&mut world, 1, 0)];
    file(&mut world, "emil", &emils, &seconds[0], 100 * K).ok();
    file(&mut world, "gus", &gus, &seconds[1], 100 * K).ok();
    pass(&mut world, &seconds);
    until_settleable(&mut world, &first);
    world.settle(0, 0).ok();
    for (index, nth, incident) in [(0, 1, seconds[0]), (1, 0, seconds[1])] {
        until_settleable(&mut world, &incident);
        world.settle(index, nth).ok();
    }
    for incident in [first, seconds[0], seconds[1]] {
        if case(&mut world, &incident).held_back > 0 {
            world.settle_rest(&incident).ok();
        }
    }
    if !early {
        got[0] = paid(&mut world, "dora", &doras, &first);
    }
    got[1] = paid(&mut world, "emil", &emils, &seconds[0]);
    got[2] = paid(&mut world, "gus", &gus, &seconds[1]);
    world.check_books();
    got
}

/// Cover that time had released while a report on it was open counted no more beside the other cover, though its claims were still to be
/// paid: an LP of eight tenths left with what that needed, and the others got 62,337 of 95,000 each, or all of them a part.
#[test]
fn t82_leave_with_what_covers_others_beside_released_cover() {
    for (late, early) in [(true, true), (true, false), (false, true), (false, false)] {
        assert_eq!(
            leave_beside_released_cover(late, early),
            [380 * K, 95 * K, 95 * K],
            "late {late}, on account {early}"
        );
    }
}

/// The same beside a booking whose policy is released: 59% of the shares left instead of 10%, and nora got 209,647 of 380,000.
#[test]
fn t82_leave_with_what_covers_others_beside_a_booking() {
    for wait in [0, 2] {
        let mut world = pool_of(400, 600, |world| {
            world
                .list_product(2, ProductParams { grace_days: 1, report_window_days: 1, ..authority_product("Venue") })
                .ok();
        });
        let one = cover_for(&mut world, "venue", 2, 0, 500_000, 10);
        let other = cover_for(&mut world, "nora", 2, 0, 400_000, 365);
        let read: Policy = world.chain.read(&one);
        let day = read.release_day + wait - 1;
        until(&mut world, (day - 7) * DAY);
        assert_eq!(ask_for_all(&mut world, "mallory", 0), day);
        until(&mut world, read.end - 1);
        world.draw("venue", "venue", 2, &one, 525 * K).ok();
        until(&mut world, day * DAY);
        world.roll_product(2).ok();
        world.pay_exits();
        // The booking is paid.
        for _ in 0..60 {
            world.pass_days(1);
            if world.pay_booking("venue", 2, &one, 0).result.is_err() {
                break;
            }
        }
        world.draw("venue", "nora", 2, &other, 400 * K).result.ok();
        world.check_books();
        for _ in 0..400 {
            world.pass_days(1);
            world.pay_booking("nora", 2, &other, 1).result.ok();
        }
        let got = world.chain.read::<Policy>(&other).paid;
        assert_eq!(got, 380 * K, "{wait}");
    }
}

/// The same by a sale: beside a booking whose policy is released the pool offered 501,196 instead of 101,268. A loss of that was paid in full
/// on account, and nora got 224,418 of 380,000.
#[test]
fn t82_sell_beside_a_booking_what_covers_others() {
    for (released, early, slow) in [(false, true, false), (true, true, false), (true, false, false), (true, true, true)]
    {
        let mut world = pool_of(400, 600, |world| {
            // A grace of a day and 5% a day, or a grace of 30 days and 1% a day.
            let terms = authority_product("Venue");
            let draws = DrawParams { limit_bps: 100, ..terms.draws };
            let fast = ProductParams { grace_days: 1, report_window_days: 1, ..authority_product("Venue") };
            world.list_product(2, if slow { ProductParams { draws, ..terms } } else { fast }).ok();
        });
        let one = cover_for(&mut world, "venue", 2, 0, 500_000, if released { 10 } else { 365 });
        let other = cover_for(&mut world, "nora", 2, 0, 400_000, 365);
        let ten_days = world.now() + 10 * DAY;
        let end = world.chain.read::<Policy>(&one).end.min(ten_days / DAY * DAY + 2 * DAY);
        until(&mut world, end - 1);
        world.draw("venue", "venue", 2, &one, 525 * K).ok();
        let on = if released { world.chain.read::<Policy>(&one).release_day * DAY + DAY } else { end + 2 * DAY };
        while world.now() < on {
            world.pass_days(1);
            world.pay_booking("venue", 2, &one, 0).result.ok();
        }
        world.roll_product(2).ok();
        // A friend buys what is offered.
        world.fund("fay", 100 * K);
        let room = world.quote(0, UNIT, 30).ok().quote().capacity;
        // What was insured is needed until the booking has ended.
        assert!(room <= 105 * K, "{room}");
        let amount = room.min(500 * K);
        let fays = cover_for(&mut world, "fay", 0, 0, amount / UNIT, 30);
        world.pass_days(2);
        let incident = open(&mut world, 0, 0);
        file(&mut world, "fay", &fays, &incident, amount / UNIT * UNIT).ok();
        pass(&mut world, &[incident]);
        world.pass_days(1);
        let mut fay = 0;
        if early {
            fay = paid(&mut world, "fay", &fays, &incident);
        }
        let nora_held = world.balance("nora");
        world.draw("venue", "nora", 2, &other, 400 * K).ok();
        for day in 0..420 {
            world.pass_days(1);
            if day == 30 {
                world.settle(0, 0).ok();
            }
            world.pay_booking("venue", 2, &one, 0).result.ok();
            world.pay_booking("nora", 2, &other, 1).result.ok();
        }
        if !early {
            if case(&mut world, &incident).held_back > 0 {
                world.settle_rest(&incident).ok();
            }
            fay = paid(&mut world, "fay", &fays, &incident);
        }
        let nora = world.balance("nora") - nora_held;
        assert!(
            fay >= amount / UNIT * UNIT / 20 * 19,
            "released {released}, on account {early}, slow {slow}: fay {fay}"
        );
        assert!(nora >= 379 * K, "released {released}, on account {early}, slow {slow}: nora {nora}");
        world.check_books();
    }
}

/// A payment on account took room from exits twice until the second midnight: as capital, and as what its end released. A stranger who ended
/// a claim in the last second before an epoch was due held it up for two days; claims that became payable day after day for nine.
#[test]
fn t46_hold_an_exit_up_by_a_payment_on_account() {
    let run = |pays: bool, sees: bool| {
        let mut world = pool_of(500, 500, |_| {});
        let doras = cover_for(&mut world, "dora", 0, 0, 600_000, 365);
        cover_for(&mut world, "emil", 1, 0, 100_000, 365);
        world.pass_days(3);
        let incident = open(&mut world, 0, 0);
        file(&mut world, "dora", &doras, &incident, 600 * K).ok();
        pass(&mut world, &[incident]);
        world.pass_days(1);
        let shares = world.shares("honest") / 10 * 4;
        let (_, day) = world.exit_epoch();
        world.request_exit("honest", 0, shares).ok();
        until(&mut world, day * DAY - 1);
        if pays {
            // A stranger, not even paying.
            world.end_claim("dora", &doras, &incident).ok();
        }
        world.pass(1);
        let mut waited = 0;
        loop {
            if world.pay_exits().result.is_ok() {
                break;
            }
            if sees || waited >= 24 {
                world.call_exits().result.ok();
            }
            world.pass(6 * 3_600);
            waited += 6;
            assert!(waited < 24 * 6);
        }
        waited
    };
    let hours = [run(false, false), run(true, true), run(true, false)];
    assert_eq!(hours, [0, 0, 0]);
}

/// Who has the authority, or its thief, sets a floor of stake that nobody can reach: no petition found as many votes as must, and nobody took
/// the pool back. On a change no more must vote than there is.
#[test]
fn t43_a_floor_that_keeps_stakers_from_every_petition() {
    for (stake_floor, applies) in [(u64::MAX, true), (20_001 * UNIT, true), (u64::MAX, false)] {
        let mut world = court();
        for name in ["vera", "walt", "xeno"] {
            world.fund(name, 10 * K);
        }
        let id = world.next_change();
        world.propose(&Proposal::StakeFloor { stake_floor }, None).ok();
        let applies_at = world.read_change(id).applies_at;
        if applies {
            world.wait_until(applies_at);
            world.apply(id, None).ok();
        }
        // Everybody who has staked wants another authority, and votes at once.
        let petition = world.next_change();
        let authority = world.key("rescuer");
        world.petition("vera", &Proposal::Authority { authority }, None).ok();
        let subject = world.change(petition);
        let before = tally(&mut world, &subject);
        for name in ["vera", "walt", "xeno"] {
            world.vote(name, &subject, 1).ok();
        }
        world.close_ballot(&subject).result.ok();
        for days in [3, 6, 3] {
            world.pass_days(days);
            world.close_ballot(&subject).result.ok();
        }
        world.pass_days(2);
        world.queue(petition).ok();
        let ballot = tally(&mut world, &subject);
        assert!(before.quorum_weight <= before.eligible_weight);
        assert_eq!((ballot.state, world.read_change(petition).state), (1, 1), "{stake_floor} {applies}");
    }
}
