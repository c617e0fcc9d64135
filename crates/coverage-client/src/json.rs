//! How events are written as JSON, where serde's own way would not be read by people.

use breakwater_state::{
    Proposal,
    constants::{BRIEF_BYTES, PROPOSAL_BYTES},
};
use serde::{Serialize, Serializer, ser::SerializeMap};
use std::fmt::Display;

/// A value of the program as JSON.
pub struct Json<T>(pub T);

/// What is written as text.
pub struct Text<T>(pub T);

impl<T: Display> Serialize for Text<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Bytes in hexadecimal digits.
pub struct Hex<'a>(pub &'a [u8]);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&hex::encode(self.0))
    }
}

/// The proposal in a stored field; its bytes in hexadecimal digits when it is none.
pub struct Stored<'a>(pub &'a [u8; PROPOSAL_BYTES]);

impl Serialize for Stored<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Proposal::from_bytes(self.0) {
            Ok(proposal) => Json(&proposal).serialize(serializer),
            Err(_) => Hex(self.0).serialize(serializer),
        }
    }
}

/// What an event tells of a proposal; its bytes in hexadecimal digits when it is none.
pub struct Brief<'a>(pub &'a [u8; BRIEF_BYTES]);

impl Serialize for Brief<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Proposal::from_brief(self.0) {
            Ok(proposal) => Json(&proposal).serialize(serializer),
            Err(_) => Hex(self.0).serialize(serializer),
        }
    }
}

/// One field under its name.
pub struct One<T>(pub &'static str, pub T);

impl<T: Serialize> Serialize for One<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        under(serializer, self.0, &self.1)
    }
}

/// Numbers under their names.
pub struct Numbers<'a>(pub &'a [(&'static str, u64)]);

impl Serialize for Numbers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// `value` under `name`.
pub fn under<S: Serializer, T: Serialize>(serializer: S, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(name, value)?;
    map.end()
}
