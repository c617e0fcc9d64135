//! `reclaim_ballot`: a ballot that is over gives back its rent and what it had reserved.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT};

fn accounts(world: &Play, rent_payer: &str, subject: &solana_address::Address) -> ReclaimBallot {
    let ballot = ballot_address(subject);
    ReclaimBallot { caller: world.key("guardian"), pool: world.pool(), ballot, rent_payer: world.key(rent_payer) }
}

/// A rejected incident whose votes are released but for walt's.
fn nearly_over() -> (Play, Case) {
    let (mut world, case) = filed();
    world.vote("walt", &case.incident, FOR).ok();
    settle(&mut world, 0, Some(AGAINST));
    world.collect_vote_reward("vera", &case.incident).ok();
    (world, case)
}

/// The same with walt's.
fn over() -> (Play, Case) {
    let (mut world, case) = nearly_over();
    world.collect_vote_reward("walt", &case.incident).ok();
    (world, case)
}

#[test]
fn it_gives_the_rent_back() {
    let (mut world, case) = over();
    let address = ballot_address(&case.incident);
    let (pool, held, rent) = (world.read_pool(), world.vault_balance(), lamports(&mut world, &address));
    let purses = [purse(&mut world, "opal"), purse(&mut world, "guardian")];
    let receipt = world.reclaim_ballot("opal", &case.incident).ok();
    assert!(world.chain.account(&address).is_none());
    // Four tips of the five set aside were not needed and go back with the rent.
    assert_eq!([purse(&mut world, "opal"), purse(&mut world, "guardian")], [purses[0] + rent - TIP, purses[1] + TIP]);
    let children = pool.children - 1;
    assert_eq!((world.read_pool(), world.vault_balance()), (Pool { children, ..pool }, held));
    let event = BallotReclaimed { ballot: address, unreserved: 0 };
    assert_eq!(only_event(&receipt), Event::BallotReclaimed(event));
    world.check_books();
    world.reclaim_ballot("opal", &case.incident).fails_with(TOO_SMALL);
}

#[test]
fn what_nobody_was_paid_is_free_again() {
    // Nobody voted: all of the pot, which is a quarter of what as many as must would have shared.
    let (mut world, case) = filed();
    settle(&mut world, 0, None);
    let before = world.read_pool();
    assert_eq!(before.rewards_reserved, REWARD / 4);
    let receipt = world.reclaim_ballot("opal", &case.incident).ok();
    assert_eq!(world.read_pool(), Pool { rewards_reserved: 0, children: before.children - 1, ..before });
    let Event::BallotReclaimed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.unreserved, REWARD / 4);

    // All voted, xena in the appeal alone: what the roundings leave.
    let mut world = insured();
    world.fund("xena", 0);
    world.stake("xena", 100 * UNIT + 1).ok();
    world.pass_days(3);
    let case = open_case(&mut world, 0, "dora", LOSS);
    world.vote("walt", &case.incident, FOR).ok();
    decide(&mut world, &case.incident, Some(FOR));
    world.appeal("pia", &case.incident).ok();
    world.vote("xena", &case.incident, AGAINST).ok();
    world.pass_days(3);
    world.close_ballot(&case.incident).ok();
    conclude(&mut world, 0);
    let pot = ballot_on(&mut world, &case.incident).reward_pot;
    assert_eq!(pot, REWARD + BOND, "of the incident's bond, and of the appeal's");
    let mut left = pot;
    for (name, weight) in [("vera", 600 * UNIT), ("walt", 400 * UNIT), ("xena", 100 * UNIT + 1)] {
        world.collect_vote_reward(name, &case.incident).ok();
        let paid = u128::from(pot) * u128::from(weight) / u128::from(1_100 * UNIT + 1);
        assert_eq!(u128::from(world.balance(name)), paid, "{name}");
        left -= world.balance(name);
    }
    assert!(0 < left && left < 3, "{left}");
    assert_eq!(world.read_pool().rewards_reserved, left);
    let receipt = world.reclaim_ballot("opal", &case.incident).ok();
    let Event::BallotReclaimed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.unreserved, world.read_pool().rewards_reserved), (left, 0));
    world.check_books();
}

