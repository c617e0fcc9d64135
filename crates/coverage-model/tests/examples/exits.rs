//! Shares, and how they leave.

use crate::stage::*;
use coverage_model::{AGAINST, DAY, FOR, Mark, Model, Payment, Refusal, Rule};

/// Asks for so many of somebody's shares. Returns the ticket and its epoch.
fn ask(model: &mut Model, who: &'static str, shares: i128) -> (usize, usize) {
    let (number, _) = model.exit_epoch(POOL);
    let ask = |model: &mut Model| model.request_exit(POOL, (who, who), 0, number, shares.try_into().unwrap());
    let ticket = act(model, ask);
    (ticket, model.tickets[ticket].epoch)
}

/// Pays an epoch. Returns the shares burned, what they were worth and what of it is contested.
fn pay(model: &mut Model, epoch: usize) -> (i128, i128, i128) {
    let payment = act(model, |model| model.pay_exits(epoch, "keeper"));
    let Payment { shares, worth, contested, .. } = model.payments[payment];
    (shares, worth, contested)
}

/// Dora reports something that the jury is for, or against: from two days later on its verdict can be read.
fn report(model: &mut Model, level: u8) -> usize {
    let now = model.now;
    let incident = act(model, |model| model.open_incident(EXPLOIT, ("dora", "dora"), now));
    let ballot = model.incidents[incident].ballot.unwrap();
    act(model, |model| model.vote(ballot, ("vera", "vera"), level));
    act(model, |model| model.close_ballot(ballot, "keeper"));
    incident
}

/// Whether a number is another but for a few atoms.
fn near(number: i128, other: i128) -> bool {
    (number - other).abs() <= 2
}

#[test]
fn a_share_costs_what_it_is_worth() {
    let mut model = empty();
    // A thousand shares an atom, at first.
    assert_eq!(deposit(&mut model, "ada", 1_000), 1_000 * units(1_000));
    // A season later a surplus of 100, ten percent, is earned over a tenth of a year.
    model.now += 20 * DAY;
    model.donate(POOL, 100 * UNIT);
    assert_eq!(act(&mut model, |model| model.absorb_surplus(POOL)), (units(100), 0));
    model.now += 37 * DAY;
    // (1,000,000,000,000 + 1,000) × 1,100,000,000 / (1,100,000,000 + 1), rounded down.
    let minted = deposit(&mut model, "ben", 1_100);
    assert_eq!(minted, 1_000_000_000_090);
    assert_eq!(model.worth(POOL, minted), Ok(1_099_999_999));
    let more = model.attempt(|model| model.deposit(POOL, "ben", UNIT, 909_090_909 + 1, model.seen(POOL)));
    assert_eq!(more, Err(Refusal::Rule(Rule::TooFewShares)));
}

/// Cover of 1.5 million keeps 750,000 of a million in a pool with leverage 2.
#[test]
fn cover_keeps_those_who_leave() {
    let mut model = funded(1_000_000);
    let shares = shares(&model, "ada");
    for product in [EXPLOIT, DEPEG] {
        act(&mut model, |model| model.buy(product, cover("dora", 750_000 * UNIT, 30)));
    }
    let before = tokens(&model);
    let (ticket, epoch) = ask(&mut model, "ada", shares);
    let early = model.attempt(|model| model.pay_exits(epoch, "keeper"));
    assert_eq!(early, Err(Refusal::Rule(Rule::ExitNotDue)));
    model.now += 7 * DAY;
    model.accrue(POOL);
    let may_leave = model.capital(POOL) - units(750_000);
    let (burned, worth, contested) = pay(&mut model, epoch);
    assert!((0..2).contains(&(may_leave - worth)) && contested == 0, "{worth} of {may_leave}");
    assert_eq!(act(&mut model, |model| model.collect_exit(ticket, "keeper")), worth);
    assert_eq!((model.waiting(epoch), model.first_epoch(POOL)), (shares - burned, Some(epoch)));
    let more = model.attempt(|model| model.pay_exits(epoch, "keeper"));
    assert_eq!(more, Err(Refusal::Rule(Rule::NothingToPay)));
    // Once the cover is released the rest leaves; nobody saw that it could, so somebody calls it a day ahead.
    model.now += 90 * DAY;
    let late = model.attempt(|model| model.pay_exits(epoch, "keeper"));
    assert_eq!(late, Err(Refusal::Rule(Rule::ExitNotCalled)));
    assert!(act(&mut model, |model| model.call_exits(epoch)));
    model.now += DAY - 1;
    assert_eq!(model.attempt(|model| model.pay_exits(epoch, "keeper")), late);
    assert_eq!(model.attempt(|model| model.call_exits(epoch)), Err(Refusal::Rule(Rule::ExitNotLate)));
    model.now += 1;
    pay(&mut model, epoch);
    act(&mut model, |model| model.collect_exit(ticket, "keeper"));
    assert_eq!((model.tickets[ticket].closed, model.shares(POOL)), (true, 0));
    assert_eq!(tokens(&model), before);
}

