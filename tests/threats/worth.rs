//! What the court is worth: nobody decides over more than there is of it, nobody brings it down, and nothing holds its stake for ever.

use crate::{
    court::*,
    payees::{freeze, give_freeze_authority},
    stage::*,
};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{UNIT, World, assembly_params, evidence, pool_params, trials::*};
use std::mem::offset_of;

/// A world with two LPs and these parameters, in which nobody has staked but vera, the day before.
fn without_court(params: PoolParams) -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    prepare(&mut world);
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    world.begin_sales();
    world
}

/// The eligible stake of the court now, atoms.
fn eligible(world: &mut Play) -> u64 {
    let now = world.now();
    world.read_assembly().stake_at(now).expect("it fits")
}

/// Nobody has staked: an attacker stakes one atom, buys, reports, votes and closes within a minute, for 949,751.
#[test]
fn t58_an_atom_of_stake_decides_over_everything() {
    // A pool without a floor of stake: it is as it says.
    let mut world = without_court(PoolParams { stake_floor: 0, ..pool_params() });
    let all = eligible(&mut world);
    world.request_unstake("vera", all).ok();
    world.fund("sam", 100_000 * UNIT);
    seat(&mut world, &[("sam", 1)]);
    world.buy("sam", 0, 0, 900_000 * UNIT, 60).ok();
    assert_eq!(eligible(&mut world), UNIT);

    // One with a floor sells nothing before as much stake is old enough, to the atom.
    let floor = 1_000 * UNIT;
    let mut world = without_court(PoolParams { stake_floor: floor, ..pool_params() });
    let all = eligible(&mut world);
    world.request_unstake("vera", all).ok();
    world.fund("sam", 100_000 * UNIT);
    world.quote(0, UNIT, 30).fails(E::CourtBelowFloor);
    seat(&mut world, &[("sam", 1)]);
    world.buy("sam", 0, 0, UNIT, 30).fails(E::CourtBelowFloor);
    world.quote(0, UNIT, 30).fails(E::CourtBelowFloor);
    for (name, units) in [("ann", 600), ("bob", 398)] {
        world.fund(name, 0);
        world.stake(name, units * UNIT).ok();
    }
    world.pass_days(2);
    world.buy("sam", 0, 0, UNIT, 30).fails(E::CourtBelowFloor);
    world.fund("cyd", 0);
    world.stake("cyd", UNIT - 1).ok();
    world.pass_days(2);
    world.buy("sam", 0, 0, UNIT, 30).fails(E::CourtBelowFloor);
    world.stake("cyd", 1).ok();
    // Too young to vote is too young to count.
    world.buy("sam", 0, 0, UNIT, 30).fails(E::CourtBelowFloor);
    world.pass_days(2);
    world.buy("sam", 0, 0, UNIT, 30).ok();
    // And an atom is no majority of it.
    world.pass_days(2);
    let incident = open(&mut world, 0, 0);
    world.vote("sam", &incident, 1).ok();
    world.close_ballot(&incident).fails(E::VotingOpen);
    world.check_books();
}

/// 1,001 of 2,001 staked units decide over 1,000,000. Where a pool says how much an atom of stake carries, no more is sold, to the atom,
/// whether a report is open or not.
#[test]
fn t58_a_small_court_decides_over_much() {
    // 50 units of cover for each unit of stake.
    let mut world = court_of(PoolParams { cover_per_stake: 50_000_000_000, ..pool_params() });
    assert_eq!(eligible(&mut world), 1_000 * UNIT);
    for name in ["dora", "emil"] {
        world.fund(name, 100_000 * UNIT);
    }
    assert_eq!(world.quote(0, UNIT, 30).ok().quote().capacity, 50_000 * UNIT);
    world.buy("dora", 0, 0, 50_000 * UNIT + 1, 30).fails(E::CourtCapacity);
    world.buy("dora", 0, 0, 20_000 * UNIT, 30).ok();
    world.buy("emil", 1, 0, 10_000 * UNIT, 30).ok();
    world.pass_days(3);
    // What is liened counts as well: the court decides on that, too.
    open(&mut world, 1, 0);
    assert_eq!(world.quote(0, UNIT, 30).ok().quote().capacity, 20_000 * UNIT);
    world.buy("emil", 0, 1, 20_000 * UNIT + 1, 30).fails(E::CourtCapacity);
    world.buy("emil", 0, 1, 20_000 * UNIT, 30).ok();
    world.quote(0, UNIT, 30).fails(E::CourtCapacity);
    // More stake carries more, once it is old enough; less carries no more, but what was sold goes on, and can be extended.
    world.fund("vera", 0);
    world.stake("vera", 100 * UNIT).ok();
    world.quote(0, UNIT, 30).fails(E::CourtCapacity);
    world.pass_days(2);
    assert_eq!(world.quote(0, UNIT, 30).ok().quote().capacity, 5_000 * UNIT);
    world.request_unstake("walt", 300 * UNIT).ok();
    world.quote(0, UNIT, 30).fails(E::CourtCapacity);
    let policy = world.policy(0, "dora", 0);
    world.extend("dora", 0, &policy, 30).ok();
    world.check_books();
}

