//! Instructions: liquidity.

mod absorb_surplus;
mod call_exits;
mod close_exit_epoch;
mod close_retired;
mod collect_exit;
mod deposit;
mod pay_exits;
mod redeem_retired;
mod release_contested;
mod request_exit;
mod retire_shares;
mod withdraw;

pub use absorb_surplus::*;
pub use call_exits::*;
pub use close_exit_epoch::*;
pub use close_retired::*;
pub use collect_exit::*;
pub use deposit::*;
pub use pay_exits::*;
pub use redeem_retired::*;
pub use release_contested::*;
pub use request_exit::*;
pub use retire_shares::*;
pub use withdraw::*;
