//! T32: someone else chooses where or when my money goes.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, Receipt, UNIT, pool_params};
use solana_address::Address;
use solana_instruction::{AccountMeta, Instruction};
use spl_token_interface::instruction::{self as token, AuthorityType};

/// Asserts that a crank pays to an account of nobody but the one that is due: not of mallory, not another of the
/// owner's, not the vault, no matter who calls and signs.
#[track_caller]
fn only_pays(world: &mut Play, instruction: &Instruction, name: &str, receiver: usize, found: E) {
    let [mine, another, funds] =
        [world.tokens("mallory", &world.asset()), another_account(world, name), another_account(world, "mallory")];
    for wrong in [mine, another, funds] {
        let mut swapped = instruction.clone();
        swapped.accounts[receiver].pubkey = wrong;
        world.send(swapped.clone(), &[]).fails(found);
        // Nor when a stranger signs it.
        swapped.accounts.push(AccountMeta::new(world.key("mallory"), true));
        world.send(swapped, &["mallory"]).fails(found);
    }
}

/// The instruction with another address in a slot, and whether it signs.
fn with(instruction: &Instruction, slot: usize, address: Address, signs: bool) -> Instruction {
    let mut swapped = instruction.clone();
    swapped.accounts[slot].pubkey = address;
    swapped.accounts[slot].is_signer = signs;
    swapped
}

/// What arrives in an account by a transaction.
#[track_caller]
fn arrives(world: &mut Play, account: &Address, send: impl FnOnce(&mut Play) -> Receipt) -> u64 {
    let held = world.balance_of(account);
    send(world).ok();
    world.balance_of(account) - held
}

