//! Shares are plain tokens of the program that the pool's creator picked: only the pool mints them and changes what wallets
//! show of them, only their owner burns or moves them, and nobody freezes or takes them.

use coverage_client::*;
use harness::{
    Chain, LiteChain, UNIT, World, assembly_params, pool_params,
    trials::{TOKEN_2022, token_error, wipe_out},
};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use spl_token_2022_interface::{extension::ExtensionType, instruction as token, state::Mint};
use spl_token_interface::error::TokenError;
use spl_token_metadata_interface::{error::TokenMetadataError, instruction as metadata, state::Field};

type Play = World<LiteChain>;

/// Both token programs.
const PROGRAMS: [Address; 2] = [spl_token_interface::ID, TOKEN_2022];

/// A pool with ada's million, whose shares are of a program.
fn play(share_program: Address) -> Play {
    let mut world = World { share_program, ..World::lite_bare() };
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, PoolParams { min_premium: 1, ..pool_params() }).ok();
    for name in ["ada", "ben", "opal"] {
        world.fund(name, 1_000_000 * UNIT);
    }
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world
}

/// A mint of shares: of SPL Token without, of Token-2022 with what is shown of it.
fn read_mint(world: &mut Play, mint: &Address) -> Mint {
    if world.share_program == TOKEN_2022 {
        return world.read_named_mint(mint).0;
    }
    let account = world.chain.account(mint).expect("a mint");
    assert_eq!((account.owner, account.data.len()), (spl_token_interface::ID, 82), "no extensions");
    solana_program_pack::Pack::unpack(&account.data).expect("a mint")
}

#[test]
fn only_the_pool_mints_and_nobody_freezes() {
    for program in PROGRAMS {
        let mut world = play(program);
        let (pool, mint) = (world.pool(), world.share_mint());
        let found = read_mint(&mut world, &mint);
        assert_eq!((found.mint_authority, found.freeze_authority), (Some(pool).into(), None.into()));
        assert_eq!((found.supply, found.decimals), (1_000_000_000 * UNIT, 9));
    }
}

#[test]
fn wallets_are_shown_what_the_creator_said() {
    let mut world = play(TOKEN_2022);
    let mint = world.share_mint();
    let (_, shown) = world.read_named_mint(&mint);
    assert_eq!([shown.name, shown.symbol, shown.uri], ["Test pool shares", "TEST", "https://example.org/pool"]);
}

/// What anyone who runs the pool would try, as its authority, its guardian or the payer of its rent.
fn thefts(world: &Play, thief: &Address) -> Vec<(Instruction, InstructionError)> {
    let (mint, adas, program) = (world.share_mint(), world.share_tokens("ada"), world.share_program);
    let theirs = world.share_tokens("opal");
    let of_mint = token_error(TokenError::OwnerMismatch);
    let mut all = vec![
        (token::mint_to(&program, &mint, &theirs, thief, &[], 1).unwrap(), of_mint.clone()),
        (token::burn(&program, &adas, &mint, thief, &[], 1).unwrap(), of_mint.clone()),
        (token::transfer_checked(&program, &adas, &mint, &theirs, thief, &[], 1, 9).unwrap(), of_mint.clone()),
        (token::freeze_account(&program, &adas, &mint, thief, &[]).unwrap(), token_error(TokenError::MintCannotFreeze)),
        (
            token::set_authority(&program, &mint, Some(thief), token::AuthorityType::MintTokens, thief, &[]).unwrap(),
            of_mint,
        ),
    ];
    if program == TOKEN_2022 {
        let wrong = InstructionError::Custom(TokenMetadataError::IncorrectUpdateAuthority as u32);
        all.push((metadata::update_field(&program, &mint, thief, Field::Name, "Stolen".into()), wrong.clone()));
        all.push((metadata::update_authority(&program, &mint, thief, Some(*thief).try_into().unwrap()), wrong));
    }
    all
}

#[test]
fn nobody_takes_burns_freezes_or_renames_them() {
    for program in PROGRAMS {
        for name in ["founder", "guardian", "opal"] {
            let mut world = play(program);
            let thief = world.key(name);
            for (theft, error) in thefts(&world, &thief) {
                let receipt = world.send(theft, &[name]);
                receipt.fails_with(error);
            }
        }
    }
}