#[test]
fn a_disputes_ballot_goes_back_to_its_disputer() {
    let (mut world, case) = disputed();
    world.vote_at("walt", &case.claim, 3).ok();
    finish_at(&mut world, &case.claim, Some(NINE));
    world.reclaim_ballot("ines", &case.claim).fails(E::BallotNotOver);
    world.resolve_dispute(&case.policy, &case.incident).ok();
    let reserved = world.read_pool().rewards_reserved;
    for name in ["vera", "walt"] {
        world.reclaim_ballot("ines", &case.claim).fails(E::BallotNotOver);
        world.collect_vote_reward(name, &case.claim).ok();
    }
    world.reclaim_ballot("juno", &case.claim).fails(E::WrongRentPayer);
    world.reclaim_ballot("ines", &case.claim).ok();
    assert_eq!(world.read_pool().rewards_reserved, reserved - POT, "the incident's is left");
    world.collect_dispute_bond("ines", &case.policy, &case.incident).ok();
}

#[test]
fn it_must_be_final_read_and_released() {
    let (mut world, case) = filed();
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotOpen);
    decide(&mut world, &case.incident, Some(AGAINST));
    world.reclaim_ballot("opal", &case.incident).fails(E::AppealWindowOpen);
    let final_at = ballot_on(&mut world, &case.incident).final_at;
    world.chain.set_now(final_at - 1);
    world.reclaim_ballot("opal", &case.incident).fails(E::AppealWindowOpen);
    world.pass(1);
    // Its incident has not read it.
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotNotOver);
    world.settle(0, 0).ok();
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotNotOver);
    world.collect_vote_reward("vera", &case.incident).ok();
    world.reclaim_ballot("opal", &case.incident).ok();

    let (mut world, case) = nearly_over();
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotNotOver);
    world.collect_vote_reward("walt", &case.incident).ok();
    world.reclaim_ballot("opal", &case.incident).ok();
}

#[test]
fn it_must_not_hold_an_appeals_bond() {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    world.settle(0, 0).ok();
    for name in ["vera", "walt"] {
        world.collect_vote_reward(name, &case.incident).ok();
    }
    world.reclaim_ballot("opal", &case.incident).fails(E::BallotNotOver);
    world.collect_appeal_bond("pia", &case.incident).ok();
    let before = world.read_pool();
    world.reclaim_ballot("opal", &case.incident).ok();
    assert_eq!(world.read_pool(), Pool { children: before.children - 1, ..before });
    assert_eq!((before.rewards_reserved, before.bonds), (0, CLAIM_BOND), "vera's part of the pot is free by now");
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    settle(&mut world, 0, Some(AGAINST));
    world.collect_vote_reward("vera", &case.incident).ok();
    let accounts = accounts(&world, "opal", &case.incident);
    let [forged_pool, forged_ballot] = [case.pool, accounts.ballot].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction();
    let rows = [
        (0, accounts.ballot, DUPLICATE),
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, TOO_SMALL),
        (1, forged_pool, NOT_OURS),
        (2, ballot_address(&other.incident), error(E::WrongPool)),
        (2, case.incident, OTHER_TYPE),
        (2, forged_ballot, NOT_OURS),
        (3, world.key("guardian"), error(E::WrongRentPayer)),
        (3, world.key("dora"), error(E::WrongRentPayer)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 2, 3]);
    // The caller may be the one who paid the rent.
    let (before, rent) = (purse(&mut world, "opal"), lamports(&mut world, &accounts.ballot));
    world.send(ReclaimBallot { caller: accounts.rent_payer, ..accounts }.instruction(), &[]).ok();
    assert_eq!(purse(&mut world, "opal"), before + rent);
}
