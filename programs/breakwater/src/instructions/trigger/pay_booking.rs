use crate::{
    clock::now,
    log::log,
    rent,
    token::{Asset, TokenAccount},
};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Incident, NOBODY, OrOverflow, Policy, Pool, Product, events::BookingPaid};

/// Accounts of `pay_booking`.
#[derive(Accounts)]
pub struct PayBooking {
    /// Gets the tip of the call that ends it.
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
    /// Token account that is paid: the holder's associated one; any when the holder signs. None to settle without paying.
    #[account(mut)]
    pub receiver: Option<UncheckedAccount>,
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

/// Settles what can be settled of a booking now, and pays the holder what is settled: what has flowed into the product's bucket,
/// as far as what others reserve leaves capital, out of the capital and of what those who left have in it alike. Once it cannot be
/// challenged any more, a part of it falls due each day whatever the bucket holds, and all of it within a year. The call that
/// settles the last of it ends it. So does one once the capital that is left would fill no bucket, or once all of it is due and
/// no other incident needs the capital: then nothing is waited for any more. Returns the atoms that the holder gets. Anyone may; nothing more of
/// a challenged booking is settled until the ballot is decided.
pub fn pay_booking(ctx: &mut Context<PayBooking>) -> Result<u64> {
    let accounts = &mut ctx.accounts;
    let now = now()?;
    let earned = accounts.pool.accrue(now)?;
    accounts.product.roll(&mut accounts.pool, now)?;
    let was_open = accounts.incident.check_open().is_ok();
    let pays = accounts.receiver.is_some();
    let (pool, product) = (&mut accounts.pool, &mut accounts.product);
    let (paid, given_back) = accounts.incident.pay_booking(pays, &mut accounts.policy, pool, product, now)?;
    let leaves = paid.checked_sub(given_back).or_overflow()?;

    if let Some(receiver) = accounts.receiver.as_mut().filter(|_| leaves > 0) {
        Asset::of(&accounts.pool, &accounts.token_program, &accounts.asset_mint).pay_owner(
            &mut accounts.pool,
            &mut accounts.vault,
            receiver,
            &accounts.holder,
            leaves,
        )?;
    }
    accounts.pool.check_books(accounts.vault.amount())?;

    log(&BookingPaid {
        product: *accounts.product.address(),
        incident: *accounts.incident.address(),
        policy: *accounts.policy.address(),
        receiver: accounts.receiver.as_ref().map_or(NOBODY, |receiver| *receiver.address()),
        paid,
        given_back,
        settled: accounts.incident.settled,
        contested: accounts.incident.contested,
        unsettled: accounts.incident.unsettled()?,
        state: u64::from(accounts.incident.state),
        earned,
        books: accounts.pool.books(),
    });
    if was_open && accounts.incident.check_open().is_err() {
        rent::tip(&mut accounts.incident, &accounts.caller)?;
    }
    Ok(leaves)
}
