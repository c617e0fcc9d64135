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
            payer: self.key(opener),
            pool,
            product: self.product(index),
            incident,
            assembly: self.assembly(),
            ballot: ballot_address(&incident),
            opener_token: self.tokens(opener, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
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
            funder: self.key(holder),
            payer: self.key(holder),
            pool,
            incident: *incident,
            policy: *policy,
            claim: claim_address(incident, policy),
            funder_token: self.tokens(holder, &self.asset()),
            receiver: self.tokens(holder, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Files a claim of a loss, to be paid to the holder.
    pub fn submit_claim(&mut self, holder: &str, policy: &Address, incident: &Address, loss: u64) -> Receipt {
        let request = claim_request(loss);
        self.send(self.claim_accounts(holder, policy, incident).instruction(&request), &[holder])
    }

    /// Accounts of `decide_incident`, with the ballot of the incident if it has one.
    pub fn decide_accounts(&mut self, index: u16, nth: u32) -> DecideIncident {
        let incident = self.incident(index, nth);
        let Incident { ballot, policy, .. } = self.chain.read(&incident);
        DecideIncident {
            caller: self.key("guardian"),
            pool: self.pool(),
            product: self.product(index),
            incident,
            ballot: (ballot != NOBODY).then_some(ballot),
            policy: (policy != NOBODY).then_some(policy),
            vault: vault_address(&self.pool()),
        }
    }

    /// Reads the verdict on an incident.
    pub fn decide(&mut self, index: u16, nth: u32) -> Receipt {
        let accounts = self.decide_accounts(index, nth);
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `end_filing`.
    #[must_use]
    pub fn end_filing_accounts(&self, index: u16, nth: u32) -> EndFiling {
        EndFiling {
            caller: self.key("guardian"),
            pool: self.pool(),
            product: self.product(index),
            incident: self.incident(index, nth),
        }
    }

    /// Ends the filing of an incident.
    pub fn end_filing(&mut self, index: u16, nth: u32) -> Receipt {
        self.send(self.end_filing_accounts(index, nth).instruction(), &[])
    }

    /// Accounts of `settle_incident`, with the next incident of the product when there is one.
    pub fn settle_accounts(&mut self, index: u16, nth: u32) -> SettleIncident {
        let is_last = nth + 1 == self.read_product(index).incident_count;
        SettleIncident {
            caller: self.key("guardian"),
            pool: self.pool(),
            product: self.product(index),
            incident: self.incident(index, nth),
            next_incident: (!is_last).then(|| self.incident(index, nth + 1)),
            vault: vault_address(&self.pool()),
        }
    }

    /// Settles or rejects a decided incident, without the steps before it.
    pub fn settle_decided(&mut self, index: u16, nth: u32) -> Receipt {
        let accounts = self.settle_accounts(index, nth);
        self.send(accounts.instruction(), &[])
    }

    /// Takes every step that ends an incident and is due: reads the verdict, ends filing, settles or rejects. Returns what
    /// became of the last.
    pub fn settle(&mut self, index: u16, nth: u32) -> Receipt {
        let incident = self.incident(index, nth);
        if self.chain.read::<Incident>(&incident).check_undecided().is_ok() {
            let receipt = self.decide(index, nth);
            if receipt.is_err() {
                return receipt;
            }
        }
        let (now, read) = (self.chain.now(), self.chain.read::<Incident>(&incident));
        let accepted = read.state() == Ok(IncidentState::Accepted);
        if accepted && read.filing_ended == 0 && now >= read.filing_ends_at {
            let receipt = self.end_filing(index, nth);
            if receipt.is_err() {
                return receipt;
            }
        }
        self.settle_decided(index, nth)
    }

    /// Lets all windows pass that a closed ballot has to wait for, and takes every step that ends the incident. Returns what
    /// became of the last.
    pub fn conclude(&mut self, index: u16, nth: u32) -> Receipt {
        let incident = self.incident(index, nth);
        if self.chain.read::<Incident>(&incident).check_undecided().is_ok() {
            let final_at = self.chain.read::<Ballot>(&ballot_address(&incident)).final_at;
            self.wait_until(final_at);
            self.decide(index, nth).ok();
        }
        let end = self.chain.read::<Incident>(&incident).disputes_end_at;
        self.wait_until(end);
        self.settle(index, nth)
    }

    /// Accounts of `payout` to a payee.
    #[must_use]
    pub fn payout_accounts(&mut self, payee: &str, policy: &Address, incident: &Address) -> Payout {
        let pool = self.pool();
        let product = self.chain.read::<Policy>(policy).product;
        Payout {
            caller: self.key("guardian"),
            pool,
            product,
            incident: *incident,
            claim: claim_address(incident, policy),
            policy: *policy,
            receiver: Some(self.tokens(payee, &self.asset())),
            funder: self.key(payee),
            funder_token: None,
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Pays a claim out.
    pub fn payout(&mut self, payee: &str, policy: &Address, incident: &Address) -> Receipt {
        let accounts = self.payout_accounts(payee, policy, incident);
        self.send(accounts.instruction(), &[])
    }

    /// Ends a claim without paying it.
    pub fn end_claim(&mut self, payee: &str, policy: &Address, incident: &Address) -> Receipt {
        let accounts = self.payout_accounts(payee, policy, incident);
        self.send(Payout { receiver: None, ..accounts }.instruction(), &[])
    }

    /// Accounts of `collect_incident_bond` for an opener.
    #[must_use]
    pub fn collect_bond_accounts(&self, opener: &str, incident: &Address) -> CollectIncidentBond {
        let pool = self.pool();
        CollectIncidentBond {
            pool,
            incident: *incident,
            bond_owner: self.key(opener),
            receiver: self.tokens(opener, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Gives an incident's bond back.
    pub fn collect_bond(&mut self, opener: &str, incident: &Address) -> Receipt {
        self.send(self.collect_bond_accounts(opener, incident).instruction(), &[])
    }

    /// Accounts of `dispute_claim` by an actor.
    #[must_use]
    pub fn dispute_accounts(&self, name: &str, policy: &Address, incident: &Address) -> DisputeClaim {
        let (pool, claim) = (self.pool(), claim_address(incident, policy));
        DisputeClaim {
            disputer: self.key(name),
            payer: self.key(name),
            pool,
            incident: *incident,
            claim,
            assembly: self.assembly(),
            ballot: ballot_address(&claim),
            disputer_token: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Disputes a claim.
    pub fn dispute(&mut self, name: &str, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.dispute_accounts(name, policy, incident).instruction(&evidence()), &[name])
    }

    /// Accounts of `resolve_dispute`.
    #[must_use]
    pub fn resolve_accounts(&self, policy: &Address, incident: &Address) -> ResolveDispute {
        let claim = claim_address(incident, policy);
        ResolveDispute {
            caller: self.key("guardian"),
            pool: self.pool(),
            incident: *incident,
            claim,
            policy: *policy,
            dispute_ballot: ballot_address(&claim),
            vault: vault_address(&self.pool()),
        }
    }

    /// Ends the dispute of a claim.
    pub fn resolve_dispute(&mut self, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.resolve_accounts(policy, incident).instruction(), &[])
    }

    /// Accounts of `collect_dispute_bond` for a disputer.
    #[must_use]
    pub fn collect_dispute_bond_accounts(
        &self,
        name: &str,
        policy: &Address,
        incident: &Address,
    ) -> CollectDisputeBond {
        let (pool, claim) = (self.pool(), claim_address(incident, policy));
        CollectDisputeBond {
            pool,
            incident: *incident,
            claim,
            disputer: self.key(name),
            receiver: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Pays a disputer what a ballot left of the bonds.
    pub fn collect_dispute_bond(&mut self, name: &str, policy: &Address, incident: &Address) -> Receipt {
        self.send(self.collect_dispute_bond_accounts(name, policy, incident).instruction(), &[])
    }

    /// Accounts of `redirect_claim` by the one who filed it.
    #[must_use]
    pub fn redirect_accounts(
        &self,
        claimant: &str,
        policy: &Address,
        incident: &Address,
        receiver: &Address,
    ) -> RedirectClaim {
        RedirectClaim {
            claimant: self.key(claimant),
            pool: self.pool(),
            incident: *incident,
            claim: claim_address(incident, policy),
            receiver: *receiver,
        }
    }

    /// Accounts of `recover` by an actor.
    #[must_use]
    pub fn recover_accounts(&self, name: &str, incident: &Address) -> Recover {
        let pool = self.pool();
        Recover {
            payer: self.key(name),
            pool,
            incident: *incident,
            retired: None,
            payer_token: self.tokens(name, &self.asset()),
            vault: vault_address(&pool),
            asset_mint: self.asset(),
            token_program: self.token_program,
        }
    }

    /// Pays money back after an incident.
    pub fn recover(&mut self, name: &str, incident: &Address, amount: u64) -> Receipt {
        self.send(self.recover_accounts(name, incident).instruction(amount), &[name])
    }

    /// Gives a settled incident what was held back for others.
    pub fn settle_rest(&mut self, incident: &Address) -> Receipt {
        let accounts = SettleRest { pool: self.pool(), incident: *incident, vault: vault_address(&self.pool()) };
        self.send(accounts.instruction(), &[])
    }

    /// Closes the account of a claim whose rent `rent_payer` paid.
    pub fn close_claim(&mut self, rent_payer: &str, policy: &Address, incident: &Address) -> Receipt {
        let accounts = CloseClaim {
            caller: self.key("guardian"),
            incident: *incident,
            claim: claim_address(incident, policy),
            rent_payer: self.key(rent_payer),
        };
        self.send(accounts.instruction(), &[])
    }

    /// Accounts of `close_incident` of one that an actor opened, cranked by the guardian.
    pub fn close_incident_accounts(&mut self, opener: &str, incident: &Address) -> CloseIncident {
        // Where there is none any more, it was one of the first product.
        let open = self.chain.account(incident).and_then(|account| Incident::decode(&account.data));
        let product = open.map_or_else(|| self.product(0), |open| open.product);
        CloseIncident { caller: self.key("guardian"), product, incident: *incident, rent_payer: self.key(opener) }
    }

    /// Closes the account of an incident that an actor opened.
    pub fn close_incident(&mut self, opener: &str, incident: &Address) -> Receipt {
        let accounts = self.close_incident_accounts(opener, incident);
        self.send(accounts.instruction(), &[])
    }
}

/// What somebody knows of a case.
#[must_use]
pub fn evidence() -> Evidence {
    Evidence { evidence_hash: [7; 32], evidence_uri: "https://example.org/evidence".into() }
}

/// A report of what happened at `occurred_at`.
#[must_use]
pub fn incident_report(occurred_at: u64) -> IncidentReport {
    IncidentReport { occurred_at, evidence_hash: [9; 32], evidence_uri: "https://example.org/incident".into() }
}

/// A claim of a loss.
#[must_use]
pub fn claim_request(loss: u64) -> ClaimRequest {
    ClaimRequest { loss, evidence_hash: [8; 32], evidence_uri: "https://example.org/claim".into() }
}
