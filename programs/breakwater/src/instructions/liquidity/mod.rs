//! Instructions: liquidity.

mod absorb_surplus;
mod close_exit_epoch;
mod collect_exit;
mod deposit;
mod open_exit_epoch;
mod request_exit;
mod settle_exit_epoch;

pub use absorb_surplus::*;
pub use close_exit_epoch::*;
pub use collect_exit::*;
pub use deposit::*;
pub use open_exit_epoch::*;
pub use request_exit::*;
pub use settle_exit_epoch::*;
