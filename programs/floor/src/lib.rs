//! The least a program can do for an instruction.
//!
//! It takes the accounts of one of Breakwater's instructions and does what that one cannot do without: the transfers,
//! the signatures by a program-derived address, the creation of an account at its canonical address, the log bytes.
//! No check, no state, no arithmetic. What it costs is the floor under what the instruction costs. It is never
//! deployed.

#![allow(unsafe_code, reason = "the entrypoint macro and the log syscall")]

use anchor_lang::find_and_verify_program_address;
use pinocchio::{
    AccountView, Address, ProgramResult,
    cpi::{Seed, Signer, invoke_signed},
    error::ProgramError,
    instruction::{InstructionAccount, InstructionView},
    sysvars::{Sysvar, rent::Rent},
};
use pinocchio_system::instructions::CreateAccount;

#[cfg(not(feature = "no-entrypoint"))]
pinocchio::entrypoint!(process);

/// Instruction data: what to do, and with what.
///
/// `[op, pool bump, log bytes / 2, decimals, amount (8), pool id (8), space (8)]`, in the order of the fields.
struct Order {
    op: u8,
    bump: u8,
    log_pairs: u8,
    decimals: u8,
    amount: [u8; 8],
    id: [u8; 8],
    space: u64,
}

impl Order {
    fn read(data: &[u8]) -> Option<Self> {
        let [op, bump, log_pairs, decimals, rest @ ..] = data else { return None };
        let (amount, rest) = rest.split_first_chunk()?;
        let (id, rest) = rest.split_first_chunk()?;
        let (space, _) = rest.split_first_chunk()?;
        Some(Self {
            op: *op,
            bump: *bump,
            log_pairs: *log_pairs,
            decimals: *decimals,
            amount: *amount,
            id: *id,
            space: u64::from_le_bytes(*space),
        })
    }
}

/// Does one of four orders, each with the accounts of the instruction it is the floor of.
pub fn process(program_id: &Address, accounts: &mut [AccountView], data: &[u8]) -> ProgramResult {
    let order = Order::read(data).ok_or(ProgramError::InvalidInstructionData)?;
    match (order.op, accounts) {
        // deposit
        (0, [owner, pool, from, shares, vault, share_mint, mint, token, ..]) => {
            transfer(token, from, mint, vault, owner, &order, &[])?;
            mint_to(token, share_mint, shares, pool, owner, &order)?;
        }
        // buy_cover
        (1, [payer, _, product, policy, _, from, vault, mint, _, token, ..]) => {
            let seeds: [&[u8]; 4] =
                [b"policy", product.address().as_ref(), payer.address().as_ref(), order.id.as_ref()];
            let bump = [find_and_verify_program_address(&seeds, program_id, policy.address())?];
            let [a, b, c, d] = seeds;
            create(payer, policy, order.space, program_id, &[a.into(), b.into(), c.into(), d.into(), (&bump).into()])?;
            transfer(token, from, mint, vault, payer, &order, &[])?;
        }
        // vote; the voter's place holds the pool, which signs for the record
        (2, [owner, voter, ballot, record, ..]) => {
            let bump = [order.bump];
            let seeds: [Seed; 4] =
                [b"pool".as_ref().into(), owner.address().as_ref().into(), (&order.id).into(), (&bump).into()];
            create_with_seed(owner, record, voter, ballot, order.space, program_id, &seeds)?;
        }
        // payout; the claim's place holds the pool's creator
        (3, [pool, _, creator, _, to, vault, _, token, ..]) => {
            let bump = [order.bump];
            let seeds: [Seed; 4] =
                [b"pool".as_ref().into(), creator.address().as_ref().into(), (&order.id).into(), (&bump).into()];
            transfer_unchecked(token, vault, to, pool, &order, &[Signer::from(&seeds)])?;
        }
        _ => return Err(ProgramError::InvalidInstructionData),
    }
    log(&order);
    Ok(())
}

