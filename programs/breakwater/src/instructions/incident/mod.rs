//! Instructions: incident.

mod close_claim;
mod close_incident;
mod collect_dispute_bond;
mod collect_incident_bond;
mod decide_incident;
mod dispute_claim;
mod end_filing;
mod open_incident;
mod payout;
mod recover;
mod redirect_claim;
mod resolve_dispute;
mod settle_incident;
mod settle_rest;
mod submit_claim;

pub use close_claim::*;
pub use close_incident::*;
pub use collect_dispute_bond::*;
pub use collect_incident_bond::*;
pub use decide_incident::*;
pub use dispute_claim::*;
pub use end_filing::*;
pub use open_incident::*;
pub use payout::*;
pub use recover::*;
pub use redirect_claim::*;
pub use resolve_dispute::*;
pub use settle_incident::*;
pub use settle_rest::*;
pub use submit_claim::*;
