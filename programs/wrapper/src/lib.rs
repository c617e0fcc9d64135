//! Calls Breakwater through the feature `cpi` of its crate, for programs that depend on it in Rust; and any program with
//! any accounts, which makes the stack one call deeper.
//!
//! It checks nothing, so that the tests see what those it calls refuse. It is never deployed.

extern crate alloc;

use alloc::vec::Vec;
use anchor_lang::prelude::*;
use breakwater::CoverRequest;
use core::marker::PhantomData;

declare_id!("Examp1eWrapper11111111111111111111111111111");

/// Accounts of `buy_cover`: Breakwater's, and Breakwater.
#[derive(Accounts)]
pub struct BuyCover {
    /// Pays the premium and the rent.
    #[account(mut)]
    pub payer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: UncheckedAccount,
    /// The product.
    #[account(mut)]
    pub product: UncheckedAccount,
    /// The new policy.
    #[account(mut)]
    pub policy: UncheckedAccount,
    /// The assembly that decides on it.
    pub assembly: UncheckedAccount,
    /// Where the premium comes from.
    #[account(mut)]
    pub payer_token: UncheckedAccount,
    /// The pool's vault.
    #[account(mut)]
    pub vault: UncheckedAccount,
    /// Mint of the asset.
    pub asset_mint: UncheckedAccount,
    /// Where the commission goes.
    #[account(mut)]
    pub distributor_token: Option<UncheckedAccount>,
    /// Token program of the asset.
    pub token_program: UncheckedAccount,
    /// System program.
    pub system_program: UncheckedAccount,
    /// Breakwater.
    pub breakwater_program: UncheckedAccount,
}

/// Accounts of `relay`; all others follow and are passed on.
#[derive(Accounts)]
pub struct Relay {
    /// Whom to call.
    pub program: UncheckedAccount,
}

/// No accounts but the others.
#[derive(ToCpiAccounts)]
pub struct Others<'a> {
    phantom: PhantomData<&'a ()>,
}

/// The instructions.
#[program]
pub mod wrapper {
    use super::*;

    /// Calls Breakwater's `buy_cover`.
    #[discrim = 0]
    pub fn buy_cover(ctx: &mut Context<BuyCover>, id: u64, request: CoverRequest) -> Result<()> {
        let wrapped = &mut ctx.accounts;
        let accounts = breakwater::cpi::accounts::BuyCover {
            payer: wrapped.payer.try_cpi_handle_mut()?,
            pool: wrapped.pool.try_cpi_handle_mut()?,
            product: wrapped.product.try_cpi_handle_mut()?,
            policy: wrapped.policy.try_cpi_handle_mut()?,
            assembly: wrapped.assembly.cpi_handle(),
            payer_token: wrapped.payer_token.try_cpi_handle_mut()?,
            vault: wrapped.vault.try_cpi_handle_mut()?,
            asset_mint: wrapped.asset_mint.cpi_handle(),
            distributor_token: wrapped.distributor_token.as_mut().map(|to| to.try_cpi_handle_mut()).transpose()?,
            token_program: wrapped.token_program.cpi_handle(),
            system_program: wrapped.system_program.cpi_handle(),
        };
        breakwater::cpi::buy_cover(CpiContext::new(wrapped.breakwater_program.address(), accounts), id, request)
    }

    /// Calls any program with the accounts that follow, as they came.
    #[discrim = 1]
    pub fn relay(ctx: &mut Context<Relay>, data: Vec<u8>) -> Result<()> {
        let mut others = ctx.remaining_accounts()?;
        let handles = others.iter_mut().map(|account| {
            if account.is_writable() { CpiHandleMut::writable(account).into() } else { CpiHandle::readonly(account) }
        });
        let context = CpiContext::new(ctx.accounts.program.address(), Others { phantom: PhantomData })
            .with_remaining_accounts(handles.collect());
        context.invoke(&data)
    }
}
