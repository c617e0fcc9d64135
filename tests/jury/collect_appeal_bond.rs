//! `collect_appeal_bond`: an appeal that changed the outcome gets its bond back, any other loses it.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::Chain;

/// Pia's appeal of what vera decided, in which this side won, or too few voted.
fn after_appeal(first: u8, second: Option<u8>) -> (Play, Case) {
    let (mut world, case) = filed();
    decide(&mut world, &case.incident, Some(first));
    appealed(&mut world, &case.incident, second);
    (world, case)
}

#[test]
fn an_appeal_that_changed_the_outcome_gets_it_back() {
    for first in [FOR, AGAINST] {
        let (mut world, case) = after_appeal(first, Some(1 - first));
        touch(&mut world);
        let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
        let (balance, held) = (world.balance("pia"), world.vault_balance());
        // Nobody but the bank signs: anyone may.
        let receipt = world.collect_appeal_bond("pia", &case.incident).ok();

        let bond = 2 * BOND;
        assert_eq!(ballot_on(&mut world, &case.incident), Ballot { appeal_bond_state: 2, ..before });
        let pool = world.read_pool();
        assert_eq!(pool, Pool { bonds: pool_before.bonds - bond, ..pool_before });
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance + bond, held - bond));
        let event = AppealBondCollected {
            ballot: ballot_address(&case.incident),
            appellant: world.key("pia"),
            bond,
            returned: 1,
            earned: 0,
            books: books(&pool),
        };
        assert_eq!(only_event(&receipt), Event::AppealBondCollected(event));
        world.check_books();
    }
}

#[test]
fn any_other_is_shared_out() {
    for (first, second) in [(FOR, Some(FOR)), (AGAINST, Some(AGAINST)), (FOR, None), (AGAINST, None)] {
        let (mut world, case) = after_appeal(first, second);
        touch(&mut world);
        let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
        let (balance, held, share_supply) = (world.balance("pia"), world.vault_balance(), world.share_supply());
        let receipt = world.collect_appeal_bond("pia", &case.incident).ok();

        assert_eq!(ballot_on(&mut world, &case.incident), Ballot { appeal_bond_state: 2, ..before });
        let pool = world.read_pool();
        let (bonds, assessors) = (pool_before.bonds - 2 * BOND, pool_before.assessors + BOND);
        // No capital and no share moves, so the price does not.
        assert_eq!(pool, streaming(Pool { bonds, assessors, ..pool_before }, BOND), "{first} {second:?}");
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance, held));
        assert_eq!(world.share_supply(), share_supply);
        let Event::AppealBondCollected(event) = only_event(&receipt) else { panic!("another event") };
        assert_eq!((event.bond, event.returned, event.books), (2 * BOND, 0, books(&pool)));
        world.check_books();
    }
}

#[test]
fn a_lost_bond_reaches_the_lps_within_eight_days() {
    let (mut world, case) = after_appeal(FOR, None);
    world.collect_appeal_bond("pia", &case.incident).ok();
    let before = world.read_pool();
    world.pass_days(8);
    touch(&mut world);
    let (pool, premiums) = (world.read_pool(), (u128::from(before.rate) * u128::from(8 * DAY)) >> 26);
    // The stream ended within this time, so less was earned than by its rate for all of it.
    assert!(pool.rate < before.rate && u128::from(pool.capital - before.capital) < premiums);
    assert_eq!(pool.other_income, BOND);
    world.check_books();
}

#[test]
fn it_is_collected_once_and_only_when_final() {
    let (mut world, case) = filed();
    let nobody = CollectAppealBond { appellant: NOBODY, ..world.collect_appeal_bond_accounts("pia", &case.incident) };
    world.send(nobody.instruction(), &[]).fails(E::BallotOpen);
    decide(&mut world, &case.incident, Some(FOR));
    world.send(nobody.instruction(), &[]).fails(E::AppealWindowOpen);
    let final_at = ballot_on(&mut world, &case.incident).final_at;
    world.chain.set_now(final_at - 1);
    world.send(nobody.instruction(), &[]).fails(E::AppealWindowOpen);
    world.appeal("pia", &case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).fails(E::BallotOpen);
    world.pass_days(6);
    world.collect_appeal_bond("pia", &case.incident).fails(E::BallotOpen);
    world.close_ballot(&case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);

    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    let nobody = CollectAppealBond { appellant: NOBODY, ..world.collect_appeal_bond_accounts("pia", &case.incident) };
    world.send(nobody.instruction(), &[]).fails(E::NothingDue);
}

