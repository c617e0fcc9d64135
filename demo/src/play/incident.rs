//! Incidents: from the report to the last payout.

use super::{HOUR, Play};
use crate::actors;
use anyhow::{Context, Result};
use coverage_client::{
    ClaimRequest, CollectIncidentBond, Event, IncidentReport, OpenIncident, Payout, Recover, SettleIncident,
    SubmitClaim, ballot_address,
};
use sha2::{Digest, Sha256};
use solana_address::Address;

impl Play<'_> {
    pub(super) fn open_incident(&mut self, who: &str, product: &str, name: &str, hours_ago: u64) -> Result<()> {
        let places = &self.places;
        let index = self.product(product)?;
        let incident = self.next_incident(index)?;
        let open = OpenIncident {
            opener: actors::address(who),
            pool: places.pool,
            product: places.product(index),
            incident,
            assembly: places.assembly,
            ballot: ballot_address(&incident),
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

    /// Where the next incident of a product will be: its number counts those before it.
    pub(super) fn next_incident(&self, product: u16) -> Result<Address> {
        let number = self.model.incidents.values().filter(|incident| incident.product == product).count();
        Ok(coverage_client::incident_address(&self.places.product(product), u32::try_from(number)?))
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
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            holder_token: places.tokens(who, &places.asset),
            receiver: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let (evidence_hash, evidence_uri) = evidence(policy);
        let request = ClaimRequest { loss, evidence_hash, evidence_uri };
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

    pub(super) fn settle(&mut self, who: &str, name: &str) -> Result<()> {
        let incident = self.incident(name)?;
        let known = self.model.incidents.get(name).context("no such incident")?;
        let index = known.product;
        let settle = SettleIncident {
            caller: actors::address(who),
            pool: self.places.pool,
            product: self.places.product(index),
            incident,
            ballot: known.severity_bps.is_none().then(|| ballot_address(&incident)),
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
        let (asset, factor) = (&self.scenario.asset, coverage_client::amount::percent(event.settled, event.approved));
        let (settled, approved) = (asset.short(event.settled), asset.short(event.approved));
        let text = match event.state {
            1 => format!("settles {name}: {settled} of {approved}, {factor}"),
            _ if event.bond_state == 3 => format!("ends {name}: rejected, its bond is lost"),
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
            caller: actors::address(who),
            pool: places.pool,
            incident: incident_at,
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            policy: policy_at,
            receiver: places.tokens(&holder, &places.asset),
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
        let due = asset.short(event.amount);
        let bond = if bond == 0 { String::new() } else { format!(", and the bond of {}", asset.short(event.bond)) };
        self.tell(who, &format!("pays {holder} {due} on {policy}{bond}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_bond(&mut self, who: &str, incident: &str) -> Result<()> {
        let opener = self.model.incidents.get(incident).context("no such incident")?.opener.clone();
        let collect = CollectIncidentBond {
            pool: self.places.pool,
            incident: self.incident(incident)?,
            bond_owner: actors::address(&opener),
            receiver: self.places.tokens(&opener, &self.places.asset),
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

    pub(super) fn recover(&mut self, who: &str, name: &str, amount: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let recover = Recover {
            payer: key,
            pool: places.pool,
            incident: self.incident(name)?,
            payer_token: places.tokens(who, &places.asset),
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[recover.instruction(amount)])?;
        let event = receipt.event(|event| match event {
            Event::Recovered(recovered) => Some(recovered),
            _ => None,
        })?;
        let pool = self.pool()?;
        let to_claims = self.model.recover(name, who, amount, pool.accrued_at).context("the model cannot recover")?;
        let incident = self.model.incidents.get(name).context("no such incident")?;
        let (settled, approved) = (incident.settled, incident.approved);
        self.same(&format!("recovered for {name}"), amount, event.amount);
        self.same(&format!("recovered for the claims of {name}"), to_claims, event.to_claims);
        self.same(&format!("settled in {name}"), settled, event.settled);
        self.same_pool(&pool);
        let (asset, factor) = (&self.scenario.asset, coverage_client::amount::percent(event.settled, approved));
        let text = format!("pays {} back for {name}, which now settles {factor}", asset.short(event.amount));
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn incident(&self, name: &str) -> Result<Address> {
        self.places.incidents.get(name).copied().with_context(|| format!("no incident {name}"))
    }

    pub(super) fn policy(&self, name: &str) -> Result<Address> {
        self.places.policies.get(name).copied().with_context(|| format!("no policy {name}"))
    }
}

/// Evidence of something: the hash of its name, and an address where it could be.
pub(super) fn evidence(name: &str) -> ([u8; 32], String) {
    (Sha256::digest(name).into(), format!("https://example.org/evidence/{name}"))
}
