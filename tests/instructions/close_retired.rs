//! `close_retired`: once none of the retired shares are left, what was kept for them closes.

use crate::{common::*, story::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, Receipt, UNIT};
use solana_instruction_error::InstructionError as I;

/// Redeems `shares` of an actor's first shares.
fn redeem(world: &mut TestWorld, name: &str, shares: u64) -> Receipt {
    let pool = world.pool();
    let accounts = RedeemRetired {
        owner: world.key(name),
        pool,
        retired: retired_address(&pool, 0),
        owner_shares: world.share_tokens(name),
        receiver: world.tokens(name, &world.asset()),
        vault: vault_address(&pool),
        share_mint: world.share_mint(),
        asset_mint: world.asset(),
        token_program: world.token_program,
        share_token_program: world.share_program,
    };
    world.send(accounts.instruction(shares), &[name])
}

/// Burns all of an actor's first shares, as any wallet can.
fn burn(world: &mut TestWorld, name: &str) {
    let (tokens, mint, owner, shares) =
        (world.share_tokens(name), world.share_mint(), world.key(name), world.shares(name));
    let burn = spl_token_interface::instruction::burn(&spl_token_interface::ID, &tokens, &mint, &owner, &[], shares);
    world.send(burn.unwrap(), &[name]).ok();
}

/// A pool whose shares were retired, at the founder's expense.
fn retired() -> TestWorld {
    let mut world = wiped_out();
    world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
    world
}

/// The same, all redeemed.
fn redeemed() -> TestWorld {
    let mut world = retired();
    for name in ["ada", "ben"] {
        let shares = world.shares(name);
        redeem(&mut world, name, shares).ok();
    }
    world
}

#[test]
fn close_retired_gives_the_rents_back_once_all_is_redeemed() {
    let mut world = retired();
    world.close_retired(0).fails(E::RetiredInUse);
    for (name, kept) in [("ada", 0), ("ben", 1)] {
        let shares = world.shares(name);
        redeem(&mut world, name, shares - kept).ok();
        world.close_retired(0).fails(E::RetiredInUse);
    }
    redeem(&mut world, "ben", 1).ok();
    world.pass(1);
    let (pool, before) = (world.pool(), world.read_pool());
    let (address, escrow) = (retired_address(&pool, 0), world.exit_escrow());
    let (founder, guardian) = (world.key("founder"), world.key("guardian"));
    let [rent, escrows, founders, guardians] = purses(&mut world, [address, escrow, founder, guardian]);
    let receipt = world.close_retired(0).ok();

    assert!([address, escrow].iter().all(|gone| world.chain.account(gone).is_none()));
    let after = world.read_pool();
    let accrued_at = world.now();
    assert_eq!(after, Pool { children: before.children - 1, accrued_at, ..before });
    let back = founders + rent + escrows - TIP;
    assert_eq!(purses(&mut world, [founder, guardian]), [back, guardians + TIP]);
    let event = RetiredClosed { pool, share_mint: world.share_mint(), dust: 0, earned: 0, books: books(&after) };
    assert_eq!(only_event(&receipt), Event::RetiredClosed(event));
    world.check_books();
    // The new shares go on.
    let mint = share_mint_address(&pool, 1);
    let owner_shares = world.open_tokens("emil", &mint);
    let (anew, seen) = (Deposit { owner_shares, share_mint: mint, ..world.deposit_accounts("emil") }, world.seen());
    world.send(anew.instruction(UNIT, 0, &seen), &["emil"]).ok();
}

#[test]
fn close_retired_streams_what_was_for_shares_that_their_owners_burned() {
    let mut world = retired();
    let left = world.chain.read::<Retired>(&retired_address(&world.pool(), 0)).capital;
    let bens = world.shares("ben");
    redeem(&mut world, "ben", bens).ok();
    burn(&mut world, "ada");
    let before = world.read_pool();
    let receipt = world.close_retired(0).ok();
    let Event::RetiredClosed(event) = only_event(&receipt) else { panic!("another event") };
    assert_eq!(event.dust, left - left / 5);
    let after = world.read_pool();
    assert_eq!((before.exits_due, after.exits_due), (event.dust, 0));
    assert_eq!((after.unearned, after.other_income - before.other_income), (event.dust, event.dust));
    world.check_books();
}

#[test]
fn close_retired_leaves_claims_of_before_what_comes_back() {
    // Emil's claim got a part of what the pool had.
    let (mut world, incident) = short();
    let policy = world.policy(1, "emil", 0);
    world.payout("emil", &policy, &incident).ok();
    let case: Incident = world.chain.read(&incident);
    let owed = case.approved - case.settled;
    assert!(owed > 0);
    // The shares of that time were retired since, and all redeemed, and their account is closed: nobody has them.
    let pool = world.pool();
    edit(&mut world, &pool, std::mem::offset_of!(Pool, generation), &1u32.to_le_bytes());
    world.fund("rescuer", 2 * owed);
    let recover = |world: &TestWorld, amount| world.recover_accounts("rescuer", &incident).instruction(amount);
    // What exceeds the claims would be theirs.
    let too_much = recover(&world, owed + 1);
    world.send(too_much, &["rescuer"]).fails(E::WrongRetired);
    let enough = recover(&world, owed);
    world.send(enough, &["rescuer"]).ok();
    world.payout("emil", &policy, &incident).ok();
    let claimed: Policy = world.chain.read(&policy);
    assert_eq!(claimed.paid, claimed.claimed);
    world.check_books();
}

#[test]
fn close_retired_lets_the_pool_close_with_every_escrow() {
    let mut world = redeemed();
    world.close_retired(0).ok();
    // A second time: nobody had deposited, so nothing can be retired; the pool's own escrow is the second.
    let pool = world.read_pool();
    assert_eq!(pool.exit_escrow, exit_escrow_address(&world.pool(), 1));
    let (policy, incident) = (world.policy(0, "dora", 0), world.incident(0, 0));
    world.collect_bond("opal", &incident).ok();
    world.close_claim("dora", &policy, &incident).ok();
    world.close_incident("opal", &incident).ok();
    world.collect_vote_reward("vera", &incident).ok();
    world.reclaim_ballot("opal", &incident).ok();
    world.close_policy(0, &policy).ok();
    world.remove_product(0).ok();
    world.fund("treasury", 0);
    world.close_pool().ok();
    assert!(world.chain.account(&pool.exit_escrow).is_none());
}

#[test]
fn close_retired_refuses_another_pools_accounts() {
    let mut world = redeemed();
    let second = second_pool(&mut world);
    let (pool, ada) = (world.pool(), world.key("ada"));
    let forged = forge(&mut world, &retired_address(&pool, 0));
    let instruction = world.close_retired_accounts(0).instruction();
    refuses(
        &mut world,
        &instruction,
        &[],
        &[
            (1, second, error(E::WrongPool)),
            (2, forged, I::IllegalOwner),
            (3, ada, error(E::WrongRentPayer)),
            (4, vault_address(&second), error(E::WrongVault)),
            (5, share_mint_address(&pool, 1), error(E::WrongShareMint)),
            (6, exit_escrow_address(&pool, 1), I::InvalidSeeds),
            (6, exit_escrow_address(&second, 0), I::InvalidSeeds),
            (7, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    for slot in [0, 1, 2, 3, 6] {
        world.send(read_only(instruction.clone(), slot), &[]).fails_with(NOT_WRITABLE);
    }
    needs_a_full_vault(&mut world, instruction, &[]);
}
