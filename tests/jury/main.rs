//! One suite per instruction of the jury's, on solana-program-test: what it writes, and every way it refuses, by exact
//! error.

mod appeal;
mod arbitrate;
mod burn_slashed;
mod close_assembly;
mod close_claim;
mod close_incident;
mod close_voter;
mod collect_appeal_bond;
mod collect_dispute_bond;
mod collect_vote_reward;
mod common;
mod delegates;
mod dispute_claim;
mod on_account;
mod payers;
mod reclaim_ballot;
mod recover;
mod redirect_claim;
mod request_unstake;
mod resolve_dispute;
mod set_delegate;
mod story;
mod unstake;
