//! T34: extensions of Token-2022 that break custody, and those of a receiver's account that hold up nobody else (T31).
//! The suite `tokens` tries every extension there is.

use crate::{court::*, stage::*};
use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, LiteChain, Receipt, UNIT, World, initialiser, pool_params, trials::TOKEN_2022};
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_signer::Signer as _;
use spl_token_2022_interface::{
    error::TokenError,
    extension::{ExtensionType as X, cpi_guard, interest_bearing_mint, memo_transfer, scaled_ui_amount},
    instruction::{self as token, AuthorityType},
};

fn token_2022_error(error: TokenError) -> InstructionError {
    InstructionError::Custom(error as u32)
}

/// A court of Token-2022 that pays voters.
fn court_of_token_2022(extensions: &[X]) -> Play {
    let params = PoolParams { vote_reward: 40 * UNIT, assessor_fee_bps: 1_000, ..pool_params() };
    court_in(World::extended(LiteChain::start(), extensions), params)
}

/// Creates a second pool, of another mint of Token-2022.
fn create_pool_of(world: &mut Play, mint: &str) -> Receipt {
    let asset_mint = world.key(mint);
    let accounts = CreatePool { asset_mint, token_program: TOKEN_2022, ..world.create_pool_accounts(1) };
    world.send(accounts.instruction(1, &pool_params(), &ShareWords::NONE), &["founder"])
}

/// Tries to close a mint, as the bank, which has every authority over it that there is.
fn close_mint(world: &mut Play, mint: &Address) -> Receipt {
    let bank = world.chain.bank().pubkey();
    let close = token::close_account(&TOKEN_2022, mint, &bank, &bank, &[]).unwrap();
    world.send(close, &[])
}

/// Gives an actor's associated token account of the asset room for an extension.
fn make_room(world: &mut Play, name: &str, kind: X) -> (Address, Address) {
    let (bank, owner, account) = (world.chain.bank().pubkey(), world.key(name), world.tokens(name, &world.asset()));
    let grow = token::reallocate(&TOKEN_2022, &account, &bank, &owner, &[], &[kind]).unwrap();
    world.send(grow, &[name]).ok();
    (owner, account)
}

#[test]
fn t34_extensions_that_break_custody() {
    let mut world = court_of_token_2022(&[]);
    for (kind, error) in [
        (X::TransferFeeConfig, E::TransferFeeExtension),
        (X::MintCloseAuthority, E::MintCloseAuthorityExtension),
        (X::ConfidentialTransferMint, E::ConfidentialTransferExtension),
        (X::DefaultAccountState, E::DefaultAccountStateExtension),
        (X::NonTransferable, E::NonTransferableExtension),
        (X::PermanentDelegate, E::PermanentDelegateExtension),
        (X::TransferHook, E::TransferHookExtension),
        (X::Pausable, E::PausableExtension),
        (X::PermissionedBurn, E::PermissionedBurnExtension),
    ] {
        let name = format!("mint with {kind:?}");
        world.create_extended_mint(&name, &[X::MetadataPointer, kind, X::TokenMetadata]).ok();
        create_pool_of(&mut world, &name).fails(error);
    }
}

#[test]
fn t34_close_the_mint_and_make_it_anew_with_a_fee() {
    let mut world = court_of_token_2022(&[X::MetadataPointer, X::TokenMetadata]);
    // The attack itself works: an empty mint with that authority becomes another one at the same address.
    world.create_extended_mint("mint", &[X::MintCloseAuthority]).ok();
    create_pool_of(&mut world, "mint").fails(E::MintCloseAuthorityExtension);
    let mint = world.key("mint");
    close_mint(&mut world, &mint).ok();
    world.create_extended_mint("mint", &[X::TransferFeeConfig]).ok();
    create_pool_of(&mut world, "mint").fails(E::TransferFeeExtension);

    // But not with a mint that a pool has taken, empty or not: nobody can close it, nor become who can.
    world.create_extended_mint("empty mint", &[X::MetadataPointer, X::TokenMetadata]).ok();
    create_pool_of(&mut world, "empty mint").ok();
    let bank = world.chain.bank().pubkey();
    for mint in [world.key("empty mint"), world.asset()] {
        close_mint(&mut world, &mint).fails_with(InstructionError::InvalidAccountData);
        let claim =
            token::set_authority(&TOKEN_2022, &mint, Some(&bank), AuthorityType::CloseMint, &bank, &[]).unwrap();
        world.send(claim, &[]).fails_with(InstructionError::InvalidAccountData);
    }
    world.create_extended_mint("empty mint", &[X::TransferFeeConfig]).fails_with(TAKEN);
}

#[test]
fn t34_add_an_extension_to_a_mint_that_was_taken() {
    let mut world = court_of_token_2022(&[X::MetadataPointer]);
    let (bank, mint, group) = (world.chain.bank().pubkey(), world.asset(), world.key("group"));
    for kind in [X::TransferFeeConfig, X::PermanentDelegate, X::TransferHook, X::Pausable, X::MintCloseAuthority] {
        let late = initialiser(kind, &mint, &bank, &group);
        world.send(late, &[]).fails_with(token_2022_error(TokenError::AlreadyInUse));
    }
    // What can be added later is what says what the token is.
    let metadata = initialiser(X::TokenMetadata, &mint, &bank, &group);
    world.send(metadata, &[]).ok();
    world.fund("dora", UNIT);
    world.deposit("dora", UNIT).ok();
    world.check_books();
}

