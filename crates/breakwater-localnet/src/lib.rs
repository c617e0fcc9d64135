//! A Solana network in this process, without any connection to another one, that anything can speak to through
//! JSON-RPC.
//!
//! It is surfpool's core, started as its SDK does, which knows no fixed ports.

pub mod cheat;
pub mod demo;
mod network;

pub use network::{Clock, Localnet, Ports, bytecode};

use sha2::{Digest, Sha256};
use solana_keypair::Keypair;

/// The key of somebody on a local network: it follows from the name, so that no key file lies around and every run
/// uses the same addresses. Worth nothing anywhere else.
#[must_use]
pub fn key(name: &str) -> Keypair {
    Keypair::new_from_array(Sha256::digest(format!("breakwater actor {name}")).into())
}
