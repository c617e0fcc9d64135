//! What the suites share: a world to start from, accounts that must not fit, and the runtime's errors by name.

use coverage_client::*;
use coverage_math::curve::Curve;
use harness::{Chain, ProgramTestChain, Receipt, UNIT, World, actor, assembly_params, pool_params, product_params};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use solana_transaction_error::TransactionError;
use spl_token_interface::{
    error::TokenError,
    state::{Account as TokenAccount, Mint},
};
use std::mem::offset_of;

/// The world of these suites.
pub type TestWorld = World<ProgramTestChain>;

/// The Token-2022 program.
pub const TOKEN_2022: Address = Address::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
/// The zero address.
pub const NOBODY: Address = Address::new_from_array([0; 32]);
/// Anchor: an account that is written to was passed read-only.
pub const NOT_WRITABLE: InstructionError = InstructionError::Custom(2000);
/// Anchor: an account is smaller than its type; of one that is written to, this is checked ahead of its owner.
pub const TOO_SMALL: InstructionError = InstructionError::AccountDataTooSmall;
/// Anchor: one account stands in two slots that are written to.
pub const DUPLICATE: InstructionError = InstructionError::Custom(2040);
/// System program: the address is taken.
pub const TAKEN: InstructionError = InstructionError::Custom(0);
/// What a crank pays its caller, and what whoever closes an account for others gets of its rent, lamports.
pub const TIP: u64 = 20_000;
/// The capital of a [`market`].
pub const CAPITAL: u64 = 1_000_000 * UNIT;
/// The price curve of [`product_params`].
pub const CURVE: Curve = Curve { r0_ppm: 20_000, r1_ppm: 50_000, r2_ppm: 200_000, kink_bps: 8_000 };

/// An account that exists, holds data and is nobody's that matters here.
pub fn clock() -> Address {
    Address::from_str_const("SysvarC1ock11111111111111111111111111111111")
}

/// An error of the program as the runtime reports it.
pub fn error(error: BreakwaterError) -> InstructionError {
    InstructionError::Custom(error.code())
}

/// An error of the token program as the runtime reports it.
pub fn token_error(error: TokenError) -> InstructionError {
    InstructionError::Custom(error as u32)
}

/// A world whose pool holds a million units of ada's capital and lists product 0.
pub fn open_pool() -> TestWorld {
    let mut world = World::new();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world.list_product(0, product_params("Lending exploit")).ok();
    world
}

/// A pool with ada's capital, these limits and these products, and dora and emil with money to buy.
pub fn market(params: PoolParams, products: &[ProductParams]) -> TestWorld {
    let mut world = World::bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    world.fund("ada", 2 * CAPITAL);
    world.deposit("ada", CAPITAL).ok();
    for (index, product) in products.iter().enumerate() {
        world.list_product(index as u16, product.clone()).ok();
    }
    for buyer in ["dora", "emil"] {
        world.fund(buyer, CAPITAL);
    }
    world
}

/// A market with one product.
pub fn one_product() -> TestWorld {
    market(pool_params(), &[product_params("Risk")])
}

/// A market with two products, of each of which dora holds a policy, and a second pool; with the policy of product 0.
pub fn two_policies() -> (TestWorld, Address) {
    let mut world = one_product();
    second_pool(&mut world);
    world.list_product(1, product_params("Other")).ok();
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.buy("dora", 1, 0, 1_000 * UNIT, 30).ok();
    let address = world.policy(0, "dora", 0);
    (world, address)
}

/// Dora's policy number `id` of product 0.
pub fn doras_policy(world: &mut TestWorld, id: u64) -> Policy {
    world.chain.read(&world.policy(0, "dora", id))
}

/// Opens the first incident of product 0, on which dora has bought cover, and returns its address.
pub fn open_incident(world: &mut TestWorld) -> Address {
    world.fund("dora", 100_000 * UNIT);
    world.buy("dora", 0, 0, 100_000 * UNIT, 90).ok();
    let now = world.now();
    world.open_incident("dora", 0, 0, now).ok();
    world.incident(0, 0)
}

