//! What buying and extending share: how a premium is split and paid.

use crate::token::{Asset, TokenAccount};
use anchor_lang::{accounts::UncheckedAccount, prelude::*};
use breakwater_state::{BreakwaterError, OrOverflow, Pool, constants::MAX_COMMISSION_BPS};
use coverage_math::cover::PremiumSplit;

/// Whether a commission has an account to go to, and an account a commission.
///
/// # Errors
/// [`BreakwaterError::CommissionTooHigh`], [`BreakwaterError::CommissionAccount`].
pub fn check_commission(commission_bps: u16, distributor_token: Option<&UncheckedAccount>) -> Result<()> {
    require!(commission_bps <= MAX_COMMISSION_BPS, BreakwaterError::CommissionTooHigh);
    require!((commission_bps > 0) == distributor_token.is_some(), BreakwaterError::CommissionAccount);
    Ok(())
}

/// Where the premium of a cover of this `price` goes, if the buyer pays that much.
///
/// # Errors
/// [`BreakwaterError::PremiumTooHigh`].
pub fn split(pool: &Pool, price: u64, max_premium: u64, commission_bps: u16) -> Result<PremiumSplit> {
    let split = PremiumSplit::of(price, commission_bps, pool.protocol_fee_bps, pool.assessor_fee_bps).or_overflow()?;
    require!(split.premium <= max_premium, BreakwaterError::PremiumTooHigh);
    Ok(split)
}

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
