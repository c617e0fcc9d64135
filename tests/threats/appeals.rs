//! T23 and T24: what is final, and what an appeal changes.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT, pool_params};
use solana_instruction_error::InstructionError;

/// The runtime's error for an account that is not at the address that its seeds give.
const WRONG_SEEDS: InstructionError = InstructionError::InvalidSeeds;

/// A court that pays its voters, in which dora holds 200,000 of cover and has money for bonds.
fn paid_court() -> (Play, solana_address::Address) {
    let mut world = court_of(PoolParams { assessor_fee_bps: 1_000, ..pool_params() });
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    (world, policy)
}

#[test]
fn t23_reopen_a_settled_incident() {
    let (mut world, policy) = paid_court();
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("walt", &incident, 1).ok();
    world.vote("xeno", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    // Closed: no vote, no second count, no arbiter, and nothing is final yet.
    let late = |world: &mut Play, appeal: E| {
        world.vote("vera", &incident, 0).fails(E::VotingOver);
        world.close_ballot(&incident).fails(E::BallotClosed);
        world.arbitrate("arbiter", &incident, 0).fails(E::NotArbitrable);
        world.arbitrate("vera", &incident, 0).fails(E::NotArbiter);
        world.appeal("mallory", &incident).fails(appeal);
    };
    world.settle(0, 0).fails(E::AppealWindowOpen);
    world.pass_days(2);
    late(&mut world, E::AppealWindowOver);
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    let settled = snapshot(&mut world);
    late(&mut world, E::AppealWindowOver);
    world.settle(0, 0).fails(E::IncidentClosed);
    file(&mut world, "dora", &policy, &incident, UNIT).fails_with(TAKEN);
    world.dispute("mallory", &policy, &incident).fails(E::IncidentClosed);
    world.resolve_dispute(&policy, &incident).fails_with(GONE);
    let now = world.now();
    let again = world.open_incident_accounts("opal", 0, 0).instruction(&harness::incident_report(now));
    world.send(again, &["opal"]).fails_with(WRONG_SEEDS);
    assert!(snapshot(&mut world) == settled);

    // Nor once every account is closed: the addresses stay used up.
    world.payout("dora", &policy, &incident).ok();
    world.close_incident("opal", &incident).fails(E::IncidentNotOver);
    world.close_claim("dora", &policy, &incident).ok();
    world.collect_bond("opal", &incident).ok();
    world.reclaim_ballot("opal", &incident).fails(E::BallotNotOver);
    for voter in ["walt", "xeno"] {
        world.collect_vote_reward(voter, &incident).ok();
    }
    world.reclaim_ballot("opal", &incident).ok();
    world.close_incident("opal", &incident).ok();
    let closed = snapshot(&mut world);
    world.vote("vera", &incident, 0).fails_with(GONE);
    world.close_ballot(&incident).fails_with(GONE);
    world.appeal("mallory", &incident).fails_with(GONE);
    world.settle_decided(0, 0).fails_with(GONE);
    world.payout("dora", &policy, &incident).fails_with(GONE);
    file(&mut world, "dora", &policy, &incident, UNIT).fails_with(GONE);
    let again = world.open_incident_accounts("opal", 0, 0).instruction(&harness::incident_report(now));
    world.send(again, &["opal"]).fails_with(WRONG_SEEDS);
    assert!(snapshot(&mut world) == closed);
    assert_eq!((world.read_pool().rewards_reserved, world.read_pool().bonds), (0, 0));
    world.check_books();
}

#[test]
fn t23_reopen_what_the_arbiter_decided() {
    let (mut world, _) = paid_court();
    let incident = open(&mut world, 0, 0);
    for days in [3, 6] {
        world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    world.appeal("mallory", &incident).fails(E::NotAppealable);
    world.arbitrate("arbiter", &incident, 1).ok();
    world.arbitrate("arbiter", &incident, 0).fails(E::NotArbitrable);
    world.close_ballot(&incident).fails(E::BallotClosed);
    // For as long as a closed round it can be appealed.
    world.pass(2 * DAY - 1);
    world.settle(0, 0).fails(E::AppealWindowOpen);
    world.pass(1);
    world.arbitrate("arbiter", &incident, 0).fails(E::NotArbitrable);
    world.appeal("mallory", &incident).fails(E::AppealWindowOver);
    world.settle(0, 0).fails(E::FilingOpen);
    assert_eq!(tally(&mut world, &incident).state, 1);

    // Who lets the window pass cannot decide any more.
    let second = {
        world.fund("emil", 50_000 * UNIT);
        world.buy("emil", 1, 0, UNIT, 90).ok();
        open(&mut world, 1, 0)
    };
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&second).ok();
    }
    world.pass_days(2);
    world.arbitrate("arbiter", &second, 1).fails(E::AppealWindowOver);
    world.settle(1, 0).ok();
    world.arbitrate("arbiter", &second, 1).fails(E::AppealWindowOver);
    assert_eq!((case(&mut world, &second).state, case(&mut world, &second).bond_state), (2, 1));
}

