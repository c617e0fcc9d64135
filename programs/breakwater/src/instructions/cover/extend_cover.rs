use super::premium;
use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExitEpoch, ExtensionRequest, Policy, Pool, Product, events::CoverExtended};

/// Accounts of `extend_cover`.
#[derive(Accounts)]
pub struct ExtendCover {
    /// Pays the premium; anyone.
    pub payer: Signer,
    /// The pool.
    #[account(mut, address = policy.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = policy.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut)]
    pub policy: Account<Policy>,
    /// Where the premium comes from.
    #[account(mut)]
    pub payer_token: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Where the commission goes; none without a commission.
    #[account(mut)]
    pub distributor_token: Option<UncheckedAccount>,
    /// The pool's first exit epoch that is not paid in full; none when nobody waits.
    #[account(constraint(anchor_lang::address_eq(&first_exit.pool, pool.address()) @ BreakwaterError::WrongPool))]
    pub first_exit: Option<Account<ExitEpoch>>,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Lets a policy cover `request.days` longer, without a gap, on the terms it was sold with. What is left of the sum
/// insured is priced now as the last slice sold, whatever is free, and no second below what one costs already. Anyone may pay, before
/// the end; not while an exit that is due waits for capacity. What another than the holder pays above what a second cost is not refunded.
pub fn extend_cover(ctx: &mut Context<ExtendCover>, request: ExtensionRequest) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let split = accounts.policy.extend(
        &request,
        (accounts.payer.address(), accounts.distributor_token.is_some()),
        accounts.first_exit.as_deref(),
        pool,
        product,
        now,
    )?;

    premium::pay(
        &Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint),
        &accounts.payer,
        &mut accounts.payer_token,
        &mut accounts.vault,
        accounts.distributor_token.as_mut(),
        (split.premium, split.commission),
    )?;
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&CoverExtended {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        payer: *accounts.payer.address(),
        premium: split.premium,
        commission: split.commission,
        end: accounts.policy.end,
        earned,
        books: accounts.pool.books(),
    });
    Ok(())
}
