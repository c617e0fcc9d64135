//! T29: what those who show prices might try.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{
    Chain, PYTH_RECEIVER, PriceUpdate, Receipt, UNIT, World, WorldPrice as _, actor, pool_params, price_product,
};
use solana_account::Account;
use solana_address::Address;
use solana_signer::Signer as _;

/// The price product.
pub const PEG: u16 = 3;
/// Prices in units of 10^-8.
pub const STRIKE: i64 = 98_000_000;
pub const HALFWAY: i64 = 93_000_000;

/// A court with a price product that dora holds 100,000 of, for 90 days and past the waiting period.
pub fn pegged() -> (Play, Address) {
    let mut world = court_beside(World::lite_bare(), pool_params(), |world| {
        world.list_product(PEG, price_product("USDX depeg")).ok();
    });
    let policy = insure(&mut world, PEG, 100_000 * UNIT, 90);
    world.fund("keeper", 10_000 * UNIT);
    world.pass_days(2);
    (world, policy)
}

/// Shows prices of `price` every ten minutes until an hour is full.
pub fn breach(world: &mut Play, price: i64) {
    world.observe(PEG, price).ok();
    for _ in 0..6 {
        world.pass(600);
        world.observe(PEG, price).ok();
    }
}

/// The same, and an incident is opened by it.
pub fn depeg(world: &mut Play, price: i64) -> Address {
    breach(world, price);
    world.open_price_incident("keeper", PEG, 0).ok();
    world.incident(PEG, 0)
}

/// Nobody contests an incident that prices opened, or a ballot that too few vote in leaves it: filing ends, and it is settled.
pub fn paid_out(world: &mut Play, incident: &Address) {
    let read = case(world, incident);
    let last = if read.ballot == Address::default() { read.challenge_ends_at } else { tally(world, incident).final_at };
    let last = last.max(world.now());
    until(world, last);
    world.decide(PEG, read.index).ok();
    let ends = case(world, incident).filing_ends_at;
    until(world, ends);
    world.settle(PEG, read.index).ok();
}

/// What the product watches.
pub fn watched(world: &mut Play) -> PriceTrigger {
    world.read_product(PEG).price
}

/// Shows a price whose account is another than the receiver program would write.
fn show_account(world: &mut Play, account: Account) -> Receipt {
    let price_update = actor("forged price").pubkey();
    world.chain.set_account(&price_update, account);
    world.send(ObservePrice { pool: world.pool(), product: world.product(PEG), price_update }.instruction(), &[])
}

#[test]
fn t29_each_field_of_a_price() {
    let (mut world, _) = pegged();
    let now = world.now();
    let good = PriceUpdate::of(HALFWAY, now);
    let seconds = |seconds: i64| good.publish_time + seconds;
    let (before, kept) = (snapshot(&mut world), watched(&mut world));
    let wrong = [
        (PriceUpdate { feed: actor("feed").pubkey(), ..good }, E::WrongFeed),
        (PriceUpdate { price: 0, ..good }, E::BadPrice),
        (PriceUpdate { price: -HALFWAY, ..good }, E::BadPrice),
        (PriceUpdate { confidence: u64::MAX, ..good }, E::BadPrice),
        (PriceUpdate { exponent: -10, ..good }, E::WrongExponent),
        (PriceUpdate { exponent: 0, ..good }, E::WrongExponent),
        (PriceUpdate { publish_time: seconds(1), ..good }, E::PriceFromFuture),
        (PriceUpdate { publish_time: i64::MAX, ..good }, E::PriceFromFuture),
        (PriceUpdate { publish_time: seconds(-61), ..good }, E::PriceStale),
        (PriceUpdate { publish_time: 1, ..good }, E::PriceStale),
        (PriceUpdate { publish_time: 0, ..good }, E::BadPrice),
        (PriceUpdate { publish_time: -1, ..good }, E::BadPrice),
        (PriceUpdate { signatures: Some(0), ..good }, E::PriceNotVerified),
        (PriceUpdate { signatures: Some(1), ..good }, E::PriceNotVerified),
        (PriceUpdate { signatures: Some(19), ..good }, E::PriceNotVerified),
    ];
    for (update, error) in wrong {
        world.show(PEG, &update).fails(error);
    }
    let account = Account { lamports: 1_825_020, data: good.data(), owner: PYTH_RECEIVER, ..Account::default() };
    for owner in [ID, spl_token_interface::ID, world.key("mallory"), Address::default()] {
        show_account(&mut world, Account { owner, ..account.clone() }).fails(E::WrongPriceOwner);
    }
    // Another account of the receiver program: its configuration, an update of averages.
    let mut data = good.data();
    data[..8].copy_from_slice(&[104, 192, 188, 72, 246, 166, 12, 81]);
    show_account(&mut world, Account { data, ..account.clone() }).fails(E::NotAPrice);
    assert!(snapshot(&mut world) == before && watched(&mut world) == kept);
    show_account(&mut world, account).ok();
    assert_eq!(watched(&mut world).started_at, now);
}

