//! What the suites try on instructions: other accounts, other flags, other bytes, and the runtime's errors by name.

use crate::{Chain, Receipt, UNIT, World, actor, assembly_params, product_params};
use coverage_client::*;
pub use coverage_client::{NOBODY, TOKEN_2022};
use solana_address::Address;
use solana_instruction::Instruction;
use solana_instruction_error::InstructionError;
use solana_signer::Signer as _;
use solana_transaction_error::TransactionError;
use spl_token_interface::error::TokenError;
use std::mem::offset_of;

/// What a crank pays its caller, and what the one who closes an account for others gets of its rent, lamports.
pub const TIP: u64 = 20_000;
/// Anchor: an account that is written to was passed read-only.
pub const NOT_WRITABLE: InstructionError = InstructionError::Custom(2000);
/// Anchor: one account stands in two slots that are written to.
pub const DUPLICATE: InstructionError = InstructionError::Custom(2040);
/// Anchor: an account is smaller than its type; of one that is written to, this is checked ahead of its owner.
pub const TOO_SMALL: InstructionError = InstructionError::AccountDataTooSmall;
/// Anchor: an account that is to be a program is none.
pub const NOT_EXECUTABLE: InstructionError = InstructionError::Custom(2007);
/// System program: the address is taken.
pub const TAKEN: InstructionError = InstructionError::Custom(0);

/// An error of the program as the runtime reports it.
pub fn error(error: BreakwaterError) -> InstructionError {
    InstructionError::Custom(error.code())
}

/// An error of the token program as the runtime reports it.
pub fn token_error(error: TokenError) -> InstructionError {
    InstructionError::Custom(error as u32)
}

/// A second assembly of the same mint, whose creator is rita.
pub fn second_assembly<C: Chain>(world: &mut World<C>) -> Address {
    world.give_lamports("rita");
    let address = assembly_address(&world.governance(), &world.key("rita"));
    let accounts = CreateAssembly {
        creator: world.key("rita"),
        payer: world.key("rita"),
        assembly: address,
        stake_vault: stake_vault_address(&address),
        ..world.create_assembly_accounts()
    };
    world.send(accounts.instruction(&assembly_params()), &["rita"]).ok();
    address
}

/// The same bytes at another address, under the token program: what a forger could at best come up with.
pub fn forge<C: Chain>(world: &mut World<C>, address: &Address) -> Address {
    let mut account = world.chain.account(address).expect("an account");
    account.owner = spl_token_interface::ID;
    let forged = actor(&format!("forged {address}")).pubkey();
    world.chain.set_account(&forged, account);
    forged
}

/// Overwrites a field of an account of the program, at its offset in the struct.
pub fn edit<C: Chain>(world: &mut World<C>, address: &Address, offset: usize, bytes: &[u8]) {
    let mut account = world.chain.account(address).expect("an account");
    account.data[8 + offset..][..bytes.len()].copy_from_slice(bytes);
    world.chain.set_account(address, account);
}

/// Lamports of an account; 0 when there is none.
pub fn lamports<C: Chain>(world: &mut World<C>, address: &Address) -> u64 {
    world.chain.account(address).map_or(0, |account| account.lamports)
}

/// The bump of a program-derived address.
pub fn bump(seeds: &[&[u8]]) -> u8 {
    Address::find_program_address(seeds, &ID).1
}

/// An account or event with all fields zero.
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
        contested: pool.contested,
        bonds: pool.bonds,
        assessors: pool.assessors,
        treasury_due: pool.treasury_due,
    }
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

/// The instruction with a signature in a slot that needs none.
pub fn signed(mut instruction: Instruction, slot: usize) -> Instruction {
    instruction.accounts[slot].is_signer = true;
    instruction
}

/// Asserts that an instruction fails while the vault holds less than the buckets, and goes through once it does not.
#[track_caller]
pub fn needs_a_full_vault<C: Chain>(world: &mut World<C>, instruction: Instruction, signers: &[&str]) {
    let (pool, due, offset) = (world.pool(), world.read_pool().treasury_due, offset_of!(Pool, treasury_due));
    edit(world, &pool, offset, &(due + 1).to_le_bytes());
    world.send(instruction.clone(), signers).fails(BreakwaterError::VaultShort);
    edit(world, &pool, offset, &due.to_le_bytes());
    world.send(instruction, signers).ok();
    world.check_books();
}

/// Puts each address into its slot, one at a time, and asserts that the instruction fails with exactly that error.
#[track_caller]
pub fn refuses<C: Chain>(
    world: &mut World<C>,
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
            Err(TransactionError::InstructionError(_, found)) if *found == *expected => {}
            found => surprises.push(format!(
                "slot {slot}, {address}: expected {expected:?}, found {found:?}\n{}",
                receipt.logs.join("\n")
            )),
        }
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n\n"));
}

/// Lists a product, sells cover of all capital to `holder` for nothing and has the jury pay all of it; nothing needs capital any
/// more. The pool is not open yet, sells for an atom at least, and has no product.
pub fn wipe_out<C: Chain>(world: &mut World<C>, holder: &str) {
    let free = ProductParams { r0_ppm: 0, r1_ppm: 0, r2_ppm: 0, deductible_bps: 0, ..product_params("Everything") };
    world.list_product(0, free).ok();
    let capital = world.read_pool().capital;
    world.fund(holder, capital);
    world.stake("vera", UNIT).ok();
    world.buy(holder, 0, 0, capital, 30).ok();
    world.pass_days(2);
    let (now, policy, incident) = (world.now(), world.policy(0, holder, 0), world.incident(0, 0));
    world.open_incident(holder, 0, 0, now - 60).ok();
    world.submit_claim(holder, &policy, &incident, capital).ok();
    world.vote("vera", &incident, 1).ok();
    world.close_ballot(&incident).ok();
    world.pass_days(2);
    world.decide(0, 0).ok();
    let disputes_end_at = world.chain.read::<Incident>(&incident).disputes_end_at;
    world.chain.set_now(disputes_end_at);
    world.settle(0, 0).ok();
    world.payout(holder, &policy, &incident).ok();
    world.pass_days(62);
    world.roll_product(0).ok();
}
