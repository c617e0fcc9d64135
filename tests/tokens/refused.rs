//! Mints that no pool and no assembly takes, each by the error that names its extension.

use coverage_client::{BreakwaterError as E, *};
use harness::{Chain, LiteChain, Receipt, World, actor, assembly_params, initialiser, pool_params, trials::TOKEN_2022};
use solana_account::Account;
use solana_address::Address;
use solana_instruction_error::InstructionError;
use solana_signer::Signer as _;
use spl_token_2022_interface::{
    error::TokenError,
    extension::{ExtensionType as X, default_account_state},
    state::AccountState,
};

type Play = World<LiteChain>;

/// The extensions that are allowed.
const ALLOWED: [X; 4] = [X::InterestBearingConfig, X::MetadataPointer, X::TokenMetadata, X::ScaledUiAmount];

/// The others that a mint can have, and the error that names each.
const REFUSED: [(X, E); 15] = [
    (X::TransferFeeConfig, E::TransferFeeExtension),
    (X::MintCloseAuthority, E::MintCloseAuthorityExtension),
    (X::ConfidentialTransferMint, E::ConfidentialTransferExtension),
    (X::ConfidentialTransferFeeConfig, E::ConfidentialTransferExtension),
    (X::ConfidentialMintBurn, E::ConfidentialTransferExtension),
    (X::DefaultAccountState, E::DefaultAccountStateExtension),
    (X::NonTransferable, E::NonTransferableExtension),
    (X::PermanentDelegate, E::PermanentDelegateExtension),
    (X::TransferHook, E::TransferHookExtension),
    (X::GroupPointer, E::GroupExtension),
    (X::TokenGroup, E::GroupExtension),
    (X::GroupMemberPointer, E::GroupExtension),
    (X::TokenGroupMember, E::GroupExtension),
    (X::Pausable, E::PausableExtension),
    (X::PermissionedBurn, E::PermissionedBurnExtension),
];

/// A world with an assembly of the SPL Token program.
fn play() -> Play {
    let mut world = World::lite_bare();
    world.create_assembly(assembly_params()).ok();
    world
}

/// Creates a pool of a mint of Token-2022.
fn create_pool(world: &mut Play, mint: &Address) -> Receipt {
    let accounts = CreatePool { asset_mint: *mint, token_program: TOKEN_2022, ..world.create_pool_accounts(0) };
    world.send(accounts.instruction(0, &pool_params(), &ShareWords::NONE), &["founder"])
}

/// Creates an assembly of a mint of Token-2022.
fn create_assembly(world: &mut Play, mint: &Address) -> Receipt {
    let assembly = assembly_address(mint, &world.key("founder"));
    let accounts = CreateAssembly {
        assembly,
        governance_mint: *mint,
        stake_vault: stake_vault_address(&assembly),
        token_program: TOKEN_2022,
        ..world.create_assembly_accounts()
    };
    world.send(accounts.instruction(&assembly_params()), &["founder"])
}

/// Asserts that neither takes a mint.
#[track_caller]
fn refused(world: &mut Play, mint: &Address, error: E) {
    create_pool(world, mint).fails(error);
    create_assembly(world, mint).fails(error);
}

/// Asserts that both take a mint.
#[track_caller]
fn taken(mut world: Play, mint: &Address) {
    create_pool(&mut world, mint).ok();
    create_assembly(&mut world, mint).ok();
}

/// Extensions that a mint needs for another: its pointer to itself, or what Token-2022 wants beside it.
fn with_needs(kind: X) -> Vec<X> {
    match kind {
        X::TokenMetadata => vec![X::MetadataPointer, kind],
        X::TokenGroup => vec![X::GroupPointer, kind],
        X::TokenGroupMember => vec![X::GroupMemberPointer, kind],
        X::ConfidentialTransferFeeConfig => vec![X::TransferFeeConfig, X::ConfidentialTransferMint, kind],
        X::ConfidentialMintBurn => vec![X::ConfidentialTransferMint, kind],
        _ => vec![kind],
    }
}

/// The bytes of a mint of Token-2022 without extensions, with room for some.
fn bare_mint(world: &mut Play) -> Account {
    world.create_extended_mint("bare", &[]).ok();
    let mut account = world.chain.account(&actor("bare").pubkey()).unwrap();
    account.data.resize(165, 0);
    account.lamports = 1_000_000_000;
    account
}

/// Puts a mint with these bytes after its account type.
fn put(world: &mut Play, bare: &Account, account_type: u8, extensions: &[u8]) -> Address {
    let (mut account, address) = (bare.clone(), actor("crafted").pubkey());
    account.data.push(account_type);
    account.data.extend(extensions);
    world.chain.set_account(&address, account);
    address
}

/// An extension of `length` bytes, as it stands in a mint.
fn entry(kind: u16, length: u16) -> Vec<u8> {
    let mut bytes = [kind.to_le_bytes(), length.to_le_bytes()].concat();
    bytes.extend(std::iter::repeat_n(0xff, length.into()));
    bytes
}

#[test]
fn every_allowed_extension_is_taken() {
    for kinds in [
        vec![],
        vec![X::InterestBearingConfig],
        vec![X::ScaledUiAmount],
        vec![X::MetadataPointer],
        vec![X::MetadataPointer, X::TokenMetadata],
        vec![X::InterestBearingConfig, X::MetadataPointer, X::TokenMetadata],
        vec![X::MetadataPointer, X::ScaledUiAmount, X::TokenMetadata],
    ] {
        let mut world = play();
        world.create_extended_mint("mint", &kinds).ok();
        taken(world, &actor("mint").pubkey());
    }
}

