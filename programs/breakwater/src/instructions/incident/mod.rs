//! Instructions: incident.

mod collect_incident_bond;
mod open_incident;
mod payout;
mod settle_incident;
mod submit_claim;

pub use collect_incident_bond::*;
pub use open_incident::*;
pub use payout::*;
pub use settle_incident::*;
pub use submit_claim::*;
