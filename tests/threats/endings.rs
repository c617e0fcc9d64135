//! T91: closing what others need, and coming back at an address that others believe in.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, World, assembly_params, pool_params, product_params};

/// Vera, walt and xeno, and the incident of product 0 that opal reported and vera voted on.
fn reported() -> (Play, solana_address::Address) {
    let mut world = court();
    insure(&mut world, 0, 100_000 * UNIT, 90);
    world.pass_days(3);
    let incident = report(&mut world, 0, 0);
    (world, incident)
}

#[test]
fn t91_close_a_new_pool_ahead_of_its_first_deposit() {
    let mut world = World::lite();
    world.fund("mallory", 0);
    for closer in ["mallory", "guardian", "arbiter", "treasury"] {
        let accounts = ClosePool { closer: world.key(closer), ..world.close_pool_accounts() };
        world.send(accounts.instruction(), &[closer]).fails(E::NotPoolCloser);
        let accounts = CloseAssembly { creator: world.key(closer), ..world.close_assembly_accounts() };
        world.send(accounts.instruction(), &[closer]).fails(E::NotAssemblyCreator);
    }
    // Nor what is listed in it.
    world.list_product(0, product_params("Lending exploit")).ok();
    world.close_product(0).fails(E::NotPoolAuthority);
    world.fund("honest", HALF);
    world.deposit("honest", HALF).ok();
}

#[test]
fn t91_put_another_pool_in_the_place_of_one_that_somebody_read() {
    let mut world = World::lite();
    world.fund("honest", HALF);
    let (seen, deposit) = (world.seen(), world.deposit_accounts("honest"));
    // The founder closes the pool that honest read, and would put one there that lets nobody out for ninety days.
    let slow = PoolParams { exit_delay_days: 90, timelock: 92 * DAY, ..pool_params() };
    let create = world.create_pool_accounts(0).instruction(0, &slow, &ShareWords::NONE);
    let both = [world.close_pool_accounts().instruction(), create.clone()];
    world.send_all(&both, &["founder"]).fails_with(TAKEN);
    world.close_pool().ok();
    world.send(create, &["founder"]).fails_with(TAKEN);
    let before = world.balance("honest");
    world.send(deposit.instruction(HALF, 0, &seen), &["honest"]).fails_with(GONE);
    assert_eq!(world.balance("honest"), before);
}

#[test]
fn t91_put_another_court_in_the_place_of_one_that_somebody_read() {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    // Anyone who stakes is to be locked in for a year.
    let harsh = AssemblyParams { unstake_delay: 365 * DAY, overturn_slash_bps: 2_000, ..assembly_params() };
    let create = world.create_assembly_accounts().instruction(&harsh);
    let both = [world.close_assembly_accounts().instruction(), create.clone()];
    world.send_all(&both, &["founder"]).fails_with(TAKEN);
    world.close_assembly().ok();
    world.send(create, &["founder"]).fails_with(TAKEN);
    world.stake("vera", 600 * UNIT).fails_with(GONE);
    let tokens = world.tokens("vera", &world.governance());
    assert_eq!(world.balance_of(&tokens), 600 * UNIT);
}

#[test]
fn t91_take_the_court_from_under_a_pool() {
    let (mut world, incident) = reported();
    world.close_assembly().fails(E::AssemblyInUse);
    // Every juror would have to go first, and who voted cannot.
    let voter = world.close_voter_accounts("vera").voter;
    let staked = world.chain.read::<Voter>(&voter).staked().unwrap();
    world.request_unstake("vera", staked).fails(E::StakeLocked);
    world.close_voter("vera").fails(E::VoterInUse);
    accept(&mut world, 0, 0);
    world.collect_vote_reward("vera", &incident).ok();
    for (name, units) in [("vera", 600), ("walt", 300), ("xeno", 100)] {
        world.request_unstake(name, units * UNIT).ok();
    }
    world.pass_days(60);
    for name in ["vera", "walt", "xeno"] {
        world.unstake(name).ok();
        world.close_voter(name).ok();
    }
    // Nobody votes any more, and yet the pool's ballots have a court that says so.
    world.close_assembly().fails(E::AssemblyInUse);
    world.deposit("honest", UNIT).ok();
    let now = world.now();
    world.open_incident("opal", 0, 1, now).ok();
}

#[test]
fn t91_close_a_pool_before_those_who_left_are_paid() {
    let mut world = World::lite();
    world.fund("honest", HALF);
    world.fund("treasury", 0);
    world.deposit("honest", HALF).ok();
    let day = ask_for_all(&mut world, "honest", 0);
    world.close_pool().fails(E::PoolInUse);
    until_day(&mut world, day);
    world.pay_exits().ok();
    assert_eq!(world.read_pool().shares, 0, "nobody has shares any more");
    world.close_pool().fails(E::PoolInUse);
    assert_eq!(collect(&mut world, "honest", 0), HALF);
    world.close_epoch(0).ok();
    world.close_pool().ok();
    assert_eq!(world.balance("treasury"), 0);
}

