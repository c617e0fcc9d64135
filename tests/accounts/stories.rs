//! The stories in which every instruction is called.

use crate::{
    calls::*,
    changes::{changes, courts, words},
    endings::endings,
    life::{ALL, Good, Life, MINE, POOL, POOLS, PRODUCT, PRODUCTS, Part, USER, USERS},
    triggers::triggers,
};
use coverage_client::*;
use harness::{Chain, UNIT, trials::wipe_out};

/// Every good call there is.
pub fn all() -> Vec<Good> {
    [whole_life(), shortage(), wiped_out(), triggers(), changes(), words(), courts(), endings()]
        .into_iter()
        .flatten()
        .collect()
}

/// From the foundation to the last account's end.
fn whole_life() -> Vec<Good> {
    let mut life = founded();
    cover(&mut life);
    exits(&mut life);
    incidents(&mut life);
    verdicts(&mut life);
    bonds(&mut life);
    payments(&mut life);
    ends(&mut life);
    life.goods
}

/// Assemblies, pools, products, stakes and deposits.
pub fn founded() -> Life {
    let mut life = Life::start();
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    life.play(POOLS, list_product);
    life.play(&[PRODUCT, OTHER], list_product);
    life.open_shares();
    life.play(USERS, stake);
    life.note("the voter exists", USERS, stake);
    life.play(USERS, set_delegate);
    life.play(USERS, deposit);
    life.play(USERS, withdraw);
    life.open();
    life
}

/// What becomes of policies.
fn cover(life: &mut Life) {
    for id in 0..2 {
        life.play(ALL, buy_cover(id));
    }
    life.note("without a commission", ALL, buy_direct(2));
    life.world.pass_days(3);
    life.play(PRODUCTS, roll_product);
    life.play(PRODUCTS, quote_cover);
    life.note("without a commission", ALL, extend_direct);
    life.play(ALL, extend_cover);
    life.play(ALL, transfer_cover);
    life.play(ALL, reduce_cover);
    life.play(ALL, cancel_cover);
    for part in POOLS {
        let world = life.at(part);
        let (asset, vault) = (world.asset(), vault_address(&world.pool()));
        world.mint_to(&asset, &vault, 700 * UNIT);
    }
    life.play(POOLS, absorb_surplus);
}

/// Exits, for all of which the capital cannot be spared: new capital lets the rest go, a day after somebody called them.
fn exits(life: &mut Life) {
    life.play(USERS, request_exit(0));
    life.note("while somebody waits", ALL, extend_direct);
    life.world.pass_days(2);
    life.play(POOLS, request_exit(1));
    life.note("the epoch exists", POOLS, request_exit(2));
    let ticket = life.build(&MINE, collect_exit(1));
    let paid = life.build(&MINE, |world, _| world.pay_exits_accounts(1).instruction());
    let closed = life.build(&MINE, close_exit_epoch(1));
    life.begin_exits();
    life.play(POOLS, pay_exits);
    life.beside("other epoch", paid);
    life.play(USERS, collect_exit(0));
    life.beside("other ticket", ticket);
    // With this the rest can leave, and so can those who came after them; nobody pays either in time.
    life.play(USERS, deposit);
    life.world.pass_days(3);
    life.play(POOLS, call_exits);
    life.world.pass_days(1);
    life.note("the rest", POOLS, pay_exits);
    life.play(POOLS, pay_exits);
    life.note("in full", USERS, collect_exit(0));
    life.note("elsewhere", USERS, elsewhere(collect_exit(0), [4, 6]));
    life.play(USERS, collect_exit(0));
    life.play(POOLS, pay_exits);
    life.play(POOLS, collect_exit(1));
    life.play(POOLS, close_exit_epoch(0));
    life.beside("other epoch", closed);
}

/// An incident of each product, claims of it, and what the disputers know of those.
fn incidents(life: &mut Life) {
    life.play(USERS, request_exit(3));
    life.play(PRODUCTS, open_incident(0));
    life.play(ALL, submit_claim);
    life.play(ALL, redirect_claim);
    life.play(ALL, attach_evidence);
}

/// Who votes in the first round: walt where he has a stake.
const FIRST: [Part; 3] = [USER, Part { juror: "walt", ..PRODUCT }, POOL];

/// The jury first turns the incidents down, and then does not; and it cuts the claims.
fn verdicts(life: &mut Life) {
    life.note("", ALL, vote(0));
    life.note("by a delegate", ALL, vote_by_delegate(0));
    life.repeat(&FIRST, vote(0));
    life.world.pass_days(3);
    life.play(PRODUCTS, close_ballot(0));
    life.play(PRODUCTS, appeal);
    life.note("cast anew", &FIRST, vote(1));
    life.repeat(ALL, vote(1));
    life.play(PRODUCTS, close_ballot(0));
    life.world.pass_days(2);
    life.play(PRODUCTS, decide_incident(0));
    life.play(ALL, dispute_claim);
    let other = life.build(&USER, vote_on_claim);
    life.note("on a claim", &[MINE], vote_on_claim);
    life.beside("other ballot", other);
    life.play(ALL, vote_on_claim);
    life.play(ALL, close_ballot_on_claim);
    life.world.pass_days(2);
    life.play(ALL, resolve_dispute);
}

