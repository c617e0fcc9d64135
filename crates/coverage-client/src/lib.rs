//! Rust client of Breakwater coverage pools.
//!
//! Accounts, events, errors, addresses and every rule about them are the program's own: this crate hands on
//! `breakwater-state`. Instructions are generated from the program's IDL.
//!
//! - [`build`]: an instruction from what a person knows, with every address derived.
//! - [`quote`]: what a sale would cost, to the atom, without asking the chain.
//! - [`snapshot`]: all accounts of one pool; [`crank`]: what is due in it; [`verify`]: whether its books are true.
//! - `rpc` (feature `rpc`): reading, sending and events over JSON-RPC.

mod addresses;
pub mod amount;
pub mod build;
pub mod crank;
mod generated;
#[cfg(feature = "serde")]
mod json;
mod logs;
pub mod pyth;
pub mod quote;
#[cfg(feature = "rpc")]
pub mod rpc;
pub mod snapshot;
pub mod verify;

pub use {
    addresses::*,
    breakwater_state::{events::*, seeds::*, *},
    generated::*,
    logs::events,
};

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

/// The text in a zero-filled field.
#[must_use]
pub fn text(field: &[u8]) -> String {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    String::from_utf8_lossy(&field[..end]).into_owned()
}
