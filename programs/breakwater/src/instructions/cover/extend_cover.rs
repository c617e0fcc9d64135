use super::premium;
use crate::{
    clock::now,
    log::log,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, ExtensionRequest, OrOverflow, Policy, Pool, Product, events::CoverExtended};
use coverage_math::cover;

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
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Lets a policy cover `request.days` longer, without a gap, on the terms it was sold with. What is left of the sum
/// insured is priced now as the last slice sold. Anyone may pay, before the end and while no incident of the product is
/// open.
pub fn extend_cover(ctx: &mut Context<ExtendCover>, request: ExtensionRequest) -> Result<()> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    accounts.product.check_on_sale()?;
    accounts.policy.check_alive(now)?;
    premium::check_commission(request.commission_bps, accounts.distributor_token.as_ref())?;

    let amount = accounts.policy.remaining()?;
    let (old_end_day, old_release_day) = (accounts.policy.end_day(), accounts.policy.release_day);
    let days = u64::from(request.days);
    let end_day = old_end_day.checked_add(days).or_overflow()?;
    let release_day = old_release_day.checked_add(days).or_overflow()?;
    let seconds = cover::extension_seconds(now, old_end_day, request.days, accounts.product.max_term_days)
        .ok_or(BreakwaterError::TermOutOfBounds)?;
    let price = accounts.product.extension_premium(&accounts.pool, amount, seconds)?;
    let split = premium::split(&accounts.pool, price, request.max_premium, request.commission_bps)?;

    accounts.product.prolong_cover(&mut accounts.pool, amount, old_release_day, release_day)?;
    let running = accounts.pool.stop_stream(accounts.policy.rate, old_end_day)?;
    let rate = accounts.pool.take_premium(&split, running, end_day)?;
    accounts.policy.extend(&split, rate, amount, (end_day, release_day))?;

    premium::pay(
        &Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint),
        &accounts.payer,
        &mut accounts.payer_token,
        &mut accounts.vault,
        accounts.distributor_token.as_mut(),
        &split,
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
