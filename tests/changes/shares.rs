//! What wallets show of a pool's shares: a change writes other words into the mint, and nothing else.

use crate::stage::*;
use coverage_client::{BreakwaterError as E, *};
use harness::World;
use spl_token_2022_interface::state::Mint;
use spl_token_metadata_interface::state::TokenMetadata;

/// The stage of the other suites, with shares of Token-2022. Nora pays for what grows.
fn named() -> Play {
    let mut world = found(World { share_program: TOKEN_2022, ..World::bare() });
    world.give_lamports("nora");
    world
}

fn words(name: &str, symbol: &str, uri: &str) -> Proposal {
    Proposal::Shares(ShareWords::new(name, symbol, uri).expect("they fit"))
}

/// Accounts of `apply_change` number `id` of words, which nora pays for.
fn accounts(world: &mut Play, id: u64) -> ApplyChange {
    ApplyChange {
        payer: Some(world.key("nora")),
        share_mint: Some(world.share_mint()),
        share_token_program: Some(TOKEN_2022),
        ..world.apply_accounts(id, None)
    }
}

/// What wallets show, once a change to these words has been applied.
fn renamed(world: &mut Play, proposal: &Proposal) -> [String; 3] {
    let id = queued(world, proposal, None);
    world.pass(TIMELOCK);
    let accounts = accounts(world, id);
    world.send(accounts.instruction(), &["nora"]).ok();
    let TokenMetadata { name, symbol, uri, .. } = read_mint(world).1;
    [name, symbol, uri]
}

/// The mint of the shares and what it says of itself.
fn read_mint(world: &mut Play) -> (Mint, TokenMetadata) {
    let mint = world.share_mint();
    world.read_named_mint(&mint)
}

#[test]
fn a_change_writes_the_new_words_and_nothing_else() {
    let mut world = named();
    let proposal = words("Breakwater stablecoins", "bwSTBL", "https://example.org/a/longer/link/to/the/pool");
    let id = queued(&mut world, &proposal, None);
    world.pass(TIMELOCK);
    world.roll_product(0).ok();
    let (pool, (mint, before)) = (world.read_pool(), read_mint(&mut world));
    assert_eq!([before.name, before.symbol, before.uri], ["Test pool shares", "TEST", "https://example.org/pool"]);
    let (address, noras) = (world.share_mint(), purse(&mut world, "nora"));
    let rent = lamports(&mut world, &address);
    let accounts = accounts(&mut world, id);
    let receipt = world.send(accounts.instruction(), &["nora"]).ok();

    let (found, metadata) = read_mint(&mut world);
    assert_eq!(found, mint, "supply, decimals, who mints, and that nobody freezes");
    assert_eq!([&metadata.name, &metadata.symbol], ["Breakwater stablecoins", "bwSTBL"]);
    assert_eq!(metadata.uri, "https://example.org/a/longer/link/to/the/pool");
    let mut set_by = pool.set_by;
    set_by[15] = 1;
    assert_eq!(world.read_pool(), Pool { terms: pool.terms + 1, set_by, ..pool });
    assert_eq!(purse(&mut world, "nora") + lamports(&mut world, &address), noras + rent);
    let event = ChangeApplied {
        pool: world.pool(),
        change: world.change(id),
        before: brief(&Proposal::Shares(ShareWords::NONE)),
        after: brief(&proposal),
    };
    assert_eq!(only_event(&receipt), Event::ChangeApplied(event));
    // Shares are minted as before.
    world.deposit("ada", 1_000).ok();
    world.check_books();
}

#[test]
fn words_of_any_length_follow_each_other() {
    let mut world = named();
    let (name, symbol, uri) = ("n".repeat(32), "s".repeat(10), "u".repeat(128));
    for [name, symbol, uri] in [["a", "b", ""], [&name, &symbol, &uri], ["Ünïcödé ⚓", "⚓", "c"], ["a", "b", "c"]]
    {
        assert_eq!(renamed(&mut world, &words(name, symbol, uri)), [name, symbol, uri]);
    }
}

#[test]
fn name_and_symbol_must_be_there_and_all_be_text() {
    let mut world = named();
    let good = ShareWords::new("Name", "SYM", "").expect("they fit");
    let mut no_text = good;
    no_text.uri[0] = 0xff;
    for bad in [
        ShareWords { name: [0; 32], ..good },
        ShareWords { symbol: [0; 10], ..good },
        no_text,
        ShareWords { name: [0xc3; 32], ..good },
        ShareWords::NONE,
    ] {
        world.propose(&Proposal::Shares(bad), None).fails(E::BadShareWords);
        world.petition("vera", &Proposal::Shares(bad), None).fails(E::BadShareWords);
    }
    world.propose(&Proposal::Shares(good), Some(0)).fails(E::ChangeProduct);
    world.petition("vera", &Proposal::Shares(good), None).ok();
}

#[test]
fn shares_of_spl_token_show_nothing() {
    let mut world = stage();
    let proposal = words("Name", "SYM", "");
    world.propose(&proposal, None).fails(E::BadShareWords);
    world.petition("vera", &proposal, None).fails(E::BadShareWords);
    // Nor could one be applied that no instruction writes down.
    let id = queued(&mut world, &FEE, None);
    let address = world.change(id);
    edit(&mut world, &address, std::mem::offset_of!(Change, proposal), &stored(&proposal));
    world.pass(TIMELOCK);
    world.apply(id, None).fails(E::BadShareWords);
}

#[test]
fn it_takes_a_payer_the_mint_and_its_program() {
    let mut world = named();
    let id = queued(&mut world, &words("Name", "SYM", ""), None);
    let fees = queued(&mut world, &FEE, None);
    world.pass(TIMELOCK);
    let accounts = accounts(&mut world, id);
    for missing in [
        ApplyChange { payer: None, ..accounts },
        ApplyChange { share_mint: None, ..accounts },
        ApplyChange { share_token_program: None, ..accounts },
    ] {
        let signers: &[&str] = if missing.payer.is_some() { &["nora"] } else { &[] };
        world.send(missing.instruction(), signers).fails(E::BadShareWords);
    }
    world.send(unsigned(accounts.instruction(), 5), &[]).fails_with(UNSIGNED);
    let instruction = accounts.instruction();
    let (asset, second) = (world.asset(), second_pool(&mut world));
    let rows = [
        (6, asset, error(E::WrongShareMint)),
        (6, share_mint_address(&second, 0), error(E::WrongShareMint)),
        (7, spl_token_interface::ID, error(E::WrongTokenProgram)),
        (7, ID, error(E::BadShareWords)),
    ];
    refuses(&mut world, &instruction, &["nora"], &rows);
    writes(&mut world, &instruction, &["nora"], &[6]);
    // Another change may have them, and leaves them alone.
    let others = ApplyChange { change: world.change(fees), ..accounts };
    let before = read_mint(&mut world);
    world.send(others.instruction(), &["nora"]).ok();
    assert_eq!(read_mint(&mut world), before);
    world.send(instruction, &["nora"]).ok();
}
