//! `payout`: what a claim gets, to whom, how often, and what it leaves of the policy.

use crate::{
    common::{TIP, edit, purses, signed},
    story::*,
};
use coverage_client::*;
use coverage_math::{cover, settlement};
use harness::{Chain, UNIT};
use solana_instruction_error::InstructionError;
use spl_token_interface::state::AccountState;
use std::mem::offset_of;

/// What dora claims: all that is insured less the deductible, atoms.
const CLAIMED: u64 = DORAS - DORAS / 20;

/// Dora's claim in a settled or rejected incident, not yet paid: the world, the incident and the policy.
fn decided(side: Option<u8>) -> (Play, solana_address::Address, solana_address::Address) {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    finish(&mut world, 0, 0, side);
    (world, incident, policy)
}

/// B4, whatever else went wrong: books that say that more was paid than settled, or more settled than approved, pay nothing; and books
/// that say that less is left than a claim's part pay what is left.
#[test]
fn no_more_is_paid_than_was_settled_and_no_more_settled_than_approved() {
    let (mut world, incident, policy) = decided(Some(FOR));
    let found: Incident = world.chain.read(&incident);
    for (field, value, was, error) in [
        (offset_of!(Incident, paid), found.settled + 1, found.paid, BreakwaterError::MathOverflow),
        (offset_of!(Incident, settled), found.approved + 1, found.settled, BreakwaterError::Overpaid),
    ] {
        edit(&mut world, &incident, field, &u64::to_le_bytes(value));
        world.payout("dora", &policy, &incident).fails(error);
        edit(&mut world, &incident, field, &was.to_le_bytes());
    }
    edit(&mut world, &incident, offset_of!(Incident, paid), &u64::to_le_bytes(1));
    world.payout("dora", &policy, &incident).ok();
    let claim: Claim = world.chain.read(&claim_address(&incident, &policy));
    assert_eq!(claim.paid, CLAIMED - 1);
    let found: Incident = world.chain.read(&incident);
    assert_eq!(found.paid, found.settled);
}

#[test]
fn a_claim_is_paid_in_full_with_its_bond() {
    let (mut world, incident, policy) = decided(Some(FOR));
    let address = claim_address(&incident, &policy);
    let (claim_before, policy_before): (Claim, Policy) = (world.chain.read(&address), world.chain.read(&policy));
    let (incident_before, pool_before): (Incident, _) = (world.chain.read(&incident), world.read_pool());
    let product_before = world.read_product(0);
    let (balance, vault_balance) = (world.balance("dora"), world.vault_balance());
    let guardian = world.key("guardian");
    let [lamports, guardians] = purses(&mut world, [address, guardian]);
    // Nobody signs but the bank, which pays the fee.
    let receipt = world.payout("dora", &policy, &incident).ok();

    let bond = CLAIMED / 100;
    let found: Claim = world.chain.read(&address);
    assert_eq!(found, Claim { state: 2, paid: CLAIMED, tips: 0, ..claim_before });
    let found: Policy = world.chain.read(&policy);
    // What was paid in full can never be claimed again: its capacity is free.
    let held = policy_before.held - CLAIMED;
    let used = cover::part_of(policy_before.rate, CLAIMED, policy_before.held).unwrap();
    let rate = policy_before.rate - used;
    assert_eq!(found, Policy { paid: CLAIMED, open_claims: 0, held, rate, ..policy_before });
    assert_eq!(found.claimed, CLAIMED);
    let found: Incident = world.chain.read(&incident);
    assert_eq!(found, Incident { paid: CLAIMED, ..incident_before });
    let pool = world.read_pool();
    assert_eq!(pool_before.settled, CLAIMED);
    let mut expected =
        Pool { payable: 0, claims_paid: CLAIMED, settled: 0, bonds: pool_before.bonds - bond, ..pool_before };
    let earned = expected.accrue(world.now()).unwrap();
    // What was still to be earned for it is income, as fast and until the same day.
    assert!(used > 0);
    (expected.income_rate, expected.income_end_day) = (used, policy_before.release_day);
    // It makes no room for exits before the second midnight.
    expected.deposited[0] += CLAIMED * 10_000 / u64::from(pool_before.leverage_bps);
    expected.active_cover -= CLAIMED;
    expected.group_active[0] -= CLAIMED;
    expected.cover_ring[(policy_before.release_day % 512) as usize] -= CLAIMED;
    assert_eq!(pool, expected);
    assert_eq!((product_before.settled, product_before.settled_until), (CLAIMED, policy_before.release_day));
    let product = world.read_product(0);
    assert_eq!((product.active_cover, product.settled), (product_before.active_cover - CLAIMED, 0));
    assert_eq!(world.balance("dora"), balance + CLAIMED + bond);
    assert_eq!(world.vault_balance(), vault_balance - CLAIMED - bond);
    assert_eq!(purses(&mut world, [address, guardian]), [lamports - TIP, guardians + TIP]);
    let receiver = world.tokens("dora", &world.asset());
    let event = ClaimPaid {
        incident,
        claim: address,
        receiver,
        amount: CLAIMED,
        given_back: 0,
        bond,
        paid: CLAIMED,
        earned,
        books: books(&pool),
    };
    assert_eq!(receipt.events(), [Event::ClaimPaid(event)]);
    world.check_books();
}

