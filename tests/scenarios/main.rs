//! Whole stories, played on solana-program-test.

mod exits;
mod whole_life;
