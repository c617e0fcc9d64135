//! The harness of the suites: actors, two chains that run real bytecode, and a world to play in.
//!
//! [`ProgramTestChain`] is solana-program-test on tokio; [`LiteChain`] is LiteSVM, for thousands of runs. Both load the
//! bytecode that `cargo xtask build` wrote, and both carry the real token programs.

mod actors;
pub mod books;
mod chain;
mod extensions;
pub mod integrator;
mod lite;
mod program_test;
mod receipt;
pub mod trials;
mod world;

pub use {actors::*, chain::*, extensions::*, lite::*, program_test::*, receipt::*, world::*};