/// Stake up to the floor, let cover be sold, and unstake: every incident failed for want of a quorum. Those who are left decide by a
/// majority, and never a crumb; nothing more is sold, and who holds cover goes without a fee.
#[test]
fn t74_stake_up_to_the_floor_and_unstake() {
    let floor = 1_000 * UNIT;
    let params = PoolParams { stake_floor: floor, ..pool_params() };
    let mut world = court_of(params);
    cover(&mut world, "dora", 0, 100_000 * UNIT);
    let emils = cover(&mut world, "emil", 1, 100_000 * UNIT);
    world.pass_days(3);
    let fee_of = |world: &Play| {
        let mut world = world.clone();
        let receipt = world.cancel("emil", 1, &emils).ok();
        let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
        event.fee
    };
    assert!(fee_of(&world) > 0);
    // Vera and walt, who have nine tenths of it, leave.
    for (name, units) in [("vera", 600), ("walt", 300)] {
        world.request_unstake(name, units * UNIT).ok();
    }
    assert_eq!((eligible(&mut world), fee_of(&world)), (100 * UNIT, 0));
    world.fund("fay", 100_000 * UNIT);
    world.buy("fay", 0, 0, UNIT, 30).fails(E::CourtBelowFloor);

    // A fifth of the floor must vote, but no more than there is: of the 100 that are left 51 decide.
    for (weight, state) in [(50, 2), (51, 1)] {
        let mut world = world.clone();
        seat_part(&mut world, weight);
        let incident = open(&mut world, 0, 0);
        let ballot = tally(&mut world, &incident);
        assert_eq!((ballot.eligible_weight, ballot.quorum_weight), (100 * UNIT, 100 * UNIT));
        world.vote("xeno", &incident, 1).ok();
        for days in [3, 6] {
            world.pass_days(days);
            world.close_ballot(&incident).ok();
        }
        assert_eq!(tally(&mut world, &incident).state, state, "{weight}");
    }
    // A crumb of ten units of it decides nothing: a quarter of what must vote at the floor has to be there.
    world.request_unstake("xeno", 90 * UNIT).ok();
    let incident = open(&mut world, 0, 0);
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.eligible_weight, ballot.quorum_weight), (10 * UNIT, 50 * UNIT));
    world.vote("xeno", &incident, 1).ok();
    world.close_ballot(&incident).fails(E::VotingOpen);
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.undecided), (2, 1));
    // It is the arbiter's, if there is one.
    world.arbitrate("arbiter", &incident, 1).ok();
    world.check_books();
}

/// Leaves xeno so many of his hundred units, and gives yann the rest.
fn seat_part(world: &mut Play, units: u64) {
    world.fund("yann", 0);
    world.stake("yann", (100 - units) * UNIT).ok();
    world.pass_days(2);
    world.request_unstake("xeno", (100 - units) * UNIT).ok();
}

