//! Every name that a step uses must have been introduced before it.

use super::{Purchase, Reward, Step};
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
    claims: BTreeSet<String>,
    exits: BTreeSet<String>,
}

impl Names {
    /// Checks that a step uses names that are there, and takes in those it introduces.
    pub fn check(&mut self, step: &Step) -> Result<()> {
        match step {
            Step::Wait { days, hours } => {
                ensure!(days.unwrap_or(0) > 0 || hours.unwrap_or(0) > 0, "give `days` or `hours`");
            }
            Step::OpenPool { who }
            | Step::Deposit { who, .. }
            | Step::Stake { who, .. }
            | Step::BurnSlashed { who } => {
                known("actor", who, &self.actors)?;
            }
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
            Step::Observe { who, product, .. } => {
                known("actor", who, &self.actors)?;
                known("product", product, &self.products)?;
            }
            Step::OpenIncident { who, product, incident, .. } | Step::OpenPriceIncident { who, product, incident } => {
                known("actor", who, &self.actors)?;
                known("product", product, &self.products)?;
                ensure!(self.incidents.insert(incident.clone()), "there is an incident {incident} already");
            }
            Step::RequestExit { who, exit, .. } => {
                known("actor", who, &self.actors)?;
                ensure!(self.exits.insert(exit.clone()), "there is an exit {exit} already");
            }
            Step::PayExits { who, exit } | Step::CollectExit { who, exit } => {
                known("actor", who, &self.actors)?;
                known("exit", exit, &self.exits)?;
            }
            Step::ReleaseContested { who, incident, exit } => {
                known("actor", who, &self.actors)?;
                known("incident", incident, &self.incidents)?;
                known("exit", exit, &self.exits)?;
            }
            Step::Decide { who, incident }
            | Step::EndFiling { who, incident }
            | Step::Settle { who, incident }
            | Step::CollectBond { who, incident }
            | Step::Recover { who, incident, .. } => {
                known("actor", who, &self.actors)?;
                known("incident", incident, &self.incidents)?;
            }
            Step::Claim { who, incident, policy, .. } | Step::ClaimBreach { who, incident, policy } => {
                known("actor", who, &self.actors)?;
                known("incident", incident, &self.incidents)?;
                known("policy", policy, &self.policies)?;
                ensure!(
                    self.claims.insert(claim(incident, policy)),
                    "there is a claim of {policy} in {incident} already"
                );
            }
            Step::Dispute { who, incident, policy }
            | Step::ResolveDispute { who, incident, policy }
            | Step::CollectDisputeBond { who, incident, policy }
            | Step::Payout { who, incident, policy } => self.ballot(who, incident, Some(policy))?,
            Step::Delegate { who, to } => {
                known("actor", who, &self.actors)?;
                known("actor", to, &self.actors)?;
            }
            Step::Vote { who, voter, incident, policy, .. } => {
                known("actor", voter.as_ref().unwrap_or(who), &self.actors)?;
                self.ballot(who, incident, policy.as_ref())?;
            }
            Step::CloseBallot { who, incident, policy }
            | Step::Appeal { who, incident, policy }
            | Step::CollectAppealBond { who, incident, policy } => self.ballot(who, incident, policy.as_ref())?,
            Step::CollectReward(Reward { who, voter, incident, policy, .. }) => {
                known("actor", voter, &self.actors)?;
                self.ballot(who, incident, policy.as_ref())?;
            }
        }
        Ok(())
    }

    /// Checks somebody, an incident and, with a policy, its claim there.
    fn ballot(&self, who: &str, incident: &str, policy: Option<&String>) -> Result<()> {
        known("actor", who, &self.actors)?;
        known("incident", incident, &self.incidents)?;
        policy.map_or(Ok(()), |policy| known("claim", &claim(incident, policy), &self.claims))
    }
}

/// What the claim of a policy in an incident is called.
fn claim(incident: &str, policy: &str) -> String {
    format!("{incident}/{policy}")
}

/// Checks that `name` is among `names`.
pub fn known(kind: &str, name: &str, names: &BTreeSet<String>) -> Result<()> {
    let all = || names.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    ensure!(names.contains(name), "there is no {kind} {name}; there are: {}", all());
    Ok(())
}
