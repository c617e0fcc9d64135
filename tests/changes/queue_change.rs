//! `queue_change`: the final ballot on a change queues or refuses it.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::UNIT;

/// A change of the fees that vera has put to a ballot, decided and final; the books are accrued.
fn ripe(side: Option<u8>) -> Play {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    final_by(&mut world, 0, side);
    world.roll_product(0).ok();
    world
}

#[test]
fn a_change_that_passed_waits_from_now_on() {
    let mut world = ripe(Some(FOR));
    // It waits from when it is queued, whenever the ballot ended.
    world.pass_days(5);
    world.roll_product(0).ok();
    let (before, change, ballot) = (world.read_pool(), world.read_change(0), ballot_of(&mut world, 0));
    let address = world.change(0);
    let (now, caller, tips) = (world.now(), purse(&mut world, "guardian"), lamports(&mut world, &address));
    let receipt = world.queue(0).ok();

    let (applies_at, exits_until) = (now + TIMELOCK, now + TIMELOCK - 8 * DAY);
    assert_eq!(
        world.read_change(0),
        Change { state: 1, bond_state: 1, tips: 0, number: 1, queued_at: now, applies_at, exits_until, ..change }
    );
    assert_eq!(ballot_of(&mut world, 0), Ballot { executed: 1, reward_left: REWARD, ..ballot });
    let raises = !matches!(Proposal::from_bytes(&change.proposal), Ok(Proposal::Delist));
    let exits_awaited_until = if raises { exits_until } else { 0 };
    let (awaiting_changes, terms) = (raises.into(), before.terms + 1);
    // The bond is due, and still among the bonds. Those who voted are paid by the one who called them.
    let (bonds, assessors) = (before.bonds - REWARD, before.assessors + REWARD);
    let rewards_reserved = before.rewards_reserved + REWARD;
    let paid = Pool { bonds, assessors, rewards_reserved, ..before };
    let queued = Pool { terms, queued_count: 1, exits_awaited_until, awaiting_changes, ..paid };
    assert_eq!(world.read_pool(), queued);
    assert_eq!((purse(&mut world, "guardian"), lamports(&mut world, &address)), (caller + TIP, tips - TIP));
    let event = ChangeDecided {
        pool: world.pool(),
        change: address,
        state: 1,
        bond_state: 1,
        applies_at,
        earned: 0,
        books: books(&queued),
    };
    assert_eq!(only_event(&receipt), Event::ChangeDecided(event));
    world.check_books();
}

#[test]
fn a_change_that_failed_costs_its_bond() {
    let mut world = ripe(Some(AGAINST));
    let (before, change, held) = (world.read_pool(), world.read_change(0), world.vault_balance());
    let shares = world.share_supply();
    let receipt = world.queue(0).ok();
    assert_eq!(world.read_change(0), Change { state: 3, bond_state: 3, tips: 0, ..change });
    let after = world.read_pool();
    let (bonds, assessors) = (before.bonds - BOND - REWARD, before.assessors + BOND - BOND / 2 + REWARD);
    let rewards_reserved = before.rewards_reserved + REWARD;
    assert_eq!(after, streaming(Pool { bonds, assessors, rewards_reserved, ..before }, BOND / 2));
    assert_eq!((world.vault_balance(), world.share_supply()), (held, shares));
    let Event::ChangeDecided(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.state, event.bond_state, event.applies_at, event.books), (3, 3, 0, books(&after)));
    world.check_books();
    world.apply(0, None).fails(E::ChangeNotQueued);
}

#[test]
fn a_change_that_nobody_decided_is_refused_and_its_bond_goes_back() {
    let mut world = ripe(None);
    let (before, change) = (world.read_pool(), world.read_change(0));
    let receipt = world.queue(0).ok();
    assert_eq!(world.read_change(0), Change { state: 3, bond_state: 1, tips: 0, ..change });
    // For those who voted there would be a quarter; what nobody takes is free again with the ballot's account.
    let (bonds, assessors) = (before.bonds - REWARD, before.assessors + REWARD);
    let rewards_reserved = before.rewards_reserved + REWARD / 4;
    assert_eq!(world.read_pool(), Pool { bonds, assessors, rewards_reserved, ..before });
    let Event::ChangeDecided(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.state, event.bond_state, event.applies_at), (3, 1, 0));
    world.apply(0, None).fails(E::ChangeNotQueued);
}

/// Walt alone votes on it, with so much of the 200 units that must: it passes with more than half of them, and its bond is lost only
/// where enough voted and it did not pass.
#[test]
fn a_bond_is_lost_where_enough_voted_and_it_did_not_pass() {
    let quorum = 200 * UNIT;
    for (side, weight, state, bond_state) in
        [(AGAINST, quorum, 3, 3), (AGAINST, quorum - 1, 3, 1), (FOR, quorum / 2, 3, 1), (FOR, quorum / 2 + 1, 1, 1)]
    {
        let mut world = stage();
        petitioned(&mut world, &FEE, None);
        let change = world.change(0);
        world.request_unstake("walt", 400 * UNIT - weight).ok();
        world.vote("walt", &change, side).ok();
        world.pass_days(3);
        world.close_ballot(&change).ok();
        if weight < quorum {
            world.pass_days(6);
            world.close_ballot(&change).ok();
        }
        let final_at = ballot_of(&mut world, 0).final_at;
        move_to(&mut world, final_at);
        world.queue(0).ok();
        let found = world.read_change(0);
        assert_eq!((found.state, found.bond_state), (state, bond_state), "{side} {weight}");
        let pot = if weight < quorum { REWARD / 4 } else { REWARD };
        assert_eq!(ballot_of(&mut world, 0).reward_pot, pot);
        let balance = world.balance("walt");
        world.collect_vote_reward("walt", &change).ok();
        let paid = u128::from(pot) * u128::from(weight) / u128::from(quorum);
        assert_eq!(u128::from(world.balance("walt") - balance), paid);
        world.check_books();
    }
}