/// What the disputers, the jurors and the appellants get.
fn bonds(life: &mut Life) {
    life.note("elsewhere", ALL, elsewhere(collect_dispute_bond, [3, 4]));
    life.play(ALL, collect_dispute_bond);
    let other = life.build(&MINE, collect_vote_reward_on_claim);
    life.note("elsewhere", ALL, elsewhere(collect_vote_reward, [6, 8]));
    life.note("overturned", &FIRST, collect_vote_reward);
    life.play(ALL, collect_vote_reward);
    life.beside("other ballot", other);
    life.repeat(&[FIRST[1]], collect_vote_reward);
    life.play(ALL, collect_vote_reward_on_claim);
    life.note("elsewhere", PRODUCTS, elsewhere(collect_appeal_bond, [2, 3]));
    life.play(PRODUCTS, collect_appeal_bond);
    life.play(POOLS, burn_slashed);
    life.play(USERS, request_unstake);
}

/// What the claims get.
fn payments(life: &mut Life) {
    // Those who leave meanwhile take a part of every incident along.
    let epoch = life.at(&MINE).read_pool().exit_head;
    let earlier = life.build(&MINE, release_contested(epoch - 1));
    life.begin_exits();
    life.play(POOLS, pay_exits);
    let filing_ends_at = life.world.chain.read::<Incident>(&life.world.incident(0, 0)).filing_ends_at;
    life.world.chain.set_now(filing_ends_at);
    life.play(PRODUCTS, end_filing);
    life.play(PRODUCTS, release_contested(epoch));
    life.beside("other epoch", earlier);
    life.world.pass_days(3);
    life.play(PRODUCTS, settle_incident(0));
    life.note("once it has ended", PRODUCTS, release_contested(epoch));
    life.play(PRODUCTS, release_contested(epoch));
    life.note("of a lost bond", ALL, payout);
    life.repeat(ALL, payout);
    life.note("elsewhere", PRODUCTS, elsewhere(collect_incident_bond, [2, 3]));
    life.play(PRODUCTS, collect_incident_bond);
    life.play(PRODUCTS, recover);
}

/// The ends of all accounts, and an incident that nobody votes on.
fn ends(life: &mut Life) {
    let other = life.build(&MINE, reclaim_ballot_on_claim);
    life.play(PRODUCTS, reclaim_ballot);
    life.beside("other ballot", other);
    life.play(ALL, reclaim_ballot_on_claim);
    life.play(ALL, close_claim);
    life.play(PRODUCTS, close_incident);
    life.play(PRODUCTS, open_incident(1));
    for days in [3, 6] {
        life.world.pass_days(days);
        life.play(PRODUCTS, close_ballot(1));
    }
    life.play(PRODUCTS, arbitrate);
    life.world.pass_days(2);
    life.note("refused", PRODUCTS, decide_incident(1));
    life.play(PRODUCTS, decide_incident(1));
    life.note("rejected", PRODUCTS, settle_incident(1));
    life.play(PRODUCTS, settle_incident(1));
    life.world.pass_days(60);
    life.play(USERS, unstake);
    life.world.pass_days(300);
    life.play(ALL, close_policy);
}

/// Two incidents for which the capital is not enough, of which the second comes to nothing: the first gets the rest.
fn shortage() -> Vec<Good> {
    let mut life = founded();
    life.goods.clear();
    let (firsts, seconds) = (&[MINE, POOL], &[PRODUCT, OTHER]);
    // Of the first product two people in the one pool, of each of the others one have nine tenths of the capital insured.
    for (part, percent) in [(MINE, 45), (USER, 45), (POOL, 90), (PRODUCT, 90), (OTHER, 90)] {
        let capital = life.at(&part).read_pool().capital;
        life.world.buy(part.holder, part.product, 0, capital / 100 * percent, 90).ok();
    }
    life.world.pass_days(3);
    life.play(firsts, open_incident(0));
    life.repeat(USERS, submit_whole_claim);
    life.play(firsts, vote(1));
    life.play(firsts, close_ballot(0));
    life.world.pass_days(2);
    life.play(firsts, decide_incident(0));
    life.world.pass_days(18);
    life.play(firsts, end_filing);
    life.play(seconds, open_incident(0));
    life.play(firsts, settle_incident(0));
    life.play(seconds, vote(0));
    life.play(seconds, close_ballot(0));
    life.world.pass_days(2);
    life.play(seconds, decide_incident(0));
    life.play(seconds, settle_incident(0));
    life.goods.clear();

    life.note("", USERS, payout);
    life.note("elsewhere", USERS, elsewhere(payout, [7, 8]));
    life.note("without its funder", USERS, payout_apart);
    let before = life.world.clone();
    life.repeat(USERS, payout_apart);
    life.note("of a bond that waited", USERS, payout);
    life.world = before;

    let other = life.build(&PRODUCT, settle_rest);
    life.play(firsts, settle_rest);
    life.beside("other product", other);
    life.goods
}

/// Pools that were wiped out: their shares are retired, and what comes back is theirs.
fn wiped_out() -> Vec<Good> {
    let mut life = Life::start();
    life.play(POOLS, create_assembly);
    life.play(POOLS, create_pool);
    life.open_shares();
    life.play(USERS, deposit);
    for part in POOLS {
        wipe_out(life.at(part), part.holder);
    }
    life.goods.clear();
    life.play(POOLS, retire_shares);
    life.play(USERS, redeem_retired);
    life.note("for retired shares", POOLS, recover_for_retired);
    life.repeat(USERS, redeem_rest);
    life.play(POOLS, close_retired);
    life.goods
}

/// Another product of the other pool.
pub const OTHER: Part = Part { product: 1, ..POOL };
