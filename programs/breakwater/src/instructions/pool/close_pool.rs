use crate::{
    log::log,
    rent,
    token::{self, Asset, ShareMint, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{Assembly, BreakwaterError, Pool, events::PoolClosed};

/// Accounts of `close_pool`.
#[derive(Accounts)]
pub struct ClosePool {
    /// The pool's authority, or the one who paid its rent.
    #[account(constraint(pool.may_be_closed_by(closer.address()) @ BreakwaterError::NotPoolCloser))]
    pub closer: Signer,
    /// The pool.
    #[account(mut)]
    pub pool: Account<Pool>,
    /// The pool's assembly.
    #[account(mut, address = pool.assembly @ BreakwaterError::WrongAssembly)]
    pub assembly: Account<Assembly>,
    /// Who paid the rent and gets it back.
    #[account(mut, address = pool.rent_payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub rent_payer: UncheckedAccount,
    /// The pool's treasury; need not sign.
    #[account(address = pool.treasury @ BreakwaterError::WrongWallet)]
    pub treasury: UncheckedAccount,
    /// The treasury's associated token account; any when the treasury signs or the vault is empty.
    #[account(mut)]
    pub receiver: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the shares.
    #[account(address = pool.share_mint @ BreakwaterError::WrongShareMint)]
    pub share_mint: ShareMint,
    /// The pool's account of shares on their way out.
    #[account(mut, address = pool.exit_escrow @ BreakwaterError::WrongVault)]
    pub exit_escrow: UncheckedAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
    /// Token program of the shares.
    #[account(address = pool.share_token_program @ BreakwaterError::WrongTokenProgram)]
    pub share_token_program: UncheckedAccount,
}

/// Closes a pool without shares, whose products and other accounts are all closed and who owes nobody anything, with its vault
/// and exit escrow. What the vault still holds is nobody's and goes to the treasury; the rents go back.
///
/// The pool's authority, or the one who paid its rent, so that a lost key locks nobody's rent up: anyone else could close a new
/// pool ahead of its first deposit. The share mint stays, which the token programs do not let go; so no other pool is ever
/// created at this address.
pub fn close_pool(ctx: &mut Context<ClosePool>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.pool.leave(&mut accounts.assembly, accounts.share_mint.supply())?;
    let amount = accounts.vault.amount();
    if amount > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            &accounts.treasury,
            amount,
        )?;
    }
    let (pool, rent_payer) = (&mut accounts.pool, &mut accounts.rent_payer);
    token::close(&accounts.token_program, pool, &mut accounts.vault, rent_payer)?;
    token::close(&accounts.share_token_program, pool, &mut accounts.exit_escrow, rent_payer)?;

    log(&PoolClosed {
        pool: *accounts.pool.address(),
        assembly: *accounts.assembly.address(),
        treasury: *accounts.treasury.address(),
        amount,
    });
    rent::close(&mut accounts.pool, &accounts.rent_payer)
}
