//! `close_pool`: a pool that nobody needs any more gives all rents back, and its address goes to no other.

use crate::common::*;
use coverage_client::{BreakwaterError as E, *};
use coverage_math::DAY;
use harness::{Chain, ProgramTestChain, UNIT, World, pool_params, product_params};
use solana_instruction_error::InstructionError as I;
use std::mem::offset_of;

/// Plays the life of a pool until nothing is left to close but itself: ada deposits, dora is covered for 30 days, ada leaves.
fn wound_down(mut world: TestWorld) -> TestWorld {
    world.list_product(0, product_params("Risk")).ok();
    for (name, amount) in [("ada", 2 * CAPITAL), ("dora", CAPITAL), ("treasury", 0)] {
        world.fund(name, amount);
    }
    world.deposit("ada", CAPITAL).ok();
    world.buy("dora", 0, 0, 100_000 * UNIT, 30).ok();
    world.delist(0);
    let policy = doras_policy(&mut world, 0);
    world.chain.set_now(policy.release_day * DAY);
    let shares = world.shares("ada");
    world.request_exit("ada", 0, shares).ok();
    world.await_exits();
    world.pay_exits().ok();
    world.collect_exit("ada", 0).ok();
    world.close_epoch(0).ok();
    let address = world.policy(0, "dora", 0);
    world.close_policy(0, &address).ok();
    world.close_product(0).ok();
    world
}

/// A pool that nobody has used.
fn fresh() -> TestWorld {
    founded(pool_params(), &[])
}

#[test]
fn close_pool_pays_what_is_nobodys_to_the_treasury_and_gives_the_rents_back() {
    let mut world = wound_down(World::new());
    let (address, pool, founder) = (world.pool(), world.read_pool(), world.key("founder"));
    let held = world.vault_balance();
    assert!(pool.treasury_due > 0 && pool.assessors > 0 && held >= pool.treasury_due + pool.assessors);
    let [rent, vaults, escrows, founders] = purses(&mut world, [address, pool.vault, pool.exit_escrow, founder]);
    let receipt = world.close_pool().ok();

    for gone in [address, pool.vault, pool.exit_escrow] {
        assert!(world.chain.account(&gone).is_none());
    }
    assert_eq!(mint_at(&mut world, &pool.share_mint).supply, 0);
    assert_eq!(world.balance("treasury"), held);
    assert_eq!(purses(&mut world, [founder]), [founders + rent + vaults + escrows]);
    let assembly: Assembly = world.chain.read(&pool.assembly);
    assert_eq!(assembly.pools, 0);
    let event = PoolClosed { pool: address, assembly: pool.assembly, treasury: pool.treasury, amount: held };
    assert_eq!(only_event(&receipt), Event::PoolClosed(event));
}

#[test]
fn close_pool_of_token_2022() {
    let mut world = wound_down(World::with_shares_of_token_2022(ProgramTestChain::start()));
    let pool = world.read_pool();
    assert_eq!(pool.share_token_program, TOKEN_2022);
    world.close_pool().ok();
    assert!(world.chain.account(&pool.exit_escrow).is_none());
    assert!(world.chain.account(&pool.share_mint).is_some());
}

#[test]
fn close_pool_of_one_that_nobody_used_leaves_the_rent_of_the_share_mint_alone() {
    let mut world = World::bare();
    world.create_assembly(harness::assembly_params()).ok();
    let founder = world.key("founder");
    let [before] = purses(&mut world, [founder]);
    world.create_pool(0, pool_params()).ok();
    // The vault is empty: nobody asks where to pay.
    world.close_pool().ok();
    let mint = world.share_mint();
    let [after, rent] = purses(&mut world, [founder, mint]);
    assert_eq!(before - after, rent);
}

