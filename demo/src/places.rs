//! Where everything is: addresses follow from the founder, the names and the numbers.

use crate::actors;
use coverage_model::Name;
use solana_address::Address;
use std::collections::BTreeMap;

/// The addresses of one scenario.
pub struct Places {
    /// Mint of the asset.
    pub asset: Address,
    /// Mint of the staked token.
    pub governance: Address,
    /// The assembly.
    pub assembly: Address,
    /// The pool.
    pub pool: Address,
    /// Mint of the pool's shares.
    pub share_mint: Address,
    /// The policies by name.
    pub policies: BTreeMap<Name, Place>,
    /// The incidents by name.
    pub incidents: BTreeMap<Name, Place>,
    /// The tickets of exits by name.
    pub exits: BTreeMap<Name, Place>,
}

/// Where something is.
#[derive(Clone, Copy)]
pub struct Place {
    /// On the chain.
    pub address: Address,
    /// In the model.
    pub number: usize,
}

impl Places {
    /// The addresses of the founder's first pool.
    pub fn of(founder: &str) -> Self {
        let founder = actors::address(founder);
        let governance = actors::address("governance mint");
        let pool = coverage_client::pool_address(&founder, 0);
        Self {
            asset: actors::address("asset mint"),
            governance,
            assembly: coverage_client::assembly_address(&governance, &founder),
            pool,
            share_mint: coverage_client::share_mint_address(&pool, 0),
            policies: BTreeMap::new(),
            incidents: BTreeMap::new(),
            exits: BTreeMap::new(),
        }
    }

    /// An actor's token account of a mint.
    pub fn tokens(&self, who: &str, mint: &Address) -> Address {
        coverage_client::token_account_address(&actors::address(who), mint)
    }

    /// A product by its number.
    pub fn product(&self, index: u16) -> Address {
        coverage_client::product_address(&self.pool, index)
    }

    /// An exit epoch by its number.
    pub fn epoch(&self, number: u64) -> Address {
        coverage_client::exit_epoch_address(&self.pool, number)
    }

    /// The pool's account of shares on their way out.
    pub fn exit_escrow(&self) -> Address {
        coverage_client::exit_escrow_address(&self.pool, 0)
    }

    /// The pool's vault.
    pub fn vault(&self) -> Address {
        coverage_client::vault_address(&self.pool)
    }
}