/// A court that pays voters, in which an incident with a claim of dora was accepted after an appeal by paul, and a
/// dispute of it by ann was won; nothing is collected.
fn everything_due() -> (Play, Address, Address) {
    let mut world = court_of(PoolParams { assessor_fee_bps: 1_000, ..pool_params() });
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    cover(&mut world, "emil", 1, 100_000 * UNIT);
    for name in ["paul", "ann"] {
        world.fund(name, 2_000 * UNIT);
    }
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
    world.vote("walt", &incident, 0).ok();
    world.pass_days(3);
    world.close_ballot(&incident).ok();
    world.appeal("paul", &incident).ok();
    world.vote("vera", &incident, 1).ok();
    world.vote("xeno", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    read_verdict(&mut world, &incident);
    world.dispute("ann", &policy, &incident).ok();
    let subject = claim_address(&incident, &policy);
    world.vote_at("vera", &subject, 10).ok();
    world.close_ballot(&subject).ok();
    world.pass_days(2);
    world.resolve_dispute(&policy, &incident).ok();
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    (world, incident, policy)
}

#[test]
fn t32_where_a_payout_goes() {
    let (mut world, incident, policy) = everything_due();
    let payout = world.payout_accounts("dora", &policy, &incident).instruction();
    only_pays(&mut world, &payout, "dora", 6, E::WrongReceiver);
    // Nobody else names another account, for this claim or with another asset.
    let [elsewhere, governance] = [another_account(&mut world, "dora"), world.governance()];
    for thief in ["mallory", "opal"] {
        let redirect = world.redirect_accounts(thief, &policy, &incident, &elsewhere);
        world.send(redirect.instruction(), &[thief]).fails(E::NotClaimant);
    }
    let other_asset = world.open_tokens("dora", &governance);
    let redirect = world.redirect_accounts("dora", &policy, &incident, &other_asset);
    world.send(redirect.instruction(), &["dora"]).fails(E::WrongMint);
    // The claimant does, and then it goes nowhere else.
    let redirect = world.redirect_accounts("dora", &policy, &incident, &elsewhere);
    world.send(redirect.instruction(), &["dora"]).ok();
    world.send(payout.clone(), &[]).fails(E::WrongReceiver);
    let paid = with(&payout, 6, elsewhere, false);
    // The bond was lost to the dispute.
    assert_eq!(arrives(&mut world, &elsewhere, |world| world.send(paid, &[])), 59_375 * UNIT);
    // A holder who sells the policy later cannot be robbed either: what was filed stays the claimant's.
    world.transfer_cover("dora", &policy, "mallory").ok();
    let redirect = world.redirect_accounts("mallory", &policy, &incident, &elsewhere);
    world.send(redirect.instruction(), &["mallory"]).fails(E::NotClaimant);
}

#[test]
fn t32_where_bonds_and_rewards_go() {
    let (mut world, incident, policy) = everything_due();
    let subject = claim_address(&incident, &policy);
    let cranks = [
        ("opal", world.collect_bond_accounts("opal", &incident).instruction(), 2, 3, BOND),
        ("paul", world.collect_appeal_bond_accounts("paul", &incident).instruction(), 2, 3, 2 * BOND),
        ("ann", world.collect_dispute_bond_accounts("ann", &policy, &incident).instruction(), 3, 4, 950 * UNIT),
        // Of half of the report's bond, by weight of 1,000; and all of a quarter of the claim's.
        ("vera", world.collect_vote_reward_accounts("vera", &incident).instruction(), 6, 8, 150 * UNIT),
        ("xeno", world.collect_vote_reward_accounts("xeno", &incident).instruction(), 6, 8, 25 * UNIT),
        ("vera", world.collect_vote_reward_accounts("vera", &subject).instruction(), 6, 8, 950 * UNIT / 4),
    ];
    for (nth, (name, crank, owner, receiver, due)) in cranks.into_iter().enumerate() {
        only_pays(&mut world, &crank, name, receiver, E::WrongReceiver);
        // Another owner in the slot, signing for themselves.
        let thief = with(&crank, owner, world.key("mallory"), true);
        let mine = world.tokens("mallory", &world.asset());
        let found = if owner == 6 { E::NotVoter } else { E::WrongWallet };
        world.send(with(&thief, receiver, mine, false), &["mallory"]).fails(found);
        // To the owner's own account at anybody's word, to any other at the owner's.
        let own = world.tokens(name, &world.asset());
        if nth % 2 == 0 {
            assert_eq!(arrives(&mut world, &own, |world| world.send(crank, &[])), due, "{name}");
        } else {
            let other = another_account(&mut world, name);
            let signed = with(&with(&crank, owner, world.key(name), true), receiver, other, false);
            assert_eq!(arrives(&mut world, &other, |world| world.send(signed, &[name])), due, "{name}");
        }
    }
    assert_eq!(world.read_pool().bonds, 0);
    world.check_books();
}

#[test]
fn t32_where_an_exit_and_rents_go() {
    let (mut world, incident, policy) = everything_due();
    let subject = claim_address(&incident, &policy);
    // Rent goes back to who paid it; the caller gets the tip and no more.
    let mallory = world.key("mallory");
    for juror in ["vera", "xeno"] {
        let release = world.collect_vote_reward_accounts(juror, &incident).instruction();
        world.send(with(&release, 7, mallory, false), &[]).fails(E::WrongRentPayer);
        world.send(release, &[]).ok();
    }
    let release = world.collect_vote_reward_accounts("walt", &incident).instruction();
    world.send(with(&release, 7, mallory, false), &[]).fails(E::WrongRentPayer);
    // An overturned vote has no reward: no account of mallory's gets anything by its release.
    let mine = world.tokens("mallory", &world.asset());
    assert_eq!(arrives(&mut world, &mine, |world| world.send(with(&release, 8, mine, false), &[])), 0);
    world.collect_vote_reward("vera", &subject).ok();
    world.collect_appeal_bond("paul", &incident).ok();
    world.reclaim_ballot("mallory", &incident).fails(E::WrongRentPayer);
    world.reclaim_ballot("opal", &incident).ok();
    world.reclaim_ballot("mallory", &subject).fails(E::WrongRentPayer);
    world.collect_dispute_bond("ann", &policy, &incident).ok();
    world.payout("dora", &policy, &incident).ok();
    world.close_claim("mallory", &policy, &incident).fails(E::WrongRentPayer);
    let (key, account) = (world.key("dora"), claim_address(&incident, &policy));
    let rent = world.chain.account(&account).unwrap().lamports;
    let held = world.chain.account(&key).unwrap().lamports;
    world.close_claim("dora", &policy, &incident).ok();
    assert_eq!(world.chain.account(&key).unwrap().lamports - held, rent - 20_000);
    world.close_incident("mallory", &incident).fails(E::WrongRentPayer);

    let day = ask_for_all(&mut world, "honest", 0);
    until_day(&mut world, day);
    world.pay_exits().ok();
    let collect = world.collect_exit_accounts("honest", 0).instruction();
    let slot = collect.accounts.iter().position(|meta| meta.pubkey == world.tokens("honest", &world.asset())).unwrap();
    only_pays(&mut world, &collect, "honest", slot, E::WrongReceiver);
    let own = world.tokens("honest", &world.asset());
    assert!(arrives(&mut world, &own, |world| world.send(collect, &[])) > HALF * 9 / 10);
    world.check_books();
}

#[test]
fn t32_when_money_goes() {
    // What is due does not shrink by waiting, nor by being paid at once at another's word.
    let mut results = Vec::new();
    for wait in [0, DAY, 400 * DAY] {
        let (mut world, incident, policy) = everything_due();
        world.pass(wait);
        let own = world.tokens("dora", &world.asset());
        let bonds = [
            arrives(&mut world, &own, |world| world.payout("dora", &policy, &incident)),
            arrives_to(&mut world, "opal", |world| world.collect_bond("opal", &incident)),
            arrives_to(&mut world, "paul", |world| world.collect_appeal_bond("paul", &incident)),
            arrives_to(&mut world, "ann", |world| world.collect_dispute_bond("ann", &policy, &incident)),
            arrives_to(&mut world, "vera", |world| world.collect_vote_reward("vera", &incident)),
        ];
        results.push(bonds);
        world.check_books();
    }
    assert_eq!(results[0], [59_375 * UNIT, BOND, 2 * BOND, 950 * UNIT, 150 * UNIT]);
    assert!(results.iter().all(|result| *result == results[0]));
}

#[track_caller]
fn arrives_to(world: &mut Play, name: &str, send: impl FnOnce(&mut Play) -> Receipt) -> u64 {
    let account = world.tokens(name, &world.asset());
    arrives(world, &account, send)
}

#[test]
fn t32_be_paid_to_the_account_that_paid_the_bond() {
    let mut world = court();
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    let held = world.balance("dora");
    world.submit_claim("dora", &policy, &incident, 100_000 * UNIT).ok();
    assert_eq!(held - world.balance("dora"), 950 * UNIT);
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    let payout = world.payout_accounts("dora", &policy, &incident).instruction();
    only_pays(&mut world, &payout, "dora", 6, E::WrongReceiver);
    world.send(payout, &[]).ok();
    assert_eq!(world.balance("dora") - held, 95_000 * UNIT);
    world.check_books();
}

/// An associated token account whose owner was reassigned still got its former owner's payments. Now it gets none, and who is owed them
/// names another account.
#[test]
fn t68_pay_into_an_account_that_was_given_away() {
    let (world, incident, policy) = everything_due();
    let subject = claim_address(&incident, &policy);
    let calls: [(&str, Instruction, usize, usize); 5] = [
        ("opal", world.clone().collect_bond_accounts("opal", &incident).instruction(), 2, 3),
        ("paul", world.collect_appeal_bond_accounts("paul", &incident).instruction(), 2, 3),
        ("ann", world.collect_dispute_bond_accounts("ann", &policy, &incident).instruction(), 3, 4),
        ("vera", world.collect_vote_reward_accounts("vera", &subject).instruction(), 6, 8),
        ("xeno", world.collect_vote_reward_accounts("xeno", &incident).instruction(), 6, 8),
    ];
    for (name, call, owner, receiver) in calls {
        let mut world = world.clone();
        let (tokens, thief, key) = (world.tokens(name, &world.asset()), world.key("mallory"), world.key(name));
        let give = token::set_authority(
            &spl_token_interface::ID,
            &tokens,
            Some(&thief),
            AuthorityType::AccountOwner,
            &key,
            &[],
        );
        world.send(give.unwrap(), &[name]).ok();
        world.send(call.clone(), &[]).fails(E::WrongReceiver);
        let other = another_account(&mut world, name);
        let chosen = with(&call, receiver, other, false);
        let mut signed = chosen.clone();
        signed.accounts[owner].is_signer = true;
        world.send(chosen, &[]).fails(E::WrongReceiver);
        assert!(arrives(&mut world, &other, |world| world.send(signed, &[name])) > 0, "{name}");
        world.check_books();
    }
}
