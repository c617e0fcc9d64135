//! What buying and extending share: how a premium is paid.

use crate::token::{Asset, TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::OrOverflow;

/// Moves a premium: the commission to the distributor, everything else into the vault.
#[inline(always)] // a call with eight arguments costs more than it saves
pub fn pay(
    asset: &Asset,
    payer: &Signer,
    payer_token: &mut UncheckedAccount,
    vault: &mut TokenAccount,
    distributor_token: Option<&mut UncheckedAccount>,
    (premium, commission): (u64, u64),
) -> Result<()> {
    let to_pool = premium.checked_sub(commission).or_overflow()?;
    asset.receive_exactly(payer_token, vault, payer, to_pool)?;
    match distributor_token {
        Some(distributor_token) => asset.pass(payer_token, distributor_token, payer, commission),
        None => Ok(()),
    }
}