#[test]
fn the_bond_of_a_disputes_appeal_is_twice_the_disputes() {
    for (second, returned) in [(AGAINST, true), (FOR, false)] {
        let (mut world, case) = disputed(0);
        decide(&mut world, &case.claim, Some(FOR));
        let balance = world.balance("pia");
        appealed(&mut world, &case.claim, Some(second));
        assert_eq!(world.balance("pia"), balance - 2 * CLAIM_BOND);
        // It may become void until it is read.
        world.collect_appeal_bond("pia", &case.claim).fails(E::BallotNotRead);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        touch(&mut world);
        let before = world.read_pool();
        world.collect_appeal_bond("pia", &case.claim).ok();
        let bonds = before.bonds - 2 * CLAIM_BOND;
        let expected = if returned {
            Pool { bonds, ..before }
        } else {
            streaming(Pool { bonds, assessors: before.assessors + CLAIM_BOND, ..before }, CLAIM_BOND)
        };
        assert_eq!(world.read_pool(), expected);
        assert_eq!(world.balance("pia") == balance, returned);
        world.check_books();
    }
}

#[test]
fn the_money_goes_to_the_appellant_or_where_they_say() {
    let (mut world, case) = after_appeal(FOR, Some(AGAINST));
    let accounts = world.collect_appeal_bond_accounts("pia", &case.incident);
    let asset = world.asset();
    let savings = other_tokens(&mut world, "savings", "pia", &asset);
    let opals = world.tokens("opal", &asset);
    for receiver in [savings, opals] {
        world.send(CollectAppealBond { receiver, ..accounts }.instruction(), &[]).fails(E::WrongReceiver);
    }
    world.collect_appeal_bond("opal", &case.incident).fails(E::WrongWallet);
    let chosen = signed(CollectAppealBond { receiver: opals, ..accounts }.instruction(), 2);
    let balance = world.balance("opal");
    world.send(chosen, &["pia"]).ok();
    assert_eq!(world.balance("opal"), balance + 2 * BOND);

    // A lost bond goes to nobody, so any account will do.
    let (mut world, case) = after_appeal(FOR, None);
    let accounts = world.collect_appeal_bond_accounts("pia", &case.incident);
    world.send(CollectAppealBond { receiver: world.key("opal"), ..accounts }.instruction(), &[]).ok();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    let accounts = world.collect_appeal_bond_accounts("pia", &case.incident);
    let [forged_pool, forged_ballot] = [case.pool, accounts.ballot].map(|address| forge(&mut world, &address));
    let (governance, opal) = (world.governance(), world.key("opal"));
    let opals = world.tokens("opal", &world.asset());
    let instruction = accounts.instruction();
    let rows = [
        (0, other.pool, error(E::WrongPool)),
        (0, case.incident, TOO_SMALL),
        (0, forged_pool, NOT_OURS),
        (1, ballot_address(&other.incident), error(E::WrongPool)),
        (1, case.incident, OTHER_TYPE),
        (1, ballot_address(&case.claim), TOO_SMALL),
        (1, forged_ballot, NOT_OURS),
        (2, opal, error(E::WrongWallet)),
        (3, opals, error(E::WrongReceiver)),
        (3, accounts.vault, DUPLICATE),
        (4, vault_address(&other.pool), error(E::WrongVault)),
        (4, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (4, accounts.receiver, DUPLICATE),
        (5, governance, error(E::WrongMint)),
        (6, TOKEN_2022, error(E::WrongTokenProgram)),
        (6, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &[], &rows);
    writes(&mut world, &instruction, &[], &[0, 1, 3, 4]);
    needs_a_full_vault(&mut world, instruction, &[]);
}
