//! The only file that makes mints of LP shares, and that writes what wallets show of them.
//!
//! A mint of Token-2022 carries its own name, symbol and link (the extensions metadata pointer and token metadata). The pool
//! is its mint and its update authority; nobody can freeze.

use crate::token::Treasurer;
use anchor_lang::{
    AnchorAccount,
    accounts::UncheckedAccount,
    cpi::InstructionAccount,
    pinocchio::sysvars::{Sysvar, rent::Rent},
    prelude::*,
    programs::Token2022,
    unchecked_invoke_signed_fixed,
};
use breakwater_state::{BreakwaterError, OrOverflow, Pool, ShareWords, seeds};
use coverage_math::shares::SHARE_DECIMALS;

/// Bytes of a mint without extensions.
const MINT_BYTES: usize = 82;
/// Bytes of a mint with a metadata pointer: the base account padded to a token account's, its type, and the extension.
const POINTED_MINT_BYTES: usize = 165 + 1 + 4 + 64;
/// Bytes of the metadata beside its three texts: type and length, two addresses, four lengths.
const METADATA_BYTES: usize = 4 + 64 + 16;
/// Bytes of a token account without extensions.
const ESCROW_BYTES: usize = 165;
/// Most bytes of an instruction about the words: its name, three texts with their lengths.
const WORDS_BYTES: usize = 8 + 12 + 32 + 10 + 128;

const INITIALIZE_MINT_2: u8 = 20;
const INITIALIZE_ACCOUNT_3: u8 = 18;
const METADATA_POINTER: u8 = 39;
/// First bytes of `spl_token_metadata_interface:initialize_account`, hashed.
const INITIALIZE_METADATA: [u8; 8] = [210, 225, 30, 162, 88, 184, 77, 141];
/// First bytes of `spl_token_metadata_interface:updating_field`, hashed.
const UPDATE_FIELD: [u8; 8] = [221, 233, 49, 45, 181, 202, 220, 200];

/// A mint of shares and an escrow that are to be made.
pub struct NewShares<'a> {
    /// Token program.
    pub program: &'a Address,
    /// The mint.
    pub mint: &'a UncheckedAccount,
    /// Bump of it.
    pub mint_bump: u8,
    /// The pool's account of shares on their way out.
    pub escrow: &'a UncheckedAccount,
    /// Bump of it.
    pub escrow_bump: u8,
    /// Their generation.
    pub generation: u32,
    /// What wallets show: none but of Token-2022.
    pub words: &'a ShareWords,
}

/// Makes the mint and the escrow; `payer` pays the rent.
///
/// # Errors
/// [`BreakwaterError::BadShareWords`] when a mint of Token-2022 gets no words, or another one some.
pub fn create(payer: &Signer, pool: &mut Account<Pool>, new: &NewShares) -> Result<()> {
    let (pool_address, generation) = (*pool.address(), new.generation.to_le_bytes());
    let program = new.program;
    let shows_words = anchor_lang::address_eq(program, &Token2022::id());
    require!(shows_words == (*new.words != ShareWords::NONE), BreakwaterError::BadShareWords);
    let texts = if shows_words { Some(new.words.texts()?) } else { None };
    let (bytes, later) = match texts {
        Some((name, symbol, uri)) => {
            let texts =
                name.len().checked_add(symbol.len()).and_then(|sum| sum.checked_add(uri.len())).or_overflow()?;
            (POINTED_MINT_BYTES, METADATA_BYTES.checked_add(texts).or_overflow()?)
        }
        None => (MINT_BYTES, 0),
    };
    let mint_seeds: [&[u8]; 4] = [seeds::SHARE_MINT, pool_address.as_ref(), &generation, &[new.mint_bump]];
    create_account_signed(payer.account(), new.mint.account(), bytes, program, &mint_seeds)?;
    if later > 0 {
        // The metadata grow the mint, which must stay exempt from rent.
        let whole = Rent::get()?.try_minimum_balance(bytes.checked_add(later).or_overflow()?)?;
        let lamports = whole.saturating_sub(new.mint.account().lamports());
        transfer_lamports(payer, new.mint, lamports);
        initialize_pointer(program, new.mint, &pool_address);
    }
    let decimals = pool.decimals.checked_add(SHARE_DECIMALS).or_overflow()?;
    initialize_mint(program, new.mint, &pool_address, decimals);
    if let Some(texts) = texts {
        write_metadata(program, pool, new.mint, texts)?;
    }
    let escrow_seeds: [&[u8]; 4] = [seeds::EXIT_ESCROW, pool_address.as_ref(), &generation, &[new.escrow_bump]];
    create_account_signed(payer.account(), new.escrow.account(), ESCROW_BYTES, program, &escrow_seeds)?;
    initialize_escrow(program, new.escrow, new.mint, &pool_address);
    Ok(())
}

/// Writes other words into a pool's mint of shares; `payer` pays for what it grows by.
pub fn rename(
    payer: &Signer,
    program: &UncheckedAccount,
    pool: &mut Account<Pool>,
    mint: &UncheckedAccount,
    words: &ShareWords,
) -> Result<()> {
    let (name, symbol, uri) = words.texts()?;
    // As much as the longest words take, whatever stands there now.
    let most = POINTED_MINT_BYTES + METADATA_BYTES + WORDS_BYTES;
    let lamports = Rent::get()?.try_minimum_balance(most)?.saturating_sub(mint.account().lamports());
    transfer_lamports(payer, mint, lamports);
    for (field, text) in [(0, name), (1, symbol), (2, uri)] {
        update_field(program.address(), pool, mint, field, text)?;
    }
    Ok(())
}

