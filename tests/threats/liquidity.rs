//! T01 to T12: what an LP might try.

use crate::{court::until, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::{
    DAY,
    shares::{assets_for_shares, shares_for_deposit},
};
use harness::{Chain, UNIT, actor, pool_params, trials::TOKEN_2022};
use solana_instruction_error::InstructionError as I;
use solana_signer::Signer as _;
use spl_token_2022_interface::extension::ExtensionType;

#[test]
fn t01_leave_between_an_incident_and_its_payout() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 400_000 * UNIT, 90);
    world.pass_days(3);
    // Mallory sees it first, and asks to leave before anyone reports it.
    let stayed = world.shares("honest");
    let day = ask_for_all(&mut world, "mallory", 0);
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
    until(&mut world, day * DAY - 1);
    world.pay_exits().fails(E::ExitNotDue);
    // Nobody holds her up, and what may come of it stays behind: half of the lien.
    let free = leave(&mut world, "mallory", 0, day);
    assert!(world.read_pool().contested.abs_diff(200_000 * UNIT) < 2, "{}", world.read_pool().contested);
    accept(&mut world, 0, 0);
    // 380,000 of 400,000 were paid: half of that was hers to bear, and half of the deductible comes back.
    let rest = take_back(&mut world, "mallory", 0, &incident);
    assert!((10_000 * UNIT - 2..=10_000 * UNIT).contains(&rest), "{rest}");
    let got = free + rest;
    assert_eq!(world.shares("honest"), stayed);
    assert!(got <= worth(&mut world, "honest"), "no more than who stayed");
    assert!(got < HALF - 185_000 * UNIT, "half of the loss of 380,000 less what premium was earned");
    world.payout("dora", &policy, &incident).ok();
    world.check_books();
}

/// Mallory asks in the second of a loss of 380,000, with the shortest delay. It is reported in the last second in which that
/// helps, in one transaction with her payment; a second later it is too late.
#[test]
fn t01_a_report_in_the_same_transaction_as_the_payment() {
    for report_first in [true, false] {
        let mut world = shared();
        let policy = insure(&mut world, 0, 400_000 * UNIT, 90);
        world.pass_days(3);
        let occurred = world.now();
        let day = ask_for_all(&mut world, "mallory", 0);
        until_day(&mut world, day);
        let pay = world.pay_exits_accounts(0).instruction();
        let open = world.open_incident_accounts("opal", 0, 0).instruction(&harness::incident_report(occurred));
        // The order of the two decides, and nothing else.
        let both = if report_first { [open, pay] } else { [pay, open] };
        world.send_all(&both, &["opal"]).ok();
        let incident = world.incident(0, 0);
        world.vote("vera", &incident, 1).ok();
        world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
        let mut got = collect(&mut world, "mallory", 0);
        accept(&mut world, 0, 0);
        if report_first {
            got += take_back(&mut world, "mallory", 0, &incident);
        } else {
            world.release_contested(&incident, 0).fails(E::NothingDue);
        }
        let stayed = worth(&mut world, "honest");
        println!("report first: {report_first}: {} left with, {} stayed with", got / UNIT, stayed / UNIT);
        assert_eq!(got <= stayed, report_first);
        assert!(got < HALF - 185_000 * UNIT || !report_first);
        world.payout("dora", &policy, &incident).ok();
        world.check_books();
    }
}

