//! One suite per instruction, on solana-program-test: what it writes, and every way it refuses, by exact error.

mod buy_cover;
mod close_ballot;
mod collect_incident_bond;
mod common;
mod create_assembly;
mod create_pool;
mod deposit;
mod list_product;
mod open_incident;
mod payout;
mod settle_incident;
mod stake;
mod story;
mod submit_claim;
mod vote;