fn transfer_lamports(payer: &Signer, to: &UncheckedAccount, lamports: u64) {
    const TRANSFER: u8 = 2;
    if lamports == 0 {
        return;
    }
    let mut data = [0; 12];
    let (tag, amount) = data.split_at_mut(4);
    tag.copy_from_slice(&[TRANSFER, 0, 0, 0]);
    amount.copy_from_slice(&lamports.to_le_bytes());
    let metas = [InstructionAccount::writable_signer(payer.address()), InstructionAccount::writable(to.address())];
    unchecked_invoke_signed_fixed(&System::id(), &data, &metas, &[payer.cpi_handle(), to.cpi_handle()], &[]);
}

fn initialize_pointer(program: &Address, mint: &UncheckedAccount, pool: &Address) {
    let mut data = [0; 66];
    data[0] = METADATA_POINTER;
    let (_, addresses) = data.split_at_mut(2);
    let (authority, metadata) = addresses.split_at_mut(32);
    authority.copy_from_slice(pool.as_ref());
    metadata.copy_from_slice(mint.address().as_ref());
    unchecked_invoke_signed_fixed(
        program,
        &data,
        &[InstructionAccount::writable(mint.address())],
        &[mint.cpi_handle()],
        &[],
    );
}

fn initialize_mint(program: &Address, mint: &UncheckedAccount, pool: &Address, decimals: u8) {
    // No freeze authority: the option's byte stays zero.
    let mut data = [0; 35];
    data[0] = INITIALIZE_MINT_2;
    data[1] = decimals;
    data[2..34].copy_from_slice(pool.as_ref());
    unchecked_invoke_signed_fixed(
        program,
        &data,
        &[InstructionAccount::writable(mint.address())],
        &[mint.cpi_handle()],
        &[],
    );
}

fn initialize_escrow(program: &Address, escrow: &UncheckedAccount, mint: &UncheckedAccount, pool: &Address) {
    let mut data = [0; 33];
    data[0] = INITIALIZE_ACCOUNT_3;
    data[1..].copy_from_slice(pool.as_ref());
    let metas = [InstructionAccount::writable(escrow.address()), InstructionAccount::readonly(mint.address())];
    unchecked_invoke_signed_fixed(program, &data, &metas, &[escrow.cpi_handle(), mint.cpi_handle()], &[]);
}

/// An instruction's data on the stack.
struct Data {
    bytes: [u8; WORDS_BYTES],
    length: usize,
}

impl Data {
    fn new(name: [u8; 8]) -> Result<Self> {
        let mut data = Self { bytes: [0; WORDS_BYTES], length: 0 };
        data.add(&name)?;
        Ok(data)
    }

    fn add(&mut self, bytes: &[u8]) -> Result<()> {
        let end = self.length.checked_add(bytes.len()).or_overflow()?;
        self.bytes.get_mut(self.length..end).ok_or(BreakwaterError::BadShareWords)?.copy_from_slice(bytes);
        self.length = end;
        Ok(())
    }

    fn add_text(&mut self, text: &str) -> Result<()> {
        let length = u32::try_from(text.len()).map_err(|_| BreakwaterError::BadShareWords)?;
        self.add(&length.to_le_bytes())?;
        self.add(text.as_bytes())
    }

    fn get(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

fn write_metadata(
    program: &Address,
    pool: &mut Account<Pool>,
    mint: &UncheckedAccount,
    (name, symbol, uri): (&str, &str, &str),
) -> Result<()> {
    let mut data = Data::new(INITIALIZE_METADATA)?;
    for text in [name, symbol, uri] {
        data.add_text(text)?;
    }
    let pool_address = *pool.address();
    let metas = [
        InstructionAccount::writable(mint.address()),
        InstructionAccount::readonly(&pool_address),
        InstructionAccount::readonly(mint.address()),
        InstructionAccount::readonly_signer(&pool_address),
    ];
    let (first, second, bump) = pool.seeds();
    let signer: [&[u8]; 4] = [Pool::SEED, first.as_ref(), second.as_ref(), &bump];
    let signs: CpiHandle = pool.try_cpi_handle_mut()?.into();
    let handles = [mint.cpi_handle(), signs, mint.cpi_handle(), signs];
    unchecked_invoke_signed_fixed(program, data.get(), &metas, &handles, &[&signer]);
    Ok(())
}

fn update_field(
    program: &Address,
    pool: &mut Account<Pool>,
    mint: &UncheckedAccount,
    field: u8,
    text: &str,
) -> Result<()> {
    let mut data = Data::new(UPDATE_FIELD)?;
    data.add(&[field])?;
    data.add_text(text)?;
    let pool_address = *pool.address();
    let metas = [InstructionAccount::writable(mint.address()), InstructionAccount::readonly_signer(&pool_address)];
    let (first, second, bump) = pool.seeds();
    let signer: [&[u8]; 4] = [Pool::SEED, first.as_ref(), second.as_ref(), &bump];
    let handles = [mint.cpi_handle(), pool.try_cpi_handle_mut()?.into()];
    unchecked_invoke_signed_fixed(program, data.get(), &metas, &handles, &[&signer]);
    Ok(())
}
