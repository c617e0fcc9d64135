//! One instruction per file.

mod claim;
mod deposit_covered;
mod insure;
mod open_vault;

pub use {claim::*, deposit_covered::*, insure::*, open_vault::*};
