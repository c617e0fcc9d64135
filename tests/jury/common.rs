//! What these suites share: accounts that must not fit, the runtime's errors by name, and what the books should say.

use coverage_client::*;
use coverage_math::{DAY, cover, stream};
use harness::{Chain, ProgramTestChain, Receipt, World, actor, assembly_params};
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
pub type Play = World<ProgramTestChain>;

/// What a crank pays its caller, lamports.
pub const TIP: u64 = 20_000;
/// The zero address.
pub const NOBODY: Address = Address::new_from_array([0; 32]);
/// The Token-2022 program.
pub const TOKEN_2022: Address = Address::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
/// Anchor: an account that is written to was passed read-only.
pub const NOT_WRITABLE: InstructionError = InstructionError::Custom(2000);
/// Anchor: one account stands in two slots that are written to.
pub const DUPLICATE: InstructionError = InstructionError::Custom(2040);
/// Anchor: the address is not the one that the seeds give.
pub const SEEDS: InstructionError = InstructionError::InvalidSeeds;
/// Anchor: a program is another one than named.
pub const OTHER_PROGRAM: InstructionError = InstructionError::IncorrectProgramId;
/// Anchor: an account is smaller than its type; of one that is written to, this is checked ahead of its owner.
pub const TOO_SMALL: InstructionError = InstructionError::AccountDataTooSmall;
/// Anchor: an account of the program, of another type.
pub const OTHER_TYPE: InstructionError = InstructionError::InvalidAccountData;
/// Anchor: an account of another program.
pub const NOT_OURS: InstructionError = InstructionError::IllegalOwner;
/// The runtime: a signature is missing.
pub const UNSIGNED: InstructionError = InstructionError::MissingRequiredSignature;
/// System program: the address is taken.
pub const TAKEN: InstructionError = InstructionError::Custom(0);

/// An error of the program as the runtime reports it.
pub fn code(error: BreakwaterError) -> InstructionError {
    InstructionError::Custom(error.code())
}

/// An error of the token program as the runtime reports it.
pub fn token_error(error: TokenError) -> InstructionError {
    InstructionError::Custom(error as u32)
}

/// A second assembly of the same mint, whose creator is rita.
pub fn second_assembly(world: &mut Play) -> Address {
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

/// A token account of an owner that is not the associated one, at the actor key `at`.
pub fn other_tokens(world: &mut Play, at: &str, owner: &str, mint: &Address) -> Address {
    let (bank, address, owner) = (world.chain.bank().pubkey(), world.key(at), world.key(owner));
    let (program, size) = (spl_token_interface::ID, TokenAccount::LEN as u64);
    let create = solana_system_interface::instruction::create_account(&bank, &address, 10_000_000, size, &program);
    let init = spl_token_interface::instruction::initialize_account3(&program, &address, mint, &owner);
    world.send_all(&[create, init.expect("valid instruction")], &[at]).ok();
    address
}

/// The same bytes at another address, under the token program: what a forger could at best come up with.
pub fn forge(world: &mut Play, address: &Address) -> Address {
    let mut account = world.chain.account(address).expect("an account");
    account.owner = spl_token_interface::ID;
    let forged = actor(&format!("forged {address}")).pubkey();
    world.chain.set_account(&forged, account);
    forged
}

/// Overwrites a field of an account of the program, at its offset in the struct.
pub fn edit(world: &mut Play, address: &Address, offset: usize, bytes: &[u8]) {
    let mut account = world.chain.account(address).expect("an account");
    account.data[8 + offset..][..bytes.len()].copy_from_slice(bytes);
    world.chain.set_account(address, account);
}

/// Lamports of an account; 0 when there is none.
pub fn lamports(world: &mut Play, address: &Address) -> u64 {
    world.chain.account(address).map_or(0, |account| account.lamports)
}

/// Lamports of an actor.
pub fn purse(world: &mut Play, name: &str) -> u64 {
    let address = world.key(name);
    lamports(world, &address)
}

/// Supply of a mint, atoms.
pub fn supply(world: &mut Play, mint: &Address) -> u64 {
    Mint::unpack(&world.chain.account(mint).expect("a mint").data).expect("a mint").supply
}

/// The bump of a program-derived address.
pub fn bump(seeds: &[&[u8]]) -> u8 {
    Address::find_program_address(seeds, &ID).1
}

/// An account with all fields zero.
pub fn zeroed<T: ZeroCopy>() -> T {
    let mut data = vec![0; T::SIZE];
    data[..8].copy_from_slice(&T::DISCRIMINATOR);
    T::decode(&data).expect("zeros decode")
}

/// The text as it is stored in a field.
pub fn field<const N: usize>(text: &str) -> [u8; N] {
    let mut field = [0; N];
    field[..text.len()].copy_from_slice(text.as_bytes());
    field
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

/// The pool once `amount` that no premium paid for streams to the LPs from now on, over seven days and the rest of one.
pub fn streaming(mut pool: Pool, amount: u64) -> Pool {
    let end_day = cover::income_end_day(pool.accrued_at).expect("a time");
    let stream = stream::stream(amount, end_day * DAY - pool.accrued_at).expect("it fits");
    pool.unearned += amount;
    pool.other_income += amount;
    pool.rate += stream.rate;
    pool.rate_fraction += stream.rest;
    pool.rate_ring[(end_day % 512) as usize] += stream.rate;
    pool
}

/// The one event of a transaction.
#[track_caller]
pub fn only_event(receipt: &Receipt) -> Event {
    let [event] = receipt.events()[..] else { panic!("one event expected\n{}", receipt.logs.join("\n")) };
    event
}

/// The instruction without the signature in a slot.
pub fn unsigned(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_signer = false;
    instruction
}

/// The instruction with a signature in a slot.
pub fn signed(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_signer = true;
    instruction
}

/// Asserts that each of these slots must be writable.
#[track_caller]
pub fn writes(world: &mut Play, instruction: &Instruction, signers: &[&str], slots: &[usize]) {
    for slot in slots {
        let mut read_only = instruction.clone();
        read_only.accounts[*slot].is_writable = false;
        world.send(read_only, signers).fails_with(NOT_WRITABLE);
    }
}

/// Asserts that an instruction fails while the vault holds less than the buckets, and goes through once it does not.
#[track_caller]
pub fn needs_a_full_vault(world: &mut Play, instruction: Instruction, signers: &[&str]) {
    let (pool, due, offset) = (world.pool(), world.read_pool().treasury_due, offset_of!(Pool, treasury_due));
    edit(world, &pool, offset, &(due + 1).to_le_bytes());
    world.send(instruction.clone(), signers).fails(BreakwaterError::VaultShort);
    edit(world, &pool, offset, &due.to_le_bytes());
    world.send(instruction, signers).ok();
    world.check_books();
}

/// Puts each address into its slot, one at a time, and asserts that the instruction fails with exactly that error.
#[track_caller]
pub fn refuses(
    world: &mut Play,
    instruction: &Instruction,
    signers: &[&str],
    wrong: &[(usize, Address, InstructionError)],
) {
    let mut surprises = Vec::new();
    for (row, (slot, address, expected)) in wrong.iter().enumerate() {
        let mut swapped = instruction.clone();
        swapped.accounts[*slot].pubkey = *address;
        let receipt = world.send(swapped, signers);
        match &receipt.result {
            Err(TransactionError::InstructionError(_, found)) if found == expected => {}
            found => surprises.push(format!("row {row}, slot {slot}: expected {expected:?}, found {found:?}")),
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