#[test]
fn t23_appeal_twice() {
    let (mut world, _) = paid_court();
    world.fund("dora", 10_000 * UNIT);
    let incident = open(&mut world, 0, 0);
    world.vote("walt", &incident, 0).ok();
    world.appeal("dora", &incident).fails(E::BallotOpen);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass(2 * DAY - 1);
    world.settle(0, 0).fails(E::AppealWindowOpen);
    world.appeal("dora", &incident).ok();
    world.appeal("mallory", &incident).fails(E::BallotOpen);
    world.settle(0, 0).fails(E::BallotOpen);
    world.collect_appeal_bond("dora", &incident).fails(E::NothingDue);
    world.collect_vote_reward("walt", &incident).fails(E::BallotOpen);
    world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    // Too few voted: what was decided stands, at once and for good.
    assert_eq!(tally(&mut world, &incident).state, 2);
    world.arbitrate("arbiter", &incident, 1).fails(E::NotArbitrable);
    world.appeal("mallory", &incident).fails(E::NotAppealable);
    world.close_ballot(&incident).fails(E::BallotClosed);
    world.settle(0, 0).ok();
    world.collect_appeal_bond("dora", &incident).fails(E::NothingDue);
    world.collect_bond("opal", &incident).fails(E::NothingDue);
    assert_eq!(world.read_pool().bonds, 0, "both are lost: as many as must had voted, before the appeal");
    world.check_books();
}

#[test]
fn t23_reopen_a_decided_dispute() {
    let (mut world, policy) = paid_court();
    world.fund("emil", 50_000 * UNIT);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    let subject = claim_address(&incident, &policy);
    world.dispute("mallory", &policy, &incident).fails(E::IncidentUndecided);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("mallory", &policy, &incident).ok();
    for name in ["mallory", "emil"] {
        world.dispute(name, &policy, &incident).fails_with(TAKEN);
    }
    world.resolve_dispute(&policy, &incident).fails(E::BallotOpen);
    world.vote_at("vera", &subject, 14).ok();
    world.close_ballot(&subject).ok();
    world.resolve_dispute(&policy, &incident).fails(E::AppealWindowOpen);
    world.pass_days(2);
    let resolve = world.resolve_accounts(&policy, &incident).instruction();
    world.send_all(&[resolve.clone(), resolve.clone()], &[]).fails(E::NotDisputed);
    world.send(resolve.clone(), &[]).ok();
    let decided = snapshot(&mut world);
    world.send(resolve, &[]).fails(E::NotDisputed);
    for name in ["mallory", "emil"] {
        world.dispute(name, &policy, &incident).fails_with(TAKEN);
    }
    world.appeal("mallory", &subject).fails(E::AppealWindowOver);
    assert!(snapshot(&mut world) == decided);
    world.collect_dispute_bond("mallory", &policy, &incident).ok();
    world.collect_dispute_bond("mallory", &policy, &incident).fails(E::NothingDue);
    // Once its ballot is closed the address is free again, and still there is no second dispute.
    world.collect_vote_reward("vera", &subject).ok();
    world.reclaim_ballot("mallory", &subject).ok();
    world.dispute("emil", &policy, &incident).fails(E::NotDisputable);
    assert_eq!(claim_of(&mut world, &policy, &incident).amount, 190_000 * UNIT * 14 / 16);
    world.check_books();
}

