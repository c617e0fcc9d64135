//! What Breakwater knows and what it allows: the one home of its rules about accounts.
//!
//! Each account has a file with its layout, its predicates and its transitions, each of which says which error refuses it.
//! Formulas are in `coverage-math`; who may call what, the order of steps and the movement of tokens are the program's. The
//! program, its clients and its tests all ask this crate.
//!
//! All accounts are zero-copy: little-endian integers at their natural alignment, no padding, a version and a bump first, spare
//! bytes last. Offsets are frozen by `tests/layout.rs`. Without the feature `anchor` the crate knows nothing of Anchor.

#![no_std]

extern crate alloc;
// Anchor prints the parts of the IDL in tests.
#[cfg(all(test, feature = "idl-build"))]
#[macro_use]
extern crate std;

/// Returns an error unless a condition holds.
macro_rules! require {
    ($condition:expr, $error:expr) => {
        if !$condition {
            return Err($error);
        }
    };
}

/// An enum that is stored as one byte, or told to clients as one, and read back checked.
macro_rules! stored_enum {
    ($(#[doc = $doc:literal])* pub enum $name:ident { $($(#[doc = $variant_doc:literal])* $variant:ident = $byte:literal $word:literal,)* }) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What clients in other languages know of it.
            pub const TABLE: $crate::Enumeration = $crate::Enumeration {
                name: stringify!($name),
                doc: concat!($($doc),*),
                variants: &[$($crate::Variant {
                    name: stringify!($variant),
                    doc: concat!($($variant_doc),*),
                    byte: $byte,
                    word: $word,
                },)*],
            };

            /// Its name, in words.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }

            /// The name of what a stored byte stands for, or "unknown".
            #[must_use]
            pub const fn word_of(byte: u8) -> &'static str {
                match byte {
                    $($byte => $word,)*
                    _ => "unknown",
                }
            }

            /// The byte that stands for it.
            pub const fn byte(self) -> u8 {
                match self {
                    $(Self::$variant => $byte,)*
                }
            }

            /// What a stored byte stands for.
            ///
            /// # Errors
            /// [`BreakwaterError::UnknownState`].
            pub const fn from_byte(byte: u8) -> Result<Self> {
                match byte {
                    $($byte => Ok(Self::$variant),)*
                    _ => Err(BreakwaterError::UnknownState),
                }
            }
        }
    };
}

pub mod constants;
pub mod events;
pub mod seeds;

mod assembly;
mod ballot;
mod change;
mod claim;
mod draw_limit;
mod enums;
mod error;
mod exit_epoch;
mod exit_ticket;
mod incident;
mod line;
mod policy;
mod pool;
mod price;
mod price_trigger;
mod product;
mod proposal;
mod retired;
mod sale;
mod vote_record;
mod voter;

pub use {
    assembly::*, ballot::*, change::*, claim::*, draw_limit::*, enums::*, error::*, exit_epoch::*, exit_ticket::*,
    incident::*, line::*, policy::*, pool::*, price::*, price_trigger::*, product::*, proposal::*, retired::*, sale::*,
    vote_record::*, voter::*,
};

/// What nearly every file needs.
mod prelude {
    pub use crate::{BreakwaterError, NOBODY, OrOverflow, Result, TOKEN_2022, constants::*};
    pub use alloc::string::String;
    pub use bytemuck::{Pod, Zeroable};
    pub use solana_address::{Address, address_eq};
}

use prelude::*;

solana_address::declare_id!("Breakwater111111111111111111111111111111111");

/// What a rule says: a value, or the error that refuses it.
pub type Result<T, E = BreakwaterError> = core::result::Result<T, E>;

/// The zero address: no account, no person.
pub const NOBODY: Address = Address::new_from_array([0; 32]);

/// The program of Token-2022.
pub const TOKEN_2022: Address = Address::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");

/// Writes `text` into a zero-filled field.
///
/// # Errors
/// [`BreakwaterError::TextTooLong`] when it does not fit.
pub fn set_text<const N: usize>(field: &mut [u8; N], text: &str) -> Result<()> {
    let target = field.get_mut(..text.len()).ok_or(BreakwaterError::TextTooLong)?;
    target.copy_from_slice(text.as_bytes());
    Ok(())
}
