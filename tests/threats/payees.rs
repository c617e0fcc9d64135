//! T31: whose token account is frozen or closed holds up nobody else, and gets the money elsewhere.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, UNIT, pool_params};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::{error::TokenError, instruction as token, state::Mint};

/// The token program's error for an account that its mint's authority has frozen.
const FROZEN: InstructionError = InstructionError::Custom(TokenError::AccountFrozen as u32);
/// The token program's error for an account that is closed.
const CLOSED: InstructionError = InstructionError::InvalidAccountData;

/// How a payee's token account fails.
#[derive(Clone, Copy, Debug)]
enum Loss {
    Frozen,
    Closed,
}

impl Loss {
    fn error(self) -> InstructionError {
        match self {
            Self::Frozen => FROZEN,
            Self::Closed => CLOSED,
        }
    }
}

const LOSSES: [Loss; 2] = [Loss::Frozen, Loss::Closed];

/// Lets the bank freeze accounts of the asset, as the issuers of most stablecoins can.
pub fn give_freeze_authority(world: &mut Play) {
    let (mint, bank) = (world.asset(), world.chain.bank().pubkey());
    let mut account = world.chain.account(&mint).unwrap();
    let read = Mint::unpack(&account.data).unwrap();
    Mint { freeze_authority: Some(bank).into(), ..read }.pack_into_slice(&mut account.data);
    world.chain.set_account(&mint, account);
}

/// Takes an actor's associated token account away.
fn lose(world: &mut Play, name: &str, loss: Loss) {
    let (program, account, mint) = (spl_token_interface::ID, world.tokens(name, &world.asset()), world.asset());
    match loss {
        Loss::Frozen => freeze(world, &account),
        Loss::Closed => {
            let (owner, held) = (world.key(name), world.balance(name));
            let aside = world.tokens("honest", &mint);
            let empty = transfer(world, name, &aside, held);
            let close = token::close_account(&program, &account, &owner, &owner, &[]).unwrap();
            world.send_all(&[empty, close], &[name]).ok();
        }
    }
}

/// Freezes a token account of the asset.
pub fn freeze(world: &mut Play, account: &Address) {
    let (bank, mint) = (world.chain.bank().pubkey(), world.asset());
    let freeze = token::freeze_account(&spl_token_interface::ID, account, &mint, &bank, &[]);
    world.send(freeze.unwrap(), &[]).ok();
}

/// A court that pays voters and whose asset can be frozen, with claims of dora and emil, both of 100,000 units insured.
fn two_claims() -> (Play, Address, [Address; 2]) {
    let mut world = court_of(PoolParams { assessor_fee_bps: 1_000, ..pool_params() });
    give_freeze_authority(&mut world);
    let policies = ["dora", "emil"].map(|holder| cover(&mut world, holder, 0, 100_000 * UNIT));
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    for (holder, policy) in ["dora", "emil"].iter().zip(&policies) {
        file(&mut world, holder, policy, &incident, 100_000 * UNIT).ok();
    }
    (world, incident, policies)
}

/// Sends an instruction with another token account in the slot of `receiver`, signed by its owner, whose own address is
/// in the slot of `owner`; returns what arrived.
fn redirected(world: &mut Play, mut instruction: Instruction, name: &str, owner: usize, receiver: usize) -> u64 {
    let other = another_account(world, name);
    let held = world.balance_of(&other);
    instruction.accounts[receiver].pubkey = other;
    world.send(instruction.clone(), &[]).fails(E::WrongReceiver);
    assert_eq!(instruction.accounts[owner].pubkey, world.key(name));
    instruction.accounts[owner].is_signer = true;
    world.send(instruction, &[name]).ok();
    world.balance_of(&other) - held
}

#[test]
fn t31_a_claimant_a_voter_and_the_opener() {
    for loss in LOSSES {
        let (mut world, incident, policies) = two_claims();
        for (juror, side) in [("vera", 1), ("walt", 1), ("xeno", 0)] {
            world.vote(juror, &incident, side).ok();
        }
        world.close_ballot(&incident).ok();
        for name in ["dora", "walt", "opal"] {
            lose(&mut world, name, loss);
        }
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        // None of the three can be paid, and everybody else is.
        let held = world.balance("emil");
        world.payout("dora", &policies[0], &incident).fails_with(loss.error());
        world.payout("emil", &policies[1], &incident).ok();
        assert_eq!(world.balance("emil") - held, 95_000 * UNIT + 950 * UNIT);
        world.collect_vote_reward("walt", &incident).fails_with(loss.error());
        for (juror, reward) in [("vera", 150 * UNIT), ("xeno", 25 * UNIT)] {
            let held = world.balance(juror);
            world.collect_vote_reward(juror, &incident).ok();
            assert_eq!(world.balance(juror) - held, reward);
            world.request_unstake(juror, 1).ok();
        }
        world.collect_bond("opal", &incident).fails_with(loss.error());
        let day = ask_for_all(&mut world, "mallory", 0);
        leave(&mut world, "mallory", 0, day);

        // They have it sent elsewhere.
        let other = another_account(&mut world, "dora");
        let redirect = world.redirect_accounts("dora", &policies[0], &incident, &other).instruction();
        world.send(redirect, &["dora"]).ok();
        let held = world.balance_of(&other);
        let payout = Payout { receiver: Some(other), ..world.payout_accounts("dora", &policies[0], &incident) };
        world.send(payout.instruction(), &[]).ok();
        assert_eq!(world.balance_of(&other) - held, 95_000 * UNIT + 950 * UNIT);
        let reward = world.collect_vote_reward_accounts("walt", &incident).instruction();
        assert_eq!(redirected(&mut world, reward, "walt", 6, 8), 75 * UNIT);
        let bond = world.collect_bond_accounts("opal", &incident).instruction();
        assert_eq!(redirected(&mut world, bond, "opal", 2, 3), BOND);
        assert_eq!((world.read_pool().payable, world.read_pool().bonds), (0, 0));
        world.reclaim_ballot("opal", &incident).ok();
        world.check_books();
    }
}

