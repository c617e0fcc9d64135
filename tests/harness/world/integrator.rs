//! The accounts of the integrator's instructions, by the actors' names.

use super::World;
use crate::{
    Chain,
    integrator::{
        ClaimLoss, DepositCovered, Insure, Liquidate, OpenVault, integrator_vault, position, vault_tokens, venue,
        venue_tokens,
    },
};
use coverage_client::{ID, vault_address as vault_of};
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Accounts of `open_vault` by an actor, for product 0, with commissions to the actor "fees".
    #[must_use]
    pub fn open_vault_accounts(&self, manager: &str) -> OpenVault {
        OpenVault {
            manager: self.key(manager),
            fee_tokens: Some(self.tokens("fees", &self.asset())),
            pool: self.pool(),
            product: self.product(0),
            asset_mint: self.asset(),
        }
    }

    /// Accounts of a deposit number `id` of an actor in the vault of `manager`, with a commission.
    #[must_use]
    pub fn deposit_covered_accounts(&self, user: &str, manager: &str, id: u64) -> DepositCovered {
        let (user_key, vault) = (self.key(user), integrator_vault(&self.key(manager)));
        DepositCovered {
            user: user_key,
            vault,
            position: position(&vault, &user_key, id),
            user_tokens: self.tokens(user, &self.asset()),
            vault_tokens: vault_tokens(&vault),
            fee_tokens: Some(self.tokens("fees", &self.asset())),
            pool: self.pool(),
            product: self.product(0),
            policy: self.policy(0, user, id),
            assembly: self.assembly(),
            pool_vault: vault_of(&self.pool()),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
            breakwater_program: ID,
        }
    }

    /// Accounts of `insure` by an actor for its vault.
    #[must_use]
    pub fn insure_accounts(&self, manager: &str, id: u64) -> Insure {
        Insure {
            manager: self.key(manager),
            vault: integrator_vault(&self.key(manager)),
            manager_tokens: self.tokens(manager, &self.asset()),
            pool: self.pool(),
            product: self.product(0),
            policy: self.policy(0, manager, id),
            assembly: self.assembly(),
            asset_mint: self.asset(),
        }
    }

    /// Accounts of `liquidate` by an actor for its venue, on a policy of a product.
    #[must_use]
    pub fn liquidate_accounts(&self, operator: &str, index: u16, policy: &Address) -> Liquidate {
        let venue = venue(&self.key(operator));
        Liquidate {
            operator: self.key(operator),
            venue,
            venue_tokens: venue_tokens(&venue, &self.asset()),
            pool: self.pool(),
            product: self.product(index),
            policy: *policy,
            pool_vault: vault_of(&self.pool()),
            asset_mint: self.asset(),
            breakwater_program: ID,
            incident: None,
        }
    }

    /// Accounts of `claim` of an actor's vault by its policy number `id`.
    #[must_use]
    pub fn claim_loss_accounts(&self, manager: &str, id: u64, incident: &Address) -> ClaimLoss {
        let vault = integrator_vault(&self.key(manager));
        ClaimLoss {
            manager: self.key(manager),
            vault,
            vault_tokens: vault_tokens(&vault),
            pool: self.pool(),
            incident: *incident,
            policy: self.policy(0, manager, id),
            asset_mint: self.asset(),
        }
    }
}
