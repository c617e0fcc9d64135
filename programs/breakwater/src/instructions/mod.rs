//! The instructions, one per file.

pub mod assembly;
pub mod change;
pub mod cover;
pub mod incident;
pub mod liquidity;
pub mod pool;
pub mod trigger;

pub use {assembly::*, change::*, cover::*, incident::*, liquidity::*, pool::*, trigger::*};
