//! The instructions for what prices and covered programs decide.

use super::{GUARDIAN, OPENER, Site, Sites, TOKENS};
use coverage_client::*;
use coverage_model::{self as model, Model, Name, Token};
use solana_address::Address;
use solana_instruction::Instruction;

impl Sites {
    pub fn observe(&self, model: &Model, product: usize, price_update: Address) -> Instruction {
        let pool = self.pools[model.products[product].pool].pool;
        ObservePrice { pool, product: self.product(model, product), price_update }.instruction()
    }

    pub fn refute_breach(&self, model: &Model, product: usize, price_update: Address) -> Instruction {
        RefuteBreach { product: self.product(model, product), price_update }.instruction()
    }

    pub fn refute_incident(&self, model: &Model, incident: usize, price_update: Address) -> Instruction {
        let product = self.product(model, model.incidents[incident].product);
        RefuteIncident { product, incident: self.incident(model, incident), price_update }.instruction()
    }

    pub fn open_price_incident(&self, model: &Model, product: usize) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.products[product].pool];
        let incident = self.next_incident(model, product);
        let (payer, product) = (self.key(OPENER), self.product(model, product));
        OpenPriceIncident { payer, pool, product, incident, vault }.instruction()
    }

    pub fn challenge(&self, model: &Model, incident: usize, (who, payer): (Name, Name)) -> Instruction {
        let model::Incident { pool, product, court, .. } = model.incidents[incident];
        let (Site { pool, vault, .. }, product) = (self.pools[pool], self.product(model, product));
        let incident = self.incident(model, incident);
        let accounts = ChallengeIncident {
            challenger: self.key(who),
            payer: self.key(payer),
            pool,
            product,
            incident,
            assembly: self.courts[court],
            ballot: ballot_address(&incident),
            challenger_token: self.wallet(who, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction(&harness::challenge_request())
    }

    pub fn claim_breach(&self, model: &Model, incident: usize, policy: usize, payer: Name) -> Instruction {
        let Site { pool, vault, .. } = self.pools[model.incidents[incident].pool];
        let holder = model.policies[policy].holder;
        let (incident, policy) = (self.incident(model, incident), self.policy(model, policy));
        let accounts = ClaimBreach {
            payer: self.key(payer),
            pool,
            incident,
            policy,
            claim: claim_address(&incident, &policy),
            holder: self.key(holder),
            receiver: self.wallet(holder, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }

    pub fn draw(
        &self,
        model: &Model,
        policy: usize,
        (by, payer): (Name, Option<Name>),
        loss: u64,
        min_paid: u64,
    ) -> Instruction {
        let model::Policy { pool, product, holder, .. } = model.policies[policy];
        let Site { pool, vault, .. } = self.pools[pool];
        let accounts = Draw {
            authority: self.key(by),
            pool,
            product: self.product(model, product),
            policy: self.policy(model, policy),
            holder: self.key(holder),
            receiver: self.wallet(holder, Token::Asset),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
            payer: payer.map(|payer| self.key(payer)),
            incident: payer.map(|_| self.next_incident(model, product)),
        };
        accounts.instruction(loss, min_paid)
    }

    pub fn pay_booking(&self, model: &Model, booking: usize, pays: bool) -> Instruction {
        let model::Incident { pool, product, policy, .. } = model.incidents[booking];
        let (Site { pool, vault, .. }, policy) = (self.pools[pool], policy.expect("a booking"));
        let holder = model.policies[policy].holder;
        let accounts = PayBooking {
            caller: self.key(GUARDIAN),
            pool,
            product: self.product(model, product),
            policy: self.policy(model, policy),
            incident: self.incident(model, booking),
            holder: self.key(holder),
            receiver: pays.then(|| self.wallet(holder, Token::Asset)),
            vault,
            asset_mint: self.asset,
            token_program: TOKENS,
        };
        accounts.instruction()
    }
}