#[test]
fn every_other_extension_is_refused_by_its_name() {
    for (kind, error) in REFUSED {
        let mut world = play();
        world.create_extended_mint("group", &[X::GroupPointer, X::TokenGroup]).ok();
        let kinds = with_needs(kind);
        world.create_extended_mint("mint", &kinds).ok();
        // Of several, the first in the account is named.
        let first = REFUSED.iter().find(|(refused, _)| *refused == kinds[0]).map_or(error, |(_, error)| *error);
        refused(&mut world, &actor("mint").pubkey(), first);
    }
}

#[test]
fn accounts_that_begin_frozen_are_refused() {
    for state in [AccountState::Initialized, AccountState::Frozen] {
        let mut world = play();
        let mint = actor("mint").pubkey();
        let init =
            default_account_state::instruction::initialize_default_account_state(&TOKEN_2022, &mint, &state).unwrap();
        world.create_mint_with("mint", &[X::DefaultAccountState], vec![init], vec![]).ok();
        refused(&mut world, &mint, E::DefaultAccountStateExtension);
    }
}

#[test]
fn one_refused_among_allowed_ones_is_found_in_every_place() {
    for (kind, error) in [
        (X::TransferFeeConfig, E::TransferFeeExtension),
        (X::PermanentDelegate, E::PermanentDelegateExtension),
        (X::TransferHook, E::TransferHookExtension),
        (X::Pausable, E::PausableExtension),
    ] {
        for place in 0..3 {
            let mut world = play();
            let mut kinds = vec![X::InterestBearingConfig, X::MetadataPointer];
            kinds.insert(place, kind);
            kinds.push(X::TokenMetadata);
            world.create_extended_mint("mint", &kinds).ok();
            refused(&mut world, &actor("mint").pubkey(), error);
        }
    }
}

#[test]
fn every_number_is_allowed_or_refused_by_name() {
    let mut world = play();
    let bare = bare_mint(&mut world);
    for kind in (1..=64).chain([255, 256, 257, 266, 274, 275, 281, 4_096, u16::MAX]) {
        let known = X::try_from(kind).ok();
        let error = REFUSED.iter().find(|(refused, _)| Some(*refused) == known).map(|(_, error)| *error);
        if known.is_some_and(|known| ALLOWED.contains(&known)) {
            let mint = put(&mut world, &bare, 1, &entry(kind, 8));
            taken(world.clone(), &mint);
            continue;
        }
        let error = error.unwrap_or(E::UnknownExtension);
        for bytes in [entry(kind, 8), entry(kind, 0), [entry(10, 52), entry(19, 200), entry(kind, 1)].concat()] {
            let mint = put(&mut world, &bare, 1, &bytes);
            refused(&mut world, &mint, error);
        }
    }
}

#[test]
fn what_cannot_be_read_is_refused() {
    let mut world = play();
    let bare = bare_mint(&mut world);
    // An entry that is longer than what is there, alone or after one that is fine, and one that ends exactly.
    let short = |kind: u16, length: u16| {
        let mut bytes = entry(kind, length);
        bytes.pop();
        bytes
    };
    for bytes in [short(10, 52), [entry(18, 64), short(19, 9)].concat(), vec![19, 0, 255, 255]] {
        let mint = put(&mut world, &bare, 1, &bytes);
        refused(&mut world, &mint, E::MalformedExtensions);
    }
    // What is refused is named though its entry is too long.
    let mint = put(&mut world, &bare, 1, &[1, 0, 255, 255]);
    refused(&mut world, &mint, E::TransferFeeExtension);
    // Bytes after the end of the list are nobody's, nor are too few for an entry.
    for bytes in [vec![], vec![0; 64], [entry(18, 64), vec![0; 4], entry(1, 108)].concat(), vec![0, 0]] {
        let mint = put(&mut world, &bare, 1, &bytes);
        taken(world.clone(), &mint);
    }
    // A token account is no mint, and nor is what has no type.
    for account_type in [0, 2, 3] {
        let mint = put(&mut world, &bare, account_type, &[]);
        create_pool(&mut world, &mint).fails_with(InstructionError::InvalidAccountData);
        create_assembly(&mut world, &mint).fails_with(InstructionError::InvalidAccountData);
    }
}

#[test]
fn no_mint_gets_an_extension_after_it_was_created() {
    let mut world = play();
    let (bank, mint, group) = (world.chain.bank().pubkey(), actor("mint").pubkey(), actor("group").pubkey());
    world.create_extended_mint("group", &[X::GroupPointer, X::TokenGroup]).ok();
    // With room for one more, so that it is not for the lack of it.
    let first = initialiser(X::InterestBearingConfig, &mint, &bank, &group);
    world.create_mint_with("mint", &[X::InterestBearingConfig], vec![first], vec![]).ok();
    let mut account = world.chain.account(&mint).unwrap();
    account.data.extend([0; 400]);
    account.lamports = 1_000_000_000;
    world.chain.set_account(&mint, account);
    taken(world.clone(), &mint);
    for (kind, _) in REFUSED {
        let error = match kind {
            // These come after the mint, and need one that came before it and is refused.
            X::TokenGroup | X::TokenGroupMember => TokenError::InvalidExtensionCombination,
            _ => TokenError::AlreadyInUse,
        };
        let late = initialiser(kind, &mint, &bank, &group);
        world.send(late, &[]).fails_with(InstructionError::Custom(error as u32));
    }
}
