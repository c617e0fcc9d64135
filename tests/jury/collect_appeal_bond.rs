//! `collect_appeal_bond`: an appeal that changed the outcome gets its bond back once that was read, any other has lost it by then.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;

/// Pia's appeal of what vera decided, in which this side won, or nobody voted anew.
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
        world.decide(0, 0).ok();
        let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
        let (balance, held) = (world.balance("pia"), world.vault_balance());
        assert_eq!((before.appeal_bond_state, before.appeal_bond), (2, 2 * BOND));
        // Nobody but the bank signs: anyone may.
        let receipt = world.collect_appeal_bond("pia", &case.incident).ok();

        let bond = 2 * BOND;
        assert_eq!(ballot_on(&mut world, &case.incident), Ballot { appeal_bond_state: 3, ..before });
        let pool = world.read_pool();
        assert_eq!(pool, Pool { bonds: pool_before.bonds - bond, ..pool_before });
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance + bond, held - bond));
        let event = AppealBondCollected {
            ballot: ballot_address(&case.incident),
            appellant: world.key("pia"),
            bond,
            books: books(&pool),
        };
        assert_eq!(only_event(&receipt), Event::AppealBondCollected(event));
        world.check_books();
    }
}

#[test]
fn any_other_is_shared_out_when_the_outcome_is_read() {
    for (first, second) in [(FOR, Some(FOR)), (AGAINST, Some(AGAINST)), (FOR, None), (AGAINST, None)] {
        let (mut world, case) = after_appeal(first, second);
        touch(&mut world);
        let (before, pool_before) = (ballot_on(&mut world, &case.incident), world.read_pool());
        let (balance, held, share_supply) = (world.balance("pia"), world.vault_balance(), world.share_supply());
        world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);
        world.decide(0, 0).ok();

        // Opal's bond is lost as well where the incident does not count.
        let (lost, opals) = (2 * BOND, if first == AGAINST { BOND } else { 0 });
        let pool = world.read_pool();
        assert_eq!(pool.bonds, pool_before.bonds - lost - opals, "{first} {second:?}");
        assert_eq!(pool.assessors, pool_before.assessors + (lost + opals) / 2);
        // No capital and no share moves, so the price does not.
        assert_eq!((pool.capital, pool.shares), (pool_before.capital, pool_before.shares));
        let lps = streaming(pool_before, (lost + opals) / 2);
        assert_eq!((pool.unearned, pool.other_income), (lps.unearned, lps.other_income));
        assert_eq!(pool.income_end_day, lps.income_end_day);
        // Its voters share what the fund got of it, beside half of the incident's.
        let pot = (REWARD + BOND).min(pool.assessors);
        let found = ballot_on(&mut world, &case.incident);
        let expected =
            Ballot { executed: 1, appeal_bond: 0, appeal_bond_state: 3, reward_pot: pot, reward_left: pot, ..before };
        assert_eq!((found, pool.rewards_reserved), (expected, pot));
        assert_eq!((world.balance("pia"), world.vault_balance()), (balance, held));
        assert_eq!(world.share_supply(), share_supply);
        world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);
        world.check_books();
    }
}

#[test]
fn a_lost_bond_reaches_the_lps_within_eight_days() {
    let (mut world, _) = after_appeal(FOR, None);
    world.decide(0, 0).ok();
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
fn it_is_collected_once_and_only_when_the_outcome_was_read() {
    let (mut world, case) = filed();
    let nobody = CollectAppealBond { appellant: NOBODY, ..world.collect_appeal_bond_accounts("pia", &case.incident) };
    world.send(nobody.instruction(), &[]).fails(E::NothingDue);
    decide(&mut world, &case.incident, Some(FOR));
    world.send(nobody.instruction(), &[]).fails(E::NothingDue);
    world.appeal("pia", &case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);
    world.vote("vera", &case.incident, AGAINST).ok();
    world.close_ballot(&case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);
    world.pass_days(30);
    world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);
    world.decide(0, 0).ok();
    world.collect_appeal_bond("pia", &case.incident).ok();
    world.collect_appeal_bond("pia", &case.incident).fails(E::NothingDue);

    // Nobody appealed.
    let (mut world, case) = filed();
    finish(&mut world, &case.incident, Some(FOR));
    world.decide(0, 0).ok();
    let nobody = CollectAppealBond { appellant: NOBODY, ..world.collect_appeal_bond_accounts("pia", &case.incident) };
    world.send(nobody.instruction(), &[]).fails(E::NothingDue);
}

#[test]
fn the_bond_of_a_disputes_appeal_is_twice_the_claims_and_comes_back_by_distance() {
    for (second, quarters) in [(ALL, 4), (NINE + 4, 4), (NINE + 1, 1), (NINE - 2, 2), (NINE - 3, 3), (NINE, 0), (0, 4)]
    {
        let (mut world, case) = disputed();
        decide_at(&mut world, &case.claim, Some(NINE));
        let balance = world.balance("pia");
        appealed_at(&mut world, &case.claim, Some(second));
        assert_eq!(world.balance("pia"), balance - 2 * CLAIM_BOND);
        world.collect_appeal_bond("pia", &case.claim).fails(E::NothingDue);
        world.resolve_dispute(&case.policy, &case.incident).ok();
        let found = ballot_on(&mut world, &case.claim);
        let back = 2 * CLAIM_BOND * quarters / 4;
        assert_eq!((found.level, found.appeal_bond), (second, back));
        // Half of what the appeal lost is the voters', beside a quarter of the claim's bond.
        assert_eq!(found.reward_pot, (POT + (2 * CLAIM_BOND - back) / 2).min(world.read_pool().assessors));
        if back > 0 {
            world.collect_appeal_bond("pia", &case.claim).ok();
        }
        world.collect_appeal_bond("pia", &case.claim).fails(E::NothingDue);
        assert_eq!(world.balance("pia"), balance - 2 * CLAIM_BOND + back);
        world.check_books();
    }
}

#[test]
fn the_money_goes_to_the_appellant_or_where_they_say() {
    let (mut world, case) = after_appeal(FOR, Some(AGAINST));
    world.decide(0, 0).ok();
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
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, case, other) = filed_beside();
    decide(&mut world, &case.incident, Some(FOR));
    appealed(&mut world, &case.incident, Some(AGAINST));
    world.decide(0, 0).ok();
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