#[test]
fn t02_request_exits_all_the_time_and_choose_later() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    let each = world.shares("mallory") / 4;
    let mut days = Vec::new();
    for id in 0..4 {
        days.push(world.exit_epoch().1);
        world.request_exit("mallory", id, each).ok();
        world.pass_days(1);
    }
    // All are out of her hands, and the first two leave when their day comes, at anyone's word and without hers.
    assert_eq!((world.shares("mallory"), world.read_pool().exiting_shares), (0, 4 * each));
    let (first, second) = (leave(&mut world, "mallory", 0, days[0]), leave(&mut world, "mallory", 1, days[1]));
    assert!(first >= HALF / 4 && second >= first && second < HALF / 4 + 1_000 * UNIT);
    // The other two cannot choose: an incident on the day before theirs takes its part of them as of all.
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 200_000 * UNIT).ok();
    until_day(&mut world, days[2]);
    world.send(world.pay_exits_accounts(3).instruction(), &[]).fails(E::EarlierExitWaits);
    let mut third = leave(&mut world, "mallory", 2, days[2]);
    world.pay_exits().fails(E::ExitNotDue);
    let mut fourth = leave(&mut world, "mallory", 3, days[3]);
    accept(&mut world, 0, 0);
    world.release_contested(&incident, 3).fails(E::NothingDue);
    third += take_back(&mut world, "mallory", 2, &incident);
    fourth += take_back(&mut world, "mallory", 3, &incident);
    let stayed = worth(&mut world, "honest") / 4;
    assert!(third <= stayed && fourth <= stayed, "{third} {fourth} {stayed}");
    assert!(third.abs_diff(fourth) < 10 * UNIT && fourth > stayed - 1_000 * UNIT, "the same loss for each share");
    assert!(third < HALF / 4 - 30_000 * UNIT);
    world.check_books();
}

#[test]
fn t02_leave_an_epoch_unpaid_until_something_happens() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 400_000 * UNIT, 90);
    // Nobody pays her exit: she earns on, and waits with it for a loss. Then she is a day late, and anybody is faster.
    let day = ask_for_all(&mut world, "mallory", 0);
    world.pass_days(40);
    world.pay_exits().fails(E::ExitNotCalled);
    world.call_exits().ok();
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 400_000 * UNIT).ok();
    world.pass(DAY - 1);
    world.pay_exits().fails(E::ExitNotCalled);
    world.pass(1);
    let mut got = leave(&mut world, "mallory", 0, day);
    accept(&mut world, 0, 0);
    got += take_back(&mut world, "mallory", 0, &incident);
    assert!(got <= worth(&mut world, "honest"), "no more than who stayed");
    world.check_books();
}

#[test]
fn t03_use_the_same_shares_in_two_exits() {
    let mut world = shared();
    let (shares, (number, _)) = (world.shares("mallory"), world.exit_epoch());
    let exit = |id| world.request_exit_accounts("mallory", id, number).instruction(id, number, shares);
    let (first, second) = (exit(0), exit(1));
    world.send_all(&[first.clone(), second.clone()], &["mallory"]).fails_with(TOO_LITTLE);
    assert_eq!(world.shares("mallory"), shares, "the transaction failed as a whole");
    world.send(first.clone(), &["mallory"]).ok();
    world.send(second, &["mallory"]).fails_with(TOO_LITTLE);
    world.send(first, &["mallory"]).fails_with(TAKEN);
    // Nor do they come back: the escrow is the pool's.
    let (escrow, target) =
        (exit_escrow_address(&world.pool(), 0), world.tokens("mallory", &share_mint_address(&world.pool(), 0)));
    let (program, owner) = (spl_token_interface::ID, world.key("mallory"));
    let back = spl_token_interface::instruction::transfer(&program, &escrow, &target, &owner, &[], shares).unwrap();
    world.send(back, &["mallory"]).fails_with(NOT_OWNER);
    assert_eq!(world.read_pool().exiting_shares, shares);
}

#[test]
fn t04_leave_early_through_another_epoch() {
    let mut world = shared();
    // Honest asks today, mallory tomorrow: hers is the next epoch, of the next day, whatever number she names.
    let first = ask_for_all(&mut world, "honest", 0);
    world.pass_days(1);
    let (shares, (number, day)) = (world.shares("mallory"), world.exit_epoch());
    assert_eq!((number, day), (1, first + 1));
    for other in [0, 2, 7, u64::MAX] {
        let accounts = world.request_exit_accounts("mallory", 0, other);
        world.send(accounts.instruction(0, other, shares), &["mallory"]).fails(E::WrongExitEpoch);
    }
    world.request_exit("mallory", 0, shares).ok();
    until(&mut world, day * DAY - 1);
    let accounts = world.pay_exits_accounts(1);
    world.send(accounts.instruction(), &[]).fails(E::EarlierExitWaits);
    world.pay_exits().ok();
    world.pay_exits().fails(E::ExitNotDue);
    world.collect_exit("mallory", 0).fails(E::NothingDue);
}

