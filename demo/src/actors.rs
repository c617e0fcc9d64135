//! Who plays.

use solana_address::Address;
use solana_keypair::Keypair;
use solana_signer::Signer;

/// The key of an actor.
pub fn actor(name: &str) -> Keypair {
    breakwater_localnet::key(name)
}

/// The address of an actor.
pub fn address(name: &str) -> Address {
    actor(name).pubkey()
}

/// The id of a made-up feed of prices.
pub fn feed(symbol: &str) -> Address {
    address(&format!("feed of {symbol}"))
}