/// A second assembly of the same mint, whose creator is rita.
pub fn second_assembly(world: &mut TestWorld) -> Address {
    world.give_lamports("rita");
    let address = assembly(&world.governance(), &world.key("rita"));
    let accounts = CreateAssembly {
        creator: world.key("rita"),
        assembly: address,
        stake_vault: stake_vault(&address),
        ..world.create_assembly_accounts()
    };
    world.send(accounts.instruction(&assembly_params()), &["rita"]).ok();
    address
}

/// A second pool of the same asset, assembly and founder, with a product of its own.
pub fn second_pool(world: &mut TestWorld) -> Address {
    world.create_pool(1, pool_params()).ok();
    let pool = world.pool_number(1);
    let accounts = ListProduct { pool, product: product(&pool, 0), ..world.list_product_accounts(0) };
    world.send(accounts.instruction(&product_params("Another")), &["founder"]).ok();
    pool
}

/// Creates a mint of Token-2022 without extensions at the actor key `name`.
pub fn create_token_2022_mint(world: &mut TestWorld, name: &str) -> Address {
    let (bank, mint) = (world.chain.bank().pubkey(), actor(name).pubkey());
    let create =
        solana_system_interface::instruction::create_account(&bank, &mint, 10_000_000, Mint::LEN as u64, &TOKEN_2022);
    let token = spl_token_interface::ID;
    let mut init = spl_token_interface::instruction::initialize_mint2(&token, &mint, &bank, None, 6).unwrap();
    init.program_id = TOKEN_2022;
    world.send_all(&[create, init], &[name]).ok();
    mint
}

/// Lamports of an account; 0 when there is none.
pub fn lamports(world: &mut TestWorld, address: &Address) -> u64 {
    world.chain.account(address).map_or(0, |account| account.lamports)
}

/// Lamports of several accounts.
pub fn purses<const N: usize>(world: &mut TestWorld, addresses: [Address; N]) -> [u64; N] {
    addresses.map(|address| lamports(world, &address))
}

/// What an account must hold to be exempt from rent, lamports.
pub fn rent(world: &mut TestWorld, address: &Address) -> u64 {
    let account = world.chain.account(address).expect("an account");
    // 3,480 lamports a year for each byte and 128 more, for two years.
    (128 + account.data.len() as u64) * 3_480 * 2
}

/// A token account, decoded.
pub fn token_at(world: &mut TestWorld, address: &Address) -> TokenAccount {
    TokenAccount::unpack(&world.chain.account(address).expect("a token account").data).expect("a token account")
}

/// A mint, decoded.
pub fn mint_at(world: &mut TestWorld, address: &Address) -> Mint {
    Mint::unpack(&world.chain.account(address).expect("a mint").data).expect("a mint")
}

/// The bump of a program-derived address.
pub fn bump(seeds: &[&[u8]]) -> u8 {
    Address::find_program_address(seeds, &ID).1
}

/// The slot of a day in a ring.
pub fn slot(day: u64) -> usize {
    (day % 512) as usize
}

/// An account or event with all fields zero.
pub fn zeroed<T: ZeroCopy>() -> T {
    let mut data = vec![0; T::SIZE];
    data[..8].copy_from_slice(&T::DISCRIMINATOR);
    T::decode(&data).expect("zeros decode")
}

/// Overwrites a field of an account of the program, at its offset in the struct.
pub fn edit(world: &mut TestWorld, address: &Address, offset: usize, bytes: &[u8]) {
    let mut account = world.chain.account(address).expect("an account");
    account.data[8 + offset..][..bytes.len()].copy_from_slice(bytes);
    world.chain.set_account(address, account);
}

/// The same bytes at another address, under the token program: what a forger could at best come up with.
pub fn forge(world: &mut TestWorld, address: &Address) -> Address {
    let mut account = world.chain.account(address).expect("an account");
    account.owner = spl_token_interface::ID;
    let forged = actor(&format!("forged {address}")).pubkey();
    world.chain.set_account(&forged, account);
    forged
}

/// The text as it is stored in a field.
pub fn field<const N: usize>(text: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
}

/// The instruction without the signature in a slot.
pub fn unsigned(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_signer = false;
    instruction
}

/// The instruction with a signature in a slot that needs none.
pub fn signed(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_signer = true;
    instruction
}

/// The instruction with a slot that may not be written to.
pub fn read_only(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_writable = false;
    instruction
}

