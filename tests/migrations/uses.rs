//! An instruction for each type that works only if today's program reads the account as it was meant.

use crate::life::{BELOW, OPEN, PEG, Play, SETTLED, VENUE, WIPED, exit_epoch};
use coverage_client::*;
use harness::{Chain as _, PriceUpdate, UNIT, WorldPrice as _};

/// A type's name, and what is done with an account of it.
pub type Use = (&'static str, fn(&mut Play));

/// What is done with an account of each type.
pub const USES: &[Use] = &[
    ("Assembly", |world| drop(world.stake("xeno", 100 * UNIT).ok())),
    ("Ballot", ballot),
    ("Change", |world| {
        world.apply(0, None).ok();
        let pool = world.read_pool();
        assert_eq!((pool.protocol_fee_bps, pool.assessor_fee_bps, pool.cancel_fee_bps), (900, 500, 500));
    }),
    ("Claim", claim_is_paid),
    ("ExitEpoch", epoch),
    ("ExitTicket", |world| drop(world.collect_exit("ada", 0).ok())),
    ("Incident", incident),
    ("Policy", policy),
    ("Pool", pool),
    ("Product", product),
    ("Retired", retired),
    ("VoteRecord", |world| {
        let incident = world.incident(SETTLED, 0);
        world.collect_vote_reward("vera", &incident).ok();
    }),
    ("Voter", |world| drop(world.request_unstake("walt", 400 * UNIT).ok())),
];

/// The jury's stake has the age that it had.
fn ballot(world: &mut Play) {
    let incident = world.incident(OPEN, 0);
    world.vote("vera", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    assert_eq!(world.chain.read::<Ballot>(&coverage_client::ballot_address(&incident)).state, 1);
}

/// Seven eighths of 100,000 less the deductible of 5% of the sum insured, and what is left of the bond; the disputer gets what is left of
/// theirs.
fn claim_is_paid(world: &mut Play) {
    let (policy, incident) = (world.policy(SETTLED, "dora", 0), world.incident(SETTLED, 0));
    let (before, bond) = (world.balance("dora"), world.chain.read::<Claim>(&claim_address(&incident, &policy)).bond);
    world.payout("dora", &policy, &incident).ok();
    assert!(world.balance("dora") >= before + 78_750 * UNIT + bond);
    world.collect_dispute_bond("otto", &policy, &incident).ok();
}

/// Its only ticket leaves it, and it is closed.
fn epoch(world: &mut Play) {
    let number = exit_epoch(world);
    world.collect_exit("ada", 0).ok();
    world.close_epoch(number).ok();
}

/// One takes claims, the other recoveries.
fn incident(world: &mut Play) {
    let (policy, open, settled) = (world.policy(OPEN, "gwen", 0), world.incident(OPEN, 0), world.incident(SETTLED, 0));
    world.submit_claim("gwen", &policy, &open, 50_000 * UNIT).ok();
    world.recover("keeper", &settled, 10 * UNIT).ok();
}

/// It is extended, and passed on.
fn policy(world: &mut Play) {
    let policy = world.policy(VENUE, "venue", 0);
    world.extend("venue", VENUE, &policy, 30).ok();
    world.transfer_cover("venue", &policy, "gwen").ok();
    assert_eq!(world.chain.read::<Policy>(&policy).holder, world.key("gwen"));
}

/// Its share price is what it was, and it goes on earning.
fn pool(world: &mut Play) {
    let before = world.read_pool();
    world.deposit("ada", 1_000 * UNIT).ok();
    world.pass_days(1);
    world.roll_product(VENUE).ok();
    let after = world.read_pool();
    assert!(after.capital > before.capital + 1_000 * UNIT);
    assert_eq!(after.unearned + after.income_earned, before.unearned + before.income_earned);
}

/// All that is left goes to who has all the shares.
fn retired(world: &mut Play) {
    world.playing = WIPED;
    let (pool, address) = (world.pool(), retired_address(&world.pool(), 0));
    let pool = At { address: pool, account: world.read_pool() };
    let retired = At { address, account: world.chain.read::<Retired>(&address) };
    let (left, before) = (retired.capital, world.balance("ada"));
    assert!(left > 0, "premium is left");
    let (ada, shares) = (world.key("ada"), world.shares("ada"));
    world.send_all(&build::redeem_retired(&pool, &retired, &ada, shares), &["ada"]).ok();
    assert_eq!(world.balance("ada"), before + left);
    world.check_books();
    world.playing = 0;
}

/// Each kind of trigger goes on from where it was.
fn product(world: &mut Play) {
    let started = world.read_product(PEG).price.started_at;
    world.pass(600);
    let below = PriceUpdate::of(BELOW, world.now());
    world.show(PEG, &below).ok();
    assert_eq!(world.read_product(PEG).price.started_at, started);
    let policy = world.policy(VENUE, "venue", 0);
    world.draw("venue", "venue", VENUE, &policy, 1_000 * UNIT).ok();
    world.buy("otto", VENUE, 0, 1_000 * UNIT, 30).ok();
}