#[test]
fn t91_close_a_pool_under_voters_who_are_not_released() {
    let (mut world, incident) = reported();
    accept(&mut world, 0, 0);
    world.collect_bond("opal", &incident).ok();
    world.close_incident("opal", &incident).ok();
    let policy = world.policy(0, "dora", 0);
    let release_day = world.chain.read::<Policy>(&policy).release_day;
    world.chain.set_now(release_day * DAY);
    world.close_policy(0, &policy).ok();
    for (id, name) in ["honest", "mallory"].into_iter().enumerate() {
        ask_for_all(&mut world, name, id as u64);
    }
    world.await_exits();
    world.pay_exits().ok();
    for (id, name) in ["honest", "mallory"].into_iter().enumerate() {
        collect(&mut world, name, id as u64);
    }
    world.close_epoch(0).ok();
    for index in 0..3 {
        world.remove_product(index).ok();
    }
    // All that is left is the ballot, and vera's stake, which it locks.
    world.fund("treasury", 0);
    world.close_pool().fails(E::PoolInUse);
    world.collect_vote_reward("vera", &incident).ok();
    world.close_pool().fails(E::PoolInUse);
    world.reclaim_ballot("opal", &incident).ok();
    world.close_pool().ok();
    world.request_unstake("vera", 600 * UNIT).ok();
}

#[test]
fn t91_close_a_product_under_a_claim_that_may_get_more() {
    // All of the capital is lost, and a part of the claims with it.
    let mut world = court();
    world.fund("emil", 500_000 * UNIT);
    let doras = insure(&mut world, 0, 2 * HALF - 100_000 * UNIT, 90);
    world.buy("emil", 1, 0, 2 * HALF - 100_000 * UNIT, 90).ok();
    world.pass_days(3);
    let incidents = [report(&mut world, 0, 0), report(&mut world, 1, 0)];
    let (incident, policy) = (incidents[1], world.policy(1, "emil", 0));
    file(&mut world, "dora", &doras, &incidents[0], 800_000 * UNIT).ok();
    file(&mut world, "emil", &policy, &incident, 800_000 * UNIT).ok();
    for index in 0..2 {
        decide(&mut world, index, 0);
    }
    for index in 0..2 {
        world.settle(index, 0).ok();
    }
    world.collect_bond("opal", &incident).ok();
    world.payout("emil", &policy, &incident).ok();
    let paid = world.chain.read::<Policy>(&policy);
    assert!(paid.paid < paid.claimed);
    world.delist(1);
    world.pass_days(1_000);
    world.close_policy(1, &policy).fails(E::ClaimUnpaid);
    world.close_incident("opal", &incident).fails(E::IncidentNotOver);
    world.close_product(1).fails(E::ProductInUse);
    world.remove_product(1).fails(E::ProductInUse);
    // What comes back reaches it years later.
    let short = paid.claimed - paid.paid;
    world.fund("trent", short);
    world.send(world.recover_accounts("trent", &incident).instruction(short), &["trent"]).ok();
    world.payout("emil", &policy, &incident).ok();
    let paid = world.chain.read::<Policy>(&policy);
    assert_eq!(paid.paid, paid.claimed);
}

#[test]
fn t91_close_the_account_of_a_voter_between_two_stakes() {
    let mut world = court();
    world.request_unstake("xeno", 100 * UNIT).ok();
    world.close_voter("xeno").fails(E::VoterInUse);
    world.pass_days(60);
    world.unstake("xeno").ok();
    let xeno = world.key("xeno");
    let before = world.chain.account(&xeno).unwrap().lamports;
    let voter = world.close_voter_accounts("xeno").voter;
    let rent = world.chain.account(&voter).unwrap().lamports;
    world.close_voter("xeno").ok();
    let after = world.chain.account(&xeno).unwrap().lamports;
    assert_eq!(after, before + rent - constants::CRANK_TIP, "what the next account costs, but for the tip");
    world.stake("xeno", 100 * UNIT).ok();
    world.close_voter("xeno").fails(E::VoterInUse);
}

#[test]
fn t91_sell_the_capacity_of_a_group_once_more() {
    let mut world = court();
    // Two products of one group, at its cap together; the first is over, and nobody rolled it.
    world.fund("emil", 500_000 * UNIT);
    insure(&mut world, 0, HALF, 30);
    let policy = world.policy(0, "dora", 0);
    let release_day = world.chain.read::<Policy>(&policy).release_day;
    world.delist(0);
    world.chain.set_now(release_day * DAY);
    world.close_policy(0, &policy).ok();
    world.buy("emil", 1, 0, HALF, 30).ok();
    assert_eq!(world.read_pool().group_active[0], 2 * HALF, "what the first covered counts until it is rolled");
    world.close_product(0).ok();
    assert_eq!(world.read_pool().group_active[0], HALF, "and no longer, and nothing of the second is lost");
    world.close_product(1).fails(E::ProductInUse);
    world.check_books();
}
