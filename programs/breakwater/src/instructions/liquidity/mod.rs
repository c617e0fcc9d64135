//! Instructions: liquidity.

mod deposit;

pub use deposit::*;
