//! Instructions: cover.

mod buy_cover;

pub use buy_cover::*;
