//! `recover`: what comes back goes to the claims first, by one factor, and then to the LPs, over 30 days or, by its size, up to
//! a year.

use crate::story::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, UNIT};
use spl_token_interface::error::TokenError;

/// The world of [`short`] with a rich payer.
fn with_rita() -> (Play, solana_address::Address, [Case; 3]) {
    let (mut world, incident, cases) = short();
    world.fund("rita", 1_000_000 * UNIT);
    (world, incident, cases)
}

/// What a claim has been paid, and asserts that it is its part by the incident's factor, to the atom.
fn paid(world: &mut Play, which: usize, case: &Case) -> u64 {
    let (holder, _, claimed) = TRIO[which];
    let balance = world.balance(holder);
    let before: Claim = world.chain.read(&case.claim);
    world.payout(holder, &case.policy, &case.incident).ok();
    let (found, incident): (Claim, Incident) = (world.chain.read(&case.claim), world.chain.read(&case.incident));
    let part = u128::from(claimed) * u128::from(incident.settled) / u128::from(incident.approved);
    assert_eq!(u128::from(found.paid), part, "{holder}");
    let bond = if before.state == 0 { found.bond } else { 0 };
    assert_eq!(world.balance(holder) - balance, found.paid - before.paid + bond);
    world.check_books();
    found.paid
}

#[test]
fn it_raises_the_factor_of_all_claims() {
    let (mut world, incident, _) = with_rita();
    touch(&mut world);
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let (balance, held) = (world.balance("rita"), world.vault_balance());
    let amount = 12_345 * UNIT + 678;
    let receipt = world.recover("rita", &incident, amount).ok();

    let settled = before.settled + amount;
    assert_eq!(world.chain.read::<Incident>(&incident), Incident { settled, recovered: amount, ..before });
    let pool = world.read_pool();
    let (payable, claims_settled) = (pool_before.payable + amount, pool_before.claims_settled + amount);
    assert_eq!(pool, Pool { payable, claims_settled, ..pool_before });
    assert_eq!((world.balance("rita"), world.vault_balance()), (balance - amount, held + amount));
    let event = Recovered {
        incident,
        payer: world.key("rita"),
        amount,
        to_claims: amount,
        settled,
        earned: 0,
        books: books(&pool),
    };
    assert_eq!(only_event(&receipt), Event::Recovered(event));
    world.check_books();
}