#[test]
fn a_second_payout_finds_nothing() {
    let (mut world, incident, policy) = decided(Some(FOR));
    world.payout("dora", &policy, &incident).ok();
    let before = world.read_pool();
    world.payout("dora", &policy, &incident).fails(BreakwaterError::NothingDue);
    world.pass_days(1_000);
    world.payout("dora", &policy, &incident).fails(BreakwaterError::NothingDue);
    assert_eq!(world.read_pool(), before);
}

#[test]
fn a_claim_does_not_expire() {
    let (mut world, incident, policy) = decided(Some(FOR));
    world.pass_days(3_650);
    world.payout("dora", &policy, &incident).ok();
    world.check_books();
}

#[test]
fn three_claims_get_the_same_amounts_in_every_order() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for order in orders {
        let (mut world, address) = short();
        let incident: Incident = world.chain.read(&address);
        assert_eq!(incident.approved, 570_000 * UNIT);
        assert!(0 < incident.settled && incident.settled < incident.approved);
        let mut sum = 0;
        for which in order {
            let (holder, amount) = TRIO[which];
            let (policy, balance) = (world.policy(1, holder, 0), world.balance(holder));
            world.payout(holder, &policy, &address).ok();
            let found: Claim = world.chain.read(&claim_address(&address, &policy));
            let net = amount - amount / 20;
            // The formula knows of no order.
            let due = settlement::part_of_settled(net, incident.settled, incident.approved).expect("it fits");
            assert_eq!((found.amount, found.paid, found.bond), (net, due, net / 100), "{holder} in {order:?}");
            assert_eq!(world.balance(holder), balance + due + net / 100);
            sum += due;
            world.check_books();
        }
        assert!(incident.settled - 3 < sum && sum <= incident.settled, "{sum} of {}", incident.settled);
        let after: Incident = world.chain.read(&address);
        assert_eq!((after.paid, after.settled), (sum, incident.settled));
        for (holder, _) in TRIO {
            let policy = world.policy(1, holder, 0);
            world.payout(holder, &policy, &address).fails(BreakwaterError::NothingDue);
        }
    }
}

#[test]
fn what_was_paid_pro_rata_leaves_the_claim_reserved() {
    let (mut world, incident) = short();
    let address = world.policy(1, "emil", 0);
    world.payout("emil", &address, &incident).ok();
    let found: Policy = world.chain.read(&address);
    assert_eq!((found.claimed, found.amount, found.open_claims), (285_000 * UNIT, 300_000 * UNIT, 0));
    assert!(0 < found.paid && found.paid < found.claimed);
}

