//! What these suites share: accounts that must not fit, the runtime's errors by name, and what the books should say.

use harness::{Chain, ProgramTestChain, World};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_program_pack::Pack as _;
use solana_signer::Signer as _;
use spl_token_interface::state::{Account as TokenAccount, Mint};

pub use harness::{books::*, trials::*};

/// The world of these suites.
pub type Play = World<ProgramTestChain>;

/// Anchor: the address is not the one that the seeds give.
pub const SEEDS: InstructionError = InstructionError::InvalidSeeds;
/// Anchor: a program is another one than named.
pub const OTHER_PROGRAM: InstructionError = InstructionError::IncorrectProgramId;
/// Anchor: an account of the program, of another type.
pub const OTHER_TYPE: InstructionError = InstructionError::InvalidAccountData;
/// Anchor: an account of another program.
pub const NOT_OURS: InstructionError = InstructionError::IllegalOwner;
/// The runtime: a signature is missing.
pub const UNSIGNED: InstructionError = InstructionError::MissingRequiredSignature;

/// A token account of an owner that is not the associated one, at the actor key `at`.
pub fn other_tokens(world: &mut Play, at: &str, owner: &str, mint: &Address) -> Address {
    let (bank, address, owner) = (world.chain.bank().pubkey(), world.key(at), world.key(owner));
    let (program, size) = (spl_token_interface::ID, TokenAccount::LEN as u64);
    let create = solana_system_interface::instruction::create_account(&bank, &address, 10_000_000, size, &program);
    let init = spl_token_interface::instruction::initialize_account3(&program, &address, mint, &owner);
    world.send_all(&[create, init.expect("valid instruction")], &[at]).ok();
    address
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

/// Asserts that each of these slots must be writable.
#[track_caller]
pub fn writes(world: &mut Play, instruction: &Instruction, signers: &[&str], slots: &[usize]) {
    for slot in slots {
        let mut read_only = instruction.clone();
        read_only.accounts[*slot].is_writable = false;
        world.send(read_only, signers).fails_with(NOT_WRITABLE);
    }
}
