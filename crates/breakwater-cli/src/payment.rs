//! When a claim is paid, and why then.

use crate::output::moment;
use coverage_client::{BreakwaterError, Claim, ClaimState, Incident, IncidentState, Pool, Product, quote};

/// An incident, and the books that its claims are paid from, as they are now.
pub struct Payments<'a> {
    incident: &'a Incident,
    pool: Pool,
    product: Product,
    now: u64,
}

/// When a claim is paid.
pub struct Payment {
    /// What can be paid now, atoms.
    pub due: u64,
    /// From when on it can be, unix seconds; 0 where that depends on what others do, or nothing comes.
    pub from: u64,
    /// Why then, in words.
    pub why: String,
}

impl<'a> Payments<'a> {
    /// The payments of an incident at `now`.
    ///
    /// # Errors
    /// Those of books that are impossible.
    pub fn of(
        incident: &'a Incident,
        pool: &Pool,
        product: &Product,
        now: u64,
    ) -> coverage_client::Result<Payments<'a>> {
        let (pool, product) = quote::rolled(pool, product, now)?;
        Ok(Self { incident, pool, product, now })
    }

    /// From when on it can be settled at the earliest, unix seconds: 0 where earlier incidents come first.
    fn settled_from(&self) -> u64 {
        self.incident.settleable_from(&self.product).map_or(0, |from| from.max(self.now))
    }

    /// How the claims of the incident are paid, in words.
    ///
    /// # Errors
    /// Those of books that are impossible.
    pub fn in_words(&self) -> coverage_client::Result<String> {
        if self.incident.is_booking() {
            return Ok("-".into());
        }
        Ok(match self.incident.state()? {
            IncidentState::Open if self.pool.covers_all()? => {
                "if it counts, each in full once nobody can dispute it any more".into()
            }
            IncidentState::Open => "if it counts, at the settlement: the pool may cover more than it has".into(),
            IncidentState::Accepted => match self.incident.check_on_account(&self.pool, &self.product) {
                Ok(()) => "each in full once nobody can dispute it any more".into(),
                Err(BreakwaterError::IncidentNotSettled) => match self.settled_from() {
                    0 => "at the settlement, after earlier incidents: the pool may cover more than it has".into(),
                    from => {
                        format!(
                            "at the settlement, {} at the earliest: the pool may cover more than it has",
                            moment(from)
                        )
                    }
                },
                Err(reason) => reason.to_string(),
            },
            IncidentState::Settled => "now".into(),
            IncidentState::Refused | IncidentState::Rejected => "not at all: it does not count".into(),
        })
    }

    /// When a claim of the incident is paid.
    ///
    /// # Errors
    /// Those of books that are impossible.
    pub fn claim(&self, claim: &Claim) -> coverage_client::Result<Payment> {
        let due = { *claim }.collect(self.incident, true, false).map_or(0, |due| due.claim);
        let later = |why: &str| Payment { due: 0, from: 0, why: why.into() };
        if claim.has_ended()? {
            return Ok(match claim.state()? {
                ClaimState::Rejected => later("nothing of it stands"),
                _ if due > 0 => Payment { due, from: self.now, why: "what it has due waits".into() },
                _ if !claim.is_paid()? => later("it has its part; more comes if money comes back"),
                _ if claim.on_account == 1 => later("it is paid in full, before the settlement"),
                _ => later("it is paid in full"),
            });
        }
        Ok(match self.incident.state()? {
            IncidentState::Open if !self.pool.covers_all()? => {
                later("at the settlement, if its incident counts: the pool may cover more than it has")
            }
            IncidentState::Open if claim.state()? == ClaimState::Decided => later("in full, once its incident counts"),
            IncidentState::Open => later("in full, once its incident counts and nobody can dispute it any more"),
            IncidentState::Accepted => match claim.payable_from(self.incident, &self.pool, &self.product) {
                Ok(from) => Payment {
                    due: if self.now >= from { claim.amount } else { 0 },
                    from: from.max(self.now),
                    why: match claim.state()? {
                        ClaimState::Filed if self.now < from => "in full, once nobody can dispute it any more".into(),
                        ClaimState::Filed => "in full: nobody can dispute it any more".into(),
                        _ => "in full: it is decided how much of it stands".into(),
                    },
                },
                Err(BreakwaterError::DisputeOpen) => later("in full, once a ballot has decided how much of it stands"),
                Err(BreakwaterError::EarlierIncidentOpen) => {
                    later("in full, once the earlier incidents of its product have ended")
                }
                Err(BreakwaterError::IncidentNotSettled) => Payment {
                    due: 0,
                    from: self.settled_from(),
                    why: "at the settlement: the pool may cover more than it has".into(),
                },
                Err(reason) => return Err(reason),
            },
            IncidentState::Settled => Payment { due, from: self.now, why: "its part of the settlement".into() },
            IncidentState::Refused | IncidentState::Rejected => later("not at all: its incident does not count"),
        })
    }
}

/// When a pool pays claims, in words.
///
/// # Errors
/// Those of books that are impossible.
pub fn of_pool(pool: &Pool) -> coverage_client::Result<&'static str> {
    Ok(if pool.covers_all()? {
        "each in full once nobody can dispute it any more: the capital is as much as all that is covered"
    } else {
        "once their incident is settled: more may be covered than there is capital"
    })
}
