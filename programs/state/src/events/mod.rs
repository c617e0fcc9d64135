//! What happened, for anyone who follows from outside: integers and addresses only, and the books after it.

mod assembly;
mod change;
mod cover;
mod incident;
mod liquidity;
mod pool;
mod trigger;

pub use {assembly::*, change::*, cover::*, incident::*, liquidity::*, pool::*, trigger::*};
