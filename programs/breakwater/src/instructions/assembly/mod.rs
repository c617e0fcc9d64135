//! Instructions: assembly.

mod appeal;
mod arbitrate;
mod attach_evidence;
mod burn_slashed;
mod close_assembly;
mod close_ballot;
mod close_voter;
mod collect_appeal_bond;
mod collect_vote_reward;
mod create_assembly;
mod reclaim_ballot;
mod request_unstake;
mod set_delegate;
mod stake;
mod unstake;
mod vote;

pub use appeal::*;
pub use arbitrate::*;
pub use attach_evidence::*;
pub use burn_slashed::*;
pub use close_assembly::*;
pub use close_ballot::*;
pub use close_voter::*;
pub use collect_appeal_bond::*;
pub use collect_vote_reward::*;
pub use create_assembly::*;
pub use reclaim_ballot::*;
pub use request_unstake::*;
pub use set_delegate::*;
pub use stake::*;
pub use unstake::*;
pub use vote::*;