#[test]
fn t24_lps_outvote_claimants() {
    let (mut world, policy) = paid_court();
    // Half a million of the pool is mallory's, and so is most of the stake that votes.
    seat(&mut world, &[("mallory", 500)]);
    world.pass_days(1);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
    world.vote("walt", &incident, 1).ok();
    world.vote("mallory", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    assert_eq!(tally(&mut world, &incident).state, 2, "500 against 300");

    // An appeal takes a bond of twice the incident's, and brings those who had not voted.
    let held = world.balance("dora");
    world.fund("paul", 2 * BOND - 1);
    world.appeal("paul", &incident).fails_with(TOO_LITTLE);
    world.appeal("dora", &incident).ok();
    assert_eq!(held - world.balance("dora"), 2 * BOND);
    world.vote("mallory", &incident, 0).ok();
    for juror in ["walt", "vera"] {
        world.vote(juror, &incident, 1).ok();
    }
    world.request_unstake("mallory", 1).fails(E::StakeLocked);
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.first_level, ballot.level, ballot.round), (1, 0, 16, 1));
    assert_eq!(weights(&ballot), (900 * UNIT, 500 * UNIT));

    // Mallory loses a twentieth of the stake, and gets no reward: she voted for what was overturned.
    let fund = world.read_pool().assessors;
    read_verdict(&mut world, &incident);
    let pot = tally(&mut world, &incident).reward_pot;
    assert_eq!(pot, fund.min(BOND / 2), "half of what was at stake, or what there is");
    for (juror, weight) in [("mallory", 0), ("walt", 300), ("vera", 600)] {
        let before = world.balance(juror);
        world.collect_vote_reward(juror, &incident).ok();
        assert_eq!(world.balance(juror) - before, pot * weight / 1_400, "{juror}");
    }
    assert_eq!(staked(&mut world, "mallory"), 475 * UNIT);
    assert_eq!((staked(&mut world, "walt"), staked(&mut world, "vera")), (300 * UNIT, 600 * UNIT));
    let assembly: Assembly = world.chain.read(&world.assembly());
    assert_eq!(assembly.slashed, 25 * UNIT);
    world.burn_slashed().ok();
    world.burn_slashed().fails(E::NothingDue);

    // The claimant is paid in full, and has the bonds back.
    world.collect_appeal_bond("dora", &incident).ok();
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.balance("dora") - held, 190_000 * UNIT + 1_900 * UNIT, "the loss and the claim's bond");
    world.collect_bond("opal", &incident).ok();
    world.reclaim_ballot("opal", &incident).ok();
    assert_eq!(world.read_pool().rewards_reserved, 0);
    world.check_books();
}

