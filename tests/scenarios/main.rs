//! Whole stories, played on solana-program-test.

mod whole_life;
