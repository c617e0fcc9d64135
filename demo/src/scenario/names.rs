//! Every name that a step uses must have been introduced before it.

use super::{Purchase, Step};
use anyhow::{Result, ensure};
use std::collections::BTreeSet;

/// The names introduced so far.
#[derive(Default)]
pub struct Names {
    /// The actors.
    pub actors: BTreeSet<String>,
    /// The products.
    pub products: BTreeSet<String>,
    policies: BTreeSet<String>,
    incidents: BTreeSet<String>,
}

impl Names {
    /// Checks that a step uses names that are there, and takes in those it introduces.
    pub fn check(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Wait { days, hours } => {
                ensure!(days.unwrap_or(0) > 0 || hours.unwrap_or(0) > 0, "give `days` or `hours`");
            }
            Step::Deposit { who, .. } | Step::Stake { who, .. } => known("actor", who, &self.actors)?,
            Step::Buy(Purchase { who, policy, product, distributor, commission_bps, .. }) => {
                known("actor", who, &self.actors)?;
                known("product", product, &self.products)?;
                if let Some(distributor) = distributor {
                    known("actor", distributor, &self.actors)?;
                }
                ensure!(
                    distributor.is_some() == (*commission_bps > 0),
                    "`distributor` and `commission_bps` go together"
                );
                ensure!(self.policies.insert(policy.clone()), "there is a policy {policy} already");
            }
            Step::OpenIncident { who, product, incident, .. } => {
                known("actor", who, &self.actors)?;
                known("product", product, &self.products)?;
                ensure!(self.incidents.insert(incident.clone()), "there is an incident {incident} already");
            }
            Step::Vote { who, incident, .. }
            | Step::CloseBallot { who, incident }
            | Step::Settle { who, incident }
            | Step::CollectBond { who, incident } => {
                known("actor", who, &self.actors)?;
                known("incident", incident, &self.incidents)?;
            }
            Step::Claim { who, incident, policy, .. } | Step::Payout { who, incident, policy } => {
                known("actor", who, &self.actors)?;
                known("incident", incident, &self.incidents)?;
                known("policy", policy, &self.policies)?;
            }
        }
        Ok(())
    }
}

/// Checks that `name` is among `names`.
pub fn known(kind: &str, name: &str, names: &BTreeSet<String>) -> Result<()> {
    let all = || names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    ensure!(names.contains(name), "there is no {kind} {name}; there are: {}", all());
    Ok(())
}