#[test]
fn t24_appeal_a_verdict_without_more_stakers() {
    for against in [false, true] {
        let (mut world, policy) = paid_court();
        // 250 of 1,250: enough for a first ballot and not for an appeal.
        seat(&mut world, &[("mallory", 250)]);
        world.pass_days(1);
        let incident = open(&mut world, 0, 0);
        file(&mut world, "dora", &policy, &incident, 200_000 * UNIT).ok();
        world.vote("walt", &incident, 1).ok();
        world.pass_days(3);
        world.close_ballot(&incident).ok();
        let held = world.balance("mallory");
        world.appeal("mallory", &incident).ok();
        if against {
            world.vote("mallory", &incident, 0).ok();
        }
        // Those who stay away count for what was decided: 300 against 250 of 500 that must vote.
        let days: &[u64] = if against { &[3] } else { &[3, 6] };
        for days in days {
            world.pass_days(*days);
            world.close_ballot(&incident).ok();
        }
        let ballot = tally(&mut world, &incident);
        assert_eq!((ballot.state, ballot.quorum_weight, ballot.final_at), (1, 500 * UNIT, world.now()));
        let before = world.read_pool();
        read_verdict(&mut world, &incident);
        let after = world.read_pool();
        // The bond is lost, half to the LPs over a week and half to the assessors; the claimant waits three days, or nine.
        world.collect_appeal_bond("mallory", &incident).fails(E::NothingDue);
        assert_eq!(held - world.balance("mallory"), 2 * BOND);
        assert_eq!(after.other_income - before.other_income, BOND);
        assert_eq!(after.assessors - before.assessors, BOND);
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        assert_eq!(world.read_pool().payable, 190_000 * UNIT);
        // What she gets as a voter of her own appeal, and as an LP of half the pool, is less than what it cost.
        if against {
            world.collect_vote_reward("mallory", &incident).ok();
        }
        let reward = world.balance("mallory") + 2 * BOND - held;
        let pot = tally(&mut world, &incident).reward_pot;
        assert!(pot <= BOND / 2 + BOND);
        assert_eq!(reward, if against { pot * 250 / 550 } else { 0 });
        assert!(reward + BOND / 2 < 2 * BOND);
        world.check_books();
    }
}

#[test]
fn t24_overturn_a_ballot_of_ones_own() {
    let params = PoolParams { assessor_fee_bps: 1_000, ..pool_params() };
    let mut world = court_of(params);
    cover(&mut world, "dora", 1, 900_000 * UNIT);
    for name in ["sam", "friend"] {
        world.fund(name, 100_000 * UNIT);
    }
    world.buy("sam", 0, 0, 100_000 * UNIT, 10).ok();
    seat(&mut world, &[("sam", 500), ("friend", 1_000)]);
    world.pass_days(1);
    let (incident, policy) = (open(&mut world, 0, 0), world.policy(0, "sam", 0));
    let purse = another_account(&mut world, "sam");
    file(&mut world, "sam", &policy, &incident, 100_000 * UNIT).ok();
    let held =
        [world.balance_of(&purse), world.balance("sam"), world.balance("friend")].iter().sum::<u64>() + 950 * UNIT;
    world.vote("friend", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("friend", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    world.vote("sam", &subject, 1).ok();
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.appeal("sam", &subject).ok();
    world.vote("friend", &subject, 0).ok();
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.resolve_dispute(&policy, &incident).ok();
    world.collect_dispute_bond("friend", &policy, &incident).ok();
    world.collect_appeal_bond("sam", &subject).ok();
    world.collect_vote_reward("sam", &subject).ok();
    world.collect_vote_reward("friend", &subject).ok();
    let ends = [world.balance_of(&purse), world.balance("sam"), world.balance("friend")].iter().sum::<u64>();
    let slashed = 500 * UNIT - staked(&mut world, "sam");
    println!("an overturned ballot of one's own: {} atoms, and {} units of stake", held - ends, slashed / UNIT);
    // Half of the claim's bond is the assessors', and half of that rewards the voters: a third of it is sam's share, and forfeited.
    let (half, pot) = (950 * UNIT / 2, 950 * UNIT / 4);
    assert_eq!((held - ends, slashed), (half - pot * 1_000 / 1_500, 25 * UNIT));
    world.reclaim_ballot("friend", &subject).ok();
    world.collect_vote_reward("friend", &incident).ok();
    world.reclaim_ballot("opal", &incident).ok();
    assert_eq!(world.read_pool().rewards_reserved, 0);
    world.check_books();
}
