//! What buying and extending share: how a premium is paid.

use crate::token::{Asset, TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::OrOverflow;
use coverage_math::cover::PremiumSplit;

/// Moves a premium: the commission to the distributor, everything else into the vault.
#[inline(always)] // a call with eight arguments costs more than it saves
pub fn pay(
    asset: &Asset,
    payer: &Signer,
    payer_token: &mut UncheckedAccount,
    vault: &mut TokenAccount,
    distributor_token: Option<&mut UncheckedAccount>,
    split: &PremiumSplit,
) -> Result<()> {
    let to_pool = split.premium.checked_sub(split.commission).or_overflow()?;
    asset.receive_exactly(payer_token, vault, payer, to_pool)?;
    match distributor_token {
        Some(distributor_token) => asset.pass(payer_token, distributor_token, payer, split.commission),
        None => Ok(()),
    }
}