/// The same cover: ben's 100,000 make room from the second midnight on, when he comes in the first second of a day and in the last.
#[test]
fn new_money_makes_room_from_the_second_midnight_on() {
    for second in [0, DAY - 1] {
        let mut model = funded(1_000_000);
        let shares = shares(&model, "ada");
        for product in [EXPLOIT, DEPEG] {
            act(&mut model, |model| model.buy(product, cover("dora", 750_000 * UNIT, 30)));
        }
        let (_, epoch) = ask(&mut model, "ada", shares);
        model.now += 7 * DAY;
        let due = model.now;
        pay(&mut model, epoch);
        model.now = due + second;
        deposit(&mut model, "ben", 100_000);
        for time in [due + second, due + DAY, due + 2 * DAY - 1] {
            model.now = time;
            let early = model.attempt(|model| model.pay_exits(epoch, "keeper"));
            assert_eq!(early, Err(Refusal::Rule(Rule::NothingToPay)));
        }
        assert!(!act(&mut model, |model| model.call_exits(epoch)));
        model.now += 1;
        model.accrue(POOL);
        let may_leave = model.capital(POOL) - units(750_000);
        let (_, worth, _) = pay(&mut model, epoch);
        assert!((0..2).contains(&(may_leave - worth)) && worth > units(100_000), "{worth} of {may_leave}");
    }
}

/// An incident holds nobody up. Who leaves while it is open gets the free part at once, bears their part of what is paid, and
/// gets the rest back when filing is over and when it ends.
#[test]
fn who_leaves_takes_their_part_of_an_incident_along() {
    let mut model = pool();
    let before = tokens(&model);
    let half = shares(&model, "ada") / 2;
    let (ticket, epoch) = ask(&mut model, "ada", half);
    model.now += 7 * DAY;
    let incident = report(&mut model, FOR);
    // Of a million half, of the lien of 300,000 half.
    let (burned, worth, contested) = pay(&mut model, epoch);
    assert_eq!(burned, half);
    assert!(near(worth, model.capital(POOL)) && near(contested, units(150_000)), "{worth}, {contested}");
    assert_eq!(act(&mut model, |model| model.collect_exit(ticket, "keeper")), worth - contested);
    assert_eq!((model.liens(POOL), model.contested(POOL)), (Ok(units(300_000) - contested), contested));
    // Dora claims 200,000 of the 300,000.
    act(&mut model, |model| model.submit_claim(incident, 0, ("dora", "dora"), ("dora", "dora"), 215_000 * UNIT));
    model.now += 2 * DAY;
    act(&mut model, |model| model.decide_incident(incident, "keeper"));
    model.now += 15 * DAY;
    let due = model.attempt(|model| model.release_contested(incident, epoch));
    assert_eq!(due, Err(Refusal::Rule(Rule::NothingDue)));
    act(&mut model, |model| model.end_filing(incident, "keeper"));
    // Nobody claimed 100,000: half of it is theirs.
    let freed = act(&mut model, |model| model.release_contested(incident, epoch));
    assert!(near(freed, units(50_000)), "{freed}");
    model.now += 3 * DAY;
    settle(&mut model, incident);
    let here = &model.incidents[incident];
    assert!(here.settled == units(200_000) && near(here.contested, units(100_000)), "{here:?}");
    // Nothing is left, but it is over for the epoch only when somebody says so.
    assert_eq!(act(&mut model, |model| model.release_contested(incident, epoch)), 0);
    assert_eq!(act(&mut model, |model| model.collect_exit(ticket, "keeper")), freed);
    assert!(model.tickets[ticket].closed && near(model.tickets[ticket].paid, worth - units(100_000)));
    let (fair, incidents) = model.fair(epoch);
    assert_eq!(incidents, 1);
    assert!(near(fair.to_integer().try_into().unwrap(), model.epoch_paid(epoch)));
    act(&mut model, |model| model.payout(0, (true, true), "keeper"));
    assert_eq!(tokens(&model), before);
}

