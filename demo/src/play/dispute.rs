//! Disputes of claims.

use super::{Play, incident::evidence};
use crate::actors;
use anyhow::{Context, Result};
use coverage_client::{CollectDisputeBond, DisputeClaim, DisputeRequest, Event, ResolveDispute, ballot_address};
use coverage_model::{Dispute, Name};

impl Play<'_> {
    pub(super) fn dispute(&mut self, who: Name, incident: Name, policy: Name, counter: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let claim = coverage_client::claim_address(&incident_at, &policy_at);
        let dispute = DisputeClaim {
            disputer: key,
            payer: key,
            pool: places.pool,
            incident: incident_at,
            claim,
            dispute: coverage_client::dispute_address(&claim, &key),
            assembly: places.assembly,
            ballot: ballot_address(&claim),
            disputer_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let (evidence_hash, evidence_uri) = evidence(&format!("{policy}-{who}"));
        let request = DisputeRequest { counter_amount: counter, evidence_hash, evidence_uri };
        let receipt = self.send(who, &[dispute.instruction(&request)])?;
        let event = receipt.event(|event| match event {
            Event::ClaimDisputed(disputed) => Some(disputed),
            _ => None,
        })?;
        let pool = self.pool()?;
        let number = self.claim_number(incident, policy)?;
        self.foresee(pool.accrued_at, |model| model.dispute_claim(number, (who, who), counter))?;
        let bond = self.model.claims[number].dispute_bond;
        self.same(&format!("{who}'s counter-amount on {policy}"), counter, event.counter_amount);
        self.same(&format!("the bond of {who}'s dispute"), bond, event.bond);
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let (counter, bond) = (asset.short(event.counter_amount), asset.short(event.bond));
        self.tell(who, &format!("disputes the claim on {policy}: {counter} is enough, bond {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn resolve_dispute(&mut self, who: Name, incident: Name, policy: Name) -> Result<()> {
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let claim = coverage_client::claim_address(&incident_at, &policy_at);
        let resolve = ResolveDispute {
            caller: actors::address(who),
            pool: self.places.pool,
            incident: incident_at,
            claim,
            policy: policy_at,
            dispute_ballot: ballot_address(&claim),
            vault: self.places.vault(),
        };
        let receipt = self.send(who, &[resolve.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::DisputeResolved(resolved) => Some(resolved),
            _ => None,
        })?;
        let pool = self.pool()?;
        let number = self.claim_number(incident, policy)?;
        self.foresee(pool.accrued_at, |model| model.resolve_dispute(number, who))?;
        let (outcome, amount) = (self.model.claims[number].decision as u8, self.model.claims[number].amount);
        let filed = self.model.filed(self.incident_number(incident)?);
        self.same(&format!("the outcome of the dispute of {policy}"), outcome, event.outcome);
        self.same(&format!("the claim on {policy}"), amount, event.amount);
        self.same(&format!("filed in {incident}"), filed, event.filed);
        self.same_pool(&pool);
        let word = match event.outcome {
            1 => "it stands",
            2 => "the counter-amount stands",
            _ => "nobody decided",
        };
        let amount = self.scenario.asset.short(event.amount);
        self.tell(who, &format!("ends the dispute of the claim on {policy}: {word}, {amount}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_dispute_bond(
        &mut self,
        who: Name,
        incident: Name,
        policy: Name,
        disputer: Name,
    ) -> Result<()> {
        let (key, places) = (actors::address(disputer), &self.places);
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let claim = coverage_client::claim_address(&incident_at, &policy_at);
        let collect = CollectDisputeBond {
            caller: actors::address(who),
            pool: places.pool,
            incident: incident_at,
            claim,
            dispute: coverage_client::dispute_address(&claim, &key),
            disputer: key,
            rent_payer: key,
            receiver: places.tokens(disputer, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::DisputeBondCollected(collected) => Some(collected),
            _ => None,
        })?;
        let number = self.claim_number(incident, policy)?;
        let live = |dispute: &Dispute| dispute.disputer == disputer && !dispute.gone;
        let dispute = self.model.claims[number].disputes.iter().position(live).context("no such dispute")?;
        let paid = self.foresee(self.moment, |model| model.collect_dispute_bond(number, dispute, who))?;
        self.same(&format!("what {disputer} gets for the dispute"), paid, event.paid);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let paid = self.scenario.asset.short(event.paid);
        self.tell(who, &format!("gives {disputer} {paid} for the dispute of {policy}"), &receipt);
        Ok(())
    }
}
