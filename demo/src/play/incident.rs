//! Incidents: from the report to the last payout.

use super::{HOUR, Play};
use crate::{actors, scenario::Side};
use anyhow::{Context, Result};
use coverage_client::{
    ClaimRequest, CloseBallot, CollectIncidentBond, Event, IncidentReport, OpenIncident, Payout, SettleIncident,
    SubmitClaim, Vote, ballot, vote_record, voter,
};
use coverage_math::tally::Outcome;
use sha2::{Digest, Sha256};
use solana_address::Address;

impl Play<'_> {
    pub(super) fn open_incident(&mut self, who: &str, product: &str, name: &str, hours_ago: u64) -> Result<()> {
        let places = &self.places;
        let index = self.product(product)?;
        // An incident's number counts those of its product.
        let number = self.model.incidents.values().filter(|incident| incident.product == index).count();
        let incident = coverage_client::incident(&places.product(index), u32::try_from(number)?);
        let open = OpenIncident {
            opener: actors::address(who),
            pool: places.pool,
            product: places.product(index),
            incident,
            assembly: places.assembly,
            ballot: ballot(&incident, 0),
            opener_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let (evidence_hash, evidence_uri) = evidence(name);
        let occurred_at = self.network.now()?.saturating_sub(hours_ago.saturating_mul(HOUR));
        let report = IncidentReport { occurred_at, evidence_hash, evidence_uri };
        let receipt = self.send(who, &[open.instruction(&report)])?;
        let event = receipt.event(|event| match event {
            Event::IncidentOpened(opened) => Some(opened),
            _ => None,
        })?;
        let pool = self.pool()?;
        self.places.incidents.insert(name.into(), incident);
        let expected = self.model.open_incident(name, index, who, pool.accrued_at);
        let (lien, bond) = expected.context("the model cannot open an incident")?;
        self.same(&format!("the lien of {name}"), lien, event.lien);
        self.same(&format!("the bond of {name}"), bond, event.bond);
        self.same_pool(&pool);
        let (asset, lien) = (&self.scenario.asset, self.scenario.asset.short(event.lien));
        let text = format!("reports {name}, {product}: lien {lien}, bond {}", asset.short(event.bond));
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn claim(&mut self, who: &str, incident: &str, policy: &str, loss: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let submit = SubmitClaim {
            holder: key,
            payer: key,
            pool: places.pool,
            incident: incident_at,
            policy: policy_at,
            claim: coverage_client::claim(&incident_at, &policy_at),
            holder_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let (evidence_hash, evidence_uri) = evidence(policy);
        let request = ClaimRequest { loss, payee: key, evidence_hash, evidence_uri };
        let receipt = self.send(who, &[submit.instruction(&request)])?;
        let event = receipt.event(|event| match event {
            Event::ClaimSubmitted(submitted) => Some(submitted),
            _ => None,
        })?;
        let pool = self.pool()?;
        let expected = self.model.claim(incident, policy, loss, pool.accrued_at);
        let (amount, bond) = expected.context("the model cannot file a claim")?;
        self.same(&format!("the claim on {policy}"), amount, event.amount);
        self.same(&format!("the bond of the claim on {policy}"), bond, event.bond);
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let (amount, bond) = (asset.short(event.amount), asset.short(event.bond));
        self.tell(who, &format!("claims {amount} on {policy} in {incident}, bond {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn vote(&mut self, who: &str, incident: &str, side: Side) -> Result<()> {
        let key = actors::address(who);
        let (ballot, voter) = (ballot(&self.incident(incident)?, 0), voter(&self.places.assembly, &key));
        let vote = Vote { owner: key, voter, ballot, record: vote_record(&ballot, &voter) };
        let receipt = self.send(who, &[vote.instruction(u8::from(side == Side::For))])?;
        let event = receipt.event(|event| match event {
            Event::Voted(voted) => Some(voted),
            _ => None,
        })?;
        let weight = self.model.vote(incident, who, side).context("the model cannot vote")?;
        self.same(&format!("{who}'s weight"), weight, event.weight);
        let (side, token) = (if side == Side::For { "for" } else { "against" }, &self.scenario.governance);
        let text = format!("votes {side} {incident} with {} {}", token.short(event.weight), token.symbol);
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn close_ballot(&mut self, who: &str, incident: &str) -> Result<()> {
        let close = CloseBallot { ballot: ballot(&self.incident(incident)?, 0) };
        let receipt = self.send(who, &[close.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::BallotClosed(closed) => Some(closed),
            _ => None,
        })?;
        let outcome = self.model.close_ballot(incident).context("the model cannot close the ballot")?;
        let (state, word) = match outcome {
            Outcome::Passed => (1, "it counts"),
            Outcome::Failed => (2, "it does not count"),
            Outcome::NoQuorum => (3, "no quorum"),
        };
        self.same(&format!("the outcome of the ballot on {incident}"), state, event.state);
        let token = &self.scenario.governance;
        let (ayes, noes) = (token.short(event.weight_for), token.short(event.weight_against));
        self.tell(who, &format!("closes the ballot on {incident}: {ayes} to {noes}, {word}"), &receipt);
        Ok(())
    }

    pub(super) fn settle(&mut self, who: &str, name: &str) -> Result<()> {
        let incident = self.incident(name)?;
        let index = self.model.incidents.get(name).context("no such incident")?.product;
        let settle = SettleIncident {
            pool: self.places.pool,
            product: self.places.product(index),
            incident,
            ballot: ballot(&incident, 0),
            vault: self.places.vault(),
        };
        let receipt = self.send(who, &[settle.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentSettled(settled) => Some(settled),
            _ => None,
        })?;
        let pool = self.pool()?;
        let expected = self.model.settle(name, pool.accrued_at);
        let (approved, settled) = expected.context("the model cannot settle")?;
        self.same(&format!("approved in {name}"), approved, event.approved);
        self.same(&format!("settled in {name}"), settled, event.settled);
        self.same_pool(&pool);
        let (asset, factor) = (&self.scenario.asset, crate::amount::percent(event.settled, event.approved));
        let (settled, approved) = (asset.short(event.settled), asset.short(event.approved));
        let text = match event.state {
            1 => format!("settles {name}: {settled} of {approved}, {factor}"),
            _ => format!("ends {name}: rejected"),
        };
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn payout(&mut self, who: &str, incident: &str, policy: &str) -> Result<()> {
        let places = &self.places;
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let holder = self.model.policies.get(policy).context("no such policy")?.holder.clone();
        let payout = Payout {
            pool: places.pool,
            incident: incident_at,
            claim: coverage_client::claim(&incident_at, &policy_at),
            policy: policy_at,
            payee_token: places.tokens(&holder, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[payout.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ClaimPaid(paid) => Some(paid),
            _ => None,
        })?;
        let (due, bond) = self.model.payout(incident, policy).context("the model cannot pay out")?;
        self.same(&format!("the payout on {policy}"), due, event.amount);
        self.same(&format!("the bond back on {policy}"), bond, event.bond);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let (due, bond) = (asset.short(event.amount), asset.short(event.bond));
        self.tell(who, &format!("pays {holder} {due} on {policy}, and the bond of {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_bond(&mut self, who: &str, incident: &str) -> Result<()> {
        let opener = self.model.incidents.get(incident).context("no such incident")?.opener.clone();
        let collect = CollectIncidentBond {
            pool: self.places.pool,
            incident: self.incident(incident)?,
            opener_token: self.places.tokens(&opener, &self.places.asset),
            vault: self.places.vault(),
            asset_mint: self.places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentBondCollected(collected) => Some(collected),
            _ => None,
        })?;
        let bond = self.model.collect_bond(incident).context("the model cannot give the bond back")?;
        self.same(&format!("the bond of {incident}"), bond, event.bond);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let bond = self.scenario.asset.short(event.bond);
        self.tell(who, &format!("gives {opener} the bond of {incident} back, {bond}"), &receipt);
        Ok(())
    }

    fn incident(&self, name: &str) -> Result<Address> {
        self.places.incidents.get(name).copied().with_context(|| format!("no incident {name}"))
    }

    fn policy(&self, name: &str) -> Result<Address> {
        self.places.policies.get(name).copied().with_context(|| format!("no policy {name}"))
    }
}

/// Evidence of something: the hash of its name, and an address where it could be.
fn evidence(name: &str) -> ([u8; 32], String) {
    (Sha256::digest(name).into(), format!("https://example.org/evidence/{name}"))
}
