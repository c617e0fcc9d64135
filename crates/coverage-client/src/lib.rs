//! Rust client of Breakwater coverage pools.
//!
//! What the program defines (instructions, accounts, events, errors) is generated from its IDL; addresses use the
//! program's own file of seeds; amounts and premiums are computed with the program's own formulas.
//!
//! - [`build`]: an instruction from what a person knows, with every address derived.
//! - [`quote`]: what a sale would cost, to the atom, without asking the chain.
//! - [`snapshot`]: all accounts of one pool; [`crank`]: what is due in it; [`verify`]: whether its books are true.
//! - `rpc` (feature `rpc`): reading, sending and events over JSON-RPC.

mod addresses;
pub mod amount;
mod breach;
pub mod build;
#[allow(dead_code, reason = "the program's own file: not every bound is of use here")]
#[path = "../../../programs/state/src/constants.rs"]
pub mod constants;
pub mod crank;
mod events;
#[allow(missing_docs, reason = "the IDL check asks for docs on all that is generated")]
mod generated;
#[cfg(feature = "serde")]
mod json;
pub mod pyth;
pub mod quote;
#[cfg(feature = "rpc")]
pub mod rpc;
mod seeds;
pub mod snapshot;
mod state;
pub mod verify;

pub use {addresses::*, events::events, generated::*, state::*};

use solana_address::Address;
use std::ops::Deref;

/// An account or event that lies in memory as it is stored, after eight bytes that say what it is.
pub trait ZeroCopy: bytemuck::Pod {
    /// Its name in the IDL.
    const NAME: &'static str;
    /// Its first eight bytes.
    const DISCRIMINATOR: [u8; 8];

    /// Bytes of the account or event, discriminator included.
    const SIZE: usize = 8 + size_of::<Self>();

    /// Decodes `data`; `None` when it is something else or too short.
    #[must_use]
    fn decode(data: &[u8]) -> Option<Self> {
        let body = data.strip_prefix(&Self::DISCRIMINATOR)?;
        Some(bytemuck::pod_read_unaligned(body.get(..size_of::<Self>())?))
    }

    /// Its bytes as they are stored.
    #[must_use]
    fn encode(&self) -> Vec<u8> {
        [&Self::DISCRIMINATOR, bytemuck::bytes_of(self)].concat()
    }
}

/// An account and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// Its address.
    pub address: Address,
    /// What it holds.
    pub account: T,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.account
    }
}

/// An instruction argument.
trait Pack {
    /// Appends its bytes as the program reads them.
    fn pack(&self, data: &mut Vec<u8>);
}

impl<T: borsh::BorshSerialize> Pack for T {
    fn pack(&self, data: &mut Vec<u8>) {
        // Writing into a vector cannot fail.
        let _ = self.serialize(data);
    }
}

impl Proposal {
    /// The proposal that a [`Change`] or an event stores: in Borsh, zero-filled.
    ///
    /// # Errors
    /// When the bytes are no proposal.
    pub fn from_stored(mut bytes: &[u8]) -> std::io::Result<Self> {
        borsh::BorshDeserialize::deserialize(&mut bytes)
    }
}

/// The text in a zero-filled field.
#[must_use]
pub fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}