#[test]
fn nothing_is_paid_before_the_verdict_or_while_it_can_be_disputed() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.submit_claim("dora", &policy, &incident, DORAS).ok();
    world.payout("dora", &policy, &incident).fails(BreakwaterError::IncidentNotSettled);
    judge(&mut world, 0, 0, Some(FOR));
    world.payout("dora", &policy, &incident).fails(BreakwaterError::DisputeWindowOpen);
    ripen(&mut world, 0, 0);
    world.settle(0, 0).ok();
    world.payout("dora", &policy, &incident).ok();
}

#[test]
fn a_rejected_incident_gives_the_bond_and_the_sum_insured_back() {
    for side in [Some(AGAINST), None] {
        let (mut world, incident, policy) = decided(side);
        let (balance, before) = (world.balance("dora"), world.read_pool());
        let receipt = world.payout("dora", &policy, &incident).ok();
        let [Event::ClaimPaid(event)] = receipt.events()[..] else { panic!("one event") };
        let bond = CLAIMED / 100;
        assert_eq!((event.amount, event.bond, event.paid), (0, bond, 0));
        assert_eq!(world.balance("dora"), balance + bond);
        assert_eq!(world.read_pool(), Pool { bonds: before.bonds - bond, ..before });
        let found: Policy = world.chain.read(&policy);
        assert_eq!((found.claimed, found.paid, found.open_claims), (0, 0, 0));
        let found: Claim = world.chain.read(&claim_address(&incident, &policy));
        assert_eq!((found.state, found.paid), (3, 0));
        world.payout("dora", &policy, &incident).fails(BreakwaterError::NothingDue);

        // All of it can be claimed again in a later incident, and is paid then.
        let later = report(&mut world, 0, 1);
        world.submit_claim("dora", &policy, &later, DORAS + DORAS / 20).ok();
        finish(&mut world, 0, 1, Some(FOR));
        world.payout("dora", &policy, &later).ok();
        let found: Policy = world.chain.read(&policy);
        assert_eq!((found.claimed, found.paid), (DORAS, DORAS));
        world.check_books();
    }
}

#[test]
fn anyone_who_pays_a_claim_the_first_time_gets_the_tip_and_nobody_after() {
    let (mut world, incident) = short();
    let policy = world.policy(1, "emil", 0);
    let address = claim_address(&incident, &policy);
    let guardian = world.key("guardian");
    let [held, guardians] = purses(&mut world, [address, guardian]);
    world.payout("emil", &policy, &incident).ok();
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    // What a recovery brings later is paid as well.
    let paid = world.chain.read::<Claim>(&address).paid;
    world.recover("opal", &incident, 1_000 * UNIT).ok();
    let receipt = world.payout("emil", &policy, &incident).ok();
    let [Event::ClaimPaid(event)] = receipt.events()[..] else { panic!("one event") };
    let found: Claim = world.chain.read(&address);
    assert_eq!((event.amount, event.bond, event.paid), (found.paid - paid, 0, found.paid));
    assert_eq!((event.amount, found.tips), (500 * UNIT, 0), "half of what is claimed is emil's");
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.check_books();
}

/// What ends a claim is tipped, whether it pays or not: where the receiver takes nothing somebody ends it still.
#[test]
fn anyone_who_ends_a_claim_without_paying_it_gets_the_tip() {
    let (mut world, incident, policy) = decided(Some(FOR));
    let (address, guardian) = (claim_address(&incident, &policy), world.key("guardian"));
    let [held, guardians] = purses(&mut world, [address, guardian]);
    world.end_claim("dora", &policy, &incident).ok();
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    assert_eq!(world.chain.read::<Claim>(&address).tips, 0);
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(purses(&mut world, [address, guardian]), [held - TIP, guardians + TIP]);
    world.check_books();
}

#[test]
fn the_caller_may_be_anyone_even_who_is_paid() {
    let (mut world, incident, policy) = decided(Some(AGAINST));
    let dora = world.key("dora");
    let [before] = purses(&mut world, [dora]);
    let accounts = Payout { caller: dora, ..world.payout_accounts("dora", &policy, &incident) };
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(purses(&mut world, [dora]), [before + TIP]);
}