fn create(payer: &AccountView, account: &AccountView, space: u64, owner: &Address, seeds: &[Seed]) -> ProgramResult {
    let bytes = usize::try_from(space).map_err(|_| ProgramError::InvalidArgument)?;
    let lamports = Rent::get()?.try_minimum_balance(bytes)?;
    CreateAccount { from: payer, to: account, lamports, space, owner }.invoke_signed(&[Signer::from(seeds)])
}

fn create_with_seed(
    payer: &AccountView,
    account: &AccountView,
    base: &AccountView,
    of: &AccountView,
    space: u64,
    owner: &Address,
    seeds: &[Seed],
) -> ProgramResult {
    let bytes = usize::try_from(space).map_err(|_| ProgramError::InvalidArgument)?;
    let lamports = Rent::get()?.try_minimum_balance(bytes)?;
    let mut data = [0; 124];
    let parts: [&[u8]; 7] = [
        &[3, 0, 0, 0],
        base.address().as_ref(),
        &32u64.to_le_bytes(),
        &of.address().to_bytes().map(|byte| byte & 0x7f),
        &lamports.to_le_bytes(),
        &space.to_le_bytes(),
        owner.as_ref(),
    ];
    let mut rest = data.as_mut_slice();
    for part in parts {
        let (place, after) = rest.split_at_mut_checked(part.len()).ok_or(ProgramError::InvalidArgument)?;
        place.copy_from_slice(part);
        rest = after;
    }
    let accounts = [
        InstructionAccount::writable_signer(payer.address()),
        InstructionAccount::writable(account.address()),
        InstructionAccount::readonly_signer(base.address()),
    ];
    let instruction = InstructionView { program_id: &pinocchio_system::ID, data: &data, accounts: &accounts };
    invoke_signed(&instruction, &[payer, account, base], &[Signer::from(seeds)])
}

fn transfer(
    program: &AccountView,
    from: &AccountView,
    mint: &AccountView,
    to: &AccountView,
    authority: &AccountView,
    order: &Order,
    signers: &[Signer],
) -> ProgramResult {
    let [a, b, c, d, e, f, g, h] = order.amount;
    let data = [12, a, b, c, d, e, f, g, h, order.decimals];
    let accounts = [
        InstructionAccount::writable(from.address()),
        InstructionAccount::readonly(mint.address()),
        InstructionAccount::writable(to.address()),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    let instruction = InstructionView { program_id: program.address(), data: &data, accounts: &accounts };
    invoke_signed(&instruction, &[from, mint, to, authority], signers)
}

fn transfer_unchecked(
    program: &AccountView,
    from: &AccountView,
    to: &AccountView,
    authority: &AccountView,
    order: &Order,
    signers: &[Signer],
) -> ProgramResult {
    let [a, b, c, d, e, f, g, h] = order.amount;
    let data = [3, a, b, c, d, e, f, g, h];
    let accounts = [
        InstructionAccount::writable(from.address()),
        InstructionAccount::writable(to.address()),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    let instruction = InstructionView { program_id: program.address(), data: &data, accounts: &accounts };
    invoke_signed(&instruction, &[from, to, authority], signers)
}

fn mint_to(
    program: &AccountView,
    mint: &AccountView,
    to: &AccountView,
    pool: &AccountView,
    creator: &AccountView,
    order: &Order,
) -> ProgramResult {
    let [a, b, c, d, e, f, g, h] = order.amount;
    let data = [7, a, b, c, d, e, f, g, h];
    let bump = [order.bump];
    let seeds: [Seed; 4] =
        [b"pool".as_ref().into(), creator.address().as_ref().into(), (&order.id).into(), (&bump).into()];
    let accounts = [
        InstructionAccount::writable(mint.address()),
        InstructionAccount::writable(to.address()),
        InstructionAccount::readonly_signer(pool.address()),
    ];
    let instruction = InstructionView { program_id: program.address(), data: &data, accounts: &accounts };
    invoke_signed(&instruction, &[mint, to, pool], &[Signer::from(&seeds)])
}

/// Logs as many bytes as the instruction's event has.
fn log(order: &Order) {
    let line = [0; 512];
    let bytes = usize::from(order.log_pairs).saturating_mul(2);
    if let Some(line) = line.get(..bytes) {
        anchor_lang::sol_log_data(&[line]);
    }
}
