//! One suite per instruction, on solana-program-test: what it writes, and every way it refuses, by exact error.

mod close_ballot;
mod common;
mod create_assembly;
mod stake;
mod vote;
