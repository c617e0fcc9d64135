//! One instruction per file.

mod claim;
mod deposit_covered;
mod insure;
mod liquidate;
mod open_vault;
mod open_venue;

pub use {claim::*, deposit_covered::*, insure::*, liquidate::*, open_vault::*, open_venue::*};
