use sha2::{Digest, Sha256};
use solana_keypair::Keypair;

/// The key of an actor: the hash of its name, so that no key file lies in the tree and every run uses the same
/// addresses.
#[must_use]
pub fn actor(name: &str) -> Keypair {
    Keypair::new_from_array(Sha256::digest(format!("breakwater actor {name}")).into())
}
