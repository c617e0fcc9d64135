//! The only file that moves tokens.
//!
//! Instructions are built on the stack: the helpers of anchor-spl build them in vectors, at about 5,000 compute units
//! more for each call. Both token programs take the same bytes.

use crate::{
    error::{BreakwaterError, OrOverflow},
    seeds,
    state::Pool,
};
use anchor_lang::{cpi::InstructionAccount, prelude::*, unchecked_invoke_signed_fixed};
use anchor_spl::token_interface;

/// A token account of either token program.
pub type TokenAccount = InterfaceAccount<token_interface::TokenAccount>;
/// A mint of either token program.
pub type Mint = InterfaceAccount<token_interface::Mint>;
/// One of the two token programs.
pub type TokenProgram = Interface<'static, token_interface::TokenInterface>;

const MINT_TO: u8 = 7;
const TRANSFER_CHECKED: u8 = 12;

/// Moves `amount` from a user's account into a vault and returns what arrived.
///
/// # Errors
/// Those of the token program; [`BreakwaterError::MathOverflow`] when the vault's balance fell.
pub fn receive(
    program: &TokenProgram,
    from: &mut TokenAccount,
    mint: &Mint,
    vault: &mut TokenAccount,
    authority: &Signer,
    amount: u64,
) -> Result<u64> {
    let before = vault.amount();
    transfer_checked(program, from, mint, vault, authority.cpi_handle(), amount, &[])?;
    vault.amount().checked_sub(before).or_overflow()
}

/// Moves `amount` into a vault and insists that all of it arrives.
///
/// # Errors
/// [`BreakwaterError::TransferShort`].
pub fn receive_exactly(
    program: &TokenProgram,
    from: &mut TokenAccount,
    mint: &Mint,
    vault: &mut TokenAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    require!(receive(program, from, mint, vault, authority, amount)? >= amount, BreakwaterError::TransferShort);
    Ok(())
}

/// Moves `amount` from a user's account to another's: a commission.
pub fn pass(
    program: &TokenProgram,
    from: &mut TokenAccount,
    mint: &Mint,
    to: &mut TokenAccount,
    authority: &Signer,
    amount: u64,
) -> Result<()> {
    transfer_checked(program, from, mint, to, authority.cpi_handle(), amount, &[])
}

/// Pays `amount` out of a pool's vault.
pub fn pay_out(
    program: &TokenProgram,
    pool: &Account<Pool>,
    vault: &mut TokenAccount,
    mint: &Mint,
    to: &mut TokenAccount,
    amount: u64,
) -> Result<()> {
    let (id, bump) = (pool.id.to_le_bytes(), [pool.bump]);
    let signer: [&[u8]; 4] = [seeds::POOL, pool.creator.as_ref(), &id, &bump];
    transfer_checked(program, vault, mint, to, pool.cpi_handle(), amount, &[&signer])
}

/// Mints `amount` LP shares.
pub fn mint_shares(
    program: &TokenProgram,
    pool: &Account<Pool>,
    share_mint: &mut Mint,
    to: &mut TokenAccount,
    amount: u64,
) -> Result<()> {
    let (id, bump) = (pool.id.to_le_bytes(), [pool.bump]);
    let signer: [&[u8]; 4] = [seeds::POOL, pool.creator.as_ref(), &id, &bump];
    let mut data = [0; 9];
    let [tag, rest @ ..] = &mut data;
    *tag = MINT_TO;
    rest.copy_from_slice(&amount.to_le_bytes());

    let (mint, to, authority) =
        (share_mint.try_cpi_handle_mut()?.into(), to.try_cpi_handle_mut()?.into(), pool.cpi_handle());
    let handles: [CpiHandle; 3] = [mint, to, authority];
    let [mint, to, authority] = handles;
    let metas = [
        InstructionAccount::writable(mint.address()),
        InstructionAccount::writable(to.address()),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    unchecked_invoke_signed_fixed(program.address(), &data, &metas, &handles, &[&signer]);
    Ok(())
}

fn transfer_checked(
    program: &TokenProgram,
    from: &mut TokenAccount,
    mint: &Mint,
    to: &mut TokenAccount,
    authority: CpiHandle,
    amount: u64,
    signer: &[&[&[u8]]],
) -> Result<()> {
    let mut data = [0; 10];
    let [tag, rest @ .., decimals] = &mut data;
    *tag = TRANSFER_CHECKED;
    rest.copy_from_slice(&amount.to_le_bytes());
    *decimals = mint.decimals();

    let handles: [CpiHandle; 4] =
        [from.try_cpi_handle_mut()?.into(), mint.cpi_handle(), to.try_cpi_handle_mut()?.into(), authority];
    let [from, mint, to, authority] = handles;
    let metas = [
        InstructionAccount::writable(from.address()),
        InstructionAccount::readonly(mint.address()),
        InstructionAccount::writable(to.address()),
        InstructionAccount::readonly_signer(authority.address()),
    ];
    unchecked_invoke_signed_fixed(program.address(), &data, &metas, &handles, signer);
    Ok(())
}