#[test]
fn the_money_goes_to_the_token_account_the_claimant_named_and_to_no_other() {
    let (mut world, incident, policy) = decided(Some(FOR));
    let accounts = world.payout_accounts("dora", &policy, &incident);
    let asset = world.asset();
    // Not even to another of dora's, nor with her signature.
    let savings = other_tokens(&mut world, "savings", "dora", &asset);
    for receiver in [savings, world.tokens("opal", &asset), exit_escrow_address(&accounts.pool, 0)] {
        let wrong = Payout { receiver: Some(receiver), ..accounts };
        world.send(wrong.instruction(), &[]).fails(BreakwaterError::WrongReceiver);
        let wrong = Payout { caller: world.key("dora"), ..wrong };
        world.send(signed(wrong.instruction(), 0), &["dora"]).fails(BreakwaterError::WrongReceiver);
    }
    let redirect = world.redirect_accounts("dora", &policy, &incident, &savings);
    world.send(redirect.instruction(), &["dora"]).ok();
    world.payout("dora", &policy, &incident).fails(BreakwaterError::WrongReceiver);
    world.send(Payout { receiver: Some(savings), ..accounts }.instruction(), &[]).ok();
    assert_eq!(world.balance_of(&savings), CLAIMED + CLAIMED / 100);
}

#[test]
fn a_receiver_other_than_the_holder_gets_it_all() {
    let (mut world, incident) = reported();
    let policy = world.policy(0, "dora", 0);
    world.fund("heir", 0);
    let receiver = world.tokens("heir", &world.asset());
    let accounts = SubmitClaim { receiver, ..world.claim_accounts("dora", &policy, &incident) };
    world.send(accounts.instruction(&harness::claim_request(DORAS)), &["dora"]).ok();
    finish(&mut world, 0, 0, Some(FOR));
    world.payout("dora", &policy, &incident).fails(BreakwaterError::WrongReceiver);
    let accounts = Payout { funder: world.key("dora"), ..world.payout_accounts("heir", &policy, &incident) };
    world.send(accounts.instruction(), &[]).ok();
    assert_eq!(world.balance("heir"), CLAIMED + CLAIMED / 100);
}

#[test]
fn the_bond_of_another_goes_to_their_own_account_or_where_they_say() {
    let (mut world, incident) = reported();
    let (policy, asset) = (world.policy(0, "dora", 0), world.asset());
    world.fund("fred", 10_000 * UNIT);
    let (funder, freds) = (world.key("fred"), world.tokens("fred", &asset));
    let submit = SubmitClaim { funder, funder_token: freds, ..world.claim_accounts("dora", &policy, &incident) };
    world.send(submit.instruction(&harness::claim_request(DORAS)), &["dora", "fred"]).ok();
    finish(&mut world, 0, 0, Some(FOR));
    let accounts = Payout { funder, funder_token: Some(freds), ..world.payout_accounts("dora", &policy, &incident) };
    let savings = other_tokens(&mut world, "savings", "fred", &asset);
    let doras = world.tokens("dora", &asset);
    for funder_token in [Some(savings), Some(doras)] {
        let wrong = Payout { funder_token, ..accounts };
        world.send(wrong.instruction(), &[]).fails(BreakwaterError::WrongReceiver);
    }
    let wrong = Payout { funder: world.key("dora"), ..accounts };
    world.send(wrong.instruction(), &[]).fails(BreakwaterError::WrongWallet);
    // Without an account for it the claim is paid, and the bond waits.
    let balance = world.balance("dora");
    world.send(Payout { funder_token: None, ..accounts }.instruction(), &[]).ok();
    assert_eq!(world.balance("dora") - balance, CLAIMED);
    assert_eq!(world.chain.read::<Claim>(&accounts.claim).bond_waits, 1);
    world.send(Payout { funder_token: None, ..accounts }.instruction(), &[]).fails(BreakwaterError::NothingDue);
    let elsewhere = Payout { funder_token: Some(savings), ..accounts };
    world.send(signed(elsewhere.instruction(), 7), &["fred"]).ok();
    assert_eq!((world.balance("dora") - balance, world.balance_of(&savings)), (CLAIMED, CLAIMED / 100));
    world.send(accounts.instruction(), &[]).fails(BreakwaterError::NothingDue);
    world.check_books();
}

