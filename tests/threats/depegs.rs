//! What of T13, T25 and T30 is about prices.

use crate::{
    court::*,
    oracle::{HALFWAY, PEG, STRIKE, breach, depeg, paid_out, pegged, watched},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, PriceUpdate, UNIT, World, WorldPrice as _, pool_params, price_product};

#[test]
fn t13_buy_in_a_depeg() {
    // Once anybody has shown it, nothing is sold, until it is shown to be over.
    let (mut world, early) = pegged();
    world.observe(PEG, HALFWAY).ok();
    let buys = |world: &mut Play| world.buy("mallory", PEG, 0, 10_000 * UNIT, 90);
    buys(&mut world).fails(E::BreachRunning);
    world.quote(PEG, UNIT, 30).fails(E::BreachRunning);
    world.extend("dora", PEG, &early, 30).fails(E::BreachRunning);
    world.pass(20 * DAY);
    buys(&mut world).fails(E::BreachRunning);

    // Bought ahead of the first who shows it: while mallory waits for her cover to begin, one price is enough. Gaps
    // bring her nothing: the breach began with that price.
    let (mut world, early) = pegged();
    buys(&mut world).ok();
    let late = world.policy(PEG, "mallory", 0);
    world.pass(DAY - 1);
    world.observe(PEG, HALFWAY).ok();
    world.pass(5 * DAY);
    let incident = depeg(&mut world, HALFWAY);
    assert!(world.chain.read::<Policy>(&late).cover_from > case(&mut world, &incident).occurred_at);
    world.claim_breach("mallory", "mallory", &late, &incident).fails(E::NotCovered);
    world.claim_breach("keeper", "dora", &early, &incident).ok();

    // Nor after it was paid, while it lasts.
    paid_out(&mut world, &incident);
    world.buy("mallory", PEG, 1, 10_000 * UNIT, 90).fails(E::BreachRunning);
    world.observe(PEG, STRIKE - 1).ok();
    world.buy("mallory", PEG, 1, 10_000 * UNIT, 90).fails(E::BreachRunning);
}

#[test]
fn t25_show_prices_all_the_time() {
    // Mallory is ahead of every honest price with an uncertain one of the same second: the next second's is newer.
    let (mut world, _) = pegged();
    let uncertain = |at| PriceUpdate { confidence: 10_000_000, ..PriceUpdate::of(HALFWAY, at) };
    for nth in 0..7 {
        let now = world.now();
        world.show(PEG, &uncertain(now)).ok();
        world.observe(PEG, HALFWAY).fails(E::PriceNotNewer);
        world.pass(1);
        world.observe(PEG, HALFWAY).ok();
        assert_eq!(watched(&mut world).severity_seconds, nth * 600 * 5_000);
        world.pass(599);
    }
    world.open_price_incident("keeper", PEG, 0).ok();
}

#[test]
fn t25_challenge_every_depeg() {
    // It takes a bond each time, which is lost; filing begins anew with a verdict that nobody votes on.
    let (mut world, policy) = pegged();
    let (held, before) = (world.balance("mallory"), world.read_pool());
    let began = world.now();
    let incident = depeg(&mut world, HALFWAY);
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    let ends_at = case(&mut world, &incident).challenge_ends_at;
    until(&mut world, ends_at - 1);
    world.challenge("mallory", PEG, 0).ok();
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    paid_out(&mut world, &incident);
    let days = (world.now() - began) / DAY;
    let (cost, after) = (held - world.balance("mallory"), world.read_pool());
    println!("a challenge that nobody votes on: paid after {days} days instead of 16, for {} units", cost / UNIT);
    assert_eq!((cost, after.bonds), (BOND, 0));
    assert_eq!([after.other_income - before.other_income, after.assessors - before.assessors], [BOND / 2; 2]);
    world.collect_bond("mallory", &incident).fails(E::NothingDue);
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.chain.read::<Policy>(&policy).paid, 45_000 * UNIT);
    world.check_books();
}

#[test]
fn t25_hold_exits_up_with_false_depegs() {
    // A breach holds exits for a day and its hour; the incident holds nobody, and one price refutes it.
    let (mut world, _) = pegged();
    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    let began = world.now();
    breach(&mut world, 1);
    let from = watched(&mut world).measured_from;
    world.pay_exits().fails(E::ExitHeld);
    world.open_price_incident("mallory", PEG, 0).ok();
    until(&mut world, began + 3_600 + DAY - 1);
    world.pay_exits().fails(E::ExitHeld);
    world.call_exits().ok();
    world.pass(1);
    world.pay_exits().ok();
    world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1)).ok();
    world.settle(PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    world.release_contested(&incident, 0).ok();
    // The refuted one opens no other, and the next takes another hour.
    world.open_price_incident("mallory", PEG, 1).fails(E::NoBreach);
    assert!(collect(&mut world, "honest", 0) >= HALF);
}

#[test]
fn t30_a_depeg_after_600_idle_days() {
    let mut world = court_beside(World::lite_bare(), pool_params(), |world| {
        world.list_product(PEG, ProductParams { max_term_days: 365, ..price_product("USDX depeg") }).ok();
    });
    for name in ["dora", "keeper"] {
        world.fund(name, 10_000 * UNIT);
    }
    for id in 0..60 {
        world.buy("dora", PEG, id, 100 * UNIT, u16::try_from(6 * id + 5).unwrap()).ok();
    }
    world.pass_days(300);
    breach(&mut world, HALFWAY);
    let units = world.open_price_incident("keeper", PEG, 0).ok().units();
    println!("open_price_incident, 300 idle days: {units} units");
    assert!(units < 200_000);
    let (incident, policy) = (world.incident(PEG, 0), world.policy(PEG, "dora", 59));
    let units = world.claim_breach("keeper", "dora", &policy, &incident).ok().units();
    println!("claim_breach: {units} units");
    world.pass_days(600);
    let units = world.decide(PEG, 0).ok().units();
    println!("decide_incident, 600 idle days: {units} units");
    assert!(units < 200_000);
    world.pass_days(600);
    world.end_filing(PEG, 0).ok();
    world.pass_days(600);
    let units = world.settle(PEG, 0).ok().units();
    println!("settle_incident, 600 idle days: {units} units");
    assert!(units < 200_000);
    world.check_books();
}