/// Two reports on a product: who left before the second bears the first alone, and what they hold of it pays nothing else.
#[test]
fn reports_in_line_are_borne_by_those_who_were_there() {
    let mut model = pool();
    let quarter = shares(&model, "ada") / 4;
    let leave = |model: &mut Model| {
        let (_, epoch) = ask(model, "ada", quarter);
        model.now += 7 * DAY;
        (epoch, pay(model, epoch).2)
    };
    model.now += 20 * DAY;
    let first = report(&mut model, AGAINST);
    let (early, contested) = leave(&mut model);
    assert!(near(contested, units(75_000)), "{contested}");
    let second = report(&mut model, FOR);
    // Twice as much while the first is undecided.
    let [bond, next] = [first, second].map(|incident| model.incidents[incident].posted);
    assert!(bond == units(750) && near(next, 2 * bond), "{next}");
    // All that is covered may be claimed in the second.
    assert!(near(model.liens(POOL).unwrap(), units(300_000)));
    // A third of those who are left.
    let (late, contested) = leave(&mut model);
    assert!(near(contested, units(100_000)), "{contested}");
    act(&mut model, |model| model.submit_claim(second, 0, ("dora", "dora"), ("dora", "dora"), 315_000 * UNIT));
    for incident in [first, second] {
        act(&mut model, |model| model.decide_incident(incident, "keeper"));
    }
    model.now += 18 * DAY;
    act(&mut model, |model| model.end_filing(second, "keeper"));
    let out_of_turn = model.attempt(|model| model.settle_incident(second, None, "keeper"));
    assert_eq!(out_of_turn, Err(Refusal::Rule(Rule::EarlierIncidentOpen)));
    let alone = model.attempt(|model| model.settle_incident(first, None, "keeper"));
    assert_eq!(alone, Err(Refusal::Rule(Rule::NextIncidentMissing)));
    settle(&mut model, first);
    settle(&mut model, second);
    assert!(near(model.incidents[second].contested, units(100_000)));
    let back = [(first, early), (second, late)]
        .map(|(incident, epoch)| act(&mut model, |model| model.release_contested(incident, epoch)));
    assert!(near(back[0], units(75_000)) && near(back[1], 0), "{back:?}");
    // Nothing is open and nothing contested: the mark begins anew.
    assert_eq!((model.pools[POOL].mark, model.contested(POOL)), (Mark { era: 1, ..Mark::START }, 0));
    for epoch in [early, late] {
        let (fair, _) = model.fair(epoch);
        assert!(near(fair.to_integer().try_into().unwrap(), model.epoch_paid(epoch)));
    }
}

/// A pool that lost everything: what is left belongs to the old shares, and new ones begin at their first price.
#[test]
fn dead_shares_are_retired() {
    let mut model = funded(1_000);
    let terms = &mut model.products[SHORTFALL].terms;
    (terms.draws.limit_bps, terms.deductible_bps) = (10_000, 0);
    (terms.r0_ppm, terms.r1_ppm, terms.r2_ppm) = (0, 0, 0);
    act(&mut model, |model| model.buy(SHORTFALL, cover("dora", 1_000 * UNIT, 1)));
    model.now += 2 * DAY;
    act(&mut model, |model| model.draw(0, ("venue", Some("venue")), 1_000 * UNIT, 0));
    // Half at once, the rest as the bucket fills.
    while model.incidents[0].is_open() {
        model.now += DAY / 2;
        act(&mut model, |model| model.pay_booking(0, true, "keeper"));
    }
    // What is drawn releases its capacity; all that is left of a thousand is the least premium, most of which still streams.
    let all = model.shares(POOL);
    let capital = model.capital(POOL) + model.unearned(POOL);
    assert_eq!(capital, 900);
    let depleted = model.attempt(|model| model.deposit(POOL, "ben", UNIT, 0, model.seen(POOL)));
    assert_eq!(depleted, Err(Refusal::Rule(Rule::PoolDepleted)));

    let retired = act(&mut model, |model| model.retire_shares(POOL, "ben"));
    assert_eq!((model.capital(POOL), model.shares(POOL), model.exits_due(POOL)), (0, 0, capital));
    assert_eq!(deposit(&mut model, "ben", 1), 1_000 * units(1));
    let half = all / 2;
    let mut redeem =
        |shares: i128| act(&mut model, |model| model.redeem_retired(retired, "ada", shares.try_into().unwrap()));
    assert_eq!((redeem(half), redeem(all - half)), (capital / 2, capital - capital / 2));
    let more = model.attempt(|model| model.redeem_retired(retired, "ada", 1));
    assert_eq!((more, model.exits_due(POOL)), (Err(Refusal::Rule(Rule::NothingDue)), 0));
}
