//! When a claim is paid, and why then.

use crate::output::moment;
use coverage_client::{BreakwaterError, Claim, ClaimState, Incident, IncidentState, Pays, Pool, Product, quote};
use coverage_math::settlement::{WHOLE, bps_of};

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

    /// The same in words, if it is known.
    fn earliest(&self) -> String {
        match self.settled_from() {
            0 => String::new(),
            from => format!(", {} at the earliest", moment(from)),
        }
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
            IncidentState::Open => {
                format!("if it counts, {} once nobody can dispute it any more", sure(self.pool.sure_part()?))
            }
            IncidentState::Accepted => match self.incident.part_on_account(&self.pool, &self.product) {
                Ok(0) => format!("at the settlement{}: nothing is sure before", self.earliest()),
                Ok(WHOLE) => format!("{} once nobody can dispute it any more", sure(WHOLE)),
                Ok(part) => format!(
                    "{} once nobody can dispute it any more, what else there is at the settlement{}",
                    sure(part),
                    self.earliest()
                ),
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
        let pays = Pays { claimant: true, funder: false };
        let due = claim.due(pays, self.incident, &self.pool, &self.product, self.now).map_or(0, |due| due.claim);
        let is_open = self.incident.check_open().is_ok();
        let later = |why: &str| Payment { due: 0, from: 0, why: why.into() };
        if claim.has_ended()? {
            return Ok(match claim.state()? {
                ClaimState::Rejected => later("nothing of it stands"),
                _ if due > 0 => Payment { due, from: self.now, why: "what it has due waits".into() },
                _ if !claim.is_paid()? && is_open => Payment {
                    due: 0,
                    from: self.settled_from(),
                    why: "it has what it is sure of, and gets more if that rises; what else there is comes at the settlement".into(),
                },
                _ if !claim.is_paid()? => later("it has its part; more comes if money comes back"),
                _ if is_open => later("it is paid in full, before the settlement"),
                _ => later("it is paid in full"),
            });
        }
        Ok(match self.incident.state()? {
            IncidentState::Open => {
                let part = of_it(self.pool.sure_part()?);
                later(&match claim.state()? {
                    ClaimState::Decided => format!("{part}, once its incident counts"),
                    _ => format!("{part}, once its incident counts and nobody can dispute it any more"),
                })
            }
            IncidentState::Accepted => {
                let part = self.incident.part_on_account(&self.pool, &self.product).map(of_it);
                match claim.payable_from(self.incident, &self.pool, &self.product) {
                    Ok(from) => Payment {
                        due,
                        from: from.max(self.now),
                        why: match claim.state()? {
                            ClaimState::Filed if self.now < from => {
                                format!("{}, once nobody can dispute it any more", part?)
                            }
                            ClaimState::Filed => format!("{}: nobody can dispute it any more", part?),
                            _ => format!("{}: it is decided how much of it stands", part?),
                        },
                    },
                    Err(BreakwaterError::DisputeOpen) => {
                        later(&format!("{}, once a ballot has decided how much of it stands", part?))
                    }
                    Err(BreakwaterError::EarlierIncidentOpen) => {
                        later("once the earlier incidents of its product have ended")
                    }
                    Err(BreakwaterError::IncidentNotSettled) => Payment {
                        due: 0,
                        from: self.settled_from(),
                        why: "at the settlement: nothing is sure before".into(),
                    },
                    Err(reason) => return Err(reason),
                }
            }
            IncidentState::Settled => Payment { due, from: self.now, why: "its part of the settlement".into() },
            IncidentState::Refused | IncidentState::Rejected => later("not at all: its incident does not count"),
        })
    }
}

/// What claims are sure to get before the settlement, in words.
fn sure(part: u32) -> String {
    in_words(part, "each in full", "of each")
}

/// The same of one claim.
fn of_it(part: u32) -> String {
    in_words(part, "in full", "of it")
}

fn in_words(part: u32, whole: &str, of: &str) -> String {
    match part {
        0 => "nothing before the settlement".into(),
        WHOLE => whole.into(),
        part => format!("{}.{:02}% {of}", bps_of(part) / 100, bps_of(part) % 100),
    }
}

/// When a pool pays claims, in words.
///
/// # Errors
/// Those of books that are impossible.
pub fn of_pool(pool: &Pool) -> coverage_client::Result<String> {
    Ok(match pool.sure_part()? {
        WHOLE => {
            "each in full once nobody can dispute it any more: the capital is as much as all that is covered".into()
        }
        part => format!(
            "{} once nobody can dispute it any more, what else there is once their incident is settled: more is covered than there is capital",
            sure(part)
        ),
    })
}
