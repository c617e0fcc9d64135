//! Instructions: assembly.

mod close_ballot;
mod create_assembly;
mod stake;
mod vote;

pub use close_ballot::*;
pub use create_assembly::*;
pub use stake::*;
pub use vote::*;
