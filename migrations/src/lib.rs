//! Deploying: the bytecode is written into a buffer account piece by piece, read back, and only then made the program.
//!
//! It speaks plain JSON-RPC, so it serves the local network as well as any other.

mod deploy;
mod plan;

pub use deploy::*;
pub use plan::*;

use sha2::{Digest, Sha256};

/// SHA-256 of the bytes, in hexadecimal: as `cargo xtask build` prints it.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
