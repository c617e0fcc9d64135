use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, IncidentState, Policy, Pool, Product, events::BookingPaid};

/// Accounts of `pay_booking`.
#[derive(Accounts)]
pub struct PayBooking {
    /// Gets the tip of the payment that ends it.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The pool.
    #[account(mut, address = incident.pool @ BreakwaterError::WrongPool)]
    pub pool: Account<Pool>,
    /// The product.
    #[account(mut, address = incident.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut, address = incident.policy @ BreakwaterError::WrongPolicy)]
    pub policy: Account<Policy>,
    /// The booking.
    #[account(mut)]
    pub incident: Account<Incident>,
    /// Holder of the policy; need not sign.
    #[account(address = policy.holder @ BreakwaterError::NotHolder, unsafe(dup))]
    pub holder: UncheckedAccount,
    /// Token account that is paid: the holder's associated one; any when the holder signs.
    #[account(mut)]
    pub receiver: UncheckedAccount,
    /// The pool's vault.
    #[account(mut, address = pool.vault @ BreakwaterError::WrongVault)]
    pub vault: TokenAccount,
    /// Mint of the asset.
    #[account(address = pool.asset_mint @ BreakwaterError::WrongMint)]
    pub asset_mint: UncheckedAccount,
    /// Token program of the asset.
    #[account(address = pool.token_program @ BreakwaterError::WrongTokenProgram)]
    pub token_program: UncheckedAccount,
}

/// Pays the holder what can be paid of a booking now: what has flowed into the product's bucket, as far as what others reserve
/// leaves capital, out of the capital and of what those who left have in it alike. The payment that completes it ends it. So
/// does one once the capital that is left would fill no bucket: then nothing is waited for any more. Returns the atoms paid.
/// Anyone may; a challenged booking is not paid until the ballot is decided.
pub fn pay_booking(ctx: &mut Context<PayBooking>) -> Result<u64> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let contested = accounts.incident.contested;
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let paid = accounts.incident.pay_booking(&mut accounts.policy, pool, product, now)?;

    if paid > 0 {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            &mut accounts.receiver,
            &accounts.holder,
            paid,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&BookingPaid {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        policy: *accounts.policy.address(),
        receiver: *accounts.receiver.address(),
        paid,
        contested: accounts.incident.contested.saturating_sub(contested),
        unpaid: accounts.incident.unpaid()?,
        state: u64::from(accounts.incident.state),
        earned,
        books: accounts.pool.books(),
    });
    if accounts.incident.state()? == IncidentState::Settled {
        rent::tip(&mut accounts.incident, &accounts.caller)?;
    }
    Ok(paid)
}