#[test]
fn t29_exactly_at_the_strike() {
    // An hour at the strike is none below it, nor is one so little below that it would pay nothing.
    for (price, breached) in [(STRIKE + 1, false), (STRIKE, false), (STRIKE - 999, false), (STRIKE - 1_000, true)] {
        let (mut world, _) = pegged();
        breach(&mut world, price);
        assert_eq!(watched(&mut world).started_at != 0, breached);
        assert_eq!(watched(&mut world).severity_seconds, if breached { 3_600 } else { 0 });
        let receipt = world.open_price_incident("mallory", PEG, 0);
        if breached {
            receipt.ok();
        } else {
            receipt.fails(E::NoBreach);
        }
    }
    // A price ends a breach from the strike on.
    for (price, ends) in [(STRIKE, true), (STRIKE - 1, false)] {
        let (mut world, _) = pegged();
        world.observe(PEG, HALFWAY).ok();
        world.pass(600);
        world.observe(PEG, price).ok();
        assert_eq!(watched(&mut world).started_at == 0, ends);
    }
    // And refutes one.
    for (price, refutes) in [(STRIKE, true), (STRIKE - 1, false)] {
        let (mut world, _) = pegged();
        let incident = depeg(&mut world, HALFWAY);
        let inside = case(&mut world, &incident).measured_from + 1;
        let receipt = world.refute_incident(PEG, 0, &PriceUpdate::of(price, inside));
        if refutes {
            receipt.ok();
        } else {
            receipt.fails(E::PriceBelowStrike);
        }
    }
}

#[test]
fn t29_replay_the_prices_of_an_old_depeg() {
    let (mut world, _) = pegged();
    let then = world.now();
    world.pass(DAY);
    for (at, error) in [(then, E::PriceStale), (then + 600, E::PriceStale), (world.now() - 61, E::PriceStale)] {
        world.show(PEG, &PriceUpdate::of(HALFWAY, at)).fails(error);
    }
    // Those of the last minute count from when they were published, and in their order.
    let now = world.now();
    world.show(PEG, &PriceUpdate::of(HALFWAY, now)).ok();
    for age in [0, 1, 60] {
        world.show(PEG, &PriceUpdate::of(HALFWAY, now - age)).fails(E::PriceNotNewer);
    }
    // A minute after the last that was shown nothing has been measured.
    world.pass(3_600);
    world.open_price_incident("mallory", PEG, 0).fails(E::NoBreach);
    assert_eq!(watched(&mut world).severity_seconds, 0);
}

#[test]
fn t29_leave_a_gap_in_the_observations() {
    // Two dips an hour apart are no breach of an hour.
    for gap in [601, 3_600, DAY] {
        let (mut world, _) = pegged();
        world.observe(PEG, 1).ok();
        world.pass(gap);
        world.observe(PEG, 1).ok();
        let found = watched(&mut world);
        assert_eq!((found.measured_from, found.severity_seconds), (world.now(), 0));
        world.open_price_incident("mallory", PEG, 0).fails(E::NoBreach);
        // An hour of it must be seen from there on.
        for _ in 0..5 {
            world.pass(600);
            world.observe(PEG, HALFWAY).ok();
        }
        world.pass(599);
        world.observe(PEG, HALFWAY).ok();
        world.open_price_incident("mallory", PEG, 0).fails(E::NoBreach);
        world.pass(1);
        world.observe(PEG, HALFWAY).ok();
        world.open_price_incident("mallory", PEG, 0).ok();
        assert_eq!(world.read_product(PEG).price.awaits_recovery, 1);
    }
}

#[test]
fn t29_show_the_dips_only() {
    // The price dips for a second every ten minutes; mallory, who is covered, shows the dips and nothing else.
    for late in [false, true] {
        let (mut world, policy) = pegged();
        let shared = worth(&mut world, "honest");
        let from = world.now();
        breach(&mut world, 1);
        if late {
            world.open_price_incident("mallory", PEG, 0).ok();
            let incident = world.incident(PEG, 0);
            world.claim_breach("mallory", "dora", &policy, &incident).ok();
            // In the last second: any one price between the dips is enough, from whomever.
            let ends_at = case(&mut world, &incident).challenge_ends_at;
            until(&mut world, ends_at - 1);
            world.refute_incident(PEG, 0, &PriceUpdate::of(STRIKE, from + 1_801)).ok();
            world.settle(PEG, 0).ok();
            world.payout("dora", &policy, &incident).ok();
            assert_eq!(world.read_pool().claims_paid, 0);
        } else {
            world.refute_breach(PEG, &PriceUpdate::of(STRIKE, from + 1_801)).ok();
            world.open_price_incident("mallory", PEG, 0).fails(E::NoBreach);
        }
        assert!(worth(&mut world, "honest") >= shared);
        world.check_books();
    }
}

