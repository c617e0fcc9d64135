//! What the books must say: the reference model plays along, and knows by numbers what the scenario names.
//!
//! It knows the scenario and the second at which each step took place, and nothing else of the chain.

use crate::{play::Play, terms::Terms};
use anyhow::{Context, Result, anyhow};
use coverage_model::{Claim, Incident, Model, Name, Outcome, Policy};

/// What a ballot is on: an incident, or the claim of a policy in one.
pub type Subject = (Name, Option<Name>);

/// The pool of the scenario.
pub const POOL: usize = 0;

/// A model of what the founder creates. The founder arbitrates.
pub fn model(terms: &Terms, founder: Name, now: u64) -> Model {
    let mut model = Model::new(now, terms.assembly, founder);
    model.create_pool(terms.pool, Some(founder));
    for product in &terms.products {
        model.list_product(POOL, product.clone(), None);
    }
    model
}

impl Play<'_> {
    /// What the model says of an action that the program took at a time.
    pub fn foresee<T>(&mut self, at: u64, action: impl FnOnce(&mut Model) -> Outcome<T>) -> Result<T> {
        self.model.now = self.model.now.max(at);
        self.model.attempt(action).map_err(|refusal| anyhow!("the model refuses it: {refusal:?}"))
    }

    /// The number of a policy.
    pub fn policy_number(&self, name: Name) -> Result<usize> {
        Ok(self.places.policies.get(name).with_context(|| format!("no policy {name}"))?.number)
    }

    /// A policy in the model.
    pub fn policy_foreseen(&self, name: Name) -> Result<&Policy> {
        Ok(&self.model.policies[self.policy_number(name)?])
    }

    /// The number of an incident.
    pub fn incident_number(&self, name: Name) -> Result<usize> {
        Ok(self.places.incidents.get(name).with_context(|| format!("no incident {name}"))?.number)
    }

    /// An incident in the model.
    pub fn incident_foreseen(&self, name: Name) -> Result<&Incident> {
        Ok(&self.model.incidents[self.incident_number(name)?])
    }

    /// The number of the claim of a policy in an incident.
    pub fn claim_number(&self, incident: Name, policy: Name) -> Result<usize> {
        let (incident, policy) = (self.incident_number(incident)?, self.policy_number(policy)?);
        let claim = |claim: &Claim| claim.incident == incident && claim.policy == policy;
        self.model.claims.iter().position(claim).context("no such claim")
    }

    /// The number of a ballot.
    pub fn ballot_number(&self, (incident, policy): Subject) -> Result<usize> {
        let ballot = match policy {
            None => self.incident_foreseen(incident)?.ballot,
            Some(policy) => self.model.claims[self.claim_number(incident, policy)?].dispute_ballot,
        };
        ballot.context("there is no such ballot")
    }
}