#[test]
fn close_pool_never_lets_another_come_to_its_address() {
    let mut world = fresh();
    let create = |world: &TestWorld| world.create_pool_accounts(0).instruction(0, &pool_params(), &ShareWords::NONE);
    let both = [world.close_pool_accounts().instruction(), create(&world)];
    world.send_all(&both, &["founder"]).fails_with(TAKEN);
    world.close_pool().ok();
    let again = create(&world);
    world.send(again, &["founder"]).fails_with(TAKEN);
    // Not with lamports on it either, nor with other shares.
    let pool = world.pool();
    let gift = solana_system_interface::instruction::transfer(&world.key("founder"), &pool, 1_000_000);
    let words = ShareWords::new("Other", "OTHER", "").unwrap();
    let accounts = CreatePool { share_token_program: TOKEN_2022, ..world.create_pool_accounts(0) };
    let other = accounts.instruction(0, &pool_params(), &words);
    world.send_all(&[gift, other], &["founder"]).fails_with(TAKEN);
    world.create_pool(1, pool_params()).ok();
}

#[test]
fn close_pool_is_for_its_authority_and_who_paid_the_rent() {
    for closer in ["council", "sponsor"] {
        let mut world = World::bare();
        world.create_assembly(harness::assembly_params()).ok();
        world.give_lamports("sponsor");
        let (sponsor, params) = (world.key("sponsor"), PoolParams { authority: world.key("council"), ..pool_params() });
        let accounts = CreatePool { payer: sponsor, ..world.create_pool_accounts(0) };
        world.send(accounts.instruction(0, &params, &ShareWords::NONE), &["founder", "sponsor"]).ok();
        let [before] = purses(&mut world, [sponsor]);
        for other in ["founder", "guardian", "arbiter", "treasury", "mallory"] {
            let accounts = ClosePool { closer: world.key(other), ..world.close_pool_accounts() };
            world.send(accounts.instruction(), &[other]).fails(E::NotPoolCloser);
        }
        let accounts = ClosePool { closer: world.key(closer), ..world.close_pool_accounts() };
        world.send(unsigned(accounts.instruction(), 0), &[]).fails_with(I::MissingRequiredSignature);
        world.send(accounts.instruction(), &[closer]).ok();
        let [after] = purses(&mut world, [sponsor]);
        assert!(after > before, "the rents are the sponsor's, whoever closes it");
    }
}

#[test]
fn close_pool_waits_for_shares_and_every_account() {
    let mut world = founded(pool_params(), &[product_params("Risk")]);
    world.close_pool().fails(E::PoolInUse);
    world.remove_product(0).ok();
    world.propose(&Proposal::Guardian { guardian: NOBODY }, None).ok();
    world.close_pool().fails(E::PoolInUse);
    world.withdraw("founder", 0).ok();
    world.close_pool().fails(E::PoolInUse);
    world.close_change("founder", 0).ok();
    // One who came for an atom is not put out.
    world.fund("ada", UNIT);
    world.deposit("ada", 1).ok();
    world.close_pool().fails(E::PoolInUse);
    let shares = world.shares("ada");
    world.request_exit("ada", 0, shares).ok();
    world.close_pool().fails(E::PoolInUse);
    world.await_exits();
    world.pay_exits().ok();
    world.close_pool().fails(E::PoolInUse);
    world.collect_exit("ada", 0).ok();
    world.close_pool().fails(E::PoolInUse);
    world.close_epoch(0).ok();
    world.close_pool().ok();
}

#[test]
fn close_pool_waits_for_a_ballot_whose_voters_would_be_locked_in() {
    let mut world = fresh();
    world.stake("vera", 600 * UNIT).ok();
    world.fund("vera", CAPITAL);
    world.pass_days(2);
    world.petition("vera", &Proposal::Guardian { guardian: NOBODY }, None).ok();
    let change = world.change(0);
    world.vote("vera", &change, 0).ok();
    world.close_ballot(&change).ok();
    world.pass_days(2);
    world.queue(0).ok();
    world.close_change("vera", 0).ok();
    assert_eq!(world.read_pool().children, 1, "its ballot");
    world.close_pool().fails(E::PoolInUse);
    world.collect_vote_reward("vera", &change).ok();
    world.close_pool().fails(E::PoolInUse);
    world.reclaim_ballot("vera", &change).ok();
    world.fund("treasury", 0);
    world.close_pool().ok();
    world.request_unstake("vera", 600 * UNIT).ok();
}

