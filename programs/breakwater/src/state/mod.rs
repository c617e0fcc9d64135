//! The accounts: one per file, with its layout, its transitions and its invariant.
//!
//! All are zero-copy: little-endian integers at their natural alignment, no padding, a version and a bump first, spare
//! bytes last. Offsets are frozen by `tests/layout.rs`.

/// An enum that is stored as one byte, and read back checked.
macro_rules! stored_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $byte:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// The byte that stands for it.
            pub const fn byte(self) -> u8 {
                match self {
                    $(Self::$variant => $byte,)*
                }
            }

            /// What a stored byte stands for.
            ///
            /// # Errors
            /// [`crate::error::BreakwaterError::UnknownState`].
            pub fn from_byte(byte: u8) -> anchor_lang::Result<Self> {
                match byte {
                    $($byte => Ok(Self::$variant),)*
                    _ => Err(crate::error::BreakwaterError::UnknownState.into()),
                }
            }
        }
    };
}

mod assembly;
mod ballot;
mod change;
mod claim;
mod dispute;
mod draw_limit;
mod exit_epoch;
mod exit_ticket;
mod incident;
mod policy;
mod pool;
mod price_trigger;
mod product;
mod proposal;
mod vote_record;
mod voter;

pub use {
    assembly::*, ballot::*, change::*, claim::*, dispute::*, draw_limit::*, exit_epoch::*, exit_ticket::*, incident::*,
    policy::*, pool::*, price_trigger::*, product::*, proposal::*, vote_record::*, voter::*,
};

use crate::error::BreakwaterError;
use anchor_lang::prelude::*;

/// The zero address: no account, no person.
pub const NOBODY: Address = Address::new_from_array([0; 32]);

/// Unix seconds of the Clock sysvar.
///
/// # Errors
/// [`BreakwaterError::BadClock`] before 1970.
pub fn now() -> Result<u64> {
    let clock = <Clock as PinocchioSysvar>::get()?;
    u64::try_from(clock.unix_timestamp).map_err(|_| BreakwaterError::BadClock.into())
}

/// Writes `text` into a zero-filled field.
///
/// # Errors
/// [`BreakwaterError::TextTooLong`] when it does not fit.
pub fn set_text<const N: usize>(field: &mut [u8; N], text: &str) -> Result<()> {
    let target = field.get_mut(..text.len()).ok_or(BreakwaterError::TextTooLong)?;
    target.copy_from_slice(text.as_bytes());
    Ok(())
}
