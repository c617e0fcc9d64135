//! Incidents: from the report to the last payout.

use super::{HOUR, Play};
use crate::{actors, places::Place};
use anyhow::{Context, Result};
use coverage_client::{
    ClaimRequest, CollectIncidentBond, DecideIncident, EndFiling, Event, IncidentReport, OpenIncident, Payout, Recover,
    SettleIncident, SubmitClaim, ballot_address,
};
use coverage_model::{Bond, Incident, Name, Phase};
use sha2::{Digest, Sha256};
use solana_address::Address;

impl Play<'_> {
    pub(super) fn open_incident(&mut self, who: Name, product: Name, name: Name, hours_ago: u64) -> Result<()> {
        let places = &self.places;
        let index = self.product(product)?;
        let incident = self.next_incident(index)?;
        let open = OpenIncident {
            opener: actors::address(who),
            payer: actors::address(who),
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
        let number =
            self.foresee(pool.accrued_at, |model| model.open_incident(index.into(), (who, who), occurred_at))?;
        self.places.incidents.insert(name, Place { address: incident, number });
        self.same(&format!("the lien of {name}"), self.model.incidents[number].lien, event.lien);
        self.same(&format!("the bond of {name}"), self.model.incidents[number].posted, event.bond);
        self.same_pool(&pool);
        let (asset, lien) = (&self.scenario.asset, self.scenario.asset.short(event.lien));
        let text = format!("reports {name}, {product}: lien {lien}, bond {}", asset.short(event.bond));
        self.tell(who, &text, &receipt);
        Ok(())
    }

    /// Where the next incident of a product will be: its number counts those before it.
    pub(super) fn next_incident(&self, product: u16) -> Result<Address> {
        let number = self.model.incidents_on(product.into()).count();
        Ok(coverage_client::incident_address(&self.places.product(product), u32::try_from(number)?))
    }

    pub(super) fn claim(&mut self, who: Name, incident: Name, policy: Name, loss: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let submit = SubmitClaim {
            holder: key,
            funder: key,
            payer: key,
            pool: places.pool,
            incident: incident_at,
            policy: policy_at,
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            funder_token: places.tokens(who, &places.asset),
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
        let (at, of) = (self.incident_number(incident)?, self.policy_number(policy)?);
        let number = self.foresee(pool.accrued_at, |model| model.submit_claim(at, of, (who, who), (who, who), loss))?;
        self.same(&format!("the claim on {policy}"), self.model.claims[number].amount, event.amount);
        self.same(&format!("the bond of the claim on {policy}"), self.model.claims[number].bond, event.bond);
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let (amount, bond) = (asset.short(event.amount), asset.short(event.bond));
        self.tell(who, &format!("claims {amount} on {policy} in {incident}, bond {bond}"), &receipt);
        Ok(())
    }

    /// Reads the verdict on an incident.
    pub(super) fn decide(&mut self, who: Name, name: Name) -> Result<()> {
        let incident = self.incident(name)?;
        let number = self.incident_number(name)?;
        let known = &self.model.incidents[number];
        let decide = DecideIncident {
            caller: actors::address(who),
            pool: self.places.pool,
            product: self.places.product(u16::try_from(known.product)?),
            incident,
            ballot: known.ballot.map(|_| ballot_address(&incident)),
            policy: None,
            vault: self.places.vault(),
        };
        let receipt = self.send(who, &[decide.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentDecided(decided) => Some(decided),
            _ => None,
        })?;
        let pool = self.pool()?;
        self.foresee(pool.accrued_at, |model| model.decide_incident(number, who))?;
        let Incident { state, bond, filing_ends_at, .. } = self.model.incidents[number];
        self.same(&format!("the verdict on {name}"), state as u8, event.state);
        self.same(&format!("the state of the bond of {name}"), bond as u8, event.bond_state);
        self.same(&format!("the end of filing in {name}"), filing_ends_at.unwrap_or(0), event.filing_ends_at);
        self.same_pool(&pool);
        let text = match state {
            Phase::Accepted => format!("reads the verdict on {name}: it counts, and claims are filed"),
            _ if bond == Bond::Slashed => format!("reads the verdict on {name}: it does not count, its bond is lost"),
            _ => format!("reads the verdict on {name}: it does not count"),
        };
        self.tell(who, &text, &receipt);
        Ok(())
    }

    /// Frees what nobody claimed of an incident.
    pub(super) fn end_filing(&mut self, who: Name, name: Name) -> Result<()> {
        let number = self.incident_number(name)?;
        let end = EndFiling {
            caller: actors::address(who),
            pool: self.places.pool,
            product: self.places.product(u16::try_from(self.model.incidents[number].product)?),
            incident: self.incident(name)?,
        };
        let receipt = self.send(who, &[end.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::FilingEnded(ended) => Some(ended),
            _ => None,
        })?;
        let pool = self.pool()?;
        self.foresee(pool.accrued_at, |model| model.end_filing(number, who))?;
        let filed = self.model.filed(number);
        self.same(&format!("filed in {name}"), filed, event.filed);
        self.same_pool(&pool);
        let filed = self.scenario.asset.short(event.filed);
        self.tell(who, &format!("ends the filing of {name}: {filed} is to be settled, the rest is free"), &receipt);
        Ok(())
    }

    pub(super) fn settle(&mut self, who: Name, name: Name) -> Result<()> {
        let incident = self.incident(name)?;
        let number = self.incident_number(name)?;
        let known = &self.model.incidents[number];
        let next = self.model.open_on(known.product).nth(1);
        let next_at = |next: usize| self.places.incidents.values().find(|place| place.number == next);
        let settle = SettleIncident {
            caller: actors::address(who),
            pool: self.places.pool,
            product: self.places.product(u16::try_from(known.product)?),
            incident,
            next_incident: next.and_then(next_at).map(|place| place.address),
            vault: self.places.vault(),
        };
        let receipt = self.send(who, &[settle.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentSettled(settled) => Some(settled),
            _ => None,
        })?;
        let pool = self.pool()?;
        self.foresee(pool.accrued_at, |model| model.settle_incident(number, next, who))?;
        let contested = self.model.incidents[number].contested;
        self.same(&format!("what those who left pay in {name}"), contested, event.contested);
        self.same(&format!("approved in {name}"), self.model.incidents[number].approved, event.approved);
        self.same(&format!("settled in {name}"), self.model.incidents[number].settled, event.settled);
        self.same_pool(&pool);
        let (asset, factor) = (&self.scenario.asset, coverage_client::amount::percent(event.settled, event.approved));
        let (settled, approved) = (asset.short(event.settled), asset.short(event.approved));
        let before = match self.network.read::<coverage_client::Incident>(&incident)?.paid {
            0 => String::new(),
            paid if paid == event.settled => ", all of it paid before".into(),
            paid => format!(", {} of it paid before", asset.short(paid)),
        };
        let text = match event.state {
            1 => format!("settles {name}: {settled} of {approved}, {factor}{before}"),
            _ => format!("ends {name}: rejected"),
        };
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn payout(&mut self, who: Name, incident: Name, policy: Name) -> Result<()> {
        let places = &self.places;
        let (incident_at, policy_at) = (self.incident(incident)?, self.policy(policy)?);
        let holder = self.policy_foreseen(policy)?.holder;
        let payout = Payout {
            caller: actors::address(who),
            pool: places.pool,
            product: places.product(u16::try_from(self.policy_foreseen(policy)?.product)?),
            incident: incident_at,
            claim: coverage_client::claim_address(&incident_at, &policy_at),
            policy: policy_at,
            receiver: Some(places.tokens(holder, &places.asset)),
            // Everybody here posts their own bonds.
            funder: actors::address(holder),
            funder_token: None,
            vault: places.vault(),
            asset_mint: places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[payout.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::ClaimPaid(paid) => Some(paid),
            _ => None,
        })?;
        let number = self.claim_number(incident, policy)?;
        let is_early = self.model.incidents[self.incident_number(incident)?].state == Phase::Accepted;
        let pool = self.pool()?;
        // The first one accrues the books: it releases what was settled.
        let at = self.moment.max(pool.accrued_at);
        let (due, bond) = self.foresee(at, |model| model.payout(number, (true, false), who))?;
        self.same(&format!("the payout on {policy}"), due, event.amount);
        self.same(&format!("the bond back on {policy}"), bond, event.bond);
        self.same_pool(&pool);
        let asset = &self.scenario.asset;
        let due = asset.short(event.amount);
        let bond = if bond == 0 { String::new() } else { format!(", and the bond of {}", asset.short(event.bond)) };
        let early = if is_early { " in full, before the settlement" } else { "" };
        self.tell(who, &format!("pays {holder} {due} on {policy}{early}{bond}"), &receipt);
        Ok(())
    }

    pub(super) fn collect_bond(&mut self, who: Name, incident: Name) -> Result<()> {
        let number = self.incident_number(incident)?;
        let owner = self.model.incidents[number].bond_owner.context("nobody posted a bond")?;
        let collect = CollectIncidentBond {
            pool: self.places.pool,
            incident: self.incident(incident)?,
            bond_owner: actors::address(owner),
            receiver: self.places.tokens(owner, &self.places.asset),
            vault: self.places.vault(),
            asset_mint: self.places.asset,
            token_program: spl_token_interface::ID,
        };
        let receipt = self.send(who, &[collect.instruction()])?;
        let event = receipt.event(|event| match event {
            Event::IncidentBondCollected(collected) => Some(collected),
            _ => None,
        })?;
        let bond = self.foresee(self.moment, |model| model.collect_incident_bond(number))?;
        self.same(&format!("the bond of {incident}"), bond, event.bond);
        let pool = self.pool()?;
        self.same_pool(&pool);
        let bond = self.scenario.asset.short(event.bond);
        self.tell(who, &format!("gives {owner} the bond of {incident} back, {bond}"), &receipt);
        Ok(())
    }

    pub(super) fn recover(&mut self, who: Name, name: Name, amount: u64) -> Result<()> {
        let (key, places) = (actors::address(who), &self.places);
        let recover = Recover {
            payer: key,
            pool: places.pool,
            incident: self.incident(name)?,
            retired: None,
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
        let number = self.incident_number(name)?;
        let to_claims = self.foresee(pool.accrued_at, |model| model.recover(number, who, amount))?;
        let known = &self.model.incidents[number];
        let (settled, approved) = (known.settled, u64::try_from(known.approved)?);
        self.same(&format!("recovered for {name}"), amount, event.amount);
        self.same(&format!("recovered for the claims of {name}"), to_claims, event.to_claims);
        self.same(&format!("settled in {name}"), settled, event.settled);
        self.same_pool(&pool);
        let (asset, factor) = (&self.scenario.asset, coverage_client::amount::percent(event.settled, approved));
        let back = asset.short(event.amount);
        let text = match event.to_claims {
            0 => format!("pays {back} back for {name}, whose claims are paid in full: it is the LPs'"),
            _ => format!("pays {back} back for {name}, which now settles {factor}"),
        };
        self.tell(who, &text, &receipt);
        Ok(())
    }

    pub(super) fn incident(&self, name: Name) -> Result<Address> {
        Ok(self.places.incidents.get(name).with_context(|| format!("no incident {name}"))?.address)
    }

    pub(super) fn policy(&self, name: Name) -> Result<Address> {
        Ok(self.places.policies.get(name).with_context(|| format!("no policy {name}"))?.address)
    }
}

/// Evidence of something: the hash of its name, and an address where it could be.
pub(super) fn evidence(name: &str) -> ([u8; 32], String) {
    (Sha256::digest(name).into(), format!("https://example.org/evidence/{name}"))
}
