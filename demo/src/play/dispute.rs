//! Disputes of claims.

use super::{Play, incident::evidence};
use crate::actors;
use anyhow::{Context, Result};
use coverage_client::{CollectDisputeBond, DisputeClaim, Event, Evidence, ResolveDispute, ballot_address};
use coverage_model::Name;

impl Play<'_> {
    pub(super) fn dispute(&mut self, who: Name, incident: Name, policy: Name) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let claim = coverage_client::claim_address(&incident_at, &policy_at);
        let dispute = DisputeClaim {
            disputer: key,
            payer: key,
            pool: places.pool,
            incident: incident_at,
            claim,
            assembly: places.assembly,
            ballot: ballot_address(&claim),
            disputer_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let (evidence_hash, evidence_uri) = evidence(&format!("{policy}-{who}"));
        let receipt = self.send(who, &[dispute.instruction(&Evidence { evidence_hash, evidence_uri })])?;
        let event = receipt.event(|event| match event {
            Event::ClaimDisputed(disputed) => Some(disputed),
            _ => None,
        })?;
        let pool = self.pool()?;
        let number = self.claim_number(incident, policy)?;
        let bond = self.foresee(pool.accrued_at, |model| model.dispute_claim(number, (who, who)))?;
        self.same(&format!("the bond of {who}'s dispute"), bond, event.bond);
        self.same_pool(&pool);
        let bond = self.scenario.asset.short(event.bond);
        self.tell(who, &format!("says that the claim on {policy} is too high, bond {bond}"), &receipt);
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
        let known = &self.model.claims[number];
        let (level, amount, bond, dispute_bond) = (known.level, known.amount, known.bond, known.dispute_bond);
        let filed = self.model.filed(self.incident_number(incident)?);
        self.same(&format!("how many sixteenths of the claim on {policy} stand"), level, event.level);
        self.same(&format!("the claim on {policy}"), amount, event.amount);
        self.same(&format!("the bond of the claim on {policy}"), bond, event.bond);
        self.same(&format!("what the dispute of {policy} leaves"), dispute_bond, event.dispute_bond);
        self.same(&format!("filed in {incident}"), filed, event.filed);
        self.same_pool(&pool);
        let amount = self.scenario.asset.short(event.amount);
        self.tell(who, &format!("reads what stands of the claim on {policy}: {}/16, {amount}", event.level), &receipt);
        Ok(())
    }

    pub(super) fn collect_dispute_bond(&mut self, who: Name, incident: Name, policy: Name) -> Result<()> {
        let number = self.claim_number(incident, policy)?;
        let disputer = self.model.claims[number].disputer.context("nobody disputed it")?;
        let places = &self.places;
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let collect = CollectDisputeBond {
            pool: places.pool,
            incident: incident_at,
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            disputer: actors::address(disputer),
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
        let paid = self.foresee(self.moment, |model| model.collect_dispute_bond(number))?;
        self.same(&format!("what {disputer} gets for the dispute"), paid, event.paid);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let paid = self.scenario.asset.short(event.paid);
        let text = format!("pays {disputer} {paid}: what is due of the two bonds on {policy}");
        self.tell(who, &text, &receipt);
        Ok(())
    }
}