#[test]
fn t34_change_what_amounts_are_shown_as() {
    for extensions in [&[X::InterestBearingConfig][..], &[X::ScaledUiAmount]] {
        let mut world = court_of_token_2022(extensions);
        let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
        world.pass_days(3);
        let mut without = world.clone();
        let (bank, mint) = (world.chain.bank().pubkey(), world.asset());
        let change = match extensions {
            [X::ScaledUiAmount] => {
                scaled_ui_amount::instruction::update_multiplier(&TOKEN_2022, &mint, &bank, &[], 1_000.0, 0)
            }
            _ => interest_bearing_mint::instruction::update_rate(&TOKEN_2022, &mint, &bank, &[], i16::MAX),
        };
        world.send(change.unwrap(), &[]).ok();
        let mut found = [&mut world, &mut without].map(|world| {
            world.pass_days(90);
            world.deposit("honest", 1_000 * UNIT).ok();
            let day = ask_for_all(world, "mallory", 0);
            let got = leave(world, "mallory", 0, day);
            world.cancel("dora", 0, &policy).ok();
            world.check_books();
            (got, world.balance("dora"), world.shares("honest"), snapshot(world))
        });
        let [with, without] = &mut found;
        assert_eq!(with, without, "{extensions:?}");
    }
}

#[test]
fn t31_an_account_that_asks_for_a_memo() {
    let mut world = court_of_token_2022(&[]);
    let policies = ["dora", "emil"].map(|holder| cover(&mut world, holder, 0, 100_000 * UNIT));
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    for (holder, policy) in ["dora", "emil"].iter().zip(&policies) {
        file(&mut world, holder, policy, &incident, 100_000 * UNIT).ok();
    }
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    for name in ["dora", "opal"] {
        let (owner, account) = make_room(&mut world, name, X::MemoTransfer);
        let ask = memo_transfer::instruction::enable_required_transfer_memos(&TOKEN_2022, &account, &owner, &[]);
        world.send(ask.unwrap(), &[name]).ok();
    }
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();

    // A crank brings no memo. Everybody else is paid.
    let no_memo = token_2022_error(TokenError::NoMemo);
    world.payout("dora", &policies[0], &incident).fails_with(no_memo.clone());
    world.collect_bond("opal", &incident).fails_with(no_memo);
    let held = world.balance("emil");
    world.payout("emil", &policies[1], &incident).ok();
    assert_eq!(world.balance("emil") - held, 95_000 * UNIT + 950 * UNIT);
    world.close_claim("emil", &policies[1], &incident).ok();
    // The claimant has it paid elsewhere; who is owed a bond does so too, or asks for no memo any more.
    let other = another_account(&mut world, "dora");
    let redirect = world.redirect_accounts("dora", &policies[0], &incident, &other).instruction();
    world.send(redirect, &["dora"]).ok();
    let held = world.balance_of(&other);
    let payout = Payout { receiver: Some(other), ..world.payout_accounts("dora", &policies[0], &incident) };
    world.send(payout.instruction(), &[]).ok();
    assert_eq!(world.balance_of(&other) - held, 95_000 * UNIT + 950 * UNIT);
    let (owner, account) = (world.key("opal"), world.tokens("opal", &world.asset()));
    let ask_no_more = memo_transfer::instruction::disable_required_transfer_memos(&TOKEN_2022, &account, &owner, &[]);
    world.send(ask_no_more.unwrap(), &["opal"]).ok();
    let held = world.balance("opal");
    world.collect_bond("opal", &incident).ok();
    assert_eq!(world.balance("opal") - held, BOND);
    assert_eq!((world.read_pool().payable, world.read_pool().bonds), (0, 0));
    world.check_books();
}

#[test]
fn t31_an_account_with_a_cpi_guard() {
    let mut world = court_of_token_2022(&[]);
    let policy = cover(&mut world, "dora", 0, 100_000 * UNIT);
    world.pass_days(3);
    let incident = open(&mut world, 0, 0);
    file(&mut world, "dora", &policy, &incident, 100_000 * UNIT).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    for name in ["dora", "mallory"] {
        let (owner, account) = make_room(&mut world, name, X::CpiGuard);
        let guard = cpi_guard::instruction::enable_cpi_guard(&TOKEN_2022, &account, &owner, &[]).unwrap();
        world.send(guard, &[name]).ok();
    }
    // Nothing is taken from such an account through a program, its owner's own deposit included.
    let guarded = token_2022_error(TokenError::CpiGuardTransferBlocked);
    world.deposit("mallory", UNIT).fails_with(guarded.clone());
    world.buy("mallory", 0, 0, 1_000 * UNIT, 30).fails(E::IncidentOpen);
    // What is due arrives in it.
    until_settleable(&mut world, &incident);
    world.settle(0, 0).ok();
    let held = world.balance("dora");
    world.payout("dora", &policy, &incident).ok();
    assert_eq!(world.balance("dora") - held, 95_000 * UNIT + 950 * UNIT);
    world.buy("mallory", 0, 0, 1_000 * UNIT, 30).fails_with(guarded);
    let day = ask_for_all(&mut world, "mallory", 0);
    assert!(leave(&mut world, "mallory", 0, day) > HALF * 9 / 10);
    world.check_books();
}