/// The one event of a transaction.
#[track_caller]
pub fn only_event(receipt: &Receipt) -> Event {
    let [event] = receipt.events()[..] else { panic!("one event expected\n{}", receipt.logs.join("\n")) };
    event
}

/// The buckets as an event shows them.
pub fn books(pool: &Pool) -> Books {
    Books {
        capital: pool.capital,
        unearned: pool.unearned,
        payable: pool.payable,
        exits_due: pool.exits_due,
        bonds: pool.bonds,
        assessors: pool.assessors,
        treasury_due: pool.treasury_due,
    }
}

/// Puts each address into its slot, one at a time, and asserts that the instruction fails with exactly that error.
#[track_caller]
pub fn refuses(
    world: &mut TestWorld,
    instruction: &Instruction,
    signers: &[&str],
    wrong: &[(usize, Address, InstructionError)],
) {
    let mut surprises = Vec::new();
    for (slot, address, expected) in wrong {
        let mut swapped = instruction.clone();
        swapped.accounts[*slot].pubkey = *address;
        let receipt = world.send(swapped, signers);
        match &receipt.result {
            Err(TransactionError::InstructionError(_, found)) if found == expected => {}
            found => surprises.push(format!(
                "slot {slot}, {address}: expected {expected:?}, found {found:?}\n{}",
                receipt.logs.join("\n")
            )),
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n\n"));
}

/// Asserts that a change of dora's policy in [`two_policies`], signed by her, refuses every other account. Its slots 1
/// to 6 are pool, product, policy, token account, vault and mint; the last is the token program.
#[track_caller]
pub fn refuses_other_accounts_of_a_policy(world: &mut TestWorld, instruction: &Instruction) {
    let (pool, second, assembly, governance) =
        (world.pool(), world.pool_number(1), world.assembly(), world.governance());
    let (own_product, policy) = (world.product(0), world.policy(0, "dora", 0));
    let (sibling, other_policy) = (world.product(1), world.policy(1, "dora", 0));
    // With enough on it that it is the mint which is wrong.
    let other_tokens = world.open_tokens("dora", &governance);
    world.mint_to(&governance, &other_tokens, UNIT);
    let [forged_pool, forged_product, forged_policy] =
        [pool, own_product, policy].map(|address| forge(world, &address));
    refuses(
        world,
        instruction,
        &["dora"],
        &[
            (1, second, error(BreakwaterError::WrongPool)),
            (1, assembly, TOO_SMALL),
            (1, forged_pool, InstructionError::IllegalOwner),
            (2, sibling, error(BreakwaterError::WrongProduct)),
            (2, product(&second, 0), error(BreakwaterError::WrongProduct)),
            (2, assembly, TOO_SMALL),
            (2, forged_product, InstructionError::IllegalOwner),
            (3, other_policy, error(BreakwaterError::WrongProduct)),
            (3, assembly, InstructionError::InvalidAccountData),
            (3, other_tokens, TOO_SMALL),
            (3, own_product, DUPLICATE),
            (3, forged_policy, InstructionError::IllegalOwner),
            (4, other_tokens, token_error(TokenError::MintMismatch)),
            (4, vault(&pool), DUPLICATE),
            (5, vault(&second), error(BreakwaterError::WrongVault)),
            (5, exit_escrow(&pool), error(BreakwaterError::WrongVault)),
            (6, governance, error(BreakwaterError::WrongMint)),
            (instruction.accounts.len() - 1, TOKEN_2022, error(BreakwaterError::WrongTokenProgram)),
        ],
    );
    for slot in 1..=5 {
        world.send(read_only(instruction.clone(), slot), &["dora"]).fails_with(NOT_WRITABLE);
    }
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(InstructionError::MissingRequiredSignature);
}

/// Asserts that an instruction fails while the vault holds less than the buckets, and goes through once it does not.
#[track_caller]
pub fn needs_a_full_vault(world: &mut TestWorld, instruction: Instruction, signers: &[&str]) {
    let (pool, bonds) = (world.pool(), offset_of!(Pool, bonds));
    edit(world, &pool, bonds, &1u64.to_le_bytes());
    world.send(instruction.clone(), signers).fails(BreakwaterError::VaultShort);
    edit(world, &pool, bonds, &0u64.to_le_bytes());
    world.send(instruction, signers).ok();
}
