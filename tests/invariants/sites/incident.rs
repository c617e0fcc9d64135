//! The instructions for incidents, claims and disputes.

use super::{GUARDIAN, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    /// Where the next incident of a product will be.
    pub fn next_incident(&self, model: &Model, product: usize) -> Address {
        let number = model.incidents_on(product).count().try_into().expect("few");
        incident_address(&self.product(model, product), number)
    }

    pub fn open_incident(
        &self,
        model: &Model,
        product: usize,
        (opener, payer): (Name, Name),
        occurred_at: u64,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.products[product].pool];
        let incident = self.next_incident(model, product);
        let accounts = OpenIncident {
            opener: self.key(opener),
            payer: self.key(payer),
            pool,
            product: self.product(model, product),
            incident,
            assembly: self.courts[model.court_of(product)],
            ballot: ballot_address(&incident),
            opener_token: self.wallet(opener, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::incident_report(occurred_at))
    }

    pub fn submit_claim(
        &self,
        model: &Model,
        incident: usize,
        policy: usize,
        (holder, receiver): (Name, Name),
        (funder, payer): (Name, Name),
        loss: u64,
    ) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let (incident, policy) = (self.incident(model, incident), self.policy(model, policy));
        let accounts = SubmitClaim {
            holder: self.key(holder),
            funder: self.key(funder),
            payer: self.key(payer),
            pool,
            incident,
            policy,
            claim: claim_address(&incident, &policy),
            funder_token: self.wallet(funder, Token::Asset),
            receiver: self.wallet(receiver, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::claim_request(loss))
    }

    pub fn read_verdict(&self, model: &Model, incident: usize) -> Instruction {
        let model::Incident { pool, product, ballot, policy, .. } = model.incidents[incident];
        let Site { pool, vault } = self.pools[pool];
        let accounts = DecideIncident {
            caller: self.key(GUARDIAN),
            pool,
            product: self.product(model, product),
            incident: self.incident(model, incident),
            ballot: ballot.map(|ballot| self.ballot(model, ballot)),
            policy: policy.map(|policy| self.policy(model, policy)),
            vault,
        };
        accounts.instruction()
    }

    pub fn end_filing(&self, model: &Model, incident: usize) -> Instruction {
        let model::Incident { pool, product, .. } = model.incidents[incident];
        let (caller, pool, product) = (self.key(GUARDIAN), self.pools[pool].pool, self.product(model, product));
        EndFiling { caller, pool, product, incident: self.incident(model, incident) }.instruction()
    }

    pub fn settle(&self, model: &Model, incident: usize, next: Option<usize>) -> Instruction {
        let model::Incident { pool, product, .. } = model.incidents[incident];
        let Site { pool, vault } = self.pools[pool];
        let accounts = SettleIncident {
            caller: self.key(GUARDIAN),
            pool,
            product: self.product(model, product),
            incident: self.incident(model, incident),
            next_incident: next.map(|next| self.incident(model, next)),
            vault,
        };
        accounts.instruction()
    }

    pub fn settle_rest(&self, model: &Model, incident: usize) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        SettleRest { pool, incident: self.incident(model, incident), vault }.instruction()
    }

    pub fn recover(&self, model: &Model, incident: usize, who: Name, amount: u64) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let (payer, payer_token) = (self.key(who), self.wallet(who, Token::Asset));
        let model::Incident { pool: of_pool, generation, .. } = model.incidents[incident];
        let bore =
            |retired: &model::Retired| (retired.pool, retired.generation) == (of_pool, generation) && !retired.closed;
        let retired = model.retired.iter().position(bore).map(|number| self.retired(model, number));
        let (incident, asset_mint, token_program) = (self.incident(model, incident), self.asset, TOKENS);
        Recover { payer, pool, incident, retired, payer_token, vault, asset_mint, token_program }.instruction(amount)
    }

    pub fn incident_bond(&self, model: &Model, incident: usize, bond_owner: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let accounts = CollectIncidentBond {
            pool,
            incident: self.incident(model, incident),
            bond_owner: self.key(bond_owner),
            receiver: self.wallet(bond_owner, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn close_incident(&self, model: &Model, incident: usize) -> Instruction {
        let rent_payer = self.key(model.incidents[incident].rent_payer);
        let (product, incident) =
            (self.product(model, model.incidents[incident].product), self.incident(model, incident));
        CloseIncident { caller: self.key(GUARDIAN), product, incident, rent_payer }.instruction()
    }

    pub fn payout(&self, model: &Model, claim: usize, (pays, pays_funder): (bool, bool)) -> Instruction {
        let model::Claim { incident, policy, receiver, funder, .. } = model.claims[claim];
        let model::Incident { pool, product, .. } = model.incidents[incident];
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = Payout {
            caller: self.key(GUARDIAN),
            pool,
            product: self.product(model, product),
            incident: self.incident(model, incident),
            claim: self.claim(model, claim),
            policy: self.policy(model, policy),
            receiver: pays.then(|| self.wallet(receiver, Token::Asset)),
            funder: self.key(funder),
            funder_token: pays_funder.then(|| self.wallet(funder, Token::Asset)),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn redirect(&self, model: &Model, claim: usize, claimant: Name, receiver: Name) -> Instruction {
        let incident = model.claims[claim].incident;
        let accounts = RedirectClaim {
            claimant: self.key(claimant),
            pool: self.pools[model.incidents[incident].pool].pool,
            incident: self.incident(model, incident),
            claim: self.claim(model, claim),
            receiver: self.wallet(receiver, Token::Asset),
        };
        accounts.instruction()
    }

    pub fn close_claim(&self, model: &Model, claim: usize) -> Instruction {
        let model::Claim { incident, rent_payer, .. } = model.claims[claim];
        let accounts = CloseClaim {
            caller: self.key(GUARDIAN),
            incident: self.incident(model, incident),
            claim: self.claim(model, claim),
            rent_payer: self.key(rent_payer),
        };
        accounts.instruction()
    }

    pub fn dispute_claim(&self, model: &Model, number: usize, (who, payer): (Name, Name)) -> Instruction {
        let incident = model.claims[number].incident;
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let claim = self.claim(model, number);
        let accounts = DisputeClaim {
            disputer: self.key(who),
            payer: self.key(payer),
            pool,
            incident: self.incident(model, incident),
            claim,
            assembly: self.courts[model.incidents[incident].court],
            ballot: ballot_address(&claim),
            disputer_token: self.wallet(who, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::evidence())
    }

    pub fn resolve(&self, model: &Model, number: usize) -> Instruction {
        let model::Claim { incident, policy, .. } = model.claims[number];
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let claim = self.claim(model, number);
        let accounts = ResolveDispute {
            caller: self.key(GUARDIAN),
            pool,
            incident: self.incident(model, incident),
            claim,
            policy: self.policy(model, policy),
            dispute_ballot: ballot_address(&claim),
            vault,
        };
        accounts.instruction()
    }

    pub fn dispute_bond(&self, model: &Model, claim: usize, disputer: Name) -> Instruction {
        let incident = model.claims[claim].incident;
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let accounts = CollectDisputeBond {
            pool,
            incident: self.incident(model, incident),
            claim: self.claim(model, claim),
            disputer: self.key(disputer),
            receiver: self.wallet(disputer, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }
}