#[test]
fn what_the_claims_do_not_need_streams_to_the_lps() {
    let (mut world, incident, _) = with_rita();
    touch(&mut world);
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let (missing, rest) = (before.approved - before.settled, 777 * UNIT + 7);
    let receipt = world.recover("rita", &incident, missing + rest).ok();

    assert_eq!(
        world.chain.read::<Incident>(&incident),
        Incident { settled: before.approved, recovered: missing, ..before }
    );
    let pool = world.read_pool();
    let (payable, claims_settled) = (pool_before.payable + missing, pool_before.claims_settled + missing);
    // B7: the capital does not move at once. All of it is held back, so beside what is the LPs' it is large, and takes a year.
    assert_eq!(pool.seasoned_capital(), Ok(0));
    assert_eq!(pool, streaming_over(Pool { payable, claims_settled, ..pool_before }, rest, 365));
    let Event::Recovered(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!((event.amount, event.to_claims, event.settled), (missing + rest, missing, before.approved));
    assert_eq!(event.books, books(&pool));
    world.check_books();

    // Now nothing is missing: all of it streams.
    world.recover("rita", &incident, 5).ok();
    assert_eq!(world.read_pool(), streaming_over(pool, 5, 365));
    assert_eq!(world.chain.read::<Incident>(&incident).settled, before.approved);
    world.check_books();
}

#[test]
fn the_larger_it_is_the_longer_it_takes_to_reach_them() {
    // Parts of the capital that stayed for a season in thousandths; days.
    for (thousandths, days) in [(1, 30), (82, 30), (83, 31), (500, 183), (999, 365), (1_000, 365), (5_000, 365)] {
        let (mut world, incident, _) = with_rita();
        let found: Incident = world.chain.read(&incident);
        world.recover("rita", &incident, found.approved - found.settled).ok();
        world.fund("zoe", 1_000_000 * UNIT);
        world.deposit("zoe", 1_000_000 * UNIT).ok();
        world.pass_season();
        touch(&mut world);
        let before = world.read_pool();
        let amount = (u128::from(before.seasoned_capital().unwrap()) * thousandths / 1_000) as u64;
        world.fund("rita", amount);
        world.recover("rita", &incident, amount).ok();
        let pool = world.read_pool();
        assert_eq!(pool, streaming_over(before, amount, days), "{thousandths}");
        assert_eq!(pool.income_end_day, (world.now() + u64::from(days) * DAY).div_ceil(DAY));
        // The last second is not before its time.
        world.chain.set_now(pool.income_end_day * DAY - 1);
        touch(&mut world);
        assert!(world.read_pool().income_left().unwrap() > 0);
        world.pass(1);
        touch(&mut world);
        assert_eq!(world.read_pool().income_left(), Ok(0));
        world.check_books();
    }
}

#[test]
fn so_much_less_is_held_back_for_others() {
    let (mut world, incident, _) = rivals();
    world.fund("rita", 1_000_000 * UNIT);
    world.settle(0, 0).ok();
    let (before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let held_back = before.approved - before.settled;
    assert_eq!((before.held_back, pool_before.held_back, pool_before.held_incidents), (held_back, held_back, 1));
    let amount = 12_345 * UNIT + 678;
    world.recover("rita", &incident, amount).ok();
    let (settled, held_back) = (before.settled + amount, held_back - amount);
    assert_eq!(world.chain.read::<Incident>(&incident), Incident { settled, held_back, recovered: amount, ..before });
    let pool = world.read_pool();
    let (payable, claims_settled) = (pool_before.payable + amount, pool_before.claims_settled + amount);
    assert_eq!(pool, Pool { payable, claims_settled, held_back, ..pool_before });
    world.settle_rest(&incident).fails(E::IncidentOpen);

    // With the last atom that is short nothing is held back.
    world.recover("rita", &incident, held_back + 5).ok();
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.settled, found.held_back), (before.approved, 0));
    let pool = world.read_pool();
    assert_eq!((pool.held_back, pool.held_incidents, pool.other_income), (0, 0, 5));
    world.settle_rest(&incident).fails(E::NothingDue);
    world.settle(1, 0).ok();
    world.settle_rest(&incident).fails(E::NothingDue);
    world.check_books();
}

#[test]
fn in_two_steps_with_payouts_between_everyone_gets_all_to_the_atom() {
    let (mut world, incident, cases) = with_rita();
    let first = paid(&mut world, 0, &cases[0]);
    world.payout("dora", &cases[0].policy, &incident).fails(E::NothingDue);
    world.recover("rita", &incident, 12_345 * UNIT + 678).ok();
    // Emil comes late, dora again, fay not yet.
    paid(&mut world, 1, &cases[1]);
    assert!(paid(&mut world, 0, &cases[0]) > first);
    for (which, holder) in [(0, "dora"), (1, "emil")] {
        world.payout(holder, &cases[which].policy, &incident).fails(E::NothingDue);
    }
    let found: Incident = world.chain.read(&incident);
    world.recover("rita", &incident, found.approved - found.settled).ok();
    for which in [2, 0, 1] {
        assert_eq!(paid(&mut world, which, &cases[which]), TRIO[which].2, "all of it");
        assert_eq!(world.chain.read::<Policy>(&cases[which].policy).paid, TRIO[which].2);
    }
    let found: Incident = world.chain.read(&incident);
    assert_eq!((found.paid, found.settled), (found.approved, found.approved));
    // Of gus' incident nobody is paid yet; of this one nothing is left.
    let gus: Incident = world.chain.read(&world.incident(1, 0));
    assert_eq!(world.read_pool().payable, gus.settled);
}

