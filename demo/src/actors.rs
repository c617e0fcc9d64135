//! Who plays: keys from names, so that no key file lies around and every run uses the same addresses.

use sha2::{Digest, Sha256};
use solana_address::Address;
use solana_keypair::Keypair;
use solana_signer::Signer;

/// The key of an actor.
pub fn actor(name: &str) -> Keypair {
    Keypair::new_from_array(Sha256::digest(format!("breakwater actor {name}")).into())
}

/// The address of an actor.
pub fn address(name: &str) -> Address {
    actor(name).pubkey()
}

/// The id of a made-up feed of prices.
pub fn feed(symbol: &str) -> Address {
    address(&format!("feed of {symbol}"))
}
