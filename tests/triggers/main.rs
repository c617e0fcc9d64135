//! What prices and covered programs decide, on solana-program-test: what each instruction writes, and every way it
//! refuses, by exact error.

mod life;
mod stage;