#[test]
fn a_closed_or_frozen_receiver_holds_up_only_itself() {
    let (mut world, incident) = short();
    let policies = TRIO.map(|(holder, _)| world.policy(1, holder, 0));
    close_tokens(&mut world, "emil");
    let frozen = world.tokens("fay", &world.asset());
    edit_tokens(&mut world, &frozen, |tokens| tokens.state = AccountState::Frozen);
    world.payout("emil", &policies[0], &incident).fails_with(InstructionError::InvalidAccountData);
    world.payout("fay", &policies[1], &incident).fails_with(TOKEN_FROZEN);
    world.payout("gus", &policies[2], &incident).ok();
    world.check_books();

    let asset = world.asset();
    world.open_tokens("emil", &asset);
    edit_tokens(&mut world, &frozen, |tokens| tokens.state = AccountState::Initialized);
    world.payout("emil", &policies[0], &incident).ok();
    world.payout("fay", &policies[1], &incident).ok();
    let found: Incident = world.chain.read(&incident);
    assert!(found.settled - found.paid < 3);
    world.check_books();
}

#[test]
fn every_slot_refuses_a_wrong_account() {
    let (mut world, incident, policy) = decided(Some(FOR));
    let other = elsewhere(&mut world);
    // Capital for fay's cover.
    world.fund("ben", 1_000_000 * UNIT);
    world.deposit("ben", 1_000_000 * UNIT).ok();
    world.pass_season();
    world.buy("fay", 0, 0, UNIT, 30).ok();
    let of_product_1 = report(&mut world, 1, 0);
    let (of_emil, of_fay) = (world.policy(1, "emil", 0), world.policy(0, "fay", 0));
    world.submit_claim("emil", &of_emil, &of_product_1, 300_000 * UNIT).ok();
    let accounts = world.payout_accounts("dora", &policy, &incident);
    let rows = [
        (1, other.pool, code(BreakwaterError::WrongPool)),
        (1, other.product, InstructionError::AccountDataTooSmall),
        (1, incident, DUPLICATE),
        (2, world.product(1), code(BreakwaterError::WrongProduct)),
        (2, other.product, code(BreakwaterError::WrongProduct)),
        (2, accounts.pool, DUPLICATE),
        (3, of_product_1, code(BreakwaterError::WrongIncident)),
        (3, other.incident, code(BreakwaterError::WrongPool)),
        (3, other.product, InstructionError::InvalidAccountData),
        (4, claim_address(&of_product_1, &of_emil), code(BreakwaterError::WrongIncident)),
        (4, other.claim, code(BreakwaterError::WrongIncident)),
        (4, of_product_1, InstructionError::InvalidAccountData),
        (4, other.product, InstructionError::InvalidAccountData),
        (4, claim_address(&incident, &of_emil), InstructionError::AccountDataTooSmall),
        (5, of_fay, code(BreakwaterError::WrongPolicy)),
        (5, of_emil, code(BreakwaterError::WrongProduct)),
        (5, other.policy, code(BreakwaterError::WrongProduct)),
        (5, other.product, InstructionError::InvalidAccountData),
        (6, accounts.vault, DUPLICATE),
        (6, other.policy, code(BreakwaterError::WrongReceiver)),
        (6, world.asset(), code(BreakwaterError::WrongReceiver)),
        (7, world.key("opal"), code(BreakwaterError::WrongWallet)),
        (9, vault_address(&other.pool), code(BreakwaterError::WrongVault)),
        (9, world.tokens("dora", &world.asset()), DUPLICATE),
        (10, world.governance(), code(BreakwaterError::WrongMint)),
        (10, share_mint_address(&accounts.pool, 0), code(BreakwaterError::WrongMint)),
        (11, TOKEN_2022, code(BreakwaterError::WrongTokenProgram)),
        (11, ID, code(BreakwaterError::WrongTokenProgram)),
    ];
    refuses(&mut world, &accounts.instruction(), &[], &rows);
    world.send(accounts.instruction(), &[]).ok();
}