/// The pool's arbiter decides what nobody decided about losses, never what the pool is.
#[test]
fn no_arbiter_decides() {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    assert_eq!(ballot_of(&mut world, 0).arbiter, NOBODY);
    decided(&mut world, 0, None);
    let change = world.change(0);
    world.give_lamports("arbiter");
    for side in [FOR, AGAINST] {
        world.arbitrate("arbiter", &change, side).fails(E::NotArbiter);
    }
    let final_at = ballot_of(&mut world, 0).final_at;
    move_to(&mut world, final_at);
    world.queue(0).ok();
    assert_eq!(world.read_change(0).state, 3);
    world.check_books();
}

#[test]
fn an_appeal_decides_otherwise() {
    for (first, second, state, bond_state) in [(FOR, AGAINST, 3, 3), (AGAINST, FOR, 1, 1)] {
        let mut world = stage();
        petitioned(&mut world, &FEE, None);
        decided(&mut world, 0, Some(first));
        let change = world.change(0);
        let paid = world.balance("walt");
        world.appeal("walt", &change).ok();
        assert_eq!(world.balance("walt"), paid - 2 * BOND);
        world.queue(0).fails(E::BallotOpen);
        for name in ["vera", "walt"] {
            world.vote(name, &change, second).ok();
        }
        world.pass_days(6);
        world.close_ballot(&change).ok();
        world.queue(0).ok();
        let found = world.read_change(0);
        assert_eq!((found.state, found.bond_state), (state, bond_state));
        world.collect_appeal_bond("walt", &change).ok();
        assert_eq!(world.balance("walt"), paid);
        world.check_books();
    }
}

#[test]
fn it_waits_for_the_ballot_to_the_second() {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    world.queue(0).fails(E::BallotOpen);
    decided(&mut world, 0, Some(FOR));
    let closed_at = world.now();
    world.queue(0).fails(E::AppealWindowOpen);
    move_to(&mut world, closed_at + 2 * DAY - 1);
    world.queue(0).fails(E::AppealWindowOpen);
    world.pass(1);
    world.queue(0).ok();
    world.queue(0).fails(E::ChangeNotProposed);
    world.pass_days(9);
    world.apply(0, None).ok();
    world.queue(0).fails(E::ChangeNotProposed);
}

#[test]
fn a_change_is_not_applied_before_its_ballot_is_read() {
    let mut world = stage();
    petitioned(&mut world, &FEE, None);
    world.apply(0, None).fails(E::ChangeNotQueued);
    final_by(&mut world, 0, Some(FOR));
    world.pass_days(20);
    world.apply(0, None).fails(E::ChangeNotQueued);
}

#[test]
fn its_voters_are_rewarded_and_its_ballot_is_closed() {
    let mut world = ripe(Some(FOR));
    let change = world.change(0);
    world.reclaim_ballot("vera", &change).fails(E::BallotNotOver);
    world.queue(0).ok();
    world.reclaim_ballot("vera", &change).fails(E::BallotNotOver);
    let balance = world.balance("vera");
    world.collect_vote_reward("vera", &change).ok();
    assert_eq!(world.balance("vera"), balance + REWARD);
    world.reclaim_ballot("vera", &change).ok();
    assert!(REWARD > 20 * UNIT && world.read_pool().rewards_reserved == 0);
    // The change goes its way without it.
    world.pass_days(9);
    world.apply(0, None).ok();
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = ripe(Some(FOR));
    let second = second_pool(&mut world);
    petitioned(&mut world, &Proposal::Delist, Some(0));
    let of_authority = queued(&mut world, &Proposal::Delist, Some(0));
    let accounts = world.queue_accounts(0);
    let (pool, own) = (world.pool(), world.product(0));
    let [forged_pool, forged_change, forged_ballot] =
        [pool, accounts.change, accounts.ballot].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (1, second, error(E::WrongPool)),
        (1, own, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, world.change(1), error(E::WrongBallot)),
        // What the authority queued has no ballot.
        (2, world.change(of_authority), error(E::WrongBallot)),
        (2, accounts.ballot, DUPLICATE),
        (2, own, OTHER_TYPE),
        (2, forged_change, NOT_OURS),
        (3, ballot_address(&world.change(1)), error(E::WrongBallot)),
        (3, own, OTHER_TYPE),
        (3, forged_ballot, NOT_OURS),
        (4, vault_address(&second), error(E::WrongVault)),
        (4, exit_escrow_address(&pool, 0), error(E::WrongVault)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