#[test]
fn t31_a_disputer_whose_claim_was_cut() {
    for loss in LOSSES {
        let (mut world, incident, policies) = two_claims();
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        read_verdict(&mut world, &incident);
        world.fund("first", 1_000 * UNIT);
        world.dispute("first", &policies[0], &incident).ok();
        lose(&mut world, "first", loss);
        let subject = claim_address(&incident, &policies[0]);
        world.vote_at("vera", &subject, 12).ok();
        world.close_ballot(&subject).ok();
        world.pass_days(2);
        world.resolve_dispute(&policies[0], &incident).ok();
        world.collect_dispute_bond("first", &policies[0], &incident).fails_with(loss.error());
        // The incident settles and both claims are paid meanwhile: dora's three quarters, without a bond.
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        for (holder, policy, due) in [("dora", policies[0], 71_250 * UNIT), ("emil", policies[1], 95_950 * UNIT)] {
            let held = world.balance(holder);
            world.payout(holder, &policy, &incident).ok();
            assert_eq!(world.balance(holder) - held, due);
        }
        world.close_claim("emil", &policies[1], &incident).ok();
        let bond = world.collect_dispute_bond_accounts("first", &policies[0], &incident).instruction();
        assert_eq!(redirected(&mut world, bond, "first", 3, 4), 475 * UNIT + 475 * UNIT);
        world.close_claim("dora", &policies[0], &incident).ok();
        assert_eq!(world.read_pool().bonds, BOND);
        world.check_books();
    }
}

#[test]
fn t31_an_appellant_who_was_right() {
    for loss in LOSSES {
        let (mut world, incident, policies) = two_claims();
        world.fund("paul", 2 * BOND);
        world.vote("walt", &incident, 0).ok();
        world.pass_days(3);
        world.close_ballot(&incident).ok();
        world.appeal("paul", &incident).ok();
        lose(&mut world, "paul", loss);
        // The overturned one loses stake even where no reward can be paid.
        lose(&mut world, "walt", loss);
        world.vote("vera", &incident, 1).ok();
        world.close_ballot(&incident).ok();
        read_verdict(&mut world, &incident);
        world.collect_appeal_bond("paul", &incident).fails_with(loss.error());
        world.collect_vote_reward("walt", &incident).ok();
        assert_eq!(staked(&mut world, "walt"), 285 * UNIT);
        world.collect_vote_reward("vera", &incident).ok();
        until_settleable(&mut world, &incident);
        world.settle(0, 0).ok();
        for (holder, policy) in ["dora", "emil"].iter().zip(&policies) {
            world.payout(holder, policy, &incident).ok();
        }
        world.collect_bond("opal", &incident).ok();
        let bond = world.collect_appeal_bond_accounts("paul", &incident).instruction();
        assert_eq!(redirected(&mut world, bond, "paul", 2, 3), 2 * BOND);
        assert_eq!(world.read_pool().bonds, 0);
        world.reclaim_ballot("opal", &incident).ok();
        world.check_books();
    }
}

#[test]
fn t31_an_lp_on_the_way_out() {
    for loss in LOSSES {
        let mut world = court();
        give_freeze_authority(&mut world);
        let days = ["mallory", "honest"].map(|name| ask_for_all(&mut world, name, 0));
        until_day(&mut world, days[0]);
        if matches!(loss, Loss::Closed) {
            world.fund("honest", 0);
        }
        lose(&mut world, "mallory", loss);
        world.pay_exits().ok();
        // The program itself reads the account of an exit, so it says before the token program that it is gone.
        let found = if matches!(loss, Loss::Closed) { GONE } else { FROZEN };
        world.collect_exit("mallory", 0).fails_with(found);
        let held = world.balance("honest");
        world.collect_exit("honest", 0).ok();
        assert_eq!(world.balance("honest") - held, HALF);
        let collect = world.collect_exit_accounts("mallory", 0).instruction();
        assert_eq!(redirected(&mut world, collect, "mallory", 4, 6), HALF);
        assert_eq!(world.read_pool().exits_due, 0);
        world.check_books();
    }
}
