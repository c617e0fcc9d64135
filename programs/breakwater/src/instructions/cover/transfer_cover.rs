use crate::log::log;
use anchor_lang::prelude::*;
use breakwater_state::{BreakwaterError, Policy, events::CoverTransferred};

/// Accounts of `transfer_cover`.
#[derive(Accounts)]
pub struct TransferCover {
    /// Holder of the policy.
    #[account(address = policy.holder @ BreakwaterError::NotHolder)]
    pub holder: Signer,
    /// The policy.
    #[account(mut)]
    pub policy: Account<Policy>,
}

/// Passes a policy on to `new_holder`, who may claim from now on. The holder only, while no claim of it is open.
pub fn transfer_cover(ctx: &mut Context<TransferCover>, new_holder: Address) -> Result<()> {
    let accounts = &mut ctx.accounts;
    accounts.policy.transfer(&new_holder)?;

    log(&CoverTransferred { policy: *accounts.policy.address(), holder: *accounts.holder.address(), new_holder });
    Ok(())
}
