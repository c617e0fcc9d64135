//! Rust client of Breakwater coverage pools: addresses, instructions, accounts, events and errors.
//!
//! What the program defines is generated from its IDL; addresses use the program's own file of seeds.

mod addresses;
mod events;
#[allow(missing_docs, reason = "the IDL check asks for docs on all that is generated")]
mod generated;
pub mod pyth;
mod seeds;

pub use {addresses::*, events::events, generated::*};

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
