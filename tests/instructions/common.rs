//! What the suites share: a world to start from, accounts that must not fit, and the runtime's errors by name.

use coverage_client::*;
use coverage_math::{DAY, curve::Curve, stream::RATE_BITS};
use harness::{Chain, ProgramTestChain, UNIT, World, actor, assembly_params, pool_params, product_params};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::{
    error::TokenError,
    state::{Account as TokenAccount, Mint},
};
use std::mem::offset_of;

pub use harness::trials::*;

/// The world of these suites.
pub type TestWorld = World<ProgramTestChain>;

/// The capital of a [`market`].
pub const CAPITAL: u64 = 1_000_000 * UNIT;
/// The price curve of [`product_params`].
pub const CURVE: Curve = Curve { r0_ppm: 20_000, r1_ppm: 50_000, r2_ppm: 200_000, kink_bps: 8_000 };

/// An account that exists, holds data and is nobody's that matters here.
pub fn clock() -> Address {
    Address::from_str_const("SysvarC1ock11111111111111111111111111111111")
}

/// A world whose pool holds a million units of ada's capital and lists products 0 and 1.
pub fn funded_pool() -> TestWorld {
    let mut world = World::new();
    world.list_product(0, product_params("Lending exploit")).ok();
    world.list_product(1, product_params("Stablecoin depeg")).ok();
    world.fund("ada", 1_000_000 * UNIT);
    world.deposit("ada", 1_000_000 * UNIT).ok();
    world
}

/// A pool with these limits and these products, that nobody has opened.
pub fn founded(params: PoolParams, products: &[ProductParams]) -> TestWorld {
    let mut world = World::bare();
    world.create_assembly(assembly_params()).ok();
    world.create_pool(0, params).ok();
    for (index, product) in products.iter().enumerate() {
        world.list_product(index as u16, product.clone()).ok();
    }
    world
}

/// A pool that sells, with ada's capital, these limits and these products, and dora and emil with money to buy.
pub fn market(params: PoolParams, products: &[ProductParams]) -> TestWorld {
    let mut world = founded(params, products);
    world.fund("ada", 2 * CAPITAL);
    world.deposit("ada", CAPITAL).ok();
    world.begin_sales();
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
    let mut world = market(pool_params(), &[product_params("Risk"), product_params("Other")]);
    second_pool(&mut world);
    world.buy("dora", 0, 0, 1_000 * UNIT, 30).ok();
    world.buy("dora", 1, 0, 1_000 * UNIT, 30).ok();
    let address = world.policy(0, "dora", 0);
    (world, address)
}

/// After cover was given back: at each time the only product, its group and its pool hold so many tokens of capacity, and the LPs earn at
/// such a rate, with the fee's.
pub fn holds_and_earns(world: &mut TestWorld, times: [(u64, u64, u64); 3]) {
    let fees = world.read_pool().income_rate;
    for (time, active, rate) in times {
        world.chain.set_now(time);
        world.roll_product(0).ok();
        let (pool, product) = (world.read_pool(), world.read_product(0));
        assert_eq!(product.active_cover, active * UNIT);
        assert_eq!((pool.active_cover, pool.group_active[0]), (active * UNIT, active * UNIT));
        assert_eq!(pool.rate, rate + fees, "the LPs earn for it as before");
    }
    world.check_books();
}

/// What a policy pays for `days` now, fees of 5% and 5% included: what as many more cost at least, atoms.
pub fn as_now(policy: &Policy, days: u64) -> u64 {
    let streams = (u128::from(policy.rate) * u128::from(days * DAY)) >> RATE_BITS;
    (streams * 10 / 9) as u64
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

/// Makes a pool one that was opened in time to sell now, and whose capital has stayed for a season.
pub fn open_long_ago(world: &mut TestWorld, pool: &Address) {
    let (now, shares) = (world.now().to_le_bytes(), world.chain.read::<Pool>(pool).shares.to_le_bytes());
    edit(world, pool, offset_of!(Pool, opened_at), &now);
    edit(world, pool, offset_of!(Pool, sells_from), &now);
    edit(world, pool, offset_of!(Pool, seasoned_shares), &shares);
    edit(world, pool, offset_of!(Pool, season_ring), &shares.repeat(32));
}

/// A second pool of the same asset, assembly and founder, with a product of its own.
pub fn second_pool(world: &mut TestWorld) -> Address {
    world.create_pool(1, pool_params()).ok();
    let pool = world.pool_number(1);
    let accounts = ListProduct { pool, product: product_address(&pool, 0), ..world.list_product_accounts(0) };
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

/// The slot of a day in a ring.
pub fn slot(day: u64) -> usize {
    (day % 512) as usize
}

/// The instruction with a slot that may not be written to.
pub fn read_only(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_writable = false;
    instruction
}

/// Asserts that a change of dora's policy in [`two_policies`], signed by her, refuses every other account. Its slots 1
/// to 6 are pool, product, policy, token account, vault and mint; the last is the token program.
#[track_caller]
pub fn refuses_other_accounts_of_a_policy(world: &mut TestWorld, instruction: &Instruction, tokens: usize) {
    let (pool, second, governance) = (world.pool(), world.pool_number(1), world.governance());
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
            (1, other_policy, TOO_SMALL),
            (1, forged_pool, InstructionError::IllegalOwner),
            (2, sibling, error(BreakwaterError::WrongProduct)),
            (2, product_address(&second, 0), error(BreakwaterError::WrongProduct)),
            (2, other_policy, TOO_SMALL),
            (2, forged_product, InstructionError::IllegalOwner),
            (3, other_policy, error(BreakwaterError::WrongProduct)),
            (3, second, InstructionError::InvalidAccountData),
            (3, other_tokens, TOO_SMALL),
            (3, own_product, DUPLICATE),
            (3, forged_policy, InstructionError::IllegalOwner),
            (tokens, other_tokens, token_error(TokenError::MintMismatch)),
            (tokens, vault_address(&pool), DUPLICATE),
            (tokens + 1, vault_address(&second), error(BreakwaterError::WrongVault)),
            (tokens + 1, exit_escrow_address(&pool, 0), error(BreakwaterError::WrongVault)),
            (tokens + 2, governance, error(BreakwaterError::WrongMint)),
            (instruction.accounts.len() - 1, TOKEN_2022, error(BreakwaterError::WrongTokenProgram)),
        ],
    );
    for slot in [1, 2, 3, tokens, tokens + 1] {
        world.send(read_only(instruction.clone(), slot), &["dora"]).fails_with(NOT_WRITABLE);
    }
    world.send(unsigned(instruction.clone(), 0), &[]).fails_with(InstructionError::MissingRequiredSignature);
}