/// A floor that rises makes every report fail, one that falls leaves a crumb to decide. A product that covers something keeps its own; its
/// holders go without a fee, and buyers have to read of it.
#[test]
fn t72_move_the_floor_under_those_who_are_covered() {
    for stake_floor in [10_000_000 * UNIT, 1] {
        let mut world = court_of(PoolParams { stake_floor: 900 * UNIT, ..pool_params() });
        cover(&mut world, "dora", 0, 100_000 * UNIT);
        let emils = cover(&mut world, "emil", 1, 100_000 * UNIT);
        let terms = world.quote(0, UNIT, 30).ok().quote().terms;
        let id = world.next_change();
        world.propose(&Proposal::StakeFloor { stake_floor }, None).ok();
        let applies_at = world.read_change(id).applies_at;
        world.wait_until(applies_at);
        world.apply(id, None).ok();
        assert_eq!((world.read_pool().stake_floor, world.read_product(0).stake_floor), (stake_floor, 900 * UNIT));
        assert_eq!(world.quote(0, UNIT, 30).ok().quote().terms, terms + 1);
        let receipt = world.cancel("emil", 1, &emils).ok();
        let Event::CoverCancelled(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!(event.fee, 0);
        let incident = open(&mut world, 0, 0);
        let ballot = tally(&mut world, &incident);
        assert_eq!((case(&mut world, &incident).stake_floor, ballot.quorum_weight), (900 * UNIT, 200 * UNIT));
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        assert_eq!(tally(&mut world, &incident).state, 1);
        world.check_books();
    }
}

/// A friend disputed "an atom less" right after filing, and so fixed who may vote before the vote: −9,748 without, 954,501 with. Nobody can
/// dispute before the verdict; votes are taken from the dispute on, and count the stake that is old enough then.
#[test]
fn t57_fix_who_may_vote_before_the_vote() {
    let mut world = court();
    let policy = cover(&mut world, "sam", 0, 900_000 * UNIT);
    world.fund("friend", 50_000 * UNIT);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "sam", &policy, &incident, 900_000 * UNIT).ok();
    world.dispute("friend", &policy, &incident).fails(E::IncidentUndecided);
    // More stake comes as the case is heard of.
    seat(&mut world, &[("ann", 3_000)]);
    world.dispute("friend", &policy, &incident).fails(E::IncidentUndecided);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("friend", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    let ballot = tally(&mut world, &subject);
    assert_eq!((ballot.eligible_weight, ballot.opens_at), (4_000 * UNIT, world.now()));
    world.vote("vera", &subject, 1).ok();
    world.vote_at("ann", &subject, 0).ok();
    world.close_ballot(&subject).ok();
    assert_eq!(tally(&mut world, &subject).level, 0);
    world.check_books();
}

/// A frozen vault, a pool whose books do not add up any more, or one that nobody reads kept voters' stake locked for ever: a thousand days.
#[test]
fn t59_keep_the_stake_of_voters_locked() {
    for kind in 0..3 {
        let mut world = court();
        give_freeze_authority(&mut world);
        cover(&mut world, "dora", 0, 100_000 * UNIT);
        world.pass_days(3);
        let incident = open(&mut world, 0, 0);
        world.vote("vera", &incident, 1).ok();
        world.request_unstake("vera", 1).fails(E::StakeLocked);
        world.close_ballot(&incident).ok();
        world.pass_days(2);
        match kind {
            // Nobody can be paid.
            0 => {
                world.decide(0, 0).ok();
                let vault = vault_address(&world.pool());
                freeze(&mut world, &vault);
                world.collect_vote_reward("vera", &incident).result.unwrap_err();
                world.release_vote("vera", &incident).ok();
            }
            // The verdict can never be read.
            1 => {
                let pool = world.pool();
                edit(&mut world, &pool, offset_of!(Pool, unearned), &0_u64.to_le_bytes());
                world.decide(0, 0).fails(E::MathOverflow);
                world.collect_vote_reward("vera", &incident).ok();
            }
            // Nobody reads it.
            _ => {
                world.release_vote("vera", &incident).ok();
            }
        }
        world.request_unstake("vera", 600 * UNIT).ok();
        world.pass_days(60);
        world.unstake("vera").ok();
    }
}

/// Four unvoted reports made the dispute of a false claim of 5,000 cost 1,600, to win 25. Claims and their disputes go by the product's own
/// bond, whatever was reported.
#[test]
fn t61_make_disputes_dear_by_reports() {
    let mut world = court();
    let policy = cover(&mut world, "sam", 0, 100_000 * UNIT);
    for name in ["opal", "watcher"] {
        world.fund(name, 100_000 * UNIT);
    }
    world.pass_days(3);
    for nth in 0..4 {
        open(&mut world, 0, nth);
    }
    let incident = open(&mut world, 0, 4);
    assert_eq!(case(&mut world, &incident).bond, 16 * BOND, "another report is dear");
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    file(&mut world, "sam", &policy, &incident, 10_000 * UNIT).ok();
    let claim = claim_of(&mut world, &policy, &incident);
    assert_eq!((claim.amount, claim.bond, claim.dispute_bond), (5_000 * UNIT, BOND / 10, BOND / 10));
    let held = world.balance("watcher");
    world.dispute("watcher", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    world.vote("vera", &subject, 0).ok();
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    world.collect_dispute_bond("watcher", &policy, &incident).ok();
    println!("a false claim of 5,000: disputed for {}, to win {}", BOND / 10 / UNIT, BOND / 20 / UNIT);
    assert_eq!(world.balance("watcher") - held, BOND / 20);
    world.check_books();
}

/// File at second zero, so that windows end before anyone looks; have a friend dispute at once, and that decided while nobody is paid for
/// voting; dispute a claim of one's own.
#[test]
fn t79_file_and_dispute_before_anyone_looks() {
    let mut world = court();
    let policy = cover(&mut world, "sam", 0, 100_000 * UNIT);
    for name in ["friend", "watcher"] {
        world.fund(name, 10_000 * UNIT);
    }
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "sam", &policy, &incident, 100_000 * UNIT).ok();
    let filed = claim_of(&mut world, &policy, &incident);
    world.dispute("friend", &policy, &incident).fails(E::IncidentUndecided);
    // The ballot takes a while, and the appeal; nobody reads it for a week.
    world.vote("walt", &incident, 1).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.pass_days(9);
    assert!(world.now() > filed.disputes_end_at + 8 * DAY, "her own window is long over");
    world.decide(0, 0).ok();
    world.pass(DAY - 1);
    let held = world.balance("watcher");
    let mut later = world.clone();
    later.pass(1);
    later.dispute("watcher", &policy, &incident).fails(E::DisputeWindowOver);
    world.dispute("watcher", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    world.vote("vera", &subject, 0).ok();
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    world.collect_dispute_bond("watcher", &policy, &incident).ok();
    assert_eq!(world.balance("watcher") - held, 475 * UNIT);
    // What a voter gets is known to come of what was lost: nobody votes for nothing.
    world.collect_vote_reward("vera", &subject).ok();
    let reward = tally(&mut world, &subject).reward_pot;
    assert_eq!(reward, 950 * UNIT / 4);
    world.check_books();
}

/// Where too few voted and the report passed, the missing votes of an appeal counted for what it said: 140 for and 200 against, of 520 that
/// must vote, passed. Where nobody was heard, what those say who come weighs as much as what was said.
#[test]
fn t56_a_few_votes_carry_a_report_through_its_appeal() {
    let mut world = court();
    cover(&mut world, "dora", 0, 100_000 * UNIT);
    seat(&mut world, &[("ann", 140), ("bob", 200)]);
    let incident = open(&mut world, 0, 0);
    assert_eq!(tally(&mut world, &incident).quorum_weight, 268 * UNIT);
    world.vote("ann", &incident, 1).ok();
    for days in [3, 6] {
        world.pass_days(days);
        world.close_ballot(&incident).ok();
    }
    let ballot = tally(&mut world, &incident);
    assert_eq!((ballot.state, ballot.heard, ballot.undecided), (1, 0, 0));
    world.appeal("mallory", &incident).ok();
    assert_eq!(tally(&mut world, &incident).quorum_weight, 268 * UNIT);
    // Nobody overturns it by staying away.
    let mut empty = world.clone();
    for days in [3, 6] {
        empty.pass_days(days);
        empty.close_ballot(&incident).ok();
    }
    assert_eq!(tally(&mut empty, &incident).state, 1);
    world.vote("bob", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    let ballot = tally(&mut world, &incident);
    assert_eq!((weights(&ballot), ballot.state), ((140 * UNIT, 200 * UNIT), 2));
    world.check_books();
}

/// A threshold of nine tenths protects what holds without a vote. Of a claim that is the claim itself: a tenth of the votes cut it.
#[test]
fn t56_a_threshold_that_counts_against_the_claim() {
    let mut world = World::lite_bare();
    world.create_assembly(AssemblyParams { threshold_bps: 9_000, ..assembly_params() }).ok();
    world.create_pool(0, pool_params()).ok();
    prepare(&mut world);
    world.deposit("honest", HALF).ok();
    world.deposit("mallory", HALF).ok();
    world.begin_sales();
    world.fund("vera", 0);
    seat(&mut world, &[("walt", 300), ("xeno", 100)]);
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    assert_eq!(tally(&mut world, &incident).threshold_bps, 9_000);
    for name in ["vera", "walt", "xeno"] {
        world.vote(name, &incident, 1).ok();
    }
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
    world.dispute("mallory", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    assert_eq!(tally(&mut world, &subject).threshold_bps, 5_000);
    for (name, side) in [("vera", 1), ("walt", 0), ("xeno", 0)] {
        world.vote(name, &subject, side).ok();
    }
    world.close_ballot(&subject).ok();
    assert_eq!(tally(&mut world, &subject).level, 16);
}

/// What a petition pays its voters was in the fund from the start: another ballot's reading, or the limit of the fund, took it before.
#[test]
fn t62_take_what_a_petition_pays_its_voters() {
    const PAID: u64 = 40 * UNIT;
    let params = PoolParams { vote_reward: PAID, assessor_fee_bps: 0, assessors_limit: 0, ..pool_params() };
    let mut world = court_of(params);
    cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.fund("vera", 1_000 * UNIT);
    world.pass_days(3);
    let id = world.next_change();
    world.petition("vera", &Proposal::Delist, Some(1)).ok();
    world.vote("walt", &world.change(id), 1).ok();
    let pool = world.read_pool();
    assert_eq!((pool.assessors, pool.bonds), (0, 4 * PAID));
    // Neither the fund's limit nor a report that was accepted takes anything of it.
    let incident = open(&mut world, 0, 0);
    world.absorb_surplus().result.unwrap_err();
    world.vote("walt", &incident, 1).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    assert_eq!(tally(&mut world, &incident).reward_pot, 0);
    let subject = world.change(id);
    world.pass_days(3);
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.queue(id).ok();
    let held = world.balance("walt");
    world.collect_vote_reward("walt", &subject).ok();
    assert_eq!(world.balance("walt") - held, PAID);
    world.check_books();
}

/// Evidence is an event: anyone says what they know, of what the program has, and nothing is stored or paid.
#[test]
fn t79_evidence_costs_nothing_and_moves_nothing() {
    let mut world = court();
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    let before = snapshot(&mut world);
    let receipt = world.attach_evidence("mallory", &incident).ok();
    let Event::EvidenceAttached(event) = only_event(&receipt) else { panic!("another event") };
    let mut uri = [0; 128];
    uri[..29].copy_from_slice(b"https://example.org/evidence\0");
    assert_eq!((event.subject, event.author), (incident, world.key("mallory")));
    assert_eq!((event.evidence_hash, event.evidence_uri), ([7; 32], uri));
    for subject in [ballot_address(&incident), policy, world.pool()] {
        world.attach_evidence("mallory", &subject).ok();
    }
    for subject in [world.key("mallory"), world.asset(), ballot_address(&policy)] {
        world.attach_evidence("mallory", &subject).fails(E::BadSubject);
    }
    let long = Evidence { evidence_uri: "x".repeat(129), ..evidence() };
    let accounts = AttachEvidence { author: world.key("mallory"), subject: incident };
    world.send(accounts.instruction(&long), &["mallory"]).fails(E::TextTooLong);
    assert!(snapshot(&mut world) == before);
}
