//! A call that costs less.

use crate::breakwater::program::Breakwater;
use anchor_lang::{cpi::InstructionAccount, prelude::*, unchecked_invoke_signed_fixed};

/// Calls Breakwater with `N` accounts, as the functions of `breakwater::cpi` do, for a third of their overhead: those
/// compare every account with every other first. Breakwater and the runtime check what they are given either way.
pub fn call<'a, const N: usize>(
    program: &'a Program<Breakwater>,
    accounts: &impl ToCpiAccounts<'a>,
    data: &[u8],
) -> Result<()> {
    let metas = accounts.to_instruction_accounts();
    let mut handles = accounts.to_cpi_handles();
    // An optional account that is left out has a slot, which names Breakwater, but no handle.
    handles.resize(N, program.cpi_handle());
    let metas: &[InstructionAccount; N] = metas.as_slice().try_into().map_err(|_| ProgramError::InvalidArgument)?;
    let handles: &[CpiHandle; N] = handles.as_slice().try_into().map_err(|_| ProgramError::InvalidArgument)?;
    unchecked_invoke_signed_fixed(program.address(), data, metas, handles, &[]);
    Ok(())
}
