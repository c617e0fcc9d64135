//! A pause harms no one: whatever an LP, a holder, a voter or a claimant may do, they do in a paused pool with the same
//! outcome, to the atom, as in one that goes on.

use crate::stage::*;
use coverage_client::*;
use coverage_math::DAY;
use harness::{Receipt, UNIT, World, product_params};

/// The same act in a pool that goes on and in one that was just paused; leaves the first.
#[track_caller]
fn both(world: &mut Lite, act: impl Fn(&mut Lite) -> Receipt) {
    let mut paused = world.clone();
    paused.pause("guardian", 7 * DAY).ok();
    let expected = act(world).ok();
    let found = act(&mut paused).ok();
    assert_eq!(found.events(), expected.events());
    let pool = Pool { paused_until: 0, next_pause_at: 0, ..paused.read_pool() };
    assert_eq!(pool, world.read_pool());
    assert_eq!((paused.vault_balance(), paused.share_supply()), (world.vault_balance(), world.share_supply()));
    paused.check_books();
}

/// A stage with everybody who has a part.
fn company() -> Lite {
    let mut world = found(World::lite_bare());
    for name in ["opal", "otto", "pia", "fay", "treasury"] {
        world.fund(name, 10_000 * UNIT);
    }
    world.give_lamports("arbiter");
    world.give_lamports("nora");
    world
}

#[test]
fn lps_leave() {
    let mut world = company();
    both(&mut world, |world| world.request_exit("ada", 0, 100_000 * UNIT * 1_000));
    world.pass_days(9);
    both(&mut world, Lite::call_exits);
    world.pass_days(1);
    both(&mut world, Lite::pay_exits);
    both(&mut world, |world| world.collect_exit("ada", 0));
    both(&mut world, |world| world.close_epoch(0));
    both(&mut world, |world| world.roll_product(0));
    let (asset, vault) = (world.asset(), vault_address(&world.pool()));
    world.mint_to(&asset, &vault, 7 * UNIT);
    both(&mut world, Lite::absorb_surplus);
}

#[test]
fn holders_use_their_policies() {
    let mut world = company();
    let [doras, emils] = [(0, "dora"), (1, "emil")].map(|(index, holder)| world.policy(index, holder, 0));
    both(&mut world, |world| world.extend("dora", 0, &doras, 30));
    both(&mut world, |world| world.transfer_cover("emil", &emils, "fay"));
    both(&mut world, |world| world.cancel("fay", 1, &emils));
    world.pass_days(60);
    both(&mut world, |world| world.close_policy(1, &emils));
}

#[test]
fn claimants_are_heard_and_paid() {
    let mut world = company();
    let (policy, incident) = (world.policy(0, "dora", 0), world.incident(0, 0));
    let claim = claim_address(&incident, &policy);
    let now = world.now();
    both(&mut world, |world| world.open_incident("opal", 0, 0, now - 60));
    both(&mut world, |world| world.submit_claim("dora", &policy, &incident, 115_000 * UNIT));
    let receiver = world.tokens("dora", &world.asset());
    let redirect = world.redirect_accounts("dora", &policy, &incident, &receiver).instruction();
    both(&mut world, |world| world.send(redirect.clone(), &["dora"]));
    both(&mut world, |world| world.attach_evidence("otto", &claim));
    both(&mut world, |world| world.vote("vera", &incident, AGAINST));
    both(&mut world, |world| world.close_ballot(&incident));
    both(&mut world, |world| world.appeal("pia", &incident));
    for name in ["vera", "walt"] {
        both(&mut world, |world| world.vote(name, &incident, FOR));
    }
    world.pass_days(6);
    both(&mut world, |world| world.close_ballot(&incident));
    both(&mut world, |world| world.decide(0, 0));
    both(&mut world, |world| world.collect_appeal_bond("pia", &incident));
    // Nobody votes on the claim: the arbiter decides.
    both(&mut world, |world| world.dispute("otto", &policy, &incident));
    for days in [3, 6] {
        world.pass_days(days);
        both(&mut world, |world| world.close_ballot(&claim));
    }
    both(&mut world, |world| world.arbitrate_at("arbiter", &claim, 9));
    world.pass_days(2);
    both(&mut world, |world| world.resolve_dispute(&policy, &incident));
    both(&mut world, |world| world.collect_dispute_bond("otto", &policy, &incident));
    world.pass_days(15);
    both(&mut world, |world| world.end_filing(0, 0));
    world.pass_days(3);
    both(&mut world, |world| world.settle_decided(0, 0));
    both(&mut world, |world| world.payout("dora", &policy, &incident));
    both(&mut world, |world| world.collect_bond("opal", &incident));
    both(&mut world, |world| world.recover("ada", &incident, 5 * UNIT));
    for name in ["vera", "walt"] {
        both(&mut world, |world| world.collect_vote_reward(name, &incident));
    }
    both(&mut world, Lite::burn_slashed);
    both(&mut world, |world| world.reclaim_ballot("opal", &incident));
    both(&mut world, |world| world.reclaim_ballot("otto", &claim));
    both(&mut world, |world| world.close_claim("dora", &policy, &incident));
    both(&mut world, |world| world.close_incident("opal", &incident));
}

#[test]
fn voters_stake_and_leave() {
    let mut world = company();
    let (asset, governance) = (world.asset(), world.governance());
    let accounts = world.stake_accounts("walt");
    world.mint_to(&governance, &accounts.owner_token, UNIT);
    both(&mut world, |world| world.send(accounts.instruction(UNIT), &["walt"]));
    both(&mut world, |world| world.request_unstake("walt", 400 * UNIT));
    world.pass_days(60);
    both(&mut world, |world| world.unstake("walt"));
    both(&mut world, Lite::collect_fees);
    assert!(world.balance_of(&world.tokens("treasury", &asset)) > 10_000 * UNIT);
}

#[test]
fn changes_go_their_way() {
    let mut world = company();
    let authority = world.key("nora");
    both(&mut world, |world| world.list_product(2, product_params("Draft")));
    both(&mut world, |world| world.propose(&Proposal::Authority { authority }, None));
    both(&mut world, |world| world.propose(&Proposal::Delist, Some(0)));
    both(&mut world, |world| world.petition("vera", &FEE, None));
    both(&mut world, |world| world.withdraw("founder", 1));
    let subject = world.change(2);
    both(&mut world, |world| world.vote("vera", &subject, FOR));
    both(&mut world, |world| world.close_ballot(&subject));
    world.pass_days(2);
    both(&mut world, |world| world.queue(2));
    both(&mut world, |world| world.collect_change_bond("vera", 2));
    world.pass(TIMELOCK);
    both(&mut world, |world| world.apply(2, None));
    both(&mut world, |world| world.accept_authority("nora", 0));
    for (name, id) in [("founder", 0), ("founder", 1), ("vera", 2)] {
        both(&mut world, |world| world.close_change(name, id));
    }
}
