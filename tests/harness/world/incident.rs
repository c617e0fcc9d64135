//! Incidents, claims and their payment.

use super::World;
use crate::{Chain, Receipt};
use coverage_client::*;
use solana_address::Address;

impl<C: Chain> World<C> {
    /// Accounts of `open_incident` number `nth` by an actor.
    #[must_use]
    pub fn open_incident_accounts(&self, opener: &str, index: u16, nth: u32) -> OpenIncident {
        let pool = self.pool();
        let incident = self.incident(index, nth);
        OpenIncident {
            opener: self.key(opener),
            pool,
            product: self.product(index),
            incident,
            assembly: self.assembly(),
            ballot: ballot(&incident, 0),
            opener_token: self.tokens(opener, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Opens incident number `nth` of a product, that occurred at `occurred_at`.
    pub fn open_incident(&mut self, opener: &str, index: u16, nth: u32, occurred_at: u64) -> Receipt {
        let report = incident_report(occurred_at);
        self.send(self.open_incident_accounts(opener, index, nth).instruction(&report), &[opener])
    }

    /// Accounts of `submit_claim` by the holder of a policy.
    #[must_use]
    pub fn claim_accounts(&self, holder: &str, policy: &Address, incident: &Address) -> SubmitClaim {
        let pool = self.pool();
        SubmitClaim {
            holder: self.key(holder),
            payer: self.key(holder),
            pool,
            incident: *incident,
            policy: *policy,
            claim: claim(incident, policy),
            holder_token: self.tokens(holder, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Files a claim of a loss, to be paid to the holder.
    pub fn submit_claim(&mut self, holder: &str, policy: &Address, incident: &Address, loss: u64) -> Receipt {
        let request = claim_request(loss, self.key(holder));
        self.send(self.claim_accounts(holder, policy, incident).instruction(&request), &[holder])
    }

    /// Accounts of `settle_incident`.
    #[must_use]
    pub fn settle_accounts(&self, index: u16, nth: u32) -> SettleIncident {
        let incident = self.incident(index, nth);
        SettleIncident {
            pool: self.pool(),
            product: self.product(index),
            incident,
            ballot: ballot(&incident, 0),
            vault: vault(&self.pool()),
        }
    }

    /// Settles or rejects an incident.
    pub fn settle(&mut self, index: u16, nth: u32) -> Receipt {
        self.send(self.settle_accounts(index, nth).instruction(), &[])
    }

    /// Accounts of `payout` to a payee.
    #[must_use]
    pub fn payout_accounts(&self, payee: &str, policy: &Address, incident: &Address) -> Payout {
        let pool = self.pool();
        Payout {
            pool,
            incident: *incident,
            claim: claim(incident, policy),
            policy: *policy,
            payee_token: self.tokens(payee, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Pays a claim out.
    pub fn payout(&mut self, payee: &str, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.payout_accounts(payee, policy, incident).instruction(), &[])
    }

    /// Accounts of `collect_incident_bond` for an opener.
    #[must_use]
    pub fn collect_bond_accounts(&self, opener: &str, incident: &Address) -> CollectIncidentBond {
        let pool = self.pool();
        CollectIncidentBond {
            pool,
            incident: *incident,
            opener_token: self.tokens(opener, &self.asset()),
            vault: vault(&pool),
            asset_mint: self.asset(),
            token_program: spl_token_interface::ID,
        }
    }

    /// Gives an incident's bond back.
    pub fn collect_bond(&mut self, opener: &str, incident: &Address) -> Receipt {
        self.send(self.collect_bond_accounts(opener, incident).instruction(), &[])
    }
}

/// A report of what happened at `occurred_at`.
#[must_use]
pub fn incident_report(occurred_at: u64) -> IncidentReport {
    IncidentReport { occurred_at, evidence_hash: [9; 32], evidence_uri: "https://example.org/incident".into() }
}

/// A claim of a loss, paid to `payee`.
#[must_use]
pub fn claim_request(loss: u64, payee: Address) -> ClaimRequest {
    ClaimRequest { loss, payee, evidence_hash: [8; 32], evidence_uri: "https://example.org/claim".into() }
}
