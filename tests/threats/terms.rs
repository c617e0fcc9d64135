//! T60, T78, T89 and T97 to T99: who makes cover dearer or cheaper for others, and who keeps old terms, an old lien or a long timelock
//! alive.

use crate::{
    attacks::steep,
    court::*,
    leaving::{unlevered, unlevered_params},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{DAY, day_of};
use harness::{Chain, UNIT, World, product_params};
use solana_address::Address;

fn policy(world: &mut Play, address: &Address) -> Policy {
    world.chain.read(address)
}

/// Gus has the cheap part of a product's capacity and gives nearly all of it back; sam has the dear part. Ten days later what sam holds
/// would be cheap.
fn dear() -> (Play, Address) {
    let mut world = steep(0);
    world.fund("gus", HALF);
    world.fund("sam", HALF);
    world.buy("gus", 3, 0, 800_000 * UNIT, 30).ok();
    world.buy("sam", 3, 0, 180_000 * UNIT, 30).ok();
    let (gus, sam) = (world.policy(3, "gus", 0), world.policy(3, "sam", 0));
    world.pass_days(1);
    world.reduce("gus", 3, &gus, 750_000 * UNIT).ok();
    world.pass_days(9);
    world.roll_product(3).ok();
    (world, sam)
}

/// An extension made one stream of what was left and of what it cost. Cancelled in the same transaction, what had been dear was paid for
/// at the mean until the capacity was free: 4,000 and more came back of what LPs had been promised.
#[test]
fn t97_extend_to_be_refunded_for_what_was_held() {
    for days in [60, 150, 344] {
        let (mut world, sam) = dear();
        let mut plain = world.clone();
        let lps = |world: &mut Play| world.read_pool().capital + world.read_pool().unearned;
        plain.cancel("sam", 3, &sam).ok();
        let extend = ExtensionRequest { max_premium: u64::MAX, days, commission_bps: 0 };
        let extend = world.extend_accounts("sam", 3, &sam).instruction(&extend);
        let cancel = world.cancel_accounts("sam", 3, &sam).instruction(0);
        world.send_all(&[extend, cancel], &["sam"]).ok();
        assert_eq!(policy(&mut world, &sam).release_day, policy(&mut plain, &sam).release_day);
        let (got, fair) = (world.balance("sam"), plain.balance("sam"));
        println!("{days} days: {} less than without the extension", (fair - got) / UNIT);
        assert!(got <= fair);
        assert!(lps(&mut world) + 2 >= lps(&mut plain));
        world.check_books();
    }
}

/// Anyone extends anyone's cover. What sam's dear cover earned in the days in which an LP was on the way out streamed over a year
/// instead, to those who stayed. A second of it never streams more slowly now.
#[test]
fn t97_extend_others_cover_to_starve_a_leaver() {
    let (mut world, sam) = dear();
    let before = worth(&mut world, "honest");
    let day = ask_for_all(&mut world, "honest", 0);
    let mut plain = world.clone();
    world.fund("whale", HALF);
    let rate = policy(&mut world, &sam).rate;
    world.extend("whale", 3, &sam, 330).ok();
    // A stream is of whole atoms.
    assert!(policy(&mut world, &sam).rate + rate / 1_000_000 >= rate);
    let (fair, got) = (leave(&mut plain, "honest", 0, day), leave(&mut world, "honest", 0, day));
    println!("the leaver earns {} instead of {}", (got - before) / UNIT, (fair - before) / UNIT);
    assert!(got + 1 >= fair);
}

/// What is held until its product has other terms is extended no further than all that was sold before: a unit of cover, extended again and
/// again, kept a product under its old court for three years, in which 800,000 was sold under it.
#[test]
fn t98_keep_a_product_under_its_old_court_by_a_unit() {
    let mut world = unlevered(7);
    world.fund("eve", HALF);
    world.fund("rita", HALF);
    world.buy("eve", 0, 0, UNIT, 200).ok();
    let dust = world.policy(0, "eve", 0);
    world.convener = "rita";
    world.create_assembly(harness::assembly_params()).ok();
    let assembly = world.assembly();
    world.convener = "founder";
    let id = world.next_change();
    world.propose(&Proposal::Court { assembly }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    // As late as it can be: until the change applies, everybody can count on the court that there is.
    world.wait_until(applies_at - 1);
    let longest = |world: &mut Play| (world.now() + 365 * DAY - policy(world, &dust).end) / DAY;
    let days = u16::try_from(longest(&mut world)).unwrap();
    world.extend("eve", 0, &dust, days).ok();
    world.wait_until(applies_at);
    world.apply(id, None).ok();
    let release_day = policy(&mut world, &dust).release_day;
    assert!(release_day <= day_of(applies_at) + 365 + 90 + 1);
    world.fund("gus", HALF);
    let mut cancelled = world.clone();
    // The product goes on, for as long as that, and no longer by a day.
    for _ in 0..3 {
        world.pass_days(80);
        world.extend("eve", 0, &dust, 1).fails(E::TermsWait);
        let left = release_day - day_of(world.now()) - 30 - 1;
        let left = u16::try_from(left).unwrap();
        let id = world.now();
        world.buy("gus", 0, id, UNIT, left + 1).fails(E::TermsWait);
        world.buy("gus", 0, id, UNIT, left).ok();
    }
    assert_ne!(world.read_product(0).assembly, assembly);
    until_day(&mut world, release_day);
    world.buy("gus", 0, 1, UNIT, 365).ok();
    assert_eq!(world.read_product(0).assembly, assembly);
    // What was given back leaves the day as it was; as soon as nothing is covered the new terms hold.
    cancelled.pass_days(1);
    cancelled.cancel("eve", 0, &dust).ok();
    let free = policy(&mut cancelled, &dust).release_day;
    cancelled.buy("gus", 0, 1, UNIT, 365).fails(E::TermsWait);
    until_day(&mut cancelled, free);
    cancelled.buy("gus", 0, 1, UNIT, 365).ok();
    assert_eq!(cancelled.read_product(0).assembly, assembly);
}

/// Dearer bonds wait likewise; those that fall hold at once.
#[test]
fn t98_extend_what_other_bonds_wait_for() {
    let mut world = unlevered(7);
    let gus = cover(&mut world, "gus", 0, 1_000 * UNIT);
    world.pass_days(3);
    let id = world.next_change();
    let bonds = Proposal::Bonds { incident_bond: BOND / 2, claim_bond_bps: 101 };
    world.propose(&bonds, Some(0)).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.extend("gus", 0, &gus, 1).ok();
    world.apply(id, Some(0)).ok();
    let product = world.read_product(0);
    assert_eq!((product.incident_bond, product.claim_bond_bps), (BOND / 2, 100));
    world.extend("gus", 0, &gus, 1).fails(E::TermsWait);
    world.fund("fay", HALF);
    world.buy("fay", 0, 0, UNIT, 365).fails(E::TermsWait);
    world.buy("fay", 1, 0, UNIT, 365).ok();
}

/// A product's capacity was a part of what is not set aside, but all its cover counted: a report on one product stopped the sales of a
/// smaller one beside it, and made them dearer.
#[test]
fn t99_one_report_stops_the_sales_of_a_product_with_a_weight() {
    let small = ProductParams { weight_bps: 4_000, ..product_params("Small") };
    let mut world = court_beside(World::lite_bare(), unlevered_params(7), |world| {
        world.list_product(3, small).ok();
    });
    cover(&mut world, "dora", 0, 600_000 * UNIT);
    cover(&mut world, "emil", 3, 200_000 * UNIT);
    world.fund("fay", HALF);
    world.pass_days(3);
    world.roll_product(3).ok();
    let before = world.quote(3, 100_000 * UNIT, 30).ok().quote();
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
    let after = world.quote(3, 100_000 * UNIT, 30).ok().quote();
    println!("room {} before a report and {} after", before.capacity / UNIT, after.capacity / UNIT);
    assert_eq!((after.capacity, after.premium), (before.capacity, before.premium));
    world.buy("fay", 3, 0, after.capacity + 1, 30).result.unwrap_err();
    world.buy("fay", 3, 0, after.capacity, 30).ok();
    world.check_books();
}

/// All capacity was bought ahead of another's extension, which cost four times as much, and given back again. An extension costs no more
/// than when the day began, so that it takes the premium of days; and no more than its payer agrees to.
#[test]
fn t78_buy_ahead_of_an_extension() {
    let mut world = unlevered(7);
    world.fund("sam", HALF);
    world.fund("gus", HALF);
    world.buy("gus", 0, 0, 300_000 * UNIT, 10).ok();
    let gus = world.policy(0, "gus", 0);
    world.pass_days(2);
    world.roll_product(0).ok();
    let paid = |world: &mut Play| {
        let held = world.balance("gus");
        world.extend("gus", 0, &gus, 350).ok();
        held - world.balance("gus")
    };
    let fair = paid(&mut world.clone());
    let room = world.read_product(0).room(&world.read_pool(), &world.read_assembly()).unwrap();
    let held = world.balance("sam");
    world.buy("sam", 0, 0, room, 30).ok();
    assert_eq!(paid(&mut world.clone()), fair);
    // Over midnight it is dear, and the buyer pays for it until the second midnight.
    let midnight = (day_of(world.now()) + 1) * DAY;
    world.wait_until(midnight);
    let dear = paid(&mut world.clone());
    let own = world.policy(0, "sam", 0);
    world.reduce("sam", 0, &own, room / 10 * 9).ok();
    let cost = held - world.balance("sam");
    world.wait_until(midnight + 2 * DAY);
    let later = paid(&mut world.clone());
    println!(
        "{} instead of {} for two days, which cost {}; then {}",
        dear / UNIT,
        fair / UNIT,
        cost / UNIT,
        later / UNIT
    );
    assert!(later < dear / 2 && cost > 100 * UNIT);
    // What was bought on the day itself was not held when it began.
    world.fund("fay", HALF);
    world.buy("fay", 0, 0, 500_000 * UNIT, 1).ok();
    let fay = world.policy(0, "fay", 0);
    let held = world.balance("fay");
    world.extend("fay", 0, &fay, 300).ok();
    let pool = world.read_pool();
    let product = world.read_product(0);
    let capacity = product.capacity(&pool).unwrap();
    let seconds = u32::try_from(300 * DAY).unwrap();
    let price = product.curve().premium_of_held(capacity, 300_000 * UNIT, 500_000 * UNIT, seconds).unwrap();
    assert!(held - world.balance("fay") >= price);
}

/// Others extend when the market is dear, a day at a time: ten days for 1,816 made a second of it so dear that 300 days more cost the holder
/// 8,619 instead of 1,129, where as much new cover costs 1,586. What others pay beyond what a second cost before is the LPs' now.
#[test]
fn t78_make_others_extensions_dearer_by_ones_own() {
    let mut world = steep(0);
    for name in ["gus", "sam", "eve"] {
        world.fund(name, HALF);
    }
    world.buy("gus", 3, 0, 100_000 * UNIT, 30).ok();
    world.buy("sam", 3, 0, 880_000 * UNIT, 30).ok();
    let [gus, sams] = ["gus", "sam"].map(|name| world.policy(3, name, 0));
    world.pass_days(1);
    world.roll_product(3).ok();
    let rate = policy(&mut world, &gus).rate;
    let mut plain = world.clone();
    let held = world.balance("eve");
    for _ in 0..10 {
        world.extend("eve", 3, &gus, 1).ok();
    }
    println!("ten days for {}", (held - world.balance("eve")) / UNIT);
    // All that was paid streams to the LPs.
    let paid = held - world.balance("eve");
    let more = world.read_pool().unearned - plain.read_pool().unearned;
    assert!(more + 30 >= paid / 100 * 90, "fees aside: {more} of {paid}");
    // The market is cheap again.
    for world in [&mut world, &mut plain] {
        world.reduce("sam", 3, &sams, 830_000 * UNIT).ok();
        world.pass_days(3);
    }
    let price = |world: &mut Play| {
        let held = world.balance("gus");
        let mut world = world.clone();
        world.extend("gus", 3, &gus, 300).ok();
        held - world.balance("gus")
    };
    let (dear, fair) = (price(&mut world), price(&mut plain));
    let held = plain.balance("eve");
    plain.buy("eve", 3, 0, 100_000 * UNIT, 300).ok();
    let fresh = held - plain.balance("eve");
    println!("300 days: {} instead of {}, and {} of a new purchase", dear / UNIT, fair / UNIT, fresh / UNIT);
    assert!(dear <= fair + UNIT && dear <= fresh + UNIT, "{dear} {fair} {fresh}");
    // Each second is as dear as it was, but for roundings.
    assert!(policy(&mut world, &gus).rate <= rate);
    // The holder is refunded for others' days what they would have cost at the holder's own rate, and no more.
    let held = world.balance("gus");
    world.cancel("gus", 3, &gus).ok();
    let refund = world.balance("gus") - held;
    let read = policy(&mut world, &gus);
    assert!(refund <= read.premium && refund < paid, "{refund}");
    world.check_books();
}

/// Who extends their own cover while it is dear has that refunded when they cancel: nothing of it is lost but the fee.
#[test]
fn t78_extend_ones_own_cover_while_it_is_dear() {
    let mut world = steep(0);
    for name in ["gus", "sam"] {
        world.fund(name, HALF);
    }
    world.buy("gus", 3, 0, 100_000 * UNIT, 30).ok();
    world.buy("sam", 3, 0, 880_000 * UNIT, 30).ok();
    let gus = world.policy(3, "gus", 0);
    world.pass_days(1);
    world.roll_product(3).ok();
    let refund = |world: &mut Play| {
        let held = world.balance("gus");
        world.cancel("gus", 3, &gus).ok();
        world.balance("gus") - held
    };
    let plain = refund(&mut world.clone());
    let held = world.balance("gus");
    world.extend("gus", 3, &gus, 300).ok();
    let paid = held - world.balance("gus");
    let more = refund(&mut world) - plain;
    println!("{} paid, {} more refunded in the same second", paid / UNIT, more / UNIT);
    assert!(more > paid / 2 && more <= paid);
    world.check_books();
}

/// A thief of the authority left a timelock of a year behind: what lowers the risk, and giving the authority back, took as long. The
/// longest is what the longest exit delay needs.
#[test]
fn t89_leave_a_long_timelock_behind() {
    let mut world = unlevered(7);
    world.propose(&Proposal::Timelock { timelock: 92 * DAY + 1 }, None).fails(E::BadTimelock);
    let id = world.next_change();
    world.propose(&Proposal::Timelock { timelock: 92 * DAY }, None).ok();
    let applies_at = world.read_change(id).applies_at;
    world.wait_until(applies_at);
    world.apply(id, None).ok();
    let id = world.next_change();
    world.propose(&Proposal::Delist, Some(0)).ok();
    assert_eq!(world.read_change(id).applies_at - world.now(), 92 * DAY);
}

/// A report that follows another sets aside what that one does, also if less can be claimed by then, and so keeps it for those before it. Its
/// bond is of what it sets aside: a chain of them pays for what it keeps.
#[test]
fn t60_a_chain_of_reports_pays_for_what_it_keeps() {
    let mut world = unlevered(7);
    for (holder, index, id, amount, days) in
        [("dora", 0, 0, 400_000, 1), ("eve", 0, 0, 1, 365), ("emil", 1, 0, 550_000, 365)]
    {
        world.fund(holder, HALF);
        world.buy(holder, index, id, amount * UNIT, days).ok();
    }
    let dora = world.policy(0, "dora", 0);
    let released = policy(&mut world, &dora).release_day;
    until_day(&mut world, released - 1);
    world.fund("opal", HALF);
    let held = world.balance("opal");
    let now = world.now();
    world.open_incident("opal", 0, 0, now).ok();
    until_day(&mut world, released);
    world.roll_product(0).ok();
    assert_eq!(world.read_product(0).claimable(), UNIT);
    let begun = world.now();
    for nth in 0..6 {
        let incident = world.incident(0, nth);
        world.vote("vera", &incident, 0).ok();
        world.close_ballot(&incident).ok();
        let last = tally(&mut world, &incident).final_at;
        world.wait_until(last);
        let now = world.now();
        world.open_incident("opal", 0, nth + 1, now).ok();
        world.settle(0, nth).ok();
    }
    let kept = world.read_pool().own_liens().unwrap();
    let days = (world.now() - begun) / DAY;
    let open: Incident = world.chain.read(&world.incident(0, 6));
    let lost = held - world.balance("opal") - open.bond;
    let a_year = u128::from(lost) * 365 * 100 / u128::from(days) / u128::from(kept);
    println!("{} kept for {days} days cost {}: {a_year}% of it a year", kept / UNIT, lost / UNIT);
    assert!(a_year > 100);
}
