use crate::{clock::now, log::log, rent};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, Policy, Product, events::PolicyClosed};

/// Accounts of `close_policy`.
#[derive(Accounts)]
pub struct ClosePolicy {
    /// Gets the tip.
    #[account(mut, unsafe(dup))]
    pub caller: UncheckedAccount,
    /// The product.
    #[account(mut, address = policy.product @ BreakwaterError::WrongProduct)]
    pub product: Account<Product>,
    /// The policy.
    #[account(mut)]
    pub policy: Account<Policy>,
    /// Who bought it and gets its rent back.
    #[account(mut, address = policy.payer @ BreakwaterError::WrongRentPayer, unsafe(dup))]
    pub payer: UncheckedAccount,
}

/// Closes a policy that is over: its grace has passed, no claim of it is open or paid in part only,
/// and no incident of its product is open or can still be reported late. Its rent goes back, a tip of it to the caller.
/// Anyone may.
pub fn close_policy(ctx: &mut Context<ClosePolicy>) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.policy.check_over(&accounts.product, now()?)?;
    accounts.product.close_policy()?;

    log(&PolicyClosed {
        product: *accounts.product.address(),
        policy: *accounts.policy.address(),
        payer: accounts.policy.payer,
        paid: accounts.policy.paid,
    });
    rent::close_for(&mut accounts.policy, &accounts.payer, &accounts.caller)
}