#[test]
fn t06_deposit_and_exit_in_one_slot() {
    let mut world = alone();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    world.roll_product(0).ok();
    let (pool, seen, (number, day)) = (world.read_pool(), world.seen(), world.exit_epoch());
    let shares = shares_for_deposit(HALF, pool.capital, pool.shares).unwrap();
    let deposit = world.deposit_accounts("mallory").instruction(HALF, shares, &seen);
    let exit = world.request_exit_accounts("mallory", 0, number).instruction(0, number, shares);
    // Nor does she leave at once: that ended with the opening's week.
    let withdraw = world.withdraw_accounts("mallory").instruction(shares, 0);
    world.send_all(&[deposit.clone(), withdraw], &["mallory"]).fails(E::LeavingTakesTime);
    world.send_all(&[deposit, exit], &["mallory"]).ok();
    assert_eq!(world.shares("mallory"), 0);
    world.pay_exits().fails(E::ExitNotDue);
    // She stays for the days until her epoch, and bears what happens in them.
    let honest = worth(&mut world, "honest");
    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 200_000 * UNIT).ok();
    let mut got = leave(&mut world, "mallory", 0, day);
    accept(&mut world, 0, 0);
    got += take_back(&mut world, "mallory", 0, &incident);
    let stayed = worth(&mut world, "honest");
    assert!(got < HALF && stayed < honest);
    assert!(u128::from(got) * u128::from(honest) <= u128::from(stayed + 1) * u128::from(HALF), "the same loss");
    world.check_books();
}

#[test]
fn t07_first_depositor_inflates_the_price() {
    for donated in [1_000 * UNIT, 100_000 * UNIT] {
        let mut world = empty();
        world.deposit("mallory", 1).ok();
        let gift = transfer(&world, "mallory", &vault_address(&world.pool()), donated);
        world.send(gift, &["mallory"]).ok();
        // By itself the gift moves nothing.
        let pool = world.read_pool();
        assert_eq!((pool.capital, pool.shares), (1, 1_000));
        world.absorb_surplus().ok();
        assert_eq!(world.read_pool().capital, 1);
        world.pass_days(366);
        world.roll_product(0).ok();
        // Earned over a year, for it is more than there is, it makes the price; half of it belongs to the shares on paper.
        let (deposit, seen) = (world.deposit_accounts("honest"), world.seen());
        let small = donated / 4_000;
        world.send(deposit.instruction(small, 0, &seen), &["honest"]).fails(E::ZeroShares);
        let pool = world.read_pool();
        let expected = shares_for_deposit(donated, pool.capital, pool.shares).unwrap();
        world.send(deposit.instruction(donated, expected + 1, &seen), &["honest"]).fails(E::TooFewShares);
        world.send(deposit.instruction(donated, expected, &seen), &["honest"]).ok();
        let (hers, theirs) = (worth(&mut world, "mallory"), worth(&mut world, "honest"));
        assert!(hers < donated / 2 + donated / 1_000, "she has lost half of what she sent: {hers}");
        assert!(theirs >= donated - donated / 1_000, "the deposit keeps its worth: {theirs}");
    }
}

#[test]
fn t09_credit_without_a_transfer() {
    let mut world = shared();
    let before = snapshot(&mut world);
    let (vault, deposit, seen) = (vault_address(&world.pool()), world.deposit_accounts("mallory"), world.seen());
    let from_vault = Deposit { owner_token: vault, ..deposit };
    world.send(from_vault.instruction(UNIT, 0, &seen), &["mallory"]).fails_with(I::Custom(2040));
    let into_a_friends = Deposit { vault: world.tokens("honest", &world.asset()), ..deposit };
    world.send(into_a_friends.instruction(UNIT, 0, &seen), &["mallory"]).fails(E::WrongVault);
    let of_another = Deposit { owner_token: world.tokens("honest", &world.asset()), ..deposit };
    world.send(of_another.instruction(UNIT, 0, &seen), &["mallory"]).fails_with(NOT_OWNER);
    world.send(deposit.instruction(HALF + 1, 0, &seen), &["mallory"]).fails_with(TOO_LITTLE);
    world.send(deposit.instruction(0, 0, &seen), &["mallory"]).fails(E::ZeroAmount);
    assert_eq!(snapshot(&mut world), before);
    // Tokens that came in another way are credited to nobody who deposits after them.
    let gift = transfer(&world, "mallory", &vault, 1_000 * UNIT);
    let shares = world.shares("mallory");
    world.send_all(&[gift, deposit.instruction(UNIT, 0, &seen)], &["mallory"]).ok();
    assert_eq!(world.shares("mallory"), shares + UNIT * 1_000);
    world.check_books_beside(1_000 * UNIT);
}