#[test]
fn close_pool_keeps_what_somebody_is_owed() {
    for bucket in
        [offset_of!(Pool, payable), offset_of!(Pool, exits_due), offset_of!(Pool, contested), offset_of!(Pool, bonds)]
    {
        let mut world = fresh();
        let pool = world.pool();
        edit(&mut world, &pool, bucket, &1u64.to_le_bytes());
        world.close_pool().fails(E::PoolInUse);
        edit(&mut world, &pool, bucket, &0u64.to_le_bytes());
        world.close_pool().ok();
    }
}

#[test]
fn close_pool_whose_last_shares_their_owner_burned() {
    let mut world = fresh();
    for (name, amount) in [("ada", CAPITAL), ("treasury", 0)] {
        world.fund(name, amount);
    }
    world.deposit("ada", CAPITAL).ok();
    let (tokens, mint, ada, shares) =
        (world.share_tokens("ada"), world.share_mint(), world.key("ada"), world.shares("ada"));
    let burn = |amount: u64| {
        spl_token_interface::instruction::burn(&spl_token_interface::ID, &tokens, &mint, &ada, &[], amount).unwrap()
    };
    world.send(burn(shares - 1), &["ada"]).ok();
    world.close_pool().fails(E::PoolInUse);
    world.send(burn(1), &["ada"]).ok();
    assert_eq!(world.read_pool().shares, shares, "the books know nothing of it");
    world.close_pool().ok();
    assert_eq!(world.balance("treasury"), CAPITAL);
}

#[test]
fn close_pool_pays_the_treasurys_own_account_unless_it_signs() {
    let mut world = wound_down(World::new());
    let held = world.vault_balance();
    let pays = |world: &mut TestWorld, receiver| ClosePool { receiver, ..world.close_pool_accounts() }.instruction();
    let (founders, elsewhere) = (world.tokens("founder", &world.asset()), world.tokens("ada", &world.asset()));
    let to_founder = pays(&mut world, founders);
    world.send(to_founder, &["founder"]).fails(E::WrongReceiver);
    let mut to_ada = pays(&mut world, elsewhere);
    world.send(to_ada.clone(), &["founder"]).fails(E::WrongReceiver);
    to_ada.accounts[4].is_signer = true;
    let before = world.balance("ada");
    world.send(to_ada, &["founder", "treasury"]).ok();
    assert_eq!(world.balance("ada"), before + held);
}

#[test]
fn close_pool_refuses_wrong_accounts() {
    let mut world = wound_down(World::new());
    let (second, court) = (second_pool(&mut world), second_assembly(&mut world));
    let (governance, ada) = (world.governance(), world.key("ada"));
    let [pool, own_court] = [world.pool(), world.assembly()];
    let forged = forge(&mut world, &pool);
    let instruction = world.close_pool_accounts().instruction();
    refuses(
        &mut world,
        &instruction,
        &["founder"],
        &[
            (1, second, error(E::WrongVault)),
            (1, own_court, DUPLICATE),
            (1, forged, I::IllegalOwner),
            (2, court, error(E::WrongAssembly)),
            (3, ada, error(E::WrongRentPayer)),
            (4, ada, error(E::WrongWallet)),
            (6, vault_address(&second), error(E::WrongVault)),
            (7, share_mint_address(&second, 0), error(E::WrongShareMint)),
            (8, exit_escrow_address(&second, 0), error(E::WrongVault)),
            (9, governance, error(E::WrongMint)),
            (10, TOKEN_2022, error(E::WrongTokenProgram)),
            (11, TOKEN_2022, error(E::WrongTokenProgram)),
        ],
    );
    for slot in [1, 2, 3, 5, 6, 8] {
        world.send(read_only(instruction.clone(), slot), &["founder"]).fails_with(NOT_WRITABLE);
    }
    world.send(instruction, &["founder"]).ok();
}