#[test]
fn owners_move_them_and_the_new_owner_leaves_with_them() {
    for program in PROGRAMS {
        let mut world = play(program);
        let (mint, adas, bens) = (world.share_mint(), world.share_tokens("ada"), world.share_tokens("ben"));
        let ada = world.key("ada");
        let give = token::transfer_checked(&program, &adas, &mint, &bens, &ada, &[], 300_000_000 * UNIT, 9).unwrap();
        world.send(give, &["ada"]).ok();
        world.withdraw_shares("ben", 100_000_000 * UNIT).ok();
        assert_eq!(world.balance("ben"), 1_100_000 * UNIT);
        world.begin_sales();
        world.request_exit("ben", 0, 200_000_000 * UNIT).ok();
        world.await_exits();
        world.pay_exits().ok();
        world.collect_exit("ben", 0).ok();
        assert_eq!((world.balance("ben"), world.shares("ben")), (1_300_000 * UNIT, 0));
        assert_eq!(read_mint(&mut world, &mint).supply, 700_000_000 * UNIT);
        world.check_books();
    }
}

/// An owner can have more asked of transfers to an account of Token-2022: shares reach it all the same.
#[test]
fn an_account_that_asks_for_memos_gets_shares() {
    let mut world = play(TOKEN_2022);
    let (bens, ben) = (world.share_tokens("ben"), world.key("ben"));
    let bank = solana_signer::Signer::pubkey(&world.chain.bank());
    let grow = token::reallocate(&TOKEN_2022, &bens, &bank, &ben, &[], &[ExtensionType::MemoTransfer])
        .expect("an instruction");
    let ask = spl_token_2022_interface::extension::memo_transfer::instruction::enable_required_transfer_memos(
        &TOKEN_2022,
        &bens,
        &ben,
        &[],
    )
    .expect("an instruction");
    world.send_all(&[grow, ask], &["ben"]).ok();
    world.deposit("ben", 1_000 * UNIT).ok();
    assert_eq!(world.shares("ben"), 1_000_000 * UNIT);
    world.withdraw_shares("ben", 500_000 * UNIT).ok();
    world.request_exit("ben", 0, 500_000 * UNIT).ok();
}

#[test]
fn shares_of_a_pool_that_was_wiped_out_are_of_another_mint() {
    for program in PROGRAMS {
        let mut world = play(program);
        wipe_out(&mut world, "dora");
        let (old, new) = (world.share_mint(), share_mint_address(&world.pool(), 1));
        world.send(world.retire_accounts(0).instruction(), &["founder"]).ok();
        assert_eq!((world.read_pool().share_mint, world.read_pool().generation), (new, 1));
        let fresh = read_mint(&mut world, &new);
        assert_eq!((fresh.supply, fresh.decimals), (0, 9));
        assert_eq!(read_mint(&mut world, &old).supply, 1_000_000_000 * UNIT, "the old ones are their owners'");
        if program == TOKEN_2022 {
            let (_, shown) = world.read_named_mint(&new);
            assert_eq!([shown.name, shown.symbol, shown.uri], ["Renewed pool shares", "SHARES", ""]);
        }
        let escrow = exit_escrow_address(&world.pool(), 1);
        assert_eq!((world.read_pool().exit_escrow, world.balance_of(&escrow)), (escrow, 0));
        // New capital buys new shares; ada redeems her old ones for what was left of them.
        let ben = world.key("ben");
        let bank = solana_signer::Signer::pubkey(&world.chain.bank());
        let create = spl_associated_token_account_interface::instruction::create_associated_token_account(
            &bank, &ben, &new, &program,
        );
        world.send(create, &[]).ok();
        let owner_shares = token_account_address_of(&ben, &new, &program);
        let (deposit, seen) =
            (Deposit { owner_shares, share_mint: new, ..world.deposit_accounts("ben") }, world.seen());
        world.send(deposit.instruction(1_000 * UNIT, 0, &seen), &["ben"]).ok();
        assert_eq!(world.balance_of(&owner_shares), 1_000_000 * UNIT);
        let (pool, adas) = (world.pool(), world.share_tokens("ada"));
        let left = world.chain.read::<Retired>(&retired_address(&pool, 0)).capital;
        let redeem = RedeemRetired {
            owner: world.key("ada"),
            pool,
            retired: retired_address(&pool, 0),
            owner_shares: adas,
            receiver: world.tokens("ada", &world.asset()),
            vault: vault_address(&pool),
            share_mint: old,
            asset_mint: world.asset(),
            token_program: world.token_program,
            share_token_program: program,
        };
        world.send(redeem.instruction(1_000_000_000 * UNIT), &["ada"]).ok();
        assert_eq!((world.balance("ada"), read_mint(&mut world, &old).supply), (left, 0));
        world.check_books();
    }
}
