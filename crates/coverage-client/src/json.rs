//! How fields are written as JSON where serde's own way would not be read by people.

use serde::{Serialize, Serializer};
use solana_address::Address;

/// An address as it is written everywhere.
pub fn address<S: Serializer>(address: &Address, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(address)
}

/// Bytes in hexadecimal digits.
pub fn hex<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hex::encode(bytes))
}

/// The text in a zero-filled field.
pub fn text<S: Serializer>(field: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&crate::text(field))
}

/// The proposal in a zero-filled field; its bytes in hexadecimal digits when it is none.
pub fn proposal<S: Serializer>(field: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    match crate::Proposal::from_stored(field) {
        Ok(proposal) => proposal.serialize(serializer),
        Err(_) => hex(field, serializer),
    }
}