#[test]
fn an_atom_at_a_time_never_pays_more_than_is_there() {
    let (mut world, incident, cases) = with_rita();
    for (which, case) in cases.iter().enumerate() {
        paid(&mut world, which, case);
    }
    for step in 0..6 {
        world.recover("rita", &incident, 1).ok();
        let (holder, _, claimed) = TRIO[step % 3];
        let case = &cases[step % 3];
        let (before, found): (Claim, Incident) = (world.chain.read(&case.claim), world.chain.read(&incident));
        let part = u128::from(claimed) * u128::from(found.settled) / u128::from(found.approved);
        let due = part - u128::from(before.paid);
        let receipt = world.payout(holder, &case.policy, &incident);
        if due == 0 {
            receipt.fails(E::NothingDue);
        } else {
            receipt.ok();
        }
        let found: Incident = world.chain.read(&incident);
        assert!(found.paid <= found.settled);
        world.check_books();
    }
}

#[test]
fn the_incident_must_be_settled() {
    let (mut world, case) = filed();
    world.recover("opal", &case.incident, 1).fails(E::IncidentNotSettled);
    settle(&mut world, 0, Some(AGAINST));
    world.recover("opal", &case.incident, 1).fails(E::IncidentNotSettled);
    let (mut world, case) = filed();
    settle(&mut world, 0, Some(FOR));
    world.recover("opal", &case.incident, 1).ok();
    let found = world.read_pool();
    assert_eq!((found.payable, found.other_income), (CLAIMED, 1), "it was settled in full");
}

#[test]
fn it_is_the_payers_own_money_and_not_nothing() {
    let (mut world, incident, _) = with_rita();
    world.recover("rita", &incident, 0).fails(E::ZeroAmount);
    world.recover("rita", &incident, 1_000_000 * UNIT + 1).fails_with(token_error(TokenError::InsufficientFunds));
    let accounts = world.recover_accounts("rita", &incident);
    world.send(unsigned(accounts.instruction(1), 0), &[]).fails_with(UNSIGNED);
    let with_opals = Recover { payer_token: world.tokens("opal", &world.asset()), ..accounts };
    world.send(with_opals.instruction(1), &["rita"]).fails_with(token_error(TokenError::OwnerMismatch));
    world.recover("rita", &incident, 1_000_000 * UNIT).ok();
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let mut world = insured();
    let other = elsewhere(&mut world);
    let case = open_case(&mut world, 0, "dora", LOSS);
    let sibling = report(&mut world, 1, 0);
    settle(&mut world, 0, Some(FOR));
    world.fund("rita", 1_000 * UNIT);
    let governance = world.governance();
    let votes = world.open_tokens("rita", &governance);
    world.mint_to(&governance, &votes, 1_000 * UNIT);
    let accounts = world.recover_accounts("rita", &case.incident);
    let [forged_pool, forged_incident] = [case.pool, case.incident].map(|address| forge(&mut world, &address));
    let instruction = accounts.instruction(UNIT);
    let rows = [
        (1, other.pool, error(E::WrongPool)),
        (1, case.incident, DUPLICATE),
        (1, forged_pool, NOT_OURS),
        // Another incident of the pool's, which is open.
        (2, sibling, error(E::IncidentNotSettled)),
        (2, other.incident, error(E::WrongPool)),
        (2, case.claim, TOO_SMALL),
        (2, forged_incident, NOT_OURS),
        // No shares were retired in this pool: nothing is to be written there.
        (3, other.pool, NOT_WRITABLE),
        (4, votes, token_error(TokenError::MintMismatch)),
        (4, accounts.vault, DUPLICATE),
        (5, vault_address(&other.pool), error(E::WrongVault)),
        (5, exit_escrow_address(&case.pool, 0), error(E::WrongVault)),
        (5, accounts.payer_token, DUPLICATE),
        (6, governance, error(E::WrongMint)),
        (7, TOKEN_2022, error(E::WrongTokenProgram)),
        (7, ID, error(E::WrongTokenProgram)),
    ];
    refuses(&mut world, &instruction, &["rita"], &rows);
    writes(&mut world, &instruction, &["rita"], &[1, 2, 4, 5]);
    needs_a_full_vault(&mut world, instruction, &["rita"]);
}
