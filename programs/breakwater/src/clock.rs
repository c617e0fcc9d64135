//! The chain's time.

use anchor_lang::prelude::*;
use breakwater_state::BreakwaterError;

/// Unix seconds of the Clock sysvar.
///
/// # Errors
/// [`BreakwaterError::BadClock`] before 1970.
pub fn now() -> Result<u64> {
    let clock = <Clock as PinocchioSysvar>::get()?;
    u64::try_from(clock.unix_timestamp).map_err(|_| BreakwaterError::BadClock.into())
}