#[test]
fn t29_show_the_deepest_prices_only() {
    // Mostly at 0.97, the price falls to nothing for a second every five minutes. Mallory shows those seconds; anyone who
    // shows one price between two of them takes them away: each second counts with the higher of the prices around it.
    let (mut world, _) = pegged();
    world.observe(PEG, 1).ok();
    for _ in 0..12 {
        world.pass(100);
        world.observe(PEG, 97_000_000).ok();
        world.pass(200);
        world.observe(PEG, 1).ok();
    }
    world.open_price_incident("mallory", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    assert_eq!(case(&mut world, &incident).severity_bps, 1_000);
}

#[test]
fn t29_open_late_or_go_on_showing() {
    // What is paid is what the least duration was worth: waiting for it to become worse brings nothing.
    for more in [0, 1, 50] {
        let (mut world, _) = pegged();
        breach(&mut world, HALFWAY);
        for _ in 0..more {
            world.pass(600);
            world.observe(PEG, 1).ok();
        }
        world.open_price_incident("mallory", PEG, 0).ok();
        let incident = world.incident(PEG, 0);
        assert_eq!(case(&mut world, &incident).severity_bps, 5_000);
    }
    // Nor does one breach pay twice, however long it lasts.
    let (mut world, _) = pegged();
    let incident = depeg(&mut world, HALFWAY);
    paid_out(&mut world, &incident);
    breach(&mut world, 1);
    world.open_price_incident("mallory", PEG, 1).fails(E::NoBreach);
}

#[test]
fn t29_wide_confidence() {
    let (mut world, _) = pegged();
    let wide = |price, confidence, at| PriceUpdate { confidence, ..PriceUpdate::of(price, at) };
    // It neither begins a breach, nor ends one, nor refutes one.
    let now = world.now();
    world.show(PEG, &wide(HALFWAY, 5_000_000, now)).ok();
    assert_eq!(watched(&mut world).started_at, 0);
    world.pass(60);
    breach(&mut world, HALFWAY);
    let kept = watched(&mut world);
    for (price, confidence) in [(STRIKE, 1), (2 * STRIKE, (STRIKE + 1) as u64), (STRIKE, u64::MAX / 2)] {
        world.refute_breach(PEG, &wide(price, confidence, kept.measured_from + 1)).fails(E::PriceBelowStrike);
        world.pass(1);
        let now = world.now();
        world.show(PEG, &wide(price, confidence, now)).ok();
    }
    assert_eq!(watched(&mut world), PriceTrigger { seen_at: world.now(), ..kept });
    // With a confidence the severity is that of the upper end: the least that it may be.
    let (mut world, _) = pegged();
    for _ in 0..7 {
        world.pass(600);
        let now = world.now();
        world.show(PEG, &wide(HALFWAY, 4_000_000, now)).ok();
    }
    world.open_price_incident("keeper", PEG, 0).ok();
    let incident = world.incident(PEG, 0);
    assert_eq!(case(&mut world, &incident).severity_bps, 1_000);
}

#[test]
fn t29_refute_what_is_true() {
    let (mut world, policy) = pegged();
    let incident = depeg(&mut world, HALFWAY);
    world.pass(60);
    let found = case(&mut world, &incident);
    let (from, until_then) = (found.measured_from, found.measured_until);
    // Another feed's price, one of before or after, one that nobody signed, one that is not sure.
    let at = |at| PriceUpdate::of(STRIKE, at);
    for (update, error) in [
        (PriceUpdate { feed: Address::new_from_array([1; 32]), ..at(from + 1) }, E::WrongFeed),
        (PriceUpdate { exponent: -7, ..at(from + 1) }, E::WrongExponent),
        (PriceUpdate { signatures: Some(12), ..at(from + 1) }, E::PriceNotVerified),
        (PriceUpdate { confidence: 1, ..at(from + 1) }, E::PriceBelowStrike),
        (at(from - 1), E::PriceOutsideBreach),
        (at(until_then + 1), E::PriceOutsideBreach),
        (at(world.now()), E::PriceOutsideBreach),
    ] {
        world.refute_incident(PEG, 0, &update).fails(error);
    }
    // Once its time is over nobody can, whatever they have.
    let ends_at = case(&mut world, &incident).challenge_ends_at;
    until(&mut world, ends_at);
    world.refute_incident(PEG, 0, &at(from + 1)).fails(E::ChallengeOver);
    world.claim_breach("keeper", "dora", &policy, &incident).ok();
    paid_out(&mut world, &incident);
    assert_eq!(world.read_pool().payable, 45_000 * UNIT);
}