#[test]
fn t10_crank_an_accrual_or_settlement_twice() {
    let mut world = shared();
    let policy = insure(&mut world, 0, 200_000 * UNIT, 90);
    world.pass_days(3);
    let roll = RollProduct { pool: world.pool(), product: world.product(0), vault: vault_address(&world.pool()) }
        .instruction();
    world.send(roll.clone(), &[]).ok();
    let once = snapshot(&mut world);
    world.send_all(&[roll.clone(), roll.clone(), roll], &[]).ok();
    assert!(snapshot(&mut world) == once, "a second earns once");

    let gift = transfer(&world, "mallory", &vault_address(&world.pool()), 700 * UNIT);
    world.send(gift, &["mallory"]).ok();
    world.absorb_surplus().ok();
    world.absorb_surplus().fails(E::NothingToAbsorb);

    let incident = report(&mut world, 0, 0);
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    decide(&mut world, 0, 0);
    world.close_ballot(&incident).fails(E::BallotClosed);
    world.decide(0, 0).fails(E::IncidentDecided);
    world.end_filing(0, 0).ok();
    world.end_filing(0, 0).fails(E::NothingDue);
    world.settle(0, 0).ok();
    let once = snapshot(&mut world);
    world.settle(0, 0).fails(E::IncidentClosed);
    assert!(snapshot(&mut world) == once);

    let day = ask_for_all(&mut world, "mallory", 0);
    until_day(&mut world, day);
    world.pay_exits().ok();
    let once = snapshot(&mut world);
    world.send(world.pay_exits_accounts(0).instruction(), &[]).fails(E::EarlierExitWaits);
    assert!(snapshot(&mut world) == once);
    world.check_books();
}

#[test]
fn t11_mint_that_delivers_less_than_it_was_asked() {
    // Only mints of Token-2022 can take a fee, now or later; none of them becomes an asset, under either program's name.
    let mut world = empty();
    world.create_extended_mint("fee mint", &[ExtensionType::TransferFeeConfig]).ok();
    for token_program in [TOKEN_2022, spl_token_interface::ID] {
        let asset_mint = actor("fee mint").pubkey();
        let accounts = CreatePool { asset_mint, token_program, ..world.create_pool_accounts(1) };
        world
            .send(accounts.instruction(1, &pool_params(), &ShareWords::NONE), &["founder"])
            .fails(E::TransferFeeExtension);
    }
}

#[test]
fn t12_earn_premium_that_was_not_paid() {
    let mut world = shared();
    world.fund("pat", 10);
    let before = snapshot(&mut world);
    let quoted = world.quote(0, 100_000 * UNIT, 90).quote().premium;
    let accounts = world.buy_accounts("pat", 0, 0);
    let any = world.request("pat", 100_000 * UNIT, 90);
    let cheap = CoverRequest { max_premium: quoted - 1, ..any };
    world.send(accounts.instruction(0, &cheap), &["pat"]).fails(E::PremiumTooHigh);
    world.send(accounts.instruction(0, &any), &["pat"]).fails_with(TOO_LITTLE);
    let of_another = BuyCover { payer_token: world.tokens("honest", &world.asset()), ..accounts };
    world.send(of_another.instruction(0, &any), &["pat"]).fails_with(NOT_OWNER);
    let of_the_vault = BuyCover { payer_token: vault_address(&world.pool()), ..accounts };
    world.send(of_the_vault.instruction(0, &any), &["pat"]).fails_with(I::Custom(2040));
    assert!(snapshot(&mut world) == before, "the books are as they were");
    assert!(world.chain.account(&accounts.policy).is_none());
    let worth_before = worth(&mut world, "mallory");
    world.pass_days(90);
    assert_eq!(worth(&mut world, "mallory"), worth_before, "and nothing is earned");
    let pool = world.read_pool();
    assert_eq!(assets_for_shares(world.shares("mallory"), pool.capital, pool.shares), Some(worth_before));
}
